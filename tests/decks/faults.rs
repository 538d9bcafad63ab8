//! Every rule of a deck's text, with the line and column at which it is told.

use mindrill::domain::problem::Problem;

use super::{HEAD, collection, load};

/// Every problem of one deck text.
fn problems(text: &str) -> Vec<Problem> {
    load(collection(&[("d.toml", text.as_bytes())]).path()).problems
}

/// Problems as `rule:line:column`.
fn told(problems: &[Problem]) -> Vec<String> {
    let one = |problem: &Problem| format!("{}:{}:{}", problem.rule, problem.place.line, problem.place.column);
    problems.iter().map(one).collect()
}

/// A deck whose only card starts on line 4, its further fields on line 6 and below.
pub(super) fn card(lines: &str) -> String {
    format!("{HEAD}[[card]]\nid = \"c\"\n{lines}\n")
}

/// As [`card`], for a flashcard that is right: further fields on line 9 and below.
fn flashcard(lines: &str) -> String {
    card(&format!("kind = \"flashcard\"\nprompt = \"p\"\nanswer = \"a\"\n{lines}"))
}

/// As [`card`], for a kind with a prompt: further fields on line 8 and below.
pub(super) fn of_kind(kind: &str, lines: &str) -> String {
    card(&format!("kind = \"{kind}\"\nprompt = \"p\"\n{lines}"))
}

pub(super) fn assert_told(table: &[(&str, String, &[&str])]) {
    for (rule, text, wanted) in table {
        let found = problems(text);
        assert_eq!(told(&found), *wanted, "{rule}\n{text}\n{found:#?}");
        assert!(found.iter().all(|problem| !problem.hint.is_empty()), "a problem without a hint: {found:#?}");
    }
}

#[test]
fn fields_of_any_card() {
    assert_told(&[
        ("a key is misspelt", flashcard("explanaton = \"x\""), &["unknown-key:9:1"]),
        ("an aim is misspelt", flashcard("aim = \"decid\""), &["unknown-aim:9:7"]),
        ("a kind is missing", card("prompt = \"p\""), &["S03:4:1"]),
        ("a kind is no text", card("kind = 3"), &["wrong-type:6:8"]),
        ("difficulty is a text", flashcard("difficulty = \"3\""), &["wrong-type:9:14"]),
        ("difficulty is a fraction", flashcard("difficulty = 2.5"), &["wrong-type:9:14"]),
        ("difficulty is nought", flashcard("difficulty = 0"), &["difficulty:9:14"]),
        (
            "difficulty is beyond 64 bits",
            flashcard("difficulty = 99999999999999999999"),
            &["difficulty:9:14"],
        ),
        ("a day is a text", flashcard("review_by = \"2027-01-01\""), &["wrong-type:9:13"]),
        ("a day has a time", flashcard("review_by = 2027-01-01T10:00:00Z"), &["wrong-type:9:13"]),
        ("the day of the facts is a text", flashcard("as_of = \"now\""), &["wrong-type:9:9"]),
        ("tags are no list", flashcard("tags = \"t\""), &["wrong-type:9:8"]),
        ("a tag is a number", flashcard("tags = [\"t\", 3]"), &["wrong-type:9:14"]),
        ("a tag is blank", flashcard("tags = [\" \"]"), &["S03:9:9"]),
        ("a node is blank", flashcard("nodes = [\"\"]"), &["S03:9:10"]),
        ("a hint is blank", flashcard("hint = \"\\n\""), &["S03:9:8"]),
        ("a variant is a flag", flashcard("variants = [true]"), &["wrong-type:9:13"]),
        ("a rule to let off is a number", flashcard("lint_allow = [4]"), &["wrong-type:9:15"]),
        ("a source has no title", flashcard("sources = [{ url = \"u\" }]"), &["S03:9:12"]),
        ("a source is a text", flashcard("sources = [\"RFC\"]"), &["wrong-type:9:12"]),
        (
            "a source has a strange key",
            flashcard("sources = [{ title = \"t\", page = 3 }]"),
            &["unknown-key:9:27"],
        ),
        ("columns count characters", flashcard("tags = [\"ä\", \"日本\", 3]"), &["wrong-type:9:20"]),
    ]);
}

