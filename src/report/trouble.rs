//! An error as the learner sees it: what, why, and what to do next.

use super::page::{Line, Page, Span, Style};

/// The error, its causes, and the next step.
#[must_use]
pub fn page(error: &str, causes: &[String], hint: Option<&str>) -> Page {
    let mut page = Page::new();
    let mut row = |style, lead: &str, text: &str| {
        page.push(Line::new(vec![Span::plain(text)]).led_by(Span::new(style, lead)));
    };
    row(Style::Bad, "error: ", error);
    for cause in causes {
        row(Style::Dim, "  caused by: ", cause);
    }
    if let Some(hint) = hint.filter(|hint| !hint.is_empty()) {
        row(Style::Accent, "hint:  ", hint);
    }
    page
}
