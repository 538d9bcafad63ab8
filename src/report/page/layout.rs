//! Breaks cells into rows by display columns.
//!
//! It knows widths and spaces, not styles' looks: a cell is one grapheme cluster with its style.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::{Span, Style};

/// The widest cluster any page must hold, in columns: a CJK character or an emoji.
const WIDE: usize = 2;

/// Asks for the emoji form of the character before it, which is wide.
const EMOJI_SELECTOR: char = '\u{fe0f}';

/// One grapheme cluster.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell<'a> {
    /// Its style.
    pub style: Style,
    /// The cluster, harmless.
    pub text: &'a str,
    /// Its columns.
    pub width: usize,
}

/// The cells of harmless spans; a cluster wider than `widest` columns falls apart into its characters.
pub(super) fn cells(spans: &[Span], widest: usize) -> Vec<Cell<'_>> {
    let mut cells = Vec::new();
    for Span { style, text } in spans {
        for cluster in text.graphemes(true) {
            let cell = Cell { style: *style, text: cluster, width: columns(cluster) };
            if cell.width <= widest.max(WIDE) {
                cells.push(cell);
            } else {
                push_apart(&mut cells, cell);
            }
        }
    }
    cells
}

/// Columns of a cluster. One that begins with the emoji selector continues the span before it, whose last
/// character it may widen by a column.
fn columns(cluster: &str) -> usize {
    cluster.width().max(usize::from(cluster.starts_with(EMOJI_SELECTOR)))
}

fn push_apart<'a>(cells: &mut Vec<Cell<'a>>, cluster: Cell<'a>) {
    for text in cluster.text.split_inclusive(|_: char| true) {
        match columns(text) {
            width @ 0..=WIDE => cells.push(Cell { text, width, ..cluster }),
            _ => cells.push(Cell { text: "?", width: 1, ..cluster }),
        }
    }
}

/// Columns of some cells.
pub(super) fn width(cells: &[Cell<'_>]) -> usize {
    cells.iter().map(|cell| cell.width).sum()
}

/// The rows of one line without line feeds: broken at spaces, a word longer than a row anywhere. Never empty.
///
/// `first` and `rest` are the columns of the first row and of each further one, 1.. .
pub(super) fn wrapped(cells: &[Cell<'_>], first: usize, rest: usize) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let (mut start, mut room) = (0, first);
    while start < cells.len() {
        let end = start + row_length(cells.get(start..).unwrap_or_default(), room);
        rows.push(start..end);
        start = end + cells.iter().skip(end).take_while(|cell| is_space(cell)).count();
        room = rest;
    }
    if rows.is_empty() {
        rows.push(0..0);
    }
    rows
}

/// How many cells the next row takes, 1.. .
fn row_length(cells: &[Cell<'_>], room: usize) -> usize {
    let (mut used, mut breakable) = (0, 0);
    let mut before: Option<&Cell<'_>> = None;
    for (place, cell) in cells.iter().enumerate() {
        if before.is_some_and(|before| may_break(before, cell)) {
            breakable = place;
        }
        used += cell.width;
        if used > room {
            return if breakable == 0 { place.max(1) } else { breakable };
        }
        before = Some(cell);
    }
    cells.len()
}

fn is_space(cell: &Cell<'_>) -> bool {
    cell.text == " "
}

/// After a word, after a space, and around wide characters (CJK is written without spaces).
fn may_break(before: &Cell<'_>, after: &Cell<'_>) -> bool {
    is_space(before) || is_space(after) || (after.width > 0 && (before.width >= WIDE || after.width >= WIDE))
}

/// The rows of one line of code: broken at the edge, spaces kept. Never empty.
pub(super) fn folded(cells: &[Cell<'_>], first: usize, rest: usize) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let (mut start, mut used, mut room) = (0, 0, first);
    for (place, cell) in cells.iter().enumerate() {
        if used + cell.width > room && place > start {
            rows.push(start..place);
            (start, used, room) = (place, 0, rest);
        }
        used += cell.width;
    }
    rows.push(start..cells.len());
    rows
}

/// How many cells fit into `room` columns.
pub(super) fn fitting(cells: &[Cell<'_>], room: usize) -> usize {
    let mut used = 0;
    cells
        .iter()
        .take_while(|cell| {
            used += cell.width;
            used <= room
        })
        .count()
}
