//! The facility grid: one key a facility, its state as colour, sign and word.
//!
//! The grid is one stop of the Tab key. With the focus in it, a facility's key cycles intact →
//! ageing → failing → missing, Shift goes back, 0–3 set and Delete clears the cell the keyboard
//! is on, "=" calls the rest of the visible cells intact. Without the focus no key does anything.

use super::facility_keys::{Cell, essentials, group_cells, groups};
use super::facility_presses::{back, keys, onward};
use super::row::{about, issues_of};
use super::sections::{fold_heading, steady};
use super::{Form, FormState};
use crate::catalogue::Items;
use crate::edit::Command;
use crate::model::{Coded, Estate, Field, ItemCode, Severity, Value};
use crate::ui::action::Action;
use crate::ui::signs;
use crate::words::fields;
use egui::{
    Align2, FontId, Id, Key, Rect, Response, Role, Sense, TextStyle, TextWrapMode, Ui, WidgetInfo,
    WidgetText, vec2,
};

const GAP: f32 = 4.0;

/// "The rest is intact": the command for the must-haves and the group that is unfolded.
/// `None` where all of them were looked at.
pub fn rest_intact(state: &FormState, estate: &Estate, items: &Items) -> Option<Command> {
    let cells = visible_cells(items, state.open_group);
    rest_of(estate, cells.iter().map(|cell| cell.item))
}

pub(super) fn rest_of(estate: &Estate, items: impl Iterator<Item = ItemCode>) -> Option<Command> {
    let items: Vec<_> = items
        .filter(|item| !estate.gaps.contains_key(item))
        .collect();
    (!items.is_empty()).then_some(Command::RestIntact {
        estate: estate.id,
        items,
    })
}

/// The must-haves and the unfolded group, in the order the arrows walk them.
pub(super) fn visible_cells(items: &Items, open_group: Option<char>) -> Vec<Cell> {
    let essentials = essentials(items).into_iter().map(|(_, cell)| cell);
    let group = open_group.map(|group| group_cells(items, group));
    essentials.chain(group.into_iter().flatten()).collect()
}

fn grid_id() -> Id {
    Id::unique("form facilities")
}

/// Whether the letters are the grid's now.
pub fn facilities_have_focus(context: &egui::Context) -> bool {
    context.memory(|memory| memory.has_focus(grid_id()))
}

pub fn facilities(ui: &mut Ui, form: &mut Form<'_>, estate: &Estate) {
    let items = form.input.items;
    let grid_id = grid_id();
    if let Some(Field::Gap(item)) = form.state.go_to {
        form.state.go_to = None;
        form.state.facility = Some(item);
        if essentials(items).iter().all(|(_, cell)| cell.item != item) {
            form.state.open_group = Some(item.group());
        }
        ui.memory_mut(|memory| memory.request_focus(grid_id));
    }
    if std::mem::take(&mut form.state.grid_clicked) {
        ui.memory_mut(|memory| memory.request_focus(grid_id));
    }
    let focused = ui.memory(|memory| memory.has_focus(grid_id));
    if focused && ui.is_enabled() {
        keys(ui, grid_id, form, estate);
    }
    let top = ui.cursor().min;
    essential_cells(ui, form, estate, grid_id);
    let grid = ui.interact(
        Rect::from_min_max(top, ui.min_rect().max),
        grid_id,
        Sense::focusable_noninteractive(),
    );
    let name = form.language().text("form.facilities");
    grid.widget_info(|| WidgetInfo::labeled(Role::Grid, ui.is_enabled(), name.clone()));
    if grid.gained_focus() {
        grid.scroll_to_me(None);
    }
    if focused {
        let help = form.language().text("form.facility_keys");
        let help = signs::beneath(ui, help).weak();
        ui.add(egui::Label::new(help).wrap());
    }
    for (_, cell) in essentials(items) {
        issues_of(ui, form, &Field::Gap(cell.item));
    }
    steady(ui, "rest", |ui| rest_buttons(ui, form, estate));
    for group in groups(items) {
        group_of_cells(ui, form, estate, grid_id, group);
    }
}

