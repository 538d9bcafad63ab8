//! Lines of a review log as `log --json` writes them, one JSON object each ↔ rows of the log.
//!
//! Any reader of bytes will do: a line is in memory at a time. It knows neither files nor the store, so whether a
//! row is known already, or the row that an undo names is there, is for others to say.

use std::io::{self, BufRead, Read};

use serde::Deserialize;
use uuid::Uuid;

use crate::domain::card::CardId;
use crate::domain::day::{Moment, StudyDay};
use crate::domain::review::{Confidence, EntryId, Event, Grade, LogEntry, ReviewKind};

/// Bytes of the longest line that is read: a reply of 10,000 characters, each escaped, and the rest of a row.
const LONGEST_LINE: usize = 128 * 1024;
/// Characters of the longest reply.
const LONGEST_REPLY: usize = 10_000;
/// Characters of the longest name of a device.
const LONGEST_DEVICE: usize = 64;
/// The last millisecond since 1970 that an id may name, 9999-12-31: ids that follow it still have room.
const LAST_MILLI: u128 = 253_402_300_799_999;
/// Bits of a `UUIDv7` below its milliseconds.
const BELOW_MILLIS: u32 = 80;

/// Why a log cannot be read on.
#[derive(Debug, thiserror::Error)]
pub enum LineError {
    /// A line is no row of a log; the next one may be.
    #[error("line {line}: {why}")]
    Bad {
        /// The line, from 1.
        line: usize,
        /// What is wrong: lower case, no full stop.
        why: String,
    },
    /// The reader failed; there is no next line.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// The rows of a log, each with its line; empty lines are passed over.
#[derive(Debug)]
pub struct LogLines<R> {
    input: R,
    line: usize,
    bytes: Vec<u8>,
    ended: bool,
}

impl<R: BufRead> LogLines<R> {
    /// The rows that a reader gives.
    pub fn new(input: R) -> Self {
        Self { input, line: 0, bytes: Vec::new(), ended: false }
    }

    /// Reads on to the next line that is not empty; `None` at the end.
    fn next_line(&mut self) -> Option<Result<(), LineError>> {
        while !self.ended {
            self.line += 1;
            self.bytes.clear();
            let most = u64::try_from(LONGEST_LINE).unwrap_or(u64::MAX) + 1;
            match self.input.by_ref().take(most).read_until(b'\n', &mut self.bytes) {
                Ok(0) => self.ended = true,
                Ok(_) if self.bytes.trim_ascii().is_empty() => {}
                Ok(_) if self.bytes.len() > LONGEST_LINE => {
                    self.ended = true; // it may have no end at all
                    return Some(Err(
                        self.bad(format!("it has more than {LONGEST_LINE} bytes: this is no log"))
                    ));
                }
                Ok(_) => return Some(Ok(())),
                Err(error) => {
                    self.ended = true;
                    return Some(Err(error.into()));
                }
            }
        }
        None
    }

    fn bad(&self, why: String) -> LineError {
        LineError::Bad { line: self.line, why }
    }
}

impl<R: BufRead> Iterator for LogLines<R> {
    type Item = Result<(usize, LogEntry), LineError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Err(error) = self.next_line()? {
            return Some(Err(error));
        }
        let read = str::from_utf8(&self.bytes).map_err(|_| "it is not UTF-8".to_owned()).and_then(row);
        Some(read.map(|entry| (self.line, entry)).map_err(|why| self.bad(why)))
    }
}

/// A row as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a JSON object")]
struct Row {
    id: String,
    device: String,
    at: String,
    day: String,
    kind: String,
    card: Option<String>,
    grade: Option<i64>,
    elapsed_ms: Option<u32>,
    reply: Option<String>,
    retracts: Option<String>,
    from: Option<String>,
    confidence: Option<String>,
}

