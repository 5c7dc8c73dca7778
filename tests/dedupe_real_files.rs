//! What dedupe finds in real lists and in the generated survey, as figures.
//!
//! `cargo test --no-default-features --test dedupe_real_files -- --ignored --nocapture`
//! The generated survey: `python3 ../shared/bench/gen.py 10000 DIR`, then `JIUGAI_BENCH=DIR`.

use jiugai::catalogue::{Catalogue, DedupeLimits};
use jiugai::dedupe::{Candidate, compare, search};
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

fn limits() -> DedupeLimits {
    Catalogue::shipped().rules.dedupe
}

fn rows(path: &Path) -> Option<Vec<Row>> {
    let Ok(mut reader) = csv::Reader::from_path(path) else {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    };
    Some(
        reader
            .deserialize()
            .map(|row| row.expect("a readable row"))
            .collect(),
    )
}

fn shared(path: &str) -> PathBuf {
    Path::new(SHARED).join(path)
}

fn id(row: usize) -> EstateId {
    EstateId::of_row(ListId::of_file(&[1; 32], "register"), row as u32)
}

fn number<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

fn survey(estates: Vec<Estate>) -> Survey {
    Survey::from_parts(estates, [], [], Settings::default())
}

/// A row of one of the listing sites.
fn listing(at: usize, row: &Row) -> Estate {
    let mut estate = Estate::new(id(at));
    estate.name = row["name"].clone();
    estate.address = row["address"].clone();
    estate.position = number(&row["lon_wgs84"])
        .zip(number(&row["lat_wgs84"]))
        .map(|(lon, lat)| LonLat::new(lon, lat));
    estate.build_year = row.get("year").and_then(|text| number(text));
    estate.households = row.get("households").and_then(|text| number(text));
    estate.buildings = row.get("buildings").and_then(|text| number(text));
    estate.origin = Some(Origin {
        list: ListId::of_file(&[1; 32], "register"),
        row: at as u32,
        source: row["source"].clone(),
        source_id: row["source_id"].clone(),
    });
    estate
}

/// How often each verdict was suggested for the pairs of each label.
fn print_table(title: &str, labelled: &BTreeMap<String, BTreeMap<String, usize>>) {
    println!("{title}");
    for (label, verdicts) in labelled {
        println!("  {label:44} {verdicts:?}");
    }
}

fn verdict_of(found: &BTreeMap<Pair, &Candidate>, pair: Pair) -> String {
    found
        .get(&pair)
        .map_or("not raised".to_owned(), |it| format!("{:?}", it.suggestion))
}

fn print_counts(title: &str, candidates: &[Candidate]) {
    let mut verdicts: BTreeMap<Verdict, usize> = BTreeMap::new();
    let mut rules: BTreeMap<_, usize> = BTreeMap::new();
    for candidate in candidates {
        *verdicts.entry(candidate.suggestion).or_default() += 1;
        *rules.entry(candidate.rule).or_default() += 1;
    }
    println!(
        "{title}: {} raised {verdicts:?}\n  {rules:?}",
        candidates.len()
    );
}

