use super::{Choices, Evidence, Item, Reason, chosen, worst_first};
use crate::domain::card::{CardId, ChoiceOption};
use crate::domain::day::{Moment, StudyDay};
use crate::domain::memory::Model;
use crate::domain::review::{EntryId, Event, Grade, LogEntry, ReviewKind};

fn options(texts: &[(&str, bool)]) -> Vec<ChoiceOption> {
    let option = |&(text, correct): &(&str, bool)| ChoiceOption {
        text: text.to_owned(),
        correct,
        why: None,
        pinned: false,
    };
    texts.iter().map(option).collect()
}

fn card(name: &str) -> CardId {
    format!("d/{name}").parse().unwrap()
}

fn answer(on: i64, grade: i64, elapsed_ms: Option<u32>, reply: &str) -> LogEntry {
    LogEntry {
        id: EntryId(0),
        device: String::new(),
        at: Moment::new(0, 0),
        day: StudyDay::from_number(on),
        event: Event::Answered {
            card: card("a"),
            grade: Grade::new(grade).unwrap(),
            kind: ReviewKind::Scheduled,
            elapsed_ms,
            reply: reply.to_owned(),
            confidence: None,
        },
    }
}

fn graded(answers: &[(i64, i64)]) -> Vec<LogEntry> {
    answers.iter().map(|&(on, grade)| answer(on, grade, None, "")).collect()
}

fn of(answers: &[LogEntry]) -> Evidence<'_> {
    Evidence { answers, options: &[], lapses: 0, flag: None, usual_ms: None, model: Model::default() }
}

fn names(evidence: &Evidence<'_>) -> Vec<&'static str> {
    evidence.reasons().iter().map(Reason::name).collect()
}

#[test]
fn a_card_failed_more_often_than_predicted_is_told_and_chance_is_not() {
    let passed = graded(&[(0, 4), (1, 4), (4, 4), (10, 4), (25, 4), (60, 4)]);
    let once = graded(&[(0, 4), (1, 4), (4, 4), (10, 1), (11, 4), (14, 4)]);
    let often = graded(&[(0, 4), (1, 1), (2, 4), (3, 1), (4, 4), (5, 1), (6, 4), (7, 1)]);
    let few = graded(&[(0, 4), (1, 1), (2, 1), (3, 1)]);
    let drilled = graded(&[(0, 4), (0, 1), (0, 1), (0, 1), (0, 1), (0, 1), (0, 1)]);
    for (name, answers, wanted) in [
        ("always passed", passed, false),
        ("failed once in six", once, false),
        ("failed every other day", often, true),
        ("too few to tell", few, false),
        ("drills of the first day predict nothing", drilled, false),
    ] {
        assert_eq!(names(&of(&answers)).contains(&"harder-than-predicted"), wanted, "{name}");
    }
}

#[test]
fn it_is_the_model_in_force_that_predicts() {
    let often = graded(&[(0, 4), (1, 1), (2, 4), (3, 1), (4, 4), (5, 1), (6, 4), (7, 1)]);
    // Who forgets a first answer within the hour, and gains little by any other, fails as often as that.
    let mut parameters = *Model::default().parameters();
    parameters[..4].fill(0.001);
    parameters[8] = 0.0;
    let forgetful = Evidence { model: Model::new(parameters).unwrap(), ..of(&often) };
    assert_eq!(names(&of(&often)), ["harder-than-predicted"]);
    assert_eq!(names(&forgetful), [""; 0]);
}

#[test]
fn a_leech_has_eight_lapses_or_fails_most_of_the_time() {
    let answers = graded(&[(0, 4)]);
    assert_eq!(names(&Evidence { lapses: 8, ..of(&answers) }), ["leech"]);
    assert_eq!(names(&Evidence { lapses: 7, ..of(&answers) }), [""; 0]);
    let mostly = graded(&[(0, 1), (0, 1), (0, 1), (0, 1), (0, 4)]);
    let three_of_five = graded(&[(0, 1), (0, 1), (0, 1), (0, 4), (0, 4)]);
    assert!(names(&of(&mostly)).contains(&"leech"));
    assert!(!names(&of(&three_of_five)).contains(&"leech"), "60 % is not more than 60 %");
    assert!(!names(&of(&mostly[..4])).contains(&"leech"), "four answers are too few");
}

#[test]
fn a_slow_card_takes_more_than_twice_the_usual() {
    let timed = |ms: u32| (0..5).map(|_| answer(0, 4, Some(ms), "")).collect::<Vec<_>>();
    let (slow, twice) = (timed(20_001), timed(20_000));
    let usual = |answers| Evidence { usual_ms: Some(10_000), ..of(answers) };
    assert_eq!(names(&usual(&slow)), ["slow"]);
    assert_eq!(names(&usual(&twice)), [""; 0]);
    assert_eq!(names(&usual(&slow[..4])), [""; 0]);
    assert_eq!(names(&of(&slow)), [""; 0], "no pace is known");
}

#[test]
fn options_are_known_by_their_texts() {
    let options = options(&[("a", true), ("b; c", false), ("b", false), ("c; d", false)]);
    for (reply, places) in [
        ("a", Some(vec![0])),
        ("b; c", Some(vec![1])),
        ("b; c; a", Some(vec![1, 0])),
        ("b; c; d", Some(vec![2, 3])),
        ("a; b; c", Some(vec![0, 1])),
        ("x", None),
        ("a; x", None),
        ("a; ", None),
        ("2", None),
        ("", None),
    ] {
        assert_eq!(chosen(reply, &options), places, "{reply}");
    }
}

#[test]
fn options_that_mislead_and_those_that_nobody_chooses_are_told() {
    let options = options(&[("right", true), ("tempting", false), ("silly", false)]);
    let chosen = |replies: &[(&str, usize)]| -> Vec<LogEntry> {
        replies.iter().flat_map(|(reply, times)| vec![answer(0, 4, None, reply); *times]).collect()
    };
    let reasons = |replies| {
        let answers = chosen(replies);
        Evidence { options: &options, ..of(&answers) }.reasons()
    };
    let views = |views, unmatched| Choices { views, unmatched };
    assert_eq!(reasons(&[("right", 10), ("tempting", 9), ("edited away", 3), ("", 9)]), []);
    let idle = Reason::IdleOption { options: vec!["silly".to_owned()], of: views(20, 3) };
    assert_eq!(reasons(&[("right", 11), ("tempting", 9), ("edited away", 3), ("", 9)]), [idle]);
    let misleading =
        Reason::MisleadingOption { option: "tempting".to_owned(), chosen: 3, key_chosen: 2, of: views(5, 0) };
    assert_eq!(reasons(&[("right", 2), ("tempting", 3)]), [misleading]);
    assert_eq!(reasons(&[("right", 1), ("tempting", 3)]), [], "four replies are too few");
}

#[test]
fn the_worst_come_first() {
    let item = |name: &str, reason| Item { card: card(name), reason };
    let leech = |lapses| Reason::Leech { lapses, answers: 9, fails: 3 };
    let flagged = Reason::Flagged { note: String::new() };
    let mut items = vec![item("c", flagged), item("b", leech(8)), item("a", leech(8)), item("z", leech(9))];
    worst_first(&mut items);
    let order: Vec<&str> = items.iter().map(|item| item.card.card.as_str()).collect();
    assert_eq!(order, ["z", "a", "b", "c"]);
}
