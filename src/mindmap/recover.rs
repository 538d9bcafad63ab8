//! Our own reading where Mermaid refuses a text: line by line, every node whose meaning is plain.

use std::ops::Range;

use super::lexer::{CLASS, HEADER, ICON, Lexed, Lexer, Quote, Token, begins_with_header, is_blank};
use super::meaning::{Stray, strays};
use super::node::{Bracket, Fault, Written};
use super::text::{begins_with, boundary, ends_line, is_space, leading_space, part, trimmed};

/// The longest node that may go over several lines in a map that Mermaid refuses, in bytes: a bracket that is
/// never closed must not be followed to the end of the text again and again.
const LONGEST_NODE: usize = 2_000;

/// What cannot be recovered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Loss {
    /// A class or an icon before the first node.
    DecorationFirst,
    /// A quote that is never closed.
    UnclosedQuote,
    /// Text after a decoration on its line, which is left out.
    TextAfterDecoration,
    /// A second class or icon on a line.
    TwoOnALine,
}

/// The nodes of a text, and what was lost at which byte.
#[derive(Debug, Default)]
pub(super) struct Recovered {
    pub(super) nodes: Vec<Written>,
    pub(super) losses: Vec<(Loss, usize)>,
}

/// The byte after the header; `None` where the text does not begin with one.
pub(super) fn header_end(code: &str) -> Option<usize> {
    let start = statement_start(code, 0);
    let rest = code.get(start..)?;
    (rest.starts_with(HEADER) && begins_with_header(rest)).then_some(start + HEADER.len())
}

/// Reads the nodes that follow the header, which ends at `at`, and no more than one above `most`.
pub(super) fn recover(code: &str, mut at: usize, most: usize) -> Recovered {
    let mut recovered = Recovered::default();
    loop {
        let start = statement_start(code, at);
        let rest = code.get(start..).unwrap_or("");
        if rest.is_empty() || recovered.nodes.len() > most {
            return recovered;
        }
        let line = start..start + rest.find('\n').unwrap_or(rest.len());
        if rest.starts_with(CLASS) || begins_with(rest, ICON) {
            recovered.decorate(code, &line);
            at = line.end;
            continue;
        }
        let before = code.get(at..start).unwrap_or("");
        let indent = before.chars().rev().take_while(|space| is_space(*space) && *space != '\n').count();
        at = recovered.node(code, &line, indent);
    }
}

/// The byte after white space and comments.
fn statement_start(code: &str, mut at: usize) -> usize {
    loop {
        let rest = code.get(at..).unwrap_or("");
        at += leading_space(rest);
        let Some(comment) = code.get(at..).filter(|rest| rest.starts_with("%%")) else { return at };
        at += comment.find(ends_line).unwrap_or(comment.len());
    }
}

impl Recovered {
    /// Takes a line that begins with a class or an icon.
    fn decorate(&mut self, code: &str, line: &Range<usize>) {
        let Some(node) = self.nodes.last_mut() else {
            self.losses.push((Loss::DecorationFirst, line.start));
            return;
        };
        let text = part(code, line);
        if text.starts_with(CLASS) {
            let name = trimmed(code, &(line.start + CLASS.len()..line.end));
            node.class = (!name.is_empty()).then_some(name).or(node.class.take());
            return;
        }
        let Some(close) = text.find(')').map(|close| line.start + close) else {
            node.icon = Some(line.start + ICON.len()..line.end);
            return;
        };
        node.icon = Some(line.start + ICON.len()..close);
        let Some(further) = strays(code, &(close + 1..line.end)) else {
            self.losses.push((Loss::TextAfterDecoration, close + 1));
            return;
        };
        for inline in further {
            match inline.kind {
                Stray::Class => node.class = Some(inline.name),
                Stray::Icon => node.icon = Some(inline.name),
                Stray::Comment => continue,
            }
            self.losses.push((Loss::TwoOnALine, inline.range.start));
        }
    }

    /// Takes a node; gives the byte after it.
    fn node(&mut self, code: &str, line: &Range<usize>, indent: usize) -> usize {
        let (fault, open) = match attempt(code, line.start) {
            Ok(node) => match accepted(code, node) {
                Ok(mut node) => {
                    node.indent = indent;
                    let end = node.tail.end.max(node.span.end);
                    self.nodes.push(node);
                    return end;
                }
                Err(fault) => (fault, None),
            },
            Err(failed) => failed,
        };
        let salvaged = open.map(|open| salvage(code, line, open));
        let unclosed = salvaged == Some(Salvage::Unclosed);
        let mut node = match salvaged {
            Some(Salvage::Node(node)) => *node,
            Some(Salvage::Unclosed | Salvage::Text) | None => Written::plain(indent, line.clone()),
        };
        node.indent = indent;
        if unclosed {
            self.losses.push((Loss::UnclosedQuote, line.start));
        } else {
            node.fault = Some(fault);
        }
        self.nodes.push(node);
        line.end
    }
}

