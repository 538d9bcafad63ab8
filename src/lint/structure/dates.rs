//! When a card needs a new look (S07, S08).

use std::borrow::Cow;

use crate::domain::card::{Body, Part, Piece};
use crate::domain::day::StudyDay;
use crate::lint::sheet::Sheet;
use crate::lint::{Finding, Rule, Severity, Subject};

/// Longest time until a new look, in years: what is stable for longer needs no `review_by` at all.
/// Source: the rules for item writers, S07: stable facts at most 36 months.
const LONGEST_TERM: i32 = 3;

pub(super) const S07: Rule = Rule {
    id: "S07",
    title: "`review_by` lies ahead, and at most three years after the facts were checked",
    severity: Severity::Both,
    why: "A card whose `review_by` has passed is stale: it is still asked, but its leaf counts it as unwritten until somebody has looked at it (a warning). A day before that of the facts, or more than three years after it, is a slip or a promise that nobody keeps (an error). A card without `review_by` claims to be stable; one bound to `versions` needs none, since its version does not change.",
    bad: r#"[[card]]
id = "query-method"
kind = "flashcard"
prompt = "Which HTTP method is safe and still carries a query as content?"
answer = "`QUERY`, a method that caches may store by its content."
as_of = 2026-11-22
review_by = 2036-11-22
"#,
    good: r#"[[card]]
id = "query-method"
kind = "flashcard"
prompt = "Which HTTP method is safe and still carries a query as content?"
answer = "`QUERY`, a method that caches may store by its content."
as_of = 2026-11-22
review_by = 2028-11-22
"#,
};

pub(super) const S08: Rule = Rule {
    id: "S08",
    title: "a quota of a cloud service has a day for a new look",
    severity: Severity::Warning,
    why: "The vendor raises quotas without notice, and a learnt number then is a wrong one. An answer on a leaf about AWS that gives a number with a unit needs `review_by`. The numbers of a scenario are given, not learnt, and do not count; nor do numbers on other leaves.",
    bad: r#"[deck]
title = "Lambda"
node = "cloud/lambda"
as_of = 2026-11-22

[[card]]
id = "timeout"
kind = "flashcard"
prompt = "How long may one invocation of a function run at most?"
answer = "For 15 minutes, after which it is ended."
"#,
    good: r#"[deck]
title = "Lambda"
node = "cloud/lambda"
as_of = 2026-11-22

[[card]]
id = "timeout"
kind = "flashcard"
prompt = "How long may one invocation of a function run at most?"
answer = "For 15 minutes, after which it is ended."
review_by = 2027-05-22
"#,
};

/// Looks over a card.
pub(super) fn look(sheet: &Sheet<'_>, subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let as_of = sheet.card.as_of.or(sheet.deck.as_of);
    match sheet.card.review_by {
        Some(day) => findings.extend(term(sheet, (day, as_of), subject.today)),
        None => findings.extend(quota(sheet, subject)),
    }
}

fn term(sheet: &Sheet<'_>, (day, as_of): (StudyDay, Option<StudyDay>), today: StudyDay) -> Option<Finding> {
    let part = Part::key("review_by");
    let end = as_of.map(|as_of| years_after(as_of, LONGEST_TERM));
    if let (Some(as_of), Some(end)) = (as_of, end)
        && (day > end || day < as_of)
    {
        let relation = if day < as_of { "before" } else { "more than three years after" };
        let message = format!("`review_by` lies {relation} the day of the facts, {as_of}");
        return Some(sheet.error(
            part,
            S07.id,
            message,
            "choose the day on which you will look at the card again",
        ));
    }
    let message = format!("a stale card: its new look was due on {day}");
    let hint = "check its facts, then move `as_of` and `review_by`; until then it counts as unwritten";
    (day < today).then(|| sheet.warning(part, S07.id, message, hint))
}

fn years_after(day: StudyDay, years: i32) -> StudyDay {
    let (year, month, date) = day.ymd();
    StudyDay::from_ymd(year + years, month, date)
        .or_else(|| StudyDay::from_ymd(year + years, month, 28))
        .unwrap_or(StudyDay::LAST)
}

