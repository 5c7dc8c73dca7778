//! The whole path on real lists of thousands of rows: every row's fate adds up (E04, «不重不漏»).
//! They lie outside the repository; where they are absent the test says so and passes.

use crate::{COUNTY, Desk, SURVEY};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const TEST_DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/testdata");
/// 11,523 listings in BD-09.
const LISTINGS: (&str, usize) = ("estates/nanchang_estates.csv", 11_523);
/// Residential areas of OpenStreetMap.
const OUTLINES: (&str, usize) = ("aoi/hangzhou_west_residential.geojson", 1_056);
const SURE: f64 = 0.9;

type Row = BTreeMap<String, String>;

fn rows(text: &[u8]) -> Vec<Row> {
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
    let rows = csv::Reader::from_reader(text).into_deserialize();
    rows.map(Result::unwrap).collect()
}

#[test]
fn every_row_of_two_real_lists_has_one_fate_from_import_to_release() {
    let [listings, outlines] =
        [LISTINGS, OUTLINES].map(|(name, _)| Path::new(TEST_DATA).join(name));
    if !listings.exists() || !outlines.exists() {
        eprintln!("skipped: {TEST_DATA} is absent");
        return;
    }
    let (listings, outlines) = (listings.to_str().unwrap(), outlines.to_str().unwrap());
    let desk = Desk::with_survey();
    let import = |file, datum, role| {
        let words = [
            "import", SURVEY, file, "--datum", datum, "--as", role, "--json",
        ];
        desk.fine(&words).json()
    };
    let told = import(listings, "bd09", "register");
    assert_eq!(told["rows"], LISTINGS.1);
    assert_eq!(told["register_rows"], LISTINGS.1);
    let told = import(outlines, "wgs84", "estates");
    assert_eq!(told["rows"], OUTLINES.1);
    assert_eq!(told["estates"], OUTLINES.1);

    desk.blocked(&["dedupe", SURVEY, "--pairs", "对.csv"]);
    let sure = decide_the_sure_ones(&desk);
    assert!(sure > 1_000, "only {sure} pairs are sure to be one estate");

    desk.blocked(&["check", SURVEY, "--json"]);
    desk.fine(&["release", SURVEY, "--out", "库", "--draft"]);
    desk.fine(&["verify", "库"]);
    let manifest: Value = serde_json::from_str(&desk.text("库/manifest.json")).unwrap();
    assert_eq!(manifest["county_code"], COUNTY);
    assert_fates_add_up(
        &manifest["tally"]["total"],
        &rows(&desk.bytes("库/rows.csv")),
    );
}

/// Decides SAME wherever the suggestion is that, and sure. Gives how many.
fn decide_the_sure_ones(desk: &Desk) -> usize {
    let names = ["source_a", "id_a", "source_b", "id_b"];
    let mut writer = csv::Writer::from_path(desk.path("判定.csv")).unwrap();
    writer
        .write_record(names.iter().chain(&["decision"]))
        .unwrap();
    let mut sure = 0;
    for row in rows(&desk.bytes("对.csv")) {
        if row["verdict"] == "SAME" && row["confidence"].parse::<f64>().unwrap() >= SURE {
            let cells = names.iter().map(|name| row[*name].as_str());
            writer.write_record(cells.chain(["SAME"])).unwrap();
            sure += 1;
        }
    }
    writer.flush().unwrap();
    let words = ["decide", SURVEY, "--pairs", "判定.csv", "--json"];
    assert_eq!(desk.fine(&words).json()["decided"], sure);
    sure
}

fn assert_fates_add_up(tally: &Value, rows: &[Row]) {
    assert_eq!(rows.len(), LISTINGS.1 + OUTLINES.1);
    assert_eq!(tally["rows_in"], rows.len());
    let mut fates: BTreeMap<&str, usize> = BTreeMap::new();
    let mut places = BTreeSet::new();
    let mut by_id = BTreeMap::new();
    for row in rows {
        *fates.entry(&row["fate"]).or_default() += 1;
        assert!(
            places.insert((&row["list"], &row["row"])),
            "{row:?} stands twice"
        );
        by_id.insert(&row["id"], row);
    }
    let mut sum = 0;
    for fate in ["kept", "merged", "excluded", "open"] {
        let count = fates.remove(fate).unwrap_or_default();
        assert_eq!(tally[fate], count, "{fate}");
        sum += count;
    }
    assert!(fates.is_empty(), "{fates:?}");
    assert_eq!(sum, rows.len());
    // What is merged is counted by a row that is not.
    for row in rows.iter().filter(|row| row["fate"] == "merged") {
        assert_ne!(by_id[&row["into"]]["fate"], "merged", "{row:?}");
    }
}
