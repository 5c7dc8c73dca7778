//! A tile server on this machine that behaves as it is told: well, and in every way that servers,
//! networks and sign-in pages misbehave. For the tests of the core and of the window alike.

// Each test program uses a part of it.
#![allow(dead_code, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

/// How the server answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Behaviour {
    /// A tile of 256 pixels.
    Good,
    /// Good, with these lines of header; `etag` makes it answer 304 to who knows it.
    GoodWith(Vec<(&'static str, String)>),
    /// Good, but after a while.
    Slow(Duration),
    /// A status and no tile.
    Status(u16),
    /// A status, and the seconds after which to come back.
    ComeBack(u16, u64),
    /// The first half of a picture, as if it were all.
    Truncated,
    /// A sign-in page, as 200.
    Html,
    /// Nothing, as 200.
    Empty,
    /// A picture of these sides.
    Size(u32, u32),
    /// A small file that unpacks to gigabytes of pixels.
    Bomb,
    /// A tile that says more, in megabytes of text, and goes on behind its pixels.
    Stuffed,
    /// More bytes than any tile has.
    Endless,
    /// The connection breaks in the middle of the picture.
    Drops,
    /// What is no HTTP at all.
    Babbles,
    /// To itself, for ever.
    Redirects,
}

/// Serves until it is dropped.
pub struct TileServer {
    address: SocketAddr,
    state: Arc<State>,
}

struct State {
    behaviour: Mutex<Behaviour>,
    /// Heads of requests, in the order they came.
    requests: Mutex<Vec<String>>,
    at_once: AtomicUsize,
    most_at_once: AtomicUsize,
    /// Texts that are no tiles, by path: a service's description of itself.
    documents: Mutex<BTreeMap<String, String>>,
    stops: AtomicBool,
    address: SocketAddr,
}

impl TileServer {
    pub fn start(behaviour: Behaviour) -> Self {
        Self::start_at("127.0.0.1:0".parse().unwrap(), behaviour)
    }

    /// Starts again where one was before.
    pub fn start_at(address: SocketAddr, behaviour: Behaviour) -> Self {
        let listener = TcpListener::bind(address).unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(State {
            behaviour: Mutex::new(behaviour),
            requests: Mutex::default(),
            at_once: AtomicUsize::new(0),
            most_at_once: AtomicUsize::new(0),
            documents: Mutex::default(),
            stops: AtomicBool::new(false),
            address,
        });
        let serving = state.clone();
        named("tile server", move || {
            for stream in listener.incoming() {
                if serving.stops.load(Ordering::SeqCst) {
                    return;
                }
                let state = serving.clone();
                named("tile server request", move || {
                    // The other side may go away whenever it likes.
                    let _ = stream.and_then(|stream| state.serve(stream));
                });
            }
        });
        Self { address, state }
    }

    /// The template of its addresses.
    pub fn url(&self) -> String {
        format!("http://{}/{{z}}/{{x}}/{{y}}.png", self.address)
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn behave(&self, behaviour: Behaviour) {
        *self.state.behaviour.lock().unwrap() = behaviour;
    }

    /// Answers with `text` at `path`, in lower case and without a question, while it behaves well.
    pub fn offer(&self, path: &str, text: String) {
        let mut documents = self.state.documents.lock().unwrap();
        documents.insert(path.to_owned(), text);
    }

    /// The heads of all requests so far.
    pub fn requests(&self) -> Vec<String> {
        self.state.requests.lock().unwrap().clone()
    }

    /// How many requests were open at once, at most.
    pub fn most_at_once(&self) -> usize {
        self.state.most_at_once.load(Ordering::SeqCst)
    }
}

impl Drop for TileServer {
    fn drop(&mut self) {
        self.state.stops.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for a connection.
        let _ = TcpStream::connect(self.address);
    }
}

impl State {
    fn serve(&self, mut stream: TcpStream) -> std::io::Result<()> {
        if *self.behaviour.lock().unwrap() == Behaviour::Babbles {
            // Mail servers speak first.
            stream.write_all(b"220 mail.example ESMTP ready\r\n\r\n")?;
        }
        let head = read_head(&mut stream)?;
        if head.is_empty() {
            return Ok(());
        }
        let now = self.at_once.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_at_once.fetch_max(now, Ordering::SeqCst);
        self.requests.lock().unwrap().push(head.clone());
        let behaviour = self.behaviour.lock().unwrap().clone();
        let sent = self.answer(&mut stream, &head, behaviour);
        self.at_once.fetch_sub(1, Ordering::SeqCst);
        sent
    }

    fn document(&self, head: &str) -> Option<Vec<u8>> {
        let path = head.strip_prefix("get ")?.split([' ', '?']).next()?;
        let documents = self.documents.lock().unwrap();
        documents.get(path).map(|text| text.clone().into_bytes())
    }

    fn answer(
        &self,
        stream: &mut TcpStream,
        head: &str,
        behaviour: Behaviour,
    ) -> std::io::Result<()> {
        match behaviour {
            Behaviour::Good => {
                let document = self.document(head);
                let body = document.unwrap_or_else(|| picture(256, 256));
                send(stream, 200, &[], &body)
            }
            Behaviour::GoodWith(lines) => {
                let etag = lines.iter().find(|(name, _)| *name == "etag");
                let knows = |value: &str| head.contains(&format!("if-none-match: {value}"));
                match etag.is_some_and(|(_, value)| knows(value)) {
                    true => send(stream, 304, &lines, b""),
                    false => send(stream, 200, &lines, &picture(256, 256)),
                }
            }
            Behaviour::Slow(while_) => {
                std::thread::sleep(while_);
                send(stream, 200, &[], &picture(256, 256))
            }
            Behaviour::Status(status) => send(stream, status, &[], b"no"),
            Behaviour::ComeBack(status, seconds) => {
                send(stream, status, &[("retry-after", seconds.to_string())], b"")
            }
            Behaviour::Truncated => {
                let picture = picture(256, 256);
                send(stream, 200, &[], &picture[..picture.len() / 2])
            }
            Behaviour::Html => send(stream, 200, &[], b"<!doctype html><title>Sign in</title>"),
            Behaviour::Empty => send(stream, 200, &[], b""),
            Behaviour::Size(side, height) if side == height && side > 2_000 => {
                send(stream, 200, &[], &bomb(side))
            }
            Behaviour::Size(width, height) => send(stream, 200, &[], &picture(width, height)),
            Behaviour::Bomb => send(stream, 200, &[], &bomb(50_000)),
            Behaviour::Stuffed => send(stream, 200, &[], &bomb(256)),
            Behaviour::Endless => send(stream, 200, &[], &vec![0x89; 9 << 20]),
            Behaviour::Drops => {
                let picture = picture(256, 256);
                let length = picture.len();
                write!(
                    stream,
                    "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n"
                )?;
                stream.write_all(&picture[..length / 2])
            }
            Behaviour::Babbles => Ok(()),
            Behaviour::Redirects => {
                let to = format!("http://{}/again", self.address);
                send(stream, 302, &[("location", to)], b"")
            }
        }
    }
}

/// The head of a request, in lower case.
fn read_head(stream: &mut TcpStream) -> std::io::Result<String> {
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut head = Vec::new();
    let mut some = [0; 1_024];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut some)? {
            0 => break,
            length => head.extend(&some[..length]),
        }
    }
    Ok(String::from_utf8_lossy(&head).to_lowercase())
}