/// Reads one line.
fn row(text: &str) -> Result<LogEntry, String> {
    let row: Row = serde_json::from_str(text).map_err(|error| told(&error))?;
    let at: Moment =
        row.at.parse().map_err(|_| format!("`at` is a moment with an offset, not `{}`", row.at))?;
    let day: StudyDay =
        row.day.parse().map_err(|_| format!("`day` is a date like 2026-11-22, not `{}`", row.day))?;
    let length = row.device.chars().count();
    if length == 0 || length > LONGEST_DEVICE || row.device.chars().any(char::is_control) {
        return Err(format!("`device` is a name of 1 to {LONGEST_DEVICE} characters"));
    }
    Ok(LogEntry { id: id("id", &row.id)?, at, day, event: event(&row)?, device: row.device })
}

/// What the parser says, without its place: every row is a line of its own.
fn told(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.rfind(" at line ").and_then(|end| text.get(..end)).unwrap_or(&text);
    if error.is_data() { what.to_owned() } else { format!("no JSON object: {what}") }
}

/// A `UUIDv7`: the order of a log is that of its ids.
fn id(field: &str, text: &str) -> Result<EntryId, String> {
    let wrong = || format!("`{field}` is a UUIDv7, not `{text}`");
    let id = Uuid::try_parse(text).ok().filter(|id| id.get_version_num() == 7).ok_or_else(wrong)?.as_u128();
    if id >> BELOW_MILLIS > LAST_MILLI {
        return Err(format!("`{field}` lies beyond the year 9999"));
    }
    Ok(EntryId(id))
}

fn card(field: &str, text: Option<&String>) -> Result<CardId, String> {
    let text = text.ok_or_else(|| format!("`{field}` is missing"))?;
    let wrong = || format!("`{field}` is the id of a card, `deck/card`, not `{text}`");
    text.parse().ok().filter(|_| !text.chars().any(char::is_control)).ok_or_else(wrong)
}

fn event(row: &Row) -> Result<Event, String> {
    let event = match row.kind.as_str() {
        "undo" => {
            let retracts = row.retracts.as_ref().ok_or("`retracts` is missing")?;
            Event::Undone { retracts: id("retracts", retracts)? }
        }
        "restart" => Event::Restarted { card: card("card", row.card.as_ref())? },
        "keep" => Event::Kept { card: card("card", row.card.as_ref())? },
        "relink" => {
            Event::Relinked { from: card("from", row.from.as_ref())?, to: card("card", row.card.as_ref())? }
        }
        kind => answered(row, ReviewKind::from_name(kind).ok_or_else(|| unknown(kind))?)?,
    };
    match surplus(row, &event) {
        Some(field) => Err(format!("a row of kind `{}` has no `{field}`", row.kind)),
        None => Ok(event),
    }
}

fn unknown(kind: &str) -> String {
    let kinds: Vec<&str> = ReviewKind::ALL.into_iter().map(ReviewKind::name).collect();
    format!("`kind` is {}, undo, restart, relink or keep, not `{kind}`", kinds.join(", "))
}

fn answered(row: &Row, kind: ReviewKind) -> Result<Event, String> {
    let grade = row.grade.and_then(Grade::new).ok_or("`grade` is a number from 0 to 5")?;
    let reply = row.reply.clone().unwrap_or_default();
    if reply.chars().count() > LONGEST_REPLY {
        return Err(format!("`reply` has more than {LONGEST_REPLY} characters"));
    }
    let card = card("card", row.card.as_ref())?;
    let unknown = |name: &String| format!("`confidence` is sure or unsure, not `{name}`");
    let confidence = row
        .confidence
        .as_ref()
        .map(|name| Confidence::from_name(name).ok_or_else(|| unknown(name)))
        .transpose()?;
    Ok(Event::Answered { card, grade, kind, elapsed_ms: row.elapsed_ms, reply, confidence })
}