/// The text up to the end of the longest node that may begin at `start`; its first line is always in it.
fn window(code: &str, start: usize) -> &str {
    let line = code.get(start..).and_then(|rest| rest.find('\n')).map_or(code.len(), |end| start + end);
    let end = boundary(code, (start + LONGEST_NODE).max(line));
    code.get(..end).unwrap_or(code)
}

/// Reads one node as Mermaid would, or says what is wrong and which bracket was opened.
fn attempt(code: &str, start: usize) -> Result<Written, (Fault, Option<Lexed>)> {
    let mut lexer = Lexer::at(window(code, start), start);
    let mut open = lexer.next().map_err(|_| (Fault::LoneBrace, None))?;
    let mut node = Written::plain(0, start..open.end);
    match open.token {
        Token::Id => {
            let id = start..open.end;
            open = lexer.next().map_err(|_| (Fault::LoneBrace, None))?;
            if open.token != Token::Open {
                return Ok(node);
            }
            node.id = Some(id);
        }
        Token::Open => node.id = None,
        Token::Header => return Err((Fault::HeaderWord, None)),
        _ => return Err((Fault::LoneBrace, None)),
    }
    let failed = |fault| (fault, Some(open));
    let text = lexer.next().map_err(|_| failed(Fault::AfterQuote))?;
    let quote = match text.token {
        Token::Text(quote) => quote,
        Token::Close => return Err(failed(Fault::EmptyBracket)),
        _ => return Err(failed(Fault::Unclosed)),
    };
    let close = lexer.next().map_err(|_| failed(Fault::AfterQuote))?;
    match (close.token, quote) {
        (Token::Close, _) => {}
        (Token::Text(_), Quote::None) => return Err(failed(Fault::LoneBrace)),
        (Token::Text(_), _) => return Err(failed(Fault::AfterQuote)),
        (_, _) => return Err(failed(Fault::Unclosed)),
    }
    node.span = start..close.end;
    node.tail = close.end..close.end;
    let (open, text, close) = (open.start..open.end, text.start..text.end, close.start..close.end);
    node.bracket = Some(Bracket { open, text, quote, close });
    Ok(node)
}

/// A node that was read, if nothing but a note, a class or an icon follows it on its line.
fn accepted(code: &str, mut node: Written) -> Result<Written, Fault> {
    let Some(bracket) = &node.bracket else { return Ok(node) };
    let swallows = part(code, &node.span).contains('\n');
    if swallows && bracket.quote == Quote::None && !bracket.is_matched(code) {
        return Err(Fault::Unclosed);
    }
    let end = node.span.end;
    let rest = code.get(end..).unwrap_or("");
    let tail = end..end + rest.find('\n').unwrap_or(rest.len());
    let text = part(code, &tail);
    if is_blank(text) || text.trim_start_matches(is_space).starts_with("%%") {
        return Ok(node);
    }
    if strays(code, &tail).is_some() {
        node.tail = tail;
        return Ok(node);
    }
    let nested = text.trim_start_matches(is_space).starts_with(['(', ')', '[', ']', '{', '}']);
    Err(if nested { Fault::NestedBracket } else { Fault::AfterBracket })
}

/// What can be made of a quoted text that Mermaid cannot read.
#[derive(Debug, PartialEq, Eq)]
enum Salvage {
    /// A node with everything between the first and the last quote of the line.
    Node(Box<Written>),
    /// The quote is not closed on its line.
    Unclosed,
    /// It is all text.
    Text,
}

fn salvage(code: &str, line: &Range<usize>, open: Lexed) -> Salvage {
    let inside = part(code, &(open.end..line.end));
    if !inside.starts_with('"') {
        return Salvage::Text;
    }
    let last = inside.rfind('"').unwrap_or(0);
    if last == 0 {
        return Salvage::Unclosed;
    }
    let close = trimmed(code, &(open.end + last + 1..line.end));
    if !["]", ")", "))", "}}", "(", "((", "-)", "(-"].contains(&part(code, &close)) {
        return Salvage::Text;
    }
    let text = open.end + 1..open.end + last;
    let inner = part(code, &text);
    let markdown = inner.len() > 1 && inner.starts_with('`') && inner.ends_with('`');
    let (text, quote) =
        if markdown { (text.start + 1..text.end - 1, Quote::Markdown) } else { (text, Quote::Plain) };
    let mut node = Written::plain(0, line.start..close.end);
    node.id = (line.start < open.start).then_some(line.start..open.start);
    node.bracket = Some(Bracket { open: open.start..open.end, text, quote, close });
    Salvage::Node(Box::new(node))
}
