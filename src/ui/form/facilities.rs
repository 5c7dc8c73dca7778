//! The facility grid: one key a facility, its state as colour, sign and word.
//!
//! The grid is one stop of the Tab key; what its keys do: `facility_presses`. Without the focus no
//! key does anything. Several records are graded at once: a cell shows where they differ.

use super::facility_cell::{essential_cells, item_line};
use super::facility_keys::{Cell, essentials, group_cells, group_key, groups};
use super::facility_presses::keys;
use super::row::issues_of;
use super::sections::{fold_heading, steady};
use super::summary::Held;
use super::{Form, facility_about};
use crate::catalogue::Items;
use crate::edit::Command;
use crate::model::{Coded, Estate, Field, FilledFrom, ItemCode, Severity, Value};
use crate::ui::action::Action;
use crate::ui::signs;
use egui::{Align, Id, Rect, Role, Sense, Ui, WidgetInfo};

/// What outlives a frame.
#[derive(Default)]
pub struct GridState {
    /// The group that is unfolded; one at a time, so that its keys are unambiguous.
    pub open_group: Option<char>,
    /// The cell that the keyboard is on.
    pub at: Option<ItemCode>,
    /// A cell was clicked in the last frame: the keyboard follows.
    pub clicked: bool,
    /// The cell that was last brought into view.
    pub shown: Option<ItemCode>,
}

/// What the selected records say about an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellState {
    Same(Option<Severity>),
    Different,
}

impl CellState {
    /// The severity that a step begins from.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Same(severity) => severity,
            Self::Different => None,
        }
    }
}

/// The key of the grid, for the keyboard.
pub fn grid_id() -> Id {
    Id::unique("form facilities")
}

/// "The rest is intact": nobody looked at these of `items`, and nothing is wrong with them.
/// `None` where all of them were looked at.
pub fn rest_intact(estates: &[&Estate], items: &[ItemCode]) -> Option<Command> {
    let open = |estate: &Estate| -> Vec<ItemCode> {
        let open = items.iter().filter(|item| !estate.gaps.contains_key(item));
        open.copied().collect()
    };
    if let [estate] = estates {
        let items = open(estate);
        let estate = estate.id;
        return (!items.is_empty()).then_some(Command::RestIntact { estate, items });
    }
    let intact = Value::Code(Severity::Intact.key().to_owned());
    let values: Vec<_> = estates
        .iter()
        .map(|estate| {
            let items = open(estate).into_iter();
            let values: Vec<_> = items.map(|i| (Field::Gap(i), intact.clone())).collect();
            (estate.id, values)
        })
        .filter(|(_, values)| !values.is_empty())
        .collect();
    let from = FilledFrom::RestIntact;
    (!values.is_empty()).then_some(Command::Fill { values, from })
}

/// The must-haves and the unfolded group, in the order the arrows walk them.
pub fn visible_cells(items: &Items, open_group: Option<char>) -> Vec<Cell> {
    let essentials = essentials(items).into_iter().map(|(_, cell)| cell);
    let group = open_group.map(|group| group_cells(items, group));
    essentials.chain(group.into_iter().flatten()).collect()
}

/// Whether the letters are the grid's now.
pub fn facilities_have_focus(context: &egui::Context) -> bool {
    context.memory(|memory| memory.has_focus(grid_id()))
}

pub fn facilities(ui: &mut Ui, form: &mut Form<'_>) {
    let items = form.input.items;
    let grid_id = grid_id();
    let mut comes_in = false;
    if let Some(Field::Gap(item)) = form.state.go_to {
        comes_in = true;
        form.state.go_to = None;
        form.state.grid.at = Some(item);
        // A cell of a group is brought into view by itself.
        let essential = essentials(items).iter().any(|(_, cell)| cell.item == item);
        form.state.grid.shown = essential.then_some(item);
        if essentials(items).iter().all(|(_, cell)| cell.item != item) {
            form.state.grid.open_group = Some(item.group());
        }
        ui.memory_mut(|memory| memory.request_focus(grid_id));
    }
    if std::mem::take(&mut form.state.grid.clicked) {
        ui.memory_mut(|memory| memory.request_focus(grid_id));
    }
    let focused = ui.memory(|memory| memory.has_focus(grid_id));
    if focused && ui.is_enabled() {
        keys(ui, grid_id, form);
    }
    let top = ui.cursor().min;
    essential_cells(ui, form);
    let grid = ui.interact(
        Rect::from_min_max(top, ui.min_rect().max),
        grid_id,
        Sense::focusable_noninteractive(),
    );
    let name = form.language().text("form.facilities");
    grid.widget_info(|| WidgetInfo::labeled(Role::Grid, ui.is_enabled(), name.clone()));
    if comes_in && form.state.grid.shown.is_some() {
        // What the keys do stands beneath.
        grid.scroll_to_me(Some(Align::Center));
    } else if grid.gained_focus() {
        grid.scroll_to_me(None);
    }
    if focused {
        if let Some(item) = at_cell(form) {
            let text = facility_about::one_line(form.language(), items, item);
            ui.add(egui::Label::new(signs::beneath(ui, text)).wrap());
        }
        let help = form.language().text("form.facility_keys");
        let help = signs::beneath(ui, help);
        ui.add(egui::Label::new(help).wrap());
    } else {
        form.state.grid.shown = None;
    }
    for (_, cell) in essentials(items) {
        issues_of(ui, form, &Field::Gap(cell.item));
    }
    steady(ui, "rest", |ui| rest_buttons(ui, form));
    for (index, group) in groups(items).into_iter().enumerate() {
        group_of_cells(ui, form, group, index);
    }
}

