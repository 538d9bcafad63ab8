//! How long a question is, and whether it asks one thing, openly (P01, P02, P03, P07).

use super::{Question, folded};
use crate::domain::card::{Aim, Body, Kind};
use crate::domain::problem::Level;
use crate::lint::sheet::{LONGEST_PLAIN_STEM, Role, Sheet};
use crate::lint::words;
use crate::lint::{Finding, Rule, Severity};

/// Least, most, and far too many words of a question, code left out.
type Limits = (usize, usize, usize);

// Source: 10,448 public choices (stems: median 15 words, 90 % up to 44, 99 % up to 89) and 6,300 flashcards
// (fronts: 95 % up to 18 words), widened where a scenario needs its givens.
const SHORT: Limits = (4, 25, 40);
const STEM: Limits = (4, LONGEST_PLAIN_STEM, 70);
const SCENARIO: Limits = (25, 110, 140);
const TALK: Limits = (4, 110, 140);
const CLOZE: Limits = (6, 35, usize::MAX);
const ORDER: Limits = (4, 25, usize::MAX);
/// The length of a claim is the business of T01.
const CLAIM: Limits = (4, usize::MAX, usize::MAX);

pub(super) const P01: Rule = Rule {
    id: "P01",
    title: "a question is as long as its kind needs, and no longer",
    severity: Severity::Both,
    why: "Each word is read at every review. Flashcards and typed questions have 4 to 25 words (an error from 41), or up to 45 where they decide, diagnose or ask for a number from given figures; the stem of a choice at most 45 (an error from 71); a scenario 25 to 110 (an error from 141), since without its constraints several answers are right; the sentence of a cloze 6 to 35; the prompt of an order at most 25. Code does not make a question long: a piece in backticks is one word, a fenced block none. The limits are the 90th to 99th percentiles of large public sets.",
    bad: r#"[[card]]
id = "locks"
kind = "flashcard"
prompt = "Gap locks?"
answer = "They keep other transactions from inserting into the gap between two index records."
"#,
    good: r#"[[card]]
id = "locks"
kind = "flashcard"
prompt = "What does a gap lock of InnoDB keep out?"
answer = "Inserts by other transactions into the gap between two index records."
"#,
};

pub(super) const P02: Rule = Rule {
    id: "P02",
    title: "a question asks: it ends with a question mark, or begins with a verb that says what to do",
    severity: Severity::Error,
    why: "A heading (`Latency vs throughput`) does not say what would be a right answer, so the learner grades himself on whatever comes to mind. One sentence must end with `?`, begin with a verb such as name, choose or explain, or be left open for completion (`… is called …`). Source: Matuschak, prompts are precise; a third of public flashcards break it.",
    bad: r#"[[card]]
id = "latency-throughput"
kind = "flashcard"
prompt = "Latency against throughput of a queue"
answer = "Batches raise the number of jobs a second, and each single job then waits longer."
"#,
    good: r#"[[card]]
id = "latency-throughput"
kind = "flashcard"
prompt = "How does taking jobs in batches change latency and throughput of a queue?"
answer = "More jobs are done a second, and each single one waits longer."
"#,
};

pub(super) const P03: Rule = Rule {
    id: "P03",
    title: "yes or no is asked by a `true-false` card alone",
    severity: Severity::Both,
    why: "A question that can be answered by yes or no is right by chance half of the time, and shows little when it is. A `true-false` card at least shows its reason. It is an error where the answer is a bare yes or no, else a warning. A question in quotation marks, and one that offers two things by `or`, is not told off. Source: Matuschak, avoid yes/no prompts.",
    bad: r#"[[card]]
id = "dns-transport"
kind = "flashcard"
prompt = "Can DNS answers be carried by TCP?"
answer = "Servers must accept it: answers that are too long for a datagram come that way."
"#,
    good: r#"[[card]]
id = "dns-transport"
kind = "flashcard"
prompt = "When does a resolver repeat a DNS query over TCP?"
answer = "After a truncated answer: it was too long for one datagram."
"#,
};

pub(super) const P07: Rule = Rule {
    id: "P07",
    title: "one question a card",
    severity: Severity::Both,
    why: "With two questions on a card, knowing one and not the other has no grade, and the schedule of the harder one is spoilt by the easier. It is an error on flashcards and typed cards, else a warning; an `explain` card may ask for several points, since its checklist grades them one by one. A clause that only depends on the question (`records who changed a row and when it happened`) is not told off. Source: Wozniak, the minimum information principle; Haladyna, one content point per item.",
    bad: r#"[[card]]
id = "checkpoint"
kind = "flashcard"
prompt = "What does a checkpoint write, and why does recovery need it?"
answer = "The dirty pages up to a log position; replay can start from there."
"#,
    good: r#"[[card]]
id = "checkpoint"
kind = "flashcard"
prompt = "Why does recovery after a crash begin at the last checkpoint?"
answer = "All pages changed before it are on disk already; only the later log needs replay."
"#,
};

