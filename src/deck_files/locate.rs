//! Where a collection is: the folder with a skill map. It does not read what it finds.

use std::path::{Path, PathBuf};

/// The names of a skill map, the first that is there counts.
pub(super) const MAP_NAMES: [&str; 2] = ["skill-map.md", "skill-map.mmd"];
/// The folder that holds a collection within a project.
const DECKS: &str = "decks";

/// The map of a folder, if it has one.
pub(super) fn map_in(folder: &Path) -> Option<PathBuf> {
    MAP_NAMES.iter().map(|name| folder.join(name)).find(|path| path.is_file())
}

/// The collection that `dir` means: `dir` itself or its folder `decks`, whichever holds a skill map.
#[must_use]
pub fn locate(dir: &Path) -> Option<PathBuf> {
    let below = dir.join(DECKS);
    [dir.to_path_buf(), below].into_iter().find(|folder| map_in(folder).is_some())
}

/// The nearest collection from a folder upwards: the folder `decks`, with a skill map, of `from` or of a folder above.
#[must_use]
pub fn find_upwards(from: &Path) -> Option<PathBuf> {
    from.ancestors().map(|folder| folder.join(DECKS)).find(|folder| map_in(folder).is_some())
}
