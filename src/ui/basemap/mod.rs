//! What lies under the survey: layers of tiles, from files and from the network, each drawn where
//! its datum says.
//!
//! [`settings::BasemapSettings`] says which; a [`Basemap`] opens them on threads of their own,
//! paints what has come, and knows how each is doing. Whatever goes wrong with a layer is a
//! sentence; the survey and the other layers go on.

mod opening;
pub mod packs;
mod paint;
pub mod service;
pub mod settings;
mod tiles;

pub use opening::source_of_file;
pub use packs::Packs;
pub use paint::Filled;

use super::map::view::View;
use super::preferences::Switch;
use crate::basemap::{Source, SourceId};
use crate::model::Datum;
use crate::tiles::files::TileFileError;
use crate::tiles::online::{OnlineStatus, Reach, TileCache};
use crate::words::{Language, basemap as words, tiles as tiles_words};
use egui::{Context, Painter};
use opening::{Health, Opening, Wanted};
use packs::PackOrder;
use paint::Grids;
use service::Service;
use settings::{BasemapSettings, LayerSetting, Token};
use std::path::{Path, PathBuf};
use tiles::Tiles;

/// The layers in use, from the lowest up.
#[derive(Default)]
pub struct Basemap {
    layers: Vec<Layer>,
    /// The tile file found beside the survey, under all others, and how it is shown: nothing to
    /// configure in the field, and nothing to keep.
    beside: Option<(Source, LayerSetting)>,
    /// The address of a service, and what it offers.
    service: Option<(String, Service)>,
    packs: Packs,
    /// What came over the network before; `None` keeps nothing.
    cache: Option<TileCache>,
}

/// A layer: what it is, how it is shown, and how far it is.
struct Layer {
    source: Source,
    setting: LayerSetting,
    token: Option<Token>,
    reach: Reach,
    state: State,
    grids: Grids,
    filled: Filled,
}

enum State {
    /// Not shown, so that it takes neither memory nor network.
    Off,
    Opening(Opening),
    Open(Open),
    Shut(Trouble),
}

struct Open {
    tiles: Tiles,
    attribution: String,
    bounds: Option<geo::Rect>,
    /// The datum, where the source itself says it.
    says_datum: Option<Datum>,
    /// `None` for files.
    health: Option<Health>,
}

/// Why a layer shows nothing at all.
#[derive(Debug)]
pub enum Trouble {
    File(TileFileError),
    /// Its owner gives tokens, and there is none here.
    NoToken,
    /// The system gives no thread.
    NoThread {
        detail: String,
    },
}

impl Trouble {
    /// What is wrong, in a sentence.
    pub fn text(&self, language: Language) -> String {
        match self {
            Self::File(error) => tiles_words::tile_file_error_text(language, error),
            Self::NoToken => language.text("basemap.trouble.no_token").into_owned(),
            Self::NoThread { detail } => {
                language.text_with("basemap.trouble.no_thread", &[("detail", detail)])
            }
        }
    }
}

/// How a layer is doing, for whoever lists them.
pub enum Standing<'a> {
    Off,
    Opening,
    Shut(&'a Trouble),
    Open {
        filled: Filled,
        online: OnlineStatus,
        bounds: Option<geo::Rect>,
    },
}

/// A layer as lists show it.
pub struct Listed<'a> {
    pub source: &'a Source,
    pub setting: &'a LayerSetting,
    pub standing: Standing<'a>,
    /// The datum, where the source itself says it: nobody else may.
    pub says_datum: Option<Datum>,
    pub is_beside_survey: bool,
}

impl Basemap {
    /// Keeps what comes over the network in `cache`.
    pub fn keep_in(&mut self, cache: TileCache) {
        self.cache = Some(cache);
    }

    /// Lets go of what was kept; on a thread of its own, for it may be half a gigabyte.
    pub fn clear_cache(&self) {
        if let Some(cache) = self.cache.clone() {
            let clear = move || cache.clear();
            // Where no thread is to be had, the tiles stay: they do no harm.
            _ = std::thread::Builder::new()
                .name("jiugai cache".to_owned())
                .spawn(clear);
        }
    }

    pub fn cache(&self) -> Option<&TileCache> {
        self.cache.as_ref()
    }

