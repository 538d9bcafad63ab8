//! The work that tests give to a process of its own, so that it can be killed, starved or run as another
//! user. The test binary calls itself; nothing of this ships.

use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use mindrill::domain::review::Answer;
use mindrill::store::StoreError;

use crate::support::{answer, entries, open, reports};

const ROLE: &str = "MINDRILL_TEST_ROLE";
const PLACE: &str = "MINDRILL_TEST_PLACE";
/// Starts a word of the child on its standard output, among those of the test harness.
const SAYS: &str = "@says ";
/// `nobody` on Linux.
const NOBODY: u32 = 65_534;
const ROOT: u32 = 0;

/// Answers that the role `some` gives.
pub const SOME: usize = 200;
/// Cards that the role `endless` answers in turn, each once a day.
pub const CARDS: usize = 50;

#[test]
#[ignore = "other tests call it, in a process of its own"]
#[expect(clippy::disallowed_methods, reason = "the one way to hand a role through the test harness")]
fn child() {
    let (Ok(role), Ok(place)) = (std::env::var(ROLE), std::env::var(PLACE)) else { return };
    let place = PathBuf::from(place);
    match role.as_str() {
        "endless" => endless(&place),
        "some" => some(&place),
        "fill" => fill(&place),
        "look" => look(&place),
        other => panic!("no such role: {other}"),
    }
}

fn say(word: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{SAYS}{word}").unwrap();
    out.flush().unwrap();
}

/// Answers for ever; says the number of answers after each commit. Now and then the file is made whole.
fn endless(place: &Path) {
    let mut store = open(place).unwrap();
    for number in 0.. {
        let on = i64::try_from(number / CARDS).unwrap();
        store.record(&answer(&format!("deck/card-{}", number % CARDS), 4, on)).unwrap();
        say(&(number + 1).to_string());
        if number % 7 == 6 {
            store.checkpoint().unwrap();
        }
    }
}

/// Answers ten cards in turn, all on one day.
fn some(place: &Path) {
    let mut store = open(place).unwrap();
    for number in 0..SOME {
        store.record(&answer(&format!("deck/card-{}", number % 10), 4, 0)).unwrap();
        store.checkpoint().unwrap();
    }
    say("done");
}

/// Answers at length until that is refused; says why, how many answers were saved, and how many are there.
fn fill(place: &Path) {
    let mut store = open(place).unwrap();
    let mut saved = 0;
    let error = loop {
        let given = Answer { reply: "x".repeat(4_000), ..answer(&format!("deck/card-{saved}"), 4, 0) };
        match store.record(&given) {
            Ok(_) => saved += 1,
            Err(error) => break error,
        }
    };
    say(variant(&error));
    say(&saved.to_string());
    say(if error.hint().is_some() { "hint" } else { "no hint" });
    say(&entries(&store).len().to_string());
    drop(store);
    say(&reports(place)
        .map_or_else(|error| variant(&error).to_owned(), |store| entries(&store).len().to_string()));
}

/// Says what opening for answers gives, and how many rows reports see.
fn look(place: &Path) {
    match open(place) {
        Ok(_) => say("open"),
        Err(error) => {
            assert!(error.hint().is_some(), "{error:?}");
            say(variant(&error));
        }
    }
    match reports(place) {
        Ok(store) => say(&format!("{} rows, {} cards", entries(&store).len(), store.states().unwrap().len())),
        Err(error) => say(variant(&error)),
    }
}

fn variant(error: &StoreError) -> &'static str {
    match error {
        StoreError::Full { .. } => "full",
        StoreError::Device { .. } => "device",
        StoreError::ReadOnly { .. } => "read-only",
        StoreError::CannotCreate { .. } => "cannot create",
        StoreError::Io { .. } => "io",
        _ => "another error",
    }
}

/// A command that plays `role` on the file `place`, behind the words of `wrapper` (`unshare`, `sh`).
pub fn command(wrapper: &[&str], program: &Path, role: &str, place: &Path) -> Command {
    let mut words = wrapper.iter().map(AsRef::as_ref).chain([program.as_os_str()]);
    let mut command = Command::new(words.next().unwrap());
    command
        .args(words)
        .args(["child::child", "--exact", "--ignored", "--nocapture", "--test-threads=1"])
        .env(ROLE, role)
        .env(PLACE, place)
        .stdout(Stdio::piped());
    command
}

pub fn program() -> PathBuf {
    std::env::current_exe().unwrap()
}

pub fn start(role: &str, place: &Path) -> Child {
    command(&[], &program(), role, place).spawn().unwrap()
}

/// The child's next word; `None` once it has ended.
pub fn words(child: &mut Child) -> impl Iterator<Item = String> + use<> {
    let out = BufReader::new(child.stdout.take().unwrap());
    out.lines().map_while(Result::ok).filter_map(|line| Some(line.split_once(SAYS)?.1.to_owned()))
}

/// Everything a child says until it ends.
///
/// A program that was just copied is busy while a child that another test forked meanwhile still holds it open.
pub fn played(mut command: Command) -> Vec<String> {
    let mut child = loop {
        match command.spawn() {
            Err(error) if error.kind() == ErrorKind::ExecutableFileBusy => {
                std::thread::sleep(std::time::Duration::from_millis(10));
            }
            spawned => break spawned.unwrap(),
        }
    };
    let said = words(&mut child).collect();
    child.wait().unwrap();
    said
}

/// Plays a role as a user who is not above permissions: `nobody`, where the tests run as root.
///
/// `folder` is the test's own; the program is put there, for `nobody` may not reach where it was built.
pub fn played_without_privilege(folder: &Path, role: &str, place: &Path) -> Vec<String> {
    if fs::metadata(folder).unwrap().uid() != ROOT {
        return played(command(&[], &program(), role, place));
    }
    let copy = folder.join("program");
    if !copy.exists() {
        fs::copy(program(), &copy).unwrap();
        fs::set_permissions(&copy, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let mut command = command(&[], &copy, role, place);
    command.uid(NOBODY).gid(NOBODY).env("TMPDIR", "/tmp").current_dir("/");
    played(command)
}

/// Words that start a command in a mount name space of its own, where the system allows it.
pub fn own_mounts() -> Option<&'static [&'static str]> {
    const WAYS: [&[&str]; 2] = [&["unshare", "-m"], &["unshare", "-U", "-r", "-m"]];
    WAYS.into_iter().find(|way| {
        let tried =
            Command::new(way[0]).args(&way[1..]).args(["mount", "-t", "tmpfs", "none", "/mnt"]).output();
        tried.is_ok_and(|output| output.status.success())
    })
}
