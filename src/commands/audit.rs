//! `audit`: how well memory models predict the learner's own answers, and whether he knows what he knows.

use std::collections::BTreeMap;

use clap::Args;

use super::library::Library;
use super::{CommandError, Context, complete};
use crate::domain::audit::Auditor;
use crate::domain::calibration::{self, Sureness};
use crate::domain::card::CardId;
use crate::domain::skill_map::NodeIndex;
use crate::report::audit::{self, Calibration};

/// Predicted against observed recall on your own answers, and how sure you were against how right
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill audit\n  mindrill audit databases\n  mindrill audit --json | jq '.models[0]'\n\nScored is every answer at least a study day after the card's previous one,\npredicted from what came before it.\n\nModels: FSRS with the parameters in force (`mindrill tune` fits them), FSRS with\nthe default ones, SM-2's implied 0.9^(days / interval), and always your average\nover the scored answers. Log-loss and RMSE (over bins of interval, answers and\nlapses): less is better. AUC: 1 tells all apart, a half is chance."
)]
pub struct AuditArgs {
    /// Only cards at or below this node; else all, also those that have left the collection
    #[arg(value_name = "NODE", add = complete::nodes())]
    node: Option<String>,
}

pub(super) fn run(args: &AuditArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    show(args.node.as_deref(), context)
}

/// Shows the calibration of a node's answers, or of all.
pub(super) fn show(node: Option<&str>, context: &mut Context<'_>) -> Result<(), CommandError> {
    let library = context.library()?;
    let node = node.map(|name| library.node(name)).transpose()?;
    let store = context.readable_store()?;
    let (mut auditor, mut said) = (Auditor::new(store.rules()?), BTreeMap::<CardId, Sureness>::new());
    store.graded(|answer| {
        if node.is_none_or(|node| holds(&library, &answer.card, node)) {
            auditor.take(&answer);
            if answer.confidence.is_some() {
                said.entry(answer.card.clone()).or_default().count(&answer);
            }
        }
    })?;
    let audit = auditor.finish();
    if context.json {
        return context.show_line(&audit::json(&audit));
    }
    let branches = branches(&library, &said, node);
    let page = audit::page(&Calibration { audit, branches }, &context.look());
    context.show_page(&page)
}

fn holds(library: &Library, card: &CardId, node: NodeIndex) -> bool {
    library.collection.header(card).is_some_and(|header| library.collection.is_below(header, node))
}

/// What was said of the node (of the whole map, where none was named) and of those right below it.
fn branches(
    library: &Library,
    said: &BTreeMap<CardId, Sureness>,
    node: Option<NodeIndex>,
) -> Vec<(String, Sureness)> {
    let map = library.collection.map();
    let top = node.unwrap_or(map.root());
    let near = |index: &NodeIndex| *index == top || map.node(*index).parent == Some(top);
    let nodes = calibration::by_node(&library.collection, said).into_iter().filter(|(index, _)| near(index));
    nodes.map(|(index, sureness)| (map.node(index).label.clone(), sureness)).collect()
}
