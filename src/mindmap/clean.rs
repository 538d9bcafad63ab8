//! What Mermaid does to a text before it looks for a diagram: line ends, tags, front matter,
//! directives, comment lines.
//!
//! It knows nothing of mindmaps. Source: `preprocess.ts`, `regexes.ts`, `comments.ts` of Mermaid 11.17.

use std::ops::Range;

use super::front_matter::{self, FrontMatter};
use super::text::{Excerpt, ends_line, is_space, is_word, leading_space, part};

/// What begins a directive.
const DIRECTIVE: &str = "%%{";
/// What ends one.
const DIRECTIVE_END: &str = "}%%";

/// How strictly front matter is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FrontRule {
    /// As Mermaid takes it.
    Mermaid,
    /// Also after a byte-order mark or white space, and when it is empty.
    Plain,
}

/// A text ready for the lexer, and the front matter that was cut off.
pub(super) struct Cleaned {
    /// The text, without what Mermaid removes.
    pub(super) code: Excerpt,
    /// The front matter.
    pub(super) front: Option<FrontMatter>,
    /// The file's byte where a directive begins that takes all the rest of the text.
    pub(super) open_directive: Option<usize>,
}

/// Cleans a text as Mermaid does, once.
pub(super) fn clean(raw: &Excerpt, rule: FrontRule) -> Cleaned {
    let text = single_quotes(line_feeds(raw));
    let (text, front) = match front_matter::find(text.text(), rule) {
        Some(found) => {
            let front = FrontMatter::read(&text, &found);
            (text.from(found.end), Some(front))
        }
        None => (text, None),
    };
    let cuts = directives(text.text());
    let last = cuts.last().filter(|cut| cut.end == text.text().len());
    let open = last.filter(|cut| !part(text.text(), cut).trim_end_matches(is_space).ends_with(DIRECTIVE_END));
    let open_directive = open.map(|cut| text.source(cut.start));
    let text = text.without(&cuts);
    let text = text.without(&comments(text.text()));
    let code = text.from(leading_space(text.text()));
    Cleaned { code, front, open_directive }
}

/// The text with LF for CR LF and CR.
fn line_feeds(raw: &Excerpt) -> Excerpt {
    let text = raw.text();
    if !text.contains('\r') {
        return raw.clone();
    }
    let cuts: Vec<_> = text.match_indices("\r\n").map(|(at, _)| at..at + 1).collect();
    let rest = raw.without(&cuts);
    let text = rest.text().replace('\r', "\n");
    rest.reworded(text)
}

/// The text with `='…'` for `="…"` in anything like a tag.
fn single_quotes(raw: Excerpt) -> Excerpt {
    let quotes = tag_quotes(raw.text());
    if quotes.is_empty() {
        return raw;
    }
    let mut next = quotes.into_iter().peekable();
    let swap = |(at, character)| if next.next_if_eq(&at).is_some() { '\'' } else { character };
    let text = raw.text().char_indices().map(swap).collect();
    raw.reworded(text)
}

/// Where the quotes to be swapped stand.
fn tag_quotes(text: &str) -> Vec<usize> {
    let mut quotes = Vec::new();
    let mut at = 0;
    while let Some(open) = text.get(at..).and_then(|rest| rest.find('<')).map(|found| at + found) {
        at = open + 1;
        if !text.get(at..).is_some_and(|rest| rest.starts_with(is_word)) {
            continue;
        }
        let Some(close) = text.get(at..).and_then(|rest| rest.find('>')).map(|found| at + found) else {
            break;
        };
        attribute_quotes(text, at..close, &mut quotes);
        at = close + 1;
    }
    quotes
}

fn attribute_quotes(text: &str, tag: Range<usize>, quotes: &mut Vec<usize>) {
    let mut at = tag.start;
    while let Some(open) = part(text, &(at..tag.end)).find("=\"").map(|found| at + found + 1) {
        let Some(close) = part(text, &(open + 1..tag.end)).find('"').map(|found| open + 1 + found) else {
            return;
        };
        quotes.extend([open, close]);
        at = close + 1;
    }
}

