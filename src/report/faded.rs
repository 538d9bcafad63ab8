//! What faded since the learner last studied, and why: a few lines below other news.

use serde_json::{Value, json};

use super::check::counted;
use super::coverage::percent;
use super::page::{Line, Page, Span, Style};
use crate::domain::day::StudyDay;
use crate::domain::mastery::{Faded, MASTERED_RECALL};

/// Leaves that are told; the others are counted.
const MOST_LEAVES: usize = 3;

/// Leaves that faded, the greatest loss first.
#[derive(Debug, Clone, PartialEq)]
pub struct Fading {
    /// The study day before today on which the learner last answered.
    pub since: StudyDay,
    /// Today.
    pub today: StudyDay,
    /// The leaves.
    pub leaves: Vec<Leaf>,
}

/// A leaf that faded.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf {
    /// How it faded.
    pub faded: Faded,
    /// Its key.
    pub key: String,
    /// The shortest name by which it is found.
    pub name: String,
    /// Its label.
    pub label: String,
}

impl Leaf {
    /// The command that brings it back: what is due, else a drill of what fell, else the grounds.
    fn command(&self) -> String {
        let name = shell_words::quote(&self.name);
        match self.faded {
            Faded { is_due: true, .. } => format!("mindrill quiz {name}"),
            Faded { fell: 0, .. } => format!("mindrill why {name}"),
            _ => format!("mindrill weak {name} --drill"),
        }
    }
}

/// The lines; an empty page where nothing faded.
#[must_use]
pub fn page(fading: &Fading) -> Page {
    let mut page = Page::new();
    if fading.leaves.is_empty() {
        return page;
    }
    page.text(Style::Dim, format!("Faded since {}:", fading.since));
    for leaf in fading.leaves.iter().take(MOST_LEAVES) {
        page.push(row(leaf, fading.today));
    }
    let more = fading.leaves.len().saturating_sub(MOST_LEAVES);
    if more > 0 {
        let leaves = if more == 1 { "1 more leaf".to_owned() } else { format!("{more} more leaves") };
        page.text(Style::Dim, format!("  {leaves}: `mindrill coverage`"));
    }
    page
}

/// `Indexing 88 → 79 %: 4 cards fell under 85 %, last seen 31 days ago; mindrill quiz indexing`
fn row(leaf: &Leaf, today: StudyDay) -> Line {
    let Faded { before, now, fell, last_seen, .. } = leaf.faded;
    let ago = counted(today.since(last_seen) as usize, "day");
    let why = match fell {
        0 => format!(": not seen for {ago}; "),
        fell => {
            format!(
                ": {} fell under {}, last seen {ago} ago; ",
                counted(fell, "card"),
                percent(MASTERED_RECALL)
            )
        }
    };
    let before = percent(before);
    Line::new(vec![
        Span::new(Style::Strong, leaf.label.as_str()),
        Span::new(Style::Warn, format!(" {} → {}", before.trim_end_matches(" %"), percent(now))),
        Span::plain(why),
        Span::new(Style::Accent, leaf.command()),
    ])
    .led_by(Span::plain("  "))
}

/// The same as an array.
#[must_use]
pub fn json(fading: &Fading) -> Value {
    let leaf = |leaf: &Leaf| {
        json!({
            "key": leaf.key,
            "before": leaf.faded.before,
            "now": leaf.faded.now,
            "fell": leaf.faded.fell,
            "last_seen": leaf.faded.last_seen.to_string(),
            "command": leaf.command(),
        })
    };
    fading.leaves.iter().map(leaf).collect()
}
