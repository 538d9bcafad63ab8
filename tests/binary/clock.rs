//! Clocks set back, far ahead and in other zones: no schedule is rewritten, nothing panics.

use std::process::{Command, Output};

use serde_json::Value;

use crate::place::{MINDRILL, Place, deck, ended, text};

fn at(place: &Place, now: &str, words: &str) -> Output {
    ended(place.command(words).env("MINDRILL_NOW", now), "")
}

fn study_day(place: &Place, now: &str) -> Value {
    let output = at(place, now, "due --json");
    assert!(output.status.success(), "{now}: {}", text(&output.stderr));
    serde_json::from_slice::<Value>(&output.stdout).unwrap()["today"].clone()
}

#[test]
fn a_clock_set_back_rewrites_no_schedule() {
    let place = Place::with_deck(&deck(2));
    for now in ["2026-11-20T10:00:00Z", "2026-11-21T10:00:00Z"] {
        assert!(at(&place, now, "answer c0 -g 4").status.success());
    }
    let due = || place.json("why c0")[0]["due"].clone();
    let before = due();
    assert_eq!(before, "2026-11-27");
    let earlier = ["2025-11-22T10:00:00Z", "2026-11-21T23:30:00-11:00", "0000-01-01T05:00:00Z"];
    for now in earlier {
        for grade in [1, 4, 5] {
            assert!(at(&place, now, &format!("answer c0 -g {grade}")).status.success(), "{now}");
            assert_eq!(due(), before, "grade {grade} at {now}");
        }
        let sat = at(&place, now, "quiz --json -n 1");
        assert!(sat.status.success(), "{now}: {}", text(&sat.stderr));
    }
    let doctor = &place.json("doctor")[0];
    assert_eq!(doctor["sound"], true);
    place.says("doctor --rebuild");
    assert_eq!(due(), before, "the log gives the same schedule");
}

#[test]
fn ten_years_away_everything_is_due_once() {
    let place = Place::with_deck(&deck(3));
    for card in ["c0", "c1", "c2"] {
        place.says(&format!("answer {card} -g 4"));
    }
    let later = "2036-11-22T10:00:00Z";
    let due: Value = serde_json::from_slice(&at(&place, later, "due --json").stdout).unwrap();
    assert_eq!([&due["due"], &due["overdue"]], [3, 3]);
    assert!(at(&place, later, "answer c0 -g 4").status.success());
    let why: Value = serde_json::from_slice(&at(&place, later, "why c0 --json").stdout).unwrap();
    assert_eq!(why["due"], "2036-11-28", "late: the scheduled interval counts, no bonus");
}

#[test]
fn a_moment_is_one_day_whatever_zone_it_is_told_in_by_its_own_offset() {
    let place = Place::with_deck(&deck(1));
    for zone in ["UTC", "Pacific/Apia", "America/New_York", "No/Such_Zone", ":/nowhere", ""] {
        let output = ended(place.command("due --json").env("TZ", zone), "");
        let due: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(due["today"], "2026-11-22", "{zone}");
    }
}

#[test]
fn the_machines_clock_is_read_in_every_zone() {
    let place = Place::with_deck(&deck(2));
    for zone in
        ["UTC", "Pacific/Kiritimati", "Etc/GMT+12", "America/Santiago", "Africa/Cairo", "No/Such_Zone"]
    {
        for words in ["", "due", "coverage", "where", "quiz --json", "answer c0 -g 4"] {
            let mut command = place.command(words);
            let output = ended(command.env_remove("MINDRILL_NOW").env("TZ", zone), "");
            assert!(output.status.success(), "{zone} {words}: {}", text(&output.stderr));
        }
    }
    assert!(place.health().0);
}

