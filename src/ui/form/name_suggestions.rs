//! Beneath the name of an estate that was drawn here: the register rows that it may be. What is
//! typed finds them by characters, pinyin or initials, near ones first; Enter takes one, and its
//! values come with it.

use super::Form;
use super::sections::text_row;
use crate::edit::Command;
use crate::model::{Estate, EstateId, Field};
use crate::search::{FoundRow, Query, rows_for};
use crate::ui::action::Action;
use crate::ui::{icons, signs};
use crate::words::fields::record_name;
use crate::words::search::{distance_text, origin_text};
use egui::{Button, EventFilter, Key, Modifiers, Popup, Response, Sense, Ui};

const MOST_ROWS: usize = 8;

/// What was offered, and what became of it; outlives a frame.
#[derive(Default)]
pub struct Naming {
    of: Option<Asked>,
    query: Query,
    rows: Vec<FoundRow>,
    /// The row that Enter takes.
    chosen: Option<usize>,
    /// Esc closed the list; it opens again with the next letter.
    closed: bool,
}

/// What the rows offered depend on.
#[derive(PartialEq)]
struct Asked {
    drawn: EstateId,
    revision: u64,
    typed: String,
    complete: bool,
}

/// The line of the name, and while the cursor is in it the rows that may be meant.
pub fn name_row(ui: &mut Ui, form: &mut Form<'_>) {
    let offers = update(ui, form);
    let mut taken = match offers {
        true => keys(ui, form),
        false => None,
    };
    text_row(ui, form, Field::Name);
    let id = form.widget_id(&Field::Name);
    if let (true, Some(text_box)) = (offers && taken.is_none(), ui.ctx().read_response(id)) {
        if text_box.has_focus() {
            take_escape(ui, &text_box);
        }
        taken = popup(form, &text_box);
    }
    if let Some(row) = taken {
        take(form, row);
    }
}

/// Looks for rows anew where something else is typed. Returns whether there are any to offer.
fn update(ui: &Ui, form: &mut Form<'_>) -> bool {
    let has_cursor = ui.memory(|memory| memory.has_focus(form.widget_id(&Field::Name)));
    let Some((drawn, typed)) = nameless(form).filter(|_| has_cursor) else {
        form.state.naming.of = None;
        return false;
    };
    let index = form.input.index;
    let asked = Asked {
        drawn: drawn.id,
        revision: form.input.revision,
        typed,
        complete: index.is_complete(),
    };
    let naming = &mut form.state.naming;
    if naming.of.as_ref() != Some(&asked) {
        naming.query = Query::new(&asked.typed);
        naming.rows = rows_for(index, &naming.query, drawn.anchor(), MOST_ROWS);
        let first = naming.rows.first();
        let is_guess = first.is_some_and(|row| row.is_safe_guess(&naming.query));
        naming.chosen = is_guess.then_some(0);
        naming.closed = false;
        naming.of = Some(asked);
    }
    !naming.rows.is_empty() && !naming.closed
}

/// The one record selected, where it was drawn here and waits for a name, and what is typed.
fn nameless<'a>(form: &Form<'a>) -> Option<(&'a Estate, String)> {
    let [estate] = form.estates else { return None };
    let drawn_here = estate.origin.is_none() && estate.boundary.is_some();
    if !drawn_here || !estate.standing.is_counted() {
        return None;
    }
    let draft = form.state.drafts.get(&form.draft_key(&Field::Name));
    match draft {
        Some(draft) => Some((estate, draft.text.clone())),
        // A name that stands there already is not asked about.
        None => estate.name.is_empty().then(|| (*estate, String::new())),
    }
}

/// The keys of the list, before the text box takes them for its own. Returns the row taken.
fn keys(ui: &Ui, form: &mut Form<'_>) -> Option<EstateId> {
    let naming = &mut form.state.naming;
    let last = naming.rows.len() - 1;
    ui.input_mut(|input| {
        let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
        if pressed(Key::ArrowDown) {
            naming.chosen = Some(naming.chosen.map_or(0, |at| (at + 1).min(last)));
        }
        if pressed(Key::ArrowUp) {
            // Above the first stands what was typed.
            naming.chosen = naming.chosen.and_then(|at| at.checked_sub(1));
        }
        if pressed(Key::Escape) {
            naming.closed = true;
            return None;
        }
        let chosen = naming.chosen?;
        pressed(Key::Enter).then(|| naming.rows[chosen].id)
    })
}

/// Esc closes the list and leaves the cursor in the name.
fn take_escape(ui: &Ui, text_box: &Response) {
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        tab: false,
        escape: true,
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(text_box.id, filter));
}

/// The list itself. Returns the row that was clicked.
fn popup(form: &Form<'_>, text_box: &Response) -> Option<EstateId> {
    let naming = &form.state.naming;
    if naming.closed {
        return None;
    }
    let language = form.language();
    let name = language.text("form.rows_for_name");
    let shown = Popup::from_response(text_box)
        .id(text_box.id.with("rows"))
        .open(true)
        .accessible_name(name.clone())
        .width(text_box.rect.width())
        .gap(2.0)
        .show(|ui| {
            ui.label(signs::beneath(ui, name.clone()).weak());
            let mut clicked = None;
            for (place, row) in naming.rows.iter().enumerate() {
                let chosen = naming.chosen == Some(place);
                if row_button(ui, form, row, chosen).clicked() {
                    clicked = Some(row.id);
                }
            }
            clicked
        });
    shown.and_then(|shown| shown.inner)
}

fn row_button(ui: &mut Ui, form: &Form<'_>, row: &FoundRow, chosen: bool) -> Response {
    let language = form.language();
    let survey = form.input.survey;
    let Some(estate) = survey.estate(row.id) else {
        return ui.label("");
    };
    let name = record_name(language, survey, estate);
    let distance = match row.distance_m {
        Some(distance_m) => distance_text(language, distance_m),
        None => language.text("form.no_position").into_owned(),
    };
    let origin = origin_text(survey, estate);
    let address = Some(estate.address.clone()).filter(|address| !address.is_empty());
    let details: Vec<String> = address.into_iter().chain(origin).collect();
    // The mouse takes a row; the keyboard stays in the name.
    let button = Button::selectable(chosen, &name)
        .right_text(signs::beneath(ui, &distance).weak())
        .sense(Sense::CLICK)
        .min_size(egui::vec2(ui.available_width(), 0.0));
    let response = ui.add(button);
    let spoken = language.listed(&[name, distance]);
    let response = response.accessible_name(spoken);
    if !details.is_empty() {
        let text = format!("{} {}", icons::LIST, details.join(" · "));
        let label = egui::Label::new(signs::beneath(ui, text).weak()).truncate();
        ui.add(label);
    }
    response
}

/// The row takes over what was drawn; what was typed to find it is no name.
fn take(form: &mut Form<'_>, row: EstateId) {
    let Some(asked) = form.state.naming.of.take() else {
        return;
    };
    form.state.drafts.remove(&form.draft_key(&Field::Name));
    form.actions.retain(|action| {
        let names = |command: &Command| {
            matches!(
                command,
                Command::SetField {
                    field: Field::Name,
                    ..
                }
            )
        };
        !matches!(action, Action::Edit(command) if names(command))
    });
    let drawn = asked.drawn;
    form.actions
        .push(Action::Edit(Command::TakeRow { drawn, row }));
}
