//! The problems of a map: what each is called, how it is told, what to do next.
//!
//! It knows nothing of how a map is read.

use std::collections::BTreeMap;

use super::draft::{Draft, has_header_in_capitals};
use super::lexer::Quote;
use super::meaning::{Meaning, Stray};
use super::node::{Fault, Written};
use super::recover::Loss;
use super::refusal::{Cause, Refusal};
use super::text::{Excerpt, Lines, is_space, part};
use super::{DEEPEST, LONGEST_KEYS, MOST_NODES};
use crate::domain::problem::Level;

/// The rule of a text that does not begin as a map must.
const NO_HEADER: &str = "no-header";

/// The rule of siblings with one key.
pub(super) const SAME_KEY: &str = "same-key";
/// The rule of a label that no key can be made of.
pub(super) const NO_SLUG: &str = "no-slug";

/// The rules of warnings that do not say that Mermaid refuses the map.
const ONLY_DRAWN: [&str; 6] = [
    "mermaid-label",
    "trailing-comment",
    "ambiguous-bracket",
    "swallowed-lines",
    "mixed-indentation",
    "unclear-indentation",
];

/// A problem at a byte of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) at: usize,
    pub(super) rule: &'static str,
    pub(super) level: Level,
    pub(super) message: String,
    pub(super) hint: String,
}

/// The problems found so far.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) list: Vec<Finding>,
}

impl Findings {
    /// Adds what makes the map unusable.
    pub(super) fn error(&mut self, at: usize, rule: &'static str, message: String, hint: String) {
        self.list.push(Finding { at, rule, level: Level::Error, message, hint });
    }

    /// Adds what the map can be read without.
    pub(super) fn warn(&mut self, at: usize, rule: &'static str, message: String, hint: String) {
        self.list.push(Finding { at, rule, level: Level::Warning, message, hint });
    }

    /// Whether the map is unusable.
    pub(super) fn any_error(&self) -> bool {
        self.list.iter().any(|finding| finding.level == Level::Error)
    }

    /// The text does not begin with `mindmap`.
    pub(super) fn no_header(&mut self, code: &Excerpt, refusal: Option<Refusal>) {
        let at = code.source(0);
        let cause = refusal.map_or(Cause::NoHeader, |refusal| refusal.cause);
        if has_header_in_capitals(code.text()) {
            let hint = "write `mindmap` in lower case, apart from what follows".to_owned();
            self.error(at, NO_HEADER, "the map must begin with the word `mindmap`".to_owned(), hint);
            return;
        }
        self.error(at, NO_HEADER, cause.message(), cause.hint());
    }

    /// What could not be recovered.
    pub(super) fn losses(&mut self, code: &Excerpt, losses: &[(Loss, usize)]) {
        for (loss, at) in losses {
            let at = code.source(*at);
            match loss {
                Loss::DecorationFirst => {
                    let cause = Cause::DecorationFirst;
                    self.error(at, "decoration-before-node", cause.message(), cause.hint());
                }
                Loss::UnclosedQuote => {
                    let hint = "end the label with `\"]` on its line; write a quote inside it as `#quot;`";
                    self.error(at, "unclosed-quote", "the quote is never closed".to_owned(), hint.to_owned());
                }
                Loss::TwoOnALine => {
                    let message =
                        "mermaid refuses the map: two classes or icons stand on one line".to_owned();
                    self.warn(at, "inline-class", message, "write it on a line of its own".to_owned());
                }
                Loss::TextAfterDecoration => {
                    let message = "the text after an icon on its line is left out".to_owned();
                    self.warn(at, "text-after-bracket", message, "write it on a line of its own".to_owned());
                }
            }
        }
    }

    /// A node in a column that no open node is in.
    pub(super) fn unclear(&mut self, at: usize, parent: &str) {
        let message = format!("the indentation fits no node above: it is read as a child of `{parent}`");
        self.warn(at, "unclear-indentation", message, "indent it exactly like its siblings".to_owned());
    }

    /// A node that is not to the right of the root.
    pub(super) fn second_root(&mut self, at: usize) {
        let message = "a map has one root, and this node is not indented more than it".to_owned();
        self.error(at, "second-root", message, Cause::SecondRoot.hint());
    }

