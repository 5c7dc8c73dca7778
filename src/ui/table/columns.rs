//! How many records are listed, in which order, and with which columns.

use super::{MOUSE_ONLY, TableInput, TableState};
use crate::model::{Coded, Direction, ListColumn, Sort};
use crate::ui::action::{Action, Preference};
use crate::ui::icons;
use crate::words::Language;
use crate::words::search::{column_heading, column_name};
use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{Button, PopupCloseBehavior, RichText, Ui};

pub fn count_line(ui: &mut Ui, state: &mut TableState, input: &TableInput<'_>) -> Option<Action> {
    let language = input.language;
    let mut chosen = None;
    ui.horizontal(|ui| {
        let listed = state.listing.ids().len();
        let counted = state.listing.counted();
        ui.weak(language.text_with("table.count", &[("listed", &listed), ("counted", &counted)]));
        if !state.listing.is_complete() && !state.search.is_empty() {
            ui.spinner();
        }
        let layout = egui::Layout::right_to_left(egui::Align::Center);
        ui.with_layout(layout, |ui| {
            chosen = columns_menu(ui, state, language);
            match input.near {
                Some(_) => drop(ui.weak(language.text("table.nearest_first"))),
                None => sort_menu(ui, state, language),
            }
        });
    });
    chosen
}

fn sort_menu(ui: &mut Ui, state: &mut TableState, language: Language) {
    let name = language.text("table.sort_by");
    let sort = state.sort;
    let text = format!(
        "{} {}",
        column_name(language, sort.by),
        arrow(sort.direction)
    );
    let menu = ui.menu_button(format!("{} {text}", icons::SORT), |ui| {
        for by in ListColumn::ALL {
            let label = column_name(language, *by);
            if ui.selectable_label(sort.by == *by, label).clicked() {
                state.sort = sorted_by(sort, *by);
                ui.close();
            }
        }
    });
    menu.response.accessible_name(name);
}

/// The columns chosen are the surveyor's own, in every survey.
fn columns_menu(ui: &mut Ui, state: &mut TableState, language: Language) -> Option<Action> {
    let mut chosen = None;
    let name = language.text("table.columns");
    let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let (response, _) = MenuButton::new(icons::COLUMNS).config(config).ui(ui, |ui| {
        for column in ListColumn::ALL {
            let mut shown = state.columns.0.contains(column);
            // Without its name nobody knows what a row is.
            let fixed = *column == ListColumn::Name;
            let label = column_name(language, *column);
            let tick = ui.add_enabled(!fixed, egui::Checkbox::new(&mut shown, label));
            if tick.changed() {
                state.columns.toggle(*column);
                let columns = state.columns.0.clone();
                chosen = Some(Action::Prefer(Preference::Columns(columns)));
            }
        }
    });
    response.accessible_name(name.as_ref()).on_hover_text(name);
    chosen
}

impl super::Columns {
    /// A column stands where it stands in the list of all.
    fn toggle(&mut self, column: ListColumn) {
        let before = self.0.len();
        self.0.retain(|one| *one != column);
        if self.0.len() == before {
            self.0.push(column);
            self.0.sort_unstable();
        }
    }
}

/// The same column again turns the list around.
pub fn sorted_by(sort: Sort, by: ListColumn) -> Sort {
    let direction = match sort.by == by {
        true => sort.direction.turned(),
        false => Direction::Ascending,
    };
    Sort { by, direction }
}

fn arrow(direction: Direction) -> &'static str {
    match direction {
        Direction::Ascending => icons::ARROW_UP,
        Direction::Descending => icons::ARROW_DOWN,
    }
}

pub fn heading(ui: &mut Ui, column: ListColumn, sort: &mut Sort, language: Language) {
    let title = column_heading(language, column);
    let full = column_name(language, column);
    let arrow = match sort.by == column {
        false => "",
        true => arrow(sort.direction),
    };
    let button = Button::new(RichText::new(format!("{title}{arrow}")).weak())
        .frame(false)
        .sense(MOUSE_ONLY)
        .truncate();
    let name = language.text_with("table.sort_name", &[("column", &full)]);
    let response = ui.add(button).accessible_name(name).on_hover_text(full);
    if response.clicked() {
        *sort = sorted_by(*sort, column);
    }
}

/// How wide a column is, for a size of type; the name takes what is left.
pub fn width(column: ListColumn, em: f32) -> f32 {
    let ems = match column {
        ListColumn::State => 1.5,
        ListColumn::Name => 7.0,
        ListColumn::Year => 2.9,
        ListColumn::Households => 3.2,
        ListColumn::FloorArea => 5.0,
        ListColumn::Buildings => 2.8,
        ListColumn::Address => 11.0,
        ListColumn::Community => 8.0,
        ListColumn::WorstEssential
        | ListColumn::Water
        | ListColumn::Power
        | ListColumn::Road
        | ListColumn::Gas => 2.4,
        ListColumn::Willingness => 3.0,
        ListColumn::Issues => 3.1,
        ListColumn::LibNo => 8.0,
        ListColumn::Origin => 9.0,
        ListColumn::LastChange => 9.0,
    };
    em * ems
}
