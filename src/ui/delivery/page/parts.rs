//! Pieces that several sections are made of.

use super::Page;
use super::text::{Look, text_box};
use crate::model::Coded;
use crate::ui::delivery::slot::Slot;
use crate::ui::icons;
use crate::ui::theme::BOX_HEIGHT;
use crate::words::{Language, fields};
use egui::{Align, ComboBox, Layout, Ui, vec2};
use std::fmt::Debug;
use std::hash::Hash;

/// Room for six Chinese characters, or as many English words as wrap beneath each other.
pub const LABEL_WIDTH: f32 = 92.0;

/// "C05 水管: 费用": what a box of a line is called for people who hear it.
pub fn of(language: Language, what: &str, field: &str) -> String {
    language.text_with("delivery.of", &[("what", &what), ("field", &field)])
}

/// A label and what stands beside it; the control keeps its place whatever the label's length.
pub fn row<R>(ui: &mut Ui, label: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        label_column(ui, label);
        let width = ui.available_width();
        let layout = Layout::top_down(Align::Min);
        ui.allocate_ui_with_layout(vec2(width, 0.0), layout, |ui| {
            ui.set_width(width);
            add(ui)
        })
        .inner
    })
    .inner
}

pub fn label_column(ui: &mut Ui, label: &str) {
    let size = vec2(LABEL_WIDTH, BOX_HEIGHT);
    let layout = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.set_min_size(size);
        ui.add(egui::Label::new(label).wrap());
    });
}

/// A line with a text as wide as the page.
pub fn text_row(ui: &mut Ui, page: &mut Page<'_>, slot: Slot, label: &str, name: &str) {
    row(ui, label, |ui| {
        let width = ui.available_width() - 8.0;
        text_box(ui, page, slot, name, Look::wide(width));
        super::text::problems(ui, page, &[slot]);
    });
}

/// One of a list of coded values, called `name`; what was chosen, where it is another.
pub fn choose<C: Coded + PartialEq>(
    ui: &mut Ui,
    id: impl Hash + Debug,
    name: &str,
    held: C,
    width: f32,
    language: Language,
) -> Option<C> {
    let mut chosen = held;
    let combo = ComboBox::from_id_salt((C::DOMAIN, id))
        .selected_text(fields::coded_label(language, held))
        .width(width)
        .height(420.0);
    let shown = combo.show_ui(ui, |ui| {
        for value in C::ALL {
            let label = fields::coded_label(language, *value);
            ui.selectable_value(&mut chosen, *value, label);
        }
    });
    shown.response.accessible_name(name);
    (chosen != held).then_some(chosen)
}

/// Chips of coded values of which none need be chosen; what was chosen, where it is another. A
/// click on the chosen one takes it back to "nobody said".
pub fn chips<C: Coded>(
    ui: &mut Ui,
    name: &str,
    held: Option<C>,
    language: Language,
) -> Option<Option<C>> {
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        for value in C::ALL {
            let label = fields::coded_label(language, *value);
            let is_held = held == Some(*value);
            let chip = ui.add(crate::ui::signs::chip(ui, &label, is_held));
            let spoken = of(language, name, &label);
            chip.widget_info(|| {
                egui::WidgetInfo::selected(egui::Role::Button, true, is_held, spoken.clone())
            });
            if chip.clicked() {
                chosen = Some(Some(*value).filter(|_| !is_held));
            }
        }
    });
    chosen
}

/// A small button with a sign, called `name`.
pub fn sign_button(ui: &mut Ui, icon: &str, name: &str) -> bool {
    let button = ui.small_button(icon).on_hover_text(name);
    button.accessible_name(name).clicked()
}

/// Takes a line away.
pub fn remove_button(ui: &mut Ui, language: Language, what: &str) -> bool {
    let name = language.text_with("delivery.remove", &[("what", &what)]);
    sign_button(ui, icons::TRASH, &name)
}
