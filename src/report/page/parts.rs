//! Small parts of rows: measured, padded and cut by display columns, and bars.
//!
//! It knows columns, not lines: breaking a line is the layout's work.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::clean::neutral;
use super::{Glyphs, Span, Style};

/// Where a text stands in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Blanks follow it.
    Left,
    /// Blanks come before it; for numbers.
    Right,
}

/// Columns a text takes once painted on one row.
#[must_use]
pub fn columns(text: &str) -> usize {
    neutral(text, Glyphs::Unicode).graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// The text filled up with blanks to this many columns; a wider text stays as it is.
#[must_use]
pub fn padded(text: &str, width: usize, side: Side) -> String {
    let blanks = " ".repeat(width.saturating_sub(columns(text)));
    match side {
        Side::Left => format!("{text}{blanks}"),
        Side::Right => format!("{blanks}{text}"),
    }
}

/// The text cut to at most this many columns; a cut text ends in `…` (`~` in ASCII).
#[must_use]
pub fn truncated(text: &str, width: usize, glyphs: Glyphs) -> String {
    let harmless = neutral(text, glyphs);
    if harmless.graphemes(true).map(UnicodeWidthStr::width).sum::<usize>() <= width {
        return harmless;
    }
    if width == 0 {
        return String::new();
    }
    let mut room = width - 1;
    let mut out = String::new();
    for cluster in harmless.graphemes(true) {
        let Some(left) = room.checked_sub(cluster.width()) else { break };
        room = left;
        out.push_str(cluster);
    }
    out.push(ellipsis(glyphs));
    out
}

/// The sign of a cut text, one column wide.
pub(super) fn ellipsis(glyphs: Glyphs) -> char {
    match glyphs {
        Glyphs::Unicode => '…',
        Glyphs::Ascii => '~',
    }
}

/// A bar of exactly `width` columns, filled by `share` (0..1; anything outside is cut, not-a-number counts as 0).
///
/// It is full only at 1 and empty only at 0, as far as its width allows: a bar must not promise what is not there.
#[must_use]
pub fn bar(share: f64, width: usize) -> Span {
    let filled = filled(share, width);
    Span::new(Style::Accent, format!("{}{}", "▓".repeat(filled), "░".repeat(width - filled)))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "cut to 0..=width before the cast"
)]
#[expect(clippy::cast_precision_loss, reason = "a bar is far narrower than 2^52 columns")]
fn filled(share: f64, width: usize) -> usize {
    if share.is_nan() || share <= 0.0 {
        return 0;
    }
    if share >= 1.0 {
        return width;
    }
    let rounded = (share * width as f64).round() as usize;
    match width {
        0 | 1 => rounded.min(width),
        _ => rounded.clamp(1, width - 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_full_only_at_one_and_empty_only_at_zero() {
        for (share, width, text) in [
            (0.0, 4, "░░░░"),
            (0.001, 4, "▓░░░"),
            (0.5, 4, "▓▓░░"),
            (0.999, 4, "▓▓▓░"),
            (1.0, 4, "▓▓▓▓"),
            (7.0, 2, "▓▓"),
            (-1.0, 2, "░░"),
            (f64::NAN, 2, "░░"),
            (0.5, 0, ""),
            (0.6, 1, "▓"),
        ] {
            assert_eq!(bar(share, width).text, text, "{share} of {width}");
        }
    }

    #[test]
    fn texts_are_measured_and_cut_by_columns() {
        assert_eq!(columns("日本a"), 5);
        assert_eq!(columns("👩‍👩‍👧‍👦"), 2);
        assert_eq!(columns("\u{1b}[1m"), 4);
        assert_eq!(padded("7", 3, Side::Right), "  7");
        assert_eq!(padded("日", 3, Side::Left), "日 ");
        for (width, cut, ascii) in
            [(0, "", ""), (1, "…", "~"), (2, "…", "~"), (3, "日…", "日~"), (4, "日本", "日本")]
        {
            assert_eq!(truncated("日本", width, Glyphs::Unicode), cut);
            assert_eq!(truncated("日本", width, Glyphs::Ascii), ascii);
        }
    }
}
