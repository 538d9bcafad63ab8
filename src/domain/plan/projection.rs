//! The projection: every card led day by day along its expected path.

use std::collections::{BTreeMap, VecDeque};

use super::traveller::{Traveller, travellers};
use super::{Course, MS_A_MINUTE, PlannedDay, Terms, USUAL_MINUTES};
use crate::domain::card::CardId;
use crate::domain::collection::Collection;
use crate::domain::day::StudyDay;
use crate::domain::queue::States;
use crate::domain::review::{Grade, Mode};
use crate::domain::skill_map::NodeIndex;

/// Share of new cards that are known at the first asking.
///
/// Source: the first ratings of the logs on which FSRS was trained, as its own simulator has them: .24 again.
const KNOWN_AT_FIRST: f64 = 0.76;
/// What the chances to fail of a leaf begin with: a fail is dealt out where they are nearest to it.
const HALF: f64 = 0.5;

/// All cards on their way.
pub(super) struct Projection {
    cards: Vec<Traveller>,
    course: Course,
    today: StudyDay,
    /// Milliseconds that a day has.
    a_day: f64,
    /// Whether that is a limit.
    is_limited: bool,
    most_new: Option<usize>,
    /// The first day of the final sweep.
    pub sweep_from: StudyDay,
    /// Whether the learner's own limit held new cards back.
    pub is_capped: bool,
    /// Cards to begin, in order.
    new: VecDeque<usize>,
    /// Cards that come due on each day from today on, and those put off from the day before.
    due: Vec<Vec<usize>>,
    /// For each node, the chances to fail since the last fail.
    chances: BTreeMap<NodeIndex, f64>,
}

/// What a day has taken so far.
struct Spent {
    ms: f64,
    most: f64,
    branches: BTreeMap<NodeIndex, usize>,
}

impl Spent {
    fn fits(&self, ms: f64) -> bool {
        self.ms + ms <= self.most
    }
}

impl Projection {
    /// The cards as they stand `today`; `new` are those to begin, in order.
    pub fn new(
        collection: &Collection,
        states: &States,
        terms: &Terms,
        today: StudyDay,
        new: &[CardId],
    ) -> Self {
        let cards = travellers(collection, states, terms);
        let places: BTreeMap<&CardId, usize> =
            cards.iter().enumerate().map(|(place, card)| (&card.id, place)).collect();
        let new: VecDeque<usize> = new.iter().filter_map(|id| places.get(id).copied()).collect();
        let minutes = f64::from(terms.minutes.unwrap_or(USUAL_MINUTES));
        let (a_day, focus) = (minutes * MS_A_MINUTE, cards.iter().filter(|card| card.in_focus));
        let (count, ms) = focus.fold((0, 0.0), |(count, ms), card| (count + 1, ms + card.ms));
        let fits = if count == 0 { 1.0 } else { a_day * f64::from(count) / ms };
        let sweep_from = terms.course.sweep_from(usize::try_from(count).unwrap_or(usize::MAX), fits);
        let days = usize::try_from(terms.course.left(today)).unwrap_or(0);
        let mut projection = Self {
            cards,
            course: terms.course,
            today,
            a_day,
            is_limited: terms.minutes.is_some(),
            most_new: terms.most_new,
            sweep_from,
            is_capped: false,
            new,
            due: vec![Vec::new(); days],
            chances: BTreeMap::new(),
        };
        for place in 0..projection.cards.len() {
            projection.expect(place, today);
        }
        projection
    }

    /// Notes on which day, from `from` on, a card is due.
    fn expect(&mut self, place: usize, from: StudyDay) {
        let progress = self.cards[place].state.schedule;
        let Some(schedule) = progress.schedule() else { return };
        let due = if progress.is_drill_on(from) { from } else { schedule.due.max(from) };
        let day = usize::try_from(due.since(self.today)).unwrap_or(usize::MAX);
        if let Some(due) = self.due.get_mut(day) {
            due.push(place);
        }
    }

    /// The cards that the sweep would show today.
    pub fn sweep_today(&self) -> Vec<CardId> {
        if self.today < self.sweep_from || self.due.is_empty() {
            return Vec::new();
        }
        self.sweep_order(self.today).into_iter().map(|place| self.cards[place].id.clone()).collect()
    }

    /// Walks to the eve of the interview, and tells what each day holds.
    pub fn walk(&mut self, new_first: bool) -> Vec<PlannedDay> {
        let days = u32::try_from(self.due.len()).unwrap_or(u32::MAX);
        (0..days).map(|ahead| self.day(ahead, new_first)).collect()
    }

    fn day(&mut self, ahead: u32, new_first: bool) -> PlannedDay {
        let (today, place) = (self.today.plus(ahead), usize::try_from(ahead).unwrap_or(0));
        let most = if self.is_limited { self.a_day } else { f64::INFINITY };
        let begun = |card: &&Traveller| ahead == 0 && card.state.answered_on(today);
        let ms = self.cards.iter().filter(begun).map(|card| card.ms).sum();
        let mut spent = Spent { ms, most, branches: BTreeMap::new() };
        let due = self.due.get_mut(place).map(std::mem::take).unwrap_or_default();
        // In the days of the sweep what was begun comes first: a card begun on the eve is hardly learnt.
        let is_sweeping = today >= self.sweep_from;
        let begun_first = if new_first && !is_sweeping { self.begin(today, &mut spent) } else { 0 };
        let reviews = self.review(due, today, &mut spent);
        let sweep = if is_sweeping { self.sweep(today, &mut spent) } else { 0 };
        let begun_last = if new_first && !is_sweeping { 0 } else { self.begin(today, &mut spent) };
        let new = begun_first + begun_last;
        let mut branches: Vec<(NodeIndex, usize)> = spent.branches.into_iter().collect();
        branches.sort_by(|(a, one), (b, other)| other.cmp(one).then(a.cmp(b)));
        PlannedDay { day: today, new, reviews, sweep, minutes: (spent.ms - ms) / MS_A_MINUTE, branches }
    }

