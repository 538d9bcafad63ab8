//! What goes wrong is told with the way out.

use crate::harness::Learner;

#[test]
fn an_unknown_node_is_answered_with_the_nearest() {
    let learner = Learner::new();
    let (error, hint) = learner.fails("quiz indexng");
    assert_eq!(error, "no node `indexng` on the skill map");
    assert!(hint.contains("did you mean `databases/indexing`"), "{hint}");
}

#[test]
fn an_unknown_card_is_answered_with_the_nearest() {
    let learner = Learner::new();
    let (error, hint) = learner.fails("answer indexing/coverin -g 4");
    assert_eq!(error, "no card `indexing/coverin` in this collection");
    assert!(hint.contains("`indexing/covering`"), "{hint}");
}

#[test]
fn a_day_that_is_past_or_none_is_refused() {
    let learner = Learner::new();
    assert!(learner.fails("coverage --on 2026-11-21").0.contains("lies before today"));
    assert!(learner.fails("coverage --on tomorrow").0.contains("is not a date like"));
}

#[test]
fn reports_make_no_file() {
    let learner = Learner::new();
    for report in ["due", "coverage", "log", "cards", "where", "why indexing", "why covering"] {
        learner.says(report, "");
    }
    assert!(!learner.says("where --json", "").is_empty());
    let place = &learner.json("where", "")[0]["progress"]["value"];
    assert!(!std::path::Path::new(place.as_str().unwrap()).exists());
}

#[test]
fn a_folder_without_a_map_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let learner = Learner::new().of(folder.path());
    let (error, hint) = learner.fails("quiz");
    assert!(error.contains("no skill map in") && hint.contains("skill-map.md"), "{error} {hint}");
}
