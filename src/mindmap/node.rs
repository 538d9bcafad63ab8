//! A node as it stands in the text: its parts, its indentation, its parent.
//!
//! It does not know what the parts mean.

use std::ops::Range;

use super::lexer::Quote;
use super::text::part;
use crate::domain::skill_map::Shape;

/// The brackets of a node and what stands in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bracket {
    /// What opens.
    pub(super) open: Range<usize>,
    /// The text inside, without quotes.
    pub(super) text: Range<usize>,
    /// How the text is quoted.
    pub(super) quote: Quote,
    /// What closes.
    pub(super) close: Range<usize>,
}

impl Bracket {
    /// The outline that Mermaid draws.
    pub(super) fn shape(&self, code: &str) -> Shape {
        match (part(code, &self.open), part(code, &self.close)) {
            ("[", _) => Shape::Square,
            ("(", ")") => Shape::Rounded,
            ("(" | ")", _) => Shape::Cloud,
            ("((", _) => Shape::Circle,
            ("))", _) => Shape::Bang,
            ("{{", _) => Shape::Hexagon,
            (_, _) => Shape::Default,
        }
    }

    /// Whether what closes is the fellow of what opens.
    pub(super) fn is_matched(&self, code: &str) -> bool {
        let pairs = [
            ("[", "]"),
            ("(", ")"),
            ("((", "))"),
            (")", "("),
            ("))", "(("),
            ("{{", "}}"),
            ("(-", "-)"),
            ("-)", "(-"),
        ];
        pairs.contains(&(part(code, &self.open), part(code, &self.close)))
    }
}

/// What keeps Mermaid from reading a node whose meaning is plain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// Text after a finished shape.
    AfterBracket,
    /// A bracket inside brackets or after them.
    NestedBracket,
    /// A curly brace that opens nothing.
    LoneBrace,
    /// A bracket without its fellow.
    Unclosed,
    /// Brackets with nothing inside.
    EmptyBracket,
    /// Something else than the closing bracket after a quoted text.
    AfterQuote,
    /// A text that begins with the word `mindmap`.
    HeaderWord,
}

/// A node as it stands in the cleaned text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    /// Columns before it.
    pub(super) indent: usize,
    /// All of it, from the id to the closing bracket.
    pub(super) span: Range<usize>,
    /// The id, or the whole of a plain text.
    pub(super) id: Option<Range<usize>>,
    /// The brackets.
    pub(super) bracket: Option<Bracket>,
    /// What keeps Mermaid from reading it.
    pub(super) fault: Option<Fault>,
    /// What follows the shape on its line: classes and icons that Mermaid does not see there.
    pub(super) tail: Range<usize>,
    /// The name of its icon, as written.
    pub(super) icon: Option<Range<usize>>,
    /// The name of its class, as written.
    pub(super) class: Option<Range<usize>>,
    /// The node it hangs on.
    pub(super) parent: Option<usize>,
    /// Distance from the root.
    pub(super) depth: usize,
}

impl Written {
    /// A node that is all text.
    pub(super) fn plain(indent: usize, span: Range<usize>) -> Self {
        Self {
            indent,
            id: Some(span.clone()),
            bracket: None,
            fault: None,
            tail: span.end..span.end,
            span,
            icon: None,
            class: None,
            parent: None,
            depth: 0,
        }
    }
}

/// The nodes that may still get children, by indentation.
#[derive(Debug, Default)]
pub(super) struct Levels {
    open: Vec<(usize, usize)>,
    base: Option<usize>,
}

/// Where a node hangs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hang {
    /// It is the root.
    Root,
    /// Below the node with this number; `clear` unless the column is one that no open node is in.
    Below {
        /// The parent's number.
        parent: usize,
        /// Its distance from the root.
        depth: usize,
        /// Whether its column is that of the sibling before it, or it has none.
        clear: bool,
    },
    /// There is a root already, and this is not to its right.
    SecondRoot,
}

impl Levels {
    /// Hangs the node with a number by its indentation: below the nearest earlier one that is indented less.
    pub(super) fn hang(&mut self, number: usize, indent: usize) -> Hang {
        let Some(base) = self.base else {
            self.base = Some(indent);
            self.open.push((indent, number));
            return Hang::Root;
        };
        if indent <= base {
            return Hang::SecondRoot;
        }
        let mut clear = true;
        while self.open.last().is_some_and(|(column, _)| *column >= indent) {
            clear = self.open.pop().is_none_or(|(column, _)| column == indent);
        }
        let parent = self.open.last().map_or(0, |(_, number)| *number);
        let depth = self.open.len();
        self.open.push((indent, number));
        Hang::Below { parent, depth, clear }
    }
}

#[cfg(test)]
mod tests {
    use super::{Hang, Levels};

    #[test]
    fn after_an_unclear_dedent_the_old_column_hangs_on_the_stray_node() {
        let mut levels = Levels::default();
        assert_eq!(levels.hang(0, 4), Hang::Root);
        assert_eq!(levels.hang(1, 8), Hang::Below { parent: 0, depth: 1, clear: true });
        assert_eq!(levels.hang(2, 12), Hang::Below { parent: 1, depth: 2, clear: true });
        assert_eq!(levels.hang(3, 10), Hang::Below { parent: 1, depth: 2, clear: false });
        assert_eq!(levels.hang(4, 12), Hang::Below { parent: 3, depth: 3, clear: true });
        assert_eq!(levels.hang(5, 4), Hang::SecondRoot);
    }
}
