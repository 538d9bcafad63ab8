//! What the log holds, and what reports read from it.

use mindrill::domain::card::CardId;
use mindrill::domain::day::Moment;
use mindrill::domain::progress::CardState;
use mindrill::domain::review::{Answer, Event, Mode, ReviewKind};
use mindrill::domain::sm2::Rules;
use mindrill::store::{LONGEST_REPLY, Store, StoreError};
use tempfile::TempDir;

use crate::support::{answer, card, chain, day, entries, face, moment, open, raw};

fn store() -> Store {
    Store::in_memory(Rules::default()).unwrap()
}

#[test]
fn a_row_holds_all_that_was_said() {
    let mut store = store();
    let given = Answer {
        elapsed_ms: Some(u32::MAX),
        reply: "b\u{0}\u{1b}[2J🦀".to_owned(),
        ..answer("indexing/covering", 4, 0)
    };
    let recorded = store.record(&given).unwrap();
    let entry = recorded.entry;
    assert_eq!(entries(&store), std::slice::from_ref(&entry));
    assert_eq!((entry.at, entry.day), (given.at, given.day));
    assert_eq!(entry.at.to_string(), "2026-11-22T12:00:00.000+01:00");
    assert_eq!(entry.device, store.device().unwrap());
    assert_eq!(entry.device.len(), 16);
    let Event::Answered { card, grade, kind, elapsed_ms, reply, .. } = entry.event else {
        panic!("an answer")
    };
    assert_eq!((card, grade, kind), (given.card, given.grade, ReviewKind::Scheduled));
    assert_eq!((elapsed_ms, reply), (given.elapsed_ms, given.reply));
}

#[test]
fn the_widest_values_are_kept_and_a_long_reply_is_cut() {
    let mut store = store();
    let long = "ß".repeat(LONGEST_REPLY + 1);
    for (at, on) in [(i64::MIN, i64::MIN), (-1, 0), (0, 1), (i64::MAX, i64::MAX)] {
        let day = mindrill::domain::day::StudyDay::from_number(on);
        let given = Answer {
            at: Moment::new(at, i32::MIN),
            day,
            reply: long.clone(),
            elapsed_ms: None,
            ..answer("a/b", 0, 0)
        };
        let recorded = store.record(&given).unwrap();
        let Event::Answered { reply, .. } = &recorded.entry.event else { panic!("an answer") };
        assert_eq!(reply.chars().count(), LONGEST_REPLY);
        assert_eq!(entries(&store).last(), Some(&recorded.entry));
    }
}

#[test]
fn ids_grow_while_the_clock_stands_or_runs_back() {
    let mut store = store();
    let moments = [0, 0, 0, 5, 5, -90_000_000, 0, 5, 6];
    let ids: Vec<_> = moments
        .into_iter()
        .map(|millis| {
            store.record(&Answer { at: moment(0, millis), ..answer("a/b", 4, 0) }).unwrap().entry.id
        })
        .collect();
    assert!(ids.is_sorted() && ids.windows(2).all(|pair| pair[0] != pair[1]), "{ids:?}");
    let text = ids[0].to_string();
    assert_eq!(text.len(), 36);
    assert_eq!(text.as_bytes()[14], b'7', "version 7: {text}");
    let millis = u64::from_str_radix(&text.replace('-', "")[..12], 16).unwrap();
    assert_eq!(i64::try_from(millis).unwrap(), moment(0, 0).utc_millis());
}

