//! Rows of fields: CSV, TSV, and what Anki exports as text.

use csv::{ByteRecord, ReaderBuilder};

use super::columns::{self, Column};
use super::headers::{self, Headers};
use super::{Imported, Note, Refusal, cloze_marks, html, unshowable};
use crate::domain::card::Body;

/// The separators that are tried where none is named, the likeliest first.
const SEPARATORS: [u8; 4] = [b'\t', b';', b',', b'|'];
/// How many lines are looked at to find the separator.
const LINES_TRIED: usize = 20;

/// Reads all rows.
pub(super) fn read(text: &str) -> Imported {
    let headers = headers::read(text);
    let body = text.get(headers.bytes..).unwrap_or_default();
    let separator = headers.separator.unwrap_or_else(|| likely_separator(body));
    let mut rows = rows(body, separator, &headers);
    let count = rows.iter().map(|row| row.fields.len()).max().unwrap_or(0);
    let titles = titles(&headers, separator, &mut rows);
    let names: Vec<&str> = titles.iter().map(String::as_str).collect();
    let (columns, ignored_columns) = columns::of(&headers, &names, count);
    let is_html = headers
        .html
        .unwrap_or_else(|| rows.iter().flat_map(|row| &row.fields).any(|field| html::is_likely(field)));
    let mut imported = Imported { ignored_columns, ..Imported::default() };
    for row in rows {
        imported.take(row.notes(&columns, &headers, is_html));
    }
    imported
}

/// A row, and the line on which it starts.
struct Row {
    line: usize,
    fields: Vec<String>,
}

/// Every row that is not empty. Below Anki's headers a line that starts with `#` is a comment, as there.
fn rows(body: &str, separator: u8, headers: &Headers) -> Vec<Row> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(body.as_bytes());
    let mut rows = Vec::new();
    let mut record = ByteRecord::new();
    while let Ok(true) = reader.read_byte_record(&mut record) {
        let start = record.position().map_or((0, 0), |position| (position.byte(), position.line()));
        let (byte, line) = (index(start.0), index(start.1).saturating_add(headers.lines));
        let is_comment = headers.lines > 0 && body.as_bytes().get(byte) == Some(&b'#');
        let field = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace("\r\n", "\n").trim().to_owned();
        let fields: Vec<String> = record.iter().map(field).collect();
        if !is_comment && fields.iter().any(|field| !field.is_empty()) {
            rows.push(Row { line, fields });
        }
    }
    rows
}

fn index(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// The separator that parts the first lines most evenly: as often on each, and at least once.
fn likely_separator(body: &str) -> u8 {
    let lines: Vec<&str> = body.lines().filter(|line| !line.trim().is_empty()).take(LINES_TRIED).collect();
    let counts =
        |separator: u8| lines.iter().map(move |line| line.bytes().filter(|byte| *byte == separator).count());
    let everywhere = SEPARATORS.into_iter().find(|separator| counts(*separator).all(|count| count > 0));
    let somewhere =
        SEPARATORS.into_iter().max_by_key(|separator| counts(*separator).filter(|count| *count > 0).count());
    everywhere.filter(|_| !lines.is_empty()).or(somewhere).unwrap_or(b',')
}

/// The names of the columns: from the headers, else from a first row that is nothing but names, which is taken away.
fn titles(headers: &Headers, separator: u8, rows: &mut Vec<Row>) -> Vec<String> {
    if let Some(line) = &headers.columns {
        return line.split(char::from(separator)).map(|name| name.trim().to_owned()).collect();
    }
    let first: Vec<&str> =
        rows.first().map_or_else(Vec::new, |row| row.fields.iter().map(String::as_str).collect());
    if !columns::is_title_row(&first) {
        return Vec::new();
    }
    rows.remove(0).fields
}

impl Row {
    /// The notes of this row: one, or one for each number of a cloze.
    fn notes(&self, columns: &[Column], headers: &Headers, is_html: bool) -> Result<Vec<Note>, Refusal> {
        let refused = |why: &str| Refusal { line: self.line, why: why.to_owned() };
        if let Some(why) = self.fields.iter().find_map(|field| unshowable(field)) {
            return Err(refused(why));
        }
        let shown = |wanted: Column| self.text(columns, wanted, is_html).map_err(refused);
        let front = shown(Column::Front)?;
        if front.is_empty() {
            return Err(refused("the first side is empty"));
        }
        let back = shown(Column::Back)?;
        let (hint, explanation) = (shown(Column::Hint)?, shown(Column::Explanation)?);
        let notes = if cloze_marks::has_anki_gap(&front) {
            let stretches = cloze_marks::anki(&front).map_err(refused)?;
            let beside = [back, explanation].into_iter().find(|text| !text.is_empty()).unwrap_or_default();
            clozes(self.line, &stretches, &beside)
        } else if back.is_empty() {
            return Err(refused("the second side is empty"));
        } else {
            let body = Body::Flashcard { prompt: front, answer: back };
            vec![Note { explanation: said(explanation), ..Note::new(self.line, body) }]
        };
        let tags = self.tags(columns, headers);
        let both_ways = self.is_both_ways(columns, headers);
        let dress = |note: Note| Note {
            hint: note.hint.or_else(|| said(hint.clone())),
            tags: tags.clone(),
            both_ways: both_ways && matches!(note.body, Body::Flashcard { .. }),
            ..note
        };
        Ok(notes.into_iter().map(dress).collect())
    }

    /// The fields of a column, one below the other, as Markdown.
    fn text(&self, columns: &[Column], wanted: Column, is_html: bool) -> Result<String, &'static str> {
        let mut texts = Vec::new();
        for field in self.fields_of(columns, wanted).filter(|field| !field.is_empty()) {
            texts.push(if is_html { html::to_markdown(field)? } else { field.to_owned() });
        }
        Ok(texts.join("\n\n").trim().to_owned())
    }

    fn fields_of<'a>(&'a self, columns: &'a [Column], wanted: Column) -> impl Iterator<Item = &'a str> {
        self.fields
            .iter()
            .zip(columns)
            .filter(move |(_, column)| **column == wanted)
            .map(|(field, _)| field.as_str())
    }

    fn tags(&self, columns: &[Column], headers: &Headers) -> Vec<String> {
        let own = self.fields_of(columns, Column::Tags).flat_map(str::split_whitespace).map(str::to_owned);
        let mut tags: Vec<String> = headers.tags.iter().cloned().chain(own).collect();
        tags.sort();
        tags.dedup();
        tags
    }

    /// Whether the note's type asks both ways, as `Basic (and reversed card)` does.
    fn is_both_ways(&self, columns: &[Column], headers: &Headers) -> bool {
        let own = self.fields_of(columns, Column::NoteType).next();
        own.or(headers.notetype.as_deref()).is_some_and(|name| name.to_lowercase().contains("and reversed"))
    }
}

fn clozes(line: usize, stretches: &[cloze_marks::Stretch], beside: &str) -> Vec<Note> {
    let cards = cloze_marks::cards(stretches).into_iter();
    let note = |(pieces, hint)| Note {
        hint,
        explanation: said(beside.to_owned()),
        ..Note::new(line, Body::Cloze { pieces })
    };
    cards.map(note).collect()
}

/// A text that says something.
fn said(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}
