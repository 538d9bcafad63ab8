//! The back of a flashcard (F01-F03, F07), and pairs that turn each other round (F08).

use std::collections::HashMap;

use crate::domain::card::{Body, Case, Part, normalised};
use crate::domain::problem::Level;
use crate::lint::choice::{set, shared};
use crate::lint::prompts::list_items;
use crate::lint::sheet::{Sheet, Sheets, Text};
use crate::lint::words;
use crate::lint::{Finding, Rule, Severity};

/// Most words of an answer, and far too many. Source: backs of 6,300 public cards have a median of 11 words.
const LENGTH: (usize, usize) = (25, 50);
/// Items of an enumeration that are many, and too many. Source: Wozniak, rules 9 and 10: sets are not remembered.
const ITEMS: (usize, usize) = (3, 4);
/// Longest item of an enumeration within a sentence, in words: longer ones are clauses.
const LONGEST_ITEM: usize = 4;
/// Longest beginning of a sentence up to the end of the first item, in words: a longer one is a clause of its own.
const LONGEST_LEAD: usize = 8;
/// Share of the content words of prompt and answer, in percent, that may be in both.
const MOST_SHARED: usize = 60;
/// Fewest content words that a whole sentence adds to its question.
const LEAST_NEW: usize = 2;
/// Content words up to which an answer is a term, which adds enough by adding one.
const TERM: usize = 3;

pub(super) const F01: Rule = Rule {
    id: "F01",
    title: "an answer is as short as it can be said from memory",
    severity: Severity::Both,
    why: "Nobody recalls a paragraph, and nobody can grade himself on half of one. An answer has at most 25 words (an error from 51); what else is worth reading goes into `explanation`, what else is worth knowing onto another card, and what must be talked through onto an `explain` card with a checklist. Source: Wozniak, the minimum information principle.",
    bad: r#"[[card]]
id = "snapshot"
kind = "flashcard"
prompt = "When does InnoDB take the snapshot of a transaction at repeatable read?"
answer = "The snapshot is not taken by `BEGIN` itself, as one could think, but only by the first consistent read that follows it, which means that another session may still commit in between and be seen."
"#,
    good: r#"[[card]]
id = "snapshot"
kind = "flashcard"
prompt = "When does InnoDB take the snapshot of a transaction at repeatable read?"
answer = "At its first consistent read, not at `BEGIN`."
"#,
};

pub(super) const F02: Rule = Rule {
    id: "F02",
    title: "an answer is no enumeration",
    severity: Severity::Both,
    why: "A list of four is failed for its fourth item again and again, while the other three are learnt to boredom. Three items are a warning, four or more an error where they make up most of the answer: ask for each by its purpose, ask for the whole as a choice with several right options, for a sequence as an `order` card, or leave one item open at a time in clozes. Source: Wozniak, rules 9 and 10.",
    bad: r#"[[card]]
id = "isolation"
kind = "flashcard"
prompt = "Which isolation levels does the SQL standard define?"
answer = "Read uncommitted, read committed, repeatable read and serializable."
"#,
    good: r#"[[card]]
id = "isolation"
kind = "flashcard"
prompt = "Which isolation level of the SQL standard is the weakest that forbids dirty reads?"
answer = "Read committed: a statement sees what others have finished before it began."
"#,
};

pub(super) const F03: Rule = Rule {
    id: "F03",
    title: "an answer does not repeat its question",
    severity: Severity::Error,
    why: "An answer that consists of the question's words can be said without knowing anything. More than 60 % of the content words of both, whatever their endings, in common is no answer.",
    bad: r#"[[card]]
id = "gap-lock"
kind = "flashcard"
prompt = "What does a gap lock keep other transactions from inserting?"
answer = "A gap lock keeps other transactions from inserting rows."
"#,
    good: r#"[[card]]
id = "gap-lock"
kind = "flashcard"
prompt = "What does a gap lock keep other transactions from inserting?"
answer = "Any row whose key falls between two neighbouring index records."
"#,
};

pub(super) const F07: Rule = Rule {
    id: "F07",
    title: "an answer says something",
    severity: Severity::Error,
    why: "An answer of which all but one content word stand in the question (`it addresses the needs of X`) teaches nothing. A short term, a name or a number is an answer as soon as it adds one.",
    bad: r#"[[card]]
id = "read-replica"
kind = "flashcard"
prompt = "What purpose do the read replicas of a busy relational database serve in another region?"
answer = "They serve reads of the database in that region."
"#,
    good: r#"[[card]]
id = "read-replica"
kind = "flashcard"
prompt = "What purpose do the read replicas of a busy relational database serve in another region?"
answer = "Queries there are answered without the way to the primary, from slightly old rows."
"#,
};

