//! One sitting as a pure state machine: what is asked next, what comes back, what was done.

use std::collections::VecDeque;

use super::card::CardId;
use super::grade::Grade;
use super::sm2::Repeat;

/// How many other cards come before a failed one is asked again: long enough to leave the
/// learner's immediate memory, short enough to stay in the sitting.
const CARDS_BEFORE_RETRY: usize = 4;

/// One answer of the sitting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The card.
    pub card: CardId,
    /// How well.
    pub grade: Grade,
    /// Whether the card was asked before in this sitting.
    pub again: bool,
    comes_back: bool,
}

/// A sitting.
#[derive(Debug, Clone)]
pub struct Session {
    queue: VecDeque<CardId>,
    done: Vec<Done>,
    /// Which answers ask for the card once more; none where each is asked once.
    repeat: Option<Repeat>,
}

impl Session {
    /// A sitting over a queue of cards.
    #[must_use]
    pub fn new(queue: Vec<CardId>, repeat: Repeat) -> Self {
        Self { queue: queue.into(), done: Vec::new(), repeat: Some(repeat) }
    }

    /// A sitting in which each card is asked once, whatever the answer.
    #[must_use]
    pub fn once(queue: Vec<CardId>) -> Self {
        Self { queue: queue.into(), done: Vec::new(), repeat: None }
    }

    /// The card to ask now; `None` when the sitting is over.
    #[must_use]
    pub fn current(&self) -> Option<&CardId> {
        self.queue.front()
    }

    /// How many askings are left, the current one included.
    #[must_use]
    pub fn left(&self) -> usize {
        self.queue.len()
    }

    /// The cards still to come, the current one first.
    pub fn upcoming(&self) -> impl Iterator<Item = &CardId> {
        self.queue.iter()
    }

    /// The answers so far, oldest first.
    #[must_use]
    pub fn done(&self) -> &[Done] {
        &self.done
    }

    /// Takes the grade of the current card; a fail comes back after a few others.
    pub fn answer(&mut self, grade: Grade) {
        let Some(card) = self.queue.pop_front() else { return };
        let comes_back = self.repeat.is_some_and(|repeat| repeat.includes(grade));
        if comes_back {
            self.queue.insert(CARDS_BEFORE_RETRY.min(self.queue.len()), card.clone());
        }
        let again = self.done.iter().any(|done| done.card == card);
        self.done.push(Done { card, grade, again, comes_back });
    }

    /// Takes the newest answer back and asks its card again, now.
    pub fn undo(&mut self) -> Option<Done> {
        let last = self.done.pop()?;
        if last.comes_back
            && let Some(place) = self.queue.iter().position(|card| *card == last.card)
        {
            self.queue.remove(place);
        }
        self.queue.push_front(last.card.clone());
        Some(last)
    }

    /// Gives the newest answer another grade: the learner's word wins.
    pub fn regrade(&mut self, grade: Grade) {
        if self.undo().is_some() {
            self.answer(grade);
        }
    }

    /// Leaves the current card for another sitting.
    pub fn skip(&mut self) {
        self.queue.pop_front();
    }

    /// How many different cards were asked, and how many of them were known at the first asking.
    #[must_use]
    pub fn score(&self) -> (usize, usize) {
        let first = || self.done.iter().filter(|done| !done.again);
        (first().count(), first().filter(|done| done.grade.is_pass()).count())
    }
}

#[cfg(test)]
mod tests {
    use super::Session;
    use crate::domain::card::CardId;
    use crate::domain::grade::Grade;
    use crate::domain::sm2::Repeat;

    fn session(cards: &str, repeat: Repeat) -> Session {
        let queue = cards.chars().map(|card| format!("d/{card}").parse::<CardId>().unwrap()).collect();
        Session::new(queue, repeat)
    }

    fn upcoming(session: &Session) -> String {
        session.upcoming().map(|card| card.card.as_str()).collect()
    }

    #[test]
    fn a_failed_card_comes_back_after_four_others_until_it_is_passed() {
        let mut session = session("abcdefg", Repeat::Fails);
        session.answer(Grade::AGAIN);
        assert_eq!(upcoming(&session), "bcdeafg");
        (0..4).for_each(|_| session.answer(Grade::GOOD));
        session.answer(Grade::NEARLY);
        assert_eq!(upcoming(&session), "fga");
        (0..2).for_each(|_| session.answer(Grade::HARD));
        session.answer(Grade::HARD);
        assert_eq!(session.current(), None);
        assert_eq!(session.score(), (7, 6));
    }

    #[test]
    fn hard_comes_back_only_where_the_learner_wants_it() {
        let mut strict = session("ab", Repeat::BelowGood);
        strict.answer(Grade::HARD);
        assert_eq!(upcoming(&strict), "ba");
    }

    #[test]
    fn undo_restores_the_queue_as_it_was() {
        let mut session = session("abcdef", Repeat::Fails);
        session.answer(Grade::GOOD);
        session.answer(Grade::AGAIN);
        assert_eq!(session.undo().unwrap().card.card, "b");
        assert_eq!(upcoming(&session), "bcdef");
        session.undo();
        assert_eq!(upcoming(&session), "abcdef");
        assert_eq!(session.undo(), None);
    }

    #[test]
    fn a_guess_turns_a_pass_into_a_fail_that_comes_back() {
        let mut session = session("ab", Repeat::Fails);
        session.answer(Grade::GOOD);
        session.regrade(Grade::NEARLY);
        assert_eq!(upcoming(&session), "ba");
        assert_eq!(session.done().len(), 1);
    }
}
