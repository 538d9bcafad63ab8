//! What cards say, made ready to be compared: without the sentences that many cards share.

use std::collections::HashMap;

use super::alike::Counts;
use crate::domain::card::{Body, Piece};
use crate::lint::choice::set;
use crate::lint::lexicon::{Lexicon, Stem};
use crate::lint::sheet::{Sheet, Sheets};

/// Cards with one sentence from which it is a frame (`What does this code print?`), not what they ask.
const FRAME: usize = 3;
/// Cards with one block of code from which it is what they speak about, not what they ask.
const SHARED_CODE: usize = 2;

/// Fewest terms of a card that is compared: fewer are alike by chance.
const LEAST_TERMS: usize = 4;

/// A card as text.
pub(super) struct Text {
    /// The content words of the answer, each once.
    pub answer_stems: Vec<Stem>,
    /// The terms of question, code and answer without frames; none where they are too few to be compared.
    pub terms: Counts,
}

/// What a card has that other cards may have too.
struct Parts<'s> {
    sentences: Vec<&'s str>,
    code: Vec<&'s str>,
}

/// Reads every card.
pub(super) fn read(sheets: &Sheets<'_>) -> Vec<Text> {
    let parts: Vec<Parts<'_>> = sheets.cards.iter().map(parts).collect();
    let (mut sentences, mut code) = (HashMap::new(), HashMap::new());
    for card in &parts {
        count(&card.sentences, &mut sentences);
        count(&card.code, &mut code);
    }
    let mut lexicon = sheets.lexicon.borrow_mut();
    let text = |(sheet, parts): (&Sheet<'_>, &Parts<'_>)| {
        let own: Vec<&str> = parts.sentences.iter().copied().filter(|own| sentences[*own] < FRAME).collect();
        let own = Own {
            sentences: (own.len() < parts.sentences.len()).then_some(own),
            code: parts.code.iter().copied().filter(|block| code[*block] < SHARED_CODE).collect(),
        };
        text(sheet, &own, &mut lexicon)
    };
    sheets.cards.iter().zip(&parts).map(text).collect()
}

/// What a card has alone.
struct Own<'s> {
    /// Its sentences; `None` where that is all of them.
    sentences: Option<Vec<&'s str>>,
    code: Vec<&'s str>,
}

fn parts<'s>(sheet: &'s Sheet<'_>) -> Parts<'s> {
    let sentences = sheet.prompt.prose.split_inclusive(['?', '.', '\n', ':']).map(str::trim);
    let mut sentences: Vec<&str> = sentences.filter(|sentence| !sentence.is_empty()).collect();
    let mut code: Vec<&str> = sheet.prompt.blocks.iter().map(|(_, code)| code.as_str()).collect();
    sentences.dedup();
    code.dedup();
    Parts { sentences, code }
}

fn count<'s>(parts: &[&'s str], counts: &mut HashMap<&'s str, usize>) {
    for part in parts {
        *counts.entry(part).or_default() += 1;
    }
}

fn text(sheet: &Sheet<'_>, own: &Own<'_>, lexicon: &mut Lexicon) -> Text {
    let answers = answers(&sheet.card.body);
    let mut terms = Vec::new();
    match &own.sentences {
        Some(sentences) => sentences.iter().for_each(|sentence| terms.extend(lexicon.content(sentence))),
        None => terms.extend(&sheet.content),
    }
    sheet.prompt.inline.iter().for_each(|code| terms.push(lexicon.piece(code)));
    own.code.iter().for_each(|code| terms.extend(pieces(code).map(|piece| lexicon.piece(piece))));
    let mut answer_stems = Vec::new();
    for answer in &answers {
        let reading = lexicon.read(answer);
        answer_stems.extend(lexicon.stems(&reading.words));
        reading.inline.iter().for_each(|code| answer_stems.push(lexicon.piece(code)));
    }
    terms.extend(&answer_stems);
    Text { answer_stems: set(answer_stems), terms: counted(terms) }
}

