//! The scheduler by choice, as a learner meets it: keys, answers, `where`, `doctor`.

use crate::harness::Learner;

const FSRS: &str = "scheduler = \"fsrs\"\nretention = 0.8";

#[test]
fn the_keys_show_the_intervals_of_the_scheduler_in_force() {
    let keys = |learner: &Learner| {
        let text = learner.says("quiz isolation --new 9", "\nq\n");
        text.lines().find(|line| line.contains("1 again")).unwrap_or_default().trim().to_owned()
    };
    assert_eq!(keys(&Learner::new()), "1 again (today), 2 hard (1 d), 3 good (1 d), 4 easy (1 d)");
    assert_eq!(
        keys(&Learner::new().settled(FSRS)),
        "1 again (today), 2 hard (4 d), 3 good (8 d), 4 easy (28 d)",
        "as the reference says of a first answer at a retention of 0.8"
    );
}

#[test]
fn an_answer_is_due_when_recall_falls_to_the_retention() {
    let learner = Learner::new().settled(FSRS);
    learner.says("answer covering -g 5", "");
    assert!(learner.says("why covering", "").contains("2026-12-20"), "28 days");
    let doctor = learner.says("doctor", "");
    assert!(doctor.contains("✓ switching to sm2 and back gives the same schedules"), "{doctor}");
    assert_eq!(learner.json("doctor", "")[0]["unswitchable"].as_array().map(Vec::len), Some(0));
}

#[test]
fn where_tells_the_scheduler() {
    let told = Learner::new().settled(FSRS).json("where", "").remove(0);
    assert_eq!(told["scheduler"]["value"], "fsrs");
    assert_eq!(told["retention"]["value"], "0.8");
    assert_eq!(told["retention"]["from"], "settings file");
    let told = Learner::new().json("where", "").remove(0);
    assert_eq!(told["scheduler"]["value"], "sm2");
}

#[test]
fn doctor_looks_at_the_file_before_the_first_answer_under_another_scheduler() {
    let learner = Learner::new();
    assert!(learner.says("doctor", "").contains("there is no such file yet"));
    learner.says("answer indexing/limit --grade 4", "");
    let learner = learner.settled("scheduler = \"fsrs\"\n");
    let page = learner.says("doctor", "");
    assert!(page.contains("1 row in the log") && !page.contains("no such file"), "{page}");
    assert!(page.contains("switching to sm2 and back gives the same schedules"), "{page}");
    assert_eq!(learner.json("doctor", "")[0]["entries"], 1);
}
