//! Why a command that makes or changes files refuses to, each with the next step.

use std::path::PathBuf;

use crate::domain::skill_map::NodeKey;

/// Why nothing was made or changed.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Something has the name of what was to be made.
    #[error("`{}` is there already", .0.display())]
    Taken(PathBuf),
    /// A folder is a collection, and one was to be made in it.
    #[error("`{}` is a collection already", .0.display())]
    Collection(PathBuf),
    /// A folder belongs to no git work tree.
    #[error("`{}` lies in no git work tree", .0.display())]
    NoWorkTree(PathBuf),
    /// Git cannot be run, or refuses.
    #[error("git {0}")]
    Git(String),
    /// A repository has no such revision, or no map at it.
    #[error("git {0}")]
    Revision(String),
    /// There is a hook that is not ours.
    #[error("there is a hook of another make: `{}`", path.display())]
    ForeignHook {
        /// The hook.
        path: PathBuf,
        /// The line that it lacks.
        line: String,
    },
    /// A deck was to be made for a branch.
    #[error("`{0}` is a branch, and a deck belongs on a leaf")]
    Branch(NodeKey),
    /// A deck was to be made for a leaf that has one.
    #[error("`{key}` has a deck: `{file}`")]
    HasDeck {
        /// The leaf.
        key: NodeKey,
        /// The deck's file, as it is shown.
        file: String,
    },
    /// There is no deck where one was to be opened.
    #[error("no deck is bound to `{0}`")]
    NoDeck(NodeKey),
    /// The cards that are there are out of date.
    #[error("every card here is out of date: its `review_by` has passed")]
    AllStale,
    /// No file name can be made of a leaf's key.
    #[error("no file name can be made of `{0}`")]
    NoName(NodeKey),
    /// Nobody was there to pick from a list.
    #[error("nothing was picked")]
    NothingPicked {
        /// What to type instead.
        hint: &'static str,
    },
    /// An editor needs a terminal.
    #[error("an editor needs a terminal")]
    EditorNeedsTerminal,
    /// A deck has become another while it was edited.
    #[error("`{}` was changed by someone else meanwhile; it is as they left it", deck.display())]
    ChangedMeanwhile {
        /// The deck.
        deck: PathBuf,
        /// Where what was written is kept.
        draft: PathBuf,
    },
    /// A new label cannot be given to a node.
    #[error("`{label}` cannot be the label of `{key}`: {why}")]
    Label {
        /// The node.
        key: NodeKey,
        /// The label.
        label: String,
        /// What stands against it.
        why: String,
    },
    /// A change of the map would unbind cards.
    #[error("after that, {what} would hang elsewhere")]
    Unbinds {
        /// What.
        what: String,
    },
}

impl Refusal {
    /// The next step.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::Taken(_) => "name another place, or move it away".to_owned(),
            Self::Collection(folder) => {
                let folder = shell_words::quote(&folder.to_string_lossy()).into_owned();
                format!(
                    "`mindrill --collection {folder} check` looks it over; `mindrill init DIR` makes one elsewhere"
                )
            }
            Self::NoWorkTree(_) => "`git init` makes a repository of it".to_owned(),
            Self::Git(_) => "see that `git status` works there".to_owned(),
            Self::Revision(_) => {
                "`git log --oneline` lists revisions; `--against` takes a map's file, too".to_owned()
            }
            Self::ForeignHook { line, .. } => format!("add this line to it: `{line}`"),
            Self::Branch(key) => {
                format!("`mindrill new --missing` lists the leaves without a deck; `{key}` is none")
            }
            Self::HasDeck { key, .. } => format!("`mindrill edit {key}` opens it"),
            Self::AllStale => {
                "`mindrill check` names them; look their facts up, and set a later day".to_owned()
            }
            Self::NoDeck(key) => format!("`mindrill new {key}` makes one"),
            Self::NoName(_) => {
                "give the leaf a short id on the map, and a name that no other deck has: `id[\"Label\"]`"
                    .to_owned()
            }
            Self::NothingPicked { hint } => (*hint).to_owned(),
            Self::EditorNeedsTerminal => {
                "run it in a terminal; scripts write the file and run `mindrill check FILE`".to_owned()
            }
            Self::ChangedMeanwhile { draft, .. } => {
                format!("what you wrote is kept in `{}`; `mindrill edit` goes on with it", draft.display())
            }
            Self::Label { .. } => "nothing was changed; `mindrill map show` draws the map".to_owned(),
            Self::Unbinds { .. } => {
                "nothing was changed; bind those cards by a whole key first, and `mindrill check`".to_owned()
            }
        }
    }
}
