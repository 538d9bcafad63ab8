//! Where a rule begins to speak, and at which level.

use mindrill::domain::policy::Policy;
use mindrill::domain::problem::Level;
use mindrill::lint::rules;
use proptest::prelude::*;

use super::{HEAD, found, found_in, whole};

const WARNING: &[Level] = &[Level::Warning];
const ERROR: &[Level] = &[Level::Error];

/// Each card (its lines below `[[card]]`) with a rule and the levels at which it must be told.
fn assert_told(rule: &str, table: &[(String, &[Level])]) {
    assert!(rules().any(|one| one.id == rule));
    for (card, levels) in table {
        let found = found(&format!("[[card]]\n{card}"));
        assert_eq!(found.levels(rule), *levels, "{rule}\n{card}\n{:#?}", found.findings);
    }
}

fn flashcard(prompt: &str, answer: &str) -> String {
    format!("kind = \"flashcard\"\nprompt = '''{prompt}'''\nanswer = '''{answer}'''\n")
}

fn typed(prompt: &str, rest: &str) -> String {
    format!("kind = \"typed\"\nprompt = '''{prompt}'''\n{rest}\n")
}

fn choice(prompt: &str, options: [&str; 3]) -> String {
    let [key, second, third] = options;
    format!(
        "kind = \"choice\"\nprompt = '''{prompt}'''\noptions = [\n  {{ text = \"{key}\", correct = true, why = \"reason one\" }},\n  {{ text = \"{second}\", why = \"reason two\" }},\n  {{ text = \"{third}\", why = \"reason three\" }},\n]\n"
    )
}

/// A question of that many words.
fn question(words: usize) -> String {
    let middle: Vec<String> = (2..words).map(|number| format!("term{}", "x".repeat(number % 7))).collect();
    format!("Which {} counts?", middle.join(" "))
}

#[test]
fn questions_have_a_length() {
    let answer = "The leaves of the tree alone.";
    let of = |words: usize| flashcard(&question(words), answer);
    assert_told(
        "P01",
        &[
            (of(3), WARNING),
            (of(4), &[]),
            (of(25), &[]),
            (of(26), WARNING),
            (of(40), WARNING),
            (of(41), ERROR),
        ],
    );
    let of = |words: usize| choice(&question(words), ["one tree", "two trees", "no tree"]);
    assert_told("P01", &[(of(45), &[]), (of(46), WARNING), (of(70), WARNING), (of(71), ERROR)]);
    let of = |words: usize| {
        format!(
            "aim = \"decide\"\nkind = \"explain\"\nprompt = '''{}'''\nchecklist = [\"a\"]\nanswer = \"b\"\n",
            question(words)
        )
    };
    assert_told(
        "P01",
        &[(of(24), WARNING), (of(25), &[]), (of(110), &[]), (of(111), WARNING), (of(141), ERROR)],
    );
}

#[test]
fn yes_or_no_is_worse_where_it_is_the_answer() {
    assert_told(
        "P03",
        &[
            (flashcard("Does a covering index need the table?", "It holds every column itself."), WARNING),
            (flashcard("Does a covering index need the table?", "No."), ERROR),
            (choice("Can a hash index serve a range?", ["No", "Yes", "Once sorted"]), ERROR),
            (flashcard("Which index serves a range?", "A tree."), &[]),
        ],
    );
}

#[test]
fn two_questions_are_worse_where_one_grade_has_to_do() {
    assert_told(
        "P07",
        &[
            (flashcard("What is a gap lock? Why does it exist?", "It keeps phantoms out."), ERROR),
            (choice("Which lock is taken, and why does it wait?", ["gap", "row", "table"]), WARNING),
        ],
    );
}

#[test]
fn negations_are_told_where_they_decide() {
    let options = ["`POST`", "`GET`", "`HEAD`"];
    assert_told(
        "P04",
        &[
            (choice("Which of these methods is not safe?", options), ERROR),
            (choice("Which of these methods is NOT safe?", options), &[]),
            (choice("All of these but one are safe: which method isn't?", options), ERROR),
            (flashcard("Which of these is not safe: `GET` or `POST`?", "The latter."), &[]),
        ],
    );
    assert_told(
        "P05",
        &[(
            choice("Which is **not** true of a tree?", ["It does not grow", "It splits", "It merges"]),
            ERROR,
        )],
    );
}

#[test]
fn words_of_the_answer_in_the_question_are_told() {
    assert_told(
        "P09",
        &[
            (typed("Which checkpointing technique writes pages little by little?", "accept = [\"fuzzy checkpoint\"]"), &[]),
            (typed("Which fuzzy technique writes pages little by little?", "accept = [\"fuzzy checkpoint\"]"), ERROR),
            (typed("Does it lock by optimistic or by pessimistic means?", "accept = [\"optimistic\"]"), &[]),
            ("kind = \"cloze\"\ntext = \"A {{phantom}} row appears when phantoms are not locked out by gaps.\"\n".to_owned(), ERROR),
        ],
    );
}