fn send(
    stream: &mut TcpStream,
    status: u16,
    lines: &[(&'static str, String)],
    body: &[u8],
) -> std::io::Result<()> {
    let mut head = format!("HTTP/1.1 {status} As told\r\nConnection: close\r\n");
    for (name, value) in lines {
        head += &format!("{name}: {value}\r\n");
    }
    if !matches!(status, 204 | 304) {
        head += &format!("Content-Length: {}\r\n", body.len());
    }
    stream.write_all(format!("{head}\r\n").as_bytes())?;
    stream.write_all(body)
}

/// A PNG of these sides, made once.
pub fn picture(width: u32, height: u32) -> Vec<u8> {
    static MADE: Mutex<BTreeMap<(u32, u32), Vec<u8>>> = Mutex::new(BTreeMap::new());
    let mut made = MADE.lock().unwrap();
    let make = || {
        let colour = |x: u32, y: u32| image::Rgb([x as u8, y as u8, (x ^ y) as u8]);
        let mut file = Vec::new();
        image::RgbImage::from_fn(width, height, colour)
            .write_to(&mut Cursor::new(&mut file), image::ImageFormat::Png)
            .unwrap();
        file
    };
    made.entry((width, height)).or_insert_with(make).clone()
}

/// A PNG of this side, with megabytes of text and of pixels, all packed small.
fn bomb(side: u32) -> Vec<u8> {
    static PACKED: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(&vec![0; 24 << 20]).unwrap();
        packed.finish().unwrap()
    });
    let packed = PACKED.clone();
    let mut head = [side.to_be_bytes(), side.to_be_bytes()].concat();
    // Eight bits of red, green and blue.
    head.extend([8, 2, 0, 0, 0]);
    let text = [b"Comment\0\0".as_slice(), &packed].concat();
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let end = Vec::new();
    for (kind, content) in [
        (b"IHDR", &head),
        (b"zTXt", &text),
        (b"IDAT", &packed),
        (b"IEND", &end),
    ] {
        file.extend((content.len() as u32).to_be_bytes());
        let mut sum = flate2::Crc::new();
        sum.update(kind);
        sum.update(content);
        file.extend(kind);
        file.extend(content);
        file.extend(sum.sum().to_be_bytes());
    }
    file
}

fn named(name: &str, work: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(work)
        .unwrap();
}
