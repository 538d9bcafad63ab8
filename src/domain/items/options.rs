//! Which options of a choice were chosen, read from the replies in the log: options are named there by their texts.

use super::{IDLE_VIEWS, LEAST_ANSWERS, Reason};
use crate::domain::card::ChoiceOption;
use crate::domain::question::BETWEEN_OPTIONS;
use crate::domain::review::{Event, LogEntry};

/// What is known of the choices made on a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Choices {
    /// Replies that name options the card has.
    pub views: usize,
    /// Replies that name others: the options were edited since.
    pub unmatched: usize,
}

/// The options that a reply names, by their places; `None` where it names others.
#[must_use]
pub fn chosen(reply: &str, options: &[ChoiceOption]) -> Option<Vec<usize>> {
    // From the end: which option a reply can go on with at each place where one may start.
    let mut starts: Vec<usize> = vec![0];
    starts.extend(reply.match_indices(BETWEEN_OPTIONS).map(|(at, mark)| at + mark.len()));
    let mut goes_on: Vec<Option<(usize, usize)>> = vec![None; starts.len()];
    for (index, start) in starts.iter().enumerate().rev() {
        let rest = reply.get(*start..)?;
        let next = |text: &str| match rest.strip_prefix(text)? {
            "" => Some(starts.len()),
            more => {
                let after = reply.len() - more.strip_prefix(BETWEEN_OPTIONS)?.len();
                let next = starts.binary_search(&after).ok()?;
                goes_on.get(next)?.map(|_| next)
            }
        };
        let found = options.iter().enumerate().find_map(|(place, option)| Some((place, next(&option.text)?)));
        if let Some(slot) = goes_on.get_mut(index) {
            *slot = found;
        }
    }
    let (mut places, mut at) = (Vec::new(), 0);
    while at < starts.len() {
        let (place, next) = (*goes_on.get(at)?)?;
        places.push(place);
        at = next;
    }
    Some(places)
}

/// What is wrong with the options.
pub(super) fn reasons(options: &[ChoiceOption], answers: &[LogEntry]) -> Vec<Reason> {
    if options.is_empty() {
        return Vec::new();
    }
    let (counts, of) = counted(options, answers);
    let with_counts = || options.iter().zip(counts.iter().copied());
    let wrong = || with_counts().filter(|(option, _)| !option.correct);
    let key_chosen = with_counts().filter(|(option, _)| option.correct).map(|(_, count)| count).min();
    let worst = wrong().max_by_key(|(_, count)| *count);
    let mut reasons = Vec::new();
    if let (Some((option, chosen)), Some(key_chosen)) = (worst, key_chosen)
        && of.views >= LEAST_ANSWERS
        && chosen > key_chosen
    {
        reasons.push(Reason::MisleadingOption { option: option.text.clone(), chosen, key_chosen, of });
    }
    let idle: Vec<String> =
        wrong().filter(|(_, count)| *count == 0).map(|(option, _)| option.text.clone()).collect();
    if of.views >= IDLE_VIEWS && !idle.is_empty() {
        reasons.push(Reason::IdleOption { options: idle, of });
    }
    reasons
}

/// How often each option was chosen. Replies without words (a grade given by a script) say nothing.
fn counted(options: &[ChoiceOption], answers: &[LogEntry]) -> (Vec<usize>, Choices) {
    let (mut counts, mut of) = (vec![0; options.len()], Choices::default());
    for entry in answers {
        let Event::Answered { reply, .. } = &entry.event else { continue };
        match chosen(reply, options) {
            _ if reply.is_empty() => {}
            None => of.unmatched += 1,
            Some(places) => {
                of.views += 1;
                for place in places {
                    if let Some(count) = counts.get_mut(place) {
                        *count += 1;
                    }
                }
            }
        }
    }
    (counts, of)
}
