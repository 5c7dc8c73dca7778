//! Packs against a server that behaves as it is told.

use super::plan::Policy;
use super::*;
use crate::basemap::{Keeping, Source, SourceKind, TileAddress, presets};
use crate::model::Datum;
use crate::tiles::TileReader;
use crate::tiles::files::mbtiles::MbtilesFile;
use crate::tiles::online::tile_server::{Behaviour, TileServer};
use crate::tiles::online::{OnlineReader, OnlineTrouble, Patience, TileCache};
use geo::{Coord, MultiPolygon, Rect, polygon};
use std::path::Path;
use std::time::{Duration, Instant};

const QUICK: Patience = Patience {
    connect: Duration::from_secs(10),
    whole: Duration::from_secs(30),
    first_pause: Duration::from_millis(5),
};

/// A few streets of Nanchang.
fn town() -> Rect {
    Rect::new(
        Coord {
            x: 115.88,
            y: 28.67,
        },
        Coord {
            x: 115.90,
            y: 28.69,
        },
    )
}

fn source(url: &str) -> Source {
    Source {
        kind: SourceKind::Xyz {
            url: url.to_owned(),
            subdomains: Vec::new(),
        },
        name: "本县影像".to_owned(),
        keeping: Keeping::Allowed,
        ..presets()[0].clone()
    }
}

fn plan_of(server: &TileServer) -> PackPlan {
    plan(&source(&server.url()), PackArea::Box(town()), 12..=15, None).unwrap()
}

fn start(server: &TileServer, path: &Path) -> PackJob {
    PackJob::start(plan_of(server), None, path, None, QUICK).unwrap()
}

/// The report once `is_so`.
fn until(job: &PackJob, is_so: impl Fn(&PackReport) -> bool) -> PackReport {
    let start = Instant::now();
    loop {
        let report = job.report();
        if is_so(&report) {
            return report;
        }
        assert!(start.elapsed() < Duration::from_secs(30), "{report:?}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn slow() -> Behaviour {
    Behaviour::Slow(Duration::from_millis(40))
}

#[test]
fn an_area_becomes_an_mbtiles_file_that_the_map_reads() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("离线 底图.mbtiles");
    let server = TileServer::start(Behaviour::Good);
    let plan = plan_of(&server);
    let report = start(&server, &path).wait();
    assert_eq!(report.state, PackState::Done(path.clone()));
    assert_eq!((report.done, report.failed), (plan.tile_count(), 0));
    assert_eq!(server.requests().len() as u64, plan.tile_count());
    assert!(server.most_at_once() <= 2);
    let mut file = MbtilesFile::open(&path).unwrap();
    let metadata = file.metadata().clone();
    assert_eq!((metadata.min_zoom, metadata.max_zoom), (12, 15));
    assert_eq!(metadata.name, "本县影像");
    assert_eq!(metadata.attribution, presets()[0].attribution);
    assert_eq!(metadata.bounds, Some([115.88, 28.67, 115.90, 28.69]));
    for tile in plan.tiles() {
        assert!(file.read(tile).unwrap().is_some(), "{tile:?}");
    }
    assert!(!folder.path().join("离线 底图.mbtiles.part").exists());
}

#[test]
fn a_paused_download_asks_for_nothing_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.mbtiles");
    let server = TileServer::start(slow());
    let job = start(&server, &path);
    until(&job, |report| report.done > 0);
    job.pause();
    std::thread::sleep(Duration::from_millis(100));
    let asked = server.requests().len();
    std::thread::sleep(Duration::from_millis(150));
    assert_eq!(server.requests().len(), asked);
    assert_eq!(job.report().state, PackState::Paused);
    server.behave(Behaviour::Good);
    job.resume();
    assert_eq!(job.wait().state, PackState::Done(path));
}

#[test]
fn a_download_goes_on_after_the_program_was_closed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.mbtiles");
    let server = TileServer::start(slow());
    let job = start(&server, &path);
    let before = until(&job, |report| report.done >= 5);
    let closing = Instant::now();
    drop(job);
    assert!(closing.elapsed() < Duration::from_secs(1));
    assert!(!path.exists());
    server.behave(Behaviour::Good);
    let job = start(&server, &path);
    assert!(job.report().done >= before.done, "{:?}", job.report());
    let report = job.wait();
    assert_eq!(report.state, PackState::Done(path));
    // Those under way as it was closed were asked for twice.
    let asked = server.requests().len() as u64;
    assert!(asked <= report.total + 2, "{asked}");
    assert!(report.bytes > before.bytes);
}

