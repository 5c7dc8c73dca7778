//! What dedupe finds in real lists and in the generated survey, as figures.
//!
//! `cargo test --no-default-features --test dedupe_real_files -- --ignored --nocapture`
//! The generated survey: `python3 ../shared/bench/gen.py 10000 DIR`, then `JIUGAI_BENCH=DIR`
//! (and `JIUGAI_BENCH_SIZE` for another size than 10000).

use jiugai::catalogue::{Catalogue, DedupeLimits};
use jiugai::dedupe::{Candidate, search};
use jiugai::model::{
    Boundary, Estate, EstateId, ListId, LonLat, Origin, Pair, Settings, Survey, Verdict,
};
use jiugai::progress::Progress;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/testdata");

type Row = BTreeMap<String, String>;
type Verdicts = BTreeMap<Pair, Verdict>;

#[test]
#[ignore = "prints figures; needs the shared test data"]
fn no_known_pair_of_the_nanchang_lists_is_missed() {
    let Some(list) = rows(&shared("estates/nanchang_estates.csv")) else {
        return;
    };
    let estates = list.iter().enumerate();
    let verdicts = searched(
        "nanchang",
        estates.map(|(at, row)| listing(at, row)).collect(),
    );
    let keys = list.iter().enumerate();
    let ids: BTreeMap<(&str, &str), EstateId> = keys
        .map(|(at, row)| ((row["source"].as_str(), row["source_id"].as_str()), id(at)))
        .collect();
    let pair = |a: (&str, &str), b: (&str, &str)| Pair::new(*ids.get(&a)?, *ids.get(&b)?);

    let mut gold = Table::default();
    for row in rows(&shared("estates/gold_pairs_nanchang.csv")).unwrap_or_default() {
        let shared_id = row["shared_id"].as_str();
        if let Some(pair) = pair(("贝壳", shared_id), ("链家", shared_id)) {
            gold.add("gold", verdicts.get(&pair));
        }
    }
    gold.print();
    let mut silver = Table::default();
    for row in rows(&shared("estates/nanchang_candidate_pairs.csv")).unwrap_or_default() {
        let a = (row["src_a"].as_str(), row["id_a"].as_str());
        let b = (row["src_b"].as_str(), row["id_b"].as_str());
        if let Some(pair) = pair(a, b) {
            let label = format!("{} {}", row["silver_label"], row["rule"]);
            silver.add(&label, verdicts.get(&pair));
        }
    }
    silver.print();
    assert_eq!(gold.not_raised("gold"), 0);
}

#[test]
#[ignore = "prints figures; needs the shared test data"]
fn listings_find_their_outlines_in_hangzhou() {
    let Some(pairs) = rows(&shared("aoi/hangzhou_west_polygon_point_pairs.csv")) else {
        return;
    };
    let mut outlines: BTreeMap<String, EstateId> = BTreeMap::new();
    let mut estates = Vec::new();
    for feature in features(&shared("aoi/hangzhou_west_residential.geojson")) {
        let mut estate = outlined(estates.len(), &feature);
        estate.name = text(&feature, "name");
        outlines.insert(text(&feature, "osm_id"), estate.id);
        estates.push(estate);
    }
    let first = estates.len();
    let listings = pairs.iter().enumerate();
    estates.extend(listings.map(|(at, row)| listing(first + at, row)));
    let verdicts = searched("hangzhou", estates);
    let mut table = Table::default();
    for (at, row) in pairs.iter().enumerate() {
        let outline = outlines.get(&row["osm_id"]);
        if let Some(pair) = outline.and_then(|outline| Pair::new(*outline, id(first + at))) {
            table.add(&row["label"], verdicts.get(&pair));
        }
    }
    table.print();
    assert_eq!(table.count("homonym_neg", "Same"), 0);
}

