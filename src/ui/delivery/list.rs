//! The projects, two lines each; what is overdue comes first.

use super::DeliveryInput;
use super::filters::{Among, Filters, Years, scope_ui, stage_and_order_ui};
use super::listing::{Listing, Row};
use crate::model::EstateId;
use crate::rules::projects::Seat;
use crate::ui::action::{Action, Selection};
use crate::ui::icons;
use crate::ui::theme::Palette;
use crate::words::{Language, coverage::division_name, delivery as stages, projects as words};
use egui::{Align2, Color32, Role, ScrollArea, Sense, TextEdit, TextStyle, Ui, WidgetInfo, vec2};

#[derive(Default)]
pub struct ListState {
    /// Where Shift counts from.
    anchor: Option<EstateId>,
}

pub fn list_ui(
    ui: &mut Ui,
    state: &mut ListState,
    listing: &mut Listing,
    filters: &mut Filters,
    input: &DeliveryInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    filters_ui(ui, listing, filters, language);
    let has_projects = listing.projects().next().is_some();
    let shown = listing.shown(filters, input);
    if shown.is_empty() {
        ui.add_space(4.0);
        ui.label(language.text(match has_projects {
            false if filters.among != Among::Without => "delivery.list.no_projects",
            _ => "delivery.list.none_listed",
        }));
    } else {
        ui.weak(language.text_with("delivery.list.count", &[("count", &shown.len())]));
    }
    let mut actions = Vec::new();
    let height = row_height(ui);
    ScrollArea::vertical()
        .auto_shrink(false)
        .show_rows(ui, height, shown.len(), |ui, range| {
            for row in &shown[range] {
                let selected = input.selection.contains(&row.estate);
                if row_ui(ui, row, height, selected, input) {
                    actions.extend(pick(ui, state, row.estate, &shown));
                }
            }
        });
    actions
}

fn filters_ui(ui: &mut Ui, listing: &Listing, filters: &mut Filters, language: Language) {
    let counts = [
        (
            Among::Projects,
            "delivery.list.projects",
            listing.projects().len(),
        ),
        (Among::Late, "delivery.list.late", listing.late_count),
        (Among::Without, "delivery.list.without", listing.without()),
    ];
    ui.horizontal_wrapped(|ui| {
        for (among, key, count) in counts {
            let text = language.text_with(key, &[("count", &count)]);
            ui.selectable_value(&mut filters.among, among, text);
        }
    });
    let name = language.text("delivery.filter.text");
    let edit = TextEdit::singleline(&mut filters.text)
        .hint_text(format!("{} {name}", icons::SEARCH))
        .desired_width(ui.available_width());
    ui.add(edit).accessible_name(name.as_ref());
    ui.horizontal_wrapped(|ui| {
        match filters.among {
            // Without a project there is no year, no stage and nothing to be late.
            Among::Without => scope_ui(ui, filters, listing, Years::None, language),
            Among::Projects | Among::Late => {
                scope_ui(ui, filters, listing, Years::All, language);
                stage_and_order_ui(ui, filters, language);
            }
        }
    });
}

fn row_height(ui: &Ui) -> f32 {
    ui.text_style_height(&TextStyle::Body) + ui.text_style_height(&TextStyle::Small) + 10.0
}

/// Draws one; whether it was clicked.
fn row_ui(ui: &mut Ui, row: &Row, height: f32, selected: bool, input: &DeliveryInput<'_>) -> bool {
    let language = input.language;
    let size = vec2(ui.available_width(), height - ui.spacing().item_spacing.y);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let stage = match row.project {
        Some(_) => stages::stage_label(language, row.stage),
        None => language.text("delivery.list.no_project"),
    };
    let spoken = format!("{}: {stage}", row.name);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, spoken.clone()));
    if ui.is_rect_visible(rect) {
        paint(ui, rect, row, &stage, selected, response.hovered(), input);
    }
    let response = response.on_hover_ui_at_pointer(|ui| {
        ui.strong(&row.name);
        ui.label(stage.as_ref());
        late_lines(ui, row, language);
    });
    response.clicked()
}