#[test]
fn the_kind_follows_from_the_card_and_the_day() {
    let mut store = store();
    let cram = Answer { mode: Mode::Cram, ..answer("a/b", 1, 0) };
    let mock = Answer { mode: Mode::Mock, ..answer("a/b", 5, 3) };
    let study = [(1, 0), (4, 0), (4, 1), (4, 2), (4, 3)].map(|(grade, on)| answer("a/b", grade, on));
    let given = [cram].into_iter().chain(study).chain([mock]);
    let kinds: Vec<_> = given.map(|given| store.record(&given).unwrap()).collect();
    let names: Vec<_> = kinds
        .iter()
        .map(|recorded| match &recorded.entry.event {
            Event::Answered { kind, .. } => kind.name(),
            _ => "no answer",
        })
        .collect();
    assert_eq!(names, ["cram", "scheduled", "drill", "scheduled", "scheduled", "early", "mock"]);
    for pair in kinds.windows(2) {
        assert_eq!(pair[0].after, pair[1].before);
    }
    assert_eq!(store.state(&card("a/b")).unwrap(), kinds.last().unwrap().after);
    assert_eq!(store.states().unwrap(), [(card("a/b"), kinds.last().unwrap().after)].into());
}

#[test]
fn the_log_refuses_to_be_rewritten() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("progress.db");
    let mut store = open(&path).unwrap();
    store.record(&answer("a/b", 4, 0)).unwrap();
    store.close().unwrap();
    let raw = raw(&path);
    let rewritings = [
        "UPDATE log SET grade = 5",
        "DELETE FROM log",
        "INSERT OR REPLACE INTO log SELECT * FROM log",
        "INSERT OR REPLACE INTO log (id, device, at, offset_s, day, kind, deck, card, grade, reply)
         SELECT id, 'x', at, offset_s, day, kind, deck, card, 5, reply FROM log",
        "INSERT INTO log (id, device, at, offset_s, day, kind) VALUES (randomblob(16), 'x', 0, 0, 0, 'undo')",
        "INSERT INTO log (id, device, at, offset_s, day, kind, deck, card, grade, reply)
         VALUES (randomblob(16), 'x', 0, 0, 0, 'scheduled', 'a', 'b', 6, '')",
        "INSERT INTO log (id, device, at, offset_s, day, kind, deck, card, grade, reply)
         VALUES (randomblob(16), 'x', 0, 0, 0, 'guess', 'a', 'b', 1, '')",
        "INSERT INTO log (id, device, at, offset_s, day, kind, deck, card, grade, reply)
         VALUES (randomblob(16), 'x', 'today', 0, 0, 'drill', 'a', 'b', 1, '')",
    ];
    for sql in rewritings {
        let refused = raw.execute_batch(sql).expect_err(sql);
        assert_eq!(
            refused.sqlite_error_code(),
            Some(rusqlite::ErrorCode::ConstraintViolation),
            "{sql}: {refused}"
        );
    }
    drop(raw);
    assert_eq!(entries(&open(&path).unwrap()).len(), 1);
}

#[test]
fn a_card_without_a_name_is_refused_and_nothing_is_written() {
    let mut store = store();
    let mut nameless = answer("a/b", 4, 0);
    nameless.card.card.clear();
    let error = store.record(&nameless).unwrap_err();
    assert!(matches!(error, StoreError::Refused { .. }), "{}", chain(&error));
    assert_eq!(entries(&store), []);
    assert!(store.states().unwrap().is_empty());
}

#[test]
fn undo_takes_back_the_newest_live_answer_until_none_is_left() {
    let mut store = store();
    let first = store.record(&answer("a/b", 4, 0)).unwrap();
    let second = store.record(&answer("a/c", 1, 0)).unwrap();
    let third = store.record(&answer("a/b", 4, 1)).unwrap();
    for taken in [&third, &second, &first] {
        let undone = store.undo(moment(2, 0), day(2)).unwrap().unwrap();
        assert_eq!(undone.row, taken.entry);
        assert_eq!((undone.before, undone.after), (taken.after, taken.before));
        assert_eq!(undone.entry.event, Event::Undone { retracts: taken.entry.id });
        assert_eq!(store.state(&undone.card).unwrap(), taken.before);
    }
    assert_eq!(store.undo(moment(2, 0), day(2)).unwrap(), None);
    assert!(store.states().unwrap().is_empty());
    assert_eq!(entries(&store).len(), 6, "the log only grows");
    assert_eq!(store.history(&card("a/b")).unwrap(), []);

    let again = store.record(&answer("a/b", 5, 2)).unwrap();
    assert_eq!(again.before, CardState::default());
    assert_eq!(store.history(&card("a/b")).unwrap(), [again.entry]);
}

