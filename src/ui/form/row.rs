//! A line of the form: label with its star, control, and beneath it what is wrong.

use super::Form;
use super::onward::Then;
use super::sections::steady;
use super::summary::Held;
use crate::model::Field;
use crate::rules::checks::Gravity;
use crate::ui::icons;
use crate::ui::signs;
use crate::words::fields;
use egui::{
    Align, Button, Color32, Id, Key, Layout, Modifiers, Response, RichText, Sense, TextStyle, Ui,
};

const STAR_WIDTH: f32 = 14.0;
const CLEAR_WIDTH: f32 = 20.0;

/// A line for `field`. `add` draws the control, named by the label whose key it gets.
pub fn field_row(
    ui: &mut Ui,
    form: &mut Form<'_>,
    field: Field,
    add: impl FnOnce(&mut Ui, &mut Form<'_>, Id),
) {
    steady(ui, ("row", field.key()), |ui| row(ui, form, field, add));
}

fn row(
    ui: &mut Ui,
    form: &mut Form<'_>,
    field: Field,
    add: impl FnOnce(&mut Ui, &mut Form<'_>, Id),
) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let label = label_column(ui, form, &field);
        let width = ui.available_width() - CLEAR_WIDTH;
        ui.allocate_ui_with_layout(egui::vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
            ui.set_width(width);
            add(ui, form, label.id);
            issues_of(ui, form, &field);
        });
        match form.held(&field) {
            Held::Same(None) => repeat_button(ui, form, field),
            _ => clear_button(ui, form, field),
        }
        let focused = ui.memory(|memory| memory.has_focus(form.widget_id(&field)));
        if focused {
            repeat_by_key(ui, form, field);
        }
    });
}

/// Where the label column ends and the control begins.
pub fn indent(ui: &Ui, form: &Form<'_>) -> f32 {
    let size = TextStyle::Body.resolve(ui.style()).size;
    // Six Chinese characters; English labels wrap where they must.
    let widths = match form.language() {
        crate::words::Language::Chinese => 6.2,
        crate::words::Language::English => 6.9,
    };
    (STAR_WIDTH + size * widths).round()
}

fn label_column(ui: &mut Ui, form: &Form<'_>, field: &Field) -> Response {
    let width = indent(ui, form);
    let height = ui.spacing().interact_size.y;
    let layout = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(egui::vec2(width, height), layout, |ui| {
        ui.set_min_size(egui::vec2(width, height));
        if form.must_haves.contains(field) {
            star(ui, form, field);
        } else {
            ui.add_space(STAR_WIDTH);
        }
        ui.spacing_mut().item_spacing.x = 0.0;
        let label = egui::Label::new(form.label(field)).wrap();
        ui.add(label).on_hover_text(about(form, field))
    })
    .inner
}

/// ★ is a must-have that is still open, ☆ one that is answered.
fn star(ui: &mut Ui, form: &Form<'_>, field: &Field) {
    let (sign, color) = match form.open.contains(field) {
        true => ("★", signs::must_have(ui.visuals())),
        false => ("☆", ui.visuals().weak_text_color()),
    };
    let (rect, response) =
        ui.allocate_exact_size(egui::vec2(STAR_WIDTH - 4.0, STAR_WIDTH), Sense::hover());
    let font = TextStyle::Small.resolve(ui.style());
    ui.painter().text(
        rect.center(),
        egui::Align2::CENTER_CENTER,
        sign,
        font,
        color,
    );
    response.on_hover_text(form.language().text("form.must_have"));
}

/// What the field means, and where its value came from.
pub fn about(form: &Form<'_>, field: &Field) -> String {
    let language = form.language();
    let mut lines: Vec<String> = fields::help(language, field)
        .into_iter()
        .map(Into::into)
        .collect();
    if let ([estate], Held::Same(Some(_))) = (form.estates, form.held(field)) {
        lines.push(fields::source_text(
            language,
            form.input.survey,
            estate,
            field,
        ));
    }
    lines.join("\n")
}

/// "×": back to "not surveyed". The mouse's way; the keyboard has Delete in the control itself.
fn clear_button(ui: &mut Ui, form: &mut Form<'_>, field: Field) {
    let name = form
        .language()
        .text_with("form.clear", &[("field", &form.label(&field))]);
    if small_button(ui, icons::CLOSE, &name).clicked() {
        form.set(field, None);
    }
}

/// "↻": the value of the estate tagged before. The mouse's way; the keyboard has Ctrl+R.
fn repeat_button(ui: &mut Ui, form: &mut Form<'_>, field: Field) {
    let Some(value) = form.offered(&field).cloned() else {
        return;
    };
    let language = form.language();
    let value_text = fields::value_text(language, &field, Some(&value));
    let name = language.text_with(
        "form.repeat",
        &[("field", &form.label(&field)), ("value", &value_text)],
    );
    if small_button(ui, icons::RELOAD, &name).clicked() {
        form.set(field, Some(value));
    }
}

fn small_button(ui: &mut Ui, icon: &str, name: &str) -> Response {
    let button = Button::new(RichText::new(icon).small().weak());
    let button = button.frame(false).sense(Sense::CLICK);
    let response = ui.add_sized([CLEAR_WIDTH - 4.0, ui.spacing().interact_size.y], button);
    response.accessible_name(name).on_hover_text(name)
}

/// Ctrl+R in a field: the value of the estate tagged before, and on to the next.
pub fn repeat_by_key(ui: &Ui, form: &mut Form<'_>, field: Field) {
    let Some(value) = form.offered(&field).cloned() else {
        return;
    };
    if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::R)) {
        form.set(field, Some(value));
        form.go(ui, field, Then::GoOn);
    }
}

/// What the checks found about `field`, directly beneath it.
pub fn issues_of(ui: &mut Ui, form: &Form<'_>, field: &Field) {
    let issues = form.input.issues.iter();
    for issue in issues.filter(|issue| issue.field == Some(*field)) {
        issue_line(ui, issue.gravity, &issue.text);
    }
}

/// A sentence with the sign and the colour of its weight.
pub fn issue_line(ui: &mut Ui, gravity: Gravity, text: &str) {
    let color: Color32 = signs::gravity_colour(ui.visuals(), gravity);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 3.0;
        let sign = signs::beneath(ui, signs::gravity_sign(gravity));
        ui.label(sign.color(color));
        let text = signs::beneath(ui, text).color(color);
        ui.add(egui::Label::new(text).wrap());
    });
}
