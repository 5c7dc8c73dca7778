//! The rows: only those in view are drawn. The table is one stop of the Tab key; arrows move the
//! selection.

use super::listing::{Direction, RecordState, SortBy};
use super::{MOUSE_ONLY, TableInput, TableState, sorted_by};
use crate::catalogue::missing_must_haves;
use crate::model::{Estate, EstateId, Field, Severity};
use crate::rules::checks::Gravity;
use crate::ui::action::{Action, Selection};
use crate::ui::context_menu::{ContextInput, context_menu};
use crate::ui::icons;
use crate::ui::signs;
use crate::words::Language;
use crate::words::fields;
use egui::{
    Align, Align2, Button, Color32, EventFilter, Id, Key, Modifiers, RichText, Role, Sense,
    TextStyle, TextWrapMode, Ui, WidgetInfo, WidgetText,
};
use egui_extras::{Column, TableBuilder, TableRow};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    State,
    Name,
    Year,
    Households,
    WorstEssential,
    Willingness,
    Issues,
}

const COLUMNS: [Shown; 7] = [
    Shown::State,
    Shown::Name,
    Shown::Year,
    Shown::Households,
    Shown::WorstEssential,
    Shown::Willingness,
    Shown::Issues,
];

impl Shown {
    fn heading_key(self) -> &'static str {
        match self {
            Self::State => "table.column.state",
            Self::Name => "table.column.name",
            Self::Year => "table.column.year",
            Self::Households => "table.column.households",
            Self::WorstEssential => "table.column.worst_essential",
            Self::Willingness => "table.column.willingness",
            Self::Issues => "table.column.issues",
        }
    }

    fn sort(self) -> Option<SortBy> {
        match self {
            Self::State => Some(SortBy::State),
            Self::Name => Some(SortBy::Name),
            Self::Year => Some(SortBy::Year),
            Self::Households => Some(SortBy::Households),
            Self::WorstEssential | Self::Willingness | Self::Issues => None,
        }
    }

    fn column(self, em: f32) -> Column {
        match self {
            Self::State => Column::exact(em * 1.5),
            Self::Name => Column::remainder().at_least(em * 4.0).clip(true),
            Self::Year => Column::exact(em * 2.9),
            Self::Households => Column::exact(em * 3.2),
            Self::WorstEssential => Column::exact(em * 2.4),
            Self::Willingness => Column::exact(em * 3.0),
            Self::Issues => Column::exact(em * 3.1),
        }
    }
}

pub fn rows(
    ui: &mut Ui,
    state: &mut TableState,
    input: &TableInput<'_>,
    actions: &mut Vec<Action>,
) {
    let table_id = Id::unique("estate table");
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
    let em = TextStyle::Body.resolve(ui.style()).size;
    let height = ui.text_style_height(&TextStyle::Body) + 6.0;
    let area = ui.available_rect_before_wrap();
    ui.spacing_mut().item_spacing = egui::vec2(4.0, 0.0);
    let mut table = TableBuilder::new(ui)
        .id_salt("estates")
        .striped(true)
        .sense(MOUSE_ONLY)
        .auto_shrink(false)
        .animate_scrolling(false)
        .min_scrolled_height(0.0);
    for shown in COLUMNS {
        table = table.column(shown.column(em));
    }
    if let Some((row, align)) = scroll_to {
        table = table.scroll_to_row(row, align);
    }
    let mut sort = state.sort;
    let table = table.header(height + 2.0, |mut header| {
        for shown in COLUMNS {
            header.col(|ui| heading(ui, shown, &mut sort, input.language));
        }
    });
    let mut clicked = None;
    let ids = state.listing.ids();
    table.body(|body| {
        body.rows(height, ids.len(), |mut row| {
            let id = ids[row.index()];
            if let Some(estate) = input.survey.estate(id) {
                row.set_selected(input.selection.contains(&id));
                if let Some(click) = estate_row(&mut row, input, estate) {
                    clicked = Some((id, click));
                }
                let menu = ContextInput {
                    language: input.language,
                    available: input.available,
                };
                actions.extend(context_menu(&row.response(), menu));
            }
        });
    });
    state.sort = sort;
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
        actions.push(Action::Select(match click {
            Click::Toggle => Selection::Toggle(id),
            Click::Single | Click::Double => Selection::Only(id),
        }));
        if click == Click::Double {
            actions.push(Action::ShowOnMap(id));
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Click {
    Single,
    Toggle,
    Double,
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
) -> Option<(usize, Option<Align>)> {
    const PAGE: usize = 15;
    ui.memory_mut(|memory| {
        let arrows = EventFilter {
            vertical_arrows: true,
            ..Default::default()
        };
        memory.set_focus_lock_filter(table_id, arrows);
    });
    let last = state.listing.ids().len().checked_sub(1)?;
    let selected = input.selection.last().copied();
    let at = selected.and_then(|id| position(state, id));
    let to = ui.input_mut(|input| {
        let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
        let step = |by: usize| at.map_or(0, |at| (at + by).min(last));
        let step_back = |by: usize| at.map_or(0, |at| at.saturating_sub(by));
        if pressed(Key::ArrowDown) {
            Some(step(1))
        } else if pressed(Key::ArrowUp) {
            Some(step_back(1))
        } else if pressed(Key::PageDown) {
            Some(step(PAGE))
        } else if pressed(Key::PageUp) {
            Some(step_back(PAGE))
        } else if pressed(Key::Home) {
            Some(0)
        } else if pressed(Key::End) {
            Some(last)
        } else {
            None
        }
    });
    if let (Some(id), true) = (
        selected,
        ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)),
    ) {
        actions.push(Action::ShowOnMap(id));
    }
    let id = state.listing.ids()[to?];
    state.seen = Some(id);
    actions.push(Action::Select(Selection::Only(id)));
    to.map(|row| (row, None))
}

