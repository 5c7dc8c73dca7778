//! The rows: only those in view are drawn. The table is one stop of the Tab key; arrows move the
//! selection, with Shift they extend it.

use super::cells::Cells;
use super::columns::{heading, width};
use super::{MOUSE_ONLY, TableInput, TableState};
use crate::catalogue::missing_must_haves;
use crate::model::{Estate, EstateId, Field, ListColumn};
use crate::search::RecordState;
use crate::ui::action::{Action, Selection};
use crate::ui::context_menu::{ContextInput, context_menu};
use crate::ui::signs;
use crate::ui::verb::{Take, Verb};
use crate::words::fields;
use crate::words::search::state_text;
use egui::{
    Align, EventFilter, Id, Key, Modifiers, Role, ScrollArea, Sense, TextStyle, Ui, WidgetInfo,
};
use egui_extras::{Column, TableBuilder, TableRow};

const GAP: f32 = 4.0;

/// The row to scroll to, and where it is to stand.
type ScrollTo = (usize, Option<Align>);

pub fn rows(
    ui: &mut Ui,
    state: &mut TableState,
    input: &TableInput<'_>,
    actions: &mut Vec<Action>,
) {
    let table_id = Id::unique("estate table");
    if std::mem::take(&mut state.rows_wanted) {
        ui.memory_mut(|memory| memory.request_focus(table_id));
    }
    state.selected.update(input.selection);
    let focused = ui.memory(|memory| memory.has_focus(table_id));
    let mut scroll_to = None;
    if focused {
        scroll_to = walk(ui, table_id, state, input, actions);
    }
    let selected = input.selection.last().copied();
    if selected != state.seen {
        state.seen = selected;
        let row = selected.and_then(|id| position(state, id));
        scroll_to = scroll_to.or(row.map(|row| (row, Some(Align::Center))));
    }
    let area = ui.available_rect_before_wrap();
    let clicked = ScrollArea::horizontal()
        .auto_shrink(false)
        .show(ui, |ui| {
            table(ui, area.width(), scroll_to, state, input, actions)
        })
        .inner;
    let table = ui.interact(area, table_id, Sense::focusable_noninteractive());
    let name = input.language.text("table.name");
    table.widget_info(|| WidgetInfo::labeled(Role::Table, ui.is_enabled(), name.clone()));
    if focused {
        let ring = signs::focus_ring(ui.visuals());
        ui.painter()
            .rect_stroke(area, 2.0, ring, egui::StrokeKind::Inside);
    }
    if let Some((id, click)) = clicked {
        ui.memory_mut(|memory| memory.request_focus(table_id));
        // The user sees the row already.
        state.seen = Some(id);
        actions.push(Action::Select(selection(state, id, click)));
        if click == Click::Double {
            actions.push(Action::ShowOnMap(id));
        }
    }
}

/// Draws heading and rows; returns the row that was clicked.
fn table(
    ui: &mut Ui,
    room: f32,
    scroll_to: Option<ScrollTo>,
    state: &mut TableState,
    input: &TableInput<'_>,
    actions: &mut Vec<Action>,
) -> Option<(EstateId, Click)> {
    let em = TextStyle::Body.resolve(ui.style()).size;
    let height = ui.text_style_height(&TextStyle::Body) + 6.0;
    ui.spacing_mut().item_spacing = egui::vec2(GAP, 0.0);
    let mut table = TableBuilder::new(ui)
        .id_salt("estates")
        .striped(true)
        .sense(MOUSE_ONLY)
        .auto_shrink(false)
        .animate_scrolling(false)
        .min_scrolled_height(0.0);
    let columns = state.columns.0.clone();
    for width in widths(&columns, em, room) {
        table = table.column(Column::exact(width).clip(true));
    }
    if let Some((row, align)) = scroll_to {
        table = table.scroll_to_row(row, align);
    }
    let mut sort = state.sort;
    let table = table.header(height + 2.0, |mut header| {
        for column in &columns {
            header.col(|ui| heading(ui, *column, &mut sort, input.language));
        }
    });
    let mut clicked = None;
    let ids = state.listing.ids();
    table.body(|body| {
        body.rows(height, ids.len(), |mut row| {
            let id = ids[row.index()];
            if let Some(estate) = input.survey.estate(id) {
                row.set_selected(state.selected.contains(id));
                if let Some(click) = estate_row(&mut row, &columns, state, input, estate) {
                    clicked = Some((id, click));
                }
                let menu = ContextInput {
                    language: input.language,
                    available: input.available,
                    keys: input.keys,
                };
                actions.extend(context_menu(&row.response(), menu));
            }
        });
    });
    state.sort = sort;
    clicked
}

