//! The sheet of keys: every verb that has one, as the menus are grouped, and beside them the keys
//! of the map, the list, the form and the facility grid, which no verb stands for.

use super::DialogInput;
use crate::ui::action::Action;
use crate::ui::theme;
use crate::ui::verb::{MENUS, Menu};
use egui::{RichText, ScrollArea, Ui};

/// Keys that are no verb's: the menu after which they stand, sections and their lines,
/// `sheet.<section>.<line>` in the locale files.
const OWN: &[(&str, &str, &[&str])] = &[
    (
        "menu.view",
        "map",
        &["add", "box", "menu", "pan", "arrows", "zoom"],
    ),
    (
        "menu.help",
        "sketch",
        &["finish", "back", "park", "alt", "other_way"],
    ),
    (
        "menu.help",
        "corners",
        &["choose", "walk", "nudge", "insert", "delete", "done"],
    ),
    (
        "menu.help",
        "form",
        &["next", "back", "choose", "clear", "repeat"],
    ),
    (
        "menu.help",
        "grid",
        &[
            "letter", "back", "set", "clear", "group", "rest", "all_rest",
        ],
    ),
    ("menu.help", "window", &["tab", "list", "escape"]),
];

/// Keys that are no verb's either, and stand among those of a menu.
const OF_MENU: &[(&str, &str, &[&str])] =
    &[("menu.review", "review", &["verdict", "walk", "take"])];

/// A heading and its lines: keys, and what they do.
struct Section {
    heading: String,
    lines: Vec<(String, String)>,
}

/// How much room a heading takes, in lines.
const HEADING_LINES: usize = 2;

pub(super) fn keys_ui(ui: &mut Ui, input: &DialogInput<'_>) -> Vec<Action> {
    let mut sections = Vec::new();
    for menu in MENUS {
        sections.push(of_menu(ui, menu, input));
        let own = OWN.iter().filter(|(after, ..)| *after == menu.key);
        sections.extend(own.map(|(_, section, lines)| of_own(section, lines, input)));
    }
    sections.retain(|section| !section.lines.is_empty());
    let columns = in_columns(sections);
    // All of it fits the smallest usual screen; a smaller window scrolls.
    let room = ui.ctx().content_rect().height() - theme::SHEET_SURROUNDINGS;
    let sheet = ScrollArea::vertical()
        .min_scrolled_height(room)
        .max_height(room);
    sheet.show(ui, |ui| {
        ui.columns(columns.len(), |uis| {
            for (ui, sections) in uis.iter_mut().zip(columns) {
                for section in sections {
                    section_ui(ui, &section);
                }
            }
        });
    });
    Vec::new()
}

fn of_menu(ui: &Ui, menu: &Menu, input: &DialogInput<'_>) -> Section {
    let verbs = menu.groups.iter().copied().flatten();
    let lines = verbs.filter_map(|verb| {
        let keys = input.preferences.keys.text(*verb, ui.ctx())?;
        Some((keys, input.language.text(verb.key()).into_owned()))
    });
    let own = OF_MENU.iter().filter(|(of, ..)| *of == menu.key);
    let own = own.flat_map(|(_, section, lines)| own_lines(section, lines, input));
    Section {
        heading: input.language.text(menu.key).into_owned(),
        lines: lines.chain(own).collect(),
    }
}

fn of_own(section: &str, lines: &[&str], input: &DialogInput<'_>) -> Section {
    let heading = input.language.text(&format!("sheet.{section}.heading"));
    Section {
        heading: heading.into_owned(),
        lines: own_lines(section, lines, input).collect(),
    }
}

/// Keys, and what they do.
fn own_lines(
    section: &str,
    lines: &[&str],
    input: &DialogInput<'_>,
) -> impl Iterator<Item = (String, String)> {
    let text = move |line: &str, part: &str| {
        let key = format!("sheet.{section}.{line}.{part}");
        input.language.text(&key).into_owned()
    };
    lines
        .iter()
        .map(move |line| (text(line, "keys"), text(line, "does")))
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
        .min_row_height(0.0)
        .spacing([8.0, 1.0])
        .show(ui, |ui| {
            for (keys, does) in &section.lines {
                ui.label(RichText::new(keys).monospace().small());
                ui.add(egui::Label::new(RichText::new(does).small()).truncate());
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
