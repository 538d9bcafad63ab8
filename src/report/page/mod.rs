//! A page: lines of styled spans, by meaning, painted to a string for one look.
//!
//! It owns the styles, the look and the shape of a page. It does not know what the page is about, nor where it is shown.

mod clean;
mod layout;
mod paint;
mod parts;

pub use clean::clean;
pub use parts::{Side, bar, columns, padded, truncated};

/// What a stretch of text means; how that looks is decided when the page is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// Running text.
    Plain,
    /// What the eye should find first: a figure, a key.
    Strong,
    /// Emphasis within a sentence.
    Emphasis,
    /// Strong emphasis within a sentence.
    Stress,
    /// A sign that says in words or marks what a colour says: with colours on, it is left out.
    Mark,
    /// Beside the point: labels, units, hints.
    Dim,
    /// Well: right, solid, mastered.
    Good,
    /// Take care: due, fading, thin.
    Warn,
    /// Wrong, failed, an error.
    Bad,
    /// Part of the product's own voice: prompts, marks, numbers of options.
    Accent,
    /// Code.
    Code,
    /// A heading.
    Title,
}

/// Whether colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Colour {
    /// The sixteen named colours and bold, dim, italic, underline.
    On,
    /// No escape sequence at all.
    Off,
}

/// Which characters decorations and stand-ins are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Glyphs {
    /// Bullets, blocks and arrows.
    Unicode,
    /// ASCII for everything but the letters of the text itself.
    Ascii,
}

/// How a page is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Look {
    /// Columns of a row, 1..; 0 counts as 1.
    pub width: usize,
    /// Colours or none.
    pub colour: Colour,
    /// Unicode or ASCII decorations.
    pub glyphs: Glyphs,
}

impl Look {
    /// No colour, Unicode, `width` columns: for pipes and tests.
    #[must_use]
    pub fn plain(width: usize) -> Self {
        Self { width, colour: Colour::Off, glyphs: Glyphs::Unicode }
    }
}

/// A stretch of text of one style. The text may be hostile; painting makes it harmless.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// What it means.
    pub style: Style,
    /// The text; line feeds break the line.
    pub text: String,
}

impl Span {
    /// A span of that style.
    pub fn new(style: Style, text: impl Into<String>) -> Self {
        Self { style, text: text.into() }
    }

    /// A span of running text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::new(Style::Plain, text)
    }
}

/// What happens to a line that is wider than the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fit {
    /// It is broken at spaces, a long word anywhere.
    Wrap,
    /// It is broken at the edge, and each further row starts with a mark; for code.
    Fold,
    /// It ends in an ellipsis; for rows of a table.
    Cut,
}

/// One logical line; it may take several rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What stands before its first row.
    lead: Vec<Span>,
    /// What stands before each further row: the hanging indent.
    hang: Vec<Span>,
    /// The text.
    spans: Vec<Span>,
    /// What happens when it is too wide.
    fit: Fit,
}

impl Line {
    /// A line that wraps.
    #[must_use]
    pub fn new(spans: Vec<Span>) -> Self {
        Self { lead: Vec::new(), hang: Vec::new(), spans, fit: Fit::Wrap }
    }

    /// The same line with another fit.
    #[must_use]
    pub fn fitting(self, fit: Fit) -> Self {
        Self { fit, ..self }
    }

    /// The same line with `lead` before its first row, and as many blank columns before each further one.
    #[must_use]
    pub fn led_by(self, lead: Span) -> Self {
        let hang = Span::plain(" ".repeat(columns(&lead.text)));
        self.framed(vec![lead], vec![hang])
    }

    /// The same line with `lead` before its first row and `hang` before each further one.
    #[must_use]
    pub fn framed(self, lead: Vec<Span>, hang: Vec<Span>) -> Self {
        Self { lead, hang, ..self }
    }

    /// The same line with something more before what stands before its first row and before each further one.
    #[must_use]
    pub fn preceded(mut self, lead: &[Span], hang: &[Span]) -> Self {
        self.lead.splice(0..0, lead.iter().cloned());
        self.hang.splice(0..0, hang.iter().cloned());
        self
    }

    /// The same line, this many columns further to the right.
    #[must_use]
    pub fn indented(self, columns: usize) -> Self {
        let indent = [Span::plain(" ".repeat(columns))];
        self.preceded(&indent, &indent)
    }

    /// Its text, without what stands before it.
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }
}

/// A document for the terminal, independent of its width and colours.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    lines: Vec<Line>,
}

impl Page {
    /// An empty page.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether nothing stands on it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Its lines.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Adds a line.
    pub fn push(&mut self, line: Line) -> &mut Self {
        self.lines.push(line);
        self
    }

    /// Adds a line of these spans.
    pub fn line(&mut self, spans: Vec<Span>) -> &mut Self {
        self.push(Line::new(spans))
    }

    /// Adds a line of one style.
    pub fn text(&mut self, style: Style, text: impl Into<String>) -> &mut Self {
        self.line(vec![Span::new(style, text)])
    }

    /// Adds an empty line.
    pub fn blank(&mut self) -> &mut Self {
        self.line(Vec::new())
    }

    /// Adds rows of a key and a value: keys in one column, values in the next, wrapped under themselves.
    pub fn pairs(&mut self, pairs: Vec<(String, Vec<Span>)>) -> &mut Self {
        let widest = pairs.iter().map(|(key, _)| columns(key)).max().unwrap_or(0);
        for (key, value) in pairs {
            let key = format!("{}  ", padded(&key, widest, Side::Left));
            self.push(Line::new(value).led_by(Span::new(Style::Dim, key)));
        }
        self
    }

    /// Adds all lines of another page.
    pub fn append(&mut self, other: Self) -> &mut Self {
        self.lines.extend(other.lines);
        self
    }

    /// The same page, this many columns further to the right.
    #[must_use]
    pub fn indented(self, columns: usize) -> Self {
        Self { lines: self.lines.into_iter().map(|line| line.indented(columns)).collect() }
    }

    /// The page as text for that look; every row ends in a line feed.
    ///
    /// Whatever the spans hold, the text has no control character but the line feed and our own colour sequences.
    #[must_use]
    pub fn paint(&self, look: &Look) -> String {
        paint::paint(&self.lines, look)
    }
}
