//! Options that are numbers: in order, of one unit, ranges apart (M08).

use super::{OPTIONS, at};
use crate::lint::choice::{Choice, Offer, quoted};
use crate::lint::sheet::Sheet;
use crate::lint::{Finding, Rule, Severity};

/// Units that measure the same, with how much of the first of their kind they are.
const UNITS: [(&str, &str, f64); 37] = [
    ("ns", "time", 1e-9),
    ("us", "time", 1e-6),
    ("µs", "time", 1e-6),
    ("ms", "time", 1e-3),
    ("s", "time", 1.0),
    ("sec", "time", 1.0),
    ("second", "time", 1.0),
    ("seconds", "time", 1.0),
    ("min", "time", 60.0),
    ("minute", "time", 60.0),
    ("minutes", "time", 60.0),
    ("h", "time", 3_600.0),
    ("hour", "time", 3_600.0),
    ("hours", "time", 3_600.0),
    ("day", "time", 86_400.0),
    ("days", "time", 86_400.0),
    ("week", "time", 604_800.0),
    ("weeks", "time", 604_800.0),
    ("month", "time", 2_592_000.0),
    ("months", "time", 2_592_000.0),
    ("year", "time", 31_536_000.0),
    ("years", "time", 31_536_000.0),
    ("bit", "size", 0.125),
    ("bits", "size", 0.125),
    ("b", "size", 1.0),
    ("byte", "size", 1.0),
    ("bytes", "size", 1.0),
    ("kb", "size", 1e3),
    ("kib", "size", 1_024.0),
    ("mb", "size", 1e6),
    ("mib", "size", 1_048_576.0),
    ("gb", "size", 1e9),
    ("gib", "size", 1_073_741_824.0),
    ("tb", "size", 1e12),
    ("tib", "size", 1_099_511_627_776.0),
    ("pb", "size", 1e15),
    ("pib", "size", 1_125_899_906_842_624.0),
];

pub(super) const M08: Rule = Rule {
    id: "M08",
    title: "numbers are in order, of one unit, and ranges do not overlap",
    severity: Severity::Error,
    why: "Numbers in disorder make a reader sort before he can think, and ranges that overlap (`1-5`, `5-10`) make two options right (Haladyna et al. 2002, guideline 20; NBME guide, numeric data stated inconsistently). \
          Told where every option is one number, or every one a range, with at most a unit. Units of one kind may be mixed (`64 KB`, `1 MB`): they are put in order by what they amount to; rising or falling will do. \
          Versions, addresses, dates and several numbers in a row are no numbers.",
    bad: include_str!("../examples/M08.bad.toml"),
    good: include_str!("../examples/M08.good.toml"),
};

/// A number or range of numbers, with its unit.
#[derive(Debug, Clone, PartialEq)]
struct Amount {
    from: f64,
    to: f64,
    /// What is measured: `time`, `size`, or the unit itself.
    of: String,
}

