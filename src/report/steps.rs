//! What to type next: commands, each with a word about it.

use super::page::{Line, Page, Side, Span, Style, columns, padded};

/// Widest command for which the words of the others are moved to the right, in columns.
const MOST_ALIGNED: usize = 32;

/// One command a line, whole even where it is long, and what it does.
#[must_use]
pub fn page(steps: &[(String, &str)]) -> Page {
    let widths = steps.iter().map(|(command, _)| columns(command));
    let widest = widths.filter(|width| *width <= MOST_ALIGNED).max().unwrap_or(0);
    let mut page = Page::new();
    for (command, why) in steps {
        let why = Span::new(Style::Dim, *why);
        let line = if columns(command) > MOST_ALIGNED {
            Line::new(vec![Span::new(Style::Strong, command.as_str()), Span::plain("  "), why]).indented(2)
        } else {
            let lead = format!("  {}  ", padded(command, widest, Side::Left));
            Line::new(vec![why]).led_by(Span::new(Style::Strong, lead))
        };
        page.push(line);
    }
    page
}
