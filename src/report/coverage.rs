//! The mastery report: the map as a tree with bars, and as JSON.

use serde_json::{Value, json};

use super::page::{Fit, Line, Look, Page, Side, Span, Style, bar, padded, truncated};
use crate::domain::mastery::{Coverage, LeafState, NodeFigures, SOLID_RECALL};
use crate::domain::skill_map::NodeKey;

/// Narrowest page on which a node's figures stand on one row beside its label: label, figures, last cell.
const LEAST_TABLE: usize = LEAST_LABEL + FIGURES + LEAST_LAST;
/// Columns of the label in the table; it takes half of what the page has beyond its least width.
const LEAST_LABEL: usize = 20;
const MOST_LABEL: usize = 44;
/// Columns of the figures between label and last cell.
const FIGURES: usize = WRITTEN + MET + GAP + BAR + RECALL + MASTERED + GAP;
const WRITTEN: usize = 8;
const MET: usize = 5;
const GAP: usize = 2;
const BAR: usize = 8;
const RECALL: usize = 9;
const MASTERED: usize = 9;
/// Columns of the last cell, the weakest leaf or a leaf's state.
const LEAST_LAST: usize = 9;
/// Recall from which a bar is not alarming.
const FAIR_RECALL: f64 = 0.5;

/// Which part of the report is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The node at the top; the whole map when `None`.
    pub top: Option<NodeKey>,
    /// Levels below the top that are shown.
    pub depth: usize,
}

/// The tree: for every node written, met, recall with its band, mastered, and the weakest leaf or the state.
#[must_use]
pub fn page(coverage: &Coverage, part: &Part, look: &Look) -> Page {
    let mut page = Page::new();
    let days = coverage.horizon.since(coverage.today);
    page.line(vec![
        Span::plain("What you would recall on "),
        Span::new(Style::Strong, coverage.horizon.to_string()),
        Span::new(Style::Dim, format!(", {days} days from {}, in per cent", coverage.today)),
    ]);
    page.blank();
    let top = top_depth(coverage, part);
    let shown = within(coverage, part).filter(|node| node.depth - top <= part.depth);
    if look.width < LEAST_TABLE {
        for node in shown {
            narrow(&mut page, coverage, node, top, look);
        }
    } else {
        let widths = Widths::of(look);
        page.push(widths.heading());
        for node in shown {
            page.push(widths.row(coverage, node, top, look));
        }
    }
    page.blank().text(Style::Dim, legend());
    page
}

fn legend() -> &'static str {
    "written: leaves with enough cards · met: cards asked at least once · ± 80 % band · \
     mastered: passed on two days, recall 85 % or more"
}

fn top_depth(coverage: &Coverage, part: &Part) -> usize {
    within(coverage, part).next().map_or(0, |node| node.depth)
}

/// The nodes at or below the part's top, in map order.
fn within<'a>(coverage: &'a Coverage, part: &'a Part) -> impl Iterator<Item = &'a NodeFigures> {
    let start = match &part.top {
        None => 0,
        Some(key) => coverage.nodes.iter().position(|node| node.key == *key).unwrap_or(0),
    };
    let depth = coverage.nodes.get(start).map_or(0, |node| node.depth);
    let top = coverage.nodes.iter().skip(start).take(1);
    top.chain(coverage.nodes.iter().skip(start + 1).take_while(move |node| node.depth > depth))
}

/// A share in whole per cent; only nothing is 0 and only everything is 100.
fn whole(share: f64) -> String {
    let rounded = (share * 100.0).round();
    let honest = match share {
        some if some > 0.0 && rounded < 1.0 => 1.0,
        most if most < 1.0 && rounded > 99.0 => 99.0,
        _ => rounded,
    };
    format!("{honest:.0}")
}

/// A share as a whole percentage, `7 %`; only nothing is 0 % and only everything is 100 %.
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{} %", whole(share))
}

/// Recall with half the width of its band, in per cent: `43 ± 8`.
fn banded(node: &NodeFigures) -> String {
    if node.met <= 0.0 {
        return "0".to_owned();
    }
    format!("{} ± {:.0}", whole(node.recall), (node.recall_high - node.recall_low) * 50.0)
}

/// Recall with half the width of its band: `43 ± 8 %`.
#[must_use]
pub fn recall(node: &NodeFigures) -> String {
    format!("{} %", banded(node))
}

fn style(node: &NodeFigures) -> Style {
    match node.recall {
        _ if node.met <= 0.0 => Style::Dim,
        good if good >= SOLID_RECALL => Style::Good,
        fair if fair >= FAIR_RECALL => Style::Warn,
        _ => Style::Bad,
    }
}

/// The recall as a bar, in the colour of its meaning.
#[must_use]
pub fn recall_bar(node: &NodeFigures, width: usize) -> Span {
    Span::new(style(node), bar(node.recall, width).text)
}

