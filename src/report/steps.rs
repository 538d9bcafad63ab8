//! What to type next: commands, each with a word about it.

use super::page::{Line, Page, Span, Style};

/// One command a line, whole even where it is long, and what it does.
#[must_use]
pub fn page(steps: &[(String, &str)]) -> Page {
    let mut page = Page::new();
    for (command, why) in steps {
        let spans =
            vec![Span::new(Style::Strong, command.as_str()), Span::new(Style::Dim, format!("  {why}"))];
        page.push(Line::new(spans).led_by(Span::plain("  ")));
    }
    page
}
