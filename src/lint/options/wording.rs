//! The words of options: references to other options, twins, and words that leave no exception (M02, M04, M05, M09).

use std::collections::{HashMap, HashSet};

use super::at;
use crate::lint::choice::{Choice, Offer, quoted};
use crate::lint::sheet::Sheet;
use crate::lint::words;
use crate::lint::{Finding, Rule, Severity};

/// Fewest distractors that leave no exception from which they point to the key that leaves one.
const TELLING_ABSOLUTES: usize = 2;
/// Fewest words from which an option is read as prose, in which upper and lower case mean nothing.
const LEAST_PROSE: usize = 3;
/// Least likeness of two options, as normalised Levenshtein distance, from which they may be twins. Source: M05.
const TWINS: f64 = 0.9;

pub(super) const M02: Rule = Rule {
    id: "M02",
    title: "no option speaks of the other options",
    severity: Severity::Error,
    why: "Options are shuffled, so `all of the above` and `both A and C` say something else at each showing. They also let a reader who is sure of two options infer the rest (Haladyna et al. 2002, guideline 25; NBME guide). \
              Letters that the question itself gives to things (`worker A`) are no such reference.",
    bad: include_str!("../examples/M02.bad.toml"),
    good: include_str!("../examples/M02.good.toml"),
};

pub(super) const M04: Rule = Rule {
    id: "M04",
    title: "no two options are the same",
    severity: Severity::Error,
    why: "Two options that say the same are both right or both wrong, and a reader strikes them out together. Case, closing punctuation, white space and plural make no difference in prose; \
              pieces of code and short names count letter for letter, since `-l` and `-L` may be what is asked.",
    bad: include_str!("../examples/M04.bad.toml"),
    good: include_str!("../examples/M04.good.toml"),
};

pub(super) const M05: Rule = Rule {
    id: "M05",
    title: "no two options are nearly the same",
    severity: Severity::Warning,
    why: "Options that differ in nothing but small words make a reader compare spelling. Options that are at least 90 % alike are told, unless what differs is a content word, a number, a negation or a piece of code: then the difference is what is tested.",
    bad: include_str!("../examples/M05.bad.toml"),
    good: include_str!("../examples/M05.good.toml"),
};

pub(super) const M09: Rule = Rule {
    id: "M09",
    title: "words without exception do not mark the wrong options",
    severity: Severity::Both,
    why: "`Always`, `never`, `only` and their like are easy to refute, so authors put them in distractors, and readers have learnt to strike those out (Haladyna et al. 2002, guideline 28a). In clean sets 6.3 % of keys and 7.5 % of distractors have one. \
              A card is told where at least two distractors, and all but one of them, have such a word and the key has none, or where the key alone says `always`, `never`, `impossible` or `completely`; one such word among three distractors gives little away. \
              A collection is told where the shares of keys and distractors with such a word differ by more than 5 points and by more than chance would (z > 2.33).",
    bad: include_str!("../examples/M09.bad.toml"),
    good: include_str!("../examples/M09.good.toml"),
};

/// Looks over one choice.
pub(super) fn look(choice: &Choice<'_>, sheet: &Sheet<'_>, findings: &mut Vec<Finding>) {
    let stated: HashSet<&str> = words::words(&sheet.prompt.prose).collect();
    for (index, offer) in choice.offers.iter().enumerate() {
        if is_reference(&offer.reading.prose, &stated) {
            let message = format!("the option {} speaks of other options", quoted(&offer.reading.prose));
            let hint = "options are shuffled: say what it means, or ask for several right options";
            findings.push(sheet.error(at(index), "M02", message, hint));
        }
    }
    twins(choice, sheet, findings);
    findings.extend(absolutes(choice, sheet));
}

/// Whether a text refers to other options; `stated` are the words of the question.
fn is_reference(text: &str, stated: &HashSet<&str>) -> bool {
    let said: Vec<String> = words::words(text).map(str::to_lowercase).collect();
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    is_sweeping(&said) || (words::words(text).all(is_of_a_reference) && refers_to_letters(text, stated))
}

/// `all of the above`, `none of these`, `both options`.
fn is_sweeping(said: &[&str]) -> bool {
    let [quantifier, rest @ ..] = said else { return false };
    if !matches!(*quantifier, "all" | "none" | "both" | "neither" | "any" | "either") {
        return false;
    }
    let named = rest.iter().position(|word| !matches!(*word, "of" | "the"));
    let Some((name, after)) = named.and_then(|at| Some((rest.get(at)?, rest.get(at + 1..)?))) else {
        return false;
    };
    let closes = after.iter().all(|word| {
        matches!(
            *word,
            "is" | "are" | "apply" | "applies" | "correct" | "true" | "right" | "options" | "answers"
        )
    });
    match *name {
        "above" => true,
        "these" | "those" | "others" | "options" | "answers" | "choices" | "foregoing" | "preceding" => {
            closes
        }
        _ => false,
    }
}

/// Whether a word may stand in an option that is nothing but a reference.
fn is_of_a_reference(word: &str) -> bool {
    let small = word.to_lowercase();
    is_letter(word)
        || is_digit(word)
        || matches!(
            small.as_str(),
            "both"
                | "neither"
                | "either"
                | "and"
                | "or"
                | "nor"
                | "only"
                | "but"
                | "not"
                | "the"
                | "is"
                | "are"
        )
        || is_option(&small)
        || matches!(small.as_str(), "correct" | "true" | "right")
}

fn is_letter(word: &str) -> bool {
    matches!(word, "A" | "B" | "C" | "D" | "E" | "F")
}