/// Looks over one choice.
pub(super) fn look(choice: &Choice<'_>, sheet: &Sheet<'_>, findings: &mut Vec<Finding>) {
    const RULE: &str = "M08";
    let Some(amounts) = choice.offers.iter().map(amount).collect::<Option<Vec<_>>>() else { return };
    // `1.9` and `1.10` may be versions.
    if choice.offers.iter().all(|offer| is_like_a_version(&offer.reading.prose)) {
        return;
    }
    let text = |index: usize| quoted(&choice.offers[index].reading.prose);
    if let Some(other) = (1..amounts.len()).find(|&index| amounts[index].of != amounts[0].of) {
        // Two words for things counted (`1 read`, `1 write`) may be what is asked for.
        if [0, other].iter().all(|index| matches!(amounts[*index].of.as_str(), "" | "time" | "size")) {
            let message = format!("{} and {} have different units", text(0), text(other));
            findings.push(sheet.error(at(other), RULE, message, "give all numbers one unit"));
        }
        return;
    }
    let disorder = |rises: bool| amounts.windows(2).position(|two| (two[0].from < two[1].from) != rises);
    let rises = amounts.first().zip(amounts.last()).is_some_and(|(first, last)| first.from < last.from);
    if let Some(index) = disorder(rises) {
        let message =
            format!("the numbers are in no order: {} stands before {}", text(index), text(index + 1));
        findings.push(sheet.error(
            OPTIONS,
            RULE,
            message,
            "put them in order; they are shuffled when they are shown",
        ));
        return;
    }
    let overlap = |two: &[Amount]| {
        let (low, high) = if rises { (&two[0], &two[1]) } else { (&two[1], &two[0]) };
        high.from < high.to && low.from < low.to && high.from <= low.to
    };
    if let Some(index) = amounts.windows(2).position(overlap) {
        let message = format!("the ranges {} and {} overlap", text(index), text(index + 1));
        findings.push(sheet.error(
            at(index + 1),
            RULE,
            message,
            "begin each range after the end of the one before",
        ));
    }
}

fn amount(offer: &Offer<'_>) -> Option<Amount> {
    let text = offer.reading.prose.trim().trim_end_matches('.');
    let text = text.trim_start_matches(['~', '$', '€', '£', '≈']).trim_start();
    let (from, rest) = number(text)?;
    let rest = rest.trim_start();
    let range =
        rest.strip_prefix('-').or_else(|| rest.strip_prefix('–')).or_else(|| rest.strip_prefix("to "));
    let (to, unit) = match range {
        Some(rest) => number(rest.trim_start())?,
        None => (from, rest),
    };
    let unit = unit.trim().to_lowercase();
    let is_unit = unit.split_whitespace().count() <= 2
        && unit.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '%' | ' ' | '/' | '°'));
    let (of, size) = measure(&unit);
    (is_unit && to >= from).then_some(Amount { from: from * size, to: to * size, of })
}

fn is_like_a_version(text: &str) -> bool {
    text.contains('.') && text.trim().chars().all(|letter| letter.is_ascii_digit() || letter == '.')
}

fn measure(unit: &str) -> (String, f64) {
    match UNITS.iter().find(|(name, ..)| *name == unit) {
        Some((_, kind, size)) => ((*kind).to_owned(), *size),
        // One thing or several, `1 node` and `3 nodes`, are of one unit.
        None => (unit.strip_suffix('s').unwrap_or(unit).to_owned(), 1.0),
    }
}

/// The number with which a text begins, and what follows it; `None` where it is a version, an address or a date.
fn number(text: &str) -> Option<(f64, &str)> {
    let end = text
        .find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, '.' | ',' | '_'))
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    if rest.starts_with([':', '/', '-']) && rest[1..].contains([':', '/', '-']) {
        return None;
    }
    let plain: String = digits.chars().filter(|letter| !matches!(letter, ',' | '_')).collect();
    let grouped =
        digits.split(',').skip(1).all(|group| group.split('.').next().is_some_and(|group| group.len() == 3));
    let value: f64 = plain.parse().ok().filter(|_| grouped && !digits.is_empty())?;
    Some((value, rest))
}

#[cfg(test)]
mod tests {
    use super::{measure, number};

    #[test]
    fn versions_addresses_and_dates_are_no_numbers() {
        for (text, wanted) in [
            ("20,000 rows", Some(20_000.0)),
            ("1.5 s", Some(1.5)),
            ("0", Some(0.0)),
            ("10.0.0.0/8", None),
            ("2026-11-22", None),
            ("3, 1, 2", None),
            ("1,2,3", None),
            ("x", None),
        ] {
            assert_eq!(number(text).map(|(value, _)| value), wanted, "{text}");
        }
        assert_eq!(measure("nodes").0, measure("node").0);
        assert_eq!(measure("ms").0, measure("hours").0);
    }
}
