//! Texts as they stand: leftovers, marks that show wrongly (S04), and words that age (S13).

use unicode_normalization::is_nfc;

use crate::domain::card::{Aim, Body, Part};
use crate::lint::marks::Marks;
use crate::lint::sheet::{Role, Sheet};
use crate::lint::signs::Signs;
use crate::lint::words::{self, ELSEWHERE, Reading};
use crate::lint::{Finding, Rule, Severity};

pub(super) const S04: Rule = Rule {
    id: "S04",
    title: "texts are finished, and show as they are written",
    severity: Severity::Error,
    why: "A leftover (`TODO`, `TBD`, `FIXME`, lorem ipsum, `???`, a lone `…`) is a card that was released by accident. A stray backtick, a raw HTML tag, a tab outside of code or an invisible character shows differently in the terminal, on the web and in an export, and makes two equal answers differ. A TODO comment as a subject (`a TODO comment`), tags in backticks and tabs in fenced code are fine.",
    bad: r#"[[card]]
id = "gap-lock"
kind = "flashcard"
prompt = "What does a gap lock of InnoDB keep out?"
answer = "TODO: look this up"
"#,
    good: r#"[[card]]
id = "gap-lock"
kind = "flashcard"
prompt = "What does a gap lock of InnoDB keep out?"
answer = "Inserts by other transactions into the gap that it covers."
"#,
};

pub(super) const S13: Rule = Rule {
    id: "S13",
    title: "no words that age, and no dates that read differently elsewhere",
    severity: Severity::Warning,
    why: "`Currently`, `recently`, `latest release` and `nowadays` were true on a day that the reader does not know: name the version or the date instead (Wozniak's rule 19). 03/04/2026 is in March or in April, depending on the reader: write 2026-04-03. A text that names a year or a version may say `currently`; the story of a scenario may; and terms such as `least recently used` are no dates.",
    bad: r#"[[card]]
id = "http3-support"
kind = "true-false"
statement = "HTTP/3 is nowadays supported by every browser on the desktop."
answer = true
explanation = "The last of them followed once its network stack had learnt QUIC, two years after the others."
"#,
    good: r#"[[card]]
id = "http3-support"
kind = "true-false"
statement = "In 2026 every browser on the desktop supports HTTP/3."
answer = true
explanation = "The last of them followed once its network stack had learnt QUIC, two years after the others."
"#,
};

/// Looks over the texts of a card.
pub(super) fn look(sheet: &Sheet<'_>, findings: &mut Vec<Finding>) {
    for (part, written, read) in sheet.every_text() {
        let spoken = read.spoken();
        let open = if is_suspect(read, &spoken) { leftover(&spoken) } else { None };
        let fault = open.or_else(|| faulty_mark(written, (read, &spoken)));
        if let Some((message, hint)) = fault {
            findings.push(sheet.error(part, S04.id, message, hint));
        }
        let ages = if read.marks.has(Marks::TIME) { ageing(sheet, part, &spoken) } else { None };
        if let Some(message) = ages {
            let hint = "name the version or the date for which it holds";
            findings.push(sheet.warning(part, S13.id, message, hint));
        }
        let may_date = read.signs.have(Signs::DIGIT.and(Signs::MARKUP));
        if let Some(date) = if may_date { ambiguous_date(&spoken) } else { None } {
            let message = format!("`{date}` reads as another day elsewhere");
            findings.push(sheet.warning(part, S13.id, message, "write the date as 2026-11-22"));
        }
    }
    for (part, text) in plain_texts(sheet) {
        if let Some((message, hint)) = invisible(text) {
            findings.push(sheet.error(part, S04.id, message, hint));
        }
    }
}

/// What is wrong, and how to mend it.
type Fault = (String, &'static str);

/// Answers to be typed: no Markdown, every mark counts.
fn plain_texts<'s>(sheet: &'s Sheet<'_>) -> Vec<(Part, &'s String)> {
    let Body::Typed { key, .. } = &sheet.card.body else { return Vec::new() };
    let accepted = key.accept.iter().enumerate();
    let accepted = accepted.map(|(index, text)| (Part::key("accept").item(index), text));
    let misses = key.near_misses.iter().enumerate();
    let misses = misses.map(|(index, miss)| (Part::key("near_misses").item(index).field("text"), &miss.text));
    accepted.chain(misses).collect()
}

/// Marks of work that is still to be done, in capitals; they count at the head of a sentence, before a colon and in brackets.
const MARKS: [&str; 4] = ["TODO", "FIXME", "TBD", "XXX"];

