//! The day of the facts, and the versions for which they hold (S06).

use crate::domain::card::Part;
use crate::domain::problem::Level;
use crate::lint::sheet::{Sheet, Sheets};
use crate::lint::words::ELSEWHERE;
use crate::lint::{Finding, Rule, Severity, Spot};

pub(super) const S06: Rule = Rule {
    id: "S06",
    title: "the day of the facts is known, and the version where the answer depends on one",
    severity: Severity::Both,
    why: "Facts about software expire. `as_of`, on the deck or on a card, says on which day they were checked (an error without it). A question about the defaults of a product, or one that names a version of it, holds for that version: `versions` records it, so that the cards to look at again are found when the next one comes out (an error). A mere mention of a product is not told off, since most of what is asked about it holds for all its versions; nor is what stands in code.",
    bad: r#"[[card]]
id = "adaptive-hash-index"
kind = "true-false"
statement = "On MySQL 8.4 the adaptive hash index is on by default."
answer = false
explanation = "It was on in 8.0; from 8.4 on `innodb_adaptive_hash_index` is `OFF` until you switch it on."
"#,
    good: r#"[[card]]
id = "adaptive-hash-index"
kind = "true-false"
statement = "On MySQL 8.4 the adaptive hash index is on by default."
answer = false
explanation = "It was on in 8.0; from 8.4 on `innodb_adaptive_hash_index` is `OFF` until you switch it on."
versions = ["MySQL 8.4"]
"#,
};

/// Products whose behaviour changes from version to version, as they write themselves.
const PRODUCTS: [&str; 18] = [
    "Django",
    "Docker",
    "Go",
    "Java",
    "Kafka",
    "Kubernetes",
    "MySQL",
    "Node",
    "Node.js",
    "OWASP",
    "PostgreSQL",
    "Python",
    "RabbitMQ",
    "Rails",
    "React",
    "Redis",
    "Ruby",
    "TypeScript",
];
/// Products that write themselves in other ways than one word with a capital.
const ODD_PRODUCTS: [&str; 4] = ["nginx", "TLS", "Valkey", "InnoDB"];

/// Whether each deck, or else each of its cards, says when its facts were checked.
pub(super) fn look_at_decks(sheets: &Sheets<'_>, findings: &mut Vec<Finding>) {
    let undated = |deck: usize| {
        sheets.cards.iter().filter(move |sheet| sheet.at.0 == deck && sheet.card.as_of.is_none())
    };
    for (index, deck) in sheets.subject.decks.iter().enumerate() {
        let count = if deck.as_of.is_some() { 0 } else { undated(index).count() };
        if count == 0 {
            continue;
        }
        let cards = if count == 1 { "a card".to_owned() } else { format!("{count} cards") };
        findings.push(Finding {
            spot: Spot::Deck(index),
            rule: S06.id,
            level: Level::Error,
            message: format!("no day on which the facts of {cards} were checked"),
            hint: "add `as_of = 2026-11-22`, with the day, under [deck]".to_owned(),
        });
    }
}

/// Whether a card that depends on a version says on which.
pub(super) fn look(sheet: &Sheet<'_>, findings: &mut Vec<Finding>) {
    if !sheet.card.versions.is_empty() {
        return;
    }
    let spoken = sheet.prompt.spoken();
    let named = versioned(&spoken).or_else(|| {
        let asks_default = spoken.contains("default");
        asks_default.then(|| product(&spoken)).flatten().map(|name| format!("the defaults of {name}"))
    });
    if let Some(named) = named {
        let message = format!("a question about {named}, and no `versions`");
        let hint = "say for which it holds: `versions = [\"…\"]`";
        findings.push(sheet.error(Part::CARD, S06.id, message, hint));
    }
}

fn is_product(word: &str) -> bool {
    PRODUCTS.contains(&word) || ODD_PRODUCTS.contains(&word)
}

/// `MySQL 8.4`, where a text names it; a bare number of one figure may count something else.
fn versioned(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().map(bare).collect();
    words
        .windows(2)
        .find(|pair| is_product(pair[0]) && is_version(pair[1]))
        .map(|pair| format!("`{} {}`", pair[0], pair[1]))
}

fn bare(word: &str) -> &str {
    word.trim_matches(|letter: char| !letter.is_alphanumeric())
}

fn is_version(word: &str) -> bool {
    let word = word.strip_prefix('v').unwrap_or(word);
    word.starts_with(|first: char| first.is_ascii_digit())
        && word.contains('.')
        && word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'x'))
}

/// The product that a text names; `Go`, `Node` and `React` at the head of a sentence may be plain words.
fn product(text: &str) -> Option<&str> {
    let mut heads = true;
    for word in text.split([' ', '\n', ELSEWHERE]).filter(|word| !word.is_empty()) {
        let name = bare(word.trim_end_matches("'s").trim_end_matches("’s"));
        let is_plain = matches!(name, "Go" | "Node" | "React");
        if is_product(name) && !(is_plain && heads) {
            return Some(name);
        }
        heads = word.ends_with(['.', '?', '!', ':']);
    }
    None
}
