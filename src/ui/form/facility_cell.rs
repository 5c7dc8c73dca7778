//! How a cell of the facility grid looks, and what a click on it does.

use super::facilities::{CellState, at_cell, grid_id, set, state_of};
use super::facility_keys::{Cell, essentials};
use super::facility_presses::{back, onward};
use super::row::about;
use super::{Form, facility_about};
use crate::model::{Field, Severity};
use crate::ui::signs;
use crate::words::fields;
use egui::{
    Align2, Color32, FontId, Key, Pos2, Rect, Response, Role, Sense, TextStyle, TextWrapMode, Ui,
    WidgetInfo, WidgetText, vec2,
};
use std::borrow::Cow;

const GAP: f32 = 4.0;

/// Water, power, road, gas: side by side, one look.
pub fn essential_cells(ui: &mut Ui, form: &mut Form<'_>) {
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
            let state = state_of(form, cell.item);
            let visuals = ui.visuals().clone();
            let ink = signs::severity_ink(&visuals, state.severity());
            signs::paint_severity_ground(ui.painter(), rect, &visuals, state.severity());
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
            paint_state(ui, form, inner.left_bottom(), Align2::LEFT_BOTTOM, state);
            after_cell(ui, form, cell, state, response);
        }
    });
}

/// One item of a group: its key, its name, its state.
pub fn item_line(ui: &mut Ui, form: &mut Form<'_>, cell: Cell) {
    let height = ui.text_style_height(&TextStyle::Body) + 6.0;
    let size = vec2(ui.available_width(), height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
    let state = state_of(form, cell.item);
    if ui.is_rect_visible(rect) {
        let state_width = TextStyle::Body.resolve(ui.style()).size * 5.7;
        let ground = Rect::from_min_max(rect.right_top() - vec2(state_width, 0.0), rect.max);
        let visuals = ui.visuals().clone();
        if response.hovered() {
            ui.painter()
                .rect_filled(rect, 3.0, visuals.widgets.hovered.weak_bg_fill);
        }
        signs::paint_severity_ground(ui.painter(), ground, &visuals, state.severity());
        paint_state(ui, form, ground.center(), Align2::CENTER_CENTER, state);
        let ink = visuals.text_color();
        let middle = rect.left_center() + vec2(2.0, -0.5 * (height - 6.0));
        paint_key(ui, middle, cell.key, ink);
        let left = rect.left() + 26.0;
        let galley = WidgetText::from(form.label(&Field::Gap(cell.item))).into_galley(
            ui,
            Some(TextWrapMode::Truncate),
            ground.left() - left - 6.0,
            TextStyle::Body,
        );
        let at = egui::pos2(left, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, ink);
    }
    after_cell(ui, form, cell, state, response);
}

/// Draws a key as it is printed on the keyboard; returns how wide it is.
pub fn paint_key(ui: &Ui, left_top: Pos2, key: Option<Key>, ink: Color32) -> f32 {
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

/// Sign and word of a state.
fn paint_state(ui: &Ui, form: &Form<'_>, at: Pos2, anchor: Align2, state: CellState) {
    let sign = match state {
        CellState::Same(severity) => signs::severity_sign(severity),
        CellState::Different => "≠",
    };
    let text = format!("{sign} {}", state_word(form, state));
    let font = TextStyle::Body.resolve(ui.style());
    let ink = signs::severity_ink(ui.visuals(), state.severity());
    ui.painter().text(at, anchor, text, font, ink);
}

fn state_word(form: &Form<'_>, state: CellState) -> Cow<'static, str> {
    match state {
        CellState::Same(severity) => fields::severity_label(form.language(), severity),
        CellState::Different => form.language().text("form.mixed"),
    }
}

/// Name, hover, focus ring and clicks of a cell that has been painted.
fn after_cell(ui: &Ui, form: &mut Form<'_>, cell: Cell, state: CellState, response: Response) {
    let field = Field::Gap(cell.item);
    let label = form.label(&field);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), label.as_str()));
    let word = state_word(form, state);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_value(word.as_ref());
    });
    let focused = ui.memory(|memory| memory.has_focus(grid_id()));
    let pointer_came = response.hovered() && ui.input(|input| input.pointer.is_moving());
    if focused && pointer_came {
        form.state.grid.at = Some(cell.item);
        form.state.grid.shown = Some(cell.item);
    }
    if focused && at_cell(form) == Some(cell.item) {
        let ring = signs::focus_ring(ui.visuals());
        ui.painter()
            .rect_stroke(response.rect, 3.0, ring, egui::StrokeKind::Inside);
        if form.state.grid.shown != Some(cell.item) {
            form.state.grid.shown = Some(cell.item);
            response.scroll_to_me(None);
        }
    }
    let step: Option<fn(Option<Severity>) -> Option<Severity>> =
        match (response.clicked(), response.secondary_clicked()) {
            (true, _) => Some(onward),
            (_, true) => Some(back),
            (false, false) => None,
        };
    if let Some(step) = step {
        form.state.grid.at = Some(cell.item);
        form.state.grid.shown = Some(cell.item);
        // From the next frame on: in the frame of a click, the grid takes a click on its own cell
        // for a reason to give the focus up.
        form.state.grid.clicked = true;
        ui.ctx().request_repaint();
        set(form, cell.item, step(state.severity()));
    }
    response.on_hover_ui(|ui| {
        ui.label(label);
        if let Some(item) = form.input.items.get(cell.item) {
            let notes = facility_about::notes(form.language(), item);
            if !notes.is_empty() {
                ui.weak(notes.join(" · "));
            }
        }
        ui.label(about(form, &field));
    });
}
