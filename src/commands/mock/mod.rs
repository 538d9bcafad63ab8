//! `mock`: a mock interview.

mod human;
mod json;

use std::collections::BTreeMap;

use clap::Args;

use super::library::Library;
use super::quiz::sitting::{Asked, Judged, Sitting};
use super::refusal::Refusal;
use super::{CommandError, Context, complete};
use crate::domain::card::{Kind, Reply};
use crate::domain::mock::{self, Answered, Branch};
use crate::domain::queue::Scope;
use crate::domain::review::Mode;
use crate::domain::session::Session;
use crate::domain::skill_map::{NodeIndex, SkillMap};
use crate::report::mock::{self as report, Outcome, Row, Surprise};

const MS_A_MINUTE: u32 = 60_000;

/// A mock interview: a sample of the map against the clock, no answer shown until the end
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill mock                          half an hour over the whole map\n  mindrill mock databases -m 10          ten minutes of one branch\n  mindrill mock --json                   one JSON object a line, for scripts\n\nLeaves are asked about by their importance, whether a card is due or not. What\nyou would say aloud you think through, and say whether you know it; at the end,\nwhen the answers are shown, you can correct that. Each answer is saved as\nevidence before the next question, and moves no schedule.\n\nAt the end: for each branch the share of right answers with its 80 % interval\n(Wilson's), beside what was predicted: recall today, and for choices the chance\nof a lucky guess.\n\nWith --json a reply is answered by `noted`; the `answer` events follow the last\nquestion, and the last line is the list of branches. There a word on oneself\n(`{\"reply\": true}`, or a `grade`) stands: nothing corrects it afterwards."
)]
pub struct MockArgs {
    /// Only cards at or below these nodes: a key, a tail of one, or a label
    #[arg(value_name = "NODE", add = complete::nodes())]
    nodes: Vec<String>,
    /// Minutes that it lasts
    #[arg(short, long, value_name = "M", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=1440))]
    minutes: u32,
}

/// A question that was answered.
struct Noted {
    asked: Asked,
    reply: Reply,
    judged: Judged,
    leaf: NodeIndex,
    /// The chance of a right answer as it was before.
    predicted: f64,
}

/// A mock interview under way.
struct Interview<'a> {
    sitting: Sitting<'a>,
    leaves: BTreeMap<crate::domain::card::CardId, NodeIndex>,
    noted: Vec<Noted>,
}

pub(super) fn run(args: &MockArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    let library = context.library()?;
    let scope = library.scope(&args.nodes, None)?;
    let mut store = context.store()?;
    let size = library.paces(&store)?.askings(args.minutes);
    let sample = mock::sample(&library.collection, &scope, context.today(), size, context.seed.value);
    if sample.is_empty() {
        let is_there = library.collection.cards().any(|header| scope.holds(&library.collection, header));
        return Err(if is_there { Refusal::AllStale.into() } else { CommandError::NoCards });
    }
    let leaves: BTreeMap<_, _> = sample.iter().cloned().collect();
    let cards = sample.into_iter().map(|(card, _)| card).collect();
    let mut sitting = Sitting::new(&library, &mut store, Session::once(cards), Mode::Mock, context)?;
    sitting.most_ms = Some(args.minutes.saturating_mul(MS_A_MINUTE));
    let mut interview = Interview { sitting, leaves, noted: Vec::new() };
    if context.json {
        json::sit(&mut interview, context)?;
    } else {
        human::sit(&mut interview, context, args.minutes)?;
        human::look_back(&mut interview, context)?;
    }
    let outcome = outcome(&interview, &library, &scope);
    store.checkpoint()?;
    if context.json {
        return context.show_line(&report::json(&outcome));
    }
    let page = report::page(&outcome, &context.look());
    context.show_page(&page)
}

impl Interview<'_> {
    /// Judges a reply and records it.
    fn note(&mut self, asked: Asked, reply: Reply, said: String) -> Result<(), CommandError> {
        let today = self.sitting.today();
        let state = self.sitting.states.get(&asked.card.id);
        let recall = state.and_then(|state| state.memory).map_or(0.0, |memory| memory.recall(today));
        let predicted = mock::predicted(&asked.card, recall);
        let leaf = self.leaves.get(&asked.card.id).copied().unwrap_or(NodeIndex(0));
        let judged = self.sitting.answer(&asked, &reply, said)?;
        self.noted.push(Noted { asked, reply, judged, leaf, predicted });
        Ok(())
    }
}

impl Noted {
    fn is_right(&self) -> bool {
        self.judged.grade.is_pass()
    }
}

/// Whether only the learner can tell if the answer was right.
fn is_self_graded(kind: Kind) -> bool {
    match kind {
        Kind::Flashcard | Kind::Explain => true,
        Kind::Choice | Kind::Typed | Kind::Cloze | Kind::Order | Kind::TrueFalse => false,
    }
}

/// What came of it.
fn outcome(interview: &Interview<'_>, library: &Library, scope: &Scope) -> Outcome {
    let collection = &library.collection;
    let map = collection.map();
    let answered = |noted: &Noted| Answered {
        card: noted.asked.card.id.clone(),
        leaf: noted.leaf,
        predicted: noted.predicted,
        is_right: noted.is_right(),
    };
    let answered: Vec<Answered> = interview.noted.iter().map(answered).collect();
    let row = |branch: Branch| {
        let node = map.node(branch.node);
        Row { key: node.key.clone(), label: node.label.clone(), branch }
    };
    let surprise = |one: &Answered| Surprise {
        card: one.card.clone(),
        predicted: one.predicted,
        is_right: one.is_right,
    };
    let tops = tops(map, scope);
    let silent = |&leaf: &NodeIndex| collection.bound_to(leaf).is_empty();
    Outcome {
        total: mock::branches(map, &[map.root()], &answered).into_iter().next(),
        rows: mock::branches(map, &parts(map, &tops), &answered).into_iter().map(row).collect(),
        surprises: mock::surprises(&answered).into_iter().map(surprise).collect(),
        unasked: interview.sitting.session.left(),
        silent_leaves: tops.iter().flat_map(|&top| map.leaves_below(top)).filter(silent).count(),
    }
}

/// The nodes that the mock is about, none within another.
fn tops(map: &SkillMap, scope: &Scope) -> Vec<NodeIndex> {
    let named = if scope.nodes.is_empty() { vec![map.root()] } else { scope.nodes.clone() };
    let mut tops: Vec<NodeIndex> = Vec::new();
    for &node in &named {
        let is_inside = named.iter().any(|&other| other != node && map.is_within(node, other));
        if !is_inside && !tops.contains(&node) {
            tops.push(node);
        }
    }
    tops
}

/// Their parts, one level below; a leaf is its own.
fn parts(map: &SkillMap, tops: &[NodeIndex]) -> Vec<NodeIndex> {
    let below = |&top: &NodeIndex| {
        let children = map.node(top).children.clone();
        if children.is_empty() { vec![top] } else { children }
    };
    tops.iter().flat_map(below).collect()
}
