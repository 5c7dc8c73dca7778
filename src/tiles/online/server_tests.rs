//! The proof that a map survives its servers: slow, failing, spoilt, broken off, and well again.

use super::tile_server::{Behaviour, TileServer};
use super::{Clock, OnlineReader, OnlineStatus, OnlineTrouble, Patience, Reach, TileCache};
use crate::basemap::{Source, SourceKind, TileAddress, presets};
use crate::tiles::TileReader;
use jiff::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

const SHORT: Patience = Patience {
    connect: Duration::from_millis(300),
    whole: Duration::from_millis(400),
    first_pause: Duration::from_secs(2),
};
/// For what a busy machine may take long over.
const LONG: Patience = Patience {
    connect: Duration::from_secs(10),
    whole: Duration::from_secs(30),
    first_pause: Duration::from_secs(2),
};

fn source(url: &str) -> Source {
    Source {
        kind: SourceKind::Xyz {
            url: url.to_owned(),
            subdomains: Vec::new(),
        },
        ..presets()[0].clone()
    }
}

fn reader(server: &TileServer, patience: Patience) -> OnlineReader {
    OnlineReader::new(source(&server.url()), None, patience)
}

fn tile(x: u32) -> TileAddress {
    TileAddress::new(10, x, 400)
}

fn trouble(reader: &OnlineReader) -> OnlineTrouble {
    match reader.health().status() {
        OnlineStatus::Trouble(trouble) => trouble,
        OnlineStatus::Fine => panic!("nothing went wrong"),
    }
}

/// A clock that a test sets.
fn clock() -> (Arc<AtomicI64>, Clock) {
    let seconds = Arc::new(AtomicI64::new(1_790_000_000));
    let shown = seconds.clone();
    let clock = move || Timestamp::from_second(shown.load(Ordering::Relaxed)).unwrap_or_default();
    (seconds, Arc::new(clock))
}

#[test]
fn a_tile_is_fetched_under_its_address_and_our_name() {
    let server = TileServer::start(Behaviour::Good);
    let picture = reader(&server, LONG).read(tile(7)).unwrap().unwrap();
    assert_eq!(picture.dimensions(), (256, 256));
    let requests = server.requests();
    assert!(
        requests[0].starts_with("get /10/7/400.png "),
        "{requests:?}"
    );
    assert!(requests[0].contains("user-agent: jiugai/"), "{requests:?}");
}

#[test]
fn a_tile_the_server_lacks_is_no_trouble() {
    for status in [404, 410, 204] {
        let server = TileServer::start(Behaviour::Status(status));
        let mut reader = reader(&server, LONG);
        assert_eq!(reader.read(tile(1)), Ok(None), "{status}");
        assert_eq!(reader.health().status(), OnlineStatus::Fine);
    }
}

#[test]
fn whatever_a_server_does_is_told_by_its_kind_and_all_is_well_when_it_recovers() {
    use Behaviour::*;
    let (width, height) = (256, 300);
    let wrong = |width, height| OnlineTrouble::WrongSize { width, height };
    for (behaviour, told) in [
        (Status(500), OnlineTrouble::Refused { status: 500 }),
        (Status(400), OnlineTrouble::Refused { status: 400 }),
        (Status(401), OnlineTrouble::TokenRefused { status: 401 }),
        (Status(403), OnlineTrouble::TokenRefused { status: 403 }),
        (ComeBack(429, 1), OnlineTrouble::Busy { status: 429 }),
        (ComeBack(503, 1), OnlineTrouble::Busy { status: 503 }),
        (Html, OnlineTrouble::NoPicture),
        (Empty, OnlineTrouble::NoPicture),
        (Redirects, OnlineTrouble::NoPicture),
        (Bomb, wrong(50_000, 50_000)),
        (Truncated, OnlineTrouble::CutOff),
        (Drops, OnlineTrouble::CutOff),
        (Endless, OnlineTrouble::TooLarge),
        (Size(1, 1), wrong(1, 1)),
        (Size(5_000, 5_000), wrong(5_000, 5_000)),
        (Size(width, height), wrong(width, height)),
    ] {
        let server = TileServer::start(behaviour.clone());
        let mut reader = reader(&server, LONG);
        let Err(failed) = reader.read(tile(1)) else {
            panic!("{behaviour:?} gave a tile");
        };
        assert!(
            failed.again_after <= Duration::from_secs(2),
            "{behaviour:?}"
        );
        assert_eq!(trouble(&reader), told, "{behaviour:?}");
        server.behave(Good);
        reader.health().forget_pause();
        assert!(reader.read(tile(1)).unwrap().is_some(), "{behaviour:?}");
        assert_eq!(reader.health().status(), OnlineStatus::Fine);
    }
}

