//! Layers of others: opened, shown, snapped to, and asked for division codes.

use super::crs_box;
use crate::reference::{Layer, LayerErrorKind};
use crate::ui::action::{Action, BasemapAction, Browse, ReferenceAction};
use crate::ui::dialog::paths::path_row;
use crate::ui::dialog::{DialogInput, toggle};
use crate::ui::files::FileKind;
use crate::ui::references::settings::ReferenceSetting;
use crate::ui::references::{Failure, Standing};
use crate::ui::theme::Palette;
use crate::ui::{icons, theme};
use crate::words::{Language, reference as words};
use egui::{Align, Button, ComboBox, Layout, RichText, Ui};
use std::path::PathBuf;

pub(super) fn references_ui(
    ui: &mut Ui,
    path: &mut String,
    input: &DialogInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    ui.label(language.text("layers.reference.help"));
    let browse = Browse::Open(FileKind::Layer);
    let entered = path_row(ui, path, language, browse, &mut actions);
    let ready = !path.trim().is_empty();
    let button = Button::new(language.text("layers.reference.open"));
    if (ui.add_enabled(ready, button).clicked() || entered) && ready {
        let path = PathBuf::from(path.trim());
        actions.push(Action::Reference(ReferenceAction::Add(path)));
    }
    ui.separator();
    egui::ScrollArea::vertical()
        .min_scrolled_height(theme::LAYERS_HEIGHT)
        .max_height(theme::LAYERS_HEIGHT)
        .show(ui, |ui| {
            for (setting, standing) in input.references.list().rev() {
                ui.push_id((&setting.path, &setting.layer), |ui| {
                    ui.group(|ui| layer_ui(ui, setting, &standing, language, &mut actions));
                });
            }
        });
    actions
}

fn name_of(setting: &ReferenceSetting, standing: &Standing<'_>) -> String {
    if let Standing::Read { layer, .. } = standing {
        return layer.name.clone();
    }
    let file = setting.path.file_name().unwrap_or_default();
    let file = file.to_string_lossy().into_owned();
    setting.layer.clone().unwrap_or(file)
}

fn layer_ui(
    ui: &mut Ui,
    setting: &ReferenceSetting,
    standing: &Standing<'_>,
    language: Language,
    actions: &mut Vec<Action>,
) {
    let name = name_of(setting, standing);
    let mut changed = setting.clone();
    ui.horizontal(|ui| {
        toggle(ui, &mut changed.shown, &name);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let remove = language.text_with("layers.remove", &[("layer", &name)]);
            let button = ui
                .small_button(icons::TRASH)
                .accessible_name(remove.as_str());
            if button.on_hover_text(remove).clicked() {
                let remove = ReferenceAction::Remove(setting.clone());
                actions.push(Action::Reference(remove));
            }
            color_ui(ui, &mut changed, &name, language);
        });
    });
    ui.horizontal(|ui| {
        for (key, switch) in [
            ("layers.reference.labels", &mut changed.labels),
            ("layers.reference.snaps", &mut changed.snaps),
        ] {
            let text = language.text(key);
            toggle(ui, switch, &text).accessible_name(format!("{name}: {text}"));
        }
        if let Standing::Read { layer, .. } = standing {
            names_ui(ui, &mut changed, layer, language);
        }
    });
    match standing {
        Standing::Off => {}
        Standing::Reading(fraction) => {
            ui.horizontal(|ui| {
                ui.spinner();
                let percent = fraction.map(|it| format!(" {:.0} %", it * 100.0));
                let reading = language.text("layers.reference.reading");
                ui.weak(format!("{reading}{}", percent.unwrap_or_default()));
            });
        }
        Standing::Failed(failure) => failed_ui(ui, &mut changed, failure, language, actions),
        Standing::Read { layer, divisions } => {
            ui.add(
                egui::Label::new(RichText::new(words::layer_text(language, layer)).small()).wrap(),
            );
            match divisions {
                Ok(divisions) => {
                    let text = language.text("layers.reference.gives_codes");
                    toggle(ui, &mut changed.gives_codes, &text)
                        .accessible_name(format!("{name}: {text}"));
                    ui.small(words::divisions_text(language, &name, divisions));
                }
                // It gave codes for another county.
                Err(none) if changed.gives_codes.is_on() => {
                    ui.small(words::no_divisions_text(language, &name, none));
                }
                Err(_) => {}
            }
            if let Some((south_west, north_east)) = layer.extent
                && ui.link(language.text("layers.go_there")).clicked()
            {
                let bounds = geo::Rect::new(south_west, north_east);
                actions.push(Action::Basemap(BasemapAction::GoTo(bounds)));
            }
        }
    }
    if changed != *setting {
        actions.push(Action::Reference(ReferenceAction::Set(changed)));
    }
}

/// A click takes the next colour.
fn color_ui(ui: &mut Ui, setting: &mut ReferenceSetting, name: &str, language: Language) {
    let colors = &Palette::of(ui.visuals()).references;
    let color = colors[setting.color % colors.len()];
    let text = language.text_with("layers.reference.color", &[("layer", &name)]);
    let button = Button::new(RichText::new(icons::SQUARES).color(color)).small();
    let button = ui.add(button).accessible_name(text.as_str());
    if button.on_hover_text(text).clicked() {
        setting.color = (setting.color + 1) % colors.len();
    }
}

/// Which column the names come from.
fn names_ui(ui: &mut Ui, setting: &mut ReferenceSetting, layer: &Layer, language: Language) {
    let columns = layer.label_columns();
    if columns.is_empty() {
        return;
    }
    let chosen = layer
        .label_column
        .map(|column| layer.columns[column].as_str());
    let combo = ComboBox::from_id_salt("names").selected_text(chosen.unwrap_or("–"));
    let response = combo.show_ui(ui, |ui| {
        for column in columns {
            let name = &layer.columns[column];
            let is_chosen = chosen == Some(name.as_str());
            if ui.selectable_label(is_chosen, name).clicked() && !is_chosen {
                setting.label_column = Some(name.clone());
            }
        }
    });
    let text = language.text("layers.reference.names");
    response
        .response
        .accessible_name(&*text)
        .on_hover_text(&*text);
}

/// Why a layer could not be read; where only its system is missing, a question.
fn failed_ui(
    ui: &mut Ui,
    setting: &mut ReferenceSetting,
    failure: &Failure,
    language: Language,
    actions: &mut Vec<Action>,
) {
    let text = match failure {
        Failure::Layer(error) => words::layer_error_text(language, error),
        Failure::NoThread => language.text("layers.address.no_thread").into_owned(),
    };
    ui.colored_label(ui.visuals().error_fg_color, text);
    let asks = matches!(
        failure,
        Failure::Layer(error) if matches!(
            error.kind,
            LayerErrorKind::NoSystem { .. }
                | LayerErrorKind::UnknownSystem { .. }
                | LayerErrorKind::NotOfSystem { .. }
        )
    );
    if asks {
        let label = language.text("layers.reference.crs");
        crs_box(ui, &mut setting.crs, &label, language);
    }
    if ui.small_button(language.text("layers.retry")).clicked() {
        actions.push(Action::Reference(ReferenceAction::Retry));
    }
}