#[test]
fn a_restarted_card_is_new_and_its_earlier_answers_no_longer_count() {
    let mut store = store();
    let other = store.record(&answer("a/other", 4, 0)).unwrap();
    for on in [0, 1, 7] {
        store.record(&answer("a/b", 4, on)).unwrap();
    }
    let restarted = store.restart(&card("a/b"), moment(8, 0), day(8)).unwrap().unwrap();
    assert_eq!(restarted.entry.event, Event::Restarted { card: card("a/b") });
    assert_eq!(store.state(&card("a/b")).unwrap(), CardState::default());
    assert_eq!(store.restart(&card("a/b"), moment(8, 0), day(8)).unwrap(), None, "it is new already");

    let afresh = store.record(&answer("a/b", 4, 8)).unwrap();
    assert_eq!(afresh.after.schedule.schedule().unwrap().interval, 1);
    assert_eq!(store.history(&card("a/b")).unwrap(), std::slice::from_ref(&afresh.entry));
    assert_eq!(store.undo(moment(8, 1), day(8)).unwrap().unwrap().row, afresh.entry);
    let undone = store.undo(moment(8, 1), day(8)).unwrap().unwrap();
    assert_eq!(undone.row, restarted.entry, "a fresh start is taken back like an answer");
    assert_eq!((undone.before, undone.after), (CardState::default(), restarted.before));
    assert_eq!(store.history(&card("a/b")).unwrap().len(), 3, "what it set aside counts again");
    for _ in 0..3 {
        store.undo(moment(8, 2), day(8)).unwrap().unwrap();
    }
    assert_eq!(store.undo(moment(8, 2), day(8)).unwrap().unwrap().row, other.entry);
}

#[test]
fn new_cards_of_a_day_are_those_first_studied_on_it() {
    let mut store = store();
    let crammed = Answer { mode: Mode::Cram, ..answer("a/crammed", 4, 0) };
    for given in [
        answer("a/one", 4, 0),
        crammed,
        answer("a/one", 4, 1),
        answer("a/two", 1, 1),
        answer("a/two", 4, 1),
        answer("a/crammed", 4, 1),
        answer("a/late", 4, 2),
    ] {
        store.record(&given).unwrap();
    }
    assert_eq!([0, 1, 2, 3].map(|on| store.begun_on(day(on)).unwrap()), [1, 2, 1, 0]);
    store.undo(moment(2, 0), day(2)).unwrap();
    assert_eq!(store.begun_on(day(2)).unwrap(), 0, "an answer that was taken back spends nothing");
    store.restart(&card("a/one"), moment(3, 0), day(3)).unwrap();
    store.record(&answer("a/one", 4, 3)).unwrap();
    assert_eq!([0, 3].map(|on| store.begun_on(day(on)).unwrap()), [0, 1], "a fresh start is a start");
}

#[test]
fn days_answers_and_times_are_those_not_taken_back() {
    let mut store = store();
    let untimed = Answer { elapsed_ms: None, ..answer("a/b", 4, 3) };
    for given in [answer("a/b", 4, 0), answer("a/c", 4, 0), untimed, answer("a/b", 4, 9)] {
        store.record(&given).unwrap();
    }
    store.undo(moment(9, 0), day(9)).unwrap();
    store.restart(&card("a/b"), moment(9, 0), day(9)).unwrap();
    assert_eq!(store.answered_days().unwrap(), [day(0), day(3)].into(), "a restart unmakes no day of work");
    assert_eq!([0, 3, 9].map(|on| store.answers_on(day(on)).unwrap().len()), [2, 1, 0]);
    assert_eq!(store.recent_times(10).unwrap(), [(card("a/c"), 4_200), (card("a/b"), 4_200)]);
    assert_eq!(store.recent_times(1).unwrap(), [(card("a/c"), 4_200)]);
}

