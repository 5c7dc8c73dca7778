//! The import dialog: the files, what their rows are, the system of their coordinates (asked, never
//! guessed), what each column means, and of a newer version what it changes.

mod columns;
mod done;
mod mapping;
mod newer;
mod queue;
mod template;
mod version;

use super::DialogInput;
use super::paths::path_row;
use super::systems::Comparison;
use crate::catalogue::{Catalogue, Target};
use crate::jobs::import::newer::{Choices, Newer, Update};
use crate::jobs::import::{Candidate, ImportSettings, Mapping, Preview, Template};
use crate::model::{Crs, ImportList, ListKind, ListRole, LonLat, RowProblem, Survey};
use crate::ui::action::{Action, Browse, ImportRequest, NewerRequest};
use crate::ui::files::FileKind;
use crate::ui::verb::Verb;
use crate::words::Language;
use done::{Finished, finished_ui};
use egui::{Button, ComboBox, Ui};
use mapping::mapping_ui;
use newer::{Review, Reviewed, review_ui};
use queue::{Queue, queue_ui};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use version::Version;

/// What has been filled in so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportDraft {
    path: String,
    stage: Stage,
    queue: Queue,
}

#[derive(Clone, Debug, Default, PartialEq)]
enum Stage {
    #[default]
    Choosing,
    /// This file.
    Reading(PathBuf),
    Mapping(Box<Read>),
    /// A newer version, held against the list; and what it was read as, to go back to.
    Newer(Box<Review>, Box<Read>),
    /// Every list is in the survey; some rows and values need a look.
    Done,
}

/// A file that was read, and the answers to what it cannot tell.
#[derive(Clone, Debug, PartialEq)]
struct Read {
    path: PathBuf,
    preview: Preview,
    mapping: Mapping,
    /// What columns were said to be for by a template, or by the list that this is a version of.
    answers: Vec<(String, Target)>,
    role: ListRole,
    kind: ListKind,
    crs: Option<Crs>,
    comparison: Comparison,
    version: Version,
    /// Mappings saved before that fit its headings.
    templates: Vec<Template>,
    /// Under which name this one is to be saved.
    template_name: String,
}

impl Read {
    fn new(path: PathBuf, preview: Preview, templates: Vec<Template>) -> Self {
        let role = match preview.geometries.polygons {
            0 => ListRole::Register,
            _ => ListRole::Estates,
        };
        Self {
            path,
            mapping: preview.mapping.clone(),
            answers: Vec::new(),
            role,
            kind: ListKind::default(),
            crs: preview.crs_named,
            comparison: Comparison::default(),
            version: Version::default(),
            templates,
            template_name: String::new(),
            preview,
        }
    }

    /// The layer that was read, by its name where there are several.
    fn layer(&self) -> Option<String> {
        self.preview.layers.get(self.preview.layer).cloned()
    }

    fn columns(&self) -> Vec<String> {
        let columns = self.preview.columns.iter();
        columns.map(|column| column.name.clone()).collect()
    }

    /// What the columns are for, by the headings that a list of this role has; of positions given
    /// in several systems, the columns of the chosen one. What was answered before stands.
    fn guess(&mut self, catalogue: &Catalogue) {
        let headings = catalogue.headings_for(self.role);
        let guess = Mapping::guess(&self.columns(), headings, self.crs);
        self.mapping = guess.answered(&self.answers);
    }

    /// `None` while nobody has said in which system its coordinates are.
    fn settings(&self) -> Option<ImportSettings> {
        Some(ImportSettings {
            crs: self.crs?,
            role: self.role,
            kind: self.kind,
            layer: self.layer(),
            mapping: self.mapping.clone(),
        })
    }

    /// What the button below asks for.
    fn request(&self, survey: Option<&Survey>) -> Option<Action> {
        let settings = self.settings()?;
        let path = self.path.clone();
        Some(match survey.and_then(|survey| self.version(survey)) {
            Some(list) => Action::CompareNewer(Box::new(NewerRequest {
                list,
                path,
                settings,
            })),
            None => Action::Import(Box::new(ImportRequest { path, settings })),
        })
    }
}

