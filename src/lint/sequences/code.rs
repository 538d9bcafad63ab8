//! Code whose output is asked for (C01, C02).

use crate::domain::card::{Body, Part};
use crate::lint::choice::quoted;
use crate::lint::sheet::Sheet;
use crate::lint::words;
use crate::lint::{Finding, Rule, Severity};

/// Longest a piece of code may wait, seconds. Source: item-writing §1.5, C02.
const LONGEST_WAIT: f64 = 5.0;
/// Fewest hexadecimal digits of what is taken for an address in memory.
const LEAST_ADDRESS: usize = 6;

/// What gives something else at each run.
const CHANGING: [&str; 18] = [
    "Math.random(",
    "rand(",
    "rand.Int",
    "SecureRandom",
    "random.random(",
    "uuid4(",
    "randomUUID(",
    "Random.new",
    "Time.now",
    "Date.now(",
    "new Date()",
    "time.Now(",
    "datetime.now(",
    "System.nanoTime(",
    "System.currentTimeMillis(",
    "Process.pid",
    "process.pid",
    "object_id",
];
/// What prints.
const PRINTING: [&str; 8] = ["puts ", "print", "Print", "console.", "echo ", "pp ", "System.out", "inspect"];
/// What needs a network.
const NETWORK: [&str; 12] = [
    "fetch(",
    "curl ",
    "wget ",
    "Net::HTTP",
    "requests.get",
    "http.Get(",
    "axios",
    "URI.open",
    "HttpClient",
    "net.Dial",
    "TCPSocket",
    "urllib",
];
/// What needs to be root.
const ROOT: [&str; 5] = ["sudo ", "iptables ", "mount ", "modprobe ", "insmod "];

pub(super) const C01: Rule = Rule {
    id: "C01",
    title: "the output asked for is the same at each run",
    severity: Severity::Error,
    why: "A key that depends on the time, on chance, on a process id or on an address is right for the author's run alone. \
              Told where the answer is an address in memory, and where a line of the code prints such a value and its output is asked for; a program that only uses one (to wait a random time) may still have one output.",
    bad: include_str!("../examples/C01.bad.toml"),
    good: include_str!("../examples/C01.good.toml"),
};

pub(super) const C02: Rule = Rule {
    id: "C02",
    title: "code whose output is asked for runs anywhere, at once",
    severity: Severity::Warning,
    why: "A card about code is only as right as the last run of it. A snippet that needs a network, a privileged user or more than 5 seconds is not run again when its card is revised. \
              Transcripts of a session, which show the output themselves, are not meant.",
    bad: include_str!("../examples/C02.bad.toml"),
    good: include_str!("../examples/C02.good.toml"),
};

/// Looks over one card.
pub(super) fn look(sheet: &Sheet<'_>, findings: &mut Vec<Finding>) {
    if sheet.prompt.blocks.is_empty() || !asks_for_output(sheet) {
        return;
    }
    if let Some((what, part)) = changing_answer(sheet).or_else(|| changing_line(sheet)) {
        let message = format!("{} is different at each run", quoted(&what));
        findings.push(sheet.error(part, "C01", message, "print something that is the same at each run"));
    }
    let programs = sheet.prompt.blocks.iter().filter(|(language, _)| !is_transcript(language));
    for (_, code) in programs {
        if let Some(what) = need(code) {
            let message = format!("the code needs {what}");
            findings.push(sheet.warning(
                sheet.asks,
                "C02",
                message,
                "let the code bring what it needs with it",
            ));
        }
    }
}

/// Whether the learner has to say what a piece of code gives.
fn asks_for_output(sheet: &Sheet<'_>) -> bool {
    let kind = matches!(sheet.card.body, Body::Choice { .. } | Body::Typed { .. } | Body::Flashcard { .. });
    let asks = |word: &str| {
        let word = word.to_ascii_lowercase();
        let stem = word.trim_end_matches('s');
        matches!(
            stem,
            "print"
                | "printed"
                | "output"
                | "log"
                | "logged"
                | "return"
                | "returned"
                | "show"
                | "write"
                | "display"
        )
    };
    kind && words::words(&sheet.prompt.spoken()).any(asks)
}

