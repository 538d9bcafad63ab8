//! Sound cards that a rule taken by its letter would tell off.

use mindrill::domain::policy::Policy;

use super::{found, found_in, whole};

/// Each kind, with nothing wrong about it.
const SOUND: &str = r#"
[[card]]
kind = "flashcard"
aim = "explain"
prompt = "Why is a **covering** index fast?"
answer = "The query never touches the table."

[[card]]
kind = "choice"
aim = "decide"
prompt = "With an index on `(a, b)`, which predicate can seek?"
options = [
  { text = "`a = 1`", correct = true, why = "It is the leftmost column of the index." },
  { text = "`b = 1`", why = "Without `a` the entries are not in order of `b`." },
  { text = "`a + 1 = 2`", why = "A function of the column hides the order." },
]

[[card]]
kind = "choice"
prompt = "Which of the following does MySQL offer as an index? Select all that apply."
options = [
  { text = "B-tree", correct = true, why = "The default of InnoDB, for all comparisons." },
  { text = "Full-text", correct = true, why = "For words within long columns of text." },
  { text = "Bitmap", why = "Oracle has it, and MySQL has not." },
  { text = "BRIN", why = "PostgreSQL has it, and MySQL has not." },
]

[[card]]
kind = "typed"
prompt = "How many bytes may an InnoDB index key have?"
accept = ["3072", "3072 bytes"]
near_misses = [{ text = "767", why = "That was the limit of the old row formats." }]

[[card]]
kind = "cloze"
text = "A {{gap lock|gap-lock}} keeps other transactions from inserting between two index records."

[[card]]
kind = "order"
prompt = "Order the isolation levels from the weakest to the strongest."
items = ["read uncommitted", "read committed", "repeatable read", "serializable"]

[[card]]
kind = "true-false"
statement = "`BEGIN` takes the snapshot of a transaction in InnoDB."
answer = false

[[card]]
kind = "explain"
aim = "diagnose"
prompt = "Two doctors are on call, and each goes off call at the same moment after a check that another is still there. Nobody is on call then. Explain what went wrong, and name two ways to mend it."
checklist = ["both read the same state", "each writes another row", "no lock conflicts"]
answer = "Write skew: each decision was right alone."
"#;

#[test]
fn a_deck_of_all_kinds_with_nothing_wrong_is_left_in_peace() {
    let found = found(SOUND);
    assert_eq!(found.rules(), [""; 0], "{:#?}", found.findings);
}

/// Flashcards of which nothing is to be told: prompt and answer.
const FLASHCARDS: [(&str, &str); 22] = [
    (
        "Go to the log: which record shows that a transaction is done?",
        "The commit record, once it is flushed.",
    ),
    (
        "What do readers react to when an index is dropped by `ALTER TABLE`?",
        "To a new version of the dictionary entry.",
    ),
    ("Which evict policy drops the least recently used page first?", "LRU, with a young and an old sublist."),
    ("How often does a checkpoint run with adaptive flushing?", "As the fill of the redo log demands."),
    (
        "Why does a range scan not lock the gap before its first record?",
        "It has a record lock there already.",
    ),
    (
        "A colleague asks: “Can this index serve the sort?” What do you check?",
        "Whether its columns follow the order asked for.",
    ),
    (
        "Name the phase in which a two-phase commit may block.",
        "After the vote, when the coordinator is lost.",
    ),
    ("A page holds 100 rows. Name what decides the height of the tree.", "The fan-out of its inner pages."),
    ("The cost of a lookup that leaves the index is called …", "A row lookup, or a bookmark lookup."),
    ("Which table records who changed a row and when it happened?", "The audit table, filled by triggers."),
    ("Is it the reader or the writer that waits under MVCC?", "Neither waits for its counterpart."),
    ("What does a TODO comment in a migration leave behind?", "A decision that nobody has taken."),
    ("What does `SELECT * FROM t -- TODO` return?", "Every row of the table."),
    ("Which snippet of `<script>` does the sanitizer let through?", "None at all: it escapes the bracket."),
    ("What is the port of MySQL?", "3306"),
    ("Which lock does a plain read take under MVCC?", "None."),
    ("Which statement ends a transaction for good?", "`COMMIT`, or `ROLLBACK` to undo it."),
    (
        "What does the write-ahead log (WAL) promise before a page is flushed?",
        "The change is on disk in the log.",
    ),
    ("What does the SQL standard call a read of uncommitted rows?", "A dirty read."),
    ("How does the 1:N side of a relation point to its parent?", "By a foreign key column."),
    (
        "What happens to rows that a reader has locked and that a writer deletes?",
        "They stay marked until the reader is done.",
    ),
    (
        "Which consistency do replicas give that lag by seconds?",
        "Eventual: a read may be older than its own write.",
    ),
];

