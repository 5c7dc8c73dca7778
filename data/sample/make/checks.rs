//! What must hold of the sample so that the demonstration ends with a released library.

use super::decisions::{Decision, decisions, first_record, tags, verdict};
use super::estates::{COUNTY, Estate};
use super::records::{Extent, Record, copies, drawings};
use super::{SEED, compare, differing, estates, folder, lists, paint, register};
use geo::{Area, BooleanOps, Intersects, Validation};
use jiugai::catalogue::{Borders, Divisions};
use jiugai::geodesy::measure;
use jiugai::model::{LonLat, Verdict};
use std::collections::{BTreeMap, BTreeSet};

fn town() -> (Vec<Estate>, Vec<Record>) {
    let ground = estates::all(SEED).unwrap();
    let estates: Vec<_> = ground
        .into_iter()
        .filter_map(|piece| piece.estate)
        .collect();
    let mut records = drawings(&estates);
    records.extend(copies(SEED, &estates).unwrap());
    records.extend(register::rows(SEED, &estates));
    (estates, records)
}

#[test]
fn the_lists_in_the_folder_are_what_this_program_writes() {
    let ground = estates::all(SEED).unwrap();
    let differing = differing(&folder(), &lists(ground).unwrap()).unwrap();
    assert!(
        differing.is_empty(),
        "{differing:?}: run the make-sample example"
    );
}

#[test]
fn a_tile_in_the_folder_is_what_this_program_paints() {
    let file = rusqlite::Connection::open_with_flags(
        folder().join("town.mbtiles"),
        rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY,
    )
    .unwrap();
    // One from the middle of the town.
    let query = "SELECT tile_column, tile_row, tile_data FROM tiles WHERE zoom_level = 16
                 ORDER BY tile_column, tile_row LIMIT 1 OFFSET 20";
    let (x, row, stored): (u32, u32, Vec<u8>) = file
        .query_row(query, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap();
    let ground = estates::all(SEED).unwrap();
    let scene = paint::Scene::new(SEED, &ground);
    let mut painter = paint::Painter::new(&scene).unwrap();
    let painted = painter.tile(16, x, (1 << 16) - 1 - row).unwrap();
    let is_same = compare::same_picture(&painted, &stored).unwrap();
    assert!(is_same, "run the make-sample example");
}

#[test]
fn every_boundary_is_valid_and_inside_the_county() {
    let (_, records) = town();
    for record in &records {
        for shape in record.shape.iter() {
            assert!(shape.is_valid(), "{}", record.name());
            for polygon in shape {
                for at in polygon.exterior() {
                    let county = Borders::shipped().county_at(LonLat::from(*at));
                    assert_eq!(county, Some(COUNTY), "{}", record.name());
                }
            }
        }
    }
}

#[test]
fn no_two_estates_stand_on_the_same_ground() {
    let (estates, _) = town();
    for (index, one) in estates.iter().enumerate() {
        for other in &estates[index + 1..] {
            if one.board.intersects(&other.board) {
                let shared = one.board.intersection(&other.board).unsigned_area();
                assert!(shared < 0.01, "{} and {}", one.name, other.name);
            }
        }
    }
}

#[test]
fn facts_are_sane_but_for_the_planted_warnings() {
    let (estates, _) = town();
    let mut warned = BTreeSet::new();
    for estate in &estates {
        let households = f64::from(estate.number_of("households"));
        let floor_area = estate.values["floor_area_m2"].as_f64().unwrap();
        let ground_area = measure::area_m2(&estate.shape);
        let sane = (30.0..=200.0).contains(&(floor_area / households))
            && (4.0..=200.0).contains(&(households / f64::from(estate.number_of("buildings"))))
            && (0.3..=5.0).contains(&(floor_area / ground_area));
        if !sane {
            warned.insert(estate.key.as_str());
        }
        assert!(
            (2_000.0..65_000.0).contains(&ground_area),
            "{}",
            estate.name
        );
        assert!(
            (1955..=2008).contains(&estate.first_year),
            "{}",
            estate.name
        );
    }
    assert_eq!(warned, BTreeSet::from(["c2r6b", "c8r1a"]));
}

#[test]
fn every_code_exists_once_the_tags_are_in() {
    let (estates, records) = town();
    let divisions = Divisions::shipped();
    for (name, values) in surveyed(&estates, &records) {
        for key in ["county_code", "street_code", "community_code"] {
            for code in values[key].split(';') {
                assert!(divisions.exists(code), "{name}: {code}");
                assert!(code.starts_with(COUNTY), "{name}: {code}");
            }
        }
    }
}

#[test]
fn what_counts_in_the_end_is_surveyed_through_or_clearly_out_of_scope() {
    let (estates, records) = town();
    for (name, values) in surveyed(&estates, &records) {
        let estate = estates
            .iter()
            .find(|estate| estate.key == values["key"])
            .unwrap();
        let mut must_haves = vec![
            "name",
            "county_code",
            "street_code",
            "community_code",
            "locality",
            "address",
            "year_basis",
            "households",
            "floor_area_m2",
            "buildings",
            "tenure",
            "residential",
            "exclusions",
        ];
        if !estate.is_out_of_scope() {
            must_haves.extend([
                "gap.C04",
                "gap.C05",
                "gap.C06",
                "gap.C12",
                "willingness",
                "willingness_basis",
            ]);
        }
        for key in must_haves {
            assert!(values.contains_key(key), "{name} lacks {key}");
        }
        let year = values.contains_key("build_year")
            || (values.contains_key("year_min") && values.contains_key("year_max"));
        assert!(year, "{name} lacks a year");
        let count = |key: &str| values.get(key).map(|text| text.parse::<u32>().unwrap());
        if let (Some(sent), Some(returned), Some(agree), Some(oppose)) = (
            count("sent"),
            count("returned"),
            count("agree"),
            count("oppose"),
        ) {
            assert!(agree + oppose <= returned && returned <= sent, "{name}");
            assert!(Some(sent) <= count("households"), "{name}");
        }
    }
}

/// The first record of each estate with its tags: name, and the values as text.
fn surveyed(estates: &[Estate], records: &[Record]) -> Vec<(String, BTreeMap<String, String>)> {
    let tags = tags(records, estates);
    let text = |value: &serde_json::Value| match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.to_string(),
    };
    estates
        .iter()
        .map(|estate| {
            let record = first_record(records, estate).expect(&estate.name);
            let mut values: BTreeMap<String, String> = record
                .values
                .iter()
                .map(|(key, value)| (key.clone(), text(value)))
                .collect();
            let own = tags.iter().filter(|tag| std::ptr::eq(tag.record, record));
            for (key, value) in own.flat_map(|tag| &tag.values) {
                values.insert(key.clone(), text(value));
            }
            values.insert("key".to_owned(), estate.key.clone());
            (estate.name.clone(), values)
        })
        .collect()
}

