//! `man`: the manual page.

use clap::{Args, CommandFactory};

use super::{Cli, CommandError, Context};

/// Print the manual page
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill man | man -l -\n  mindrill man map show | man -l -\n  mindrill man quiz > mindrill-quiz.1"
)]
pub struct ManArgs {
    /// The page of one command
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
}

pub(super) fn run(args: &ManArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    let mut whole = Cli::command();
    whole.build();
    let mut command = whole;
    for name in &args.command {
        command =
            command.find_subcommand(name).cloned().ok_or_else(|| CommandError::NoCommand(name.clone()))?;
    }
    let mut text = Vec::new();
    clap_mangen::Man::new(command).render(&mut text)?;
    context.show(&String::from_utf8_lossy(&text))
}
