//! The parts of the form, in the order a surveyor meets them.

use super::choices::{coded_row, coded_set_row, exclusions_row, flag_row};
use super::division::division_row;
use super::facility_cell::paint_key;
use super::name_suggestions::name_row;
use super::row::{field_row, issue_line, issues_of};
use super::summary::Held;
use super::text_field::{Named, natural_width, text_area, text_field};
use super::{Form, Section, facilities as grid, willingness};
use crate::model::{Coded, Estate, Exclusion, Field, Locality, Tenure, Value, YearBasis};
use crate::rules::delivery;
use crate::ui::action::Action;
use crate::ui::icons;
use crate::ui::signs;
use crate::ui::tool::{Purpose, Tool};
use crate::ui::verb::Verb;
use crate::words::delivery::stage_label;
use crate::words::fields;
use egui::{AsIdSalt, Id, Key, RichText, Role, Sense, TextStyle, Ui, UiBuilder, WidgetInfo};

/// What the record is called, how far its survey is, and where to go on.
pub fn heading(ui: &mut Ui, form: &mut Form<'_>, estate: &Estate) {
    let language = form.language();
    let name = fields::record_name(language, form.input.survey, estate);
    ui.add(egui::Label::new(RichText::new(name).heading()).wrap());
    if let Some(number) = &estate.lib_no {
        ui.weak(language.text_with("form.lib_no", &[("number", number)]));
    }
    if estate.standing.is_counted() {
        progress(ui, form, estate);
        project(ui, form, estate);
    }
    issues_of_record(ui, form, estate);
}

fn progress(ui: &mut Ui, form: &mut Form<'_>, estate: &Estate) {
    let language = form.language();
    let open = form.open.clone();
    ui.horizontal_wrapped(|ui| {
        let total = form.must_haves.len();
        let done = total.saturating_sub(open.len());
        ui.label(language.text_with("form.progress", &[("done", &done), ("total", &total)]));
        match open.first() {
            None => {
                ui.label(RichText::new(icons::CHECK_CIRCLE));
                ui.label(language.text("form.complete"));
                if ui.link(language.text("form.next_estate")).clicked() {
                    form.actions.push(Action::Do(Verb::NextRecord));
                }
            }
            Some(next) => {
                let label = form.label(next);
                let text = language.text_with("form.next", &[("field", &label)]);
                if ui.link(text).clicked() {
                    go_to(form, estate, *next);
                }
            }
        }
    });
}

/// How far its renovation project is, with the way there.
fn project(ui: &mut Ui, form: &mut Form<'_>, estate: &Estate) {
    let language = form.language();
    let stage = match form.input.survey.project(estate.id) {
        Some(project) => stage_label(language, delivery::stage(project)),
        None => language.text("delivery.list.no_project"),
    };
    ui.horizontal_wrapped(|ui| {
        ui.label(language.text_with("form.project", &[("stage", &stage)]));
        if ui.link(language.text("form.to_project")).clicked() {
            form.actions.push(Action::ShowProject(estate.id, None));
        }
    });
}

fn go_to(form: &mut Form<'_>, estate: &Estate, field: Field) {
    match field {
        Field::Boundary => form.actions.push(draw_boundary(estate)),
        field => {
            let section = section_of(&field);
            form.state.folded.remove(&section);
            form.state.go_to = Some(field);
        }
    }
}

pub fn draw_boundary(estate: &Estate) -> Action {
    let estate = estate.id;
    Action::SetTool(Tool::sketch(Purpose::Boundary { estate }))
}

fn issues_of_record(ui: &mut Ui, form: &mut Form<'_>, estate: &Estate) {
    let input = form.input;
    for issue in input.issues.iter().filter(|i| i.field.is_none()) {
        issue_line(ui, issue.gravity, &issue.text);
        let Some(part) = issue.part else { continue };
        let spoken = format!(
            "{}: {}",
            form.language().text("form.to_project"),
            issue.text
        );
        let link = ui.link(form.language().text("form.to_project"));
        if link.accessible_name(spoken).clicked() {
            form.actions
                .push(Action::ShowProject(estate.id, Some(part)));
        }
    }
}

fn section_of(field: &Field) -> Section {
    match field {
        Field::Name
        | Field::Aliases
        | Field::CountyCode
        | Field::StreetCode
        | Field::CommunityCodes
        | Field::Locality
        | Field::Address
        | Field::Boundary => Section::Identity,
        Field::BuildYear
        | Field::YearMin
        | Field::YearMax
        | Field::YearBasis
        | Field::Households
        | Field::FloorArea
        | Field::Buildings
        | Field::Tenure
        | Field::OrigUnit
        | Field::Residential => Section::Building,
        Field::Gap(_) => Section::Facilities,
        Field::Willingness
        | Field::WillingnessBasis
        | Field::Sent
        | Field::Returned
        | Field::Agree
        | Field::Oppose
        | Field::WillingToPay
        | Field::WillingnessDate => Section::Willingness,
        Field::Exclusions | Field::ExclusionNote => Section::Exclusions,
        Field::Remarks => Section::Remarks,
    }
}