#[test]
fn every_record_shows_an_estate_and_every_estate_has_a_record() {
    let (estates, records) = town();
    let known: BTreeSet<_> = estates.iter().map(|estate| &estate.key).collect();
    let shown: BTreeSet<_> = records.iter().map(|record| &record.estate).collect();
    assert_eq!(known, shown);
    let ids: BTreeSet<_> = records.iter().map(|r| (r.source, &r.source_id)).collect();
    assert_eq!(ids.len(), records.len());
}

#[test]
fn every_verdict_is_asked_for_and_none_contradicts_another() {
    let (_, records) = town();
    let decided = decisions(&records);
    let mut counts = BTreeMap::new();
    for Decision {
        a,
        b,
        verdict: decided,
    } in &decided
    {
        *counts.entry(*decided).or_insert(0) += 1;
        assert_eq!(*decided, verdict(b, a), "{} and {}", a.name(), b.name());
        // What merges is one estate; what is held apart is two.
        let one = a.estate == b.estate;
        let merges = matches!(decided, Verdict::Same | Verdict::Split | Verdict::PartOf);
        assert!(one == merges || (a.extent != Extent::Whole && b.extent != Extent::Whole));
    }
    for verdict in [
        Verdict::Same,
        Verdict::PartOf,
        Verdict::Phases,
        Verdict::Split,
        Verdict::Distinct,
    ] {
        assert!(counts[&verdict] > 0, "{verdict:?}");
    }
}

#[test]
fn drawings_that_overlap_are_all_decided() {
    let (_, records) = town();
    let decided = decisions(&records);
    let asked = |a: &Record, b: &Record| {
        decided
            .iter()
            .any(|d| std::ptr::eq(d.a, a) && std::ptr::eq(d.b, b))
    };
    for (index, a) in records.iter().enumerate() {
        for b in &records[index + 1..] {
            if let (Some(one), Some(other)) = (&a.shape, &b.shape)
                && one.intersects(other)
            {
                assert!(asked(a, b), "{} and {}", a.name(), b.name());
            }
        }
    }
}
