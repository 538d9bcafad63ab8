//! Texts as words: prose without its code, words, sentences. What words have in common is the business of `lexicon`.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::lexicon::Word;
use super::marks::Marks;
use super::signs::Signs;

/// The marks without which a text is its own prose.
const MARKUP: [char; 7] = ['`', '*', '_', '[', '<', '\\', '&'];

/// A text in Markdown, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Reading<'t> {
    /// What is to be read: no marks, no fenced code; an inline piece of code stands as it is, without backticks.
    pub prose: Cow<'t, str>,
    /// The fenced blocks: what follows the fence (the language, may be empty), and the code.
    pub blocks: Vec<(String, String)>,
    /// The inline pieces of code.
    pub inline: Vec<String>,
    /// Where in the prose each of them stands.
    pub codes: Vec<Range<usize>>,
    /// The first raw HTML tag, if there is one.
    pub html: Option<String>,
    /// What kinds of characters the text has as it is written.
    pub signs: Signs,
    /// The words of the prose; filled, as what follows, by the lexicon.
    pub words: Vec<Word>,
    /// The words outside code, where there is code.
    pub spoken: Option<Vec<Word>>,
    /// What the spoken words show.
    pub marks: Marks,
}

/// Reads Markdown; the words are left to the lexicon.
pub(super) fn read(text: &str) -> Reading<'_> {
    let signs = Signs::of(text);
    let has_markup = signs.have(Signs::MARKUP) || (signs.have(Signs::FENCE) && text.contains("~~~"));
    if !has_markup {
        return Reading { prose: Cow::Borrowed(text), signs, ..Reading::default() };
    }
    let reading = read_line(text).unwrap_or_else(|| read_markdown(text));
    Reading { signs, ..reading }
}

fn read_markdown(text: &str) -> Reading<'static> {
    let mut reading = Reading::default();
    let (mut prose, mut block): (String, Option<(String, String)>) = (String::new(), None);
    for event in Parser::new_ext(text, Options::empty()) {
        match (event, &mut block) {
            (Event::Start(Tag::CodeBlock(kind)), _) => {
                let language = match kind {
                    pulldown_cmark::CodeBlockKind::Fenced(language) => language.to_string(),
                    pulldown_cmark::CodeBlockKind::Indented => String::new(),
                };
                block = Some((language, String::new()));
            }
            (Event::End(TagEnd::CodeBlock), _) => reading.blocks.extend(block.take()),
            (Event::Text(text), Some((_, code))) => code.push_str(&text),
            (Event::Text(text), None) => prose.push_str(&text),
            (Event::InlineHtml(text) | Event::Html(text), None) => {
                prose.push_str(&text);
                reading.html.get_or_insert_with(|| text.trim().to_owned());
            }
            (Event::Code(code), None) => {
                let start = prose.len();
                prose.push_str(&code);
                reading.codes.push(start..prose.len());
                reading.inline.push(code.to_string());
            }
            (Event::SoftBreak | Event::HardBreak | Event::End(_), None) => prose.push(' '),
            _ => {}
        }
    }
    reading.prose = Cow::Owned(prose);
    reading
}

/// Reads a line whose only marks are single backticks, as most texts of a deck are, without a parser of Markdown.
fn read_line(text: &str) -> Option<Reading<'static>> {
    let pieces = text.split('`').enumerate();
    let last = text.matches('`').count();
    let mut reading = Reading::default();
    let mut prose = String::with_capacity(text.len());
    if text.contains('\n') || !last.is_multiple_of(2) {
        return None;
    }
    for (at, piece) in pieces {
        let is_code = !at.is_multiple_of(2);
        let is_double = piece.is_empty() && at > 0 && at < last;
        if is_double || (!is_code && (piece.contains(MARKUP) || piece.contains("~~~"))) {
            return None;
        }
        let start = prose.len();
        let inner = piece.strip_prefix(' ').and_then(|piece| piece.strip_suffix(' '));
        let inner = inner.filter(|inner| is_code && !inner.trim().is_empty()).unwrap_or(piece);
        prose.push_str(inner);
        if is_code {
            reading.codes.push(start..prose.len());
            reading.inline.push(inner.to_owned());
        }
    }
    reading.prose = Cow::Owned(prose);
    Some(reading)
}

