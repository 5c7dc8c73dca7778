//! The verbs of the action table, one arm each.

use crate::edit::Command;
use crate::jobs::release::ReleaseMode;
use crate::tiles::online::TileCache;
use crate::ui::action::{Action, Workspace};
use crate::ui::app::{App, Freshness};
use crate::ui::availability::{JobState, availability};
use crate::ui::dialog::{BasemapsDraft, Dialog, ImportDraft, PaletteDraft};
use crate::ui::map::{coarser, finer};
use crate::ui::notice::Tone;
use crate::ui::places::Step;
use crate::ui::verb::{OfPair, Shape, Verb};
use crate::words::Language;
use egui::{Context, ViewportCommand};

/// One press of a zoom key, in levels.
const ZOOM_STEP: f64 = 1.0;
/// From here on the houses around one can be made out.
const NEAR_ZOOM: f64 = 17.0;

impl App {
    pub(super) fn do_verb(&mut self, verb: Verb, context: &Context) {
        // A shortcut reaches here without a button that could be disabled.
        let available = availability(verb, self.session.as_ref(), &self.view, JobState::Idle);
        if let Err(reason) = available {
            let text = self.language().text(reason.key()).into_owned();
            self.say(Tone::Problem, text, context);
            return;
        }
        match verb {
            Verb::NewSurvey => {
                self.view.dialog = Some(Dialog::NewSurvey {
                    path: String::new(),
                    county_code: String::new(),
                });
            }
            Verb::OpenSurvey => {
                self.view.dialog = Some(Dialog::OpenSurvey {
                    path: String::new(),
                });
            }
            Verb::OpenSample => self.open_sample(context),
            Verb::Import => {
                self.view.dialog = Some(Dialog::Import(Box::<ImportDraft>::default()));
            }
            Verb::Export => self.ask_for_export(),
            Verb::SaveCopy => {
                self.view.dialog = Some(Dialog::SaveCopy {
                    path: String::new(),
                });
            }
            Verb::WriteLedger => self.ask_for_ledger(),
            Verb::TakeLedger => self.ask_for_returned_ledger(),
            Verb::GoToPosition => match self.my_position.place() {
                Some(place) => self.map.set_view(place.at, self.map.zoom().max(NEAR_ZOOM)),
                None => {
                    let text = self.language().text("notice.no_position").into_owned();
                    self.say(Tone::Problem, text, context);
                }
            },
            Verb::Basemaps => {
                let kept = self.basemap.cache().map_or(0, TileCache::size_bytes);
                self.view.dialog = Some(Dialog::Basemaps(Box::new(BasemapsDraft::new(kept))));
            }
            Verb::Quit => context.send_viewport_cmd(ViewportCommand::Close),
            Verb::Undo if self.takes_back_corner() => self.remove_last_vertex(context),
            Verb::Undo => self.undo_or_redo(Step::Undo, context),
            Verb::Redo => self.undo_or_redo(Step::Redo, context),
            Verb::Delete => self.delete_selection(context),
            Verb::Take(take) => self.take(take, context),
            Verb::Shape(Shape::Repair) if self.takes_back_corner() => self.repair_sketch(context),
            Verb::Shape(shape) => self.shape(shape, context),
            Verb::Tag(tag) => self.tag(tag, context),
            Verb::Toggle(toggle) => self.toggle(toggle, context),
            Verb::SelectAll => self.select_all(),
            Verb::History => self.show_history(context),
            Verb::Settings => self.show_settings(),
            Verb::AddPhotos => self.add_photos(context),
            Verb::WatchPhotos => self.watch_photos(context),
            Verb::FinishSketch => self.finish_sketch(context),
            Verb::RemoveLastVertex => self.remove_last_vertex(context),
            Verb::ParkSketch => self.park(context),
            Verb::FitSurvey => {
                if let Some(session) = &self.session {
                    self.map.show_survey(session.survey());
                }
            }
            Verb::FitSelection => match self.view.pair {
                Some(pair) if self.view.workspace == Workspace::Review => self.open_pair(pair),
                _ => self.show_on_map(&self.view.selection.clone()),
            },
            Verb::ZoomIn if self.changes_tolerance(coarser, context) => {}
            Verb::ZoomOut if self.changes_tolerance(finer, context) => {}
            Verb::ZoomIn => self.map.zoom_by(ZOOM_STEP),
            Verb::ZoomOut => self.map.zoom_by(-ZOOM_STEP),
            // What is worked on in the review are pairs.
            Verb::NextRecord if self.view.workspace == Workspace::Review => {
                self.of_pair(OfPair::Next, context);
            }
            Verb::NextRecord => self.next_to_do(context),
            Verb::Pair(of_pair) => self.of_pair(of_pair, context),
            Verb::Aliases => self.view.dialog = Some(Dialog::Aliases(Default::default())),
            Verb::Rules => self.show_rules(),
            Verb::LearnFromDecisions => self.learn_from_decisions(context),
            Verb::FindDuplicates => {
                self.go(Workspace::Review, context);
                self.duplicates.forget();
                self.freshness = Freshness::Stale;
            }
            Verb::Check => {
                self.go(Workspace::Release, context);
                self.freshness = Freshness::Stale;
            }
            Verb::Release => self.release_from_menu(ReleaseMode::Final, context),
            Verb::ReleaseDraft => self.release_from_menu(ReleaseMode::Draft, context),
            Verb::EstateSheets => self.ask_for_sheets(),
            Verb::CountyReport => self.ask_for_county_report(),
            Verb::SwitchLanguage => {
                let language = match self.language() {
                    Language::Chinese => Language::English,
                    Language::English => Language::Chinese,
                };
                self.perform(Action::SetLanguage(language), context);
            }
            Verb::Search => {
                self.go(Workspace::Survey, context);
                self.table.focus_search();
            }
            Verb::Palette => {
                self.view.dialog = Some(Dialog::Palette(PaletteDraft::default()));
            }
            Verb::Keys => self.view.dialog = Some(Dialog::Keys),
            Verb::About => self.view.dialog = Some(Dialog::About),
            Verb::Theme(theme) => self.perform(Action::SetTheme(theme), context),
            Verb::Go(workspace) => self.go(workspace, context),
        }
    }

    /// A record drawn here is deleted; one that came in a list needs a reason, so it is asked.
    fn delete_selection(&mut self, context: &Context) {
        let Some(session) = &self.session else { return };
        let survey = session.survey().clone();
        for id in self.view.selection.clone() {
            let Some(estate) = survey.estate(id) else {
                continue;
            };
            if estate.origin.is_none() && estate.lib_no.is_none() {
                self.edit(Command::Delete { estate: id }, context);
            } else {
                self.view.dialog = Some(Dialog::Withdraw {
                    estate: id,
                    name: crate::words::fields::record_name(self.language(), &survey, estate),
                    reason: String::new(),
                });
                return;
            }
        }
    }
}
