//! Markdown in the form that hashcards reads: `Q:` and `A:`, or `C:` with `[gaps]`, at the start of a line.
//!
//! A card goes on to the next tag or to a line of three dashes. TOML front matter is passed over; a line in a fenced
//! block is never a tag.

use super::{Imported, Note, Refusal, cloze_marks, unshowable};
use crate::domain::card::Body;

/// What starts a stretch of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tag {
    Question,
    Answer,
    Cloze,
    /// A line of three dashes: whatever follows belongs to no card.
    Break,
}

/// A stretch of lines from its tag to the next.
struct Stretch {
    tag: Tag,
    line: usize,
    text: String,
}

/// Reads all cards.
pub(super) fn read(text: &str) -> Imported {
    let mut imported = Imported::default();
    let mut stretches = stretches(text).into_iter().peekable();
    while let Some(Stretch { tag, line, text }) = stretches.next() {
        match tag {
            Tag::Break => {}
            Tag::Cloze => imported.take(cloze(line, &text)),
            Tag::Question => {
                let answer = stretches.next_if(|next| next.tag == Tag::Answer);
                imported.take(flashcard(line, &text, answer.as_ref()));
            }
            Tag::Answer => imported.take(Err(refused(line, "an answer without a question before it"))),
        }
    }
    imported
}

fn stretches(text: &str) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut fence: Option<String> = None;
    for (index, line) in text.lines().enumerate().skip(front_matter(text)) {
        let is_code = fence.is_some();
        fence = after(fence, line);
        match tag(line).filter(|_| !is_code) {
            Some((tag, rest)) => stretches.push(Stretch { tag, line: index + 1, text: rest.to_owned() }),
            None => {
                if let Some(last) = stretches.last_mut() {
                    last.text.push('\n');
                    last.text.push_str(line);
                }
            }
        }
    }
    stretches
}

/// How many lines the front matter takes: from a first line of dashes to the next one.
fn front_matter(text: &str) -> usize {
    let mut lines = text.lines().map(str::trim);
    if lines.next() != Some("---") {
        return 0;
    }
    lines.position(|line| line == "---").map_or(0, |at| at + 2)
}

/// The fence that is open after a line.
fn after(open: Option<String>, line: &str) -> Option<String> {
    let line = line.trim_start();
    let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'));
    let fence: String = line.chars().take_while(|letter| Some(*letter) == mark).collect();
    let is_fence = fence.len() >= "```".len();
    match open {
        Some(open) if is_fence && fence.starts_with(&open) && line.trim_end().len() == fence.len() => None,
        Some(open) => Some(open),
        None => is_fence.then_some(fence),
    }
}

fn tag(line: &str) -> Option<(Tag, &str)> {
    let tags = [("Q:", Tag::Question), ("A:", Tag::Answer), ("C:", Tag::Cloze)];
    let tagged = tags.into_iter().find_map(|(mark, tag)| Some((tag, line.strip_prefix(mark)?.trim())));
    tagged.or_else(|| (line.trim_end() == "---").then_some((Tag::Break, "")))
}

fn refused(line: usize, why: &str) -> Refusal {
    Refusal { line, why: why.to_owned() }
}

fn flashcard(line: usize, question: &str, answer: Option<&Stretch>) -> Result<Vec<Note>, Refusal> {
    let Some(answer) = answer else { return Err(refused(line, "a question without an answer")) };
    if let Some(why) = unshowable(question).or_else(|| unshowable(&answer.text)) {
        return Err(refused(line, why));
    }
    let (prompt, answer) = (question.trim().to_owned(), answer.text.trim().to_owned());
    if prompt.is_empty() || answer.is_empty() {
        return Err(refused(line, "question or answer is empty"));
    }
    Ok(vec![Note::new(line, Body::Flashcard { prompt, answer })])
}

fn cloze(line: usize, text: &str) -> Result<Vec<Note>, Refusal> {
    if let Some(why) = unshowable(text) {
        return Err(refused(line, why));
    }
    let stretches = cloze_marks::brackets(text.trim()).map_err(|why| refused(line, why))?;
    let cards = cloze_marks::cards(&stretches);
    if cards.is_empty() {
        return Err(refused(line, "a cloze without a gap in brackets"));
    }
    Ok(cards.into_iter().map(|(pieces, _)| Note::new(line, Body::Cloze { pieces })).collect())
}
