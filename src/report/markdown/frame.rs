//! The blocks that stand around lines of Markdown, and what they put before each row.

use crate::report::page::{Span, Style, columns};

/// A row of a line.
#[derive(PartialEq, Eq, Clone, Copy)]
pub(super) enum Row {
    /// Its first.
    First,
    /// One after its first.
    Further,
}

/// A block that stands around lines and puts something before them.
pub(super) enum Frame {
    /// A quotation: a bar before every row.
    Quote,
    /// An item of a list: its marker stands before the first row only.
    Item {
        /// What it looks like, with the space after it.
        marker: String,
        /// Whether it was drawn already.
        shown: bool,
    },
}

impl Frame {
    /// What it puts before the next row.
    pub(super) fn prefix(&self, row: Row) -> Span {
        match self {
            Self::Quote => Span::new(Style::Dim, "│ "),
            Self::Item { marker, shown } if *shown || row == Row::Further => {
                Span::plain(" ".repeat(columns(marker)))
            }
            Self::Item { marker, .. } => Span::new(Style::Accent, marker.clone()),
        }
    }
}
