//! From a node's id and label to its slug, and from its label to its importance.
//!
//! It knows nothing of how a map is written.

use unicode_normalization::UnicodeNormalization;

use crate::domain::skill_map::Importance;

/// A node's slug: from its id where one was written, else from the text before a trailing parenthesis, else
/// from the label; empty where none of them has a letter or a digit.
pub(super) fn slug(id: Option<&str>, label: &str) -> String {
    let sources = [id.unwrap_or(""), before_parenthesis(label), label];
    let mut slugs = sources.iter().map(|text| slug_of(text));
    slugs.find(|slug| !slug.is_empty()).unwrap_or_default()
}

/// Lower case, without a leading number, anything but letters and digits one `-`.
fn slug_of(text: &str) -> String {
    let rest = without_number(text);
    let slug = dashed(rest);
    if slug.is_empty() { dashed(text) } else { slug }
}

fn dashed(text: &str) -> String {
    let mut slug = String::new();
    for character in text.nfc().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// The text after a leading `3.`, `3.1.` or `3)`.
fn without_number(text: &str) -> &str {
    let trimmed = text.trim_start();
    let rest = trimmed.trim_start_matches(|part: char| part.is_ascii_digit() || part == '.');
    let number = trimmed.get(..trimmed.len() - rest.len()).unwrap_or("");
    let rest = if number.ends_with('.') { Some(rest) } else { rest.strip_prefix(')') };
    let counts = number.starts_with(|first: char| first.is_ascii_digit());
    rest.filter(|rest| counts && rest.starts_with(char::is_whitespace)).unwrap_or(text)
}

/// The text before a parenthesis that ends the label; all of it where there is none.
fn before_parenthesis(label: &str) -> &str {
    let text = label.trim_end();
    if !text.ends_with(')') {
        return label;
    }
    let mut depth = 0_usize;
    for (at, character) in text.char_indices().rev() {
        match character {
            ')' => depth += 1,
            '(' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return text.get(..at).unwrap_or(label);
        }
    }
    label
}

/// The importance that a label tells: `(priority)` 2, `(optional …)` ½, else 1; the first one counts.
pub(super) fn importance(label: &str) -> Importance {
    let groups = label.split('(').skip(1).filter_map(|rest| rest.split_once(')').map(|(group, _)| group));
    for group in groups {
        let mut words = group.split(|part: char| !part.is_alphanumeric()).filter(|word| !word.is_empty());
        match (words.next().map(str::to_lowercase).as_deref(), words.next()) {
            (Some("priority"), None) => return Importance::PRIORITY,
            (Some("optional"), _) => return Importance::OPTIONAL,
            (_, _) => {}
        }
    }
    Importance::NORMAL
}

#[cfg(test)]
mod tests {
    use super::{importance, slug};

    #[test]
    fn slugs_come_from_id_text_before_parenthesis_or_label() {
        let cases: &[(Option<&str>, &str, &str)] = &[
            (None, "3. Backend Infrastructure", "backend-infrastructure"),
            (None, "Ruby (deep)", "ruby"),
            (None, "HTTP/HTTPS (deep)", "http-https"),
            (None, "Data Structures & Algorithms", "data-structures-algorithms"),
            (None, "Go (a (b) c)", "go"),
            (None, "(deep)", "deep"),
            (None, "O(1) lookup", "o-1-lookup"),
            (None, "2.5 Gbit Ethernet", "2-5-gbit-ethernet"),
            (None, "3.1. Deep", "deep"),
            (None, "1.", "1"),
            (None, "E\u{301}te\u{301} 数据", "été-数据"),
            (None, "?!", ""),
            (Some("dns"), "DNS resolution", "dns"),
            (Some("!"), "DNS", "dns"),
        ];
        for (id, label, expected) in cases {
            assert_eq!(slug(*id, label), *expected, "{label}");
        }
    }

    #[test]
    fn importance_is_told_in_parentheses() {
        let weights = [
            ("ECS (priority)", 2.0),
            ("Kubernetes (optional)", 0.5),
            ("Go or Java (optional but recommended)", 0.5),
            ("Ruby (deep)", 1.0),
            ("Priority queues", 1.0),
            ("Heaps (priority queues)", 1.0),
        ];
        for (label, weight) in weights {
            assert!((importance(label).weight() - weight).abs() < f64::EPSILON, "{label}");
        }
    }
}