    /// More nodes than are read, or deeper.
    pub(super) fn limits(&mut self, code: &Excerpt, nodes: &[Written]) {
        if let Some(node) = nodes.get(MOST_NODES) {
            let message = format!("the map has more than {MOST_NODES} nodes");
            self.error(code.source(node.span.start), "too-many-nodes", message, Cause::TooLong.hint());
        }
        if let Some(node) = nodes.iter().find(|node| node.depth > DEEPEST) {
            let message = format!("the node is more than {DEEPEST} levels below the root");
            let hint = "indent it less".to_owned();
            self.error(code.source(node.span.start), "too-deep", message, hint);
        }
    }
}

/// Adds all that is to be said about a map whose nodes are read.
pub(super) fn describe(draft: &mut Draft, lines: &Lines<'_>) {
    let mut findings = std::mem::take(&mut draft.findings);
    if draft.nodes.is_empty() && !findings.any_error() {
        let at = draft.code.source(0);
        findings.error(at, "no-nodes", "the map has no node".to_owned(), Cause::NoNodes.hint());
    }
    for (number, (node, meaning)) in draft.nodes.iter().zip(&draft.meanings).enumerate() {
        let told = Told { draft, number, at: draft.code.source(node.span.start), node, meaning };
        told.fault(&mut findings);
        told.label(&mut findings);
        told.inline(&mut findings);
        told.brackets(&mut findings);
        told.slug(&mut findings);
    }
    same_keys(draft, lines, &mut findings);
    mixed_indentation(draft, &mut findings);
    directive(draft, &mut findings);
    refusal(draft, lines, &mut findings);
    findings.list.sort_by(|left, right| left.at.cmp(&right.at).then_with(|| left.rule.cmp(right.rule)));
    draft.findings = findings;
}

/// One node, to be told about.
struct Told<'a> {
    draft: &'a Draft,
    number: usize,
    at: usize,
    node: &'a Written,
    meaning: &'a Meaning,
}

impl Told<'_> {
    fn quoting(&self) -> String {
        let quoted = self.draft.in_quotes(self.number);
        quoted
            .map_or_else(|| "give it an id and quote the label".to_owned(), |text| format!("write `{text}`"))
    }

    fn fault(&self, findings: &mut Findings) {
        let Some(fault) = self.node.fault else { return };
        let (rule, what) = match fault {
            Fault::AfterBracket => ("text-after-bracket", "text follows the closing bracket"),
            Fault::NestedBracket => ("nested-bracket", "a bracket stands inside or after another"),
            Fault::LoneBrace => ("lone-brace", "a curly brace stands alone"),
            Fault::Unclosed => ("unclosed-bracket", "a bracket has no fellow"),
            Fault::EmptyBracket => ("empty-bracket", "nothing stands between the brackets"),
            Fault::AfterQuote => {
                ("text-after-quote", "the quoted text is not followed by the closing bracket")
            }
            Fault::HeaderWord => ("header-word", "the label begins with the word `mindmap`"),
        };
        let message =
            format!("mermaid refuses the map: {what}; the label is read as `{}`", self.meaning.label);
        findings.warn(self.at, rule, message, self.quoting());
    }

    fn label(&self, findings: &mut Findings) {
        if self.meaning.agrees || !self.meaning.inline.is_empty() {
            return;
        }
        let Some(drawn) = &self.meaning.drawn else { return };
        let drawn = drawn.trim_matches(is_space);
        let message = format!("mermaid draws `{}` as `{drawn}`", self.meaning.label);
        findings.warn(self.at, "mermaid-label", message, self.quoting());
    }

    fn inline(&self, findings: &mut Findings) {
        let code = &self.draft.code;
        for inline in &self.meaning.inline {
            let text = part(code.text(), &inline.range);
            let (rule, what) = match inline.kind {
                Stray::Comment => ("trailing-comment", "a note on a node's line"),
                Stray::Class => ("inline-class", "a class on a node's line"),
                Stray::Icon => ("inline-icon", "an icon on a node's line"),
            };
            let message = format!("mermaid takes {what} for part of the label, or refuses it: `{text}`");
            let hint = format!("write `{text}` on a line of its own below the node");
            findings.warn(code.source(inline.range.start), rule, message, hint);
        }
    }

    fn brackets(&self, findings: &mut Findings) {
        let Some(bracket) = &self.node.bracket else { return };
        let code = self.draft.code.text();
        let whole = part(code, &self.node.span);
        if self.meaning.ambiguous {
            let (id, label) = (self.meaning.id.as_ref().map_or("", |id| part(code, id)), &self.meaning.label);
            let message =
                format!("`{whole}` is read as Mermaid reads it: the id `{id}` and the label `{label}`");
            let text =
                whole.replacen(part(code, &bracket.open), &format!(" {}", part(code, &bracket.open)), 1);
            let hint = format!("write `{text}` if all of it is the label, else give it an id of one word");
            findings.warn(self.at, "ambiguous-bracket", message, hint);
        }
        if bracket.quote == Quote::None && whole.contains('\n') && !bracket.is_matched(code) {
            let message = "a bracket without its fellow takes in the lines that follow".to_owned();
            findings.warn(
                self.at,
                "swallowed-lines",
                message,
                "close it on its line, or quote the label".to_owned(),
            );
        }
    }

    fn slug(&self, findings: &mut Findings) {
        if self.number == 0 || self.draft.slugs.get(self.number).is_none_or(|slug| !slug.is_empty()) {
            return;
        }
        let label = &self.meaning.label;
        let message = format!("`{label}` has no letter or digit to make a key of");
        let hint = format!("give it an id: `{}`", super::quote::quoted("name", label));
        findings.error(self.at, NO_SLUG, message, hint);
    }
}