/// Parts of a node's key that speak of AWS.
const AWS: [&str; 16] = [
    "alb",
    "aws",
    "cloudfront",
    "cloudwatch",
    "codepipeline",
    "dynamodb",
    "ec2",
    "ecs",
    "fargate",
    "iam",
    "kinesis",
    "nlb",
    "rds",
    "s3",
    "sns",
    "sqs",
];
/// Units and words of quotas, in lower case.
const UNITS: [&str; 32] = [
    "%",
    "bytes",
    "connections",
    "days",
    "gb",
    "gib",
    "hours",
    "iops",
    "kb",
    "kib",
    "mb",
    "messages",
    "mib",
    "minutes",
    "ms",
    "rcu",
    "rcus",
    "requests",
    "rps",
    "s",
    "second",
    "seconds",
    "tb",
    "tib",
    "tps",
    "vcpu",
    "vcpus",
    "wcu",
    "wcus",
    "weeks",
    "years",
    "day",
];

fn quota(sheet: &Sheet<'_>, subject: &Subject<'_>) -> Option<Finding> {
    let map = subject.map?;
    let mut keys = sheet.nodes.iter().map(|node| map.node(*node).key.0.as_str());
    keys.any(is_aws).then_some(())?;
    let (part, _) = answers(sheet).into_iter().find(|(_, text)| has_quota(text))?;
    let message = "a number of a cloud service, and no day for a new look".to_owned();
    let hint = "add `review_by`, at most six months after the day of the facts";
    Some(sheet.warning(part, S08.id, message, hint))
}

fn is_aws(key: &str) -> bool {
    let leaf = key.rsplit('/').next().unwrap_or_default();
    let is_cloud = key.split('/').any(|slug| slug == "cloud" || slug.split('-').any(|word| word == "aws"));
    leaf.split('-').any(|word| AWS.contains(&word) || (word == "lambda" && is_cloud))
}

/// What a learner has to know by heart.
fn answers<'s>(sheet: &'s Sheet<'_>) -> Vec<(Part, Cow<'s, str>)> {
    match &sheet.card.body {
        Body::Flashcard { answer, .. } => vec![(Part::key("answer"), answer.into())],
        Body::Choice { options, .. } => {
            let right = options.iter().enumerate().filter(|(_, option)| option.correct);
            right
                .map(|(at, option)| {
                    (Part::key("options").item(at).field("text"), option.text.as_str().into())
                })
                .collect()
        }
        Body::Typed { key, .. } => {
            let accepted = key.accept.iter().enumerate();
            accepted.map(|(at, text)| (Part::key("accept").item(at), text.as_str().into())).collect()
        }
        Body::TrueFalse { statement, .. } => vec![(Part::key("statement"), statement.into())],
        Body::Cloze { pieces } => vec![(Part::key("text"), filled(pieces).into())],
        Body::Explain { .. } | Body::Order { .. } => Vec::new(),
    }
}

/// A cloze with its gaps filled.
fn filled(pieces: &[Piece]) -> String {
    let texts = pieces.iter().map(|piece| match piece {
        Piece::Text(text) => text.as_str(),
        Piece::Gap(key) => key.accept.first().map_or("", String::as_str),
    });
    texts.collect()
}

/// Whether a number with a unit stands in a text.
fn has_quota(text: &str) -> bool {
    let words: Vec<&str> =
        text.split_whitespace().map(|word| word.trim_matches(['(', ')', ',', '.', '`'])).collect();
    words.iter().enumerate().any(|(at, word)| {
        let digits = word.trim_end_matches(|letter: char| !letter.is_ascii_digit());
        let unit = word.get(digits.len()..).unwrap_or_default();
        let is_number = digits.starts_with(|first: char| first.is_ascii_digit())
            && digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
        let next = if unit.is_empty() { words.get(at + 1).copied().unwrap_or_default() } else { unit };
        is_number && UNITS.contains(&next.to_lowercase().as_str())
    })
}
