//! A label in quotes, such that Mermaid draws exactly it.

use super::entities;
use super::text::{ends_line, is_space, is_word};

/// `id["label"]`, everything escaped that Mermaid would not draw as it stands.
pub(super) fn quoted(id: &str, label: &str) -> String {
    format!("{id}[\"{}\"]", escaped(label, &format!("{id}{label}")))
}

/// A label for between quotes, on a line that holds the text `line`.
pub(super) fn escaped(label: &str, line: &str) -> String {
    // On a line with `style` or `classDef`, a colon and an entity, Mermaid drops the last semicolon.
    let no_colon = line.contains("style") || line.contains("classDef");
    let label = label.trim_matches(is_space);
    let mut text = String::new();
    for (at, character) in label.char_indices() {
        let rest = label.get(at..).unwrap_or("");
        match character {
            '"' => text.push_str("#quot;"),
            '<' => text.push_str("#lt;"),
            '`' if at == 0 => text.push_str("#96;"),
            '#' if is_entity(rest) => text.push_str("#35;"),
            '&' if is_reference(rest) => text.push_str("#amp;"),
            '%' if rest.starts_with("%%{") => text.push_str("#37;"),
            ':' if no_colon => text.push_str("#58;"),
            _ if ends_line(character) => text.push(' '),
            _ => text.push(character),
        }
    }
    text
}

/// Whether a text begins with `#word;`.
fn is_entity(text: &str) -> bool {
    let word = text.get(1..).unwrap_or("");
    let rest = word.trim_start_matches(is_word);
    rest.len() < word.len() && rest.starts_with(';')
}

/// Whether a text begins with a character reference, or would once what follows is escaped.
pub(super) fn is_reference(text: &str) -> bool {
    let escaped_next = text.get(1..).is_some_and(|next| next.starts_with(['#', '"', '<', '`', '%', ':']));
    escaped_next || entities::reference(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn what_mermaid_would_not_draw_is_escaped() {
        let cases = [
            ("Ruby (deep)", "x[\"Ruby (deep)\"]"),
            ("say \"hi\"", "x[\"say #quot;hi#quot;\"]"),
            ("List<String>", "x[\"List#lt;String>\"]"),
            ("Issue #12; next", "x[\"Issue #35;12; next\"]"),
            ("AT&T, a &amp; b", "x[\"AT&T, a #amp;amp; b\"]"),
            ("`code`", "x[\"#96;code`\"]"),
            ("a %%{b", "x[\"a #37;%{b\"]"),
            ("style: \"x\"", "x[\"style#58; #quot;x#quot;\"]"),
        ];
        for (label, expected) in cases {
            assert_eq!(quoted("x", label), expected);
        }
    }
}
