//! Cards keep their progress: renamed, moved, edited; and what the log says of them.

use std::fs;
use std::path::Path;

use mindrill::domain::card::{Body, Card, CardId, ChoiceOption, DeckId, Kind, Piece, TypedKey};
use mindrill::domain::identity::{
    AnswerChange, Face, Free, LEAST_LIKENESS, Succession, answer_change, likeness, successions,
};
use mindrill::domain::problem::Place;
use mindrill::domain::skill_map::NodeKey;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::Learner;

const MAP: &str = "mindmap\n  root((Map))\n    Databases\n      Indexing\n      Isolation\n";
const COVERING: &str = "[[card]]\nid = \"covering\"\nkind = \"flashcard\"\n\
    prompt = \"Why is a covering index fast?\"\nanswer = \"The query never touches the table.\"\n\n";
const LIMIT: &str = "[[card]]\nid = \"limit\"\nkind = \"typed\"\n\
    prompt = \"How many bytes may an InnoDB index key have?\"\naccept = [\"3072\"]\n\n";

/// A collection of one deck, and a learner of it.
struct Bench {
    folder: TempDir,
    learner: Learner,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("skill-map.mmd"), MAP).unwrap();
        let learner = Learner::new().of(folder.path());
        let bench = Self { folder, learner };
        bench.deck("indexing", &[COVERING, LIMIT]);
        bench
    }

    fn deck(&self, name: &str, cards: &[&str]) {
        let text = format!("[deck]\ntitle = \"Deck\"\nnode = \"indexing\"\n\n{}", cards.concat());
        fs::write(self.file(name), text).unwrap();
    }

    fn file(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(format!("{name}.toml"))
    }

    /// What is open, as `relink --json` tells it.
    fn open(&self) -> (Vec<(String, String)>, Vec<String>) {
        let edits = &self.learner.json("relink", "")[0];
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let pair = |item: &Value| (text(&item["card"]), text(&item["successor"]));
        let vanished = edits["vanished"].as_array().unwrap().iter().map(pair).collect();
        (vanished, edits["changed"].as_array().unwrap().iter().map(|item| text(&item["card"])).collect())
    }

    fn rules(&self) -> Vec<(String, u64, String)> {
        let checked: Value = serde_json::from_str(&self.learner.run("check --json", "").text).unwrap();
        let problems = checked["problems"].as_array().unwrap().iter();
        problems
            .filter(|problem| {
                ["vanished-card", "changed-answer"].contains(&problem["rule"].as_str().unwrap())
            })
            .map(|problem| {
                assert_eq!(problem["level"], "warning");
                let text = |key: &str| problem[key].as_str().unwrap().to_owned();
                (text("rule"), problem["line"].as_u64().unwrap(), text("hint"))
            })
            .collect()
    }

    fn interval(&self, card: &str) -> Value {
        self.learner.json(&format!("why {card}"), "")[0]["interval_days"].clone()
    }
}

fn renamed(card: &str, id: &str) -> String {
    card.replace("id = \"covering\"", &format!("id = \"{id}\""))
}

#[test]
fn a_renamed_card_is_told_with_the_command_that_carries_its_progress_over() {
    let bench = Bench::new();
    bench.learner.says("answer covering -g 4", "");
    assert_eq!(bench.open(), (vec![], vec![]));
    assert!(bench.learner.says("relink", "").contains("is where it was"));

    bench.deck("indexing", &[&renamed(COVERING, "cover"), LIMIT]);
    let pair = ("indexing/covering".to_owned(), "indexing/cover".to_owned());
    assert_eq!(bench.open(), (vec![pair], vec![]));
    let command = "mindrill relink indexing/covering indexing/cover";
    let hint = format!("`{command}` carries it over");
    assert_eq!(bench.rules(), [("vanished-card".to_owned(), 5, hint)]);
    assert!(bench.learner.says("", "").contains("1 card was renamed or moved: run `mindrill relink`"));
    let (error, hint) = bench.learner.fails("relink indexing/covering");
    assert!(error.contains("which card") && hint.contains(command), "{error} {hint}");
}

