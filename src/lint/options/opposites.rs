//! Options that are opposites of each other (M13).

use super::{OPTIONS, at};
use crate::lint::choice::{Choice, Offer, quoted};
use crate::lint::sheet::Sheet;
use crate::lint::words;
use crate::lint::{Finding, Rule, Severity};

/// Fewest options from which a pair stands out.
const LEAST_OPTIONS: usize = 3;

/// Words and their opposites; a longer form (`increases`, `enabled`) counts with its word.
const PAIRS: [(&str, &str); 25] = [
    ("accept", "reject"),
    ("add", "remove"),
    ("allow", "deny"),
    ("allow", "forbid"),
    ("always", "never"),
    ("ascending", "descending"),
    ("before", "after"),
    ("commit", "abort"),
    ("enable", "disable"),
    ("fast", "slow"),
    ("first", "last"),
    ("grow", "shrink"),
    ("high", "low"),
    ("include", "exclude"),
    ("increase", "decrease"),
    ("lock", "unlock"),
    ("lower", "raise"),
    ("maximum", "minimum"),
    ("more", "fewer"),
    ("more", "less"),
    ("open", "close"),
    ("over", "under"),
    ("strong", "weak"),
    ("true", "false"),
    ("with", "without"),
];

pub(super) const M13: Rule = Rule {
    id: "M13",
    title: "the key is not one of the only two opposites",
    severity: Severity::Warning,
    why: "Where two options contradict each other one of them is true, and a reader forgets the rest (NBME guide). \
          Told where exactly two options differ by one word and its opposite, or by a `not`, and the key is one of them. Two such pairs, or four options made of two opposites, give nothing away.",
    bad: include_str!("../examples/M13.bad.toml"),
    good: include_str!("../examples/M13.good.toml"),
};

/// Looks over one choice.
pub(super) fn look(choice: &Choice<'_>, sheet: &Sheet<'_>, findings: &mut Vec<Finding>) {
    let Some(key) = choice.key.filter(|_| choice.offers.len() >= LEAST_OPTIONS) else { return };
    let offers = &choice.offers;
    let all = (0..offers.len()).flat_map(|one| (one + 1..offers.len()).map(move |other| (one, other)));
    let mut opposites = all.filter(|(one, other)| are_opposites(&offers[*one], &offers[*other]));
    let (Some((one, other)), None) = (opposites.next(), opposites.next()) else { return };
    if one == key || other == key {
        let text = |index: usize| quoted(&choice.offers[index].reading.prose);
        let message =
            format!("{} and {} are the only opposites, and one of them is right", text(one), text(other));
        let hint = "add the opposite of another option too, or drop the opposite of the right one";
        let part = if choice.offers.len() > key { at(key) } else { OPTIONS };
        findings.push(sheet.warning(part, "M13", message, hint));
    }
}

/// Whether two options differ in one word and its opposite, or in a `not`.
fn are_opposites(one: &Offer<'_>, other: &Offer<'_>) -> bool {
    let differing = one.folded.iter().zip(&other.folded).filter(|(one, other)| one != other).count();
    // Most options differ in many words.
    let may_be = match one.folded.len().abs_diff(other.folded.len()) {
        0 => differing <= 1,
        1 => true,
        _ => false,
    };
    may_be && {
        let [one, other] = [one, other].map(|offer| words::words(&offer.reading.prose).collect::<Vec<_>>());
        are_opposite(&one, &other)
    }
}

/// Whether two texts do.
fn are_opposite(one: &[&str], other: &[&str]) -> bool {
    if one.len() == other.len() {
        let mut differing = one.iter().zip(other).filter(|(one, other)| !one.eq_ignore_ascii_case(other));
        return match (differing.next(), differing.next()) {
            (Some((one, other)), None) => is_pair(one, other),
            _ => false,
        };
    }
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    if short.len() + 1 != long.len() {
        return false;
    }
    let Some(negation) = long.iter().position(|word| *word == "not") else { return false };
    long[..negation] == short[..negation] && long[negation + 1..] == short[negation..]
}

fn is_pair(one: &str, other: &str) -> bool {
    let is_form = |form: &str, word: &str| {
        let stem = word.strip_suffix('e').unwrap_or(word);
        form.starts_with(stem) && form.len() <= word.len() + "ing".len()
    };
    let (one, other) = (&one.to_lowercase(), &other.to_lowercase());
    PAIRS.iter().any(|(word, opposite)| {
        (is_form(one, word) && is_form(other, opposite)) || (is_form(other, word) && is_form(one, opposite))
    })
}

#[cfg(test)]
mod tests {
    use super::are_opposite;

    #[test]
    fn opposites_differ_in_one_word_alone() {
        let words = |text: &'static str| text.split(' ').collect::<Vec<_>>();
        for (one, other, wanted) in [
            ("latency increases", "latency decreases", true),
            ("it is enabled", "it is disabled", true),
            ("the row is locked", "the row is not locked", true),
            ("the row is locked", "the row is updated", false),
            ("latency increases", "memory decreases", false),
        ] {
            assert_eq!(are_opposite(&words(one), &words(other)), wanted, "{one} / {other}");
        }
    }
}
