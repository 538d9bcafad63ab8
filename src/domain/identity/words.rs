//! Texts as words, for comparisons: what is formatting, what a typo, what another word.

use pulldown_cmark::{Event, Options, Parser};

/// Fewest letters of a word in which a typo can be told from another word.
const LEAST_LETTERS: usize = 4;
/// From so many letters on, two slips are still a typo.
const LONG_WORD: usize = 6;
/// Slips (a letter more, less or other, or two exchanged) that are a typo in a short word.
const SLIPS_IN_SHORT: usize = 1;
/// Slips that are a typo in a long word.
const SLIPS_IN_LONG: usize = 2;
/// Beginnings that turn a word's meaning round or shift it: changing one for another, or for nothing, is no typo.
const PREFIXES: [&str; 28] = [
    "", "a", "anti", "co", "de", "dis", "down", "en", "ex", "il", "im", "in", "inter", "intra", "ir", "max",
    "min", "mis", "multi", "non", "over", "post", "pre", "re", "sub", "un", "under", "up",
];
/// Words that a text can gain or lose without saying anything else.
const ARTICLES: [&str; 3] = ["a", "an", "the"];

/// Markdown as plain text on one line.
pub(super) fn plain(markdown: &str) -> String {
    let mut text = String::new();
    for event in Parser::new_ext(markdown, Options::empty()) {
        match event {
            Event::Text(part) | Event::Code(part) | Event::Html(part) | Event::InlineHtml(part) => {
                text.push_str(&part);
            }
            Event::SoftBreak | Event::HardBreak | Event::End(pulldown_cmark::TagEnd::Paragraph) => {
                text.push(' ');
            }
            Event::End(pulldown_cmark::TagEnd::Item | pulldown_cmark::TagEnd::CodeBlock) => text.push(' '),
            _ => {}
        }
    }
    flat(&text)
}

/// White space trimmed and each run of it made one space.
pub(super) fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words and the signs of a text in their order, in lower case; quotes, dashes between words and marks of
/// punctuation are dropped, and so are articles where other words are left.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let (mut all, mut at) = (Vec::new(), 0);
    while at < letters.len() {
        let end = word_end(&letters, at);
        if end > at {
            all.push(letters.iter().skip(at).take(end - at).collect::<String>().to_lowercase());
            at = end;
        } else {
            all.extend(sign(&letters, at).map(String::from));
            at += 1;
        }
    }
    let is_article = |token: &String| ARTICLES.contains(&token.as_str());
    if !all.iter().all(is_article) {
        all.retain(|token| !is_article(token));
    }
    all
}

/// Where the word that starts at a place ends; the place itself where none starts.
fn word_end(letters: &[char], start: usize) -> usize {
    let is_word = |at: usize| letters.get(at).is_some_and(|letter| letter.is_alphanumeric());
    let is_digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    let joins = |at: usize| match letters.get(at) {
        Some('\'' | '’' | '_') => is_word(at + 1),
        Some('.' | ',') => is_digit(at + 1) && at > 0 && is_digit(at - 1),
        _ => false,
    };
    let mut end = start;
    if letters.get(start) == Some(&'.') && is_digit(start + 1) {
        end += 1;
    }
    while is_word(end) || (end > start && joins(end)) {
        end += 1;
    }
    end
}

/// A character that says something by itself.
fn sign(letters: &[char], at: usize) -> Option<char> {
    let letter = *letters.get(at)?;
    let is_word =
        |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|letter| letter.is_alphanumeric());
    match letter {
        '.' | ',' | ';' | ':' | '?' | '"' | '\'' | '“' | '”' | '‘' | '’' | '`' | '…' | '–' | '—' => {
            None
        }
        // Between letters it joins words; before one it is a minus or an option.
        '-' if is_word(at.checked_sub(1)) && is_word(Some(at + 1)) => None,
        // After a word it is an exclamation; before one it negates.
        '!' if !is_word(Some(at + 1)) && letters.get(at + 1) != Some(&'=') => None,
        _ if letter.is_whitespace() || letter.is_control() => None,
        _ => Some(letter),
    }
}