fn changing_answer(sheet: &Sheet<'_>) -> Option<(String, Part)> {
    let answer = match &sheet.card.body {
        Body::Typed { key, .. } => {
            key.accept.iter().find(|text| has_address(text)).map(|text| (text, Part::key("accept")))
        }
        Body::Flashcard { answer, .. } => Some((answer, Part::key("answer"))),
        Body::Choice { options, .. } => {
            let key = options.iter().position(|option| option.correct && has_address(&option.text));
            key.map(|key| (&options[key].text, Part::key("options").item(key).field("text")))
        }
        _ => None,
    };
    answer.filter(|(text, _)| has_address(text)).map(|(text, part)| (text.clone(), part))
}

/// Whether a text shows where an object lies: `#<Point:0x000071a3>`, `Point@1b6d3586`.
fn has_address(text: &str) -> bool {
    let hexadecimal = |rest: &str| rest.chars().take_while(char::is_ascii_hexdigit).count() >= LEAST_ADDRESS;
    let object = text.split_once(":0x").or_else(|| text.split_once("@0x"));
    object.is_some_and(|(_, rest)| hexadecimal(rest))
}

fn changing_line(sheet: &Sheet<'_>) -> Option<(String, Part)> {
    let lines = sheet.prompt.blocks.iter().flat_map(|(_, code)| code.lines());
    let prints =
        |line: &&str| PRINTING.iter().any(|name| line.contains(name)) || line.trim_start().starts_with("p ");
    // A comparison or a type of such a value is the same at each run.
    let masked = |line: &&str| {
        ["==", "<", ">", "typeof", ".class", "is_a", "instanceof", "-"].iter().any(|mark| line.contains(mark))
    };
    let mut printing = lines.filter(prints).filter(|line| !masked(line));
    let name = printing.find_map(|line| CHANGING.iter().find(|name| line.contains(*name)))?;
    Some((name.trim_end_matches('(').to_owned(), sheet.asks))
}

fn is_transcript(language: &str) -> bool {
    let name = language.split_whitespace().next().unwrap_or_default();
    matches!(
        name,
        "" | "text" | "console" | "terminal" | "log" | "sql" | "json" | "yaml" | "http" | "shell-session"
    )
}

fn need(code: &str) -> Option<String> {
    // A line that begins with `$` is a transcript's.
    if code.lines().any(|line| line.trim_start().starts_with("$ ")) {
        return None;
    }
    let named = |names: &[&str]| {
        names
            .iter()
            .find(|name| code.contains(**name))
            .map(|name| name.trim_end_matches(['(', ' ']).to_owned())
    };
    if let Some(name) = named(&NETWORK) {
        return Some(format!("a network (`{name}`)"));
    }
    if let Some(name) = named(&ROOT) {
        return Some(format!("a privileged user (`{name}`)"));
    }
    let seconds = code.split("sleep").skip(1).filter_map(|rest| {
        let rest = rest.trim_start_matches(['(', ' ']);
        let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(rest.len());
        // Elsewhere than in a shell or in Ruby, `sleep(1000)` counts milliseconds.
        rest[..end].parse::<f64>().ok().filter(|_| !rest[end..].trim_start().starts_with(['*', 'm']))
    });
    let waits =
        seconds.filter(|seconds| *seconds > LONGEST_WAIT && *seconds < 1_000.0).max_by(f64::total_cmp);
    waits.map(|seconds| format!("{seconds} s (`sleep`)"))
}

#[cfg(test)]
mod tests {
    use super::{has_address, need};

    #[test]
    fn addresses_are_what_inspect_shows() {
        assert!(has_address("#<Point:0x000071a3b2 @x=1>"));
        assert!(!has_address("0xff") && !has_address("a:0x1"));
    }

    #[test]
    fn a_need_is_named() {
        assert_eq!(need("fetch('https://example.com')").as_deref(), Some("a network (`fetch`)"));
        assert_eq!(need("sudo ss -ltn").as_deref(), Some("a privileged user (`sudo`)"));
        assert_eq!(need("sleep 30\necho done").as_deref(), Some("30 s (`sleep`)"));
        assert_eq!(need("Thread.sleep(1000)"), None);
        assert_eq!(need("$ curl example.com\nhello"), None);
    }
}
