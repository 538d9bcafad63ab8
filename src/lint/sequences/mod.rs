//! Orders, claims and code (O01, T01, C01, C02).

use super::choice::quoted;
use super::sheet::{Sheet, Sheets};
use super::words;
use super::{Finding, Rule, Severity};
use crate::domain::card::{Body, Card, Part};

mod code;

/// Fewest and most items of an order. Source: item-writing §1.5, O01.
const ITEMS: (usize, usize) = (3, 6);
/// Fewest items whose right order is that of the alphabet too: with three it is so by chance in one order of six.
const LEAST_ALPHABETICAL: usize = 4;
/// Most words of a claim. Source: item-writing §1.5, T01.
const LONGEST_CLAIM: usize = 25;
/// Fewest words of the reason of a claim. Source: item-writing §1.5, T01.
const LEAST_REASON: usize = 12;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[O01, T01, code::C01, code::C02];

const O01: Rule = Rule {
    id: "O01",
    title: "an order has 3-6 items that do not tell their places",
    severity: Severity::Both,
    why: "Two items are a coin, and more than six are a list to learn by heart. An item that begins with `Then` or `2.` tells its place, and items whose right order is that of the alphabet can be sorted without knowing them \
              (a warning, from four items on: three are so by chance once in six). `First byte` and `second` are no ordinals: what counts is how an item begins.",
    bad: include_str!("../examples/O01.bad.toml"),
    good: include_str!("../examples/O01.good.toml"),
};

const T01: Rule = Rule {
    id: "T01",
    title: "a claim is single and short, and its reason is given",
    severity: Severity::Both,
    why: "Half of all guesses at a claim are right, so what it teaches is the reason: at least 12 words of `explanation`, the corrected statement where it is false. \
              A claim of more than 25 words, or of two parts, is false as soon as one part is, and nobody learns which. `Always` and `never` make claims that are false at sight (a warning: they may be the point).",
    bad: include_str!("../examples/T01.bad.toml"),
    good: include_str!("../examples/T01.good.toml"),
};

/// Looks over every card.
pub(super) fn look(sheets: &Sheets<'_>, findings: &mut Vec<Finding>) {
    for sheet in &sheets.cards {
        match &sheet.card.body {
            Body::Order { items, .. } => order(items, sheet, findings),
            Body::TrueFalse { .. } => claim(sheet, findings),
            _ => {}
        }
        code::look(sheet, findings);
    }
}

fn order(items: &[String], sheet: &Sheet<'_>, findings: &mut Vec<Finding>) {
    const RULE: &str = "O01";
    let part = Part::key("items");
    if items.len() < ITEMS.0 || items.len() > ITEMS.1 {
        let message = format!("{} items, not {} to {}", items.len(), ITEMS.0, ITEMS.1);
        findings.push(sheet.error(part, RULE, message, "ask for a shorter stretch, or split the card"));
    }
    for (index, item) in items.iter().enumerate() {
        if let Some(ordinal) = ordinal(item) {
            let message = format!("the item {} tells its place by `{ordinal}`", quoted(item));
            findings.push(sheet.error(part.item(index), RULE, message, "say what happens, not when"));
        }
    }
    let folded: Vec<String> = items.iter().map(|item| item.replace('`', "").to_lowercase()).collect();
    if items.len() >= LEAST_ALPHABETICAL && folded.is_sorted() {
        let message = "the right order is that of the alphabet".to_owned();
        findings.push(sheet.warning(
            part,
            RULE,
            message,
            "word an item so that it begins with another letter",
        ));
    }
}

/// The word by which an item tells its place.
fn ordinal(item: &str) -> Option<String> {
    let item = item.trim_start();
    let first = item.split_whitespace().next()?;
    let numbered = first.trim_end_matches(['.', ')', ':']);
    if numbered.len() < first.len()
        && !numbered.is_empty()
        && numbered.chars().all(|letter| letter.is_ascii_digit())
    {
        return Some(first.to_owned());
    }
    let word = first.trim_end_matches(',').to_lowercase();
    let closed = first.ends_with(',');
    let second = item.split_whitespace().nth(1).unwrap_or_default();
    let tells = match word.as_str() {
        "then" | "finally" | "lastly" | "firstly" | "secondly" | "thirdly" | "afterwards" => true,
        "first" | "second" | "third" | "fourth" | "next" | "last" => closed,
        "step" => second.starts_with(|letter: char| letter.is_ascii_digit()),
        _ => false,
    };
    tells.then(|| first.trim_end_matches(',').to_owned())
}

fn claim(sheet: &Sheet<'_>, findings: &mut Vec<Finding>) {
    const RULE: &str = "T01";
    let (length, part) = (sheet.prompt.length(), sheet.asks);
    if length > LONGEST_CLAIM {
        let message = format!("the statement has {length} words, more than {LONGEST_CLAIM}");
        findings.push(sheet.error(part, RULE, message, "keep the one thing that is true or false"));
    }
    if sheet.prompt.spoken().contains("; ") {
        let message = "the statement makes two claims, parted by a semicolon".to_owned();
        findings.push(sheet.warning(part, RULE, message, "make a card of each"));
    }
    let said = sheet.prompt.said();
    if let Some(word) = said.iter().find(|word| matches!(word.as_str(), "always" | "never")) {
        let message = format!("the statement says `{word}`");
        let hint = "say it without, or set the rule aside where that is the point: `lint_allow`";
        findings.push(sheet.warning(part, RULE, message, hint));
    }
    findings.extend(
        reason(sheet.card).map(|(message, hint)| sheet.error(Part::key("explanation"), RULE, message, hint)),
    );
}

fn reason(card: &Card) -> Option<(String, &'static str)> {
    let length = words::words(card.explanation.as_deref()?).count();
    (length < LEAST_REASON).then(|| {
        let message = format!("the reason has {length} words, fewer than {LEAST_REASON}");
        (message, "say why it holds; where it does not, what does")
    })
}

#[cfg(test)]
mod tests {
    use super::ordinal;

    #[test]
    fn an_item_tells_its_place_by_how_it_begins() {
        for (item, wanted) in [
            ("Then the server answers", true),
            ("First, the client sends SYN", true),
            ("First byte of the answer", false),
            ("2. The server answers", true),
            ("Step 2: the server answers", true),
            ("Step function is invoked", false),
            ("10.0.0.1 answers", false),
            ("Last-Modified is compared", false),
        ] {
            assert_eq!(ordinal(item).is_some(), wanted, "{item}");
        }
    }
}
