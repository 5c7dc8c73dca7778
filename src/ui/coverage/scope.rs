//! Who has to answer: a person says it, for a county as a whole or street by street.

use super::CoverageInput;
use crate::catalogue::Divisions;
use crate::edit::{Command, CoverageCommand};
use crate::rules::communities::counties;
use crate::ui::action::Action;
use crate::ui::theme;
use crate::words::coverage as words;
use egui::{CollapsingHeader, ScrollArea, Ui};
use std::collections::BTreeSet;

pub(super) fn scope_ui(ui: &mut Ui, input: &CoverageInput<'_>) -> Option<Action> {
    let language = input.language;
    let before = &input.survey.settings().answering;
    let mut answering = before.clone();
    CollapsingHeader::new(language.text("coverage.scope"))
        .id_salt("scope")
        .show(ui, |ui| {
            ui.label(language.text("coverage.scope_help"));
            let scroll = ScrollArea::vertical().max_height(theme::LISTS_HEIGHT);
            scroll.show(ui, |ui| {
                for county in counties(input.survey) {
                    county_ui(ui, &county, &mut answering, input);
                }
            });
        });
    (answering != *before).then(|| {
        let codes = answering;
        Action::Edit(Command::Coverage(CoverageCommand::SetAnswering { codes }))
    })
}

fn county_ui(
    ui: &mut Ui,
    county: &str,
    answering: &mut BTreeSet<String>,
    input: &CoverageInput<'_>,
) {
    let name = words::division_name(county);
    let whole = input
        .language
        .text_with("coverage.whole_of", &[("name", &name)]);
    let mut is_whole = answering.contains(county);
    if ui.checkbox(&mut is_whole, whole).changed() {
        // The whole says what its parts said.
        answering.retain(|code| !code.starts_with(county));
        if is_whole {
            answering.insert(county.to_owned());
        }
    }
    ui.indent(county, |ui| {
        for street in Divisions::shipped().inside(county) {
            let mut is_in = is_whole || answering.contains(street.code);
            let checkbox = egui::Checkbox::new(&mut is_in, street.name);
            if ui.add_enabled(!is_whole, checkbox).changed() {
                match is_in {
                    true => answering.insert(street.code.to_owned()),
                    false => answering.remove(street.code),
                };
            }
        }
    });
}
