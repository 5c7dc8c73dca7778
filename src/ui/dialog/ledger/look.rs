//! What an edited ledger asks for, value by value: what is in nobody's way is ticked, what was
//! changed on both sides waits for a person's choice.

use super::super::DialogInput;
use crate::jobs::ledger::returned::{CellEdit, Returned};
use crate::ui::action::{Action, LedgerAction, Selection};
use crate::ui::icons;
use crate::ui::theme::{LEDGER_HEIGHT, Palette};
use crate::words::fields::value_text;
use crate::words::ledger as words;
use egui::{Button, Label, RichText, ScrollArea, TextStyle, Ui};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A ledger under review.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Look {
    returned: Arc<Returned>,
    /// The places of the edits that are taken.
    chosen: BTreeSet<usize>,
    shown: Shown,
}

/// Which part of it is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Proposed,
    Conflicts,
    Remarks,
}

impl Look {
    pub fn new(returned: Arc<Returned>) -> Self {
        let chosen = returned.proposed_places();
        // What nobody but a person can settle comes first.
        let shown = match (returned.edits.is_empty(), returned.conflicts().next()) {
            (_, Some(_)) => Shown::Conflicts,
            (true, None) => Shown::Remarks,
            (false, None) => Shown::Proposed,
        };
        Self {
            returned,
            chosen,
            shown,
        }
    }

    /// The places of the edits of this kind, in the order of the ledger.
    fn places(&self, shown: Shown) -> Vec<usize> {
        let edits = self.returned.edits.iter().enumerate();
        let listed = edits.filter(|(_, edit)| match shown {
            Shown::Proposed => !edit.is_conflict(),
            Shown::Conflicts => edit.is_conflict(),
            Shown::Remarks => false,
        });
        listed.map(|(at, _)| at).collect()
    }
}

pub(super) fn look_ui(ui: &mut Ui, look: &mut Look, input: &DialogInput<'_>) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    if look.returned.edits.is_empty() {
        ui.label(language.text("returned.dialog.nothing"));
    }
    parts_ui(ui, look, input);
    let places = look.places(look.shown);
    all_ui(ui, look, &places, input);
    ui.separator();
    match look.shown {
        Shown::Remarks => remarks_ui(ui, &look.returned, input),
        Shown::Proposed | Shown::Conflicts => {
            edits_ui(ui, look, &places, input, &mut actions);
        }
    }
    ui.separator();
    take_ui(ui, look, input, &mut actions);
    actions
}

fn parts_ui(ui: &mut Ui, look: &mut Look, input: &DialogInput<'_>) {
    let returned = &look.returned;
    let parts = [
        (
            Shown::Proposed,
            "returned.dialog.proposed",
            returned.proposed().count(),
        ),
        (
            Shown::Conflicts,
            "returned.dialog.conflicts",
            returned.conflicts().count(),
        ),
        (
            Shown::Remarks,
            "returned.dialog.remarks",
            returned.remarks.len(),
        ),
    ];
    ui.horizontal_wrapped(|ui| {
        for (shown, key, count) in parts {
            let text = input.language.text_with(key, &[("count", &count)]);
            ui.selectable_value(&mut look.shown, shown, text);
        }
    });
}

/// One choice for everything that is listed.
fn all_ui(ui: &mut Ui, look: &mut Look, places: &[usize], input: &DialogInput<'_>) {
    let (all, none) = match look.shown {
        Shown::Proposed => ("returned.dialog.tick_all", "returned.dialog.tick_none"),
        Shown::Conflicts => ("returned.dialog.all_theirs", "returned.dialog.all_ours"),
        Shown::Remarks => return,
    };
    ui.horizontal_wrapped(|ui| {
        if ui.small_button(input.language.text(all)).clicked() {
            look.chosen.extend(places);
        }
        if ui.small_button(input.language.text(none)).clicked() {
            look.chosen.retain(|at| !places.contains(at));
        }
    });
}

fn edits_ui(
    ui: &mut Ui,
    look: &mut Look,
    places: &[usize],
    input: &DialogInput<'_>,
    actions: &mut Vec<Action>,
) {
    let line = ui
        .text_style_height(&TextStyle::Body)
        .max(ui.spacing().interact_size.y);
    let lines = match look.shown {
        // The cell, why it is one, and a line for each of the two values.
        Shown::Conflicts => 4.0,
        Shown::Proposed | Shown::Remarks => 2.0,
    };
    let height = lines * line + 8.0;
    ScrollArea::vertical()
        .id_salt("ledger edits")
        .max_height(LEDGER_HEIGHT)
        .auto_shrink([false, true])
        .show_rows(ui, height, places.len(), |ui, range| {
            for at in places.get(range).unwrap_or_default() {
                let Some(edit) = look.returned.edits.get(*at) else {
                    continue;
                };
                ui.push_id(*at, |ui| {
                    ui.set_height(height);
                    let choice = (&mut look.chosen, *at);
                    match edit.is_conflict() {
                        true => conflict_ui(ui, edit, choice, input, actions),
                        false => proposed_ui(ui, edit, choice, input, actions),
                    }
                });
            }
        });
}

