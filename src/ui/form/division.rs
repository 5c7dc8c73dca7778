//! Division codes: typed, or chosen by name, with the name they stand for beneath. Nobody knows a
//! community's twelve digits by heart.

use super::Form;
use super::row::field_row;
use super::summary::Held;
use super::text_field::{Named, text_field};
use crate::catalogue::{Division, Divisions};
use crate::model::{Field, Value};
use crate::ui::{icons, signs};
use egui::{RichText, ScrollArea, Ui};

const MENU_WIDTH: f32 = 34.0;

pub fn division_row(ui: &mut Ui, form: &mut Form<'_>, field: Field) {
    field_row(ui, form, field, |ui, form, label| {
        ui.horizontal(|ui| {
            let width = ui.available_width() - MENU_WIDTH;
            text_field(ui, form, field, Named::By(label), width);
            choose_by_name(ui, form, field);
        });
        for code in codes(form, &field) {
            let (text, color) = match Divisions::shipped().name(&code) {
                Some(name) => (name.to_owned(), ui.visuals().weak_text_color()),
                None => (
                    form.language()
                        .text_with("form.unknown_division", &[("code", &code)]),
                    signs::must_have(ui.visuals()),
                ),
            };
            let text = signs::beneath(ui, text).color(color);
            ui.add(egui::Label::new(text).wrap());
        }
    });
}

fn codes(form: &Form<'_>, field: &Field) -> Vec<String> {
    match form.held(field) {
        Held::Same(Some(Value::Text(code))) => vec![code],
        Held::Same(Some(Value::Texts(codes))) => codes,
        _ => Vec::new(),
    }
}

/// What can be chosen: the counties, or what lies inside the division chosen above.
fn choices(form: &Form<'_>, field: &Field) -> &'static [Division] {
    let around = match field {
        Field::StreetCode => Field::CountyCode,
        Field::CommunityCodes => Field::StreetCode,
        _ => return Divisions::shipped().counties(),
    };
    match &codes(form, &around)[..] {
        [code] => Divisions::shipped().inside(code),
        _ => &[],
    }
}

fn choose_by_name(ui: &mut Ui, form: &mut Form<'_>, field: Field) {
    let choices = choices(form, &field);
    let name = form
        .language()
        .text_with("form.choose_division", &[("field", &form.label(&field))]);
    let held = codes(form, &field);
    ui.add_enabled_ui(!choices.is_empty(), |ui| {
        let menu = ui.menu_button(icons::CARET_DOWN, |ui| {
            ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
                for division in choices {
                    let chosen = held.iter().any(|code| code == division.code);
                    let code = RichText::new(division.code).weak();
                    let button = egui::Button::selectable(chosen, division.name).right_text(code);
                    if ui.add(button).clicked() {
                        form.set(field, picked(field, &held, division.code));
                        ui.close();
                    }
                }
            });
        });
        menu.response
            .accessible_name(&name)
            .on_hover_text(name)
            .on_disabled_hover_text(form.language().text("form.choose_division_first"));
    });
}

/// One code, or for communities the set with this one put in or taken out.
fn picked(field: Field, held: &[String], code: &str) -> Option<Value> {
    if field != Field::CommunityCodes {
        return Some(Value::Text(code.to_owned()));
    }
    let mut codes: Vec<_> = held.iter().filter(|one| *one != code).cloned().collect();
    if codes.len() == held.len() {
        codes.push(code.to_owned());
        codes.sort();
    }
    (!codes.is_empty()).then_some(Value::Texts(codes))
}
