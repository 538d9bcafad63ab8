//! Answers to be typed (F04, F05).

use crate::domain::card::{Body, Case, Part, TypedKey, normalised};
use crate::lint::sheet::Sheet;
use crate::lint::words;
use crate::lint::{Finding, Rule, Severity};

/// Most words, and characters, of an answer to be typed. Source: the rules for item writers, F04.
const LONGEST: (usize, usize) = (4, 40);

pub(super) const F04: Rule = Rule {
    id: "F04",
    title: "a typed answer is short, and every right way to write it is accepted",
    severity: Severity::Both,
    why: "An answer that is right and marked wrong for its spelling teaches distrust. It is an error if every accepted answer has more than 4 words or 40 characters, if two accepted answers are one once case and marks are folded, or if a near miss is accepted as right. It is a warning if the one answer accepted has a hyphen, a slash, an article or a unit, which others will write in another way, or is a fraction without `tolerance`. Names from code (options, headers, commands) have one spelling and are not told off.",
    bad: r#"[[card]]
id = "skew"
kind = "typed"
prompt = "Which anomaly do two transactions make that each decide by what their partner then changes?"
accept = ["write-skew"]
near_misses = [{ text = "lost update", why = "There both of them write the same row." }]
"#,
    good: r#"[[card]]
id = "skew"
kind = "typed"
prompt = "Which anomaly do two transactions make that each decide by what their partner then changes?"
accept = ["write skew", "write-skew"]
near_misses = [{ text = "lost update", why = "There both of them write the same row." }]
"#,
};

pub(super) const F05: Rule = Rule {
    id: "F05",
    title: "a number to be typed knows the number it is mistaken for",
    severity: Severity::Warning,
    why: "Where a number is asked for, there is one that learners give instead: of the neighbouring version, of the other unit, off by one. `near_misses` answers it with the reason, which teaches more than `wrong`. Words have no such neighbour as a rule, and are not told off.",
    bad: r#"[[card]]
id = "key-length"
kind = "typed"
prompt = "How many bytes may an index key of InnoDB have?"
accept = ["3072", "3072 bytes"]
"#,
    good: r#"[[card]]
id = "key-length"
kind = "typed"
prompt = "How many bytes may an index key of InnoDB have?"
accept = ["3072", "3072 bytes"]
near_misses = [{ text = "767", why = "That was the limit of the old row formats." }]
"#,
};

/// Looks over a typed card.
pub(super) fn look(sheet: &Sheet<'_>, findings: &mut Vec<Finding>) {
    let Body::Typed { key, .. } = &sheet.card.body else { return };
    findings.extend(too_long(sheet, key));
    findings.extend(repeated(sheet, key));
    findings.extend(contradiction(sheet, key));
    findings.extend(lonely(sheet, key));
    if key.near_misses.is_empty() && key.accept.first().is_some_and(|answer| is_number(answer)) {
        let message = "a number to be typed, and no near miss".to_owned();
        let hint = "add the number that is given instead: `near_misses = [{ text = \"…\", why = \"…\" }]`";
        findings.push(sheet.warning(Part::key("accept"), F05.id, message, hint));
    }
}

fn too_long(sheet: &Sheet<'_>, key: &TypedKey) -> Option<Finding> {
    // What a program prints is read off, not remembered: its words do not count.
    let is_output = !sheet.prompt.blocks.is_empty();
    let has_many_words = |text: &str| !is_output && text.split_whitespace().count() > LONGEST.0;
    let is_long = |text: &String| has_many_words(text) || text.chars().count() > LONGEST.1;
    let message =
        format!("an answer to be typed of more than {} words or {} characters", LONGEST.0, LONGEST.1);
    let hint = "accept a shorter one too, or make it a flashcard";
    let part = Part::key("accept").item(0);
    key.accept.iter().all(is_long).then(|| sheet.error(part, F04.id, message, hint))
}

fn case(key: &TypedKey) -> Case {
    if key.case_sensitive { Case::Kept } else { Case::Folded }
}

fn repeated(sheet: &Sheet<'_>, key: &TypedKey) -> Option<Finding> {
    let folded: Vec<String> = key.accept.iter().map(|text| normalised(text, case(key))).collect();
    let at = (1..folded.len()).find(|at| folded[..*at].contains(&folded[*at]))?;
    let message =
        format!("`{}` is accepted already: case, quotes and a full stop do not count", key.accept[at]);
    Some(sheet.error(Part::key("accept").item(at), F04.id, message, "remove it"))
}

fn contradiction(sheet: &Sheet<'_>, key: &TypedKey) -> Option<Finding> {
    let at = key.near_misses.iter().position(|miss| key.accepts(&miss.text))?;
    let message = format!("the near miss `{}` is accepted as right", key.near_misses[at].text);
    let hint = "remove it from one of the two, or narrow `tolerance`";
    Some(sheet.error(Part::key("near_misses").item(at).field("text"), F04.id, message, hint))
}

