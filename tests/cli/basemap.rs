//! `jiugai basemap`, against a tile server on this machine.

use crate::tile_server::{Behaviour, TileServer};
use crate::{Desk, SURVEY, two_estates};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const PACK: &str = "离线 底图.mbtiles";
/// A few streets of Nanchang.
const TOWN: &str = "115.88,28.67,115.90,28.69";

fn download<'a>(url: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let words = [
        "basemap", "download", "--url", url, "--datum", "gcj02", "--to", PACK,
    ];
    [&words, more].concat()
}

#[test]
fn the_maps_are_listed_with_their_datum_and_whether_they_may_be_kept() {
    let desk = Desk::new();
    let english = desk.fine(&["basemap", "list"]).stdout;
    for part in [
        "openstreetmap: OpenStreetMap; WGS 84",
        "Tianditu streets; CGCS2000, levels 1 to 18",
        "its owner does not allow it",
        "register at console.tianditu.gov.cn",
    ] {
        assert!(english.contains(part), "{part}\n{english}");
    }
    assert!(!english.contains("%{"), "{english}");
    let chinese = desk
        .fine(&["basemap", "list", "--language", "zh-CN"])
        .stdout;
    assert!(chinese.contains("所有者不允许"), "{chinese}");

    let maps = desk.fine(&["basemap", "list", "--json"]).json();
    let osm = &maps[0];
    assert_eq!(osm["id"], "openstreetmap");
    assert_eq!(osm["datum"], "wgs84");
    assert_eq!(osm["keeping"], "forbidden");
}

#[test]
fn an_area_becomes_a_file_that_says_its_datum() {
    let server = TileServer::start(Behaviour::Good);
    let desk = Desk::new();
    let url = server.url();
    let words = ["--area", TOWN, "--zooms", "12-15", "--i-may-keep", "--json"];
    let run = desk.fine(&download(&url, &words));
    assert!(run.stderr.contains("tiles, about 1 MB"), "{}", run.stderr);
    let report = run.json();
    assert_eq!(report["failed"], 0);
    assert_eq!(report["tiles"], report["wanted"]);
    assert_eq!(
        server.requests().len() as u64,
        report["tiles"].as_u64().unwrap()
    );
    assert_eq!(desk.names(), [PACK]);
    let pack = rusqlite::Connection::open(desk.path(PACK)).unwrap();
    let datum = "SELECT value FROM metadata WHERE name = 'datum'";
    let datum: String = pack.query_row(datum, [], |row| row.get(0)).unwrap();
    assert_eq!(datum, "gcj02");
}

#[test]
fn the_area_may_be_that_of_a_survey() {
    let server = TileServer::start(Behaviour::Good);
    let url = server.url();
    let desk = Desk::with_survey();
    let words = ["--survey", SURVEY, "--zooms", "15", "--i-may-keep"];
    desk.refuses(
        &download(&url, &words),
        "Give the area with --area",
        "请用 --area",
    );
    desk.write("测绘院.geojson", two_estates());
    desk.fine(&["import", SURVEY, "测绘院.geojson", "--datum", "cgcs2000"]);
    let run = desk.fine(&download(&url, &words));
    assert!(run.stdout.contains("Done: "), "{}", run.stdout);
}

#[test]
fn a_download_that_was_stopped_goes_on_and_fetches_little_twice() {
    let server = TileServer::start(Behaviour::Slow(Duration::from_millis(20)));
    let desk = Desk::new();
    let url = server.url();
    let words = ["--area", TOWN, "--zooms", "12-17", "--i-may-keep", "--json"];
    let words = download(&url, &words);
    let mut child = Command::new(env!("CARGO_BIN_EXE_jiugai"))
        .args(&words)
        .current_dir(desk.folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while server.requests().len() < 80 {
        assert!(start.elapsed() < Duration::from_secs(60));
        std::thread::sleep(Duration::from_millis(5));
    }
    // Harder than Ctrl-C.
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!desk.path(PACK).exists());

    server.behave(Behaviour::Good);
    let report = desk.fine(&words).json();
    assert_eq!(report["tiles"], report["wanted"]);
    let twice = server.requests().len() as u64 - report["wanted"].as_u64().unwrap();
    // A batch that was not on disk yet, and what was being asked for.
    assert!(twice < 40, "{twice} of {report}");
    assert_eq!(desk.names(), [PACK]);
}

