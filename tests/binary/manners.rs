//! Pipes, full devices, colours, exit codes, completions, manual pages.

use std::fs;
use std::process::{Command, Stdio};

use crate::place::{MINDRILL, Place, deck, ended, text, unwrapped, wait};

#[test]
fn a_reader_who_has_seen_enough_is_a_clean_end() {
    let place = Place::with_deck(&deck(3_000));
    for card in 0..20 {
        place.says(&format!("answer c{card} -g 4"));
    }
    let commands = [
        "cards",
        "cards --json",
        "show leaf",
        "show leaf --json",
        "map show",
        "map show --json",
        "map check",
        "coverage",
        "coverage --json",
        "why leaf",
        "log",
        "log --json",
        "check",
        "doctor",
        "where",
        "man",
        "completions bash",
        "quiz --cram",
        "quiz --cram --json",
        "--help",
        "quiz --help",
        "--version",
    ];
    for words in commands {
        let mut child = place.command(words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        wait(&mut child);
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()), "{words}");
    }
    let mut head = Command::new("sh");
    place.furnish(&mut head);
    head.args(["-c", "{ \"$0\" cards; echo status $? >&2; } | head -1", MINDRILL]);
    let output = ended(&mut head, "");
    assert_eq!((text(&output.stdout).lines().count(), text(&output.stderr)), (1, "status 0\n".to_owned()));
}

#[test]
fn a_full_device_is_told() {
    let place = Place::with_deck(&deck(3));
    let commands =
        ["", "due", "cards", "coverage --json", "map show", "log", "man", "completions zsh", "where", "quiz"];
    let helps = ["--help", "quiz --help", "--version", "help due"];
    place.says("answer c0 -g 4");
    for words in commands.into_iter().chain(helps) {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut child = place.command(words).stdout(full).stderr(Stdio::piped()).spawn().unwrap();
        wait(&mut child);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{words}");
        assert!(text(&output.stderr).starts_with("error: cannot write"), "{words}: {}", text(&output.stderr));
    }
}

#[test]
fn input_that_is_closed_or_empty_is_a_normal_end() {
    let place = Place::with_deck(&deck(3));
    for words in ["quiz", "quiz --json"] {
        for input in ["</dev/null", "<&-", "<&- >/dev/null 2>&-", "</dev/null 2>/dev/null"] {
            let mut command = Command::new("sh");
            place.furnish(&mut command);
            command.args(["-c", &format!("\"$0\" {words} {input}"), MINDRILL]);
            let output = ended(&mut command, "");
            assert_eq!(output.status.code(), Some(0), "{words} {input}: {}", text(&output.stderr));
            assert_eq!(text(&output.stderr), "", "{words} {input}");
        }
    }
    assert_eq!(place.health(), (true, 0));
}

#[test]
fn input_that_is_no_text_or_has_no_end_of_line_is_survived() {
    let place = Place::with_deck(&deck(3));
    let long = vec![b'x'; 3_000_000];
    for input in [&b"\xff\xfe\0\n\n3\n"[..], b"\n3", &long, b"\0\0\0\r\n\r\n3\r\n"] {
        for words in ["quiz", "quiz --json"] {
            let file = place.path().join("input");
            fs::write(&file, input).unwrap();
            let output = ended(place.command(words).stdin(fs::File::open(&file).unwrap()), "");
            assert!(matches!(output.status.code(), Some(0 | 1)), "{words}");
            assert!(!text(&output.stderr).contains("panicked"), "{words}: {}", text(&output.stderr));
        }
    }
    assert!(place.health().0);
}

