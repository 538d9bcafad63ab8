//! What is told before the first card of a sitting, to a person at a terminal: each in one line.

use crate::commands::library::Library;
use crate::commands::{CommandError, Context, identity};
use crate::domain::interview::{self, Interview};
use crate::domain::plan::Plan;
use crate::domain::queue::{self, Scope, States};
use crate::report::page::{Page, Style};
use crate::report::{interview as told, relink};
use crate::store::Store;

/// Tells what is wrong with the collection, what edits left open, and what the next interview asks of today.
pub fn tell(
    context: &mut Context<'_>,
    library: &Library,
    store: &Store,
    states: &States,
    plan: Option<&Plan>,
) -> Result<(), CommandError> {
    if context.json || !context.terminal.is_interactive() {
        return Ok(());
    }
    let (today, interviews) = (context.today(), store.interviews()?);
    let mut page = errors(library);
    if let Some(news) = relink::news(&identity::edits(library, store)?) {
        page.text(Style::Warn, news);
    }
    if let Some(next) = interview::next(&interviews, today) {
        let due = queue::agenda(&library.collection, states, &Scope::default(), today).due.len();
        let day = plan.and_then(Plan::today);
        page.append(told::opening(next, &gone(next, library), day, due, today));
    }
    context.show_page(&page)
}

/// That some cards are left out; `check` tells which and why.
fn errors(library: &Library) -> Page {
    let mut page = Page::new();
    let told = match library.errors().count() {
        0 => return page,
        1 => "1 error".to_owned(),
        errors => format!("{errors} errors"),
    };
    let text = format!("{told} in the collection, some cards are left out: run `mindrill check`");
    page.text(Style::Warn, text);
    page
}

/// Keys of the focus that left the map.
fn gone(interview: &Interview, library: &Library) -> Vec<String> {
    let focus = interview.focus_on(library.collection.map());
    focus.gone.into_iter().map(|key| key.0).collect()
}
