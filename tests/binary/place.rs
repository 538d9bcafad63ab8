//! A place to run the executable in: an empty environment, a folder of its own, and no wait without an end.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

/// The longest that any one step may take.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// How long to sleep between two looks at a process.
const PAUSE: Duration = Duration::from_millis(5);
/// The clock of every command that is not told another.
pub const NOW: &str = "2026-11-22T10:00:00Z";
/// The executable.
pub const MINDRILL: &str = env!("CARGO_BIN_EXE_mindrill");

/// A place with a progress file and, where a test wants one, a collection of its own.
pub struct Place {
    pub folder: TempDir,
    pub collection: PathBuf,
}

impl Place {
    /// With the small collection of the tests.
    pub fn new() -> Self {
        let collection = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/collection");
        Self { folder: tempfile::tempdir().unwrap(), collection }
    }

    /// With a collection of one leaf and this deck.
    pub fn with_deck(deck: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let collection = folder.path().join("decks");
        fs::create_dir(&collection).unwrap();
        fs::write(collection.join("skill-map.mmd"), "mindmap\n  root\n    leaf\n").unwrap();
        fs::write(collection.join("deck.toml"), deck).unwrap();
        Self { folder, collection }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn progress(&self) -> PathBuf {
        self.path().join("progress.db")
    }

    pub fn deck(&self) -> PathBuf {
        self.collection.join("deck.toml")
    }

    /// A command line, its words parted by spaces.
    pub fn command(&self, words: &str) -> Command {
        let mut command = Command::new(MINDRILL);
        self.furnish(&mut command);
        command.args(words.split_whitespace());
        command
    }

    /// Gives a command this place's environment and nothing else.
    pub fn furnish(&self, command: &mut Command) {
        command.env_clear().env("HOME", self.path()).env("LANG", "C.UTF-8").env("MINDRILL_NOW", NOW);
        command.env("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin");
        command.env("MINDRILL_COLLECTION", &self.collection).env("MINDRILL_PROGRESS", self.progress());
        command.current_dir(self.path()).stdin(Stdio::null());
    }

    pub fn run(&self, words: &str) -> Output {
        ended(&mut self.command(words), "")
    }

    /// Runs with lines of input.
    pub fn hears(&self, words: &str, input: &str) -> Output {
        ended(self.command(words).stdin(Stdio::piped()), input)
    }

    /// Runs what must end well, and gives what it said.
    pub fn says(&self, words: &str) -> String {
        let output = self.run(words);
        assert_eq!(output.status.code(), Some(0), "{words}: {}", text(&output.stderr));
        text(&output.stdout)
    }

    /// Runs what must be refused, and gives what it complained of.
    pub fn refused(&self, words: &str) -> String {
        let output = self.run(words);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{words}: {said}");
        assert!(said.starts_with("error: "), "{words}: {said}");
        said
    }

    pub fn json(&self, words: &str) -> Vec<Value> {
        self.says(&format!("{words} --json"))
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// Whether `doctor` finds the progress file sound, and how many rows it holds.
    pub fn health(&self) -> (bool, usize) {
        let doctor = self.json("doctor").remove(0);
        (doctor["sound"] == true, usize::try_from(doctor["entries"].as_u64().unwrap()).unwrap())
    }
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A text on as many lines as it was given, however wide the terminal of an error was.
pub fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Runs a command to its end, which must come in time; what is not redirected is gathered.
pub fn ended(command: &mut Command, input: &str) -> Output {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (stdout, stderr) = (gather(child.stdout.take()), gather(child.stderr.take()));
    if let Some(mut stdin) = child.stdin.take() {
        let input = input.to_owned();
        // A program that does not read must not hold up the test.
        thread::spawn(move || stdin.write_all(input.as_bytes()));
    }
    let status = wait(&mut child);
    Output { status, stdout: stdout.join().unwrap(), stderr: stderr.join().unwrap() }
}

fn gather(stream: Option<impl Read + Send + 'static>) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut stream) = stream {
            let _ = stream.read_to_end(&mut bytes);
        }
        bytes
    })
}

/// Waits for the end; a program that does not come to it is killed, and the test fails.
pub fn wait(child: &mut Child) -> std::process::ExitStatus {
    for _ in 0..PATIENCE.as_millis() / PAUSE.as_millis() {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        thread::sleep(PAUSE);
    }
    let _ = child.kill();
    panic!("the program did not end in {PATIENCE:?}");
}

/// A deck of `count` flashcards.
pub fn deck(count: usize) -> String {
    let card = |number| {
        format!("[[card]]\nid = \"c{number}\"\nkind = \"flashcard\"\nprompt = \"p\"\nanswer = \"a\"\n")
    };
    let cards: String = (0..count).map(card).collect();
    format!("[deck]\ntitle = \"D\"\nnode = \"leaf\"\n{cards}")
}

/// A deck of the cards `c0` and `c1` in which `check` finds no error.
pub const SOUND: &str = r#"[deck]
title = "Locks"
node = "leaf"
as_of = 2026-11-22
lint_allow = ["S02: the tests call every deck so"]

[[card]]
id = "c0"
kind = "flashcard"
prompt = "What does a gap lock keep out?"
answer = "Inserts between two records of the index."
explanation = "Without it a search that is repeated could find a row that was not there."
sources = [{ title = "MySQL 8.4 Reference Manual", at = "§17.7.1", url = "https://dev.mysql.com/doc/refman/8.4/en/innodb-locking.html" }]

[[card]]
id = "c1"
kind = "flashcard"
prompt = "Why is a covering index fast?"
answer = "The query never touches the table."
explanation = "Every column that it names is in the index."
sources = [{ title = "MySQL 8.4 Reference Manual", at = "§10.3.6", url = "https://dev.mysql.com/doc/refman/8.4/en/multiple-column-indexes.html" }]
"#;

/// A program that is talked with line by line; it ends with the test.
pub struct Talk {
    pub child: Child,
    lines: Receiver<String>,
}

impl Talk {
    pub fn start(command: &mut Command) -> Self {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (sender, lines) = channel();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Self { child, lines }
    }

    /// A sitting by JSON lines.
    pub fn sitting(place: &Place, words: &str) -> Self {
        Self::start(&mut place.command(&format!("quiz --json {words}")))
    }

    /// The next line; `None` at the end.
    pub fn line(&mut self) -> Option<String> {
        match self.lines.recv_timeout(PATIENCE) {
            Ok(line) => Some(line),
            Err(RecvTimeoutError::Disconnected) => None,
            Err(RecvTimeoutError::Timeout) => panic!("nothing was said in {PATIENCE:?}"),
        }
    }

    /// The next line as JSON; `None` at the end.
    pub fn event(&mut self) -> Option<Value> {
        self.line().map(|line| serde_json::from_str(&line).unwrap())
    }

    /// The next event, which must be of that name.
    pub fn expect(&mut self, name: &str) -> Value {
        let event = self.event().unwrap();
        assert_eq!(event["event"], name, "{event}");
        event
    }

    /// All events to the end.
    pub fn rest(&mut self) -> Vec<Value> {
        std::iter::from_fn(|| self.event()).collect()
    }

    /// Says a line; one who has gone hears nothing.
    pub fn say(&mut self, line: &str) {
        let _ = writeln!(self.child.stdin.as_mut().unwrap(), "{line}");
    }

    pub fn grade(&mut self, grade: u8) {
        self.say(&format!("{{\"grade\":{grade}}}"));
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
