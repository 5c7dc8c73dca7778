//! Photos taken in and looked at.

use crate::edit::{Command, PhotoCommand, Refusal};
use crate::jobs::photos::{
    self, Added, Destination, FileState, Handover, HandoverError, PictureFolder, Request,
};
use crate::model::{EstateId, PhotoId};
use crate::progress::Cancelled;
use crate::session::SessionError;
use crate::ui::action::PhotoAction;
use crate::ui::app::App;
use crate::ui::dialog::{Dialog, PhotoDialog, PhotoView};
use crate::ui::files::FileKind;
use crate::ui::notice::Tone;
use crate::ui::photo_watch::{PhotoWatch, Seen};
use crate::ui::pictures::Pictures;
use crate::ui::report::Report;
use crate::words::photos as words;
use egui::Context;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Of a long list of troubles, so many stand in a notice.
const TOLD: usize = 3;

impl App {
    pub(super) fn add_photos(&mut self, _context: &Context) {
        let placeless = self.estate_for_placeless();
        self.ask_for_photos(Destination::ByPosition { placeless });
    }

    pub(super) fn watch_photos(&mut self, context: &Context) {
        if self.watch.take().is_some() {
            let text = self.language().text("photos.watch.stopped").into_owned();
            return self.say(Tone::Done, text, context);
        }
        let path = self.preferences.watched_folder.clone().unwrap_or_default();
        let path = path.display().to_string();
        self.view.dialog = Some(Dialog::Photos(PhotoDialog::Watch { path }));
    }

    pub(super) fn photo(&mut self, action: PhotoAction, context: &Context) {
        match action {
            PhotoAction::Pick { to } => self.ask_for_photos(match to {
                Some(estate) => Destination::Estate(estate),
                None => Destination::ByPosition { placeless: None },
            }),
            PhotoAction::Add { paths, to } => {
                self.view.dialog = None;
                self.start_adding(paths, to);
            }
            PhotoAction::Look { photo, among } => self.look_at(photo, among, context),
            PhotoAction::Browse { to } => self.browse_pictures(to, context),
            PhotoAction::Watch(folder) => self.start_watching(&folder, context),
        }
    }

    fn ask_for_photos(&mut self, to: Destination) {
        let path = String::new();
        self.view.dialog = Some(Dialog::Photos(PhotoDialog::Add { path, to }));
    }

    fn look_at(&mut self, photo: PhotoId, among: Vec<PhotoId>, context: &Context) {
        self.commit_note(context);
        self.view.dialog = Some(Dialog::Photos(PhotoDialog::Look(PhotoView {
            photo,
            among,
            note: None,
        })));
    }

    /// What was typed about the photo looked at becomes an edit before it is gone.
    pub(super) fn commit_note(&mut self, context: &Context) {
        if let Some(Dialog::Photos(dialog)) = &mut self.view.dialog
            && let Some(action) = dialog.typed_note()
        {
            self.perform(action, context);
        }
    }

    fn browse_pictures(&mut self, to: Destination, context: &Context) {
        let title = self.preferences.language.text("dialog.browse");
        let picked = self.files.open_many(&title, FileKind::Picture);
        match picked.is_empty() {
            false => self.photo(PhotoAction::Add { paths: picked, to }, context),
            true => {
                let text = self.language().text("notice.no_dialog").into_owned();
                self.say(Tone::Done, text, context);
            }
        }
    }

    pub(super) fn start_adding(&mut self, paths: Vec<PathBuf>, to: Destination) {
        let Some(session) = &self.session else { return };
        let survey = session.survey().clone();
        let request = Request {
            paths,
            folder: PictureFolder::of_survey(session.path()),
            to,
            now: super::reports::now(),
        };
        self.worker.run("job.photos", move |progress| {
            Report::PhotosAdded(photos::add(&survey, &request, progress))
        });
    }

    pub(super) fn take_added(&mut self, added: Result<Added, Cancelled>, context: &Context) {
        let Ok(added) = added else {
            return self.say_cancelled(context);
        };
        let language = self.language();
        let text = words::added_text(language, &added);
        let problems: Vec<String> = added
            .problems
            .iter()
            .map(|(file, problem)| words::problem_text(language, file, problem))
            .collect();
        // Pictures that were missing may be back.
        self.pictures.forget();
        let photos = added.photos;
        match self.run(Command::Photo(PhotoCommand::Add { photos })) {
            Ok(()) | Err(SessionError::Refused(Refusal::NothingChanges)) => {
                self.say(Tone::Done, text, context);
            }
            Err(error) => return self.say_error(&error, context),
        }
        self.say_problems(&problems, context);
    }