/// Whether a text may be unfinished, so that it is worth a closer look.
fn is_suspect(read: &Reading<'_>, spoken: &str) -> bool {
    let telling = Marks::UNFINISHED.with(Marks::CAPITALS);
    let may_ask = read.signs.have(Signs::QUESTION.and(Signs::MARKUP));
    !read.marks.has(Marks::WORD) || read.marks.has(telling) || (may_ask && spoken.contains("???"))
}

fn leftover(spoken: &str) -> Option<Fault> {
    let found = MARKS.into_iter().find(|mark| is_leftover(spoken, mark)).map(str::to_owned);
    let found = found.or_else(|| phrase(spoken))?;
    let hint = "write it out, or leave the card out until you can";
    Some((format!("`{found}`: a text that is not finished"), hint))
}

/// Words of which each unfinished text without a mark in capitals has one.
pub(in crate::lint) const UNFINISHED: [&str; 3] = ["completed", "done", "ipsum"];

fn is_leftover(text: &str, mark: &str) -> bool {
    text.match_indices(mark).any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default().trim_end_matches(' ');
        let after = text.get(at + mark.len()..).unwrap_or_default();
        let is_word = !after.starts_with(char::is_alphanumeric)
            && !text.get(..at).is_some_and(|before| before.ends_with(char::is_alphanumeric));
        let heads = before.is_empty() || before.ends_with(['.', '!', '?', '\n', '(', '[']);
        is_word && ((heads && !after.starts_with(" comment")) || after.starts_with([':', ']', ')']))
    })
}

fn phrase(text: &str) -> Option<String> {
    let bare = text.trim().trim_end_matches('.');
    if text.contains("???") {
        return Some("???".to_owned());
    }
    if matches!(bare, "…" | "") && !text.trim().is_empty() {
        return Some("…".to_owned());
    }
    let folded = text.to_lowercase();
    let is_open = matches!(folded.trim().trim_end_matches('.'), "to be completed" | "to be done")
        || folded.contains("(to be completed")
        || folded.contains("[to be completed");
    if is_open {
        return Some("to be completed".to_owned());
    }
    folded.contains("lorem ipsum").then(|| "lorem ipsum".to_owned())
}

fn faulty_mark(written: &str, (read, spoken): (&Reading<'_>, &str)) -> Option<Fault> {
    if read.signs.have(Signs::ODD)
        && let Some(fault) = invisible(written)
    {
        return Some(fault);
    }
    if let Some(tag) = &read.html {
        let message = format!("`{tag}` is a raw HTML tag");
        return Some((message, "put it in backticks if it is meant as text, else use Markdown"));
    }
    let open = read.signs.have(Signs::FENCE) && has_open_fence(written);
    let may_quote = read.signs.have(Signs::MARKUP);
    if open || (may_quote && spoken.contains('`') && !written.contains("\\`")) {
        let message =
            if open { "a fenced block of code is not closed" } else { "a backtick without its partner" };
        return Some((message.to_owned(), "close the piece of code with as many backticks as open it"));
    }
    let tabbed = read.signs.have(Signs::TAB) && outside_fences(written).any(|line| line.contains('\t'));
    tabbed.then(|| {
        ("a tab outside of code".to_owned(), "write blanks; tabs are as wide as each terminal likes")
    })
}

/// Characters that show nothing, or turn the direction of what follows.
fn invisible(text: &str) -> Option<Fault> {
    if text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_control()) {
        return None;
    }
    let letters: Vec<char> = text.chars().collect();
    let hidden = letters.iter().enumerate().find(|(at, letter)| is_hidden(&letters, *at, **letter));
    if let Some((_, letter)) = hidden {
        let message = format!("an invisible character, U+{:04X}", u32::from(*letter));
        return Some((message, "remove it; type the text anew where you cannot see it"));
    }
    let hint = "type the letter as one character, not as a letter and an accent";
    (!is_nfc(text)).then(|| ("letters composed of two characters (not NFC)".to_owned(), hint))
}

fn is_hidden(letters: &[char], at: usize, letter: char) -> bool {
    match letter {
        // Joiners have their work in many scripts and in emoji, and none between plain letters.
        '\u{200c}' | '\u{200d}' => {
            let beside = [at.checked_sub(1).and_then(|before| letters.get(before)), letters.get(at + 1)];
            beside.into_iter().any(|letter| letter.is_none_or(char::is_ascii))
        }
        '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{ad}'
        | '\u{feff}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' => true,
        '\n' | '\t' => false,
        other => other.is_control(),
    }
}

/// The mark that a line opens or closes a fence with: its character and how many there are.
fn fence(line: &str) -> Option<(char, usize)> {
    let line = line.trim_start();
    let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let length = line.chars().take_while(|letter| *letter == mark).count();
    let info = line.trim_start_matches(mark);
    (length >= 3 && !(mark == '`' && info.contains('`'))).then_some((mark, length))
}