/// Why a project is late, a line a milestone.
pub(super) fn late_lines(ui: &mut Ui, row: &Row, language: Language) {
    for late in &row.late {
        ui.label(format!(
            "{} {}",
            icons::WARNING,
            stages::late_text(language, late)
        ));
    }
}

fn paint(
    ui: &Ui,
    rect: egui::Rect,
    row: &Row,
    stage: &str,
    selected: bool,
    hovered: bool,
    input: &DeliveryInput<'_>,
) {
    let (visuals, painter) = (ui.visuals(), ui.painter());
    let palette = Palette::of(visuals);
    if selected || hovered {
        let strength = if selected { 0.25 } else { 0.08 };
        let fill = palette.selection.gamma_multiply(strength);
        painter.rect_filled(rect, 3.0, fill);
    }
    let body = TextStyle::Body.resolve(ui.style());
    let small = TextStyle::Small.resolve(ui.style());
    let inside = rect.shrink2(vec2(4.0, 2.0));
    let weak = visuals.weak_text_color();
    let at = inside.right_top();
    let right = painter.text(
        at,
        Align2::RIGHT_TOP,
        stage,
        body.clone(),
        visuals.text_color(),
    );
    let room = inside.with_max_x(right.left() - 6.0);
    let clipped = painter.with_clip_rect(room.intersect(painter.clip_rect()));
    let strong = visuals.strong_text_color();
    clipped.text(inside.left_top(), Align2::LEFT_TOP, &row.name, body, strong);
    let mut left = inside.left();
    let bottom = inside.bottom();
    let clipped = painter.with_clip_rect(inside.intersect(painter.clip_rect()));
    if let Some((color, text)) = caution(row, palette, input.language) {
        let text = format!("{} {text}", icons::WARNING);
        let at = egui::pos2(left, bottom);
        let drawn = clipped.text(at, Align2::LEFT_BOTTOM, text, small.clone(), color);
        left = drawn.right() + 8.0;
    }
    let about = about(row, input.language);
    clipped.text(
        egui::pos2(left, bottom),
        Align2::LEFT_BOTTOM,
        about,
        small,
        weak,
    );
}

/// What to look at first: a record that no longer counts, or how late it is.
fn caution(row: &Row, palette: &Palette, language: Language) -> Option<(Color32, String)> {
    if row.seat != Seat::Counted {
        let text = language.text("delivery.list.astray").into_owned();
        return Some((palette.caution, text));
    }
    let late = row.late.iter();
    let worst = late.max_by_key(|late| (late.is_overdue(), late.days()))?;
    let color = match worst.is_overdue() {
        true => palette.finding,
        false => palette.caution,
    };
    Some((color, words::late_short(language, worst)))
}

fn about(row: &Row, language: Language) -> String {
    let county = Some(row.county_code.as_str()).filter(|code| !code.is_empty());
    let year = row
        .year()
        .map(|year| language.text_with("delivery.plan.told", &[("year", &year)]));
    let cost = row
        .cost
        .map(|cost| language.text_with("delivery.list.cost", &[("cost", &cost)]));
    let unit = row
        .project
        .as_ref()
        .map(|project| project.implementing_unit.clone());
    let parts = [
        year,
        county.map(division_name),
        cost,
        unit.filter(|unit| !unit.is_empty()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// A click picks one; with Ctrl one more, with Shift all between.
pub fn pick(ui: &Ui, state: &mut ListState, estate: EstateId, shown: &[&Row]) -> Vec<Action> {
    let modifiers = ui.input(|input| input.modifiers);
    if modifiers.shift {
        let place = |id| shown.iter().position(|row| row.estate == id);
        if let (Some(from), Some(to)) = (state.anchor.and_then(place), place(estate)) {
            let between = &shown[from.min(to)..=from.max(to)];
            let ids = between.iter().map(|row| row.estate).collect();
            return vec![Action::Select(Selection::These(ids))];
        }
    }
    state.anchor = Some(estate);
    match modifiers.command {
        true => vec![Action::Select(Selection::Toggle(estate))],
        false => vec![
            Action::Select(Selection::Only(estate)),
            Action::ShowOnMap(estate),
        ],
    }
}
