//! One card: what all kinds have in common, and its id. The question itself is read by `body`.
//!
//! It does not know the deck's other cards.

use super::body;
use super::fields::{Fields, Written, nearest};
use super::findings::{Findings, listed, quoted};
use super::ids;
use super::keys;
use crate::domain::card::{Aim, Body, Card, CardId, DeckId, Difficulty, Kind, Source};

/// What a deck gives to each of its cards.
pub(super) struct Shared {
    /// The deck's id.
    pub deck: DeckId,
    /// The deck's tags.
    pub tags: Vec<String>,
}

/// A card as it was read, with what only the deck as a whole can judge.
pub(super) struct Entry {
    /// Its id within the deck, and the byte to name when it is found wrong; `None` where none could be told.
    pub id: Option<Written>,
    /// Whether the author wrote that id.
    pub authored: bool,
    /// The card; `None` where it has an error.
    pub card: Option<Card>,
    /// The id of the card that it says it turns round.
    pub reverse_of: Option<Written>,
    /// Whether it is to be turned round itself.
    pub reverse: bool,
}

/// Reads one card.
pub(super) fn read(fields: &Fields<'_, '_>, shared: &Shared, found: &mut Findings<'_>) -> Entry {
    let before = found.errors();
    let kind = kind(fields, found);
    keys::check(fields, kind, found);
    let authored = authored_id(fields, found);
    let reverse_of = fields.written("reverse_of", found);
    let is_flashcard = kind == Some(Kind::Flashcard);
    let reverse = is_flashcard && fields.flag("reverse", found);
    let body = kind.and_then(|kind| body::read(kind, fields, found));
    let mut card = common(fields, shared, body, found);
    if let Some((id, _)) = &reverse_of
        && let Some(card) = &mut card
    {
        card.reverse_of = Some(id.clone());
    }
    let has_id = fields.value("id").is_some();
    let id =
        authored.or_else(|| card.as_ref().filter(|_| !has_id).map(|card| derived_id(card, fields, found)));
    if let (Some(card), Some((id, _))) = (&mut card, &id) {
        id.clone_into(&mut card.id.card);
    }
    let card = card.filter(|_| found.errors() == before);
    Entry { id, authored: has_id, card, reverse_of, reverse }
}

fn kind(fields: &Fields<'_, '_>, found: &mut Findings<'_>) -> Option<Kind> {
    let name = fields.needed_text("kind", found)?;
    Kind::from_name(&name).or_else(|| unknown(fields, "kind", (&name, &Kind::ALL.map(Kind::name)), found))
}

fn aim(fields: &Fields<'_, '_>, found: &mut Findings<'_>) -> Aim {
    let Some(name) = fields.text("aim", found) else { return Aim::Recall };
    Aim::from_name(&name)
        .or_else(|| unknown(fields, "aim", (&name, &Aim::ALL.map(Aim::name)), found))
        .unwrap_or(Aim::Recall)
}

/// Refuses a name that is none of those a field may have; always `None`.
fn unknown<T>(
    fields: &Fields<'_, '_>,
    key: &str,
    (name, names): (&str, &[&str]),
    found: &mut Findings<'_>,
) -> Option<T> {
    let rule = if key == "kind" { "unknown-kind" } else { "unknown-aim" };
    let hint = match nearest(name, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write one of {}", listed(names)),
    };
    found.error(fields.at_value(key), rule, format!("unknown {key} {}", quoted(name)), hint);
    None
}

fn difficulty(fields: &Fields<'_, '_>, found: &mut Findings<'_>) -> Difficulty {
    let Some(value) = fields.integer("difficulty", found) else { return Difficulty::DEFAULT };
    Difficulty::new(value).unwrap_or_else(|| {
        let message = format!("`difficulty` is {value}, not 1 to 5");
        found.error(fields.at_value("difficulty"), "difficulty", message, "1 is easy, 5 is hard");
        Difficulty::DEFAULT
    })
}

/// Reads the fields of any card and puts them round `body`; the id is left blank.
fn common(
    fields: &Fields<'_, '_>,
    shared: &Shared,
    body: Option<Body>,
    found: &mut Findings<'_>,
) -> Option<Card> {
    let aim = aim(fields, found);
    let difficulty = difficulty(fields, found);
    let variants = variants(fields, body.as_ref(), found);
    let mut tags = shared.tags.clone();
    tags.extend(fields.plain_texts("tags", found).into_iter().filter(|tag| !shared.tags.contains(tag)));
    let nodes = fields.texts("nodes", found).into_iter();
    let nodes = nodes.map(|(node, at)| (node, found.place(at))).collect();
    let (hint, explanation) = (fields.prose("hint", found), fields.prose("explanation", found));
    let (sources, versions) = (sources(fields, found), fields.plain_texts("versions", found));
    let (as_of, review_by) = (fields.day("as_of", found), fields.day("review_by", found));
    let lint_allow = fields.plain_texts("lint_allow", found);
    let place = found.place(fields.at());
    let id = CardId { deck: shared.deck.clone(), card: String::new() };
    let reverse_of = None;
    body.map(|body| Card {
        id,
        aim,
        difficulty,
        body,
        variants,
        hint,
        explanation,
        sources,
        versions,
        as_of,
        review_by,
        lint_allow,
        tags,
        nodes,
        reverse_of,
        place,
    })
}

fn variants(fields: &Fields<'_, '_>, body: Option<&Body>, found: &mut Findings<'_>) -> Vec<String> {
    let texts = fields.texts("variants", found).into_iter();
    match body {
        Some(Body::Cloze { pieces }) => {
            texts.filter_map(|(text, at)| body::cloze_variant((&text, at), pieces, found)).collect()
        }
        Some(_) | None => texts.map(|(text, _)| text).collect(),
    }
}

fn sources(fields: &Fields<'_, '_>, found: &mut Findings<'_>) -> Vec<Source> {
    let tables = fields.tables("sources", "source", found);
    tables.iter().filter_map(|table| source(table, found)).collect()
}

fn source(fields: &Fields<'_, '_>, found: &mut Findings<'_>) -> Option<Source> {
    fields.only(&["title", "at", "url"], found);
    let title = fields.needed_text("title", found);
    let (at, url) = (fields.text("at", found), fields.text("url", found));
    title.map(|title| Source { title, at, url })
}

/// The id that the author wrote, if it is one.
fn authored_id(fields: &Fields<'_, '_>, found: &mut Findings<'_>) -> Option<Written> {
    let (id, at) = fields.written("id", found)?;
    if let Some(fault) = ids::fault(&id) {
        found.error(at, "bad-id", format!("{} is no id: {fault}", quoted(&id)), ids::RULE);
        return None;
    }
    Some((id, at))
}

fn derived_id(card: &Card, fields: &Fields<'_, '_>, found: &mut Findings<'_>) -> Written {
    let id = CardId::derived(card.kind(), &card.prompt());
    let message = format!("a card without an id is `{id}` until its prompt is edited");
    let hint = "write one, so that edits keep the learner's progress: `id = \"…\"`";
    found.warning(fields.at(), "S01", message, hint);
    (id, fields.at())
}