    /// Takes over what the settings say; what stays as it was keeps its tiles.
    pub fn apply(&mut self, settings: &BasemapSettings, online: Switch, context: &Context) {
        if online == Switch::Off {
            self.packs.order(PackOrder::Pause);
        }
        let mut before = std::mem::take(&mut self.layers);
        let beside = self
            .beside
            .iter()
            .map(|(source, setting)| (source, setting, None));
        let set = settings.layers.iter().filter_map(|setting| {
            let source = settings.source(&setting.source)?;
            let token = source
                .token
                .as_ref()
                .and_then(|name| settings.tokens.get(name));
            Some((source, setting, token))
        });
        for (source, setting, token) in beside.chain(set) {
            let is_same = |layer: &Layer| layer.source == *source && layer.token.as_ref() == token;
            let known = before.iter().position(is_same);
            let mut layer = match known {
                Some(known) => before.swap_remove(known),
                None => Layer::new(source.clone(), token.cloned()),
            };
            layer.setting = setting.clone();
            layer.turn(online, self.cache.as_ref(), context);
            self.layers.push(layer);
        }
    }

    /// The tile file beside the survey that is open now, or none.
    pub fn set_beside(&mut self, path: Option<PathBuf>) {
        self.beside = path.map(|path| {
            let source = opening::source_of_file(path, SourceId("beside survey".to_owned()));
            let setting = LayerSetting::of(source.id.clone());
            (source, setting)
        });
    }

    /// Shows the file beside the survey; whether it is this one.
    pub fn show_beside(&mut self, path: &Path) -> bool {
        let beside = self.beside.as_mut();
        let found = beside.filter(|(source, _)| source.path().is_some_and(|it| it == path));
        found
            .map(|(_, setting)| setting.shown = Switch::On)
            .is_some()
    }

    /// How the file beside the survey is shown, to be changed; `None` where `id` is another layer.
    pub fn beside_mut(&mut self, id: &SourceId) -> Option<&mut LayerSetting> {
        let (source, setting) = self.beside.as_mut()?;
        (source.id == *id).then_some(setting)
    }

    /// Draws every layer, and asks for what is missing.
    pub fn paint(&mut self, painter: &Painter, view: &View) {
        for layer in &mut self.layers {
            layer.receive(painter.ctx());
            if !layer.setting.is_shown_at(view.zoom) {
                continue;
            }
            if let State::Open(open) = &mut layer.state {
                let opacity = layer.setting.opacity;
                layer.filled =
                    paint::paint(painter, view, &mut open.tiles, &mut layer.grids, opacity);
            }
        }
    }

    /// What is seen at this zoom.
    fn seen(&self, zoom: f64) -> impl Iterator<Item = &Open> {
        let seen = self
            .layers
            .iter()
            .filter(move |layer| layer.setting.is_shown_at(zoom) && layer.filled == Filled::Drawn);
        seen.filter_map(|layer| match &layer.state {
            State::Open(open) => Some(open),
            State::Off | State::Opening(_) | State::Shut(_) => None,
        })
    }

    /// Whose pictures are seen at this zoom, each once.
    pub fn attributions(&self, zoom: f64) -> Vec<&str> {
        let mut texts = Vec::new();
        for open in self.seen(zoom) {
            let text = open.attribution.as_str();
            if !text.is_empty() && !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts
    }

    /// The datums of what is seen at this zoom, each once.
    pub fn datums(&self, zoom: f64) -> Vec<Datum> {
        let mut datums = Vec::new();
        for open in self.seen(zoom) {
            let datum = open.tiles.lattice().crs.datum();
            if !datums.contains(&datum) {
                datums.push(datum);
            }
        }
        datums
    }

    /// Every layer, from the lowest up.
    pub fn list(&self) -> impl DoubleEndedIterator<Item = Listed<'_>> {
        let beside = self.beside.as_ref().map(|(source, _)| &source.id);
        self.layers.iter().map(move |layer| Listed {
            source: &layer.source,
            setting: &layer.setting,
            standing: layer.standing(),
            says_datum: match &layer.state {
                State::Open(open) => open.says_datum,
                _ => None,
            },
            is_beside_survey: Some(&layer.source.id) == beside,
        })
    }

