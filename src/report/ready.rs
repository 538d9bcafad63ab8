//! Readiness for an interview: each branch if you stop now and if you follow the plan, a verdict, and as JSON.

use serde_json::{Value, json};

use super::check::counted;
use super::coverage::percent;
use super::interview::{gone, heading_of};
use super::page::{Fit, Line, Look, Page, Side, Span, Style, bar, padded, truncated};
use super::plan::{MORE_THAN_MOST, MUCH, hours, tenths};
use super::{steps, verdict};
use crate::domain::interview::Interview;
use crate::domain::mastery::{Band, SOLID_RECALL};
use crate::domain::readiness::{NodeReadiness, Readiness};
use crate::domain::skill_map::{NodeIndex, SkillMap};

/// Columns of the table.
const LEAST_LABEL: usize = 20;
const MOST_LABEL: usize = 44;
const BAR: usize = 8;
const RECALL: usize = 9;
const GAP: usize = 2;
/// Columns of the two bars with their figures.
const FIGURES: usize = 2 * (GAP + BAR + RECALL);
/// Columns of what counts as 0.
const MISSING: usize = 22;
const LEAST_TABLE: usize = LEAST_LABEL + FIGURES + MISSING;
/// Levels below the top that are drawn.
const DEPTH: usize = 1;
/// Weak leaves that are named.
const MOST_WEAK: usize = 4;
/// Recall from which a bar is not alarming.
const FAIR_RECALL: f64 = 0.5;

/// What is told beside the figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Told<'a> {
    /// The interview, or what stands for it.
    pub interview: &'a Interview,
    /// Whether it was set.
    pub is_set: bool,
    /// The nodes it is about.
    pub tops: Vec<NodeIndex>,
    /// Keys of the focus that left the map.
    pub gone: Vec<String>,
    /// Leaves with cards for which the plan has no time.
    pub left_out: usize,
}

/// The page.
#[must_use]
pub fn page(readiness: &Readiness, told: &Told<'_>, map: &SkillMap, look: &Look) -> Page {
    let mut page = Page::new();
    let what = Span::new(Style::Dim, format!(", {}: recall on the day, ± 80 % band", readiness.on));
    page.line([heading_of(told.interview, told.is_set, readiness.today), vec![what]].concat());
    if let Some(gone) = gone(&told.gone) {
        page.text(Style::Warn, gone);
    }
    page.blank();
    if look.width >= LEAST_TABLE {
        page.push(heading(look));
    }
    for &top in &told.tops {
        for node in within(readiness, map, top) {
            let depth = node.depth - map.node(top).depth;
            if depth <= DEPTH {
                page.append(entry(node, depth, look));
            }
        }
    }
    page.blank().append(outcome(readiness, told, map));
    page
}

/// The nodes at or below one, in map order.
fn within<'a>(
    readiness: &'a Readiness,
    map: &'a SkillMap,
    top: NodeIndex,
) -> impl Iterator<Item = &'a NodeReadiness> {
    map.subtree(top).filter_map(|node| readiness.nodes.get(node.0))
}

fn label_width(look: &Look) -> usize {
    (LEAST_LABEL + look.width.saturating_sub(LEAST_TABLE)).min(MOST_LABEL)
}

fn heading(look: &Look) -> Line {
    let cell = |text: &str, width| padded(text, width, Side::Left);
    let gap = " ".repeat(GAP);
    let figures = BAR + RECALL;
    let text = [
        cell("", label_width(look)),
        gap.clone(),
        cell("if you stop now", figures),
        gap,
        cell("with the plan", figures),
        cell(" counted as 0", MISSING),
    ];
    Line::new(vec![Span::new(Style::Dim, text.concat())]).fitting(Fit::Cut)
}

