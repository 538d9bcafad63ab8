//! Paints lines: makes every span harmless, lays it out, and colours it.
//!
//! The only code that writes an escape sequence into a page.

use super::clean::neutral;
use super::layout::{Cell, cells, fitting, folded, width, wrapped};
use super::parts::ellipsis;
use super::{Colour, Fit, Line, Look, Span, Style};

/// Marks the further rows of a folded line.
const FOLD_MARK: &str = "↪ ";
/// Columns below which the fold mark would take more than it gives.
const FOLD_MARK_FROM: usize = 8;

/// All lines as text.
pub(super) fn paint(lines: &[Line], look: &Look) -> String {
    let look = Look { width: look.width.max(1), ..*look };
    let mut painter = Painter { look, out: String::new() };
    for line in lines {
        painter.line(line);
    }
    painter.out
}

struct Painter {
    look: Look,
    out: String,
}

impl Painter {
    fn line(&mut self, line: &Line) {
        let spans = self.harmless(&line.spans);
        let (lead, hang) = (self.harmless(&line.lead), self.harmless(&line.hang));
        let (lead, hang) = (self.prefix(&lead), self.prefix(&hang));
        let cells = cells(&spans, self.look.width / 4);
        let mut before = &lead;
        for cells in cells.split(|cell| cell.text == "\n") {
            match line.fit {
                Fit::Wrap => self.wrap(cells, before, &hang),
                Fit::Fold => self.fold(cells, before, &hang),
                Fit::Cut => self.cut(cells, before),
            }
            before = &hang;
        }
    }

    /// The spans that are seen, without anything a terminal would obey.
    fn harmless(&self, spans: &[Span]) -> Vec<Span> {
        spans
            .iter()
            .filter(|span| self.look.colour == Colour::Off || span.style != Style::Mark)
            .map(|span| Span { style: span.style, text: neutral(&span.text, self.look.glyphs) })
            .collect()
    }

    /// The cells of a prefix, cut so that the text keeps at least half of the row and room for a wide character.
    fn prefix<'a>(&self, spans: &'a [Span]) -> Vec<Cell<'a>> {
        let most = (self.look.width / 2).min(self.look.width.saturating_sub(2));
        let mut cells = cells(spans, most);
        cells.retain(|cell| cell.text != "\n");
        cells.truncate(fitting(&cells, most));
        cells
    }

    fn wrap(&mut self, cells: &[Cell<'_>], lead: &[Cell<'_>], hang: &[Cell<'_>]) {
        let (first, rest) = (self.look.width - width(lead), self.look.width - width(hang));
        let mut before = lead;
        for row in wrapped(cells, first, rest) {
            self.row(before, cells.get(row).unwrap_or_default());
            before = hang;
        }
    }

    fn fold(&mut self, cells: &[Cell<'_>], lead: &[Cell<'_>], hang: &[Cell<'_>]) {
        let mark = self.harmless(&[Span::new(Style::Dim, FOLD_MARK)]);
        let mut further = hang.to_vec();
        if self.look.width - width(hang) >= FOLD_MARK_FROM {
            further.extend(super::layout::cells(&mark, FOLD_MARK_FROM));
        }
        let (first, rest) = (self.look.width - width(lead), self.look.width - width(&further));
        let mut before = lead;
        for row in folded(cells, first, rest) {
            self.row(before, cells.get(row).unwrap_or_default());
            before = &further;
        }
    }

    fn cut(&mut self, cells: &[Cell<'_>], lead: &[Cell<'_>]) {
        let room = self.look.width - width(lead);
        if width(cells) <= room {
            return self.row(lead, cells);
        }
        let mut kept = cells.get(..fitting(cells, room - 1)).unwrap_or_default().to_vec();
        let sign = ellipsis(self.look.glyphs).to_string();
        kept.push(Cell { style: Style::Dim, text: &sign, width: 1 });
        self.row(lead, &kept);
    }

    fn row(&mut self, lead: &[Cell<'_>], cells: &[Cell<'_>]) {
        let all: Vec<Cell<'_>> = lead.iter().chain(cells).copied().collect();
        let blanks = all.iter().rev().take_while(|cell| cell.text == " ").count();
        let seen = all.get(..all.len() - blanks).unwrap_or_default();
        for run in seen.chunk_by(|a, b| a.style == b.style) {
            self.run(run);
        }
        self.out.push('\n');
    }

    fn run(&mut self, run: &[Cell<'_>]) {
        let style = run.first().map_or(Style::Plain, |cell| cell.style);
        let code = match self.look.colour {
            Colour::On => sgr(style),
            Colour::Off => "",
        };
        self.out.push_str(code);
        self.out.extend(run.iter().map(|cell| cell.text));
        if !code.is_empty() {
            self.out.push_str(RESET);
        }
    }
}

/// Ends every colour.
const RESET: &str = "\u{1b}[0m";

/// The sixteen named colours only: the learner's own theme decides what they look like.
fn sgr(style: Style) -> &'static str {
    match style {
        Style::Plain | Style::Mark => "",
        Style::Strong | Style::Stress => "\u{1b}[1m",
        Style::Emphasis => "\u{1b}[3m",
        Style::Dim => "\u{1b}[2m",
        Style::Good => "\u{1b}[32m",
        Style::Warn => "\u{1b}[33m",
        Style::Bad => "\u{1b}[31m",
        Style::Accent => "\u{1b}[36m",
        Style::Code => "\u{1b}[35m",
        Style::Title => "\u{1b}[1;4m",
    }
}
