//! The program under a pseudo-terminal: this test binary itself, started again to ask one question and tell what it
//! heard.

use std::io::{Write, stdin};
use std::process::Command;
use std::time::{Duration, Instant};

use expectrl::process::Termios as _;
use expectrl::process::unix::WaitStatus;
use expectrl::{Eof, Expect, Session};
use mindrill::terminal::{Ask, Colours, Terminal, TerminalError, Tty};
use nix::sys::signal::{SigSet, Signal, kill};
use nix::sys::termios::{LocalFlags, SetArg, tcgetattr, tcsetattr};
use nix::unistd::Pid;

/// The longest any step may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// Names the question to ask; set only for the program under test.
const MODE: &str = "TERMINAL_TEST_MODE";

/// The program under test.
#[test]
#[ignore = "started by the other tests, under a pseudo-terminal"]
fn program() {
    #[expect(clippy::disallowed_methods, reason = "how the test tells its child what to do")]
    let Ok(mode) = std::env::var(MODE) else { return };
    let mut settings = tcgetattr(stdin()).unwrap();
    settings.local_flags.insert(LocalFlags::ECHO | LocalFlags::ICANON | LocalFlags::ISIG);
    tcsetattr(stdin(), SetArg::TCSANOW, &settings).unwrap();
    println!("READY");
    stdin().read_line(&mut String::new()).unwrap();
    let code = match sitting(&mode) {
        Ok(()) | Err(TerminalError::Gone) => 0,
        Err(TerminalError::Interrupted) => 130,
        Err(other) => panic!("{other:?}"),
    };
    std::process::exit(code);
}

/// Asks one question, or two where the mode is `x+y`.
fn sitting(mode: &str) -> Result<(), TerminalError> {
    let colours = if mode.ends_with('!') { Colours::On } else { Colours::Off };
    let mut tty = Tty::open(colours)?;
    for mode in mode.trim_end_matches('!').split('+') {
        let told = match mode {
            "run" => format!("{:?}", tty.run(Command::new("sh").args(["-c", LENT]))?.code()),
            // Not through a shell: that would unblock them itself.
            "mask" => {
                format!("{:?}", tty.run(Command::new("grep").args(["SigBlk", "/proc/self/status"]))?.code())
            }
            "pause" => {
                tty.show("PAUSE\n")?;
                std::thread::sleep(Duration::from_millis(400));
                continue;
            }
            "panic" => {
                tty.show("about to panic\n")?;
                let _ = tty.ask(&Ask::Reveal)?;
                panic!("on purpose");
            }
            _ => format!("{:?}", ask(&mut tty, mode)?),
        };
        tty.show(&format!("HEARD {told}\n"))?;
    }
    Ok(())
}

/// Shows what a lent terminal is like.
const LENT: &str = "stty -a | tr ' ;' '\\n\\n' | grep -x -e '-\\?echo' -e '-\\?icanon'; exit 7";

fn ask(tty: &mut Tty, mode: &str) -> Result<mindrill::terminal::Heard, TerminalError> {
    let items = ["alpha", "beta", "gamma"].map(str::to_owned);
    let long = [format!("{}END", "日本語 long ".repeat(30)), "short\u{301}".to_owned(), "x".repeat(400)];
    let many: Vec<String> = (1..=40).map(|number| format!("item {number}")).collect();
    let previews = ["1 d", "6 d", "15 d", "20 d"].map(str::to_owned);
    tty.ask(&match mode {
        "choose" => Ask::Choose(&items),
        "long" => Ask::Choose(&long),
        "many" => Ask::Choose(&many),
        "several" => Ask::ChooseSeveral(&items),
        "several-long" => Ask::ChooseSeveral(&long),
        "arrange" => Ask::Arrange(&items),
        "tick" => Ask::Tick(&items),
        "type" => Ask::Type,
        "note" => Ask::Note,
        "truth" => Ask::TrueFalse,
        "reveal" => Ask::Reveal,
        "grade" => Ask::Grade(&previews),
        "next" => Ask::Next,
        "confirm" => Ask::Confirm,
        "pick" => Ask::Pick(&items),
        "line" => Ask::Line("the question"),
        other => panic!("no mode {other}"),
    })
}

/// The command that starts this binary as the program under test.
pub fn command(mode: &str, term: &str) -> Command {
    // The program blocks the signals in its first thread. Here that is a thread of the test runner, so they are
    // blocked before: the mask is inherited.
    let signals: SigSet =
        [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP, Signal::SIGQUIT].into_iter().collect();
    signals.thread_block().unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["harness::program", "--exact", "--ignored", "--nocapture", "--quiet"]);
    command.env(MODE, mode).env("TERM", term).env_remove("RUST_BACKTRACE");
    command
}