#[test]
#[ignore = "prints figures; needs the shared test data"]
fn figures_on_the_nanchang_lists() {
    let Some(list) = rows(&shared("estates/nanchang_estates.csv")) else {
        return;
    };
    let estates = list
        .iter()
        .enumerate()
        .map(|(at, row)| listing(at, row))
        .collect();
    let survey = survey(estates);
    let key = |source: &str, id: &str| format!("{source}/{id}");
    let ids: BTreeMap<String, EstateId> = list
        .iter()
        .enumerate()
        .map(|(at, row)| (key(&row["source"], &row["source_id"]), id(at)))
        .collect();
    let start = Instant::now();
    let result = search(&survey, &limits(), &Progress::default()).expect("not cancelled");
    println!(
        "nanchang: {} rows, {} pairs compared, {:.2} s, cut {:?}",
        list.len(),
        result.compared,
        start.elapsed().as_secs_f64(),
        result.cut
    );
    print_counts("nanchang", &result.candidates);
    let found: BTreeMap<Pair, &Candidate> =
        result.candidates.iter().map(|it| (it.pair, it)).collect();

    let mut gold: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    let mut missed = 0;
    for row in rows(&shared("estates/gold_pairs_nanchang.csv")).unwrap_or_default() {
        let shared_id = &row["shared_id"];
        let both = ids
            .get(&key("贝壳", shared_id))
            .zip(ids.get(&key("链家", shared_id)));
        let Some(pair) = both.and_then(|(a, b)| Pair::new(*a, *b)) else {
            continue;
        };
        let verdict = verdict_of(&found, pair);
        if verdict == "not raised" && missed < 30 {
            missed += 1;
            println!(
                "  missed {} | {} | {} | {}: {:?}",
                row["name_beike"],
                row["name_lianjia"],
                row["addr_beike"],
                row["addr_lianjia"],
                compare(&survey, pair, &limits()).map(|it| (it.rule, it.evidence))
            );
        }
        *gold
            .entry("gold".into())
            .or_default()
            .entry(verdict)
            .or_default() += 1;
    }
    print_table("gold pairs", &gold);

    let mut silver: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for row in rows(&shared("estates/nanchang_candidate_pairs.csv")).unwrap_or_default() {
        let both = ids
            .get(&key(&row["src_a"], &row["id_a"]))
            .zip(ids.get(&key(&row["src_b"], &row["id_b"])));
        let Some(pair) = both.and_then(|(a, b)| Pair::new(*a, *b)) else {
            continue;
        };
        let label = format!("{} {}", row["silver_label"], row["rule"]);
        *silver
            .entry(label)
            .or_default()
            .entry(verdict_of(&found, pair))
            .or_default() += 1;
        if std::env::var("JIUGAI_SHOW").is_ok_and(|show| row["rule"].starts_with(&show)) {
            let candidate = compare(&survey, pair, &limits()).expect("both exist");
            println!(
                "{:?} {:?} {} | {} || {} | {} {} m {}",
                candidate.suggestion,
                candidate.rule,
                row["name_a"],
                row["addr_a"],
                row["name_b"],
                row["addr_b"],
                row["dist_m"],
                row["src_a"] == row["src_b"]
            );
        }
    }
    print_table("silver pairs", &silver);
}

#[test]
#[ignore = "prints figures; needs the shared test data"]
fn figures_on_outlines_and_listings_of_hangzhou() {
    let (Ok(text), Some(pairs)) = (
        std::fs::read_to_string(shared("aoi/hangzhou_west_residential.geojson")),
        rows(&shared("aoi/hangzhou_west_polygon_point_pairs.csv")),
    ) else {
        return;
    };
    let collection: geojson::FeatureCollection = text.parse().expect("GeoJSON");
    let mut estates = Vec::new();
    let mut outlines: BTreeMap<String, EstateId> = BTreeMap::new();
    for (at, feature) in collection.features.iter().enumerate() {
        let mut estate = outlined(at, feature);
        let text = |key: &str| feature.property(key).and_then(|it| it.as_str());
        estate.name = text("name").unwrap_or_default().to_owned();
        outlines.insert(text("osm_id").unwrap_or_default().to_owned(), estate.id);
        estates.push(estate);
    }
    let first = estates.len();
    estates.extend(
        pairs
            .iter()
            .enumerate()
            .map(|(at, row)| listing(first + at, row)),
    );
    let survey = survey(estates);
    let start = Instant::now();
    let result = search(&survey, &limits(), &Progress::default()).expect("not cancelled");
    println!(
        "hangzhou: {} pairs compared, {:.2} s",
        result.compared,
        start.elapsed().as_secs_f64()
    );
    print_counts("hangzhou", &result.candidates);
    let found: BTreeMap<Pair, &Candidate> =
        result.candidates.iter().map(|it| (it.pair, it)).collect();
    let mut table: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for (at, row) in pairs.iter().enumerate() {
        let Some(pair) = outlines
            .get(&row["osm_id"])
            .and_then(|a| Pair::new(*a, id(first + at)))
        else {
            continue;
        };
        let verdict = verdict_of(&found, pair);
        *table
            .entry(row["label"].clone())
            .or_default()
            .entry(verdict)
            .or_default() += 1;
    }
    print_table("outline and listing", &table);
}

fn outlined(at: usize, feature: &geojson::Feature) -> Estate {
    let mut estate = Estate::new(id(at));
    let geometry = feature.geometry.clone().expect("a geometry");
    let boundary = match geo::Geometry::<f64>::try_from(geometry).expect("a geometry") {
        geo::Geometry::Polygon(polygon) => Boundary::new(vec![polygon]),
        geo::Geometry::MultiPolygon(polygons) => polygons,
        other => panic!("{other:?} is no outline"),
    };
    estate.boundary = Some(Arc::new(boundary));
    estate
}