/// The only accepted answer, where others will write it in another way.
fn lonely(sheet: &Sheet<'_>, key: &TypedKey) -> Option<Finding> {
    let [answer] = key.accept.as_slice() else { return None };
    let part = Part::key("accept").item(0);
    if is_number(answer) && answer.contains('.') && key.tolerance.is_none() && !asks_for_version(sheet) {
        let message = format!("`{answer}` is right to the last digit alone");
        return Some(sheet.warning(part, F04.id, message, "add `tolerance`, in the answer's unit"));
    }
    if is_literal(answer) || asks_for_name(sheet) {
        return None;
    }
    let (what, hint) = variation(answer)?;
    let message = format!("`{answer}` has {what}, and no other way to write it is accepted");
    Some(sheet.warning(part, F04.id, message, hint))
}

fn variation(answer: &str) -> Option<(&'static str, &'static str)> {
    let first = answer.split_whitespace().next().unwrap_or_default();
    let inner = |mark: char| answer.trim_matches(mark).contains(mark);
    let (number, unit) =
        answer.split_at(answer.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(answer.len()));
    if matches!(first.to_lowercase().as_str(), "a" | "an" | "the") && first.len() < answer.len() {
        Some(("an article", "accept it without the article too"))
    } else if inner('-') {
        Some(("a hyphen", "accept it with a blank, or in one word, too"))
    } else if inner('/') {
        Some(("a slash", "accept its parts alone or in the other order too, if they are right"))
    } else if !number.is_empty() && unit.trim().starts_with(char::is_alphabetic) {
        Some(("a unit", "accept the number alone, and the unit in full, too"))
    } else {
        None
    }
}

/// Whether an answer is a piece of code, which has one spelling.
fn is_literal(answer: &str) -> bool {
    answer.starts_with(['-', '/', '.', '<', '$', '@', '#'])
        || answer.contains(['_', '=', '(', '{', '[', '<', '`', ':', '|', '*', '\\', ';'])
        || answer.split_whitespace().any(|word| word.starts_with('-'))
        || answer.split(['-', '/']).filter(|part| part.starts_with(char::is_uppercase)).count() > 1
}

/// Things that have a name in code.
const NAMES: [&str; 36] = [
    "annotation",
    "attribute",
    "class",
    "clause",
    "column",
    "command",
    "directive",
    "error",
    "event",
    "extension",
    "field",
    "file",
    "flag",
    "function",
    "header",
    "hook",
    "keyword",
    "method",
    "module",
    "operator",
    "option",
    "parameter",
    "path",
    "policy",
    "prefix",
    "property",
    "resource",
    "setting",
    "statement",
    "syscall",
    "tag",
    "tool",
    "type",
    "utility",
    "value",
    "variable",
];

fn asks_for_name(sheet: &Sheet<'_>) -> bool {
    let mut words = words::words(&sheet.prompt.prose).map(str::to_lowercase);
    words.any(|word| NAMES.binary_search(&word.trim_end_matches('s')).is_ok())
}

fn asks_for_version(sheet: &Sheet<'_>) -> bool {
    let mut words = words::words(&sheet.prompt.prose).map(str::to_lowercase);
    words.any(|word| matches!(word.as_str(), "version" | "versions" | "release" | "protocol" | "tls"))
}

/// Whether a text is a number, with or without a unit.
fn is_number(text: &str) -> bool {
    let end = text.find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, '.' | ',' | ' ' | '_'));
    let (number, unit) = text.split_at(end.unwrap_or(text.len()));
    let dots = number.trim().matches('.').count();
    number.starts_with(|first: char| first.is_ascii_digit())
        && dots < 2
        && unit.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '%' | ' '))
        && unit.split_whitespace().count() < 2
}

#[cfg(test)]
mod tests {
    use super::{NAMES, is_literal, is_number, variation};

    #[test]
    fn numbers_have_at_most_a_unit() {
        for (text, number) in [
            ("3072", true),
            ("43.2 min", true),
            ("20,000", true),
            ("99.9 %", true),
            ("1.2.3", false),
            ("3rd level", false),
            ("412 Precondition Failed", false),
            ("x", false),
            ("", false),
        ] {
            assert_eq!(is_number(text), number, "{text}");
        }
        assert!(NAMES.is_sorted());
    }

    #[test]
    fn code_has_one_spelling_and_words_have_several() {
        for literal in ["--dry-run", "ls -l", "innodb_page_size", "/etc/hosts", "X-Forwarded-For"] {
            assert!(is_literal(literal), "{literal}");
        }
        for (text, what) in [
            ("write-skew", "a hyphen"),
            ("the primary", "an article"),
            ("client/server", "a slash"),
            ("5 s", "a unit"),
        ] {
            assert!(!is_literal(text), "{text}");
            assert_eq!(variation(text).map(|(what, _)| what), Some(what));
        }
        assert_eq!(variation("phantom"), None);
    }
}
