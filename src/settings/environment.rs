//! The environment, read once, and what it says of colour and characters.
//!
//! The only reader of environment variables. It does not know the settings file.

use std::env;
use std::path::PathBuf;

/// The environment variables that matter, read once. Empty ones count as unset.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    /// `MINDRILL_COLLECTION`
    pub collection: Option<PathBuf>,
    /// `MINDRILL_PROGRESS`
    pub progress: Option<PathBuf>,
    /// `MINDRILL_NOW`, RFC 3339
    pub now: Option<String>,
    /// `NO_COLOR`
    pub no_color: Option<String>,
    /// `CLICOLOR_FORCE` or `FORCE_COLOR`, unless 0
    pub force_color: Option<String>,
    /// `TERM`
    pub term: Option<String>,
    /// The first set of `LC_ALL`, `LC_CTYPE`, `LANG`
    pub locale: Option<String>,
    /// `VISUAL`, else `EDITOR`
    pub editor: Option<String>,
    /// `$XDG_CONFIG_HOME`, else `~/.config`
    pub config_home: Option<PathBuf>,
    /// `$XDG_DATA_HOME`, else `~/.local/share`
    pub data_home: Option<PathBuf>,
    /// The working folder
    pub here: PathBuf,
}

#[expect(clippy::disallowed_methods, reason = "this is the reader of the environment")]
fn variable(name: &str) -> Option<String> {
    env::var_os(name).map(|value| value.to_string_lossy().into_owned()).filter(|value| !value.is_empty())
}

#[expect(clippy::disallowed_methods, reason = "this is the reader of the environment")]
fn path_variable(name: &str) -> Option<PathBuf> {
    env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// A base folder of the XDG specification 0.8: relative values are ignored.
fn base_folder(name: &str, below_home: &str) -> Option<PathBuf> {
    let set = path_variable(name).filter(|path| path.is_absolute());
    set.or_else(|| env::home_dir().filter(|home| home.is_absolute()).map(|home| home.join(below_home)))
}

impl Environment {
    /// Reads the process's environment.
    #[must_use]
    pub fn read() -> Self {
        let force = |name| variable(name).filter(|value| value != "0");
        Self {
            collection: path_variable("MINDRILL_COLLECTION"),
            progress: path_variable("MINDRILL_PROGRESS"),
            now: variable("MINDRILL_NOW"),
            no_color: variable("NO_COLOR"),
            force_color: force("CLICOLOR_FORCE").or_else(|| force("FORCE_COLOR")),
            term: variable("TERM"),
            locale: ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(variable),
            editor: ["VISUAL", "EDITOR"].into_iter().find_map(variable),
            config_home: base_folder("XDG_CONFIG_HOME", ".config"),
            data_home: base_folder("XDG_DATA_HOME", ".local/share"),
            here: env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
        }
    }

    /// Whether the terminal can move its cursor.
    #[must_use]
    pub fn is_dumb(&self) -> bool {
        self.term.as_deref() == Some("dumb")
    }

    /// Whether the locale's character set is UTF-8. Nothing set counts as UTF-8, except under `C` and `POSIX`.
    #[must_use]
    pub fn is_utf8(&self) -> bool {
        self.locale.as_ref().is_none_or(|locale| {
            let locale = locale.to_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        })
    }

    /// Whether to colour what goes to a terminal (or, with `is_terminal` false, elsewhere):
    /// an option wins over `NO_COLOR`, that over `CLICOLOR_FORCE`, that over what the output is.
    #[must_use]
    pub fn wants_colour(&self, choice: ColourChoice, is_terminal: bool) -> bool {
        match choice {
            ColourChoice::Always => true,
            ColourChoice::Never => false,
            ColourChoice::Auto if self.no_color.is_some() => false,
            ColourChoice::Auto if self.force_color.is_some() => true,
            ColourChoice::Auto => is_terminal && !self.is_dumb(),
        }
    }
}

/// `--color`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum ColourChoice {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
