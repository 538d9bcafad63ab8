//! From a node's label to its importance.
//!
//! It knows nothing of how a map is written.

use crate::domain::skill_map::Importance;

/// The importance that a label tells: `(priority)` 2, `(optional …)` ½, else 1; the first one counts.
pub(super) fn importance(label: &str) -> Importance {
    let groups = label.split('(').skip(1).filter_map(|rest| rest.split_once(')').map(|(group, _)| group));
    for group in groups {
        let mut words = group.split(|part: char| !part.is_alphanumeric()).filter(|word| !word.is_empty());
        match (words.next().map(str::to_lowercase).as_deref(), words.next()) {
            (Some("priority"), None) => return Importance::PRIORITY,
            (Some("optional"), _) => return Importance::OPTIONAL,
            (_, _) => {}
        }
    }
    Importance::NORMAL
}

#[cfg(test)]
mod tests {
    use super::importance;

    #[test]
    fn importance_is_told_in_parentheses() {
        let weights = [
            ("ECS (priority)", 2.0),
            ("Kubernetes (optional)", 0.5),
            ("Go or Java (optional but recommended)", 0.5),
            ("Ruby (deep)", 1.0),
            ("Priority queues", 1.0),
            ("Heaps (priority queues)", 1.0),
        ];
        for (label, weight) in weights {
            assert!((importance(label).weight() - weight).abs() < f64::EPSILON, "{label}");
        }
    }
}
