//! The release workspace: what blocks, where the library goes, and what came out.

use super::action::{Action, Browse};
use super::icons;
use super::theme::Palette;
use crate::jobs::evaluate::Evaluation;
use crate::jobs::release::{Profile, Release, ReleaseMode, ReleaseSettings};
use crate::words::{Language, fields, release as words};
use egui::{Button, RichText, ScrollArea, TextEdit, Ui};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

pub struct ReleaseInput<'a> {
    /// `None` while the survey is being checked.
    pub evaluation: Option<&'a Evaluation>,
    /// What may be missing, in sentences.
    pub coverage: &'a [String],
    pub survey_path: &'a Path,
    /// The year whose numbers a release gives out.
    pub year: i16,
    pub language: Language,
}

/// What was filled in, and what the last release gave.
pub struct ReleaseState {
    folder: String,
    profiles: BTreeSet<Profile>,
    last: Option<Release>,
}

impl Default for ReleaseState {
    fn default() -> Self {
        Self {
            folder: String::new(),
            profiles: Profile::ALL.into(),
            last: None,
        }
    }
}

impl ReleaseState {
    /// What a release is asked for with: into the folder given, else one beside the survey file.
    pub fn settings(&self, survey: &Path, mode: ReleaseMode, year: i16) -> ReleaseSettings {
        let folder = match self.folder.trim() {
            "" => beside(survey),
            folder => PathBuf::from(folder),
        };
        ReleaseSettings {
            out: folder,
            profiles: self.profiles.iter().copied().collect(),
            mode,
            year,
            // Filled in where it is asked for: a search belongs to the page of gaps.
            gaps: None,
            since: None,
        }
    }

    pub fn set_folder(&mut self, folder: &Path) {
        self.folder = folder.display().to_string();
    }

    /// Remembers what came out, for the panel to show.
    pub fn done(&mut self, release: Release) {
        self.last = Some(release);
    }
}

/// `洪都.gpkg` is released into `洪都-release` beside it.
fn beside(survey: &Path) -> PathBuf {
    let stem = survey.file_stem().unwrap_or_default().to_string_lossy();
    survey.with_file_name(format!("{stem}-release"))
}

#[must_use]
pub fn release_ui(ui: &mut Ui, state: &mut ReleaseState, input: &ReleaseInput<'_>) -> Vec<Action> {
    let mut actions = Vec::new();
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        actions.extend(form_ui(ui, state, input));
        if let Some(evaluation) = input.evaluation {
            ui.separator();
            tally_ui(ui, evaluation, input.language);
            for line in input.coverage {
                ui.label(line);
            }
        }
        if let Some(release) = &state.last {
            ui.separator();
            last_ui(ui, release, input.language);
        }
    });
    actions
}

fn form_ui(ui: &mut Ui, state: &mut ReleaseState, input: &ReleaseInput<'_>) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    ui.heading(language.text("release_panel.heading"));
    let blocking = input.evaluation.map(|e| e.blocking().len());
    match blocking {
        Some(0) => {
            let text = language.text("release_panel.free");
            ui.label(format!("{} {text}", icons::SEAL_CHECK));
        }
        Some(count) => {
            let text = language.text_with("release_panel.blocked", &[("count", &count)]);
            ui.colored_label(
                Palette::of(ui.visuals()).finding,
                format!("{} {text}", icons::CLOSE_CIRCLE),
            );
        }
        None => {
            ui.label(language.text("issues.working"));
        }
    }
    ui.add_space(8.0);
    let label = language.text("release_panel.folder");
    ui.label(&*label);
    ui.horizontal(|ui| {
        let suggested = beside(input.survey_path).display().to_string();
        let text = TextEdit::singleline(&mut state.folder)
            .hint_text(suggested)
            .desired_width(ui.available_width() - 120.0);
        let response = ui.add(text);
        let response = response.accessible_name(label.as_ref());
        response.on_hover_text(language.text("release_panel.folder_hint"));
        let name = language.text("dialog.browse");
        let browse = ui.button(format!("{} {name}", icons::FOLDER_OPEN));
        if browse.accessible_name(name).clicked() {
            actions.push(Action::Browse(Browse::Folder));
        }
    });
    ui.add_space(8.0);
    ui.label(language.text("release_panel.profiles"));
    for (profile, key) in [
        (Profile::Cgcs2000, "release_panel.cgcs2000"),
        (Profile::Rfc7946, "release_panel.rfc7946"),
    ] {
        let mut chosen = state.profiles.contains(&profile);
        if ui.checkbox(&mut chosen, language.text(key)).changed() {
            match chosen {
                true => state.profiles.insert(profile),
                false => state.profiles.remove(&profile),
            };
        }
    }
    ui.add_space(8.0);
    let has_profile = !state.profiles.is_empty();
    let mut ask = |mode| {
        let settings = state.settings(input.survey_path, mode, input.year);
        actions.push(Action::Release(settings));
    };
    ui.horizontal_wrapped(|ui| {
        let release = Button::new(RichText::new(format!(
            "{} {}",
            icons::PACKAGE,
            language.text("release_panel.release")
        )));
        let name = language.text("release_panel.release");
        if ui
            .add_enabled(has_profile, release)
            .accessible_name(name.as_ref())
            .clicked()
        {
            ask(ReleaseMode::Final);
        }
        let draft = Button::new(language.text("release_panel.draft"));
        if ui
            .add_enabled(has_profile, draft)
            .on_hover_text(language.text("release_panel.draft_hint"))
            .clicked()
        {
            ask(ReleaseMode::Draft);
        }
    });
    actions
}

fn tally_ui(ui: &mut Ui, evaluation: &Evaluation, language: Language) {
    ui.strong(language.text("release_panel.tally"));
    ui.label(words::rows_text(language, &evaluation.tally.total));
}

fn last_ui(ui: &mut Ui, release: &Release, language: Language) {
    ui.strong(language.text("release_panel.last"));
    ui.label(release.package.display().to_string());
    ui.label(words::counts_text(language, &release.manifest.counts));
    if let Some(delta) = &release.manifest.delta {
        ui.label(words::delta_text(language, delta));
    }
    for file in &release.manifest.files {
        let text = language.text_with(
            "release_panel.files",
            &[
                ("file", &file.name),
                ("bytes", &fields::with_separators(file.bytes)),
            ],
        );
        ui.weak(text).on_hover_text(&file.sha256);
    }
}