fn heading(ui: &mut Ui, shown: Shown, sort: &mut super::Sort, language: Language) {
    let title = language.text(shown.heading_key());
    let full = language.text(&format!("{}_full", shown.heading_key()));
    let Some(by) = shown.sort() else {
        let label = egui::Label::new(RichText::new(title).weak()).truncate();
        ui.add(label).on_hover_text(full);
        return;
    };
    let arrow = match (sort.by == by, sort.direction) {
        (false, _) => "",
        (true, Direction::Ascending) => icons::ARROW_UP,
        (true, Direction::Descending) => icons::ARROW_DOWN,
    };
    let button = Button::new(RichText::new(format!("{title}{arrow}")).weak())
        .frame(false)
        .sense(MOUSE_ONLY)
        .truncate();
    let name = language.text_with("table.sort_name", &[("column", &full)]);
    let response = ui.add(button).accessible_name(name).on_hover_text(full);
    if response.clicked() {
        *sort = sorted_by(*sort, by);
    }
}

fn estate_row(
    row: &mut TableRow<'_, '_>,
    input: &TableInput<'_>,
    estate: &Estate,
) -> Option<Click> {
    let language = input.language;
    let missing = missing_must_haves(estate, input.items).len();
    let record_state = RecordState::of(estate, missing);
    let name = fields::record_name(language, input.survey, estate);
    for shown in COLUMNS {
        row.col(|ui| match shown {
            Shown::State => state_cell(ui, record_state),
            Shown::Name => name_cell(ui, estate, &name),
            Shown::Year => text_cell(ui, &year_text(estate), Align2::RIGHT_CENTER),
            Shown::Households => {
                let text = estate
                    .households
                    .map(|count| fields::with_separators(u64::from(count)));
                text_cell(ui, &text.unwrap_or_else(unknown), Align2::RIGHT_CENTER);
            }
            Shown::WorstEssential => {
                severity_cell(ui, input.items.worst_essential(estate));
            }
            Shown::Willingness => {
                let text = estate
                    .willingness
                    .map(|level| fields::coded_label(language, level).into_owned());
                text_cell(ui, &text.unwrap_or_else(unknown), Align2::CENTER_CENTER);
            }
            Shown::Issues => issues_cell(ui, (input.issue_counts)(estate.id)),
        });
    }
    let response = row.response();
    let selected = input.selection.contains(&estate.id);
    response.widget_info(|| WidgetInfo::selected(Role::Row, true, selected, &name));
    // egui counts a click elsewhere just before in: a quick double click may be its third.
    let click = if response.secondary_clicked() && !selected {
        Some(Click::Single)
    } else if response.double_clicked() || response.triple_clicked() {
        Some(Click::Double)
    } else if response.clicked() {
        match response.ctx.input(|input| input.modifiers.command) {
            true => Some(Click::Toggle),
            false => Some(Click::Single),
        }
    } else {
        None
    };
    response.on_hover_ui_at_pointer(|ui| {
        hover(ui, input, estate, record_state, missing, &name);
    });
    click
}

