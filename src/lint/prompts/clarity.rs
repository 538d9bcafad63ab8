//! Words that leave open what is meant (P08, P10).

use super::{Question, folded};
use crate::domain::card::{Body, Kind, Part};
use crate::lint::marks::Marks;
use crate::lint::sheet::{Role, Sheet};
use crate::lint::words::Reading;
use crate::lint::{Finding, Rule, Severity};

pub(super) const P08: Rule = Rule {
    id: "P08",
    title: "no vague measure in the question or its options",
    severity: Severity::Warning,
    why: "`Often` means anything from a third to nine in ten to different readers, and `better` or `efficient` hides by which measure: an expert can defend two options. Name the measure (`reads the fewest pages`), the share or the authority. Terms (`least frequently used`, `how often`, `better than` with a measure) are not told off; nor is the story before the question. Source: NBME item-writing guide, vague frequency terms.",
    bad: r#"[[card]]
id = "index-order"
kind = "flashcard"
prompt = "Which column order of an index is usually chosen for an equality and a range?"
answer = "The column of the equality comes first; the range ends the seek."
"#,
    good: r#"[[card]]
id = "index-order"
kind = "flashcard"
prompt = "Which column order of an index reads the fewest entries for an equality and a range?"
answer = "The column of the equality comes first; the range ends the seek."
"#,
};

pub(super) const P10: Rule = Rule {
    id: "P10",
    title: "a question points at nothing that is not there",
    severity: Severity::Error,
    why: "A card is shown alone, months after it was written and among others. `The above`, `this code` without a block of code, `the following` without a list or a colon, and a figure in a terminal lead nowhere. `Which of the following` on a choice or an order means its own options, and is fine.",
    bad: r#"[[card]]
id = "lock-order"
kind = "flashcard"
prompt = "Which deadlock does the code above run into?"
answer = "Each of the two threads holds the lock for which its partner waits."
"#,
    good: r#"[[card]]
id = "lock-order"
kind = "flashcard"
prompt = "Two threads take the locks A and B in opposite order. What can happen?"
answer = "A deadlock: each of them holds the one for which its partner waits."
"#,
};

/// Looks over a question.
pub(super) fn look(question: &Question<'_, '_>, findings: &mut Vec<Finding>) {
    let sheet = question.sheet;
    let sentences: Vec<&str> = match sheet.role {
        _ if !sheet.prompt.marks.has(Marks::VAGUE) => Vec::new(),
        Role::Claim | Role::Cloze => question.sentences.clone(),
        _ => question.asking().collect(),
    };
    findings.extend(sentences.into_iter().find_map(vague).map(|word| told(sheet, sheet.asks, &word)));
    findings.extend(vague_options(sheet));
    findings.extend(pointer(question));
}

fn told(sheet: &Sheet<'_>, part: Part, word: &str) -> Finding {
    let message = format!("`{word}` leaves open how much, or by which measure");
    sheet.warning(part, P08.id, message, "name the measure, the share or the authority")
}

fn vague_options(sheet: &Sheet<'_>) -> Vec<Finding> {
    let Body::Choice { .. } = &sheet.card.body else { return Vec::new() };
    let options = sheet.options().filter(|text| text.read.marks.has(Marks::VAGUE));
    let found =
        options.filter_map(|text| vague(&text.read.spoken()).map(|word| told(sheet, text.part, &word)));
    found.collect()
}

/// The words of which each vague text has one.
pub(in crate::lint) const VAGUE: [&str; 11] = [
    "best",
    "better",
    "efficient",
    "frequently",
    "good",
    "important",
    "modern",
    "often",
    "popular",
    "sometimes",
    "usually",
];

/// The first vague word of a text.
fn vague(text: &str) -> Option<String> {
    let words = folded(text);
    let word = |at: Option<usize>| at.and_then(|at| words.get(at)).map_or("", String::as_str);
    words.iter().enumerate().find_map(|(at, here)| {
        let (before, next) = (word(at.checked_sub(1)), word(Some(at + 1)));
        let is_vague = match here.as_str() {
            "usually" | "sometimes" => true,
            "often" | "frequently" => {
                !matches!(before, "how" | "as" | "so" | "most" | "more" | "less" | "least" | "too")
            }
            "good" => before != "for" && next != "for",
            "better" => next != "than",
            "best" => matches!(next, "practice" | "practices"),
            "important" | "modern" | "popular" | "efficient" => {
                !matches!(before, "how" | "as" | "more" | "most" | "less" | "least")
            }
            _ => false,
        };
        let phrase = if here == "best" { format!("{here} {next}") } else { here.clone() };
        is_vague.then_some(phrase)
    })
}

/// Phrases that point above or below the question.
const POINTERS: [&str; 14] = [
    "the above",
    "the code above",
    "the example above",
    "the query above",
    "the table above",
    "the snippet above",
    "above code",
    "above snippet",
    "above example",
    "above query",
    "the figure above",
    "the figure below",
    "the diagram above",
    "the diagram below",
];
/// The words of which each phrase that points has one.
pub(in crate::lint) const POINTING: [&str; 11] = [
    "above",
    "below",
    "code",
    "diagram",
    "example",
    "figure",
    "following",
    "program",
    "query",
    "screenshot",
    "snippet",
];
/// Phrases that point at code.
const TO_CODE: [&str; 8] = [
    "this code",
    "this snippet",
    "the code below",
    "the snippet below",
    "the query below",
    "this program",
    "the following code",
    "the following snippet",
];
/// Phrases that point at a picture.
const TO_PICTURES: [&str; 5] =
    ["the figure shows", "this figure", "the diagram shows", "this diagram", "the screenshot"];

fn pointer(question: &Question<'_, '_>) -> Option<Finding> {
    let sheet = question.sheet;
    if !sheet.prompt.marks.has(Marks::POINTING) {
        return None;
    }
    let folded = question.plain.to_lowercase();
    let found = |phrases: &[&'static str]| phrases.iter().copied().find(|phrase| has_words(&folded, phrase));
    let has_code = !sheet.prompt.blocks.is_empty() || !sheet.prompt.inline.is_empty();
    let has_list = is_list(&sheet.asked) || !sheet.prompt.blocks.is_empty() || sheet.asked.contains(':');
    let offers = matches!(sheet.card.kind(), Kind::Choice | Kind::Order);
    let phrase = if sheet.prompt.blocks.is_empty() { found(&POINTERS) } else { None };
    let phrase = phrase
        .or_else(|| if has_code { None } else { found(&TO_CODE) })
        .or_else(|| if sheet.prompt.blocks.is_empty() { found(&TO_PICTURES) } else { None })
        .or_else(|| if offers || has_list || has_code { None } else { found(&["the following"]) })?;
    let message = format!("`{phrase}` points at something that the card does not show");
    let hint = "put it into the prompt, or name it";
    Some(sheet.error(sheet.asks, P10.id, message, hint))
}

/// Whether a phrase stands in a text as whole words.
fn has_words(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + phrase.len()..).and_then(|after| after.chars().next());
        [before, after].into_iter().flatten().all(|letter| !letter.is_alphanumeric() && letter != '-')
    })
}

fn is_list(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim_start();
        let number = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
        line.starts_with(['-', '*', '•', '+'])
            || (number.len() < line.len() && number.starts_with(['.', ')']))
    })
}

/// Whether a text has a list in Markdown, and of how many items.
pub(in crate::lint) fn list_items(text: &str, read: &Reading<'_>) -> usize {
    if !read.blocks.is_empty() {
        return 0;
    }
    text.lines().filter(|line| is_list(line) && !line.trim_start().starts_with("**")).count()
}
