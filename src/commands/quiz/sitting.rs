//! The core of a sitting, whatever it is shown on: put a card, judge the reply, record it, move on.
//!
//! An answer is on disk before this returns it, so that nothing the learner saw can be lost.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::clock::{Clock, Stopwatch};
use crate::commands::library::Library;
use crate::commands::{CommandError, Context, identity};
use crate::domain::card::{Card, CardId, Kind, Reply, Verdict};
use crate::domain::day::StudyDay;
use crate::domain::grade::Grade;
use crate::domain::grading::{self, Circumstances, Paces};
use crate::domain::identity::Face;
use crate::domain::progress::CardState;
use crate::domain::question::Question;
use crate::domain::queue::States;
use crate::domain::review::{Answer, Confidence, EntryId, Mode};
use crate::domain::session::Session;
use crate::domain::sm2::{KeyPreview, Rules};
use crate::store::{Recorded, Store};

/// A sitting under way.
pub struct Sitting<'a> {
    /// The cards, still with their text on disk.
    pub library: &'a Library,
    /// Where answers go.
    pub store: &'a mut Store,
    /// What is asked next.
    pub session: Session,
    /// Where every card stands.
    pub states: States,
    /// The learner's pace.
    pub paces: Paces,
    mode: Mode,
    clock: Clock,
    rules: Rules,
    seed: u64,
    /// Cards that could not be shown, with the reason.
    pub missing: Vec<(CardId, String)>,
    /// Milliseconds after which no further card is put; `None` for no limit.
    pub most_ms: Option<u32>,
    /// Whether the learner is asked how sure a reply is.
    pub asks_confidence: bool,
    watch: Stopwatch,
    recorded: Vec<EntryId>,
    /// Cards whose learner was asked what a changed answer means.
    settled: BTreeSet<CardId>,
    /// What the learner said of that before the question that is put now.
    settling: Option<(CardId, EntryId)>,
}

/// A card that has been put and waits for its reply.
pub struct Asked {
    /// The card with its answer.
    pub card: Card,
    /// As it is shown.
    pub question: Question,
    /// Whether the hint was shown.
    pub hinted: bool,
    /// What the learner said of the reply before it was judged.
    pub confidence: Option<Confidence>,
    /// How far the learner was asked that.
    pub tap: Tap,
    watch: Stopwatch,
    /// Milliseconds that were spent on that, which are no part of the answer's time.
    aside_ms: u32,
}

/// How far a learner was asked how sure a reply is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tap {
    /// Not yet, or never.
    Open,
    /// He was.
    Done,
    /// He left instead: the reply counts, and the sitting ends with it.
    Left,
}

/// A reply that has been judged and recorded.
pub struct Judged {
    /// How it compares with the key.
    pub verdict: Verdict,
    /// What was recorded.
    pub grade: Grade,
    /// The card's state before and after.
    pub recorded: Recorded,
    answer: Answer,
}

