//! From a node's text to its label: once as Mermaid draws it, once as its author meant it.
//!
//! It knows nothing of lines and trees. Source: `common.ts`, `utils.ts` of Mermaid 11.17.

use super::entities;
use super::text::{begins_with, boundary, ends_line, is_space, is_word};

/// Formatting that may be left out of a label without loss.
const FORMATTING: [&str; 22] = [
    "a", "b", "big", "center", "code", "del", "div", "em", "font", "i", "ins", "kbd", "mark", "p", "s",
    "small", "span", "strong", "strike", "sub", "sup", "u",
];
/// Elements whose content is no text.
const SILENT: [&str; 2] = ["script", "style"];
/// The longest formatting tag that is left out, in bytes; a longer one is text.
const LONGEST_TAG: usize = 200;
/// Below this number a character controls and is not read as one that was meant.
const FIRST_PRINTABLE: u32 = 32;

/// What Mermaid makes of a text: tags gone, `<br>` a line end, entities decoded, not trimmed.
pub(super) fn drawn(text: &str) -> String {
    let text = if text.contains('<') { without_tags(text) } else { text.to_owned() };
    decoded(&text, entity_as_mermaid)
}

/// What the author of a text meant: `<br>` a space, formatting tags gone, others kept, entities decoded where
/// they name something, line ends a space, trimmed.
pub(super) fn meant(text: &str) -> String {
    let text = if text.contains('<') { without_formatting(text) } else { text.to_owned() };
    one_line(&decoded(&text, entity_as_meant))
}

/// Whether two labels differ in no more than white space.
pub(super) fn same(left: &str, right: &str) -> bool {
    words(left).eq(words(right))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let split = text.split(|character: char| is_space(character) || character.is_whitespace());
    split.filter(|word| !word.is_empty())
}

/// A text without the marks of emphasis: `**b**`, `*i*`, `_i_`.
pub(super) fn without_emphasis(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut gone = vec![false; characters.len()];
    for mark in ['*', '_'] {
        drop_pairs(&characters, mark, &mut gone);
    }
    characters.iter().zip(&gone).filter(|(_, gone)| !**gone).map(|(character, _)| *character).collect()
}

/// Marks as gone the runs of one mark that open and close an emphasis.
fn drop_pairs(characters: &[char], mark: char, gone: &mut [bool]) {
    let at = |index: usize| characters.get(index).copied().unwrap_or(' ');
    let mut open: Vec<usize> = Vec::new();
    let mut index = 0;
    while index < characters.len() {
        let length = characters.iter().skip(index).take_while(|character| **character == mark).count();
        if length == 0 {
            index += 1;
            continue;
        }
        let (before, after) = (if index == 0 { ' ' } else { at(index - 1) }, at(index + length));
        let inside_word = mark == '_' && before.is_alphanumeric() && after.is_alphanumeric();
        let run = index..index + length;
        index = run.end;
        if inside_word {
            continue;
        }
        let mut left = run.clone();
        if !is_space(before) {
            while !left.is_empty() {
                let Some(opener) = open.pop() else { break };
                for place in [opener, left.start] {
                    if let Some(gone) = gone.get_mut(place) {
                        *gone = true;
                    }
                }
                left.start += 1;
            }
        }
        if !is_space(after) {
            open.extend(left);
        }
    }
}

/// Line ends, with the white space around them, become one space.
fn one_line(text: &str) -> String {
    let lines = text.split(ends_line).map(|line| line.trim_matches(is_space));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Decodes `&…;` and Mermaid's `#…;`, each in one pass.
fn decoded(text: &str, entity: fn(&str) -> Option<(String, usize)>) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['&', '#']) {
        plain.push_str(rest.get(..at).unwrap_or(""));
        rest = rest.get(at..).unwrap_or("");
        let (meaning, length) = entity(rest).unwrap_or_else(|| (rest.chars().take(1).collect(), 1));
        plain.push_str(&meaning);
        rest = rest.get(length..).unwrap_or("");
    }
    plain + rest
}

/// The length of `#word;` at the beginning of a text.
fn mermaid_entity(text: &str) -> Option<(&str, usize)> {
    let word = text.strip_prefix('#')?;
    let end = word.find(|character| !is_word(character))?;
    let word = word.get(..end).filter(|word| !word.is_empty())?;
    text.get(end + 1..)?.starts_with(';').then_some((word, end + 2))
}

/// Step by step as Mermaid does it: `#word;` becomes a reference first, then references are read.
fn entity_as_mermaid(text: &str) -> Option<(String, usize)> {
    if let Some((word, length)) = mermaid_entity(text) {
        let digits = word.chars().all(|digit| digit.is_ascii_digit());
        let written = if digits { format!("&#{word};") } else { format!("&{word};") };
        let meaning =
            entities::reference(&written).map(|(meaning, used)| meaning + written.get(used..).unwrap_or(""));
        return Some((meaning.unwrap_or(written), length));
    }
    if text.get(1..).is_some_and(|rest| mermaid_entity(rest).is_some()) {
        return None;
    }
    entities::reference(text)
}