#[test]
fn a_tile_that_is_stuffed_with_more_takes_no_more_memory_than_a_tile() {
    let server = TileServer::start(Behaviour::Stuffed);
    let picture = reader(&server, LONG).read(tile(1));
    if let Ok(Some(picture)) = picture {
        assert_eq!(picture.dimensions(), (256, 256));
    }
}

#[test]
fn a_server_that_is_too_slow_holds_nobody_up() {
    let server = TileServer::start(Behaviour::Slow(Duration::from_secs(3)));
    let mut reader = reader(&server, SHORT);
    let start = Instant::now();
    assert!(reader.read(tile(1)).is_err());
    assert!(
        start.elapsed() < Duration::from_secs(2),
        "{:?}",
        start.elapsed()
    );
    assert_eq!(trouble(&reader), OnlineTrouble::TooSlow);
}

#[test]
fn what_is_no_web_server_is_told_too() {
    let server = TileServer::start(Behaviour::Babbles);
    let mut babbling = reader(&server, LONG);
    assert!(babbling.read(tile(1)).is_err());
    assert!(matches!(trouble(&babbling), OnlineTrouble::Other { .. }));
    let plain = server.url().replace("http://", "https://");
    let mut reader = OnlineReader::new(source(&plain), None, LONG);
    assert!(reader.read(tile(1)).is_err());
    let told = trouble(&reader);
    assert!(
        matches!(told, OnlineTrouble::Certificate { .. }),
        "{told:?}"
    );
}

#[test]
fn without_a_network_there_is_a_status_and_no_tile() {
    let gone = TileServer::start(Behaviour::Good).url();
    for url in [
        gone.as_str(),
        "http://tiles.invalid/{z}/{x}/{y}",
        "no address at all",
    ] {
        let mut reader = OnlineReader::new(source(url), None, SHORT);
        assert!(reader.read(tile(1)).is_err(), "{url}");
        assert_ne!(reader.health().status(), OnlineStatus::Fine, "{url}");
    }
}