impl<'a> Sitting<'a> {
    /// A sitting over `session`.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn new(
        library: &'a Library,
        store: &'a mut Store,
        session: Session,
        mode: Mode,
        context: &Context<'_>,
    ) -> Result<Self, CommandError> {
        let (states, paces) = (store.states()?, library.paces(store)?);
        let (missing, recorded, settled) = (Vec::new(), Vec::new(), BTreeSet::new());
        let (clock, rules, seed) = (context.clock, store.rules()?, context.seed.value);
        let (most_ms, watch) = (None, clock.start());
        Ok(Self {
            library,
            store,
            session,
            states,
            paces,
            mode,
            clock,
            rules,
            seed,
            missing,
            most_ms,
            asks_confidence: false,
            watch,
            recorded,
            settled,
            settling: None,
        })
    }

    /// Puts the next card, while there is time; one whose text has gone is noted and left for another day.
    pub fn next(&mut self) -> Option<Asked> {
        if self.most_ms.is_some_and(|most| self.watch.elapsed_ms().is_some_and(|elapsed| elapsed >= most)) {
            return None;
        }
        while let Some(id) = self.session.current().cloned() {
            match self.library.card(&id) {
                Ok(card) => {
                    let question = Question::put(&card, self.seed_of(&id));
                    return Some(Asked::new(card, question, self.clock.start()));
                }
                Err(error) => {
                    self.missing.push((id, error.to_string()));
                    self.session.skip();
                }
            }
        }
        None
    }

    /// Today's study day.
    pub fn today(&self) -> StudyDay {
        self.clock.today()
    }

    /// Starts the time of an answer anew: what was asked before the question is no part of it.
    pub fn begin(&self, asked: &mut Asked) {
        asked.watch = self.clock.start();
    }

    /// A seed for this asking of this card.
    fn seed_of(&self, id: &CardId) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.seed, id, self.session.done().len()).hash(&mut hasher);
        hasher.finish()
    }

    /// Judges a reply, records it, and moves on.
    pub fn answer(&mut self, asked: &Asked, reply: &Reply, said: String) -> Result<Judged, CommandError> {
        let verdict = asked.card.judge(reply);
        let elapsed_ms = asked.elapsed_ms();
        let grade = grading::grade(verdict.outcome, self.circumstances(asked, elapsed_ms));
        let at = self.clock.now();
        let card = asked.card.id.clone();
        let (mode, day, confidence) = (self.mode, at.study_day(), asked.confidence);
        let answer = Answer { card, grade, mode, at, day, elapsed_ms, reply: said, confidence };
        let recorded = match identity::face_to_keep(self.library, self.store, &asked.card)? {
            Some(face) => self.store.record_facing(&answer, &face)?,
            None => self.store.record(&answer)?,
        };
        self.recorded.push(recorded.entry.id);
        self.settling = None;
        self.states.insert(answer.card.clone(), recorded.after);
        self.session.answer(grade);
        if let Some(elapsed_ms) = elapsed_ms {
            self.paces.add(asked.question.kind, elapsed_ms);
        }
        Ok(Judged { verdict, grade, recorded, answer })
    }

    fn circumstances(&self, asked: &Asked, elapsed_ms: Option<u32>) -> Circumstances {
        let options = match asked.question.kind {
            Kind::Choice => Some(asked.question.offers.len()),
            Kind::TrueFalse => Some(2),
            Kind::Flashcard | Kind::Typed | Kind::Cloze | Kind::Order | Kind::Explain => None,
        };
        let median_ms = self.paces.median(asked.question.kind);
        Circumstances { elapsed_ms, median_ms, options, hinted: asked.hinted }
    }

    /// The learner's word on the newest answer: both grades stay in the log, the learner's counts.
    pub fn regrade(&mut self, judged: &Judged, grade: Grade) -> Result<Recorded, CommandError> {
        let answer = Answer { grade, at: self.clock.now(), ..judged.answer.clone() };
        let recorded = self.store.replace(judged.recorded.entry.id, &answer)?;
        self.recorded.pop();
        self.recorded.push(recorded.entry.id);
        self.states.insert(answer.card.clone(), recorded.after);
        self.session.regrade(grade);
        Ok(recorded)
    }

    /// As [`Self::regrade`], of any answer of the sitting; what is asked next stays as it is.
    pub fn correct(&mut self, judged: &mut Judged, grade: Grade) -> Result<(), CommandError> {
        let answer = Answer { grade, at: self.clock.now(), ..judged.answer.clone() };
        let recorded = self.store.replace(judged.recorded.entry.id, &answer)?;
        self.states.insert(answer.card.clone(), recorded.after);
        (judged.grade, judged.recorded, judged.answer) = (grade, recorded, answer);
        Ok(())
    }

    /// Takes back this sitting's newest answer, or what was said of a changed answer before the question; the card is
    /// asked again. `None` where there is none.
    pub fn undo(&mut self) -> Result<Option<CardId>, CommandError> {
        let now = self.clock.now();
        let card = if let Some((card, id)) = self.settling.take() {
            self.store.retract(id, now, now.study_day())?;
            self.settled.remove(&card);
            Some(card)
        } else {
            let Some(id) = self.recorded.pop() else { return Ok(None) };
            self.store.retract(id, now, now.study_day())?;
            self.session.undo().map(|done| done.card)
        };
        if let Some(card) = &card {
            self.states.insert(card.clone(), self.store.state(card)?);
        }
        Ok(card)
    }

    /// How a card looked before its answer was changed, where its learner is to be asked what that means.
    pub fn unsettled(&mut self, card: &Card) -> Result<Option<Face>, CommandError> {
        if !self.settled.insert(card.id.clone()) {
            return Ok(None);
        }
        identity::unsettled(self.store, card)
    }

    /// Records that what is known of a card is kept though its answer was changed.
    pub fn keep(&mut self, card: &Card) -> Result<(), CommandError> {
        let (now, face) = (self.clock.now(), self.library.face(card));
        let entry = self.store.keep(&card.id, &face, now, now.study_day())?;
        self.settling = Some((card.id.clone(), entry.id));
        Ok(())
    }

    /// Lets a card start afresh.
    pub fn restart(&mut self, card: &CardId) -> Result<(), CommandError> {
        let now = self.clock.now();
        let restarted = self.store.restart(card, now, now.study_day())?;
        self.settling = restarted.map(|restarted| (card.clone(), restarted.entry.id));
        self.states.insert(card.clone(), CardState::default());
        Ok(())
    }

    /// Leaves the current card for another sitting.
    pub fn skip(&mut self) {
        self.settling = None;
        self.session.skip();
    }

    /// Notes that a card is faulty.
    pub fn flag(&mut self, card: &CardId, note: &str) -> Result<(), CommandError> {
        Ok(self.store.flag(card, note, self.clock.now())?)
    }

    /// What each grade key would do to a card now.
    pub fn previews(&self, card: &CardId) -> Result<Vec<KeyPreview>, CommandError> {
        let today = self.clock.today();
        Ok(self.store.state(card)?.preview(today, self.rules.of(card)))
    }
}

impl Asked {
    fn new(card: Card, question: Question, watch: Stopwatch) -> Self {
        Self { card, question, hinted: false, confidence: None, tap: Tap::Open, watch, aside_ms: 0 }
    }

    /// Leaves the time since `watch` was started out of the answer's.
    pub fn set_aside(&mut self, watch: Stopwatch) {
        self.aside_ms = self.aside_ms.saturating_add(watch.elapsed_ms().unwrap_or_default());
    }

    fn elapsed_ms(&self) -> Option<u32> {
        self.watch.elapsed_ms().map(|elapsed| elapsed.saturating_sub(self.aside_ms))
    }
}

impl Judged {
    /// The card.
    pub fn card(&self) -> &CardId {
        &self.answer.card
    }

    /// What was said, as the log has it.
    pub fn said(&self) -> &str {
        &self.answer.reply
    }

    /// The study day of the answer.
    pub fn day(&self) -> StudyDay {
        self.answer.day
    }
}
