//! `map rename`: another label for a node, on the map and wherever the node is named.
//!
//! Everything is prepared and read again in memory before a byte is written: the new collection must hang every card on
//! the same nodes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::json;

use crate::commands::library::{Library, read_map};
use crate::commands::refusal::Refusal;
use crate::commands::{CommandError, Context};
use crate::deck_files::{self, Change, MapText, Source};
use crate::domain::card::DeckId;
use crate::domain::collection::Collection;
use crate::domain::deck::Deck;
use crate::domain::problem::Level;
use crate::domain::shelf::Shelf;
use crate::domain::skill_map::{NodeIndex, SkillMap};
use crate::mindmap;
use crate::report::page::{Line, Page, Span, Style};

/// A collection whose map is to change.
struct Desk {
    root: PathBuf,
    text: MapText,
    map: SkillMap,
    library: Library,
    decks: Vec<Deck>,
}

/// The map to be, and the files that change for it.
struct Plan {
    node: NodeIndex,
    map: SkillMap,
    changes: Vec<Change>,
}

/// Renames a node, or only says what would change.
pub(super) fn run(old: &str, new: &str, is_dry: bool, context: &mut Context<'_>) -> Result<(), CommandError> {
    let desk = Desk::open(context)?;
    let node = desk.map.find(old)?;
    let plan = desk.plan(node, new)?;
    if !is_dry {
        deck_files::replace_all(&plan.changes)
            .map_err(|(path, source)| CommandError::Unwritable { path, source })?;
    }
    if context.json {
        return context.show_line(&object(&desk, &plan, is_dry));
    }
    context.show_page(&page(&desk, &plan, is_dry))
}

impl Desk {
    fn open(context: &Context<'_>) -> Result<Self, CommandError> {
        let source = context.source()?.value;
        let Source::Folder(root) = source.clone() else {
            return Err(CommandError::Embedded { verb: "rename a node in" });
        };
        let text = source.map_text()?;
        let (map, _) = read_map(&text)?;
        let (library, decks) = Library::open_whole(source)?;
        Ok(Self { root, text, map, library, decks })
    }

    fn plan(&self, node: NodeIndex, label: &str) -> Result<Plan, CommandError> {
        let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
        let (text, map) = self.renamed(node, &label)?;
        let mut changes = vec![(PathBuf::from(&*self.text.file), self.text.text.clone(), text)];
        let renaming = |name: &str| new_name(name, &self.map, &map);
        let mut texts = Vec::new();
        for deck in &self.decks {
            let file = &deck.place.file;
            let before = deck_files::map_file(Path::new(&**file))?.text;
            let after = deck_files::rebound(&before, &renaming);
            texts.push((Arc::clone(file), after.clone()));
            if after != before {
                changes.push((PathBuf::from(&**file), before, after));
            }
        }
        changes.extend(self.weights(&map, &renaming)?);
        self.proves_alike(&map, &texts)?;
        // The map comes last: until then, nothing has another name.
        changes.rotate_left(1);
        Ok(Plan { node, map, changes })
    }

    /// The map's text with the new label, and the map it is.
    fn renamed(&self, node: NodeIndex, label: &str) -> Result<(String, SkillMap), CommandError> {
        let refuse = |why: String| {
            let key = self.map.node(node).key.clone();
            CommandError::from(Refusal::Label { key, label: label.to_owned(), why })
        };
        if label.is_empty() || label.chars().any(char::is_control) {
            return Err(refuse("a label is one line of text".to_owned()));
        }
        let file = &self.text.file;
        let text = mindmap::rename(&self.text.text, file, node, label)
            .ok_or_else(|| refuse("the map cannot be edited there".to_owned()))?;
        let (before, after) = (mindmap::read_file(&self.text.text, file), mindmap::read_file(&text, file));
        let Some(map) = after.map else {
            let fault = after.problems.into_iter().find(|problem| problem.level == Level::Error);
            return Err(refuse(fault.map_or_else(String::new, |fault| fault.message)));
        };
        let shape = |map: &SkillMap| map.nodes().iter().map(|node| node.parent).collect::<Vec<_>>();
        let read = map.nodes().get(node.0).map_or("", |node| node.label.as_str());
        if read != label || shape(&map) != shape(&self.map) || (before.mermaid_ok && !after.mermaid_ok) {
            return Err(refuse(format!("the map would be read otherwise, as `{read}`")));
        }
        Ok((text, map))
    }

