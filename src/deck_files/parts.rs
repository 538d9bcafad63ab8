//! Where the parts of cards are written: looked up in the text again, so that cards need not carry it about.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::findings::Findings;
use super::lines::Lines;
use super::syntax;
use crate::domain::card::Part;
use crate::domain::problem::Place;

/// The places of parts in the text of a deck file, which is shown as `file`.
///
/// Each is asked for by the line on which its card starts; `starts` are the lines on which the sound cards of the file
/// do, so that only those asked for are parsed again. What is not written there (any more) is at the nearest thing that
/// is: the item, the field, the card.
#[must_use]
pub fn places(text: &str, file: &Arc<str>, wanted: &[(usize, Part)], starts: &BTreeSet<usize>) -> Vec<Place> {
    let lines = Lines::new(text);
    let mut places: Vec<Place> =
        wanted.iter().map(|(line, _)| Place { file: Arc::clone(file), line: *line, column: 1 }).collect();
    let mut by_card: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, (line, _)) in wanted.iter().enumerate() {
        by_card.entry(*line).or_default().push(index);
    }
    let mut missed = Vec::new();
    for (line, asked) in by_card {
        let own = lines.start(line).unwrap_or(text.len());
        let next = starts.range(line + 1..).next().and_then(|next| lines.start(*next)).unwrap_or(text.len());
        let piece = Piece { text: text.get(own..next).unwrap_or_default(), above: line - 1 };
        if !piece.find(wanted, &asked, &mut places) {
            missed.extend(asked);
        }
    }
    // Cards that are written as a list of tables stand only in their list.
    if !missed.is_empty() {
        Piece { text, above: 0 }.find(wanted, &missed, &mut places);
    }
    places
}

/// A stretch of a deck file, and how many lines are above it.
struct Piece<'t> {
    text: &'t str,
    above: usize,
}

impl Piece<'_> {
    /// Fills in the places of those parts whose card starts in this stretch; whether all do.
    fn find(&self, wanted: &[(usize, Part)], asked: &[usize], places: &mut [Place]) -> bool {
        let mut found = Findings::new(Arc::from(""), self.text);
        let tree = syntax::parse(self.text, &mut found);
        let cards = cards(tree.root.get_ref(), &found);
        let mut all = true;
        for index in asked {
            let (line, part) = wanted[*index];
            if let Some(card) = line.checked_sub(self.above).and_then(|line| cards.get(&line)) {
                let place = found.place(at(card, part));
                (places[*index].line, places[*index].column) = (place.line + self.above, place.column);
            } else {
                all = false;
            }
        }
        all
    }
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
        for starts in [vec![3, 7], vec![], vec![3]] {
            let starts = starts.into_iter().collect();
            let found = places(DECK, &Arc::from("deck.toml"), &wanted, &starts);
            for ((wanted, expected), place) in table.iter().zip(found) {
                assert_eq!((place.line, place.column), *expected, "{wanted:?} {starts:?}");
            }
        }
    }

    #[test]
    fn a_part_of_a_card_in_a_list_of_tables_is_found() {
        let deck = "card = [\n  { id = \"a\", prompt = \"x\" },\n  { id = \"b\", prompt = \"y\" },\n]\n";
        let wanted = [(2, Part::key("prompt")), (3, Part::key("prompt"))];
        let found = places(deck, &Arc::from("deck.toml"), &wanted, &[2, 3].into());
        let found: Vec<_> = found.iter().map(|place| (place.line, place.column)).collect();
        assert_eq!(found, [(2, 24), (3, 24)]);
    }
}