pub(super) const F08: Rule = Rule {
    id: "F08",
    title: "two cards that turn each other round say so",
    severity: Severity::Warning,
    why: "Asked on one day, the first of such a pair gives the other away. With `reverse_of = \"id\"` on one of them, or `reverse = true` instead of a second card, the two are kept apart.",
    bad: r#"[[card]]
id = "port-to-protocol"
kind = "flashcard"
prompt = "Which protocol listens on port 853?"
answer = "Name the port of DNS over TLS."

[[card]]
id = "protocol-to-port"
kind = "flashcard"
prompt = "Name the port of DNS over TLS."
answer = "Which protocol listens on port 853?"
"#,
    good: r#"[[card]]
id = "port-to-protocol"
kind = "flashcard"
prompt = "Which protocol listens on port 853?"
answer = "Name the port of DNS over TLS."

[[card]]
id = "protocol-to-port"
kind = "flashcard"
prompt = "Name the port of DNS over TLS."
answer = "Which protocol listens on port 853?"
reverse_of = "port-to-protocol"
"#,
};

/// Looks over a flashcard.
pub(super) fn look(sheet: &Sheet<'_>, sheets: &Sheets<'_>, findings: &mut Vec<Finding>) {
    let Body::Flashcard { .. } = sheet.card.body else { return };
    let Some(answer) = sheet.text(Part::key("answer")) else { return };
    findings.extend(length(sheet, answer));
    findings.extend(enumeration(sheet, answer));
    findings.extend(repetition(sheet, answer, sheets));
}

fn length(sheet: &Sheet<'_>, answer: &Text<'_>) -> Option<Finding> {
    let count = answer.read.length();
    let level = if count > LENGTH.1 { Level::Error } else { Level::Warning };
    let hint = "keep what must be recalled; move the rest into `explanation`";
    (count > LENGTH.0).then(|| {
        let message = format!("an answer of {count} words, {} at most", LENGTH.0);
        sheet.finding(answer.part, (F01.id, level), message, hint)
    })
}

fn enumeration(sheet: &Sheet<'_>, answer: &Text<'_>) -> Option<Finding> {
    let listed = list_items(answer.written, &answer.read);
    let spoken = answer.read.spoken();
    let (run, taken) = series(&spoken);
    let count = listed.max(run);
    let is_most = listed >= run || taken * 2 >= size(&spoken);
    let level = if count >= ITEMS.1 && is_most { Level::Error } else { Level::Warning };
    let message = format!("an answer that lists {count} things");
    let hint = "split it, or make it a choice, an `order` card or clozes";
    (count >= ITEMS.0 && is_most).then(|| sheet.finding(answer.part, (F02.id, level), message, hint))
}

/// The longest enumeration within a sentence, `A, B and C`: its items, and how many words they have together.
fn series(text: &str) -> (usize, usize) {
    words::sentences(text).flat_map(|sentence| sentence.split(';')).map(series_of).max().unwrap_or_default()
}

fn series_of(sentence: &str) -> (usize, usize) {
    let mut pieces: Vec<&str> = sentence.split(',').map(str::trim).collect();
    let Some((before, after)) = pieces.pop().and_then(closing) else { return (0, 0) };
    let is_item = |size: &usize| (1..=LONGEST_ITEM).contains(size);
    let ends: Vec<usize> = [before, after].into_iter().filter(|piece| !piece.is_empty()).map(size).collect();
    let Some((first, middle)) = pieces.split_first() else { return (0, 0) };
    let leads_on = [before, after].into_iter().chain(middle.iter().copied()).any(leads_on);
    if !ends.iter().all(is_item) || size(first) > LONGEST_LEAD || leads_on {
        return (0, 0);
    }
    let short: Vec<usize> = middle.iter().rev().map(|piece| size(piece)).take_while(is_item).collect();
    // What precedes the first comma ends in the first item.
    let lead = (short.len() == middle.len()).then(|| size(first).min(LONGEST_ITEM));
    let sizes: Vec<usize> = ends.into_iter().chain(short).chain(lead).collect();
    (sizes.len(), sizes.iter().sum())
}

