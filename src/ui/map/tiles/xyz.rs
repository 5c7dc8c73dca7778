//! Tiles from the network. Off until the user turns it on: there is no source before.
//!
//! Two requests at a time, each with an end; after a failure a pause that doubles, so that a
//! laptop without a network asks once a minute and a server in trouble is left alone. Whatever
//! goes wrong is a [`OnlineStatus`] to be told in one line, never a panic.

use super::{Layer, Loaded, decode, start_loader, uploaded};
use crate::ui::loader::{Fetch, Fetched};
use crate::words::tiles::{OnlineStatus, OnlineTrouble};
use egui::Context;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use ureq::Agent;
use walkers::sources::Attribution;
use walkers::{TileId, TilePiece, Tiles};

/// OpenStreetMap's usage policy allows two, and asks for a name.
const REQUESTS_AT_A_TIME: usize = 2;
const USER_AGENT: &str = concat!("jiugai/", env!("CARGO_PKG_VERSION"));
const CONNECT_TIMEOUT: Duration = Duration::from_secs(6);
const TIMEOUT: Duration = Duration::from_secs(20);
const FIRST_PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// Larger answers are no tiles.
const MOST_BYTES: u64 = 4 << 20;

/// Where tiles are fetched from.
#[derive(Clone, Debug)]
pub struct XyzAddress {
    /// With `{z}`, `{x}` and `{y}` in it; rows count from the north.
    pub url: String,
    pub max_zoom: u8,
    /// Whose tiles they are, as their licence asks.
    pub attribution: &'static str,
    pub attribution_url: &'static str,
}

impl XyzAddress {
    pub fn openstreetmap() -> Self {
        Self {
            url: "https://tile.openstreetmap.org/{z}/{x}/{y}.png".to_owned(),
            max_zoom: 19,
            attribution: "© OpenStreetMap contributors",
            attribution_url: "https://www.openstreetmap.org/copyright",
        }
    }

    fn of(&self, tile: TileId) -> String {
        self.url
            .replace("{z}", &tile.zoom.to_string())
            .replace("{x}", &tile.x.to_string())
            .replace("{y}", &tile.y.to_string())
    }
}

/// Tiles of one address, as far as fetched by now.
pub struct XyzSource {
    /// None where the system started no thread; the status says so.
    layer: Option<Layer>,
    attribution: Attribution,
    health: Arc<Health>,
}

impl XyzSource {
    pub fn openstreetmap(context: &Context) -> Self {
        Self::new(&XyzAddress::openstreetmap(), context)
    }

    /// Starts its threads; sends nothing before the map asks for a tile.
    pub fn new(address: &XyzAddress, context: &Context) -> Self {
        let health = Arc::new(Health::default());
        // One agent, so that both threads share its connections. Its certificates are built in:
        // it works where the system has none.
        let agent: Agent = Agent::config_builder()
            .timeout_connect(Some(CONNECT_TIMEOUT))
            .timeout_global(Some(TIMEOUT))
            .user_agent(USER_AGENT)
            .build()
            .into();
        let downloader = || Downloader {
            address: address.clone(),
            agent: agent.clone(),
            health: health.clone(),
        };
        let downloaders = (0..REQUESTS_AT_A_TIME).map(|_| downloader()).collect();
        let attribution = Attribution {
            text: address.attribution,
            url: address.attribution_url,
            logo_light: None,
            logo_dark: None,
        };
        let layer = match start_loader("tiles-network", downloaders, context) {
            Ok(loader) => Some(Layer {
                loader,
                zooms: 0..=address.max_zoom,
                attribution: attribution.clone(),
            }),
            Err(error) => {
                let detail = error.to_string();
                health.failed(OnlineTrouble::Other { detail });
                None
            }
        };
        Self {
            layer,
            attribution,
            health,
        }
    }

    /// How fetching goes. Changes between frames; a change asks for a repaint.
    pub fn status(&self) -> OnlineStatus {
        self.health.status()
    }
}

impl Tiles for XyzSource {
    fn at(&mut self, tile: TileId) -> Option<TilePiece> {
        self.layer.as_mut()?.at(tile)
    }

