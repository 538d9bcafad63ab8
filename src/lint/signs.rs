//! Which kinds of characters a text has, told in one pass over its bytes, so that most texts are searched for none of them.

/// Kinds of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Signs(u8);

impl Signs {
    /// The marks without which a text is its own prose: `` ` * _ [ < \ & ``.
    pub(super) const MARKUP: Self = Self(1);
    /// Backticks and tildes, of which fences are made.
    pub(super) const FENCE: Self = Self(1 << 1);
    /// Control characters, and all that is not ASCII.
    pub(super) const ODD: Self = Self(1 << 2);
    /// A tab.
    pub(super) const TAB: Self = Self(1 << 3);
    /// Digits.
    pub(super) const DIGIT: Self = Self(1 << 4);
    /// A question mark.
    pub(super) const QUESTION: Self = Self(1 << 5);

    /// The signs of each byte.
    const OF_BYTE: [u8; 256] = {
        let (mut table, mut byte) = ([0; 256], 0_u8);
        loop {
            table[byte as usize] = Self::of_byte(byte).0;
            if byte == u8::MAX {
                break table;
            }
            byte += 1;
        }
    };

    /// What stands in a text.
    pub(super) fn of(text: &str) -> Self {
        Self(text.bytes().fold(0, |signs, byte| signs | Self::OF_BYTE[usize::from(byte)]))
    }

    /// Whether one of these kinds is there.
    pub(super) fn have(self, kinds: Self) -> bool {
        self.0 & kinds.0 != 0
    }

    /// These kinds and others.
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    const fn of_byte(byte: u8) -> Self {
        match byte {
            b'`' => Self::MARKUP.and(Self::FENCE),
            b'~' => Self::FENCE,
            b'*' | b'_' | b'[' | b'<' | b'\\' | b'&' => Self::MARKUP,
            b'\t' => Self::TAB.and(Self::ODD),
            b'0'..=b'9' => Self::DIGIT,
            b'?' => Self::QUESTION,
            byte if byte.is_ascii_control() || !byte.is_ascii() => Self::ODD,
            _ => Self(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Signs;

    #[test]
    fn a_text_has_the_signs_of_its_characters() {
        let all = [Signs::MARKUP, Signs::FENCE, Signs::ODD, Signs::TAB, Signs::DIGIT, Signs::QUESTION];
        for (text, wanted) in [
            ("Plain words, and (marks).", vec![]),
            ("a `b`", vec![Signs::MARKUP, Signs::FENCE]),
            ("~~~", vec![Signs::FENCE]),
            ("&amp;", vec![Signs::MARKUP]),
            ("a\nb", vec![Signs::ODD]),
            ("é", vec![Signs::ODD]),
            ("a\tb", vec![Signs::ODD, Signs::TAB]),
            ("64?", vec![Signs::DIGIT, Signs::QUESTION]),
        ] {
            for kind in all {
                assert_eq!(Signs::of(text).have(kind), wanted.contains(&kind), "{text} {kind:?}");
            }
        }
    }
}