/// Siblings whose keys are the same, and keys that are too long.
fn same_keys(draft: &Draft, lines: &Lines<'_>, findings: &mut Findings) {
    if draft.keys().is_none() {
        let message = format!("the keys of the nodes are longer than {LONGEST_KEYS} bytes together");
        findings.error(
            draft.code.source(0),
            "keys-too-long",
            message,
            "give long labels a short id".to_owned(),
        );
    }
    let mut seen: BTreeMap<(Option<usize>, &str), usize> = BTreeMap::new();
    for ((node, slug), meaning) in draft.nodes.iter().zip(&draft.slugs).zip(&draft.meanings) {
        let at = draft.code.source(node.span.start);
        if slug.is_empty() || node.parent.is_none() {
            continue;
        }
        let Some(first) = seen.insert((node.parent, slug), at) else { continue };
        let (first, second) = (lines.place(first).0, lines.place(at).0);
        let message = format!("the siblings on lines {first} and {second} have the same key, `{slug}`");
        let hint = format!(
            "give one of them an id: `{}`",
            super::quote::quoted(&format!("{slug}-2"), &meaning.label)
        );
        findings.error(at, SAME_KEY, message, hint);
    }
}

/// Tabs in one indentation and spaces in another.
fn mixed_indentation(draft: &Draft, findings: &mut Findings) {
    let code = draft.code.text();
    let (mut tabs, mut spaces) = (false, false);
    for node in &draft.nodes {
        let before = code.get(..node.span.start).unwrap_or("");
        for space in before.chars().rev().take_while(|space| is_space(*space) && *space != '\n') {
            tabs |= space == '\t';
            spaces |= space == ' ';
        }
        if tabs && spaces {
            let message = "the indentation mixes tabs and spaces, and a tab counts as one column".to_owned();
            let hint = "indent every line with spaces only".to_owned();
            findings.warn(draft.code.source(node.span.start), "mixed-indentation", message, hint);
            return;
        }
    }
}

/// A directive that takes all the rest.
fn directive(draft: &Draft, findings: &mut Findings) {
    if let Some(at) = draft.verdict.cleaned.open_directive {
        let message = "the directive is never closed: mermaid leaves out the rest of the map".to_owned();
        findings.warn(at, "unclosed-directive", message, "end it with `}%%`".to_owned());
    }
}

/// That Mermaid refuses the map, unless something on the line has said so.
fn refusal(draft: &Draft, lines: &Lines<'_>, findings: &mut Findings) {
    let Some(refusal) = draft.refusal else { return };
    let error = super::mermaid_map::error(&draft.verdict, &refusal, lines);
    let told = |finding: &Finding| {
        let here = lines.place(finding.at).0 == error.line;
        let apart = finding.level == Level::Warning && ONLY_DRAWN.contains(&finding.rule);
        finding.rule == NO_HEADER || (here && !apart)
    };
    if findings.list.iter().any(told) {
        return;
    }
    let rule = match refusal.cause {
        Cause::HeaderGap => "header-gap",
        Cause::CommentGap => "comment-gap",
        Cause::FrontMatterOpen | Cause::FrontMatterYaml => "front-matter",
        Cause::TooLong => "mermaid-size",
        _ => "mermaid-refuses",
    };
    let fault = draft.verdict.cleaned.front.as_ref().and_then(|front| front.fault);
    let at = fault.unwrap_or_else(|| draft.verdict.code.source(refusal.at));
    findings.warn(at, rule, format!("mermaid refuses the map: {}", error.message), error.hint);
}
