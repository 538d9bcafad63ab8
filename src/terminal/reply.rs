//! Understands a line as the reply to a question.
//!
//! Pure; the same rules hold on a pipe, on a terminal too small for menus, and for what is typed into a prompt.

use super::narrow::meant;
use super::{Ask, Command, Heard};

/// Most numbers named where a part of a name fits several.
const MOST_NAMED: usize = 10;

/// What a line means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A reply.
    Heard(Heard),
    /// The keys are to be explained.
    Keys,
    /// It does not fit, and why.
    Unfit(String),
}

/// What this line means as the reply to this question.
pub(super) fn meaning(ask: &Ask<'_>, line: &str) -> Meaning {
    let word = line.trim();
    match ask {
        Ask::Note | Ask::Line(_) => return Meaning::Heard(Heard::Typed(line.to_owned())),
        Ask::Type => return typed(line),
        Ask::Find(items) => return found(items, word),
        _ => {}
    }
    match command(word) {
        Some(Meaning::Heard(Heard::Command(_))) if ask.is_outside() => {}
        Some(meaning) => return meaning,
        None => {}
    }
    match ask {
        Ask::Choose(items) | Ask::Pick(items) | Ask::Find(items) => one(word, items.len()),
        Ask::Tick(_) if word.is_empty() => Meaning::Heard(Heard::Picked(Vec::new())),
        Ask::ChooseSeveral(items) | Ask::Tick(items) => several(word, items.len()),
        Ask::Arrange(items) => order(word, items.len()),
        Ask::TrueFalse | Ask::Confirm => truth(word),
        Ask::Reveal if word.is_empty() => Meaning::Heard(Heard::Revealed),
        Ask::Reveal => unfit("press Enter to see the answer first"),
        Ask::Grade(_) => grade(word),
        Ask::Next => next(word),
        Ask::Confidence => confidence(word),
        Ask::Type | Ask::Note | Ask::Line(_) => Meaning::Heard(Heard::Typed(line.to_owned())),
    }
}

fn unfit(why: &str) -> Meaning {
    Meaning::Unfit(why.to_owned())
}

/// The command a word stands for: a lone letter, or `!` with or without a note.
pub(super) fn command(word: &str) -> Option<Meaning> {
    let heard = match word {
        "?" => return Some(Meaning::Keys),
        "q" | "Q" => Heard::Left,
        "u" | "U" => Heard::Command(Command::Undo),
        "s" | "S" => Heard::Command(Command::Skip),
        "e" | "E" => Heard::Command(Command::Edit),
        "h" | "H" => Heard::Command(Command::Hint),
        _ => {
            let note = word.strip_prefix('!')?.trim();
            Heard::Command(Command::Flag((!note.is_empty()).then(|| note.to_owned())))
        }
    };
    Some(Meaning::Heard(heard))
}

/// A typed answer may be any text: only a lone small letter, `?`, `!` and `! note` are commands, and a backslash
/// before one of them makes it text.
fn typed(line: &str) -> Meaning {
    if let Some(rest) = line.strip_prefix('\\')
        && is_typed_command(rest.trim_start_matches('\\'))
    {
        return Meaning::Heard(Heard::Typed(rest.to_owned()));
    }
    match command(line) {
        Some(meaning) if is_typed_command(line) => meaning,
        Some(_) | None => Meaning::Heard(Heard::Typed(line.to_owned())),
    }
}

fn is_typed_command(line: &str) -> bool {
    matches!(line, "q" | "u" | "s" | "e" | "h" | "?" | "!") || line.starts_with("! ")
}

/// `s` and `u` are commands, so signs say it.
fn confidence(word: &str) -> Meaning {
    match word.to_lowercase().as_str() {
        "+" | "=" | "sure" => Meaning::Heard(Heard::Sure(true)),
        "-" | "_" | "unsure" => Meaning::Heard(Heard::Sure(false)),
        "" => Meaning::Heard(Heard::Next),
        _ => unfit("answer + for sure, - for unsure, or Enter to say nothing"),
    }
}

