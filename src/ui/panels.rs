//! Which panel stands where, and what each is given to show.

mod projects;

use super::action::{Action, Workspace};
use super::app::App;
use super::availability::availability;
use super::coverage::{CoverageInput, coverage_ui, detail_ui};
use super::delivery::{delivery_ui, project_ui};
use super::dialog::Dialog;
use super::form::{FieldIssue, FormInput, form_ui};
use super::history::{Side, foot_ui, history_ui};
use super::issues::{IssuesInput, issues_ui, lists_ui};
use super::map::{CellMap, CommunityMap, CoverageLayers, MapInput, Theming, map_ui};
use super::menu_bar::{BarInput, menu_bar_ui, tool_bar_ui};
use super::notice::Tone;
use super::photo_watch::PhotoWatch;
use super::planner::{PlannerInput, charts_ui, controls_ui, ranking_ui};
use super::preferences::Switch;
use super::release_panel::{ReleaseInput, release_ui};
use super::review::{ReviewInput, pair_ui, queue_ui};
use super::status_bar::{StatusInput, status_bar_ui};
use super::table::{TableInput, table_ui};
use super::verb::{Shape, Toggle, Verb};
use super::view::View;
use super::{icons, theme};
use crate::catalogue::Catalogue;
use crate::model::Learning;
use crate::session::Session;
use crate::words::Language;
use egui::{Panel, Ui};
use projects::ProjectFrame;

impl App {
    pub(super) fn bars_ui(&self, ui: &mut Ui) -> Vec<Action> {
        let available =
            |verb| availability(verb, self.session.as_ref(), &self.view, self.job_state());
        let is_on = |verb| match verb {
            Verb::Take(_) | Verb::Shape(Shape::Simplify) => self.view.tool.verb() == verb,
            Verb::Theme(theme) => theme == self.preferences.look.theme,
            Verb::Go(workspace) => workspace == self.view.workspace,
            Verb::History => self.history.side == Side::History,
            Verb::Toggle(Toggle::Tracing) => self.view.tracing.is_on(),
            Verb::Toggle(toggle) => self.preferences.is_on(toggle),
            Verb::WatchPhotos => self.watch.is_some(),
            Verb::LearnFromDecisions => self
                .session
                .as_ref()
                .is_some_and(|session| session.survey().settings().learning == Learning::Decisions),
            _ => false,
        };
        let waiting = |workspace| {
            let evaluation = self.evaluation.as_ref()?;
            match workspace {
                Workspace::Survey => Some(evaluation.waiting),
                Workspace::Review => Some(evaluation.open_pairs.len()),
                Workspace::Coverage => {
                    let session = self.session.as_ref()?;
                    self.coverage.waiting(session.survey())
                }
                Workspace::Plan | Workspace::Delivery => None,
                Workspace::Release => Some(evaluation.blocking().len()),
            }
        };
        let input = BarInput {
            language: self.language(),
            workspace: self.view.workspace,
            keys: &self.preferences.keys,
            available: &available,
            is_on: &is_on,
            waiting: &waiting,
        };
        let mut actions = Vec::new();
        Panel::top("menu").show(ui, |ui| actions.extend(menu_bar_ui(ui, &input)));
        Panel::top("tools").show(ui, |ui| {
            ui.add_space(2.0);
            actions.extend(tool_bar_ui(ui, &input));
        });
        actions
    }

