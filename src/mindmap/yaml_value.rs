//! One YAML value of front matter: plain, quoted, block or flow.
//!
//! It knows nothing of the blocks around it.

use std::collections::BTreeSet;

/// A value that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// None on its line: a deeper block may follow.
    None,
    /// A plain text, which deeper lines go on with.
    Plain(String),
    /// A finished value; its text where it has one.
    Done(String),
}

/// The byte of the colon that ends a key at the beginning of a line's text.
pub(super) fn key_end(text: &str) -> Option<usize> {
    let quoted = text.chars().next().filter(|quote| matches!(quote, '"' | '\''));
    if let Some(quote) = quoted {
        let close = quote_end(text, 1, quote)?;
        let gap = text.get(close..)?;
        let colon = close + gap.len() - gap.trim_start().len();
        return is_colon(text, colon).then_some(colon);
    }
    if text.starts_with(['[', '{', '#', '|', '>']) {
        return None;
    }
    let note = text.find(" #").unwrap_or(text.len());
    text.match_indices(':').map(|(at, _)| at).take_while(|at| *at < note).find(|at| is_colon(text, *at))
}

fn is_colon(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or("");
    rest.strip_prefix(':').is_some_and(|after| after.is_empty() || after.starts_with([' ', '\t', '\n']))
}

/// The value that begins at `at`, of an entry in a column, and the byte after its last line.
///
/// # Errors
/// The byte where it goes wrong.
pub(super) fn value(
    body: &str,
    at: usize,
    column: usize,
    anchors: &BTreeSet<&str>,
) -> Result<(Value, usize), usize> {
    let line = body.get(at..).unwrap_or("").split('\n').next().unwrap_or("");
    let text = without_marks(line.trim());
    let start = at + (line.trim_end().len() - text.len());
    let next = at + line.len() + 1;
    let Some(first) = text.chars().next().filter(|first| *first != '#') else {
        return Ok((Value::None, next));
    };
    match first {
        '"' | '\'' => {
            let end = quote_end(body, start + 1, first).ok_or(start)?;
            let inner = body.get(start + 1..end - 1).unwrap_or("");
            let text = if first == '"' { unescaped(inner) } else { inner.replace("''", "'") };
            finished(body, end).map(|next| (Value::Done(text), next))
        }
        '[' | '{' => {
            let end = flow_end(body, start)?;
            finished(body, end).map(|next| (Value::Done(String::new()), next))
        }
        '|' | '>' => Ok((Value::Done(String::new()), block_end(body, next, column))),
        '@' | '`' | '%' | ']' | '}' | ',' => Err(start),
        '*' if !anchors.contains(name(text.trim_start_matches('*'))) => Err(start),
        _ => plain(text, start).map(|found| (found, next)),
    }
}

/// A value's text after its anchor and its tag.
fn without_marks(mut text: &str) -> &str {
    while text.starts_with(['&', '!']) {
        let end = text.find(char::is_whitespace).unwrap_or(text.len());
        text = text.get(end..).unwrap_or("").trim_start();
    }
    text
}

/// The names of all anchors.
pub(super) fn anchors(body: &str) -> BTreeSet<&str> {
    body.split('&').skip(1).map(name).filter(|name| !name.is_empty()).collect()
}

/// The name that an anchor or an alias begins with.
fn name(text: &str) -> &str {
    text.split([' ', '\n', ',', ']', '}']).next().unwrap_or("")
}

/// A plain text; a note after it finishes it.
fn plain(text: &str, at: usize) -> Result<Value, usize> {
    let note = text.find(" #");
    let text = note.and_then(|note| text.get(..note)).unwrap_or(text).trim_end();
    if let Some(colon) = key_end(text) {
        return Err(at + colon);
    }
    if text == "-" || text.starts_with("- ") {
        return Err(at);
    }
    let empty = matches!(text, "null" | "Null" | "NULL" | "~" | "false" | "False" | "FALSE" | "0");
    let text = if empty { String::new() } else { text.to_owned() };
    Ok(if note.is_some() { Value::Done(text) } else { Value::Plain(text) })
}

/// The byte after the closing quote of a string that begins at `at`.
fn quote_end(text: &str, mut at: usize, quote: char) -> Option<usize> {
    loop {
        let rest = text.get(at..)?;
        let found = at + rest.find([quote, '\\'])?;
        let escape = text.get(found..)?.starts_with('\\');
        let doubled = quote == '\'' && text.get(found + 1..)?.starts_with('\'');
        at = match (escape, quote) {
            (true, '"') => found + 1 + text.get(found + 1..)?.chars().next()?.len_utf8(),
            (true, _) => found + 1,
            (false, _) if doubled => found + 2,
            (false, _) => return Some(found + 1),
        };
    }
}

/// The byte after the bracket that closes a flow value that begins at `at`.
fn flow_end(body: &str, start: usize) -> Result<usize, usize> {
    let mut open = Vec::new();
    let mut at = start;
    while let Some(character) = body.get(at..).and_then(|rest| rest.chars().next()) {
        let opens_value = body.get(..at).unwrap_or("").ends_with([' ', '[', '{', ',', ':', '\n']);
        match character {
            '[' => open.push(']'),
            '{' => open.push('}'),
            ']' | '}' if open.pop() != Some(character) => return Err(at),
            '"' | '\'' if opens_value => {
                at = quote_end(body, at + 1, character).ok_or(at)?;
                continue;
            }
            _ => {}
        }
        at += character.len_utf8();
        if open.is_empty() {
            return Ok(at);
        }
    }
    Err(start)
}

/// The byte after the lines of a block text below an entry in a column.
fn block_end(body: &str, mut at: usize, column: usize) -> usize {
    for line in body.get(at..).unwrap_or("").split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches(' ').len();
        if !line.trim().is_empty() && indent <= column {
            break;
        }
        at += line.len();
    }
    at
}

/// The byte after the line at `at`, which may hold nothing more but a note.
fn finished(body: &str, at: usize) -> Result<usize, usize> {
    let line = body.get(at..).unwrap_or("").split('\n').next().unwrap_or("");
    let rest = line.trim_start();
    if rest.is_empty() || (rest.starts_with('#') && rest.len() < line.len()) {
        return Ok(at + line.len() + 1);
    }
    Err(at + (line.len() - rest.len()))
}

/// The text of a string in double quotes.
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        if character != '\\' {
            plain.push(character);
            continue;
        }
        match rest.next() {
            Some('n' | 't') => plain.push(' '),
            Some(kind @ ('x' | 'u' | 'U')) => {
                let digits = match kind {
                    'x' => 2,
                    'u' => 4,
                    _ => 8,
                };
                let code: String = rest.by_ref().take(digits).collect();
                let read = u32::from_str_radix(&code, 16).ok().and_then(char::from_u32);
                plain.push(read.unwrap_or('\u{fffd}'));
            }
            Some(other) => plain.push(other),
            None => {}
        }
    }
    plain
}
