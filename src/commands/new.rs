//! `new`: the first text of a deck, at its place and bound to its leaf.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::library::Library;
use super::refusal::Refusal;
use super::{CommandError, Context, complete, edit};
use crate::deck_files::{self, Source};
use crate::domain::day::StudyDay;
use crate::domain::deck::Deck;
use crate::domain::shelf::Shelf;
use crate::domain::skill_map::{NodeIndex, SkillMap};
use crate::report::page::{Page, Span, Style, clean};
use crate::report::steps;
use crate::terminal::{Ask, Heard};

/// Begin a deck for a leaf of the map, with an example of every kind of card
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill new indexing             a deck for one leaf\n  mindrill new                      pick among the leaves that have none\n  mindrill new caching --edit       and open it in the editor\n  mindrill new --missing            the leaves without a deck\n  mindrill new --missing --write    a deck for each of them\n\nA deck that is there is never overwritten."
)]
pub struct NewArgs {
    /// A leaf; else one is picked from a list
    #[arg(value_name = "NODE", add = complete::nodes(), conflicts_with = "missing")]
    node: Option<String>,
    /// List the leaves without a deck
    #[arg(long, conflicts_with = "edit")]
    missing: bool,
    /// Make a deck for each of them
    #[arg(long, requires = "missing")]
    write: bool,
    /// Open the new deck in the editor
    #[arg(short, long)]
    edit: bool,
}

/// A collection in a folder, with its decks by node.
struct Desk {
    root: PathBuf,
    library: Library,
    decks: Vec<Deck>,
    shelf: Shelf,
}

/// A deck to be made.
struct Plan {
    leaf: NodeIndex,
    path: PathBuf,
}

pub(super) fn run(args: &NewArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    let desk = Desk::open(context)?;
    if args.missing {
        return missing(args, &desk, context);
    }
    let leaf = match &args.node {
        Some(name) => desk.library.node(name)?,
        None => match pick(&desk, context)? {
            Some(leaf) => leaf,
            None => return Ok(()),
        },
    };
    let plan = desk.plan(leaf, &[])?;
    let today = context.today();
    write(&[(plan.path.clone(), desk.text(leaf, &plan.path, today))])?;
    if context.json {
        context.show_line(&object(&desk, &plan).to_string())?;
    } else {
        context.show_page(&made(&desk, &plan, &context.environment.here))?;
    }
    if args.edit { edit::file(context, &plan.path, 1) } else { Ok(()) }
}

impl Desk {
    fn open(context: &Context<'_>) -> Result<Self, CommandError> {
        let source = context.source()?.value;
        let Source::Folder(root) = source.clone() else {
            return Err(CommandError::Embedded { verb: "add a deck to" });
        };
        let (library, decks) = Library::open_whole(source)?;
        let shelf = Shelf::new(library.collection.map(), &decks);
        Ok(Self { root, library, decks, shelf })
    }

    fn map(&self) -> &SkillMap {
        self.library.collection.map()
    }

    /// Where the deck of a leaf goes; `further` are decks that are to be made beside it.
    fn plan(&self, leaf: NodeIndex, further: &[Plan]) -> Result<Plan, CommandError> {
        let key = self.map().node(leaf).key.clone();
        if !self.map().is_leaf(leaf) {
            return Err(Refusal::Branch(key).into());
        }
        if let Some(&deck) = self.shelf.at(leaf).first() {
            let file = self.decks.get(deck).map_or("", |deck| &*deck.place.file).to_owned();
            return Err(Refusal::HasDeck { key, file }.into());
        }
        let planned =
            |id: &str| further.iter().any(|plan| plan.path.file_stem().is_some_and(|stem| stem == id));
        let taken = |id: &str| planned(id) || self.decks.iter().any(|deck| deck.id.0 == id);
        let below = deck_files::home(&key.0, taken).ok_or(Refusal::NoName(key))?;
        Ok(Plan { leaf, path: self.root.join(below) })
    }

    fn text(&self, leaf: NodeIndex, path: &Path, today: StudyDay) -> String {
        let node = self.map().node(leaf);
        deck_files::schema_line(&self.root, path) + &deck_files::stub(&node.label, &node.key.0, today)
    }

