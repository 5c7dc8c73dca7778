//! The ranking. Only the rows in view are drawn. The table is one stop of the Tab key; arrows move
//! the selection, Enter shows it on the map.

use super::cells::{Cells, Fold, cut_row, group_row, heading, width};
use super::lines::{Column, Grouping, Line};
use super::{PlannerInput, PlannerState};
use crate::model::{Batch, Coded, EstateId};
use crate::rules::recognition::RecognitionVerdict;
use crate::ui::action::{Action, Selection};
use crate::ui::signs;
use crate::ui::theme::BOX_HEIGHT;
use crate::words::fields::{coded_label, record_name};
use crate::words::planning::reason_text;
use egui::{
    Align, ComboBox, EventFilter, Id, Key, Modifiers, Role, ScrollArea, Sense, TextEdit, TextStyle,
    Ui, WidgetInfo, WidgetText,
};
use egui_extras::{Column as Width, TableBuilder, TableRow};
use std::collections::BTreeSet;

/// A row is reached with the mouse alone: the table is one stop of the Tab key.
const MOUSE_ONLY: Sense = Sense::CLICK;
const GAP: f32 = 4.0;

pub fn table_ui(ui: &mut Ui, state: &mut PlannerState, input: &PlannerInput<'_>) -> Vec<Action> {
    filters_ui(ui, state, input);
    let Some(ranking) = &state.ranking else {
        return Vec::new();
    };
    let (survey, language) = (input.survey, input.language);
    state.lines.update(ranking, survey, &state.wanted, language);
    ui.horizontal_wrapped(|ui| {
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("listed", &state.lines.estates), ("all", &state.lines.all)];
        ui.weak(language.text_with("planner.listed", &values));
    });
    rows_ui(ui, state, input)
}

fn filters_ui(ui: &mut Ui, state: &mut PlannerState, input: &PlannerInput<'_>) {
    let language = input.language;
    let wanted = &mut state.wanted;
    ui.horizontal_wrapped(|ui| {
        let hint = language.text("planner.search");
        let edit = TextEdit::singleline(&mut wanted.text)
            .hint_text(&*hint)
            .desired_width(110.0)
            .min_size(egui::vec2(0.0, BOX_HEIGHT));
        ui.add(edit).accessible_name(hint);
        let any = language.text("planner.any_verdict");
        let verdicts = [
            RecognitionVerdict::Recognised,
            RecognitionVerdict::NotRecognised,
            RecognitionVerdict::Undetermined,
        ];
        let word = |verdict: RecognitionVerdict| {
            language.text(&format!("planner.verdict.{}", verdict.key()))
        };
        choice(
            ui,
            "planner.filter_verdict",
            input,
            &mut wanted.verdict,
            |verdict| match verdict {
                Some(verdict) => word(verdict).into_owned(),
                None => any.to_string(),
            },
            verdicts.map(Some).into_iter().chain([None]),
        );
        let any = language.text("planner.any_batch");
        let batches = Batch::ALL.iter().copied().map(Some).chain([None]);
        choice(
            ui,
            "planner.filter_batch",
            input,
            &mut wanted.batch,
            |batch| match batch {
                Some(batch) => coded_label(language, batch).into_owned(),
                None => any.to_string(),
            },
            batches,
        );
        let grouping = |grouping: Grouping| {
            language
                .text(&format!("planner.grouping.{}", grouping.key()))
                .into_owned()
        };
        choice(
            ui,
            "planner.grouped_by",
            input,
            &mut wanted.grouping,
            grouping,
            Grouping::ALL,
        );
    });
}

/// A list to choose from, under its name.
fn choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    input: &PlannerInput<'_>,
    chosen: &mut T,
    text: impl Fn(T) -> String,
    all: impl IntoIterator<Item = T>,
) {
    let combo = ComboBox::from_id_salt(name)
        .selected_text(text(*chosen))
        .width(96.0)
        .truncate()
        .show_ui(ui, |ui| {
            for value in all {
                ui.selectable_value(chosen, value, text(value));
            }
        });
    let name = input.language.text(name);
    combo.response.on_hover_text(&*name).accessible_name(name);
}

