//! The window. `logic` carries out what the views asked for and takes in what jobs report;
//! `ui` draws the survey and collects actions. Nothing else changes anything.

use super::action::{Action, Workspace};
use super::availability::{JobState, availability};
use super::basemap::Basemap;
use super::coverage::CoverageState;
use super::delivery::DeliveryState;
use super::dialog::{Captured, Dialog, DialogInput, dialog_ui};
use super::drop_zone::drop_ui;
use super::duplicates::Duplicates;
use super::files::FileDialogs;
use super::form::FormState;
use super::history::HistoryState;
use super::issues::Listed;
use super::keymap::Focus;
use super::map::{District, MapState};
use super::my_position::MyPosition;
use super::perform::KeptDrafts;
use super::photo_watch::PhotoWatch;
use super::pictures::Pictures;
use super::places::{Look, Place, Places};
use super::planner::PlannerState;
use super::preferences::Preferences;
use super::references::References;
use super::release_panel::ReleaseState;
use super::report::Report;
use super::review::ReviewState;
use super::start::start_ui;
use super::table::TableState;
use super::tagging::Tagging;
use super::theme;
use super::today::Today;
use super::typed_ahead::TypedAhead;
use super::view::View;
use super::worker::Worker;
use crate::catalogue::{Borders, Catalogue};
use crate::jobs::evaluate::Evaluation;
use crate::jobs::review_queue::ReviewQueue;
use crate::model::{EstateId, LonLat, OwnRules};
use crate::progress::Progress;
use crate::session::{Author, Session};
use crate::tiles::online::TileCache;
use crate::words::Language;
use egui::{CentralPanel, Key, Modifiers, Panel, Ui};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// The whole program as a window.
pub struct App {
    pub(super) session: Option<Session>,
    pub(super) catalogue: Arc<Catalogue>,
    /// The survey's own rules that `catalogue` was made with.
    pub(super) own_rules: Option<Box<OwnRules>>,
    /// Who the system says is here.
    pub(super) system_author: Author,
    pub(super) preferences: Preferences,
    /// Where the preferences are kept; `None` keeps them for this run alone.
    pub(super) preferences_file: Option<PathBuf>,
    pub(super) kept: Kept,
    pub(super) view: View,
    pub(super) form: FormState,
    pub(super) table: TableState,
    pub(super) today: Today,
    pub(super) tagging: Tagging,
    pub(super) kept_drafts: KeptDrafts,
    typed_ahead: TypedAhead,
    pub(super) map: MapState,
    pub(super) review: ReviewState,
    pub(super) release: ReleaseState,
    pub(super) listed: Listed,
    pub(super) coverage: CoverageState,
    pub(super) planner: PlannerState,
    pub(super) delivery: DeliveryState,
    pub(super) basemap: Basemap,
    pub(super) references: References,
    pub(super) my_position: MyPosition,
    pub(super) worker: Worker<Report>,
    pub(super) files: Box<dyn FileDialogs>,
    pub(super) evaluation: Option<Evaluation>,
    pub(super) duplicates: Duplicates,
    /// What of the evaluation waits for a person.
    pub(super) review_queue: ReviewQueue,
    pub(super) freshness: Freshness,
    /// Counts the evaluations taken in.
    pub(super) evaluations: u64,
    /// The records that a blocking finding is about.
    pub(super) estates_with_findings: BTreeSet<EstateId>,
    pub(super) districts: Arc<[District]>,
    pub(super) places: Places,
    pub(super) history: HistoryState,
    pub(super) pictures: Pictures,
    /// A folder whose new pictures are added.
    pub(super) watch: Option<PhotoWatch>,
    /// The count of the export dialog that is under way, or was last.
    pub(super) export_count: Option<Progress>,
    queue: Vec<Action>,
}

