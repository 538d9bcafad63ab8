//! What an examination of the progress file found.

use serde_json::json;

use super::check::counted;
use super::page::{Line, Page, Span, Style};

/// Names of cards that are listed before it is only counted.
const MOST_NAMES: usize = 10;

/// The findings, ready to be told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Examined {
    /// The file.
    pub path: String,
    /// Whether it is there.
    pub exists: bool,
    /// Whether nothing is lost or damaged.
    pub sound: bool,
    /// The schema's version.
    pub version: i32,
    /// How commits are guarded.
    pub journal: String,
    /// Rows of the log.
    pub entries: u64,
    /// Rows as they were counted when they were written.
    pub counted: u64,
    /// What SQLite found, in its words.
    pub damage: Vec<String>,
    /// Rows that point nowhere.
    pub broken_references: usize,
    /// Cards whose schedule is not what their log gives.
    pub differing: Vec<String>,
    /// The scheduler that is not in force.
    pub other_scheduler: String,
    /// Cards that the other scheduler would not give back as they are.
    pub unswitchable: Vec<String>,
    /// Cards of the log that are not in the collection, with their rows.
    pub orphans: Vec<(String, u64)>,
    /// The newest row's moment, where it lies in the future.
    pub ahead: Option<String>,
    /// Rows written at an earlier moment than the row before them.
    pub backward: u64,
    /// Cards whose schedules were made anew just now.
    pub rebuilt: Option<usize>,
}

/// The findings to read: what is well in one line each, what is not with the way out.
#[must_use]
pub fn page(found: &Examined) -> Page {
    let mut page = Page::new();
    page.line(vec![Span::new(Style::Strong, found.path.clone())]);
    if !found.exists {
        page.text(Style::Dim, "there is no such file yet; the first answer makes it");
        return page;
    }
    let rows = counted(usize::try_from(found.entries).unwrap_or(usize::MAX), "row");
    page.text(Style::Dim, format!("schema {}, {}, {rows} in the log", found.version, found.journal));
    if let Some(cards) = found.rebuilt {
        page.push(row(
            Style::Good,
            "✓",
            format!("schedules made anew from the log: {}", counted(cards, "card")),
        ));
    }
    page.append(proofs(found));
    page.append(harmless(found));
    page
}

/// What must hold, line by line.
fn proofs(found: &Examined) -> Page {
    let mut page = Page::new();
    page.push(match found.damage.as_slice() {
        [] => row(Style::Good, "✓", "SQLite finds the file whole".to_owned()),
        damage => row(Style::Bad, "✗", format!("SQLite finds damage: {}; restore a copy", damage.join("; "))),
    });
    page.push(match found.counted.cmp(&found.entries) {
        std::cmp::Ordering::Equal => row(Style::Good, "✓", "no row of the log is missing".to_owned()),
        _ => row(
            Style::Bad,
            "✗",
            format!(
                "{} rows were written, {} are there: restore a copy that has its `-wal` file beside it",
                found.counted, found.entries
            ),
        ),
    });
    page.push(match found.differing.as_slice() {
        [] => row(Style::Good, "✓", "every schedule is what the log gives".to_owned()),
        cards => row(
            Style::Bad,
            "✗",
            format!(
                "schedules that the log does not give: {}; run `mindrill doctor --rebuild`",
                named(cards)
            ),
        ),
    });
    page.push(switching(found));
    if found.broken_references > 0 {
        let rows = counted(found.broken_references, "row");
        page.push(row(Style::Bad, "✗", format!("{rows} that belong to rows which are not there")));
    }
    page
}

/// Whether the scheduler may be changed at will.
fn switching(found: &Examined) -> Line {
    let other = &found.other_scheduler;
    match found.unswitchable.as_slice() {
        [] => row(Style::Good, "✓", format!("switching to {other} and back gives the same schedules")),
        cards => row(Style::Bad, "✗", format!("schedules that {other} does not give back: {}", named(cards))),
    }
}

/// What does no harm, but is worth knowing.
fn harmless(found: &Examined) -> Page {
    let mut page = Page::new();
    if !found.orphans.is_empty() {
        let names: Vec<String> =
            found.orphans.iter().map(|(card, rows)| format!("{card} ({rows})")).collect();
        let text = format!(
            "answers to cards that are not in this collection: {}; they are kept, and count again when the card is back",
            named(&names)
        );
        page.push(row(Style::Warn, "~", text));
    }
    if let Some(moment) = &found.ahead {
        page.push(row(
            Style::Warn,
            "~",
            format!("the newest answer is of {moment}, which is still to come: look at the clock"),
        ));
    }
    if found.backward > 0 {
        page.push(row(
            Style::Dim,
            "~",
            format!("the clock was set back {} times; no schedule moved into the past", found.backward),
        ));
    }
    page
}

fn row(style: Style, sign: &str, text: String) -> Line {
    Line::new(vec![Span::plain(text)]).led_by(Span::new(style, format!("{sign} ")))
}

fn named(names: &[String]) -> String {
    let shown = names.iter().take(MOST_NAMES).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(MOST_NAMES) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// The findings as one object.
#[must_use]
pub fn json(found: &Examined) -> String {
    let orphan = |(card, rows): &(String, u64)| json!({ "card": card, "rows": rows });
    json!({
        "path": found.path,
        "sound": found.sound,
        "version": found.version,
        "journal": found.journal,
        "entries": found.entries,
        "counted": found.counted,
        "damage": found.damage,
        "broken_references": found.broken_references,
        "differing": found.differing,
        "orphans": found.orphans.iter().map(orphan).collect::<Vec<_>>(),
        "ahead": found.ahead,
        "backward": found.backward,
        "rebuilt": found.rebuilt,
        "other_scheduler": found.other_scheduler,
        "unswitchable": found.unswitchable,
    })
    .to_string()
}
