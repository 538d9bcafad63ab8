//! `import`: questions that were written for another program, at the end of a leaf's deck.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueHint};
use serde_json::json;

use super::target::Target;
use super::{CommandError, Context, WritingError, complete};
use crate::deck_files;
use crate::domain::card::{Body, Card, CardId, Kind};
use crate::domain::problem::Place;
use crate::exchange::{self, Format, Imported, Note};
use crate::report::check::counted;
use crate::report::page::{Fit, Line, Page, Span, Style};

/// What an id of a card turned round ends in.
const TURNED: &str = "~reverse";

/// Take in questions from CSV, TSV, Anki's text export, or Markdown with Q: A: C:
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill import notes.csv --to indexing --dry-run   what would come in, and what would not\n  mindrill import anki.txt --to tcp-ip                 Anki: export \"Notes in Plain Text\"\n  mindrill import Geography.md --to dns                hashcards: Q:, A: and C: at the start of lines\n\nRows: front, back and what their header lines or a first row of names say (hint, explanation, tags).\nWhat cannot be asked in a terminal is refused with its line; the rest comes in whole, or not at all.\nQuestions that the deck has already are passed over, so that a file can be taken in again."
)]
pub struct ImportArgs {
    /// The file
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: PathBuf,
    /// The leaf on which the questions hang
    #[arg(long, value_name = "NODE", add = complete::nodes())]
    to: String,
    /// Which deck, where several hang on the leaf
    #[arg(long, value_name = "DECK")]
    deck: Option<String>,
    /// How the file is written; else its name tells: .md is Markdown, anything else rows
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    format: Option<Format>,
    /// Write nothing; show what would be taken in
    #[arg(long)]
    dry_run: bool,
}

/// The names of formats.
fn formats() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(["rows", "markdown"]).map(|name| match name.as_str() {
        "markdown" => Format::Questions,
        _ => Format::Table,
    })
}

/// What comes of a file.
struct Haul {
    cards: Vec<Card>,
    /// How many the deck has already, or the file has twice.
    known: usize,
    imported: Imported,
}

pub(super) fn run(args: &ImportArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    let text = deck_files::map_file(&args.file)?;
    let mut target = Target::find(context, &args.to, args.deck.as_deref())?;
    let format = args.format.unwrap_or_else(|| Format::of(&text.file));
    let haul = haul(exchange::read(format, &text.text), &target);
    let proposal = target.with(&haul.cards, context.today())?;
    if !args.dry_run && !haul.cards.is_empty() {
        target.write(&haul.cards)?;
    }
    if context.json {
        context.show_line(&object(args, &target, &haul))?;
    } else {
        context.show_page(&page(args, &target, &haul, proposal.findings.len()))?;
    }
    if haul.cards.is_empty() && haul.known == 0 {
        return Err(WritingError::NothingToImport { file: text.file }.into());
    }
    Ok(())
}

/// The questions as cards of the deck, those that it has already left out.
fn haul(mut imported: Imported, target: &Target) -> Haul {
    let (mut taken, mut known_prints) = (target.taken(), target.fingerprints());
    let (mut cards, mut known) = (Vec::new(), 0);
    for note in std::mem::take(&mut imported.notes) {
        let both_ways = note.both_ways;
        let card = card(note, target, &mut taken);
        if known_prints.insert(card.fingerprint()) {
            let turned = both_ways.then(|| turned(&card)).flatten();
            cards.push(card);
            cards.extend(turned);
        } else {
            known += 1;
        }
    }
    Haul { cards, known, imported }
}

fn card(note: Note, target: &Target, taken: &mut BTreeSet<String>) -> Card {
    let place = Place { file: Arc::clone(&target.file), line: note.line, column: 1 };
    let id = CardId { deck: target.id.clone(), card: String::new() };
    let Note { body, hint, explanation, tags, .. } = note;
    let mut card = Card { hint, explanation, tags, ..Card::new(id, body, place) };
    card.id.card = deck_files::fresh_id(&card.prompt(), taken);
    taken.insert(card.id.card.clone());
    card
}