/// As the author meant it: a reference first, `#word;` only where it names a character that can be seen.
fn entity_as_meant(text: &str) -> Option<(String, usize)> {
    if let Some((meaning, length)) = entities::reference(text) {
        return text.get(..length)?.ends_with(';').then_some((meaning, length));
    }
    let (word, length) = mermaid_entity(text)?;
    if let Ok(number) = word.parse::<u32>() {
        return (number >= FIRST_PRINTABLE).then(|| (entities::character(number).into(), length));
    }
    entities::name(word).map(|meaning| (meaning, length))
}

/// The text of a piece of HTML; `<br>` is a line end.
fn without_tags(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        plain.push_str(rest.get(..at).unwrap_or(""));
        rest = rest.get(at..).unwrap_or("");
        let Some((name, length)) = tag(rest) else {
            plain.push('<');
            rest = rest.get(1..).unwrap_or("");
            continue;
        };
        rest = rest.get(length..).unwrap_or("");
        if name == "br" {
            plain.push('\n');
        }
        if SILENT.contains(&name.as_str()) {
            rest = after_element(rest, &name);
        }
    }
    plain + rest
}

/// The text of a piece of HTML in which only formatting counts as a tag; `<br>` is a space.
fn without_formatting(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        plain.push_str(rest.get(..at).unwrap_or(""));
        rest = rest.get(at..).unwrap_or("");
        let near = rest.get(..boundary(rest, LONGEST_TAG)).unwrap_or("");
        let known = near.find('>').and_then(|_| tag(near)).filter(|(name, length)| {
            let closed = near.get(..*length).is_some_and(|tag| tag.ends_with('>'));
            closed && (name == "br" || FORMATTING.contains(&name.trim_start_matches('/')))
        });
        let (written, length) = match known {
            Some((name, length)) if name == "br" => (" ", length),
            Some((_, length)) => ("", length),
            None => ("<", 1),
        };
        plain.push_str(written);
        rest = rest.get(length..).unwrap_or("");
    }
    plain + rest
}

/// The name, in lower case, and the length of a tag or HTML comment at the beginning of a text.
fn tag(text: &str) -> Option<(String, usize)> {
    let inner = text.strip_prefix('<')?;
    let end_of = |mark: &str| text.find(mark).map_or(text.len(), |at| at + mark.len());
    if inner.starts_with("!--") {
        let empty = ["!-->", "!--->"].iter().find(|empty| inner.starts_with(**empty));
        return Some((String::new(), empty.map_or_else(|| end_of("-->"), |empty| empty.len() + 1)));
    }
    let closing = inner.strip_prefix('/');
    let name = closing.unwrap_or(inner);
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        let bogus = inner.starts_with(['!', '?']) || closing.is_some_and(|name| !name.is_empty());
        return bogus.then(|| (String::new(), end_of(">")));
    }
    let stop = name.find(|end: char| end.is_ascii_whitespace() || matches!(end, '/' | '>'));
    let word = name.get(..stop.unwrap_or(name.len())).unwrap_or("").to_ascii_lowercase();
    let length = text.len() - name.len() + tag_end(name);
    Some((if closing.is_some() && word != "br" { format!("/{word}") } else { word }, length))
}

/// The byte after a tag's `>`, beyond quoted attribute values; the end of the text without one.
fn tag_end(text: &str) -> usize {
    let mut quote = None;
    let mut value = false;
    for (at, character) in text.char_indices() {
        match (quote, character) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') if value => quote = Some(character),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
        value = character == '=' || (value && character.is_ascii_whitespace());
    }
    text.len()
}

/// The text after the end tag of an element whose content is no text.
fn after_element<'a>(text: &'a str, name: &str) -> &'a str {
    let end = format!("</{name}");
    let found = text.match_indices("</").map(|(at, _)| text.get(at..).unwrap_or(""));
    let rest = found.into_iter().find(|rest| begins_with(rest, &end));
    rest.and_then(|rest| tag(rest).and_then(|(_, length)| rest.get(length..))).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::{drawn, meant, without_emphasis};

    #[test]
    fn mermaid_draws_and_the_author_meant() {
        let cases: &[(&str, &str, &str)] = &[
            ("Ruby #40;deep#41;", "Ruby (deep)", "Ruby (deep)"),
            ("a &#35; b", "a &# b", "a # b"),
            ("a #x41; b", "a &x41; b", "a #x41; b"),
            ("Issue #12; next", "Issue \u{c} next", "Issue #12; next"),
            ("List<String>", "List", "List<String>"),
            ("<b>x</b><br/>y", "x\ny", "x y"),
            ("a < b", "a < b", "a < b"),
            ("x\n   y", "x\n   y", "x y"),
            ("AT&T &copy 1", "AT&T © 1", "AT&T &copy 1"),
            ("<script>x</script>y", "y", "<script>x</script>y"),
        ];
        for (text, mermaid, ours) in cases {
            assert_eq!((drawn(text).as_str(), meant(text).as_str()), (*mermaid, *ours), "{text}");
        }
    }

    #[test]
    fn emphasis_goes_in_pairs_only() {
        let cases = [
            ("**bold** (x)", "bold (x)"),
            ("*a* _b_ ***c***", "a b c"),
            ("snake_case_name 2 * 3 * 4", "snake_case_name 2 * 3 * 4"),
            ("**a", "**a"),
        ];
        for (text, plain) in cases {
            assert_eq!(without_emphasis(text), plain);
        }
    }
}
