//! What the rows of a list are, and in which system their coordinates.

use super::Read;
use super::columns::columns_ui;
use super::template::{fitting_ui, save_ui};
use super::version::version_ui;
use crate::catalogue::Catalogue;
use crate::model::{Crs, ListRole};
use crate::ui::action::{Action, ReadAs};
use crate::ui::coverage::kind_ui;
use crate::ui::dialog::DialogInput;
use crate::ui::dialog::systems::{Asked, comparison_ui};
use crate::ui::theme::Palette;
use crate::words::{Language, import as words};
use egui::{Button, ComboBox, Ui};

pub(super) fn mapping_ui(ui: &mut Ui, read: &mut Read, input: &DialogInput<'_>) -> Vec<Action> {
    let (language, catalogue) = (input.language, input.catalogue);
    let encoding = words::file_text(language, &read.preview);
    ui.label(language.text_with(
        "dialog.import.found",
        &[("rows", &read.preview.rows), ("format", &encoding)],
    ));
    fitting_ui(ui, read, language);
    ui.add_space(6.0);
    ui.strong(language.text("dialog.import.role"));
    for (role, key, hint) in [
        (
            ListRole::Estates,
            "dialog.import.role_estates",
            "dialog.import.role_estates_hint",
        ),
        (
            ListRole::Register,
            "dialog.import.role_register",
            "dialog.import.role_register_hint",
        ),
        (
            ListRole::Buildings,
            "dialog.import.role_buildings",
            "dialog.import.role_buildings_hint",
        ),
    ] {
        ui.horizontal(|ui| {
            let chosen = ui.radio(read.role == role, language.text(key));
            if chosen.clicked() && read.role != role {
                read.role = role;
                read.guess(catalogue);
            }
            ui.weak(language.text(hint));
        });
    }
    if read.role.gives_estates() {
        let name = language.text("coverage.kind");
        ui.horizontal(|ui| {
            ui.label(&*name);
            kind_ui(ui, &mut read.kind, &name, language);
            ui.weak(language.text("coverage.kind_hint"));
        });
    }
    version_ui(ui, read, input.survey, language);
    ui.add_space(6.0);
    let compared = crs_ui(ui, read, catalogue, language);
    ui.add_space(6.0);
    columns_ui(ui, read, catalogue, language);
    ui.add_space(6.0);
    let asked = read.request(input.survey);
    let needed = asked.is_none();
    let mut actions: Vec<Action> = compared.into_iter().collect();
    // In one line, so that a small laptop shows more of the columns.
    ui.horizontal(|ui| {
        actions.extend(go_on_ui(ui, asked, language));
        ui.separator();
        actions.extend(save_ui(ui, read, language));
    });
    if needed {
        ui.weak(language.text("dialog.import.datum_needed"));
    }
    actions
}

/// The button that imports, or compares with the version before.
fn go_on_ui(ui: &mut Ui, asked: Option<Action>, language: Language) -> Option<Action> {
    let key = match asked {
        Some(Action::CompareNewer(_)) => "lists.newer.compare",
        _ => "dialog.import.import",
    };
    let response = ui
        .add_enabled(asked.is_some(), Button::new(language.text(key)))
        .on_disabled_hover_text(language.text("dialog.import.datum_needed"));
    asked.filter(|_| response.clicked())
}

/// In which system the coordinates are: degrees of a datum at one glance, metres in a list; and for
/// whoever does not know, a look at the map.
fn crs_ui(
    ui: &mut Ui,
    read: &mut Read,
    catalogue: &Catalogue,
    language: Language,
) -> Option<Action> {
    ui.strong(language.text("dialog.import.datum"));
    let before = read.crs;
    let (degrees, metres): (Vec<Crs>, Vec<Crs>) =
        Crs::all().partition(|crs| matches!(crs, Crs::Degrees(_)));
    ui.horizontal_wrapped(|ui| {
        for crs in degrees {
            ui.radio_value(&mut read.crs, Some(crs), words::crs_text(language, crs));
        }
        let chosen = read.crs.filter(|crs| metres.contains(crs));
        let selected = match chosen {
            Some(crs) => words::crs_text(language, crs),
            None => language.text("dialog.import.metres").into_owned(),
        };
        let combo = ComboBox::from_id_salt("metres").selected_text(&selected);
        let response = combo.show_ui(ui, |ui| {
            for crs in metres {
                let name = words::crs_text(language, crs);
                ui.selectable_value(&mut read.crs, Some(crs), name);
            }
        });
        response
            .response
            .accessible_name(language.text("dialog.import.metres"));
    });
    let asked = comparison_ui(ui, &mut read.comparison, language);
    if let Asked::Take(crs) = asked {
        read.crs = Some(crs);
    }
    if read.crs != before {
        read.guess(catalogue);
    }
    let named = read.preview.crs_named;
    if let Some(hint) = named.or(read.preview.crs_hint) {
        let system = words::crs_text(language, hint);
        let key = match named {
            Some(_) => "dialog.import.datum_named",
            None => "dialog.import.datum_hint",
        };
        ui.label(language.text_with(key, &[("datum", &system)]));
    }
    if let Some(name) = &read.preview.unknown_system {
        let text = language.text_with("dialog.import.datum_unknown", &[("name", name)]);
        ui.colored_label(Palette::of(ui.visuals()).finding, text);
    }
    matches!(asked, Asked::Compare).then(|| {
        Action::CompareSystems(Box::new(ReadAs {
            path: read.path.clone(),
            layer: read.layer(),
            mapping: read.mapping.clone(),
            role: read.role,
        }))
    })
}
