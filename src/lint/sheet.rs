//! Cards prepared for the rules: read once, by their role, with their words and their place on the map.

use std::cell::RefCell;

use super::choice::{self, Choice};
use super::words::{self, Lexicon, Reading, Stem};
use super::{Finding, Spot, Subject};
use crate::domain::card::{Aim, Body, Card, Part};
use crate::domain::deck::Deck;
use crate::domain::problem::Level;
use crate::domain::skill_map::NodeIndex;

/// Longest stem, in words, of a plain choice; a longer one with the aim `decide` or `diagnose` is a scenario.
/// Source: the 90th percentile of 10,448 public items is 44 words.
pub(super) const LONGEST_PLAIN_STEM: usize = 45;

/// What a card is to its author: the kinds as the rules tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// Flashcard.
    Flash,
    /// Choice with one right option.
    Single,
    /// Choice with several right options.
    Several,
    /// Typed.
    Typed,
    /// Cloze.
    Cloze,
    /// Order.
    Order,
    /// True or false.
    Claim,
    /// Scenario: an `explain` card, or a choice that tells a story (aim `decide` or `diagnose`, a long stem).
    Scenario,
}

/// One card as the rules see it.
pub(super) struct Sheet<'a> {
    /// The card.
    pub card: &'a Card,
    /// Its deck.
    pub deck: &'a Deck,
    /// The indices of deck and card.
    pub at: (usize, usize),
    /// What it is.
    pub role: Role,
    /// The nodes it hangs on, the deck's first; those that lead nowhere are left out.
    pub nodes: Vec<NodeIndex>,
    /// The field that asks: `prompt`, `statement` or `text`.
    pub asks: Part,
    /// The question taken apart; gaps of a cloze are drawn.
    pub prompt: Reading<'a>,
    /// How many words the question's prose has.
    pub length: usize,
    /// The content words of the question by stem, each once, in the order of stems.
    pub stems: Vec<Stem>,
}

/// All cards prepared, with what they share.
pub(super) struct Sheets<'a> {
    /// What is looked over.
    pub subject: &'a Subject<'a>,
    /// The cards in the order of decks, derived ones left out.
    pub cards: Vec<Sheet<'a>>,
    /// The choices among them, their options taken apart.
    pub choices: Vec<Choice<'a>>,
    /// The stems of words.
    pub lexicon: RefCell<Lexicon>,
}

impl<'a> Sheets<'a> {
    /// Prepares every card.
    pub(super) fn read(subject: &'a Subject<'a>) -> Self {
        let (mut cards, mut lexicon) = (Vec::new(), Lexicon::new());
        for (deck_at, deck) in subject.decks.iter().enumerate() {
            let own = deck.node.as_ref().and_then(|(name, _)| subject.find(name));
            for (card_at, card) in deck.cards.iter().enumerate().filter(|(_, card)| !card.is_derived()) {
                let mut sheet = sheet(subject, (deck, own), card, (deck_at, card_at));
                sheet.stems = choice::set(lexicon.content(&sheet.prompt.prose));
                cards.push(sheet);
            }
        }
        let choices = choice::read(&cards, &mut lexicon);
        Self { subject, cards, choices, lexicon: RefCell::new(lexicon) }
    }
}

fn sheet<'a>(
    subject: &Subject<'_>,
    (deck, own): (&'a Deck, Option<NodeIndex>),
    card: &'a Card,
    at: (usize, usize),
) -> Sheet<'a> {
    let further = card.nodes.iter().filter_map(|(name, _)| subject.find(name));
    let nodes = own.into_iter().chain(further).collect();
    let (asks, prompt) = question(card);
    let length = words::words(&prompt.prose).count();
    let stems = Vec::new();
    Sheet { card, deck, at, role: role(card, length), nodes, asks, prompt, length, stems }
}

fn question(card: &Card) -> (Part, Reading<'_>) {
    match &card.body {
        Body::Flashcard { prompt, .. }
        | Body::Choice { prompt, .. }
        | Body::Typed { prompt, .. }
        | Body::Order { prompt, .. }
        | Body::Explain { prompt, .. } => (Part::key("prompt"), words::read(prompt)),
        Body::TrueFalse { statement, .. } => (Part::key("statement"), words::read(statement)),
        Body::Cloze { .. } => (Part::key("text"), words::read(&card.prompt()).into_owned()),
    }
}

fn role(card: &Card, length: usize) -> Role {
    let decides = matches!(card.aim, Aim::Decide | Aim::Diagnose);
    match &card.body {
        Body::Flashcard { .. } => Role::Flash,
        Body::Choice { .. } if decides && length > LONGEST_PLAIN_STEM => Role::Scenario,
        Body::Choice { options, .. } => {
            if options.iter().filter(|option| option.correct).count() > 1 {
                Role::Several
            } else {
                Role::Single
            }
        }
        Body::Typed { .. } => Role::Typed,
        Body::Cloze { .. } => Role::Cloze,
        Body::Order { .. } => Role::Order,
        Body::TrueFalse { .. } => Role::Claim,
        Body::Explain { .. } => Role::Scenario,
    }
}

impl Sheet<'_> {
    /// An error about a part of this card.
    pub(super) fn error(&self, part: Part, rule: &'static str, message: String, hint: &str) -> Finding {
        self.finding(part, (rule, Level::Error), message, hint)
    }

    /// A warning about a part of this card.
    pub(super) fn warning(&self, part: Part, rule: &'static str, message: String, hint: &str) -> Finding {
        self.finding(part, (rule, Level::Warning), message, hint)
    }

    /// A finding about a part of this card.
    pub(super) fn finding(
        &self,
        part: Part,
        (rule, level): (&'static str, Level),
        message: String,
        hint: &str,
    ) -> Finding {
        let (deck, card) = self.at;
        Finding { spot: Spot::Card(deck, card, part), rule, level, message, hint: hint.to_owned() }
    }
}
