//! A cloze drawn back into its text: the other direction of `cloze`.
//!
//! What `cloze` reads, it writes so that it is read alike. A few texts that no reading gives (a single `{` just before a
//! gap) cannot be written at all: whoever writes reads again.

use crate::domain::card::{Piece, TypedKey};

/// The text of a cloze card.
pub(super) fn text(pieces: &[Piece]) -> String {
    let mut text = String::new();
    for (place, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Text(shown) => {
                text.push_str(&plain(shown));
                let before_gap = matches!(pieces.get(place + 1), Some(Piece::Gap(_)));
                if before_gap && shown.ends_with('\\') {
                    text.push('\\');
                }
            }
            Piece::Gap(key) => text.push_str(&gap(key)),
        }
    }
    text
}

/// Another wording, whose gaps are drawn as lines: they take the gaps of the card in their order.
pub(super) fn variant(drawn: &str, pieces: &[Piece]) -> String {
    let gaps: Vec<&Piece> = pieces.iter().filter(|piece| matches!(piece, Piece::Gap(_))).collect();
    let shown = drawn.splitn(gaps.len() + 1, Piece::GAP).map(|text| Piece::Text(text.to_owned()));
    let mut wording = Vec::new();
    for (place, piece) in shown.enumerate() {
        wording.push(piece);
        wording.extend(gaps.get(place).copied().cloned());
    }
    text(&wording)
}

/// Shown text with a backslash before what would open or close a gap.
fn plain(shown: &str) -> String {
    shown.replace("{{", "\\{{").replace("}}", "\\}}")
}

fn gap(key: &TypedKey) -> String {
    let accept: Vec<String> = key.accept.iter().map(|text| alternative(text)).collect();
    format!("{{{{{}}}}}", accept.join("|"))
}

/// One right answer as it is written in a gap; blanks at its ends do not count.
fn alternative(answer: &str) -> String {
    let mut written = String::new();
    // Single braces opened so far: their partners close no gap.
    let mut open: usize = 0;
    let mut loose_end = false;
    let mut at = 0;
    while let Some(rest) = answer.get(at..).filter(|rest| !rest.is_empty()) {
        let letters = match rest {
            _ if rest.starts_with("{{") => 2,
            _ if rest.starts_with("}}") && open == 0 => 2,
            _ => rest.chars().next().map_or(1, char::len_utf8),
        };
        let part = rest.get(..letters).unwrap_or_default();
        if letters == 2 && part.is_ascii() || part == "|" {
            written.push('\\');
        }
        written.push_str(part);
        loose_end = part == "\\" || part == "}" && open == 0;
        match part {
            "{" => open += 1,
            "}" => open = open.saturating_sub(1),
            _ => {}
        }
        at += letters;
    }
    if loose_end {
        written.push(' ');
    }
    written
}

#[cfg(test)]
mod tests {
    use super::super::cloze;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_read_is_written_so_that_it_is_read_alike(text in r"([a é\\|{}]|\{\{|\}\}|\{\{a[|{} \\]?b?\}\}){1,12}") {
            if let Ok(pieces) = cloze::pieces(&text) {
                let written = super::text(&pieces);
                prop_assert_eq!(cloze::pieces(&written), Ok(pieces), "{}", written);
            }
        }
    }
}