    /// The first few in a notice; all of them in a list, where there are more.
    fn say_problems(&mut self, problems: &[String], context: &Context) {
        if problems.is_empty() {
            return;
        }
        let mut told = problems[..problems.len().min(TOLD)].to_vec();
        let more = problems.len().saturating_sub(TOLD);
        if more > 0 {
            told.push(
                self.language()
                    .text_with("store.problem.more", &[("count", &more)]),
            );
            let problems = problems.to_vec();
            self.view.dialog = Some(Dialog::Photos(PhotoDialog::Problems { problems }));
        }
        self.say(Tone::Problem, told.join("\n"), context);
    }

    /// Makes the pictures of the survey just opened ready, and looks whether they are all there.
    pub(super) fn open_pictures(&mut self, context: &Context) {
        self.watch = None;
        let Some(session) = &self.session else { return };
        let folder = PictureFolder::of_survey(session.path());
        // Without a thread there are no pictures, and a survey all the same.
        self.pictures = Pictures::of(&folder, context).unwrap_or_default();
        let survey = session.survey().clone();
        if survey.photos().len() > 0 {
            self.worker.run("job.verify_photos", move |progress| {
                Report::PhotosVerified(photos::verify(&survey, &folder, progress))
            });
        }
    }

    pub(super) fn take_verified(
        &mut self,
        states: Result<BTreeMap<PhotoId, FileState>, Cancelled>,
        context: &Context,
    ) {
        let (Ok(states), Some(session)) = (states, &self.session) else {
            return;
        };
        if states.is_empty() {
            return;
        }
        let survey = session.survey();
        let folder = PictureFolder::of_survey(session.path());
        let text = words::missing_text(self.language(), survey, &states, folder.path());
        self.say(Tone::Problem, text, context);
    }

    /// Copies the pictures after the survey itself was.
    pub(super) fn hand_over_pictures(&mut self, copy: &Path) {
        let Some(session) = &self.session else { return };
        let survey = session.survey().clone();
        if survey.photos().len() == 0 {
            return;
        }
        let from = PictureFolder::of_survey(session.path());
        let to = PictureFolder::of_survey(copy);
        self.worker.run("job.copy_photos", move |progress| {
            Report::PicturesCopied(photos::hand_over(&survey, &from, &to, progress))
        });
    }

    pub(super) fn take_handover(
        &mut self,
        handover: Result<Handover, HandoverError>,
        context: &Context,
    ) {
        let language = self.language();
        let (tone, text) = match handover {
            Ok(handover) => {
                let tone = match handover.missing {
                    0 => Tone::Done,
                    _ => Tone::Problem,
                };
                (tone, words::handover_text(language, &handover))
            }
            Err(error) => (Tone::Problem, words::handover_error_text(language, &error)),
        };
        self.say(tone, text, context);
    }

    fn start_watching(&mut self, folder: &Path, context: &Context) {
        let path = folder.display();
        match PhotoWatch::start(folder, context) {
            Ok(watch) => {
                self.view.dialog = None;
                self.watch = Some(watch);
                self.preferences.watched_folder = Some(folder.to_owned());
                self.save_preferences();
                let text = self
                    .language()
                    .text_with("photos.watch.started", &[("path", &path)]);
                self.say(Tone::Done, text, context);
            }
            Err(error) => self.say_unwatchable(folder, &error.to_string(), context),
        }
    }

    fn say_unwatchable(&mut self, folder: &Path, detail: &str, context: &Context) {
        let path = folder.display();
        let values: [(&str, &dyn std::fmt::Display); 2] = [("detail", &detail), ("path", &path)];
        let text = self.language().text_with("photos.watch.lost", &values);
        self.say(Tone::Problem, text, context);
    }

    /// Takes in what has come into the watched folder.
    pub(in crate::ui) fn poll_watch(&mut self, context: &Context) {
        let Some(watch) = &self.watch else { return };
        let folder = watch.folder().to_owned();
        let seen: Vec<Seen> = std::iter::from_fn(|| watch.poll()).collect();
        for seen in seen {
            match seen {
                Seen::New(paths) => {
                    self.start_adding(paths, Destination::ByPosition { placeless: None });
                }
                Seen::Lost(detail) => self.say_unwatchable(&folder, &detail, context),
            }
        }
    }

    /// The estate that dropped or picked photos without a position belong to.
    pub(super) fn estate_for_placeless(&self) -> Option<EstateId> {
        let session = self.session.as_ref()?;
        let estate = session.survey().estate(self.view.single()?)?;
        estate.standing.is_counted().then_some(estate.id)
    }
}