#[test]
fn the_night_of_a_clock_change_has_one_rollover() {
    let place = Place::with_deck(&deck(1));
    let table = [
        // New York, 2026-11-01: 02:00 EDT becomes 01:00 EST.
        ("2026-11-01T01:30:00-04:00", "2026-10-31"),
        ("2026-11-01T01:30:00-05:00", "2026-10-31"),
        ("2026-11-01T03:59:59.999-05:00", "2026-10-31"),
        ("2026-11-01T04:00:00-05:00", "2026-11-01"),
        // New York, 2026-03-08: 02:00 EST becomes 03:00 EDT.
        ("2026-03-08T01:59:59-05:00", "2026-03-07"),
        ("2026-03-08T03:59:59-04:00", "2026-03-07"),
        ("2026-03-08T04:00:00-04:00", "2026-03-08"),
        // Santiago, 2026-09-06: midnight does not exist.
        ("2026-09-05T23:59:59-04:00", "2026-09-05"),
        ("2026-09-06T01:00:00-03:00", "2026-09-05"),
        ("2026-09-06T03:59:59-03:00", "2026-09-05"),
        ("2026-09-06T04:00:00-03:00", "2026-09-06"),
        // Cairo, 2026-04-24: midnight does not exist.
        ("2026-04-24T01:00:00+03:00", "2026-04-23"),
        ("2026-04-24T04:00:00+03:00", "2026-04-24"),
    ];
    for (now, day) in table {
        assert_eq!(study_day(&place, now), day, "{now}");
    }
}

#[test]
fn the_machines_own_clock_crosses_a_change_of_clocks() {
    if !Command::new("faketime").arg("--version").output().is_ok_and(|output| output.status.success()) {
        // Without faketime the table above must do.
        return;
    }
    let place = Place::with_deck(&deck(1));
    let table = [
        ("America/New_York", "2026-11-01 03:59:50", "2026-10-31"),
        ("America/New_York", "2026-11-01 04:00:01", "2026-11-01"),
        ("America/Santiago", "2026-09-06 01:00:00", "2026-09-05"),
        ("America/Santiago", "2026-09-06 04:00:01", "2026-09-06"),
        ("Africa/Cairo", "2026-04-24 01:00:00", "2026-04-23"),
        ("Africa/Cairo", "2026-04-24 04:00:01", "2026-04-24"),
    ];
    for (zone, wall, day) in table {
        if !std::path::Path::new("/usr/share/zoneinfo").join(zone).exists() {
            continue;
        }
        let mut command = Command::new("faketime");
        place.furnish(&mut command);
        command.env_remove("MINDRILL_NOW").env("TZ", zone).args([wall, MINDRILL, "due", "--json"]);
        let output = ended(&mut command, "");
        let due: Value =
            serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", text(&output.stderr)));
        assert_eq!(due["today"], day, "{zone} {wall}");
    }
}

#[test]
fn at_the_ends_of_the_calendar_nothing_panics() {
    let place = Place::with_deck(&deck(2));
    place.says("answer c0 -g 4");
    for now in [
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59+14:00",
        "0000-01-01T00:00:00Z",
        "0000-01-01T00:00:00-12:00",
    ] {
        for words in [
            "",
            "due",
            "coverage",
            "why c0",
            "why leaf",
            "quiz --json",
            "quiz --cram --json",
            "log",
            "doctor",
            "where",
        ] {
            let output = at(&place, now, words);
            assert!(output.status.success(), "{now} {words}: {}", text(&output.stderr));
        }
        for words in ["answer c0 -g 5", "answer c1 -g 4", "undo", "undo"] {
            let output = at(&place, now, words);
            assert!(output.status.success(), "{now} {words}: {}", text(&output.stderr));
        }
        assert!(place.health().0, "{now}");
    }
    assert!(at(&place, "9999-12-31T23:59:59Z", "coverage --on 9999-12-31").status.success());
}

#[test]
fn a_moment_or_day_that_is_none_is_refused_by_name() {
    let place = Place::with_deck(&deck(1));
    for now in [
        "yesterday",
        "+262142-12-31T23:59:59Z",
        "262142-12-31T23:59:59Z",
        "-0001-01-01T00:00:00Z",
        "10000-01-01T00:00:00Z",
        "2026-11-22",
        "2026-02-30T10:00:00Z",
        "2026-11-22T10:00:00",
        " ",
    ] {
        let output = at(&place, now, "due");
        assert_eq!(output.status.code(), Some(1), "{now}: {}", text(&output.stdout));
        assert!(text(&output.stderr).contains("MINDRILL_NOW"), "{now}: {}", text(&output.stderr));
    }
    for day in ["262142-12-31", "99999999999999999999-01-01", "2026-13-01", "tomorrow", "2026-11-21"] {
        assert!(place.refused(&format!("coverage --on {day}")).contains(day));
    }
}
