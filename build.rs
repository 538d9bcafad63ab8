//! Builds the repository's own collection into the program, so that it works anywhere without set-up.
//!
//! A build script, because only one can notice that a deck was added: it lists the folder `decks/`
//! at every change in it. Nothing is parsed here; the room `deck_files` reads the texts.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Names of skill maps; beside decks and settings (`*.toml`) nothing is built in.
const MAP_NAMES: [&str; 2] = ["skill-map.md", "skill-map.mmd"];

fn main() -> Result<(), Box<dyn Error>> {
    let root = folder("CARGO_MANIFEST_DIR")?.join("decks");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=decks");
    let out = folder("OUT_DIR")?;
    let mut files = Vec::new();
    collect(&root, "", &mut files)?;
    files.sort();
    fs::write(out.join("embedded_decks.rs"), table(&files)?)?;
    Ok(())
}

/// A folder that cargo names in a variable while the script runs.
#[expect(clippy::disallowed_methods, reason = "how cargo tells a build script its folders")]
fn folder(variable: &str) -> Result<PathBuf, String> {
    std::env::var_os(variable).map(PathBuf::from).ok_or_else(|| format!("cargo gave no {variable}"))
}

/// Gathers the paths of decks and maps below `root`, with `/` between their parts.
fn collect(root: &Path, below: &str, files: &mut Vec<String>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(root.join(below))? {
        let entry = entry?;
        let name =
            entry.file_name().into_string().map_err(|name| format!("{} is not UTF-8", name.display()))?;
        let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        if name.starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            collect(root, &path, files)?;
        } else if Path::new(&name).extension().is_some_and(|ending| ending == "toml")
            || (below.is_empty() && MAP_NAMES.contains(&name.as_str()))
        {
            files.push(path);
        }
    }
    Ok(())
}

/// The table of paths and texts, as Rust. The texts are named from the package's folder as it is when the table is
/// compiled, so that a checkout can be moved with what was built in it.
fn table(files: &[String]) -> Result<String, Box<dyn Error>> {
    let mut code = String::from("/// Every embedded file: its path below `decks/`, and its text.\n");
    writeln!(code, "static EMBEDDED: [(&str, &str); {}] = [", files.len())?;
    for path in files {
        let below = format!("/decks/{path}");
        writeln!(code, "    ({path:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {below:?}))),")?;
    }
    code.push_str("];\n");
    Ok(code)
}