#[test]
fn colour_is_where_it_is_wanted() {
    let place = Place::new();
    let coloured = |variables: &[(&str, &str)], words: &str| {
        let output = ended(place.command(words).envs(variables.iter().copied()), "");
        text(&output.stdout).contains('\u{1b}')
    };
    assert!(!coloured(&[], "coverage"));
    assert!(coloured(&[("CLICOLOR_FORCE", "1")], "coverage"));
    assert!(!coloured(&[("CLICOLOR_FORCE", "0")], "coverage"));
    assert!(coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")], "coverage"));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], "coverage"));
    assert!(coloured(&[("NO_COLOR", "1")], "coverage --color always"));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1")], "coverage --color never"));
    for words in ["coverage", "due", "log", "map show", "check", "where", "doctor"] {
        assert!(!coloured(&[("CLICOLOR_FORCE", "1")], &format!("{words} --json --color always")), "{words}");
    }
    let ascii = ended(place.command("coverage").env("LANG", "C"), "");
    assert!(text(&ascii.stdout).contains("....") && ascii.stdout.is_ascii());
}

#[test]
fn the_status_tells_done_from_refused_from_misused() {
    let place = Place::new();
    let table = [
        ("due", 0),
        ("--version", 0),
        ("--help", 0),
        ("help quiz", 0),
        ("check", 1),
        ("check nowhere", 1),
        ("why nothing-of-the-kind", 1),
        ("answer nothing -g 4", 1),
        ("coverage --on 2020-01-01", 1),
        ("man nothing", 1),
        ("map show nowhere.md", 1),
        ("--collection nowhere due", 1),
        ("quizz", 2),
        ("quiz --kind nothing", 2),
        ("quiz --limit -1", 2),
        ("quiz --minutes 0", 2),
        ("answer covering", 2),
        ("answer covering -g 6", 2),
        ("due now", 2),
        ("--color sometimes", 2),
        ("map", 2),
    ];
    for (words, code) in table {
        let output = place.run(words);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{words}: {said}");
        assert_eq!(said.is_empty(), code == 0, "{words}: {said}");
    }
}

#[test]
fn a_settings_file_with_an_unknown_key_is_refused_with_the_known_ones() {
    let place = Place::new();
    let folder = place.path().join(".config/mindrill");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("config.toml");
    let table = [
        ("new_per_dy = 3\n", "new_per_dy"),
        ("\n new_per_day = \"many\"\n", "line 2, column 16"),
        ("new_per_day = -1\n", "new_per_day"),
        ("fuzz\n", "line 1"),
    ];
    for (content, told) in table {
        fs::write(&file, content).unwrap();
        let said = unwrapped(&place.refused("due"));
        assert!(
            said.contains("config.toml`") && said.contains(told) && said.contains("known keys"),
            "{said}"
        );
        place.says("--version");
        place.says("--help");
    }
    fs::write(&file, b"\xff\xfe").unwrap();
    assert!(unwrapped(&place.refused("due")).contains("config.toml`"));
    fs::write(&file, "new_per_day = 3\n").unwrap();
    assert_eq!(place.json("due")[0]["new_today"], 3);
    assert!(place.says("where").contains("settings file"));
}

/// What bash would be offered for the last of these words.
fn completed(place: &Place, words: &[&str]) -> Vec<String> {
    let mut command = place.command("");
    command.env_remove("MINDRILL_NOW").env("COMPLETE", "bash");
    command.env("_CLAP_COMPLETE_INDEX", words.len().to_string()).env("_CLAP_IFS", "\n");
    let output = ended(command.args(["--", "mindrill"]).args(words), "");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()), "{words:?}");
    text(&output.stdout).lines().map(str::to_owned).collect()
}

#[test]
fn completions_offer_nodes_cards_and_kinds_and_make_no_file() {
    let place = Place::new();
    let before = fs::read_dir(place.path()).unwrap().count();
    assert_eq!(completed(&place, &["quiz", "ind"]), ["indexing"]);
    assert_eq!(completed(&place, &["coverage", "databases/iso"]), ["databases/isolation"]);
    assert_eq!(completed(&place, &["answer", "indexing/p"]), ["indexing/prefix"]);
    assert_eq!(completed(&place, &["why", "isolation/le"]), ["isolation/levels"]);
    assert_eq!(completed(&place, &["show", "zzz"]), Vec::<String>::new());
    assert_eq!(completed(&place, &["quiz", "--kind", "tr"]), ["true-false"]);
    assert_eq!(completed(&place, &["cov"]), ["coverage"]);
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), before, "completing makes no file");
}

