//! Decks as files: walks a collection and reads TOML into the domain, with every problem of every file.
//!
//! It knows neither SQL nor the terminal nor the environment, and not how a skill map is written: the map
//! is handed out as text. Bindings of cards to nodes are kept as written.
//!
//! A deck is read field by field, so that one fault never hides another: a card with an error is left out
//! and told, the deck's other cards load; a file that is not TOML leaves out its own deck and no other.
//! How gaps of a cloze are written is told in `cloze`; which keys each kind has, in `keys`.

mod body;
mod card;
mod cloze;
mod deck;
mod embedded;
mod fields;
mod file;
mod findings;
mod ids;
mod keys;
mod lines;
mod loaded;
mod locate;
mod own_settings;
mod parts;
mod paths;
mod reader;
mod replace;
mod source;
mod strings;
mod syntax;
mod texts;
mod walk;

pub use file::FileError;
pub use loaded::Loaded;
pub use locate::{find_upwards, locate};
pub use own_settings::OwnSettings;
pub use parts::{card_lines, places};
pub use paths::read_paths;
pub use reader::{CardError, CardReader};
pub use replace::{create, replace};
pub use source::{MapText, Source};
pub use texts::{map_file, shown_text};
