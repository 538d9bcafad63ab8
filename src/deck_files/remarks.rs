//! Errors written into a deck's text as comments above their lines, and taken out again.
//!
//! It knows lines, not TOML: within a text of several lines such a comment is a part of it, until it is taken out.

use crate::domain::problem::Problem;

/// What a line begins with that tells an error; no line of an author's own does.
const ERROR: &str = "#! error: ";
/// What a line begins with that tells what to do about it.
const HINT: &str = "#! hint:  ";
/// Longest remark, in characters: it is to be read in one glance in an editor.
const LONGEST: usize = 300;

/// The text with every problem told above its line, and the line (from 1) of the first remark.
#[must_use]
pub fn remarked(text: &str, problems: &[Problem]) -> (String, usize) {
    let mut sorted: Vec<&Problem> = problems.iter().collect();
    sorted.sort_by_key(|problem| (problem.place.line, problem.place.column));
    let last = text.lines().count().max(1);
    let first = sorted.first().map_or(1, |problem| problem.place.line.min(last));
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut next = sorted.into_iter().peekable();
    let mut out = String::with_capacity(text.len());
    let mut lines = text.split_inclusive('\n');
    for number in 1..=last {
        while let Some(problem) = next.next_if(|problem| problem.place.line <= number || number == last) {
            for (mark, said) in [(ERROR, &problem.message), (HINT, &problem.hint)] {
                if !said.is_empty() {
                    out.extend([mark, &in_one_line(said), end]);
                }
            }
        }
        out.push_str(lines.next().unwrap_or(""));
    }
    (out, first)
}

/// The text without remarks.
#[must_use]
pub fn unremarked(text: &str) -> String {
    let is_remark = |line: &&str| [ERROR, HINT].iter().any(|mark| line.starts_with(mark.trim_end()));
    text.split_inclusive('\n').filter(|line| !is_remark(line)).collect()
}

/// A message that ends no line before its own end.
fn in_one_line(said: &str) -> String {
    let plain = said.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
    plain.take(LONGEST).collect::<String>().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::{remarked, unremarked};
    use crate::domain::problem::{Level, Place, Problem};

    fn problem(line: usize, message: &str, hint: &str) -> Problem {
        let place = Place { file: Arc::from("a.toml"), line, column: 1 };
        Problem { place, rule: "r", level: Level::Error, message: message.to_owned(), hint: hint.to_owned() }
    }

    #[test]
    fn an_error_stands_above_its_line_with_what_to_do() {
        let problems = [problem(3, "bad", ""), problem(2, "unknown `x`\nsecond", "did you mean `y`?")];
        let (text, first) = remarked("a\nb\nc\n", &problems);
        assert_eq!(
            text,
            "a\n#! error: unknown `x` second\n#! hint:  did you mean `y`?\nb\n#! error: bad\nc\n"
        );
        assert_eq!(first, 2);
    }

    #[test]
    fn an_error_past_the_end_stands_above_the_last_line() {
        assert_eq!(remarked("a\r\nb", &[problem(9, "bad", "")]), ("a\r\n#! error: bad\r\nb".to_owned(), 2));
        assert_eq!(remarked("", &[problem(1, "bad", "")]), ("#! error: bad\n".to_owned(), 1));
        assert_eq!(remarked("a\n", &[]), ("a\n".to_owned(), 1));
    }

    proptest! {
        #[test]
        fn taking_remarks_out_gives_the_text_back(
            text in "([a-z#! =\"]{0,9}(\n|\r\n)?){0,9}",
            told in proptest::collection::vec((1_usize..12, "[ -~\n]{0,20}"), 0..6),
        ) {
            prop_assume!(!text.contains("#! error:") && !text.contains("#! hint:"));
            let problems: Vec<Problem> = told.iter().map(|(line, said)| problem(*line, said, said)).collect();
            prop_assert_eq!(unremarked(&remarked(&text, &problems).0), text);
        }
    }
}
