//! The documents on which a leaf rests (D12).

use std::collections::BTreeMap;

use super::{LEAST_CARDS, number, percent};
use crate::domain::card::Source;
use crate::lint::choice::quoted;
use crate::lint::groups::Group;
use crate::lint::sheet::Sheets;
use crate::lint::{Finding, Rule, Severity};

/// Fewest documents of a leaf. Source: item-writing §1.6, D12.
const LEAST_DOCUMENTS: usize = 3;
/// Greatest share of a leaf's cards on one document. Source: item-writing §1.6, D12.
const MOST_ON_ONE: f64 = 0.6;

pub(super) const D12: Rule = Rule {
    id: "D12",
    title: "a leaf rests on three documents or more",
    severity: Severity::Warning,
    why: "One document has one view, and its errors become the deck's. A leaf cites at least three documents, and at most 60 % of its cards cite the same one. Pages of one manual count apart, sections of a page do not. Counted from 8 cards with a source on.",
    bad: include_str!("../examples/D12.bad.toml"),
    good: include_str!("../examples/D12.good.toml"),
};

/// Looks over the cards of a leaf.
pub(super) fn look(group: &Group, sheets: &Sheets<'_>, findings: &mut Vec<Finding>) {
    let mut documents: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    let mut cards = 0;
    for card in &group.cards {
        let sources = &sheets.cards[*card].card.sources;
        cards += usize::from(!sources.is_empty());
        let mut cited: Vec<(String, &str)> =
            sources.iter().map(|source| (document(source), source.title.as_str())).collect();
        cited.sort();
        cited.dedup_by(|one, other| one.0 == other.0);
        for (document, title) in cited {
            documents.entry(document).or_insert((0, title)).0 += 1;
        }
    }
    if cards < LEAST_CARDS {
        return;
    }
    if documents.len() < LEAST_DOCUMENTS {
        let message =
            format!("{cards} cards cite {} documents, fewer than {LEAST_DOCUMENTS}", documents.len());
        findings.push(group.warning("D12", message, "find what another document says"));
    } else if let Some((count, title)) = documents.values().max_by_key(|(count, _)| *count)
        && number(*count) > MOST_ON_ONE * number(cards)
    {
        let share = percent(number(*count), number(cards));
        let message = format!("{count} of {cards} cards ({share}) cite {}, more than 60 %", quoted(title));
        findings.push(group.warning("D12", message, "find what another document says"));
    }
}

/// What tells a document from others: its address without the place in it, else its title.
fn document(source: &Source) -> String {
    match &source.url {
        Some(url) => url.split('#').next().unwrap_or_default().trim_end_matches('/').to_lowercase(),
        None => source.title.trim().to_lowercase(),
    }
}
