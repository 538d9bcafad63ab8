//! Why a node stands where it stands: a leaf by its cards, a branch by its leaves.

use super::{Days, ago, next, pairs, stage_style};
use crate::domain::day::StudyDay;
use crate::domain::mastery::{
    CardFigures, LEAST_CARDS, LEAST_KINDS, LeafReasons, LeafState, NodeFigures, SOLID_LOW, SOLID_MASTERED,
    SOLID_RECALL, Stage,
};
use crate::domain::statistics::Tally;
use crate::report::check::counted;
use crate::report::coverage::{percent, recall, recall_bar};
use crate::report::faded::{self, Fading};
use crate::report::page::{Fit, Line, Page, Span, Style};

/// Cards or leaves that are shown: those that pull a node down most; with what faded they fit a screen.
const MOST_ROWS: usize = 4;
/// Columns of a bar.
const BAR: usize = 10;

/// What stands behind a node's figures beside those themselves.
#[derive(Debug, Clone, PartialEq)]
pub struct Grounds {
    /// The shortest name by which it is found.
    pub name: String,
    /// Recall if it were asked today, 0..1.
    pub recall_today: f64,
    /// The answers at or below it.
    pub answers: Tally,
    /// The day of the newest of them.
    pub last: Option<StudyDay>,
    /// Its leaves that faded since the study day before.
    pub faded: Option<Fading>,
    /// The command that begins a deck for a leaf without one.
    pub write: String,
}

/// A node's figures and grounds.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The figures.
    pub node: &'a NodeFigures,
    /// What stands behind them.
    pub grounds: &'a Grounds,
    /// The days.
    pub at: Days,
}

/// Why a leaf stands where it stands: its state by the rules, and the cards that pull it down.
#[must_use]
pub fn leaf(told: Told<'_>, reasons: &LeafReasons) -> Page {
    let Told { node, at, .. } = told;
    let mut page = Page::new();
    page.append(heading(node, Some(reasons.state))).blank().pairs(pairs(leaf_rows(told, reasons)));
    let pulling: Vec<&CardFigures> =
        reasons.cards.iter().filter(|card| card.stage != Stage::Mastered).take(MOST_ROWS).collect();
    if !pulling.is_empty() {
        page.blank().text(Style::Dim, format!("What pulls it down, recall today and on {}:", at.horizon));
        for card in pulling {
            page.push(card_row(card));
        }
    }
    end(&mut page, told, &leaf_mend(told, reasons));
    page
}

/// What faded, and what to type next.
fn end(page: &mut Page, told: Told<'_>, mend: &(String, String)) {
    if let Some(fading) = &told.grounds.faded {
        page.blank().append(faded::page(fading));
    }
    page.blank().push(next(mend));
}

fn heading(node: &NodeFigures, state: Option<LeafState>) -> Page {
    let mut page = Page::new();
    let mut spans = vec![Span::new(Style::Title, node.label.clone())];
    if let Some(state) = state {
        spans.push(Span::plain(format!("  {}", state.name())));
    }
    spans.push(Span::new(Style::Dim, format!("  {}", node.key)));
    page.line(spans);
    page.line(vec![recall_bar(node, BAR), Span::plain(format!(" {}", recall(node)))]);
    page
}

fn leaf_rows(told: Told<'_>, reasons: &LeafReasons) -> Vec<(&'static str, String)> {
    let node = told.node;
    let mut rows = vec![
        ("answers", answers(told)),
        (
            "cards",
            format!(
                "{} of {} kinds (written from {LEAST_CARDS} of {LEAST_KINDS} on)",
                node.cards, reasons.kinds
            ),
        ),
        ("met", format!("{}; {} due", percent(node.met), node.due)),
        ("recall", recalled(told)),
        ("solid", solid(node, reasons)),
    ];
    if let Some(day) = reasons.falls_on {
        rows.push(("falls", format!("no longer solid on {day} if nothing is answered")));
    } else if reasons.was_solid && reasons.state != LeafState::Solid {
        let day = reasons.newest.map(|day| format!(" {day}")).unwrap_or_default();
        rows.push(("fell", format!("it was solid after its newest answer{day}: time alone took it")));
    }
    rows
}

/// Recall on both days.
fn recalled(told: Told<'_>) -> String {
    let (today, then) = (percent(told.grounds.recall_today), percent(told.node.recall));
    format!("{today} today, {then} on {}", told.at.horizon)
}

/// The test of a solid leaf, figure by figure.
fn solid(node: &NodeFigures, reasons: &LeafReasons) -> String {
    format!(
        "{}: recall {} of {}, lower band {} of {}, mastered {} of {}",
        if reasons.state == LeafState::Solid { "yes" } else { "no" },
        percent(node.recall),
        percent(SOLID_RECALL),
        percent(node.recall_low),
        percent(SOLID_LOW),
        percent(node.mastered),
        percent(SOLID_MASTERED)
    )
}