#[test]
fn a_relink_carries_the_progress_over_and_is_taken_back() {
    let mut bench = Bench::new();
    for day in ["2026-11-22", "2026-11-23"] {
        bench.learner.at(&format!("{day}T10:00:00Z"));
        bench.learner.says("answer covering -g 4", "");
    }
    let before = bench.learner.json("why indexing/covering", "")[0].clone();
    bench.deck("indexing", &[&renamed(COVERING, "cover"), LIMIT]);
    let done = &bench.learner.json("relink indexing/covering indexing/cover", "")[0];
    assert_eq!(
        *done,
        json!({ "kind": "relink", "from": "indexing/covering", "card": "indexing/cover", "moved": 2, "due": "2026-11-29" })
    );
    let after = &bench.learner.json("why cover", "")[0];
    for key in ["interval_days", "repetitions", "due", "answers", "recall"] {
        assert_eq!(after[key], before[key], "{key}");
    }
    assert_eq!(bench.open(), (vec![], vec![]));
    assert_eq!(bench.rules(), []);
    let row = bench.learner.json("log", "").pop().unwrap();
    assert_eq!(
        [&row["kind"], &row["card"], &row["from"], &row["grade"]],
        [&json!("relink"), &json!("indexing/cover"), &json!("indexing/covering"), &Value::Null]
    );
    assert_eq!(
        bench.learner.json("log cover", "").len(),
        3,
        "the answers that were carried over, and the relink"
    );
    assert_eq!(bench.learner.json("doctor", "")[0]["orphans"], json!([]));

    let said = bench.learner.says("undo", "");
    assert!(said.contains("the relink of `indexing/covering` to `indexing/cover`"), "{said}");
    assert_eq!(bench.open().0.len(), 1);
    assert_eq!(bench.interval("cover"), Value::Null);
}

#[test]
fn a_card_in_a_renamed_deck_and_one_in_another_deck_are_found() {
    let bench = Bench::new();
    bench.learner.says("answer covering -g 4", "");
    bench.learner.says("answer limit -g 4", "");
    fs::rename(bench.file("indexing"), bench.file("mysql-indexes")).unwrap();
    let pair = |card: &str| (format!("indexing/{card}"), format!("mysql-indexes/{card}"));
    assert_eq!(bench.open().0, [pair("covering"), pair("limit")]);
    assert!(bench.learner.says("relink", "").contains("mindrill relink --all"));
    let said = bench.learner.says("relink --all", "");
    assert!(said.contains("carried over 2 answers of 2 cards"), "{said}");
    assert_eq!(bench.open().0, []);
    assert!(bench.learner.says("relink --all", "").contains("is where it was"));
    assert_eq!((bench.interval("covering"), bench.interval("limit")), (json!(1), json!(1)));
}

#[test]
fn cards_of_another_collection_and_halves_of_a_split_card_are_not_told() {
    let bench = Bench::new();
    bench.learner.says("answer covering -g 4", "");
    bench.deck("indexing", &[LIMIT]);
    assert_eq!(bench.open(), (vec![], vec![]), "nothing is like it");
    assert_eq!(bench.rules(), []);

    let whole = face(
        "flashcard",
        "What do a shared and an exclusive lock allow?",
        "shared: others read; exclusive: nobody else reads or writes",
    );
    let half = face("flashcard", "What does a shared lock allow other transactions?", "others read");
    let other = face(
        "flashcard",
        "What does an exclusive lock allow other transactions?",
        "nobody else reads or writes",
    );
    let halves = [("locks/shared", half), ("locks/exclusive", other)];
    assert_eq!(followers(&[("locks/locks", whole)], &halves), []);
}

/// The successions among these cards, all on one node.
fn followers(gone: &[(&str, Face)], free: &[(&str, Face)]) -> Vec<Succession> {
    let named = |cards: &[(&str, Face)]| -> Vec<(CardId, Face)> {
        cards.iter().map(|(id, face)| (id.parse().unwrap(), face.clone())).collect()
    };
    let (gone, faces) = (named(gone), named(free));
    let nodes = || vec!["databases/indexing"];
    let free = faces.iter().map(|(id, face)| Free { id, nodes: nodes(), fingerprint: face.fingerprint });
    successions(&gone, &free.collect::<Vec<_>>(), |id| {
        faces.iter().find(|(other, _)| other == id).map(|(_, face)| face.clone())
    })
}