    /// The decks of all leaves that have none.
    fn plans(&self) -> Result<Vec<Plan>, CommandError> {
        let mut plans = Vec::new();
        for leaf in self.shelf.empty_leaves(self.map()) {
            plans.push(self.plan(leaf, &plans)?);
        }
        Ok(plans)
    }
}

/// One of the leaves without a deck; `None` where the learner wants none of them.
fn pick(desk: &Desk, context: &mut Context<'_>) -> Result<Option<NodeIndex>, CommandError> {
    let leaves = desk.shelf.empty_leaves(desk.map());
    let mut page = Page::new();
    if leaves.is_empty() {
        page.text(Style::Good, "every leaf has a deck");
        return context.show_page(&page).map(|()| None);
    }
    let name = |leaf: &NodeIndex| {
        let node = desk.map().node(*leaf);
        clean(&format!("{}  {}", node.label, node.key)).replace('\n', " ")
    };
    let items: Vec<String> = leaves.iter().map(name).collect();
    if let Heard::Picked(picked) = context.terminal.ask(&Ask::Find(&items))?
        && let Some(leaf) = picked.first().and_then(|&place| leaves.get(place))
    {
        return Ok(Some(*leaf));
    }
    if !context.terminal.is_interactive() {
        let hint = "name the leaf: `mindrill new NODE`; `mindrill new --missing` lists them";
        return Err(Refusal::NothingPicked { hint }.into());
    }
    page.text(Style::Dim, "nothing was made");
    context.show_page(&page).map(|()| None)
}

/// Lists the leaves without a deck, and makes their decks where that is wanted.
fn missing(args: &NewArgs, desk: &Desk, context: &mut Context<'_>) -> Result<(), CommandError> {
    let plans = desk.plans()?;
    if args.write {
        let today = context.today();
        let files: Vec<_> =
            plans.iter().map(|plan| (plan.path.clone(), desk.text(plan.leaf, &plan.path, today))).collect();
        write(&files)?;
    }
    if context.json {
        let list: Vec<_> = plans.iter().map(|plan| object(desk, plan)).collect();
        return context.show_line(&json!({ "missing": list, "written": args.write }).to_string());
    }
    let mut page = Page::new();
    for plan in &plans {
        let node = desk.map().node(plan.leaf);
        page.line(vec![Span::plain(node.key.0.as_str()), Span::new(Style::Dim, format!("  {}", node.label))]);
    }
    if !plans.is_empty() {
        page.blank();
    }
    let count = match plans.len() {
        0 => "every leaf has a deck".to_owned(),
        1 => "1 leaf has no deck".to_owned(),
        count => format!("{count} leaves have no deck"),
    };
    match (plans.len(), args.write) {
        (0, _) => page.text(Style::Good, count),
        (_, true) => {
            page.text(Style::Good, format!("{count}: made one for each below `{}`", desk.root.display()))
        }
        (_, false) => page.text(
            Style::Dim,
            format!("{count}: `mindrill new NODE` makes one, `mindrill new --missing --write` all"),
        ),
    };
    context.show_page(&page)
}

fn write(files: &[(PathBuf, String)]) -> Result<(), CommandError> {
    deck_files::create_all(files).map_err(|(path, source)| match source.kind() {
        ErrorKind::AlreadyExists => Refusal::Taken(path).into(),
        _ => CommandError::Unwritable { path, source },
    })
}

fn object(desk: &Desk, plan: &Plan) -> serde_json::Value {
    let node = desk.map().node(plan.leaf);
    json!({ "node": node.key.0, "label": node.label, "deck": stem(&plan.path), "file": plan.path.to_string_lossy() })
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn made(desk: &Desk, plan: &Plan, here: &Path) -> Page {
    let name = desk.map().name_of(plan.leaf);
    let path = plan.path.strip_prefix(here).unwrap_or(&plan.path).to_string_lossy();
    let mut page = Page::new();
    page.text(Style::Good, format!("made `{path}`")).blank();
    page.append(steps::page(&[
        (format!("mindrill edit {name}"), "write its cards"),
        (format!("mindrill preview {} --watch", shell_words::quote(&path)), "see them while you write"),
    ]));
    page
}
