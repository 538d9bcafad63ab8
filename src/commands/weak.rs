//! `weak`: why points are lost, and what mends it.

use std::collections::BTreeMap;

use clap::Args;
use clap::builder::{PossibleValuesParser, RangedU64ValueParser, TypedValueParser};

use super::library::Library;
use super::{CommandError, Context, complete, items, quiz};
use crate::deck_files::Source;
use crate::domain::card::{Body, Card, CardId};
use crate::domain::collection::Header;
use crate::domain::deck::Deck;
use crate::domain::items::Evidence;
use crate::domain::mastery::Outlook;
use crate::domain::queue::States;
use crate::domain::shelf::Shelf;
use crate::domain::skill_map::NodeIndex;
use crate::domain::weakness::{AcceptedTexts, Case, Cause, Diagnosis, Signs, Weakness};
use crate::report::page::{Page, Span, Style};
use crate::report::weak::{self, About, Listed};
use crate::store::Store;

/// Entries that are shown where `--top` says nothing.
const TOP: usize = 10;

/// Weak areas by cause, the best worth of a minute first, each with the command that mends it
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill weak                       the whole map\n  mindrill weak databases --top 3     one branch\n  mindrill weak --drill               sit what is worth most\n  mindrill weak indexing --cause confusable --drill\n  mindrill weak --json | jq -r '.[0].command'\n\nCauses, of which a card has the last that fits:\n  not-written     the leaf has fewer than 8 cards\n  never-met       never asked\n  forgotten       recall on the day under 85 %\n  slow            passed, but in more than twice your median time for its kind\n  confusable      the same wrong option twice, or another card's answer typed\n  overconfident   failed though you were sure\n  bad-card        the card is to blame: see `mindrill items`\n\nA fail counts until passes on two later days settle it. Points are percentage\npoints of the node's recall on the day; a leaf of a few cards loses those for\nwhich no card stands."
)]
pub struct WeakArgs {
    /// Only what is at or below this node
    #[arg(value_name = "NODE", add = complete::nodes())]
    node: Option<String>,
    /// Show so many entries (10; all of them with --json)
    #[arg(short, long, value_name = "N", conflicts_with = "drill", value_parser = at_least_one())]
    top: Option<usize>,
    /// Only this cause
    #[arg(short, long, value_name = "CAUSE", value_parser = causes())]
    cause: Option<Cause>,
    /// Sit the cards of the first entry that asking mends, under the schedule
    #[arg(short, long)]
    drill: bool,
}

impl WeakArgs {
    /// Whether it is a sitting.
    pub fn drills(&self) -> bool {
        self.drill
    }
}

fn at_least_one() -> impl TypedValueParser<Value = usize> {
    RangedU64ValueParser::<usize>::new().range(1..)
}

fn causes() -> impl TypedValueParser<Value = Cause> {
    let names = PossibleValuesParser::new(Cause::ALL.map(Cause::name));
    names.try_map(|name| Cause::from_name(&name).ok_or("no such cause"))
}

pub(super) fn run(args: &WeakArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    let source = context.source()?.value;
    let is_embedded = source == Source::Embedded;
    let (library, decks) = Library::open_whole(source)?;
    let map = library.collection.map();
    let node = args.node.as_ref().map_or(Ok(map.root()), |name| library.node(name))?;
    let store = context.readable_store()?;
    let states = store.states()?;
    let (today, horizon) = (context.today(), context.horizon(&store)?);
    let outlook = Outlook::new(&library.collection, &states, today, horizon);
    let signs = signs(&library, &decks, &store, &states, node)?;
    let ms_an_asking = library.paces(&store)?.mean_ms();
    let case = Case { map, outlook: &outlook, states: &states, signs: &signs, today, ms_an_asking };
    let mut diagnosis = case.diagnose(node);
    diagnosis.entries.retain(|entry| args.cause.is_none_or(|cause| entry.cause == cause));
    if args.drill {
        drop(store);
        return drill(context, &library, &case, &diagnosis);
    }
    let shelf = Shelf::new(map, &decks);
    let desk = Desk { library: &library, shelf: &shelf, states: &states, today, is_embedded };
    let listed: Vec<Listed<'_>> = diagnosis.entries.iter().map(|entry| desk.listed(entry)).collect();
    if context.json {
        let shown = args.top.unwrap_or(usize::MAX).min(listed.len());
        return context.show_line(&weak::json(listed.get(..shown).unwrap_or_default()));
    }
    let (label, name, top) = (&map.node(node).label, args.node.as_deref(), args.top.unwrap_or(TOP));
    let about = About { label, name, horizon, cause: args.cause, top };
    let page = weak::page(&diagnosis, &listed, &about, &context.look());
    context.show_page(&page)
}