/// The last piece of an enumeration parted at its conjunction: `B and C`, or `and C` after a comma.
fn closing(piece: &str) -> Option<(&str, &str)> {
    let opens = |word: &str| piece.strip_prefix(word).map(|after| ("", after));
    let parts = |word: &str| piece.split_once(word);
    opens("and ").or_else(|| opens("or ")).or_else(|| parts(" and ")).or_else(|| parts(" or "))
}

/// Whether a piece goes on with the sentence (`with a young sublist`) rather than names a thing.
fn leads_on(piece: &str) -> bool {
    let first = words::words(piece).next().map(str::to_lowercase);
    first.is_some_and(|word| words::is_stop_word(&word) && !matches!(word.as_str(), "a" | "an" | "the"))
}

/// How many words a piece has, one for each piece of code.
fn size(piece: &str) -> usize {
    words::words(piece).count() + piece.matches(words::ELSEWHERE).count()
}

fn repetition(sheet: &Sheet<'_>, answer: &Text<'_>, sheets: &Sheets<'_>) -> Option<Finding> {
    let said = set(sheets.lexicon.borrow().stems(&answer.read.words).collect());
    let shared = shared(&said, &sheet.stems);
    let new = said.len() - shared;
    let all = sheet.stems.len() + new;
    // Three words in common are a matter of the subject, however short both are.
    if shared > TERM && shared * 100 > all * MOST_SHARED {
        let message = "the answer repeats the question".to_owned();
        return Some(sheet.error(answer.part, F03.id, message, "say what the question leaves open"));
    }
    let is_code = !answer.read.blocks.is_empty();
    let is_empty = if said.len() <= TERM { new == 0 } else { new < LEAST_NEW };
    let message = "the answer says nothing that the question does not".to_owned();
    let hint = "say what the question leaves open";
    (is_empty && !is_code && !offers(&sheet.prompt.prose) && !said.is_empty())
        .then(|| sheet.error(answer.part, F07.id, message, hint))
}

/// Whether a question offers its answers.
fn offers(prompt: &str) -> bool {
    words::words(prompt).any(|word| word == "or")
}

/// Pairs of one deck that turn each other round without saying so (F08).
pub(super) fn look_at_pairs(sheets: &Sheets<'_>, findings: &mut Vec<Finding>) {
    let fold = |text: &str| normalised(text, Case::Folded);
    let mut fronts: HashMap<(usize, String, String), &Sheet<'_>> = HashMap::new();
    for sheet in &sheets.cards {
        let Body::Flashcard { prompt, answer } = &sheet.card.body else { continue };
        let (front, back) = (fold(prompt), fold(answer));
        let other = fronts.get(&(sheet.at.0, back.clone(), front.clone()));
        if let Some(other) = other.filter(|other| !are_linked(sheet, other)) {
            let message = format!("turns card `{}` round without saying so", other.card.id);
            let hint = format!(
                "add `reverse_of = \"{}\"`, or write `reverse = true` on one of the two and remove the other",
                other.card.id.card
            );
            findings.push(sheet.warning(Part::CARD, F08.id, message, &hint));
        }
        fronts.insert((sheet.at.0, front, back), sheet);
    }
}

fn are_linked(left: &Sheet<'_>, right: &Sheet<'_>) -> bool {
    let links =
        |from: &Sheet<'_>, to: &Sheet<'_>| from.card.reverse_of.as_deref() == Some(to.card.id.card.as_str());
    links(left, right) || links(right, left)
}

#[cfg(test)]
mod tests {
    use super::series;

    #[test]
    fn an_enumeration_is_a_run_of_short_items() {
        for (text, items) in [
            ("Read uncommitted, read committed, repeatable read and serializable.", 4),
            ("Atomicity, consistency, isolation, and durability.", 4),
            ("Parse, plan and run.", 3),
            ("It is cheap. Parse, plan, and run.", 3),
            ("It saves the lookup, and the page stays in memory.", 0),
            ("By its leftmost prefix, which narrows the scan, the later columns serve as a filter.", 0),
            ("IDs instead of addresses and ports, and validates the new path before trusting it.", 0),
            ("Locally files load on demand; production loads all and misses the constant.", 0),
            ("LRU, with a young and an old sublist.", 0),
            ("One word.", 0),
            ("", 0),
        ] {
            assert_eq!(series(text).0, items, "{text}");
        }
    }
}
