//! What a collection asks of its cards beyond the format. It does not know where that is written.

use std::collections::BTreeSet;

/// What a collection's own settings ask of its cards; the default asks nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Policy {
    /// The hosts a source may lie on, each with all below it; `None` where any will do.
    pub source_hosts: Option<BTreeSet<String>>,
    /// Least and most cards of a leaf that has any; `None` where any number will do.
    pub cards_a_leaf: Option<(usize, usize)>,
    /// Acronyms that need no expansion.
    pub acronyms: BTreeSet<String>,
    /// Words that are spelt as they are meant, in lower case.
    pub words: BTreeSet<String>,
}