#[test]
fn a_prompt_in_other_words_is_the_same_card_and_a_neighbour_is_not() {
    let old = face("flashcard", "Why is a covering index fast?", "The query never touches the table.");
    let alike = [
        face("flashcard", "What makes a covering index quick?", "The query never touches the table."),
        face("flashcard", "Why is a covering index fast?", "A query does not touch the table at all."),
        face("typed", "Why are **covering** indexes fast", "the query never touches the table"),
    ];
    for other in &alike {
        assert!(likeness(&old, other) >= LEAST_LIKENESS, "{} {}", other.prompt, likeness(&old, other));
    }
    let others = [
        face("flashcard", "Why is a clustered index fast?", "Its leaves hold the rows."),
        face("flashcard", "What is a covering index?", "One that holds every column a query needs."),
        face("flashcard", "Why does the optimiser skip an index?", "The table is read when most rows match."),
    ];
    for other in &others {
        assert!(likeness(&old, other) < LEAST_LIKENESS, "{} {}", other.prompt, likeness(&old, other));
    }
    let claim = |text: &str, answer: &str| face("true-false", text, answer);
    let said = claim("`BEGIN` takes the snapshot in InnoDB.", "false");
    assert!(likeness(&said, &claim("BEGIN takes the snapshot in InnoDB", "true")) > 0.99);
}

#[test]
fn each_card_follows_one_at_most_and_the_most_alike_pair_wins() {
    let same = |words: &str| {
        face("flashcard", &format!("What is a {words}?"), "A structure that keeps keys in order.")
    };
    let gone = [("d/near", same("balanced tree of nodes")), ("d/same", same("balanced tree of pages"))];
    let found = followers(&gone, &[("d/new", same("balanced tree of pages"))]);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].gone.card.as_str(), found[0].successor.card.as_str()), ("same", "new"));
}

#[test]
fn relink_refuses_what_is_more_likely_a_slip_and_changes_nothing() {
    let bench = Bench::new();
    let gone = renamed(COVERING, "gone");
    bench.deck("indexing", &[COVERING, LIMIT, &gone]);
    bench.learner.says("answer gone -g 4", "");
    bench.learner.says("answer limit -g 4", "");
    bench.deck("indexing", &[COVERING, LIMIT]);
    let rows = bench.learner.json("log", "").len();
    let table = [
        ("relink indexing/gone nothing", "no card `nothing`", "mindrill cards"),
        ("relink covering limit", "`covering` has no progress", "mindrill log"),
        ("relink never/answered covering", "`never/answered` has no progress", "mindrill log"),
        ("relink limit limit", "from itself", "mindrill relink"),
        (
            "relink limit covering",
            "still in the collection",
            "mindrill relink indexing/limit indexing/covering --force",
        ),
        (
            "relink gone limit",
            "has progress of its own",
            "mindrill relink indexing/gone indexing/limit --merge",
        ),
        ("relink limit", "what is to be done", "mindrill relink indexing/limit --keep"),
        ("relink limit --keep", "has not changed", "mindrill relink indexing/limit --afresh"),
        ("relink covering --afresh", "has no progress", "mindrill log"),
    ];
    for (words, error, hint) in table {
        let (said, next) = bench.learner.fails(words);
        assert!(said.contains(error), "{words}: {said}");
        assert!(next.contains(hint), "{words}: {next}");
    }
    assert_eq!(bench.learner.json("log", "").len(), rows);
}

#[test]
fn two_cards_can_be_joined_and_a_chain_is_followed_and_taken_back() {
    let bench = Bench::new();
    bench.deck("indexing", &[COVERING, LIMIT, &renamed(COVERING, "gone")]);
    bench.learner.says("answer gone -g 4", "");
    bench.learner.says("answer limit -g 4", "");
    bench.deck("indexing", &[COVERING, LIMIT]);
    let merged = &bench.learner.json("relink gone limit --merge", "")[0];
    assert_eq!((&merged["moved"], &merged["card"]), (&json!(1), &json!("indexing/limit")));
    assert_eq!(bench.learner.json("why limit", "")[0]["answers"], 2);
    bench.learner.says("relink limit covering --force", "");
    assert_eq!(bench.learner.json("why covering", "")[0]["answers"], 2, "chains are followed");
    assert_eq!(bench.learner.json("why limit", "")[0]["answers"], 0);
    for _ in 0..2 {
        bench.learner.says("undo", "");
    }
    assert_eq!(bench.learner.json("why limit", "")[0]["answers"], 1);
    assert_eq!(bench.learner.json("doctor", "")[0]["sound"], true);
}