    /// What is wrong with the first layer that should be seen and is not, in a sentence.
    pub fn notice(&self, language: Language) -> Option<String> {
        let shown = self
            .layers
            .iter()
            .filter(|layer| layer.setting.shown.is_on());
        shown.rev().find_map(|layer| {
            let text = match layer.standing() {
                Standing::Shut(trouble) => trouble.text(language),
                Standing::Open { online, .. } => tiles_words::online_notice(language, online)?,
                Standing::Off | Standing::Opening => return None,
            };
            Some(format!(
                "{}: {text}",
                words::source_name(language, &layer.source)
            ))
        })
    }

    /// Asks a service what it offers.
    pub fn ask_service(&mut self, url: String, context: &Context) {
        let service = Service::ask(url.clone(), context);
        self.service = Some((url, service));
    }

    /// What the service at this address offers; `None` where it was not asked, or another was since.
    pub fn service(&self, url: &str) -> Option<&Service> {
        let (asked, service) = self.service.as_ref()?;
        (asked == url).then_some(service)
    }

    /// Takes in what has come since the last frame; a pack that is done, once.
    pub fn receive(&mut self, context: &Context) -> Option<PathBuf> {
        if let Some((_, service)) = &mut self.service {
            service.receive();
        }
        self.packs.receive(context)
    }

    pub fn packs(&self) -> &Packs {
        &self.packs
    }

    pub fn packs_mut(&mut self) -> &mut Packs {
        &mut self.packs
    }

    /// Tries again, at once, whatever failed.
    pub fn retry(&mut self, context: &Context) {
        for layer in &mut self.layers {
            match &mut layer.state {
                State::Open(open) => {
                    if let Some(health) = &open.health {
                        health.forget_pause();
                    }
                    open.tiles.retry();
                }
                State::Shut(_) => layer.open(self.cache.as_ref(), context),
                State::Off | State::Opening(_) => {}
            }
        }
    }
}

impl Layer {
    fn new(source: Source, token: Option<Token>) -> Self {
        Self {
            setting: LayerSetting::of(source.id.clone()),
            source,
            token,
            reach: Reach::Network,
            state: State::Off,
            grids: Grids::default(),
            filled: Filled::Waiting,
        }
    }

    /// Opens what is to be seen, and lets go of what is not.
    fn turn(&mut self, online: Switch, cache: Option<&TileCache>, context: &Context) {
        let reach = match online {
            Switch::On => Reach::Network,
            // What was seen before is seen again.
            Switch::Off => Reach::CacheOnly,
        };
        let has_any = !self.source.is_online() || reach == Reach::Network || cache.is_some();
        if self.reach != reach && self.source.is_online() {
            self.state = State::Off;
        }
        self.reach = reach;
        match (self.setting.shown.is_on() && has_any, &self.state) {
            (true, State::Off) => self.open(cache, context),
            (false, _) => self.state = State::Off,
            (true, _) => {}
        }
    }

    fn open(&mut self, cache: Option<&TileCache>, context: &Context) {
        self.state = match (&self.source.token, &self.token) {
            (Some(_), None) => State::Shut(Trouble::NoToken),
            (_, token) => match Opening::start(
                Wanted {
                    source: self.source.clone(),
                    token: token.clone(),
                    cache: cache.cloned(),
                    reach: self.reach,
                },
                context,
            ) {
                Ok(opening) => State::Opening(opening),
                Err(trouble) => State::Shut(trouble),
            },
        };
    }

    /// Takes over a source that has been opened.
    fn receive(&mut self, context: &Context) {
        let State::Opening(opening) = &self.state else {
            return;
        };
        if let Some(opened) = opening.poll() {
            self.grids = Grids::default();
            self.state = match opened.and_then(|opened| opened.start(context)) {
                Ok(open) => State::Open(open),
                Err(trouble) => State::Shut(trouble),
            };
        }
    }

    fn standing(&self) -> Standing<'_> {
        match &self.state {
            State::Off => Standing::Off,
            State::Opening(_) => Standing::Opening,
            State::Shut(trouble) => Standing::Shut(trouble),
            State::Open(open) => Standing::Open {
                filled: self.filled,
                online: open
                    .health
                    .as_ref()
                    .map(|health| health.status())
                    .unwrap_or_default(),
                bounds: open.bounds,
            },
        }
    }
}