/// What the narrow columns leave out.
fn hover(
    ui: &mut Ui,
    input: &TableInput<'_>,
    estate: &Estate,
    record_state: RecordState,
    missing: usize,
    name: &str,
) {
    let language = input.language;
    ui.strong(name);
    if !estate.address.is_empty() {
        ui.label(&estate.address);
    }
    ui.label(language.text_with(record_state.key(), &[("missing", &missing)]));
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

/// "Not surveyed" in a narrow column.
fn unknown() -> String {
    "?".to_owned()
}

fn year_text(estate: &Estate) -> String {
    match (estate.build_year, estate.year_min, estate.year_max) {
        (Some(year), _, _) => year.to_string(),
        (None, Some(min), Some(max)) => format!("{min}–{:02}", max.rem_euclid(100)),
        (None, Some(min), None) => format!("≥{min}"),
        (None, None, Some(max)) => format!("≤{max}"),
        (None, None, None) => unknown(),
    }
}

fn name_cell(ui: &Ui, estate: &Estate, name: &str) {
    let color = match estate.standing.is_counted() && !estate.name.is_empty() {
        true => ui.visuals().text_color(),
        false => ui.visuals().weak_text_color(),
    };
    paint(ui, name, Align2::LEFT_CENTER, color);
}

fn text_cell(ui: &Ui, text: &str, align: Align2) {
    let color = match text == "?" {
        true => ui.visuals().weak_text_color(),
        false => ui.visuals().text_color(),
    };
    paint(ui, text, align, color);
}

/// Painted, not a label: the row carries one name for all of its cells.
fn paint(ui: &Ui, text: &str, align: Align2, color: Color32) {
    let rect = ui.max_rect();
    let galley = WidgetText::from(text).into_galley(
        ui,
        Some(TextWrapMode::Truncate),
        rect.width(),
        TextStyle::Body,
    );
    let at = align.align_size_within_rect(galley.size(), rect).min;
    ui.painter().galley(at, galley, color);
}

fn state_cell(ui: &Ui, state: RecordState) {
    let (sign, color) = match state {
        RecordState::WaitsForBoundary => ("○", signs::gravity_colour(ui.visuals(), Gravity::Warns)),
        RecordState::Unfinished => ("◐", ui.visuals().text_color()),
        RecordState::Complete => ("●", ui.visuals().text_color()),
        RecordState::Merged => (icons::MERGE, ui.visuals().weak_text_color()),
        RecordState::PartOf => (icons::INTERSECT, ui.visuals().weak_text_color()),
        RecordState::Withdrawn => (icons::PROHIBIT, ui.visuals().weak_text_color()),
    };
    paint(ui, sign, Align2::CENTER_CENTER, color);
}

fn severity_cell(ui: &Ui, severity: Option<Severity>) {
    let rect = ui.max_rect().shrink2(egui::vec2(2.0, 3.0));
    signs::paint_severity_ground(ui.painter(), rect, ui.visuals(), severity);
    let ink = signs::severity_ink(ui.visuals(), severity);
    let font = TextStyle::Body.resolve(ui.style());
    ui.painter().text(
        rect.center(),
        Align2::CENTER_CENTER,
        signs::severity_sign(severity),
        font,
        ink,
    );
}

fn issues_cell(ui: &Ui, (blocks, warns): (usize, usize)) {
    let (kind, count) = match (blocks, warns) {
        (0, 0) => return,
        (0, warns) => (Gravity::Warns, warns),
        (blocks, _) => (Gravity::Blocks, blocks),
    };
    let text = format!("{}{count}", signs::gravity_sign(kind));
    let color = signs::gravity_colour(ui.visuals(), kind);
    paint(ui, &text, Align2::CENTER_CENTER, color);
}