/// A pseudo-terminal with the program in it.
pub struct Pty {
    session: expectrl::session::OsSession,
    /// Everything the program wrote so far.
    pub seen: String,
}

impl Pty {
    /// A window of 80 columns and 24 rows.
    pub fn start(mode: &str) -> Self {
        Self::start_in(mode, "xterm-256color", (80, 24))
    }

    /// A window of that many columns and rows.
    pub fn start_in(mode: &str, term: &str, (columns, rows): (u16, u16)) -> Self {
        let mut session = Session::spawn(command(mode, term)).unwrap();
        session.set_expect_timeout(Some(PATIENCE));
        let mut pty = Self { session, seen: String::new() };
        pty.expect("READY");
        pty.resize(columns, rows);
        pty.send("\n");
        pty.expect("\n");
        pty.seen.clear();
        pty
    }

    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.session.get_process_mut().set_window_size(columns, rows).unwrap();
    }

    pub fn send(&mut self, keys: &str) {
        self.session.write_all(keys.as_bytes()).unwrap();
        self.session.flush().unwrap();
    }

    /// Waits for a text.
    pub fn expect(&mut self, text: &str) {
        match self.session.expect(text) {
            Ok(found) => {
                self.seen += &String::from_utf8_lossy(found.before());
                self.seen += text;
            }
            Err(error) => {
                panic!(
                    "{text:?} did not come ({error}) after {:?} then {:?}",
                    self.seen,
                    self.session.check("")
                )
            }
        }
    }

    /// Waits until the program waits for a key: the terminal is raw.
    pub fn expect_raw(&mut self) {
        self.wait_for("a raw terminal", |pty| !pty.flags().contains(LocalFlags::ISIG));
    }

    /// Waits until the program waits for a line: the terminal is as it was.
    pub fn expect_cooked(&mut self) {
        self.wait_for("a cooked terminal", |pty| {
            pty.flags().contains(LocalFlags::ECHO | LocalFlags::ICANON | LocalFlags::ISIG)
        });
    }

    fn wait_for(&mut self, what: &str, is: impl Fn(&Self) -> bool) {
        #[expect(clippy::disallowed_methods, reason = "the patience of a test is measured on the real clock")]
        let started = Instant::now();
        while !is(self) {
            assert!(started.elapsed() < PATIENCE, "no {what} after {:?}", self.seen);
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn flags(&self) -> LocalFlags {
        tcgetattr(self.session.get_process().get_raw_handle().unwrap()).unwrap().local_flags
    }

    pub fn signal(&mut self, signal: Signal) {
        kill(Pid::from_raw(self.session.get_process().pid().as_raw()), signal).unwrap();
    }

    /// Waits for the end and checks that the terminal is as it was: echo, line editing, a visible cursor, no colour.
    pub fn ends_with(mut self, code: i32) -> String {
        if let Ok(found) = self.session.expect(Eof) {
            self.seen += &String::from_utf8_lossy(found.before());
            self.seen += &String::from_utf8_lossy(found.get(0).unwrap_or_default());
        }
        let mut status = WaitStatus::StillAlive;
        #[expect(clippy::disallowed_methods, reason = "the patience of a test is measured on the real clock")]
        let started = Instant::now();
        while status == WaitStatus::StillAlive {
            assert!(started.elapsed() < PATIENCE, "still alive after {:?}", self.seen);
            std::thread::sleep(Duration::from_millis(5));
            status = self.session.get_process().status().unwrap();
        }
        assert_eq!(status, WaitStatus::Exited(self.session.get_process().pid(), code), "{:?}", self.seen);
        assert!(self.session.get_process().is_echo().unwrap(), "no echo after {:?}", self.seen);
        let flags = self.flags();
        assert!(flags.contains(LocalFlags::ECHO | LocalFlags::ICANON | LocalFlags::ISIG), "{flags:?}");
        let (hidden, shown) = (self.seen.rfind("\u{1b}[?25l"), self.seen.rfind("\u{1b}[?25h"));
        assert!(hidden <= shown, "the cursor is hidden after {:?}", self.seen);
        let coloured = self.seen.rfind("\u{1b}[36m").max(self.seen.rfind("\u{1b}[2m"));
        let reset = self.seen.rfind("\u{1b}[0m");
        assert!(coloured <= reset, "coloured after {:?}", self.seen);
        self.seen
    }
}