#[test]
fn pointers_need_something_to_point_at() {
    let answer = "The lock of the gap.";
    assert_told(
        "P10",
        &[
            (flashcard("Which lock does this code take?", answer), ERROR),
            (flashcard("Which lock does this code take: `SELECT 1`?", answer), &[]),
            (flashcard("Which of the following locks a gap?", answer), ERROR),
            (choice("Which of the following locks a gap?", ["x", "y", "z"]), &[]),
            (flashcard("Which lock does the figure above show?", answer), ERROR),
        ],
    );
}

#[test]
fn blocks_of_code_have_a_size() {
    let block = |lines: usize, width: usize| {
        let code = vec!["x".repeat(width); lines].join("\n");
        flashcard(&format!("What does it print?\n\n```text\n{code}\n```\n"), "Nothing but letters.")
    };
    assert_told(
        "P11",
        &[
            (block(15, 80), &[]),
            (block(16, 80), WARNING),
            (block(26, 80), ERROR),
            (block(1, 81), WARNING),
            (block(1, 101), ERROR),
        ],
    );
}

#[test]
fn answers_of_flashcards_have_a_length_and_are_no_lists() {
    let words = |count: usize| {
        (0..count).map(|number| format!("w{}", "a".repeat(number + 1))).collect::<Vec<_>>().join(" ")
    };
    let of = |answer: &str| flashcard("Which parts does it have?", answer);
    assert_told("F01", &[(of(&words(25)), &[]), (of(&words(26)), WARNING), (of(&words(51)), ERROR)]);
    assert_told(
        "F02",
        &[
            (of("Roots and leaves."), &[]),
            (of("Roots, stems and leaves."), WARNING),
            (of("Roots, stems, twigs and leaves."), ERROR),
            (of("- roots\n- stems\n- twigs\n- leaves"), ERROR),
            (
                of(
                    "The tree is searched from its root down to a leaf, and for each level read it costs one page of disk, memory, cache or log.",
                ),
                &[],
            ),
        ],
    );
}

#[test]
fn typed_answers_fit_their_card() {
    let of = |rest: &str| typed("Which anomaly is it?", rest);
    assert_told(
        "F04",
        &[
            (of("accept = [\"v w x y z\"]"), ERROR),
            (of("accept = [\"v w x y z\", \"abc\"]"), &[]),
            (of("accept = [\"Skew\", \"skew.\"]"), ERROR),
            (of("accept = [\"skew\"]\nnear_misses = [{ text = \"`Skew`\", why = \"no\" }]"), ERROR),
            (of("accept = [\"the skew\"]"), WARNING),
            (of("accept = [\"43.2\"]\nnear_misses = [{ text = \"44\", why = \"no\" }]"), WARNING),
            (
                of("accept = [\"43.2\"]\ntolerance = 0.1\nnear_misses = [{ text = \"43.3\", why = \"no\" }]"),
                ERROR,
            ),
        ],
    );
    assert_told("F05", &[(of("accept = [\"42\"]"), WARNING), (of("accept = [\"skew\"]"), &[])]);
}

#[test]
fn gaps_are_few_short_and_hidden() {
    let of = |text: &str| format!("kind = \"cloze\"\ntext = \"{text}\"\n");
    let rest = "keeps other transactions from inserting between two neighbouring records";
    assert_told(
        "F06",
        &[
            (of(&format!("A {{{{gap}}}} lock {rest}.")), &[]),
            (of(&format!("A {{{{lock on the gap that lies between}}}} {rest}.")), ERROR),
            (of(&format!("{{{{The}}}} gap lock {rest}.")), ERROR),
            (of(&format!("A {{{{gap}}}} lock on a gap {rest}.")), ERROR),
            (of("A {{gap}} lock waits here now."), ERROR),
            (format!("{}hint = \"It locks a gap.\"\n", of(&format!("A {{{{gap}}}} lock {rest}."))), ERROR),
        ],
    );
}

#[test]
fn unfinished_texts_and_strange_marks_are_errors() {
    for text in [
        "TODO",
        "It waits. FIXME: really?",
        "TBD: later",
        "(to be completed)",
        "???",
        "…",
        "a `lock",
        "<b>bold</b>",
        "a\tb",
        "zero\u{200b}width",
        "e\u{301}tude",
        "turn\u{202e}ed",
        "```sql\nSELECT 1",
        "lorem ipsum dolor",
    ] {
        let card = format!(
            "kind = \"flashcard\"\nprompt = \"Which lock waits here?\"\nanswer = {}\n",
            toml::Value::from(text)
        );
        assert_told("S04", &[(card, ERROR)]);
    }
}

