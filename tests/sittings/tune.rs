//! Tuning: adopted where it predicts better and the log is long enough, and taken back.

use crate::audit::{log, with_log};
use crate::harness::Learner;

/// A learner who forgets much faster than most: recall halves in some three days, whatever came before.
fn forgetful(cards: usize) -> Learner {
    with_log(&log(cards, 8, |_, gap| 0.8_f64.powi(i32::try_from(gap).unwrap())))
}

#[test]
fn a_learner_who_forgets_faster_gets_parameters_of_his_own() {
    let learner = forgetful(240);
    let before = learner.says("coverage --json", "");
    let dry = learner.says("tune --dry-run --json", "");
    assert_eq!(dry, learner.says("tune --dry-run --json", ""), "the same log gives the same figures");
    let told = &learner.json("tune", "")[0];
    assert_eq!((told["answers"].as_u64(), told["held_out"].as_u64()), (Some(1_680), Some(336)));
    assert_eq!(told["adopted"], true, "{told}");
    assert!(told["log_loss_fitted"].as_f64().unwrap() < told["log_loss_default"].as_f64().unwrap(), "{told}");
    let audit = &learner.json("audit", "")[0];
    let loss = |model: usize| audit["models"][model]["log_loss"].as_f64().unwrap();
    assert!(loss(0) < loss(1), "in force: {audit}");
    assert!(learner.json("doctor", "")[0]["sound"].as_bool().unwrap());
    learner.says("answer covering -g 4", "");
    assert!(
        learner.json("doctor", "")[0]["sound"].as_bool().unwrap(),
        "an answer goes on by the fitted model"
    );
    learner.says("undo", "");

    assert_eq!(learner.says("tune --undo", ""), "the default parameters are in force again\n");
    assert_eq!(learner.says("coverage --json", ""), before);
    assert_eq!(
        learner.says("tune --undo", ""),
        "the parameters that were fitted before are in force again\n"
    );
    assert!(learner.json("doctor", "")[0]["sound"].as_bool().unwrap());
}

#[test]
fn with_few_answers_nothing_is_fitted() {
    let learner = forgetful(40);
    insta::assert_snapshot!(learner.says("tune", ""), @r"
    280 answers came a day or more after the one before
    not fitted: it takes 1000 such answers before a fit beats the default parameters
    ");
    assert_eq!(
        learner.says("tune --json", ""),
        "{\"answers\":280,\"held_out\":0,\"log_loss_default\":null,\"log_loss_fitted\":null,\"adopted\":false,\
         \"reason\":\"not fitted: it takes 1000 such answers before a fit beats the default parameters\"}\n"
    );
    assert_eq!(learner.says("tune --undo", ""), "nothing to go back from: no parameters were ever adopted\n");
    assert_eq!(Learner::new().json("tune", "")[0]["adopted"], false, "an empty log too");
}