#[test]
#[ignore = "prints figures; needs a generated survey in JIUGAI_BENCH"]
fn figures_on_the_generated_survey() {
    let Ok(dir) = std::env::var("JIUGAI_BENCH") else {
        eprintln!("skipped: JIUGAI_BENCH names no folder");
        return;
    };
    let size: usize = std::env::var("JIUGAI_BENCH_SIZE")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(10_000);
    let dir = Path::new(&dir);
    let text =
        std::fs::read_to_string(dir.join(format!("estates_{size}.geojson"))).expect("a file");
    let collection: geojson::FeatureCollection = text.parse().expect("GeoJSON");
    let mut estates = Vec::new();
    for (at, feature) in collection.features.iter().enumerate() {
        // Ids of the generator start at one.
        let mut estate = outlined(at + 1, feature);
        let text = |key: &str| {
            feature
                .property(key)
                .and_then(|it| it.as_str())
                .unwrap_or_default()
                .to_owned()
        };
        let count = |key: &str| {
            feature
                .property(key)
                .and_then(|it| it.as_u64())
                .map(|n| n as u32)
        };
        estate.name = text("name");
        estate.address = text("address");
        estate.county_code = text("div_code").get(..6).unwrap_or_default().to_owned();
        estate.community_codes = BTreeSet::from([text("div_code")]);
        estate.build_year = count("year_built").map(|year| year as i32);
        estate.households = count("households");
        estate.buildings = count("buildings");
        estate.floor_area_m2 = feature.property("floor_area").and_then(|it| it.as_f64());
        estates.push(estate);
    }
    drop(collection);
    let survey = survey(estates);
    let start = Instant::now();
    let result = search(&survey, &limits(), &Progress::default()).expect("not cancelled");
    println!(
        "generated: {size} estates, {} pairs compared, {:.2} s, cut {:?}",
        result.compared,
        start.elapsed().as_secs_f64(),
        result.cut
    );
    print_counts("generated", &result.candidates);
    let found: BTreeMap<Pair, &Candidate> =
        result.candidates.iter().map(|it| (it.pair, it)).collect();
    let labelled = |file: &str| -> BTreeMap<Pair, String> {
        rows(&dir.join(file))
            .unwrap_or_default()
            .iter()
            .filter_map(|row| {
                let at = |key: &str| row[key].parse().ok().map(id);
                Some((Pair::new(at("id_a")?, at("id_b")?)?, row["kind"].clone()))
            })
            .collect()
    };
    let (truth, hard) = (
        labelled(&format!("truth_{size}.csv")),
        labelled(&format!("hardneg_{size}.csv")),
    );
    let mut table: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for (pair, kind) in truth.iter().chain(&hard) {
        *table
            .entry(kind.clone())
            .or_default()
            .entry(verdict_of(&found, *pair))
            .or_default() += 1;
        if std::env::var("JIUGAI_SHOW").is_ok_and(|show| *kind == show) {
            let it = compare(&survey, *pair, &limits()).expect("both exist");
            println!("{kind} {:?} {:?} {:?}", it.suggestion, it.rule, it.evidence);
        }
    }
    print_table("planted pairs", &table);
    let score = |name: &str, takes: &dyn Fn(Verdict) -> bool, counts: &dyn Fn(&str) -> bool| {
        let raised = result.candidates.iter().filter(|it| takes(it.suggestion));
        let (mut right, mut wrong) = (0, 0);
        for candidate in raised {
            match truth.get(&candidate.pair) {
                Some(_) => right += 1,
                None => wrong += 1,
            }
            if !truth.contains_key(&candidate.pair)
                && std::env::var("JIUGAI_SHOW").is_ok_and(|show| show == "wrong")
            {
                println!("wrong {:?} {:?}", candidate.rule, candidate.evidence);
            }
        }
        let all = truth.values().filter(|kind| counts(kind)).count();
        let precision = f64::from(right) / f64::from(right + wrong);
        let recall = f64::from(right) / all as f64;
        let f1 = 2.0 * precision * recall / (precision + recall);
        println!("{name}: precision {precision:.4} recall {recall:.4} F1 {f1:.4}");
    };
    let same = |verdict| verdict == Verdict::Same;
    let merges = |verdict| matches!(verdict, Verdict::Same | Verdict::Split);
    let not_twice = |verdict| matches!(verdict, Verdict::Same | Verdict::Split | Verdict::PartOf);
    score("SAME against all but part", &same, &|kind| {
        !kind.contains("part")
    });
    score("SAME or SPLIT against all but part", &merges, &|kind| {
        !kind.contains("part")
    });
    score("SAME, SPLIT or PART_OF against all", &not_twice, &|_| true);
}
