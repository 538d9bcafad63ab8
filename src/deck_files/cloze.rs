//! The text of a cloze card: what is shown and what is left open.
//!
//! `{{covering index}}` is a gap; `{{write skew|write-skew}}` a gap with two right answers, of which the
//! first is shown. Single braces mean themselves, and pairs of them may stand in a gap: `{{Vec<{}>}}`,
//! `{{{}}}`. A backslash makes `\{{` and `\}}` plain text anywhere, and `\|` in a gap; `\\{{` is a backslash
//! before a gap. Elsewhere a backslash means itself. (In a TOML string with double quotes it is written twice.)
//! It knows neither TOML nor files.

use crate::domain::card::{Piece, TypedKey};

/// A fault in a cloze text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The byte of the text at which it is.
    pub at: usize,
    /// What is wrong.
    pub what: &'static str,
}

const UNCLOSED: &str = "a gap is opened by `{{` and not closed";
const UNOPENED: &str = "`}}` closes no gap";
const EMPTY: &str = "a gap is empty, or an alternative in it is";
const NO_GAP: &str = "a cloze without a gap";

/// Cuts a text into what is shown and what is left open.
///
/// # Errors
/// Every fault of the text, in order.
pub(super) fn pieces(text: &str) -> Result<Vec<Piece>, Vec<Fault>> {
    let mut cutter = Cutter { text, at: 0, shown: String::new(), pieces: Vec::new(), faults: Vec::new() };
    cutter.run();
    if cutter.faults.is_empty() { Ok(cutter.pieces) } else { Err(cutter.faults) }
}

struct Cutter<'t> {
    text: &'t str,
    at: usize,
    shown: String,
    pieces: Vec<Piece>,
    faults: Vec<Fault>,
}

impl<'t> Cutter<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn fault(&mut self, at: usize, what: &'static str) {
        self.faults.push(Fault { at, what });
    }

    fn run(&mut self) {
        while !self.rest().is_empty() {
            self.next_piece();
        }
        self.end_text();
        let has_gap = self.pieces.iter().any(|piece| matches!(piece, Piece::Gap(_)));
        if !has_gap && self.faults.is_empty() {
            self.fault(0, NO_GAP);
        }
    }

    fn next_piece(&mut self) {
        let rest = self.rest();
        if rest.starts_with("{{") {
            self.end_text();
            self.gap();
        } else if rest.starts_with("}}") {
            self.fault(self.at, UNOPENED);
            self.at += 2;
        } else if rest.starts_with("\\\\{{") {
            self.shown.push('\\');
            self.at += 2;
        } else if let Some(plain) = escaped(rest) {
            self.shown.push_str(plain);
            self.at += 1 + plain.len();
        } else {
            let first = rest.chars().next().map_or(0, char::len_utf8);
            let after = rest.get(first..).unwrap_or_default();
            let run = first + after.find(['\\', '{', '}']).unwrap_or(after.len());
            self.shown.push_str(rest.get(..run).unwrap_or_default());
            self.at += run;
        }
    }

    fn end_text(&mut self) {
        if !self.shown.is_empty() {
            self.pieces.push(Piece::Text(std::mem::take(&mut self.shown)));
        }
    }

    /// Reads a gap from its `{{` to its `}}`, or to where it is clear that there is none.
    fn gap(&mut self) {
        let opened = self.at;
        self.at += 2;
        let Some(accept) = self.alternatives() else { return self.fault(opened, UNCLOSED) };
        let accept: Vec<String> = accept.iter().map(|text| text.trim().to_owned()).collect();
        if accept.iter().any(String::is_empty) {
            self.fault(opened, EMPTY);
        }
        self.pieces.push(Piece::Gap(TypedKey { accept, ..TypedKey::default() }));
    }

    /// The alternatives up to and with the closing `}}`; `None` when another gap or the end comes first.
    fn alternatives(&mut self) -> Option<Vec<String>> {
        let mut done = Vec::new();
        let mut current = String::new();
        // Single braces opened within this alternative: their partners belong to the answer.
        let mut open: usize = 0;
        loop {
            let rest = self.rest();
            if let Some(plain) = escaped(rest).or(rest.starts_with("\\|").then_some("|")) {
                current.push_str(plain);
                self.at += 1 + plain.len();
                continue;
            }
            if rest.starts_with("{{") {
                return None;
            }
            if open == 0 && rest.starts_with("}}") {
                self.at += 2;
                done.push(current);
                return Some(done);
            }
            let letter = rest.chars().next()?;
            self.at += letter.len_utf8();
            match letter {
                '|' => {
                    done.push(std::mem::take(&mut current));
                    open = 0;
                    continue;
                }
                '{' => open += 1,
                '}' => open = open.saturating_sub(1),
                _ => {}
            }
            current.push(letter);
        }
    }
}

/// The braces that a backslash at the start of `rest` makes plain.
fn escaped(rest: &str) -> Option<&'static str> {
    ["{{", "}}"]
        .into_iter()
        .find(|braces| rest.strip_prefix('\\').is_some_and(|after| after.starts_with(braces)))
}

#[cfg(test)]
mod tests {
    use super::{EMPTY, Fault, NO_GAP, UNCLOSED, UNOPENED, pieces};
    use crate::domain::card::Piece;

    /// A text drawn back: gaps as `[a|b]`.
    fn drawn(text: &str) -> String {
        let draw = |piece: Piece| match piece {
            Piece::Text(text) => text,
            Piece::Gap(key) => format!("[{}]", key.accept.join("|")),
        };
        pieces(text).unwrap().into_iter().map(draw).collect()
    }

    #[test]
    fn gaps_are_cut_out() {
        for (text, expected) in [
            ("A {{covering index}} holds all.", "A [covering index] holds all."),
            ("{{write skew|write-skew}}", "[write skew|write-skew]"),
            ("{{ a }}{{b}} é {{ü}}", "[a][b] é [ü]"),
            ("fn f() { {{body}} }", "fn f() { [body] }"),
            ("{ x: {{gap}}}", "{ x: [gap]}"),
            ("{{{}}}", "[{}]"),
            ("{{Vec<{x}>|{y}}}", "[Vec<{x}>|{y}]"),
            (r"\{{ {{a}} \}}", "{{ [a] }}"),
            (r"C:\\{{dir}} \n", r"C:\[dir] \n"),
            (r"{{a\|b|\{{c\}}}}", "[a|b|{{c}}]"),
        ] {
            assert_eq!(drawn(text), expected, "{text}");
        }
        assert_eq!(pieces("{{a|b}}").unwrap().len(), 1);
    }

    #[test]
    fn faults_are_told_with_their_bytes() {
        for (text, expected) in [
            ("no gap", vec![(0, NO_GAP)]),
            ("a {{b", vec![(2, UNCLOSED)]),
            ("a {{b} c", vec![(2, UNCLOSED)]),
            ("a {{b {{c}} d", vec![(2, UNCLOSED)]),
            ("a }} {{b}}", vec![(2, UNOPENED)]),
            ("{{}} {{ }} {{a|}} {{b}}", vec![(0, EMPTY), (5, EMPTY), (11, EMPTY)]),
        ] {
            let expected: Vec<Fault> = expected.into_iter().map(|(at, what)| Fault { at, what }).collect();
            assert_eq!(pieces(text), Err(expected), "{text}");
        }
    }
}
