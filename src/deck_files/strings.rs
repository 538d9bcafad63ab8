//! Where in its file a character of a TOML string stands: escapes and line ends are counted as written.
//!
//! It knows how TOML writes strings, not what they say.

/// The byte of `raw`, a TOML string with its quotes, that gave byte `index` of the decoded text
/// (line ends as LF). An index past the end means the end.
pub(super) fn written_at(raw: &str, index: usize) -> usize {
    let (quotes, escapes) = match raw {
        _ if raw.starts_with("\"\"\"") => (3, true),
        _ if raw.starts_with("'''") => (3, false),
        _ => (1, raw.starts_with('"')),
    };
    let mut at = quotes + raw.get(quotes..).map_or(0, |body| if quotes == 3 { line_end(body) } else { 0 });
    let mut decoded = 0;
    while let Some(rest) = raw.get(at..).filter(|rest| !rest.is_empty()) {
        let (taken, given) = step(rest, escapes);
        if decoded >= index && given > 0 {
            break;
        }
        at += taken;
        decoded += given;
    }
    at.min(raw.len())
}

/// The length of a line end at the start of `text`; TOML drops one after the opening quotes.
fn line_end(text: &str) -> usize {
    match text {
        _ if text.starts_with("\r\n") => 2,
        _ if text.starts_with('\n') => 1,
        _ => 0,
    }
}

/// How many bytes the next character takes as written, and how many decoded.
fn step(rest: &str, escapes: bool) -> (usize, usize) {
    let mut letters = rest.chars();
    match letters.next() {
        Some('\\') if escapes => escape(rest, letters.next()),
        Some('\r') if rest.starts_with("\r\n") => (2, 1),
        Some(letter) => (letter.len_utf8(), letter.len_utf8()),
        None => (0, 0),
    }
}

fn escape(rest: &str, after: Option<char>) -> (usize, usize) {
    let hex = |digits: usize| {
        let number = rest.get(2..2 + digits).and_then(|text| u32::from_str_radix(text, 16).ok());
        (2 + digits, number.and_then(char::from_u32).map_or(1, char::len_utf8))
    };
    match after {
        Some('x') => hex(2),
        Some('u') => hex(4),
        Some('U') => hex(8),
        Some(' ' | '\t' | '\r' | '\n') => {
            let body = rest.get(1..).unwrap_or_default();
            (1 + body.len() - body.trim_start_matches([' ', '\t', '\r', '\n']).len(), 0)
        }
        Some(letter) => (1 + letter.len_utf8(), 1),
        None => (1, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::written_at;

    /// Every `X` of the decoded text must be found at an `X` of the raw one, in the same order.
    fn assert_found(raw: &str) {
        let table: toml::Table = format!("a = {raw}").parse().unwrap();
        let decoded = table["a"].as_str().unwrap().replace("\r\n", "\n");
        let wanted: Vec<usize> = raw.match_indices('X').map(|(at, _)| at).collect();
        let found: Vec<usize> = decoded.match_indices('X').map(|(at, _)| written_at(raw, at)).collect();
        assert!(!wanted.is_empty());
        assert_eq!(found, wanted, "{raw}");
    }

    #[test]
    fn escapes_and_line_ends_count_as_written() {
        for raw in [
            r#""aXbX""#,
            r#""\"X\\X\tX""#,
            r#""é\u00e9X\U0001F600X\x41X""#,
            "'C:\\X\\X'",
            "\"\"\"\nX\r\nX\\\n   \r\n  X\"\"\"",
            "\"\"\"\r\naX\"X\"\"X\"\"\"",
            "'''\nX\\nX'''",
            "'''X'X'''",
        ] {
            assert_found(raw);
        }
    }

    #[test]
    fn an_index_past_the_end_is_the_end() {
        for raw in ["\"\"", "\"ab", "\"", "", "\"\\", "\"\\u12"] {
            assert!(written_at(raw, usize::MAX) <= raw.len());
        }
    }
}