pub fn identity(ui: &mut Ui, form: &mut Form<'_>) {
    section(ui, form, Section::Identity, |ui, form| {
        name_row(ui, form);
        text_row(ui, form, Field::Aliases);
        text_row(ui, form, Field::Address);
        coded_row::<Locality>(ui, form, Field::Locality);
        for field in [Field::CountyCode, Field::StreetCode, Field::CommunityCodes] {
            division_row(ui, form, field);
        }
        boundary_row(ui, form);
    });
}

pub fn building(ui: &mut Ui, form: &mut Form<'_>) {
    section(ui, form, Section::Building, |ui, form| {
        year_row(ui, form);
        coded_row::<YearBasis>(ui, form, Field::YearBasis);
        text_row(ui, form, Field::Households);
        text_row(ui, form, Field::FloorArea);
        text_row(ui, form, Field::Buildings);
        coded_set_row(ui, form, Field::Tenure, Tenure::Unknown);
        text_row(ui, form, Field::OrigUnit);
        flag_row(ui, form, Field::Residential);
    });
}

pub fn facilities(ui: &mut Ui, form: &mut Form<'_>) {
    section(ui, form, Section::Facilities, grid::facilities);
}

pub fn willingness(ui: &mut Ui, form: &mut Form<'_>, estate: &Estate) {
    section(ui, form, Section::Willingness, |ui, form| {
        willingness::rows(ui, form, estate);
    });
}

pub fn exclusions(ui: &mut Ui, form: &mut Form<'_>) {
    section(ui, form, Section::Exclusions, exclusions_rows);
}

/// X1–X9, and the text that X9 needs.
pub fn exclusions_rows(ui: &mut Ui, form: &mut Form<'_>) {
    exclusions_row(ui, form);
    let found = form.held(&Field::Exclusions);
    let other = match found.value() {
        Some(Value::Codes(keys)) => keys.iter().any(|key| key == Exclusion::OtherReason.key()),
        _ => false,
    };
    if other || form.held(&Field::ExclusionNote) != Held::Same(None) {
        text_row(ui, form, Field::ExclusionNote);
    }
}

pub fn remarks(ui: &mut Ui, form: &mut Form<'_>) {
    section(ui, form, Section::Remarks, |ui, form| {
        field_row(ui, form, Field::Remarks, |ui, form, label| {
            text_area(ui, form, Field::Remarks, Named::By(label));
        });
    });
}

/// Columns of the imported file that no field takes, as they came.
pub fn imported_columns(ui: &mut Ui, form: &mut Form<'_>, estate: &Estate) {
    let row = fields::row_text(form.language(), form.input.survey, estate);
    if estate.other.is_empty() && row.is_none() {
        return;
    }
    section(ui, form, Section::Imported, |ui, _| {
        if let Some(row) = row {
            ui.label(row);
        }
        let origin = estate.origin.iter();
        for text in origin.flat_map(|origin| [&origin.source, &origin.source_id]) {
            if !text.is_empty() {
                ui.weak(text);
            }
        }
        egui::Grid::new("imported columns")
            .num_columns(2)
            .show(ui, |ui| {
                for (column, value) in estate.other.iter() {
                    ui.weak(column);
                    ui.add(egui::Label::new(value).wrap());
                    ui.end_row();
                }
            });
    });
}

