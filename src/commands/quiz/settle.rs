//! What is asked once, before a card whose answer was changed: keep what is known of it, or start afresh.
//!
//! Only of a person at a terminal; elsewhere progress is kept, and `check` and `relink` go on telling.

use super::sitting::{Asked, Sitting};
use crate::commands::{CommandError, Context};
use crate::domain::identity::Face;
use crate::report::page::{Page, Span, Style};
use crate::report::relink;
use crate::terminal::{Ask, Heard};

/// How it goes on.
pub enum Settled {
    /// With the question.
    Go,
    /// The learner leaves.
    Leave,
}

/// The choice, as it is shown.
const CHOICE: [&str; 2] = ["keep what you know", "start afresh"];

/// Asks what a changed answer means, and records it at once.
pub fn settle(
    sitting: &mut Sitting<'_>,
    context: &mut Context<'_>,
    asked: &Asked,
) -> Result<Settled, CommandError> {
    if !context.terminal.is_interactive() {
        return Ok(Settled::Go);
    }
    let Some(before) = sitting.unsettled(&asked.card)? else { return Ok(Settled::Go) };
    context.show_page(&page(asked, &before))?;
    let done = match context.terminal.ask(&Ask::Choose(&CHOICE.map(str::to_owned)))? {
        Heard::Picked(places) if places == [0] => {
            sitting.keep(&asked.card)?;
            "kept"
        }
        Heard::Picked(_) => {
            sitting.restart(&asked.card.id)?;
            "it starts afresh"
        }
        Heard::Left => return Ok(Settled::Leave),
        _ => "left open: `mindrill relink` lists it",
    };
    let mut page = Page::new();
    page.text(Style::Dim, done);
    context.show_page(&page)?;
    Ok(Settled::Go)
}

/// What the answer was; what it is now is not given away.
fn page(asked: &Asked, before: &Face) -> Page {
    let mut page = Page::new();
    page.blank().line(vec![
        Span::new(Style::Warn, format!("The answer of `{}` was changed since you gave it.", asked.card.id)),
        Span::new(Style::Dim, " It was: "),
        Span::plain(relink::answer(before)),
    ]);
    page.blank();
    page
}