/// What comes after a list is in the survey.
#[derive(Debug, PartialEq)]
pub enum AfterImport {
    /// Another file waits to be read.
    Next(Box<Action>),
    /// Something needs a look.
    Look,
    /// The dialog has done its work.
    Close,
}

impl ImportDraft {
    pub(super) fn set_path(&mut self, path: String) {
        self.path = path;
        self.stage = Stage::Choosing;
    }

    /// Files that were dropped on the window or picked in the system's dialog; what reads the
    /// first of them.
    pub fn of_files(paths: Vec<PathBuf>) -> (Self, Option<Action>) {
        let mut draft = Self::default();
        let action = draft.add(paths);
        (draft, action)
    }

    /// More files: read one after the other, after those that are here.
    pub fn add(&mut self, paths: Vec<PathBuf>) -> Option<Action> {
        self.queue.add(paths);
        match self.stage {
            Stage::Choosing | Stage::Done => self.read_next(),
            Stage::Reading(_) | Stage::Mapping(_) | Stage::Newer(..) => None,
        }
    }

    fn read_next(&mut self) -> Option<Action> {
        let path = self.queue.next()?;
        self.path = path.display().to_string();
        self.stage = Stage::Reading(path.clone());
        Some(Action::PreviewSource(path, None))
    }

    /// Takes in what was read, unless the file was left out meanwhile. Where a person wanted the same answers for files with the same
    /// headings, this is what they come to.
    pub fn set_preview(
        &mut self,
        path: PathBuf,
        preview: Preview,
        templates: Vec<Template>,
        survey: Option<&Survey>,
    ) -> Option<Action> {
        if !self.is_reading(&path) {
            return None;
        }
        let mut read = Read::new(path, preview, templates);
        if let Some(survey) = survey {
            read.take_earlier_answers(survey);
        }
        let is_answered = self.queue.answer(&mut read);
        let action = read.request(survey).filter(|_| is_answered);
        self.stage = Stage::Mapping(Box::new(read));
        action
    }

    /// Takes in how the list could be read.
    pub fn set_ways(&mut self, ways: Vec<Candidate>) {
        if let Stage::Mapping(read) = &mut self.stage {
            read.comparison = Comparison::of(ways);
        }
    }

    /// Where the points of the list would lie, while systems are compared.
    pub fn trial_places(&self) -> &[LonLat] {
        match &self.stage {
            Stage::Mapping(read) => read.comparison.places(),
            Stage::Choosing | Stage::Reading(_) | Stage::Newer(..) | Stage::Done => &[],
        }
    }

    /// The file could not be read.
    pub fn stop_reading(&mut self, path: &Path) {
        if self.is_reading(path) {
            self.stage = Stage::Choosing;
        }
    }

    fn is_reading(&self, path: &Path) -> bool {
        matches!(&self.stage, Stage::Reading(reading) if reading == path)
    }

    /// The newer version in this file was held against its list.
    pub fn set_newer(&mut self, path: &Path, newer: Newer) {
        self.stage = match std::mem::take(&mut self.stage) {
            Stage::Mapping(read) if read.path == path => {
                Stage::Newer(Box::new(Review::new(newer)), read)
            }
            stage => stage,
        };
    }

    /// What a person decided about a newer version, as an edit; the file it was read from, and
    /// what is odd about its values.
    pub fn decided(&self, survey: &Survey) -> Option<(Update, PathBuf, Vec<RowProblem>)> {
        let Stage::Newer(review, read) = &self.stage else {
            return None;
        };
        let choices: Choices = review.choices();
        let update = review.newer.edit(survey, &choices);
        Some((update, read.path.clone(), review.newer.warnings.clone()))
    }

    /// Back to the columns: the survey has changed since, or a person thought better of it.
    pub fn back_to_mapping(&mut self) {
        self.stage = match std::mem::take(&mut self.stage) {
            Stage::Newer(_, read) => Stage::Mapping(read),
            stage => stage,
        };
    }

