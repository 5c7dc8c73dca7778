//! What an edited ledger asks for, value by value: what is in nobody's way is ticked, what was
//! changed on both sides waits for a person's choice.

use super::super::DialogInput;
use crate::jobs::ledger::returned::{CellEdit, Returned};
use crate::ui::action::{Action, LedgerAction, Selection};
use crate::ui::icons;
use crate::ui::theme::{LEDGER_HEIGHT, Palette};
use crate::words::fields::value_text;
use crate::words::ledger as words;
use egui::text::LayoutJob;
use egui::{Button, Color32, Label, RichText, ScrollArea, TextStyle, Ui};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A ledger under review.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Look {
    returned: Arc<Returned>,
    /// The places of the edits that are in nobody's way, in the order of the ledger.
    proposed: Vec<usize>,
    conflicts: Vec<usize>,
    /// The places of the edits that are taken.
    chosen: BTreeSet<usize>,
    /// How many conflicts keep the survey's value.
    kept: usize,
    shown: Shown,
}

/// Which part of it is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Proposed,
    Conflicts,
    Remarks,
}

/// Whose value an edit ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    Ours,
    Theirs,
}

impl Look {
    pub fn new(returned: Arc<Returned>) -> Self {
        let chosen = returned.proposed_places();
        let places = 0..returned.edits.len();
        let (proposed, conflicts): (Vec<_>, Vec<_>) = places.partition(|at| chosen.contains(at));
        // What nobody but a person can settle comes first.
        let shown = match (proposed.is_empty(), conflicts.is_empty()) {
            (_, false) => Shown::Conflicts,
            (true, true) => Shown::Remarks,
            (false, true) => Shown::Proposed,
        };
        Self {
            kept: conflicts.len(),
            returned,
            proposed,
            conflicts,
            chosen,
            shown,
        }
    }

    /// The places of the edits that are listed.
    fn places(&self) -> &[usize] {
        match self.shown {
            Shown::Proposed => &self.proposed,
            Shown::Conflicts => &self.conflicts,
            Shown::Remarks => &[],
        }
    }

    fn choice(&self, at: usize) -> Choice {
        match self.chosen.contains(&at) {
            true => Choice::Theirs,
            false => Choice::Ours,
        }
    }

    fn choose(&mut self, places: &[usize], choice: Choice) {
        for at in places {
            match choice {
                Choice::Theirs => self.chosen.insert(*at),
                Choice::Ours => self.chosen.remove(at),
            };
        }
        let kept = self.conflicts.iter().filter(|at| !self.chosen.contains(at));
        self.kept = kept.count();
    }
}

pub(super) fn look_ui(ui: &mut Ui, look: &mut Look, input: &DialogInput<'_>) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    if look.returned.edits.is_empty() {
        ui.label(language.text("returned.dialog.nothing"));
    }
    parts_ui(ui, look, input);
    all_ui(ui, look, input);
    ui.separator();
    match look.shown {
        Shown::Remarks => remarks_ui(ui, &look.returned, input),
        Shown::Proposed | Shown::Conflicts => {
            let chosen = edits_ui(ui, look, input, &mut actions);
            if let Some((at, choice)) = chosen {
                look.choose(&[at], choice);
            }
        }
    }
    ui.separator();
    take_ui(ui, look, input, &mut actions);
    actions
}

fn parts_ui(ui: &mut Ui, look: &mut Look, input: &DialogInput<'_>) {
    let (proposed, conflicts) = (look.proposed.len(), look.conflicts.len());
    let parts = [
        (Shown::Proposed, "returned.dialog.proposed", proposed),
        (Shown::Conflicts, "returned.dialog.conflicts", conflicts),
        (
            Shown::Remarks,
            "returned.dialog.remarks",
            look.returned.remarks.len(),
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
fn all_ui(ui: &mut Ui, look: &mut Look, input: &DialogInput<'_>) {
    let (all, none) = match look.shown {
        Shown::Proposed => ("returned.dialog.tick_all", "returned.dialog.tick_none"),
        Shown::Conflicts => ("returned.dialog.all_theirs", "returned.dialog.all_ours"),
        Shown::Remarks => return,
    };
    ui.horizontal_wrapped(|ui| {
        for (key, choice) in [(all, Choice::Theirs), (none, Choice::Ours)] {
            if ui.small_button(input.language.text(key)).clicked() {
                let places = look.places().to_vec();
                look.choose(&places, choice);
            }
        }
    });
}

/// The edit that was chosen about.
fn edits_ui(
    ui: &mut Ui,
    look: &Look,
    input: &DialogInput<'_>,
    actions: &mut Vec<Action>,
) -> Option<(usize, Choice)> {
    let line = ui
        .text_style_height(&TextStyle::Body)
        .max(ui.spacing().interact_size.y);
    let lines = match look.shown {
        // The cell, why it is one, and a line for each of the two values.
        Shown::Conflicts => 4.0,
        Shown::Proposed | Shown::Remarks => 2.0,
    };
    let height = lines * line + 8.0;
    let places = look.places();
    let mut chosen = None;
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
                    let before = look.choice(*at);
                    let after = match edit.is_conflict() {
                        true => conflict_ui(ui, edit, before, input, actions),
                        false => proposed_ui(ui, edit, before, input, actions),
                    };
                    if after != before {
                        chosen = Some((*at, after));
                    }
                });
            }
        });
    chosen
}

