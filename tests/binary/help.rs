//! All of `--help`, pinned: what a stranger reads first.

use crate::place::Place;

/// Every command.
const COMMANDS: [&str; 43] = [
    "",
    "quiz",
    "due",
    "coverage",
    "why",
    "interview",
    "interview set",
    "interview list",
    "interview clear",
    "plan",
    "ready",
    "items",
    "stats",
    "weak",
    "mock",
    "audit",
    "tune",
    "cards",
    "show",
    "preview",
    "init",
    "new",
    "edit",
    "answer",
    "undo",
    "relink",
    "log",
    "log import",
    "map",
    "map show",
    "map check",
    "map fmt",
    "map diff",
    "map rename",
    "check",
    "add",
    "fmt",
    "import",
    "schema",
    "doctor",
    "where",
    "completions",
    "man",
];

/// The heading of the options that every command takes, told in full once.
const EVERYWHERE: &str = "Everywhere:\n";

#[test]
fn every_help_has_examples_and_fits_a_hundred_columns() {
    let place = Place::new();
    for command in COMMANDS {
        let help = place.says(&format!("{command} --help"));
        assert!(help.contains("Examples:\n  mindrill"), "{command}");
        assert!(help.lines().all(|line| line.chars().count() <= 100), "{command}");
        assert_eq!(help, place.says(&format!("help {command}")), "{command}");
    }
}

/// The commands about weak areas and the day of the interview.
const DIAGNOSIS: [&str; 15] = [
    "quiz",
    "coverage",
    "why",
    "interview",
    "interview set",
    "plan",
    "ready",
    "stats",
    "weak",
    "mock",
    "audit",
    "tune",
    "log",
    "log import",
    "due",
];

#[test]
fn what_is_told_behind_the_options_fits_eighty_columns_as_it_is_written() {
    let place = Place::new();
    for command in DIAGNOSIS {
        let help = place.says(&format!("{command} --help"));
        let (_, behind) = help.split_once("Examples:\n").unwrap();
        let long: Vec<&str> = behind.lines().filter(|line| line.chars().count() > 80).collect();
        assert!(long.is_empty(), "{command}: wrapped once more, these lines are torn: {long:#?}");
    }
}

#[test]
fn every_command_that_help_lists_is_pinned_here() {
    let help = Place::new().says("--help");
    let listed = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names = listed.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    for name in names.map(|line| line.split_whitespace().next().unwrap()) {
        assert!(name == "help" || COMMANDS.contains(&name), "{name}");
    }
}

#[test]
fn all_of_help() {
    let place = Place::new();
    let all = COMMANDS.map(|command| {
        let help = place.says(&format!("{command} --help"));
        let told = match (command, help.split_once(EVERYWHERE)) {
            ("", _) | (_, None) => help,
            (_, Some((before, rest))) => {
                let after = rest.split_once("\n\n").map_or("", |(_, after)| after);
                format!("{before}{EVERYWHERE}  ..\n\n{after}")
            }
        };
        format!("$ mindrill {command}\n{told}\n")
    });
    insta::assert_snapshot!(all.concat());
}