/// Whether the edit at a place is taken.
type Choice<'a> = (&'a mut BTreeSet<usize>, usize);

fn set((chosen, at): Choice<'_>, taken: bool) {
    match taken {
        true => chosen.insert(at),
        false => chosen.remove(&at),
    };
}

fn proposed_ui(
    ui: &mut Ui,
    edit: &CellEdit,
    choice: Choice<'_>,
    input: &DialogInput<'_>,
    actions: &mut Vec<Action>,
) {
    let place = place(edit, input);
    ui.horizontal(|ui| {
        let mut taken = choice.0.contains(&choice.1);
        let tick = ui.checkbox(&mut taken, "");
        let name = input
            .language
            .text_with("returned.dialog.take_one", &[("place", &place)]);
        if tick.accessible_name(name).changed() {
            set(choice, taken);
        }
        actions.extend(place_ui(ui, edit, &place));
    });
    let values = words::values_text(input.language, edit);
    let text = Label::new(RichText::new(&values)).truncate();
    ui.add(text).on_hover_text(values);
}

fn conflict_ui(
    ui: &mut Ui,
    edit: &CellEdit,
    choice: Choice<'_>,
    input: &DialogInput<'_>,
    actions: &mut Vec<Action>,
) {
    let language = input.language;
    let place = place(edit, input);
    actions.extend(place_ui(ui, edit, &place));
    let why = words::conflict_text(language, edit).unwrap_or_default();
    let why = format!("{} {why}", icons::WARNING);
    let color = Palette::of(ui.visuals()).caution;
    let label = Label::new(RichText::new(&why).small().color(color)).truncate();
    ui.add(label).on_hover_text(why);
    let taken = choice.0.contains(&choice.1);
    let value = |value| value_text(language, &edit.field, value);
    for (takes, key, value) in [
        (false, "returned.dialog.ours", value(edit.ours.as_ref())),
        (true, "returned.dialog.theirs", value(edit.theirs.as_ref())),
    ] {
        let text = language.text_with(key, &[("value", &value)]);
        let name = format!("{place}: {text}");
        let radio = ui.add(egui::RadioButton::new(taken == takes, &text));
        if radio.accessible_name(name).on_hover_text(text).clicked() {
            set((&mut *choice.0, choice.1), takes);
        }
    }
}

fn place(edit: &CellEdit, input: &DialogInput<'_>) -> String {
    let survey = input.survey;
    let items = &input.catalogue.items;
    survey.map_or_else(String::new, |survey| {
        words::place_text(input.language, survey, edit, items)
    })
}

/// The way to the field in the form, to look before choosing.
fn place_ui(ui: &mut Ui, edit: &CellEdit, place: &str) -> Vec<Action> {
    let button = Button::new(RichText::new(place).strong())
        .frame(false)
        .truncate();
    match ui.add(button).on_hover_text(place).clicked() {
        true => vec![
            Action::Select(Selection::Only(edit.estate)),
            Action::ShowOnMap(edit.estate),
            Action::GoToField(edit.estate, edit.field),
        ],
        false => Vec::new(),
    }
}

fn remarks_ui(ui: &mut Ui, returned: &Returned, input: &DialogInput<'_>) {
    ScrollArea::vertical()
        .id_salt("ledger remarks")
        .max_height(LEDGER_HEIGHT)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for remark in &returned.remarks {
                let text = words::remark_text(input.language, remark);
                ui.add(Label::new(text).wrap());
                ui.add_space(4.0);
            }
        });
}

fn take_ui(ui: &mut Ui, look: &Look, input: &DialogInput<'_>, actions: &mut Vec<Action>) {
    let language = input.language;
    let count = look.chosen.len();
    let conflicts = look.places(Shown::Conflicts);
    let kept = conflicts.iter().filter(|at| !look.chosen.contains(at));
    let kept = kept.count();
    if kept > 0 {
        let text = language.text_with("returned.dialog.kept", &[("count", &kept)]);
        ui.add(Label::new(text).wrap());
    }
    let name = language.text_with("returned.dialog.take", &[("count", &count)]);
    let button = Button::new(format!("{} {name}", icons::CHECK));
    let button = ui.add_enabled(count > 0, button).accessible_name(name);
    if button.clicked() {
        actions.push(Action::Ledger(LedgerAction::Take {
            returned: look.returned.clone(),
            places: look.chosen.clone(),
        }));
    }
    button.on_hover_text(language.text("returned.dialog.one_edit"));
}