fn proposed_ui(
    ui: &mut Ui,
    edit: &CellEdit,
    choice: Choice,
    input: &DialogInput<'_>,
    actions: &mut Vec<Action>,
) -> Choice {
    let place = place(edit, input);
    let mut taken = choice == Choice::Theirs;
    ui.horizontal(|ui| {
        let tick = ui.checkbox(&mut taken, "");
        let name = input
            .language
            .text_with("returned.dialog.take_one", &[("place", &place)]);
        tick.accessible_name(name);
        actions.extend(place_ui(ui, edit, &place));
    });
    let values = words::values_text(input.language, edit);
    let text = Label::new(RichText::new(&values)).truncate();
    ui.add(text).on_hover_text(values);
    match taken {
        true => Choice::Theirs,
        false => Choice::Ours,
    }
}

fn conflict_ui(
    ui: &mut Ui,
    edit: &CellEdit,
    mut choice: Choice,
    input: &DialogInput<'_>,
    actions: &mut Vec<Action>,
) -> Choice {
    let language = input.language;
    let place = place(edit, input);
    actions.extend(place_ui(ui, edit, &place));
    let why = words::conflict_text(language, edit).unwrap_or_default();
    let why = format!("{} {why}", icons::WARNING);
    let color = Palette::of(ui.visuals()).caution;
    let label = Label::new(RichText::new(&why).small().color(color)).truncate();
    ui.add(label).on_hover_text(why);
    let value = |value| value_text(language, &edit.field, value);
    for (one, key, value) in [
        (
            Choice::Ours,
            "returned.dialog.ours",
            value(edit.ours.as_ref()),
        ),
        (
            Choice::Theirs,
            "returned.dialog.theirs",
            value(edit.theirs.as_ref()),
        ),
    ] {
        let text = language.text_with(key, &[("value", &value)]);
        let name = format!("{place}: {text}");
        let radio = ui.radio_value(&mut choice, one, &text);
        radio.accessible_name(name).on_hover_text(text);
    }
    choice
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

/// Lines of a remark that are shown; the rest of a longer one shows under the pointer.
const REMARK_LINES: u8 = 3;

fn remarks_ui(ui: &mut Ui, returned: &Returned, input: &DialogInput<'_>) {
    let height = f32::from(REMARK_LINES) * ui.text_style_height(&TextStyle::Body);
    let font = TextStyle::Body.resolve(ui.style());
    // There may be one for every row of the ledger.
    ScrollArea::vertical()
        .id_salt("ledger remarks")
        .max_height(LEDGER_HEIGHT)
        .auto_shrink([false, true])
        .show_rows(ui, height, returned.remarks.len(), |ui, range| {
            for remark in returned.remarks.get(range).unwrap_or_default() {
                let text = words::remark_text(input.language, remark);
                let color = Color32::PLACEHOLDER;
                let mut job = LayoutJob::simple(text, font.clone(), color, f32::INFINITY);
                job.wrap.max_rows = REMARK_LINES.into();
                ui.vertical(|ui| {
                    ui.set_height(height);
                    ui.add(Label::new(job).wrap());
                });
            }
        });
}

fn take_ui(ui: &mut Ui, look: &Look, input: &DialogInput<'_>, actions: &mut Vec<Action>) {
    let language = input.language;
    let count = look.chosen.len();
    if look.kept > 0 {
        let text = language.text_with("returned.dialog.kept", &[("count", &look.kept)]);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::ledger::returned::Here;
    use crate::model::{EstateId, Field};

    fn returned(fates: &[Here]) -> Arc<Returned> {
        let edit = |here: &Here| CellEdit {
            row: 2,
            estate: EstateId(uuid::Uuid::nil()),
            field: Field::Households,
            ours: None,
            theirs: None,
            here: here.clone(),
        };
        Arc::new(Returned {
            file: "台账.xlsx".to_owned(),
            rows: fates.len(),
            edits: fates.iter().map(edit).collect(),
            remarks: Vec::new(),
        })
    }

    #[test]
    fn what_is_taken_and_what_is_kept_go_with_every_choice() {
        let mut look = Look::new(returned(&[
            Here::Unknown,
            Here::Unchanged,
            Here::Unknown,
            Here::Unchanged,
        ]));
        let told = |look: &Look| (look.chosen.iter().copied().collect::<Vec<_>>(), look.kept);
        assert_eq!((look.places(), look.shown), (&[0, 2][..], Shown::Conflicts));
        assert_eq!(told(&look), (vec![1, 3], 2));
        look.choose(&[2], Choice::Theirs);
        assert_eq!(told(&look), (vec![1, 2, 3], 1));
        look.choose(&[1, 3], Choice::Ours);
        assert_eq!(told(&look), (vec![2], 1));
        look.choose(&[0, 2], Choice::Ours);
        assert_eq!(told(&look), (vec![], 2));
    }

    #[test]
    fn what_a_person_must_settle_is_shown_first() {
        for (fates, shown) in [
            (&[Here::Unchanged, Here::Unknown][..], Shown::Conflicts),
            (&[Here::Unchanged], Shown::Proposed),
            (&[], Shown::Remarks),
        ] {
            assert_eq!(Look::new(returned(fates)).shown, shown, "{fates:?}");
        }
    }
}
