//! Slugs: the parts of a node's key, made of its id or its label.
//!
//! It knows neither maps nor how they are written.

use unicode_normalization::UnicodeNormalization;

/// A node's slug: from its id where one was written, else from the text before a trailing parenthesis, else
/// from the label; empty where none of them has a letter or a digit.
#[must_use]
pub fn slug(id: Option<&str>, label: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::slug;

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
}