#[test]
fn whoever_has_not_read_the_terms_is_refused() {
    let server = TileServer::start(Behaviour::Good);
    let url = server.url();
    let desk = Desk::new();
    let area = ["--area", TOWN, "--zooms", "12-15"];
    desk.refuses(&download(&url, &area), "--i-may-keep", "--i-may-keep");
    let forbidden = [
        "basemap",
        "download",
        "--source",
        "openstreetmap",
        "--to",
        PACK,
        "--i-may-keep",
    ];
    let forbidden = [&forbidden[..], &area].concat();
    desk.refuses(&forbidden, "does not allow", "不允许保存");
    assert!(server.requests().is_empty());
}

#[test]
fn a_token_comes_from_the_environment_and_is_asked_for() {
    let server = TileServer::start(Behaviour::Good);
    let desk = Desk::new();
    let url = format!("{}?tk={{token}}", server.url());
    let words = ["--area", TOWN, "--zooms", "12", "--i-may-keep"];
    let words = download(&url, &words);
    desk.refuses(&words, "JIUGAI_TOKEN", "JIUGAI_TOKEN");
    let status = Command::new(env!("CARGO_BIN_EXE_jiugai"))
        .args(&words)
        .current_dir(desk.folder.path())
        .env("JIUGAI_TOKEN", "geheim")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    assert!(status.unwrap().success());
    assert!(server.requests()[0].contains("tk=geheim"));
    let bytes = desk.bytes(PACK);
    assert!(!bytes.windows(6).any(|part| part == b"geheim"));
}

#[test]
fn what_is_missing_is_asked_for_in_a_sentence() {
    let desk = Desk::new();
    let to = ["--zooms", "12-15", "--to", PACK, "--i-may-keep"];
    let asked = |more: &[&'static str]| [&["basemap", "download"], more, &to].concat();
    let url = ["--url", "http://127.0.0.1:9/{z}/{x}/{y}.png"];
    desk.refuses(
        &asked(&["--area", TOWN]),
        "Say which map",
        "请说明是哪个底图",
    );
    desk.refuses(
        &asked(&[url[0], url[1], "--area", TOWN]),
        "never guessed",
        "从不猜测",
    );
    desk.refuses(
        &asked(&[url[0], url[1], "--datum", "wgs84"]),
        "Say which area",
        "请说明范围",
    );
    desk.refuses(
        &asked(&["--source", "baidu", "--area", TOWN]),
        "There is no map “baidu”",
        "没有底图“baidu”",
    );
    desk.refuses(
        &asked(&[
            "--url",
            "http://127.0.0.1:9/tiles",
            "--datum",
            "wgs84",
            "--area",
            TOWN,
        ]),
        "{z}",
        "{z}",
    );
    desk.refuses(
        &asked(&["--source", "openstreetmap", "--area", "28.67,115.88"]),
        "115.88,28.66,115.92,28.70",
        "115.88,28.66,115.92,28.70",
    );
    desk.refuses(
        &["basemap"],
        "jiugai basemap --help",
        "jiugai basemap --help",
    );
}

#[test]
fn what_lies_at_the_place_of_the_pack_is_not_written_over() {
    let server = TileServer::start(Behaviour::Good);
    let url = server.url();
    let desk = Desk::new();
    desk.write(PACK, "something dear");
    let words = ["--area", TOWN, "--zooms", "12", "--i-may-keep"];
    desk.refuses(&download(&url, &words), "not written over", "不会覆盖");
}

#[test]
fn a_map_of_a_colleagues_file_is_listed_and_downloaded() {
    let server = TileServer::start(Behaviour::Good);
    let desk = Desk::new();
    let source = serde_json::json!({
        "id": "5f0c8f0e-6a57-4d0e-8a11-5d2f6f6f2a10",
        "name": "本县影像",
        "kind": { "xyz": { "url": server.url() } },
        "datum": "cgcs2000",
        "levels": [3, 18],
        "keeping": "allowed",
    });
    let file = serde_json::json!({
        "format": "jiugai basemaps", "version": 1, "sources": [source],
    });
    desk.write("底图.json", file.to_string());
    let list = desk.fine(&["basemap", "list", "--shared", "底图.json"]);
    let expected = "本县影像; CGCS2000, levels 3 to 18; its tiles may be kept";
    assert!(list.stdout.contains(expected), "{}", list.stdout);
    desk.fine(&[
        "basemap",
        "download",
        "--shared",
        "底图.json",
        "--source",
        "5f0c8f0e-6a57-4d0e-8a11-5d2f6f6f2a10",
        "--area",
        TOWN,
        "--zooms",
        "12-14",
        "--to",
        PACK,
    ]);
    let words = ["basemap", "list", "--shared", "离线.json"];
    desk.refuses(&words, "离线.json cannot be read", "无法读取 离线.json");
}
