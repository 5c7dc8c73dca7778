//! The photos of an estate, and those that nobody has put anywhere yet.

use super::Form;
use super::sections::{fold_heading, section};
use crate::edit::{Command, PhotoCommand};
use crate::model::{Estate, EstateId, Photo, Survey};
use crate::ui::action::{Action, PhotoAction};
use crate::ui::icons;
use crate::ui::photo_card::card;
use crate::ui::theme::PHOTO_CARD;
use egui::{Id, Sense, Ui};
use std::sync::Arc;

/// More cards at once tell no more; the rest is seen by leafing through.
const MOST_CARDS: usize = 24;

/// Which photos the form shows, kept until the survey or the selection changes.
#[derive(Default)]
pub struct PhotoStrip {
    of: Option<(u64, Option<EstateId>)>,
    own: Vec<Arc<Photo>>,
    without_estate: Vec<Arc<Photo>>,
    without: Without,
}

/// Whether the photos without an estate are unfolded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Without {
    #[default]
    Folded,
    Unfolded,
}

impl PhotoStrip {
    fn update(&mut self, survey: &Survey, revision: u64, estate: Option<EstateId>) {
        if self.of == Some((revision, estate)) {
            return;
        }
        self.of = Some((revision, estate));
        self.own = match estate {
            Some(estate) => in_order(survey.photos_of(estate)),
            None => Vec::new(),
        };
        self.without_estate = in_order(survey.photos_without_estate());
    }
}

fn in_order<'a>(photos: impl Iterator<Item = &'a Arc<Photo>>) -> Vec<Arc<Photo>> {
    let mut photos: Vec<_> = photos.cloned().collect();
    photos.sort_by(|a, b| Photo::by_time(a, b));
    photos
}

/// The photos of the selected record.
pub fn photos(ui: &mut Ui, form: &mut Form<'_>, estate: &Estate) {
    let input = form.input;
    let strip = &mut form.state.photos;
    strip.update(input.survey, input.revision, Some(estate.id));
    let (own, without) = (strip.own.clone(), strip.without_estate.clone());
    section(ui, form, super::Section::Photos, |ui, form| {
        cards(ui, form, &own);
        if !estate.standing.is_counted() {
            return;
        }
        let name = form.language().text("photos.add");
        let button = ui.button(format!("{} {name}", icons::CAMERA));
        if button.accessible_name(name).clicked() {
            let to = Some(estate.id);
            form.actions.push(Action::Photo(PhotoAction::Pick { to }));
        }
        if !without.is_empty() && heading_without(ui, form, without.len()) {
            cards(ui, form, &without);
            let put = form.language().text("photos.put_all_here");
            if ui.button(put).clicked() {
                let photos = without.iter().map(|photo| photo.id).collect();
                let estate = Some(estate.id);
                let command = PhotoCommand::Assign { photos, estate };
                form.actions.push(Action::Edit(Command::Photo(command)));
            }
        }
    });
}

/// Where no record is selected: what waits to be put somewhere.
pub fn photos_without_estate(ui: &mut Ui, form: &mut Form<'_>) {
    let input = form.input;
    form.state.photos.update(input.survey, input.revision, None);
    let without = form.state.photos.without_estate.clone();
    if !without.is_empty() && heading_without(ui, form, without.len()) {
        cards(ui, form, &without);
    }
}

/// Whether it is unfolded.
fn heading_without(ui: &mut Ui, form: &mut Form<'_>, count: usize) -> bool {
    let title = form
        .language()
        .text_with("photos.without_estate", &[("count", &count)]);
    let is_open = form.state.photos.without == Without::Unfolded;
    let id = Id::unique("photos without estate");
    if fold_heading(ui, id, &title, is_open, Sense::click(), None) {
        form.state.photos.without = match is_open {
            true => Without::Folded,
            false => Without::Unfolded,
        };
    }
    is_open
}

fn cards(ui: &mut Ui, form: &mut Form<'_>, photos: &[Arc<Photo>]) {
    let (input, language) = (form.input, form.language());
    let look = |index: usize| {
        let among: Vec<_> = photos.iter().map(|photo| photo.id).collect();
        let photo = among[index];
        Action::Photo(PhotoAction::Look { photo, among })
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(4.0, 4.0);
        for (index, photo) in photos.iter().take(MOST_CARDS).enumerate() {
            if card(ui, input.pictures, photo, PHOTO_CARD, language).clicked() {
                form.actions.push(look(index));
            }
        }
    });
    if photos.len() > MOST_CARDS {
        let count = photos.len();
        let text = language.text_with("photos.show_all", &[("count", &count)]);
        if ui.link(text).clicked() {
            form.actions.push(look(0));
        }
    }
}
