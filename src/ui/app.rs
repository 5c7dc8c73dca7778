//! The window. `logic` carries out what the views asked for and takes in what jobs report;
//! `ui` draws the survey and collects actions. Nothing else changes anything.

use super::action::{Action, Workspace};
use super::availability::{JobState, availability};
use super::basemap::Basemap;
use super::dialog::{DialogInput, dialog_ui};
use super::files::FileDialogs;
use super::form::{FieldIssue, FormInput, FormState, form_ui};
use super::issues::{IssuesInput, Listed, issues_ui, lists_ui};
use super::map::{District, MapInput, MapState, map_ui};
use super::menu_bar::{BarInput, menu_bar_ui, tool_bar_ui};
use super::notice::Tone;
use super::preferences::{Brightness, OnlineTiles, Preferences};
use super::release_panel::{ReleaseInput, ReleaseState, release_ui};
use super::review::{ReviewInput, ReviewState, pair_ui, queue_ui};
use super::start::start_ui;
use super::status_bar::{StatusInput, status_bar_ui};
use super::table::{TableInput, TableState, table_ui};
use super::tool::Tool;
use super::verb::Verb;
use super::view::View;
use super::worker::Worker;
use super::{icons, report::Report, theme};
use crate::catalogue::{Borders, Catalogue};
use crate::jobs::evaluate::Evaluation;
use crate::model::EstateId;
use crate::session::{Author, Session};
use crate::ui::accessible::named;
use crate::words::Language;
use egui::{CentralPanel, Panel, Ui};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// The whole program as a window.
pub struct App {
    pub(super) session: Option<Session>,
    pub(super) catalogue: Arc<Catalogue>,
    pub(super) author: Author,
    pub(super) preferences: Preferences,
    /// Where the preferences are kept; `None` keeps them for this run alone.
    pub(super) preferences_file: Option<PathBuf>,
    pub(super) view: View,
    pub(super) form: FormState,
    pub(super) table: TableState,
    pub(super) map: MapState,
    pub(super) review: ReviewState,
    pub(super) release: ReleaseState,
    pub(super) listed: Listed,
    pub(super) basemap: Basemap,
    pub(super) worker: Worker<Report>,
    pub(super) files: Box<dyn FileDialogs>,
    pub(super) evaluation: Option<Evaluation>,
    pub(super) freshness: Freshness,
    /// Counts the evaluations taken in.
    pub(super) evaluations: u64,
    /// The records that a blocking finding is about.
    pub(super) estates_with_findings: BTreeSet<EstateId>,
    districts: Arc<[District]>,
    queue: Vec<Action>,
}

/// Whether the evaluation is of the survey as it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Freshness {
    Fresh,
    Stale,
    /// A job is working on this revision.
    Working {
        revision: u64,
    },
}

/// What a window is started with.
pub struct Start {
    pub survey: Option<PathBuf>,
    pub preferences: Preferences,
    pub preferences_file: Option<PathBuf>,
    pub files: Box<dyn FileDialogs>,
    pub author: Author,
}

impl App {
    /// # Errors
    /// Where the system gives no thread for the jobs.
    pub fn new(creation: &eframe::CreationContext<'_>, start: Start) -> std::io::Result<Self> {
        let context = creation.egui_ctx.clone();
        super::fonts::install(&context);
        theme::apply(&context);
        let mut app = Self {
            session: None,
            catalogue: Arc::new(Catalogue::shipped()),
            author: start.author,
            view: View {
                theme: start.preferences.theme,
                ..View::default()
            },
            preferences: start.preferences,
            preferences_file: start.preferences_file,
            form: FormState::default(),
            table: TableState::default(),
            map: MapState::new(creation.wgpu_render_state.as_ref()),
            review: ReviewState::default(),
            release: ReleaseState::default(),
            listed: Listed::default(),
            basemap: Basemap::default(),
            worker: Worker::start(move || context.request_repaint())?,
            files: start.files,
            evaluation: None,
            freshness: Freshness::Fresh,
            evaluations: 0,
            estates_with_findings: BTreeSet::new(),
            districts: district_borders(),
            queue: Vec::new(),
        };
        app.apply_preferences(&creation.egui_ctx);
        if let Some(path) = start.survey {
            app.queue.push(Action::OpenSurvey(path));
        }
        Ok(app)
    }

