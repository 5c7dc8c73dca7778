//! The sheet of keys: every verb that has one, as the menus are grouped, and beside them the keys
//! of the map, the list, the form and the facility grid, which no verb stands for.

use super::DialogInput;
use crate::ui::action::Action;
use crate::ui::theme;
use crate::ui::verb::{MENUS, Menu};
use egui::{RichText, Ui};

/// Keys that are no verb's: sections and their lines, `sheet.<section>.<line>` in the locale files.
const OWN: &[(&str, &[&str])] = &[
    ("map", &["add", "pan", "zoom"]),
    ("sketch", &["finish", "back", "park"]),
    ("corners", &["delete", "done"]),
    ("form", &["next", "choose", "clear"]),
    (
        "grid",
        &["letter", "back", "set", "clear", "rest", "all_rest"],
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

/// Three columns of about the same height, sections whole and in order.
fn in_columns(sections: Vec<Section>) -> [Vec<Section>; 3] {
    let height = |section: &Section| section.lines.len() + HEADING_LINES;
    let total: usize = sections.iter().map(height).sum();
    let mut columns = [const { Vec::new() }; 3];
    let mut above = 0;
    for section in sections {
        // By where its middle falls.
        let middle = above + height(&section) / 2;
        above += height(&section);
        let column = (3 * middle / total.max(1)).min(2);
        columns[column].push(section);
    }
    columns
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
