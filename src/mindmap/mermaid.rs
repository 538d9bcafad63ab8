//! Mermaid's own reading of a cleaned text: the nodes, or the refusal.
//!
//! It does not know what we read where Mermaid errs.
//! Source: `mindmap.jison`, `mindmapDb.ts`, `mermaidAPI.ts` of Mermaid 11.17.

use std::ops::Range;

use super::clean::{Cleaned, FrontRule, clean, dropped_semicolons};
use super::detect;
use super::lexer::{CLASS, ICON, Lexed, Lexer, Mode, Quote, Token};
use super::node::{Bracket, Hang, Levels, Written};
use super::refusal::{Cause, Refusal, RefusalKind};
use super::text::{Excerpt, part};

/// The longest text, in UTF-16 units after cleaning, that Mermaid draws (`maxTextSize`).
const LONGEST_DRAWN: usize = 50_000;

/// What Mermaid makes of a text.
pub(super) struct Verdict {
    /// The text that the ranges are in, one line end added.
    pub(super) code: Excerpt,
    /// The text as it was cleaned.
    pub(super) cleaned: Cleaned,
    /// The nodes in order, also where the refusal lies outside the grammar.
    pub(super) nodes: Result<Vec<Written>, Refusal>,
    /// Why Mermaid draws nothing, though the grammar may be right.
    pub(super) objection: Option<Refusal>,
}

impl Verdict {
    /// Why Mermaid draws no map.
    pub(super) fn refusal(&self) -> Option<Refusal> {
        self.objection.or(self.nodes.as_ref().err().copied())
    }
}

/// Reads a text as Mermaid draws it.
pub(super) fn judge(raw: &Excerpt) -> Verdict {
    let cleaned = clean(raw, FrontRule::Mermaid);
    let objection = objection(&cleaned);
    let code = for_the_lexer(&cleaned.code, raw);
    let nodes = Parser::new(code.text()).parse();
    Verdict { code, cleaned, nodes, objection }
}

/// The text as the lexer gets it: without some semicolons, with one more line end.
pub(super) fn for_the_lexer(cleaned: &Excerpt, raw: &Excerpt) -> Excerpt {
    let code = cleaned.without(&dropped_semicolons(cleaned.text(), "style"));
    let mut code = code.without(&dropped_semicolons(code.text(), "classDef"));
    code.push("\n", raw.source(raw.text().len()));
    code
}

fn objection(cleaned: &Cleaned) -> Option<Refusal> {
    let code = cleaned.code.text();
    let refusal = |kind, cause| Some(Refusal { kind, cause, at: 0, line: None });
    if cleaned.front.as_ref().is_some_and(|front| front.fault.is_some()) {
        return refusal(RefusalKind::FrontMatter, Cause::FrontMatterYaml);
    }
    if code.len() > LONGEST_DRAWN && code.encode_utf16().count() > LONGEST_DRAWN {
        return refusal(RefusalKind::Size, Cause::TooLong);
    }
    match detect::objection(code)? {
        cause @ Cause::OtherDiagram(_) => refusal(RefusalKind::Type, cause),
        cause @ Cause::FrontMatterOpen => refusal(RefusalKind::FrontMatter, cause),
        cause => refusal(RefusalKind::Detect, cause),
    }
}

/// Where the grammar stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before the header; `true` after a comment or a blank line.
    Start(bool),
    /// Right after the header.
    Header,
    /// On the line below the header.
    FirstLine,
    /// A statement may begin.
    Open,
    /// A statement stands, a line end must come. `Some` where the statement was a comment or blank line.
    Closed(Option<usize>),
    /// After an indentation.
    Indented,
    /// After a plain text, which may be an id.
    Named,
    /// After an opening bracket.
    NeedText,
    /// After the text in a shape.
    NeedClose(Quote),
    /// The end.
    Done,
}

/// What stands since the last line end.
#[derive(Debug, Default)]
struct Pending {
    indent: usize,
    id: Option<Range<usize>>,
    open: Option<Range<usize>>,
    text: Option<(Range<usize>, Quote)>,
    close: Option<Range<usize>>,
    icon: Option<Range<usize>>,
    class: Option<Range<usize>>,
}

struct Parser<'a> {
    code: &'a str,
    lexer: Lexer<'a>,
    state: State,
    pending: Pending,
    nodes: Vec<Written>,
    levels: Levels,
    line: usize,
}

impl<'a> Parser<'a> {
    fn new(code: &'a str) -> Self {
        Self {
            code,
            lexer: Lexer::at(code, 0),
            state: State::Start(false),
            pending: Pending::default(),
            nodes: Vec::new(),
            levels: Levels::default(),
            line: 0,
        }
    }

    fn parse(mut self) -> Result<Vec<Written>, Refusal> {
        while self.state != State::Done {
            let lexed = self.lexer.next().map_err(|at| self.stuck(at))?;
            self.state = self.step(lexed)?;
            self.line = self.lexer.lines();
        }
        Ok(self.nodes)
    }

