//! Gaps (F06).

use crate::domain::card::{Body, Case, Piece, TypedKey, normalised};
use crate::lint::sheet::Sheet;
use crate::lint::words;
use crate::lint::{Finding, Rule, Severity};

/// Most gaps of a card.
const MOST_GAPS: usize = 2;
/// Most words of a gap.
const LONGEST_GAP: usize = 5;
/// Fewest content words that must stay visible.
const LEAST_VISIBLE: usize = 5;

pub(super) const F06: Rule = Rule {
    id: "F06",
    title: "a cloze leaves open one or two telling pieces, and nothing gives them away",
    severity: Severity::Error,
    why: "A gap tests what the sentence around it determines. At most 2 gaps of at most 5 words each; none of them a mere `the` or `is`, which tests grammar; no gap whose text stands in the rest of the sentence or in the hint, where it can be read; and at least 5 content words left, or nobody can tell what is meant. Source: Wozniak, cloze deletion; the rules for item writers, F06.",
    bad: r#"[[card]]
id = "covering-index"
kind = "cloze"
text = "A {{covering index}} {{holds}} every {{column}} that a query names."
"#,
    good: r#"[[card]]
id = "covering-index"
kind = "cloze"
text = "An index that holds every column which a query names is called a {{covering}} index."
"#,
};

/// Looks over a cloze.
pub(super) fn look(sheet: &Sheet<'_>, findings: &mut Vec<Finding>) {
    let Body::Cloze { pieces } = &sheet.card.body else { return };
    let gaps: Vec<&TypedKey> = pieces
        .iter()
        .filter_map(|piece| if let Piece::Gap(key) = piece { Some(key) } else { None })
        .collect();
    let mut tell =
        |message: String, hint: &str| findings.push(sheet.error(sheet.asks, F06.id, message, hint));
    if gaps.len() > MOST_GAPS {
        tell(
            format!("{} gaps, {MOST_GAPS} at most", gaps.len()),
            "make several cards of it, each with its own gap",
        );
    }
    let visible = sheet.prompt.prose.replace(Piece::GAP, " ");
    let left = words::words(&visible).filter(|word| !words::is_stop_word(&word.to_lowercase())).count();
    if left < LEAST_VISIBLE {
        tell(
            format!("{left} telling words are left beside the gaps, {LEAST_VISIBLE} at least"),
            "say more of what determines the answer",
        );
    }
    let hint = sheet.card.hint.as_deref().map(folded).unwrap_or_default();
    let visible = folded(&visible);
    for text in gaps.iter().filter_map(|gap| gap.accept.first()) {
        if let Some((message, hint)) = fault(text, &visible, &hint) {
            tell(message, hint);
        }
    }
}

/// A text in lower case, its words with one blank before and after each.
fn folded(text: &str) -> String {
    let words: Vec<String> = words::words(&normalised(text, Case::Folded)).map(str::to_owned).collect();
    format!(" {} ", words.join(" "))
}

fn fault(gap: &str, visible: &str, hint: &str) -> Option<(String, &'static str)> {
    let (count, all) = (gap.split_whitespace().count(), folded(gap));
    let says_something = words::words(gap).any(|word| !words::is_stop_word(&word.to_lowercase()));
    if count > LONGEST_GAP {
        return Some((
            format!("a gap of {count} words, {LONGEST_GAP} at most"),
            "leave open the words that matter",
        ));
    }
    if !says_something && gap.chars().any(char::is_alphabetic) {
        return Some((
            format!("the gap `{gap}` is a word of grammar"),
            "leave open a word that carries the fact",
        ));
    }
    if !says_something {
        return None;
    }
    if visible.contains(&all) {
        return Some((
            format!("`{gap}` is left open, and stands elsewhere in the sentence"),
            "word the rest without it",
        ));
    }
    hint.contains(&all)
        .then(|| (format!("`{gap}` is left open, and stands in the hint"), "word the hint without it"))
}
