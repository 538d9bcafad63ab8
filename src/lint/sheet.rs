//! Cards prepared for the rules: read once, by their role, with their words and their place on the map.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};

use super::choice::{self, Choice};
use super::keywords::Keywords;
use super::lexicon::{Lexicon, Stem};
use super::words::Reading;
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
    /// The content words of the question by stem, as they come.
    pub content: Vec<Stem>,
    /// The same, each once, in the order of stems.
    pub stems: Vec<Stem>,
    /// The question as it is written; gaps of a cloze are drawn.
    pub asked: Cow<'a, str>,
    /// Every other text in Markdown, in the order of the format.
    pub texts: Vec<Text<'a>>,
}

/// A text of a card beside its question.
pub(super) struct Text<'a> {
    /// Which.
    pub part: Part,
    /// As it is written.
    pub written: &'a str,
    /// Taken apart.
    pub read: Reading<'a>,
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
    keywords: OnceCell<Keywords>,
}

impl<'a> Sheets<'a> {
    /// Prepares every card.
    pub(super) fn read(subject: &'a Subject<'a>) -> Self {
        let (mut cards, mut lexicon) = (Vec::new(), Lexicon::new());
        for (deck_at, deck) in subject.decks.iter().enumerate() {
            let own = deck.node.as_ref().and_then(|(name, _)| subject.find(name));
            for (card_at, card) in deck.cards.iter().enumerate().filter(|(_, card)| !card.is_derived()) {
                let further = card.nodes.iter().filter_map(|(name, _)| subject.find(name));
                let nodes = own.into_iter().chain(further).collect();
                cards.push(sheet(card, (deck, (deck_at, card_at)), nodes, &mut lexicon));
            }
        }
        let choices = choice::read(&cards, &lexicon);
        Self { subject, cards, choices, lexicon: RefCell::new(lexicon), keywords: OnceCell::new() }
    }
}

impl<'a> Sheets<'a> {
    /// A card, if it is a choice, with its options.
    pub(super) fn choice(&self, card: usize) -> Option<(&Sheet<'a>, &Choice<'a>)> {
        let at = self.choices.binary_search_by_key(&card, |choice| choice.sheet).ok()?;
        Some((&self.cards[card], &self.choices[at]))
    }

    /// The words that each deck is about; the lexicon must not be lent out.
    pub(super) fn keywords(&self) -> &Keywords {
        self.keywords.get_or_init(|| Keywords::read(self))
    }
}

fn sheet<'a>(
    card: &'a Card,
    (deck, at): (&'a Deck, (usize, usize)),
    nodes: Vec<NodeIndex>,
    lexicon: &mut Lexicon,
) -> Sheet<'a> {
    let (asks, prompt) = question(card, lexicon);
    let length = prompt.words.len();
    let (asked, texts) = (asked(card), texts(card, lexicon));
    let content: Vec<Stem> = lexicon.stems(&prompt.words).collect();
    let stems = choice::set(content.clone());
    Sheet {
        card,
        deck,
        at,
        role: role(card, length),
        nodes,
        asks,
        prompt,
        length,
        asked,
        texts,
        content,
        stems,
    }
}

/// The question as it is written.
fn asked(card: &Card) -> Cow<'_, str> {
    match &card.body {
        Body::Flashcard { prompt, .. }
        | Body::Choice { prompt, .. }
        | Body::Typed { prompt, .. }
        | Body::Order { prompt, .. }
        | Body::Explain { prompt, .. }
        | Body::TrueFalse { statement: prompt, .. } => Cow::Borrowed(prompt),
        Body::Cloze { .. } => Cow::Owned(card.prompt()),
    }
}

/// The texts in Markdown beside the question.
fn texts<'a>(card: &'a Card, lexicon: &mut Lexicon) -> Vec<Text<'a>> {
    let mut texts = Vec::new();
    let mut add = |part, written: &'a String| texts.push(Text { part, written, read: lexicon.read(written) });
    match &card.body {
        Body::Flashcard { answer, .. } => add(Part::key("answer"), answer),
        Body::Choice { options, .. } => {
            for (index, option) in options.iter().enumerate() {
                let part = Part::key("options").item(index);
                add(part.field("text"), &option.text);
                option.why.iter().for_each(|why| add(part.field("why"), why));
            }
        }
        Body::Typed { key, .. } => {
            for (index, miss) in key.near_misses.iter().enumerate() {
                add(Part::key("near_misses").item(index).field("why"), &miss.why);
            }
        }
        Body::Order { items, .. } => add_each("items", items, &mut add),
        Body::Explain { checklist, answer, .. } => {
            add_each("checklist", checklist, &mut add);
            add(Part::key("answer"), answer);
        }
        Body::Cloze { .. } | Body::TrueFalse { .. } => {}
    }
    add_each("variants", &card.variants, &mut add);
    card.hint.iter().for_each(|hint| add(Part::key("hint"), hint));
    card.explanation.iter().for_each(|explanation| add(Part::key("explanation"), explanation));
    texts
}

fn add_each<'a>(key: &'static str, items: &'a [String], add: &mut impl FnMut(Part, &'a String)) {
    for (index, item) in items.iter().enumerate() {
        add(Part::key(key).item(index), item);
    }
}

fn question<'a>(card: &'a Card, lexicon: &mut Lexicon) -> (Part, Reading<'a>) {
    match &card.body {
        Body::Flashcard { prompt, .. }
        | Body::Choice { prompt, .. }
        | Body::Typed { prompt, .. }
        | Body::Order { prompt, .. }
        | Body::Explain { prompt, .. } => (Part::key("prompt"), lexicon.read(prompt)),
        Body::TrueFalse { statement, .. } => (Part::key("statement"), lexicon.read(statement)),
        Body::Cloze { .. } => (Part::key("text"), lexicon.read(&card.prompt()).into_owned()),
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

impl<'a> Sheet<'a> {
    /// Every text in Markdown, the question first: the part, the text as it is written, the text taken apart.
    pub(super) fn every_text(&self) -> impl Iterator<Item = (Part, &str, &Reading<'_>)> {
        let question = std::iter::once((self.asks, &*self.asked, &self.prompt));
        question.chain(self.texts.iter().map(|text| (text.part, text.written, &text.read)))
    }

    /// The options of a choice, in their order, taken apart.
    pub(super) fn options(&self) -> impl Iterator<Item = &Text<'a>> {
        let is_option = |part: Part| part.key == Some("options") && part.field == Some("text");
        self.texts.iter().filter(move |text| is_option(text.part))
    }

    /// The text of a part beside the question.
    pub(super) fn text(&self, part: Part) -> Option<&Text<'_>> {
        self.texts.iter().find(|text| text.part == part)
    }

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
