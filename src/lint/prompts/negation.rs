//! Questions for what does not hold (P04, P05).

use std::collections::BTreeMap;

use super::{Question, folded};
use crate::domain::card::Body;
use crate::domain::problem::Level;
use crate::domain::skill_map::NodeIndex;
use crate::lint::marks::Marks;
use crate::lint::sheet::{Role, Sheet, Sheets, Text};
use crate::lint::words;
use crate::lint::{Finding, Rule, Severity, Spot};

/// Largest share of the choices of a leaf, in percent, that may ask for what does not hold. Source: 6.7 % of public items do.
const MOST_NEGATIVE: usize = 5;
/// Farthest apart, in words, that two negations cancel each other.
const CLOSEST: usize = 2;
/// Fewest of them that are worth a word: one in a small deck is above any share.
const LEAST_NEGATIVE: usize = 2;

pub(super) const P04: Rule = Rule {
    id: "P04",
    title: "a choice asks for what holds; where it cannot, the word is emphasised",
    severity: Severity::Both,
    why: "Who reads over a `not` answers another question: the mistake says nothing of what is known. Ask for what holds; where the exception is the point, write it `**not**` (an error without), and in at most 5 % of the choices of a leaf (a warning above that). Only the negation that decides between the options counts: one in a subordinate clause (`… when the cache is not warm?`), in the story before the question, or after why and how is fine. Source: NBME item-writing guide, negative stems; of the public ones a quarter is emphasised.",
    bad: r#"[[card]]
id = "safe-methods"
kind = "choice"
prompt = "Which of these request methods is not safe?"
options = [
  { text = "`DELETE`", correct = true, why = "It asks for a change of the resource's state." },
  { text = "`HEAD`", why = "It asks for nothing but the header of an answer." },
  { text = "`OPTIONS`", why = "It asks only what the server would allow." },
]
"#,
    good: r#"[[card]]
id = "safe-methods"
kind = "choice"
prompt = "Which of these request methods asks for a change of state?"
options = [
  { text = "`DELETE`", correct = true, why = "It asks for the removal of the resource." },
  { text = "`HEAD`", why = "It asks for nothing but the header of an answer." },
  { text = "`OPTIONS`", why = "It asks only what the server would allow." },
]
"#,
};

pub(super) const P05: Rule = Rule {
    id: "P05",
    title: "no double negative",
    severity: Severity::Error,
    why: "A question for what does **not** hold, with an option that says `not`, is a riddle about grammar; so is a statement with two negations in one clause. Source: Haladyna, word the stem positively.",
    bad: r#"[[card]]
id = "prefix-index"
kind = "true-false"
statement = "A prefix index can never not visit the table's rows."
answer = true
explanation = "It holds a part of the value alone, so that each match is compared with the whole one in the row."
"#,
    good: r#"[[card]]
id = "prefix-index"
kind = "true-false"
statement = "A query that is served by a prefix index visits the table's rows."
answer = true
explanation = "It holds a part of the value alone, so that each match is compared with the whole one in the row."
"#,
};

/// Looks over a question.
pub(super) fn look(question: &Question<'_, '_>, findings: &mut Vec<Finding>) {
    let sheet = question.sheet;
    match &sheet.card.body {
        _ if !sheet.prompt.marks.has(Marks::NEGATIVE) => {}
        Body::Choice { .. } => {
            let Some(word) = question.asking().find_map(negation) else { return };
            if !is_emphasised(&sheet.asked, &word) {
                let message = format!("`{word}` decides which option is right, and is easily read over");
                let hint = format!("ask for what holds; if you cannot, write `**{word}**`");
                findings.push(sheet.error(sheet.asks, P04.id, message, &hint));
            }
            findings.extend(sheet.options().filter_map(|option| twice(sheet, option, &word)));
        }
        Body::TrueFalse { .. } => findings.extend(question.sentences.iter().find_map(|sentence| {
            let message = "two negations in one clause".to_owned();
            clauses(sentence)
                .any(|clause| is_twisted(&clause))
                .then(|| sheet.error(sheet.asks, P05.id, message, "say what holds"))
        })),
        _ => {}
    }
}

