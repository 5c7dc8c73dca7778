//! Two records field by field: a cursor walks what differs, and the left or the right value is
//! chosen for each.

use super::records::short_source;
use super::{ReviewInput, ReviewState};
use crate::geodesy::measure::area_m2;
use crate::model::{Estate, EstateId, Field, Value};
use crate::ui::map::pair_sample;
use crate::ui::signs;
use crate::words::{Language, fields};
use egui::{Layout, RichText, Shape, StrokeKind, Ui, vec2};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What a key does in the table of fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKey {
    Up,
    Down,
    Left,
    Right,
}

/// What there is to choose in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Both say the same.
    Same,
    Either,
    /// One of them says nothing: a merge takes what the other says.
    OnlyOne,
    /// A merge keeps both: the names an estate goes by.
    Both,
}

/// A field that at least one of the two has.
pub struct FieldRow {
    pub field: Field,
    pub values: [Option<Value>; 2],
    pub choice: Choice,
}

/// The fields of two records, as the form has them in order.
pub fn field_rows([a, b]: [&Estate; 2]) -> Vec<FieldRow> {
    let gaps: BTreeSet<Field> = a
        .gaps
        .keys()
        .chain(b.gaps.keys())
        .map(|item| Field::Gap(*item))
        .collect();
    let all = Field::PLAIN.iter().copied().chain(gaps);
    let rows = all.filter_map(|field| {
        let values = [a.get(&field), b.get(&field)];
        let choice = match (field, &values) {
            (_, [None, None]) => return None,
            (_, [left, right]) if left == right => Choice::Same,
            (Field::Aliases, _) => Choice::Both,
            (_, [Some(_), Some(_)]) => Choice::Either,
            _ => Choice::OnlyOne,
        };
        Some(FieldRow {
            field,
            values,
            choice,
        })
    });
    rows.collect()
}

/// Where the cursor goes from `at` among the fields with something to choose; it stops at both
/// ends.
pub fn step(rows: &[FieldRow], at: Option<Field>, key: FieldKey) -> Option<Field> {
    let differing: Vec<Field> = rows
        .iter()
        .filter(|row| row.choice == Choice::Either)
        .map(|row| row.field)
        .collect();
    let place = differing.iter().position(|field| Some(*field) == at);
    let last = differing.len().checked_sub(1)?;
    let next = match (key, place) {
        (FieldKey::Down, Some(place)) => (place + 1).min(last),
        (FieldKey::Up, Some(place)) => place.saturating_sub(1),
        (FieldKey::Up, None) => last,
        (FieldKey::Down, None) => 0,
        (FieldKey::Left | FieldKey::Right, _) => return at,
    };
    differing.get(next).copied()
}

/// The record whose value of `field` a merge would take.
fn chosen(state: &ReviewState, kept: EstateId, field: &Field) -> EstateId {
    state.chosen.get(field).copied().unwrap_or(kept)
}

/// The record that goes on counting.
pub(super) fn keep_ui(
    ui: &mut Ui,
    state: &mut ReviewState,
    records: [&Arc<Estate>; 2],
    input: &ReviewInput<'_>,
) {
    let language = input.language;
    let kept = state.kept(records);
    let hint = language.text("review.keep_hint");
    ui.strong(language.text("review.keep"))
        .on_hover_text(&*hint);
    for (side, (estate, key)) in records.into_iter().zip(SIDES).enumerate() {
        ui.horizontal(|ui| {
            let name = fields::record_name(language, input.survey, estate);
            let text = language.text_with(key, &[("name", &name)]);
            pair_sample(ui, side);
            let radio = ui.radio(kept == estate.id, text).on_hover_text(&*hint);
            if radio.clicked() {
                state.keep = Some(estate.id);
            }
        });
    }
    ui.add_space(4.0);
}

const SIDES: [&str; 2] = ["review.left", "review.right"];

/// The table of fields.
pub(super) fn compare_ui(
    ui: &mut Ui,
    state: &mut ReviewState,
    records: [&Arc<Estate>; 2],
    input: &ReviewInput<'_>,
) {
    let language = input.language;
    let widths = widths(ui);
    ui.horizontal_top(|ui| {
        cell(ui, widths[0], |ui| {
            ui.strong(language.text("review.field"));
        });
        for (side, estate) in records.into_iter().enumerate() {
            cell(ui, widths[side + 1], |ui| {
                ui.horizontal_wrapped(|ui| {
                    pair_sample(ui, side);
                    ui.strong(fields::record_name(language, input.survey, estate));
                });
                let source = RichText::new(short_source(estate, input)).small().weak();
                ui.add(egui::Label::new(source).wrap());
            });
        }
    });
    let rows = field_rows(records.map(|estate| &**estate));
    let of = |choices: &[Choice]| -> Vec<&FieldRow> {
        let rows = rows.iter();
        rows.filter(|row| choices.contains(&row.choice)).collect()
    };
    // What asks for an answer stands open; the rest is one click away.
    let differing = of(&[Choice::Either, Choice::Both]);
    if differing.is_empty() {
        ui.weak(language.text("review.nothing_differs"));
    }
    rows_ui(ui, state, &differing, records, input);
    for (choice, key) in [
        (Choice::OnlyOne, "review.only_one"),
        (Choice::Same, "review.the_same"),
    ] {
        let rows = of(&[choice]);
        if rows.is_empty() {
            continue;
        }
        let text = language.text_with(key, &[("count", &rows.len())]);
        egui::CollapsingHeader::new(text)
            .id_salt(key)
            .show_unindented(ui, |ui| rows_ui(ui, state, &rows, records, input));
    }
}

