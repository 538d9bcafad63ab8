//! `cards`: the cards of a node, one a line.

use std::collections::BTreeMap;

use clap::Args;
use serde_json::json;

use super::library::Library;
use super::{CommandError, Context, complete};
use crate::domain::card::{CardId, Kind};
use crate::domain::collection::Header;
use crate::domain::queue::Scope;
use crate::report::markdown;
use crate::report::page::{Fit, Line, Page, Span, Style};

/// The cards of a node, one a line
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill cards indexing\n  mindrill cards --kind order\n  mindrill cards --flagged\n  mindrill cards --json | jq -r .card"
)]
pub struct CardsArgs {
    /// Only cards at or below this node
    #[arg(value_name = "NODE", add = complete::nodes())]
    node: Option<String>,
    /// Only cards of this kind
    #[arg(short, long, value_name = "KIND", value_parser = super::quiz::kinds())]
    kind: Option<Kind>,
    /// Only cards you flagged as faulty, with your notes
    #[arg(long)]
    flagged: bool,
}

pub(super) fn run(args: &CardsArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    let library = context.library()?;
    let scope: Scope = library.scope(args.node.as_slice(), args.kind)?;
    let flags = if args.flagged { flags(context)? } else { BTreeMap::new() };
    let wanted = |header: &&Header| {
        scope.holds(&library.collection, header) && (!args.flagged || flags.contains_key(&header.id))
    };
    let mut headers: Vec<&Header> = library.collection.cards().filter(wanted).collect();
    headers.sort_by(|a, b| (&a.place.file, a.place.line, &a.id).cmp(&(&b.place.file, b.place.line, &b.id)));
    for header in headers {
        let note = flags.get(&header.id).map(String::as_str);
        if context.json {
            context.show_line(&object(&library, header)?)?;
        } else {
            context.show_page(&row(&library, header, note))?;
        }
    }
    Ok(())
}

/// The contract's object.
fn object(library: &Library, header: &Header) -> Result<String, CommandError> {
    let map = library.collection.map();
    let prompt = library.card(&header.id)?.prompt();
    Ok(json!({
        "card": header.id.to_string(),
        "deck": header.id.deck.0,
        "node": header.nodes.first().map(|node| map.node(*node).key.0.as_str()),
        "kind": header.kind.name(),
        "aim": header.aim.name(),
        "difficulty": header.difficulty.value(),
        "prompt": prompt,
        "file": &*header.place.file,
        "line": header.place.line,
    })
    .to_string())
}

fn row(library: &Library, header: &Header, note: Option<&str>) -> Page {
    let prompt = library.card(&header.id).map(|card| markdown::label(&card.prompt())).unwrap_or_default();
    let mut page = Page::new();
    let spans = vec![
        Span::new(Style::Strong, header.id.to_string()),
        Span::new(Style::Dim, format!("  {} {}  ", header.kind.name(), header.difficulty.value())),
        Span::plain(prompt),
    ];
    page.push(Line::new(spans).fitting(Fit::Cut));
    if let Some(note) = note.filter(|note| !note.is_empty()) {
        page.push(Line::new(vec![Span::new(Style::Warn, note)]).indented(4));
    }
    page
}

/// The flagged cards with the learner's notes.
fn flags(context: &Context<'_>) -> Result<BTreeMap<CardId, String>, CommandError> {
    let flags = context.readable_store()?.flags()?;
    Ok(flags.into_iter().map(|flag| (flag.card, flag.note)).collect())
}