/// The weakest leaf's label for a branch, the state for a leaf.
fn last(coverage: &Coverage, node: &NodeFigures) -> Span {
    match (&node.state, &node.weakest) {
        (Some(state), _) => Span::new(state_style(*state), told(*state)),
        (None, Some(key)) => {
            let label = coverage.nodes.iter().find(|other| other.key == *key).map(|node| node.label.clone());
            Span::new(Style::Dim, label.unwrap_or_default())
        }
        (None, None) => Span::plain(""),
    }
}

fn told(state: LeafState) -> &'static str {
    match state {
        LeafState::None => "not written",
        other => other.name(),
    }
}

fn state_style(state: LeafState) -> Style {
    match state {
        LeafState::Solid => Style::Good,
        LeafState::Fading => Style::Warn,
        LeafState::None | LeafState::Thin | LeafState::New => Style::Dim,
        LeafState::Learning => Style::Plain,
    }
}

/// The columns of the table.
struct Widths {
    label: usize,
    last: usize,
}

impl Widths {
    fn of(look: &Look) -> Self {
        let spare = look.width.saturating_sub(LEAST_TABLE);
        let label = (LEAST_LABEL + spare.div_ceil(2)).min(MOST_LABEL);
        Self { label, last: (LEAST_LAST + spare).saturating_sub(label - LEAST_LABEL) }
    }

    fn heading(&self) -> Line {
        let right = |text: &str, width| padded(text, width, Side::Right);
        let text = format!(
            "{}{}{}{}{}{}{}weakest",
            " ".repeat(self.label),
            right("written", WRITTEN),
            right("met", MET),
            " ".repeat(GAP),
            padded("recall", BAR + RECALL, Side::Left),
            right("mastered", MASTERED),
            " ".repeat(GAP),
        );
        Line::new(vec![Span::new(Style::Dim, text)]).fitting(Fit::Cut)
    }

    fn row(&self, coverage: &Coverage, node: &NodeFigures, top: usize, look: &Look) -> Line {
        let indent = "  ".repeat(node.depth - top);
        let label = truncated(&format!("{indent}{}", node.label), self.label - 1, look.glyphs);
        let label_style = if node.state.is_none() { Style::Strong } else { Style::Plain };
        let last = last(coverage, node);
        let cell = |share: f64, width| Span::plain(padded(&whole(share), width, Side::Right));
        let gap = || Span::plain(" ".repeat(GAP));
        let spans = vec![
            Span::new(label_style, padded(&label, self.label, Side::Left)),
            cell(node.written, WRITTEN),
            cell(node.met, MET),
            gap(),
            recall_bar(node, BAR),
            Span::plain(padded(&format!(" {}", banded(node)), RECALL, Side::Left)),
            cell(node.mastered, MASTERED),
            gap(),
            Span::new(last.style, truncated(&last.text, self.last, look.glyphs)),
        ];
        Line::new(spans).fitting(Fit::Cut)
    }
}

/// Two rows a node: the label, then the figures below it.
fn narrow(page: &mut Page, coverage: &Coverage, node: &NodeFigures, top: usize, look: &Look) {
    let indent = 2 * (node.depth - top);
    let label_style = if node.state.is_none() { Style::Strong } else { Style::Plain };
    let bar_width = BAR.min(look.width / 4);
    page.push(Line::new(vec![Span::new(label_style, node.label.clone())]).indented(indent));
    let last = last(coverage, node);
    let lead = if node.state.is_some() { " · " } else { " · weakest " };
    let spans = vec![
        recall_bar(node, bar_width),
        Span::plain(format!(" {}", recall(node))),
        Span::new(
            Style::Dim,
            format!(
                " · written {} · met {} · mastered {}",
                percent(node.written),
                percent(node.met),
                percent(node.mastered)
            ),
        ),
        Span::new(Style::Dim, lead),
        last,
    ];
    page.push(Line::new(spans).indented(indent + 2));
}

/// The contract's object, the nodes of the part in map order, whatever its depth.
#[must_use]
pub fn json(coverage: &Coverage, part: &Part) -> String {
    let top = top_depth(coverage, part);
    let shown = within(coverage, part).filter(|node| node.depth - top <= part.depth);
    json!({
        "today": coverage.today.to_string(),
        "horizon": coverage.horizon.to_string(),
        "nodes": shown.map(node_json).collect::<Vec<Value>>(),
    })
    .to_string()
}

fn node_json(node: &NodeFigures) -> Value {
    json!({
        "key": node.key.0,
        "label": node.label,
        "parent": node.parent.as_ref().map(|key| &key.0),
        "depth": node.depth,
        "leaves": node.leaves,
        "written": node.written,
        "cards": node.cards,
        "met": node.met,
        "due": node.due,
        "recall": node.recall,
        "recall_low": node.recall_low,
        "recall_high": node.recall_high,
        "mastered": node.mastered,
        "state": node.state.map(LeafState::name),
        "weakest": node.weakest.as_ref().map(|key| &key.0),
    })
}
