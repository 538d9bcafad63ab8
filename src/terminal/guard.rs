//! Keeps the terminal's own settings and gives them back on every way out: return, error, panic, signal.
//!
//! While it is held, keys are neither echoed nor gathered into lines, so that what is typed between two questions is
//! not lost and not seen. It knows nothing of questions.

use std::io::{self, Write};
use std::os::fd::AsFd;
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, Once, PoisonError};

use nix::sys::termios::{LocalFlags, SetArg, Termios, tcgetattr, tcsetattr};
use nix::unistd::{getpgrp, tcgetpgrp};

/// The settings found at the start.
static SAVED: Mutex<Option<Termios>> = Mutex::new(None);
/// Whether the terminal has our settings.
static HELD: AtomicBool = AtomicBool::new(false);
/// Whether a panic is foreseen and caught, so that it is not reported.
static FORESEEN: AtomicBool = AtomicBool::new(false);
/// Shows the cursor, ends colours.
const SANE: &[u8] = b"\x1b[?25h\x1b[0m";

/// Gives the terminal back when it is dropped.
#[derive(Debug)]
pub(super) struct Guard(());

impl Guard {
    /// Remembers the terminal's settings, and restores them on a panic, too.
    pub(super) fn new() -> io::Result<Self> {
        let found = tcgetattr(io::stdin())?;
        *SAVED.lock().unwrap_or_else(PoisonError::into_inner) = Some(found);
        restore_on_panic();
        Ok(Self(()))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

/// Takes the terminal: no echo, no line editing; Ctrl-C and Ctrl-Z keep their meaning.
pub(super) fn hold() -> io::Result<()> {
    let saved = SAVED.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let Some(mut ours) = saved else { return Ok(()) };
    ours.local_flags.remove(LocalFlags::ECHO | LocalFlags::ICANON);
    HELD.store(true, Ordering::SeqCst);
    tcsetattr(io::stdin(), SetArg::TCSADRAIN, &ours)?;
    Ok(())
}

/// Gives the terminal its settings and its cursor back, if it is held.
///
/// Best effort: on the way out there is nobody to tell. A terminal that belongs to another job is left alone.
pub(super) fn restore() {
    if !HELD.swap(false, Ordering::SeqCst) || tcgetpgrp(io::stdin()) != Ok(getpgrp()) {
        return;
    }
    if let Some(saved) = &*SAVED.lock().unwrap_or_else(PoisonError::into_inner) {
        let _ = tcsetattr(io::stdin(), SetArg::TCSANOW, saved);
    }
    // Not through `io::stdout()`, whose lock another thread may hold.
    if let Ok(output) = io::stdout().as_fd().try_clone_to_owned() {
        let _ = std::fs::File::from(output).write_all(SANE);
    }
}

/// Runs something that may panic for a known reason; the panic is neither reported nor taken further.
pub(super) fn surviving<T>(work: impl FnOnce() -> T) -> Option<T> {
    FORESEEN.store(true, Ordering::SeqCst);
    let outcome = panic::catch_unwind(panic::AssertUnwindSafe(work));
    FORESEEN.store(false, Ordering::SeqCst);
    outcome.ok()
}

fn restore_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let report = panic::take_hook();
        panic::set_hook(Box::new(move |panicked| {
            if !FORESEEN.load(Ordering::SeqCst) {
                restore();
                report(panicked);
            }
        }));
    });
}
