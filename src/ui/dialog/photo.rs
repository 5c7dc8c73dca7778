//! A photo at full size, its note, and where it belongs; the arrow keys leaf through.

use super::DialogInput;
use crate::edit::{Command, PhotoCommand};
use crate::model::{EstateId, Photo, PhotoId, Survey};
use crate::ui::action::{Action, PhotoAction, Selection};
use crate::ui::icons;
use crate::ui::photo_card::{Fit, about, paint};
use crate::ui::pictures::{PictureSize, Shown};
use crate::ui::theme::BOX_HEIGHT;
use crate::words::Language;
use crate::words::fields::record_name;
use crate::words::photos::photo_name;
use egui::{EventFilter, Key, Modifiers, Role, Sense, TextEdit, Ui, WidgetInfo, vec2};
use std::fmt::Display;

const PICTURE_HEIGHT: f32 = 380.0;

/// A photo being looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct PhotoView {
    pub photo: PhotoId,
    /// What the arrow keys leaf through, this photo among them.
    pub among: Vec<PhotoId>,
    /// What was typed and is no edit yet.
    pub note: Option<String>,
}

impl PhotoView {
    /// The note that was typed, as an edit.
    pub fn typed_note(&mut self) -> Option<Action> {
        let (photo, note) = (self.photo, self.note.take()?);
        let note = note.trim().to_owned();
        let command = PhotoCommand::Note { photo, note };
        Some(Action::Edit(Command::Photo(command)))
    }

    /// The photo so many places on, where there is one.
    fn beside(&self, survey: &Survey, steps: isize) -> Option<Action> {
        let there = |id: &&PhotoId| **id == self.photo || survey.photo(**id).is_some();
        let among: Vec<PhotoId> = self.among.iter().filter(there).copied().collect();
        let here = among.iter().position(|id| *id == self.photo)?;
        let photo = *among.get(here.checked_add_signed(steps)?)?;
        Some(Action::Photo(PhotoAction::Look { photo, among }))
    }
}

pub(super) fn photo_ui(ui: &mut Ui, view: &mut PhotoView, input: &DialogInput<'_>) -> Vec<Action> {
    let language = input.language;
    let Some(survey) = input.survey else {
        return vec![Action::CloseDialog];
    };
    let Some(photo) = survey.photo(view.photo) else {
        ui.label(language.text("refusal.no_such_photo"));
        return Vec::new();
    };
    let mut actions = Vec::new();
    let steps = picture_ui(ui, photo, input);
    let (before, after) = (view.beside(survey, -1), view.beside(survey, 1));
    ui.horizontal_wrapped(|ui| {
        for (icon, key, to, pressed) in [
            (icons::CARET_LEFT, "photos.previous", &before, steps < 0),
            (icons::CARET_RIGHT, "photos.next", &after, steps > 0),
        ] {
            let name = language.text(key);
            let button = ui.add_enabled(to.is_some(), egui::Button::new(icon));
            let button = button.accessible_name(&*name).on_hover_text(name);
            if button.clicked() || pressed {
                actions.extend(to.clone());
            }
        }
        if let Some(place) = view.among.iter().position(|id| *id == photo.id) {
            let values: [(&str, &dyn Display); 2] =
                [("place", &(place + 1)), ("count", &view.among.len())];
            ui.weak(language.text_with("photos.place", &values));
        }
        ui.label(photo_name(photo));
        if let Some(at) = photo.position {
            ui.weak(format!("{:.6}, {:.6}", at.lon, at.lat));
        }
    });
    belonging(ui, survey, photo, input, &mut actions);
    note_ui(ui, view, photo, language, &mut actions);
    let remove = language.text("photos.remove");
    let button = ui.button(format!("{} {remove}", icons::TRASH));
    let button = button.accessible_name(remove);
    if button
        .on_hover_text(language.text("photos.remove_hint"))
        .clicked()
    {
        let photos = vec![photo.id];
        actions.push(edit(PhotoCommand::Remove { photos }));
        actions.push(after.or(before).unwrap_or(Action::CloseDialog));
    }
    actions
}

/// The picture; how far the arrow keys go on from it.
fn picture_ui(ui: &mut Ui, photo: &Photo, input: &DialogInput<'_>) -> isize {
    let size = vec2(ui.available_width(), PICTURE_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let shown = input.pictures.show(photo, PictureSize::Large);
    paint(
        ui.painter(),
        rect,
        &shown,
        photo,
        input.language,
        Fit::Contain,
    );
    let name = photo_name(photo);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
    if matches!(shown, Shown::Not(_)) {
        about(ui, photo, &shown, input.language);
    }
    // Whoever opens a photo leafs with the arrow keys at once; whoever types a note does not.
    if ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    if !response.has_focus() {
        return 0;
    }
    let arrows = EventFilter {
        horizontal_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    isize::from(pressed(Key::ArrowRight)) - isize::from(pressed(Key::ArrowLeft))
}

/// The estate it belongs to, and the one it could.
fn belonging(
    ui: &mut Ui,
    survey: &Survey,
    photo: &Photo,
    input: &DialogInput<'_>,
    actions: &mut Vec<Action>,
) {
    let language = input.language;
    let name = |id: EstateId| Some(record_name(language, survey, survey.estate(id)?));
    let assign = |estate| {
        let photos = vec![photo.id];
        edit(PhotoCommand::Assign { photos, estate })
    };
    let own = photo.estate.and_then(|id| Some((id, name(id)?)));
    ui.horizontal_wrapped(|ui| {
        ui.set_min_height(BOX_HEIGHT);
        match &own {
            Some((id, name)) => {
                ui.label(language.text("photos.belongs_to"));
                if ui.link(name).clicked() {
                    actions.push(Action::Select(Selection::Only(*id)));
                    actions.push(Action::ShowOnMap(*id));
                }
                if ui.button(language.text("photos.take_away")).clicked() {
                    actions.push(assign(None));
                }
            }
            None => {
                ui.label(language.text("photos.belongs_to_none"));
            }
        }
        let other = input.selected.filter(|id| photo.estate != Some(*id));
        if let Some((id, name)) = other.and_then(|id| Some((id, name(id)?))) {
            let put = language.text_with("photos.put_to", &[("name", &name)]);
            if ui.button(put).clicked() {
                actions.push(assign(Some(id)));
            }
        }
    });
}

fn note_ui(
    ui: &mut Ui,
    view: &mut PhotoView,
    photo: &Photo,
    language: Language,
    actions: &mut Vec<Action>,
) {
    let label = language.text("photos.note");
    ui.label(&*label);
    let mut text = view.note.clone().unwrap_or_else(|| photo.note.clone());
    let text_box = TextEdit::multiline(&mut text)
        .desired_rows(2)
        .desired_width(f32::INFINITY);
    let response = ui.add(text_box).accessible_name(label.as_ref());
    if response.changed() {
        view.note = Some(text);
    }
    if response.lost_focus() {
        actions.extend(view.typed_note());
    }
}

fn edit(command: PhotoCommand) -> Action {
    Action::Edit(Command::Photo(command))
}