/// Looks over a question.
pub(super) fn look(question: &Question<'_, '_>, findings: &mut Vec<Finding>) {
    findings.extend(length(question.sheet));
    findings.extend(request(question));
    findings.extend(yes_or_no(question));
    findings.extend(several(question));
}

fn limits(sheet: &Sheet<'_>) -> Limits {
    let decides = matches!(sheet.card.aim, Aim::Decide | Aim::Diagnose);
    match sheet.role {
        Role::Flash | Role::Typed if decides || computes(&sheet.card.body) => STEM,
        Role::Flash | Role::Typed => SHORT,
        Role::Single | Role::Several => STEM,
        Role::Scenario if decides => SCENARIO,
        Role::Scenario => TALK,
        Role::Cloze => CLOZE,
        Role::Order => ORDER,
        Role::Claim => CLAIM,
    }
}

/// Whether a number is to be found from figures that the question gives.
fn computes(body: &Body) -> bool {
    matches!(body, Body::Typed { key, .. } if key.is_numeric())
}

fn length(sheet: &Sheet<'_>) -> Option<Finding> {
    let count = sheet.prompt.length();
    let (least, most, far) = limits(sheet);
    let (level, message, hint) = if count > far {
        (
            Level::Error,
            format!("a question of {count} words, {most} at most"),
            "move what is not needed to answer into `explanation`, or split the card",
        )
    } else if count > most {
        (
            Level::Warning,
            format!("a question of {count} words, {most} at most"),
            "leave out what is not needed to answer",
        )
    } else if sheet.length < least && sheet.prompt.blocks.is_empty() {
        let hint = if least == SCENARIO.0 {
            "a scenario needs its constraints: figures, symptoms, what must not change"
        } else {
            "ask in a whole sentence, so that one answer alone is right"
        };
        (Level::Warning, format!("a question of {} words, {least} at least", sheet.length), hint)
    } else {
        return None;
    };
    Some(sheet.finding(sheet.asks, (P01.id, level), message, hint))
}

/// Verbs with which a request begins, in order.
const REQUESTS: [&str; 84] = [
    "argue",
    "arrange",
    "assess",
    "assign",
    "assume",
    "break",
    "calculate",
    "choose",
    "classify",
    "combine",
    "compare",
    "complete",
    "compute",
    "consider",
    "contrast",
    "convert",
    "correct",
    "count",
    "debug",
    "decide",
    "define",
    "derive",
    "describe",
    "design",
    "determine",
    "diagnose",
    "discuss",
    "distinguish",
    "draft",
    "draw",
    "enter",
    "enumerate",
    "estimate",
    "evaluate",
    "expand",
    "explain",
    "express",
    "fill",
    "find",
    "finish",
    "fix",
    "give",
    "identify",
    "illustrate",
    "imagine",
    "justify",
    "label",
    "list",
    "locate",
    "map",
    "mark",
    "match",
    "name",
    "order",
    "outline",
    "pick",
    "place",
    "predict",
    "propose",
    "prove",
    "put",
    "rank",
    "read",
    "recall",
    "recommend",
    "rewrite",
    "say",
    "select",
    "show",
    "simplify",
    "sketch",
    "solve",
    "sort",
    "spell",
    "state",
    "suggest",
    "summarise",
    "summarize",
    "talk",
    "tell",
    "trace",
    "translate",
    "type",
    "write",
];

/// Least words of a stem that is left open for completion.
const LEAST_OPEN: usize = 4;

fn request(question: &Question<'_, '_>) -> Option<Finding> {
    let sheet = question.sheet;
    if !matches!(sheet.role, Role::Flash | Role::Single | Role::Several | Role::Typed) {
        return None;
    }
    let asks = question.plain.contains('?')
        || question.sentences.iter().any(|sentence| {
            let clauses = sentence.split([',', ':', ';']).chain([*sentence]);
            clauses.filter_map(|clause| words::words(clause).next()).any(is_request)
        });
    let open = question.plain.trim_end().trim_end_matches('.');
    let open = ["…", "...", "__", ":"]
        .iter()
        .any(|end| question.plain.trim_end().ends_with(end) || open.ends_with(end))
        && words::words(question.plain).count() >= LEAST_OPEN;
    if asks || open {
        return None;
    }
    let message = "the prompt asks nothing: no `?`, and no verb that says what to do".to_owned();
    let hint = "ask a question, or begin with a verb: name, choose, explain, complete …";
    Some(sheet.error(sheet.asks, P02.id, message, hint))
}