    fn attribution(&self) -> Attribution {
        self.attribution.clone()
    }

    fn tile_size(&self) -> u32 {
        256
    }
}

/// What both threads know of the server: whether to ask it at all.
#[derive(Default)]
struct Health(Mutex<Condition>);

#[derive(Default)]
struct Condition {
    status: OnlineStatus,
    failures_in_a_row: u32,
    paused_until: Option<Instant>,
}

impl Health {
    fn lock(&self) -> MutexGuard<'_, Condition> {
        // Each field alone is sound whenever a thread may have stopped.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn status(&self) -> OnlineStatus {
        self.lock().status.clone()
    }

    /// How long the server is still left alone.
    fn pause(&self) -> Option<Duration> {
        let until = self.lock().paused_until?;
        let left = until.saturating_duration_since(Instant::now());
        (!left.is_zero()).then_some(left)
    }

    fn worked(&self) {
        *self.lock() = Condition::default();
    }

    /// Notes a failure; the answer is when to try again.
    fn failed(&self, trouble: OnlineTrouble) -> Duration {
        let mut condition = self.lock();
        let doublings = condition.failures_in_a_row.min(5);
        let pause = (FIRST_PAUSE * 2u32.pow(doublings)).min(LONGEST_PAUSE);
        condition.failures_in_a_row = condition.failures_in_a_row.saturating_add(1);
        condition.paused_until = Some(Instant::now() + pause);
        condition.status = OnlineStatus::Trouble(trouble);
        pause
    }
}

struct Downloader {
    address: XyzAddress,
    agent: Agent,
    health: Arc<Health>,
}

impl Fetch<TileId, Loaded> for Downloader {
    fn fetch(&mut self, tile: TileId, context: &Context) -> Fetched<Loaded> {
        if let Some(again_after) = self.health.pause() {
            return Fetched::Failed { again_after };
        }
        let answer = self.download(tile);
        match answer {
            Ok(image) => {
                self.health.worked();
                uploaded(tile, image, context)
            }
            Err(trouble) => Fetched::Failed {
                again_after: self.health.failed(trouble),
            },
        }
    }
}

impl Downloader {
    /// `None` where the server has no such tile.
    fn download(&self, tile: TileId) -> Result<Option<egui::ColorImage>, OnlineTrouble> {
        let body = self
            .agent
            .get(self.address.of(tile))
            .call()
            .and_then(|mut answer| {
                let body = answer.body_mut().with_config().limit(MOST_BYTES);
                body.read_to_vec()
            });
        match body {
            // A hotel's or an office's sign-in page comes as 200 with HTML.
            Ok(body) => match decode(&body) {
                Some(image) => Ok(Some(image)),
                None => Err(OnlineTrouble::NoPicture),
            },
            Err(ureq::Error::StatusCode(404 | 410 | 204)) => Ok(None),
            Err(ureq::Error::StatusCode(status)) => Err(OnlineTrouble::Refused { status }),
            Err(error) => Err(trouble(&error)),
        }
    }
}