fn rows_ui(ui: &mut Ui, state: &mut PlannerState, input: &PlannerInput<'_>) -> Vec<Action> {
    let mut actions = Vec::new();
    let table_id = Id::unique("ranking");
    let focused = ui.memory(|memory| memory.has_focus(table_id));
    let mut scroll_to = None;
    if focused {
        scroll_to = walk(ui, table_id, state, input, &mut actions);
    }
    let selected = input.selection.last().copied();
    if selected != state.seen {
        state.seen = selected;
        let line = line_of(state, selected);
        scroll_to = scroll_to.or(line.map(|line| (line, Some(Align::Center))));
    }
    let area = ui.available_rect_before_wrap();
    let chosen: BTreeSet<EstateId> = input.selection.iter().copied().collect();
    let clicked = ScrollArea::horizontal()
        .auto_shrink(false)
        .show(ui, |ui| {
            table(ui, area.width(), scroll_to, state, input, &chosen)
        })
        .inner;
    let whole = ui.interact(area, table_id, Sense::focusable_noninteractive());
    let name = input.language.text("planner.ranking");
    whole.widget_info(|| WidgetInfo::labeled(Role::Table, ui.is_enabled(), name.clone()));
    if focused {
        let ring = signs::focus_ring(ui.visuals());
        let inside = egui::StrokeKind::Inside;
        ui.painter().rect_stroke(area, 2.0, ring, inside);
    }
    match clicked {
        Some(Clicked::Group(key)) => {
            let folded = &mut state.wanted.folded;
            if !folded.remove(&key) {
                folded.insert(key);
            }
        }
        Some(Clicked::Estate(id, how)) => {
            ui.memory_mut(|memory| memory.request_focus(table_id));
            // The user sees the row already.
            state.seen = Some(id);
            actions.push(Action::Select(match how {
                How::Also => Selection::Toggle(id),
                How::Alone | How::Twice | How::ToPlace => Selection::Only(id),
            }));
            match how {
                How::Alone | How::Also => {}
                How::Twice => actions.push(Action::ShowOnMap(id)),
                How::ToPlace => state.place.open(id, input.author),
            }
        }
        None => {}
    }
    actions
}

fn line_of(state: &PlannerState, selected: Option<EstateId>) -> Option<usize> {
    state.lines.line_of(state.ranking.as_ref()?, selected?)
}

enum Clicked {
    Group(String),
    Estate(EstateId, How),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    Alone,
    Also,
    Twice,
    /// From the menu under a right click.
    ToPlace,
}

fn table(
    ui: &mut Ui,
    room: f32,
    scroll_to: Option<(usize, Option<Align>)>,
    state: &mut PlannerState,
    input: &PlannerInput<'_>,
    chosen: &BTreeSet<EstateId>,
) -> Option<Clicked> {
    let ranking = state.ranking.as_ref()?;
    let em = TextStyle::Body.resolve(ui.style()).size;
    let height = ui.text_style_height(&TextStyle::Body) + 6.0;
    let clip = ui.clip_rect();
    ui.spacing_mut().item_spacing = egui::vec2(GAP, 0.0);
    let mut builder = TableBuilder::new(ui)
        .id_salt("ranking rows")
        .striped(true)
        .sense(MOUSE_ONLY)
        .auto_shrink(false)
        .animate_scrolling(false)
        .min_scrolled_height(0.0);
    for width in widths(em, room) {
        builder = builder.column(Width::exact(width).clip(true));
    }
    if let Some((line, align)) = scroll_to {
        builder = builder.scroll_to_row(line, align);
    }
    let mut sort = state.wanted.sort;
    let table = builder.header(height + 2.0, |mut header| {
        for column in Column::ALL {
            header.col(|ui| heading(ui, column, &mut sort, input.language));
        }
    });
    let mut clicked = None;
    let lines = &state.lines;
    table.body(|body| {
        body.rows(height, lines.lines.len(), |mut row| {
            match lines.lines[row.index()] {
                Line::Group(group) => {
                    let group = &lines.groups[group];
                    let fold = match state.wanted.folded.contains(&group.key) {
                        true => Fold::Folded,
                        false => Fold::Open,
                    };
                    group_row(&mut row, clip, group, fold, input.language);
                    if row.response().clicked() {
                        clicked = Some(Clicked::Group(group.key.clone()));
                    }
                }
                Line::Cut(plan) => {
                    let plan = &ranking.plans[plan as usize].1;
                    cut_row(&mut row, clip, plan, input.language);
                }
                Line::Estate(place) => {
                    let placed = ranking.placed(place);
                    let is_chosen = chosen.contains(&placed.estate);
                    row.set_selected(is_chosen);
                    let Some(cells) = Cells::of(ranking, place, input) else {
                        return;
                    };
                    if let Some(how) = estate_row(&mut row, &cells, is_chosen, input) {
                        clicked = Some(Clicked::Estate(placed.estate, how));
                    }
                }
            }
        });
    });
    state.wanted.sort = sort;
    clicked
}

