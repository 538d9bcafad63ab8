//! Identity, place and the fields that no card may lack (S01-S03).

use crate::domain::card::{Kind, Part};
use crate::domain::problem::Level;
use crate::lint::sheet::{Sheet, Sheets};
use crate::lint::{Finding, Rule, Severity, Spot};

pub(super) const S01: Rule = Rule {
    id: "S01",
    title: "every card has an id of its own",
    severity: Severity::Both,
    why: "The log of answers knows a card by its id alone. A card without one has an id made of its prompt, so that mending a typo would lose its history (a warning); two cards with one id would share a history (an error). Keep an id through every edit that does not change the tested fact, and never give it to another card.",
    bad: r#"[[card]]
kind = "typed"
prompt = "Which port does HTTPS use by default?"
accept = ["443"]
near_misses = [{ text = "80", why = "That is the port of plain HTTP." }]
"#,
    good: r#"[[card]]
id = "https-port"
kind = "typed"
prompt = "Which port does HTTPS use by default?"
accept = ["443"]
near_misses = [{ text = "80", why = "That is the port of plain HTTP." }]
"#,
};

pub(super) const S02: Rule = Rule {
    id: "S02",
    title: "a deck hangs on a node of the skill map, and its file is named after that node",
    severity: Severity::Error,
    why: "Cards that hang on no node count nowhere: the report of what you know would not see them. A file named as its leaf is found without a search. The file of the leaf `databases/indexing` is `indexing.toml`, or `indexing-2.toml` for a second deck, or `databases-indexing.toml` where two leaves end alike.",
    bad: r#"[deck]
title = "Indexing"
node = "databases/indices"
as_of = 2026-11-22
"#,
    good: r#"[deck]
title = "Indexing"
node = "databases/indexing"
as_of = 2026-11-22
"#,
};

pub(super) const S03: Rule = Rule {
    id: "S03",
    title: "the fields that a card needs are there and say something",
    severity: Severity::Error,
    why: "Beside what its kind needs to be asked at all, a card needs an explanation, since a learner who was wrong must find out why, and a source, since an answer that nobody can look up cannot be trusted or mended (Wozniak's rules 18 and 19; gate G4 of the review). The model answer of an `explain` card is its explanation.",
    bad: r#"[[card]]
id = "covering"
kind = "flashcard"
prompt = "Why is a covering index fast?"
answer = "The query never touches the table."
"#,
    good: r#"[[card]]
id = "covering"
kind = "flashcard"
prompt = "Why is a covering index fast?"
answer = "The query never touches the table."
explanation = "Every column it names is in the index, so the lookup of each row is saved."
sources = [{ title = "MySQL 8.4 Reference Manual", at = "§10.3.6", url = "https://dev.mysql.com/doc/refman/8.4/en/" }]
"#,
};

/// Whether each deck's file is named after its node (S02).
pub(super) fn look_at_decks(sheets: &Sheets<'_>, findings: &mut Vec<Finding>) {
    for (index, deck) in sheets.subject.decks.iter().enumerate() {
        let Some((name, _)) = &deck.node else { continue };
        let (Some(map), Some(node)) = (sheets.subject.map, sheets.subject.find(name)) else { continue };
        let key = &map.node(node).key.0;
        let Some(slug) = key.rsplit('/').next().filter(|slug| *slug != ".") else { continue };
        if is_named_after(&deck.id.0, key) {
            continue;
        }
        findings.push(Finding {
            spot: Spot::Deck(index),
            rule: S02.id,
            level: Level::Error,
            message: format!("deck `{}` hangs on `{slug}`, and its file is not named so", deck.id),
            hint: format!(
                "rename the file to `{slug}.toml` before its cards are learnt: its name is part of their ids"
            ),
        });
    }
}

/// Whether a deck id is the end of a key, `/` written `-`, alone or with something after a mark.
fn is_named_after(deck: &str, key: &str) -> bool {
    let slugs: Vec<&str> = key.split('/').collect();
    (0..slugs.len()).any(|from| {
        let rest = deck.strip_prefix(&slugs[from..].join("-"));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_', '.']))
    })
}

/// Whether the card says why and by whose word (S03); what its kind needs is told where decks are read.
pub(super) fn look(sheet: &Sheet<'_>, findings: &mut Vec<Finding>) {
    let card = sheet.card;
    if card.explanation.is_none() && card.kind() != Kind::Explain {
        let message = "card without `explanation`".to_owned();
        let hint = "say why the answer is the answer: `explanation = \"…\"`";
        findings.push(sheet.error(Part::CARD, S03.id, message, hint));
    }
    if card.sources.is_empty() {
        let message = "card without `sources`".to_owned();
        let hint = "name the document that settles it: `sources = [{ title = \"…\", at = \"§…\", url = \"https://…\" }]`";
        findings.push(sheet.error(Part::CARD, S03.id, message, hint));
    }
}

#[cfg(test)]
mod tests {
    use super::is_named_after;

    #[test]
    fn a_file_is_named_after_the_end_of_its_nodes_key() {
        let key = "backend/databases/indexing";
        for deck in
            ["indexing", "indexing-2", "indexing.more", "databases-indexing", "backend-databases-indexing"]
        {
            assert!(is_named_after(deck, key), "{deck}");
        }
        for deck in ["index", "indexings", "databases", "my-indexing", ""] {
            assert!(!is_named_after(deck, key), "{deck}");
        }
    }
}