#[test]
fn ids() {
    let with_id = |id: &str| {
        format!("{HEAD}[[card]]\nid = {id}\nkind = \"flashcard\"\nprompt = \"p\"\nanswer = \"a\"\n")
    };
    let pair = |second: &str| format!("{}{}", flashcard(""), second);
    let nameless = "[[card]]\nkind = \"flashcard\"\nprompt = \"q\"\nanswer = \"a\"\n";
    assert_told(&[
        ("an id is a number", with_id("3"), &["wrong-type:5:6"]),
        ("an id is empty", with_id("\"\""), &["S03:5:6"]),
        ("an id holds a slash", with_id("\"a/b\""), &["bad-id:5:6"]),
        ("an id holds a tilde", with_id("\"a~reverse\""), &["bad-id:5:6"]),
        ("an id holds a blank", with_id("\"a b\""), &["bad-id:5:6"]),
        ("an id holds an escape", with_id("\"a\\u001bb\""), &["bad-id:5:6"]),
        ("an id is too long", with_id(&format!("\"{}\"", "x".repeat(101))), &["bad-id:5:6"]),
        ("an id of a hundred characters is fine", with_id(&format!("\"{}\"", "x".repeat(100))), &[]),
        ("a card has no id", pair(nameless), &["S01:10:1"]),
        (
            "two cards without ids ask the same",
            pair(&nameless.repeat(2)),
            &["S01:10:1", "S01:14:1", "S01:14:1"],
        ),
        ("a card turns none round", flashcard("reverse_of = \"d\""), &["reverse-of:9:14"]),
        ("a card turns itself round", flashcard("reverse_of = \"c\""), &["reverse-of:9:14"]),
        (
            "a card turns a faulty one round",
            pair(
                "[[card]]\nid = \"d\"\nkind = \"typed\"\nprompt = \"q\"\naccept = []\n[[card]]\nid = \"e\"\nkind = \"flashcard\"\nprompt = \"a\"\nanswer = \"q\"\nreverse_of = \"d\"\n",
            ),
            &["too-few:14:10"],
        ),
    ]);
}

#[test]
fn decks_as_a_whole() {
    let good = "[[card]]\nid = \"c\"\nkind = \"flashcard\"\nprompt = \"p\"\nanswer = \"a\"\n";
    assert_told(&[
        ("a deck has no title", format!("[deck]\nnode = \"a\"\n{good}"), &["no-title:1:1"]),
        ("a file is empty", String::new(), &["no-cards:1:1", "no-title:1:1"]),
        ("a deck has no card", HEAD.to_owned(), &["no-cards:1:1"]),
        ("a deck has a strange key", format!("{HEAD}author = \"x\"\n{good}"), &["unknown-key:4:1"]),
        (
            "a deck's node is a list",
            format!("[deck]\ntitle = \"T\"\nnode = [\"a\"]\n{good}"),
            &["wrong-type:3:8"],
        ),
        ("a deck's title is blank", format!("[deck]\ntitle = \"\"\nnode = \"a\"\n{good}"), &["S03:2:9"]),
        ("a deck's day is a number", format!("{HEAD}as_of = 2026\n{good}"), &["wrong-type:4:9"]),
        ("a deck is a text", format!("deck = \"T\"\n{good}"), &["no-title:1:1", "wrong-type:1:8"]),
        (
            "cards are in the plural",
            format!("{HEAD}{}", good.replace("card]", "cards]")),
            &["no-cards:1:1", "unknown-key:4:3"],
        ),
        (
            "a card is a single table",
            format!("{HEAD}{}", good.replace("[[card]]", "[card]")),
            &["wrong-type:4:1"],
        ),
        ("cards are a number", format!("card = 3\n{HEAD}"), &["wrong-type:1:8"]),
        (
            "cards may stand in a list",
            format!(
                "card = [{{ id = \"c\", kind = \"flashcard\", prompt = \"p\", answer = \"a\" }}]\n{HEAD}"
            ),
            &[],
        ),
        ("a key is written twice", flashcard("answer = \"b\""), &["duplicate-key:9:1"]),
        ("a deck is written twice", format!("{HEAD}[deck]\n{good}"), &["duplicate-key:4:2"]),
    ]);
}

#[test]
fn text_that_is_not_toml() {
    for (rule, text, line) in [
        ("a value is missing", flashcard("hint ="), 9),
        ("a text is not closed", flashcard("hint = \"abc"), 9),
        ("a header is not closed", format!("[deck\n{HEAD}"), 1),
        ("a date is none", flashcard("review_by = 2026-13-01"), 9),
        ("a date is none in that month", flashcard("review_by = 2026-02-30"), 9),
        ("a carriage return stands alone", flashcard("hint = \"\"\"a\rb\"\"\""), 9),
        ("a nought stands in a text", flashcard("hint = \"a\0b\""), 9),
        ("a nought stands outside", flashcard("\0"), 9),
    ] {
        let found = problems(&text);
        let first = found.first().unwrap();
        assert_eq!((first.rule, first.place.line), ("syntax", line), "{rule}: {found:#?}");
    }
    assert_eq!(told(&problems(&flashcard("hint ="))), ["syntax:9:7"]);
}