#[test]
#[ignore = "prints figures; needs a generated survey in JIUGAI_BENCH"]
fn planted_duplicates_are_found_and_planted_neighbours_are_not_merged() {
    let Ok(dir) = std::env::var("JIUGAI_BENCH") else {
        eprintln!("skipped: JIUGAI_BENCH names no folder");
        return;
    };
    let dir = Path::new(&dir);
    let size = std::env::var("JIUGAI_BENCH_SIZE").unwrap_or_else(|_| "10000".to_owned());
    let collection = features(&dir.join(format!("estates_{size}.geojson")));
    // Ids of the generator start at one.
    let estates = collection.iter().enumerate();
    let estates = estates
        .map(|(at, feature)| generated(at + 1, feature))
        .collect();
    let verdicts = searched("generated", estates);

    let labelled = |file: String| -> Vec<(Pair, String)> {
        let rows = rows(&dir.join(file)).unwrap_or_default();
        let at = |row: &Row, key: &str| row[key].parse().ok().map(id);
        rows.iter()
            .filter_map(|row| {
                let pair = Pair::new(at(row, "id_a")?, at(row, "id_b")?)?;
                Some((pair, row["kind"].clone()))
            })
            .collect()
    };
    let truth = labelled(format!("truth_{size}.csv"));
    let neighbours = labelled(format!("hardneg_{size}.csv"));
    let mut table = Table::default();
    for (pair, kind) in truth.iter().chain(&neighbours) {
        table.add(kind, verdicts.get(pair));
    }
    table.print();

    let (parts, wholes): (Vec<_>, Vec<_>) =
        truth.iter().partition(|(_, kind)| kind.contains("part"));
    let parts: BTreeSet<Pair> = parts.iter().map(|(pair, _)| *pair).collect();
    let wholes: BTreeSet<Pair> = wholes.iter().map(|(pair, _)| *pair).collect();
    let all: BTreeSet<Pair> = wholes.union(&parts).copied().collect();
    let with = |wanted: &[Verdict], left_out: &BTreeSet<Pair>| -> BTreeSet<Pair> {
        let found = verdicts
            .iter()
            .filter(|(_, verdict)| wanted.contains(verdict));
        found
            .map(|(pair, _)| *pair)
            .filter(|pair| !left_out.contains(pair))
            .collect()
    };
    use Verdict::{PartOf, Same, Split};
    let same = score(
        "SAME, planted parts left out",
        &with(&[Same], &parts),
        &wholes,
    );
    score(
        "SAME or SPLIT, planted parts left out",
        &with(&[Same, Split], &parts),
        &wholes,
    );
    score(
        "SAME, SPLIT or PART_OF",
        &with(&[Same, Split, PartOf], &BTreeSet::new()),
        &all,
    );
    assert!(same >= 0.95);
    for (pair, kind) in &neighbours {
        assert_ne!(verdicts.get(pair), Some(&Same), "{kind}");
    }
}

/// Prints what a search found, and gives the verdict of each raised pair.
fn searched(title: &str, estates: Vec<Estate>) -> Verdicts {
    let records = estates.len();
    let survey = Survey::from_parts(estates, [], [], Settings::default());
    let start = Instant::now();
    let result = search(&survey, &limits(), &Progress::default()).expect("not cancelled");
    let seconds = start.elapsed().as_secs_f64();
    let mut by_verdict: BTreeMap<Verdict, usize> = BTreeMap::new();
    let mut by_rule: BTreeMap<_, usize> = BTreeMap::new();
    for Candidate {
        suggestion, rule, ..
    } in &result.candidates
    {
        *by_verdict.entry(*suggestion).or_default() += 1;
        *by_rule.entry(*rule).or_default() += 1;
    }
    eprintln!(
        "{title}: {records} records, {} pairs compared, {seconds:.2} s",
        result.compared
    );
    eprintln!("  {} raised: {by_verdict:?}", result.candidates.len());
    eprintln!("  {by_rule:?}, {} large blocks", result.cut.len());
    let candidates = result.candidates.iter();
    candidates.map(|it| (it.pair, it.suggestion)).collect()
}

/// Prints precision, recall and F1; gives F1.
fn score(title: &str, found: &BTreeSet<Pair>, wanted: &BTreeSet<Pair>) -> f64 {
    let right = found.intersection(wanted).count() as f64;
    let (precision, recall) = (right / found.len() as f64, right / wanted.len() as f64);
    let f1 = 2.0 * precision * recall / (precision + recall);
    eprintln!("  {title}: precision {precision:.4}, recall {recall:.4}, F1 {f1:.4}");
    f1
}

