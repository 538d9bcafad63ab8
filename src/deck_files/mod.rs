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
mod importance;
mod keys;
mod lines;
mod loaded;
mod locate;
mod parts;
mod paths;
mod reader;
mod rebind;
mod remarks;
mod replace;
mod source;
mod start;
mod strings;
mod stub;
mod syntax;
mod texts;
mod walk;

pub use file::{FileError, Stamp};
pub use importance::{Weights, settings_in};
pub use loaded::Loaded;
pub use locate::{find_upwards, locate};
pub use parts::places;
pub use paths::read_paths;
pub use reader::{CardError, CardReader};
pub use rebind::{read_texts, read_weights, rebound, reweighed};
pub use remarks::{remarked, unremarked};
pub use replace::{Change, create, create_all, replace, replace_all};
pub use source::{MapText, Source};
pub use start::{built_in, start, starter};
pub use stub::{home, stub};
pub use texts::{map_file, shown_text};
