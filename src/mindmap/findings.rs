//! The problems that are met while a map is read: what each is called, how it is told, what to do next.
//!
//! It does not look for them.

use super::draft::has_header_in_capitals;
use super::node::Written;
use super::recover::Loss;
use super::refusal::{Cause, Refusal};
use super::text::Excerpt;
use super::{DEEPEST, MOST_NODES};
use crate::domain::problem::Level;

/// The rule of a text that does not begin as a map must.
pub(super) const NO_HEADER: &str = "no-header";

/// The rule of siblings with one key.
pub(super) const SAME_KEY: &str = "same-key";
/// The rule of a label that no key can be made of.
pub(super) const NO_SLUG: &str = "no-slug";

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
