//! What was done: the heat map of a year, streak, retention by interval, forecast, time, branches.

mod heat;

use serde_json::{Value, json};

use super::check::counted;
use super::coverage::percent;
use super::page::{Fit, Line, Look, Page, Side, Span, Style, bar, padded, truncated};
use crate::domain::day::StudyDay;
use crate::domain::skill_map::NodeKey;
use crate::domain::statistics::{Activity, Retention, Streak, Tally};

/// Columns of a bar.
const BAR: usize = 20;
/// Columns of the bar of a row that has figures behind it, on a narrow page.
const NARROW_BAR: usize = 10;
/// Pages from this many columns on have the wider bars.
const WIDE: usize = 60;
/// Columns of a branch's answers and their share, and of the time behind them on a wide page.
const FIGURES: usize = 15;
const TIME: usize = 20;
const DAYS_A_WEEK: u32 = 7;
const MINUTES_AN_HOUR: u64 = 60;

/// A branch and its answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// Its key.
    pub key: NodeKey,
    /// Its label.
    pub label: String,
    /// Its answers.
    pub tally: Tally,
}

/// What is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statistics {
    /// The node they are about; all answers when `None`.
    pub label: Option<String>,
    /// The study day.
    pub today: StudyDay,
    /// The answers.
    pub activity: Activity,
    /// How many cards fall due on each of the next days.
    pub forecast: Vec<(StudyDay, usize)>,
    /// The branches below.
    pub branches: Vec<Branch>,
}

/// The page.
#[must_use]
pub fn page(statistics: &Statistics, look: &Look) -> Page {
    let mut page = Page::new();
    let total = statistics.activity.total();
    let streak = statistics.activity.streak(statistics.today);
    let title = statistics.label.as_ref().map_or("Your answers", String::as_str);
    page.text(Style::Title, title);
    page.line(total_line(&total));
    page.line(streak_line(streak));
    page.blank().append(heat::page(statistics.activity.days(), statistics.today, look));
    retention(&mut page, &statistics.activity.retention(), look);
    forecast(&mut page, statistics, look);
    branches(&mut page, &statistics.branches, look);
    page
}

fn total_line(total: &Tally) -> Vec<Span> {
    let Some(share) = total.share() else { return vec![Span::plain("no answer yet")] };
    let behind = format!(" · {} right · {}", percent(share), time(total.minutes()));
    vec![Span::new(Style::Strong, counted(total.answers, "answer")), Span::new(Style::Dim, behind)]
}

fn streak_line(streak: Streak) -> Vec<Span> {
    let now = match streak.now {
        0 => Span::new(Style::Dim, "no streak: an answer today begins one"),
        days => Span::new(Style::Good, format!("{} in a row", counted(days as usize, "day"))),
    };
    let longest = format!(" · longest {}", counted(streak.longest as usize, "day"));
    vec![now, Span::new(Style::Dim, if streak.longest == 0 { String::new() } else { longest })]
}

fn shared(tally: &Tally) -> String {
    tally.share().map_or_else(|| "none".to_owned(), percent)
}

/// Minutes as `3 h 20 min`.
fn time(minutes: u64) -> String {
    match (minutes / MINUTES_AN_HOUR, minutes % MINUTES_AN_HOUR) {
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes:02} min"),
    }
}

fn bar_width(look: &Look) -> usize {
    if look.width >= WIDE { BAR } else { NARROW_BAR }
}

fn retention(page: &mut Page, classes: &[Retention], look: &Look) {
    page.blank().text(Style::Strong, "Retention by days since the answer before");
    let asked: Vec<&Retention> = classes.iter().filter(|class| class.tally.answers > 0).collect();
    if asked.is_empty() {
        page.text(Style::Dim, "no card has come back yet");
    }
    for class in asked {
        let days = match class.to {
            None => format!("{}+", class.from),
            Some(to) if to == class.from => to.to_string(),
            Some(to) => format!("{}–{to}", class.from),
        };
        row(page, &days, class.tally.share().unwrap_or(0.0), bar_width(look), {
            format!(" {} of {}", shared(&class.tally), counted(class.tally.answers, "answer"))
        });
    }
}