/// One of the guidance's groups, folded or with a line an item.
fn group_of_cells(ui: &mut Ui, form: &mut Form<'_>, group: char, index: usize) {
    let language = form.language();
    let cells = group_cells(form.input.items, group);
    let total = cells.len();
    let seen = cells
        .iter()
        .filter(|cell| state_of(form, cell.item) != CellState::Same(None))
        .count();
    let name = language
        .text_if_any(&format!("form.group.{group}"))
        .unwrap_or_else(|| group.to_string().into());
    let title = language.text_with(
        "form.group_heading",
        &[("group", &name), ("seen", &seen), ("total", &total)],
    );
    let open = form.state.grid.open_group == Some(group);
    let id = Id::unique(("form group", group));
    // In the grid, its digit unfolds it: no stop of the Tab key.
    if fold_heading(ui, id, &title, open, Sense::CLICK, group_key(index)) {
        fold_group(form, group);
        ui.memory_mut(|memory| memory.request_focus(grid_id()));
    }
    if !open {
        // Folded away or not, what the checks found is told.
        for cell in cells {
            issues_of(ui, form, &Field::Gap(cell.item));
        }
        return;
    }
    ui.spacing_mut().item_spacing.y = 2.0;
    for cell in cells {
        item_line(ui, form, cell);
        issues_of(ui, form, &Field::Gap(cell.item));
    }
}

/// Unfolds the group, with the keyboard on its first item; or folds it away.
pub fn fold_group(form: &mut Form<'_>, group: char) {
    let grid = &mut form.state.grid;
    match grid.open_group == Some(group) {
        true => {
            grid.open_group = None;
            grid.at = None;
        }
        false => {
            grid.open_group = Some(group);
            let cells = group_cells(form.input.items, group);
            grid.at = cells.first().map(|cell| cell.item);
        }
    }
}

/// The cell that the keyboard is on: the first until it was moved.
pub fn at_cell(form: &Form<'_>) -> Option<ItemCode> {
    let cells = visible_cells(form.input.items, form.state.grid.open_group);
    let at = form.state.grid.at;
    let found = cells.iter().find(|cell| Some(cell.item) == at);
    found.or(cells.first()).map(|cell| cell.item)
}

pub fn state_of(form: &Form<'_>, item: ItemCode) -> CellState {
    match form.held(&Field::Gap(item)) {
        Held::Same(Some(Value::Code(key))) => CellState::Same(Severity::from_key(&key)),
        Held::Same(_) => CellState::Same(None),
        Held::Different => CellState::Different,
    }
}

pub fn set(form: &mut Form<'_>, item: ItemCode, severity: Option<Severity>) {
    let value = severity.map(|severity| Value::Code(severity.key().to_owned()));
    form.set(Field::Gap(item), value);
}

/// Which items "the rest" is said of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// The must-haves and the group that is unfolded.
    Shown,
    Everything,
}

pub fn rest_command(form: &Form<'_>, rest: Rest) -> Option<Command> {
    rest_intact(form.estates, &rest_items(form, rest))
}

fn rest_items(form: &Form<'_>, rest: Rest) -> Vec<ItemCode> {
    let items = form.input.items;
    match rest {
        Rest::Shown => {
            let cells = visible_cells(items, form.state.grid.open_group);
            cells.iter().map(|cell| cell.item).collect()
        }
        Rest::Everything => items.iter().map(|item| item.code).collect(),
    }
}

fn rest_buttons(ui: &mut Ui, form: &mut Form<'_>) {
    ui.horizontal_wrapped(|ui| {
        for (key, shortcut, rest) in [
            ("form.rest_intact", "=", Rest::Shown),
            ("form.all_rest_intact", "+", Rest::Everything),
        ] {
            let name = form.language().text(key);
            // The command itself would be thousands of values, too many for every frame.
            let items = rest_items(form, rest).into_iter();
            let count = form.state.summary.unseen(items);
            let button = egui::Button::new(format!("{name} ({count})"))
                .shortcut_text(shortcut)
                .sense(Sense::CLICK);
            let response = ui
                .add_enabled(count > 0, button)
                .accessible_name(name.as_ref())
                .on_disabled_hover_text(form.language().text("form.nothing_left"));
            if response.clicked() {
                let command = rest_command(form, rest);
                form.actions.extend(command.map(Action::Edit));
            }
        }
    });
}