/// The words of a text: runs of letters and digits, with the marks that stand inside one (`don't`, `top-k`, `3.5`, `a_b`).
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some((_, width)) = letter(text, at).filter(|(kind, _)| *kind != Letter::Inner) {
            at += width;
        }
        let (start, mut end) = (at, plain_end(text, at));
        at = end;
        while let Some((kind, width)) = letter(text, at).filter(|(kind, _)| *kind != Letter::Other) {
            at += width;
            if kind == Letter::Inner {
                at = plain_end(text, at);
                end = at;
            }
        }
        text.get(start..end).filter(|word| !word.is_empty())
    })
}

/// What a letter is to a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letter {
    /// A letter or a digit.
    Inner,
    /// A mark that may stand between two of them.
    Mark,
    /// What parts words.
    Other,
    /// The first byte of a letter beyond ASCII, which has to be decoded.
    Wide,
}

/// What each byte is to a word.
const LETTERS: [Letter; 256] = {
    let (mut letters, mut byte) = ([Letter::Wide; 256], 0_u8);
    while byte.is_ascii() {
        letters[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => Letter::Inner,
            b'\'' | b'-' | b'_' | b'.' => Letter::Mark,
            _ => Letter::Other,
        };
        byte += 1;
    }
    letters
};

/// The end of the plain letters and digits from a byte on: most words are nothing else.
#[inline]
fn plain_end(text: &str, from: usize) -> usize {
    let (bytes, mut end) = (text.as_bytes(), from);
    while bytes.get(end).is_some_and(|byte| LETTERS[usize::from(*byte)] == Letter::Inner) {
        end += 1;
    }
    end
}

/// The letter at a byte of a text, and how many bytes it has. Most are ASCII, and those are not decoded.
#[inline]
fn letter(text: &str, at: usize) -> Option<(Letter, usize)> {
    let byte = *text.as_bytes().get(at)?;
    match LETTERS[usize::from(byte)] {
        Letter::Wide => wide(text, at),
        letter => Some((letter, 1)),
    }
}

/// The letter beyond ASCII at a byte of a text.
#[cold]
fn wide(text: &str, at: usize) -> Option<(Letter, usize)> {
    let letter = text.get(at..)?.chars().next()?;
    let kind = match letter {
        '’' => Letter::Mark,
        letter if letter.is_alphanumeric() => Letter::Inner,
        _ => Letter::Other,
    };
    Some((kind, letter.len_utf8()))
}

/// Words that carry grammar rather than content, in order.
const STOP_WORDS: [&str; 128] = [
    "a", "about", "after", "again", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be",
    "because", "been", "before", "being", "below", "between", "both", "but", "by", "can", "could", "did",
    "do", "does", "doing", "down", "during", "each", "either", "few", "for", "from", "further", "had", "has",
    "have", "having", "he", "her", "here", "hers", "him", "his", "how", "i", "if", "in", "into", "is", "it",
    "its", "just", "let", "may", "me", "might", "more", "most", "must", "my", "neither", "no", "nor", "not",
    "of", "off", "on", "once", "one", "only", "onto", "or", "other", "our", "out", "over", "own", "per",
    "same", "shall", "she", "should", "so", "some", "such", "than", "that", "the", "their", "them", "then",
    "there", "these", "they", "this", "those", "through", "to", "too", "under", "until", "up", "upon", "us",
    "very", "was", "we", "were", "what", "when", "where", "which", "while", "who", "whom", "whose", "why",
    "will", "with", "within", "without", "would", "you", "your",
];

/// Whether a word, in lower case, carries grammar rather than content.
pub(super) fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.binary_search(&word).is_ok()
}

/// What stands for a piece of code, or a quotation, where only the words round it count.
pub(super) const ELSEWHERE: char = '\u{fffc}';