/// The card that asks a flashcard the other way round; the deck writes it as `reverse = true`.
fn turned(card: &Card) -> Option<Card> {
    let Body::Flashcard { prompt, answer } = &card.body else { return None };
    let id = CardId { deck: card.id.deck.clone(), card: format!("{}{TURNED}", card.id.card) };
    let body = Body::Flashcard { prompt: answer.clone(), answer: prompt.clone() };
    let reverse_of = Some(card.id.card.clone());
    Some(Card { id, body, reverse_of, hint: None, ..card.clone() })
}

/// How many cards of each kind there are, derived ones left out.
fn by_kind(cards: &[Card]) -> BTreeMap<Kind, usize> {
    let mut counts = BTreeMap::new();
    for card in cards.iter().filter(|card| !card.is_derived()) {
        *counts.entry(card.kind()).or_default() += 1;
    }
    counts
}

fn page(args: &ImportArgs, target: &Target, haul: &Haul, findings: usize) -> Page {
    let mut page = Page::new();
    for refusal in &haul.imported.refused {
        let place = format!("{}:{}: ", args.file.display(), refusal.line);
        let lead = Span::new(Style::Warn, "left out  ");
        page.push(Line::new(vec![Span::new(Style::Dim, place), Span::plain(&refusal.why)]).led_by(lead));
    }
    if !haul.imported.ignored_columns.is_empty() {
        let columns = haul.imported.ignored_columns.join(", ");
        page.text(Style::Warn, format!("columns that are not taken in: {columns}"));
    }
    if args.dry_run {
        for line in deck_files::cards_toml(&haul.cards).lines() {
            page.push(Line::new(vec![Span::new(Style::Code, line)]).fitting(Fit::Fold));
        }
    }
    page.append(sums(args, target, haul));
    if findings > 0 && !args.dry_run {
        let told = counted(findings, "remark");
        page.text(
            Style::Dim,
            format!("the content rules have {told} on them: `mindrill check {}`", target.file),
        );
    }
    page
}

/// What came in, by kind, and what did not.
fn sums(args: &ImportArgs, target: &Target, haul: &Haul) -> Page {
    let verb = if args.dry_run { "would be added" } else { "added" };
    let kinds: Vec<String> =
        by_kind(&haul.cards).into_iter().map(|(kind, count)| format!("{count} {}", kind.name())).collect();
    let mut page = Page::new();
    let what = if kinds.is_empty() { "nothing".to_owned() } else { kinds.join(", ") };
    let style = if kinds.is_empty() { Style::Warn } else { Style::Good };
    page.line(vec![Span::new(style, format!("{what} {verb}")), Span::plain(format!(" to {}", target.file))]);
    let known = (haul.known > 0).then(|| format!("{} there already", haul.known));
    let refused = Some(haul.imported.refused.len()).filter(|count| *count > 0);
    let refused = refused.map(|count| format!("{count} left out"));
    let rest: Vec<String> = [known, refused].into_iter().flatten().collect();
    if !rest.is_empty() {
        page.text(Style::Dim, rest.join(" · "));
    }
    page
}

fn object(args: &ImportArgs, target: &Target, haul: &Haul) -> String {
    let kinds: serde_json::Map<String, serde_json::Value> = by_kind(&haul.cards)
        .into_iter()
        .map(|(kind, count)| (kind.name().to_owned(), count.into()))
        .collect();
    let ids = haul.cards.iter().filter(|card| !card.is_derived()).map(|card| card.id.to_string());
    let refused =
        haul.imported.refused.iter().map(|refusal| json!({ "line": refusal.line, "why": refusal.why }));
    json!({
        "deck": target.id.to_string(),
        "file": &*target.file,
        "dry_run": args.dry_run,
        "added": ids.collect::<Vec<_>>(),
        "kinds": kinds,
        "known": haul.known,
        "refused": refused.collect::<Vec<_>>(),
        "ignored_columns": haul.imported.ignored_columns,
    })
    .to_string()
}