fn entry(node: &NodeReadiness, depth: usize, look: &Look) -> Page {
    let mut page = Page::new();
    let style = if node.is_leaf { Style::Plain } else { Style::Strong };
    let (stop, plan) = (figure(node.stop, node.stop_band), figure(node.plan, node.plan_band));
    let missing = Span::new(Style::Dim, missing(node));
    let gap = || Span::plain(" ".repeat(GAP));
    if look.width >= LEAST_TABLE {
        let label = format!("{}{}", "  ".repeat(depth), node.label);
        let label = truncated(&label, label_width(look), look.glyphs);
        let mut spans = vec![Span::new(style, padded(&label, label_width(look), Side::Left)), gap()];
        spans.extend(stop);
        spans.push(gap());
        spans.extend(plan);
        spans.push(Span::new(Style::Dim, format!(" {}", missing.text)));
        page.push(Line::new(spans).fitting(Fit::Cut));
        return page;
    }
    page.push(Line::new(vec![Span::new(style, node.label.clone())]).indented(2 * depth));
    for (lead, figure) in [("stop ", stop), ("plan ", plan)] {
        let spans = [vec![Span::new(Style::Dim, lead)], figure].concat();
        page.push(Line::new(spans).fitting(Fit::Cut).indented(2 * depth + 2));
    }
    if !missing.text.is_empty() {
        page.push(Line::new(vec![missing]).indented(2 * depth + 2));
    }
    page
}

/// A bar, and the recall with half the width of its band.
fn figure(recall: f64, band: Band) -> Vec<Span> {
    let style = match recall {
        0.0 => Style::Dim,
        good if good >= SOLID_RECALL => Style::Good,
        fair if fair >= FAIR_RECALL => Style::Warn,
        _ => Style::Bad,
    };
    let share = percent(recall);
    let half = format!("{:.0}", (band.high - band.low) * 50.0);
    let text = if band.high > 0.0 {
        format!(" {} ± {half}", share.trim_end_matches(" %"))
    } else {
        format!(" {share}")
    };
    vec![Span::new(style, bar(recall, BAR).text), Span::plain(padded(&text, RECALL, Side::Left))]
}