/// Whether one of two different words is a slip of the other, rather than another word.
pub(super) fn is_typo(old: &str, new: &str) -> bool {
    let (shorter, alphabetic) = {
        let lengths = [old, new].map(|word| word.chars().count());
        (lengths[0].min(lengths[1]), [old, new].iter().all(|word| word.chars().all(char::is_alphabetic)))
    };
    let slips = if shorter < LONG_WORD { SLIPS_IN_SHORT } else { SLIPS_IN_LONG };
    alphabetic
        && shorter >= LEAST_LETTERS
        && begin_alike(old, new)
        && !differ_by_prefix(old, new)
        && strsim::osa_distance(old, new) <= slips
}

/// Whether two words begin with the same letter, or one of them lost it or has it in the second place: another letter
/// there makes another word (lock, dock; ascending, descending), and is rarely a slip.
///
/// Source: Yannakoudakis and Fawthrop 1983, "The rules of spelling errors": 1.4 % of errors are in the first letter.
fn begin_alike(old: &str, new: &str) -> bool {
    let first_two = |word: &str| {
        let mut letters = word.chars();
        (letters.next(), letters.next())
    };
    let (old, new) = (first_two(old), first_two(new));
    old.0 == new.0 || old.0 == new.1 || old.1 == new.0
}

/// Whether two words are the same but for what stands before: `safe` and `unsafe`, `maximum` and `minimum`.
fn differ_by_prefix(old: &str, new: &str) -> bool {
    PREFIXES.iter().filter_map(|prefix| old.strip_prefix(prefix)).any(|rest| {
        rest.chars().count() >= LEAST_LETTERS - 1
            && new.strip_suffix(rest).is_some_and(|start| PREFIXES.contains(&start))
    })
}

#[cfg(test)]
mod tests {
    use super::{is_typo, plain, tokens};

    #[test]
    fn formatting_is_no_difference() {
        for (one, other) in [
            ("The *covering* index.", "the **covering** index"),
            ("`a = 1`", "a = 1"),
            ("next-key lock", "next key lock"),
            ("one,\ntwo", "one two"),
            ("“quoted”", "'quoted'"),
            ("it’s", "it's"),
        ] {
            let plain =
                |text| tokens(&plain(text)).iter().map(|token| token.replace('’', "'")).collect::<Vec<_>>();
            assert_eq!(plain(one), plain(other), "{one} / {other}");
        }
        for (one, other) in
            [("a + b", "a - b"), ("-5", "5"), ("3.5", "35"), ("!x", "x"), ("[1, 2)", "[1, 2]"), (".5", "5")]
        {
            assert_ne!(tokens(one), tokens(other), "{one} / {other}");
        }
    }

    #[test]
    fn a_slip_is_told_from_another_word() {
        for (old, new) in [
            ("indx", "index"),
            ("idnex", "index"),
            ("ndex", "index"),
            ("serialisable", "serializable"),
            ("comitted", "committed"),
            ("replicaiton", "replication"),
            ("gurantee", "guarantee"),
            ("colum", "column"),
        ] {
            assert!(is_typo(old, new) && is_typo(new, old), "{old} → {new}");
        }
        for (old, new) in [
            ("safe", "unsafe"),
            ("mutable", "immutable"),
            ("clustered", "unclustered"),
            ("blocking", "nonblocking"),
            ("connected", "disconnected"),
            ("synchronous", "asynchronous"),
            ("increase", "decrease"),
            ("internal", "external"),
            ("maximum", "minimum"),
            ("encode", "decode"),
            ("lock", "dock"),
            ("row", "rows"),
            ("read", "reap1"),
            ("v2", "v3"),
            ("optimistic", "pessimistic"),
            ("left", "right"),
            ("lock", "lack of"),
            ("intranet", "internet"),
        ] {
            assert!(!is_typo(old, new) && !is_typo(new, old), "{old} → {new}");
        }
    }
}
