//! From a map's text to a skill map, its problems and Mermaid's verdict.

use std::sync::Arc;

use super::draft::{Draft, draft, within_limits};
use super::findings::{Finding, NO_SLUG, SAME_KEY};
use super::label::meant;
use super::markdown::{self, Page};
use super::meaning::Stray;
use super::refusal::MermaidError;
use super::text::{Excerpt, Lines, part};
use super::{LONGEST_TEXT, importance, mermaid_map};
use crate::domain::problem::{Level, Place, Problem};
use crate::domain::skill_map::{MermaidReading, Node, NodeIndex, NodeKey, SkillMap};

/// What came of reading a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The map; `None` where a problem is an error.
    pub map: Option<SkillMap>,
    /// The tree where only its keys stand against the map: to be shown, never to be learned from, for two of
    /// its nodes may have one key, and a key may be empty.
    pub sketch: Option<SkillMap>,
    /// Whether Mermaid draws the map.
    pub mermaid_ok: bool,
    /// Why Mermaid refuses it, and where in the file.
    pub mermaid_error: Option<MermaidError>,
    /// Every problem, in the order of the file.
    pub problems: Vec<Problem>,
}

/// Reads a map from a file's text: Markdown where the name ends in `.md` or `.markdown`, else a bare mindmap.
#[must_use]
pub fn read_file(text: &str, file: &str) -> Reading {
    if markdown::is_markdown(file) { read_markdown(text, file) } else { read(text, file) }
}

/// Reads a bare mindmap text; `file` is the name that the problems carry.
#[must_use]
pub fn read(text: &str, file: &str) -> Reading {
    if text.len() > LONGEST_TEXT {
        return too_large(file);
    }
    let lines = Lines::of(text);
    finish(&draft(&Excerpt::of(text, 0), &lines), &lines, file, None)
}

/// Reads the first `mermaid` fence of a Markdown text that holds a mindmap; problems have lines of the file.
#[must_use]
pub fn read_markdown(text: &str, file: &str) -> Reading {
    if text.len() > LONGEST_TEXT {
        return too_large(file);
    }
    let lines = Lines::of(text);
    let page = Page::of(text);
    let Some(map) = page.maps().next() else {
        let at = page.fences.first().map_or(0, |fence| fence.at);
        return refused(&lines, file, &no_fence(at));
    };
    let draft = draft(&map.excerpt, &lines);
    let mut reading = finish(&draft, &lines, file, page.title_before(map.at));
    if let Some(second) = page.maps().nth(1) {
        let finding = Finding {
            at: second.at,
            rule: "second-mindmap",
            level: Level::Warning,
            message: "only the first mindmap of a file is read".to_owned(),
            hint: "move it to a file of its own, or join the two".to_owned(),
        };
        reading.problems.push(problem(&finding, &lines, &Arc::from(file)));
    }
    reading
}

fn no_fence(at: usize) -> Finding {
    Finding {
        at,
        rule: "no-mindmap",
        level: Level::Error,
        message: "no ```mermaid fence holds a mindmap".to_owned(),
        hint: "write the map between a line ```mermaid and a line ```, beginning with the word `mindmap`"
            .to_owned(),
    }
}

fn too_large(file: &str) -> Reading {
    let finding = Finding {
        at: 0,
        rule: "too-large",
        level: Level::Error,
        message: format!("the text is longer than {LONGEST_TEXT} bytes"),
        hint: "split the map".to_owned(),
    };
    refused(&Lines::of(""), file, &finding)
}

fn refused(lines: &Lines<'_>, file: &str, finding: &Finding) -> Reading {
    let problems = vec![problem(finding, lines, &Arc::from(file))];
    Reading { map: None, sketch: None, mermaid_ok: false, mermaid_error: None, problems }
}

fn problem(finding: &Finding, lines: &Lines<'_>, file: &Arc<str>) -> Problem {
    let (line, column) = lines.place(finding.at);
    let place = Place { file: Arc::clone(file), line, column };
    let (message, hint) = (finding.message.clone(), finding.hint.clone());
    Problem { place, rule: finding.rule, level: finding.level, message, hint }
}

/// Makes the map of a draft, unless an error stands against it.
fn finish(draft: &Draft, lines: &Lines<'_>, file: &str, heading: Option<&str>) -> Reading {
    let file: Arc<str> = Arc::from(file);
    let problems = draft.findings.list.iter().map(|finding| problem(finding, lines, &file)).collect();
    let mermaid_error = draft.refusal.map(|refusal| mermaid_map::error(&draft.verdict, &refusal, lines));
    let errors = draft.findings.list.iter().filter(|finding| finding.level == Level::Error);
    let (mut clean, mut sound) = (true, within_limits(&draft.nodes));
    for error in errors {
        clean = false;
        sound &= [SAME_KEY, NO_SLUG].contains(&error.rule);
    }
    let map = if sound { skill_map(draft, lines, heading) } else { None };
    let (map, sketch) = if clean { (map, None) } else { (None, map) };
    Reading { map, sketch, mermaid_ok: mermaid_error.is_none(), mermaid_error, problems }
}

fn skill_map(draft: &Draft, lines: &Lines<'_>, heading: Option<&str>) -> Option<SkillMap> {
    let keys = draft.keys()?;
    let mut nodes: Vec<Node> =
        keys.into_iter().enumerate().filter_map(|(number, key)| node(draft, number, key, lines)).collect();
    for number in 1..nodes.len() {
        let parent = nodes.get(number).and_then(|node| node.parent);
        if let Some(parent) = parent.and_then(|parent| nodes.get_mut(parent.0)) {
            parent.children.push(NodeIndex(number));
        }
    }
    let root = nodes.first().map(|root| root.label.clone());
    let title = draft.title.clone().or_else(|| heading.map(str::to_owned)).or(root)?;
    SkillMap::new(title, nodes)
}

fn node(draft: &Draft, number: usize, key: String, lines: &Lines<'_>) -> Option<Node> {
    let (written, meaning) = (draft.nodes.get(number)?, draft.meanings.get(number)?);
    let code = draft.code.text();
    let text = |range: &Option<_>| range.as_ref().map(|range| meant(part(code, range)));
    let inline = |kind| {
        let last = meaning.inline.iter().rev().find(|inline| inline.kind == kind);
        last.map(|inline| meant(part(code, &inline.name)))
    };
    let drawn = draft.refusal.is_none().then(|| mermaid_map::as_drawn(&draft.code, written, lines));
    Some(Node {
        key: NodeKey(key),
        importance: importance::importance(&meaning.label),
        label: meaning.label.clone(),
        id: text(&meaning.id),
        shape: meaning.shape,
        mermaid: drawn.map(|node| MermaidReading { id: node.id, label: node.label, shape: node.shape }),
        icon: text(&written.icon).or_else(|| inline(Stray::Icon)),
        class: text(&written.class).or_else(|| inline(Stray::Class)),
        line: lines.place(draft.code.source(written.span.start)).0,
        depth: written.depth,
        parent: written.parent.map(NodeIndex),
        children: Vec::new(),
    })
}
