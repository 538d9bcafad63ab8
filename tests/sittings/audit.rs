//! The audit as a learner sees it, and as the contract says.

use std::fmt::Write as _;

use crate::harness::Learner;

/// Lines of a log: `cards` cards, each answered on days that stretch, by a learner who recalls with that chance.
pub fn log(cards: usize, answers: usize, chance: impl Fn(usize, u32) -> f64) -> String {
    let (mut lines, mut state, mut number) = (String::new(), 7_u64, 0_u128);
    let mut rows: Vec<(u32, usize, u32)> = Vec::new();
    for card in 0..cards {
        let mut day = u32::try_from(card % 40).unwrap();
        for (place, gap) in [0, 1, 2, 4, 7, 12, 20, 33].into_iter().take(answers).enumerate() {
            day += gap;
            rows.push((day, card, if place == 0 { 0 } else { gap }));
        }
    }
    rows.sort_unstable();
    for (day, card, gap) in rows {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        #[expect(clippy::cast_precision_loss, reason = "a coin is tossed")]
        let toss = (state >> 33) as f64 / f64::from(1_u32 << 31);
        let grade = if gap == 0 || toss < chance(card, gap) { 4 } else { 1 };
        number += 1;
        let millis = 1_735_725_600_000_u128 + u128::from(day) * 86_400_000 + number;
        let id = uuid::Uuid::from_u128((millis << 80) | (7 << 76) | (2 << 62) | number);
        let at = mindrill::domain::day::Moment::new(i64::try_from(millis).unwrap(), 0);
        let _ = writeln!(
            lines,
            r#"{{"id":"{id}","device":"gen","at":"{at}","day":"{}","card":"gen/c{card}","grade":{grade},"kind":"scheduled","elapsed_ms":null,"reply":"","retracts":null}}"#,
            at.study_day()
        );
    }
    lines
}

/// A learner with such a log.
pub fn with_log(lines: &str) -> Learner {
    let learner = Learner::new();
    learner.says("log import -", lines);
    learner
}

#[test]
fn nothing_to_predict_is_said_and_divides_by_nothing() {
    let learner = Learner::new();
    assert_eq!(
        learner.says("audit --json", ""),
        "{\"answers\":0,\"scored\":0,\"models\":[\
         {\"name\":\"fsrs\",\"log_loss\":null,\"rmse_bins\":null,\"auc\":null},\
         {\"name\":\"fsrs-default\",\"log_loss\":null,\"rmse_bins\":null,\"auc\":null},\
         {\"name\":\"sm2\",\"log_loss\":null,\"rmse_bins\":null,\"auc\":null},\
         {\"name\":\"average\",\"log_loss\":null,\"rmse_bins\":null,\"auc\":null}]}\n"
    );
    insta::assert_snapshot!(learner.says("audit", ""), @r"
    0 answers
    none of them came a day or more after the one before: there is nothing to
    predict yet

    `mindrill quiz --confidence` asks how sure you are; then this shows whether you
    were right
    ");
    learner.says("answer covering -g 4", "");
    assert_eq!(learner.json("audit", "")[0]["scored"], 0);
}

#[test]
fn every_answer_on_a_later_day_is_scored_by_each_model() {
    let learner = with_log(&log(60, 8, |_, gap| 0.98_f64.powi(i32::try_from(gap).unwrap())));
    let audit = &learner.json("audit", "")[0];
    assert_eq!((audit["answers"].as_u64(), audit["scored"].as_u64()), (Some(480), Some(420)));
    let figure = |model: usize, name: &str| audit["models"][model][name].as_f64();
    assert_eq!(figure(0, "log_loss"), figure(1, "log_loss"), "nothing was fitted");
    for model in 0..4 {
        assert!((0.05..2.0).contains(&figure(model, "log_loss").unwrap()), "{audit}");
        assert!((0.0..1.0).contains(&figure(model, "rmse_bins").unwrap()), "{audit}");
    }
    assert_eq!(figure(3, "auc"), Some(0.5), "an average tells nothing apart");
    assert!((0.0..=1.0).contains(&figure(0, "auc").unwrap()));
    let text = learner.says("audit", "");
    assert!(text.contains("90-100 %") && text.contains("FSRS, in force"), "{text}");
    assert_eq!(learner.json("audit indexing", "")[0]["answers"], 0, "of that node alone");
}

#[test]
fn the_page_fits_narrow_terminals() {
    let lines = log(60, 8, |_, gap| 0.98_f64.powi(i32::try_from(gap).unwrap()));
    for width in [40, 80] {
        let learner = Learner::new().wide(width);
        learner.says("log import -", &lines);
        learner.says("quiz --confidence --kind true-false -n 2", "y\n+\ny\n-\n");
        let text = learner.says("audit", "");
        let widest = text.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(widest <= width, "{widest} on {width}:\n{text}");
        let row = |start: &str| text.lines().find(|line| line.starts_with(start)).unwrap();
        for model in ["FSRS, in force", "FSRS, default", "SM-2", "your average"] {
            let figures = row(model).trim_start_matches(model).split_whitespace().count();
            assert_eq!(figures, 3, "a row is one row at {width}:\n{text}");
        }
        assert!(row("recall predicted").ends_with("answers"), "{text}");
        assert_eq!(row("Databases").matches(" of ").count(), 2, "{text}");
    }
}

#[test]
fn what_was_said_is_counted_by_branch() {
    let learner = Learner::new();
    learner.says("quiz databases --confidence --kind true-false -n 2", "y\n+\ny\n-\n");
    let text = learner.says("audit", "");
    assert!(text.contains("Databases"), "{text}");
}