#[test]
fn a_cancelled_download_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.mbtiles");
    let server = TileServer::start(slow());
    let job = start(&server, &path);
    until(&job, |report| report.done > 0);
    job.cancel();
    assert_eq!(job.report().state, PackState::Cancelled);
    job.resume();
    assert_eq!(job.wait().state, PackState::Cancelled);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_pack_that_is_there_is_made_larger_and_stays_where_that_is_cancelled() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.mbtiles");
    let server = TileServer::start(Behaviour::Good);
    let first = start(&server, &path).wait();
    let source = source(&server.url());
    let deeper = || plan(&source, PackArea::Box(town()), 12..=16, None).unwrap();
    server.behave(slow());
    let job = PackJob::start(deeper(), None, &path, None, QUICK).unwrap();
    assert_eq!(job.report().done, first.done);
    job.cancel();
    assert!(MbtilesFile::open(&path).is_ok());
    server.behave(Behaviour::Good);
    let job = PackJob::start(deeper(), None, &path, None, QUICK).unwrap();
    let report = job.wait();
    assert_eq!(report.done, deeper().tile_count());
    assert_eq!(MbtilesFile::open(&path).unwrap().metadata().max_zoom, 16);
}

#[test]
fn a_file_of_something_else_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.mbtiles");
    std::fs::write(&path, "a letter").unwrap();
    let server = TileServer::start(Behaviour::Good);
    let refused = PackJob::start(plan_of(&server), None, &path, None, QUICK).err();
    let Some(StartError::File(error)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(error.kind, PackFileErrorKind::SomethingElse);
    assert_eq!(std::fs::read(&path).unwrap(), b"a letter");
    let nowhere = folder.path().join("missing/a.mbtiles");
    let refused = PackJob::start(plan_of(&server), None, &nowhere, None, QUICK).err();
    assert!(matches!(refused, Some(StartError::File(_))), "{refused:?}");
}

#[test]
fn a_server_that_recovers_in_time_costs_no_tile() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.mbtiles");
    let server = TileServer::start(Behaviour::Status(500));
    let job = start(&server, &path);
    let report = until(&job, |report| report.state != PackState::Running);
    let refused = OnlineTrouble::Refused { status: 500 };
    assert_eq!(report.state, PackState::Waiting(refused));
    server.behave(Behaviour::Good);
    let report = job.wait();
    assert_eq!((report.state, report.failed), (PackState::Done(path), 0));
}

#[test]
fn a_server_that_goes_on_failing_is_given_up_and_what_has_come_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.mbtiles");
    let server = TileServer::start(slow());
    let job = start(&server, &path);
    until(&job, |report| report.done > 2);
    server.behave(Behaviour::Status(403));
    let report = job.wait();
    let refused = OnlineTrouble::TokenRefused { status: 403 };
    assert_eq!(report.state, PackState::GaveUp(refused));
    server.behave(Behaviour::Good);
    let job = start(&server, &path);
    assert_eq!(job.report().done, report.done);
    assert_eq!(job.wait().state, PackState::Done(path));
}

#[test]
fn a_network_that_answers_every_tile_with_a_sign_in_page_is_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let server = TileServer::start(Behaviour::Html);
    let report = start(&server, &folder.path().join("a.mbtiles")).wait();
    assert_eq!(report.state, PackState::GaveUp(OnlineTrouble::NoPicture));
    assert!(server.requests().len() < 20, "{}", server.requests().len());
}

#[test]
fn tiles_that_are_spoilt_are_counted_and_those_that_are_not_there_are_none_to_miss() {
    for (behaviour, failed) in [
        (Behaviour::Truncated, true),
        (Behaviour::Status(404), false),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.mbtiles");
        let server = TileServer::start(behaviour);
        let area = PackArea::Box(Rect::new((115.88, 28.67), (115.881, 28.671)));
        let plan = plan(&source(&server.url()), area, 14..=15, None).unwrap();
        let total = plan.tile_count();
        let report = PackJob::start(plan, None, &path, None, QUICK)
            .unwrap()
            .wait();
        assert_eq!(report.failed, if failed { total } else { 0 });
        assert_eq!(report.done, if failed { 0 } else { total });
        let tries = if failed {
            Policy::shipped().attempts_a_tile
        } else {
            1
        };
        assert_eq!(server.requests().len() as u64, total * u64::from(tries));
    }
}

#[test]
fn what_the_cache_holds_is_not_fetched_again_and_tells_how_large_a_pack_will_be() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.mbtiles");
    let server = TileServer::start(Behaviour::Good);
    let clock = std::sync::Arc::new(|| "2026-11-28T12:00:00Z".parse().unwrap_or_default());
    let cache = TileCache::open(&folder.path().join("cache"), 64 << 20, clock);
    let source = source(&server.url());
    let mut reader = OnlineReader::new(source.clone(), None, QUICK).with_cache(cache.clone());
    let plan_now = || plan(&source, PackArea::Box(town()), 12..=16, Some(&cache)).unwrap();
    let assumed = plan_now().estimate;
    assert_eq!(assumed.samples, None);
    let tiles: Vec<_> = plan_now().tiles().take(25).collect();
    for tile in tiles {
        assert!(reader.read(tile).unwrap().is_some());
    }
    let plan = plan_now();
    assert_eq!(plan.estimate.samples, Some(25));
    assert_ne!(plan.estimate.bytes, assumed.bytes);
    let before = cache.size_bytes();
    let job = PackJob::start(plan.clone(), None, &path, Some(cache.clone()), QUICK).unwrap();
    let report = job.wait();
    assert_eq!(server.requests().len() as u64, plan.tile_count());
    assert_eq!(cache.size_bytes(), before);
    // Every tile of the server is the same picture.
    assert_eq!(report.bytes, plan.estimate.bytes);
}