/// Whether the preferences are as their file has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    Yes,
    NotYet,
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
    /// Where tiles from the network are kept; `None` keeps none.
    pub tile_cache: Option<PathBuf>,
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
            own_rules: None,
            system_author: start.author,
            view: View::default(),
            preferences: start.preferences,
            preferences_file: start.preferences_file,
            kept: Kept::Yes,
            form: FormState::default(),
            table: TableState::default(),
            today: Today::default(),
            tagging: Tagging::default(),
            kept_drafts: KeptDrafts::default(),
            typed_ahead: TypedAhead::default(),
            map: MapState::new(creation.wgpu_render_state.as_ref()),
            review: ReviewState::default(),
            release: ReleaseState::default(),
            listed: Listed::default(),
            coverage: CoverageState::default(),
            planner: PlannerState::default(),
            delivery: DeliveryState::default(),
            basemap: Basemap::default(),
            references: References::default(),
            my_position: MyPosition::default(),
            worker: Worker::start(move || context.request_repaint())?,
            files: start.files,
            evaluation: None,
            duplicates: Duplicates::default(),
            review_queue: ReviewQueue::default(),
            freshness: Freshness::Fresh,
            evaluations: 0,
            estates_with_findings: BTreeSet::new(),
            districts: district_borders(),
            places: Places::default(),
            history: HistoryState::default(),
            pictures: Pictures::default(),
            watch: None,
            export_count: None,
            queue: Vec::new(),
        };
        if let Some(folder) = start.tile_cache {
            let clock = Arc::new(super::perform::now);
            let cache = TileCache::open(&folder, TileCache::USUAL_LIMIT_BYTES, clock);
            app.basemap.keep_in(cache);
        }
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

    /// What is selected, for tests to look at.
    pub fn selection(&self) -> &[EstateId] {
        &self.view.selection
    }

    /// Where the map looks and how near, for tests to look at.
    pub fn looks_at(&self) -> (LonLat, f64) {
        (self.map.center(), self.map.zoom())
    }

    /// Waits until no job is under way and its report is taken in.
    pub fn finish_jobs(&mut self, context: &egui::Context) {
        loop {
            while let Some(report) = self.worker.wait() {
                self.take_in(report, context);
            }
            self.keep_evaluation_fresh();
            self.keep_planning_fresh();
            self.keep_bulk_fresh();
            if self.worker.running().is_none() {
                break;
            }
        }
    }

    pub(super) fn language(&self) -> Language {
        self.preferences.language
    }

    /// Who is written into the history.
    pub(super) fn author(&self) -> Author {
        let name = self.preferences.author.as_ref();
        Author {
            name: name.unwrap_or(&self.system_author.name).clone(),
            device: self.system_author.device.clone(),
        }
    }

    pub(super) fn job_state(&self) -> JobState {
        match self.worker.running() {
            Some(running) if !BESIDES.contains(&running.title) => JobState::Running,
            _ => JobState::Idle,
        }
    }

    /// Esc closes the dialog, before the map takes it for the sketch; a list that is unfolded in
    /// the dialog takes it first.
    fn escape(&self, ui: &Ui) -> Option<Action> {
        let closes = self.view.dialog.is_some() && !egui::Popup::is_any_open(ui.ctx());
        let escaped =
            closes && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        escaped.then_some(Action::CloseDialog)
    }

    /// Where the window is now.
    pub(super) fn place(&self) -> Place {
        Place {
            selection: self.view.selection.clone(),
            workspace: self.view.workspace,
            pair: self.view.pair,
            look: Look {
                center: self.map.center(),
                zoom: self.map.zoom(),
            },
        }
    }

    fn shortcuts(&self, ui: &Ui) -> Vec<Action> {
        let focus = self.focus(ui.ctx());
        let pressed = ui.input_mut(|input| self.preferences.keys.pressed(input, focus));
        pressed.into_iter().map(Action::Do).collect()
    }

    fn focus(&self, context: &egui::Context) -> Focus {
        let in_dialog = self.view.dialog.is_some();
        match context.text_edit_focused() {
            true if in_dialog || self.form.is_typing() || self.delivery.is_typing() => {
                Focus::Typing
            }
            true => Focus::Text,
            // A photo removed or put elsewhere is taken back while it is looked at.
            false if matches!(self.view.dialog, Some(Dialog::Photos(_))) => Focus::Picture,
            false if in_dialog => Focus::Dialog,
            false if super::form::facilities_have_focus(context) => Focus::Grid,
            false if super::coverage::communities_have_focus(context) => Focus::Grid,
            false if context.egui_wants_keyboard_input() && !self.map.has_keyboard(context) => {
                Focus::Control
            }
            false => Focus::Nothing,
        }
    }
}

