//! Laws that hold for any text: no panic, trees that agree, mending and drawing that change no key.

use mindrill::domain::skill_map::SkillMap;
use mindrill::mindmap::{self, Reading};
use proptest::prelude::{ProptestConfig, Strategy, any, prop, prop_assert, prop_assert_eq, proptest};
use proptest::sample::select;

use crate::keys;

/// The grammar's own pieces, in any order.
const PIECES: &[&str] = &[
    "mindmap",
    "Mindmap",
    "mindmap\n",
    " ",
    "  ",
    "\t",
    "\n",
    "\n",
    "\n\n",
    "\r\n",
    "a",
    "B c",
    "id",
    "(",
    ")",
    "((",
    "))",
    "[",
    "]",
    "{{",
    "}}",
    "{",
    "}",
    "(-",
    "-)",
    "-",
    "\"",
    "`",
    "\"`",
    "`\"",
    "[\"x\"]",
    "(\"y z\")",
    "(text)",
    " (deep)",
    ":::",
    ":::hot",
    " ::icon(x)",
    "::icon(x)\n",
    "%%",
    " %% c",
    "%% c\n",
    "%%{",
    "}%%",
    "%%{x}",
    "---",
    "---\n",
    "---\ntitle: x\n---\n",
    "#",
    "#quot;",
    "#12;",
    ";",
    "&amp;",
    "&",
    "&#35;",
    "<br>",
    "<b>",
    "</b>",
    "<",
    ">",
    "=\"",
    "style",
    ":",
    "\u{a0}",
    "\u{2028}",
    "\u{feff}",
    "\u{85}",
    "é",
    "**",
    "```mermaid\n",
    "```\n",
    "> ",
    "- ",
    "# T\n",
    "1. ",
    "()",
];

fn pieces() -> impl Strategy<Value = String> {
    prop::collection::vec(select(PIECES), 0..24).prop_map(|pieces| pieces.concat())
}

/// A map with a header and indented nodes made of pieces.
fn maps() -> impl Strategy<Value = String> {
    let node = (3_usize..9, prop::collection::vec(select(PIECES), 1..4));
    prop::collection::vec(node, 1..6).prop_map(|nodes| {
        let line = |(number, (indent, pieces)): (usize, &(usize, Vec<&str>))| {
            format!("{}n{number}{}\n", " ".repeat(*indent), pieces.concat())
        };
        format!("mindmap\n  root\n{}", nodes.iter().enumerate().map(line).collect::<String>())
    })
}

fn labels(map: &SkillMap) -> Vec<&str> {
    map.nodes().iter().map(|node| node.label.as_str()).collect()
}

/// What must hold for every reading.
fn holds(text: &str, reading: &Reading) -> Result<(), proptest::test_runner::TestCaseError> {
    let lines = text.replace("\r\n", "\n").matches(['\n', '\r']).count() + 1;
    for problem in &reading.problems {
        prop_assert!((1..=lines).contains(&problem.place.line), "{:?}", problem);
        prop_assert!(problem.place.column >= 1 && !problem.hint.is_empty(), "{:?}", problem);
    }
    prop_assert!(reading.map.is_some() || !reading.problems.is_empty());
    let Some(map) = &reading.map else { return Ok(()) };
    prop_assert!(reading.mermaid_ok || !reading.problems.is_empty());
    let mut seen = std::collections::BTreeSet::new();
    for (place, node) in map.indices().zip(map.nodes()) {
        prop_assert!(seen.insert(node.key.0.as_str()), "{} twice", node.key);
        prop_assert_eq!(node.mermaid.is_some(), reading.mermaid_ok);
        prop_assert_eq!(map.find(&node.key.0), Ok(place));
        if let Some(parent) = node.parent {
            prop_assert!(parent < place && map.node(parent).children.contains(&place));
            prop_assert_eq!(node.depth, map.node(parent).depth + 1);
        }
    }
    Ok(())
}

/// A failure is written down as a test of its own, not in a file that nobody reads.
fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_text_makes_a_reader_panic(text in any::<String>()) {
        holds(&text, &mindmap::read(&text, "x.mmd"))?;
        holds(&text, &mindmap::read_markdown(&text, "x.md"))?;
        drop(mindmap::mermaid(&text));
        drop(mindmap::format(&text, "x.md"));
    }

    #[test]
    fn no_order_of_the_grammars_pieces_makes_a_reader_panic(text in pieces()) {
        holds(&text, &mindmap::read(&text, "x.mmd"))?;
        holds(&text, &mindmap::read_markdown(&text, "x.md"))?;
        drop(mindmap::format(&text, "x.mmd"));
        drop(mindmap::format(&text, "x.md"));
    }

    #[test]
    fn a_map_is_read_as_the_tree_that_mermaid_draws(text in maps()) {
        let reading = mindmap::read(&text, "x.mmd");
        holds(&text, &reading)?;
        let drawn = mindmap::mermaid(&text);
        prop_assert_eq!(reading.mermaid_ok, drawn.is_ok());
        if let (Some(map), Ok(drawn)) = (&reading.map, drawn) {
            let ours = map.nodes().iter().map(|node| node.parent.map(|parent| parent.0));
            prop_assert!(ours.eq(drawn.nodes.iter().map(|node| node.parent)));
        }
    }

    #[test]
    fn mending_changes_no_key_and_no_label_and_is_done_once(text in maps(), quoted in any::<bool>()) {
        let (text, file) = if quoted {
            (text.lines().fold("> ```mermaid\n".to_owned(), |page, line| page + "> " + line + "\n"), "x.md")
        } else {
            (text, "x.mmd")
        };
        let before = mindmap::read_file(&text, file);
        let Some(map) = &before.map else { return Ok(()) };
        let mended = mindmap::format(&text, file).expect("it is read");
        let after = mindmap::read_file(&mended, file);
        prop_assert!(after.map.is_some(), "{mended}: {:?}", after.problems);
        let again = after.map.as_ref().expect("read");
        prop_assert_eq!(keys(map), keys(again));
        prop_assert_eq!(labels(map), labels(again));
        prop_assert!(after.mermaid_ok || !before.mermaid_ok);
        let twice = mindmap::format(&mended, file);
        prop_assert_eq!(twice, Ok(mended));
    }

    #[test]
    fn a_drawn_map_reads_back_to_the_same_keys_and_labels_and_mermaid_draws_them(text in maps()) {
        let Some(map) = mindmap::read(&text, "x.mmd").map else { return Ok(()) };
        let drawn = mindmap::write(&map);
        let back = mindmap::read(&drawn, "x.mmd");
        prop_assert!(back.mermaid_ok, "{drawn}: {:?}", back.mermaid_error);
        prop_assert!(back.map.is_some(), "{drawn}: {:?}", back.problems);
        let again = back.map.as_ref().expect("read");
        prop_assert_eq!(keys(&map), keys(again));
        prop_assert_eq!(labels(&map), labels(again));
        prop_assert!(back.problems.iter().all(|problem| problem.rule != "mermaid-label"), "{drawn}");
    }
}
