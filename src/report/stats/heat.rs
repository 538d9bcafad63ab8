//! The heat map: a column a week, a row a day of the week, a shade by the number of answers.

use std::collections::BTreeMap;

use crate::domain::day::StudyDay;
use crate::domain::statistics::Tally;
use crate::report::page::{Fit, Line, Look, Page, Span, Style};

const DAYS_A_WEEK: u32 = 7;
/// Weeks of a year, the one that has begun included.
const MOST_WEEKS: usize = 53;
/// Columns of the names of the days.
const NAMES: usize = 4;
/// Columns a month's name takes, with the blank behind it.
const MONTH: usize = 4;
/// Shades for some answers, from few to many; `NONE` stands for a day without.
const SHADES: [char; 3] = ['░', '▒', '█'];
const NONE: char = '·';
/// 1970-01-01 was a Thursday: three days after a Monday.
const THURSDAY: i64 = 3;

/// Three letters of a month, 1 to 12.
pub(super) fn month(number: u32) -> &'static str {
    const NAMES: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let place = usize::try_from(number.saturating_sub(1)).unwrap_or(0);
    NAMES.get(place).copied().unwrap_or("")
}

/// The last year up to today, or as many weeks of it as the page has columns for.
pub(super) fn page(days: &BTreeMap<StudyDay, Tally>, today: StudyDay, look: &Look) -> Page {
    let weeks = look.width.saturating_sub(NAMES).clamp(1, MOST_WEEKS);
    let back = u32::try_from(weeks - 1).unwrap_or(0) * DAYS_A_WEEK;
    let first = today.minus(weekday(today)).minus(back);
    let busiest = days.range(first..=today).map(|(_, tally)| tally.answers).max().unwrap_or(0);
    let mut page = Page::new();
    let months = Span::new(Style::Dim, format!("{}{}", " ".repeat(NAMES), months(first, weeks)));
    page.push(Line::new(vec![months]).fitting(Fit::Cut));
    for (place, name) in ["Mon", "", "Wed", "", "Fri", "", "Sun"].into_iter().enumerate() {
        let start = first.plus(u32::try_from(place).unwrap_or(0));
        let mut spans = vec![Span::new(Style::Dim, format!("{name:<NAMES$}"))];
        let shown = (0..weeks).map(|week| start.plus(u32::try_from(week).unwrap_or(0) * DAYS_A_WEEK));
        spans.extend(shown.filter(|day| *day <= today).map(|day| cell(days.get(&day), busiest)));
        page.push(Line::new(spans).fitting(Fit::Cut));
    }
    page.push(legend(busiest));
    page
}

/// Days since Monday.
fn weekday(day: StudyDay) -> u32 {
    let days = (i64::from(day.number()) + THURSDAY).rem_euclid(i64::from(DAYS_A_WEEK));
    u32::try_from(days).unwrap_or(0)
}

/// The names of the months above the weeks in which they begin, where there is room.
fn months(first: StudyDay, weeks: usize) -> String {
    let mut row = String::new();
    for week in 0..weeks {
        let start = first.plus(u32::try_from(week).unwrap_or(0) * DAYS_A_WEEK);
        let (_, number, day) = start.ymd();
        let begins = day <= DAYS_A_WEEK;
        if begins && row.len() <= week && week + MONTH <= weeks + 1 {
            row.push_str(&" ".repeat(week - row.len()));
            row.push_str(month(number));
        }
    }
    row
}

fn cell(tally: Option<&Tally>, busiest: usize) -> Span {
    match tally.map_or(0, |tally| tally.answers) {
        0 => Span::new(Style::Dim, NONE),
        answers => Span::new(Style::Good, shade(answers, busiest)),
    }
}

/// The shade of so many answers (1..) where the busiest day has `busiest`.
fn shade(answers: usize, busiest: usize) -> char {
    let place = (answers * SHADES.len()).div_ceil(busiest.max(1)).clamp(1, SHADES.len());
    SHADES.get(place - 1).copied().unwrap_or(NONE)
}

/// What the shades stand for.
fn legend(busiest: usize) -> Line {
    let mut spans = vec![Span::new(Style::Dim, format!("{}{NONE} none", " ".repeat(NAMES)))];
    let mut from = 1;
    for (place, shade) in SHADES.into_iter().enumerate() {
        let to = busiest * (place + 1) / SHADES.len();
        if to >= from {
            let range = if to == from { to.to_string() } else { format!("{from}–{to}") };
            spans.extend([
                Span::new(Style::Good, format!("  {shade}")),
                Span::new(Style::Dim, format!(" {range}")),
            ]);
            from = to + 1;
        }
    }
    if busiest > 0 {
        spans.push(Span::new(Style::Dim, " answers"));
    }
    Line::new(spans)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::grade::Grade;

    fn days(counts: &[(&str, usize)]) -> BTreeMap<StudyDay, Tally> {
        let mut days: BTreeMap<StudyDay, Tally> = BTreeMap::new();
        for (day, count) in counts {
            for _ in 0..*count {
                days.entry(day.parse().unwrap()).or_default().add(Grade::GOOD, None);
            }
        }
        days
    }

    #[test]
    fn shades_and_legend_agree() {
        for busiest in 1..40 {
            let legend: String = legend(busiest).spans().iter().map(|span| span.text.as_str()).collect();
            for answers in 1..=busiest {
                let shade = shade(answers, busiest);
                let (_, behind) = legend.split_once(&format!("{shade} ")).unwrap();
                let range = behind.split(' ').next().unwrap();
                let (from, to) = range.split_once('–').unwrap_or((range, range));
                let range = from.parse::<usize>().unwrap()..=to.parse().unwrap();
                assert!(range.contains(&answers), "{answers} of {busiest}: {legend}");
            }
        }
    }

    #[test]
    fn a_year_ends_on_its_day_of_the_week() {
        // 2026-11-26 is a Thursday.
        let today: StudyDay = "2026-11-26".parse().unwrap();
        assert_eq!(weekday(today), 3);
        let shown = days(&[("2026-11-26", 9), ("2026-11-23", 1), ("2026-11-22", 5), ("2020-01-01", 50)]);
        let painted = page(&shown, today, &Look::plain(10)).paint(&Look::plain(40));
        insta::assert_snapshot!(painted, @r#"
              Nov
        Mon ·····░
            ······
        Wed ······
            ·····█
        Fri ·····
            ·····
        Sun ····▒
            · none  ░ 1–3  ▒ 4–6  █ 7–9 answers
        "#);
    }
}