/// Water, power, road, gas: side by side, one look.
fn essential_cells(ui: &mut Ui, form: &mut Form<'_>, estate: &Estate, grid_id: Id) {
    let cells = essentials(form.input.items);
    let count = cells.len().max(1) as f32;
    let width = (ui.available_width() - GAP * (count - 1.0)) / count;
    let line = ui.text_style_height(&TextStyle::Body);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        for (utility, cell) in cells {
            let label = fields::utility_label(form.language(), utility);
            let size = vec2(width, 2.0 * line + 12.0);
            let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
            let severity = estate.gaps.get(&cell.item).copied();
            let visuals = ui.visuals().clone();
            let ink = signs::severity_ink(&visuals, severity);
            signs::paint_severity_ground(ui.painter(), rect, &visuals, severity);
            let font = TextStyle::Body.resolve(ui.style());
            let inner = rect.shrink2(vec2(5.0, 4.0));
            let key = paint_key(ui, inner.left_top(), cell.key, ink);
            ui.painter().text(
                inner.left_top() + vec2(key + 5.0, 0.0),
                Align2::LEFT_TOP,
                label,
                font.clone(),
                ink,
            );
            paint_state(ui, form, inner.left_bottom(), Align2::LEFT_BOTTOM, severity);
            after_cell(ui, form, estate, grid_id, cell, response);
        }
    });
}

/// One of the guidance's groups, folded or with a line an item.
fn group_of_cells(ui: &mut Ui, form: &mut Form<'_>, estate: &Estate, grid_id: Id, group: char) {
    let language = form.language();
    let cells = group_cells(form.input.items, group);
    let total = cells.len();
    let seen = cells
        .iter()
        .filter(|cell| estate.gaps.contains_key(&cell.item))
        .count();
    let name = language
        .text_if_any(&format!("form.group.{group}"))
        .unwrap_or_else(|| group.to_string().into());
    let title = language.text_with(
        "form.group_heading",
        &[("group", &name), ("seen", &seen), ("total", &total)],
    );
    let open = form.state.open_group == Some(group);
    if fold_heading(ui, Id::unique(("form group", group)), &title, open) {
        form.state.open_group = (!open).then_some(group);
        if !open {
            // Its keys are at hand at once.
            form.state.facility = cells.first().map(|cell| cell.item);
            ui.memory_mut(|memory| memory.request_focus(grid_id));
        }
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
        item_line(ui, form, estate, grid_id, cell);
        issues_of(ui, form, &Field::Gap(cell.item));
    }
}

