//! As much YAML as front matter needs: is it sound, and what are its top-level scalars.
//!
//! Block mappings, block sequences, plain, quoted, block and flow values are followed; what a
//! value means beyond its text (numbers, anchors, tags) is not asked.

use std::collections::BTreeSet;

use super::lexer::is_blank;
use super::yaml_value::{Value, anchors, key_end, value};

/// Whether a block is a mapping or a sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Mapping,
    Sequence,
}

/// A block that is open, the column of its entries and the keys it has.
struct Block {
    column: usize,
    kind: Kind,
    keys: BTreeSet<String>,
}

/// What the line before allows on the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Nothing was written yet.
    Nothing,
    /// A key or a dash without a value: a deeper block or scalar may follow.
    Wanting,
    /// A plain text of an entry in this column: deeper lines go on with it.
    Plain(usize),
    /// A finished value.
    Done,
}

struct Reader<'a> {
    body: &'a str,
    blocks: Vec<Block>,
    before: Before,
    pairs: Vec<(String, String)>,
    anchors: BTreeSet<&'a str>,
}

/// The scalars of the top-level mapping, in order, without quotes; a null, false or zero is empty.
///
/// # Errors
/// The byte where the YAML goes wrong.
pub(super) fn top_level(body: &str) -> Result<Vec<(String, String)>, usize> {
    let mut reader = Reader {
        body,
        blocks: Vec::new(),
        before: Before::Nothing,
        pairs: Vec::new(),
        anchors: anchors(body),
    };
    let mut at = 0;
    let over = |at: usize| body.get(at..).and_then(|rest| rest.strip_prefix("...")).is_some_and(is_blank);
    while at < body.len() && !over(at) {
        at = reader.line(at)?;
    }
    Ok(reader.pairs)
}

impl Reader<'_> {
    /// Reads what begins on the line at `at`; gives the byte after the last line it took.
    fn line(&mut self, at: usize) -> Result<usize, usize> {
        let rest = self.body.get(at..).unwrap_or("");
        let line = rest.split('\n').next().unwrap_or("");
        let next = at + line.len() + 1;
        let content = line.trim_start_matches(' ');
        let column = line.len() - content.len();
        if content.trim().is_empty() || content.starts_with('#') {
            return Ok(next);
        }
        if content.starts_with('\t') || (column == 0 && content.starts_with('%')) {
            return Err(at + column);
        }
        if let Before::Plain(base) = self.before
            && (column > base || self.blocks.is_empty())
        {
            return self.go_on(content, at + column).map(|()| next);
        }
        self.entry(at, at + column)
    }

    /// A further line of a plain text.
    fn go_on(&mut self, content: &str, at: usize) -> Result<(), usize> {
        let colon = key_end(content).or(content.find(": "));
        if let Some(end) = colon {
            return Err(at + end);
        }
        if let (Some((_, text)), 1) = (self.pairs.last_mut(), self.blocks.len()) {
            text.push(' ');
            text.push_str(content.trim_end());
        }
        Ok(())
    }

    /// An entry whose line begins at `line` and whose text begins at `at`.
    fn entry(&mut self, line: usize, mut at: usize) -> Result<usize, usize> {
        loop {
            let rest = self.body.get(at..).unwrap_or("").split('\n').next().unwrap_or("");
            let dash =
                rest.strip_prefix('-').filter(|after| after.is_empty() || after.starts_with([' ', '\t']));
            let Some(after) = dash else {
                return self.pair_or_scalar(line, at, rest);
            };
            self.open(at - line, Kind::Sequence).ok_or(at)?;
            self.before = Before::Wanting;
            let gap = after.len() - after.trim_start().len();
            if after.trim().is_empty() || after.trim_start().starts_with('#') {
                return Ok(at + rest.len() + 1);
            }
            at += 1 + gap;
        }
    }

    fn pair_or_scalar(&mut self, line: usize, at: usize, rest: &str) -> Result<usize, usize> {
        let column = at - line;
        let Some(end) = key_end(rest) else {
            let deeper = self.blocks.last().is_none_or(|block| column > block.column);
            if !matches!(self.before, Before::Nothing | Before::Wanting) || !deeper {
                return Err(at);
            }
            let base = self.blocks.last().map_or(0, |block| block.column);
            return self.take(None, at, base);
        };
        if end == 0 {
            return Err(at);
        }
        self.open(column, Kind::Mapping).ok_or(at)?;
        let key = rest.get(..end).unwrap_or("").trim().trim_matches(['"', '\'']).to_owned();
        let fresh = self.blocks.last_mut().is_some_and(|block| block.keys.insert(key.clone()));
        if !fresh {
            return Err(at);
        }
        self.take(Some(key), at + end + 1, column)
    }

    /// Takes the value at `at` of an entry in a column.
    fn take(&mut self, key: Option<String>, at: usize, column: usize) -> Result<usize, usize> {
        let (found, next) = value(self.body, at, column, &self.anchors)?;
        let (before, text) = match found {
            Value::None => (Before::Wanting, String::new()),
            Value::Plain(text) => (Before::Plain(column), text),
            Value::Done(text) => (Before::Done, text),
        };
        self.before = before;
        if let (Some(key), 1) = (key, self.blocks.len()) {
            self.pairs.push((key, text));
        }
        Ok(next)
    }

    /// Enters or opens the block of an entry in a column; `None` where none may begin.
    fn open(&mut self, column: usize, kind: Kind) -> Option<()> {
        let wanting = matches!(self.before, Before::Nothing | Before::Wanting);
        let mut closed = false;
        while let Some(block) = self.blocks.last() {
            let level = block.column.cmp(&column);
            let under_its_key = kind == Kind::Sequence && block.kind == Kind::Mapping && wanting && !closed;
            if level.is_lt() || (level.is_eq() && under_its_key) {
                break;
            }
            if level.is_eq() && block.kind == kind {
                return Some(());
            }
            self.blocks.pop();
            closed = true;
        }
        if closed || !wanting {
            return None;
        }
        self.blocks.push(Block { column, kind, keys: BTreeSet::new() });
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::top_level;

    #[test]
    fn sound_front_matter_gives_its_scalars() {
        let body = "# c\ntitle: \"A: b \\u00e9\" # c\nconfig:\n  theme: dark\n  list: [a, {b: c},\n    d]\n\
                    items:\n- a\n- b: c\n  d: e\nlast: it's\n  long\nblock: |\n  x: y: z\nnone: ~\n";
        let pairs = top_level(body).expect("sound");
        let title = pairs.iter().find(|(key, _)| key == "title").map(|(_, value)| value.as_str());
        assert_eq!(title, Some("A: b é"));
        assert!(pairs.contains(&("last".to_owned(), "it's long".to_owned())));
        assert!(pairs.contains(&("none".to_owned(), String::new())));
    }

    #[test]
    fn unsound_front_matter_is_refused_at_its_place() {
        let cases: &[(&str, usize)] = &[
            ("\ttitle: x", 0),
            ("title: \"x", 7),
            ("title: [a, b", 7),
            ("a: b: c", 4),
            ("a: 1\n  b: 2", 8),
            ("a: 1\nb", 5),
            ("a: 1\na: 2", 5),
            ("a: @b", 3),
            ("a:\n    b: 1\n  c: 2", 14),
            ("a: \"b\" c", 7),
        ];
        for (body, at) in cases {
            assert_eq!(top_level(body), Err(*at), "{body:?}");
        }
    }
}
