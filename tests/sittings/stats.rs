//! What was done, drawn and as JSON.

use serde_json::Value;

use crate::harness::Learner;

/// A learner of a few days: three cards begun, one failed once, one day missed.
fn learner() -> Learner {
    let mut learner = Learner::new();
    for (at, card, grade) in [
        ("2026-11-18T10:00:00Z", "covering", 4),
        ("2026-11-18T10:01:00Z", "limit", 1),
        ("2026-11-19T10:00:00Z", "covering", 4),
        ("2026-11-19T10:01:00Z", "limit", 4),
        ("2026-11-21T10:00:00Z", "limit", 1),
        ("2026-11-22T10:00:00Z", "skew", 5),
    ] {
        learner.at(at).says(&format!("answer {card} --grade {grade}"), "");
    }
    learner
}

#[test]
fn a_few_days_are_drawn() {
    let learner = learner();
    insta::assert_snapshot!(learner.says("stats", ""), @r#"
    Your answers
    6 answers · 67 % right · 0 min
    2 days in a row · longest 2 days

          Dec  Jan Feb Mar  Apr May Jun  Jul Aug  Sep Oct Nov
    Mon ·····················································
        ·····················································
    Wed ····················································█
        ····················································█
    Fri ·····················································
        ····················································▒
    Sun ····················································▒
        · none  ▒ 1  █ 2 answers

    Retention by days since the answer before
         1  ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓ 100 % of 2 answers
       2–3  ░░░░░░░░░░░░░░░░░░░░ 0 % of 1 answer

    Due in the next 30 days: 3
    22 Nov  ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓ 3: 1 1 0 1 0 0 0
    29 Nov  ░░░░░░░░░░░░░░░░░░░░ 0: 0 0 0 0 0 0 0
     6 Dec  ░░░░░░░░░░░░░░░░░░░░ 0: 0 0 0 0 0 0 0
    13 Dec  ░░░░░░░░░░░░░░░░░░░░ 0: 0 0 0 0 0 0 0
    20 Dec  ░░░░░░░░░░░░░░░░░░░░ 0: 0 0

    By branch
    Databases                                           6   67 % right  0 min
    "#);
}

#[test]
fn it_fits_forty_columns() {
    let text = learner().wide(40).says("stats", "");
    assert!(text.lines().all(|line| line.chars().count() <= 40), "{text}");
    insta::assert_snapshot!(text, @r#"
    Your answers
    6 answers · 67 % right · 0 min
    2 days in a row · longest 2 days

           Apr May Jun  Jul Aug  Sep Oct Nov
    Mon ····································
        ····································
    Wed ···································█
        ···································█
    Fri ····································
        ···································▒
    Sun ···································▒
        · none  ▒ 1  █ 2 answers

    Retention by days since the answer
    before
         1  ▓▓▓▓▓▓▓▓▓▓ 100 % of 2 answers
       2–3  ░░░░░░░░░░ 0 % of 1 answer

    Due in the next 30 days: 3
    22 Nov  ▓▓▓▓▓▓▓▓▓▓ 3: 1 1 0 1 0 0 0
    29 Nov  ░░░░░░░░░░ 0: 0 0 0 0 0 0 0
     6 Dec  ░░░░░░░░░░ 0: 0 0 0 0 0 0 0
    13 Dec  ░░░░░░░░░░ 0: 0 0 0 0 0 0 0
    20 Dec  ░░░░░░░░░░ 0: 0 0

    By branch
    Databases                       6   67 %
    "#);
}

#[test]
fn the_contract_names_days_streak_retention_and_forecast() {
    let learner = learner();
    let value: Value = serde_json::from_str(&learner.says("stats --json", "")).unwrap();
    let names: Vec<&String> = value.as_object().unwrap().keys().collect();
    assert_eq!(names[..4], ["days", "streak", "retention", "forecast"]);
    assert_eq!(
        value["days"][0],
        serde_json::json!({"day": "2026-11-18", "answers": 2, "right": 1, "minutes": 0})
    );
    assert_eq!(value["streak"], 2);
    assert_eq!(value["longest_streak"], 2);
    assert_eq!(value["retention"][0], serde_json::json!({"from": 1, "to": 1, "answers": 2, "right": 2}));
    assert_eq!(value["retention"][1], serde_json::json!({"from": 2, "to": 3, "answers": 1, "right": 0}));
    assert_eq!(value["forecast"].as_array().unwrap().len(), 30);
    let due: u64 = value["forecast"].as_array().unwrap().iter().map(|day| day["due"].as_u64().unwrap()).sum();
    assert_eq!(due, 3, "every card that has a schedule comes back within a month");
}

#[test]
fn a_node_counts_its_own_cards_only_and_an_empty_log_says_so() {
    let learner = learner();
    let all: Value = serde_json::from_str(&learner.says("stats --json", "")).unwrap();
    let sum: u64 =
        all["branches"].as_array().unwrap().iter().map(|branch| branch["answers"].as_u64().unwrap()).sum();
    assert_eq!(sum, 6);
    for branch in all["branches"].as_array().unwrap() {
        let own: Value = serde_json::from_str(
            &learner.says(&format!("stats {} --json", branch["key"].as_str().unwrap()), ""),
        )
        .unwrap();
        let answers: u64 =
            own["days"].as_array().unwrap().iter().map(|day| day["answers"].as_u64().unwrap()).sum();
        assert_eq!(answers, branch["answers"].as_u64().unwrap());
    }
    let nothing = Learner::new();
    insta::assert_snapshot!(nothing.says("stats", ""), @r#"
    Your answers
    no answer yet
    no streak: an answer today begins one

          Dec  Jan Feb Mar  Apr May Jun  Jul Aug  Sep Oct Nov
    Mon ·····················································
        ·····················································
    Wed ·····················································
        ·····················································
    Fri ·····················································
        ·····················································
    Sun ·····················································
        · none

    Retention by days since the answer before
    no card has come back yet

    Due in the next 30 days: 0
    "#);
}

#[test]
fn calibration_shows_what_audit_shows() {
    let mut learner = Learner::new();
    learner.says("answer indexing/limit --grade 4", "");
    learner.at("2026-11-25T10:00:00Z");
    learner.says("answer indexing/limit --grade 4", "");
    for words in ["", " indexing", " --json", " indexing --json"] {
        let (stats, audit) = (format!("stats --calibration{words}"), format!("audit{words}"));
        assert_eq!(learner.says(&stats, ""), learner.says(&audit, ""), "{words}");
    }
}