/// The answers of a card, the first of each where several are accepted.
fn answers(body: &Body) -> Vec<&str> {
    match body {
        Body::Flashcard { answer, .. } | Body::Explain { answer, .. } => vec![answer],
        Body::Choice { options, .. } => {
            options.iter().filter(|option| option.correct).map(|option| option.text.as_str()).collect()
        }
        Body::Typed { key, .. } => key.accept.first().into_iter().map(String::as_str).collect(),
        Body::Cloze { pieces } => pieces.iter().filter_map(gap).collect(),
        Body::Order { items, .. } => items.iter().map(String::as_str).collect(),
        Body::TrueFalse { answer, .. } => vec![if *answer { "true" } else { "false" }],
    }
}

fn gap(piece: &Piece) -> Option<&str> {
    match piece {
        Piece::Gap(key) => key.accept.first().map(String::as_str),
        Piece::Text(_) => None,
    }
}

/// The answer of a card, to be compared.
pub(super) fn answer(sheet: &Sheet<'_>) -> String {
    answers(&sheet.card.body).into_iter().map(folded).collect::<Vec<_>>().join("\n")
}

/// Question, code and answer of a card, to be compared word by word; the options of a choice in order of their letters.
pub(super) fn whole(sheet: &Sheet<'_>) -> String {
    let mut whole = folded(&sheet.prompt.prose);
    for (_, code) in &sheet.prompt.blocks {
        whole.push('\n');
        whole.push_str(code.trim_end());
    }
    whole.push('\n');
    whole.push_str(&answer(sheet));
    if let Body::Choice { options, .. } = &sheet.card.body {
        let mut all: Vec<String> = options.iter().map(|option| folded(&option.text)).collect();
        all.sort();
        whole.push('\n');
        whole.push_str(&all.join("\n"));
    }
    whole
}

/// A text without what makes no difference: case, white space, marks of emphasis and the marks between sentences.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let bare = word.trim_matches(['*', '_', '`', '.', ',', ';', ':', '!', '?', '"']);
        if !out.is_empty() {
            out.push(' ');
        }
        // A word of nothing but marks is meant as it stands.
        let kept = if bare.is_empty() { word } else { bare };
        if kept.is_ascii() {
            let start = out.len();
            out.push_str(kept);
            out[start..].make_ascii_lowercase();
        } else {
            out.extend(kept.chars().flat_map(char::to_lowercase));
        }
    }
    out
}

/// A piece of code as words and marks: `1 === '1'` is not `1 == '1'`.
fn pieces(code: &str) -> impl Iterator<Item = &str> {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    code.split_whitespace().flat_map(move |run| {
        let mut rest = run;
        std::iter::from_fn(move || {
            let first = rest.chars().next()?;
            let end = rest.find(|letter| is_word(letter) != is_word(first)).unwrap_or(rest.len());
            let (piece, after) = rest.split_at(end);
            rest = after;
            Some(piece)
        })
    })
}

fn counted(mut terms: Vec<Stem>) -> Counts {
    terms.sort_unstable();
    let runs = terms.chunk_by(|one, other| one == other);
    let counts: Counts = runs.map(|run| (run[0], u32::try_from(run.len()).unwrap_or(u32::MAX))).collect();
    if counts.len() < LEAST_TERMS { Counts::new() } else { counts }
}

#[cfg(test)]
mod tests {
    use super::{folded, pieces};

    #[test]
    fn code_is_taken_apart_into_words_and_marks() {
        assert_eq!(pieces("a_1 === '1';").collect::<Vec<_>>(), ["a_1", "===", "'", "1", "';"]);
    }

    #[test]
    fn folding_leaves_what_is_meant() {
        assert_eq!(folded("Which  **lock** is\ntaken?"), "which lock is taken");
        assert_eq!(folded("`==` or `===`"), "== or ===");
        assert_eq!(folded("***"), "***");
    }
}
