//! Opens a source on a thread of its own: a file may lie on a slow stick, a cache on a slow disk.

use super::settings::Token;
use super::tiles::Tiles;
use super::{Open, Trouble};
use crate::basemap::{Keeping, Lattice, Source, SourceId};
use crate::model::Datum;
use crate::tiles::TileReader;
use crate::tiles::files::{self, OpenTiles};
use crate::tiles::online::{self, OnlineReader, Patience, REQUESTS_AT_A_TIME, Reach, TileCache};
use crate::ui::pending::{Answer, Pending};
use egui::Context;
use std::path::PathBuf;
use std::sync::Arc;

/// How an online source is doing, shared with the threads that ask it.
pub type Health = Arc<online::Health>;

/// A source being opened.
pub struct Opening(Pending<Result<Opened, Trouble>>);

/// A source that can be read.
pub struct Opened {
    lattice: Lattice,
    readers: Vec<Box<dyn TileReader>>,
    attribution: String,
    bounds: Option<geo::Rect>,
    says_datum: Option<Datum>,
    health: Option<Health>,
}

/// What is opened, and with what.
pub struct Wanted {
    pub source: Source,
    pub token: Option<Token>,
    /// Where what comes over the network is kept.
    pub cache: Option<TileCache>,
    pub reach: Reach,
}

impl Opening {
    pub fn start(wanted: Wanted, context: &Context) -> Result<Self, Trouble> {
        let opening = Pending::start("jiugai basemap", context, move || open(wanted));
        opening.map(Self).map_err(no_thread)
    }

    /// The source, once it is open or shut.
    pub fn poll(&self) -> Option<Result<Opened, Trouble>> {
        match self.0.poll() {
            Answer::Here(opened) => Some(opened),
            Answer::UnderWay => None,
            Answer::Lost => Some(Err(Trouble::NoThread {
                detail: String::new(),
            })),
        }
    }
}

impl Opened {
    /// Starts the threads that read tiles.
    pub fn start(self, context: &Context) -> Result<Open, Trouble> {
        Ok(Open {
            tiles: Tiles::start(self.lattice, self.readers, context).map_err(no_thread)?,
            attribution: self.attribution,
            bounds: self.bounds,
            says_datum: self.says_datum,
            health: self.health,
        })
    }
}

fn no_thread(error: std::io::Error) -> Trouble {
    Trouble::NoThread {
        detail: error.to_string(),
    }
}

/// A file or folder as a source, before anything is known of it.
pub fn source_of_file(path: PathBuf, id: SourceId) -> Source {
    let name = path.file_stem().unwrap_or_default();
    Source {
        id,
        name: name.to_string_lossy().into_owned(),
        kind: files::kind_of(path),
        datum: Datum::Cgcs2000,
        levels: (0, 0),
        attribution: String::new(),
        attribution_url: String::new(),
        keeping: Keeping::Allowed,
        token: None,
    }
}

fn open(wanted: Wanted) -> Result<Opened, Trouble> {
    let source = wanted.source;
    if let Some(lattice) = source.online_lattice() {
        let token = wanted.token.as_ref().map(|token| token.0.as_str());
        let reader = OnlineReader::new(source.clone(), token, Patience::default());
        let reader = match wanted.cache {
            Some(cache) => reader.with_cache(cache),
            None => reader,
        };
        let reader = reader.with_reach(wanted.reach);
        let readers =
            (0..REQUESTS_AT_A_TIME).map(|_| -> Box<dyn TileReader> { Box::new(reader.clone()) });
        return Ok(Opened {
            lattice,
            readers: readers.collect(),
            attribution: source.attribution.clone(),
            bounds: None,
            says_datum: None,
            health: Some(reader.health().clone()),
        });
    }
    let OpenTiles {
        reader,
        lattice,
        attribution,
        bounds,
        says_datum,
        ..
    } = files::open(&source).map_err(Trouble::File)?;
    Ok(Opened {
        lattice,
        readers: vec![reader],
        attribution: match source.attribution.is_empty() {
            true => attribution,
            false => source.attribution,
        },
        bounds,
        says_datum,
        health: None,
    })
}