/// What counts as 0: `3 leaves 40 cards`.
fn missing(node: &NodeReadiness) -> String {
    let leaves = match (node.unwritten, node.is_leaf) {
        (0, _) => None,
        (_, true) if node.reach > 0.0 => Some("too few".to_owned()),
        (_, true) => Some("not written".to_owned()),
        (1, false) => Some("1 leaf".to_owned()),
        (more, false) => Some(format!("{more} leaves")),
    };
    let cards = (node.unmet > 0).then(|| counted(node.unmet, "card"));
    [leaves, cards].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What counts as 0, the weakest leaves, the minutes, the verdict.
fn outcome(readiness: &Readiness, told: &Told<'_>, map: &SkillMap) -> Page {
    let mut page = Page::new();
    for &top in &told.tops {
        let Some(node) = readiness.nodes.get(top.0) else { continue };
        let (style, text) = verdict::of(node, readiness);
        let lead = if told.tops.len() > 1 { format!("{}: ", node.label) } else { String::new() };
        page.line(vec![Span::new(Style::Strong, lead), Span::new(style, text)]);
    }
    if let Some(doubt) = readiness.doubt {
        page.text(Style::Warn, verdict::doubted(doubt));
    }
    let weak = weakest(readiness, told, map);
    if !weak.is_empty() {
        page.line(vec![Span::new(Style::Dim, "Weakest leaves now: "), Span::plain(weak.join(", "))]);
    }
    page.line(vec![Span::new(Style::Dim, counted_as_nothing(readiness, told))]);
    page.text(Style::Plain, minutes(readiness, told));
    if readiness.on > readiness.today {
        page.blank().append(steps::page(&[
            ("mindrill plan".to_owned(), "day by day until then"),
            ("mindrill quiz".to_owned(), "today's part of it"),
        ]));
    }
    page
}

/// The leaves with the least recall now; ties: greater importance, then map order.
fn weakest(readiness: &Readiness, told: &Told<'_>, map: &SkillMap) -> Vec<String> {
    let mut leaves: Vec<&NodeReadiness> =
        told.tops.iter().flat_map(|&top| within(readiness, map, top)).filter(|node| node.is_leaf).collect();
    leaves.sort_by_key(|node| node.node);
    leaves.dedup_by_key(|node| node.node);
    let weight = |node: &NodeReadiness| map.node(node.node).importance.weight();
    leaves.sort_by(|a, b| a.stop.total_cmp(&b.stop).then(weight(b).total_cmp(&weight(a))));
    let named = |node: &&NodeReadiness| format!("{} {}", node.label, percent(node.stop));
    if leaves.len() < 2 { Vec::new() } else { leaves.iter().take(MOST_WEAK).map(named).collect() }
}

fn counted_as_nothing(readiness: &Readiness, told: &Told<'_>) -> String {
    let nodes = || told.tops.iter().filter_map(|top| readiness.nodes.get(top.0));
    let (leaves, cards) =
        nodes().fold((0, 0), |(leaves, cards), node| (leaves + node.unwritten, cards + node.unmet));
    let leaf = if leaves == 1 { "1 leaf".to_owned() } else { format!("{leaves} leaves") };
    let unwritten = format!("{leaf} not written (no card, or too few)");
    match (leaves, cards) {
        (0, 0) => "Every leaf is written, and every card was met.".to_owned(),
        (0, cards) => format!("Counted as 0: {} never met.", counted(cards, "card")),
        (_, 0) => format!("Counted as 0: what lacks on {unwritten}."),
        (_, cards) => {
            format!("Counted as 0: {} never met, and what lacks on {unwritten}.", counted(cards, "card"))
        }
    }
}

fn minutes(readiness: &Readiness, told: &Told<'_>) -> String {
    let days = readiness.on.since(readiness.today);
    if days == 0 {
        return "No day is left to study.".to_owned();
    }
    let needed = hours(readiness.minutes_needed);
    let a_day = (readiness.minutes_needed / f64::from(days)).ceil();
    let plural = if a_day > 1.0 { "s" } else { "" };
    let all = format!("All of it takes {needed}, about {a_day:.0} minute{plural} a day");
    match told.interview.minutes {
        Some(minutes) if told.left_out > 0 => {
            let leaves = match told.left_out {
                1 => "1 leaf stays".to_owned(),
                more => format!("{more} leaves stay"),
            };
            format!("{all}; with {minutes} a day {leaves} partly or wholly unseen.")
        }
        Some(minutes) => format!("{all}; you have {minutes} a day."),
        None if a_day > MUCH => format!("{all}: {MORE_THAN_MOST}"),
        None => format!("{all}."),
    }
}

/// The contract's object: the asked nodes with all below them, in map order; `low` and `high` are the band of
/// `recall_stop`.
#[must_use]
pub fn json(readiness: &Readiness, tops: &[NodeIndex], map: &SkillMap) -> String {
    let shown = |node: &&NodeReadiness| tops.iter().any(|&top| map.is_within(node.node, top));
    let node = |node: &NodeReadiness| {
        json!({
            "key": node.key.0,
            "label": node.label,
            "recall_stop": node.stop,
            "recall_plan": node.plan,
            "low": node.stop_band.low,
            "high": node.stop_band.high,
            "unwritten": node.unwritten,
            "unmet": node.unmet,
            "weakest": node.weakest.as_ref().map(|key| &key.0),
        })
    };
    json!({
        "on": readiness.on.to_string(),
        "today": readiness.today.to_string(),
        "low_confidence": readiness.doubt.is_some(),
        "nodes": readiness.nodes.iter().filter(shown).map(node).collect::<Vec<Value>>(),
        "minutes_needed": tenths(readiness.minutes_needed),
        "minutes_a_day": tenths(readiness.minutes_a_day),
    })
    .to_string()
}
