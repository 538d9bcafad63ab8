//! Our reading of what authors write: recoveries, keys, problems, mending.

use mindrill::domain::problem::Level;
use mindrill::mindmap::{self, Reading, RefusalKind};

use crate::keys;

/// Labels, indented by depth.
fn outline(reading: &Reading) -> String {
    let map = reading.map.as_ref().unwrap_or_else(|| panic!("{:?}", reading.problems));
    map.nodes().iter().map(|node| "  ".repeat(node.depth) + &node.label + "\n").collect::<Vec<_>>().concat()
}

/// Rule, line and column of a problem.
type Told = (&'static str, usize, usize);

fn told(reading: &Reading) -> Vec<Told> {
    reading.problems.iter().map(|problem| (problem.rule, problem.place.line, problem.place.column)).collect()
}

/// A node on line 3 of a map.
fn node(line: &str) -> Reading {
    mindmap::read(&format!("mindmap\n  root\n    {line}\n    next\n"), "map.mmd")
}

/// The label of the node on line 3.
fn label(reading: &Reading) -> String {
    let map = reading.map.as_ref().unwrap_or_else(|| panic!("{:?}", reading.problems));
    map.nodes()[1].label.clone()
}

#[test]
fn white_space_before_a_bracket_means_text_and_none_or_quotes_mean_id_and_label() {
    let cases = [
        ("Ruby (deep)", "Ruby (deep)", None),
        ("Ruby\t( deep )", "Ruby\t( deep )", None),
        ("Ruby ((deep))", "Ruby ((deep))", None),
        ("Ruby [deep]", "Ruby [deep]", None),
        ("Ruby {{deep}}", "Ruby {{deep}}", None),
        ("Ruby(deep)", "deep", Some("Ruby")),
        ("ruby[\"Ruby (deep)\"]", "Ruby (deep)", Some("ruby")),
        ("ruby [\"Ruby (deep)\"]", "Ruby (deep)", Some("ruby")),
        ("ruby (\"deep\")", "deep", Some("ruby")),
        ("(deep)", "deep", None),
        ("[The text]", "The text", None),
        ("k8s)Kubernetes(", "Kubernetes", Some("k8s")),
        ("id[\"`**bold** and _slanted_`\"]", "bold and slanted", Some("id")),
        ("id[one<br/>two]", "one two", Some("id")),
        ("a #quot;b#quot; &eacute;", "a \"b\" é", None),
        ("id[ ]", "id", Some("id")),
    ];
    for (line, expected, id) in cases {
        let reading = node(line);
        assert!(reading.mermaid_ok, "{line}");
        let map = reading.map.as_ref().unwrap_or_else(|| panic!("{line}: {:?}", reading.problems));
        assert_eq!((map.nodes()[1].label.as_str(), map.nodes()[1].id.as_deref()), (expected, id), "{line}");
    }
}

#[test]
fn what_mermaid_refuses_though_its_meaning_is_plain_is_read_with_a_warning_and_mended() {
    let cases = [
        ("Ruby (deep) and Go", "Ruby (deep) and Go", "text-after-bracket"),
        ("O(1) lookup", "O(1) lookup", "text-after-bracket"),
        ("Ruby (very (very) deep)", "Ruby (very (very) deep)", "text-after-bracket"),
        ("arr[i][j]", "arr[i][j]", "nested-bracket"),
        ("[x] done", "[x] done", "text-after-bracket"),
        ("main()", "main()", "empty-bracket"),
        ("1) first", "1) first", "unclosed-bracket"),
        ("Ruby (deep", "Ruby (deep", "unclosed-bracket"),
        ("${var}", "${var}", "lone-brace"),
        ("Ruby {deep}", "Ruby {deep}", "lone-brace"),
        ("Mindmap tools", "Mindmap tools", "header-word"),
        ("id[\"a \\\"b\\\"\"]", "a \"b\"", "text-after-quote"),
        ("id[\"a\" ]", "a", "text-after-quote"),
        ("id[\"`a `b` c`\"]", "a `b` c", "text-after-quote"),
    ];
    for (line, expected, rule) in cases {
        let reading = node(line);
        assert!(!reading.mermaid_ok, "{line}");
        assert_eq!(label(&reading), expected, "{line}");
        assert_eq!(told(&reading), [(rule, 3, 5)], "{line}");
        assert!(reading.problems[0].hint.starts_with("write `"), "{line}: {}", reading.problems[0].hint);
        let text = format!("mindmap\n  root\n    {line}\n    next\n");
        let mended = mindmap::format(&text, "map.mmd").expect("a map");
        let after = mindmap::read(&mended, "map.mmd");
        assert!(after.mermaid_ok, "{line}: {mended}");
        assert_eq!(
            keys(after.map.as_ref().expect("a map")),
            keys(reading.map.as_ref().expect("a map")),
            "{line}"
        );
        assert_eq!(label(&after), expected, "{line}");
    }
}

#[test]
fn gaps_and_front_matter_that_mermaid_refuses_are_read_with_a_warning_at_their_place() {
    let cases = [
        ("mindmap\n\n  root\n", "header-gap", 1, 8, RefusalKind::Parse),
        ("mindmap \n  root\n", "header-gap", 1, 8, RefusalKind::Parse),
        ("mindmap\n  %% c\n\n  root\n", "header-gap", 1, 8, RefusalKind::Parse),
        ("mindmap\n  root\n  %%\n\n    A\n", "comment-gap", 3, 5, RefusalKind::Parse),
        ("mindmap\n  root[R] %% c\n\n    A\n", "comment-gap", 2, 15, RefusalKind::Parse),
        ("\u{feff}---\ntitle: T\n---\nmindmap\n  root\n", "front-matter", 1, 1, RefusalKind::Parse),
        ("---\n---\nmindmap\n  root\n", "front-matter", 1, 1, RefusalKind::FrontMatter),
        ("---\na: [\n---\nmindmap\n  root\n", "front-matter", 2, 4, RefusalKind::FrontMatter),
    ];
    for (text, rule, line, column, kind) in cases {
        let reading = mindmap::read(text, "map.mmd");
        assert!(outline(&reading).starts_with("root\n") || outline(&reading).starts_with("R\n"), "{text:?}");
        let found = told(&reading);
        assert_eq!(found, [(rule, line, column)], "{text:?}");
        let error = reading.mermaid_error.expect("a refusal");
        assert_eq!((error.kind, error.line, error.column), (kind, line, column), "{text:?}");
    }
}

#[test]
fn what_has_no_plain_meaning_is_an_error_at_its_place() {
    let cases: &[(&str, &[Told])] = &[
        ("flowchart LR\n  A --> B\n", &[("no-header", 1, 1)]),
        ("Mindmap\n  root\n", &[("no-header", 1, 1)]),
        ("", &[("no-header", 1, 1)]),
        ("mindmap\n", &[("no-nodes", 1, 1)]),
        ("mindmap\n  root\n    A\n  other\n", &[("second-root", 4, 3)]),
        ("mindmap\n  :::x\n  root\n", &[("decoration-before-node", 2, 3)]),
        ("mindmap\n  root\n    id[\"a]\n    B\n", &[("unclosed-quote", 3, 5)]),
        ("mindmap\n  root\n    A\n    a\n", &[("same-key", 4, 5)]),
        ("mindmap\n  root\n    ?!\n", &[("no-slug", 3, 5)]),
        ("---\ntitle: x\nmindmap\n  root\n", &[("no-header", 1, 1)]),
    ];
    for (text, expected) in cases {
        let reading = mindmap::read(text, "map.mmd");
        assert!(reading.map.is_none(), "{text:?}");
        let errors = reading.problems.iter().filter(|problem| problem.level == Level::Error);
        let errors: Vec<_> = errors.map(|p| (p.rule, p.place.line, p.place.column)).collect();
        assert_eq!(errors, *expected, "{text:?}");
        assert!(reading.problems.iter().all(|problem| !problem.hint.is_empty()), "{text:?}");
        assert!(mindmap::format(text, "map.mmd").is_err(), "{text:?}");
    }
}

#[test]
fn siblings_with_one_key_are_told_with_both_lines_and_the_tree_can_still_be_shown() {
    let reading = mindmap::read("mindmap\n  root\n    Go (1)\n    Ruby\n    Go (2)\n", "map.mmd");
    let problem = reading.problems.iter().find(|problem| problem.rule == "same-key").expect("told");
    assert_eq!(problem.message, "the siblings on lines 3 and 5 have the same key, `go`");
    assert_eq!(problem.hint, "give one of them an id: `go-2[\"Go (2)\"]`");
    assert_eq!(reading.sketch.expect("a tree").nodes().len(), 4);
    let apart = mindmap::read("mindmap\n  root\n    A\n      Go\n    B\n      Go\n", "map.mmd");
    assert_eq!(apart.problems, []);
}

#[test]
fn decorations_belong_to_the_node_above_and_on_its_line_only_with_a_warning() {
    let text =
        "mindmap\n  root\n    A\n    ::icon(fa fa-book)\n    :::hot\n    B:::hot cold\n    C ::icon(x)\n";
    let reading = mindmap::read(text, "map.mmd");
    let map = reading.map.as_ref().expect("a map");
    let rows: Vec<_> = map
        .nodes()
        .iter()
        .map(|node| (node.label.as_str(), node.icon.as_deref(), node.class.as_deref()))
        .collect();
    assert_eq!(
        rows,
        [
            ("root", None, None),
            ("A", Some("fa fa-book"), Some("hot")),
            ("B", None, Some("hot cold")),
            ("C", Some("x"), None),
        ]
    );
    assert_eq!(told(&reading), [("inline-class", 6, 6), ("inline-icon", 7, 7)]);
    let mended = mindmap::format(text, "map.mmd").expect("a map");
    assert!(mended.ends_with("    B\n    :::hot cold\n    C\n    ::icon(x)\n"), "{mended}");
}

#[test]
fn a_note_on_a_plain_nodes_line_is_no_part_of_the_label_and_moves_to_its_own_line() {
    let reading = node("A %% note");
    assert_eq!(label(&reading), "A");
    assert_eq!(told(&reading), [("trailing-comment", 3, 7)]);
    assert_eq!(label(&node("50%% off")), "50%% off");
    let text = "> ```mermaid\r\n> mindmap\r\n>   root\r\n>     A %% note\r\n>\r\n>     B (c)\r\n> ```\r\n";
    let mended = mindmap::format(text, "map.md").expect("a map");
    let expected = "> ```mermaid\r\n> mindmap\r\n>   root\r\n>     A\r\n>     %% note\r\n>\r\n>     b[\"B (c)\"]\r\n> ```\r\n";
    assert_eq!(mended, expected);
    assert!(mindmap::read_markdown(&mended, "map.md").mermaid_ok);
}

#[test]
fn doubtful_brackets_and_indentation_are_read_as_mermaid_reads_them_with_a_warning() {
    let cases = [
        ("mindmap\n  root\n    Test Runner(Containers)\n", "ambiguous-bracket", 3, "root\n  Containers\n"),
        ("mindmap\n  root\n\tA\n", "second-root", 3, ""),
        ("mindmap\nroot\n\tA\n  B\n", "mixed-indentation", 4, "root\n  A\n    B\n"),
        ("mindmap\nroot\n  A\n      B\n    C\n", "unclear-indentation", 5, "root\n  A\n    B\n    C\n"),
        ("mindmap\n  root\n    1) a\n    2)\n", "swallowed-lines", 3, "root\n  a 2\n"),
        ("mindmap\n  root\n    A\n%%{x}\n    B\n", "unclosed-directive", 4, "root\n  A\n"),
    ];
    for (text, rule, line, expected) in cases {
        let reading = mindmap::read(text, "map.mmd");
        assert!(
            told(&reading).iter().any(|told| (told.0, told.1) == (rule, line)),
            "{text:?}: {:?}",
            told(&reading)
        );
        if !expected.is_empty() {
            assert_eq!(outline(&reading), expected, "{text:?}");
        }
    }
}

#[test]
fn in_markdown_places_count_in_the_file_and_the_title_is_that_of_front_matter_or_heading() {
    let text = "# Skills\r\n\r\n1. item\r\n\r\n   ~~~mermaid\r\n   mindmap\r\n     root\r\n       A (b)\r\n   ~~~\r\n";
    let reading = mindmap::read_file(text, "x.md");
    assert_eq!(told(&reading), [("mermaid-label", 8, 8)]);
    assert_eq!(reading.map.expect("a map").title(), "Skills");
    let titles = [
        ("---\ntitle: Page\n---\n# H\n```mermaid\nmindmap\n  root\n```\n", "Page"),
        ("# H\n```mermaid\n---\ntitle: \"A: b\"\n---\nmindmap\n  root\n```\n", "A: b"),
        ("```mermaid\nmindmap\n  root\n```\n# Later\n", "root"),
        ("\u{feff}```mermaid\nmindmap\n  root\n```\n", "root"),
        ("H **b**\n===\n```mermaid\ngraph TD\n```\n```mermaid\nmindmap\n  root\n```\n", "H b"),
    ];
    for (text, title) in titles {
        let map = mindmap::read_file(text, "x.MARKDOWN").map.unwrap_or_else(|| panic!("{text:?}"));
        assert_eq!(map.title(), title, "{text:?}");
    }
    let none = mindmap::read_file("# T\n\n```Mermaid\nmindmap\n  root\n```\n", "x.md");
    assert_eq!(told(&none), [("no-mindmap", 1, 1)]);
    let two = mindmap::read_file("```mermaid\nmindmap\n  a\n```\n\n```mermaid\nmindmap\n  b\n```\n", "x.md");
    assert_eq!(told(&two), [("second-mindmap", 6, 1)]);
}

/// Many lines, each made of its number.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect::<Vec<_>>().concat()
}

