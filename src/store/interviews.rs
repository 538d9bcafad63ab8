//! Interviews: the days for which the learner studies.
//!
//! They are no part of the log: they say nothing of the learner.

use rusqlite::Row;

use super::{Store, StoreError};
use crate::domain::interview::Interview;
use crate::domain::skill_map::NodeKey;

const ADD: &str = "INSERT INTO interviews (name, day, since, focus, minutes) VALUES (?1, ?2, ?3, ?4, ?5)";
const DROP: &str = "DELETE FROM interviews WHERE name = ?1 AND day = ?2";

impl Store {
    /// Every interview, the soonest first, those that have been included.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn interviews(&self) -> Result<Vec<Interview>, StoreError> {
        self.list("SELECT * FROM interviews ORDER BY day, name, number", [], interview)
    }

    /// Keeps an interview; one of the same day and name is replaced. Tells whether there was one.
    ///
    /// # Errors
    /// [`StoreError`]; nothing was changed.
    pub fn set_interview(&mut self, interview: &Interview) -> Result<bool, StoreError> {
        let Interview { on, name, since, focus, minutes } = interview;
        let keys: Vec<&str> = focus.iter().map(|key| key.0.as_str()).collect();
        self.write(|writer| {
            let replaced = writer.connection.execute(DROP, (name, on))?;
            writer.connection.execute(ADD, (name, on, since, keys.join("\n"), minutes))?;
            Ok(replaced > 0)
        })
    }

    /// Drops these interviews, by day and name.
    ///
    /// # Errors
    /// [`StoreError`]; nothing was changed.
    pub fn clear_interviews(&mut self, interviews: &[Interview]) -> Result<(), StoreError> {
        self.write(|writer| {
            for Interview { on, name, .. } in interviews {
                writer.connection.execute(DROP, (name, on))?;
            }
            Ok(())
        })
    }
}

fn interview(row: &Row<'_>) -> rusqlite::Result<Interview> {
    let focus: String = row.get("focus")?;
    Ok(Interview {
        on: row.get("day")?,
        name: row.get("name")?,
        since: row.get("since")?,
        focus: focus.lines().map(|key| NodeKey(key.to_owned())).collect(),
        minutes: row.get("minutes")?,
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::day::StudyDay;
    use crate::domain::interview::Interview;
    use crate::domain::skill_map::NodeKey;
    use crate::domain::sm2::Rules;
    use crate::store::Store;

    fn interview(on: i64, name: &str, focus: &[&str], minutes: Option<u32>) -> Interview {
        let focus = focus.iter().map(|key| NodeKey((*key).to_owned())).collect();
        let (on, since) = (StudyDay::from_number(on), StudyDay::from_number(3));
        Interview { on, name: name.to_owned(), since, focus, minutes }
    }

    #[test]
    fn interviews_are_given_back_as_they_were_the_soonest_first() {
        let mut store = Store::in_memory(Rules::default()).unwrap();
        let late = interview(40, "", &["a", "a/b-c", "."], Some(20));
        let soon = interview(-7, "Größe & Co", &[], None);
        assert!(!store.set_interview(&late).unwrap() && !store.set_interview(&soon).unwrap());
        assert_eq!(store.interviews().unwrap(), [soon.clone(), late.clone()]);
        let anew = interview(40, "", &["z"], None);
        assert!(store.set_interview(&anew).unwrap());
        assert_eq!(store.interviews().unwrap(), [soon.clone(), anew.clone()]);
        store.clear_interviews(&[soon, late]).unwrap();
        assert!(store.interviews().unwrap().is_empty());
    }

    #[test]
    fn what_the_schema_refuses_changes_nothing() {
        let mut store = Store::in_memory(Rules::default()).unwrap();
        let kept = interview(9, "A", &[], Some(1));
        store.set_interview(&kept).unwrap();
        assert!(store.set_interview(&interview(9, "A", &[], Some(0))).is_err());
        assert!(store.set_interview(&interview(9, &"x".repeat(201), &[], None)).is_err());
        assert_eq!(store.interviews().unwrap(), [kept]);
    }
}
