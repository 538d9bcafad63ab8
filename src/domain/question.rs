//! A card as it is put to the learner: one wording, options and items shuffled by a seed.

use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom, SliceRandom};

use super::card::{Body, Card, CardId, Kind, Piece, Reply};

/// What stands between the texts of options in the words of a reply.
pub const BETWEEN_OPTIONS: &str = "; ";

/// One thing on offer, with its place in the author's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Its place in the card, from 0.
    pub place: usize,
    /// What is shown.
    pub text: String,
}

/// One asking of a card.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The card asked.
    pub card: CardId,
    /// Its kind.
    pub kind: Kind,
    /// The wording, gaps drawn as `____`; Markdown.
    pub prompt: String,
    /// Options of a choice, items of an order or points of a checklist, as shown.
    pub offers: Vec<Offer>,
    /// Whether several options are right.
    pub several: bool,
    /// Gaps of a cloze.
    pub gaps: usize,
}

impl Question {
    /// Puts a card; the same seed puts it alike.
    #[must_use]
    pub fn put(card: &Card, seed: u64) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let offers = match &card.body {
            Body::Choice { options, .. } => {
                let pinned: Vec<bool> = options.iter().map(|option| option.pinned).collect();
                offers(&shuffled(&pinned, &mut rng), |place| {
                    options.get(place).map(|option| option.text.clone())
                })
            }
            Body::Order { items, .. } => {
                offers(&disordered(items.len(), &mut rng), |place| items.get(place).cloned())
            }
            Body::Explain { checklist, .. } => {
                offers(&(0..checklist.len()).collect::<Vec<_>>(), |place| checklist.get(place).cloned())
            }
            Body::Flashcard { .. } | Body::Typed { .. } | Body::Cloze { .. } | Body::TrueFalse { .. } => {
                Vec::new()
            }
        };
        Self {
            card: card.id.clone(),
            kind: card.kind(),
            prompt: wording(card, &mut rng),
            offers,
            several: card.right_options() > 1,
            gaps: card.gaps(),
        }
    }

    /// Shown places (from 0) as places in the author's order; those not on offer are dropped.
    #[must_use]
    pub fn authored(&self, shown: &[usize]) -> Vec<usize> {
        shown.iter().filter_map(|&place| self.offers.get(place)).map(|offer| offer.place).collect()
    }

    /// Where the thing at an authored place is shown, from 0.
    #[must_use]
    pub fn shown(&self, place: usize) -> Option<usize> {
        self.offers.iter().position(|offer| offer.place == place)
    }

    /// The texts at shown places, for the log: what was said, whatever the deck becomes.
    #[must_use]
    pub fn words(&self, shown: &[usize]) -> String {
        let texts: Vec<&str> = shown
            .iter()
            .filter_map(|&place| self.offers.get(place))
            .map(|offer| offer.text.as_str())
            .collect();
        texts.join(BETWEEN_OPTIONS)
    }

    /// A typed line as the texts of a cloze's gaps, which are parted by `;` where there are several.
    #[must_use]
    pub fn filled(&self, line: &str) -> Reply {
        match self.gaps {
            0 | 1 => Reply::Filled(vec![line.to_owned()]),
            _ => Reply::Filled(line.split(';').map(str::to_owned).collect()),
        }
    }

    /// A reply of shown places as the card's judge understands it.
    #[must_use]
    pub fn reply(&self, shown: &[usize]) -> Reply {
        let places = self.authored(shown);
        match self.kind {
            Kind::Order => Reply::Arranged(places),
            Kind::Explain => Reply::Ticked(places),
            Kind::Choice | Kind::Flashcard | Kind::Typed | Kind::Cloze | Kind::TrueFalse => {
                Reply::Picked(places)
            }
        }
    }
}

fn wording(card: &Card, rng: &mut StdRng) -> String {
    let own = card.prompt();
    let wordings: Vec<&String> = std::iter::once(&own).chain(&card.variants).collect();
    wordings.choose(rng).map_or_else(|| own.clone(), |&text| text.clone())
}

fn offers(order: &[usize], text: impl Fn(usize) -> Option<String>) -> Vec<Offer> {
    order.iter().filter_map(|&place| text(place).map(|text| Offer { place, text })).collect()
}

/// A shuffle of the places that are not pinned among themselves.
fn shuffled(pinned: &[bool], rng: &mut StdRng) -> Vec<usize> {
    let is_free = |place: &usize| pinned.get(*place) == Some(&false);
    let mut free: Vec<usize> = (0..pinned.len()).filter(is_free).collect();
    free.shuffle(rng);
    let mut free = free.into_iter();
    (0..pinned.len())
        .map(|place| if is_free(&place) { free.next().unwrap_or(place) } else { place })
        .collect()
}

/// A shuffle that is not the right order, where there is another.
fn disordered(count: usize, rng: &mut StdRng) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.shuffle(rng);
    if order.is_sorted() {
        order.reverse();
    }
    order
}

impl Card {
    /// How many options of a choice are right; 0 for other kinds.
    #[must_use]
    pub fn right_options(&self) -> usize {
        match &self.body {
            Body::Choice { options, .. } => options.iter().filter(|option| option.correct).count(),
            _ => 0,
        }
    }

    /// How many gaps a cloze has; 0 for other kinds.
    #[must_use]
    pub fn gaps(&self) -> usize {
        match &self.body {
            Body::Cloze { pieces } => pieces.iter().filter(|piece| matches!(piece, Piece::Gap(_))).count(),
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::{disordered, shuffled};

    #[test]
    fn a_pinned_option_keeps_its_place() {
        for seed in 0..50 {
            let order = shuffled(&[false, true, false, false], &mut StdRng::seed_from_u64(seed));
            assert_eq!(order[1], 1);
            let mut all = order.clone();
            all.sort_unstable();
            assert_eq!(all, [0, 1, 2, 3]);
        }
    }

    #[test]
    fn items_are_never_shown_in_the_right_order() {
        for seed in 0..200 {
            assert!(!disordered(2, &mut StdRng::seed_from_u64(seed)).is_sorted());
            assert!(!disordered(3, &mut StdRng::seed_from_u64(seed)).is_sorted());
        }
    }
}
