//! The question itself, one reader a kind. It does not know what all kinds have in common.

use std::collections::BTreeSet;

use super::cloze;
use super::fields::{Fields, plain};
use super::findings::{Findings, quoted};
use super::format::{self, LEAST_ANSWERS, LEAST_CHOICES};
use super::keys;
use super::strings::written_at;
use crate::domain::card::{Body, ChoiceOption, Kind, NearMiss, Piece, TypedKey};

/// How to write braces in a cloze that are no gap.
const CLOZE_HINT: &str = "a gap is `{{answer}}` or `{{answer|another}}`; `\\{{` and `\\}}` are plain text";

/// Reads what belongs to `kind`; `None` where a field without which there is no question is missing or wrong.
pub(super) fn read(kind: Kind, fields: &Fields<'_, '_>, found: &mut Findings<'_>) -> Option<Body> {
    match kind {
        Kind::Flashcard => flashcard(fields, found),
        Kind::Choice => choice(fields, found),
        Kind::Typed => typed(fields, found),
        Kind::Cloze => cloze(fields, found),
        Kind::Order => order(fields, found),
        Kind::TrueFalse => true_false(fields, found),
        Kind::Explain => explain(fields, found),
    }
}

fn flashcard(fields: &Fields<'_, '_>, found: &mut Findings<'_>) -> Option<Body> {
    let prompt = fields.needed_prose("prompt", found);
    let answer = fields.needed_prose("answer", found);
    Some(Body::Flashcard { prompt: prompt?, answer: answer? })
}

fn choice(fields: &Fields<'_, '_>, found: &mut Findings<'_>) -> Option<Body> {
    let prompt = fields.needed_prose("prompt", found);
    let before = found.errors();
    let tables = fields.needed_tables("options", ("option", LEAST_CHOICES), found)?;
    let options: Vec<ChoiceOption> = tables.iter().filter_map(|table| option(table, found)).collect();
    let texts = options.iter().zip(&tables).map(|(option, table)| (option.text.as_str(), table.at()));
    if found.errors() == before {
        distinct("options", texts, found);
    }
    if found.errors() == before && !options.iter().any(|option| option.correct) {
        let message = "no option is marked as correct".to_owned();
        found.error(
            fields.at_value("options"),
            "no-correct-option",
            message,
            "add `correct = true` to the right one",
        );
    }
    Some(Body::Choice { prompt: prompt?, options })
}

fn option(fields: &Fields<'_, '_>, found: &mut Findings<'_>) -> Option<ChoiceOption> {
    keys::only(fields, format::OPTION, found);
    let text = fields.needed_prose("text", found);
    let correct = fields.flag("correct", found);
    let why = fields.prose("why", found);
    let pinned = fields.flag("pin", found);
    Some(ChoiceOption { text: text?, correct, why, pinned })
}

fn typed(fields: &Fields<'_, '_>, found: &mut Findings<'_>) -> Option<Body> {
    let prompt = fields.needed_prose("prompt", found);
    let accept = fields.needed_texts("accept", LEAST_ANSWERS, found);
    let misses = fields.tables("near_misses", "near miss", found);
    let near_misses = misses.iter().filter_map(|table| near_miss(table, found)).collect();
    let tolerance = tolerance(fields, found);
    let case_sensitive = fields.flag("case_sensitive", found);
    let key = TypedKey { accept: plain(accept?), near_misses, tolerance, case_sensitive };
    if tolerance.is_some() && !key.accept.is_empty() && !key.is_numeric() {
        let message = "`tolerance` with answers that are no numbers".to_owned();
        found.error(
            fields.at_value("tolerance"),
            "tolerance",
            message,
            "remove `tolerance`, or accept a number",
        );
    }
    Some(Body::Typed { prompt: prompt?, key })
}

fn near_miss(fields: &Fields<'_, '_>, found: &mut Findings<'_>) -> Option<NearMiss> {
    keys::only(fields, format::NEAR_MISS, found);
    let text = fields.needed_text("text", found);
    let why = fields.needed_prose("why", found);
    Some(NearMiss { text: text?, why: why? })
}

