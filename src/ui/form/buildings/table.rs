//! The table: a line a building, a cell a field. Tab goes to the next cell, Enter to the same cell
//! of the next line, and from the last line to a blank one that becomes a building.

use super::cells::{self, Cell, Row};
use crate::edit::{BuildingCommand, Command};
use crate::model::{Building, BuildingField, EstateId};
use crate::ui::action::Action;
use crate::ui::form::text_field::prepare_text;
use crate::ui::form::{Form, typed};
use crate::ui::icons;
use crate::ui::theme::Palette;
use crate::words::buildings as words;
use egui::{Align, Button, Key, Layout, Margin, Rect, Response, RichText, TextEdit, Ui, vec2};
use std::sync::Arc;

/// What is typed building by building, and the share of the width that each needs.
const COLUMNS: [(BuildingField, f32); 7] = [
    (BuildingField::Number, 1.7),
    (BuildingField::BuildYear, 1.2),
    (BuildingField::Floors, 0.9),
    (BuildingField::Units, 0.9),
    (BuildingField::Households, 1.1),
    (BuildingField::FloorArea, 1.6),
    (BuildingField::Lifts, 0.9),
];

/// So many lines cost nothing that is felt.
const ALL_DRAWN: usize = 40;
const GAP: f32 = 3.0;
const DELETE_WIDTH: f32 = 18.0;

pub fn table(ui: &mut Ui, form: &mut Form<'_>, estate: EstateId, buildings: &[&Arc<Building>]) {
    let widths = widths(ui.available_width());
    headings(ui, form, &widths);
    let rows = buildings.iter().map(|building| Row::Building(building.id));
    let rows: Vec<Row> = rows.chain([Row::New]).collect();
    let focused = form.state.buildings.focused.take();
    let wanted = form.state.buildings.wants_cursor().map(|cell| cell.row);
    let near_cursor = |index: usize| {
        let near = &rows[index.saturating_sub(1)..(index + 2).min(rows.len())];
        near.iter()
            .any(|row| Some(*row) == focused || Some(*row) == wanted)
    };
    let height = ui.spacing().interact_size.y;
    for (index, row) in rows.iter().enumerate() {
        let top_left = ui.cursor().left_top();
        let area = Rect::from_min_size(top_left, vec2(ui.available_width(), height));
        let building = buildings.get(index).copied();
        scroll_to(ui, form, building, area);
        // Of hundreds only those in sight are worth their widgets, and where the keyboard comes in.
        let is_end = index == 0 || index + 1 == rows.len();
        let is_drawn = is_end || rows.len() <= ALL_DRAWN || near_cursor(index);
        if !is_drawn && !ui.is_rect_visible(area) {
            ui.allocate_space(area.size());
            continue;
        }
        if building.is_some_and(|building| form.input.building == Some(building.id)) {
            let palette = Palette::of(ui.visuals());
            let color = palette.selection.gamma_multiply(0.15);
            ui.painter().rect_filled(area.expand(1.0), 2.0, color);
        }
        line(
            ui,
            form,
            estate,
            *row,
            building,
            &widths,
            rows.get(index + 1),
        );
    }
}

fn widths(available: f32) -> [f32; COLUMNS.len()] {
    let shares: f32 = COLUMNS.iter().map(|(_, share)| share).sum();
    let room = available - DELETE_WIDTH - GAP * COLUMNS.len() as f32;
    COLUMNS.map(|(_, share)| (room * share / shares).floor())
}

fn headings(ui: &mut Ui, form: &Form<'_>, widths: &[f32]) {
    let language = form.language();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        for ((field, _), width) in COLUMNS.iter().zip(widths) {
            let text = words::field_heading(language, *field);
            let heading = RichText::new(text).small().weak();
            let size = vec2(*width, ui.text_style_height(&egui::TextStyle::Small));
            let layout = Layout::left_to_right(Align::Center);
            ui.allocate_ui_with_layout(size, layout, |ui| {
                ui.set_min_size(size);
                let label = ui.add(egui::Label::new(heading).truncate());
                label.on_hover_text(words::field_label(language, *field));
            });
        }
    });
}

/// A building that was clicked on the map comes into view, once.
fn scroll_to(ui: &Ui, form: &mut Form<'_>, building: Option<&Arc<Building>>, area: Rect) {
    let Some(building) = building else { return };
    let shown = &mut form.state.buildings.shown;
    if form.input.building == Some(building.id) && *shown != form.input.building {
        *shown = form.input.building;
        ui.scroll_to_rect(area, None);
    }
}

fn line(
    ui: &mut Ui,
    form: &mut Form<'_>,
    estate: EstateId,
    row: Row,
    building: Option<&Arc<Building>>,
    widths: &[f32],
    next: Option<&Row>,
) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        for ((field, _), width) in COLUMNS.iter().zip(widths) {
            let cell = Cell {
                estate,
                row,
                field: *field,
            };
            cell_ui(ui, form, cell, building, *width, next);
        }
        if let Some(building) = building {
            delete_button(ui, form, building);
        }
    });
}

