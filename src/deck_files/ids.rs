//! Which ids an author may write. It does not know where they are written.

/// Longest id, in characters: a card's full id still fits on a line.
const LONGEST: usize = 100;
/// What the id of the card turned round ends in; `~` is therefore free of meaning in no authored id.
const REVERSE: &str = "~reverse";

/// What is wrong with an authored id, if anything: it is 1 to 100 letters, digits, `-`, `_` and `.`.
pub(super) fn fault(id: &str) -> Option<String> {
    let strange = id.chars().find(|letter| !letter.is_alphanumeric() && !matches!(letter, '-' | '_' | '.'));
    match strange {
        _ if id.is_empty() => Some("it is empty".to_owned()),
        Some(' ') => Some("it holds a blank".to_owned()),
        Some(strange) => Some(format!("it holds `{}`", strange.escape_debug())),
        None if id.chars().count() > LONGEST => Some(format!("it is longer than {LONGEST} characters")),
        None => None,
    }
}

/// The id of the card that turns `id` round.
pub(super) fn reversed(id: &str) -> String {
    format!("{id}{REVERSE}")
}

/// The same as a regular expression.
pub(super) const PATTERN: &str = r"^[\p{Alphabetic}\p{N}_.-]{1,100}$";
/// What an id may consist of, as a hint.
pub(super) const RULE: &str = "an id is 1 to 100 letters, digits, `-`, `_` and `.`";

#[cfg(test)]
mod tests {
    use super::{LONGEST, fault};

    #[test]
    fn ids_are_letters_digits_and_three_marks() {
        let longest = "x".repeat(LONGEST);
        for good in ["a", "tls1.3_full-handshake", "größe", longest.as_str()] {
            assert_eq!(fault(good), None, "{good}");
        }
        let too_long = "x".repeat(LONGEST + 1);
        for bad in ["", "a b", "a/b", "a~reverse", "a\u{1b}[2J", "a\n", too_long.as_str()] {
            assert!(fault(bad).is_some(), "{bad}");
        }
    }
}