#[test]
fn a_long_log_is_read_in_order_and_can_be_left() {
    let mut store = store();
    let ids: Vec<_> =
        (0..2_500).map(|n| store.record(&answer(&format!("a/{n}"), 4, 0)).unwrap().entry.id).collect();
    assert_eq!(entries(&store).iter().map(|entry| entry.id).collect::<Vec<_>>(), ids);

    let mut seen = 0;
    let left = store.log(|_| {
        seen += 1;
        if seen == 1_700 { Err(StoreError::ReportsOnly { path: "left".into() }) } else { Ok(()) }
    });
    assert!(left.is_err() && seen == 1_700);
}

#[test]
fn flags_are_raised_replaced_and_lowered() {
    let mut store = store();
    store.flag(&card("b/x"), "two options are right", moment(0, 0)).unwrap();
    store.flag(&card("a/x"), &"n".repeat(LONGEST_REPLY * 2), moment(0, 1)).unwrap();
    store.flag(&card("b/x"), "three are", moment(1, 0)).unwrap();
    let flags = store.flags().unwrap();
    assert_eq!(flags.iter().map(|flag| flag.card.clone()).collect::<Vec<_>>(), [card("a/x"), card("b/x")]);
    assert_eq!((flags[1].note.as_str(), flags[1].at), ("three are", moment(1, 0)));
    assert_eq!(flags[0].note.len(), LONGEST_REPLY);
    assert!(store.unflag(&card("b/x")).unwrap());
    assert!(!store.unflag(&card("b/x")).unwrap());
    assert_eq!(store.flags().unwrap().len(), 1);
    assert_eq!(entries(&store), [], "flags say nothing of the learner");
}

#[test]
fn a_flag_follows_a_relink_and_goes_back_with_it() {
    let mut store = store();
    let marked = |store: &Store| -> Vec<(CardId, String)> {
        store.flags().unwrap().into_iter().map(|flag| (flag.card, flag.note)).collect()
    };
    let of = |id: &str, note: &str| (card(id), note.to_owned());
    let (old, new) = (card("a/old"), card("a/new"));
    store.record(&answer("a/old", 4, 0)).unwrap();
    store.flag(&old, "two options are right", moment(1, 0)).unwrap();
    store.relink(&old, &new, moment(2, 0), day(2)).unwrap().unwrap();
    assert_eq!(marked(&store), [of("a/new", "two options are right")]);

    store.undo(moment(3, 0), day(3)).unwrap().unwrap();
    assert_eq!(marked(&store), [of("a/old", "two options are right")]);

    // A card that has the old id now is another card, with marks of its own.
    store.relink(&old, &new, moment(3, 0), day(3)).unwrap().unwrap();
    store.flag(&old, "a typo", moment(4, 0)).unwrap();
    assert_eq!(marked(&store), [of("a/new", "two options are right"), of("a/old", "a typo")]);
    assert!(store.unflag(&new).unwrap() && !store.unflag(&new).unwrap());
    assert_eq!(marked(&store), [of("a/old", "a typo")]);
    store.undo(moment(4, 0), day(4)).unwrap().unwrap();

    // Where both ids have marks, the newest one is told, and both are taken off.
    store.flag(&old, "first", moment(4, 0)).unwrap();
    store.flag(&new, "second", moment(5, 0)).unwrap();
    store.relink(&old, &new, moment(6, 0), day(6)).unwrap().unwrap();
    assert_eq!(marked(&store), [of("a/new", "second")]);
    store.undo(moment(7, 0), day(7)).unwrap().unwrap();
    assert_eq!(marked(&store), [of("a/new", "second"), of("a/old", "first")]);
    store.relink(&old, &new, moment(8, 0), day(8)).unwrap().unwrap();
    assert!(store.unflag(&new).unwrap());
    assert_eq!(marked(&store), []);
}

