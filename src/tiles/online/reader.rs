//! Fetches the tiles of one source, past a cache. Whatever goes wrong is an [`OnlineTrouble`] to be
//! told in one line, never a panic.

use super::answer::{Freshness, freshness, retry_after};
use super::cache::{Holds, Kept, SourceKey};
use super::picture::tile_picture;
use super::{Health, OnlineTrouble, TileCache};
use crate::basemap::template::{redacted, tile_url};
use crate::basemap::{Source, TileAddress};
use crate::tiles::{TileReader, TileTrouble};
use image::RgbaImage;
use jiff::Timestamp;
use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;
use ureq::http::{HeaderMap, header};
use ureq::{Agent, Body};

/// OpenStreetMap's usage policy allows two, and asks for a name.
pub const REQUESTS_AT_A_TIME: usize = 2;
const USER_AGENT: &str = concat!("jiugai/", env!("CARGO_PKG_VERSION"));
/// Larger answers are no tiles.
const MOST_BYTES: u64 = 4 << 20;
/// A server that moved says so once or twice; a network that wants a sign-in goes in circles.
const MOST_REDIRECTS: u32 = 3;
/// A tile that is not kept here is looked for again after this, where the network may not be used.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

/// How long a server may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    pub connect: Duration,
    /// From the request to the last byte.
    pub whole: Duration,
    /// How long a server is left alone after its first failure; the pauses double.
    pub first_pause: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(6),
            whole: Duration::from_secs(20),
            first_pause: Duration::from_secs(2),
        }
    }
}

/// Where tiles may come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    #[default]
    Network,
    /// Nothing is sent: what was fetched before is shown, however old.
    CacheOnly,
}

/// Fetches the tiles of one source; clones share their connections, their cache and what is known
/// of the server.
#[derive(Clone)]
pub struct OnlineReader {
    source: Arc<Source>,
    key: SourceKey,
    tile_px: u32,
    token: Option<Arc<str>>,
    agent: Agent,
    health: Arc<Health>,
    cache: Option<TileCache>,
    reach: Reach,
}

/// What a server said of a tile.
struct Answer {
    /// `None` where it has no such tile.
    picture: Option<(Vec<u8>, RgbaImage)>,
    headers: HeaderMap,
}

enum Replied {
    Tile(Answer),
    /// The one there is still holds.
    NotModified(HeaderMap),
}

/// A tile that did not come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tiles) enum Missed {
    /// It was not asked for: the server is left alone.
    Paused(Duration),
    Failed {
        trouble: OnlineTrouble,
        again_after: Duration,
    },
}

impl From<Missed> for TileTrouble {
    fn from(missed: Missed) -> Self {
        let (Missed::Paused(again_after) | Missed::Failed { again_after, .. }) = missed;
        Self { again_after }
    }
}

struct Failed {
    trouble: OnlineTrouble,
    /// How long the server asks to be left alone.
    asked: Option<Duration>,
}

impl From<OnlineTrouble> for Failed {
    fn from(trouble: OnlineTrouble) -> Self {
        Self {
            trouble,
            asked: None,
        }
    }
}

/// What sends every request of this program.
///
/// Certificates: ureq's default is rustls with Mozilla's roots built in (webpki-roots), so that it
/// works where the system has none. What an office's proxy signs itself is refused, and told as
/// such.
pub(super) fn agent(patience: Patience) -> Agent {
    Agent::config_builder()
        .timeout_connect(Some(patience.connect))
        .timeout_global(Some(patience.whole))
        .max_redirects(MOST_REDIRECTS)
        // What comes with a refusal says when to come back.
        .http_status_as_error(false)
        .user_agent(USER_AGENT)
        .build()
        .into()
}

/// Why a server gives nothing, by the status it answers with.
pub(super) fn refusal(status: u16) -> OnlineTrouble {
    match status {
        401 | 403 => OnlineTrouble::TokenRefused { status },
        429 | 503 => OnlineTrouble::Busy { status },
        status => OnlineTrouble::Refused { status },
    }
}

