//! Fetches the tiles of one source. Whatever goes wrong is an [`OnlineTrouble`] to be told in one
//! line, never a panic.

use super::{Health, OnlineTrouble};
use crate::basemap::template::{redacted, tile_url};
use crate::basemap::{Source, TileAddress};
use crate::tiles::{TileReader, TileTrouble, decode};
use image::RgbaImage;
use std::sync::Arc;
use std::time::Duration;
use ureq::Agent;

/// OpenStreetMap's usage policy allows two, and asks for a name.
pub const REQUESTS_AT_A_TIME: usize = 2;
pub(super) const USER_AGENT: &str = concat!("jiugai/", env!("CARGO_PKG_VERSION"));
/// Larger answers are no tiles.
const MOST_BYTES: u64 = 4 << 20;

/// How long a server may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    pub connect: Duration,
    /// From the request to the last byte.
    pub whole: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(6),
            whole: Duration::from_secs(20),
        }
    }
}

/// Fetches the tiles of one source; clones share their connections and what is known of the
/// server.
#[derive(Clone)]
pub struct OnlineReader {
    source: Arc<Source>,
    token: Option<Arc<str>>,
    agent: Agent,
    health: Arc<Health>,
}

impl OnlineReader {
    /// Sends nothing before it is asked for a tile.
    pub fn new(source: Source, token: Option<&str>, patience: Patience) -> Self {
        // The agent's certificates are built in: it works where the system has none.
        let agent = Agent::config_builder()
            .timeout_connect(Some(patience.connect))
            .timeout_global(Some(patience.whole))
            .user_agent(USER_AGENT)
            .build()
            .into();
        Self {
            source: Arc::new(source),
            token: token.map(Arc::from),
            agent,
            health: Arc::new(Health::default()),
        }
    }

    /// What is known of the server, shared with every clone.
    pub fn health(&self) -> &Arc<Health> {
        &self.health
    }

    /// `None` where the server has no such tile.
    fn download(&self, tile: TileAddress) -> Result<Option<RgbaImage>, OnlineTrouble> {
        let token = self.token.as_deref();
        let Some(url) = tile_url(&self.source, tile, token) else {
            return Ok(None);
        };
        let body = self.agent.get(url).call().and_then(|mut answer| {
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
            Err(error) => Err(trouble(&error, token)),
        }
    }
}

impl TileReader for OnlineReader {
    fn read(&mut self, tile: TileAddress) -> Result<Option<RgbaImage>, TileTrouble> {
        if let Some(again_after) = self.health.pause() {
            return Err(TileTrouble { again_after });
        }
        match self.download(tile) {
            Ok(picture) => {
                self.health.worked();
                Ok(picture)
            }
            Err(trouble) => Err(TileTrouble {
                again_after: self.health.failed(trouble),
            }),
        }
    }
}

pub(super) fn trouble(error: &ureq::Error, token: Option<&str>) -> OnlineTrouble {
    match error {
        ureq::Error::HostNotFound
        | ureq::Error::ConnectionFailed
        | ureq::Error::Timeout(_)
        | ureq::Error::Io(_) => OnlineTrouble::NoConnection,
        other => OnlineTrouble::Other {
            detail: redacted(&other.to_string(), token),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basemap::{SourceKind, presets};
    use crate::tiles::online::OnlineStatus;
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

    fn reader(url: &str) -> OnlineReader {
        let source = Source {
            kind: SourceKind::Xyz {
                url: url.to_owned(),
                subdomains: Vec::new(),
            },
            ..presets()[0].clone()
        };
        OnlineReader::new(source, None, Patience::default())
    }

    const TILE: TileAddress = TileAddress {
        level: 3,
        x: 6,
        y: 3,
    };

    #[test]
    fn a_tile_is_fetched_under_its_address_and_our_name() {
        let (url, serving) = server(vec![answer("200 OK", &png())]);
        let mut reader = reader(&url);
        assert!(reader.read(TILE).unwrap().is_some());
        assert_eq!(reader.health().status(), OnlineStatus::Fine);
        let requests = serving.join().unwrap();
        assert!(requests[0].starts_with("GET /3/6/3.png "), "{requests:?}");
        let names_us = requests[0].to_lowercase().contains("user-agent: jiugai/");
        assert!(names_us, "{requests:?}");
    }

    #[test]
    fn a_tile_the_server_lacks_is_no_trouble() {
        let (url, _serving) = server(vec![answer("404 Not Found", b"no such tile")]);
        let mut reader = reader(&url);
        assert_eq!(reader.read(TILE), Ok(None));
        assert_eq!(reader.health().status(), OnlineStatus::Fine);
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
            let mut reader = reader(&url);
            assert!(reader.read(TILE).is_err());
            assert_eq!(reader.health().status(), OnlineStatus::Trouble(trouble));
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
            let mut reader = reader(url);
            assert!(reader.read(TILE).is_err(), "{url}");
            assert_ne!(reader.health().status(), OnlineStatus::Fine, "{url}");
        }
    }
}