/// Sits the first entry that asking mends today; where all are passed today, the first at all.
fn drill(
    context: &mut Context<'_>,
    library: &Library,
    case: &Case<'_>,
    diagnosis: &Diagnosis,
) -> Result<(), CommandError> {
    let drilled = || diagnosis.entries.iter().filter(|entry| entry.cause.is_drilled());
    let waits = |entry: &&Weakness| entry.cards.iter().any(|card| !case.is_done_today(&card.id));
    let Some(entry) = drilled().find(waits).or_else(|| drilled().next()) else {
        if context.json {
            return quiz::sit_these(context, library, Vec::new());
        }
        let mut page = Page::new();
        page.text(Style::Good, "There is nothing to drill.");
        page.text(Style::Dim, "`mindrill weak` tells what there is to write or to mend");
        return context.show_page(&page);
    };
    if !context.json {
        let label = &library.collection.map().node(entry.node).label;
        let mut page = Page::new();
        page.line(vec![
            Span::plain("Drill: "),
            Span::new(Style::Strong, label.as_str()),
            Span::new(Style::Warn, format!("  {}", entry.cause.name())),
        ]);
        context.show_page(&page)?;
    }
    let cards = entry.cards.iter().map(|card| card.id.clone()).collect();
    quiz::sit_these(context, library, cards)
}

/// What the answers of the cards at or below a node show.
fn signs(
    library: &Library,
    decks: &[Deck],
    store: &Store,
    states: &States,
    node: NodeIndex,
) -> Result<BTreeMap<CardId, Signs>, CommandError> {
    let collection = &library.collection;
    let below = collection.cards().filter(|header| collection.is_below(header, node));
    let headers: BTreeMap<&CardId, &Header> = below.map(|header| (&header.id, header)).collect();
    let answers = items::answers(store, &headers)?;
    let flags: BTreeMap<CardId, String> =
        store.flags()?.into_iter().map(|flag| (flag.card, flag.note)).collect();
    let (sure, paces, model) = (store.sure_fails()?, library.paces(store)?, store.rules()?.model);
    let cards = || decks.iter().flat_map(|deck| &deck.cards);
    let texts = AcceptedTexts::new(cards().filter(|card| collection.header(&card.id).is_some()));
    let mut signs = BTreeMap::new();
    for card in cards().filter(|card| headers.contains_key(&card.id)) {
        let (answers, flag) = (answers.get(&card.id), flags.get(&card.id));
        if answers.is_none() && flag.is_none() {
            continue;
        }
        let schedule = states.get(&card.id).and_then(|state| state.schedule.schedule());
        let evidence = Evidence {
            answers: answers.map_or(&[], Vec::as_slice),
            options: options(card),
            lapses: schedule.map_or(0, |schedule| schedule.lapses),
            flag: flag.map(String::as_str),
            usual_ms: paces.median(card.kind()),
            model,
        };
        let own = Signs::of(card, &evidence, &sure, &texts);
        if !own.is_empty() {
            signs.insert(card.id.clone(), own);
        }
    }
    Ok(signs)
}

fn options(card: &Card) -> &[crate::domain::card::ChoiceOption] {
    match &card.body {
        Body::Choice { options, .. } => options,
        _ => &[],
    }
}

/// What a command for an entry depends on.
struct Desk<'a> {
    library: &'a Library,
    shelf: &'a Shelf,
    states: &'a States,
    today: crate::domain::day::StudyDay,
    is_embedded: bool,
}

impl<'a> Desk<'a> {
    fn listed(&self, weakness: &'a Weakness) -> Listed<'a>
    where
        Self: 'a,
    {
        let node = self.library.collection.map().node(weakness.node);
        Listed { weakness, key: &node.key.0, label: &node.label, command: self.command(weakness) }
    }

    /// The command that mends an entry.
    fn command(&self, weakness: &Weakness) -> String {
        let name = shell_words::quote(self.library.collection.map().name_of(weakness.node));
        let first = weakness.cards.first().map(|card| card.id.to_string()).unwrap_or_default();
        let card = shell_words::quote(&first);
        match weakness.cause {
            Cause::NotWritten if self.is_embedded => "mindrill init --with-decks".to_owned(),
            Cause::NotWritten if self.shelf.at(weakness.node).is_empty() => format!("mindrill new {name}"),
            Cause::NotWritten => format!("mindrill edit {name}"),
            Cause::NeverMet => format!("mindrill quiz {name} --new {}", weakness.cards.len()),
            Cause::Forgotten if self.are_due(weakness) => format!("mindrill quiz {name} --new 0"),
            Cause::BadCard if self.is_embedded => format!("mindrill show {card}"),
            Cause::BadCard => format!("mindrill edit {card}"),
            cause @ (Cause::Forgotten | Cause::Slow | Cause::Overconfident | Cause::Confusable) => {
                format!("mindrill weak {name} --cause {} --drill", cause.name())
            }
        }
    }

    fn are_due(&self, weakness: &Weakness) -> bool {
        weakness
            .cards
            .iter()
            .all(|card| self.states.get(&card.id).is_some_and(|state| state.schedule.is_due(self.today)))
    }
}