#[test]
fn a_face_is_kept_with_the_answer_and_follows_a_relink() {
    let mut store = store();
    store.record(&answer("a/faceless", 4, 0)).unwrap();
    store.record_facing(&answer("a/old", 4, 0), &face("first")).unwrap();
    store.record_facing(&answer("a/old", 4, 1), &face("second")).unwrap();
    assert_eq!(store.face(&card("a/faceless")).unwrap(), None);
    assert_eq!(store.face(&card("a/old")).unwrap(), Some(face("second")));
    assert_eq!(store.fingerprints().unwrap(), [(card("a/old"), face("").fingerprint)].into());

    store.relink(&card("a/old"), &card("a/new"), moment(2, 0), day(2)).unwrap().unwrap();
    assert_eq!(store.face(&card("a/new")).unwrap(), Some(face("second")));
    store.record_facing(&answer("a/old", 4, 3), &face("third")).unwrap();
    store.relink(&card("a/old"), &card("a/new"), moment(4, 0), day(4)).unwrap().unwrap();
    assert_eq!(store.face(&card("a/new")).unwrap(), Some(face("second")), "its own");

    let kept = store.keep(&card("a/new"), &face("fourth"), moment(5, 0), day(5)).unwrap();
    assert_eq!(store.face(&card("a/new")).unwrap(), Some(face("fourth")));
    store.retract(kept.id, moment(5, 0), day(5)).unwrap().unwrap();
    assert_eq!(store.face(&card("a/new")).unwrap(), Some(face("second")));
    let kept = store.keep(&card("a/new"), &face("fifth"), moment(6, 0), day(6)).unwrap();
    store.record_facing(&answer("a/new", 4, 7), &face("sixth")).unwrap();
    store.retract(kept.id, moment(8, 0), day(8)).unwrap().unwrap();
    assert_eq!(store.face(&card("a/new")).unwrap(), Some(face("sixth")), "it was answered since");
}

#[test]
fn reports_follow_a_relink() {
    let mut store = store();
    for on in [0, 1] {
        store.record(&answer("a/old", 4, on)).unwrap();
    }
    let relinked = store.relink(&card("a/old"), &card("a/new"), moment(1, 0), day(1)).unwrap().unwrap();
    let own = store.record(&answer("a/old", 1, 2)).unwrap();
    store.record(&answer("a/new", 4, 7)).unwrap();
    assert_eq!([&card("a/old"), &card("a/new")].map(|id| store.history(id).unwrap().len()), [1, 3]);
    assert_eq!(store.about(&card("a/new")).unwrap().len(), 4, "three answers and the relink");
    assert_eq!(store.about(&card("a/old")).unwrap().len(), 4, "all that name it");
    let times: Vec<_> = store.recent_times(9).unwrap().into_iter().map(|(id, _)| id.card).collect();
    assert_eq!(times, ["new", "old", "new", "new"]);
    assert_eq!([0, 1, 2, 7].map(|on| store.begun_on(day(on)).unwrap()), [1, 0, 1, 0]);
    let mut owners = Vec::new();
    store.answers(|id, _| owners.push(id.card)).unwrap();
    assert_eq!(owners, ["new", "new", "old", "new"]);
    let known = [card("a/new")].into();
    let orphans = store.doctor(&known, moment(50, 0)).unwrap().orphans;
    assert_eq!(
        orphans.iter().map(|orphan| (&orphan.card, orphan.entries)).collect::<Vec<_>>(),
        [(&card("a/old"), 1)]
    );
    store.retract(own.entry.id, moment(8, 0), day(8)).unwrap().unwrap();
    store.retract(relinked.entry.id, moment(8, 0), day(8)).unwrap().unwrap();
    assert_eq!([&card("a/old"), &card("a/new")].map(|id| store.history(id).unwrap().len()), [2, 1]);
}
