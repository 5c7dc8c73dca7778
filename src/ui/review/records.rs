//! What lies behind the two records of a pair: where each came from, what else it is called, its
//! photos, and who changed it last.

use super::ReviewInput;
use crate::edit::Refusal;
use crate::model::{Estate, Origin, Pair, Photo, Survey, Verdict};
use crate::ui::action::{Action, PhotoAction, Selection, Workspace};
use crate::ui::history::{Shown, recent_ui};
use crate::ui::icons;
use crate::ui::map::pair_sample;
use crate::ui::photo_card::card;
use crate::ui::pictures::Pictures;
use crate::words::fields::{record_name, row_text};
use crate::words::history::standing_text;
use crate::words::{Language, fields};
use egui::{Label, RichText, Ui};
use std::sync::Arc;

/// Of photos and of entries of the history: enough to know the two by, the rest is in the form.
const MOST_CARDS: usize = 5;
const MOST_ENTRIES: usize = 3;
const CARD: f32 = 62.0;

/// What was read of the two records from beside the survey, for one state of it.
pub struct Behind {
    pub of: (Pair, u64, Language),
    pub photos: [Vec<Arc<Photo>>; 2],
    pub history: [Shown; 2],
    /// The verdicts that cannot be given, with the reason.
    pub refused: Vec<(Verdict, Refusal)>,
}

pub(super) fn records_ui(
    ui: &mut Ui,
    behind: Option<&Behind>,
    records: [&Arc<Estate>; 2],
    input: &ReviewInput<'_>,
) -> Vec<Action> {
    let mut actions = Vec::new();
    for (side, estate) in records.into_iter().enumerate() {
        ui.separator();
        ui.push_id(estate.id, |ui| {
            actions.extend(heading_ui(ui, side, estate, input));
            about_ui(ui, estate, input);
            if let Some(behind) = behind {
                actions.extend(photos_ui(ui, &behind.photos[side], input));
                history_ui(ui, &behind.history[side], input.language);
            }
        });
    }
    actions
}

fn heading_ui(ui: &mut Ui, side: usize, estate: &Estate, input: &ReviewInput<'_>) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    let name = record_name(language, input.survey, estate);
    ui.horizontal_wrapped(|ui| {
        pair_sample(ui, side);
        ui.strong(&name);
        let open = language.text_with("review.open_named", &[("name", &name)]);
        let button = ui.small_button(icons::PENCIL).on_hover_text(&open);
        if button.accessible_name(open).clicked() {
            actions.push(Action::SetWorkspace(Workspace::Survey));
            actions.push(Action::Select(Selection::Only(estate.id)));
        }
    });
    actions
}

/// List and row, who published it under which number, other names, and whether it counts.
fn about_ui(ui: &mut Ui, estate: &Estate, input: &ReviewInput<'_>) {
    let language = input.language;
    let mut lines = vec![source_line(language, input.survey, estate)];
    if let Some(published) = published(estate.origin.as_ref(), language) {
        lines.push(published);
    }
    if let Some(number) = &estate.lib_no {
        lines.push(language.text_with("review.lib_no", &[("number", number)]));
    }
    if !estate.aliases.is_empty() {
        let names = language.listed(&estate.aliases);
        lines.push(language.text_with("review.aliases", &[("names", &names)]));
    }
    if !estate.standing.is_counted() {
        lines.push(standing_text(language, input.survey, &estate.standing));
    }
    for line in lines {
        ui.add(Label::new(line).wrap());
    }
}

/// Where a record came from: a list and its row, or drawn here.
pub fn source_line(language: Language, survey: &Survey, estate: &Estate) -> String {
    match (&estate.origin, row_text(language, survey, estate)) {
        (None, _) => language.text("review.drawn_here").into_owned(),
        (Some(_), Some(row)) => language.text_with("review.from_row", &[("row", &row)]),
        (Some(_), None) => language.text("source.imported_somewhere").into_owned(),
    }
}

/// Who published a row of a list, and under which number.
pub fn published(origin: Option<&Origin>, language: Language) -> Option<String> {
    let origin = origin?;
    match (origin.source.as_str(), origin.source_id.as_str()) {
        ("", "") => None,
        (source, "") => Some(language.text_with("review.published", &[("source", &source)])),
        ("", id) => Some(language.text_with("review.published_id", &[("id", &id)])),
        (source, id) => {
            let values: [(&str, &dyn std::fmt::Display); 2] = [("source", &source), ("id", &id)];
            Some(language.text_with("review.published_as", &values))
        }
    }
}

fn photos_ui(ui: &mut Ui, photos: &[Arc<Photo>], input: &ReviewInput<'_>) -> Option<Action> {
    let pictures: &Pictures = input.pictures;
    let mut looked_at = None;
    if photos.is_empty() {
        ui.weak(input.language.text("review.no_photos"));
        return None;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(4.0, 4.0);
        for photo in photos.iter().take(MOST_CARDS) {
            if card(ui, pictures, photo, CARD, input.language).clicked() {
                looked_at = Some(photo.id);
            }
        }
        if photos.len() > MOST_CARDS {
            let count = photos.len();
            let text = input
                .language
                .text_with("photos.show_all", &[("count", &count)]);
            if ui.link(text).clicked() {
                looked_at = photos.first().map(|photo| photo.id);
            }
        }
    });
    let among = photos.iter().map(|photo| photo.id).collect();
    looked_at.map(|photo| Action::Photo(PhotoAction::Look { photo, among }))
}

fn history_ui(ui: &mut Ui, history: &Shown, language: Language) {
    if history.is_empty() {
        ui.weak(language.text("review.no_history"));
        return;
    }
    let heading = language.text("review.history");
    ui.label(RichText::new(heading).strong().small());
    recent_ui(ui, history, MOST_ENTRIES, language);
}

/// The list and row of a record under its name, where there is room for a line.
pub(super) fn short_source(estate: &Estate, input: &ReviewInput<'_>) -> String {
    fields::row_text(input.language, input.survey, estate)
        .unwrap_or_else(|| input.language.text("review.drawn_here").into_owned())
}