/// How often each verdict was suggested for the pairs of each label.
#[derive(Default)]
struct Table(BTreeMap<String, BTreeMap<String, usize>>);

impl Table {
    fn add(&mut self, label: &str, verdict: Option<&Verdict>) {
        let verdict = verdict.map_or("not raised".to_owned(), |it| format!("{it:?}"));
        let row = self.0.entry(label.to_owned()).or_default();
        *row.entry(verdict).or_default() += 1;
    }

    fn count(&self, label: &str, verdict: &str) -> usize {
        let row = self.0.get(label);
        row.and_then(|row| row.get(verdict))
            .copied()
            .unwrap_or_default()
    }

    fn not_raised(&self, label: &str) -> usize {
        self.count(label, "not raised")
    }

    fn print(&self) {
        for (label, verdicts) in &self.0 {
            eprintln!("  {label:40} {verdicts:?}");
        }
    }
}

fn limits() -> DedupeLimits {
    Catalogue::shipped().rules.dedupe
}

fn shared(path: &str) -> PathBuf {
    Path::new(SHARED).join(path)
}

fn id(row: usize) -> EstateId {
    EstateId::of_row(ListId::of_file(&[1; 32], "register"), row as u32)
}

fn rows(path: &Path) -> Option<Vec<Row>> {
    let Ok(mut reader) = csv::Reader::from_path(path) else {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    };
    let rows = reader.deserialize();
    Some(rows.map(|row| row.expect("a readable row")).collect())
}

fn features(path: &Path) -> Vec<geojson::Feature> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let collection = text.parse::<geojson::FeatureCollection>();
    collection.map(|it| it.features).unwrap_or_default()
}

fn text(feature: &geojson::Feature, key: &str) -> String {
    let value = feature.property(key).and_then(|value| value.as_str());
    value.unwrap_or_default().to_owned()
}

/// A row of one of the listing sites.
fn listing(at: usize, row: &Row) -> Estate {
    let count = |key: &str| row.get(key).and_then(|text| text.parse().ok());
    let degrees = |key: &str| row[key].parse::<f64>().ok();
    let mut estate = Estate::new(id(at));
    estate.name = row["name"].clone();
    estate.address = row["address"].clone();
    let position = degrees("lon_wgs84").zip(degrees("lat_wgs84"));
    estate.position = position.map(|(lon, lat)| LonLat::new(lon, lat));
    estate.build_year = count("year").map(|year: u32| year as i32);
    estate.households = count("households");
    estate.buildings = count("buildings");
    estate.origin = Some(Origin {
        list: ListId::of_file(&[1; 32], "register"),
        row: at as u32,
        source: row["source"].clone(),
        source_id: row["source_id"].clone(),
    });
    estate
}

fn outlined(at: usize, feature: &geojson::Feature) -> Estate {
    let geometry = feature.geometry.clone().expect("a geometry");
    let geometry = geo::Geometry::<f64>::try_from(geometry).expect("a geometry");
    let boundary = match geometry {
        geo::Geometry::Polygon(polygon) => Boundary::new(vec![polygon]),
        other => Boundary::try_from(other).expect("an outline"),
    };
    let mut estate = Estate::new(id(at));
    estate.boundary = Some(Arc::new(boundary));
    estate
}

fn generated(at: usize, feature: &geojson::Feature) -> Estate {
    let count = |key: &str| {
        feature
            .property(key)
            .and_then(|it| it.as_u64())
            .map(|n| n as u32)
    };
    let code = text(feature, "div_code");
    let mut estate = outlined(at, feature);
    estate.name = text(feature, "name");
    estate.address = text(feature, "address");
    estate.county_code = code.get(..6).unwrap_or_default().to_owned();
    estate.community_codes = BTreeSet::from([code]);
    estate.build_year = count("year_built").map(|year| year as i32);
    estate.households = count("households");
    estate.buildings = count("buildings");
    estate.floor_area_m2 = feature.property("floor_area").and_then(|it| it.as_f64());
    estate
}