/// The indices of the numbers in a line like `1,3` or `1 3`, all of them in 1..=count.
fn indices(word: &str, count: usize) -> Result<Vec<usize>, String> {
    let parts = word.split(|c: char| c == ',' || c.is_whitespace()).filter(|part| !part.is_empty());
    parts.map(|part| index(part, count)).collect()
}

fn index(part: &str, count: usize) -> Result<usize, String> {
    match part.parse::<usize>() {
        Ok(number) if (1..=count).contains(&number) => Ok(number - 1),
        Ok(number) => Err(format!("there is no {number}, only 1-{count}")),
        Err(_) => Err(format!("answer with numbers of 1-{count}")),
    }
}

fn one(word: &str, count: usize) -> Meaning {
    match indices(word, count).as_deref() {
        Ok([index]) => Meaning::Heard(Heard::Picked(vec![*index])),
        Ok(_) => Meaning::Unfit(format!("answer with one number of 1-{count}")),
        Err(why) => Meaning::Unfit(why.clone()),
    }
}

/// The item of a number, or of a part of its text that only it has.
fn found(items: &[String], word: &str) -> Meaning {
    match word {
        "q" | "Q" => return Meaning::Heard(Heard::Left),
        "?" => return Meaning::Keys,
        "" => {
            return Meaning::Unfit(format!("answer with a number of 1-{}, or a part of a name", items.len()));
        }
        _ => {}
    }
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return one(word, items.len());
    }
    match meant(items, word) {
        Ok(index) => Meaning::Heard(Heard::Picked(vec![index])),
        Err(left) if left.is_empty() => Meaning::Unfit("no name has that in it".to_owned()),
        Err(left) => {
            let few = left.iter().take(MOST_NAMED).map(|index| (index + 1).to_string()).collect::<Vec<_>>();
            let more = if left.len() > MOST_NAMED { ", .." } else { "" };
            Meaning::Unfit(format!("{} names have that in them: {}{more}", left.len(), few.join(", ")))
        }
    }
}

fn several(word: &str, count: usize) -> Meaning {
    match indices(word, count) {
        Ok(picked) if picked.is_empty() => {
            Meaning::Unfit(format!("answer with at least one number of 1-{count}"))
        }
        Ok(mut picked) => {
            picked.sort_unstable();
            picked.dedup();
            Meaning::Heard(Heard::Picked(picked))
        }
        Err(why) => Meaning::Unfit(why),
    }
}

fn order(word: &str, count: usize) -> Meaning {
    match indices(word, count) {
        Ok(order) if is_permutation(&order, count) => Meaning::Heard(Heard::Picked(order)),
        Ok(_) => Meaning::Unfit(format!("answer with each number of 1-{count} once")),
        Err(why) => Meaning::Unfit(why),
    }
}

fn is_permutation(order: &[usize], count: usize) -> bool {
    let mut sorted = order.to_vec();
    sorted.sort_unstable();
    sorted.into_iter().eq(0..count)
}

fn truth(word: &str) -> Meaning {
    match word.to_lowercase().as_str() {
        "y" | "yes" | "t" | "true" => Meaning::Heard(Heard::Truth(true)),
        "n" | "no" | "f" | "false" => Meaning::Heard(Heard::Truth(false)),
        _ => unfit("answer y or n"),
    }
}

fn grade(word: &str) -> Meaning {
    match word.parse() {
        Ok(grade @ 1..=4) => Meaning::Heard(Heard::Graded(grade)),
        Ok(_) | Err(_) => unfit("answer 1 again, 2 hard, 3 good or 4 easy"),
    }
}

fn next(word: &str) -> Meaning {
    match word {
        "" => Meaning::Heard(Heard::Next),
        "2" => Meaning::Heard(Heard::Graded(2)),
        "4" => Meaning::Heard(Heard::Graded(4)),
        "g" | "G" => Meaning::Heard(Heard::Guessed),
        _ => unfit("press Enter, or 2 hard, 4 easy, g guessed"),
    }
}
