//! The interviews for which the learner studies, in words and as JSON.

use serde_json::{Value, json};

use super::check::counted;
use super::page::{Line, Page, Span, Style};
use super::returns;
use crate::domain::day::StudyDay;
use crate::domain::interview::Interview;

/// An interview with its focus in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<'a> {
    /// The interview.
    pub interview: &'a Interview,
    /// Labels of the nodes it is about; everything when empty.
    pub focus: Vec<String>,
    /// Keys of nodes that are on the map no more.
    pub gone: Vec<String>,
}

/// The page of all of them.
#[must_use]
pub fn page(list: &[Listed<'_>], today: StudyDay) -> Page {
    let mut page = Page::new();
    if list.is_empty() {
        page.text(Style::Plain, "No interview is set: reports look 30 days ahead.");
        return page;
    }
    for listed in list {
        page.append(entry(listed, today));
    }
    page
}

/// One of them: when and what, then the focus and the minutes.
#[must_use]
pub fn entry(listed: &Listed<'_>, today: StudyDay) -> Page {
    let mut page = Page::new();
    let on = listed.interview.on;
    page.line(vec![
        Span::new(Style::Strong, on.to_string()),
        Span::new(Style::Dim, format!("  {}", distance(on, today))),
        Span::plain(format!("  {}", titled(&listed.interview.name))),
    ]);
    let focus = if listed.focus.is_empty() { "the whole map".to_owned() } else { listed.focus.join(", ") };
    let minutes = listed.interview.minutes.map_or_else(String::new, |minutes| {
        format!(" · {} a day", counted(usize::try_from(minutes).unwrap_or(0), "minute"))
    });
    page.push(Line::new(vec![Span::new(Style::Dim, format!("{focus}{minutes}"))]).indented(2));
    if let Some(gone) = gone(&listed.gone) {
        page.push(Line::new(vec![Span::new(Style::Warn, gone)]).indented(2));
    }
    page
}

/// What is to be told of nodes that left the map; `None` where none did.
#[must_use]
pub fn gone(keys: &[String]) -> Option<String> {
    let named: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    let verb = if keys.len() == 1 { "is" } else { "are" };
    (!keys.is_empty()).then(|| format!("{} {verb} on the map no more and left aside", named.join(", ")))
}

/// `Interview Acme`, or `Interview` for one without a name.
#[must_use]
pub fn titled(name: &str) -> String {
    if name.is_empty() { "Interview".to_owned() } else { format!("Interview {name}") }
}

/// How far a day lies ahead or back, in words.
#[must_use]
pub fn distance(on: StudyDay, today: StudyDay) -> String {
    match today.since(on) {
        0 => returns::days(on.since(today)),
        1 => "yesterday".to_owned(),
        past => format!("{past} days ago"),
    }
}

/// The contract's list.
#[must_use]
pub fn json(list: &[Listed<'_>], today: StudyDay) -> String {
    Value::from(list.iter().map(|listed| object(listed.interview, today)).collect::<Vec<_>>()).to_string()
}

/// One interview as an object; `days` is below 0 for one that has been.
#[must_use]
pub fn object(interview: &Interview, today: StudyDay) -> Value {
    json!({
        "name": interview.name,
        "on": interview.on.to_string(),
        "days": i64::from(interview.on.number()) - i64::from(today.number()),
        "focus": interview.focus.iter().map(|key| key.0.as_str()).collect::<Vec<_>>(),
        "minutes_a_day": interview.minutes,
    })
}