#[test]
fn a_server_in_trouble_is_left_alone_by_every_thread() {
    let server = TileServer::start(Behaviour::ComeBack(429, 600));
    let mut one = reader(&server, LONG);
    let mut other = one.clone();
    let again_after = one.read(tile(1)).unwrap_err().again_after;
    assert_eq!(again_after.as_secs(), 600);
    for x in 2..50 {
        assert!(other.read(tile(x)).unwrap_err().again_after > Duration::from_secs(590));
    }
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn no_token_is_in_anything_that_is_told() {
    let token = "0123secret";
    for url in [
        "{token}",
        "http://tiles.invalid:99999/{z}/{x}/{y}?tk={token}",
        "http://[{token}]/",
    ] {
        let mut reader = OnlineReader::new(source(url), Some(token), SHORT);
        assert!(reader.read(tile(1)).is_err(), "{url}");
        let told = format!("{:?}", reader.health());
        assert!(!told.contains(token), "{told}");
    }
}

#[test]
fn a_tile_that_holds_is_not_asked_for_again_and_one_that_does_not_is_asked_whether_it_changed() {
    let folder = tempfile::tempdir().unwrap();
    let (seconds, clock) = clock();
    let lines = vec![
        ("cache-control", "max-age=60".to_owned()),
        ("etag", "\"v1\"".to_owned()),
    ];
    let server = TileServer::start(Behaviour::GoodWith(lines));
    let cache = TileCache::open(folder.path(), 1 << 20, clock);
    let mut reader = reader(&server, LONG).with_cache(cache.clone());
    let mut look = |after_s: i64, asked: usize| {
        seconds.fetch_add(after_s, Ordering::Relaxed);
        assert!(reader.read(tile(1)).unwrap().is_some());
        assert_eq!(server.requests().len(), asked);
    };
    look(0, 1);
    look(59, 1);
    // 304, which holds for a minute more.
    look(2, 2);
    look(59, 2);
    assert!(server.requests()[1].contains("if-none-match: \"v1\""));
    assert!(cache.size_bytes() > 500);
}

#[test]
fn without_a_network_an_old_tile_is_shown_and_the_notice_says_why_it_is_old() {
    let folder = tempfile::tempdir().unwrap();
    let (seconds, clock) = clock();
    let cache = TileCache::open(folder.path(), 1 << 20, clock);
    let server = TileServer::start(Behaviour::Good);
    let mut online = reader(&server, SHORT).with_cache(cache.clone());
    assert!(online.read(tile(1)).unwrap().is_some());
    server.behave(Behaviour::Status(404));
    assert_eq!(online.read(tile(2)), Ok(None));
    drop(server);
    seconds.fetch_add(30 * 86_400, Ordering::Relaxed);
    assert!(online.read(tile(1)).unwrap().is_some());
    assert_ne!(online.health().status(), OnlineStatus::Fine);
    assert_eq!(online.read(tile(2)), Ok(None));
    assert!(online.read(tile(3)).is_err());
    // Nothing at all is asked where the user has turned the network off.
    let off = OnlineReader::new((**online.source()).clone(), None, SHORT);
    let mut off = off.with_cache(cache).with_reach(Reach::CacheOnly);
    assert!(off.read(tile(1)).unwrap().is_some());
    assert!(off.read(tile(3)).is_err());
    assert_eq!(off.health().status(), OnlineStatus::Fine);
}

#[test]
fn what_is_no_tile_is_never_kept() {
    let folder = tempfile::tempdir().unwrap();
    let cache = TileCache::open(folder.path(), 1 << 20, clock().1);
    for behaviour in [Behaviour::Html, Behaviour::Truncated, Behaviour::Size(1, 1)] {
        let server = TileServer::start(behaviour);
        assert!(
            reader(&server, LONG)
                .with_cache(cache.clone())
                .read(tile(1))
                .is_err()
        );
    }
    let lines = vec![("cache-control", "no-store".to_owned())];
    let server = TileServer::start(Behaviour::GoodWith(lines));
    let mut reader = reader(&server, LONG).with_cache(cache.clone());
    assert!(reader.read(tile(1)).unwrap().is_some());
    assert_eq!(cache.size_bytes(), 0);
}

#[test]
fn an_unsound_server_fills_neither_the_memory_nor_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let limit = 100_000;
    let cache = TileCache::open(folder.path(), limit, clock().1);
    let server = TileServer::start(Behaviour::Good);
    let one = reader(&server, LONG).with_cache(cache.clone());
    std::thread::scope(|scope| {
        for start in [0, 1_000] {
            let mut reader = one.clone();
            let server = &server;
            scope.spawn(move || {
                for x in start..start + 60 {
                    let behaviours = [Behaviour::Good, Behaviour::Good, Behaviour::Endless];
                    server.behave(behaviours[x as usize % 3].clone());
                    reader.health().forget_pause();
                    let _ = reader.read(tile(x));
                }
            });
        }
    });
    assert!(cache.size_bytes() <= limit);
    let on_disk: u64 = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().metadata().unwrap().len())
        .sum();
    // The write-ahead log is folded in from a few megabytes on.
    assert!(on_disk < 10 << 20, "{on_disk}");
    // Two, and those that the server still writes to although nobody reads any more.
    assert!(server.most_at_once() <= 6, "{}", server.most_at_once());
}
