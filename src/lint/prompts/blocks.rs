//! Blocks of code (P11).

use unicode_width::UnicodeWidthStr;

use crate::domain::problem::Level;
use crate::lint::sheet::Sheet;
use crate::lint::{Finding, Rule, Severity};

/// Most lines of a block that are read at a glance, and most that are read at all.
/// Source: the rules for item writers, P11.
const LINES: (usize, usize) = (15, 25);
/// Widest line, in columns, that fits on a page of 80, and on any.
const COLUMNS: (usize, usize) = (80, 100);

pub(super) const P11: Rule = Rule {
    id: "P11",
    title: "a block of code is short, narrow, and says its language",
    severity: Severity::Both,
    why: "A listing that scrolls or wraps is a test of patience: at most 15 lines of 80 columns (a warning), never more than 25 of 100 (an error). The language after the fence (```` ```sql ````, or `text`) colours it and tells the reader what he looks at (a warning without).",
    bad: r#"[[card]]
id = "select-null"
kind = "flashcard"
prompt = """
Which rows does this query return?

```
SELECT * FROM t WHERE a <> 1;
```
"""
answer = "Those with another value; rows without any are left out, since the comparison is unknown."
"#,
    good: r#"[[card]]
id = "select-null"
kind = "flashcard"
prompt = """
Which rows does this query return?

```sql
SELECT * FROM t WHERE a <> 1;
```
"""
answer = "Those with another value; rows without any are left out, since the comparison is unknown."
"#,
};

/// Looks over the blocks of code in all texts of a card.
pub(super) fn look(sheet: &Sheet<'_>, findings: &mut Vec<Finding>) {
    for (part, _, read) in sheet.every_text() {
        for (language, code) in &read.blocks {
            let (lines, width) =
                (code.lines().count(), code.lines().map(UnicodeWidthStr::width).max().unwrap_or(0));
            let level = |value: usize, (most, far): (usize, usize)| match value {
                value if value > far => Some(Level::Error),
                value if value > most => Some(Level::Warning),
                _ => None,
            };
            let found = [
                level(lines, LINES).map(|level| {
                    (
                        level,
                        format!("a block of {lines} lines, {} at most", LINES.0),
                        "leave out what the question does not need",
                    )
                }),
                level(width, COLUMNS).map(|level| {
                    (level, format!("a line of {width} columns, {} at most", COLUMNS.0), "break the line")
                }),
                language.trim().is_empty().then(|| {
                    (
                        Level::Warning,
                        "a block of code without its language".to_owned(),
                        "write it after the fence: ```sql, or ```text",
                    )
                }),
            ];
            findings.extend(
                found
                    .into_iter()
                    .flatten()
                    .map(|(level, message, hint)| sheet.finding(part, (P11.id, level), message, hint)),
            );
        }
    }
}
