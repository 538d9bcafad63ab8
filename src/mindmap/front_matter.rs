//! Front matter: where it stands, whether its YAML is sound, and the title in it.
//!
//! It knows nothing of mindmaps. Source: `regexes.ts`, `frontmatter.ts` of Mermaid 11.17.

use std::ops::Range;

use super::clean::FrontRule;
use super::text::{Excerpt, is_space, leading_space, part};
use super::yaml;

/// The line that opens and closes front matter.
const FENCE: &str = "---";

/// Where front matter stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// The YAML between the fences.
    body: Range<usize>,
    /// The indentation of the fences.
    indent: Range<usize>,
    /// The byte after it.
    pub(super) end: usize,
}

/// What front matter says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FrontMatter {
    /// Its `title:`, unless empty.
    pub(super) title: Option<String>,
    /// The file's byte where its YAML goes wrong.
    pub(super) fault: Option<usize>,
}

impl FrontMatter {
    /// Reads front matter that was found in a text.
    pub(super) fn read(text: &Excerpt, found: &Found) -> Self {
        let indent = part(text.text(), &found.indent);
        let mut body = String::new();
        let mut starts = Vec::new();
        let mut at = found.body.start;
        for line in part(text.text(), &found.body).split_inclusive('\n') {
            let dedented = line.strip_prefix(indent).unwrap_or(line);
            starts.push((body.len(), at + (line.len() - dedented.len())));
            body.push_str(dedented);
            at += line.len();
        }
        let place = |fault: usize| {
            let line = starts.partition_point(|(start, _)| *start <= fault).saturating_sub(1);
            let (start, origin) = starts.get(line).copied().unwrap_or((0, found.body.start));
            text.source(origin + (fault - start.min(fault)))
        };
        match yaml::top_level(&body) {
            Ok(pairs) => {
                let title = pairs.into_iter().find(|(key, _)| key == "title").map(|(_, value)| value);
                Self { title: title.filter(|title| !title.is_empty()), fault: None }
            }
            Err(fault) => Self { title: None, fault: Some(place(fault)) },
        }
    }
}

/// Finds the front matter of a text whose line ends are LF.
pub(super) fn find(text: &str, rule: FrontRule) -> Option<Found> {
    let blank = |character: char| is_space(character) && character != '\n';
    if let Some(found) = as_mermaid(text, text.len() - text.trim_start_matches(blank).len()) {
        return Some(found);
    }
    (rule == FrontRule::Plain).then(|| plainly(text)).flatten()
}

/// `^([^\S\n]*)---\s*\n(.*?)\n\1---\s*\n+`
fn as_mermaid(text: &str, indent: usize) -> Option<Found> {
    let fence = indent + FENCE.len();
    if part(text, &(indent..fence)) != FENCE {
        return None;
    }
    let gap = leading_space(text.get(fence..)?);
    let line_end = fence + part(text, &(fence..fence + gap)).rfind('\n')?;
    let closing = |at: usize| closing_end(text, at, part(text, &(0..indent))).map(|end| (at, end));
    let later = text.get(line_end + 1..)?.match_indices('\n').find_map(|(at, _)| closing(line_end + 1 + at));
    let (start, (stop, end)) = match later {
        Some(found) => (line_end + 1, found),
        // Nothing but blank lines between the fences: the last line end belongs to the closing one.
        None => (fence + part(text, &(fence..line_end)).rfind('\n')? + 1, closing(line_end)?),
    };
    Some(Found { body: start..stop, indent: 0..indent, end })
}

/// The byte after a closing fence that follows the line end at `at`.
fn closing_end(text: &str, at: usize, indent: &str) -> Option<usize> {
    let rest = text.get(at + 1..)?.strip_prefix(indent)?.strip_prefix(FENCE)?;
    let gap = rest.get(..leading_space(rest))?;
    Some(text.len() - rest.len() + gap.rfind('\n')? + 1)
}

/// Front matter as anyone but Mermaid would see it.
fn plainly(text: &str) -> Option<Found> {
    let mut start = leading_space(text);
    let mut lines = text.get(start..)?.split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_matches(is_space) == FENCE)?;
    start += first.len();
    let mut at = start;
    for line in lines {
        if line.trim_matches(is_space) == FENCE {
            return Some(Found { body: start..at, indent: 0..0, end: at + line.len() });
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{FrontRule, find};

    #[test]
    fn one_line_must_lie_between_the_fences() {
        assert!(find("---\n---\nmindmap", FrontRule::Mermaid).is_none());
        assert_eq!(find("---\n\n---\nmindmap", FrontRule::Mermaid).map(|found| found.end), Some(9));
        assert_eq!(find("---\n---\nmindmap", FrontRule::Plain).map(|found| found.end), Some(8));
    }

    #[test]
    fn both_fences_are_indented_alike() {
        assert!(find("  ---\na: b\n---\nx", FrontRule::Mermaid).is_none());
        assert_eq!(find("  ---\na: b\n  ---\n\nx", FrontRule::Mermaid).map(|found| found.end), Some(18));
    }
}
