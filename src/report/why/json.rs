//! The same grounds as objects.

use serde_json::{Value, json};

use super::Days;
use super::card::{Place, mend};
use super::node::{Told, branch_mend, leaf_mend};
use crate::domain::day::StudyDay;
use crate::domain::mastery::{CardFigures, LeafReasons, LeafState, NodeFigures};
use crate::domain::progress::CardState;
use crate::report::faded;

/// A card's grounds as one object.
#[must_use]
pub fn card_json(
    figures: &CardFigures,
    state: &CardState,
    answers: usize,
    place: &Place,
    at: Days,
) -> String {
    let schedule = state.schedule.schedule();
    let mut object = card_object(figures);
    object["horizon"] = at.horizon.to_string().into();
    object["answers"] = answers.into();
    object["repetitions"] = schedule.map(|schedule| schedule.repetitions).into();
    object["interval_days"] = schedule.map(|schedule| schedule.interval).into();
    object["ease"] = schedule.map(|schedule| f64::from(schedule.ease.0) / 100.0).into();
    object["lapses"] = schedule.map(|schedule| schedule.lapses).into();
    object["stability_days"] = state.memory.map(|memory| memory.stability).into();
    object["difficulty"] = state.memory.map(|memory| memory.difficulty).into();
    object["next"] = mend(figures, state, place, at).0.into();
    object.to_string()
}

fn card_object(figures: &CardFigures) -> Value {
    let text = |day: Option<StudyDay>| day.map(|day| day.to_string());
    json!({
        "card": figures.card.to_string(),
        "stage": figures.stage.name(),
        "due": text(figures.due),
        "pass_days": figures.pass_days,
        "last": text(figures.last),
        "recall_today": figures.recall_today,
        "recall": figures.recall,
        "under_on": text(figures.under_on),
        "falls_on": text(figures.falls_on),
    })
}

/// A node's grounds as one object; `reasons` for a leaf, `leaves` (weakest first) for a branch.
#[must_use]
pub fn node_json(told: Told<'_>, reasons: Option<&LeafReasons>, leaves: &[&NodeFigures]) -> String {
    let Told { node, grounds, at } = told;
    let cards: Vec<Value> =
        reasons.map(|reasons| reasons.cards.iter().map(card_object).collect()).unwrap_or_default();
    let next = reasons.map_or_else(|| branch_mend(told), |reasons| leaf_mend(told, reasons)).0;
    json!({
        "key": node.key.0,
        "horizon": at.horizon.to_string(),
        "state": node.state.map(LeafState::name),
        "recall": node.recall,
        "recall_low": node.recall_low,
        "recall_high": node.recall_high,
        "met": node.met,
        "mastered": node.mastered,
        "falls_on": reasons.and_then(|reasons| reasons.falls_on).map(|day| day.to_string()),
        "cards": cards,
        "leaves": leaves.iter().map(|leaf| json!({ "key": leaf.key.0, "recall": leaf.recall })).collect::<Vec<_>>(),
        "next": next,
        "recall_today": grounds.recall_today,
        "answers": grounds.answers.answers,
        "right": grounds.answers.right,
        "last": grounds.last.map(|day| day.to_string()),
        "faded": grounds.faded.as_ref().map_or_else(|| json!([]), faded::json),
    })
    .to_string()
}
