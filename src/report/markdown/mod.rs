//! Markdown as a deck uses it, set as lines of a page.
//!
//! Pure and total: any text gives a page, nesting beyond what can be shown is flattened. It does not know widths or
//! colours.

mod frame;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::page::{Fit, Line, Page, Span, Style};
use frame::{Frame, Row};

/// Levels of quotes and lists that are drawn; deeper ones stand on the last of them. Eight are 16 columns or more.
const MAX_DEPTH: usize = 8;
/// Columns a block of code is indented.
const CODE_INDENT: usize = 4;

/// The page of a Markdown text.
#[must_use]
pub fn page(text: &str) -> Page {
    let mut writer = Writer::default();
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        writer.event(event, text.get(range).unwrap_or_default());
    }
    writer.flush();
    writer.page
}

/// A Markdown text as spans of a single line; blocks are joined by spaces. For options and other short texts.
#[must_use]
pub fn spans(text: &str) -> Vec<Span> {
    let mut joined = Vec::new();
    for line in page(text).lines() {
        if !joined.is_empty() && !line.spans().is_empty() {
            joined.push(Span::plain(" "));
        }
        joined.extend(line.spans().iter().cloned());
    }
    joined
}

/// A Markdown text as one line of plain text, with its marks; for labels of menus.
#[must_use]
pub fn label(text: &str) -> String {
    super::page::clean(&spans(text).into_iter().map(|span| span.text).collect::<String>())
}

/// Follows the events of one text.
#[derive(Default)]
struct Writer {
    page: Page,
    frames: Vec<Frame>,
    /// For each open list, the next number, if it is an ordered one.
    lists: Vec<Option<u64>>,
    /// The inline text of the block at hand.
    spans: Vec<Span>,
    emphasis: usize,
    stress: usize,
    heading: bool,
    /// For each open link, its address and the span its text starts at.
    links: Vec<(String, usize)>,
    /// The text of the code block at hand.
    code: Option<String>,
    in_table: bool,
    /// Whether a blank line is due before the next one, and how many frames it stands in.
    gap: Option<usize>,
}

impl Writer {
    fn event(&mut self, event: Event<'_>, source: &str) {
        match event {
            Event::End(TagEnd::Table) => self.end_table(),
            _ if self.in_table => {}
            Event::Start(tag) => self.start(tag, source),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => self.spans.push(Span::new(Style::Code, ticked(&code))),
            Event::SoftBreak => self.inline(" "),
            Event::HardBreak => self.inline("\n"),
            Event::Rule => self.rule(),
            Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => self.inline(&text),
            Event::TaskListMarker(done) => self.inline(if done { "[x] " } else { "[ ] " }),
        }
    }

