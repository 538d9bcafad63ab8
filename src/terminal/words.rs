//! What the terminal itself says: the prompt of each question, and the keys. ASCII only, no colour.

use super::Ask;

/// The grades' names, 1 to 4.
pub(super) const GRADES: [&str; 4] = ["again", "hard", "good", "easy"];

/// What can be asked for instead of an answer, in one row of that many columns.
pub(super) fn commands(width: usize) -> &'static str {
    let long = "q leave, u undo, s skip, ! flag, e edit, h hint, ? keys, any other key: back";
    if long.len() < width { long } else { "q u s ! e h, ? tells; other keys: back" }
}

/// What kind of reply is awaited.
pub(super) fn prompt(ask: &Ask<'_>) -> String {
    let count = ask.items().len();
    match ask {
        Ask::Choose(_) | Ask::Pick(_) => format!("answer 1-{count}"),
        Ask::Find(_) => format!("answer 1-{count}, or a part of the name; q leaves"),
        Ask::ChooseSeveral(_) => format!("answer all that apply of 1-{count}, like 1,2"),
        Ask::Arrange(_) => format!("answer with the right order of 1-{count}, like 2,1,.."),
        Ask::Type => "type the answer".to_owned(),
        Ask::TrueFalse => "true or false? y/n".to_owned(),
        Ask::Reveal => "Enter shows the answer".to_owned(),
        Ask::Grade(previews) => grades(previews),
        Ask::Tick(_) => format!("which of 1-{count} did you say, like 1,2? Enter: none"),
        Ask::Next => "Enter goes on; or it was: 2 hard, 4 easy, g guessed".to_owned(),
        Ask::Confidence => "are you sure? + yes, - no, Enter: no word".to_owned(),
        Ask::Note => "a note in one line, Enter: none".to_owned(),
        Ask::Line(label) => (*label).to_owned(),
        Ask::Confirm => "y/n".to_owned(),
    }
}

/// `1 again (1 d), 2 hard (6 d), ..`; a grade without a preview has no brackets.
fn grades(previews: &[String; 4]) -> String {
    let named = GRADES.iter().zip(previews).enumerate();
    let each = named.map(|(place, (name, preview))| match preview.as_str() {
        "" => format!("{} {name}", place + 1),
        preview => format!("{} {name} ({preview})", place + 1),
    });
    each.collect::<Vec<_>>().join(", ")
}

/// The prompt of a question that one key answers, in rows shorter than that many columns.
pub(super) fn key_prompt(ask: &Ask<'_>, width: usize) -> String {
    rows(
        &match ask {
            Ask::TrueFalse | Ask::Reveal => format!("{} (q leave, ? keys)", prompt(ask)),
            _ => prompt(ask),
        },
        width,
    )
}

/// A text of ASCII broken at its commas and semicolons into rows shorter than that many columns; a longer part stays whole.
fn rows(text: &str, width: usize) -> String {
    let mut rows = String::new();
    let mut used = 0;
    for part in text.split_inclusive(", ").flat_map(|part| part.split_inclusive("; ")) {
        if used > 0 && used + part.trim_end().len() >= width {
            rows.truncate(rows.trim_end().len());
            rows.push('\n');
            used = 0;
        }
        rows.push_str(part);
        used += part.len();
    }
    rows
}

/// The prompt above a menu.
pub(super) fn menu_prompt(ask: &Ask<'_>) -> String {
    let count = ask.items().len();
    match ask {
        Ask::Choose(_) if count <= MAX_DIGIT => format!("1-{count} or arrows; q leave, ? keys"),
        Ask::Pick(_) if count <= MAX_DIGIT => format!("1-{count} or arrows; Esc leaves"),
        Ask::Pick(_) => "arrows, Enter ends, Esc leaves".to_owned(),
        Ask::ChooseSeveral(_) => "Space ticks, Enter ends, Esc more".to_owned(),
        Ask::Tick(_) => "said? Space ticks, Enter ends, Esc more".to_owned(),
        Ask::Arrange(_) => "Space holds, Enter ends, Esc more".to_owned(),
        _ => "arrows, Enter ends, Esc more".to_owned(),
    }
}

/// The largest number that is one key.
pub(super) const MAX_DIGIT: usize = 9;

/// The answer to `?`: how to reply to this question, and what else can be asked for.
pub(super) fn keys(ask: &Ask<'_>) -> String {
    if matches!(ask, Ask::Find(_)) {
        return format!("  {}\n  ?  these keys\n", prompt(ask));
    }
    if ask.is_outside() {
        return format!("  {}\n  q  leave\n", prompt(ask));
    }
    let escape = match ask {
        Ask::Type => "  \\q  answers with the letter q itself, and so for each of these\n",
        _ => "",
    };
    format!(
        "  {}\n  q  leave; every answer is already saved\n  u  undo the last answer\n  s  skip this card for today\n  \
         !  flag the card as faulty; `! why` says why\n  e  edit the card\n  h  hint\n  ?  these keys\n{escape}",
        prompt(ask)
    )
}

#[cfg(test)]
mod tests {
    use super::{key_prompt, rows};
    use crate::terminal::Ask;

    #[test]
    fn prompts_are_broken_at_commas_where_the_window_is_narrow() {
        assert_eq!(rows("one, two, three", 80), "one, two, three");
        assert_eq!(rows("one, two, three", 10), "one, two,\nthree");
        assert_eq!(rows("one, two, three", 4), "one,\ntwo,\nthree");
        assert_eq!(rows("", 1), "");
        let previews = ["today", "3 d", "12 d", "36500 d"].map(str::to_owned);
        for ask in
            [Ask::Grade(&previews), Ask::Next, Ask::Confidence, Ask::Reveal, Ask::TrueFalse, Ask::Confirm]
        {
            let told = key_prompt(&ask, 40);
            assert!(told.lines().all(|row| row.len() < 40), "{told}");
            assert_eq!(told.replace('\n', " "), key_prompt(&ask, 200));
        }
    }
}