#[test]
fn one_reading_tells_the_faults_of_all_cards_and_of_the_syntax() {
    let text = "[deck]\ntitle = 3\nnode = \"a\"
[[card]]\nid = \"one\"\nkind = \"flashcard\"\nprompt = 3\ndifficulty = \"3\"\noptions = []
[[card]]\nid = \"two\"\nkind = \"typed\"\nprompt = \"p\"\naccept =
[[card]]\nid = \"three\"\nkind = \"typd\"\nprompt = \"p\"\naccept = [\"a\"]\n";
    let wanted = [
        "wrong-type:2:9",
        "S03:4:1",
        "wrong-type:7:10",
        "wrong-type:8:14",
        "key-of-other-kind:9:1",
        "syntax:14:9",
        "unknown-kind:17:8",
    ];
    assert_eq!(told(&problems(text)), wanted);
}

#[test]
fn messages_name_the_nearest_and_where_a_key_belongs() {
    let first = |text: &str| problems(text).remove(0);
    assert_eq!(first(&flashcard("explanaton = \"x\"")).hint, "did you mean `explanation`?");
    assert_eq!(first(&flashcard("node = \"x\"")).hint, "did you mean `nodes`?");
    let foreign = first(&flashcard("options = []"));
    assert_eq!(foreign.message, "`options` belongs to `choice`, and this card is `flashcard`");
    let typed = first(&flashcard("difficulty = \"3\""));
    assert_eq!(typed.message, "`difficulty` is a text, not a whole number");
    assert_eq!(typed.hint, "write `difficulty = 3`");
    let strange = first(&flashcard(&format!("\"{}\\u001b\" = 1", "k".repeat(50))));
    assert!(
        strange.message.chars().count() < 120 && !strange.message.contains('\u{1b}'),
        "{}",
        strange.message
    );
}

#[test]
fn a_deck_with_a_key_written_twice_loses_only_that_card() {
    let other =
        "[[card]]\nid = \"d\"\nkind = \"flashcard\"\nprompt = \"q\"\nanswer = \"a\"\nreverse_of = \"c\"\n";
    let folder = collection(&[("d.toml", format!("{}{other}", flashcard("answer = \"b\"")).as_bytes())]);
    let loaded = load(folder.path());
    assert_eq!(told(&loaded.problems), ["duplicate-key:9:1"]);
    let ids: Vec<&str> = loaded.decks[0].cards.iter().map(|card| card.id.card.as_str()).collect();
    assert_eq!(ids, ["d"]);
}

#[test]
fn a_deck_with_a_faulty_binding_keeps_the_cards_that_have_their_own() {
    let head = "[deck]\ntitle = \"T\"\nnode = 3\n";
    let bound =
        "[[card]]\nid = \"b\"\nkind = \"flashcard\"\nprompt = \"q\"\nanswer = \"a\"\nnodes = [\"b\"]\n";
    let text = format!("{}{bound}", flashcard("").replace(HEAD, head));
    let loaded = load(collection(&[("d.toml", text.as_bytes())]).path());
    let ids: Vec<&str> = loaded.decks[0].cards.iter().map(|card| card.id.card.as_str()).collect();
    assert_eq!((told(&loaded.problems), ids), (vec!["wrong-type:3:8".to_owned()], vec!["b"]));
}

#[test]
fn a_flood_of_faults_is_cut_and_counted() {
    let keys: Vec<String> = (0..5_000).map(|number| format!("k{number} = 1")).collect();
    let found = problems(&flashcard(&keys.join("\n")));
    assert_eq!(found.len(), 1_001);
    assert!(found.iter().any(|one| one.rule == "too-many-problems" && one.message.contains("4000")));
}

#[test]
fn a_long_line_of_many_cards_is_read_in_linear_time() {
    // 6 MB of cards on one line: counting every column from the line's start would take hours.
    let cards = "{ kind = \"typed\", prompt = \"é\", accept = [\"a\"], nodes = [\"b\"] },".repeat(99_000);
    let found = problems(&format!("card = [{cards}]\n"));
    assert_eq!(found.len(), 2_002, "a thousand and a note, of cards without ids and of prompts told twice");
}