    /// The collection's settings with other names, where they change.
    fn weights(
        &self,
        map: &SkillMap,
        renaming: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Option<Change>, CommandError> {
        let path = deck_files::settings_in(&self.root);
        if !path.is_file() {
            return Ok(None);
        }
        let MapText { text: before, file } = deck_files::map_file(&path)?;
        let after = deck_files::reweighed(&before, renaming);
        let nodes = |map: &SkillMap, text: &str| -> Vec<_> {
            let weights = deck_files::read_weights(&file, text).importance;
            let mut nodes: Vec<_> = weights
                .iter()
                .filter_map(|(name, (weight, _))| Some((map.find(name).ok()?, weight.weight())))
                .collect();
            nodes.sort_by_key(|(node, _)| *node);
            nodes
        };
        if nodes(&self.map, &before) != nodes(map, &after) {
            return Err(Refusal::Unbinds { what: format!("a weight in `{file}`") }.into());
        }
        Ok((after != before).then_some((path, before, after)))
    }

    /// Whether every card hangs on the same nodes as before; one that hung on nothing may hang now.
    fn proves_alike(&self, map: &SkillMap, texts: &[(Arc<str>, String)]) -> Result<(), CommandError> {
        let after = Collection::bind(map.clone(), &deck_files::read_texts(texts).decks).0;
        let moved = self.library.collection.cards().find(|header| {
            after.header(&header.id).is_none_or(|now| {
                header.nodes.iter().any(|node| !now.nodes.contains(node))
                    || now.fingerprint != header.fingerprint
            })
        });
        match moved {
            Some(header) => Err(Refusal::Unbinds { what: format!("card `{}`", header.id) }.into()),
            None => Ok(()),
        }
    }
}

/// What a name of the old map has to become on the new one, as short as it was; `None` where it may stay.
fn new_name(name: &str, old: &SkillMap, new: &SkillMap) -> Option<String> {
    let node = old.find(name).ok()?;
    if new.find(name) == Ok(node) {
        return None;
    }
    let key = &new.node(node).key.0;
    let parts = name.trim_matches('/').matches('/').count() + 1;
    let all: Vec<&str> = key.split('/').collect();
    let tail = all.get(all.len().saturating_sub(parts)..).unwrap_or_default().join("/");
    Some(if new.find(&tail) == Ok(node) { tail } else { key.clone() })
}

/// The decks of the node that have the name of its old slug, but not of its new one.
fn outdated<'d>(desk: &'d Desk, plan: &Plan) -> Vec<&'d DeckId> {
    let slug = |map: &SkillMap| {
        let key = &map.node(plan.node).key.0;
        key.rsplit('/').next().unwrap_or(key).to_owned()
    };
    let (old, new) = (slug(&desk.map), slug(&plan.map));
    let shelf = Shelf::new(&desk.map, &desk.decks);
    let decks = shelf.at(plan.node).iter().filter_map(|&place| desk.decks.get(place));
    decks.map(|deck| &deck.id).filter(|id| old != new && id.0 == old).collect()
}

fn object(desk: &Desk, plan: &Plan, is_dry: bool) -> String {
    json!({
        "from": desk.map.node(plan.node).key.0,
        "to": plan.map.node(plan.node).key.0,
        "label": plan.map.node(plan.node).label,
        "files": plan.changes.iter().map(|(path, ..)| path.to_string_lossy()).collect::<Vec<_>>(),
        "written": !is_dry,
    })
    .to_string()
}

fn page(desk: &Desk, plan: &Plan, is_dry: bool) -> Page {
    let mut page = Page::new();
    for (path, before, after) in plan.changes.iter().filter(|_| is_dry) {
        page.append(changed(path, before, after));
    }
    let (old, new) = (desk.map.node(plan.node), plan.map.node(plan.node));
    let keys = if old.key == new.key {
        format!("its key stays `{}`", old.key)
    } else {
        format!("`{}` is now `{}`", old.key, new.key)
    };
    let others = match plan.changes.len() {
        0 | 1 => "no other file changes".to_owned(),
        2 => "one more file follows".to_owned(),
        all => format!("{} more files follow", all - 1),
    };
    let verb = if is_dry { "would be renamed" } else { "renamed" };
    page.text(Style::Good, format!("{verb}: {} → {}; {keys}; {others}", old.label, new.label));
    if old.importance != new.importance {
        let weights = (old.importance.weight(), new.importance.weight());
        page.text(
            Style::Warn,
            format!("its weight was {} and is {}: a label says so in brackets", weights.0, weights.1),
        );
    }
    for id in outdated(desk, plan) {
        let told = format!(
            "deck `{id}` keeps its file's name, and its cards their ids; to rename the file, carry their progress over with `mindrill relink`"
        );
        page.text(Style::Dim, told);
    }
    if is_dry {
        page.text(Style::Dim, "nothing was written");
    }
    page
}

/// The lines of a file that change.
fn changed(path: &Path, before: &str, after: &str) -> Page {
    let mut page = Page::new();
    page.text(Style::Title, path.to_string_lossy());
    for (number, (old, new)) in
        before.lines().zip(after.lines()).enumerate().filter(|(_, (old, new))| old != new)
    {
        for (sign, style, line) in [("-", Style::Bad, old), ("+", Style::Good, new)] {
            let lead = Span::new(Style::Dim, format!("{:>5} ", number + 1));
            page.push(Line::new(vec![Span::new(style, format!("{sign} {line}"))]).led_by(lead));
        }
    }
    page.blank();
    page
}