fn item_line(ui: &mut Ui, form: &mut Form<'_>, estate: &Estate, grid_id: Id, cell: Cell) {
    let height = ui.text_style_height(&TextStyle::Body) + 6.0;
    let size = vec2(ui.available_width(), height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
    if ui.is_rect_visible(rect) {
        let severity = estate.gaps.get(&cell.item).copied();
        let state_width = TextStyle::Body.resolve(ui.style()).size * 5.7;
        let state = Rect::from_min_max(rect.right_top() - vec2(state_width, 0.0), rect.max);
        let visuals = ui.visuals().clone();
        if response.hovered() {
            ui.painter()
                .rect_filled(rect, 3.0, visuals.widgets.hovered.weak_bg_fill);
        }
        signs::paint_severity_ground(ui.painter(), state, &visuals, severity);
        paint_state(ui, form, state.center(), Align2::CENTER_CENTER, severity);
        let ink = visuals.text_color();
        let middle = rect.left_center() + vec2(2.0, -0.5 * (height - 6.0));
        paint_key(ui, middle, cell.key, ink);
        let left = rect.left() + 26.0;
        let galley = WidgetText::from(form.label(&Field::Gap(cell.item))).into_galley(
            ui,
            Some(TextWrapMode::Truncate),
            state.left() - left - 6.0,
            TextStyle::Body,
        );
        let at = egui::pos2(left, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, ink);
    }
    after_cell(ui, form, estate, grid_id, cell, response);
}

/// Draws the key of a cell; returns how wide it is.
fn paint_key(ui: &Ui, left_top: egui::Pos2, key: Option<Key>, ink: egui::Color32) -> f32 {
    let Some(key) = key else {
        return 0.0;
    };
    let font = FontId::monospace(TextStyle::Small.resolve(ui.style()).size);
    let side = ui.text_style_height(&TextStyle::Body);
    let rect = Rect::from_min_size(left_top, vec2(side, side)).shrink(1.5);
    let stroke = egui::Stroke::new(1.0, ink.gamma_multiply(0.7));
    ui.painter()
        .rect_stroke(rect, 3.0, stroke, egui::StrokeKind::Inside);
    ui.painter().text(
        rect.center(),
        Align2::CENTER_CENTER,
        key.symbol_or_name(),
        font,
        ink,
    );
    side
}

/// Sign and word of a severity.
fn paint_state(
    ui: &Ui,
    form: &Form<'_>,
    at: egui::Pos2,
    anchor: Align2,
    severity: Option<Severity>,
) {
    let word = fields::severity_label(form.language(), severity);
    let text = format!("{} {word}", signs::severity_sign(severity));
    let font = TextStyle::Body.resolve(ui.style());
    let ink = signs::severity_ink(ui.visuals(), severity);
    ui.painter().text(at, anchor, text, font, ink);
}

/// Name, hover, focus ring and clicks of a cell that has been painted.
fn after_cell(
    ui: &Ui,
    form: &mut Form<'_>,
    estate: &Estate,
    grid_id: Id,
    cell: Cell,
    response: Response,
) {
    let field = Field::Gap(cell.item);
    let severity = estate.gaps.get(&cell.item).copied();
    let label = form.label(&field);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), label.as_str()));
    let state = fields::severity_label(form.language(), severity);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_value(state.as_ref());
    });
    let focused = ui.memory(|memory| memory.has_focus(grid_id));
    let pointer_came = response.hovered() && ui.input(|input| input.pointer.is_moving());
    if focused && pointer_came {
        form.state.facility = Some(cell.item);
    }
    if focused && at_cell(form) == Some(cell.item) {
        let ring = signs::focus_ring(ui.visuals());
        ui.painter()
            .rect_stroke(response.rect, 3.0, ring, egui::StrokeKind::Inside);
    }
    if response.clicked() || response.secondary_clicked() {
        form.state.facility = Some(cell.item);
        // From the next frame on: in the frame of a click, the grid takes a click on its own cell
        // for a reason to give the focus up.
        form.state.grid_clicked = true;
        ui.ctx().request_repaint();
        let severity = match response.clicked() {
            true => onward(severity),
            false => back(severity),
        };
        set(form, cell.item, severity);
    }
    let hover = format!("{label}\n{}", about(form, &field));
    response.on_hover_text(hover);
}

/// The cell that the keyboard is on: the first until it was moved.
pub(super) fn at_cell(form: &Form<'_>) -> Option<ItemCode> {
    let cells = visible_cells(form.input.items, form.state.open_group);
    let at = form.state.facility;
    let found = cells.iter().find(|cell| Some(cell.item) == at);
    found.or(cells.first()).map(|cell| cell.item)
}

pub(super) fn set(form: &mut Form<'_>, item: ItemCode, severity: Option<Severity>) {
    let value = severity.map(|severity| Value::Code(severity.key().to_owned()));
    form.set(Field::Gap(item), value);
}

fn rest_buttons(ui: &mut Ui, form: &mut Form<'_>, estate: &Estate) {
    let items = form.input.items;
    let visible = rest_intact(form.state, estate, items);
    let all = rest_of(estate, items.iter().map(|item| item.code));
    ui.horizontal_wrapped(|ui| {
        for (key, shortcut, command) in [
            ("form.rest_intact", "=", visible),
            ("form.all_rest_intact", "+", all),
        ] {
            let name = form.language().text(key);
            let count = match &command {
                Some(Command::RestIntact { items, .. }) => items.len(),
                _ => 0,
            };
            let button = egui::Button::new(format!("{name} ({count})")).shortcut_text(shortcut);
            let response = ui
                .add_enabled(command.is_some(), button)
                .accessible_name(name.as_ref())
                .on_disabled_hover_text(form.language().text("form.nothing_left"));
            if response.clicked()
                && let Some(command) = command
            {
                form.actions.push(Action::Edit(command));
            }
        }
    });
}