impl OnlineReader {
    /// Sends nothing before it is asked for a tile.
    pub fn new(source: Source, token: Option<&str>, patience: Patience) -> Self {
        let lattice = source.online_lattice();
        Self {
            key: SourceKey::of(&source),
            tile_px: lattice.map_or(256, |lattice| lattice.tile_px),
            source: Arc::new(source),
            token: token.map(Arc::from),
            agent: agent(patience),
            health: Arc::new(Health::with_first_pause(patience.first_pause)),
            cache: None,
            reach: Reach::Network,
        }
    }

    /// Looks into `cache` first, and keeps there what it fetches.
    #[must_use]
    pub fn with_cache(mut self, cache: TileCache) -> Self {
        self.cache = Some(cache);
        self
    }

    #[must_use]
    pub fn with_reach(mut self, reach: Reach) -> Self {
        self.reach = reach;
        self
    }

    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// What is known of the server, shared with every clone.
    pub fn health(&self) -> &Arc<Health> {
        &self.health
    }

    /// The file of a tile's picture, as it is for a pack: from the cache where it holds, else from
    /// the server; `None` where the source has none. Not kept in the cache: a pack would push out
    /// all the rest.
    ///
    /// # Errors
    /// [`Missed`]: why it did not come.
    pub(in crate::tiles) fn picture_file(
        &self,
        tile: TileAddress,
    ) -> Result<Option<Vec<u8>>, Missed> {
        if let Some(kept) = self.kept(tile)
            && kept.still_holds == Holds::Yes
        {
            return Ok(Some(kept.picture).filter(|picture| !picture.is_empty()));
        }
        match self.ask(tile, None)? {
            Replied::Tile(Answer { picture, .. }) => Ok(picture.map(|(file, _)| file)),
            // Not asked for, and no tile.
            Replied::NotModified(_) => Ok(None),
        }
    }

    fn kept(&self, tile: TileAddress) -> Option<Kept> {
        self.cache.as_ref()?.look_up(&self.key, tile)
    }

    /// Asks the server, where it is not to be left alone, and notes how it went.
    fn ask(&self, tile: TileAddress, kept: Option<&Kept>) -> Result<Replied, Missed> {
        if let Some(again_after) = self.health.pause() {
            return Err(Missed::Paused(again_after));
        }
        match self.request(tile, kept) {
            Ok(replied) => {
                self.health.worked();
                Ok(replied)
            }
            Err(Failed { trouble, asked }) => Err(Missed::Failed {
                again_after: self.health.failed(trouble.clone(), asked),
                trouble,
            }),
        }
    }

    fn request(&self, tile: TileAddress, kept: Option<&Kept>) -> Result<Replied, Failed> {
        let token = self.token.as_deref();
        let Some(url) = tile_url(&self.source, tile, token) else {
            return Ok(Replied::Tile(Answer {
                picture: None,
                headers: HeaderMap::new(),
            }));
        };
        let mut request = self.agent.get(url);
        if let Some(kept) = kept {
            if let Some(etag) = &kept.etag {
                request = request.header(header::IF_NONE_MATCH, etag);
            }
            if let Some(modified) = &kept.modified {
                request = request.header(header::IF_MODIFIED_SINCE, modified);
            }
        }
        let mut answer = request.call().map_err(|error| trouble(&error, token))?;
        let headers = answer.headers().clone();
        let refused = |trouble| Failed {
            trouble,
            asked: retry_after(&headers, self.now()),
        };
        match answer.status().as_u16() {
            304 if kept.is_some() => Ok(Replied::NotModified(headers)),
            204 | 404 | 410 => Ok(Replied::Tile(Answer {
                picture: None,
                headers,
            })),
            200..=299 => {
                let file = body(answer.body_mut(), token)?;
                // A hotel's or an office's sign-in page comes as 200 with HTML.
                let picture = tile_picture(&file, self.tile_px)?;
                Ok(Replied::Tile(Answer {
                    picture: Some((file, picture)),
                    headers,
                }))
            }
            status => Err(refused(refusal(status))),
        }
    }

