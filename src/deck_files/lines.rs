//! Byte offsets to lines and columns. It knows nothing but text.

/// Bytes between two counts of characters: a place costs at most so many bytes of counting, however
/// long the line, and the counts take a thirty-second of the text.
const BLOCK: usize = 256;

/// Where the lines of a text start and how many characters precede each block of it.
pub(super) struct Lines<'t> {
    text: &'t [u8],
    starts: Vec<usize>,
    /// Empty where every character is a byte.
    counts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// Looks through `text` once.
    pub(super) fn new(text: &'t str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let blocks = if text.is_ascii() { &[] } else { text.as_bytes() };
        let counts = blocks.chunks(BLOCK).scan(0, |before, block| {
            let count = *before;
            *before += characters(block);
            Some(count)
        });
        Self { text: text.as_bytes(), starts, counts: counts.collect() }
    }

    /// Line and column (in characters) of a byte, both from 1; an offset past the end means the end.
    pub(super) fn locate(&self, offset: usize) -> (usize, usize) {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        (line, self.before(offset).saturating_sub(self.before(start)) + 1)
    }

    /// The byte at which a line starts, from 1; `None` where there is no such line.
    pub(super) fn start(&self, line: usize) -> Option<usize> {
        self.starts.get(line.checked_sub(1)?).copied()
    }

    /// How many characters start before a byte.
    fn before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        match self.counts.get(block) {
            Some(count) => count + self.text.get(block * BLOCK..offset).map_or(0, characters),
            None => self.counts.last().map_or(offset, |count| {
                count + self.text.get((self.counts.len() - 1) * BLOCK..).map_or(0, characters)
            }),
        }
    }
}

/// How many characters of UTF-8 start in these bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0b1100_0000) != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Lines};

    #[test]
    fn columns_count_characters_not_bytes() {
        let lines = Lines::new("é = 1\r\nüb = 2\n");
        assert_eq!(lines.locate(0), (1, 1));
        assert_eq!(lines.locate("é =".len()), (1, 4));
        assert_eq!(lines.locate("é = 1\r\nü".len()), (2, 2));
        assert_eq!(lines.locate("é = 1\r\nüb = 2\n".len()), (3, 1));
        assert_eq!(lines.locate(usize::MAX), (3, 1));
        assert_eq!(Lines::new("").locate(7), (1, 1));
    }

    #[test]
    fn every_place_is_that_of_a_plain_count() {
        for text in ["ä".repeat(3 * BLOCK), "añ\nb€".repeat(BLOCK), "x".repeat(BLOCK)] {
            let lines = Lines::new(&text);
            for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let before = &text[..offset];
                let line = before.matches('\n').count() + 1;
                let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
                assert_eq!(lines.locate(offset), (line, column));
            }
        }
    }
}
