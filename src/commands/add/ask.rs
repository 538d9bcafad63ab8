//! One card asked for step by step: kind, prompt, answers, why, source.
//!
//! What comes of it is an object with the keys of the deck format, read as any card from outside is.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::tell;
use crate::commands::{CommandError, Context};
use crate::deck_files::{self, Flaw};
use crate::domain::card::{Card, Kind};
use crate::report::page::{Page, Style};
use crate::terminal::{Ask, Heard, TerminalError};

/// Fewest wrong options, items or points that are asked for before Enter ends the list.
const LEAST: usize = 1;
/// What problems of an object name as its file; it is never shown.
const DIALOGUE: &str = "dialogue";

/// Why the dialogue is over before there is a card.
enum Ended {
    /// The learner leaves.
    Left,
    /// It cannot go on.
    Failed(CommandError),
}

impl From<CommandError> for Ended {
    fn from(error: CommandError) -> Self {
        Self::Failed(error)
    }
}

impl From<TerminalError> for Ended {
    fn from(error: TerminalError) -> Self {
        Self::Failed(error.into())
    }
}

type Fields = Map<String, Value>;

/// Asks for one card; `None` where the learner leaves. A list, for a card may come with one that turns it round.
pub fn card(
    context: &mut Context<'_>,
    kind: Option<Kind>,
    taken: &BTreeSet<String>,
) -> Result<Option<Vec<Card>>, CommandError> {
    match (Dialogue { context, taken }).card(kind) {
        Ok(card) => Ok(Some(card)),
        Err(Ended::Left) => Ok(None),
        Err(Ended::Failed(error)) => Err(error),
    }
}

struct Dialogue<'d, 'c> {
    context: &'d mut Context<'c>,
    taken: &'d BTreeSet<String>,
}

impl Dialogue<'_, '_> {
    fn card(&mut self, kind: Option<Kind>) -> Result<Vec<Card>, Ended> {
        let kind = match kind {
            Some(kind) => kind,
            None => self.kind()?,
        };
        loop {
            let mut fields = self.sound_question(kind)?;
            if let Some(why) = self.maybe("why is that the answer? Enter: nothing")? {
                fields.insert("explanation".to_owned(), why.into());
            }
            if let Some(source) = self.source()? {
                fields.insert("sources".to_owned(), json!([source]));
            }
            match self.read(&fields) {
                Ok(cards) => return Ok(cards),
                Err(flaws) => self.tell(&flaws)?,
            }
        }
    }

    fn kind(&mut self) -> Result<Kind, Ended> {
        let items = Kind::ALL.map(|kind| format!("{} - {}", kind.name(), told(kind)));
        let place = self.pick("Which kind of card?", &items)?;
        Kind::ALL.get(place).copied().ok_or(Ended::Left)
    }

    /// The question with its answers, asked again until a deck would hold it.
    fn sound_question(&mut self, kind: Kind) -> Result<Fields, Ended> {
        loop {
            let fields = self.question(kind)?;
            match self.read(&fields) {
                Ok(_) => return Ok(fields),
                Err(flaws) => self.tell(&flaws)?,
            }
        }
    }

    fn question(&mut self, kind: Kind) -> Result<Fields, Ended> {
        let mut fields = Fields::new();
        fields.insert("kind".to_owned(), kind.name().into());
        let asks = match kind {
            Kind::TrueFalse => ("statement", "the statement"),
            Kind::Cloze => ("text", "the sentence, each gap as {{answer}}"),
            Kind::Explain => ("prompt", "the scenario to talk through"),
            Kind::Flashcard | Kind::Choice | Kind::Typed | Kind::Order => ("prompt", "the question"),
        };
        fields.insert(asks.0.to_owned(), self.text(asks.1)?.into());
        match kind {
            Kind::Flashcard => self.put(&mut fields, "answer", "the answer")?,
            Kind::Choice => self.options(&mut fields)?,
            Kind::Typed => self.answers(&mut fields)?,
            Kind::Cloze => {}
            Kind::Order => {
                let items = self.several("the first item", "the next item, Enter: no more", LEAST + 1)?;
                fields.insert("items".to_owned(), json!(items));
            }
            Kind::TrueFalse => {
                let place = self.pick("Is it true?", &["true".to_owned(), "false".to_owned()])?;
                fields.insert("answer".to_owned(), (place == 0).into());
            }
            Kind::Explain => {
                let points =
                    self.several("a point of a good answer", "another point, Enter: no more", LEAST)?;
                fields.insert("checklist".to_owned(), json!(points));
                self.put(&mut fields, "answer", "a model answer")?;
            }
        }
        Ok(fields)
    }

    fn options(&mut self, fields: &mut Fields) -> Result<(), Ended> {
        let mut options = vec![self.option("the right option", true)?];
        while let Some(text) = self.maybe("another right option, Enter: no more")? {
            options.push(self.reasoned(text, true)?);
        }
        options.push(self.option("a wrong option", false)?);
        while let Some(text) = self.maybe("another wrong option, Enter: no more")? {
            options.push(self.reasoned(text, false)?);
        }
        fields.insert("options".to_owned(), Value::Array(options));
        Ok(())
    }