/// A part with a heading that folds it away.
pub fn section(
    ui: &mut Ui,
    form: &mut Form<'_>,
    section: Section,
    add: impl FnOnce(&mut Ui, &mut Form<'_>),
) {
    let key = match section {
        Section::Identity => "form.section.identity",
        Section::Building => "form.section.building",
        Section::Facilities => "form.section.facilities",
        Section::Willingness => "form.section.willingness",
        Section::Exclusions => "form.section.exclusions",
        Section::Remarks => "form.section.remarks",
        Section::Photos => "form.section.photos",
        Section::Buildings => "form.section.buildings",
        Section::Imported => "form.section.imported",
    };
    if form
        .state
        .go_to
        .is_some_and(|field| section_of(&field) == section)
    {
        form.state.folded.remove(&section);
    }
    ui.add_space(6.0);
    let title = form.language().text(key);
    let open = !form.state.folded.contains(&section);
    let id = Id::unique(("form heading", key));
    if fold_heading(ui, id, &title, open, Sense::click(), None) {
        match open {
            true => form.state.folded.insert(section),
            false => form.state.folded.remove(&section),
        };
    }
    if open {
        steady(ui, key, |ui| add(ui, form));
    }
}

/// Keys of the widgets inside that do not depend on how many stand above: a line that comes or
/// goes must not take the focus from what stands below it.
pub fn steady<R>(ui: &mut Ui, key: impl AsIdSalt, add: impl FnOnce(&mut Ui) -> R) -> R {
    let id = Id::unique(("form", key));
    ui.scope_builder(UiBuilder::new().scope_id(id), add).inner
}

/// A line with a triangle, and the key that folds it where it has one. Returns whether it was
/// clicked.
pub fn fold_heading(
    ui: &mut Ui,
    id: Id,
    title: &str,
    open: bool,
    sense: Sense,
    key: Option<Key>,
) -> bool {
    let height = ui.spacing().interact_size.y;
    let (_, rect) = ui.allocate_space(egui::vec2(ui.available_width(), height));
    let response = ui.interact(rect, id, sense);
    response.widget_info(|| WidgetInfo::labeled(Role::DisclosureTriangle, ui.is_enabled(), title));
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_expanded(open));
    let visuals = ui.style().interact(&response);
    let painter = ui.painter();
    if response.hovered() || response.has_focus() {
        painter.rect_filled(rect, 3.0, visuals.weak_bg_fill);
    }
    if response.has_focus() {
        let ring = signs::focus_ring(ui.visuals());
        painter.rect_stroke(rect.shrink(1.0), 3.0, ring, egui::StrokeKind::Inside);
    }
    let font = TextStyle::Button.resolve(ui.style());
    let triangle = if open { "▼" } else { "▶" };
    let color = visuals.text_color();
    let left = egui::Align2::LEFT_CENTER;
    let sign = egui::FontId::new(font.size * 0.7, font.family.clone());
    painter.text(
        rect.left_center() + egui::vec2(2.0, 0.0),
        left,
        triangle,
        sign,
        color,
    );
    let cap = rect.left_center() + egui::vec2(16.0, -0.5 * ui.text_style_height(&TextStyle::Body));
    let indent = match paint_key(ui, cap, key, color) {
        0.0 => 16.0,
        width => 16.0 + width + 4.0,
    };
    let text = painter.text(
        rect.left_center() + egui::vec2(indent, 0.0),
        left,
        title,
        font,
        color,
    );
    let line = ui.visuals().widgets.noninteractive.bg_stroke;
    painter.hline(text.right() + 8.0..=rect.right(), rect.center().y, line);
    response.clicked()
}

pub fn text_row(ui: &mut Ui, form: &mut Form<'_>, field: Field) {
    field_row(ui, form, field, |ui, form, label| {
        let width = natural_width(ui, &field);
        text_field(ui, form, field, Named::By(label), width);
    });
}

fn boundary_row(ui: &mut Ui, form: &mut Form<'_>) {
    let [estate] = form.estates else {
        return;
    };
    let language = form.language();
    field_row(ui, form, Field::Boundary, |ui, form, _| {
        ui.horizontal_wrapped(|ui| {
            let value = estate.get(&Field::Boundary);
            match value {
                Some(value) => {
                    ui.label(fields::value_text(language, &Field::Boundary, Some(&value)));
                    if ui.button(language.text("form.show_on_map")).clicked() {
                        form.actions.push(Action::ShowOnMap(estate.id));
                    }
                }
                None => {
                    let text = format!("{} {}", icons::DRAW_POLYGON, language.text("form.draw"));
                    let button = ui.button(text).accessible_name(language.text("form.draw"));
                    if button.clicked() {
                        form.actions.push(draw_boundary(estate));
                    }
                }
            }
        });
    });
}

/// A year, or the earliest and the latest where no single one is known.
pub fn year_row(ui: &mut Ui, form: &mut Form<'_>) {
    let language = form.language();
    field_row(ui, form, Field::BuildYear, |ui, form, label| {
        let is_empty = |field| form.held(&field) == Held::Same(None);
        let range = !is_empty(Field::YearMin) || !is_empty(Field::YearMax);
        let year = !is_empty(Field::BuildYear);
        ui.horizontal_wrapped(|ui| {
            let width = natural_width(ui, &Field::BuildYear);
            text_field(ui, form, Field::BuildYear, Named::By(label), width);
            // A year that is known leaves nothing to a range.
            if !year || range {
                ui.weak(language.text("form.or_from"));
                text_field(ui, form, Field::YearMin, Named::Itself, width);
                ui.weak(language.text("form.to"));
                text_field(ui, form, Field::YearMax, Named::Itself, width);
            }
        });
        issues_of(ui, form, &Field::YearMin);
        issues_of(ui, form, &Field::YearMax);
    });
}
