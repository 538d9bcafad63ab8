//! Parameters of the memory model that were adopted: the newest are in force.
//!
//! It does not know how they were fitted.

use rusqlite::Connection;

use super::{Store, StoreError, fold};
use crate::domain::day::Moment;
use crate::domain::model::Model;

const ADOPT: &str = "INSERT INTO parameters (at, offset_s, fitted, answers) VALUES (?1, ?2, ?3, ?4)";
const NEWEST_TWO: &str = "SELECT fitted, answers FROM parameters ORDER BY number DESC LIMIT 2";

impl Store {
    /// Puts a model into force that was fitted to so many answers, and makes the schedules anew by it, in one
    /// transaction.
    ///
    /// # Errors
    /// [`StoreError`]; the model before stays in force.
    pub fn adopt_model(&mut self, model: Model, answers: u64, at: Moment) -> Result<(), StoreError> {
        self.write(|writer| {
            let answers = i64::try_from(answers).unwrap_or(i64::MAX);
            writer.connection.execute(ADOPT, (at.utc_millis(), at.offset_seconds(), model, answers))?;
            fold::rebuild(writer.connection, fold::rules(writer.connection)?).map(drop)
        })
    }

    /// The model that was in force before the newest was adopted, with the number of answers it was fitted to; `None`
    /// where none was ever adopted.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn former_model(&self) -> Result<Option<(Model, u64)>, StoreError> {
        former(&self.connection).map_err(|error| self.error(error))
    }
}

fn former(connection: &Connection) -> rusqlite::Result<Option<(Model, u64)>> {
    let mut newest = connection.prepare(NEWEST_TWO)?;
    let rows = newest.query_map([], |row| {
        let answers: i64 = row.get(1)?;
        Ok((row.get(0)?, u64::try_from(answers).unwrap_or(0)))
    })?;
    let rows: Vec<(Model, u64)> = rows.collect::<rusqlite::Result<_>>()?;
    Ok(match rows.as_slice() {
        [] => None,
        [_] => Some((Model::default(), 0)),
        [_, former, ..] => Some(*former),
    })
}
