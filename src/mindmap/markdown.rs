//! Markdown around a map: the fences that Mermaid would be given, the headings, the page's front matter.
//!
//! It knows nothing of mindmaps beyond where one begins. Source: CommonMark 0.31.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::clean::{FrontRule, clean};
use super::front_matter::{self, FrontMatter};
use super::recover::header_end;
use super::text::{Excerpt, Lines};

/// The first word of a fence's info string that names Mermaid; case counts.
const INFO: &str = "mermaid";
/// Byte-order mark, which would hide a fence on the first line.
const MARK: char = '\u{feff}';

/// A `mermaid` fence of a Markdown text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fence {
    /// The line it begins on, from 1.
    pub line: usize,
    /// Its info string.
    pub info: String,
    /// What stands in it.
    pub text: String,
}

/// The `mermaid` fences of a Markdown text, in order, as CommonMark finds them.
#[must_use]
pub fn fences(text: &str) -> Vec<Fence> {
    let lines = Lines::of(text);
    let as_fence = |found: Found| Fence {
        line: lines.place(found.at).0,
        text: found.excerpt.text().to_owned(),
        info: found.info,
    };
    Page::of(text).fences.into_iter().map(as_fence).collect()
}

/// Whether a file's name says that it is Markdown.
pub(super) fn is_markdown(file: &str) -> bool {
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["md", "markdown"].iter().any(|name| ending.eq_ignore_ascii_case(name))
}

/// A fence, and the way from its text back to the file.
pub(super) struct Found {
    /// The file's byte where it begins.
    pub(super) at: usize,
    /// Its text.
    pub(super) excerpt: Excerpt,
    info: String,
}

/// What is of interest in a Markdown text.
#[derive(Default)]
pub(super) struct Page {
    /// The `mermaid` fences.
    pub(super) fences: Vec<Found>,
    title: Option<String>,
    headings: Vec<(usize, String)>,
}

/// What the parser is inside of.
enum Inside {
    Fence(Found),
    Heading(usize, String),
    Else,
}

impl Page {
    /// Reads a Markdown text.
    pub(super) fn of(text: &str) -> Self {
        let mark = if text.starts_with(MARK) { MARK.len_utf8() } else { 0 };
        let body = with_line_feeds(text.get(mark..).unwrap_or(""));
        let mut page = Self::default();
        let mut inside = Inside::Else;
        for (event, range) in Parser::new(&body).into_offset_iter() {
            inside = page.take(inside, event, &(range.start + mark..range.end + mark));
        }
        let head = page.front_matter(&body) + mark;
        page.headings.retain(|(at, _)| *at >= head);
        page
    }

    /// The fences that hold a mindmap.
    pub(super) fn maps(&self) -> impl Iterator<Item = &Found> {
        let begins =
            |fence: &&Found| header_end(clean(&fence.excerpt, FrontRule::Plain).code.text()).is_some();
        self.fences.iter().filter(begins)
    }

    /// The title in the page's front matter, else the first heading above a byte.
    pub(super) fn title_before(&self, at: usize) -> Option<&str> {
        let heading = self.headings.iter().find(|(start, text)| *start < at && !text.is_empty());
        self.title.as_deref().or(heading.map(|(_, text)| text.as_str()))
    }

    /// Reads the page's front matter; gives the byte after it.
    fn front_matter(&mut self, body: &str) -> usize {
        let plain = body.replace("\r\n", "\n");
        let Some(found) = front_matter::find(&plain, FrontRule::Mermaid) else { return 0 };
        self.title = FrontMatter::read(&Excerpt::of(&plain, 0), &found).title;
        let lines = plain.get(..found.end).unwrap_or("").matches('\n').count();
        body.match_indices('\n').nth(lines.saturating_sub(1)).map_or(0, |(at, _)| at + 1)
    }

    fn take(&mut self, inside: Inside, event: Event<'_>, range: &Range<usize>) -> Inside {
        match (inside, event) {
            (Inside::Else, Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))) => {
                let named = info.split_whitespace().next() == Some(INFO);
                let found = Found { at: range.start, excerpt: Excerpt::default(), info: info.into_string() };
                if named { Inside::Fence(found) } else { Inside::Else }
            }
            (Inside::Fence(mut found), Event::Text(text)) => {
                found.push(&text, range);
                Inside::Fence(found)
            }
            (Inside::Fence(found), Event::End(TagEnd::CodeBlock)) => {
                self.fences.push(found);
                Inside::Else
            }
            (Inside::Else, Event::Start(Tag::Heading { .. })) => Inside::Heading(range.start, String::new()),
            (Inside::Heading(at, mut title), Event::Text(text) | Event::Code(text)) => {
                title.push_str(&text);
                Inside::Heading(at, title)
            }
            (Inside::Heading(at, mut title), Event::SoftBreak | Event::HardBreak) => {
                title.push(' ');
                Inside::Heading(at, title)
            }
            (Inside::Heading(at, title), Event::End(TagEnd::Heading(_))) => {
                self.headings.push((at, title.trim().to_owned()));
                Inside::Else
            }
            (inside, _) => inside,
        }
    }
}

impl Found {
    /// Adds a stretch; columns that a tab was expanded to all lie at the tab.
    fn push(&mut self, text: &str, range: &Range<usize>) {
        if text.len() == range.len() {
            self.excerpt.push(text, range.start);
            return;
        }
        for character in text.chars() {
            self.excerpt.push(character.encode_utf8(&mut [0; 4]), range.start);
        }
    }
}

/// The text with LF for a lone CR, which ends a line in CommonMark, but not for the parser; the length stays.
fn with_line_feeds(text: &str) -> String {
    let lone = |at: usize| !text.get(at + 1..).is_some_and(|rest| rest.starts_with('\n'));
    text.char_indices()
        .map(|(at, character)| if character == '\r' && lone(at) { '\n' } else { character })
        .collect()
}