    /// The open survey, for tests to look at.
    pub fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }

    /// Waits until no job is under way and its report is taken in.
    pub fn finish_jobs(&mut self, context: &egui::Context) {
        loop {
            while let Some(report) = self.worker.wait() {
                self.take_in(report, context);
            }
            self.keep_evaluation_fresh();
            if self.worker.running().is_none() {
                break;
            }
        }
    }

    pub(super) fn language(&self) -> Language {
        self.preferences.language
    }

    /// Turns texts that are still being typed into edits, before the form is left.
    pub(super) fn commit_typed(&mut self) {
        let Some(session) = &mut self.session else {
            return;
        };
        let survey = session.survey().clone();
        for action in self.form.commit_typed(&survey) {
            if let Action::Edit(command) = action {
                // Nobody is left to be told of a refusal; the record stays as it was.
                let _ = session.run(command);
                self.freshness = Freshness::Stale;
            }
        }
    }

    fn job_state(&self) -> JobState {
        match self.worker.running() {
            // The evaluation gives way to what the user asks for.
            Some(running) if running.title != "job.evaluate" => JobState::Running,
            _ => JobState::Idle,
        }
    }

    fn shortcuts(&self, ui: &Ui) -> Vec<Action> {
        let typing = ui.ctx().egui_wants_keyboard_input();
        let open_dialog = self.view.dialog.is_some();
        let text_undo = self.form.is_typing() && ui.ctx().text_edit_focused();
        Verb::all()
            // What is being typed is no edit yet: undo is the text box's own.
            .filter(|verb| !(text_undo && matches!(verb, Verb::Undo | Verb::Redo)))
            .filter_map(|verb| verb.shortcut().map(|shortcut| (verb, shortcut)))
            // A letter typed into a box is text, not a command.
            .filter(|(_, shortcut)| shortcut.modifiers.any() || !(typing || open_dialog))
            .filter(|(_, shortcut)| ui.input_mut(|input| input.consume_shortcut(shortcut)))
            .map(|(verb, _)| Action::Do(verb))
            .collect()
    }

    fn bars_ui(&self, ui: &mut Ui) -> Vec<Action> {
        let available =
            |verb| availability(verb, self.session.as_ref(), &self.view, self.job_state());
        let is_on = |verb| match verb {
            Verb::SelectTool => matches!(self.view.tool, Tool::Select),
            Verb::DrawTool => matches!(self.view.tool, Tool::Draw { .. }),
            Verb::VertexTool => matches!(self.view.tool, Tool::EditVertices { .. }),
            Verb::Theme(theme) => theme == self.view.theme,
            Verb::Go(workspace) => workspace == self.view.workspace,
            Verb::ToggleDarkMode => self.preferences.brightness == Brightness::Dark,
            Verb::ToggleOnlineTiles => self.preferences.online_tiles == OnlineTiles::On,
            _ => false,
        };
        let waiting = |workspace| {
            let evaluation = self.evaluation.as_ref()?;
            match workspace {
                Workspace::Survey => {
                    let survey = self.session.as_ref()?.survey();
                    Some(survey.estates().filter(|e| e.waits_for_boundary()).count())
                }
                Workspace::Review => Some(evaluation.open_pairs.len()),
                Workspace::Release => Some(evaluation.blocking().count()),
            }
        };
        let input = BarInput {
            language: self.language(),
            workspace: self.view.workspace,
            available: &available,
            is_on: &is_on,
            waiting: &waiting,
        };
        let mut actions = Vec::new();
        Panel::top("menu").show(ui, |ui| actions.extend(menu_bar_ui(ui, &input)));
        Panel::top("tools").show(ui, |ui| {
            ui.add_space(2.0);
            actions.extend(tool_bar_ui(ui, &input));
            ui.add_space(2.0);
        });
        actions
    }

    fn status_ui(&self, ui: &mut Ui) -> Vec<Action> {
        let input = StatusInput {
            language: self.language(),
            pointed_at: self.view.pointed_at,
            zoom: self.map.zoom(),
            last_saved: self.session.as_ref().and_then(Session::last_saved),
            running: self.worker.running(),
            rows: self.evaluation.as_ref().map(|e| e.tally.total),
        };
        let mut actions = Vec::new();
        Panel::bottom("status").show(ui, |ui| actions.extend(status_bar_ui(ui, &input)));
        if self.view.notices.iter().len() > 0 {
            Panel::bottom("notices").show(ui, |ui| actions.extend(self.notices_ui(ui)));
        }
        actions
    }

    fn notices_ui(&self, ui: &mut Ui) -> Vec<Action> {
        let palette = theme::Palette::of(ui.visuals());
        let mut actions = Vec::new();
        for (index, notice) in self.view.notices.iter().enumerate() {
            ui.horizontal(|ui| {
                let (icon, color) = match notice.tone {
                    Tone::Done => (icons::CHECK_CIRCLE, ui.visuals().text_color()),
                    Tone::Problem => (icons::WARNING, palette.finding),
                };
                ui.colored_label(color, icon);
                let dismiss = self.language().text("notice.dismiss");
                let button = ui.small_button(icons::CLOSE).on_hover_text(&*dismiss);
                let button = named(button, egui::Role::Button, &dismiss);
                if button.clicked() {
                    actions.push(Action::DismissNotice(index));
                }
                ui.add(egui::Label::new(&notice.text).wrap());
            });
        }
        actions
    }

    fn left_ui(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let Some(session) = &self.session else { return };
        let language = self.preferences.language;
        let (survey, items) = (session.survey(), &self.catalogue.items);
        let issues = IssuesInput {
            survey,
            items,
            evaluation: self.evaluation.as_ref(),
            language,
        };
        match self.view.workspace {
            Workspace::Survey => {
                let counts = |id| match &self.evaluation {
                    Some(evaluation) => evaluation.counts(id),
                    None => (0, 0),
                };
                let input = TableInput {
                    survey,
                    items,
                    selection: &self.view.selection,
                    issue_counts: &counts,
                    revision: session.revision(),
                    issues_revision: self.evaluations,
                    language,
                };
                actions.extend(table_ui(ui, &mut self.table, input));
            }
            Workspace::Review => {
                let input = ReviewInput {
                    survey,
                    items,
                    evaluation: self.evaluation.as_ref(),
                    pair: self.view.pair,
                    language,
                };
                actions.extend(queue_ui(ui, &mut self.review, &input));
            }
            Workspace::Release => {
                Panel::bottom("lists").resizable(true).show(ui, |ui| {
                    ui.strong(language.text("issues.lists"));
                    egui::ScrollArea::vertical()
                        .max_height(theme::LISTS_HEIGHT)
                        .show(ui, |ui| actions.extend(lists_ui(ui, &issues)));
                });
                actions.extend(issues_ui(ui, &mut self.listed, &issues));
            }
        }
    }

    fn right_ui(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let Some(session) = &self.session else { return };
        let language = self.preferences.language;
        let (survey, items) = (session.survey(), &self.catalogue.items);
        match self.view.workspace {
            Workspace::Survey => {
                let issues = match (&self.evaluation, self.view.single()) {
                    (Some(evaluation), Some(id)) => {
                        FieldIssue::of(evaluation.of_estate(id), survey, items, language)
                    }
                    _ => Vec::new(),
                };
                let input = FormInput {
                    survey,
                    revision: session.revision(),
                    selection: &self.view.selection,
                    items,
                    issues: &issues,
                    language,
                };
                egui::ScrollArea::vertical()
                    .auto_shrink(false)
                    .show(ui, |ui| {
                        actions.extend(form_ui(ui, &mut self.form, input));
                    });
            }
            Workspace::Review => {
                let input = ReviewInput {
                    survey,
                    items,
                    evaluation: self.evaluation.as_ref(),
                    pair: self.view.pair,
                    language,
                };
                actions.extend(pair_ui(ui, &mut self.review, &input));
            }
            Workspace::Release => {
                let input = ReleaseInput {
                    evaluation: self.evaluation.as_ref(),
                    survey_path: session.path(),
                    year: super::perform::year(),
                    language,
                };
                actions.extend(release_ui(ui, &mut self.release, &input));
            }
        }
    }

    fn map_ui(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let Some(session) = &self.session else { return };
        let highlighted = match self.view.workspace {
            Workspace::Review => self.view.pair.map(|pair| (pair.a(), pair.b())),
            Workspace::Survey | Workspace::Release => None,
        };
        let notice = self.basemap.notice(self.preferences.language);
        let input = MapInput {
            survey: session.survey(),
            items: &self.catalogue.items,
            selection: &self.view.selection,
            tool: &self.view.tool,
            theme: self.view.theme,
            highlighted,
            survey_revision: session.revision(),
            findings: &self.estates_with_findings,
            language: self.preferences.language,
            basemap: self.basemap.tiles(),
            overlays: Vec::new(),
            districts: &self.districts,
            notice: notice.as_deref(),
        };
        actions.extend(map_ui(ui, &mut self.map, input));
    }
}

