//! Laws of the fold: the log replays to the states, whatever was undone, restarted or merged.

use std::collections::BTreeMap;

use mindrill::domain::card::CardId;
use mindrill::domain::day::{Moment, StudyDay};
use mindrill::domain::progress::{CardState, replay};
use mindrill::domain::review::{EntryId, Event, Grade, LogEntry, ReviewKind};
use mindrill::domain::sm2::{Fuzz, Repeat, Rules};
use proptest::prelude::{Strategy, any, proptest};
use proptest::{collection, prop_assert_eq, sample};

use crate::schedule_laws::grades;

/// A step of a learner's story.
#[derive(Debug, Clone)]
pub enum Step {
    Answer { card: u8, grade: Grade, kind: ReviewKind, gap: i64 },
    UndoNewest,
    Restart { card: u8 },
    Relink { from: u8, to: u8 },
    Keep { card: u8 },
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let answer = (0_u8..4, grades(), sample::select(ReviewKind::ALL.to_vec()), -2_i64..9)
        .prop_map(|(card, grade, kind, gap)| Step::Answer { card, grade, kind, gap });
    let step = proptest::prop_oneof![
        12 => answer,
        2 => proptest::strategy::Just(Step::UndoNewest),
        1 => (0_u8..4).prop_map(|card| Step::Restart { card }),
        2 => (0_u8..4, 0_u8..4).prop_map(|(from, to)| Step::Relink { from, to }),
        1 => (0_u8..4).prop_map(|card| Step::Keep { card }),
    ];
    collection::vec(step, 0..60)
}

fn rules() -> impl Strategy<Value = Rules> {
    (any::<bool>(), any::<bool>()).prop_map(|(spread, text)| Rules {
        fuzz: if spread { Fuzz::Spread } else { Fuzz::Off },
        repeat: if text { Repeat::BelowGood } else { Repeat::Fails },
        ..Rules::default()
    })
}

fn card(number: u8) -> CardId {
    format!("deck/card-{number}").parse().unwrap()
}

fn entry(id: usize, day: i64, event: Event) -> LogEntry {
    LogEntry {
        id: EntryId(u128::try_from(id).unwrap()),
        device: "here".to_owned(),
        at: Moment::new(day * 86_400_000, 0),
        day: StudyDay::from_number(day),
        event,
    }
}

/// The log that a story leaves; an undo names the newest row that is live and no undo.
pub fn log_of(steps: &[Step]) -> Vec<LogEntry> {
    let (mut log, mut live, mut day) = (Vec::new(), Vec::new(), 20_000);
    for step in steps {
        let event = match step {
            Step::Answer { card: number, grade, kind, gap } => {
                day += gap;
                Event::Answered {
                    card: card(*number),
                    grade: *grade,
                    kind: *kind,
                    elapsed_ms: None,
                    reply: String::new(),
                    confidence: None,
                }
            }
            Step::Restart { card: number } => Event::Restarted { card: card(*number) },
            Step::Relink { from, to } => Event::Relinked { from: card(*from), to: card(*to) },
            Step::Keep { card: number } => Event::Kept { card: card(*number) },
            Step::UndoNewest => match live.pop() {
                Some(retracts) => Event::Undone { retracts },
                None => continue,
            },
        };
        let row = entry(log.len(), day, event);
        if !matches!(row.event, Event::Undone { .. }) {
            live.push(row.id);
        }
        log.push(row);
    }
    log
}

/// The rows that no undo names, undo rows left out.
fn live(log: &[LogEntry]) -> Vec<LogEntry> {
    let gone: Vec<EntryId> = log
        .iter()
        .filter_map(|row| match row.event {
            Event::Undone { retracts } => Some(retracts),
            _ => None,
        })
        .collect();
    let stays = |row: &&LogEntry| !gone.contains(&row.id) && !matches!(row.event, Event::Undone { .. });
    log.iter().filter(stays).cloned().collect()
}

/// Row by row: each card has a bag of the answers that are its own, which a restart empties and a relink hands over.
fn bags(rows: &[LogEntry]) -> BTreeMap<CardId, Vec<LogEntry>> {
    let mut bags: BTreeMap<CardId, Vec<LogEntry>> = BTreeMap::new();
    for row in rows {
        match &row.event {
            Event::Answered { card, .. } => bags.entry(card.clone()).or_default().push(row.clone()),
            Event::Restarted { card } => drop(bags.remove(card)),
            Event::Relinked { from, to } => {
                let bag = bags.remove(from).unwrap_or_default();
                let own = bags.entry(to.clone()).or_default();
                own.extend(bag);
                own.sort_by_key(|row| row.id);
            }
            Event::Kept { .. } | Event::Undone { .. } => {}
        }
    }
    bags.retain(|_, bag| !bag.is_empty());
    bags
}

/// What a store does answer by answer: one step from the state it keeps.
fn folded(rows: &[LogEntry], rules: Rules) -> BTreeMap<CardId, CardState> {
    let state = |(card, bag): (CardId, Vec<LogEntry>)| {
        let rules = rules.of(&card);
        let state = bag.iter().fold(CardState::default(), |state, row| match &row.event {
            Event::Answered { grade, kind, .. } => state.after(*grade, kind.mode(), row.day, rules).0,
            _ => state,
        });
        (card, state)
    };
    bags(rows).into_iter().map(state).collect()
}

