//! `check --changed`: of what is wrong, only what stands on cards that were touched since a revision.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::Arc;

use super::Looked;
use super::revision::{self, Changes};
use crate::commands::CommandError;
use crate::deck_files::{self, Source};
use crate::domain::deck::Deck;
use crate::domain::problem::Problem;
use crate::domain::skill_map::SkillMap;
use crate::lint;
use crate::report::check::Extent;

/// The collection that is looked at.
pub(super) struct Whole<'a> {
    pub map: &'a SkillMap,
    /// The file of the map.
    pub map_file: &'a Arc<str>,
    pub decks: &'a [Deck],
    /// What is wrong with all of it.
    pub problems: Vec<Problem>,
}

/// Keeps what stands on cards that were touched since the revision, decks and map as a whole where they were.
pub(super) fn keep(whole: Whole<'_>, source: &Source, revision: &str) -> Result<Looked, CommandError> {
    let Source::Folder(root) = source else { return Err(CommandError::Embedded { verb: "compare" }) };
    let touched = Touched::new(root, &revision::changes(root, revision)?);
    let nodes = node_lines(&whole, &touched);
    let is_map = |problem: &Problem| problem.place.file == *whole.map_file;
    let counts = |problem: &Problem| {
        let of_node =
            is_map(problem) && lint::rule(problem.rule).is_some() && nodes.contains(&problem.place.line);
        of_node || touched.has(&problem.place.file, problem.place.line)
    };
    let mut problems = whole.problems;
    problems.retain(counts);
    let decks: Vec<&Deck> =
        whole.decks.iter().filter(|deck| touched.files.contains_key(&*deck.place.file)).collect();
    let cards = decks.iter().flat_map(|deck| &deck.cards).filter(|card| !card.is_derived());
    let cards = cards.filter(|card| touched.has(&card.place.file, card.place.line)).count();
    let extent = Extent { files: touched.files.len(), decks: decks.len(), cards };
    Ok(Looked { extent, problems })
}

/// What was touched: the files as problems name them.
struct Touched {
    files: BTreeMap<String, File>,
}

/// A touched file: the lines that changed, and those on which its cards start.
struct File {
    lines: Vec<RangeInclusive<usize>>,
    cards: Vec<usize>,
}

impl Touched {
    fn new(root: &Path, changes: &Changes) -> Self {
        let mut files = BTreeMap::new();
        for (below, lines) in &changes.files {
            let name = root.join(below).to_string_lossy().into_owned();
            let Some(text) = deck_files::shown_text(&name) else { continue };
            let is_deck = Path::new(below).extension().is_some_and(|ending| ending == "toml");
            let cards =
                if is_deck { deck_files::card_lines(&text, &Arc::from(name.as_str())) } else { Vec::new() };
            let is_read = is_deck || below.starts_with("skill-map.");
            files.extend(is_read.then(|| (name, File { lines: lines.clone(), cards })));
        }
        Self { files }
    }

    /// Whether a line belongs to what was touched: to a touched card, or to the rest of a touched file.
    fn has(&self, file: &str, line: usize) -> bool {
        let Some(file) = self.files.get(file) else { return false };
        let after = file.cards.partition_point(|start| *start <= line);
        let Some(start) = after.checked_sub(1).map(|at| file.cards[at]) else { return true };
        let end = file.cards.get(after).map_or(usize::MAX, |next| next - 1);
        file.lines.iter().any(|lines| *lines.start() <= end && *lines.end() >= start)
    }
}

/// The lines of the map at or above which a touched deck hangs: the statistics told there count it.
fn node_lines(whole: &Whole<'_>, touched: &Touched) -> BTreeSet<usize> {
    let decks = whole.decks.iter().filter(|deck| touched.files.contains_key(&*deck.place.file));
    let bound: Vec<_> = decks.filter_map(|deck| whole.map.find(&deck.node.as_ref()?.0).ok()).collect();
    let above = |index| bound.iter().any(|node| whole.map.is_within(*node, index));
    whole.map.indices().filter(|index| above(*index)).map(|index| whole.map.node(index).line).collect()
}