/// The panels beside the map: what each is known by, and how wide it is at first.
struct Sides {
    left: (&'static str, f32),
    right: (&'static str, f32),
}

/// A ranking has more columns than a form, and its sliders need less than a list.
fn sides(workspace: Workspace, room: f32) -> Sides {
    match workspace {
        Workspace::Plan => {
            let left = theme::CONTROLS_WIDTH;
            let right = ((room - left) * 0.58).clamp(theme::RIGHT_WIDTH, theme::RANKING_WIDTH);
            Sides {
                left: ("plan controls", left),
                right: ("plan ranking", right),
            }
        }
        // The page of a project is wider than a form, and keeps a width of its own.
        Workspace::Delivery => Sides {
            left: ("left", theme::LEFT_WIDTH),
            right: ("project", theme::PROJECT_WIDTH),
        },
        _ => Sides {
            left: ("left", theme::LEFT_WIDTH),
            right: ("right", theme::RIGHT_WIDTH),
        },
    }
}

/// Jobs that the window does by itself: they give way to what the user asks for.
const BESIDES: [&str; 2] = ["job.evaluate", "job.plan"];

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
    fn raw_input_hook(&mut self, context: &egui::Context, input: &mut egui::RawInput) {
        if self.typed_ahead.one_key(&mut input.events) {
            context.request_repaint();
        }
    }

    fn logic(&mut self, context: &egui::Context, _frame: &mut eframe::Frame) {
        while let Some(report) = self.worker.poll() {
            self.take_in(report, context);
        }
        self.poll_watch(context);
        if let Some(pack) = self.basemap.receive(context) {
            self.take_pack(pack, context);
        }
        self.receive_references();
        self.my_position.receive();
        if self.my_position.place().is_some() {
            // A fix grows old without anybody saying so.
            context.request_repaint_after(std::time::Duration::from_secs(2));
        }
        for action in std::mem::take(&mut self.queue) {
            self.perform(action, context);
        }
        self.keep_preferences(context);
        if self.places.is_open() {
            self.places.end(&self.place());
        }
        self.keep_evaluation_fresh();
        self.keep_planning_fresh();
        self.keep_today(context);
        self.keep_drafts(context);
        self.keep_history_fresh(context);
        self.keep_pair_fresh(context);
        self.keep_bulk_fresh();
        let now = context.input(|input| input.time);
        self.view.notices.expire(now);
        if self.view.notices.iter().len() > 0 || self.worker.running().is_some() {
            context.request_repaint_after(std::time::Duration::from_millis(200));
        }
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let mut verbs: Vec<_> = drop_ui(ui, self.language()).into_iter().collect();
        let captured = match &mut self.view.dialog {
            Some(dialog) => dialog.capture_keys(ui),
            None => Captured::Nothing,
        };
        if captured == Captured::Nothing {
            verbs.extend(self.escape(ui));
            verbs.extend(self.tagging_keys(ui));
            verbs.extend(self.review_keys(ui));
            verbs.extend(self.shortcuts(ui));
        }
        verbs.extend(self.bars_ui(ui));
        let mut actions = self.status_ui(ui);
        if self.session.is_some() {
            let sides = sides(self.view.workspace, ui.available_width());
            Panel::left(sides.left.0)
                .resizable(true)
                .default_size(sides.left.1)
                .show(ui, |ui| self.left_ui(ui, &mut actions));
            Panel::right(sides.right.0)
                .resizable(true)
                .default_size(sides.right.1)
                .show(ui, |ui| self.right_ui(ui, &mut actions));
        }
        match self.session {
            Some(_) => {
                self.below_map_ui(ui, &mut actions);
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
                preferences: &self.preferences,
                system_author: &self.system_author.name,
                catalogue: &self.catalogue,
                survey: self.session.as_ref().map(|session| &**session.survey()),
                pictures: &self.pictures,
                basemap: &self.basemap,
                references: &self.references,
                my_position: self.my_position.status(self.language()),
                pack_areas: &self.pack_areas(&dialog),
                selected: self.view.single(),
                presets: self.presets(),
            };
            let asked = dialog_ui(ui, &mut dialog, &input);
            self.view.dialog = Some(dialog);
            actions.extend(asked);
        }
        // The edit that a text box makes as it loses the cursor comes before the verb that took
        // the cursor away.
        actions.extend(verbs);
        if !actions.is_empty() {
            // Carried out before the next frame, by `logic`.
            ui.ctx().request_repaint();
        }
        self.queue.extend(actions);
    }

    fn on_exit(&mut self) {
        self.worker.cancel_all();
        if self.kept == Kept::NotYet {
            self.save_preferences();
        }
        self.close_survey();
    }
}
