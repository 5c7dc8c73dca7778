//! `jiugai check`, `jiugai release` and `jiugai verify`.

use crate::{Desk, SURVEY, decided, surveyed, two_estates, with_duplicate};
use serde_json::Value;
use std::collections::BTreeMap;

/// A desk with a released library in `库`.
fn released() -> Desk {
    let desk = Desk::with_survey();
    desk.write("a.geojson", two_estates());
    desk.fine(&["import", SURVEY, "a.geojson", "--datum", "cgcs2000"]);
    desk.fine(&["release", SURVEY, "--out", "库"]);
    desk
}

fn files(desk: &Desk, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(desk.path(folder)).unwrap();
    entries
        .map(|entry| entry.unwrap())
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, std::fs::read(entry.path()).unwrap())
        })
        .collect()
}

fn manifest(desk: &Desk, folder: &str) -> Value {
    serde_json::from_slice(&files(desk, folder)["manifest.json"]).unwrap()
}

#[test]
fn a_duplicate_blocks_check_and_release_until_it_is_decided() {
    let desk = with_duplicate();
    let told = desk.blocked(&["check", SURVEY, "--json"]).json();
    assert_eq!(told["rule_pack"]["id"], "JX-2019-26");
    let codes: Vec<_> = told["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["gravity"] == "blocks")
        .map(|finding| finding["code"].as_str().unwrap())
        .collect();
    assert!(codes.contains(&"E03"), "{told}");
    for (language, expected) in [("en", "E03 blocks"), ("zh-CN", "E03 阻止")] {
        let run = desk.blocked(&["check", SURVEY, "--language", language]);
        assert!(run.stdout.contains(expected), "{}", run.stdout);
    }
    let before = desk.survey();
    let run = desk.blocked(&["release", SURVEY, "--out", "库"]);
    assert!(run.stdout.contains("E03"), "{}", run.stdout);
    assert!(!desk.path("库").exists());
    assert!(
        desk.survey() == before,
        "a blocked release gives out no numbers"
    );

    desk.write("d.csv", decided("SAME"));
    desk.fine(&["decide", SURVEY, "--pairs", "d.csv"]);
    let told = desk.fine(&["check", SURVEY, "--json"]).json();
    assert_eq!(told["blocking"], 0);
    assert_eq!(told["rows"]["rows_in"], 3);
    assert_eq!(told["rows"]["kept"], 2);
    assert_eq!(told["rows"]["merged"], 1);
    let told = desk
        .fine(&["release", SURVEY, "--out", "库", "--json"])
        .json();
    assert_eq!(told["manifest"]["counts"]["estates"], 2);
    assert_eq!(desk.fine(&["verify", "库", "--json"]).json()["sound"], true);
    let numbers: Vec<_> = desk.survey().counted().map(|e| e.lib_no.clone()).collect();
    assert!(numbers.iter().all(Option::is_some), "{numbers:?}");
}

#[test]
fn a_second_release_of_the_same_survey_is_the_same_bytes() {
    let desk = released();
    let first = files(&desk, "库");
    desk.fine(&["release", SURVEY, "--out", "库"]);
    desk.fine(&["release", SURVEY, "--out", "库 2"]);
    assert!(files(&desk, "库") == first);
    assert!(files(&desk, "库 2") == first);
    assert_eq!(
        desk.names(),
        ["a.geojson", "库", "库 2", SURVEY],
        "nothing is left beside"
    );
}

#[test]
fn a_draft_may_carry_findings_and_gives_out_no_numbers() {
    let desk = with_duplicate();
    let before = desk.survey();
    let run = desk.fine(&[
        "release",
        SURVEY,
        "--out",
        "草稿",
        "--draft",
        "--language",
        "zh-CN",
    ]);
    assert!(run.stdout.contains("草稿"), "{}", run.stdout);
    assert!(desk.survey() == before);
    let manifest = manifest(&desk, "草稿");
    assert_eq!(manifest["draft"], true);
    assert!(manifest["checks"]["blocking"].as_u64() > Some(0));
    desk.fine(&["verify", "草稿"]);
}

#[test]
fn the_profiles_asked_for_are_written_and_no_other() {
    let desk = released();
    for (profiles, expected) in [
        (&["cgcs2000"][..], &["library.cgcs2000.geojson"][..]),
        (&["rfc7946"], &["library.rfc7946.geojson"]),
        (
            &["rfc7946", "cgcs2000"],
            &["library.cgcs2000.geojson", "library.rfc7946.geojson"],
        ),
        (
            &[],
            &["library.cgcs2000.geojson", "library.rfc7946.geojson"],
        ),
    ] {
        let asked = profiles.iter().flat_map(|profile| ["--profile", profile]);
        let words: Vec<&str> = ["release", SURVEY, "--out", "库"]
            .into_iter()
            .chain(asked)
            .collect();
        desk.fine(&words);
        let files = files(&desk, "库");
        let written: Vec<_> = files
            .keys()
            .filter(|name| name.ends_with(".geojson"))
            .collect();
        assert_eq!(written, expected);
    }
    let library: Value =
        serde_json::from_slice(&files(&desk, "库")["library.cgcs2000.geojson"]).unwrap();
    assert_eq!(
        library["crs"]["properties"]["name"],
        "urn:ogc:def:crs:EPSG::4490"
    );
    let library: Value =
        serde_json::from_slice(&files(&desk, "库")["library.rfc7946.geojson"]).unwrap();
    assert_eq!(library.get("crs"), None);
}

#[test]
fn a_folder_with_anything_of_somebodys_is_refused() {
    let desk = released();
    std::fs::create_dir(desk.path("相册")).unwrap();
    desk.write("相册/照片.jpg", "a picture");
    desk.refuses(
        &["release", SURVEY, "--out", "相册"],
        "照片.jpg",
        "照片.jpg",
    );
    desk.write("库/备注.txt", "a note");
    desk.refuses(&["release", SURVEY, "--out", "库"], "备注.txt", "备注.txt");
    desk.refuses(
        &["release", SURVEY, "--out", "a.geojson"],
        "no folder",
        "a.geojson",
    );
    assert_eq!(desk.text("相册/照片.jpg"), "a picture");
}

#[test]
fn an_empty_survey_cannot_be_released() {
    let desk = Desk::with_survey();
    desk.refuses(
        &["release", SURVEY, "--out", "库"],
        "No estate is ready",
        "小区",
    );
    assert!(!desk.path("库").exists());
}

#[test]
fn verify_finds_a_changed_byte_a_missing_file_and_a_stranger() {
    let desk = released();
    let name = "库/library.cgcs2000.geojson";
    let text = desk.text(name);
    for (content, english, chinese) in [
        (
            text.replace("\"households\":300", "\"households\":301"),
            "was changed",
            "library.cgcs2000.geojson",
        ),
        (
            text.replacen("机械厂", "机器厂", 1),
            "was changed",
            "library.cgcs2000.geojson",
        ),
        (
            text[..text.len() / 2].to_owned(),
            "was changed",
            "library.cgcs2000.geojson",
        ),
    ] {
        assert_ne!(content, text);
        desk.write(name, content);
        let run = desk.blocked(&["verify", "库"]);
        assert!(run.stdout.contains(english), "{}", run.stdout);
        let run = desk.blocked(&["verify", "库", "--language", "zh-CN"]);
        assert!(run.stdout.contains(chinese), "{}", run.stdout);
        let told = desk.blocked(&["verify", "库", "--json"]).json();
        assert_eq!(told["sound"], false);
    }
    desk.write(name, &text);
    desk.fine(&["verify", "库"]);

    desk.write("库/附件.txt", "");
    let run = desk.blocked(&["verify", "库"]);
    assert!(run.stdout.contains("附件.txt is no part"), "{}", run.stdout);
    std::fs::remove_file(desk.path("库/附件.txt")).unwrap();
    std::fs::remove_file(desk.path("库/rows.csv")).unwrap();
    let run = desk.blocked(&["verify", "库"]);
    assert!(run.stdout.contains("rows.csv is missing"), "{}", run.stdout);
}

#[test]
fn verify_refuses_what_is_no_release() {
    let desk = Desk::with_survey();
    desk.refuses(&["verify", "没有"], "holds no manifest", "没有");
    desk.refuses(&["verify", "."], "holds no manifest", "manifest.json");
    desk.write("manifest.json", "{\"format\": \"another\"}");
    desk.refuses(&["verify", "."], "holds no manifest", "manifest.json");
}

#[test]
fn a_zip_is_released_verified_and_the_same_bytes_again() {
    let desk = released();
    desk.fine(&["release", SURVEY, "--out", "库.zip"]);
    let first = desk.bytes("库.zip");
    desk.fine(&["release", SURVEY, "--out", "库.zip"]);
    assert!(desk.bytes("库.zip") == first);
    desk.fine(&["verify", "库.zip", "--since", "库"]);
    desk.write("库.zip", &first[..first.len() / 2]);
    desk.refuses(&["verify", "库.zip"], "cannot be read", "库.zip");
    desk.write("别人的.zip", "mine");
    let words = ["release", SURVEY, "--out", "别人的.zip"];
    desk.refuses(&words, "no zip of a release", "别人的.zip");
}

#[test]
fn a_zip_that_leads_out_of_itself_is_refused() {
    let desk = released();
    for name in ["../x", "/x", "a/x", "..\\x", "C:x"] {
        let file = std::fs::File::create(desk.path("包.zip")).unwrap();
        let mut zip = zip::ZipWriter::new(file);
        let options = zip::write::SimpleFileOptions::default();
        for (name, content) in [
            ("manifest.json", desk.bytes("库/manifest.json")),
            (name, b"x".to_vec()),
        ] {
            zip.start_file(name, options).unwrap();
            std::io::Write::write_all(&mut zip, &content).unwrap();
        }
        zip.finish().unwrap();
        desk.refuses(&["verify", "包.zip"], "outside the package", "发布包之外");
    }
}

#[test]
fn what_changed_since_the_release_before_is_told_and_verified() {
    let desk = released();
    desk.write(
        "b.geojson",
        surveyed("测绘院", &[("CH-3", "印刷厂宿舍", "书院路5号", 117.6330)]),
    );
    desk.fine(&["import", SURVEY, "b.geojson", "--datum", "cgcs2000"]);
    let run = desk.fine(&["release", SURVEY, "--out", "库 2", "--since", "库"]);
    assert!(run.stdout.contains("1 added"), "{}", run.stdout);
    desk.fine(&["verify", "库 2", "--since", "库"]);
    assert_eq!(manifest(&desk, "库 2")["delta"]["counts"]["added"], 1);
    let run = desk.blocked(&["verify", "库", "--since", "库 2"]);
    assert!(
        run.stdout.contains("since another or none"),
        "{}",
        run.stdout
    );
    let words = ["release", SURVEY, "--out", "库 3", "--since", "没有"];
    desk.refuses(&words, "cannot be compared with", "没有");
}
