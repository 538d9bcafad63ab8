//! Reads one line of bounded length from anything.
//!
//! It knows bytes and line ends, not replies.

use std::io::{self, BufRead};

use super::is_hangup;

/// Bytes of the longest line that is accepted: no reply of a person is longer.
pub const MAX_LINE: usize = 64 * 1024;
/// Bytes after which a line without an end is taken for the end of input: it is no text (`/dev/zero`).
const MAX_RUN: usize = 16 * 1024 * 1024;

/// One line of input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputLine {
    /// Its text without the line end; bytes that are not UTF-8 are replaced by U+FFFD.
    Text(String),
    /// It was longer than [`MAX_LINE`] and is dropped.
    TooLong,
    /// There is no further line.
    End,
}

/// Reads the next line; a closed terminal counts as the end.
///
/// # Errors
/// Any failure of the reader but an interrupted read, which is taken up again.
pub fn read_line(input: &mut impl BufRead) -> io::Result<InputLine> {
    let mut line = Vec::new();
    let mut length = 0;
    loop {
        let (taken, ended) = match take(input, &mut line, length) {
            Ok(part) => part,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) if is_hangup(&error) => return Ok(InputLine::End),
            Err(error) => return Err(error),
        };
        length += taken;
        if length > MAX_RUN || (taken == 0 && length == 0) {
            return Ok(InputLine::End);
        }
        if ended || taken == 0 {
            return Ok(finished(line, length));
        }
    }
}

/// Moves what is buffered, up to a line end, to `line`: how many bytes, and whether the line ended.
fn take(input: &mut impl BufRead, line: &mut Vec<u8>, length: usize) -> io::Result<(usize, bool)> {
    let buffer = input.fill_buf()?;
    let end = buffer.iter().position(|byte| *byte == b'\n');
    let taken = end.map_or(buffer.len(), |end| end + 1);
    if length + taken <= MAX_LINE + 1 {
        line.extend(buffer.iter().take(taken));
    }
    input.consume(taken);
    Ok((taken, end.is_some()))
}

fn finished(mut line: Vec<u8>, length: usize) -> InputLine {
    if length > line.len() {
        return InputLine::TooLong;
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    if line.len() > MAX_LINE {
        InputLine::TooLong
    } else {
        InputLine::Text(String::from_utf8_lossy(&line).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8], buffer: usize) -> Vec<InputLine> {
        let mut input = io::BufReader::with_capacity(buffer, bytes);
        let mut lines = Vec::new();
        while lines.last() != Some(&InputLine::End) {
            lines.push(read_line(&mut input).unwrap());
        }
        lines
    }

    #[test]
    fn lines_end_in_lf_crlf_or_the_end_of_input() {
        let text = |text: &str| InputLine::Text(text.to_owned());
        for buffer in [1, 3, 8192] {
            assert_eq!(
                all(b"a\nb\r\n\nc", buffer),
                [text("a"), text("b"), text(""), text("c"), InputLine::End]
            );
            assert_eq!(all(b"\xff\xc3\n", buffer), [text("\u{FFFD}\u{FFFD}"), InputLine::End]);
            assert_eq!(all(b"", buffer), [InputLine::End]);
        }
    }

    #[test]
    fn a_line_that_is_too_long_is_dropped_and_the_next_one_read() {
        let mut bytes = vec![b'x'; MAX_LINE];
        bytes.extend(b"\n");
        assert_eq!(all(&bytes, 8192), [InputLine::Text("x".repeat(MAX_LINE)), InputLine::End]);
        bytes.insert(0, b'x');
        bytes.extend(b"2\n");
        assert_eq!(all(&bytes, 8192), [InputLine::TooLong, InputLine::Text("2".into()), InputLine::End]);
    }

    #[test]
    fn input_without_any_line_end_comes_to_an_end() {
        assert_eq!(read_line(&mut io::BufReader::new(io::repeat(0))).unwrap(), InputLine::End);
    }
}
