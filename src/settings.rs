//! Settings: the environment, the settings file and the paths that follow from them.
//!
//! The only reader of environment variables. It does not know what a collection or a store holds.

use std::env;
use std::fmt;
use std::fs;
use std::io;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::domain::retention::Retention;

/// New cards a day where nothing else is said: the habit of the field (Anki's default too).
pub const NEW_PER_DAY: u32 = 20;
/// From so many new cards a day on, due days are spread unless the settings say otherwise.
pub const FUZZ_FROM_NEW_PER_DAY: u32 = 30;
/// Largest settings file that is read, in bytes.
const MOST_BYTES: u64 = 1 << 20;

/// Where a setting came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// An option on the command line.
    Flag(&'static str),
    /// An environment variable.
    Variable(&'static str),
    /// The settings file.
    File,
    /// Found by looking from the working folder upwards.
    Found,
    /// Nothing was said.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) | Self::Variable(name) => out.write_str(name),
            Self::File => out.write_str("settings file"),
            Self::Found => out.write_str("found from here upwards"),
            Self::Default => out.write_str("default"),
        }
    }
}

/// A value and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Where it came from.
    pub origin: Origin,
}

impl<T> Sourced<T> {
    /// A value with its origin.
    pub fn new(value: T, origin: Origin) -> Self {
        Self { value, origin }
    }
}

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

/// What the settings file may say; every key is optional.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    collection: Option<PathBuf>,
    new_per_day: Option<u32>,
    repeat_hard: Option<bool>,
    fuzz: Option<bool>,
    scheduler: Option<SchedulerChoice>,
    #[serde(default, deserialize_with = "retention")]
    retention: Option<Retention>,
    confidence: Option<bool>,
}

/// What sets the day on which a card is due again: `scheduler` in the settings file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SchedulerChoice {
    /// The interval grows by the card's ease.
    #[default]
    Sm2,
    /// A card is due when its recall falls to the retention.
    Fsrs,
}

impl fmt::Display for SchedulerChoice {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Sm2 => "sm2",
            Self::Fsrs => "fsrs",
        })
    }
}

/// A number that lies within the bounds of a retention.
fn retention<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Retention>, D::Error> {
    let share = f64::deserialize(from)?;
    let wrong = || D::Error::custom(format!("`retention` is a share from 0.7 to 0.99, not {share}"));
    Retention::new(share).map(Some).ok_or_else(wrong)
}

/// The settings in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The settings file, whether it is there or not; `None` without a home.
    pub file: Option<PathBuf>,
    /// The collection that an option, a variable or the file names.
    pub collection: Option<Sourced<PathBuf>>,
    /// The progress database; `None` without a home.
    pub progress: Option<Sourced<PathBuf>>,
    /// New cards a day.
    pub new_per_day: Sourced<u32>,
    /// Whether grade 3 comes back in the same sitting too.
    pub repeat_hard: Sourced<bool>,
    /// Whether due days of cards begun together are spread.
    pub fuzz: Sourced<bool>,
    /// What sets the day on which a card is due again.
    pub scheduler: Sourced<SchedulerChoice>,
    /// Recall at which a card is due, under `fsrs` alone.
    pub retention: Sourced<Retention>,
    /// Whether the learner is asked how sure a reply is, before it is judged.
    pub confidence: Sourced<bool>,
}

/// What the command line says of paths.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    /// `--collection`
    pub collection: Option<PathBuf>,
    /// `--progress`
    pub progress: Option<PathBuf>,
}

/// Why there are no settings.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The settings file is there but cannot be read.
    #[error("cannot read the settings file `{}`", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The settings file is no TOML, has an unknown key or a value of the wrong type.
    #[error("cannot use the settings file `{}`: line {line}, column {column}: {message}", path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// There is no place for progress: no home folder.
    #[error("no place for progress: neither `XDG_DATA_HOME` nor `HOME` is set to an absolute path")]
    NoHome,
}