#[test]
fn limits_are_told() {
    let big = "x".repeat(mindmap::LONGEST_TEXT + 1);
    assert_eq!(told(&mindmap::read(&big, "map.mmd")), [("too-large", 1, 1)]);
    let wide = "    n\n".repeat(9_000);
    let wide = mindmap::read(&format!("mindmap\n  root\n    A\n{wide}"), "map.mmd");
    assert!(wide.problems.iter().any(|problem| problem.rule == "mermaid-size"));
    assert_eq!(wide.mermaid_error.expect("a refusal").kind, RefusalKind::Size);
    let all = lines(10_050, |number| format!(" n{number}\n"));
    let many = mindmap::read(&format!("mindmap\nroot\n{all}"), "map.mmd");
    assert!(many.map.is_none() && told(&many).iter().any(|told| told.0 == "too-many-nodes"));
    let deep = lines(1_100, |depth| " ".repeat(depth) + "n\n");
    let deep = mindmap::read(&format!("mindmap\n{deep}"), "map.mmd");
    assert!(deep.map.is_none() && told(&deep).iter().any(|told| told.0 == "too-deep"));
    let long = lines(9_000, |number| format!("  n{number}\n"));
    let long = mindmap::read(&format!("mindmap\nroot\n {}\n{long}", "x".repeat(900_000)), "map.mmd");
    assert!(long.map.is_none() && told(&long).iter().any(|told| told.0 == "keys-too-long"));
}

#[test]
fn a_semicolon_that_mermaid_drops_goes_with_the_label_that_is_quoted() {
    let text = "mindmap\n  root\n    style:x#quot; (y) and #quot;\n    B\n";
    let before = mindmap::read(text, "map.mmd");
    let mended = mindmap::format(text, "map.mmd").expect("a map");
    let after = mindmap::read(&mended, "map.mmd");
    assert!(after.mermaid_ok, "{mended}");
    assert_eq!(
        keys(before.map.as_ref().expect("a map")),
        keys(after.map.as_ref().expect("a map")),
        "{mended}"
    );
}
