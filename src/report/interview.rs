//! The interviews for which the learner studies, in words and as JSON.

use serde_json::{Value, json};

use super::check::counted;
use super::page::{Line, Page, Span, Style};
use super::returns;
use crate::domain::day::StudyDay;
use crate::domain::interview::Interview;
use crate::domain::plan::PlannedDay;

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

/// What a report about a day opens with: the interview, or that none is on that day, and how far it is.
#[must_use]
pub fn heading_of(interview: &Interview, is_set: bool, today: StudyDay) -> Vec<Span> {
    let when = distance(interview.on, today);
    let (title, when) = if is_set {
        (titled(&interview.name), format!(" {when}"))
    } else {
        ("No interview on that day".to_owned(), format!(" ({when})"))
    };
    vec![Span::new(Style::Title, title), Span::plain(when)]
}

/// What a sitting opens with: how far the interview is, and what its plan asks of today; `due` are the cards that are
/// due, of which the plan may leave some to another day.
#[must_use]
pub fn opening(
    next: &Interview,
    gone: &[String],
    plan: Option<&PlannedDay>,
    due: usize,
    today: StudyDay,
) -> Page {
    let mut page = Page::new();
    let asks = plan.map_or_else(|| "nothing is planned, good luck".to_owned(), |day| asks(day, due));
    page.text(Style::Dim, format!("{} {} · {asks}", titled(&next.name), distance(next.on, today)));
    if let Some(gone) = self::gone(gone) {
        page.text(Style::Warn, gone);
    }
    page
}

/// `today's plan: 14 due, 20 new, 8 of the sweep`.
fn asks(day: &PlannedDay, due: usize) -> String {
    let reviews = match due {
        0 => None,
        due if day.reviews >= due => Some(format!("{due} due")),
        due => Some(format!("{} of {due} due", day.reviews)),
    };
    let new = (day.new > 0).then(|| format!("{} new", day.new));
    let sweep = (day.sweep > 0).then(|| format!("{} of the sweep", day.sweep));
    let parts: Vec<String> = [reviews, new, sweep].into_iter().flatten().collect();
    let parts = if parts.is_empty() { "nothing is left".to_owned() } else { parts.join(", ") };
    format!("today's plan: {parts}")
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

#[cfg(test)]
mod tests {
    use super::opening;
    use crate::domain::day::StudyDay;
    use crate::domain::interview::Interview;
    use crate::domain::plan::PlannedDay;
    use crate::report::page::{Colour, Glyphs, Look};

    #[test]
    fn a_sitting_opens_with_what_the_plan_asks_of_today() {
        let today = StudyDay::from_number(100);
        let next = |days| {
            let on = today.plus(days);
            Interview { on, name: "Acme".to_owned(), since: today, focus: Vec::new(), minutes: None }
        };
        let day = |new, reviews, sweep| PlannedDay {
            day: today,
            new,
            reviews,
            sweep,
            minutes: 1.0,
            branches: vec![],
        };
        let table = [
            (
                12,
                Some(day(20, 14, 8)),
                14,
                "Interview Acme in 12 days · today's plan: 14 due, 20 new, 8 of the sweep\n",
            ),
            (1, Some(day(66, 0, 0)), 171, "Interview Acme tomorrow · today's plan: 0 of 171 due, 66 new\n"),
            (2, Some(day(0, 0, 0)), 0, "Interview Acme in 2 days · today's plan: nothing is left\n"),
            (0, None, 9, "Interview Acme today · nothing is planned, good luck\n"),
        ];
        let look = Look { width: 80, colour: Colour::Off, glyphs: Glyphs::Unicode };
        for (days, plan, due, told) in table {
            assert_eq!(opening(&next(days), &[], plan.as_ref(), due, today).paint(&look), told);
        }
        let gone = opening(&next(2), &["a/b".to_owned()], None, 0, today).paint(&look);
        assert!(gone.ends_with("`a/b` is on the map no more and left aside\n"), "{gone}");
    }
}
