//! A learner made of lines, with a progress file of its own.

use std::path::{Path, PathBuf};

use clap::Parser;
use mindrill::clock::Clock;
use mindrill::commands::{self, Cli, CommandError, World};
use mindrill::report::page::Colour;
use mindrill::settings::{Environment, Settings};
use mindrill::terminal::Lines;
use tempfile::TempDir;

/// The small collection of the tests; one card of it is broken on purpose.
pub fn small() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/collection")
}

/// A learner.
pub struct Learner {
    folder: TempDir,
    collection: PathBuf,
    now: String,
    width: usize,
}

/// What a command printed, and how it ended.
pub struct Printed {
    pub text: String,
    pub end: Result<(), CommandError>,
}

impl Learner {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder, collection: small(), now: "2026-11-22T10:00:00Z".to_owned(), width: 80 }
    }

    /// The same learner, later.
    pub fn at(&mut self, now: &str) -> &mut Self {
        now.clone_into(&mut self.now);
        self
    }

    pub fn of(mut self, collection: &Path) -> Self {
        collection.clone_into(&mut self.collection);
        self
    }

    pub fn wide(mut self, width: usize) -> Self {
        self.width = width;
        self
    }

    /// The same learner, with that settings file.
    pub fn settled(self, settings: &str) -> Self {
        let folder = self.folder.path().join("config/mindrill");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("config.toml"), settings).unwrap();
        self
    }

    /// The folder of the learner's own files.
    pub fn home(&self) -> &Path {
        self.folder.path()
    }

    /// The progress file.
    pub fn progress(&self) -> PathBuf {
        self.folder.path().join("progress.db")
    }

    /// Runs a command line; words are parted by spaces.
    pub fn run(&self, words: &str, input: &str) -> Printed {
        self.run_words(&words.split_whitespace().collect::<Vec<_>>(), input)
    }

    /// Runs a command line of these words.
    pub fn run_words(&self, words: &[&str], input: &str) -> Printed {
        let base = ["mindrill", "--seed", "1"].iter();
        let cli = Cli::try_parse_from(base.chain(words)).unwrap();
        let environment = Environment {
            collection: Some(self.collection.clone()),
            progress: Some(self.progress()),
            config_home: Some(self.folder.path().join("config")),
            here: self.folder.path().to_owned(),
            ..Environment::default()
        };
        let settings = Settings::load(cli.flags(), &environment).unwrap();
        let mut terminal = Lines::new(input.as_bytes(), Vec::new(), self.width);
        let clock = Clock::Fixed(self.now.parse().unwrap());
        let world = World { terminal: &mut terminal, clock, environment, settings, colour: Colour::Off };
        let end = commands::run(cli, world);
        Printed { text: String::from_utf8(terminal.into_output()).unwrap(), end }
    }

    /// Runs a command that must end well.
    pub fn says(&self, words: &str, input: &str) -> String {
        let printed = self.run(words, input);
        printed.end.unwrap_or_else(|error| panic!("`{words}` failed: {error}\n{}", printed.text));
        printed.text
    }

    /// Runs a command that must end well and prints JSON, one object a line.
    pub fn json(&self, words: &str, input: &str) -> Vec<serde_json::Value> {
        let text = self.says(&format!("{words} --json"), input);
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Runs a command that must fail; gives error and hint.
    pub fn fails(&self, words: &str) -> (String, String) {
        let error = self.run(words, "").end.unwrap_err();
        (error.to_string(), error.hint().unwrap_or_default())
    }
}