/// A field that says something although rows of that kind have none.
fn surplus(row: &Row, event: &Event) -> Option<&'static str> {
    let is_answer = matches!(event, Event::Answered { .. });
    let fields = [
        ("card", row.card.is_some() && event.card().is_none()),
        ("grade", row.grade.is_some() && !is_answer),
        ("elapsed_ms", row.elapsed_ms.is_some() && !is_answer),
        ("reply", row.reply.is_some() && !is_answer),
        ("confidence", row.confidence.is_some() && !is_answer),
        ("retracts", row.retracts.is_some() && !matches!(event, Event::Undone { .. })),
        ("from", row.from.is_some() && !matches!(event, Event::Relinked { .. })),
    ];
    fields.into_iter().find_map(|(field, is_surplus)| is_surplus.then_some(field))
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_LINE, LineError, LogLines};
    use crate::domain::review::LogEntry;

    const ANSWER: &str = r#"{"id":"019aab2e-0000-7000-8000-000000000001","device":"d","at":"2026-11-22T10:00:00.000+01:00","day":"2026-11-22","card":"a/b","grade":4,"kind":"scheduled","elapsed_ms":null,"reply":"x","retracts":null}"#;

    fn read(bytes: &[u8]) -> Vec<Result<(usize, LogEntry), LineError>> {
        LogLines::new(bytes).collect()
    }

    fn fault(line: &str) -> String {
        read(line.as_bytes()).remove(0).unwrap_err().to_string()
    }

    #[test]
    fn empty_lines_and_line_ends_of_other_systems_are_passed_over() {
        let lines = read(format!("\n{ANSWER}\r\n  \n{ANSWER}").as_bytes());
        let numbers: Vec<usize> = lines.into_iter().map(|line| line.unwrap().0).collect();
        assert_eq!(numbers, [2, 4]);
        assert!(read(b"").is_empty() && read(b"\n\n").is_empty());
    }

    #[test]
    fn each_fault_is_told_with_its_line() {
        let table = [
            ("019aab2e-0000-7000", "019aab2e-0000-4000", "`id` is a UUIDv7"),
            ("019aab2e-0000-7000", "ffffffff-0000-7000", "`id` lies beyond the year 9999"),
            ("\"d\"", "\"\"", "`device` is a name of 1 to 64 characters"),
            ("T10:00:00.000+01:00", "", "`at` is a moment with an offset, not `2026-11-22`"),
            ("\"day\":\"2026-11-22\"", "\"day\":\"2026-02-30\"", "`day` is a date"),
            ("a/b", "ab", "`card` is the id of a card"),
            ("a/b", "a/\\u0000", "`card` is the id of a card"),
            ("\"grade\":4", "\"grade\":6", "`grade` is a number from 0 to 5"),
            (
                "scheduled",
                "learned",
                "`kind` is scheduled, early, drill, cram, mock, undo, restart, relink or keep, not `learned`",
            ),
            ("scheduled", "undo", "`retracts` is missing"),
            ("scheduled", "restart", "a row of kind `restart` has no `grade`"),
            ("scheduled", "relink", "`from` is missing"),
            ("\"retracts\":null", "\"from\":\"a/c\"", "a row of kind `scheduled` has no `from`"),
            ("\"retracts\":null", "\"confidence\":\"no\"", "`confidence` is sure or unsure, not `no`"),
            ("\"retracts\":null", "\"score\":1", "unknown field `score`"),
            ("\"id\"", "\"key\"", "unknown field `key`"),
            ("{", "", "expected a JSON object"),
            ("}", "", "no JSON object"),
        ];
        for (from, to, said) in table {
            let told = fault(&ANSWER.replacen(from, to, 1));
            assert!(told.starts_with("line 1: ") && told.contains(said), "{told}");
            assert!(!told.contains("column"), "{told}");
        }
        let long = ANSWER.replace("\"x\"", &format!("\"{}\"", "x".repeat(10_001)));
        assert!(fault(&long).contains("`reply` has more than 10000 characters"));
    }

    #[test]
    fn the_longest_reply_fits_and_no_line_is_read_for_ever() {
        let worst = ANSWER.replace("\"x\"", &format!("\"{}\"", "\\u0001".repeat(10_000)));
        assert!(read(worst.as_bytes()).remove(0).is_ok());
        let endless = vec![b'x'; LONGEST_LINE * 3];
        let lines = read(&endless);
        assert!(matches!(lines.as_slice(), [Err(LineError::Bad { line: 1, .. })]), "{lines:?}");
        assert!(fault(&String::from_utf8_lossy(b"\xff")).contains("line 1"));
        assert!(read(b"\xff\n").remove(0).unwrap_err().to_string().contains("it is not UTF-8"));
    }
}
