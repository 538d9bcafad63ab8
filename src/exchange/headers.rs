//! The header lines that Anki writes above rows: `#separator:tab`, `#html:true`, `#tags column:3`.
//!
//! Source: the Anki manual, "Importing: Text Files", "File Headers".

/// The separators that have names.
const SEPARATORS: [(&str, u8); 6] =
    [("comma", b','), ("semicolon", b';'), ("tab", b'\t'), ("space", b' '), ("pipe", b'|'), ("colon", b':')];

/// What the header lines say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Headers {
    /// How many lines they take; 0 where there are none.
    pub lines: usize,
    /// How many bytes they take.
    pub bytes: usize,
    /// What parts the fields.
    pub separator: Option<u8>,
    /// Whether fields are HTML.
    pub html: Option<bool>,
    /// Tags of every note.
    pub tags: Vec<String>,
    /// The names of the columns, still in one line.
    pub columns: Option<String>,
    /// The note type of every note.
    pub notetype: Option<String>,
    /// The columns, from 0, with each note's own type.
    pub notetype_column: Option<usize>,
    /// The column, from 0, with each note's tags.
    pub tags_column: Option<usize>,
    /// The columns, from 0, that say nothing to us: deck and globally unique id.
    pub idle_columns: Vec<usize>,
}

/// The keys of header lines, in lower case.
const KEYS: [&str; 12] = [
    "separator",
    "html",
    "tags",
    "columns",
    "notetype",
    "deck",
    "notetype column",
    "deck column",
    "tags column",
    "guid column",
    "if matches",
    "match scope",
];

/// Reads the header lines at the start of a text, up to the first line that is none.
pub(super) fn read(text: &str) -> Headers {
    let mut headers = Headers::default();
    for line in text.split_inclusive('\n') {
        let Some((key, value)) = line.strip_prefix('#').and_then(|rest| rest.split_once(':')) else { break };
        let key = key.trim().to_ascii_lowercase();
        if !KEYS.contains(&key.as_str()) {
            break;
        }
        headers.note(&key, value.trim_end_matches(['\r', '\n']));
        headers.lines += 1;
        headers.bytes += line.len();
    }
    headers
}

impl Headers {
    fn note(&mut self, key: &str, value: &str) {
        match key {
            "separator" => self.separator = separator(value),
            "html" => self.html = Some(value.trim().eq_ignore_ascii_case("true")),
            "tags" => self.tags = value.split_whitespace().map(str::to_owned).collect(),
            "columns" => self.columns = Some(value.to_owned()),
            "notetype" => self.notetype = Some(value.trim().to_owned()),
            "notetype column" => self.notetype_column = column(value),
            "tags column" => self.tags_column = column(value),
            "deck column" | "guid column" => self.idle_columns.extend(column(value)),
            _ => {}
        }
    }
}

/// A separator by its name or as it is.
fn separator(value: &str) -> Option<u8> {
    let name = value.trim();
    let named = SEPARATORS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    match (named, value.as_bytes()) {
        (Some((_, byte)), _) | (None, [byte]) => Some(*byte),
        (None, _) => None,
    }
}

/// A column from 0, written from 1.
fn column(value: &str) -> Option<usize> {
    value.trim().parse::<usize>().ok()?.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::{Headers, read};

    #[test]
    fn headers_are_read_up_to_the_first_line_that_is_none() {
        let text = "#separator:tab\r\n#html:true\n#tags:sql deep\n#notetype column:1\n#deck column:2\n#tags column:5\nfront\tback\n";
        let expected = Headers {
            lines: 6,
            bytes: text.find("front").unwrap(),
            separator: Some(b'\t'),
            html: Some(true),
            tags: vec!["sql".to_owned(), "deep".to_owned()],
            notetype_column: Some(0),
            tags_column: Some(4),
            idle_columns: vec![1],
            ..Headers::default()
        };
        assert_eq!(read(text), expected);
    }

    #[test]
    fn separators_have_names_or_stand_for_themselves() {
        for (line, byte) in [("Comma", b','), ("Pipe", b'|'), (";", b';'), ("\t", b'\t')] {
            assert_eq!(read(&format!("#separator:{line}\n")).separator, Some(byte), "{line}");
        }
        assert_eq!(read("#separator:long word\n").separator, None);
    }

    #[test]
    fn a_question_about_a_hash_is_no_header() {
        for question in
            ["#include: what for?,to paste a file\n", "#1 rule?,measure\n", "# of bits: a byte?,8\n"]
        {
            assert_eq!(read(question).lines, 0, "{question}");
        }
    }
}