    /// Reviews what is due, lowest recall first, while there is time; the rest is put off to the next day.
    fn review(&mut self, mut due: Vec<usize>, today: StudyDay, spent: &mut Spent) -> usize {
        due.retain(|&place| self.cards[place].is_due(today));
        due.sort_by_cached_key(|&place| self.cards[place].rank(today));
        let done = due.iter().take_while(|&&place| self.ask(place, today, spent)).count();
        let tomorrow = usize::try_from(today.plus(1).since(self.today)).unwrap_or(usize::MAX);
        if let Some(next) = self.due.get_mut(tomorrow) {
            next.extend_from_slice(&due[done..]);
        }
        done
    }

    /// Begins as many new cards as the day's pace asks for, while there is time.
    fn begin(&mut self, today: StudyDay, spent: &mut Spent) -> usize {
        let focus = self.cards.iter().filter(|card| card.in_focus);
        let already = focus.filter(|card| card.state.first == Some(today)).count();
        let pace = self.course.new_a_day(self.new.len() + already, today, self.sweep_from);
        let most = self.most_new.unwrap_or(usize::MAX);
        self.is_capped |= pace > most && !self.new.is_empty();
        let wanted = pace.min(most).saturating_sub(already);
        let mut begun = 0;
        while begun < wanted
            && let Some(&place) = self.new.front()
            && self.ask(place, today, spent)
        {
            self.new.pop_front();
            begun += 1;
        }
        begun
    }

    /// Shows cards of the focus once more in the last days, as many on each, those with the lowest recall on the day of
    /// the interview first.
    fn sweep(&mut self, today: StudyDay, spent: &mut Spent) -> usize {
        let order = self.sweep_order(today);
        let share = order.len().div_ceil(usize::try_from(self.course.left(today)).unwrap_or(1).max(1));
        let swept = order.into_iter().take(share).take_while(|&place| self.ask(place, today, spent));
        swept.count()
    }

    /// The cards that were begun and not answered since the sweep began, lowest recall on the day first.
    fn sweep_order(&self, today: StudyDay) -> Vec<usize> {
        let waits = |card: &Traveller| {
            card.in_focus
                && !card.is_due(today)
                && card.state.schedule.schedule().is_some()
                && card.state.memory.is_some_and(|memory| memory.last < self.sweep_from)
        };
        let mut order: Vec<usize> =
            (0..self.cards.len()).filter(|&place| waits(&self.cards[place])).collect();
        order.sort_by_cached_key(|&place| self.cards[place].rank(self.course.on));
        order
    }

    /// Asks a card, if its time, that of a likely repetition included, is left; tells whether it was.
    fn ask(&mut self, place: usize, today: StudyDay, spent: &mut Spent) -> bool {
        let card = &self.cards[place];
        let chance = 1.0 - card.state.memory.map_or(KNOWN_AT_FIRST, |memory| memory.recall(today));
        let ms = card.ms * (1.0 + chance);
        if !spent.fits(ms) {
            return false;
        }
        spent.ms += ms;
        *spent.branches.entry(card.branch).or_default() += 1;
        let fails = self.deal(card.home, chance);
        let card = &mut self.cards[place];
        if fails {
            card.state = card.state.after(Grade::AGAIN, Mode::Study, today, card.rules).0;
        }
        card.state = card.state.after(Grade::GOOD, Mode::Study, today, card.rules).0;
        self.expect(place, today.plus(1));
        true
    }

    /// Adds a chance to fail to those of a leaf; whether that makes a fail.
    fn deal(&mut self, home: NodeIndex, chance: f64) -> bool {
        let chances = self.chances.entry(home).or_insert(HALF);
        *chances += chance;
        let fails = *chances >= 1.0;
        *chances -= f64::from(u8::from(fails));
        fails
    }

    /// How many cards of each node were not begun.
    pub fn unseen(&self) -> BTreeMap<NodeIndex, usize> {
        let mut unseen = BTreeMap::new();
        for &place in &self.new {
            *unseen.entry(self.cards[place].home).or_default() += 1;
        }
        unseen
    }

    /// Cards of the focus.
    pub fn focus_cards(&self) -> usize {
        self.cards.iter().filter(|card| card.in_focus).count()
    }

    /// Cards of the focus that were answered since the sweep began.
    pub fn shown_at_end(&self) -> usize {
        let last = |card: &Traveller| card.state.memory.map(|memory| memory.last);
        let shown = |card: &&Traveller| card.in_focus && last(card) >= Some(self.sweep_from);
        self.cards.iter().filter(shown).count()
    }

    /// Every card that was ever answered, as it stands now.
    pub fn into_states(self) -> States {
        let met = self.cards.into_iter().filter(|card| card.state.is_met());
        met.map(|card| (card.id, card.state)).collect()
    }
}
