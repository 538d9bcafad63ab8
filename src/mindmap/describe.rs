//! Looks over a map that is read, and says what is wrong with it or what Mermaid makes of it.
//!
//! It knows nothing of how a map is read.

use std::collections::BTreeMap;

use super::draft::Draft;
use super::findings::{Finding, Findings, NO_HEADER, NO_SLUG, SAME_KEY};
use super::lexer::Quote;
use super::meaning::{Meaning, Stray};
use super::node::{Fault, Written};
use super::quote::quoted;
use super::refusal::Cause;
use super::text::{Lines, is_space, part};
use super::{LONGEST_KEYS, mermaid_map};
use crate::domain::problem::Level;

/// The rules of warnings that do not say that Mermaid refuses the map.
const ONLY_DRAWN: [&str; 6] = [
    "mermaid-label",
    "trailing-comment",
    "ambiguous-bracket",
    "swallowed-lines",
    "mixed-indentation",
    "unclear-indentation",
];

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
        let hint = format!("give it an id: `{}`", quoted("name", label));
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
        let hint = format!("give one of them an id: `{}`", quoted(&format!("{slug}-2"), &meaning.label));
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
    let error = mermaid_map::error(&draft.verdict, &refusal, lines);
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
