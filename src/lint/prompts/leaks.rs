//! Answers that their own question gives away (P09).

use std::collections::BTreeSet;

use crate::domain::card::{Body, Piece, TypedKey};
use crate::lint::lexicon::Stem;
use crate::lint::sheet::{Sheet, Sheets};
use crate::lint::words::{self, ELSEWHERE};
use crate::lint::{Finding, Rule, Severity};

/// Shortest word that gives an answer away, in letters: shorter ones recur by chance.
const SHORTEST: usize = 5;

pub(super) const P09: Rule = Rule {
    id: "P09",
    title: "a question to be typed does not hold its answer",
    severity: Severity::Error,
    why: "Where a word of the answer, whatever its ending, stands in the question, the learner finds it by reading. Words of the map's labels for the card's place are the subject and do not count, nor does the last word of an answer of several words, which tells what kind of thing is asked for (`Which lock …?`, `gap lock`), nor the words of a question that offers its answers by `or`. For choices see M10. Source: NBME item-writing guide, word repeats.",
    bad: r#"[[card]]
id = "phantoms"
kind = "typed"
prompt = "Which anomaly does a phantom row that appears in a second read stand for?"
accept = ["phantom", "phantom read"]
"#,
    good: r#"[[card]]
id = "phantoms"
kind = "typed"
prompt = "Which anomaly shows when a repeated search finds a row that was not there?"
accept = ["phantom", "phantom read"]
"#,
};

/// Looks over a card.
pub(super) fn look(sheet: &Sheet<'_>, sheets: &Sheets<'_>, findings: &mut Vec<Finding>) {
    let keys: Vec<&TypedKey> = match &sheet.card.body {
        Body::Typed { key, .. } => vec![key],
        Body::Cloze { pieces } => pieces.iter().filter_map(gap).collect(),
        _ => return,
    };
    let spoken = sheet.prompt.spoken();
    let mut lexicon = sheets.lexicon.borrow_mut();
    let mut stems =
        |text: &str| -> BTreeSet<Stem> { words::words(text).filter_map(|word| lexicon.stem(word)).collect() };
    let mut shown = BTreeSet::new();
    for sentence in words::sentences(&spoken) {
        let offers = words::words(sentence).any(|word| word == "or");
        if !offers {
            shown.extend(stems(sentence));
        }
    }
    let mut subject = stems(&sheet.deck.title);
    if let Some(map) = sheets.subject.map {
        sheet.nodes.iter().for_each(|node| subject.extend(stems(&map.node(*node).label)));
    }
    for key in keys.into_iter().filter(|key| !key.is_numeric()) {
        let Some(answer) = key.accept.first() else { continue };
        let leaked = telling(answer)
            .into_iter()
            .find(|word| stems(word).iter().any(|stem| shown.contains(stem) && !subject.contains(stem)));
        findings.extend(leaked.map(|word| {
            let message = format!("`{word}` of the answer stands in the question");
            sheet.error(sheet.asks, P09.id, message, "word the question without it")
        }));
    }
}

fn gap(piece: &Piece) -> Option<&TypedKey> {
    match piece {
        Piece::Gap(key) => Some(key),
        Piece::Text(_) => None,
    }
}

/// The words of an answer that would give it away: long ones, and of several words not the last.
fn telling(answer: &str) -> Vec<&str> {
    let mut words: Vec<&str> = words::words(answer).collect();
    if words.len() > 1 {
        words.pop();
    }
    words.retain(|word| {
        word.chars().filter(|letter| letter.is_alphabetic()).count() >= SHORTEST && !word.contains(ELSEWHERE)
    });
    words
}
