//! Makes foreign text harmless: nothing in it can move the cursor, hide text or turn its direction.
//!
//! What is taken out is replaced by something visible, never dropped in silence. It knows nothing of styles and rows.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use super::Glyphs;

/// Blanks a tab is replaced by, in columns.
const TAB: &str = "    ";
/// Stands for a character that has no picture of its own.
const UNKNOWN: char = '\u{FFFD}';
/// The same, in ASCII.
const UNKNOWN_ASCII: char = '?';
/// Marks, joiners and selectors on one character. The longest emoji sequences have 7, scripts stack 4 or so;
/// "Zalgo" text has dozens and paints over its neighbours.
const MAX_MARKS: usize = 12;
/// Characters that form one cluster. The longest emoji in common use has 10.
const MAX_CLUSTER: usize = 32;

/// A text as one harmless line, for menus and other single rows: line ends and tabs become single spaces.
#[must_use]
pub fn clean(text: &str) -> String {
    let harmless = neutral(text, Glyphs::Unicode);
    harmless.split('\n').map(str::trim).filter(|row| !row.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The text without anything a terminal would obey; line feeds stay.
pub(super) fn neutral(text: &str, glyphs: Glyphs) -> String {
    let mapped = mapped(text, glyphs);
    if mapped.is_ascii() { mapped } else { capped(&mapped, glyphs) }
}

fn mapped(text: &str, glyphs: Glyphs) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\r' if rest.peek() == Some(&'\n') => {}
            '\n' | ' '..='~' => out.push(c),
            '\t' => out.push_str(TAB),
            _ => push_mapped(&mut out, c, glyphs),
        }
    }
    out
}

fn push_mapped(out: &mut String, c: char, glyphs: Glyphs) {
    let picture = stand_in(c);
    match glyphs {
        Glyphs::Unicode => out.push(picture),
        Glyphs::Ascii if picture != c => out.push(UNKNOWN_ASCII),
        Glyphs::Ascii => match ascii(c) {
            Some(plain) => out.push_str(plain),
            None => out.push(c),
        },
    }
}

/// The character itself where it is harmless, else a visible one in its place.
fn stand_in(c: char) -> char {
    match c {
        // U+2400.. holds a picture of each control character.
        '\0'..='\u{1F}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(UNKNOWN),
        '\u{7F}' => '\u{2421}',
        '\u{2028}' | '\u{2029}' => '\u{2424}',
        _ if is_treacherous(c) => UNKNOWN,
        _ => c,
    }
}

/// C1 controls, bidirectional controls, tags, and what is invisible without being a joiner or a variation selector.
fn is_treacherous(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9F}' | '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{13430}'..='\u{1343F}'
        | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E00FF}'
        | '\u{E01F0}'..='\u{E0FFF}')
}

/// ASCII for typographic signs and our own decorations; `None` for letters.
fn ascii(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{A0}' | '\u{202F}' | '\u{2009}' => " ",
        '…' => "...",
        '“' | '”' | '„' | '«' | '»' => "\"",
        '‘' | '’' | '‚' => "'",
        '–' | '—' | '−' | '‑' | '─' | '━' | '•' | '·' => "-",
        '→' => "->",
        '←' => "<-",
        '≤' => "<=",
        '≥' => ">=",
        '≠' => "!=",
        '±' => "+-",
        '│' | '┃' | '▌' => "|",
        '├' | '└' | '┌' | '┐' | '┘' | '┤' | '┬' | '┴' | '┼' => "+",
        '█' | '▓' => "#",
        '▒' => "=",
        '░' => ".",
        '✓' | '✔' => "v",
        '×' | '✗' | '✘' => "x",
        '↪' => "\\",
        '▶' | '▸' | '❯' => ">",
        UNKNOWN | '\u{2400}'..='\u{2426}' => "?",
        _ => return None,
    })
}

/// At most [`MAX_MARKS`] and [`MAX_CLUSTER`] to a cluster; the rest becomes one stand-in.
fn capped(text: &str, glyphs: Glyphs) -> String {
    let mut out = String::with_capacity(text.len());
    for cluster in text.graphemes(true) {
        let mut marks = 0;
        let kept = cluster
            .char_indices()
            .enumerate()
            .find(|&(place, (_, c))| {
                marks += usize::from(c != '\n' && c.width().unwrap_or(0) == 0);
                marks > MAX_MARKS || place >= MAX_CLUSTER
            })
            .map_or(cluster.len(), |(_, (byte, _))| byte);
        out.push_str(cluster.get(..kept).unwrap_or_default());
        if kept < cluster.len() {
            out.push(match glyphs {
                Glyphs::Unicode => UNKNOWN,
                Glyphs::Ascii => UNKNOWN_ASCII,
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_of_treacherous_text_is_replaced_by_something_visible() {
        for (text, unicode, ascii) in [
            ("a\u{1b}[2Jb", "a␛[2Jb", "a?[2Jb"),
            ("\u{0}\u{7}\u{7f}", "␀␇␡", "???"),
            ("x\u{9b}31m", "x�31m", "x?31m"),
            ("a\u{202e}b\u{2066}c\u{200f}\u{61c}", "a�b�c��", "a?b?c??"),
            ("a\u{200b}b\u{feff}c\u{ad}d", "a�b�c�d", "a?b?c?d"),
            ("\u{e0041}\u{e007f}", "��", "??"),
            ("a\u{2028}b\u{2029}", "a␤b␤", "a?b?"),
            ("a\r\nb\rc\nd\te", "a\nb␍c\nd    e", "a\nb?c\nd    e"),
            ("“a” – b…", "“a” – b…", "\"a\" - b..."),
            ("naïve 日本", "naïve 日本", "naïve 日本"),
        ] {
            assert_eq!(neutral(text, Glyphs::Unicode), unicode, "{text:?}");
            assert_eq!(neutral(text, Glyphs::Ascii), ascii, "{text:?}");
        }
    }

    #[test]
    fn joiners_and_variation_selectors_stay() {
        for text in ["👩‍👩‍👧‍👦", "❤️", "नमस्ते", "می‌خواهم", "👩🏻‍❤️‍💋‍👩🏿"]
        {
            assert_eq!(neutral(text, Glyphs::Unicode), text);
        }
    }

    #[test]
    fn stacked_marks_are_capped_and_the_cut_is_seen() {
        let zalgo = format!("a{}b", "\u{301}".repeat(500));
        assert_eq!(neutral(&zalgo, Glyphs::Unicode), format!("a{}�b", "\u{301}".repeat(12)));
        let family = "👩\u{200d}".repeat(300);
        assert!(neutral(&family, Glyphs::Unicode).chars().count() <= 33);
    }

    #[test]
    fn a_label_is_one_harmless_line() {
        assert_eq!(clean("  one\r\n\ttwo\u{1b}]0;x\u{7}\n\n"), "one two␛]0;x␇");
    }
}
