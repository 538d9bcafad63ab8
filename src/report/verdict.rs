//! The verdict on readiness, in a sentence or two.

use super::check::counted;
use super::coverage::percent;
use super::page::Style;
use crate::domain::readiness::{NodeReadiness, Readiness, Verdict};
use crate::domain::track::{Doubt, LEAST_ANSWERS, TRUSTED_GAPS};

/// An honest sentence or two on a node.
#[must_use]
pub fn of(node: &NodeReadiness, readiness: &Readiness) -> (Style, String) {
    let (stop, plan) = (in_hundred(node.stop), in_hundred(node.plan));
    let no_day_left = readiness.on == readiness.today;
    match node.verdict() {
        Verdict::NothingWritten => (
            Style::Warn,
            "Nothing is written here yet: there is nothing to know, and nothing to ask.".to_owned(),
        ),
        Verdict::Ready => (
            Style::Good,
            format!("Ready as you stand: about {stop} of 100 questions would go well.{}", caveat(node)),
        ),
        _ if no_day_left => {
            (Style::Warn, format!("Today is the day: about {stop} of 100 questions would go well."))
        }
        Verdict::ReadyByPlan => (
            Style::Good,
            format!(
                "Not yet, but the plan makes you ready: about {plan} of 100 questions, against {stop} if you stop \
                 now.{}",
                caveat(node)
            ),
        ),
        Verdict::Unwritten => (Style::Warn, held_back(node, &plan)),
        Verdict::Partly => (
            Style::Warn,
            format!("Partly: the plan takes you from {stop} to about {plan} of 100 questions. Expect gaps."),
        ),
        Verdict::NotReady => (
            Style::Bad,
            format!(
                "Not ready: even with the plan about {plan} of 100 questions would go well, {stop} without it."
            ),
        ),
    }
}

/// What a good figure does not say.
fn caveat(node: &NodeReadiness) -> String {
    match node.unwritten {
        0 => String::new(),
        _ if node.is_leaf => " Its cards are too few to prove it.".to_owned(),
        1 => " One leaf has too few cards to prove it.".to_owned(),
        more => format!(" {more} leaves have too few cards to prove it."),
    }
}

/// What is written will be known; what is not holds it back.
fn held_back(node: &NodeReadiness, plan: &str) -> String {
    let written = in_hundred(node.plan / node.reach);
    let missing = match node.unwritten {
        1 => "a leaf is".to_owned(),
        more => format!("{more} leaves are"),
    };
    format!(
        "You will know what is written ({written} of 100), but {missing} not: on the whole {plan} of 100. Writing \
         helps more than studying."
    )
}

fn in_hundred(share: f64) -> String {
    percent(share.clamp(0.0, 1.0)).trim_end_matches(" %").to_owned()
}

/// Why the figures are not to be trusted much.
#[must_use]
pub fn doubted(doubt: Doubt) -> String {
    match doubt {
        Doubt::FewAnswers(answers) => {
            let answers = usize::try_from(answers).unwrap_or(usize::MAX);
            format!(
                "Low confidence: {} so far, {LEAST_ANSWERS} tell something of you.",
                counted(answers, "answer")
            )
        }
        Doubt::ShortGaps(days) => format!(
            "Low confidence: the day is further off than {TRUSTED_GAPS} × {}, the longest gap in your log.",
            counted(usize::try_from(days).unwrap_or(usize::MAX), "day")
        ),
    }
}
