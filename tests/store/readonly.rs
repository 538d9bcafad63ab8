//! Where nothing may be written, reports work and answers are refused before the first card.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use tempfile::TempDir;

use crate::child::{command, own_mounts, played, played_without_privilege, program, start, words};
use crate::support::{answer, content, open};

fn permit(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// A folder that everyone may enter, and in it one with a file of twenty answers to ten cards.
fn prepared() -> (TempDir, PathBuf) {
    let home = TempDir::new().unwrap();
    permit(home.path(), 0o755);
    let path = home.path().join("data/progress.db");
    let mut store = open(&path).unwrap();
    for number in 0..20 {
        store.record(&answer(&format!("deck/card-{}", number % 10), 4, 0)).unwrap();
    }
    store.close().unwrap();
    (home, path)
}

#[test]
fn permissions_are_respected_and_explained() {
    let all = "20 rows, 10 cards";
    let table = [
        ("neither file nor folder may be written", 0o444, 0o555, ["read-only", all]),
        ("the file may not be written", 0o444, 0o777, ["read-only", all]),
        ("the folder may not be written", 0o666, 0o555, ["read-only", all]),
        ("the file may not be read", 0o000, 0o777, ["io", "io"]),
        ("the folder may not be entered", 0o666, 0o000, ["io", "io"]),
    ];
    for (name, file, folder, expected) in table {
        let (home, path) = prepared();
        let data = path.parent().unwrap();
        let before = content(data);
        permit(&path, file);
        permit(data, folder);
        let said = played_without_privilege(home.path(), "look", &path);
        permit(data, 0o700);
        permit(&path, 0o600);
        assert_eq!(said, expected, "{name}");
        assert_eq!(content(data), before, "{name}");
    }
}

#[test]
fn a_folder_that_may_not_be_written_gets_no_first_file() {
    let (home, path) = prepared();
    let data = path.parent().unwrap();
    permit(data, 0o555);
    let said = played_without_privilege(home.path(), "look", &data.join("other.db"));
    permit(data, 0o700);
    assert_eq!(said, ["cannot create", "0 rows, 0 cards"]);
}

/// After a crash on a disk that then comes up read-only, the newest answers are in the write-ahead log.
#[test]
fn reports_see_what_a_crash_left_in_the_write_ahead_log() {
    let home = TempDir::new().unwrap();
    permit(home.path(), 0o755);
    let data = home.path().join("data");
    fs::create_dir(&data).unwrap();
    let path = data.join("progress.db");
    let mut child = start("endless", &path);
    let mut said = words(&mut child);
    while said.next().is_some_and(|word| word.parse::<usize>().unwrap() < 40) {}
    sleep(Duration::from_millis(2));
    child.kill().unwrap();
    let acknowledged = said.last().unwrap_or("40".to_owned()).parse::<usize>().unwrap();
    child.wait().unwrap();

    for shared_memory in ["left", "lost"] {
        if shared_memory == "lost" {
            fs::remove_file(data.join("progress.db-shm")).unwrap();
        }
        for file in fs::read_dir(&data).unwrap() {
            permit(&file.unwrap().path(), 0o444);
        }
        permit(&data, 0o555);
        let said = played_without_privilege(home.path(), "look", &path);
        permit(&data, 0o700);
        let whole =
            [acknowledged, acknowledged + 1].map(|rows| format!("{rows} rows, {} cards", rows.min(50)));
        assert!(
            whole.contains(&said[1]),
            "shared memory {shared_memory}: {said:?}, {acknowledged} acknowledged"
        );
        assert_eq!(said[0], "read-only");
    }
}

#[test]
fn a_read_only_disk_gives_reports() {
    let (_home, path) = prepared();
    let Some(way) = own_mounts() else {
        return permissions_are_respected_and_explained();
    };
    let data = path.parent().unwrap();
    let before = content(data);
    let script =
        format!("mount --bind '{0}' '{0}' && mount -o remount,bind,ro '{0}' && exec \"$@\"", data.display());
    let wrapper: Vec<&str> = way.iter().copied().chain(["sh", "-c", &script, "sh"]).collect();
    assert_eq!(played(command(&wrapper, &program(), "look", &path)), ["read-only", "20 rows, 10 cards"]);
    assert_eq!(content(data), before);
}