    pub(super) fn status_ui(&self, ui: &mut Ui) -> Vec<Action> {
        let input = StatusInput {
            language: self.language(),
            pointed_at: self.view.pointed_at,
            zoom: self.map.zoom(),
            map_datums: &self.basemap.datums(self.map.zoom()),
            tool: &self.view.tool,
            keys: &self.preferences.keys,
            last_saved: self.session.as_ref().and_then(Session::last_saved),
            running: self.worker.running(),
            rows: self.evaluation.as_ref().map(|e| e.tally.total),
            watched: self.watch.as_ref().map(PhotoWatch::folder),
        };
        let mut actions = Vec::new();
        // Without a survey there is no map, no datum and nothing saved to tell of.
        if self.session.is_some() {
            Panel::bottom("status").show(ui, |ui| actions.extend(status_bar_ui(ui, &input)));
        }
        if self.view.notices.iter().len() > 0 {
            Panel::bottom("notices").show(ui, |ui| actions.extend(self.notices_ui(ui)));
        } else {
            // The map's key counts the panels before it: a notice that goes in the middle of a
            // click must not make another map of it, which would lose the click.
            ui.skip_ahead_auto_ids(1);
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
                let button = button.accessible_name(dismiss.as_ref());
                if button.clicked() {
                    actions.push(Action::DismissNotice(index));
                }
                ui.add(egui::Label::new(&notice.text).wrap());
            });
        }
        actions
    }

    pub(super) fn left_ui(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let Some(session) = &self.session else { return };
        let language = self.preferences.language;
        let (survey, items) = (session.survey(), &self.catalogue.items);
        let (view, jobs) = (&self.view, self.job_state());
        let available = |verb| availability(verb, Some(session), view, jobs);
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
                    with_errors: self.estates_with_findings.len(),
                    mine_today: self.today.mine(),
                    last_change: &|id| session.last_change(id),
                    near: self.view.place_to_name(survey),
                    revision: session.revision(),
                    context_revision: self.evaluations + self.today.changes(),
                    language,
                    available: &available,
                    keys: &self.preferences.keys,
                };
                actions.extend(table_ui(ui, &mut self.table, input));
            }
            Workspace::Review => {
                let input = ReviewInput {
                    survey,
                    items,
                    evaluation: self.evaluation.as_ref(),
                    queue: &self.review_queue,
                    pair: self.view.pair,
                    revision: session.revision(),
                    available: &available,
                    keys: &self.preferences.keys,
                    pictures: &self.pictures,
                    language,
                };
                actions.extend(queue_ui(ui, &mut self.review, &input));
            }
            Workspace::Coverage => {
                let input = CoverageInput {
                    survey,
                    language,
                    references: &self.references,
                    cells_shown: self.preferences.searched_cells,
                };
                actions.extend(coverage_ui(ui, &mut self.coverage, &input));
            }
            Workspace::Plan => {
                let author = self.preferences.author.as_ref();
                let author = author.unwrap_or(&self.system_author.name);
                let input = planner_input(session, &self.catalogue, &self.view, author, language);
                actions.extend(controls_ui(ui, &mut self.planner, &input));
            }
            Workspace::Delivery => {
                let frame = ProjectFrame::of(session, &self.catalogue, &self.view, language);
                let frame = frame.with(self.evaluation.as_ref(), self.evaluations);
                actions.extend(delivery_ui(ui, &mut self.delivery, &frame.input()));
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

    pub(super) fn right_ui(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let Some(session) = &self.session else { return };
        let language = self.preferences.language;
        let (survey, items) = (session.survey(), &self.catalogue.items);
        let (view, jobs) = (&self.view, self.job_state());
        let available = |verb| availability(verb, Some(session), view, jobs);
        match self.view.workspace {
            Workspace::Survey => {
                let selected = self.view.single().and_then(|id| survey.estate(id));
                if let (Side::History, Some(estate)) = (self.history.side, selected) {
                    let history = &mut self.history;
                    actions.extend(history_ui(ui, history, survey, estate, language));
                    return;
                }
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
                    building: self.picked_building(),
                    items,
                    issues: &issues,
                    pictures: &self.pictures,
                    index: self.table.index(),
                    tagged_before: self.view.single().and_then(|_| {
                        let before = self.tagging.tagged_before(survey, &self.view.selection);
                        before.map(|estate| &**estate)
                    }),
                    recognition: &self.catalogue.rules.recognition,
                    language,
                };
                egui::ScrollArea::vertical()
                    .auto_shrink(false)
                    .show(ui, |ui| {
                        actions.extend(form_ui(ui, &mut self.form, input));
                        if let (Some(_), Some((_, count))) = (selected, self.history.count) {
                            actions.extend(foot_ui(ui, count, language));
                        }
                    });
            }
            Workspace::Review => {
                let input = ReviewInput {
                    survey,
                    items,
                    evaluation: self.evaluation.as_ref(),
                    queue: &self.review_queue,
                    pair: self.view.pair,
                    revision: session.revision(),
                    available: &available,
                    keys: &self.preferences.keys,
                    pictures: &self.pictures,
                    language,
                };
                actions.extend(pair_ui(ui, &mut self.review, &input));
            }
            Workspace::Coverage => {
                let input = CoverageInput {
                    survey,
                    language,
                    references: &self.references,
                    cells_shown: self.preferences.searched_cells,
                };
                actions.extend(detail_ui(ui, &mut self.coverage, &input));
            }
            Workspace::Plan => {
                let author = self.preferences.author.as_ref();
                let author = author.unwrap_or(&self.system_author.name);
                let input = planner_input(session, &self.catalogue, &self.view, author, language);
                actions.extend(ranking_ui(ui, &mut self.planner, &input));
            }
            Workspace::Delivery => {
                let frame = ProjectFrame::of(session, &self.catalogue, &self.view, language);
                let frame = frame.with(self.evaluation.as_ref(), self.evaluations);
                actions.extend(project_ui(ui, &mut self.delivery, &frame.input()));
            }
            Workspace::Release => {
                let coverage = self.coverage.report(survey, language);
                let input = ReleaseInput {
                    coverage: &coverage,
                    evaluation: self.evaluation.as_ref(),
                    survey_path: session.path(),
                    year: super::perform::year(),
                    language,
                };
                actions.extend(release_ui(ui, &mut self.release, &input));
            }
        }
    }

    /// What stands below the map.
    pub(super) fn below_map_ui(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let Some(session) = &self.session else { return };
        if self.view.workspace == Workspace::Plan {
            let language = self.preferences.language;
            let author = self.preferences.author.as_ref();
            let author = author.unwrap_or(&self.system_author.name);
            let input = planner_input(session, &self.catalogue, &self.view, author, language);
            Panel::bottom("charts")
                .resizable(true)
                .default_size(theme::CHARTS_HEIGHT)
                .show(ui, |ui| {
                    actions.extend(charts_ui(ui, &mut self.planner, &input));
                });
        }
    }

    pub(super) fn map_ui(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let Some(session) = &self.session else { return };
        let highlighted = match self.view.workspace {
            Workspace::Review => self.view.pair.map(|pair| (pair.a(), pair.b())),
            Workspace::Survey
            | Workspace::Coverage
            | Workspace::Plan
            | Workspace::Delivery
            | Workspace::Release => None,
        };
        let notice = self.basemap.notice(self.preferences.language);
        let references = self.references.shown();
        let (view, jobs) = (&self.view, self.job_state());
        let available = |verb| availability(verb, Some(session), view, jobs);
        let (coverage, survey) = (&self.coverage, session.survey());
        let standing = |code: &str| coverage.standing(survey, code);
        let is_here = view.workspace == Workspace::Coverage;
        let layers = CoverageLayers {
            communities: (is_here && coverage.shows_communities()).then(|| CommunityMap {
                areas: self.references.communities(),
                standing: &standing,
                counts: coverage.standings(survey),
                picked: coverage.picked_communities(),
            }),
            gaps: coverage.gap_map(survey).filter(|_| is_here),
            cells: Some(CellMap {
                survey,
                size_m: self.catalogue.rules.coverage.cell_m,
                marking: match is_here {
                    true => coverage.marks_cells(),
                    false => Switch::Off,
                },
            })
            .filter(|_| self.preferences.searched_cells.is_on()),
        };
        let input = MapInput {
            coverage: &layers,
            survey: session.survey(),
            selection: &self.view.selection,
            buildings: self.preferences.buildings,
            building: self.picked_building(),
            tool: &self.view.tool,
            aids: self.preferences.drawing,
            tracing: self.view.tracing,
            theming: Theming {
                look: self.preferences.look,
                items: &self.catalogue.items,
                facts: self.planner.facts(),
                marks_chosen: (self.view.workspace == Workspace::Plan).into(),
            },
            highlighted,
            past_outline: self.history.outline.as_deref(),
            trial: match &self.view.dialog {
                Some(Dialog::Import(draft)) => draft.trial_places(),
                _ => &[],
            },
            survey_revision: session.revision(),
            listed: match self.view.workspace {
                Workspace::Survey => self.table.listed_alone(),
                Workspace::Review
                | Workspace::Coverage
                | Workspace::Plan
                | Workspace::Delivery
                | Workspace::Release => None,
            },
            findings: &self.estates_with_findings,
            photos: Some(&self.pictures).filter(|_| self.preferences.photo_positions.is_on()),
            language: self.preferences.language,
            available: &available,
            keys: &self.preferences.keys,
            basemap: Some(&mut self.basemap),
            references: &references,
            me: self.my_position.place(),
            track: self.my_position.track(),
            districts: &self.districts,
            notice: notice.as_deref(),
        };
        actions.extend(map_ui(ui, &mut self.map, input));
    }
}

fn planner_input<'a>(
    session: &'a Session,
    catalogue: &'a Catalogue,
    view: &'a View,
    author: &'a str,
    language: Language,
) -> PlannerInput<'a> {
    PlannerInput {
        survey: session.survey(),
        revision: session.revision(),
        catalogue,
        selection: &view.selection,
        author,
        language,
    }
}
