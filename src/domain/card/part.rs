//! A part of a card, named as its file names it. It does not know where it is written.

/// A field of a card, an item of it, a field of that item: `options`, `options[2]`, `options[2].why`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Part {
    /// The field; `None` is the card as a whole.
    pub key: Option<&'static str>,
    /// The item of its list, from 0.
    pub item: Option<usize>,
    /// The field of that item.
    pub field: Option<&'static str>,
}

impl Part {
    /// The card as a whole.
    pub const CARD: Self = Self { key: None, item: None, field: None };

    /// A field of the card.
    #[must_use]
    pub const fn key(key: &'static str) -> Self {
        Self { key: Some(key), item: None, field: None }
    }

    /// An item of this field's list, from 0.
    #[must_use]
    pub const fn item(self, item: usize) -> Self {
        Self { item: Some(item), ..self }
    }

    /// A field of this item.
    #[must_use]
    pub const fn field(self, field: &'static str) -> Self {
        Self { field: Some(field), ..self }
    }
}