    fn option(&mut self, label: &str, correct: bool) -> Result<Value, Ended> {
        let text = self.text(label)?;
        self.reasoned(text, correct)
    }

    fn reasoned(&mut self, text: String, correct: bool) -> Result<Value, Ended> {
        let label =
            if correct { "why is it right? Enter: nothing" } else { "why is it wrong? Enter: nothing" };
        let mut option = json!({ "text": text });
        if correct {
            option["correct"] = true.into();
        }
        if let Some(why) = self.maybe(label)? {
            option["why"] = why.into();
        }
        Ok(option)
    }

    fn answers(&mut self, fields: &mut Fields) -> Result<(), Ended> {
        let accept = self.several("the answer", "another way to write it, Enter: no more", LEAST)?;
        let mut misses = Vec::new();
        while let Some(text) = self.maybe("a likely wrong answer, Enter: no more")? {
            let why = self.text("why is it wrong?")?;
            misses.push(json!({ "text": text, "why": why }));
        }
        fields.insert("accept".to_owned(), json!(accept));
        if !misses.is_empty() {
            fields.insert("near_misses".to_owned(), Value::Array(misses));
        }
        Ok(())
    }

    fn source(&mut self) -> Result<Option<Value>, Ended> {
        let Some(title) = self.maybe("the source: a title, Enter: none")? else { return Ok(None) };
        let mut source = json!({ "title": title });
        for (key, label) in [("at", "where in it? Enter: nothing"), ("url", "its address, Enter: nothing")] {
            if let Some(text) = self.maybe(label)? {
                source[key] = text.into();
            }
        }
        Ok(Some(source))
    }

    fn put(&mut self, fields: &mut Fields, key: &str, label: &str) -> Result<(), Ended> {
        let text = self.text(label)?;
        fields.insert(key.to_owned(), text.into());
        Ok(())
    }

    /// Texts, at least so many, until nothing is typed.
    fn several(&mut self, first: &str, next: &str, least: usize) -> Result<Vec<String>, Ended> {
        let mut texts = vec![self.text(first)?];
        loop {
            match self.maybe(next)? {
                Some(text) => texts.push(text),
                None if texts.len() >= least => return Ok(texts),
                None => self.say("one more is needed")?,
            }
        }
    }

    /// A text that says something.
    fn text(&mut self, label: &str) -> Result<String, Ended> {
        loop {
            match self.maybe(label)? {
                Some(text) => return Ok(text),
                None => self.say("this cannot be left out")?,
            }
        }
    }

    /// A text of one line, or of several where lines end in a backslash; `None` where nothing is typed.
    fn maybe(&mut self, label: &str) -> Result<Option<String>, Ended> {
        let mut text = String::new();
        let mut line = self.line(label)?;
        while let Some(part) = goes_on(&line) {
            text.push_str(part);
            text.push('\n');
            line = self.line("the next line")?;
        }
        text.push_str(&line);
        let text = text.trim_matches('\n').trim_end();
        Ok((!text.trim().is_empty()).then(|| text.to_owned()))
    }

    fn line(&mut self, label: &str) -> Result<String, Ended> {
        match self.context.terminal.ask(&Ask::Line(label))? {
            Heard::Typed(text) => Ok(text),
            _ => Err(Ended::Left),
        }
    }

    fn pick(&mut self, question: &str, items: &[String]) -> Result<usize, Ended> {
        self.say(question)?;
        match self.context.terminal.ask(&Ask::Pick(items))? {
            Heard::Picked(picked) => picked.first().copied().ok_or(Ended::Left),
            _ => Err(Ended::Left),
        }
    }

    fn say(&mut self, text: &str) -> Result<(), Ended> {
        let mut page = Page::new();
        page.text(Style::Accent, text);
        Ok(self.context.show_page(&page)?)
    }

    fn read(&self, fields: &Fields) -> Result<Vec<Card>, Vec<Flaw>> {
        deck_files::given_value(&Value::Object(fields.clone()), &Arc::from(DIALOGUE), self.taken)
    }

    fn tell(&mut self, flaws: &[Flaw]) -> Result<(), Ended> {
        let page = tell::in_dialogue(flaws);
        Ok(self.context.show_page(&page)?)
    }
}

/// The line without the backslash at its end that says that the text goes on; two of them are one backslash and no more.
fn goes_on(line: &str) -> Option<&str> {
    line.strip_suffix('\\').filter(|part| !part.ends_with('\\'))
}

/// What a kind is, in a few words.
fn told(kind: Kind) -> &'static str {
    match kind {
        Kind::Flashcard => "prompt and answer, self-judged",
        Kind::Choice => "options, one or several right",
        Kind::Typed => "a short answer, typed",
        Kind::Cloze => "a sentence with gaps",
        Kind::Order => "items to put in order",
        Kind::TrueFalse => "a statement",
        Kind::Explain => "a scenario and a checklist",
    }
}
