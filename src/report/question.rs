//! A question as it is shown: where the sitting stands, the prompt, what is on offer.

use super::markdown;
use super::page::{Line, Page, Span, Style};
use crate::domain::card::Kind;
use crate::domain::question::Question;

/// Where a sitting stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// Cards asked so far.
    pub done: usize,
    /// Askings left, this one included.
    pub left: usize,
    /// Cards among those left that were never answered.
    pub new: usize,
    /// Minutes the rest will take, at the learner's pace.
    pub minutes: u64,
    /// The label of the leaf.
    pub leaf: String,
    /// Whether the card was failed earlier today.
    pub again: bool,
}

/// The question with the progress line above it; what is on offer is left to [`offers`] or to a menu.
#[must_use]
pub fn page(question: &Question, standing: &Standing) -> Page {
    let mut page = Page::new();
    page.push(head(question, standing)).blank();
    page.append(asked(question));
    page
}

/// As [`page`], without a word on how a cloze is revealed: for where nothing is.
#[must_use]
pub fn plain(question: &Question, standing: &Standing) -> Page {
    let mut page = Page::new();
    page.push(head(question, standing)).blank();
    page.append(markdown::page(&question.prompt));
    if question.gaps > 1 {
        page.blank().text(Style::Dim, format!("{} gaps, parted by `;`.", question.gaps));
    }
    page
}

/// The wording, and how a cloze is answered.
fn asked(question: &Question) -> Page {
    let mut page = markdown::page(&question.prompt);
    if question.kind == Kind::Cloze {
        page.blank().text(Style::Dim, gaps(question.gaps));
    }
    page
}

/// How a cloze is answered.
fn gaps(gaps: usize) -> String {
    match gaps {
        0 | 1 => "Type what belongs into the gap; nothing typed shows it.".to_owned(),
        more => format!("Type what belongs into the {more} gaps, parted by `;`; nothing typed shows them."),
    }
}

/// The question alone, for reading outside a sitting.
#[must_use]
pub fn alone(question: &Question) -> Page {
    let mut page = asked(question);
    if !question.offers.is_empty() && question.kind != Kind::Explain {
        page.blank().append(offers(question));
    }
    page
}

fn head(question: &Question, standing: &Standing) -> Line {
    let dim = |text: String| Span::new(Style::Dim, text);
    let mut spans = vec![
        Span::new(Style::Accent, format!("{} done · {} left", standing.done, standing.left)),
        dim(format!(" · {}", minutes(standing.minutes))),
    ];
    if standing.new > 0 {
        spans.push(dim(format!(" · {} new", standing.new)));
    }
    spans.push(dim(" · ".to_owned()));
    spans.push(Span::new(Style::Strong, standing.leaf.clone()));
    spans.push(dim(format!(" · {}", question.kind.name())));
    if standing.again {
        spans.push(Span::new(Style::Warn, " · once more"));
    }
    Line::new(spans)
}

/// `about 6 min`, `under a minute`.
#[must_use]
pub fn minutes(minutes: u64) -> String {
    match minutes {
        0 => "under a minute".to_owned(),
        some => format!("about {some} min"),
    }
}

/// What is on offer, one numbered line each.
#[must_use]
pub fn offers(question: &Question) -> Page {
    let mut page = Page::new();
    for (place, offer) in question.offers.iter().enumerate() {
        let number = Span::new(Style::Accent, format!("{:>3}  ", place + 1));
        page.push(Line::new(markdown::spans(&offer.text)).led_by(number));
    }
    page
}
