//! A map as far as it can be read: nodes with their meaning, slugs and keys, and every problem found.
//!
//! It knows nothing of Markdown.

use super::clean::{Cleaned, FrontRule, clean};
use super::describe::describe;
use super::findings::Findings;
use super::label::meant;
use super::lexer::{HEADER, begins_with_header};
use super::meaning::{Meaning, meaning};
use super::mermaid::{Verdict, for_the_lexer, judge};
use super::node::{Hang, Levels, Written};
use super::quote::quoted;
use super::recover::{header_end, recover};
use super::refusal::{Cause, Refusal};
use super::text::{Excerpt, Lines, begins_with, leading_space, part};
use super::{DEEPEST, LONGEST_KEYS, MOST_NODES};
use crate::domain::slug;

/// A map as far as it could be read.
pub(super) struct Draft {
    /// The text that all ranges are in.
    pub(super) code: Excerpt,
    /// The nodes, in order, hung on their parents.
    pub(super) nodes: Vec<Written>,
    /// What each of them means.
    pub(super) meanings: Vec<Meaning>,
    /// The slug of each of them.
    pub(super) slugs: Vec<String>,
    /// The title in the front matter.
    pub(super) title: Option<String>,
    /// Why Mermaid refuses the map.
    pub(super) refusal: Option<Refusal>,
    /// Mermaid's reading, with which the refusal is told.
    pub(super) verdict: Verdict,
    /// The problems.
    pub(super) findings: Findings,
}

/// Reads a text as far as it can be read.
pub(super) fn draft(raw: &Excerpt, lines: &Lines<'_>) -> Draft {
    let mut verdict = judge(raw);
    let refusal = verdict.refusal();
    let outside = matches!(
        verdict.objection.map(|objection| objection.cause),
        None | Some(Cause::FrontMatterYaml | Cause::TooLong)
    );
    let mut findings = Findings::default();
    let (code, nodes, title) = match std::mem::replace(&mut verdict.nodes, Ok(Vec::new())) {
        Ok(nodes) if outside => (verdict.code.clone(), nodes, title(&verdict.cleaned)),
        Ok(_) | Err(_) => recovered(raw, &verdict, refusal, &mut findings),
    };
    let mut nodes = nodes;
    nodes.truncate(MOST_NODES + 1);
    let mut draft = Draft {
        meanings: nodes.iter().map(|node| meaning(code.text(), node)).collect(),
        code,
        nodes,
        slugs: Vec::new(),
        title,
        refusal,
        verdict,
        findings,
    };
    draft.hang();
    draft.name();
    describe(&mut draft, lines);
    draft
}

fn title(cleaned: &Cleaned) -> Option<String> {
    cleaned.front.as_ref().and_then(|front| front.title.clone())
}

/// Our own reading of what Mermaid refuses.
fn recovered(
    raw: &Excerpt,
    verdict: &Verdict,
    refusal: Option<Refusal>,
    findings: &mut Findings,
) -> (Excerpt, Vec<Written>, Option<String>) {
    let plain = clean(raw, FrontRule::Plain);
    let code = for_the_lexer(&plain.code, raw);
    let title = title(&plain).or_else(|| title(&verdict.cleaned));
    let Some(header) = header_end(code.text()) else {
        findings.no_header(&code, refusal);
        return (code, Vec::new(), title);
    };
    let recovered = recover(code.text(), header, MOST_NODES);
    findings.losses(&code, &recovered.losses);
    (code, recovered.nodes, title)
}

impl Draft {
    /// Hangs every node on its parent.
    fn hang(&mut self) {
        let mut levels = Levels::default();
        for (number, node) in self.nodes.iter_mut().enumerate() {
            let at = self.code.source(node.span.start);
            match levels.hang(number, node.indent) {
                Hang::Root => {}
                Hang::Below { parent, depth, clear } => {
                    (node.parent, node.depth) = (Some(parent), depth);
                    if !clear {
                        let parent = self.meanings.get(parent).map_or("", |parent| parent.label.as_str());
                        self.findings.unclear(at, parent);
                    }
                }
                Hang::SecondRoot => {
                    (node.parent, node.depth) = (Some(0), 1);
                    self.findings.second_root(at);
                }
            }
        }
        self.findings.limits(&self.code, &self.nodes);
    }

    /// Gives every node its slug.
    fn name(&mut self) {
        let code = self.code.text();
        let slug_of = |meaning: &Meaning| {
            let id = meaning.id.as_ref().map(|id| meant(part(code, id)));
            slug::slug(id.as_deref(), &meaning.label)
        };
        self.slugs = self.meanings.iter().map(slug_of).collect();
    }

    /// The keys of the nodes; `None` where they would take too much memory.
    pub(super) fn keys(&self) -> Option<Vec<String>> {
        let mut keys: Vec<String> = Vec::with_capacity(self.nodes.len());
        let mut length = 0;
        for (node, slug) in self.nodes.iter().zip(&self.slugs) {
            let above = node.parent.filter(|parent| *parent > 0).and_then(|parent| keys.get(parent));
            length += above.map_or(0, String::len) + slug.len() + 1;
            if length > LONGEST_KEYS {
                return None;
            }
            let key = match (node.parent, above) {
                (None, _) => ".".to_owned(),
                (Some(_), None) => slug.clone(),
                (Some(_), Some(above)) => format!("{above}/{slug}"),
            };
            keys.push(key);
        }
        Some(keys)
    }

    /// The node in quotes, such that its key stays and Mermaid draws its label; `None` where that cannot be.
    pub(super) fn in_quotes(&self, number: usize) -> Option<String> {
        let (meaning, wanted) = (self.meanings.get(number)?, self.slugs.get(number)?);
        let written = meaning.id.as_ref().map(|id| part(self.code.text(), id).to_owned());
        let id = match written {
            Some(id) => id,
            None if wanted.is_empty() => "root".to_owned(),
            None if begins_with_header(wanted) => format!("_{wanted}"),
            None => wanted.clone(),
        };
        let stays = number == 0 || slug::slug(Some(&meant(&id)), &meaning.label) == *wanted;
        stays.then(|| quoted(&id, &meaning.label))
    }
}

/// Whether a text would be a mindmap but for the case of its first word.
pub(super) fn has_header_in_capitals(code: &str) -> bool {
    begins_with(code.get(leading_space(code)..).unwrap_or(""), HEADER)
}

/// The depth and number of nodes that are still read.
pub(super) fn within_limits(nodes: &[Written]) -> bool {
    nodes.len() <= MOST_NODES && nodes.iter().all(|node| node.depth <= DEEPEST)
}
