//! The layers under the survey, as the user wants them.

use crate::basemap::address::Parsed;
use crate::basemap::share::{self, ShareFault};
use crate::basemap::{Keeping, SourceId, SourceKind};
use crate::catalogue::Borders;
use crate::model::{Crs, Datum, EstateId};
use crate::ui::action::BasemapAction;
use crate::ui::app::App;
use crate::ui::basemap::packs::Counted;
use crate::ui::basemap::settings::Token;
use crate::ui::basemap::source_of_file;
use crate::ui::dialog::{Dialog, PackAreas};
use crate::ui::map::{enclosing, extent};
use crate::ui::notice::Tone;
use crate::ui::preferences::Switch;
use crate::words::{basemap as words, packs as pack_words};
use egui::Context;
use std::path::{Path, PathBuf};

/// Whether a file is one of sources rather than of tiles.
fn is_shared(path: &Path) -> bool {
    let extension = path.extension().and_then(|it| it.to_str());
    extension.is_some_and(|it| it.eq_ignore_ascii_case("json"))
}

impl App {
    pub(super) fn basemap(&mut self, action: BasemapAction, context: &Context) {
        let settings = &mut self.preferences.basemap;
        match action {
            BasemapAction::Set(setting) => match self.basemap.beside_mut(&setting.source) {
                Some(beside) => *beside = setting,
                None => settings.set(setting),
            },
            BasemapAction::Shift(id, shift) => settings.shift(&id, shift),
            BasemapAction::Remove(id) => settings.remove(&id),
            BasemapAction::Add(parsed) => {
                let Parsed { source, token } = *parsed;
                if let (Some(name), Some(token)) = (&source.token, token) {
                    settings.tokens.set(name.clone(), Token(token));
                }
                settings.add(source);
                // Whoever adds a map of the network wants to see it.
                self.preferences.online_tiles = Switch::On;
                self.show_layers();
            }
            BasemapAction::AskService(url) => return self.basemap.ask_service(url, context),
            BasemapAction::Share(path) => return self.share_sources(&path, context),
            BasemapAction::AddFile(path) if is_shared(&path) => {
                self.take_shared(&path, context);
            }
            BasemapAction::AddFile(path) => self.add_tile_file(&path),
            BasemapAction::SetDatum(id, datum) => self.declare_datum(&id, datum),
            BasemapAction::SetCrs(id, crs) => self.declare_crs(&id, crs),
            BasemapAction::SetToken(name, token) => settings.tokens.set(name, token),
            BasemapAction::AllowKeeping(id) => {
                if let Some(source) = settings.source_mut(&id) {
                    source.keeping = Keeping::Allowed;
                }
            }
            BasemapAction::CountPack(wanted) => {
                let cache = self.basemap.cache().cloned();
                return self.basemap.packs_mut().count(*wanted, cache, context);
            }
            BasemapAction::StartPack(path) => return self.start_pack(path, context),
            BasemapAction::OrderPack(order) => return self.basemap.packs_mut().order(order),
            BasemapAction::ClearCache => return self.basemap.clear_cache(),
            BasemapAction::Retry => return self.basemap.retry(context),
            BasemapAction::GoTo(bounds) => return self.map.fit(bounds),
        }
        self.prefer(context);
    }

    /// Writes the user's own sources into a file for colleagues.
    fn share_sources(&mut self, path: &Path, context: &Context) {
        let language = self.language();
        let mut path = path.to_owned();
        if path.extension().is_none() {
            path.set_extension("json");
        }
        let text = share::write(&self.preferences.basemap.sources);
        let written = text.map_err(|fault| words::share_fault_text(language, &path, &fault));
        let written = written.and_then(|text| {
            std::fs::write(&path, text).map_err(|error| {
                let detail = error.to_string();
                words::share_unwritten_text(language, &path, &detail)
            })
        });
        match written {
            Ok(()) => {
                let values: [(&str, &dyn std::fmt::Display); 1] = [("path", &path.display())];
                self.say(
                    Tone::Done,
                    language.text_with("basemap.share.written", &values),
                    context,
                );
            }
            Err(text) => self.say(Tone::Problem, text, context),
        }
    }

