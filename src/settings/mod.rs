//! Settings: the environment, the settings file and the paths that follow from them.
//!
//! It does not know what a collection or a store holds.

mod environment;
mod file;

pub use environment::{ColourChoice, Environment};
pub use file::{SchedulerChoice, SettingsError};

use std::fmt;
use std::path::{Path, PathBuf};

use crate::domain::retention::Retention;

/// New cards a day where nothing else is said: the habit of the field (Anki's default too).
pub const NEW_PER_DAY: u32 = 20;
/// From so many new cards a day on, due days are spread unless the settings say otherwise.
pub const FUZZ_FROM_NEW_PER_DAY: u32 = 30;

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

impl Settings {
    /// Puts command line, environment and settings file together, in that order of weight.
    ///
    /// # Errors
    /// See [`SettingsError`].
    pub fn load(flags: Flags, environment: &Environment) -> Result<Self, SettingsError> {
        let path = environment.config_home.as_ref().map(|home| home.join("mindrill").join("config.toml"));
        let file = path.as_deref().map(file::read).transpose()?.unwrap_or_default();
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
