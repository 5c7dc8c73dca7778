//! The sheet of keys: every verb that has one, as the menus are grouped, and beside them the keys
//! of the map, the list, the form and the facility grid, which no verb stands for.

use super::DialogInput;
use crate::ui::action::Action;
use crate::ui::theme;
use crate::ui::verb::{MENUS, Menu};
use egui::{RichText, Ui};

/// Keys that are no verb's: sections and their lines, `sheet.<section>.<line>` in the locale files.
const OWN: &[(&str, &[&str])] = &[
    ("map", &["add", "box", "menu", "pan", "arrows", "zoom"]),
    ("sketch", &["finish", "back", "park", "alt", "other_way"]),
    (
        "corners",
        &["choose", "walk", "nudge", "insert", "delete", "done"],
    ),
    ("form", &["next", "back", "choose", "clear", "repeat"]),
    (
        "grid",
        &[
            "letter", "back", "set", "clear", "group", "rest", "all_rest",
        ],
    ),
    ("window", &["tab", "list", "verdict", "escape"]),
];

/// A heading and its lines: keys, and what they do.
struct Section {
    heading: String,
    lines: Vec<(String, String)>,
}

/// How much room a heading takes, in lines.
const HEADING_LINES: usize = 2;

pub(super) fn keys_ui(ui: &mut Ui, input: &DialogInput<'_>) -> Vec<Action> {
    let verbs = MENUS.iter().map(|menu| of_menu(ui, menu, input));
    let own = OWN
        .iter()
        .map(|(section, lines)| of_own(section, lines, input));
    let sections = verbs.chain(own).filter(|section| !section.lines.is_empty());
    let columns = in_columns(sections.collect());
    ui.columns(columns.len(), |uis| {
        for (ui, sections) in uis.iter_mut().zip(columns) {
            for section in sections {
                section_ui(ui, &section);
            }
        }
    });
    Vec::new()
}

fn of_menu(ui: &Ui, menu: &Menu, input: &DialogInput<'_>) -> Section {
    let verbs = menu.groups.iter().copied().flatten();
    let lines = verbs.filter_map(|verb| {
        let keys = input.preferences.keys.text(*verb, ui.ctx())?;
        Some((keys, input.language.text(verb.key()).into_owned()))
    });
    Section {
        heading: input.language.text(menu.key).into_owned(),
        lines: lines.collect(),
    }
}

fn of_own(section: &str, lines: &[&str], input: &DialogInput<'_>) -> Section {
    let text = |key: String| input.language.text(&key).into_owned();
    let line = |line: &&str| {
        (
            text(format!("sheet.{section}.{line}.keys")),
            text(format!("sheet.{section}.{line}.does")),
        )
    };
    Section {
        heading: text(format!("sheet.{section}.heading")),
        lines: lines.iter().map(line).collect(),
    }
}

/// Three columns as even as can be, sections whole and in order.
fn in_columns(mut sections: Vec<Section>) -> [Vec<Section>; 3] {
    let heights: Vec<_> = sections
        .iter()
        .map(|section| section.lines.len() + HEADING_LINES)
        .collect();
    let (first, second) = most_even_split(&heights);
    let third = sections.split_off(second);
    let middle = sections.split_off(first);
    [sections, middle, third]
}

/// Where the second and the third column begin.
fn most_even_split(heights: &[usize]) -> (usize, usize) {
    // Of two ways to divide a sum, the more even one has the smaller squares.
    let square = |column: &[usize]| column.iter().sum::<usize>().pow(2);
    let splits = (0..=heights.len()).flat_map(|a| (a..=heights.len()).map(move |b| (a, b)));
    let unevenness = |&(a, b): &(usize, usize)| {
        let columns = [&heights[..a], &heights[a..b], &heights[b..]];
        columns.map(square).iter().sum::<usize>()
    };
    splits.min_by_key(unevenness).unwrap_or_default()
}

fn section_ui(ui: &mut Ui, section: &Section) {
    ui.spacing_mut().item_spacing.y = 1.0;
    ui.add_space(4.0);
    ui.strong(&section.heading);
    egui::Grid::new(&section.heading)
        .num_columns(2)
        .min_col_width(theme::KEY_WIDTH)
        .spacing([8.0, 1.0])
        .show(ui, |ui| {
            for (keys, does) in &section.lines {
                ui.label(RichText::new(keys).monospace());
                ui.add(egui::Label::new(does).truncate());
                ui.end_row();
            }
        });
}

#[cfg(test)]
mod tests {
    use super::most_even_split;

    #[test]
    fn columns_are_as_even_as_whole_sections_allow() {
        assert_eq!(most_even_split(&[5, 5, 5]), (1, 2));
        assert_eq!(most_even_split(&[9, 2, 2, 2, 3]), (1, 3));
        assert_eq!(most_even_split(&[]), (0, 0));
    }
}