#[test]
fn completing_beside_trouble_is_silent() {
    let place = Place::new();
    let nowhere = place.path().join("nowhere");
    for (name, value) in
        [("MINDRILL_COLLECTION", &nowhere), ("HOME", &nowhere), ("MINDRILL_PROGRESS", &nowhere)]
    {
        let mut command = place.command("");
        command
            .env("COMPLETE", "bash")
            .env("_CLAP_COMPLETE_INDEX", "2")
            .env("_CLAP_IFS", "\n")
            .env(name, value);
        let output = ended(command.args(["--", "mindrill", "quiz", "ind"]), "");
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()), "{name}");
    }
    let broken = Place::with_deck("[deck\n");
    fs::write(broken.collection.join("skill-map.mmd"), "mindmap\n  a\n  b\n").unwrap();
    assert_eq!(completed(&broken, &["quiz", "a"]), Vec::<String>::new());
    let folder = place.path().join(".config/mindrill");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), "nonsense = 1\n").unwrap();
    assert_eq!(completed(&place, &["quiz", "ind"]), Vec::<String>::new());
}

#[test]
fn bash_completes_with_the_script_it_was_given() {
    let place = Place::new();
    if !Command::new("bash").arg("--version").output().is_ok_and(|output| output.status.success()) {
        return;
    }
    let script = "PATH=\"$BIN:$PATH\"; source <(mindrill completions bash)
        complete -p mindrill >/dev/null || exit 9
        function=$(complete -p mindrill | sed 's/.*-F \\([^ ]*\\).*/\\1/')
        ask() { COMP_WORDS=(mindrill \"$@\"); COMP_CWORD=$#; COMP_TYPE=9; COMPREPLY=(); \"$function\" mindrill \"${!#}\"; printf '%s\\n' \"${COMPREPLY[@]}\"; }
        ask quiz inde; ask answer isolation/sk";
    let mut command = Command::new("bash");
    place.furnish(&mut command);
    command.env("BIN", std::path::Path::new(MINDRILL).parent().unwrap());
    let output = ended(command.args(["--norc", "-c", script]), "");
    assert_eq!(text(&output.stdout), "indexing\nisolation/skew\n", "{}", text(&output.stderr));
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn every_shell_has_a_script() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = place.says(&format!("completions {shell}"));
        assert!(script.len() > 100 && script.contains("COMPLETE"), "{shell}: {script}");
        assert!(!script.contains("target/"), "{shell}: the script must find the installed program");
    }
    assert_eq!(place.run("completions tcsh").status.code(), Some(2));
}

#[test]
fn manual_pages_render() {
    let place = Place::new();
    for words in ["man", "man quiz", "man coverage", "man map", "man map fmt"] {
        let page = place.says(words);
        assert!(page.contains(".TH") && page.contains("Examples"), "{words}: {page}");
        for (program, arguments) in [("mandoc", &["-T", "utf8"][..]), ("man", &["-l", "-"])] {
            let mut command = Command::new(program);
            place.furnish(&mut command);
            command.args(arguments).stdin(Stdio::piped()).env("MANPAGER", "cat").env("MANWIDTH", "80");
            if Command::new(program).arg("--help").output().is_err() {
                continue;
            }
            let output = ended(&mut command, &page);
            assert_eq!(output.status.code(), Some(0), "{program} {words}: {}", text(&output.stderr));
            let shown = unwrapped(&text(&output.stdout).replace('\u{8}', ""));
            assert!(shown.contains("mindrill"), "{program} {words}: {shown}");
        }
    }
}
