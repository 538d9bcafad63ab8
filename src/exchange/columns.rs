//! Which column holds what: by Anki's headers, by the names in the first row, else by their order.

use super::headers::Headers;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// What is asked, or a text with gaps.
    Front,
    /// What answers it.
    Back,
    /// What is told with the answer.
    Explanation,
    /// A hint.
    Hint,
    /// Free words, parted by white space.
    Tags,
    /// The name of the note's type.
    NoteType,
    /// Nothing that we use.
    Idle,
}

/// The names by which columns are known, in lower case.
const NAMES: [(Column, &[&str]); 6] = [
    (Column::Front, &["front", "question", "prompt", "q", "text", "term"]),
    (Column::Back, &["back", "answer", "a", "definition"]),
    (Column::Explanation, &["explanation", "extra", "back extra", "notes", "note"]),
    (Column::Hint, &["hint"]),
    (Column::Tags, &["tags", "tag"]),
    (Column::NoteType, &["notetype", "note type"]),
];

/// The column of that name.
fn named(name: &str) -> Option<Column> {
    let name = name.trim().to_lowercase();
    NAMES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(column, _)| *column)
}

/// Whether a row names columns: every field is a known name, the front among them.
pub(super) fn is_title_row(fields: &[&str]) -> bool {
    let known: Option<Vec<Column>> = fields.iter().map(|field| named(field)).collect();
    known.is_some_and(|columns| columns.contains(&Column::Front))
}

/// What each of `count` columns holds, and the names or numbers of those that are left out.
pub(super) fn of(headers: &Headers, names: &[&str], count: usize) -> (Vec<Column>, Vec<String>) {
    let special = |index: usize| {
        if headers.tags_column == Some(index) {
            Some(Column::Tags)
        } else if headers.notetype_column == Some(index) {
            Some(Column::NoteType)
        } else {
            headers.idle_columns.contains(&index).then_some(Column::Idle)
        }
    };
    let by_name: Vec<Option<Column>> = (0..count)
        .map(|index| special(index).or_else(|| names.get(index).and_then(|name| named(name))))
        .collect();
    if by_name.contains(&Some(Column::Front)) {
        let ignored = (0..count).filter(|index| by_name[*index].is_none());
        let ignored =
            ignored.map(|index| names.get(index).map_or_else(|| number(index), |name| (*name).to_owned()));
        let ignored = ignored.collect();
        return (by_name.into_iter().map(|column| column.unwrap_or(Column::Idle)).collect(), ignored);
    }
    by_order(&by_name)
}

/// The first free column asks, the second answers, the rest is left out.
fn by_order(known: &[Option<Column>]) -> (Vec<Column>, Vec<String>) {
    let mut order = [Column::Front, Column::Back].into_iter();
    let mut ignored = Vec::new();
    let mut columns = Vec::new();
    for (index, column) in known.iter().enumerate() {
        columns.push(column.or_else(|| order.next()).unwrap_or_else(|| {
            ignored.push(number(index));
            Column::Idle
        }));
    }
    (columns, ignored)
}

fn number(index: usize) -> String {
    (index + 1).to_string()
}