/// The directives of a text: without its end, one takes all the rest.
pub(super) fn directives(text: &str) -> Vec<Range<usize>> {
    let mut cuts = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find(DIRECTIVE)).map(|found| at + found) {
        at = start + DIRECTIVE.len();
        if let Some(end) = directive_end(text, at) {
            cuts.push(start..end);
            at = end;
        }
    }
    cuts
}

/// Where a directive ends whose `%%{` ends at `at`; `None` when no word follows.
fn directive_end(text: &str, at: usize) -> Option<usize> {
    let skip = |at: usize, fits: fn(char) -> bool| {
        text.get(at..).map_or(at, |rest| text.len() - rest.trim_start_matches(fits).len())
    };
    let word = skip(at, is_space);
    let after_word = skip(word, is_word);
    if word == after_word {
        return None;
    }
    let colon = skip(after_word, is_space);
    let content = skip(if part(text, &(colon..colon + 1)) == ":" { colon + 1 } else { after_word }, is_space);
    let mut end = skip(content, is_word);
    if end == content {
        let rest = text.get(content..).unwrap_or("");
        let stop = rest.find(DIRECTIVE_END).unwrap_or(rest.len());
        end = content + part(rest, &(0..stop)).find(['\u{2028}', '\u{2029}']).unwrap_or(stop);
    }
    let end = skip(end, is_space);
    Some(if text.get(end..).is_some_and(|rest| rest.starts_with(DIRECTIVE_END)) { end + 3 } else { end })
}

/// The comment lines of a text, each with all white space before it and its line end.
fn comments(text: &str) -> Vec<Range<usize>> {
    let mut cuts = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = text.get(at..).unwrap_or("");
        let space = leading_space(rest);
        let line = rest.get(space..).unwrap_or("");
        match comment_line(line) {
            Some(length) => {
                cuts.push(at..at + space + length);
                at += space + length;
            }
            None => at += space + line.find(ends_line).map_or(line.len(), |end| end + end_length(line, end)),
        }
    }
    cuts
}

fn end_length(line: &str, end: usize) -> usize {
    line.get(end..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
}

/// The length of a comment line that begins a text, with its line end; a bare `%%` is none.
fn comment_line(text: &str) -> Option<usize> {
    let note = text.strip_prefix("%%").filter(|note| !note.is_empty() && !note.starts_with(['{', '\n']))?;
    Some(note.find('\n').map_or(text.len(), |end| 2 + end + 1))
}

/// The semicolons that Mermaid drops: the last one on a line with `style…:…#…;` or `classDef…:…#…;`.
pub(super) fn dropped_semicolons(text: &str, word: &str) -> Vec<Range<usize>> {
    let mut cuts = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive(ends_line) {
        if let Some(last) = style_semicolon(line, word) {
            cuts.push(start + last..start + last + 1);
        }
        start += line.len();
    }
    cuts
}

fn style_semicolon(line: &str, word: &str) -> Option<usize> {
    let from = line.find(word)? + word.len();
    let mut colon = false;
    let mark = line.get(from..)?.char_indices().find(|(_, character)| {
        colon = (colon || *character == ':') && !is_space(*character);
        colon && *character == '#'
    })?;
    line.rfind(';').filter(|last| *last > from + mark.0)
}

#[cfg(test)]
mod tests {
    use super::{FrontRule, clean};
    use crate::mindmap::text::Excerpt;

    fn cleaned(text: &str) -> String {
        clean(&Excerpt::of(text, 0), FrontRule::Mermaid).code.text().to_owned()
    }

    #[test]
    fn comments_go_with_the_blank_lines_before_them() {
        assert_eq!(cleaned("mindmap\n\n  %% c\n  A\n%%\n B"), "mindmap\n  A\n%%\n B");
    }

    #[test]
    fn directives_go_wherever_they_stand_and_unclosed_ones_take_the_rest() {
        assert_eq!(cleaned("a%%{init: {\"x\": {}}}%%b%%{foo bar baz}%%c"), "abbaz}%%c");
        assert_eq!(cleaned("a\n%%{x}\nb"), "a\n");
        assert_eq!(cleaned("%%{}%%\na"), "%%{}%%\na");
    }

    #[test]
    fn quotes_in_tags_become_single() {
        assert_eq!(cleaned("<a b=\"c\" d=\"e> <f =\"g\""), "<a b='c' d=\"e> <f =\"g\"");
    }
}