    fn step(&mut self, lexed: Lexed) -> Result<State, Refusal> {
        let ends = matches!(lexed.token, Token::SpaceLine | Token::NewLine | Token::EndOfText);
        match (self.state, lexed.token) {
            (State::Start(_), Token::SpaceLine) | (State::Start(true), Token::NewLine) => {
                Ok(State::Start(true))
            }
            (State::Start(_), Token::Header) => Ok(State::Header),
            (State::Header, Token::NewLine) => Ok(State::FirstLine),
            (State::Header | State::FirstLine | State::Open, Token::SpaceLine) => {
                Ok(State::Closed(Some(lexed.start)))
            }
            (State::Header | State::FirstLine | State::Open, Token::Indent) => {
                self.pending.indent = part(self.code, &(lexed.start..lexed.end)).chars().count();
                Ok(State::Indented)
            }
            (State::Open, Token::NewLine | Token::EndOfText) => Ok(State::Open),
            (State::Open | State::Done, Token::End) => Ok(State::Done),
            (State::Closed(_) | State::Named | State::Indented, _) if ends => {
                self.finish()?;
                Ok(State::Open)
            }
            (State::Header | State::FirstLine | State::Open | State::Indented, _) => self.statement(lexed),
            (State::Named, Token::Open) => Ok(self.opened(lexed)),
            (State::NeedText, Token::Text(quote)) => {
                self.pending.text = Some((lexed.start..lexed.end, quote));
                Ok(State::NeedClose(quote))
            }
            (State::NeedClose(_), Token::Close) => {
                self.pending.close = Some(lexed.start..lexed.end);
                Ok(State::Closed(None))
            }
            (_, _) => Err(self.unexpected(lexed)),
        }
    }

    /// The first part of a statement, after its indentation.
    fn statement(&mut self, lexed: Lexed) -> Result<State, Refusal> {
        let range = lexed.start..lexed.end;
        match lexed.token {
            Token::Icon => self.pending.icon = Some(range),
            Token::Class => self.pending.class = Some(range),
            Token::Open => return Ok(self.opened(lexed)),
            Token::Id => {
                self.pending.id = Some(range);
                return Ok(State::Named);
            }
            _ => return Err(self.unexpected(lexed)),
        }
        Ok(State::Closed(None))
    }

    fn opened(&mut self, lexed: Lexed) -> State {
        self.pending.open = Some(lexed.start..lexed.end);
        State::NeedText
    }

    /// Does what a finished statement says.
    fn finish(&mut self) -> Result<(), Refusal> {
        let pending = std::mem::take(&mut self.pending);
        let icon = pending.icon.as_ref().map(|icon| icon.start.saturating_sub(ICON.len()));
        let class = pending.class.as_ref().map(|class| class.start.saturating_sub(CLASS.len()));
        if let Some(decoration) = icon.or(class) {
            let Some(node) = self.nodes.last_mut() else {
                return Err(refused(RefusalKind::DecorationBeforeNode, Cause::DecorationFirst, decoration));
            };
            node.icon = pending.icon.or(node.icon.take());
            node.class = pending.class.or(node.class.take());
            return Ok(());
        }
        let Some(mut node) = written(pending) else { return Ok(()) };
        match self.levels.hang(self.nodes.len(), node.indent) {
            Hang::Root => {}
            Hang::Below { parent, depth, .. } => {
                node.parent = Some(parent);
                node.depth = depth;
            }
            Hang::SecondRoot => {
                return Err(refused(RefusalKind::Root, Cause::SecondRoot, node.span.start));
            }
        }
        self.nodes.push(node);
        Ok(())
    }

    fn stuck(&self, at: usize) -> Refusal {
        let cause = match self.lexer.mode() {
            Mode::Markdown => Cause::BacktickInside,
            Mode::Class => Cause::EmptyClass,
            Mode::Start | Mode::Shape | Mode::Quoted | Mode::Icon => Cause::LoneBrace,
        };
        Refusal { kind: RefusalKind::Lex, cause, at, line: Some(self.lexer.lines() + 1) }
    }

    fn unexpected(&self, lexed: Lexed) -> Refusal {
        let opened = self.pending.open.as_ref().map(|open| open.start);
        let icon = self.pending.icon.as_ref().map(|icon| icon.start.saturating_sub(ICON.len()));
        let gap_cause = if self.nodes.is_empty() { Cause::HeaderGap } else { Cause::CommentGap };
        let cause = match (self.state, lexed.token) {
            (State::Start(_), _) if self.code.starts_with("---") => Cause::FrontMatterOpen,
            (State::Start(_), _) => Cause::NoHeader,
            (_, Token::Header) => Cause::HeaderWord,
            (State::NeedText | State::NeedClose(_) | State::Closed(_), Token::End) => Cause::Unclosed,
            (State::NeedText, _) => Cause::EmptyBracket,
            (State::NeedClose(Quote::None), _) => Cause::LoneBrace,
            (State::NeedClose(_), _) => Cause::AfterQuote,
            (State::Closed(Some(_)), _) => gap_cause,
            (State::Closed(None) | State::Named, _) => Cause::AfterBracket,
            (State::Header | State::FirstLine, _) => Cause::NoNodes,
            (State::Indented | State::Open | State::Done, _) => Cause::EmptyClass,
        };
        let at = match (lexed.token, self.state) {
            (Token::End, _) => opened.or(icon).unwrap_or(lexed.start),
            (_, State::Closed(Some(gap))) => gap,
            (Token::Indent, _) => lexed.end,
            (_, _) => lexed.start,
        };
        Refusal { kind: RefusalKind::Parse, cause, at, line: Some(self.line + 1) }
    }
}

fn refused(kind: RefusalKind, cause: Cause, at: usize) -> Refusal {
    Refusal { kind, cause, at, line: None }
}

/// The node that a statement wrote, if it wrote one.
fn written(pending: Pending) -> Option<Written> {
    let bracket = match (pending.open, pending.text, pending.close) {
        (Some(open), Some((text, quote)), Some(close)) => Some(Bracket { open, text, quote, close }),
        (_, _, _) => None,
    };
    let start = pending.id.as_ref().or(bracket.as_ref().map(|bracket| &bracket.open))?.start;
    let end = bracket.as_ref().map(|bracket| &bracket.close).or(pending.id.as_ref())?.end;
    let mut node = Written::plain(pending.indent, start..end);
    node.id = pending.id;
    node.bracket = bracket;
    Some(node)
}
