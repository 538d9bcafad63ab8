//! Acronyms that nobody has explained (P12).

use std::collections::BTreeSet;

use super::known::KNOWN;
use crate::domain::card::Body;
use crate::domain::skill_map::SkillMap;
use crate::lint::marks::Marks;
use crate::lint::sheet::Sheet;
use crate::lint::words::{self, Reading};
use crate::lint::{Finding, Rule, Severity, Subject};

/// Fewest and most characters of an acronym.
const LENGTH: (usize, usize) = (2, 6);

pub(super) const P12: Rule = Rule {
    id: "P12",
    title: "an acronym is expanded where it is first used",
    severity: Severity::Warning,
    why: "A learner who does not know what `WAL` stands for fails a card about logs without a gap in what it asks. Write `write-ahead log (WAL)` where the card first uses it. Acronyms that any engineer knows (HTTP, SQL, CPU), those on the map's labels, in the deck's title and tags, in code, and those that the collection's `mindrill.toml` lists as `acronyms` need no expansion; nor do words in capitals for emphasis.",
    bad: r#"[[card]]
id = "page-split"
kind = "flashcard"
prompt = "What does the QRZ layer do when a page is full?"
answer = "It splits the page in two and enters the new one with its parent."
"#,
    good: r#"[[card]]
id = "page-split"
kind = "flashcard"
prompt = "What does the quick row zone (QRZ) do when a page is full?"
answer = "It splits the page in two and enters the new one with its parent."
"#,
};

/// Acronyms that need no expansion anywhere in the collection.
pub(super) struct Accepted<'s> {
    own: &'s BTreeSet<String>,
    labels: BTreeSet<&'s str>,
}

impl<'s> Accepted<'s> {
    /// Those of the settings and of the map.
    pub(super) fn read(subject: &Subject<'s>) -> Self {
        let nodes = subject.map.map(SkillMap::nodes).unwrap_or_default();
        let labels = nodes.iter().flat_map(|node| words::words(&node.label)).flat_map(parts).collect();
        Self { own: &subject.policy.acronyms, labels }
    }

    fn has(&self, acronym: &str) -> bool {
        KNOWN.binary_search(&acronym).is_ok() || self.labels.contains(acronym) || self.own.contains(acronym)
    }
}

/// Looks over question, options and answer of a card; each acronym is told once.
pub(super) fn look(sheet: &Sheet<'_>, accepted: &Accepted<'_>, findings: &mut Vec<Finding>) {
    let mut told = BTreeSet::new();
    for (part, _, read) in sheet.every_text().filter(|(part, _, read)| {
        read.marks.has(Marks::CAPITALS) && part.field != Some("why") && counts(part.key)
    }) {
        for acronym in acronyms(read) {
            let is_known = accepted.has(&acronym) || is_expanded(sheet, &acronym) || is_own(sheet, &acronym);
            if is_known || !told.insert(acronym.clone()) {
                continue;
            }
            let message = format!("`{acronym}` is not expanded");
            let hint = format!(
                "write it out where it comes first, `… ({acronym})`, or add it to `acronyms` in the collection's `mindrill.toml`"
            );
            findings.push(sheet.warning(part, P12.id, message, &hint));
        }
    }
}

fn counts(key: Option<&str>) -> bool {
    matches!(key, Some("prompt" | "statement" | "text" | "options" | "answer" | "items"))
}

/// The acronyms of a text outside its code.
fn acronyms(read: &Reading<'_>) -> Vec<String> {
    let spoken = read.spoken();
    if is_shouted(&spoken) {
        return Vec::new();
    }
    let words = words::words(&spoken).filter(|word| !word.contains('_'));
    words.flat_map(parts).filter(|word| is_acronym(word)).map(str::to_owned).collect()
}

/// Whether most words of a text are in capitals, so that capitals mean nothing.
fn is_shouted(text: &str) -> bool {
    let (mut all, mut capitals) = (0, 0);
    for word in words::words(text) {
        all += 1;
        capitals += usize::from(!word.contains(char::is_lowercase));
    }
    all > 3 && capitals * 2 > all
}

/// The pieces of a word between hyphens and such, without a plural or genitive ending.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    word.split(['-', '.', '_']).map(|part| {
        let part = part.strip_suffix("'s").or_else(|| part.strip_suffix("’s")).unwrap_or(part);
        part.strip_suffix('s').filter(|stem| is_acronym(stem)).unwrap_or(part)
    })
}

fn is_acronym(word: &str) -> bool {
    let letters = word.chars().filter(char::is_ascii_uppercase).count();
    (LENGTH.0..=LENGTH.1).contains(&word.len())
        && letters >= LENGTH.0
        && word.starts_with(|first: char| first.is_ascii_uppercase())
        && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && !is_roman(word)
}

fn is_roman(word: &str) -> bool {
    word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
}

/// Whether the card writes the acronym out: `name (ACRONYM)` or `ACRONYM (name)`, in any of its texts.
fn is_expanded(sheet: &Sheet<'_>, acronym: &str) -> bool {
    let (after, before) = (format!("({acronym})"), format!("{acronym} ("));
    sheet.every_text().any(|(_, written, _)| written.contains(&after) || written.contains(&before))
}

/// Whether the deck's title or the card's tags and versions have it, or it is what the card asks to be expanded.
fn is_own(sheet: &Sheet<'_>, acronym: &str) -> bool {
    let has = |text: &str| words::words(text).flat_map(parts).any(|word| word == acronym);
    let asks = sheet.prompt.prose.contains("stand for") || sheet.prompt.prose.contains("abbreviat");
    let typed =
        matches!(&sheet.card.body, Body::Typed { key, .. } if key.accept.iter().any(|text| has(text)));
    let labels = sheet.card.tags.iter().chain(&sheet.card.versions);
    asks || typed || has(&sheet.deck.title) || labels.into_iter().any(|text| has(text))
}

#[cfg(test)]
mod tests {
    use super::{KNOWN, acronyms};
    use crate::lint::words;

    #[test]
    fn the_list_is_sorted() {
        assert!(KNOWN.is_sorted_by(|left, right| left < right));
    }

    #[test]
    fn acronyms_are_capitals_outside_of_code() {
        let found = |text: &str| acronyms(&words::read(text));
        assert_eq!(found("What do the QRZs of `ABC` and QRZ's I/O do?"), ["QRZ", "QRZ"]);
        assert!(found("Version XIV, a Word, jQuery and A1 are none").is_empty());
        assert!(found("SELECT A FROM B WHERE C").is_empty());
    }
}
