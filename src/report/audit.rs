//! How well memory models predict a learner, and how well he knows himself: figures as a page and as JSON.

use serde_json::{Value, json};

use super::check::counted;
use super::page::{Page, Side, Span, Style, bar, padded};
use crate::domain::audit::{Audit, Figures, PARTS};
use crate::domain::calibration::Sureness;

/// Columns of a model's or branch's name.
const NAME: usize = 18;
/// Columns of a figure.
const FIGURE: usize = 9;
/// Columns of the bars.
const BAR: usize = 12;
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

/// The page.
#[must_use]
pub fn page(shown: &Calibration) -> Page {
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
        page.blank().append(models(&audit.models));
        page.blank().append(parts(audit));
        page.blank().text(Style::Plain, verdict(audit));
    }
    page.blank().append(sureness(&shown.branches));
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

fn models(models: &[Figures]) -> Page {
    let mut page = Page::new();
    let cell = |text: &str| padded(text, FIGURE, Side::Right);
    let head =
        format!("{}{}{}{}", padded("model", NAME, Side::Left), cell("log-loss"), cell("RMSE"), cell("AUC"));
    page.text(Style::Dim, head);
    let best = best(models).map(|best| best.name);
    for figures in models {
        let style = if Some(figures.name) == best { Style::Good } else { Style::Plain };
        let numbers = [figures.log_loss, figures.rmse_bins, figures.auc];
        let row: String = numbers.into_iter().map(|number| cell(&three(number))).collect();
        page.line(vec![Span::new(style, padded(label(figures.name), NAME, Side::Left)), Span::plain(row)]);
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

fn parts(audit: &Audit) -> Page {
    let mut page = Page::new();
    page.text(Style::Dim, "recall predicted   observed               answers");
    for (place, part) in audit.parts.iter().enumerate() {
        let Some((predicted, observed)) = part.shares() else { continue };
        let width = 100 / PARTS;
        let range = format!("{:>3}-{:<3} %", place * width, (place + 1) * width);
        page.line(vec![
            Span::new(Style::Dim, range),
            Span::plain(format!("{:>6.0} %  {:>6.0} %  ", predicted * 100.0, observed * 100.0)),
            bar(observed, BAR),
            Span::new(Style::Dim, format!("{:>9}", part.answers)),
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
fn sureness(branches: &[(String, Sureness)]) -> Page {
    let mut page = Page::new();
    if branches.is_empty() {
        page.text(
            Style::Dim,
            "`mindrill quiz --confidence` asks how sure you are; then this shows whether you were right",
        );
        return page;
    }
    let side = |share: Option<f64>, count: u32| match share {
        Some(share) => padded(&format!("{:.0} % of {count}", share * 100.0), FIGURE + 3, Side::Right),
        None => padded("-", FIGURE + 3, Side::Right),
    };
    let head = ["sure, right", "unsure, r."].map(|text| padded(text, FIGURE + 3, Side::Right)).concat();
    page.text(Style::Dim, padded("branch", NAME, Side::Left) + &head);
    for (label, said) in branches {
        let name = padded(&label.chars().take(NAME - 1).collect::<String>(), NAME, Side::Left);
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