    fn start(&mut self, tag: Tag<'_>, source: &str) {
        match tag {
            Tag::Emphasis => self.open_emphasis(),
            Tag::Strong => self.open_stress(),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.links.push((dest_url.into_string(), self.spans.len()));
            }
            Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {}
            block => self.open_block(block, source),
        }
    }

    fn open_block(&mut self, block: Tag<'_>, source: &str) {
        self.flush();
        match block {
            Tag::Heading { .. } => self.heading = true,
            Tag::BlockQuote(_) => self.frames.push(Frame::Quote),
            Tag::List(first) => self.lists.push(first),
            Tag::Item => self.open_item(),
            Tag::CodeBlock(kind) => self.open_code(&kind),
            Tag::Table(_) => self.table(source),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.close_emphasis(),
            TagEnd::Strong => self.close_stress(),
            TagEnd::Link | TagEnd::Image => self.close_link(),
            TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {}
            block => self.close_block(block),
        }
    }

    fn close_block(&mut self, block: TagEnd) {
        self.flush();
        match block {
            TagEnd::Heading(_) => self.heading = false,
            TagEnd::BlockQuote(_) => drop(self.frames.pop()),
            TagEnd::Item => self.close_item(),
            TagEnd::CodeBlock => self.close_code(),
            TagEnd::List(_) => {
                self.lists.pop();
                // A list within an item of a tight list stands as close as the item's text.
                if self.lists.is_empty() {
                    self.leave_gap();
                }
            }
            _ => {}
        }
        if !matches!(block, TagEnd::Item | TagEnd::List(_)) {
            self.leave_gap();
        }
    }

    fn open_emphasis(&mut self) {
        self.spans.push(Span::new(Style::Mark, "*"));
        self.emphasis += 1;
    }

    fn close_emphasis(&mut self) {
        self.spans.push(Span::new(Style::Mark, "*"));
        self.emphasis = self.emphasis.saturating_sub(1);
    }

    fn open_stress(&mut self) {
        self.spans.push(Span::new(Style::Mark, "**"));
        self.stress += 1;
    }

    fn close_stress(&mut self) {
        self.spans.push(Span::new(Style::Mark, "**"));
        self.stress = self.stress.saturating_sub(1);
    }

    fn close_link(&mut self) {
        let Some((address, start)) = self.links.pop() else { return };
        let text: String = self.spans.iter().skip(start).map(|span| span.text.as_str()).collect();
        if !address.is_empty() && text != address {
            self.spans.push(Span::new(Style::Dim, format!(" <{address}>")));
        }
    }

    fn open_item(&mut self) {
        let marker = match self.lists.last_mut() {
            Some(Some(number)) => {
                let marker = format!("{number}. ");
                *number = number.saturating_add(1);
                marker
            }
            Some(None) | None => "• ".to_owned(),
        };
        self.frames.push(Frame::Item { marker, shown: false });
    }

    fn close_item(&mut self) {
        if matches!(self.frames.last(), Some(Frame::Item { shown: false, .. })) && self.drawn() {
            self.push(Line::new(Vec::new()));
        }
        self.frames.pop();
    }

    /// Whether the innermost frame is one of those that are drawn.
    fn drawn(&self) -> bool {
        self.frames.len() <= MAX_DEPTH
    }

    fn open_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.code = Some(String::new());
        if let CodeBlockKind::Fenced(language) = kind
            && !language.is_empty()
        {
            self.push(Line::new(vec![Span::new(Style::Dim, language.to_string())]).indented(CODE_INDENT));
        }
    }

    fn close_code(&mut self) {
        let Some(code) = self.code.take() else { return };
        for row in code.strip_suffix('\n').unwrap_or(&code).split('\n') {
            let line = Line::new(vec![Span::new(Style::Code, row)]);
            self.push(line.fitting(Fit::Fold).indented(CODE_INDENT));
        }
    }

    /// A table is shown as it was written: its author aligned it.
    fn table(&mut self, source: &str) {
        for row in source.lines() {
            self.push(Line::new(vec![Span::plain(row.trim())]).fitting(Fit::Fold));
        }
        self.in_table = true;
    }

    fn end_table(&mut self) {
        self.in_table = false;
        self.leave_gap();
    }

    fn rule(&mut self) {
        self.flush();
        self.push(Line::new(vec![Span::new(Style::Dim, "───")]));
        self.leave_gap();
    }

    fn text(&mut self, text: &str) {
        match &mut self.code {
            Some(code) => code.push_str(text),
            None => self.inline(text),
        }
    }

    fn inline(&mut self, text: &str) {
        let style = match (self.heading, self.stress, self.emphasis) {
            (true, _, _) => Style::Title,
            (false, 1.., _) => Style::Stress,
            (false, 0, 1..) => Style::Emphasis,
            (false, 0, 0) => Style::Plain,
        };
        match self.spans.last_mut() {
            Some(last) if last.style == style && self.links.is_empty() => last.text.push_str(text),
            _ => self.spans.push(Span::new(style, text)),
        }
    }

    /// Ends the paragraph at hand, if any.
    fn flush(&mut self) {
        if self.spans.is_empty() {
            return;
        }
        let mut spans = std::mem::take(&mut self.spans);
        if let Some(last) = spans.last_mut() {
            last.text.truncate(last.text.trim_end().len());
        }
        self.push(Line::new(spans));
    }

    fn leave_gap(&mut self) {
        if !self.page.is_empty() {
            self.gap = Some(self.frames.len());
        }
    }

    fn push(&mut self, line: Line) {
        if let Some(depth) = self.gap.take() {
            let mut before = self.prefix(Row::Further);
            before.truncate(depth);
            self.page.push(Line::new(Vec::new()).framed(before, Vec::new()));
        }
        let (lead, hang) = (self.prefix(Row::First), self.prefix(Row::Further));
        for frame in self.frames.iter_mut().take(MAX_DEPTH) {
            if let Frame::Item { shown, .. } = frame {
                *shown = true;
            }
        }
        self.page.push(line.preceded(&lead, &hang));
    }

    fn prefix(&self, row: Row) -> Vec<Span> {
        self.frames.iter().take(MAX_DEPTH).map(|frame| frame.prefix(row)).collect()
    }
}

/// Inline code keeps its ticks: it must be seen without colour, too.
fn ticked(code: &str) -> String {
    if code.contains('`') { format!("`` {code} ``") } else { format!("`{code}`") }
}