#[test]
fn a_changed_answer_is_told_until_it_is_kept_or_started_afresh() {
    for (way, kind, interval) in [("--keep", "keep", json!(1)), ("--afresh", "restart", Value::Null)] {
        let bench = Bench::new();
        bench.learner.says("answer limit -g 4", "");
        bench.deck("indexing", &[COVERING, &LIMIT.replace("3072", "767")]);
        let limit = "indexing/limit".to_owned();
        assert_eq!(bench.open(), (vec![], vec![limit.clone()]));
        let rules = bench.rules();
        assert_eq!((rules[0].0.as_str(), rules[0].1), ("changed-answer", 11));
        assert!(rules[0].2.contains("mindrill relink indexing/limit --keep"), "{rules:?}");
        let page = bench.learner.says("relink", "");
        assert!(page.contains("was: 3072") && page.contains("now: 767"), "{page}");

        // On a pipe nothing is asked and progress is kept; what is open stays open.
        assert_eq!(bench.interval("limit"), 1);
        bench.learner.says("answer limit -g 4", "");
        bench.learner.says("quiz --cram --kind typed", "767\n");
        bench.learner.says("quiz --cram --kind typed --json", "{\"reply\":\"767\"}\n");
        assert_eq!(bench.open().1, std::slice::from_ref(&limit));

        let done = &bench.learner.json(&format!("relink limit {way}"), "")[0];
        assert_eq!((&done["kind"], &done["card"]), (&json!(kind), &json!(limit)));
        assert_eq!(bench.learner.json("log", "").last().unwrap()["kind"], kind);
        assert_eq!(bench.interval("limit"), interval);
        assert_eq!(bench.open(), (vec![], vec![]));
        assert_eq!(bench.rules(), []);
        let said = bench.learner.says("undo", "");
        assert!(said.contains("`indexing/limit`"), "{said}");
        assert_eq!(bench.interval("limit"), 1);
        assert_eq!(bench.open().1, [limit], "open again");
    }
}

#[test]
fn a_typo_fix_asks_nothing_and_loses_nothing() {
    let bench = Bench::new();
    bench.deck("indexing", &[&COVERING.replace("touches", "tuoches"), LIMIT]);
    bench.learner.says("answer covering -g 4", "");
    bench.deck("indexing", &[&COVERING.replace("Why", "Say why"), LIMIT]);
    assert_eq!(bench.open(), (vec![], vec![]));
    assert_eq!(bench.interval("covering"), 1);
    bench.learner.says("answer covering -g 4", "");
    bench.deck("indexing", &[&COVERING.replace("touches", "reads"), LIMIT]);
    assert_eq!(bench.open().1, ["indexing/covering"], "measured against the mended text");
}

#[test]
fn check_says_nothing_of_progress_that_cannot_be_read() {
    let bench = Bench::new();
    bench.learner.says("answer covering -g 4", "");
    bench.deck("indexing", &[&renamed(COVERING, "cover")]);
    assert_eq!(bench.rules().len(), 1);
    let paths = bench.learner.run(&format!("check {} --json", bench.file("indexing").display()), "");
    assert!(!paths.text.contains("vanished-card"), "only the whole collection is told");
    let progress = Path::new(&bench.learner.says("where --json", "")).to_owned();
    let place: Value = serde_json::from_str(progress.to_str().unwrap()).unwrap();
    let file = place["progress"]["value"].as_str().unwrap();
    for text in ["", "no database at all"] {
        fs::write(file, text).unwrap();
        assert_eq!(bench.rules(), []);
    }
    fs::remove_file(file).unwrap();
    assert_eq!(bench.rules(), []);
    assert!(!Path::new(file).exists());
}

