//! Why Mermaid refuses a text: the kind, the cause, the place, and how to mend it.

/// The kinds of refusal, named as Mermaid's error messages begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalKind {
    /// No known diagram begins the text.
    Detect,
    /// The text is another diagram.
    Type,
    /// Front matter is not closed or not sound.
    FrontMatter,
    /// A character that fits nowhere.
    Lex,
    /// Parts in an order that the grammar does not know.
    Parse,
    /// A second root.
    Root,
    /// A class or an icon before any node.
    DecorationBeforeNode,
    /// More text than Mermaid draws.
    Size,
}

impl RefusalKind {
    /// The kind's name in kebab-case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Detect => "detect",
            Self::Type => "type",
            Self::FrontMatter => "frontmatter",
            Self::Lex => "lex",
            Self::Parse => "parse",
            Self::Root => "root",
            Self::DecorationBeforeNode => "decoration-before-node",
            Self::Size => "size",
        }
    }
}

/// Why Mermaid refuses a text, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("mermaid refuses the map: {message}")]
pub struct MermaidError {
    /// The kind of refusal.
    pub kind: RefusalKind,
    /// What is wrong, in words.
    pub message: String,
    /// How to mend it.
    pub hint: String,
    /// Line in the file, from 1.
    pub line: usize,
    /// Column in the file, in characters, from 1.
    pub column: usize,
    /// The line that Mermaid's own message names: it counts after removing comments, and from 1.
    pub mermaid_line: Option<usize>,
}

/// What exactly Mermaid stumbles over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    NoHeader,
    OtherDiagram(&'static str),
    FrontMatterOpen,
    FrontMatterYaml,
    HeaderGap,
    CommentGap,
    AfterBracket,
    EmptyBracket,
    Unclosed,
    AfterQuote,
    LoneBrace,
    BacktickInside,
    HeaderWord,
    SecondRoot,
    DecorationFirst,
    NoNodes,
    EmptyClass,
    TooLong,
}

/// A refusal and the byte of the cleaned text that it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) kind: RefusalKind,
    pub(super) cause: Cause,
    pub(super) at: usize,
    pub(super) line: Option<usize>,
}

impl Cause {
    /// What is wrong, in words.
    pub(super) fn message(self) -> String {
        let text = match self {
            Self::NoHeader => "no `mindmap` begins the text",
            Self::OtherDiagram(name) => return format!("the text is a `{name}` diagram, not a mindmap"),
            Self::FrontMatterOpen => "the front matter is not opened and closed as it must be",
            Self::FrontMatterYaml => "the front matter is not sound YAML",
            Self::HeaderGap => "a blank line or a space follows `mindmap`",
            Self::CommentGap => "a blank line follows a comment",
            Self::AfterBracket => "something follows a finished shape, icon or class on its line",
            Self::EmptyBracket => "there is no text between the brackets",
            Self::Unclosed => "a bracket or a quote is never closed",
            Self::AfterQuote => "something follows a quoted text before the closing bracket",
            Self::LoneBrace => "a curly brace opens or closes nothing",
            Self::BacktickInside => "a Markdown string holds a quote or a backtick, or is not closed",
            Self::HeaderWord => "a text begins with the word `mindmap`",
            Self::SecondRoot => "there is a second root",
            Self::DecorationFirst => "a class or an icon stands before the first node",
            Self::NoNodes => "no node follows `mindmap`",
            Self::EmptyClass => "`:::` without a name joins two lines",
            Self::TooLong => "the text is longer than 50,000 characters",
        };
        text.to_owned()
    }

    /// How to mend it.
    pub(super) fn hint(self) -> String {
        let text = match self {
            Self::NoHeader | Self::OtherDiagram(_) => "begin the map with the word `mindmap`, in lower case",
            Self::FrontMatterOpen => {
                "put `---` at the very beginning and on a line of its own after at least one line of YAML"
            }
            Self::FrontMatterYaml => "write front matter as `title: My map`, indented with spaces",
            Self::HeaderGap => {
                "put the root on the line directly below `mindmap`, with nothing after the word"
            }
            Self::CommentGap => "delete the blank line after the comment",
            Self::AfterBracket | Self::EmptyBracket | Self::LoneBrace | Self::HeaderWord => {
                "quote the label: `id[\"label\"]`"
            }
            Self::Unclosed => "close it, or quote the label: `id[\"label\"]`",
            Self::AfterQuote => "end the label with `\"]`; write a quote inside it as `#quot;`",
            Self::BacktickInside => "write a backtick inside it as `#96;`, a quote as `#quot;`",
            Self::SecondRoot => "indent it more than the root",
            Self::DecorationFirst => "move it below the node it is for",
            Self::NoNodes => "write the root on the line below `mindmap`, then its children, indented",
            Self::EmptyClass => "name the class, or delete the `:::`",
            Self::TooLong => "split the map",
        };
        text.to_owned()
    }
}