fn is_digit(word: &str) -> bool {
    word.len() == 1 && word.chars().all(|letter| letter.is_ascii_digit())
}

fn is_option(small: &str) -> bool {
    matches!(
        small,
        "option" | "options" | "answer" | "answers" | "choice" | "choices" | "statement" | "statements"
    )
}

/// Whether a text of such words names letters that the question does not, or numbers as those of options.
fn refers_to_letters(text: &str, stated: &HashSet<&str>) -> bool {
    let all: Vec<&str> = words::words(text).collect();
    let named = all.iter().any(|word| is_option(&word.to_lowercase()));
    let joined = all.len() > 1;
    let letters = all.iter().any(|word| is_letter(word) && !stated.contains(word));
    let digits = all.iter().any(|word| is_digit(word) && !stated.contains(word));
    joined && (letters || (digits && named))
}

fn twins(choice: &Choice<'_>, sheet: &Sheet<'_>, findings: &mut Vec<Finding>) {
    let same: Vec<String> = choice.offers.iter().map(folded).collect();
    let near: Vec<Vec<String>> = choice.offers.iter().map(essence).collect();
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (index, offer) in choice.offers.iter().enumerate() {
        if let Some(before) = first.insert(&same[index], index) {
            let message = format!(
                "the options {} and {} say the same: {}",
                before + 1,
                index + 1,
                quoted(&offer.option.text)
            );
            findings.push(sheet.error(at(index), "M04", message, "replace one of them"));
            continue;
        }
        let twin = (0..index).find(|&before| near[before] == near[index] && is_alike(choice, before, index));
        if let Some(before) = twin {
            let text = quoted(&offer.option.text);
            let message =
                format!("the options {} and {} differ in small words alone: {text}", before + 1, index + 1);
            findings.push(sheet.warning(at(index), "M05", message, "let them differ in what is tested"));
        }
    }
}

fn is_alike(choice: &Choice<'_>, one: usize, other: usize) -> bool {
    strsim::normalized_levenshtein(&choice.offers[one].option.text, &choice.offers[other].option.text)
        >= TWINS
}

/// An option without what makes no difference to its meaning.
fn folded(offer: &Offer<'_>) -> String {
    let text = offer.option.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let prose = words::words(&offer.reading.spoken()).count() >= LEAST_PROSE;
    if !prose || !offer.reading.blocks.is_empty() {
        return text.trim_matches('`').to_owned();
    }
    let plain = text.split(' ').map(|word| {
        let bare = word.trim_end_matches(['.', ',', ';', ':', '!']);
        if word.contains('`') { bare.to_owned() } else { singular(&bare.to_lowercase()).to_owned() }
    });
    plain.collect::<Vec<_>>().join(" ")
}

fn singular(word: &str) -> &str {
    if word.len() > LEAST_PROSE && !word.ends_with("ss") {
        word.strip_suffix('s').unwrap_or(word)
    } else {
        word
    }
}

/// The pieces of an option that carry its meaning, in their order.
fn essence(offer: &Offer<'_>) -> Vec<String> {
    let is_small = |word: &str| {
        matches!(
            word,
            "a" | "an"
                | "the"
                | "is"
                | "are"
                | "be"
                | "it"
                | "its"
                | "that"
                | "this"
                | "of"
                | "will"
                | "which"
        )
    };
    let pieces = offer.option.text.split_whitespace();
    let pieces = pieces.map(|piece| {
        if piece.contains('`') {
            piece.to_owned()
        } else {
            piece.trim_end_matches(['.', ',', ';', ':', '!']).to_lowercase()
        }
    });
    pieces.filter(|piece| !is_small(piece)).map(|piece| singular(&piece).to_owned()).collect()
}

fn absolutes(choice: &Choice<'_>, sheet: &Sheet<'_>) -> Option<Finding> {
    let (key, wrong) = choice.sides()?;
    let having = wrong.iter().filter(|(_, offer)| offer.absolutes > 0).count();
    if key.absolutes == 0 && having >= TELLING_ABSOLUTES && having + 1 >= wrong.len() {
        let message = format!(
            "{having} of {} wrong options leave no exception (`all`, `never`, ...), and the right one leaves one",
            wrong.len()
        );
        let hint = "word the wrong options so that they could be true";
        return Some(sheet.warning(super::OPTIONS, "M09", message, hint));
    }
    let firm = |offer: &Offer<'_>| {
        offer
            .reading
            .said()
            .iter()
            .any(|word| matches!(word.as_str(), "always" | "never" | "impossible" | "completely"))
    };
    (firm(key) && having == 0).then(|| {
        let message = format!("the right option alone leaves no exception: {}", quoted(&key.option.text));
        let hint = "say it without `always` and `never`, or let a wrong option be as firm";
        sheet.warning(choice.key.map_or(super::OPTIONS, at), "M09", message, hint)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::is_reference;

    #[test]
    fn only_what_means_other_options_is_a_reference() {
        let stated: HashSet<&str> = ["worker", "A", "B"].into();
        for (text, wanted) in [
            ("All of the above", true),
            ("None of the above.", true),
            ("Both options are correct", true),
            ("None of these", true),
            ("None of these headers is sent", false),
            ("All the writes are lost", false),
            ("Both C and D", true),
            ("Both A and B", false),
            ("Only C", true),
            ("Answers 1 and 3", true),
            ("1 and 3", false),
            ("E", false),
            ("Neither replica answers", false),
        ] {
            assert_eq!(is_reference(text, &stated), wanted, "{text}");
        }
    }
}