impl Reading<'_> {
    /// The same, with a prose of its own.
    pub(super) fn into_owned<'s>(self) -> Reading<'s> {
        let Reading { prose, blocks, inline, codes, html, signs, words, spoken, marks } = self;
        let prose = Cow::Owned(prose.into_owned());
        Reading { prose, blocks, inline, codes, html, signs, words, spoken, marks }
    }

    /// The prose with [`ELSEWHERE`] for each piece of code.
    pub(super) fn spoken(&self) -> Cow<'_, str> {
        if self.codes.is_empty() {
            return Cow::Borrowed(&self.prose);
        }
        let (mut spoken, mut from) = (String::with_capacity(self.prose.len()), 0);
        for code in &self.codes {
            spoken.push_str(self.prose.get(from..code.start).unwrap_or_default());
            spoken.push(ELSEWHERE);
            from = code.end;
        }
        spoken.push_str(self.prose.get(from..).unwrap_or_default());
        Cow::Owned(spoken)
    }

    /// The words outside code.
    pub(super) fn spoken_words(&self) -> &[Word] {
        self.spoken.as_deref().unwrap_or(&self.words)
    }

    /// How many words it has, an inline piece of code counted as one.
    pub(super) fn length(&self) -> usize {
        self.spoken_words().len() + self.inline.len()
    }

    /// The spoken words in lower case.
    pub(super) fn said(&self) -> Vec<String> {
        words(&self.spoken()).map(str::to_lowercase).collect()
    }
}

/// A text with [`ELSEWHERE`] for all that stands between quotation marks.
pub(super) fn unquoted(text: &str) -> Cow<'_, str> {
    let straight = text.matches('"').count();
    if !text.contains('“') && (straight == 0 || !straight.is_multiple_of(2)) {
        return Cow::Borrowed(text);
    }
    let (mut kept, mut inside) = (String::with_capacity(text.len()), false);
    for letter in text.chars() {
        let toggles = letter == '“' || letter == '”' || (letter == '"' && straight.is_multiple_of(2));
        if toggles {
            inside = letter == '“' || (letter == '"' && !inside);
            kept.extend((!inside).then_some(ELSEWHERE));
        } else if !inside {
            kept.push(letter);
        }
    }
    Cow::Owned(kept)
}

/// Short forms whose full stop ends no sentence.
const SHORT_FORMS: [&str; 8] = ["e.g.", "i.e.", "vs.", "etc.", "cf.", "approx.", "incl.", "resp."];

/// The sentences of a text with the marks that end them, white space between them dropped.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text.trim();
    std::iter::from_fn(move || {
        let end = sentence_end(rest);
        let (sentence, after) = rest.split_at(end);
        rest = after.trim_start();
        (!sentence.is_empty()).then(|| sentence.trim_end())
    })
}

/// The byte at which the first sentence ends.
fn sentence_end(text: &str) -> usize {
    for (at, mark) in text.char_indices().filter(|(_, letter)| matches!(letter, '.' | '?' | '!')) {
        let after = text.get(at + mark.len_utf8()..).unwrap_or_default();
        let tail = after.trim_start_matches(['"', '”', '’', '\'', ')', '.', '?', '!', ELSEWHERE]);
        let word = text.get(..=at).and_then(|before| before.rsplit(char::is_whitespace).next());
        let is_short = word.is_some_and(|word| SHORT_FORMS.contains(&word.trim_start_matches('(')));
        if (tail.is_empty() || tail.starts_with(char::is_whitespace)) && !is_short {
            return text.len() - tail.len();
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{ELSEWHERE, read, read_line, sentences, unquoted};

    #[test]
    fn a_line_with_backticks_alone_is_read_as_markdown_reads_it() {
        for text in
            ["a `b` c", "`b`", "`a_b` and `*`", "` b ` `  `", "x `` y", "`a", "*a* `b`", "``a`` b", "`a``b`"]
        {
            // A blank line makes it a text that is not read by the short way.
            let (long, short) = (read(&format!("{text}\n\n")).into_owned(), read_line(text));
            if let Some(short) = short {
                assert_eq!((short.inline, short.prose.trim()), (long.inline, long.prose.trim()), "{text}");
            }
        }
        assert!(read_line("a `b_c` d").is_some() && read_line("a_b `c`").is_none());
    }

    #[test]
    fn only_the_words_round_code_and_quotations_are_spoken() {
        assert_eq!(read("Use `a?` now").spoken(), format!("Use {ELSEWHERE} now"));
        assert_eq!(unquoted("He asks “Why?” and \"who?\""), format!("He asks {ELSEWHERE} and {ELSEWHERE}"));
        assert_eq!(unquoted("5\" wide"), "5\" wide");
    }

    #[test]
    fn sentences_end_at_their_marks_and_not_in_short_forms() {
        let parted: Vec<&str> = sentences("One, e.g. this. (Two?) Three!  `x`.y 3.5 four").collect();
        assert_eq!(parted, ["One, e.g. this.", "(Two?)", "Three!", "`x`.y 3.5 four"]);
    }
}
