//! Mends a map's text: labels that Mermaid would draw otherwise are quoted, what belongs on a line of its own
//! is moved there; every other byte stays.

use std::ops::Range;

use super::LONGEST_TEXT;
use super::draft::{Draft, draft};
use super::lexer::{HEADER, is_blank};
use super::markdown::{self, Page};
use super::meaning::{Meaning, Stray};
use super::reading::{Reading, read_file};
use super::text::{Excerpt, Lines, begins_with, is_space, part};
use crate::domain::problem::Problem;

/// Mends a map so that Mermaid draws its labels as we read them; the text as it is where nothing is to mend.
///
/// Keys stay as they are. A quoted label is drawn as a square. Blank lines, front matter and other things that
/// quoting cannot mend are left to the author.
///
/// # Errors
/// The problems of a map that cannot be read.
pub fn format(text: &str, file: &str) -> Result<String, Vec<Problem>> {
    let Reading { map: Some(_), .. } = read_file(text, file) else {
        return Err(read_file(text, file).problems);
    };
    debug_assert!(text.len() <= LONGEST_TEXT, "a longer text is not read");
    let lines = Lines::of(text);
    let draft = draft(&excerpt(text, file), &lines);
    let mender = Mender { text, lines: &lines, draft: &draft };
    let edits = (0..draft.nodes.len()).filter_map(|number| mender.edit(number));
    Ok(applied(text, edits))
}

/// The mindmap in a file's text.
pub(super) fn excerpt(text: &str, file: &str) -> Excerpt {
    if markdown::is_markdown(file) {
        Page::of(text).maps().next().map_or_else(Excerpt::default, |map| map.excerpt.clone())
    } else {
        Excerpt::of(text, 0)
    }
}

/// The text with some ranges replaced, which must ascend and not overlap.
pub(super) fn applied(text: &str, edits: impl Iterator<Item = (Range<usize>, String)>) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut from = 0;
    for (range, replacement) in edits {
        mended.push_str(part(text, &(from..range.start)));
        mended.push_str(&replacement);
        from = range.end;
    }
    mended.push_str(part(text, &(from..text.len())));
    mended
}

struct Mender<'a> {
    text: &'a str,
    lines: &'a Lines<'a>,
    draft: &'a Draft,
}

impl Mender<'_> {
    /// What is to be replaced for a node, and by what.
    fn edit(&self, number: usize) -> Option<(Range<usize>, String)> {
        let (node, meaning) = (self.draft.nodes.get(number)?, self.draft.meanings.get(number)?);
        let code = &self.draft.code;
        let stretch = self.stretch(&meaning.core);
        let written = part(self.text, &stretch);
        // A comment or a directive inside the node would be lost.
        let whole = part(code.text(), &meaning.core).matches("%%").count() == written.matches("%%").count();
        let quote = whole && (node.fault.is_some() || !meaning.agrees);
        let quoted = if quote { self.draft.in_quotes(number) } else { None };
        let moved = self.moved(meaning, stretch.end);
        if quoted.is_none() && moved.is_none() {
            return None;
        }
        let (end, further) = moved.unwrap_or((stretch.end, String::new()));
        Some((stretch.start..end, quoted.unwrap_or_else(|| written.to_owned()) + &further))
    }

    /// The file's bytes of a range, with a semicolon after it that Mermaid drops.
    fn stretch(&self, range: &Range<usize>) -> Range<usize> {
        let code = &self.draft.code;
        let stretch = code.source_range(range);
        let after = stretch.end..stretch.end + 1;
        let dropped = part(self.text, &after) == ";" && code.source(range.end) != stretch.end;
        stretch.start..if dropped { after.end } else { stretch.end }
    }

    /// The lines for what belongs on lines of its own, and the byte after it all.
    fn moved(&self, meaning: &Meaning, from: usize) -> Option<(usize, String)> {
        let code = &self.draft.code;
        let last = code.source_range(&meaning.inline.last()?.range).end;
        let prefix = self.prefix(meaning.core.start)?;
        let end = self.line_end(from);
        let mut lines = String::new();
        for inline in &meaning.inline {
            let text = part(code.text(), &inline.range);
            if inline.kind == Stray::Comment && is_blank(part(code.text(), &inline.name)) {
                continue;
            }
            lines.extend([end, &prefix, text]);
        }
        Some((last, lines))
    }

    /// What a line of its own below a node begins with: quote marks, indentation.
    fn prefix(&self, node: usize) -> Option<String> {
        let code = self.draft.code.text();
        let start = code.get(..node)?.rfind('\n').map_or(0, |end| end + 1);
        let byte = self.draft.code.source(start);
        let outside = part(self.text, &(self.lines.start(byte)..byte)).trim_start_matches('\u{feff}');
        let before = part(code, &(start..node));
        let inside = if begins_with(before.trim_start_matches(is_space), HEADER) { "" } else { before };
        let fits = |space: char| is_space(space) && space != '\u{2028}' && space != '\u{2029}';
        let clean = outside.chars().all(|part| fits(part) || part == '>') && inside.chars().all(fits);
        clean.then(|| format!("{outside}{inside}"))
    }

    /// How the line of a byte ends.
    fn line_end(&self, byte: usize) -> &'static str {
        let rest = self.text.get(byte..).unwrap_or("");
        match rest.find(['\r', '\n']).and_then(|end| rest.get(end..)) {
            Some(end) if end.starts_with("\r\n") => "\r\n",
            Some(end) if end.starts_with('\r') => "\r",
            _ => "\n",
        }
    }
}
