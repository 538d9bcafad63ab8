//! Writes a collection of varied cards, for `process.sh`: `cargo bench --bench collection -- FOLDER CARDS`.

#![allow(clippy::unwrap_used, reason = "a bench that cannot go on has failed")]

mod generator;

use std::path::Path;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    if let [folder, cards] = words.as_slice() {
        generator::varied(Path::new(folder), cards.parse().unwrap());
    }
}