    /// Adds the sources that a colleague handed on.
    fn take_shared(&mut self, path: &Path, context: &Context) {
        let language = self.language();
        let read = std::fs::read_to_string(path).map_err(|error| ShareFault::Damaged {
            detail: error.to_string(),
        });
        match read.and_then(|text| share::read(&text)) {
            Ok(sources) => {
                for source in sources {
                    self.preferences.basemap.add(source);
                }
                self.show_layers();
            }
            Err(fault) => {
                let text = words::share_fault_text(language, path, &fault);
                self.say(Tone::Problem, text, context);
            }
        }
    }

    fn add_tile_file(&mut self, path: &Path) {
        // A relative path means another file after the next start.
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        if self.basemap.show_beside(&path) {
            return self.show_layers();
        }
        let settings = &mut self.preferences.basemap;
        let known = settings
            .sources
            .iter()
            .find(|source| source.path() == Some(&path));
        let source = match known {
            Some(known) => known.clone(),
            None => source_of_file(path, SourceId(uuid::Uuid::new_v4().to_string())),
        };
        settings.add(source);
        self.show_layers();
    }

    /// The dialog, if it is open, turns to the list that has just become longer.
    fn show_layers(&mut self) {
        if let Some(Dialog::Basemaps(draft)) = &mut self.view.dialog {
            draft.show_stack();
        }
    }

    fn start_pack(&mut self, path: PathBuf, context: &Context) {
        let Counted::Done { wanted, .. } = self.basemap.packs().counted() else {
            return;
        };
        let settings = &self.preferences.basemap;
        let name = words::source_name(self.preferences.language, &wanted.source);
        let token = wanted.source.token.as_ref();
        let token = token.and_then(|name| settings.tokens.get(name)).cloned();
        let cache = self.basemap.cache().cloned();
        let packs = self.basemap.packs_mut();
        if let Err(error) = packs.start(name, token.as_ref(), path, cache) {
            let text = pack_words::start_error_text(self.language(), &error);
            self.say(Tone::Problem, text, context);
        }
    }

    /// A pack is done: it is there to be seen at once.
    pub(in crate::ui) fn take_pack(&mut self, path: PathBuf, context: &Context) {
        let values: [(&str, &dyn std::fmt::Display); 1] = [("path", &path.display())];
        let text = self.language().text_with("layers.pack.done", &values);
        self.say(Tone::Done, text, context);
        self.add_tile_file(&path);
        self.prefer(context);
    }

    /// The areas that a pack could be of now.
    pub(in crate::ui) fn pack_areas(&self, dialog: &Dialog) -> PackAreas {
        // Every boundary is looked at: not while nobody asks.
        if !matches!(dialog, Dialog::Basemaps(draft) if draft.asks_for_area()) {
            return PackAreas::default();
        }
        let survey = self.session.as_ref().map(|session| session.survey());
        let extents = |ids: Option<&[EstateId]>| {
            let estates = survey?
                .counted()
                .filter(|estate| ids.is_none_or(|ids| ids.contains(&estate.id)));
            estates
                .filter_map(|estate| extent(estate))
                .reduce(enclosing)
        };
        let county = survey.and_then(|survey| {
            let code = &survey.settings().county_code;
            let borders = Borders::shipped().districts();
            let county = borders.iter().find(|district| district.code == *code)?;
            Some(county.boundary.clone())
        });
        PackAreas {
            view: Some(self.map.bounds()),
            survey: extents(None),
            county,
            selection: extents(Some(&self.view.selection)),
            measured: self.map.measured_bounds(),
        }
    }

    fn declare_datum(&mut self, id: &SourceId, datum: Datum) {
        if let Some(source) = self.preferences.basemap.source_mut(id) {
            source.datum = datum;
        }
    }

    fn declare_crs(&mut self, id: &SourceId, declared: Crs) {
        if let Some(source) = self.preferences.basemap.source_mut(id) {
            source.datum = declared.datum();
            if let SourceKind::Sheet { crs, .. } = &mut source.kind {
                *crs = Some(declared);
            }
        }
    }

    /// A tile file beside the survey file is its basemap: nothing to configure in the field.
    pub(super) fn open_tiles_beside(&mut self, survey: &Path, context: &Context) {
        let folder = survey
            .parent()
            .and_then(|folder| std::fs::read_dir(folder).ok());
        let mut found: Vec<_> = folder
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| {
                path.extension()
                    .is_some_and(|e| e == "mbtiles" || e == "pmtiles")
            })
            .collect();
        found.sort();
        self.basemap.set_beside(found.into_iter().next());
        self.apply_preferences(context);
    }
}
