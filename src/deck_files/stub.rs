//! The first text of a new deck: its head, and one example of every kind in comments.
//!
//! It does not know where decks lie, nor what the map says.

use std::path::{Path, PathBuf};

use toml_edit::Value;

use super::ids;
use super::own_settings::FILE_NAME;
use crate::domain::day::StudyDay;

/// One card of every kind. Lines that begin with `##` tell what follows; the others are TOML.
const EXAMPLES: &str = include_str!("starter/examples.toml");

/// A deck of that title, bound to a node by its key, whose facts are checked today. The examples are comments: without
/// their leading `# ` each of them is a card.
#[must_use]
pub fn stub(title: &str, node: &str, today: StudyDay) -> String {
    let mut text = format!(
        "[deck]\ntitle = {}\nnode = {}\nas_of = {today}\n\n\
         ## An example of every kind follows. Take the `# ` away from the lines of the one you want, and change them.\n\
         ## `mindrill preview FILE --watch` shows the cards while you write, `mindrill check` looks them over.\n\n",
        Value::from(title),
        Value::from(node),
    );
    for line in EXAMPLES.lines() {
        if !(line.is_empty() || line.starts_with("##")) {
            text.push_str("# ");
        }
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// Where a new deck for a leaf of that key lies, below the collection's folder: in the folder of its branch, under its
/// own slug. Where a deck has that id already, the parent's slug goes before it.
///
/// `None` where no file name can be made of the key: it is too long, or each name is taken.
#[must_use]
pub fn home(key: &str, is_taken: impl Fn(&str) -> bool) -> Option<PathBuf> {
    let parts: Vec<&str> = key.split('/').collect();
    let (leaf, above) = parts.split_last()?;
    let parent = above.last().map_or("deck", |parent| parent);
    let names = [(*leaf).to_owned(), format!("{parent}-{leaf}"), parts.join("-")];
    let fits =
        |name: &&String| ids::fault(name).is_none() && !is_taken(name) && format!("{name}.toml") != FILE_NAME;
    let name = names.iter().find(fits)?;
    let file = format!("{name}.toml");
    Some(above.first().map_or_else(|| PathBuf::from(&file), |branch| Path::new(branch).join(&file)))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use std::path::Path;

    use super::{home, stub};
    use crate::deck_files::deck::parse;
    use crate::domain::card::{Card, DeckId, Kind};
    use crate::domain::day::StudyDay;

    fn problems_of(text: &str) -> (Vec<Kind>, Vec<String>) {
        let parsed = parse(DeckId("leaf".to_owned()), &Arc::from("leaf.toml"), text);
        let problems = parsed.problems.iter().map(|problem| problem.rule.to_owned()).collect();
        let deck = parsed.deck.expect("a sound deck");
        (deck.cards.iter().map(Card::kind).collect(), problems)
    }

    fn today() -> StudyDay {
        StudyDay::from_ymd(2026, 11, 22).expect("a day")
    }

    #[test]
    fn a_new_deck_loads_and_lacks_nothing_but_cards() {
        for title in ["Ruby (deep)", "say \"hi\"", "back\\slash", "日本 ' \u{7} \n x", "\"\"\""] {
            let text = stub(title, "languages/ruby", today());
            assert_eq!(problems_of(&text), (Vec::new(), vec!["no-cards".to_owned()]), "{text}");
            let parsed = parse(DeckId("leaf".to_owned()), &Arc::from("leaf.toml"), &text);
            let deck = parsed.deck.expect("a sound deck");
            assert_eq!((deck.title.as_str(), deck.as_of), (title.trim(), Some(today())));
        }
    }

    #[test]
    fn each_example_without_its_marks_is_a_card_and_so_are_all_of_them() {
        let text = stub("Leaf", "leaf", today());
        let (head, examples) = text.split_once("\n\n## a question").expect("examples");
        let examples = format!("## a question{examples}");
        let bared: Vec<String> = examples
            .split("\n\n")
            .map(|example| {
                example
                    .lines()
                    .map(|line| line.strip_prefix("# ").unwrap_or(line))
                    .collect::<Vec<_>>()
                    .join("\n")
            })
            .collect();
        assert_eq!(bared.len(), Kind::ALL.len());
        for (kind, example) in Kind::ALL.iter().zip(&bared) {
            assert_eq!(
                problems_of(&format!("{head}\n\n{example}\n")),
                (vec![*kind], Vec::new()),
                "{example}"
            );
        }
        assert_eq!(
            problems_of(&format!("{head}\n\n{}\n", bared.join("\n\n"))),
            (Kind::ALL.to_vec(), Vec::new())
        );
    }

    #[test]
    fn a_deck_lies_in_the_folder_of_its_branch_under_a_name_of_its_own() {
        let long = format!("a/{}", "x".repeat(200));
        let table: [(&str, &[&str], Option<&str>); 8] = [
            ("backend/databases/indexing", &[], Some("backend/indexing.toml")),
            ("indexing", &[], Some("indexing.toml")),
            ("a/b/testing", &["testing"], Some("a/b-testing.toml")),
            ("a/b/testing", &["testing", "b-testing"], Some("a/a-b-testing.toml")),
            ("a/b/testing", &["testing", "b-testing", "a-b-testing"], None),
            ("mindrill", &[], Some("deck-mindrill.toml")),
            ("été/数据", &[], Some("été/数据.toml")),
            (&long, &[], None),
        ];
        for (key, taken, place) in table {
            let found = home(key, |id| taken.contains(&id));
            assert_eq!(found.as_deref(), place.map(Path::new), "{key}");
        }
    }
}
