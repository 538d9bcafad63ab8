//! The examples of each rule: the bad one breaks it, the good one does not.

use mindrill::lint::rules;

use super::{HEAD, broken, review};

/// The families that are tried here.
const FAMILIES: [char; 5] = ['M', 'O', 'T', 'C', 'D'];

#[test]
fn each_bad_example_breaks_its_rule_alone_and_the_good_one_none_of_its_family() {
    let mut faults = Vec::new();
    for rule in rules().filter(|rule| rule.id.starts_with(FAMILIES) && !rule.bad.starts_with('#')) {
        let of_family = |text: &str| {
            let mut found = review(&format!("{HEAD}{text}"));
            found.retain(|finding| finding.rule.starts_with(FAMILIES));
            found
        };
        let (bad, good) = (of_family(rule.bad), of_family(rule.good));
        if broken(&bad) != [rule.id] || !good.is_empty() {
            faults.push((rule.id, bad, good));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn each_rule_says_why_in_whole_sentences_and_has_a_title_in_a_line() {
    for rule in rules().filter(|rule| rule.id.starts_with(FAMILIES)) {
        assert!(rule.why.ends_with('.') && rule.why.len() > 100, "{}", rule.id);
        assert!(!rule.title.ends_with('.') && rule.title.len() < 90, "{}", rule.id);
        assert!(!rule.bad.is_empty() && !rule.good.is_empty(), "{}", rule.id);
    }
}
