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
mod json;
mod keys;
mod lines;
mod loaded;
mod locate;
mod own_settings;
mod parts;
mod paths;
mod reader;
mod rebind;
mod remarks;
mod replace;
mod schema;
mod source;
mod start;
mod strings;
mod stub;
mod syntax;
mod texts;
mod tidy;
mod walk;
mod write;

pub use append::{AppendError, append, fresh_id, ids_in};
pub use file::{FileError, Stamp};
pub use given::{Flaw, Form, given, given_value};
pub use loaded::Loaded;
pub use locate::{find_upwards, locate};
pub use own_settings::{OwnSettings, settings_in};
pub use parts::{card_lines, places};
pub use paths::{deck_paths, read_paths};
pub use reader::{CardError, CardReader};
pub use rebind::{read_texts, read_weights, rebound, reweighed};
pub use remarks::{remarked, unremarked};
pub use replace::{Change, create, create_all, replace, replace_all};
pub use schema::{SCHEMA_FILE, schema, schema_line};
pub use source::{MapText, Source};
pub use start::{built_in, start, starter};
pub use stub::{home, stub};
pub use texts::{map_file, read_text, shown_text};
pub use tidy::{Tidied, tidied};
pub use write::{cards_toml, deck_toml};
