//! Ends the program in order when it is told to by a signal, and starts other programs as if nothing were blocked.
//!
//! The signals are blocked in every thread and awaited in one: a handler would interrupt the read of a key, which
//! `console` takes for Ctrl-C. Nothing has to be saved on the way out: every answer is on disk by then.

use std::io;
use std::process::{Child, Command, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use nix::sys::signal::{SigSet, Signal, raise};

use super::guard;

/// Whether another program has the terminal: Ctrl-C is meant for it then, not for us.
static LENT: AtomicBool = AtomicBool::new(false);
/// What a shell reports for a program that a signal ended, less the signal's number.
const SIGNALLED: i32 = 128;

fn awaited() -> SigSet {
    [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP, Signal::SIGQUIT].into_iter().collect()
}

/// Blocks the signals in this thread and all it starts, and awaits them in a thread of their own.
///
/// To be called before any other thread is started: one that does not block them would be killed by them.
pub(super) fn watch() -> io::Result<()> {
    awaited().thread_block()?;
    thread::Builder::new().name("signals".to_owned()).spawn(|| {
        // A job in the background would be stopped for restoring the terminal.
        let _ = SigSet::from(Signal::SIGTTOU).thread_block();
        loop {
            if let Ok(signal) = awaited().wait() {
                heed(signal);
            }
        }
    })?;
    Ok(())
}

fn heed(signal: Signal) {
    let for_the_other = matches!(signal, Signal::SIGINT | Signal::SIGQUIT);
    if for_the_other && LENT.load(Ordering::SeqCst) {
        return;
    }
    guard::restore();
    std::process::exit(SIGNALLED + signal as i32);
}

/// Stops this program as Ctrl-Z does, until it is continued.
pub(super) fn stop() {
    // Fails only for a signal that does not exist.
    let _ = raise(Signal::SIGTSTP);
}

/// Runs a program with none of our signals blocked, and waits for it.
pub(super) fn run(program: &mut Command) -> io::Result<ExitStatus> {
    LENT.store(true, Ordering::SeqCst);
    let status = spawned(program).and_then(|mut child| child.wait());
    LENT.store(false, Ordering::SeqCst);
    status
}

/// A child inherits the mask of the thread that starts it, so that thread is one with the signals let through.
fn spawned(program: &mut Command) -> io::Result<Child> {
    thread::scope(|scope| {
        let spawning = scope.spawn(|| {
            awaited().thread_unblock()?;
            program.spawn()
        });
        spawning.join().unwrap_or_else(|_| Err(io::Error::other("the program could not be started")))
    })
}
