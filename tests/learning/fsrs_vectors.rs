//! Memory against the vectors made by py-fsrs 6.3.2, an independent implementation in double precision.

use mindrill::domain::day::StudyDay;
use mindrill::domain::grade::Grade;
use mindrill::domain::memory::Memory;
use serde_json::Value;

/// Greatest relative difference of a stability.
///
/// The crate computes in f32, where one rounding is 6e-8. After a fail it takes (S + 1)^0.2629 − 1: at the
/// least stabilities of the vectors, S ≈ 0.01, a rounding of the power is 6e-8 ÷ 0.0026 ≈ 2.3e-5 of the rest,
/// and each further fail inherits about a half of it. A wrong formula is off by far more than 1e-2.
const STABILITY: f64 = 1e-4;
/// Greatest absolute difference of a difficulty (1 to 10) or a recall: some ten roundings of a number
/// below 16 (5e-7 each) in a difficulty; a recall inherits at most a sixth of the error of its stability.
const FIGURE: f64 = 1e-5;

/// Steps in `fsrs.json`, a selection of the set its head counts.
const STEPS: usize = 215;

fn vectors() -> Value {
    let path = format!("{}/tests/vectors/fsrs.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn grade(rating: &Value) -> Grade {
    match rating.as_u64().unwrap() {
        1 => Grade::AGAIN,
        2 => Grade::HARD,
        3 => Grade::GOOD,
        _ => Grade::EASY,
    }
}

fn assert_near(figure: f64, expected: &Value, tolerance: f64, at: &str) {
    let expected = expected.as_f64().unwrap();
    let difference = (figure - expected).abs();
    assert!(difference <= tolerance, "{at}: {figure} for {expected}, off by {difference:e}");
}

#[test]
fn every_step_agrees_with_the_reference() {
    let vectors = vectors();
    let mut steps = 0;
    for vector in vectors["vectors"].as_array().unwrap() {
        let mut day = StudyDay::from_number(0);
        let mut memory: Option<Memory> = None;
        for step in vector["steps"].as_array().unwrap() {
            day = day.plus(u32::try_from(step["delta_t"].as_u64().unwrap()).unwrap());
            let at = format!("vector {} step on day {}", vector["id"], day.number());
            if let Some(before) = memory {
                assert_near(before.recall(day), &step["r_before"], FIGURE, &format!("{at}, recall before"));
            }
            let after = match memory {
                None => Memory::first(grade(&step["rating"]), day),
                Some(before) => before.after(grade(&step["rating"]), day),
            };
            assert_after(&after, step, &at);
            memory = Some(after);
            steps += 1;
        }
    }
    assert_eq!(steps, STEPS);
}

fn assert_after(memory: &Memory, step: &Value, at: &str) {
    let stability = step["stability"].as_f64().unwrap();
    assert_near(
        f64::from(memory.stability),
        &step["stability"],
        STABILITY * stability,
        &format!("{at}, stability"),
    );
    assert_near(f64::from(memory.difficulty), &step["difficulty"], FIGURE, &format!("{at}, difficulty"));
    for (days, recall) in step["r_after"].as_object().unwrap() {
        let later = memory.last.plus(days.parse().unwrap());
        assert_near(memory.recall(later), recall, FIGURE, &format!("{at}, recall after {days} days"));
    }
}
