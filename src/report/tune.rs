//! How a tuning of the memory model went: as a page and as JSON.

use serde_json::json;

use super::page::{Page, Style};
use crate::domain::tuning::{LEAST_ANSWERS, Tuning, Verdict};

/// What is done with a tuning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Better parameters are put into force.
    Adopt,
    /// They are only told of.
    DryRun,
}

/// The page.
#[must_use]
pub fn page(tuning: &Tuning, purpose: Purpose) -> Page {
    let mut page = Page::new();
    page.text(Style::Plain, format!("{} answers came a day or more after the one before", tuning.answers));
    if let (Some(default), Some(fitted)) = (tuning.default, tuning.fitted) {
        page.text(
            Style::Plain,
            format!(
                "log-loss on the newest {}: {default:.4} by default, {fitted:.4} fitted",
                tuning.held_out
            ),
        );
    }
    let style = if matches!(tuning.verdict, Verdict::Better(_)) { Style::Good } else { Style::Warn };
    page.text(style, reason(tuning, purpose));
    if matches!((tuning.verdict, purpose), (Verdict::Better(_), Purpose::Adopt)) {
        page.text(Style::Dim, "`mindrill tune --undo` goes back; `mindrill audit` compares");
    }
    page
}

/// Why, in one sentence.
fn reason(tuning: &Tuning, purpose: Purpose) -> String {
    match (tuning.verdict, purpose) {
        (Verdict::TooFew, _) => {
            format!(
                "not fitted: it takes {LEAST_ANSWERS} such answers before a fit beats the default parameters"
            )
        }
        (Verdict::NoFit, _) => "not fitted: these answers are too much alike to fit anything to".to_owned(),
        (Verdict::NoBetter, _) => {
            "not adopted: fitted parameters predict your newest answers no better than the default ones"
                .to_owned()
        }
        (Verdict::Better(_), Purpose::Adopt) => {
            "adopted: fitted parameters predict your newest answers better than the default ones".to_owned()
        }
        (Verdict::Better(_), Purpose::DryRun) => {
            "would be adopted: fitted parameters predict your newest answers better than the default ones"
                .to_owned()
        }
    }
}

/// The contract's object.
#[must_use]
pub fn json(tuning: &Tuning, purpose: Purpose) -> String {
    json!({
        "answers": tuning.answers,
        "held_out": tuning.held_out,
        "log_loss_default": tuning.default,
        "log_loss_fitted": tuning.fitted,
        "adopted": matches!((tuning.verdict, purpose), (Verdict::Better(_), Purpose::Adopt)),
        "reason": reason(tuning, purpose),
    })
    .to_string()
}