#[test]
fn sources_are_held_against_the_list_of_the_collection() {
    let source = |url: &str| {
        format!(
            "[[card]]\nkind = \"flashcard\"\nprompt = \"Why is it fast?\"\nanswer = \"It saves the lookup.\"\nsources = [{{ title = \"T\", at = \"§1\", url = \"{url}\" }}]\n"
        )
    };
    let policy = Policy { source_hosts: Some(["mysql.com".to_owned()].into()), ..Policy::default() };
    let levels =
        |url: &str, policy: &Policy| found_in("indexing", &whole(&source(url), ""), policy).levels("S05");
    assert_eq!(levels("https://blog.example.com/x", &Policy::default()), []);
    assert_eq!(levels("https://blog.example.com/x", &policy), ERROR);
    assert_eq!(levels("https://dev.mysql.com/x", &policy), []);
}

#[test]
fn days_are_held_against_each_other() {
    let of = |review_by: &str| {
        format!(
            "{}as_of = 2026-11-22\nreview_by = {review_by}\n",
            flashcard("Which lock waits here?", "The one on the gap.")
        )
    };
    assert_told(
        "S07",
        &[
            (of("2029-11-22"), &[]),
            (of("2029-11-23"), ERROR),
            (of("2026-11-21"), ERROR),
            (of("2026-11-25"), WARNING),
        ],
    );
    let undated = format!(
        "{}[[card]]\n{}",
        HEAD.replace("as_of = 2026-11-22\n", ""),
        flashcard("Which lock waits here?", "The one on the gap.")
    );
    assert_eq!(found_in("indexing", &whole(&undated, ""), &Policy::default()).rules(), ["S06"]);
}

#[test]
fn one_variety_of_english_is_enough() {
    let card = |word: &str| {
        format!(
            "[[card]]\n{}",
            flashcard("Which lock waits here?", &format!("The one whose {word} is strict."))
        )
    };
    let cards = [card("behaviour"), card("behaviour of old"), card("behavior")].concat();
    let found = found(&cards);
    let told: Vec<&str> =
        found.findings.iter().filter(|one| one.rule == "S12").map(|one| one.message.as_str()).collect();
    assert_eq!(told, ["`behavior` is American, and the other cards write British English"]);
    let policy = Policy { words: ["behavior".to_owned()].into(), ..Policy::default() };
    assert_eq!(found_in("indexing", &whole(&cards, ""), &policy).levels("S12"), []);
}

#[test]
fn acronyms_of_the_collection_need_no_expansion() {
    let card = format!("[[card]]\n{}", flashcard("What does the QRZ layer do?", "It splits a page in two."));
    let policy = Policy { acronyms: ["QRZ".to_owned()].into(), ..Policy::default() };
    assert_eq!(found(&card).levels("P12"), WARNING);
    assert_eq!(found_in("indexing", &whole(&card, ""), &policy).levels("P12"), []);
}

#[test]
fn what_is_set_aside_with_a_reason_is_left_out_errors_too() {
    let card = |allow: &str| {
        format!("[[card]]\n{}{allow}\n", flashcard("Locks of a gap", "They keep phantoms out."))
    };
    assert_eq!(found(&card("")).rules(), ["P02"]);
    assert_eq!(found(&card("lint_allow = [\"P02: a heading of the book\"]")).rules(), [""; 0]);
    assert_eq!(found(&card("lint_allow = [\"P02\"]")).rules(), ["A01", "P02"]);
    assert_eq!(found(&card("lint_allow = [\"P99: no such rule\"]")).rules(), ["A01", "P02"]);
    let deck = format!(
        "{}{}",
        HEAD.replace("as_of", "lint_allow = [\"P02: headings throughout\"]\nas_of"),
        card("")
    );
    assert_eq!(found_in("indexing", &whole(&deck, ""), &Policy::default()).rules(), [""; 0]);
}

#[test]
fn findings_come_in_a_stable_order() {
    let cards =
        format!("[[card]]\n{}[[card]]\n{}", flashcard("Locks", "TODO"), flashcard("Is it safe?", "Yes"));
    let (first, second) = (found(&cards), found(&cards));
    assert_eq!(first.findings, second.findings);
    assert!(first.findings.is_sorted());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_a_rule_panic(text in "([a-zé?!.,:;`*\"“”()<>/0-9\n\t -]|which|not|and|TODO|```|\\?\\?\\?|\u{200d}){1,60}") {
        prop_assume!(!text.trim().is_empty());
        let text = toml::Value::from(text.as_str());
        let allow = "lint_allow = [\":\"]\n";
        found(&format!("[[card]]\nkind = \"flashcard\"\nprompt = {text}\nanswer = {text}\nhint = {text}\n{allow}"));
        found(&format!("[[card]]\nkind = \"typed\"\nprompt = {text}\naccept = [{text}]\nversions = [{text}]\n"));
        found(&format!("[[card]]\nkind = \"true-false\"\nstatement = {text}\nanswer = true\nexplanation = {text}\nlint_allow = [{text}]\n"));
        found(&format!("[[card]]\nkind = \"choice\"\nprompt = {text}\noptions = [{{ text = {text}, correct = true }}, {{ text = \"x\" }}]\nsources = [{{ title = {text}, url = {text} }}]\n"));
    }
}
