//! The rules by which maps, decks and settings are read, each in a line: what `check --explain` says of them. The
//! rules of contents explain themselves, in `lint`.

use crate::report::explain::Explained;

/// Every rule of reading, by id; a table, a rule a line.
#[rustfmt::skip]
pub(super) const READING: [Explained<'static>; 70] = [
    warning("ambiguous-bracket", "a bracket in a label of the map is an id and a label, or text, and one can see which", "`id(label)` is an id and a label, and `two words(text)` could be either. A blank before the bracket makes it text."),
    error("bad-deck-id", "the name of a deck's file is an id", "A deck's id is the stem of its file's name, and part of the id of each of its cards: 1 to 100 letters, digits, `-`, `_` and `.`. The deck is left out."),
    error("bad-id", "a card's id is 1 to 100 letters, digits, `-`, `_` and `.`", "Ids are typed on the command line and stand in the log of answers; `~` marks cards that are derived from others. The card is left out."),
    warning("broken-link", "a link below the collection leads somewhere", "What it led to may have been a deck."),
    error("cards-a-leaf", "`cards_a_leaf` in `mindrill.toml` is the least and the most cards of a leaf", "Two whole numbers from 1 up, the smaller first: `cards_a_leaf = [12, 25]`."),
    error("cloze", "the gaps of a cloze are closed, filled and the same in all its wordings", "A gap is `{{answer}}` or `{{answer|another}}`; `\\{{` is plain text. A variant leaves open what the text leaves open, in that order. The card is left out."),
    warning("comment-gap", "no blank line follows a comment of the map", "Mermaid refuses such a map. It is read here."),
    error("decoration-before-node", "a class or an icon of the map stands below its node", ""),
    error("difficulty", "`difficulty` is 1 (easy) to 5 (hard)", ""),
    error("duplicate-deck", "no two decks have files of one name", "A deck's id is its file's name, wherever the file lies; two of them would share the history of their cards. The second is left out."),
    error("duplicate-key", "a key is written once", "TOML forbids it, and nobody can tell which of the two is meant. The card is left out."),
    warning("empty-bracket", "brackets of the map hold a text", "Mermaid refuses such a map. It is read here, by the text outside."),
    warning("front-matter", "the front matter of the map is sound YAML between two lines `---`", "Mermaid refuses such a map. It is read here."),
    warning("header-gap", "the root of the map stands on the line below `mindmap`", "Mermaid refuses such a map. It is read here."),
    warning("header-word", "no label of the map begins with the word `mindmap`", "Mermaid takes it for the beginning of a map. Quote the label."),
    error("importance-node", "`[importance]` in `mindrill.toml` names nodes of the map", "A weight that belongs to no node changes nothing, silently."),
    warning("inline-class", "a class stands on a line of its own below its node", "Mermaid takes it for part of the label, or refuses it."),
    warning("inline-icon", "an icon stands on a line of its own below its node", "Mermaid takes it for part of the label, or refuses it."),
    warning("inner-node", "cards hang on leaves", "The figures of a branch are the averages of its leaves: a card on the branch itself is asked and counts nowhere."),
    error("key-of-other-kind", "a card has the keys of its own kind", "`options` on a flashcard would never be shown: either the key or `kind` is a slip. The card is left out."),
    error("keys-too-long", "labels of the map make keys of bearable length", "A key is the path of labels from the root; give long labels a short id."),
    warning("left-alone", "`fmt` writes what it can without a loss", "It says what it leaves as it is: an id that two cards would share, keys that are spread over dotted headers."),
    warning("lone-brace", "a curly brace of the map has its partner", "Mermaid refuses such a map. Quote the label."),
    warning("mermaid-label", "a label of the map is drawn as it is meant", "Mermaid reads `Ruby (deep)` as the id `Ruby` with the label `deep`, and draws `deep`. The map is read here as its author meant it; quoted, both agree: `mindrill map fmt` writes it."),
    warning("mermaid-refuses", "Mermaid can draw the map", "It is read here, but editors and web pages will show an error in its place."),
    warning("mermaid-size", "the map is short enough for Mermaid", "It refuses texts of more than 50,000 characters."),
    warning("mixed-indentation", "the map is indented by blanks or by tabs, not both", "A tab counts as one column, however wide it looks."),
    warning("nested-bracket", "no bracket of the map stands inside or after another", "Mermaid refuses such a map. Quote the label."),
    warning("no-cards", "a deck has a card", ""),
    error("no-correct-option", "a choice has a right option", "Mark it with `correct = true`. The card is left out."),
    error("no-header", "a map begins with the word `mindmap`", ""),
    error("no-map", "a collection has a skill map", "`skill-map.md` or `skill-map.mmd`, beside or above its decks."),
    error("no-mindmap", "a Markdown file of the map has a mermaid fence with a mindmap", ""),
    error("no-nodes", "a map has a node", ""),
    error("no-slug", "a label of the map has a letter or a digit, or an id", "Its key is made of them."),
    warning("no-title", "a deck has a title", "Without one it is called by its id."),
    error("not-a-deck", "what is named to be checked is a deck or a folder", "Decks end in `.toml`."),
    error("not-a-file", "a deck is a regular file", "Pipes and devices would never end."),
    error("not-utf-8", "files and their names are UTF-8", ""),
    warning("outside-link", "links stay within the collection", "A link that leads out of it is not followed: who copies the collection would miss what it leads to."),
    error("repeated-text", "no option or item is written twice", "Nobody could tell the two apart. The card is left out."),
    error("reverse-of", "`reverse_of` names another card of the same deck", "It keeps the two from being asked on one day. The card is left out."),
    error("same-key", "no two siblings of the map have the same key", "Cards could not say which of them they hang on. Give one an id."),
    warning("second-mindmap", "a file holds one mindmap", "Only the first is read."),
    error("second-root", "a map has one root", "Indent every other node more than it."),
    error("source-host", "`source_hosts` in `mindrill.toml` are hosts", "`dev.mysql.com`, without scheme and path; it covers all hosts below it."),
    warning("stray-settings", "`mindrill.toml` lies beside the skill map", "Elsewhere it is not read."),
    warning("swallowed-lines", "a bracket of the map is closed on its line", "The lines up to the next closing bracket are taken for its label."),
    error("syntax", "a file is TOML", "What a syntax error makes unreadable is left out: the card, or the deck. See <https://toml.io/en/v1.0.0>."),
    warning("text-after-bracket", "nothing follows a node of the map on its line", "Mermaid refuses such a map. Quote the label, or move the rest."),
    warning("text-after-quote", "a quoted label of the map ends before its bracket", "Mermaid refuses such a map; a quote inside a label is written `#quot;`."),
    error("tolerance", "`tolerance` is a number from 0 up, with an answer that is a number", "It is the greatest difference that still counts as right, in the answer's unit. The card is left out."),
    error("too-deep", "folders and maps are not nested beyond all use", "Folders at most 32 deep, nodes of a map at most 1,000: more is a mistake, or a mount that holds itself."),
    error("too-few", "lists that need several entries have them", "A choice needs two options, an order two items, a typed card one answer, `explain` one point. The card is left out."),
    error("too-large", "a file is not larger than what is read", "A deck or map of many megabytes is a mistake; split it."),
    error("too-many-cards", "a deck has at most 100,000 cards", ""),
    error("too-many-files", "a collection has at most 10,000 decks", "A folder of photographs is no collection."),
    error("too-many-nodes", "a map has at most 10,000 nodes", ""),
    error("too-many-problems", "a file's problems can be listed", "Beyond 1,000 they are counted only."),
    warning("trailing-comment", "a comment of the map stands on a line of its own", "Mermaid takes it for part of the label."),
    warning("unclear-indentation", "siblings of the map are indented alike", "The indentation fits no node above; it is told as whose child it is read."),
    warning("unclosed-bracket", "a bracket of the map is closed", "Mermaid refuses such a map. Close it, or quote the label."),
    warning("unclosed-directive", "a directive of the map is closed by `}%%`", "Mermaid leaves out all that follows it."),
    error("unclosed-quote", "a quote of the map is closed", "It would take in the rest of the map."),
    error("unknown-aim", "`aim` is `recall`, `explain`, `decide` or `diagnose`", "The card is left out."),
    error("unknown-key", "every key is one of the format", "A misspelt key would be passed over in silence, and what it says lost. The card is left out."),
    error("unknown-kind", "`kind` is one of the seven kinds", "`flashcard`, `choice`, `typed`, `cloze`, `order`, `true-false` or `explain`. The card is left out."),
    error("unreadable", "a file can be read", ""),
    error("weight", "a weight in `[importance]` is a number above 0", "2 is a priority, 1 the rule, 0.5 optional."),
    error("wrong-type", "a value is of the type that its key asks for", "A text in quotes, a number without, a date as `2026-11-22`, a list in brackets. The card is left out."),
];

const fn error(id: &'static str, title: &'static str, why: &'static str) -> Explained<'static> {
    Explained { id, severity: "error", title, why, examples: None }
}

const fn warning(id: &'static str, title: &'static str, why: &'static str) -> Explained<'static> {
    Explained { id, severity: "warning", title, why, examples: None }
}