#[test]
fn flags_and_replies_make_items_with_the_next_command() {
    let choice = "[[card]]\nid = \"pick\"\nkind = \"choice\"\nprompt = \"Which?\"\noptions = [\n\
        { text = \"right\", correct = true },\n{ text = \"tempting\" },\n]\n\n";
    let mut bench = Bench::new();
    bench.deck("indexing", &[COVERING, choice]);
    assert_eq!(bench.learner.json("items", "")[0], json!([]));
    assert!(bench.learner.says("items", "").contains("No card behaves badly"));
    for day in 1..=5 {
        bench.learner.at(&format!("2026-11-{:02}T10:00:00Z", 20 + day));
        let question = &bench.learner.json("quiz --cram --kind choice", "")[0];
        let shown = question["options"].as_array().unwrap();
        let place = shown.iter().position(|option| option == "tempting").unwrap() + 1;
        bench.learner.says("quiz --cram --kind choice --json", &format!("{{\"reply\":{place}}}\n"));
    }
    bench.learner.says("quiz --cram --kind flashcard --json", "{\"do\":\"flag\",\"note\":\"two answers\"}\n");
    let items = bench.learner.json("items indexing", "")[0].clone();
    let items = items.as_array().unwrap();
    let names: Vec<(&str, &str)> =
        items.iter().map(|item| (item["card"].as_str().unwrap(), item["reason"].as_str().unwrap())).collect();
    assert_eq!(names[0], ("indexing/pick", "misleading-option"));
    assert_eq!(*names.last().unwrap(), ("indexing/covering", "flagged"));
    assert_eq!(
        items[0]["evidence"],
        json!({ "option": "tempting", "chosen": 5, "key_chosen": 0, "views": 5, "unmatched": 0 })
    );
    assert_eq!(items[0]["command"], "mindrill edit indexing/pick");
    assert_eq!(items.last().unwrap()["evidence"], json!({ "note": "two answers" }));
    assert_eq!(bench.learner.json("items isolation", "")[0], json!([]));
}

/// A face with one answer.
fn face(kind: &str, prompt: &str, answer: &str) -> Face {
    let body = match Kind::from_name(kind).unwrap() {
        Kind::Typed => typed(&[answer], false),
        Kind::TrueFalse => Body::TrueFalse { statement: prompt.to_owned(), answer: answer == "true" },
        _ => Body::Flashcard { prompt: prompt.to_owned(), answer: answer.to_owned() },
    };
    Face {
        prompt: prompt.to_owned(),
        ..Face::of(&card(body), Some(&NodeKey("databases/indexing".to_owned())))
    }
}

