//! `schema`: the deck format for editors.

use clap::Args;

use super::{CommandError, Context};
use crate::deck_files;

/// The deck format as a JSON Schema, for completion and errors in editors
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill schema > decks/deck.schema.json\n\nEditors that use taplo (VS Code with Even Better TOML, Neovim, Helix, Zed) read it where a deck\nsays so in its first line, by a path from the deck's own folder:\n  #:schema ../deck.schema.json\n\nor for all decks at once in .taplo.toml beside the folder `decks`:\n  [[rule]]\n  include = [\"decks/**/*.toml\"]\n  schema = { path = \"decks/deck.schema.json\" }"
)]
pub struct SchemaArgs {}

pub(super) fn run(_args: &SchemaArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    context.show(&deck_files::schema())
}