#[test]
fn a_polygon_takes_the_tiles_that_touch_it_alone() {
    let source = source("https://a.example/{z}/{x}/{y}");
    let corner: MultiPolygon = polygon![
        (x: 115.0, y: 28.0), (x: 116.0, y: 28.0), (x: 115.0, y: 29.0),
    ]
    .into();
    let whole = PackArea::Box(Rect::new((115.0, 28.0), (116.0, 29.0)));
    let boxed = plan(&source, whole, 10..=13, None).unwrap();
    let cut = plan(&source, PackArea::Polygons(corner), 10..=13, None).unwrap();
    let part = cut.tile_count() as f64 / boxed.tile_count() as f64;
    assert!((0.5..0.6).contains(&part), "{part}");
    let boxed: std::collections::BTreeSet<_> = boxed.tiles().collect();
    assert!(cut.tiles().all(|tile| boxed.contains(&tile)));
    assert_eq!(cut.tiles().count() as u64, cut.tile_count());
}

#[test]
fn a_pack_of_a_shifted_map_has_its_own_tiles_and_says_its_datum() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.mbtiles");
    let server = TileServer::start(Behaviour::Good);
    let shifted = Source {
        datum: Datum::Gcj02,
        ..source(&server.url())
    };
    let spot = PackArea::Box(Rect::new((115.892, 28.676), (115.8921, 28.6761)));
    let tile_of = |source: &Source| -> Vec<TileAddress> {
        let plan = plan(source, spot.clone(), 18..=18, None).unwrap();
        plan.tiles().collect()
    };
    assert_ne!(tile_of(&shifted), tile_of(&source(&server.url())));
    let plan = plan(&shifted, spot.clone(), 18..=18, None).unwrap();
    PackJob::start(plan, None, &path, None, QUICK)
        .unwrap()
        .wait();
    let connection = rusqlite::Connection::open(&path).unwrap();
    let datum = "SELECT value FROM metadata WHERE name = 'datum'";
    let datum: String = connection.query_row(datum, [], |row| row.get(0)).unwrap();
    assert_eq!(datum, "gcj02");
}

#[test]
fn what_may_not_be_kept_or_cannot_be_is_refused_with_its_reason() {
    let preset = |id: &str| presets().iter().find(|it| it.id.0 == id).unwrap().clone();
    let allowed = |source: Source| Source {
        keeping: Keeping::Allowed,
        ..source
    };
    let refused =
        |source: Source, levels| plan(&source, PackArea::Box(town()), levels, None).unwrap_err();
    assert_eq!(
        refused(preset("openstreetmap"), 12..=14),
        PackRefusal::Forbidden
    );
    let unknown = Source {
        keeping: Keeping::Unknown,
        ..preset("openstreetmap")
    };
    assert_eq!(refused(unknown, 12..=14), PackRefusal::NotKnownAllowed);
    let degrees = allowed(preset("tianditu-img-c"));
    assert_eq!(refused(degrees, 12..=14), PackRefusal::OtherGrid);
    let projected = allowed(preset("tianditu-img-w"));
    assert!(plan(&projected, PackArea::Box(town()), 1..=14, None).is_ok());
    let none = PackRefusal::NoSuchLevels { has: (1, 18) };
    assert_eq!(refused(projected.clone(), 19..=20), none);
    let file = allowed(Source {
        kind: SourceKind::MbTiles { path: "a".into() },
        ..projected.clone()
    });
    assert_eq!(refused(file, 1..=2), PackRefusal::NotOnline);
    let world = Rect::new((-170.0, -80.0), (170.0, 80.0));
    let most = Policy::shipped().most_tiles;
    assert!(most > 10_000);
    for area in [
        PackArea::Box(world),
        PackArea::Polygons(world.to_polygon().into()),
    ] {
        let refusal = plan(&projected, area, 1..=18, None).unwrap_err();
        assert!(matches!(refusal, PackRefusal::TooMany { tiles, .. } if tiles > most));
    }
    let nothing = PackArea::Polygons(MultiPolygon::new(Vec::new()));
    assert_eq!(
        plan(&projected, nothing, 1..=2, None),
        Err(PackRefusal::Empty)
    );
    let folder = tempfile::tempdir().unwrap();
    let plan = plan(&projected, PackArea::Box(town()), 12..=12, None).unwrap();
    let started = PackJob::start(plan, None, &folder.path().join("a"), None, QUICK);
    assert_eq!(started.err(), Some(StartError::NoToken));
}
