//! Decks as files: walks a collection and reads TOML into the domain, with every problem of every file.
//!
//! It knows neither SQL nor the terminal nor the environment, and not how a skill map is written: the map
//! is handed out as text. Bindings of cards to nodes are kept as written.
//!
//! A deck is read field by field, so that one fault never hides another: a card with an error is left out
//! and told, the deck's other cards load; a file that is not TOML leaves out its own deck and no other.
//! How gaps of a cloze are written is told in `cloze`; which keys each kind has, in `keys`.

mod append;
mod body;
mod card;
mod cloze;
mod deck;
mod embedded;
mod fields;
mod file;
mod findings;
mod format;
mod gaps;
mod given;
mod ids;
mod importance;
mod json;
mod keys;
mod lines;
mod loaded;
mod locate;
mod parts;
mod paths;
mod reader;
mod replace;
mod schema;
mod source;
mod strings;
mod syntax;
mod texts;
mod tidy;
mod walk;
mod write;

pub use append::{AppendError, append, fresh_id, ids_in};
pub use file::FileError;
pub use given::{Flaw, Form, given, given_value};
pub use importance::Weights;
pub use loaded::Loaded;
pub use locate::{find_upwards, locate};
pub use parts::places;
pub use paths::{deck_paths, read_paths};
pub use reader::{CardError, CardReader};
pub use replace::{create, replace};
pub use schema::schema;
pub use source::{MapText, Source};
pub use texts::{map_file, read_text, shown_text};
pub use tidy::{Tidied, tidied};
pub use write::{cards_toml, deck_toml};