fn cell_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    cell: Cell,
    building: Option<&Arc<Building>>,
    width: f32,
    next: Option<&Row>,
) {
    let language = form.language();
    let held = || typed::text_of(building.and_then(|b| b.get(cell.field)).as_ref());
    let drafted = form.state.buildings.text(cell).map(str::to_owned);
    let mut text = drafted.unwrap_or_else(held);
    let mut edit = TextEdit::singleline(&mut text)
        .id(widget_id(cell))
        .margin(Margin::symmetric(3, 2))
        .desired_width(width);
    if cell.row == Row::New && cell.field == BuildingField::Number {
        edit = edit.hint_text(language.text("buildings.add_hint").into_owned());
    }
    let response = ui.add(edit);
    if response.changed() {
        form.state.buildings.type_text(cell, text);
    }
    if form.state.buildings.takes_cursor(cell) {
        response.request_focus();
        response.scroll_to_me(None);
    }
    if response.has_focus() {
        form.state.buildings.focused = Some(cell.row);
    }
    if response.gained_focus() {
        response.scroll_to_me(None);
        if let Some(building) = building.filter(|b| form.input.building != Some(b.id)) {
            form.state.buildings.shown = Some(building.id);
            form.actions.push(Action::SelectBuilding(building.id));
        }
    }
    prepare_text(ui, &response, form.state.buildings.text(cell).is_some());
    after_typing(ui, form, cell, &response, next);
    let name = cells::name(language, form.input.survey, cell);
    response.accessible_name(name);
}

fn after_typing(ui: &Ui, form: &mut Form<'_>, cell: Cell, response: &Response, next: Option<&Row>) {
    if !response.lost_focus() {
        return;
    }
    let (escaped, entered, tabbed) = ui.input(|input| {
        let pressed = |key| input.key_pressed(key);
        let tabbed = pressed(Key::Tab) && !input.modifiers.shift;
        (pressed(Key::Escape), pressed(Key::Enter), tabbed)
    });
    if escaped {
        form.state.buildings.forget(cell);
        return;
    }
    if form.state.buildings.waits(cell) {
        // The building that comes of the blank line stands in another: the cursor goes on there.
        let then = match (cell.row, tabbed) {
            (Row::Building(_), _) => None,
            (Row::New, true) => after(cell.field),
            (Row::New, false) => clicked_beside(ui, cell),
        };
        let committed = form.state.buildings.commit(cell, then, form.input.survey);
        form.actions.extend(committed);
    }
    let is_wrong = form.state.buildings.text(cell).is_some();
    if entered && is_wrong {
        // What is no value is put right before anything else.
        response.request_focus();
    } else if entered {
        let row = *next.unwrap_or(&Row::New);
        let field = match row {
            Row::Building(_) => cell.field,
            Row::New => BuildingField::Number,
        };
        form.state
            .buildings
            .send_cursor(Cell { row, field, ..cell });
    }
}

/// The field of the same line that the mouse has moved the cursor to.
fn clicked_beside(ui: &Ui, cell: Cell) -> Option<BuildingField> {
    let focused = ui.memory(|memory| memory.focused())?;
    let fields = COLUMNS.iter().map(|(field, _)| *field);
    fields.filter(|field| *field != cell.field).find(|field| {
        widget_id(Cell {
            field: *field,
            ..cell
        }) == focused
    })
}

fn widget_id(cell: Cell) -> egui::Id {
    egui::Id::unique(("building", cell))
}

/// The field to the right.
fn after(field: BuildingField) -> Option<BuildingField> {
    let fields = COLUMNS.iter().map(|(field, _)| *field);
    let next = fields.clone().skip(1);
    fields
        .zip(next)
        .find(|(one, _)| *one == field)
        .map(|(_, next)| next)
}

fn delete_button(ui: &mut Ui, form: &mut Form<'_>, building: &Building) {
    let language = form.language();
    let number = words::number_text(language, &building.number);
    let name = language.text_with("buildings.delete", &[("building", &number)]);
    let button = Button::new(RichText::new(icons::CLOSE).small().weak());
    // Not a stop for Tab: it would stand between the last cell and the next line.
    let button = button.frame(false).sense(egui::Sense::CLICK);
    let size = vec2(DELETE_WIDTH, ui.spacing().interact_size.y);
    let response = ui.add_sized(size, button);
    if response
        .accessible_name(&name)
        .on_hover_text(name)
        .clicked()
    {
        let buildings = vec![building.id];
        let command = BuildingCommand::Delete { buildings };
        form.actions.push(Action::Edit(Command::Building(command)));
    }
}
