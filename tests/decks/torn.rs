//! A sound deck with stretches torn out or put in: whatever is left loads or is told with its place.

use mindrill::domain::problem::Level;
use proptest::prelude::*;

use super::{collection, load};

/// A deck with a card of every kind, escapes, long strings and characters of several bytes.
const SOUND: &str = include_str!("seven-kinds.toml");

#[test]
fn the_deck_to_be_torn_is_sound() {
    assert_eq!(load(collection(&[("d.toml", SOUND.as_bytes())]).path()).problems, []);
}

/// The nearest byte at or before `at` at which a character starts.
fn boundary(at: usize) -> usize {
    (0..=at.min(SOUND.len())).rev().find(|at| SOUND.is_char_boundary(*at)).unwrap_or(0)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_torn_deck_loads_or_says_where_it_is_torn(
        from in 0..SOUND.len(),
        length in 0usize..60,
        patch in prop_oneof![Just(String::new()), "[\\[\\]{}=\"'#,.|\\\\\nä0a ]{0,6}"],
    ) {
        let (start, end) = (boundary(from), boundary(from + length));
        let text = format!("{}{patch}{}", &SOUND[..start], &SOUND[end..]);
        let folder = collection(&[("d.toml", text.as_bytes())]);
        let loaded = load(folder.path());
        let is_told = loaded.problems.iter().any(|problem| problem.level == Level::Error);
        prop_assert!(is_told || loaded.decks.len() == 1);
        for problem in &loaded.problems {
            let place = &problem.place;
            let line = text.split('\n').nth(place.line - 1);
            prop_assert!(line.is_some_and(|line| place.column <= line.chars().count() + 1), "{place} in\n{text}");
        }
    }
}