/// The lines that stand in no fenced block.
fn outside_fences(text: &str) -> impl Iterator<Item = &str> {
    let mut open: Option<(char, usize)> = None;
    text.lines().filter(move |line| {
        let inside = open.is_some();
        open = after_line(open, line);
        !inside
    })
}

fn has_open_fence(text: &str) -> bool {
    (text.contains("```") || text.contains("~~~")) && text.lines().fold(None, after_line).is_some()
}

/// The fence that is open after a line.
fn after_line(open: Option<(char, usize)>, line: &str) -> Option<(char, usize)> {
    match (open, fence(line)) {
        (None, found) => found,
        (Some((mark, length)), Some((other, longer))) if mark == other && longer >= length => {
            // A closing fence has nothing after it.
            (!line.trim().trim_matches(mark).is_empty()).then_some((mark, length))
        }
        (open, _) => open,
    }
}

/// Phrases that hold only on the day on which they were written.
const AGEING: [&str; 6] = [
    "nowadays",
    "as of now",
    "at the time of writing",
    "at the moment of writing",
    "as of today",
    "these days",
];
/// Words of which each ageing text has one.
pub(in crate::lint) const OF_TIME: [&str; 8] =
    ["currently", "days", "latest", "now", "nowadays", "recently", "today", "writing"];

/// What `latest` stands before when it means the newest of a product.
const NEWEST: [&str; 8] =
    ["release", "releases", "edition", "standard", "stable", "lts", "specification", "major"];

fn ageing(sheet: &Sheet<'_>, part: Part, spoken: &str) -> Option<String> {
    let folded = spoken.to_lowercase();
    if is_dated(&folded) {
        return None;
    }
    let told = |word: &str| format!("`{word}` is true only on the day it is written");
    if let Some(phrase) = AGEING.into_iter().find(|phrase| has_phrase(&folded, phrase)) {
        return Some(told(phrase));
    }
    let words: Vec<&str> = words::words(&folded).collect();
    let tells_story = part == sheet.asks
        && (sheet.role == Role::Scenario || matches!(sheet.card.aim, Aim::Decide | Aim::Diagnose));
    let at = |index: usize| words.get(index).copied().unwrap_or_default();
    for (index, word) in words.iter().enumerate() {
        let before = if index == 0 { "" } else { at(index - 1) };
        let ages = match *word {
            "currently" => !tells_story && !at(index + 1).ends_with("ing") && !is_state(at(index + 1)),
            "recently" => {
                !matches!(before, "least" | "most" | "more" | "less" | "not" | "how") && !tells_story
            }
            "latest" => NEWEST.contains(&at(index + 1)),
            _ => false,
        };
        if ages {
            return Some(told(word));
        }
    }
    None
}

/// States of a running program, which `currently` may qualify.
fn is_state(word: &str) -> bool {
    matches!(word, "open" | "active" | "held" | "leased" | "locked" | "connected" | "idle" | "live" | "in")
}

fn has_phrase(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(at, _)| {
        let around = [
            text.get(..at).and_then(|before| before.chars().next_back()),
            text.get(at + phrase.len()..).and_then(|after| after.chars().next()),
        ];
        around.into_iter().flatten().all(|letter| !letter.is_alphanumeric())
    })
}

/// Whether a text names a year or a version.
fn is_dated(folded: &str) -> bool {
    words::words(folded).any(|word| {
        let digits = word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        digits
            && (word.contains('.') || (word.len() == 4 && (word.starts_with("19") || word.starts_with("20"))))
    })
}

/// A date of three numbers that begins with day or month.
fn ambiguous_date(spoken: &str) -> Option<&str> {
    let parts = |bytes: &[u8]| matches!(bytes, [before, b'.' | b'/', after] if before.is_ascii_digit() && after.is_ascii_digit());
    if !spoken.as_bytes().windows(3).any(parts) {
        return None;
    }
    let pieces = spoken.split(|letter: char| letter.is_whitespace() || letter == ELSEWHERE);
    pieces.map(|piece| piece.trim_matches(|letter: char| !letter.is_ascii_digit())).find(|piece| {
        ['/', '.'].into_iter().any(|mark| {
            let numbers: Vec<&str> = piece.split(mark).collect();
            let [first, second, year] = numbers.as_slice() else { return false };
            let is_small =
                |number: &str| number.len() <= 2 && (1..=31).contains(&number.parse().unwrap_or(0));
            is_small(first)
                && is_small(second)
                && year.len() == 4
                && (year.starts_with("19") || year.starts_with("20"))
        })
    })
}
