//! Where a source lies (S05).

use crate::domain::card::{Part, Source};
use crate::domain::policy::Policy;
use crate::domain::problem::Level;
use crate::lint::sheet::Sheet;
use crate::lint::{Finding, Rule, Severity};

pub(super) const S05: Rule = Rule {
    id: "S05",
    title: "a source has an https address on a trusted host, and says where in it",
    severity: Severity::Both,
    why: "A source is there to be opened: by the reviewer who checks the key and by the learner who doubts it. It needs an address that works and the section, page or anchor that settles the card (a warning without it: a manual of a thousand pages is no locator). Where the collection's `mindrill.toml` lists `source_hosts`, every address must be https and lie on one of them or below it (an error); else plain http is a warning.",
    bad: r#"[[card]]
id = "covering"
kind = "flashcard"
prompt = "Why is a covering index fast?"
answer = "The query never touches the table."
sources = [{ title = "MySQL 8.4 Reference Manual", url = "http://dev.mysql.com/doc/refman/8.4/en/" }]
"#,
    good: r#"[[card]]
id = "covering"
kind = "flashcard"
prompt = "Why is a covering index fast?"
answer = "The query never touches the table."
sources = [{ title = "MySQL 8.4 Reference Manual", at = "§10.3.6", url = "https://dev.mysql.com/doc/refman/8.4/en/multiple-column-indexes.html" }]
"#,
};

/// Looks over the sources of a card.
pub(super) fn look(sheet: &Sheet<'_>, policy: &Policy, findings: &mut Vec<Finding>) {
    for (index, source) in sheet.card.sources.iter().enumerate() {
        let part = Part::key("sources").item(index);
        if let Some(url) = &source.url
            && let Some((level, message, hint)) = fault(url, policy)
        {
            findings.push(sheet.finding(part.field("url"), (S05.id, level), message, hint));
        }
        if !has_locator(source) {
            let message = format!("the source `{}` does not say where in it", source.title);
            let hint = "add the section, the page or an anchor: `at = \"§…\"`";
            findings.push(sheet.warning(part, S05.id, message, hint));
        }
    }
}

fn has_locator(source: &Source) -> bool {
    let anchor = source.url.as_ref().and_then(|url| url.split_once('#'));
    source.at.is_some() || anchor.is_some_and(|(_, anchor)| !anchor.is_empty())
}

fn fault(url: &str, policy: &Policy) -> Option<(Level, String, &'static str)> {
    let is_address = url.split_once(':').is_some_and(|(scheme, rest)| is_scheme(scheme) && !rest.is_empty());
    if !is_address || url.contains(char::is_whitespace) {
        return Some((Level::Error, format!("`{url}` is no address"), "write it in full: `https://…`"));
    }
    let Some(host) = host(url) else {
        let level = if policy.source_hosts.is_some() { Level::Error } else { Level::Warning };
        let is_plain = url.starts_with("http:") || url.starts_with("https:");
        let counts = is_plain || level == Level::Error;
        return counts.then(|| (level, format!("`{url}` is not an https address"), "write `https://…`"));
    };
    let hosts = policy.source_hosts.as_ref()?;
    let is_below = |known: &String| {
        host.strip_suffix(known.as_str()).is_some_and(|sub| sub.is_empty() || sub.ends_with('.'))
    };
    let message = format!("`{host}` is not among the hosts that this collection trusts");
    let hint = "cite a primary source, or add the host to `source_hosts` in the collection's `mindrill.toml`";
    (!hosts.iter().any(is_below)).then_some((Level::Error, message, hint))
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '-' | '.'))
}

/// The host of an https address, in lower case.
fn host(url: &str) -> Option<String> {
    let rest =
        url.get(..8).filter(|start| start.eq_ignore_ascii_case("https://")).and_then(|_| url.get(8..))?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.split(':').next().filter(|host| !host.is_empty() && !authority.contains('@'))?;
    Some(host.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{fault, host};
    use crate::domain::policy::Policy;
    use crate::domain::problem::Level;

    #[test]
    fn addresses_are_held_against_the_list_where_there_is_one() {
        let any = Policy::default();
        let hosts = ["dev.mysql.com", "nist.gov"].map(str::to_owned).into();
        let listed = Policy { source_hosts: Some(hosts), ..Policy::default() };
        let level = |url: &str, policy: &Policy| fault(url, policy).map(|(level, ..)| level);
        for (url, without, with) in [
            ("https://dev.mysql.com/doc/", None, None),
            ("https://csrc.nist.gov:443/x?y#z", None, None),
            ("https://evilnist.gov/", None, Some(Level::Error)),
            ("https://dev.mysql.com.evil.test/", None, Some(Level::Error)),
            ("https://dev.mysql.com@evil.test/", Some(Level::Warning), Some(Level::Error)),
            ("http://dev.mysql.com/", Some(Level::Warning), Some(Level::Error)),
            ("doi:10.1145/1", None, Some(Level::Error)),
            ("dev.mysql.com/doc", Some(Level::Error), Some(Level::Error)),
            ("https://a b", Some(Level::Error), Some(Level::Error)),
            ("https://", Some(Level::Warning), Some(Level::Error)),
        ] {
            assert_eq!((level(url, &any), level(url, &listed)), (without, with), "{url}");
        }
        assert_eq!(host("HTTPS://Example.COM/x").as_deref(), Some("example.com"));
        assert_eq!(host("https:/é"), None);
    }
}
