//! Files dropped on the window: what they are decides what they are for.

use crate::jobs::photos::{Destination, is_named_like_a_picture};
use crate::tiles::files::has_world_file;
use crate::ui::action::{Action, BasemapAction};
use crate::ui::app::App;
use crate::ui::dialog::{Dialog, ImportDraft};
use crate::ui::files::FileKind;
use crate::ui::notice::Tone;
use egui::Context;
use std::path::{Path, PathBuf};

/// What dropped files are for.
#[derive(Debug, PartialEq, Eq)]
enum Dropped {
    /// Pictures, and folders of them.
    Pictures(Vec<PathBuf>),
    Survey(PathBuf),
    Lists(Vec<PathBuf>),
    Tiles(PathBuf),
    /// Nothing that this program opens.
    Unknown,
}

impl Dropped {
    /// Pictures come before everything else: a camera's folder holds other files too.
    fn of(paths: Vec<PathBuf>) -> Self {
        let (pictures, others): (Vec<_>, Vec<_>) = paths
            .into_iter()
            .partition(|path| path.is_dir() || is_photo(path));
        if !pictures.is_empty() {
            return Self::Pictures(pictures);
        }
        let first = |kind: FileKind| others.iter().find(|path| kind.takes(path)).cloned();
        first(FileKind::Survey)
            .map(Self::Survey)
            .or_else(|| lists(&others).map(Self::Lists))
            .or_else(|| first(FileKind::Tiles).map(Self::Tiles))
            .unwrap_or(Self::Unknown)
    }
}

/// Every file that can be a list, in the order they were dropped.
fn lists(paths: &[PathBuf]) -> Option<Vec<PathBuf>> {
    let lists = paths.iter().filter(|path| FileKind::Source.takes(path));
    let lists: Vec<_> = lists.cloned().collect();
    (!lists.is_empty()).then_some(lists)
}

/// A picture with a world file beside it is a plan, whatever it shows.
fn is_photo(path: &Path) -> bool {
    is_named_like_a_picture(path) && !has_world_file(path)
}

impl App {
    pub(super) fn take_dropped(&mut self, paths: Vec<PathBuf>, context: &Context) {
        let dropped = Dropped::of(paths);
        let needs_survey = matches!(dropped, Dropped::Pictures(_) | Dropped::Lists(_));
        if needs_survey && self.session.is_none() {
            let text = self.language().text("reason.no_survey").into_owned();
            return self.say(Tone::Problem, text, context);
        }
        match dropped {
            Dropped::Pictures(paths) => {
                let placeless = self.estate_for_placeless();
                self.start_adding(paths, Destination::ByPosition { placeless });
            }
            Dropped::Survey(path) => self.perform(Action::OpenSurvey(path), context),
            Dropped::Lists(paths) => self.ask_about_lists(paths, context),
            Dropped::Tiles(path) => {
                self.perform(Action::Basemap(BasemapAction::AddFile(path)), context)
            }
            Dropped::Unknown => {
                let text = self.language().text("notice.cannot_drop").into_owned();
                self.say(Tone::Problem, text, context);
            }
        }
    }

    /// The import dialog, with the first file already in its box. Where it is open, the files wait
    /// behind those that are there.
    pub(super) fn ask_about_lists(&mut self, paths: Vec<PathBuf>, context: &Context) {
        let action = match &mut self.view.dialog {
            Some(Dialog::Import(draft)) => draft.add(paths),
            _ => {
                let (draft, action) = ImportDraft::of_files(paths);
                self.view.dialog = Some(Dialog::Import(Box::new(draft)));
                action
            }
        };
        if let Some(action) = action {
            self.perform(action, context);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_dropped_is_known_by_its_name() {
        type Case = (&'static [&'static str], Dropped);
        let cases: [Case; 7] = [
            (
                &["a.gpkg", "照片 1.JPG", "b.heic"],
                Dropped::Pictures(vec!["照片 1.JPG".into(), "b.heic".into()]),
            ),
            (&["洪都.GPKG"], Dropped::Survey("洪都.GPKG".into())),
            (&["名册.csv"], Dropped::Lists(vec!["名册.csv".into()])),
            (
                &["a.geojson", "a.docx", "b.csv"],
                Dropped::Lists(vec!["a.geojson".into(), "b.csv".into()]),
            ),
            (&["town.mbtiles"], Dropped::Tiles("town.mbtiles".into())),
            (&["letter.docx"], Dropped::Unknown),
            (&[], Dropped::Unknown),
        ];
        for (names, expected) in cases {
            let paths = names.iter().map(PathBuf::from).collect();
            assert_eq!(Dropped::of(paths), expected, "{names:?}");
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_owned();
        assert_eq!(
            Dropped::of(vec![path.clone()]),
            Dropped::Pictures(vec![path])
        );
    }
}
