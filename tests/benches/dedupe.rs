//! scratch
#![allow(clippy::unwrap_used, clippy::print_stdout)]
use jiugai::catalogue::Catalogue;
use jiugai::dedupe::{candidates, evidence, profile::Profile, search};
use jiugai::model::*;
use jiugai::progress::Progress;
use std::collections::BTreeSet;
use std::io::BufRead;
use std::sync::Arc;
use std::time::Instant;

fn rss() -> String {
    let s = std::fs::read_to_string("/proc/self/status").unwrap();
    let g = |k: &str| {
        s.lines()
            .find(|l| l.starts_with(k))
            .unwrap()
            .split_whitespace()
            .nth(1)
            .unwrap()
            .parse::<u64>()
            .unwrap()
            / 1024
    };
    format!("rss {} peak {}", g("VmRSS"), g("VmHWM"))
}
fn main() {
    let path = std::env::var("DATA").unwrap();
    let list = ListId::of_file(&[1; 32], "register");
    let f = std::io::BufReader::new(std::fs::File::open(path).unwrap());
    let mut estates = vec![];
    for line in f.lines() {
        let line = line.unwrap();
        let line = line.trim_end_matches(',');
        if !line.starts_with("{\"type\":\"Feature\",") {
            continue;
        }
        let v: serde_json::Value = serde_json::from_str(line).unwrap();
        let p = &v["properties"];
        let mut e = Estate::new(EstateId::of_row(list, p["eid"].as_u64().unwrap() as u32));
        e.name = p["name"].as_str().unwrap().into();
        e.address = p["address"].as_str().unwrap_or_default().into();
        let code = p["div_code"].as_str().unwrap();
        e.county_code = code[..6].into();
        e.community_codes = BTreeSet::from([code.to_owned()]);
        e.build_year = p["year_built"].as_i64().map(|y| y as i32);
        e.households = p["households"].as_u64().map(|y| y as u32);
        e.floor_area_m2 = p["floor_area"].as_f64();
        let ring: Vec<_> = v["geometry"]["coordinates"][0]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| geo::Coord {
                x: c[0].as_f64().unwrap(),
                y: c[1].as_f64().unwrap(),
            })
            .collect();
        e.boundary = Some(Arc::new(Boundary::new(vec![geo::Polygon::new(
            geo::LineString(ring),
            vec![],
        )])));
        estates.push(e);
    }
    println!("loaded {}", rss());
    let survey = Survey::from_parts(estates, [], [], Settings::default());
    println!("survey {}", rss());
    let limits = Catalogue::shipped().rules.dedupe;
    let t = Instant::now();
    let profiles: Vec<_> = survey
        .counted()
        .map(|e| Profile::of(e, &Default::default()))
        .collect();
    println!("profiles {:.3} {}", t.elapsed().as_secs_f64(), rss());
    let t = Instant::now();
    let found = candidates::pairs(
        &profiles,
        &candidates::Places::of(&profiles),
        &limits,
        &Progress::default(),
    )
    .unwrap();
    println!(
        "pairs {} {:.3} {}",
        found.pairs.len(),
        t.elapsed().as_secs_f64(),
        rss()
    );
    let t = Instant::now();
    let mut n = 0;
    let terms = jiugai::dedupe::weights::Terms::of(&profiles);
    for (a, b) in &found.pairs {
        n += evidence::evidence(
            &profiles[*a as usize],
            &profiles[*b as usize],
            &limits,
            &terms,
        )
        .len();
    }
    println!("evidence {} {:.3}", n, t.elapsed().as_secs_f64());
    drop(profiles);
    let t = Instant::now();
    let s = search(&survey, &limits, &Progress::default()).unwrap();
    println!(
        "search {} {:.3} {}",
        s.candidates.len(),
        t.elapsed().as_secs_f64(),
        rss()
    );
}