/// The name takes the room that the others leave; where they leave none, the list is wider.
fn widths(columns: &[ListColumn], em: f32, room: f32) -> Vec<f32> {
    const SCROLL_BAR: f32 = 20.0;
    let widths: Vec<f32> = columns.iter().map(|column| width(*column, em)).collect();
    let all: f32 = widths.iter().sum::<f32>() + GAP * columns.len() as f32 + SCROLL_BAR;
    let left = (room - all).max(0.0);
    let wider = |(column, width): (&ListColumn, f32)| match column {
        ListColumn::Name => width + left,
        _ => width,
    };
    columns.iter().zip(widths).map(wider).collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Click {
    Single,
    /// With Ctrl.
    Toggle,
    /// With Shift.
    Range,
    Double,
}

/// What a click selects.
fn selection(state: &mut TableState, id: EstateId, click: Click) -> Selection {
    match click {
        Click::Range => range(state, id),
        Click::Toggle => {
            state.anchor = Some(id);
            Selection::Toggle(id)
        }
        Click::Single | Click::Double => {
            state.anchor = Some(id);
            Selection::Only(id)
        }
    }
}

/// Everything listed from the anchor to `to`, which comes last: it is where the keyboard is.
fn range(state: &mut TableState, to: EstateId) -> Selection {
    let anchor = *state.anchor.get_or_insert(to);
    let ids = state.listing.ids();
    let place = |id| ids.iter().position(|one| *one == id);
    match (place(anchor), place(to)) {
        (Some(from), Some(to)) if from <= to => Selection::These(ids[from..=to].to_vec()),
        (Some(from), Some(to)) => Selection::These(ids[to..=from].iter().rev().copied().collect()),
        _ => Selection::Only(to),
    }
}

fn position(state: &TableState, id: EstateId) -> Option<usize> {
    state.listing.ids().iter().position(|one| *one == id)
}

/// The keys of a table that has the focus. Returns the row to scroll to.
fn walk(
    ui: &Ui,
    table_id: Id,
    state: &mut TableState,
    input: &TableInput<'_>,
    actions: &mut Vec<Action>,
) -> Option<ScrollTo> {
    ui.memory_mut(|memory| {
        let arrows = EventFilter {
            vertical_arrows: true,
            ..Default::default()
        };
        memory.set_focus_lock_filter(table_id, arrows);
    });
    let last = state.listing.ids().len().checked_sub(1)?;
    let selected = input.selection.last().copied();
    if let Some(id) = selected {
        enter(ui, table_id, id, input, actions);
    }
    let at = selected.and_then(|id| position(state, id));
    let (to, extends) = step(ui, at, last)?;
    let id = state.listing.ids()[to];
    state.seen = Some(id);
    actions.push(Action::Select(match extends {
        true => {
            state.anchor = state.anchor.or(selected);
            range(state, id)
        }
        false => {
            state.anchor = Some(id);
            Selection::Only(id)
        }
    }));
    Some((to, None))
}

/// Where an arrow leads from `at`, and whether Shift keeps what is selected.
fn step(ui: &Ui, at: Option<usize>, last: usize) -> Option<(usize, bool)> {
    const PAGE: usize = 15;
    let forth = |by: usize| at.map_or(0, |at| (at + by).min(last));
    let back = |by: usize| at.map_or(0, |at| at.saturating_sub(by));
    let steps = [
        (Key::ArrowDown, forth(1)),
        (Key::ArrowUp, back(1)),
        (Key::PageDown, forth(PAGE)),
        (Key::PageUp, back(PAGE)),
        (Key::Home, 0),
        (Key::End, last),
    ];
    ui.input_mut(|input| {
        let mut pressed = |modifiers, key| input.consume_key(modifiers, key);
        steps.into_iter().find_map(|(key, to)| {
            // A key without modifiers would also answer to Shift, so Shift is asked first.
            match pressed(Modifiers::SHIFT, key) {
                true => Some((to, true)),
                false => pressed(Modifiers::NONE, key).then_some((to, false)),
            }
        })
    })
}

/// Enter shows the record, and draws for it where it waits.
fn enter(ui: &Ui, table_id: Id, id: EstateId, input: &TableInput<'_>, actions: &mut Vec<Action>) {
    if !ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
        return;
    }
    actions.push(Action::ShowOnMap(id));
    let estate = input.survey.estate(id);
    if estate.is_some_and(|estate| estate.waits_for_boundary()) {
        actions.push(Action::Do(Verb::Take(Take::Draw)));
        // From here on the keys are the map's.
        ui.memory_mut(|memory| memory.surrender_focus(table_id));
    }
}

fn estate_row(
    row: &mut TableRow<'_, '_>,
    columns: &[ListColumn],
    state: &TableState,
    input: &TableInput<'_>,
    estate: &Estate,
) -> Option<Click> {
    let missing = missing_must_haves(estate, input.items).len();
    let name = fields::record_name(input.language, input.survey, estate);
    let cells = Cells {
        input,
        estate,
        name: &name,
        state: RecordState::of(estate, missing),
    };
    for column in columns {
        row.col(|ui| cells.paint(ui, *column));
    }
    let response = row.response();
    let selected = state.selected.contains(estate.id);
    response.widget_info(|| WidgetInfo::selected(Role::Row, true, selected, &name));
    let modifiers = response.ctx.input(|input| input.modifiers);
    // egui counts a click elsewhere just before in: a quick double click may be its third.
    let click = if response.secondary_clicked() && !selected {
        Some(Click::Single)
    } else if response.clicked() && modifiers.shift {
        Some(Click::Range)
    } else if response.double_clicked() || response.triple_clicked() {
        Some(Click::Double)
    } else if response.clicked() {
        match modifiers.command {
            true => Some(Click::Toggle),
            false => Some(Click::Single),
        }
    } else {
        None
    };
    response.on_hover_ui_at_pointer(|ui| hover(ui, &cells, missing));
    click
}

/// What the narrow columns leave out.
fn hover(ui: &mut Ui, cells: &Cells<'_, '_>, missing: usize) {
    let (input, estate) = (cells.input, cells.estate);
    let language = input.language;
    ui.strong(cells.name);
    if !estate.address.is_empty() {
        ui.label(&estate.address);
    }
    ui.label(state_text(language, cells.state, missing));
    let area = estate.get(&Field::FloorArea);
    if area.is_some() {
        ui.label(fields::value_text(
            language,
            &Field::FloorArea,
            area.as_ref(),
        ));
    }
    if let Some(row) = fields::row_text(language, input.survey, estate) {
        ui.weak(row);
    }
}
