//! dialoguer's menus over numbered labels.
//!
//! dialoguer measures items in bytes and redraws wrongly where one is wider than the screen. It is therefore given
//! short keys to measure, and draws the labels, cut by columns, through its theme.

use std::fmt;

use console::{Term, style, truncate_str};
use dialoguer::theme::Theme;
use dialoguer::{MultiSelect, Select, Sort};

use super::Ask;

/// Columns before a label at most: `> [x] 10. `, and one to spare at the edge.
pub(super) const BEFORE_LABEL: usize = 11;

/// What is drawn for each item.
#[derive(Debug)]
pub(super) struct Labels(Vec<String>);

impl Labels {
    /// The items numbered from 1 and cut to a screen of this many columns.
    pub(super) fn new(items: &[String], width: usize) -> Self {
        let room = width.saturating_sub(BEFORE_LABEL);
        let cut = items.iter().map(|item| truncate_str(item, room, "..."));
        Self(cut.enumerate().map(|(place, item)| format!("{}. {item}", place + 1)).collect())
    }

    /// The label of an item by its index.
    pub(super) fn get(&self, index: usize) -> &str {
        self.0.get(index).map_or("", String::as_str)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The label that a key given to dialoguer stands for.
    fn of(&self, key: &str) -> &str {
        key.parse().map_or("", |index| self.get(index))
    }

    fn keys(&self) -> Vec<String> {
        (0..self.len()).map(|index| index.to_string()).collect()
    }

    fn draw(&self, f: &mut dyn fmt::Write, key: &str, tick: &str, active: bool) -> fmt::Result {
        let label = self.of(key);
        if active {
            write!(f, "{}", style(format!("> {tick}{label}")).cyan())
        } else {
            write!(f, "  {tick}{label}")
        }
    }
}

impl Theme for Labels {
    fn format_select_prompt_item(&self, f: &mut dyn fmt::Write, key: &str, active: bool) -> fmt::Result {
        self.draw(f, key, "", active)
    }

    fn format_multi_select_prompt_item(
        &self,
        f: &mut dyn fmt::Write,
        key: &str,
        checked: bool,
        active: bool,
    ) -> fmt::Result {
        self.draw(f, key, if checked { "[x] " } else { "[ ] " }, active)
    }

    fn format_sort_prompt_item(
        &self,
        f: &mut dyn fmt::Write,
        key: &str,
        picked: bool,
        active: bool,
    ) -> fmt::Result {
        self.draw(f, key, if picked && active { "<> " } else { "" }, active)
    }

    fn format_input_prompt(&self, f: &mut dyn fmt::Write, prompt: &str, _: Option<&str>) -> fmt::Result {
        f.write_str(prompt)
    }

    fn format_input_prompt_selection(&self, f: &mut dyn fmt::Write, prompt: &str, text: &str) -> fmt::Result {
        write!(f, "{prompt}{text}")
    }
}

/// Opens the menu for a question that picks from items, `start` being the active one; `None`: Esc or `q`.
pub(super) fn open(
    term: &Term,
    ask: &Ask<'_>,
    labels: &Labels,
    start: usize,
) -> dialoguer::Result<Option<Vec<usize>>> {
    let keys = labels.keys();
    match ask {
        Ask::ChooseSeveral(_) | Ask::Tick(_) => {
            MultiSelect::with_theme(labels).items(&keys).report(false).interact_on_opt(term)
        }
        Ask::Arrange(_) => Sort::with_theme(labels).items(&keys).report(false).interact_on_opt(term),
        _ => {
            let menu = Select::with_theme(labels).items(&keys).default(start).report(false);
            Ok(menu.interact_on_opt(term)?.map(|index| vec![index]))
        }
    }
}
