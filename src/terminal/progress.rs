//! A bar on standard error for work that takes a while, where a person can see it; elsewhere nothing.

use console::Term;

/// Columns of the bar itself.
const COLUMNS: usize = 30;

/// A bar in one row, which is gone once it is dropped.
#[derive(Debug)]
pub struct Bar {
    term: Option<Term>,
}

impl Bar {
    /// A bar, shown where standard error is a terminal.
    #[must_use]
    pub fn new() -> Self {
        Self { term: Some(Term::stderr()).filter(Term::is_term) }
    }

    /// Draws the bar anew, filled by `share` (0..1). A bar that cannot be drawn is no reason to stop the work.
    pub fn show(&self, what: &str, share: f64) {
        let Some(term) = &self.term else { return };
        let percent = (1..=100_u32).rev().find(|percent| f64::from(*percent) <= share * 100.0).unwrap_or(0);
        let filled = usize::try_from(percent).unwrap_or(0) * COLUMNS / 100;
        let row = format!("{what} [{}{}] {percent:>3} %", "#".repeat(filled), ".".repeat(COLUMNS - filled));
        let row = console::truncate_str(&row, usize::from(term.size().1).saturating_sub(1), "").into_owned();
        let _ = term.clear_line().and_then(|()| term.write_str(&row));
    }
}

impl Default for Bar {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(term) = &self.term {
            let _ = term.clear_line();
        }
    }
}