/// The name takes the room that the others leave; where they leave none, the table is wider.
fn widths(em: f32, room: f32) -> Vec<f32> {
    const SCROLL_BAR: f32 = 20.0;
    let widths = Column::ALL.map(|column| width(column, em));
    let all = widths.iter().sum::<f32>() + GAP * widths.len() as f32 + SCROLL_BAR;
    let left = (room - all).max(0.0);
    let wider = |(column, width): (Column, f32)| match column {
        Column::Name => width + left,
        _ => width,
    };
    Column::ALL.into_iter().zip(widths).map(wider).collect()
}

fn estate_row(
    row: &mut TableRow<'_, '_>,
    cells: &Cells<'_>,
    is_chosen: bool,
    input: &PlannerInput<'_>,
) -> Option<How> {
    let language = input.language;
    for column in Column::ALL {
        row.col(|ui| cells.paint(ui, column));
    }
    let response = row.response();
    let name = record_name(language, input.survey, cells.estate);
    let spoken = format!("#{} {name}", cells.placed.rank);
    response.widget_info(|| WidgetInfo::selected(Role::Row, true, is_chosen, &spoken));
    let modifiers = response.ctx.input(|input| input.modifiers);
    let mut how = if response.double_clicked() || response.triple_clicked() {
        Some(How::Twice)
    } else if response.clicked() {
        match modifiers.command {
            true => Some(How::Also),
            false => Some(How::Alone),
        }
    } else if response.secondary_clicked() && !is_chosen {
        Some(How::Alone)
    } else {
        None
    };
    response.context_menu(|ui| {
        if ui.button(language.text("planner.place")).clicked() {
            how = Some(How::ToPlace);
            ui.close();
        }
        if ui.button(language.text("planner.show_on_map")).clicked() {
            how = Some(How::Twice);
            ui.close();
        }
    });
    response.on_hover_ui_at_pointer(|ui| {
        let items = &input.catalogue.items;
        ui.strong(&*name);
        let reason = reason_text(language, &cells.placed.reason, items);
        ui.add(egui::Label::new(WidgetText::from(reason)).wrap());
        for line in cells.part_lines(language) {
            ui.label(signs::beneath(ui, line));
        }
    });
    how
}

/// The keys of a table that has the focus. Returns the line to scroll to.
fn walk(
    ui: &Ui,
    table_id: Id,
    state: &mut PlannerState,
    input: &PlannerInput<'_>,
    actions: &mut Vec<Action>,
) -> Option<(usize, Option<Align>)> {
    const PAGE: isize = 15;
    ui.memory_mut(|memory| {
        let arrows = EventFilter {
            vertical_arrows: true,
            ..Default::default()
        };
        memory.set_focus_lock_filter(table_id, arrows);
    });
    let selected = input.selection.last().copied();
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if let Some(id) = selected.filter(|_| pressed(Key::Enter)) {
        actions.push(Action::ShowOnMap(id));
    }
    let far = state.lines.lines.len() as isize;
    let steps = [
        (Key::ArrowDown, 1),
        (Key::ArrowUp, -1),
        (Key::PageDown, PAGE),
        (Key::PageUp, -PAGE),
        (Key::Home, -far),
        (Key::End, far),
    ];
    let (_, by) = steps.into_iter().find(|(key, _)| pressed(*key))?;
    let from = line_of(state, selected);
    let (line, place) = state.lines.step(from, by)?;
    let id = state.ranking.as_ref()?.placed(place).estate;
    state.seen = Some(id);
    actions.push(Action::Select(Selection::Only(id)));
    Some((line, None))
}
