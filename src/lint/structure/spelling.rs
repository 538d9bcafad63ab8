//! Words that are misspelt, written twice, or spelt as the rest of the collection does not (S12).

use std::collections::{BTreeSet, HashMap};

use super::slips::{SLIPS, VARIETIES, Variety};
use crate::domain::card::Part;
use crate::lint::sheet::{Sheet, Sheets};
use crate::lint::words;
use crate::lint::{Finding, Rule, Severity};

pub(super) const S12: Rule = Rule {
    id: "S12",
    title: "plain words are spelt right, and in one variety of English",
    severity: Severity::Warning,
    why: "A slip of the pen costs trust, and a typed answer with one cannot be matched. Told are well-known misspellings, a word written twice in a row, and British spellings (`behaviour`) in a collection that mostly writes American ones, or the reverse. Code, names, acronyms and the `words` of the collection's `mindrill.toml` are left alone.",
    bad: r#"[[card]]
id = "write-skew"
kind = "flashcard"
prompt = "Which anomaly does snapshot isolation let through?"
answer = "Write skew: two transactions decide on a a state that each of them then changes."
"#,
    good: r#"[[card]]
id = "write-skew"
kind = "flashcard"
prompt = "Which anomaly does snapshot isolation let through?"
answer = "Write skew: two transactions decide on a state that each of them then changes."
"#,
};

/// Words that may rightly stand twice in a row.
const DOUBLES: [&str; 4] = ["had", "that", "is", "do"];

/// A word that one variety of English writes so.
struct Spelt<'s, 'a> {
    sheet: &'s Sheet<'a>,
    part: Part,
    word: &'static str,
    other: &'static str,
    variety: Variety,
}

/// What is known of words, each looked up once however often it is used.
#[derive(Default)]
struct Vocabulary {
    notes: HashMap<String, Option<Note>>,
}

/// What is to be said of a word.
#[derive(Clone, Copy)]
enum Note {
    /// It is misspelt; this was meant.
    Slip(&'static str),
    /// It is the spelling of one variety; the other writes that.
    Of(&'static str, &'static str, Variety),
}

impl Vocabulary {
    fn note(&mut self, word: &str, known: &BTreeSet<String>) -> Option<Note> {
        if let Some(note) = self.notes.get(word) {
            return *note;
        }
        let folded = word.to_lowercase();
        let counts = is_plain(word) && !known.contains(&folded);
        let of = || variety(&folded).map(|(word, other, variety)| Note::Of(word, other, variety));
        let note = if counts { slip(&folded).map(Note::Slip).or_else(of) } else { None };
        self.notes.insert(word.to_owned(), note);
        note
    }
}

/// Looks over all cards: which variety is the collection's shows only when all are read.
pub(super) fn look(sheets: &Sheets<'_>, findings: &mut Vec<Finding>) {
    let known = &sheets.subject.policy.words;
    let (mut vocabulary, mut spelt) = (Vocabulary::default(), Vec::new());
    for sheet in &sheets.cards {
        for (part, _, read) in sheet.every_text() {
            let spoken = read.spoken();
            findings.extend(doubled(&spoken).map(|word| {
                let message = format!("`{word}` twice in a row");
                sheet.warning(part, S12.id, message, "remove one")
            }));
            for word in words::words(&spoken) {
                match vocabulary.note(word, known) {
                    Some(Note::Slip(right)) => findings.push(misspelt(sheet, part, word, right)),
                    Some(Note::Of(word, other, variety)) => {
                        spelt.push(Spelt { sheet, part, word, other, variety });
                    }
                    None => {}
                }
            }
        }
    }
    findings.extend(odd_ones(&spelt));
}

fn misspelt(sheet: &Sheet<'_>, part: Part, word: &str, right: &str) -> Finding {
    let message = format!("`{word}` is misspelt");
    let hint = format!("did you mean `{right}`? Else add it to `words` in the collection's `mindrill.toml`");
    sheet.warning(part, S12.id, message, &hint)
}

/// Whether a word is neither an acronym, nor a name with capitals inside, nor one with digits.
fn is_plain(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_alphabetic)
        && letters.all(|letter| letter.is_lowercase() || matches!(letter, '\'' | '’' | '-'))
}

fn slip(word: &str) -> Option<&'static str> {
    SLIPS.binary_search_by_key(&word, |(slip, _)| slip).ok().map(|at| SLIPS[at].1)
}

fn variety(word: &str) -> Option<(&'static str, &'static str, Variety)> {
    VARIETIES.binary_search_by_key(&word, |(word, ..)| word).ok().map(|at| VARIETIES[at])
}

/// A word that stands twice in a row, with white space alone between the two.
fn doubled(spoken: &str) -> Option<&str> {
    let mut last = "";
    for word in spoken.split_whitespace() {
        if word == last && word.chars().all(char::is_lowercase) && !DOUBLES.contains(&word) {
            return Some(word);
        }
        last = word;
    }
    None
}

/// The spellings of the variety that the collection uses less; none where it uses both alike.
fn odd_ones(spelt: &[Spelt<'_, '_>]) -> Vec<Finding> {
    let british = spelt.iter().filter(|one| one.variety == Variety::British).count();
    let american = spelt.len() - british;
    let odd = match british.cmp(&american) {
        std::cmp::Ordering::Less => Variety::British,
        std::cmp::Ordering::Greater => Variety::American,
        std::cmp::Ordering::Equal => return Vec::new(),
    };
    let odd = spelt.iter().filter(|one| one.variety == odd);
    odd.map(|Spelt { sheet, part, word, other, variety }| {
        let (name, rest) = match variety {
            Variety::British => ("British", "American"),
            Variety::American => ("American", "British"),
        };
        let message = format!("`{word}` is {name}, and the other cards write {rest} English");
        sheet.warning(*part, S12.id, message, &format!("write `{other}`"))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::{SLIPS, VARIETIES, doubled, is_plain, slip};

    #[test]
    fn the_lists_are_sorted_and_no_right_word_is_a_slip() {
        assert!(SLIPS.is_sorted_by(|left, right| left.0 < right.0));
        assert!(VARIETIES.is_sorted_by(|left, right| left.0 < right.0));
        assert!(SLIPS.iter().all(|(_, right)| slip(right).is_none()));
    }

    #[test]
    fn names_and_acronyms_are_no_plain_words() {
        for (word, plain) in
            [("Teh", true), ("don't", true), ("TEH", false), ("jQuery", false), ("utf8", false)]
        {
            assert_eq!(is_plain(word), plain, "{word}");
        }
        assert_eq!((doubled("in the the end"), doubled("that that is, is")), (Some("the"), None));
    }
}