/// The shipped county borders, as the map draws them.
fn district_borders() -> Arc<[District]> {
    Borders::shipped()
        .districts()
        .iter()
        .map(|district| District {
            name: district.name.clone(),
            boundary: district.boundary.clone(),
        })
        .collect()
}

impl eframe::App for App {
    fn logic(&mut self, context: &egui::Context, _frame: &mut eframe::Frame) {
        while let Some(report) = self.worker.poll() {
            self.take_in(report, context);
        }
        for action in std::mem::take(&mut self.queue) {
            self.perform(action, context);
        }
        self.keep_evaluation_fresh();
        let now = context.input(|input| input.time);
        self.view.notices.expire(now);
        if self.view.notices.iter().len() > 0 || self.worker.running().is_some() {
            context.request_repaint_after(std::time::Duration::from_millis(200));
        }
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let mut actions = self.shortcuts(ui);
        actions.extend(self.bars_ui(ui));
        actions.extend(self.status_ui(ui));
        if self.session.is_some() {
            Panel::left("left")
                .resizable(true)
                .default_size(theme::LEFT_WIDTH)
                .show(ui, |ui| self.left_ui(ui, &mut actions));
            Panel::right("right")
                .resizable(true)
                .default_size(theme::RIGHT_WIDTH)
                .show(ui, |ui| self.right_ui(ui, &mut actions));
        }
        match self.session {
            Some(_) => {
                CentralPanel::no_frame().show(ui, |ui| self.map_ui(ui, &mut actions));
            }
            None => {
                let (language, recent) = (self.language(), &self.preferences.recent);
                CentralPanel::default_margins()
                    .show(ui, |ui| actions.extend(start_ui(ui, language, recent)));
            }
        }
        if let Some(mut dialog) = self.view.dialog.take() {
            let available =
                |verb| availability(verb, self.session.as_ref(), &self.view, self.job_state());
            let input = DialogInput {
                language: self.language(),
                available: &available,
                recent: &self.preferences.recent,
                catalogue: &self.catalogue,
            };
            let asked = dialog_ui(ui, &mut dialog, &input);
            self.view.dialog = Some(dialog);
            actions.extend(asked);
        }
        if !actions.is_empty() {
            // Carried out before the next frame, by `logic`.
            ui.ctx().request_repaint();
        }
        self.queue.extend(actions);
    }

    fn on_exit(&mut self) {
        self.commit_typed();
        self.worker.cancel_all();
        if let Some(session) = self.session.take() {
            // A journal that could not be written back now is written back at the next opening.
            let _ = session.close();
        }
    }
}
