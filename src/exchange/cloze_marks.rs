//! Gaps as other programs mark them: Anki's `{{c1::answer::hint}}`, hashcards' `[answer]`.
//!
//! Each number, and each pair of brackets, is a card of its own: its gaps are open and all others are filled.

use crate::domain::card::{Piece, TypedKey};

/// A stretch of a marked text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stretch {
    /// Text as it is.
    Plain(String),
    /// An answer, with the number of the card that leaves it open and a hint.
    Marked { number: u32, answer: String, hint: Option<String> },
}

/// Whether a text has a gap as Anki marks one.
pub(super) fn has_anki_gap(text: &str) -> bool {
    text.match_indices("{{c").any(|(at, _)| opening(text.get(at..).unwrap_or_default()).is_some())
}

/// The number and the length of an opening mark `{{c1::` at the start of a text.
fn opening(text: &str) -> Option<(u32, usize)> {
    let rest = text.strip_prefix("{{c")?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number = rest.get(..digits)?.parse().ok()?;
    rest.get(digits..)?.starts_with("::").then_some((number, "{{c".len() + digits + "::".len()))
}

/// Takes a text with Anki's marks apart.
///
/// # Errors
/// What is wrong with a mark: left open, nested, empty.
pub(super) fn anki(text: &str) -> Result<Vec<Stretch>, &'static str> {
    let mut stretches = Vec::new();
    let mut rest = text;
    while let Some((before, number, length)) = next_opening(rest) {
        push_plain(&mut stretches, rest.get(..before).unwrap_or_default());
        let inside = rest.get(before + length..).unwrap_or_default();
        let end = inside.find("}}").ok_or("a gap `{{c1::…` is not closed by `}}`")?;
        let content = inside.get(..end).unwrap_or_default();
        if has_anki_gap(content) {
            return Err("a gap lies within another gap");
        }
        stretches.push(marked(number, content)?);
        rest = inside.get(end + "}}".len()..).unwrap_or_default();
    }
    push_plain(&mut stretches, rest);
    Ok(stretches)
}

/// Where the next mark opens, its number and its length.
fn next_opening(text: &str) -> Option<(usize, u32, usize)> {
    text.match_indices("{{c")
        .find_map(|(at, _)| opening(text.get(at..)?).map(|(number, length)| (at, number, length)))
}

fn marked(number: u32, content: &str) -> Result<Stretch, &'static str> {
    let (answer, hint) = match content.split_once("::") {
        Some((answer, hint)) => (answer, Some(hint.trim().to_owned()).filter(|hint| !hint.is_empty())),
        None => (content, None),
    };
    if answer.trim().is_empty() {
        return Err("a gap is empty");
    }
    Ok(Stretch::Marked { number, answer: answer.trim().to_owned(), hint })
}

/// Takes a text with brackets apart; a Markdown link or picture keeps its own.
///
/// # Errors
/// What is wrong with a bracket: left open, empty.
pub(super) fn brackets(text: &str) -> Result<Vec<Stretch>, &'static str> {
    let mut stretches = Vec::new();
    let (mut rest, mut number) = (text, 0);
    while let Some(at) = rest.find('[') {
        push_plain(&mut stretches, rest.get(..at).unwrap_or_default());
        let inside = rest.get(at + 1..).unwrap_or_default();
        let end = inside.find(']').ok_or("a gap `[…` is not closed by `]`")?;
        let after = inside.get(end + 1..).unwrap_or_default();
        if after.starts_with('(') {
            push_plain(&mut stretches, rest.get(at..=at + 1 + end).unwrap_or_default());
        } else {
            number += 1;
            let answer = inside.get(..end).unwrap_or_default().trim();
            if answer.is_empty() {
                return Err("a gap is empty");
            }
            stretches.push(Stretch::Marked { number, answer: answer.to_owned(), hint: None });
        }
        rest = after;
    }
    push_plain(&mut stretches, rest);
    Ok(stretches)
}