    /// A list is in the survey.
    pub fn finish(&mut self, list: Arc<ImportList>, warnings: Vec<RowProblem>) -> AfterImport {
        self.queue.finished.push(Finished { list, warnings });
        self.go_on()
    }

    fn go_on(&mut self) -> AfterImport {
        if let Some(action) = self.read_next() {
            return AfterImport::Next(Box::new(action));
        }
        self.stage = Stage::Done;
        match self.queue.finished.iter().any(Finished::is_odd) {
            true => AfterImport::Look,
            false => AfterImport::Close,
        }
    }

    /// A file is left out.
    fn skip(&mut self) -> Option<Action> {
        match self.go_on() {
            AfterImport::Next(action) => Some(*action),
            AfterImport::Close => Some(Action::CloseDialog),
            AfterImport::Look => None,
        }
    }
}

/// What is suggested for the name of a list's template.
fn stem(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

pub(super) fn import_ui(
    ui: &mut Ui,
    draft: &mut ImportDraft,
    input: &DialogInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    ui.label(language.text("dialog.import.help"));
    ui.add_space(6.0);
    let browse = Browse::Open(FileKind::Source);
    let entered = path_row(ui, &mut draft.path, language, browse, &mut actions);
    // A list that is being taken in is no longer to be left out, and one that is in even less.
    let can_skip = draft.stage != Stage::Done && (input.available)(Verb::Import).is_ok();
    let is_skipped = queue_ui(ui, &mut draft.queue, can_skip, language);
    match &mut draft.stage {
        Stage::Choosing => {
            let ready = !draft.path.trim().is_empty();
            let button = Button::new(language.text("dialog.import.read"));
            if (ui.add_enabled(ready, button).clicked() || entered) && ready {
                let path = PathBuf::from(draft.path.trim());
                draft.queue.begin();
                draft.stage = Stage::Reading(path.clone());
                actions.push(Action::PreviewSource(path, None));
            }
        }
        Stage::Reading(_) => {
            ui.horizontal(|ui| {
                ui.spinner();
                ui.label(language.text("dialog.import.reading"));
            });
        }
        Stage::Mapping(read) => match layer_ui(ui, read, language) {
            Some(layer) => {
                let path = read.path.clone();
                draft.stage = Stage::Reading(path.clone());
                actions.push(Action::PreviewSource(path, Some(layer)));
            }
            None => {
                let asked = mapping_ui(ui, read, input);
                let is_import =
                    |action: &Action| matches!(action, Action::Import(_) | Action::CompareNewer(_));
                if asked.iter().any(is_import) {
                    draft.queue.keep_answers(read);
                }
                actions.extend(asked);
            }
        },
        Stage::Newer(review, _) => match review_ui(ui, review, &input.catalogue.items, language) {
            Some(Reviewed::Take) => actions.push(Action::TakeNewer),
            Some(Reviewed::Back) => draft.back_to_mapping(),
            None => {}
        },
        Stage::Done => actions.extend(finished_ui(ui, &draft.queue.finished, language)),
    }
    if is_skipped {
        actions.extend(draft.skip());
    }
    actions
}

/// Which layer or sheet of a file with several; the one to be read instead.
fn layer_ui(ui: &mut Ui, read: &Read, language: Language) -> Option<String> {
    let layers = &read.preview.layers;
    if layers.len() < 2 {
        return None;
    }
    let mut chosen = read.preview.layer;
    let name = language.text("dialog.import.layer");
    ui.horizontal(|ui| {
        ui.label(&*name);
        let selected = layers.get(chosen).map(String::as_str).unwrap_or_default();
        let combo = ComboBox::from_id_salt("layer").selected_text(selected);
        let response = combo.show_ui(ui, |ui| {
            for (index, layer) in layers.iter().enumerate() {
                ui.selectable_value(&mut chosen, index, layer);
            }
        });
        response.response.accessible_name(&*name);
    });
    let changed = chosen != read.preview.layer;
    layers.get(chosen).filter(|_| changed).cloned()
}
