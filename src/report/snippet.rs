//! Problems drawn with the source line they are about, as a compiler draws them.
//!
//! Built by hand on [`Page`], so that messages, paths and source all pass its cleaning: `annotate-snippets` lets C1
//! controls and hostile paths through.

use std::collections::BTreeMap;

use crate::domain::problem::{Level, Problem};

use super::page::{Fit, Line, Look, Page, Span, Style, columns};

/// Columns of source kept before the caret when a line is too long to show from its start.
const BEFORE_CARET: usize = 24;
/// Characters of a source line that are looked at; what is beyond them is not drawn.
const MAX_SOURCE: usize = 4096;

/// All problems as text, each followed by an empty line.
///
/// `source` gives the text of the file a problem is in, where it is at hand.
pub fn text<'a>(problems: &[Problem], source: impl Fn(&str) -> Option<&'a str>, look: &Look) -> String {
    let mut page = Page::new();
    let mut rows: BTreeMap<&str, Option<Vec<&str>>> = BTreeMap::new();
    for problem in problems {
        let file = &*problem.place.file;
        // A file is parted into its lines once, however many problems it has.
        let rows = rows.entry(file).or_insert_with(|| source(file).map(|text| text.lines().collect()));
        let row = rows.as_ref().and_then(|rows| rows.get(problem.place.line.checked_sub(1)?).copied());
        page.append(drawn(problem, row, look)).blank();
    }
    page.paint(look)
}

/// The line of a text on which a problem stands, if it has one.
#[must_use]
pub fn row<'a>(problem: &Problem, source: &'a str) -> Option<&'a str> {
    source.lines().nth(problem.place.line.checked_sub(1)?)
}

/// One problem: what is wrong, where, the line it stands on with a caret, and what to do next.
#[must_use]
pub fn drawn(problem: &Problem, row: Option<&str>, look: &Look) -> Page {
    let mut page = Page::new();
    page.push(headline(problem));
    let number = problem.place.line.to_string();
    let gutter = row.map_or(1, |_| number.len());
    page.push(
        Line::new(vec![Span::plain(problem.place.to_string())]).led_by(dim(&" ".repeat(gutter), "--> ")),
    );
    if let Some(row) = row {
        excerpt(&mut page, &number, row, problem, look);
    }
    if !problem.hint.is_empty() {
        let lead = Span::new(Style::Accent, "hint:  ");
        page.push(Line::new(vec![Span::plain(problem.hint.as_str())]).led_by(lead));
    }
    page
}

fn headline(problem: &Problem) -> Line {
    let style = match problem.level {
        Level::Error => Style::Bad,
        Level::Warning => Style::Warn,
    };
    Line::new(vec![Span::new(Style::Strong, problem.message.as_str())])
        .led_by(Span::new(style, format!("{}: ", problem.level.name())))
}

fn dim(gutter: &str, sign: &str) -> Span {
    Span::new(Style::Dim, format!("{gutter}{sign}"))
}

/// The source line and the caret below it, moved to the left where the caret would be off the page.
fn excerpt(page: &mut Page, number: &str, row: &str, problem: &Problem, look: &Look) {
    let blank = " ".repeat(number.len());
    let (shown, caret) = window(row, problem.place.column, look.width.saturating_sub(number.len() + 3));
    let frame = |gutter: &str, text: Span| Line::new(vec![text]).led_by(dim(gutter, " | ")).fitting(Fit::Cut);
    page.push(Line::new(vec![dim(&blank, " |")]));
    page.push(frame(number, Span::new(Style::Code, shown)));
    let style = match problem.level {
        Level::Error => Style::Bad,
        Level::Warning => Style::Warn,
    };
    page.push(frame(&blank, Span::new(style, format!("{}^", " ".repeat(caret)))));
}

/// The part of a source line to show in `room` columns, and the column of the caret within it.
fn window(row: &str, column: usize, room: usize) -> (String, usize) {
    let before: String = row.chars().take(column.saturating_sub(1).min(MAX_SOURCE)).collect();
    let after: String = row.chars().skip(before.chars().count()).take(MAX_SOURCE).collect();
    let caret = columns(&before);
    if caret + 1 < room {
        return (before + &after, caret);
    }
    let kept = BEFORE_CARET.min(room / 2);
    let mut tail: Vec<char> = Vec::new();
    let mut used = 0;
    for c in before.chars().rev() {
        used += columns(c.encode_utf8(&mut [0; 4]));
        if used >= kept {
            break;
        }
        tail.push(c);
    }
    let tail: String = std::iter::once('…').chain(tail.into_iter().rev()).collect();
    let caret = columns(&tail);
    (tail + &after, caret)
}