impl SettingsError {
    /// The next step.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "make it readable, or move it away: every setting has a default",
            Self::Unusable { .. } => {
                "known keys: `collection` (a path), `new_per_day` (a number), `scheduler` (\"sm2\" or \"fsrs\"), `retention` (0.7 to 0.99), `repeat_hard`, `fuzz`, `confidence` (true or false)"
            }
            Self::NoHome => "name a file: `--progress FILE`, or set `MINDRILL_PROGRESS`",
        }
    }
}

impl Settings {
    /// Puts command line, environment and settings file together, in that order of weight.
    ///
    /// # Errors
    /// See [`SettingsError`].
    pub fn load(flags: Flags, environment: &Environment) -> Result<Self, SettingsError> {
        let path = environment.config_home.as_ref().map(|home| home.join("mindrill").join("config.toml"));
        let file = path.as_deref().map(read).transpose()?.unwrap_or_default();
        let new_per_day = sourced(file.new_per_day, NEW_PER_DAY);
        let fuzz = sourced(file.fuzz, new_per_day.value >= FUZZ_FROM_NEW_PER_DAY);
        Ok(Self {
            collection: collection(flags.collection, environment, file.collection, path.as_deref()),
            progress: progress(flags.progress, environment),
            repeat_hard: sourced(file.repeat_hard, false),
            new_per_day,
            fuzz,
            scheduler: sourced(file.scheduler, SchedulerChoice::default()),
            retention: sourced(file.retention, Retention::DEFAULT),
            confidence: sourced(file.confidence, false),
            file: path,
        })
    }
}

fn sourced<T>(said: Option<T>, default: T) -> Sourced<T> {
    match said {
        Some(value) => Sourced::new(value, Origin::File),
        None => Sourced::new(default, Origin::Default),
    }
}

/// The named collection; a relative path in the settings file starts at that file's folder.
fn collection(
    flag: Option<PathBuf>,
    environment: &Environment,
    filed: Option<PathBuf>,
    file: Option<&Path>,
) -> Option<Sourced<PathBuf>> {
    let folder = file.and_then(Path::parent);
    let filed = || filed.map(|path| folder.map_or_else(|| path.clone(), |folder| folder.join(&path)));
    let flagged = flag.map(|path| Sourced::new(path, Origin::Flag("--collection")));
    let set = || {
        environment.collection.clone().map(|path| Sourced::new(path, Origin::Variable("MINDRILL_COLLECTION")))
    };
    flagged.or_else(set).or_else(|| filed().map(|path| Sourced::new(path, Origin::File)))
}

fn progress(flag: Option<PathBuf>, environment: &Environment) -> Option<Sourced<PathBuf>> {
    let flagged = flag.map(|path| Sourced::new(path, Origin::Flag("--progress")));
    let set =
        || environment.progress.clone().map(|path| Sourced::new(path, Origin::Variable("MINDRILL_PROGRESS")));
    let default = || environment.data_home.as_ref().map(|home| home.join("mindrill").join("progress.db"));
    flagged.or_else(set).or_else(|| default().map(|path| Sourced::new(path, Origin::Default)))
}

/// The settings file; a missing one says nothing.
fn read(path: &Path) -> Result<File, SettingsError> {
    let unreadable = |source| SettingsError::Unreadable { path: path.to_owned(), source };
    let file = match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(File::default()),
        Err(error) => return Err(unreadable(error)),
        Ok(metadata) if !metadata.is_file() || metadata.len() > MOST_BYTES => {
            return Err(unreadable(io::Error::other("not a regular file of at most 1 MiB")));
        }
        Ok(_) => fs::File::open(path).map_err(unreadable)?,
    };
    let mut text = String::new();
    file.take(MOST_BYTES).read_to_string(&mut text).map_err(unreadable)?;
    toml::from_str(&text).map_err(|error| unusable(path, &text, &error))
}