fn row(page: &mut Page, lead: &str, share: f64, width: usize, figures: String) {
    const LEAD: usize = 8;
    let spans = vec![
        Span::new(Style::Dim, format!("{}  ", padded(lead, LEAD - 2, Side::Right))),
        bar(share, width),
        Span::plain(figures),
    ];
    page.push(Line::new(spans).fitting(Fit::Cut));
}

/// The next days, a row a week: the number due on each day.
fn forecast(page: &mut Page, statistics: &Statistics, look: &Look) {
    let total: usize = statistics.forecast.iter().map(|(_, due)| due).sum();
    let heading = format!("Due in the next {} days: {total}", statistics.forecast.len());
    page.blank().text(Style::Strong, heading);
    if total == 0 {
        return;
    }
    let weeks = statistics.forecast.chunks(DAYS_A_WEEK as usize);
    let sums: Vec<usize> = weeks.clone().map(|week| week.iter().map(|(_, due)| due).sum()).collect();
    let most = sums.iter().copied().max().unwrap_or(0).max(1);
    for (week, sum) in weeks.zip(sums) {
        let first = week.first().map_or(statistics.today, |(day, _)| *day);
        let (_, month, day) = first.ymd();
        let days: Vec<String> = week.iter().map(|(_, due)| due.to_string()).collect();
        let figures = format!(" {sum}: {}", days.join(" "));
        row(page, &format!("{day} {}", heat::month(month)), fraction(sum, most), bar_width(look), figures);
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of cards are exact in f64 up to 2^53")]
fn fraction(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

fn branches(page: &mut Page, branches: &[Branch], look: &Look) {
    let answered: Vec<&Branch> = branches.iter().filter(|branch| branch.tally.answers > 0).collect();
    if answered.is_empty() {
        return;
    }
    page.blank().text(Style::Strong, "By branch");
    let behind = if look.width >= WIDE { FIGURES + TIME } else { FIGURES };
    let width = look.width.saturating_sub(behind).max(1);
    for branch in answered {
        let label = truncated(&branch.label, width, look.glyphs);
        let tally = &branch.tally;
        let answers = padded(&tally.answers.to_string(), 7, Side::Right);
        let right = padded(&shared(tally), 6, Side::Right);
        let figures = if look.width >= WIDE {
            format!(" {answers} {right} right  {}", time(tally.minutes()))
        } else {
            format!(" {answers} {right}")
        };
        let spans = vec![Span::plain(padded(&label, width, Side::Left)), Span::new(Style::Dim, figures)];
        page.push(Line::new(spans).fitting(Fit::Cut));
    }
}

/// The contract's object.
#[must_use]
pub fn json(statistics: &Statistics) -> String {
    let streak = statistics.activity.streak(statistics.today);
    let days = statistics.activity.days().iter().map(|(day, tally)| {
        json!({ "day": day.to_string(), "answers": tally.answers, "right": tally.right, "minutes": tally.minutes() })
    });
    let retention = statistics.activity.retention();
    let retention = retention.iter().map(|class| {
        json!({ "from": class.from, "to": class.to, "answers": class.tally.answers, "right": class.tally.right })
    });
    let forecast = statistics.forecast.iter().map(|(day, due)| json!({ "day": day.to_string(), "due": due }));
    let branches = statistics.branches.iter().map(|branch| {
        json!({
            "key": branch.key.0,
            "label": branch.label,
            "answers": branch.tally.answers,
            "right": branch.tally.right,
            "minutes": branch.tally.minutes(),
        })
    });
    json!({
        "days": days.collect::<Vec<Value>>(),
        "streak": streak.now,
        "retention": retention.collect::<Vec<Value>>(),
        "forecast": forecast.collect::<Vec<Value>>(),
        "longest_streak": streak.longest,
        "branches": branches.collect::<Vec<Value>>(),
    })
    .to_string()
}
