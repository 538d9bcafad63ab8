//! The README tells the truth: its deck loads, its commands exist.

use std::fs;
use std::path::Path;

use clap::CommandFactory;
use mindrill::commands::Cli;
use mindrill::deck_files;
use mindrill::domain::problem::Level;

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
}

#[test]
fn the_deck_of_the_readme_loads() {
    let text = readme();
    let block = text.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("indexing.toml");
    fs::write(&file, block).unwrap();
    let loaded = deck_files::read_paths(&[file]);
    let errors: Vec<_> = loaded.problems.iter().filter(|problem| problem.level == Level::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(loaded.decks[0].cards.len(), 1);
}

#[test]
fn every_command_has_a_line_in_the_readme() {
    let text = readme();
    for command in
        Cli::command().get_subcommands().map(clap::Command::get_name).filter(|name| *name != "help")
    {
        assert!(text.contains(&format!("`{command}")), "`{command}` is not in the README");
    }
}

#[test]
fn the_readme_opens_with_the_two_commands() {
    let text = readme();
    let opening: Vec<&str> = text.lines().take(6).collect();
    assert!(opening.iter().any(|line| line.starts_with("cargo run --release -- quiz")));
    assert!(opening.iter().any(|line| line.starts_with("cargo test")));
}