fn trouble(error: &ureq::Error) -> OnlineTrouble {
    match error {
        ureq::Error::HostNotFound
        | ureq::Error::ConnectionFailed
        | ureq::Error::Timeout(_)
        | ureq::Error::Io(_) => OnlineTrouble::NoConnection,
        other => OnlineTrouble::Other {
            detail: other.to_string(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::net::TcpListener;

    /// A server that gives these answers, one a connection; the requests come out at the end.
    fn server(answers: Vec<Vec<u8>>) -> (String, std::thread::JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let serving = std::thread::Builder::new()
            .name("test-server".to_owned())
            .spawn(move || {
                let mut requests = Vec::new();
                for answer in answers {
                    let (mut stream, _) = listener.accept().unwrap();
                    let mut request = [0; 2_048];
                    let length = stream.read(&mut request).unwrap();
                    requests.push(String::from_utf8_lossy(&request[..length]).into_owned());
                    stream.write_all(&answer).unwrap();
                }
                requests
            })
            .unwrap();
        (format!("http://{address}/{{z}}/{{x}}/{{y}}.png"), serving)
    }

    fn answer(status: &str, body: &[u8]) -> Vec<u8> {
        let length = body.len();
        let mut answer =
            format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n")
                .into_bytes();
        answer.extend(body);
        answer
    }

    fn png() -> Vec<u8> {
        let mut file = Vec::new();
        image::RgbaImage::new(2, 2)
            .write_to(
                &mut std::io::Cursor::new(&mut file),
                image::ImageFormat::Png,
            )
            .unwrap();
        file
    }

    fn source(url: &str) -> XyzSource {
        let address = XyzAddress {
            url: url.to_owned(),
            ..XyzAddress::openstreetmap()
        };
        XyzSource::new(&address, &Context::default())
    }

    const TILE: TileId = TileId {
        x: 6,
        y: 3,
        zoom: 3,
    };

    /// Asks until there is a piece, or another status than before.
    fn ask(source: &mut XyzSource) -> Option<TilePiece> {
        let end = Instant::now() + Duration::from_secs(10);
        while Instant::now() < end {
            if let Some(piece) = source.at(TILE) {
                return Some(piece);
            }
            if source.status() != OnlineStatus::Fine {
                return None;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        None
    }

    #[test]
    fn a_tile_is_fetched_under_its_address_and_our_name() {
        let (url, serving) = server(vec![answer("200 OK", &png())]);
        let mut source = source(&url);
        let piece = ask(&mut source).unwrap();
        assert_eq!(piece.uv.width(), 1.0);
        assert_eq!(source.status(), OnlineStatus::Fine);
        let requests = serving.join().unwrap();
        assert!(requests[0].starts_with("GET /3/6/3.png "), "{requests:?}");
        let names_us = requests[0].to_lowercase().contains("user-agent: jiugai/");
        assert!(names_us, "{requests:?}");
    }

    #[test]
    fn a_tile_the_server_lacks_comes_from_the_level_above_and_is_no_trouble() {
        let (url, serving) = server(vec![
            answer("404 Not Found", b"no such tile"),
            answer("200 OK", &png()),
        ]);
        let mut source = source(&url);
        let piece = ask(&mut source).unwrap();
        assert_eq!(piece.uv.width(), 0.5);
        assert_eq!(source.status(), OnlineStatus::Fine);
        assert!(serving.join().unwrap()[1].starts_with("GET /2/3/1.png "));
    }

    #[test]
    fn what_goes_wrong_is_told_by_kind() {
        for (reply, trouble) in [
            (
                answer("503 Busy", b""),
                OnlineTrouble::Refused { status: 503 },
            ),
            (
                answer("403 Forbidden", b""),
                OnlineTrouble::Refused { status: 403 },
            ),
            (answer("200 OK", b"<html>sign in"), OnlineTrouble::NoPicture),
            (answer("200 OK", b""), OnlineTrouble::NoPicture),
        ] {
            let (url, _serving) = server(vec![reply]);
            let mut source = source(&url);
            assert!(ask(&mut source).is_none());
            assert_eq!(source.status(), OnlineStatus::Trouble(trouble));
        }
    }

    #[test]
    fn without_a_network_there_is_a_status_and_no_tile() {
        // Nobody listens on the port that a server has just given back.
        let (url, _) = server(vec![]);
        for url in [
            url.as_str(),
            "http://tiles.invalid/{z}/{x}/{y}",
            "no address at all",
        ] {
            let mut source = source(url);
            assert!(ask(&mut source).is_none(), "{url}");
            assert_ne!(source.status(), OnlineStatus::Fine, "{url}");
        }
    }

    #[test]
    fn pauses_double_up_to_a_minute_and_end_with_the_first_success() {
        let health = Health::default();
        let pauses: Vec<_> = (0..8)
            .map(|_| health.failed(OnlineTrouble::NoConnection).as_secs())
            .collect();
        assert_eq!(pauses, [2, 4, 8, 16, 32, 60, 60, 60]);
        assert!(health.pause().is_some());
        health.worked();
        assert_eq!(health.pause(), None);
        assert_eq!(health.failed(OnlineTrouble::NoConnection).as_secs(), 2);
    }
}