fn card(body: Body) -> Card {
    let id = CardId { deck: DeckId("deck".to_owned()), card: "card".to_owned() };
    Card::new(id, body, Place { file: "deck.toml".into(), line: 1, column: 1 })
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

fn flashcard(answer: &str) -> Body {
    Body::Flashcard { prompt: "Why?".to_owned(), answer: answer.to_owned() }
}

fn typed(accept: &[&str], case_sensitive: bool) -> Body {
    let key = TypedKey { accept: texts(accept), case_sensitive, ..TypedKey::default() };
    Body::Typed { prompt: "Which?".to_owned(), key }
}

fn choice(options: &[(&str, bool)]) -> Body {
    let option = |&(text, correct): &(&str, bool)| ChoiceOption {
        text: text.to_owned(),
        correct,
        why: None,
        pinned: false,
    };
    Body::Choice { prompt: "Which?".to_owned(), options: options.iter().map(option).collect() }
}

fn order(items: &[&str]) -> Body {
    Body::Order { prompt: "Order.".to_owned(), items: texts(items) }
}

fn claim(statement: &str, answer: bool) -> Body {
    Body::TrueFalse { statement: statement.to_owned(), answer }
}

fn cloze(gaps: &[&[&str]]) -> Body {
    let gap = |gap: &&[&str]| Piece::Gap(TypedKey { accept: texts(gap), ..TypedKey::default() });
    Body::Cloze { pieces: gaps.iter().map(gap).collect() }
}

fn explain(checklist: &[&str], answer: &str) -> Body {
    Body::Explain { prompt: "Explain.".to_owned(), checklist: texts(checklist), answer: answer.to_owned() }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn an_edit_of_the_answer_is_told_from_everything_else() {
    use AnswerChange::{Changed, None, TypoOnly};
    let table = [
        (
            "formatting",
            flashcard("The *query* never touches `the table`."),
            flashcard("the query never touches the table"),
            None,
        ),
        (
            "a typo",
            flashcard("the qurey never tuoches the table"),
            flashcard("the query never touches the table"),
            TypoOnly,
        ),
        (
            "other words",
            flashcard("the query never touches the table"),
            flashcard("the query touches the table"),
            Changed,
        ),
        ("a negation", flashcard("it is safe"), flashcard("it is unsafe"), Changed),
        ("a negation in a word of its own", flashcard("it blocks"), flashcard("it never blocks"), Changed),
        ("a digit", flashcard("16 KiB pages"), flashcard("18 KiB pages"), Changed),
        ("a sign", flashcard("`a <= b`"), flashcard("`a >= b`"), Changed),
        ("an antonym by its prefix", flashcard("increase the size"), flashcard("decrease the size"), Changed),
        ("an article", flashcard("uses an index"), flashcard("uses the index"), None),
        ("an alias", typed(&["gap lock"], false), typed(&["gap lock", "gap-lock"], false), None),
        ("an alias first", typed(&["gap lock"], false), typed(&["gap locking", "gap lock"], false), None),
        ("an alias made the first", typed(&["gap lock", "gap"], false), typed(&["gap"], false), None),
        ("a new first answer", typed(&["gap lock"], false), typed(&["record lock"], false), Changed),
        (
            "a typo in a typed answer",
            typed(&["serialisable"], false),
            typed(&["serializable"], false),
            TypoOnly,
        ),
        ("a thousands mark", typed(&["20,000"], false), typed(&["20000"], false), None),
        ("a number", typed(&["3072"], false), typed(&["767"], false), Changed),
        ("case where it does not matter", typed(&["select"], false), typed(&["SELECT"], false), None),
        ("case where it matters", typed(&["-l"], true), typed(&["-L"], true), Changed),
        (
            "another right option",
            choice(&[("a", true), ("b", false)]),
            choice(&[("a", false), ("b", true)]),
            Changed,
        ),
        (
            "a further right option",
            choice(&[("a", true), ("b", false)]),
            choice(&[("a", true), ("b", true)]),
            Changed,
        ),
        (
            "options in another order",
            choice(&[("one", true), ("two", true), ("b", false)]),
            choice(&[("b", false), ("two", true), ("one", true)]),
            None,
        ),
        (
            "another wrong option",
            choice(&[("a", true), ("b", false)]),
            choice(&[("a", true), ("c", false), ("d", false)]),
            None,
        ),
        (
            "a typo in the right option",
            choice(&[("the colum", true), ("b", false)]),
            choice(&[("the column", true), ("b", false)]),
            TypoOnly,
        ),
        ("items in another order", order(&["a1", "b2", "c3"]), order(&["a1", "c3", "b2"]), Changed),
        ("a further item", order(&["a1", "b2"]), order(&["a1", "b2", "c3"]), Changed),
        ("a typo in an item", order(&["prepare", "comit"]), order(&["prepare", "commit"]), TypoOnly),
        ("a claim turned round", claim("X holds", true), claim("X holds", false), Changed),
        ("a claim in other words", claim("X holds", true), claim("It holds that X", true), None),
        (
            "a gap's alias",
            cloze(&[&["gap lock"], &["records"]]),
            cloze(&[&["gap lock", "gap-lock"], &["records"]]),
            None,
        ),
        ("another gap", cloze(&[&["gap lock"]]), cloze(&[&["next-key lock"]]), Changed),
        ("a gap more", cloze(&[&["gap lock"]]), cloze(&[&["gap lock"], &["records"]]), Changed),
        (
            "the model answer",
            explain(&["both read"], "long"),
            explain(&["both read"], "short and clear"),
            None,
        ),
        (
            "points in another order",
            explain(&["both read", "no conflict"], ""),
            explain(&["no conflict", "both read"], ""),
            None,
        ),
        ("a point more", explain(&["both read"], ""), explain(&["both read", "no conflict"], ""), Changed),
        ("a kind with the same answer", flashcard("gap lock"), typed(&["gap lock"], false), None),
        ("a kind with another", flashcard("it holds"), claim("it holds", true), Changed),
    ];
    for (name, before, now, wanted) in table {
        assert_eq!(answer_change(&Face::of(&card(before), Option::None), &card(now)), wanted, "{name}");
    }
}