fn rows_ui(
    ui: &mut Ui,
    state: &mut ReviewState,
    rows: &[&FieldRow],
    records: [&Arc<Estate>; 2],
    input: &ReviewInput<'_>,
) {
    let kept = state.kept(records);
    for (index, row) in rows.iter().enumerate() {
        let behind = ui.painter().add(Shape::Noop);
        let drawn = ui.horizontal_top(|ui| {
            row_ui(ui, state, row, records, kept, input);
        });
        let rect = drawn.response.rect.expand2(vec2(2.0, 1.0));
        if index % 2 == 0 {
            let stripe = ui.visuals().faint_bg_color;
            ui.painter()
                .set(behind, Shape::rect_filled(rect, 2.0, stripe));
        }
        if state.at == Some(row.field) {
            let ring = signs::focus_ring(ui.visuals());
            ui.painter()
                .rect_stroke(rect, 2.0, ring, StrokeKind::Inside);
            if std::mem::take(&mut state.cursor_moved) {
                ui.scroll_to_rect(rect.expand(40.0), None);
            }
        }
    }
}

/// Of the label and the two values; long values wrap, so that the panel stays as wide as it is
/// and the map keeps its room.
fn widths(ui: &Ui) -> [f32; 3] {
    let room = ui.available_width() - 2.0 * ui.spacing().item_spacing.x - 4.0;
    [0.28, 0.36, 0.36].map(|share| share * room)
}

fn cell(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui)) {
    let layout = Layout::top_down(egui::Align::Min);
    ui.allocate_ui_with_layout(vec2(width, 0.0), layout, |ui| {
        ui.set_width(width);
        ui.set_max_width(width);
        add(ui);
    });
}

fn row_ui(
    ui: &mut Ui,
    state: &mut ReviewState,
    row: &FieldRow,
    records: [&Arc<Estate>; 2],
    kept: EstateId,
    input: &ReviewInput<'_>,
) {
    let language = input.language;
    let widths = widths(ui);
    let label = fields::label(language, &row.field, input.items);
    cell(ui, widths[0], |ui| {
        let text = match row.choice {
            Choice::Same => RichText::new(&label),
            _ => RichText::new(format!("≠ {label}")).strong(),
        };
        let shown = ui.add(egui::Label::new(text).wrap());
        if let Some(key) = why_no_choice(row.choice) {
            shown.on_hover_text(language.text(key));
        }
    });
    let taken = chosen(state, kept, &row.field);
    for (side, (estate, value)) in records.into_iter().zip(&row.values).enumerate() {
        let text = value_text(language, &row.field, value.as_ref());
        let source = fields::source_text(language, input.survey, estate, &row.field);
        cell(ui, widths[side + 1], |ui| {
            if row.choice != Choice::Either {
                let text = match value {
                    Some(_) => RichText::new(text),
                    None => RichText::new(text).weak(),
                };
                let shown = ui.add(egui::Label::new(text).wrap());
                if value.is_some() {
                    shown.on_hover_text(source);
                }
                return;
            }
            let name = format!("{label}: {text}");
            let radio = ui.radio(taken == estate.id, text);
            let hint = language.text("review.take");
            let radio = radio.on_hover_text(format!("{source}\n{hint}"));
            if radio.accessible_name(name).clicked() {
                state.at = Some(row.field);
                state.chosen.insert(row.field, estate.id);
            }
        });
    }
}

/// As the form shows it; an outline by its area too, which tells two of them apart.
pub fn value_text(language: Language, field: &Field, value: Option<&Value>) -> String {
    let text = fields::value_text(language, field, value);
    match value {
        Some(Value::Polygon(boundary)) => {
            let area = Value::SquareMetres(area_m2(boundary).round());
            let area = fields::value_text(language, &Field::FloorArea, Some(&area));
            format!("{area}, {text}")
        }
        _ => text,
    }
}

/// Why the left and the right value cannot be chosen between.
fn why_no_choice(choice: Choice) -> Option<&'static str> {
    match choice {
        Choice::Either => None,
        Choice::Same => Some("review.no_choice.same"),
        Choice::OnlyOne => Some("review.no_choice.only_one"),
        Choice::Both => Some("review.no_choice.both"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::test_bench::id;

    #[test]
    fn the_cursor_walks_what_can_be_chosen_and_stops_at_both_ends() {
        let mut a = Estate::new(id(1));
        let mut b = Estate::new(id(2));
        a.name = "洪都新村".into();
        b.name = "洪都新村小区".into();
        a.aliases = vec!["洪都".into()];
        (a.build_year, b.build_year) = (Some(1987), Some(1987));
        (a.households, b.households) = (Some(200), None);
        (a.floor_area_m2, b.floor_area_m2) = (Some(14_000.0), Some(13_600.0));
        let rows = field_rows([&a, &b]);
        let choices: Vec<_> = rows.iter().map(|row| (row.field, row.choice)).collect();
        let expected = [
            (Field::Name, Choice::Either),
            (Field::Aliases, Choice::Both),
            (Field::BuildYear, Choice::Same),
            (Field::Households, Choice::OnlyOne),
            (Field::FloorArea, Choice::Either),
        ];
        assert_eq!(choices, expected);
        use FieldKey::{Down, Left, Up};
        for (at, key, to) in [
            (None, Down, Some(Field::Name)),
            (None, Up, Some(Field::FloorArea)),
            (Some(Field::Name), Up, Some(Field::Name)),
            (Some(Field::Name), Down, Some(Field::FloorArea)),
            (Some(Field::FloorArea), Down, Some(Field::FloorArea)),
            (Some(Field::Name), Left, Some(Field::Name)),
        ] {
            assert_eq!(step(&rows, at, key), to, "{at:?} {key:?}");
        }
        assert_eq!(step(&[], None, Down), None);
    }
}
