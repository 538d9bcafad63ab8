//! Folding of typed answers, so that only real differences count.

use unicode_normalization::UnicodeNormalization;

use super::TypedKey;

/// Marks that a learner may put round or after an answer without meaning anything by them.
const WRAPPING: [char; 6] = ['`', '"', '\'', '“', '”', '\u{a0}'];
/// Marks that end a sentence, not an answer.
const CLOSING: [char; 3] = ['.', '!', ';'];

/// Whether upper and lower case differ in a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// `Select` is `select`.
    Folded,
    /// `Select` is not `select`.
    Kept,
}

/// A typed text, folded for comparison: NFC; white space trimmed and collapsed; wrapping quotes and
/// backticks, a closing full stop and invisible characters dropped; dashes and quotes made plain;
/// case folded unless it matters.
#[must_use]
pub fn normalised(text: &str, case: Case) -> String {
    let plain: String = text.nfc().filter_map(plain).collect();
    let collapsed = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let folded = match case {
        Case::Folded => collapsed.to_lowercase(),
        Case::Kept => collapsed,
    };
    unwrapped(&folded).to_owned()
}

/// The plain form of a character; `None` for one that shows nothing.
fn plain(letter: char) -> Option<char> {
    match letter {
        '\u{200b}'..='\u{200f}'
        | '\u{2060}'..='\u{2064}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{ad}' => None,
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
        '‘' | '’' => Some('\''),
        '“' | '”' => Some('"'),
        other if other.is_control() && !other.is_whitespace() => None,
        other => Some(other),
    }
}

fn unwrapped(text: &str) -> &str {
    let bare = text.trim_end_matches(CLOSING).trim().trim_matches(WRAPPING).trim_end_matches(CLOSING).trim();
    // An answer that is nothing but such marks (`;`, `'`) is meant as it stands.
    if bare.is_empty() { text } else { bare }
}

/// A number and what follows it (`43.2` and `min`), where a text begins with a number.
///
/// Separators between digits (`20,000`, `20 000`, `20_000`) are dropped; a comma that parts no thousands (`0,3`, `12,5`) is
/// a decimal point.
#[must_use]
pub(super) fn number(text: &str) -> Option<(f64, String)> {
    let bare = normalised(text, Case::Folded);
    let unit_at = bare.find(|letter: char| !is_number_part(letter)).unwrap_or(bare.len());
    let (digits, unit) = bare.split_at(unit_at);
    let value: f64 = pointed(digits).parse().ok()?;
    value.is_finite().then(|| (value, unit.trim().to_owned()))
}

/// Digits with nothing but a decimal point between them.
fn pointed(digits: &str) -> String {
    /// Digits between two commas that part thousands.
    const GROUP: usize = 3;
    let digits: String = digits.chars().filter(|letter| !matches!(letter, '_' | ' ')).collect();
    match digits.split_once(',') {
        Some((whole, part)) if !part.contains([',', '.']) && (part.len() != GROUP || whole == "0") => {
            format!("{whole}.{part}")
        }
        _ => digits.replace(',', ""),
    }
}

fn is_number_part(letter: char) -> bool {
    letter.is_ascii_digit() || matches!(letter, '.' | ',' | '_' | ' ' | '-' | '+')
}

impl TypedKey {
    fn case(&self) -> Case {
        if self.case_sensitive { Case::Kept } else { Case::Folded }
    }

    /// Whether a typed text is one of the accepted answers, numbers within the tolerance.
    #[must_use]
    pub fn accepts(&self, reply: &str) -> bool {
        let folded = normalised(reply, self.case());
        self.accept.iter().any(|accepted| {
            normalised(accepted, self.case()) == folded || self.is_near_number(accepted, reply)
        })
    }

    /// Whether any accepted answer begins with a number, so that a tolerance has something to work on.
    #[must_use]
    pub fn is_numeric(&self) -> bool {
        self.accept.iter().any(|accepted| number(accepted).is_some())
    }

    fn is_near_number(&self, accepted: &str, reply: &str) -> bool {
        let (Some((wanted, wanted_unit)), Some((given, unit))) = (number(accepted), number(reply)) else {
            return false;
        };
        let room = self.tolerance.unwrap_or(0.0) + rounding(wanted);
        unit == wanted_unit && (wanted - given).abs() <= room
    }

    /// What to tell a learner who gave a wrong answer that the author foresaw.
    #[must_use]
    pub fn near_miss(&self, reply: &str) -> Option<&str> {
        let folded = normalised(reply, self.case());
        self.near_misses
            .iter()
            .find(|miss| normalised(&miss.text, self.case()) == folded)
            .map(|miss| miss.why.as_str())
    }
}

/// Room for the binary rounding of a decimal number, so that a tolerance of 0.1 takes in 43.3 from 43.2.
fn rounding(value: f64) -> f64 {
    value.abs().max(1.0) * f64::EPSILON * 4.0
}

#[cfg(test)]
mod tests {
    use super::{Case, TypedKey, normalised, number};

    fn key(accept: &[&str], tolerance: Option<f64>) -> TypedKey {
        TypedKey {
            accept: accept.iter().map(|&text| text.to_owned()).collect(),
            tolerance,
            ..TypedKey::default()
        }
    }

    #[test]
    fn only_real_differences_count() {
        for (typed, wanted) in [
            ("  Covering   Index. ", "covering index"),
            ("`SELECT`", "select"),
            ("“next‑key”", "next-key"),
            ("e\u{301}", "é"),
            ("write\u{200b} skew", "write skew"),
            (";", ";"),
        ] {
            assert_eq!(normalised(typed, Case::Folded), wanted);
        }
        assert_ne!(normalised("-L", Case::Kept), normalised("-l", Case::Kept));
    }

    #[test]
    fn numbers_are_compared_as_numbers() {
        assert_eq!(number("20,000"), Some((20_000.0, String::new())));
        for (typed, value) in
            [("0,3", 0.3), ("12,5", 12.5), ("0,300", 0.3), ("1,000", 1_000.0), ("1,000,000", 1e6)]
        {
            assert_eq!(number(typed), Some((value, String::new())), "{typed}");
        }
        assert_eq!(number("1,000.5"), Some((1_000.5, String::new())));
        assert_eq!(number("43.2 Min"), Some((43.2, "min".to_owned())));
        assert_eq!(number("about 5"), None);
        assert!(key(&["20000"], None).accepts("20,000"));
        assert!(key(&["43.2"], Some(0.1)).accepts("43.3"));
        assert!(!key(&["43.2"], Some(0.1)).accepts("43.31"));
        assert!(!key(&["43.2 min"], Some(0.1)).accepts("43.2 h"));
        assert!(!key(&["1.2.3"], None).accepts("123"));
    }
}