fn twice(sheet: &Sheet<'_>, option: &Text<'_>, word: &str) -> Option<Finding> {
    let again = folded(&option.read.spoken()).into_iter().find(|word| is_not(word))?;
    let message = format!("`{again}` in an option, and `{word}` in the question");
    Some(sheet.error(
        option.part,
        P05.id,
        message,
        "ask for what holds, or word the option without the negation",
    ))
}

/// Words that turn a clause into its opposite.
fn is_not(word: &str) -> bool {
    matches!(word, "not" | "never" | "cannot" | "no" | "none" | "neither" | "nobody" | "nothing")
        || word.ends_with("n't")
        || word.ends_with("n’t")
}

/// Whether a clause negates twice: side by side (`never not`), or after a subject that negates (`no lock does not`).
fn is_twisted(clause: &[String]) -> bool {
    let found: Vec<usize> = (0..clause.len()).filter(|at| is_not(&clause[*at])).collect();
    found.windows(2).any(|pair| pair[1] - pair[0] <= CLOSEST || pair[0] == 0)
}

/// Words that begin a clause of their own, with the marks that end one.
fn is_border(word: &str) -> bool {
    matches!(
        word,
        "that"
            | "which"
            | "who"
            | "whose"
            | "where"
            | "when"
            | "whenever"
            | "if"
            | "because"
            | "although"
            | "though"
            | "while"
            | "since"
            | "unless"
            | "until"
            | "so"
            | "than"
            | "after"
            | "before"
            | "to"
            | "but"
            | "and"
            | "or"
            | "as"
            | "for"
            | "with"
            | "without"
            | "from"
    )
}

/// The clauses of a sentence as words in lower case; the word that begins one is left out.
fn clauses(sentence: &str) -> impl Iterator<Item = Vec<String>> {
    sentence.split([',', ';', ':', '(', ')', '–', '—']).flat_map(|piece| {
        let words = folded(piece);
        words.split(|word| is_border(word)).map(<[String]>::to_vec).collect::<Vec<_>>()
    })
}

/// The word that makes a question ask for what does not hold.
fn negation(sentence: &str) -> Option<String> {
    let pieces = sentence.split([',', ';', ':', '(', ')', '–', '—']);
    let (asking, from) =
        pieces.map(folded).find_map(|words| asking_word(&words).map(|from| (words, from)))?;
    let first = words::words(sentence).map(str::to_lowercase).find(|word| is_interrogative(word));
    if first.is_some_and(|word| matches!(word.as_str(), "why" | "how")) {
        return None;
    }
    let main: Vec<&str> =
        asking[from + 1..].iter().map(String::as_str).take_while(|word| !is_border(word)).collect();
    let at = (0..main.len()).find(|at| turns(&main, *at))?;
    Some(main[at].to_owned())
}

/// Where a clause begins to ask; a `which` after a noun only describes it.
fn asking_word(words: &[String]) -> Option<usize> {
    let before = |at: usize| at.checked_sub(1).map_or("", |before| words[before].as_str());
    let leads = |word: &str| {
        matches!(
            word,
            "" | "in" | "at" | "on" | "of" | "for" | "under" | "by" | "with" | "from" | "to" | "and" | "so"
        )
    };
    let asks = |word: &str| matches!(word, "which" | "what" | "who");
    (0..words.len()).find(|at| asks(&words[*at]) && leads(before(*at)))
}

fn is_interrogative(word: &str) -> bool {
    matches!(word, "which" | "what" | "who" | "why" | "how")
}

/// Whether a word may turn a clause into its opposite, so that its text is worth a closer look.
pub(in crate::lint) fn negates(word: &str) -> bool {
    let folded = word.to_lowercase();
    is_not(&folded) || matches!(folded.as_str(), "except" | "incorrect" | "false" | "least")
}

