//! Cues in the words that question and options share (M10, M11, M12).

use std::collections::BTreeMap;

use super::{OPTIONS, at};
use crate::lint::choice::{Choice, Offer, quoted};
use crate::lint::keywords::Keywords;
use crate::lint::lexicon::Stem;
use crate::lint::sheet::Sheet;
use crate::lint::words;
use crate::lint::{Finding, Rule, Severity};

/// Fewest options from which one can stand out.
const LEAST_OPTIONS: usize = 3;
/// Fewest letters of a word that a reader takes for an echo. Source: item-writing §1.2, P09.
const LEAST_ECHO: usize = 5;
/// Most content words of a key that distractors can converge on: whole sentences about one matter share words anyway.
const LONGEST_CONVERGING: usize = 6;
/// Fewest words that converge on the key, each shared with another option.
const LEAST_CONVERGING: usize = 2;

pub(super) const M10: Rule = Rule {
    id: "M10",
    title: "the key is not the only option that echoes the question",
    severity: Severity::Warning,
    why: "A reader who knows nothing takes the option in which a word of the question returns (clang association; Haladyna et al. 2002, guideline 28b). \
              Told where the key repeats such a word of five letters or more and no other option repeats any; words that the whole deck is about do not count, \
              and an echo that some distractor has as well leads nowhere.",
    bad: include_str!("../examples/M10.bad.toml"),
    good: include_str!("../examples/M10.good.toml"),
};

pub(super) const M11: Rule = Rule {
    id: "M11",
    title: "grammar does not fit the key alone",
    severity: Severity::Warning,
    why: "A question that ends in `an` before the options has told the reader that the key begins with a vowel (Haladyna et al. 2002, guideline 28c). Told where the question ends in `a` or `an` and the key alone fits.",
    bad: include_str!("../examples/M11.bad.toml"),
    good: include_str!("../examples/M11.good.toml"),
};

pub(super) const M12: Rule = Rule {
    id: "M12",
    title: "the options do not converge on the key",
    severity: Severity::Warning,
    why: "Distractors made by changing one part of the key at a time leave the key as the one option whose parts all return elsewhere (NBME guide, convergence). \
              Some option always has the most words in common with the others, so more is needed: at least half of the key's words return in other options, every distractor has one of them, not all the same, no two distractors share a word without it, and none has all of its words. Keys of more than six content words are left alone: sentences about one matter share words as they must.",
    bad: include_str!("../examples/M12.bad.toml"),
    good: include_str!("../examples/M12.good.toml"),
};

/// Looks over one choice.
pub(super) fn look(choice: &Choice<'_>, sheet: &Sheet<'_>, keywords: &Keywords, findings: &mut Vec<Finding>) {
    let Some((key, wrong)) = choice.sides() else { return };
    if wrong.len() + 1 < LEAST_OPTIONS {
        return;
    }
    let part = choice.key.map_or(OPTIONS, at);
    if let Some(word) = echo(sheet, key, &wrong, keywords) {
        let message = format!(
            "`{word}` of the question returns in the right option alone: {}",
            quoted(&key.reading.prose)
        );
        let hint = "use another word in the question, or the same one in a wrong option";
        findings.push(sheet.warning(part, "M10", message, hint));
    }
    if let Some(article) = article_of_the_key(sheet, key, &wrong) {
        let message = format!("the question ends in `{article}`, which fits the right option alone");
        let hint = "end it in `a(n)`, or write the article in each option";
        findings.push(sheet.warning(sheet.asks, "M11", message, hint));
    }
    if converges(key, &wrong) {
        let message = format!(
            "the wrong options each share a part with the right one and none with each other: {}",
            quoted(&key.reading.prose)
        );
        let hint = "let two wrong options share a part that the right one does not have";
        findings.push(sheet.warning(part, "M12", message, hint));
    }
}

fn echo(
    sheet: &Sheet<'_>,
    key: &Offer<'_>,
    wrong: &[(usize, &Offer<'_>)],
    keywords: &Keywords,
) -> Option<String> {
    let telling = |stem: &&Stem| sheet.stems.binary_search(stem).is_ok() && !keywords.has(sheet.at.0, **stem);
    if !key.stems.iter().any(|stem| telling(&stem))
        || wrong.iter().any(|(_, offer)| offer.stems.iter().any(|stem| telling(&stem)))
    {
        return None;
    }
    let mut in_question = words::words(&sheet.prompt.prose).map(str::to_lowercase);
    let in_key: Vec<String> = words::words(&key.reading.prose).map(str::to_lowercase).collect();
    in_question.find(|word| {
        word.chars().count() >= LEAST_ECHO
            && word.chars().all(char::is_alphabetic)
            && in_key.iter().any(|other| is_same(word, other))
    })
}

/// Whether two words are the same but for their endings: all but the last letters agree.
fn is_same(one: &str, other: &str) -> bool {
    /// Letters of an ending: `s`, `ed`, `ing`.
    const ENDING: usize = 3;
    let common = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    let (one, other) = (one.chars().count(), other.chars().count());
    common >= LEAST_ECHO - 1 && common + ENDING >= one.max(other)
}

fn article_of_the_key(
    sheet: &Sheet<'_>,
    key: &Offer<'_>,
    wrong: &[(usize, &Offer<'_>)],
) -> Option<&'static str> {
    let spoken = sheet.prompt.spoken();
    let asked = spoken.trim_end_matches(['?', '.', ':', '…', '_', ' ', '\n']);
    let article = match words::words(asked).last()? {
        "a" => "a",
        "an" => "an",
        _ => return None,
    };
    let fits = |offer: &Offer<'_>| starts_with_vowel(offer) == (article == "an");
    // `a(n)` leaves the article open.
    let open = asked.ends_with(')');
    (!open && fits(key) && !wrong.iter().any(|(_, offer)| fits(offer))).then_some(article)
}

fn starts_with_vowel(offer: &Offer<'_>) -> bool {
    let first = offer.reading.prose.trim_start().chars().next().map(|letter| letter.to_ascii_lowercase());
    matches!(first, Some('a' | 'e' | 'i' | 'o' | 'u'))
}

fn converges(key: &Offer<'_>, wrong: &[(usize, &Offer<'_>)]) -> bool {
    if key.stems.len() > LONGEST_CONVERGING {
        return false;
    }
    let mut having: BTreeMap<Stem, Vec<usize>> = BTreeMap::new();
    for (index, offer) in wrong {
        offer.stems.iter().for_each(|stem| having.entry(*stem).or_default().push(*index));
    }
    having.retain(|_, options| options.len() < wrong.len());
    let in_key = |stem: &Stem| key.stems.binary_search(stem).is_ok();
    if having.iter().any(|(stem, options)| options.len() > 1 && !in_key(stem)) {
        return false;
    }
    let all_share = wrong
        .iter()
        .all(|(_, offer)| offer.stems.iter().any(|stem| having.contains_key(stem) && in_key(stem)));
    let shared: Vec<&Vec<usize>> =
        having.iter().filter(|(stem, _)| in_key(stem)).map(|(_, options)| options).collect();
    let different = shared.iter().any(|options| *options != shared[0]);
    let contains_key =
        |offer: &Offer<'_>| key.stems.iter().all(|stem| offer.stems.binary_search(stem).is_ok());
    let is_alone = !wrong.iter().any(|(_, offer)| contains_key(offer));
    is_alone
        && all_share
        && shared.len() >= LEAST_CONVERGING
        && different
        && shared.len() * 2 >= key.stems.len()
}
