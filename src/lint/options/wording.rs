//! The words of options: references to other options, twins, and words that leave no exception (M02, M04, M05, M09).

use super::at;
use crate::lint::choice::{Choice, Offer, is_among, quoted};
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
    for (index, offer) in choice.offers.iter().enumerate() {
        if is_reference(&offer.reading.prose, &sheet.prompt.prose) {
            let message = format!("the option {} speaks of other options", quoted(&offer.reading.prose));
            let hint = "options are shuffled: say what it means, or ask for several right options";
            findings.push(sheet.error(at(index), "M02", message, hint));
        }
    }
    twins(choice, sheet, findings);
    findings.extend(absolutes(choice, sheet));
}

/// Whether a text refers to other options than those things that the question names.
fn is_reference(text: &str, question: &str) -> bool {
    is_sweeping(text) || (words::words(text).all(is_of_a_reference) && refers_to_letters(text, question))
}

/// Words that begin an option about all options, in order.
const QUANTIFIERS: [&str; 6] = ["all", "any", "both", "either", "neither", "none"];
/// Names for the other options, in order.
const OTHERS: [&str; 8] =
    ["answers", "choices", "foregoing", "options", "others", "preceding", "these", "those"];
/// Words that may end an option about other options, in order.
const CLOSING: [&str; 9] =
    ["answers", "applies", "apply", "are", "correct", "is", "options", "right", "true"];
/// Words of which an option that is nothing but a reference is made, beside letters and digits, in order.
const REFERRING: [&str; 22] = [
    "and",
    "answer",
    "answers",
    "are",
    "both",
    "but",
    "choice",
    "choices",
    "correct",
    "either",
    "is",
    "neither",
    "nor",
    "not",
    "only",
    "option",
    "options",
    "or",
    "right",
    "statement",
    "statements",
    "true",
];

/// `all of the above`, `none of these`, `both options`.
fn is_sweeping(text: &str) -> bool {
    let mut said = words::words(text);
    if !said.next().is_some_and(|word| is_among(&QUANTIFIERS, word)) {
        return false;
    }
    let mut rest = said.skip_while(|word| is_among(&["of", "the"], word));
    let Some(name) = rest.next() else { return false };
    name.eq_ignore_ascii_case("above")
        || (is_among(&OTHERS, name) && rest.all(|word| is_among(&CLOSING, word)))
}

/// Whether a word may stand in an option that is nothing but a reference.
fn is_of_a_reference(word: &str) -> bool {
    is_letter(word) || is_digit(word) || is_among(&REFERRING, word) || word.eq_ignore_ascii_case("the")
}

fn is_letter(word: &str) -> bool {
    matches!(word, "A" | "B" | "C" | "D" | "E" | "F")
}

fn is_digit(word: &str) -> bool {
    word.len() == 1 && word.chars().all(|letter| letter.is_ascii_digit())
}

/// Whether a text of such words names letters that the question does not, or numbers as those of options.
fn refers_to_letters(text: &str, question: &str) -> bool {
    let all: Vec<&str> = words::words(text).collect();
    let new = |word: &str| !words::words(question).any(|known| known == word);
    let options = ["answer", "answers", "choice", "choices", "option", "options", "statement", "statements"];
    let named = all.iter().any(|word| is_among(&options, word));
    let letters = all.iter().any(|word| is_letter(word) && new(word));
    let digits = all.iter().any(|word| is_digit(word) && new(word));
    all.len() > 1 && (letters || (digits && named))
}

fn twins(choice: &Choice<'_>, sheet: &Sheet<'_>, findings: &mut Vec<Finding>) {
    for (index, offer) in choice.offers.iter().enumerate() {
        // Twins have the same content words, which is quick to see.
        let mut near = (0..index).filter(|before| choice.offers[*before].stems == offer.stems).peekable();
        if near.peek().is_none() {
            continue;
        }
        let (same, essence, text) = (folded(offer), essence(offer), quoted(&offer.option.text));
        for before in near {
            let other = &choice.offers[before];
            if folded(other) == same {
                let message = format!("the options {} and {} say the same: {text}", before + 1, index + 1);
                findings.push(sheet.error(at(index), "M04", message, "replace one of them"));
                break;
            }
            if self::essence(other) == essence && is_alike(choice, before, index) {
                let message = format!(
                    "the options {} and {} differ in small words alone: {text}",
                    before + 1,
                    index + 1
                );
                findings.push(sheet.warning(at(index), "M05", message, "let them differ in what is tested"));
                break;
            }
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
    (key.absolutes > 0 && having == 0 && firm(key)).then(|| {
        let message = format!("the right option alone leaves no exception: {}", quoted(&key.option.text));
        let hint = "say it without `always` and `never`, or let a wrong option be as firm";
        sheet.warning(choice.key.map_or(super::OPTIONS, at), "M09", message, hint)
    })
}

#[cfg(test)]
mod tests {
    use super::{CLOSING, OTHERS, QUANTIFIERS, REFERRING, is_reference};

    #[test]
    fn the_lists_of_words_are_in_order() {
        assert!(
            QUANTIFIERS.is_sorted() && OTHERS.is_sorted() && CLOSING.is_sorted() && REFERRING.is_sorted()
        );
    }

    #[test]
    fn only_what_means_other_options_is_a_reference() {
        let question = "Worker A and worker B write. What is lost?";
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
            assert_eq!(is_reference(text, question), wanted, "{text}");
        }
    }
}