    /// Without a cache there is no clock: then a date to come back at counts as gone by.
    fn now(&self) -> Timestamp {
        self.cache.as_ref().map_or(Timestamp::MAX, TileCache::now)
    }

    fn keep(&self, tile: TileAddress, picture: &[u8], headers: &HeaderMap) {
        if let Some((cache, fresh)) = self.fresh(headers) {
            cache.keep(&self.key, tile, picture, &fresh);
        }
    }

    fn fresh(&self, headers: &HeaderMap) -> Option<(&TileCache, Freshness)> {
        let cache = self.cache.as_ref()?;
        Some((cache, freshness(headers, cache.now())?))
    }

    fn decoded(&self, kept: &Kept) -> Option<RgbaImage> {
        tile_picture(&kept.picture, self.tile_px).ok()
    }
}

impl TileReader for OnlineReader {
    fn read(&mut self, tile: TileAddress) -> Result<Option<RgbaImage>, TileTrouble> {
        let kept = self.kept(tile);
        let holds = kept.as_ref().map(|kept| kept.still_holds);
        match (&kept, self.reach) {
            (Some(kept), _) if holds == Some(Holds::Yes) => return Ok(self.decoded(kept)),
            (Some(kept), Reach::CacheOnly) => return Ok(self.decoded(kept)),
            (None, Reach::CacheOnly) => {
                return Err(TileTrouble {
                    again_after: LOOK_AGAIN,
                });
            }
            (_, Reach::Network) => {}
        }
        match self.ask(tile, kept.as_ref()) {
            Ok(Replied::Tile(Answer { picture, headers })) => {
                let (file, picture) = picture.unzip();
                self.keep(tile, file.as_deref().unwrap_or_default(), &headers);
                Ok(picture)
            }
            Ok(Replied::NotModified(headers)) => {
                if let Some((cache, fresh)) = self.fresh(&headers) {
                    cache.still_holds(&self.key, tile, &fresh);
                }
                Ok(kept.and_then(|kept| self.decoded(&kept)))
            }
            // An old picture is better than none; the notice says that there is no network.
            Err(missed) => match kept {
                Some(kept) => Ok(self.decoded(&kept)),
                None => Err(missed.into()),
            },
        }
    }
}

/// A whole body, no more than a tile has.
fn body(body: &mut Body, token: Option<&str>) -> Result<Vec<u8>, OnlineTrouble> {
    let read = body.with_config().limit(MOST_BYTES).read_to_vec();
    read.map_err(|error| match error {
        ureq::Error::BodyExceedsLimit(_) => OnlineTrouble::TooLarge,
        ureq::Error::Timeout(_) => OnlineTrouble::TooSlow,
        // The connection was there and broke.
        ureq::Error::Io(_) | ureq::Error::Protocol(_) | ureq::Error::Decompress(..) => {
            OnlineTrouble::CutOff
        }
        other => trouble(&other, token),
    })
}

pub(super) fn trouble(error: &ureq::Error, token: Option<&str>) -> OnlineTrouble {
    let detail = || redacted(&error.to_string(), token);
    match error {
        ureq::Error::Timeout(_) => OnlineTrouble::TooSlow,
        ureq::Error::Io(error) if error.kind() == ErrorKind::TimedOut => OnlineTrouble::TooSlow,
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) => {
            OnlineTrouble::Certificate { detail: detail() }
        }
        // What rustls finds while it reads comes wrapped.
        ureq::Error::Io(error) if error.kind() == ErrorKind::InvalidData => {
            OnlineTrouble::Certificate { detail: detail() }
        }
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed | ureq::Error::Io(_) => {
            OnlineTrouble::NoConnection
        }
        // In circles, as networks do that want a sign-in.
        ureq::Error::TooManyRedirects => OnlineTrouble::NoPicture,
        _ => OnlineTrouble::Other { detail: detail() },
    }
}