fn unusable(path: &Path, text: &str, error: &toml::de::Error) -> SettingsError {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or("");
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |part| part.chars().count()) + 1;
    SettingsError::Unusable { path: path.to_owned(), line, column, message: error.message().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{ColourChoice, Environment, Flags, Origin, Settings};
    use std::path::PathBuf;

    fn environment(config: Option<&str>) -> (tempfile::TempDir, Environment) {
        let folder = tempfile::tempdir().unwrap();
        if let Some(text) = config {
            std::fs::create_dir(folder.path().join("mindrill")).unwrap();
            std::fs::write(folder.path().join("mindrill/config.toml"), text).unwrap();
        }
        let environment = Environment {
            config_home: Some(folder.path().to_owned()),
            data_home: Some(PathBuf::from("/data")),
            ..Environment::default()
        };
        (folder, environment)
    }

    #[test]
    fn an_option_wins_over_a_variable_and_that_over_the_file() {
        let (folder, mut environment) = environment(Some("collection = 'mine'\nnew_per_day = 40"));
        let settings = Settings::load(Flags::default(), &environment).unwrap();
        assert_eq!(settings.collection.unwrap().value, folder.path().join("mindrill/mine"));
        assert!(settings.fuzz.value, "40 new cards a day are spread");
        assert_eq!(settings.progress.unwrap().value, PathBuf::from("/data/mindrill/progress.db"));
        environment.collection = Some(PathBuf::from("/set"));
        let settings = Settings::load(Flags::default(), &environment).unwrap();
        assert_eq!(settings.collection.unwrap().origin, Origin::Variable("MINDRILL_COLLECTION"));
        let flags = Flags { collection: Some(PathBuf::from("/flag")), progress: Some(PathBuf::from("p")) };
        let settings = Settings::load(flags, &environment).unwrap();
        assert_eq!(settings.collection.unwrap().value, PathBuf::from("/flag"));
        assert_eq!(settings.progress.unwrap().origin, Origin::Flag("--progress"));
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_place() {
        let (_folder, environment) = environment(Some("new_per_day = 5\n  newperday = 6"));
        let error = Settings::load(Flags::default(), &environment).unwrap_err().to_string();
        assert!(error.contains("line 2, column 3") && error.contains("newperday"), "{error}");
    }

    #[test]
    fn a_retention_out_of_range_is_refused_and_so_is_an_unknown_scheduler() {
        let told = |text: &str| {
            let (_folder, environment) = environment(Some(text));
            Settings::load(Flags::default(), &environment).map_err(|error| error.to_string())
        };
        for wrong in ["retention = 0.5", "retention = 1", "retention = 90", "retention = nan"] {
            let error = told(&format!("scheduler = 'fsrs'\n{wrong}")).unwrap_err();
            assert!(error.contains("line 2, column 13: `retention` is a share from 0.7 to 0.99"), "{error}");
        }
        let error = told("scheduler = 'sm5'").unwrap_err();
        assert!(error.contains("unknown variant `sm5`, expected `sm2` or `fsrs`"), "{error}");
        let settings = told("scheduler = 'fsrs'\nretention = 0.85").unwrap();
        assert_eq!(settings.retention.value.thousandths(), 850);
    }

    #[test]
    fn without_a_home_there_is_no_place_for_progress_unless_it_is_named() {
        let environment = Environment::default();
        assert_eq!(Settings::load(Flags::default(), &environment).unwrap().progress, None);
        let flags = Flags { progress: Some(PathBuf::from("p")), ..Flags::default() };
        assert!(Settings::load(flags, &environment).unwrap().progress.is_some());
    }

    #[test]
    fn no_color_must_not_be_empty_and_a_flag_wins() {
        let mut environment = Environment { force_color: Some("1".into()), ..Environment::default() };
        assert!(environment.wants_colour(ColourChoice::Auto, false));
        environment.no_color = Some("1".into());
        assert!(!environment.wants_colour(ColourChoice::Auto, true));
        assert!(environment.wants_colour(ColourChoice::Always, false));
        environment = Environment { term: Some("dumb".into()), ..Environment::default() };
        assert!(!environment.wants_colour(ColourChoice::Auto, true));
    }
}
