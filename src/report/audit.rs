//! How well memory models predict a learner, and how well he knows himself: figures as a page and as JSON.

use serde_json::{Value, json};

use super::check::counted;
use super::page::{Look, Page, Side, Span, Style, bar, padded, truncated};
use crate::domain::audit::{Audit, Figures, PARTS};
use crate::domain::calibration::Sureness;

/// Pages from this many columns on have all of it; on narrower ones a row still is one row.
const WIDE: usize = 60;
/// Columns of a share with its count: `100 % of 12345`.
const SHARE: usize = 12;
/// Columns of a part of the scale and of its two shares.
const PART: usize = 29;
/// Columns of a count of answers.
const COUNT: usize = 9;
/// Scored answers below which chance decides which model wins. Source: a fit gains nothing below some 1,600.
const FEW: usize = 1_000;

/// All that the page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// How the models did.
    pub audit: Audit,
    /// What was said of branches, by label, the asked node first.
    pub branches: Vec<(String, Sureness)>,
}

/// Columns of the tables.
#[derive(Debug, Clone, Copy)]
struct Columns {
    /// A model's or branch's name.
    name: usize,
    /// A figure.
    figure: usize,
    /// The bars.
    bar: usize,
}

impl Columns {
    fn of(look: &Look) -> Self {
        if look.width >= WIDE {
            Self { name: 18, figure: 9, bar: 12 }
        } else {
            Self { name: 14, figure: 8, bar: 0 }
        }
    }
}

/// The page.
#[must_use]
pub fn page(shown: &Calibration, look: &Look) -> Page {
    let columns = Columns::of(look);
    let audit = &shown.audit;
    let mut page = Page::new();
    page.text(Style::Strong, counted(audit.answers, "answer"));
    if audit.scored == 0 {
        page.text(
            Style::Dim,
            "none of them came a day or more after the one before: there is nothing to predict yet",
        );
    } else {
        page.text(
            Style::Dim,
            format!(
                "{} came a day or more after the one before, and were predicted from what came before",
                audit.scored
            ),
        );
        page.blank().append(models(&audit.models, columns));
        page.blank().append(parts(audit, columns));
        page.blank().text(Style::Plain, verdict(audit));
    }
    page.blank().append(sureness(&shown.branches, columns, look));
    page
}

/// What a model is called on the page.
fn label(name: &str) -> &'static str {
    match name {
        "fsrs" => "FSRS, in force",
        "fsrs-default" => "FSRS, default",
        "sm2" => "SM-2",
        _ => "your average",
    }
}

fn models(models: &[Figures], columns: Columns) -> Page {
    let mut page = Page::new();
    let cell = |text: &str| padded(text, columns.figure, Side::Right);
    let name = |text: &str| padded(text, columns.name, Side::Left);
    let head = format!("{}{}{}{}", name("model"), cell("log-loss"), cell("RMSE"), cell("AUC"));
    page.text(Style::Dim, head);
    let best = best(models).map(|best| best.name);
    for figures in models {
        let style = if Some(figures.name) == best { Style::Good } else { Style::Plain };
        let numbers = [figures.log_loss, figures.rmse_bins, figures.auc];
        let row: String = numbers.into_iter().map(|number| cell(&three(number))).collect();
        page.line(vec![Span::new(style, name(label(figures.name))), Span::plain(row)]);
    }
    page
}

fn three(number: Option<f64>) -> String {
    number.map_or_else(|| "-".to_owned(), |number| format!("{number:.3}"))
}

fn best(models: &[Figures]) -> Option<&Figures> {
    let with_loss = models.iter().filter(|figures| figures.log_loss.is_some());
    with_loss.min_by(|a, b| a.log_loss.unwrap_or(f64::MAX).total_cmp(&b.log_loss.unwrap_or(f64::MAX)))
}

fn parts(audit: &Audit, columns: Columns) -> Page {
    let mut page = Page::new();
    let head = padded("recall predicted   observed", PART, Side::Left);
    page.text(Style::Dim, head + &padded("answers", columns.bar + COUNT, Side::Right));
    for (place, part) in audit.parts.iter().enumerate() {
        let Some((predicted, observed)) = part.shares() else { continue };
        let width = 100 / PARTS;
        let range = format!("{:>3}-{:<3} %", place * width, (place + 1) * width);
        page.line(vec![
            Span::new(Style::Dim, range),
            Span::plain(format!("{:>6.0} %  {:>6.0} %  ", predicted * 100.0, observed * 100.0)),
            bar(observed, columns.bar),
            Span::new(Style::Dim, padded(&part.answers.to_string(), COUNT, Side::Right)),
        ]);
    }
    page
}

/// Which model wins, honestly.
fn verdict(audit: &Audit) -> String {
    let Some(best) = best(&audit.models) else { return String::new() };
    let loss =
        |name: &str| audit.models.iter().find(|model| model.name == name).and_then(|model| model.log_loss);
    let (own, average) = (three(best.log_loss), three(loss("average")));
    let said = if best.name == "average" {
        format!("No model beats always saying your average ({average}).")
    } else {
        format!(
            "{} predicts you best: log-loss {own}, against {average} for always your average.",
            label(best.name)
        )
    };
    if audit.scored < FEW { format!("{said} With so few answers that may be chance.") } else { said }
}

/// What the learner said before answers were judged.
fn sureness(branches: &[(String, Sureness)], columns: Columns, look: &Look) -> Page {
    let mut page = Page::new();
    if branches.is_empty() {
        page.text(
            Style::Dim,
            "`mindrill quiz --confidence` asks how sure you are; then this shows whether you were right",
        );
        return page;
    }
    let side = |share: Option<f64>, count: u32| match share {
        Some(share) => padded(&format!("{:.0} % of {count}", share * 100.0), SHARE, Side::Right),
        None => padded("-", SHARE, Side::Right),
    };
    let head = ["sure, right", "unsure, r."].map(|text| padded(text, SHARE, Side::Right)).concat();
    page.text(Style::Dim, padded("branch", columns.name, Side::Left) + &head);
    for (label, said) in branches {
        let name = padded(&truncated(label, columns.name - 1, look.glyphs), columns.name, Side::Left);
        let figures = side(said.sure_share(), said.sure) + &side(said.unsure_share(), said.unsure);
        page.text(Style::Plain, name + &figures);
    }
    page
}

/// The contract's object: the models alone.
#[must_use]
pub fn json(audit: &Audit) -> String {
    let model = |figures: &Figures| {
        json!({
            "name": figures.name,
            "log_loss": figures.log_loss,
            "rmse_bins": figures.rmse_bins,
            "auc": figures.auc,
        })
    };
    let models: Vec<Value> = audit.models.iter().map(model).collect();
    json!({ "answers": audit.answers, "scored": audit.scored, "models": models }).to_string()
}