/// Adds text, to the text before it where there is some.
fn push_plain(stretches: &mut Vec<Stretch>, text: &str) {
    match stretches.last_mut() {
        _ if text.is_empty() => {}
        Some(Stretch::Plain(last)) => last.push_str(text),
        _ => stretches.push(Stretch::Plain(text.to_owned())),
    }
}

/// The cards that a marked text stands for, by number: what is shown and left open, and a hint.
pub(super) fn cards(stretches: &[Stretch]) -> Vec<(Vec<Piece>, Option<String>)> {
    let mut numbers: Vec<u32> = stretches.iter().filter_map(Stretch::number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into_iter().map(|number| card(stretches, number)).collect()
}

fn card(stretches: &[Stretch], open: u32) -> (Vec<Piece>, Option<String>) {
    let mut pieces = Vec::new();
    let mut shown = String::new();
    let mut first_hint = None;
    for stretch in stretches {
        match stretch {
            Stretch::Marked { number, answer, hint } if *number == open => {
                if !shown.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut shown)));
                }
                pieces.push(Piece::Gap(TypedKey { accept: vec![answer.clone()], ..TypedKey::default() }));
                first_hint = first_hint.or_else(|| hint.clone());
            }
            Stretch::Marked { answer: text, .. } | Stretch::Plain(text) => shown.push_str(text),
        }
    }
    if !shown.is_empty() {
        pieces.push(Piece::Text(shown));
    }
    (pieces, first_hint)
}

impl Stretch {
    fn number(&self) -> Option<u32> {
        match self {
            Self::Marked { number, .. } => Some(*number),
            Self::Plain(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{anki, brackets, cards, has_anki_gap};
    use crate::domain::card::Piece;

    /// Each card as text, its gaps in braces.
    fn drawn(stretches: &[super::Stretch]) -> Vec<String> {
        let draw = |pieces: Vec<Piece>| -> String {
            let piece = |piece: Piece| match piece {
                Piece::Text(text) => text,
                Piece::Gap(key) => format!("{{{}}}", key.accept.join("|")),
            };
            pieces.into_iter().map(piece).collect()
        };
        cards(stretches).into_iter().map(|(pieces, _)| draw(pieces)).collect()
    }

    #[test]
    fn each_number_is_a_card_and_the_others_are_filled_in() {
        let text = "A {{c1::mutex::a lock}} guards {{c2::one}} thread, {{c1::not}} two {{ok}}";
        let stretches = anki(text).unwrap();
        assert_eq!(
            drawn(&stretches),
            ["A {mutex} guards one thread, {not} two {{ok}}", "A mutex guards {one} thread, not two {{ok}}"]
        );
        assert_eq!(cards(&stretches)[0].1.as_deref(), Some("a lock"));
    }

    #[test]
    fn each_pair_of_brackets_is_a_card_and_links_keep_theirs() {
        let stretches =
            brackets("[Paris] is the capital of [France], see [a map](https://example.com).").unwrap();
        assert_eq!(
            drawn(&stretches),
            [
                "{Paris} is the capital of France, see [a map](https://example.com).",
                "Paris is the capital of {France}, see [a map](https://example.com).",
            ]
        );
    }

    #[test]
    fn a_mark_that_is_open_empty_or_nested_is_refused() {
        assert!(anki("{{c1::open").is_err());
        assert!(anki("{{c1::}}").is_err());
        assert!(anki("{{c1::a {{c2::b}} c}}").is_err());
        assert!(brackets("[open").is_err());
        assert!(brackets("[ ]").is_err());
    }

    #[test]
    fn only_a_numbered_mark_is_a_gap_of_anki() {
        assert!(has_anki_gap("x {{c12::y}}"));
        assert!(!has_anki_gap("{{cloze}} {{c::y}} {{c1:y}}"));
    }
}
