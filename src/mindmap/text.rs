//! Text with its place in a file: white space as Mermaid counts it, an excerpt that knows the way
//! back to the file's bytes, lines and columns.
//!
//! It knows nothing of mindmaps.

use std::ops::Range;

/// Whether JavaScript's `\s` holds the character: U+FEFF is in, U+0085 is out, unlike Rust's white space.
pub(super) fn is_space(character: char) -> bool {
    character == '\u{feff}' || (character != '\u{85}' && character.is_whitespace())
}

/// Whether a line ends at the character, as JavaScript's `.` sees it.
pub(super) fn ends_line(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

/// Whether JavaScript's `\w` holds the character.
pub(super) fn is_word(character: char) -> bool {
    character == '_' || character.is_ascii_alphanumeric()
}

/// Length in bytes of the white space a text begins with.
pub(super) fn leading_space(text: &str) -> usize {
    text.len() - text.trim_start_matches(is_space).len()
}

/// The part of a text in a range; empty where the range does not fit.
pub(super) fn part<'a>(text: &'a str, range: &Range<usize>) -> &'a str {
    text.get(range.clone()).unwrap_or("")
}

/// The last place at or before `at` where a character begins, or the text's end.
pub(super) fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A range without the white space at both of its ends.
pub(super) fn trimmed(text: &str, range: &Range<usize>) -> Range<usize> {
    let inner = part(text, range);
    let start = range.start + leading_space(inner);
    let end = range.start + inner.trim_end_matches(is_space).len();
    start..end.max(start)
}

/// Whether a text begins with a word, in any case of ASCII letters.
pub(super) fn begins_with(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
}

/// A text cut out of a file, with the way back: which byte of the file each of its bytes came from.
#[derive(Debug, Clone, Default)]
pub(super) struct Excerpt {
    text: String,
    spans: Vec<Span>,
}

/// From `at` on, the excerpt's bytes are the file's from `source` on.
#[derive(Debug, Clone, Copy)]
struct Span {
    at: usize,
    source: usize,
}

impl Excerpt {
    /// A stretch of a file that begins at the byte `source`.
    pub(super) fn of(text: &str, source: usize) -> Self {
        let mut whole = Self::default();
        whole.push(text, source);
        whole
    }

    /// The text itself.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Adds a stretch of the file, from the byte `source` on.
    pub(super) fn push(&mut self, text: &str, source: usize) {
        let at = self.text.len();
        if self.spans.last().is_none_or(|last| last.source + (at - last.at) != source) {
            self.spans.push(Span { at, source });
        }
        self.text.push_str(text);
    }

    /// The file's byte that the byte `at` came from.
    pub(super) fn source(&self, at: usize) -> usize {
        let after = self.spans.partition_point(|span| span.at <= at);
        self.spans.get(after.saturating_sub(1)).map_or(at, |span| span.source + at.saturating_sub(span.at))
    }

    /// The file's bytes that a range came from, with whatever was cut out in between.
    pub(super) fn source_range(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.source(range.start);
        if range.is_empty() {
            return start..start;
        }
        start..(self.source(range.end - 1) + 1).max(start)
    }

    /// The excerpt without some ranges, which must ascend and not overlap.
    pub(super) fn without(&self, cuts: &[Range<usize>]) -> Self {
        let mut kept = Self::default();
        let mut from = 0;
        for cut in cuts {
            kept.push_part(self, &(from..cut.start));
            from = cut.end;
        }
        kept.push_part(self, &(from..self.text.len()));
        kept
    }

    /// The excerpt without its first bytes.
    pub(super) fn from(&self, start: usize) -> Self {
        let mut rest = Self::default();
        rest.push_part(self, &(start..self.text.len()));
        rest
    }

    /// The same stretch with another text of the same length.
    pub(super) fn reworded(self, text: String) -> Self {
        debug_assert_eq!(text.len(), self.text.len(), "the way back would be lost");
        Self { text, spans: self.spans }
    }

    fn push_part(&mut self, other: &Self, range: &Range<usize>) {
        let first = other.spans.partition_point(|span| span.at <= range.start).saturating_sub(1);
        for (index, span) in other.spans.iter().enumerate().skip(first) {
            let end = other.spans.get(index + 1).map_or(other.text.len(), |next| next.at).min(range.end);
            let start = span.at.max(range.start);
            if start >= range.end {
                break;
            }
            if start < end {
                self.push(part(&other.text, &(start..end)), span.source + (start - span.at));
            }
        }
    }
}

/// The lines of a file: LF, CR LF and CR each end one.
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Finds the lines of a text.
    pub(super) fn of(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let ends = |at: &usize| {
            bytes.get(*at) == Some(&b'\n')
                || (bytes.get(*at) == Some(&b'\r') && bytes.get(at + 1) != Some(&b'\n'))
        };
        let starts = std::iter::once(0).chain((0..bytes.len()).filter(ends).map(|at| at + 1)).collect();
        Self { text, starts }
    }

    /// Line and column of a byte, both from 1, the column in characters; a byte-order mark has no column.
    pub(super) fn place(&self, byte: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|&start| start <= byte).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let before = self.text.get(start..byte.min(self.text.len())).unwrap_or("");
        let mark = usize::from(start == 0 && before.starts_with('\u{feff}'));
        (line, before.chars().count() - mark + 1)
    }

    /// Where the line of a byte begins.
    pub(super) fn start(&self, byte: usize) -> usize {
        let line = self.starts.partition_point(|&start| start <= byte).max(1);
        self.starts.get(line - 1).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Excerpt, Lines, is_space};

    #[test]
    fn white_space_is_javascripts() {
        assert!(is_space('\u{feff}') && is_space('\u{a0}') && is_space('\u{2028}') && is_space('\u{b}'));
        assert!(!is_space('\u{85}') && !is_space('\u{200b}') && !is_space('\u{180e}'));
    }

    #[test]
    fn an_excerpt_knows_the_way_back_over_several_cuts() {
        let whole = Excerpt::of("abcdefghij", 100);
        let less = whole.without(&[1..3, 5..6]).from(1);
        assert_eq!(less.text(), "deghij");
        assert_eq!([0, 1, 2, 5].map(|at| less.source(at)), [103, 104, 106, 109]);
        assert_eq!(less.source_range(&(1..3)), 104..107);
    }

    #[test]
    fn lines_and_columns_count_from_one_in_characters() {
        let lines = Lines::of("\u{feff}a\r\néx\rz");
        assert_eq!(lines.place(3), (1, 1));
        assert_eq!(lines.place(8), (2, 2));
        assert_eq!(lines.place(10), (3, 1));
    }
}