proptest! {
    #[test]
    fn answer_by_answer_gives_what_the_replay_gives(steps in steps(), rules in rules()) {
        let log = log_of(&steps);
        prop_assert_eq!(replay(&log, rules), folded(&live(&log), rules));
    }

    #[test]
    fn an_undo_is_a_replay_without_the_row(steps in steps(), rules in rules()) {
        let log = log_of(&steps);
        let mut undone = log.clone();
        let live = live(&log);
        let Some(newest) = live.last() else { return Ok(()) };
        undone.push(entry(log.len(), 30_000, Event::Undone { retracts: newest.id }));
        let without: Vec<LogEntry> = log.iter().filter(|row| row.id != newest.id).cloned().collect();
        prop_assert_eq!(replay(&undone, rules), replay(&without, rules));
    }

    #[test]
    fn one_cards_live_rows_give_its_state(steps in steps(), rules in rules()) {
        let log = log_of(&steps);
        let states = replay(&log, rules);
        for (id, bag) in bags(&live(&log)) {
            prop_assert_eq!(CardState::of(&bag, rules.of(&id)), states.get(&id).copied().unwrap_or_default());
        }
    }

    #[test]
    fn a_relink_carries_a_state_over_exactly_and_its_undo_gives_it_back(
        steps in steps(), from in 0_u8..3, repeat in any::<bool>()
    ) {
        let repeat = if repeat { Repeat::BelowGood } else { Repeat::Fails };
        let rules = Rules { repeat, ..Rules::default() };
        let log = log_of(&steps);
        let (from, to) = (card(from), card(9));
        let before = replay(&log, rules);
        let mut relinked = log.clone();
        relinked.push(entry(log.len(), 40_000, Event::Relinked { from: from.clone(), to: to.clone() }));
        let mut expected = before.clone();
        let state = expected.remove(&from);
        expected.extend(state.map(|state| (to, state)));
        prop_assert_eq!(replay(&relinked, rules), expected);
        let undo = Event::Undone { retracts: EntryId(u128::try_from(log.len()).unwrap()) };
        relinked.push(entry(log.len() + 1, 40_000, undo));
        prop_assert_eq!(replay(&relinked, rules), before);
    }

    #[test]
    fn only_the_order_within_a_family_of_cards_matters(steps in steps(), rules in rules()) {
        let log = log_of(&steps);
        // Two families that no relink ties, as two devices may have logged them; undos may come before or after.
        let is_first = |row: &&LogEntry| row.event.card().is_some_and(|id| id.card.as_str() < "card-2");
        let crosses = |row: &LogEntry| match &row.event {
            Event::Relinked { from, to } => (from.card.as_str() < "card-2") != (to.card.as_str() < "card-2"),
            _ => false,
        };
        let log: Vec<LogEntry> = log.into_iter().filter(|row| !crosses(row)).collect();
        let union: Vec<LogEntry> =
            log.iter().filter(|row| !is_first(row)).chain(log.iter().filter(is_first)).cloned().collect();
        prop_assert_eq!(replay(&union, rules), replay(&log, rules));
    }

    #[test]
    fn the_logged_class_of_a_study_answer_does_not_matter(steps in steps(), rules in rules()) {
        let log = log_of(&steps);
        let mut relabelled = log.clone();
        for row in &mut relabelled {
            if let Event::Answered { kind: kind @ (ReviewKind::Scheduled | ReviewKind::Early), .. } = &mut row.event {
                *kind = ReviewKind::Drill;
            }
        }
        prop_assert_eq!(replay(&log, rules), replay(&relabelled, rules));
    }

    #[test]
    fn undos_that_name_nothing_live_change_nothing(steps in steps(), rules in rules(), at in any::<sample::Index>()) {
        let log = log_of(&steps);
        let mut odd = log.clone();
        let undo = log.iter().find(|row| matches!(row.event, Event::Undone { .. })).map(|row| row.id);
        let own = EntryId(900_001);
        for (id, retracts) in [(900_000, undo.unwrap_or(EntryId(1 << 100))), (900_001, own), (900_002, EntryId(1 << 101))] {
            odd.insert(at.index(odd.len() + 1), entry(id, 20_000, Event::Undone { retracts }));
        }
        prop_assert_eq!(replay(&odd, rules), replay(&log, rules));
    }
}

#[test]
fn an_undo_counts_wherever_a_merge_puts_it() {
    let answer = |id| {
        let grade = Grade::GOOD;
        let kind = ReviewKind::Scheduled;
        entry(
            id,
            5,
            Event::Answered {
                card: card(0),
                grade,
                kind,
                elapsed_ms: None,
                reply: String::new(),
                confidence: None,
            },
        )
    };
    let undo = entry(9, 5, Event::Undone { retracts: EntryId(2) });
    let states = replay(&[undo, answer(2)], Rules::default());
    assert_eq!(states, BTreeMap::new());
}

#[test]
fn a_restarted_card_is_new() {
    let answered = |id, day| {
        let (grade, kind) = (Grade::AGAIN, ReviewKind::Scheduled);
        entry(
            id,
            day,
            Event::Answered {
                card: card(0),
                grade,
                kind,
                elapsed_ms: None,
                reply: String::new(),
                confidence: None,
            },
        )
    };
    let restart = entry(2, 3, Event::Restarted { card: card(0) });
    assert_eq!(replay(&[answered(1, 0), restart.clone()], Rules::default()), BTreeMap::new());
    let later = replay(&[answered(1, 0), restart, answered(3, 9)], Rules::default());
    let fresh = replay(&[answered(3, 9)], Rules::default());
    assert_eq!(later, fresh);
}