fn tolerance(fields: &Fields<'_, '_>, found: &mut Findings<'_>) -> Option<f64> {
    let tolerance = fields.number("tolerance", found)?;
    if tolerance.is_finite() && tolerance >= 0.0 {
        return Some(tolerance);
    }
    let message = format!("`tolerance` is {tolerance}, not a number from 0 up");
    found.error(
        fields.at_value("tolerance"),
        "tolerance",
        message,
        "give the greatest difference that still counts",
    );
    None
}

fn cloze(fields: &Fields<'_, '_>, found: &mut Findings<'_>) -> Option<Body> {
    let text = fields.needed_prose("text", found)?;
    match cloze::pieces(&text) {
        Ok(pieces) => Some(Body::Cloze { pieces }),
        Err(faults) => {
            for fault in faults {
                found.error(at_index(fields, fault.at, found), "cloze", fault.what.to_owned(), CLOZE_HINT);
            }
            None
        }
    }
}

/// The byte of the file that gave byte `index` of the trimmed `text`.
fn at_index(fields: &Fields<'_, '_>, index: usize, found: &Findings<'_>) -> usize {
    let Some(value) = fields.value("text") else { return fields.at() };
    let (start, end) = (value.span().start, value.span().end);
    let decoded = value.get_ref().as_str().unwrap_or_default().replace("\r\n", "\n");
    let dropped = decoded.len() - decoded.trim_start_matches('\n').len();
    start + written_at(found.text().get(start..end).unwrap_or_default(), dropped + index)
}

/// Another wording of a cloze, its gaps drawn; it must leave open what the card leaves open, in that order.
pub(super) fn cloze_variant(
    (text, at): (&str, usize),
    pieces: &[Piece],
    found: &mut Findings<'_>,
) -> Option<String> {
    let wording = match cloze::pieces(text) {
        Ok(wording) => wording,
        Err(faults) => {
            for fault in faults {
                found.error(at, "cloze", format!("in a variant: {}", fault.what), CLOZE_HINT);
            }
            return None;
        }
    };
    if gaps(&wording).ne(gaps(pieces)) {
        let message = "a variant of a cloze has other gaps than its `text`".to_owned();
        found.error(at, "cloze", message, "leave open the same answers in the same order");
        return None;
    }
    let shown = wording.iter().map(|piece| match piece {
        Piece::Text(text) => text.as_str(),
        Piece::Gap(_) => Piece::GAP,
    });
    Some(shown.collect())
}

fn gaps(pieces: &[Piece]) -> impl Iterator<Item = &TypedKey> {
    pieces.iter().filter_map(|piece| match piece {
        Piece::Gap(key) => Some(key),
        Piece::Text(_) => None,
    })
}

fn order(fields: &Fields<'_, '_>, found: &mut Findings<'_>) -> Option<Body> {
    let prompt = fields.needed_prose("prompt", found);
    let items = fields.needed_texts("items", LEAST_CHOICES, found)?;
    distinct("items", items.iter().map(|(text, at)| (text.as_str(), *at)), found);
    Some(Body::Order { prompt: prompt?, items: plain(items) })
}

fn true_false(fields: &Fields<'_, '_>, found: &mut Findings<'_>) -> Option<Body> {
    let statement = fields.needed_prose("statement", found);
    let answer = fields.needed_flag("answer", found);
    Some(Body::TrueFalse { statement: statement?, answer: answer? })
}

fn explain(fields: &Fields<'_, '_>, found: &mut Findings<'_>) -> Option<Body> {
    let prompt = fields.needed_prose("prompt", found);
    let checklist = fields.needed_texts("checklist", LEAST_ANSWERS, found);
    let answer = fields.needed_prose("answer", found);
    Some(Body::Explain { prompt: prompt?, checklist: plain(checklist?), answer: answer? })
}

/// Refuses a text that was already there: nobody could tell the two apart.
fn distinct<'a>(key: &str, texts: impl Iterator<Item = (&'a str, usize)>, found: &mut Findings<'_>) {
    let mut seen = BTreeSet::new();
    for (text, at) in texts {
        if !seen.insert(text) {
            let message = format!("`{key}` holds {} twice", quoted(text));
            found.error(at, "repeated-text", message, "remove one, or say how they differ");
        }
    }
}
