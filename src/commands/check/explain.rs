//! `check --explain`: what the rules ask, and why.

use crate::commands::{CommandError, Context};
use crate::lint::{self, Rule, Severity};
use crate::report::explain::{self, Explained};

use super::reading::READING;

/// How many near ids an unknown rule is answered with.
const MOST_SUGGESTIONS: usize = 3;
/// Least Jaro-Winkler similarity (0..1) of an id worth suggesting.
const LEAST_SIMILARITY: f64 = 0.7;

/// Explains one rule, or lists all where none is named.
pub(super) fn run(name: &str, context: &mut Context<'_>) -> Result<(), CommandError> {
    if name.is_empty() { all(context) } else { one(&found(name)?, context) }
}

fn one(rule: &Explained<'_>, context: &mut Context<'_>) -> Result<(), CommandError> {
    if context.json {
        return context.show_line(&explain::json(rule).to_string());
    }
    context.show_page(&explain::page(rule))
}

fn all(context: &mut Context<'_>) -> Result<(), CommandError> {
    let rules: Vec<Explained<'_>> = every().collect();
    if context.json {
        let list: Vec<_> = rules.iter().map(explain::json).collect();
        return context.show_line(&serde_json::Value::from(list).to_string());
    }
    context.show_page(&explain::list(&rules))
}

/// Every rule: those of contents in the order of their ids, then those of reading.
pub(super) fn every() -> impl Iterator<Item = Explained<'static>> {
    let mut content: Vec<Explained<'_>> = lint::rules().map(of_content).collect();
    content.sort_by_key(|rule| rule.id);
    content.into_iter().chain(READING.iter().copied())
}

fn of_content(rule: &'static Rule) -> Explained<'static> {
    let severity = match rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Both => "warning or error",
    };
    let Rule { id, title, why, bad, good, .. } = *rule;
    Explained { id, severity, title, why, examples: Some((bad, good)) }
}

fn found(name: &str) -> Result<Explained<'static>, CommandError> {
    let same = |rule: &Explained<'_>| rule.id.eq_ignore_ascii_case(name);
    every().find(same).ok_or_else(|| {
        let likeness = |id: &str| strsim::jaro_winkler(&name.to_lowercase(), &id.to_lowercase());
        let mut near: Vec<(f64, &str)> = every().map(|rule| (likeness(rule.id), rule.id)).collect();
        near.retain(|(likeness, _)| *likeness >= LEAST_SIMILARITY);
        near.sort_by(|(left, a), (right, b)| right.total_cmp(left).then_with(|| a.cmp(b)));
        let nearest = near.into_iter().take(MOST_SUGGESTIONS).map(|(_, id)| id.to_owned()).collect();
        CommandError::NoRule { name: name.to_owned(), nearest }
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::every;

    /// Rules whose ids are single words, which cannot be told from other words of the source.
    const SINGLE: [&str; 6] = ["cloze", "difficulty", "syntax", "tolerance", "unreadable", "weight"];

    fn files(below: &str, found: &mut Vec<PathBuf>) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(below);
        if path.is_file() {
            return found.push(path);
        }
        for entry in fs::read_dir(path).unwrap() {
            found.push(entry.unwrap().path());
        }
    }

    /// The words with hyphens, in quotes, of the rooms that read maps and decks: their rules.
    fn rules_of_reading() -> BTreeSet<String> {
        let mut paths = Vec::new();
        for below in ["deck_files", "mindmap", "domain/collection.rs", "commands/library.rs"] {
            files(below, &mut paths);
        }
        let mut rules: BTreeSet<String> = SINGLE.map(str::to_owned).into();
        for path in paths.iter().filter(|path| path.is_file()) {
            let text = fs::read_to_string(path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
            for word in lines.flat_map(|line| line.split('"').skip(1).step_by(2)) {
                let is_id = word.contains('-')
                    && word.starts_with(|first: char| first.is_ascii_lowercase())
                    && word.split('-').all(|part| {
                        !part.is_empty()
                            && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
                    });
                // `radar-beta` and its like are kinds of diagrams.
                if is_id && !word.ends_with("-beta") {
                    rules.insert(word.to_owned());
                }
            }
        }
        rules
    }

    #[test]
    fn every_rule_of_reading_is_explained_and_none_is_that_no_longer_exists() {
        let is_content = |id: &str| id.starts_with(|first: char| first.is_ascii_uppercase());
        let explained: BTreeSet<String> =
            every().map(|rule| rule.id.to_owned()).filter(|id| !is_content(id)).collect();
        assert_eq!(explained, rules_of_reading());
    }

    #[test]
    fn ids_are_unique_and_titles_are_lines() {
        let ids: BTreeSet<&str> = every().map(|rule| rule.id).collect();
        assert_eq!(ids.len(), every().count());
        for rule in every() {
            assert!(!rule.title.is_empty() && rule.title.chars().count() < 110, "{}", rule.id);
            assert!(!rule.title.ends_with('.'), "{}", rule.id);
        }
    }
}