fn turns(words: &[&str], at: usize) -> bool {
    let next = words.get(at + 1).copied().unwrap_or_default();
    let before = at.checked_sub(1).and_then(|before| words.get(before)).copied().unwrap_or_default();
    match words[at] {
        "not" => next != "only",
        "except" | "cannot" | "never" => true,
        "incorrect" | "false" => {
            matches!(before, "is" | "are" | "an" | "a")
                && !matches!(next, "sharing" | "positive" | "positives" | "negative")
        }
        "least" => matches!(
            next,
            "likely" | "appropriate" | "suitable" | "important" | "useful" | "effective" | "true"
        ),
        word => word.ends_with("n't") || word.ends_with("n’t"),
    }
}

/// Whether the word stands in the text between marks of emphasis, or in capitals.
fn is_emphasised(written: &str, word: &str) -> bool {
    let folded = written.to_lowercase();
    let marked = ['*', '_'].into_iter().any(|mark| folded.contains(&format!("{mark}{word}")));
    marked || (word.chars().count() > 1 && written.contains(&word.to_uppercase()))
}

/// Whether a card asks for what does not hold.
fn is_negative(sheet: &Sheet<'_>) -> bool {
    if !sheet.prompt.marks.has(Marks::NEGATIVE) {
        return false;
    }
    let spoken = sheet.prompt.spoken();
    let plain = words::unquoted(&spoken);
    let mut asking = words::sentences(&plain).filter(|sentence| sentence.ends_with('?'));
    asking.any(|sentence| negation(sentence).is_some())
}

/// Leaves with too many choices that ask for what does not hold.
pub(super) fn look_at_leaves(sheets: &Sheets<'_>, findings: &mut Vec<Finding>) {
    let mut counts: BTreeMap<NodeIndex, (usize, usize)> = BTreeMap::new();
    for sheet in &sheets.cards {
        let Some(node) = sheet.nodes.first() else { continue };
        if !matches!(sheet.role, Role::Single | Role::Several | Role::Scenario)
            || !matches!(sheet.card.body, Body::Choice { .. })
        {
            continue;
        }
        let count = counts.entry(*node).or_default();
        *count = (count.0 + 1, count.1 + usize::from(is_negative(sheet)));
    }
    for (node, (all, negative)) in counts {
        if negative >= LEAST_NEGATIVE && negative * 100 > all * MOST_NEGATIVE {
            findings.push(Finding {
                spot: Spot::Node(node),
                rule: P04.id,
                level: Level::Warning,
                message: format!("{negative} of the {all} choices of this leaf ask for what does not hold"),
                hint: format!("turn them round until at most {MOST_NEGATIVE} % do"),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{clauses, is_emphasised, is_twisted, negation};

    #[test]
    fn only_the_negation_that_decides_between_options_counts() {
        for (sentence, word) in [
            ("Which of these methods is not safe?", Some("not")),
            ("Which header doesn't a proxy forward?", Some("doesn't")),
            ("Which of the following is least likely?", Some("least")),
            ("Which statement about locks is false?", Some("false")),
            ("A cache is cold; which of these cannot help?", Some("cannot")),
            ("Which index helps when the filter is not selective?", None),
            ("Which policy evicts the least recently used key?", None),
            ("Which design follows from least privilege?", None),
            ("Why does a covering index not touch the table?", None),
            ("How do you avoid false sharing, which is not visible?", None),
            ("The log shows no error; what do you check?", None),
            ("A lock which is not held blocks nobody; which lock does?", None),
            ("On which of these does it not depend?", Some("not")),
            ("Which type holds not only dates but times?", None),
        ] {
            assert_eq!(negation(sentence).as_deref(), word, "{sentence}");
        }
    }

    #[test]
    fn emphasis_is_bold_italic_or_capitals() {
        assert!(is_emphasised("Which is **not** safe?", "not"));
        assert!(is_emphasised("Which is _not_ safe?", "not") && is_emphasised("Which is NOT safe?", "not"));
        assert!(!is_emphasised("Which is not safe?", "not"));
    }

    #[test]
    fn negations_are_counted_by_the_clause() {
        let twice = |sentence: &str| clauses(sentence).any(|clause| is_twisted(&clause));
        assert!(twice("It is never not locked.") && twice("No reader does not wait."));
        assert!(!twice("A lock that is not held is not released, and no thread waits."));
    }
}
