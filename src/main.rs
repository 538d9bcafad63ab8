//! The binary: argv, the environment, the real terminal and clock, the exit code. No logic.

use std::error::Error;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use mindrill::clock::Clock;
use mindrill::commands::{self, Cli, CommandError, World};
use mindrill::report::page::{self, Colour, Glyphs, Look};
use mindrill::report::{snippet, trouble};
use mindrill::settings::{Environment, Settings};
use mindrill::terminal::{self, Colours};

fn main() -> ExitCode {
    clap_complete::CompleteEnv::with_factory(Cli::command).complete();
    let parsed = Cli::try_parse();
    let environment = Environment::read();
    let choice = parsed.as_ref().map(Cli::colour).unwrap_or_default();
    let (out, err) = terminal::are_terminals();
    let painted = |is_terminal| colour(environment.wants_colour(choice, is_terminal));
    let look = Look { width: terminal::error_width(), colour: painted(err), glyphs: glyphs(&environment) };
    let colour = painted(out);
    let ended = match parsed {
        Ok(cli) => run(cli, environment, colour),
        Err(error) if error.use_stderr() => return misused(&error),
        Err(help) => help.print().map_err(CommandError::from),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tell(&error, &look);
            ExitCode::from(error.exit_code())
        }
    }
}

/// A usage error, which echoes arguments: they pass the same cleaning as all other text.
fn misused(error: &clap::Error) -> ExitCode {
    let told = error.render().to_string();
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let cleaned = told.lines().map(|line| " ".repeat(indent(line)) + &page::clean(line) + "\n");
    terminal::complain(&cleaned.collect::<String>());
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

fn run(cli: Cli, environment: Environment, colour: Colour) -> Result<(), CommandError> {
    let clock = match &environment.now {
        None => Clock::System,
        Some(now) => Clock::Fixed(now.parse().map_err(|_| CommandError::Now)?),
    };
    let settings = Settings::load(cli.flags(), &environment)?;
    let colours = if colour == Colour::On { Colours::On } else { Colours::Off };
    let mut terminal = terminal::open(cli.terminal_use(), colours)?;
    commands::run(cli, World { terminal: terminal.as_mut(), clock, environment, settings, colour })
}

fn colour(wanted: bool) -> Colour {
    if wanted { Colour::On } else { Colour::Off }
}

fn glyphs(environment: &Environment) -> Glyphs {
    if environment.is_utf8() { Glyphs::Unicode } else { Glyphs::Ascii }
}

/// Error, causes and hint on standard error; a closed pipe is no error, nor is Ctrl-C.
fn tell(error: &CommandError, look: &Look) {
    if error.exit_code() == 0 {
        return;
    }
    if matches!(error, CommandError::Interrupted) {
        return terminal::complain(&format!("{error}\n"));
    }
    if let Some((problems, text)) = error.problems() {
        terminal::complain(&snippet::text(problems, |_| Some(text), look));
    }
    let causes: Vec<String> =
        std::iter::successors(error.source(), |cause| (*cause).source()).map(ToString::to_string).collect();
    terminal::complain(&trouble::page(&error.to_string(), &causes, error.hint().as_deref()).paint(look));
}
