//! `completions`: what a shell needs to complete commands, node names and card ids.

use clap::Args;
use clap_complete::Shell;
use clap_complete::env::Shells;

use super::{CommandError, Context};

/// The variable by which a shell asks the binary for completions.
const VARIABLE: &str = "COMPLETE";
const NAME: &str = "mindrill";

/// Print a completion script for a shell
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill completions bash > ~/.local/share/bash-completion/completions/mindrill\n  mindrill completions zsh > ~/.zfunc/_mindrill\n  mindrill completions fish > ~/.config/fish/completions/mindrill.fish\n\nNode names and card ids are completed too: the script asks the binary."
)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

pub(super) fn run(args: &CompletionsArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    let shells = Shells::builtins();
    let mut script = Vec::new();
    if let Some(completer) = shells.completer(&args.shell.to_string()) {
        completer.write_registration(VARIABLE, NAME, NAME, NAME, &mut script)?;
    }
    context.show(&String::from_utf8_lossy(&script))
}