fn is_request(word: &str) -> bool {
    REQUESTS.binary_search(&word.to_lowercase().as_str()).is_ok()
}

/// Verbs with which a question for yes or no begins.
pub(super) const AUXILIARIES: [&str; 16] = [
    "is", "are", "was", "were", "does", "do", "did", "can", "could", "should", "would", "will", "has",
    "have", "may", "must",
];
/// Answers that are nothing but yes or no.
const BARE: [&str; 4] = ["yes", "no", "true", "false"];

fn yes_or_no(question: &Question<'_, '_>) -> Option<Finding> {
    let sheet = question.sheet;
    if matches!(sheet.role, Role::Claim | Role::Cloze) || sheet.card.kind() == Kind::Explain {
        return None;
    }
    let asked = question.asking().find(|sentence| {
        let begins = sentence.starts_with(char::is_alphabetic);
        let first = words::words(sentence).next().map(str::to_lowercase).unwrap_or_default();
        let asks = begins && AUXILIARIES.contains(&first.as_str());
        asks && !words::words(sentence).any(|word| word.eq_ignore_ascii_case("or"))
    })?;
    let first = words::words(asked).next().unwrap_or_default();
    let level = if is_bare_answer(&sheet.card.body) { Level::Error } else { Level::Warning };
    let message = format!("`{first} …?` asks for yes or no");
    let hint = "ask what, which, when or why; or make it a `true-false` card";
    Some(sheet.finding(sheet.asks, (P03.id, level), message, hint))
}

fn is_bare_answer(body: &Body) -> bool {
    let is_bare = |text: &str| {
        let text = text.trim_matches(|letter: char| !letter.is_alphabetic());
        BARE.iter().any(|bare| text.eq_ignore_ascii_case(bare))
    };
    match body {
        Body::Flashcard { answer, .. } => is_bare(answer),
        Body::Typed { key, .. } => key.accept.iter().any(|text| is_bare(text)),
        Body::Choice { options, .. } => options.iter().any(|option| option.correct && is_bare(&option.text)),
        Body::Cloze { .. } | Body::Order { .. } | Body::TrueFalse { .. } | Body::Explain { .. } => false,
    }
}

fn several(question: &Question<'_, '_>) -> Option<Finding> {
    let sheet = question.sheet;
    if matches!(sheet.role, Role::Claim | Role::Cloze) || sheet.card.kind() == Kind::Explain {
        return None;
    }
    let message = if question.asking().count() > 1 {
        "two questions on one card".to_owned()
    } else {
        let second = question.asking().find_map(second_question)?;
        format!("a second question on one card: `and {second} …`")
    };
    let level = if matches!(sheet.role, Role::Flash | Role::Typed) { Level::Error } else { Level::Warning };
    let hint = "make each a card of its own";
    Some(sheet.finding(sheet.asks, (P07.id, level), message, hint))
}

/// `why` of `and why does it`, where it asks a second time rather than depends on the first question.
fn second_question(sentence: &str) -> Option<&'static str> {
    if !words::words(sentence).any(|word| word.eq_ignore_ascii_case("and")) {
        return None;
    }
    let words = folded(sentence);
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    (1..words.len()).filter(|at| word(*at) == "and").find_map(|at| {
        let asked = ["what", "why", "how", "when"].into_iter().find(|asked| word(at + 1) == *asked)?;
        let next = word(at + 2);
        let counts = asked == "how" && matches!(next, "many" | "much" | "long" | "far" | "large" | "fast");
        let turns =
            (3..5).any(|ahead| matches!(word(at + ahead), "does" | "do" | "did" | "can" | "should" | "must"));
        (next.is_empty() || AUXILIARIES.contains(&next) || (counts && turns)).then_some(asked)
    })
}

#[cfg(test)]
mod tests {
    use super::{REQUESTS, second_question};

    #[test]
    fn the_list_is_sorted() {
        assert!(REQUESTS.is_sorted());
    }

    #[test]
    fn only_an_inverted_clause_asks_a_second_time() {
        for (sentence, second) in [
            ("What does it write, and why does recovery need it?", Some("why")),
            ("Which lock does it take, and why?", Some("why")),
            ("Which index helps and how many rows does it read?", Some("how")),
            ("Which table records who changed a row and when it happened?", None),
            ("Which layer decides what is sent and how it is framed?", None),
        ] {
            assert_eq!(second_question(sentence), second, "{sentence}");
        }
    }
}
