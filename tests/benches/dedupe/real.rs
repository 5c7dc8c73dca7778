//! The real lists of `../shared/testdata`, which have no licence and stay there.

use crate::clock::Clock;
use crate::verdicts;
use jiugai::catalogue::DedupeLimits;
use jiugai::dedupe::{Search, search};
use jiugai::model::{
    Boundary, Estate, EstateId, ListId, LonLat, Origin, Pair, Settings, Survey, Verdict,
};
use jiugai::progress::Progress;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/testdata");

type Row = BTreeMap<String, String>;
/// How often each suggestion was made for the pairs of each label.
type Table = BTreeMap<String, BTreeMap<Option<Verdict>, usize>>;

pub fn print(limits: &DedupeLimits) {
    nanchang(limits);
    hangzhou(limits);
}

fn nanchang(limits: &DedupeLimits) {
    let Some(list) = rows("estates/nanchang_estates.csv") else {
        return;
    };
    let estates = list.iter().enumerate().map(|(at, row)| listing(at, row));
    let found = searched("Five sites' lists of Nanchang", estates.collect(), limits);
    let suggested = suggested(&found);
    let ids: BTreeMap<(&str, &str), usize> = list
        .iter()
        .enumerate()
        .map(|(at, row)| ((row["source"].as_str(), row["source_id"].as_str()), at))
        .collect();
    let mut table = Table::new();
    let mut add = |label: &str, a: (&str, &str), b: (&str, &str)| {
        let (Some(a), Some(b)) = (ids.get(&a), ids.get(&b)) else {
            return;
        };
        // A score on equal names alone proves nothing, so they stand apart.
        let names = match list[*a]["name"] == list[*b]["name"] {
            true => "names equal",
            false => "names not equal",
        };
        let suggestion = Pair::new(id(*a), id(*b)).and_then(|pair| suggested.get(&pair).copied());
        let row = table.entry(format!("{label}, {names}")).or_default();
        *row.entry(suggestion).or_default() += 1;
    };
    for row in rows("estates/gold_pairs_nanchang.csv").unwrap_or_default() {
        let shared = row["shared_id"].as_str();
        add("gold", ("贝壳", shared), ("链家", shared));
    }
    for row in rows("estates/nanchang_candidate_pairs.csv").unwrap_or_default() {
        let label = format!("silver {} {}", row["silver_label"], row["rule"]);
        let a = (row["src_a"].as_str(), row["id_a"].as_str());
        add(&label, a, (row["src_b"].as_str(), row["id_b"].as_str()));
    }
    print_table(&table);
}

fn hangzhou(limits: &DedupeLimits) {
    let Some(pairs) = rows("aoi/hangzhou_west_polygon_point_pairs.csv") else {
        return;
    };
    let text = std::fs::read_to_string(shared("aoi/hangzhou_west_residential.geojson"));
    let collection = text
        .unwrap_or_default()
        .parse::<geojson::FeatureCollection>();
    let features = collection.map(|it| it.features).unwrap_or_default();
    let property = |feature: &geojson::Feature, key: &str| {
        let value = feature.property(key).and_then(|value| value.as_str());
        value.unwrap_or_default().to_owned()
    };
    let mut estates = Vec::new();
    let mut outlines: BTreeMap<String, usize> = BTreeMap::new();
    for (at, feature) in features.iter().enumerate() {
        let geometry = geo::Geometry::<f64>::try_from(feature.geometry.clone().unwrap());
        let boundary = match geometry.unwrap() {
            geo::Geometry::Polygon(polygon) => Boundary::new(vec![polygon]),
            other => Boundary::try_from(other).unwrap(),
        };
        let mut estate = Estate::new(id(at));
        estate.boundary = Some(Arc::new(boundary));
        estate.name = property(feature, "name");
        outlines.insert(property(feature, "osm_id"), at);
        estates.push(estate);
    }
    let first = estates.len();
    let listings = pairs.iter().enumerate();
    estates.extend(listings.map(|(at, row)| listing(first + at, row)));
    let found = searched("Outlines and listings of Hangzhou", estates, limits);
    let suggested = suggested(&found);
    let mut table = Table::new();
    for (at, row) in pairs.iter().enumerate() {
        let Some(outline) = outlines.get(&row["osm_id"]) else {
            continue;
        };
        let pair = Pair::new(id(*outline), id(first + at)).unwrap();
        let counts = table.entry(row["label"].clone()).or_default();
        *counts.entry(suggested.get(&pair).copied()).or_default() += 1;
    }
    print_table(&table);
}

fn searched(title: &str, estates: Vec<Estate>, limits: &DedupeLimits) -> Search {
    let records = estates.len();
    let survey = Survey::from_parts(estates, [], [], Settings::default());
    let clock = Clock::start();
    let found = search(&survey, limits, &Progress::default()).unwrap();
    let taken = clock.stop();
    let mut raised: BTreeMap<Option<Verdict>, usize> = BTreeMap::new();
    for candidate in &found.candidates {
        *raised.entry(Some(candidate.suggestion)).or_default() += 1;
    }
    println!(
        "\n{title}: {records} records, {} pairs compared in {:.2} s, {} raised: {}",
        found.compared,
        taken.wall,
        found.candidates.len(),
        verdicts(&raised)
    );
    found
}

fn suggested(found: &Search) -> BTreeMap<Pair, Verdict> {
    let candidates = found.candidates.iter();
    candidates.map(|it| (it.pair, it.suggestion)).collect()
}

fn print_table(table: &Table) {
    for (label, suggestions) in table {
        println!("  {label:58} {}", verdicts(suggestions));
    }
}

fn shared(path: &str) -> PathBuf {
    Path::new(SHARED).join(path)
}

fn rows(path: &str) -> Option<Vec<Row>> {
    let path = shared(path);
    let Ok(mut reader) = csv::Reader::from_path(&path) else {
        println!("\n{} is not there and is left out", path.display());
        return None;
    };
    Some(reader.deserialize().map(|row| row.unwrap()).collect())
}

fn id(row: usize) -> EstateId {
    EstateId::of_row(ListId::of_file(&[1; 32], "register"), row as u32)
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
