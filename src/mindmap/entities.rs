//! HTML character references: `&eacute;`, `&#233;`, `&#xe9;`.
//!
//! Names come from CommonMark's list, which is HTML's. It knows nothing of Mermaid.

use pulldown_cmark::{Event, Parser};

/// The longest name of a reference in HTML is 31 characters.
const LONGEST_NAME: usize = 32;
/// No number above this many digits is a character.
const MOST_DIGITS: usize = 10;

/// What HTML makes of the numbers 128 to 159, which it takes for Windows-1252.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The names that HTML also takes without a semicolon.
const BARE: &[&str] = &[
    "AElig", "AMP", "Aacute", "Acirc", "Agrave", "Aring", "Atilde", "Auml", "COPY", "Ccedil", "ETH",
    "Eacute", "Ecirc", "Egrave", "Euml", "GT", "Iacute", "Icirc", "Igrave", "Iuml", "LT", "Ntilde", "Oacute",
    "Ocirc", "Ograve", "Oslash", "Otilde", "Ouml", "QUOT", "REG", "THORN", "Uacute", "Ucirc", "Ugrave",
    "Uuml", "Yacute", "aacute", "acirc", "acute", "aelig", "agrave", "amp", "aring", "atilde", "auml",
    "brvbar", "ccedil", "cedil", "cent", "copy", "curren", "deg", "divide", "eacute", "ecirc", "egrave",
    "eth", "euml", "frac12", "frac14", "frac34", "gt", "iacute", "icirc", "iexcl", "igrave", "iquest",
    "iuml", "laquo", "lt", "macr", "micro", "middot", "nbsp", "not", "ntilde", "oacute", "ocirc", "ograve",
    "ordf", "ordm", "oslash", "otilde", "ouml", "para", "plusmn", "pound", "quot", "raquo", "reg", "sect",
    "shy", "sup1", "sup2", "sup3", "szlig", "thorn", "times", "uacute", "ucirc", "ugrave", "uml", "uuml",
    "yacute", "yen", "yuml",
];

/// What a reference that begins a text stands for, and its length in bytes.
pub(super) fn reference(text: &str) -> Option<(String, usize)> {
    let rest = text.strip_prefix('&')?;
    match rest.strip_prefix('#') {
        Some(number) => numeric(number).map(|(character, length)| (character.into(), length + 2)),
        None => named(rest).map(|(meaning, length)| (meaning, length + 1)),
    }
}

/// What a name stands for, such as `eacute`.
pub(super) fn name(name: &str) -> Option<String> {
    if name.len() > LONGEST_NAME || !name.chars().all(|character| character.is_ascii_alphanumeric()) {
        return None;
    }
    let written = format!("&{name};");
    let decoded: String = Parser::new(&written)
        .filter_map(|event| if let Event::Text(text) = event { Some(text.into_string()) } else { None })
        .collect();
    (decoded != written && !decoded.is_empty()).then_some(decoded)
}

/// Which character a number stands for in HTML.
pub(super) fn character(number: u32) -> char {
    match number {
        0 => '\u{fffd}',
        0x80..=0x9f => WINDOWS.get(number as usize - 0x80).copied().unwrap_or('\u{fffd}'),
        _ => char::from_u32(number).unwrap_or('\u{fffd}'),
    }
}

fn numeric(text: &str) -> Option<(char, usize)> {
    let hexadecimal = text.starts_with(['x', 'X']);
    let (radix, from) = if hexadecimal { (16, 1) } else { (10, 0) };
    let digits = text.get(from..)?;
    let length = digits.find(|digit: char| !digit.is_digit(radix)).unwrap_or(digits.len());
    let digits = digits.get(..length).filter(|digits| !digits.is_empty())?;
    let digits = digits.trim_start_matches('0');
    let number = if digits.len() > MOST_DIGITS { u32::MAX } else { parsed(digits, radix) };
    let end = from + length;
    let semicolon = usize::from(text.get(end..).is_some_and(|rest| rest.starts_with(';')));
    Some((character(number), end + semicolon))
}

fn parsed(digits: &str, radix: u32) -> u32 {
    if digits.is_empty() { 0 } else { u32::from_str_radix(digits, radix).unwrap_or(u32::MAX) }
}

fn named(text: &str) -> Option<(String, usize)> {
    let length = text.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(text.len());
    let word = text.get(..length.min(LONGEST_NAME))?;
    if text.get(length..).is_some_and(|rest| rest.starts_with(';'))
        && let Some(meaning) = name(word)
    {
        return Some((meaning, length + 1));
    }
    let bare = (2..=word.len()).rev().filter_map(|end| word.get(..end)).find(|word| BARE.contains(word))?;
    name(bare).map(|meaning| (meaning, bare.len()))
}

#[cfg(test)]
mod tests {
    use super::reference;

    #[test]
    fn references_read_as_html_reads_them() {
        let cases: &[(&str, &str, usize)] = &[
            ("&eacute;x", "é", 8),
            ("&#233;", "é", 6),
            ("&#xE9 ", "é", 5),
            ("&#150;", "–", 6),
            ("&#0;", "\u{fffd}", 4),
            ("&#99999999;", "\u{fffd}", 11),
            ("&copyx", "©", 5),
            ("&notin;", "∉", 7),
            ("&notit;", "¬", 4),
        ];
        for (text, meaning, length) in cases {
            assert_eq!(reference(text), Some(((*meaning).to_owned(), *length)), "{text}");
        }
        for text in ["&", "&;", "&#;", "&#x;", "&Quot;", "& more", "&T"] {
            assert_eq!(reference(text), None, "{text}");
        }
    }
}