/// How many answers, how many right, and the last.
fn answers(told: Told<'_>) -> String {
    let Grounds { answers, last, .. } = told.grounds;
    match (answers.share(), last) {
        (Some(share), Some(last)) => {
            format!("{}, {} right; the last {}", answers.answers, percent(share), ago(*last, told.at.today))
        }
        _ => "none".to_owned(),
    }
}

fn card_row(card: &CardFigures) -> Line {
    let figures = format!("{:>5} {:>5}  ", percent(card.recall_today), percent(card.recall));
    let due = match card.due {
        Some(day) => format!("due {day}"),
        // Seen in a mock interview or at will, and so in memory.
        None if card.recall_today > 0.0 => "not scheduled yet".to_owned(),
        None => "never asked".to_owned(),
    };
    let spans = vec![
        Span::plain(figures),
        Span::new(stage_style(card.stage), card.card.to_string()),
        Span::new(Style::Dim, format!("  {due}")),
    ];
    Line::new(spans).fitting(Fit::Cut)
}

/// What a learner does about a leaf, and why that.
pub(super) fn leaf_mend(told: Told<'_>, reasons: &LeafReasons) -> (String, String) {
    let name = shell_words::quote(&told.grounds.name);
    let unmet = reasons.cards.iter().filter(|card| card.stage == Stage::New).count();
    let quiz = |why: &str| (format!("mindrill quiz {name}"), why.to_owned());
    let begin = |why: &str| (format!("mindrill quiz {name} --new {unmet}"), why.to_owned());
    let drill = |why: &str| (format!("mindrill weak {name} --drill"), why.to_owned());
    match reasons.state {
        LeafState::None => (told.grounds.write.clone(), "no card counts here: write some".to_owned()),
        LeafState::Thin if unmet > 0 => begin("few cards, and not all of them met"),
        LeafState::Thin => {
            (told.grounds.write.clone(), "too few cards to prove anything: write more".to_owned())
        }
        LeafState::New => begin("none of its cards was ever asked"),
        LeafState::Solid => quiz("solid; the schedule keeps it so"),
        LeafState::Fading if told.node.due > 0 => quiz("it was solid and fades: what is due brings it back"),
        LeafState::Fading => drill("it was solid and fades: the cards above bring it back"),
        LeafState::Learning if unmet > 0 => begin("cards never met count as 0"),
        LeafState::Learning if told.node.due > 0 => quiz("passes on different days carry it"),
        LeafState::Learning => drill("nothing is due: an early answer to what is weak raises recall"),
    }
}

/// Why a branch stands where it stands: its leaves, the weakest first; `falls` names the leaf that falls next.
#[must_use]
pub fn branch(told: Told<'_>, leaves: &[&NodeFigures], falls: Option<(&str, StudyDay)>) -> Page {
    let node = told.node;
    let mut page = Page::new();
    page.append(heading(node, None)).blank();
    let mut rows = vec![
        ("answers", answers(told)),
        ("cards", format!("{} on {}; {} due", node.cards, leaves_of(node.leaves), node.due)),
        ("recall", recalled(told)),
        (
            "means",
            format!(
                "written {}, met {}, mastered {}: over leaves, by importance",
                percent(node.written),
                percent(node.met),
                percent(node.mastered)
            ),
        ),
    ];
    if let Some((label, day)) = falls {
        rows.push(("falls", format!("{label} is the next to be solid no longer, on {day}")));
    }
    page.pairs(pairs(rows));
    page.blank().text(Style::Dim, "The weakest leaves:");
    for leaf in leaves.iter().take(MOST_ROWS) {
        let state = leaf.state.map_or("", LeafState::name);
        let spans = vec![
            recall_bar(leaf, BAR),
            Span::plain(format!(" {:<11}", recall(leaf))),
            Span::plain(leaf.label.clone()),
            Span::new(Style::Dim, format!("  {state} · {}", counted(leaf.cards, "card"))),
        ];
        page.push(Line::new(spans).fitting(Fit::Cut));
    }
    end(&mut page, told, &branch_mend(told));
    page
}

fn leaves_of(leaves: usize) -> String {
    if leaves == 1 { "1 leaf".to_owned() } else { format!("{leaves} leaves") }
}

/// What a learner does about a branch, and why that.
pub(super) fn branch_mend(told: Told<'_>) -> (String, String) {
    let name = shell_words::quote(&told.grounds.name);
    (format!("mindrill weak {name}"), "what costs it most, and the command that mends each part".to_owned())
}