#[test]
fn sound_flashcards_are_not_told_off() {
    for (prompt, answer) in FLASHCARDS {
        let card =
            format!("[[card]]\nkind = \"flashcard\"\nprompt = '''{prompt}'''\nanswer = '''{answer}'''\n");
        let found = found(&card);
        assert_eq!(found.rules(), [""; 0], "{prompt}\n{:#?}", found.findings);
    }
}

#[test]
fn sound_cards_of_other_kinds_are_not_told_off() {
    for card in [
        // Code needs its tabs, and its language is said.
        "kind = \"typed\"\nprompt = \"\"\"\nWhat does this code print?\n\n```go\nfunc main() {\n\tfmt.Println(append([]int{1}, 2))\n}\n```\n\"\"\"\naccept = [\"[1 2]\"]\n",
        // A name from code has one spelling.
        "kind = \"typed\"\nprompt = \"Which directive makes a shared cache ask the origin first?\"\naccept = [\"no-cache\"]\n",
        // The last word of an answer tells what is asked for.
        "kind = \"typed\"\nprompt = \"Which anomaly of reads shows a row twice?\"\naccept = [\"non-repeatable read\", \"fuzzy read\"]\n",
        // A version is no number.
        "kind = \"typed\"\nprompt = \"Which version of the protocol dropped renegotiation?\"\naccept = [\"1.3\", \"TLS 1.3\"]\nnear_misses = [{ text = \"1.2\", why = \"It still had it.\" }]\n",
        // Two negations in two clauses.
        "kind = \"true-false\"\nstatement = \"A lock that is not held is not released, and no thread waits for it.\"\nanswer = true\n",
        // A NULL that is not a double negative.
        "kind = \"true-false\"\nstatement = \"A `NOT NULL` column does not need a third truth value.\"\nanswer = true\n",
        // A scenario may tell what is the case at present.
        "kind = \"choice\"\naim = \"decide\"\nprompt = \"The service currently runs on one server and must survive its loss within a minute. What do you add?\"\noptions = [\n  { text = \"A standby with a shared address\", correct = true, why = \"It takes over in seconds by itself.\" },\n  { text = \"A nightly copy of the disk\", why = \"To restore it takes hours, not a minute.\" },\n  { text = \"A larger machine\", why = \"A larger one can be lost as well.\" },\n]\n",
        // The exception is the point, and is emphasised.
        "kind = \"choice\"\nprompt = \"Which of these request methods is **not** safe?\"\noptions = [\n  { text = \"`DELETE`\", correct = true, why = \"It asks for a change of state.\" },\n  { text = \"`HEAD`\", why = \"It asks for nothing but the header.\" },\n  { text = \"`OPTIONS`\", why = \"It asks what would be allowed.\" },\n]\n",
    ] {
        let found = found(&format!("[[card]]\n{card}"));
        assert_eq!(found.rules(), [""; 0], "{card}\n{:#?}", found.findings);
    }
}

#[test]
fn numbers_away_from_the_cloud_need_no_new_look_and_files_may_be_named_after_more_of_the_key() {
    let card = "[[card]]\nkind = \"flashcard\"\nprompt = \"How long is the default wait for a row lock?\"\nanswer = \"50 seconds, then the statement fails.\"\n";
    for stem in ["indexing", "indexing-2", "databases-indexing"] {
        let found = found_in(stem, &whole(card, ""), &Policy::default());
        assert_eq!(found.rules(), [""; 0], "{stem}: {:#?}", found.findings);
    }
    assert_eq!(found_in("notes", &whole(card, ""), &Policy::default()).rules(), ["S02"]);
}
