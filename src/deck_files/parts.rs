//! Where the parts of cards are written: looked up in the text again, so that cards need not carry it about.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::findings::Findings;
use super::syntax;
use crate::domain::card::Part;
use crate::domain::problem::Place;

/// The places of parts in the text of a deck file, which is shown as `file`.
///
/// Each is asked for by the line on which its card starts. What is not written there (any more) is at the nearest thing
/// that is: the item, the field, the card.
#[must_use]
pub fn places(text: &str, file: &Arc<str>, wanted: &[(usize, Part)]) -> Vec<Place> {
    let mut found = Findings::new(Arc::clone(file), text);
    let tree = syntax::parse(text, &mut found);
    let cards = cards(tree.root.get_ref(), &found);
    let place = |&(line, part): &(usize, Part)| match cards.get(&line) {
        Some(card) => found.place(at(card, part)),
        None => Place { file: Arc::clone(file), line, column: 1 },
    };
    wanted.iter().map(place).collect()
}

/// The lines on which the cards of a deck file start, sound or not, in order.
#[must_use]
pub fn card_lines(text: &str, file: &Arc<str>) -> Vec<usize> {
    let mut found = Findings::new(Arc::clone(file), text);
    let tree = syntax::parse(text, &mut found);
    cards(tree.root.get_ref(), &found).into_keys().collect()
}

type Card<'a, 't> = (&'a DeTable<'t>, Range<usize>);

/// The cards by the lines on which they start.
fn cards<'a, 't>(root: &'a DeTable<'t>, found: &Findings<'_>) -> BTreeMap<usize, Card<'a, 't>> {
    let Some(DeValue::Array(items)) = root.get("card").map(Spanned::get_ref) else { return BTreeMap::new() };
    let tables = items.iter().filter_map(|item| Some((item.get_ref().as_table()?, item.span())));
    tables.map(|(table, span)| (found.place(span.start).line, (table, span))).collect()
}

/// The byte at which a part of a card is written.
fn at((card, span): &Card<'_, '_>, part: Part) -> usize {
    let Some(value) = part.key.and_then(|key| card.get(key)) else { return span.start };
    let item = part.item.and_then(|item| value.get_ref().as_array()?.get(item));
    let field = part.field.and_then(|field| item?.get_ref().as_table()?.get(field));
    field.or(item).unwrap_or(value).span().start
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::places;
    use crate::domain::card::Part;

    const DECK: &str = "[deck]\n\n[[card]]\nid = \"a\"\nprompt = \"x\"\n\n[[card]]\noptions = [\n  { text = \"é\", why = \"b\" },\n  { text = \"c\" },\n]\n";

    #[test]
    fn a_part_is_found_where_it_is_written_or_at_the_nearest_thing_that_is() {
        let options = Part::key("options");
        let table = [
            ((3, Part::CARD), (3, 1)),
            ((3, Part::key("prompt")), (5, 10)),
            ((3, Part::key("hint")), (3, 1)),
            ((7, options), (8, 11)),
            ((7, options.item(1)), (10, 3)),
            ((7, options.item(0).field("why")), (9, 23)),
            ((7, options.item(1).field("why")), (10, 3)),
            ((7, options.item(9)), (8, 11)),
            ((99, options), (99, 1)),
        ];
        let wanted: Vec<_> = table.iter().map(|(wanted, _)| *wanted).collect();
        let found = places(DECK, &Arc::from("deck.toml"), &wanted);
        for ((wanted, expected), place) in table.iter().zip(found) {
            assert_eq!((place.line, place.column), *expected, "{wanted:?}");
        }
    }
}
