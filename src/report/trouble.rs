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
    for (place, cause) in causes.iter().enumerate() {
        // Libraries wrap an error in one that says the same once more.
        let is_said = place.checked_sub(1).and_then(|before| causes.get(before));
        if is_said.is_some_and(|before| cause.ends_with(before.as_str())) {
            continue;
        }
        row(Style::Dim, "  caused by: ", cause);
    }
    if let Some(hint) = hint.filter(|hint| !hint.is_empty()) {
        row(Style::Accent, "hint:  ", hint);
    }
    page
}

#[cfg(test)]
mod tests {
    use super::page;
    use crate::report::page::{Colour, Glyphs, Look};

    #[test]
    fn a_cause_that_says_the_same_once_more_is_left_out() {
        let look = Look { width: 80, colour: Colour::Off, glyphs: Glyphs::Ascii };
        let causes = ["disk is full", "Error code 13: disk is full", "no room"].map(str::to_owned);
        assert_eq!(
            page("cannot save", &causes, Some("make room")).paint(&look),
            "error: cannot save\n  caused by: disk is full\n  caused by: no room\nhint:  make room\n"
        );
    }
}
