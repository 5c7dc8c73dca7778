//! 名册: the list that a housing bureau keeps. Rows without boundaries, in other words, some of
//! them in the wrong place, some twice, some about estates that nobody has drawn.

use super::estates::Estate;
use super::ground;
use super::random::Random;
use super::records::{Extent, Record};
use encoding_rs::GB18030;
use geo::Centroid;
use jiugai::geodesy;
use jiugai::model::{Datum, LonLat};
use serde_json::{Value, json};

pub const HOUSING_BUREAU: &str = "县房管局";

const HEADINGS: [&str; 14] = [
    "来源",
    "编号",
    "小区名称",
    "地址",
    "建成年份",
    "户数",
    "楼栋数",
    "建筑面积（㎡）",
    "产权性质",
    "原产权单位",
    "所属社区",
    "经度",
    "纬度",
    "备注",
];

/// How the bureau calls what `Tenure` calls otherwise.
const TENURE: [(&str, &str); 9] = [
    ("commodity", "商品房"),
    ("reformed", "房改房"),
    ("collective", "集资房"),
    ("public_managed", "直管公房"),
    ("unit_managed", "单位自管"),
    ("affordable", "经适房"),
    ("resettlement", "安置房"),
    ("mixed", "混合"),
    ("unknown", "不明"),
];

const COMMUNITIES: [(&str, &str); 6] = [
    ("361125001001", "城中社区"),
    ("361125001002", "城东社区"),
    ("361125001003", "城南社区"),
    ("361125001004", "城西社区"),
    ("361125001005", "城北社区"),
    ("361125001006", "兴安社区"),
];

/// The rows, street by street as such lists are kept.
pub fn rows(seed: u64, estates: &[Estate]) -> Vec<Record> {
    let mut listed: Vec<&Estate> = estates
        .iter()
        .filter(|estate| estate.register_name.is_some())
        .collect();
    listed.sort_by_key(|estate| {
        (
            estate.text_of("community_code"),
            estate.street,
            estate.number,
        )
    });
    let mut rows: Vec<Record> = listed
        .iter()
        .map(|estate| row(seed, estate, estate.register_name.as_deref().unwrap_or("")))
        .collect();
    // One block listed beside its estate, and one row copied to the end of the list.
    for (key, name, extent, at) in [
        ("c9r4a", "工农新村3号楼", Extent::Part("3号楼"), 30),
        ("c2r4a", "解放新村", Extent::Whole, usize::MAX),
    ] {
        let Some(estate) = listed.iter().find(|estate| estate.key == key) else {
            continue;
        };
        let mut extra = row(seed, estate, name);
        if extent != Extent::Whole {
            for (field, value) in [("households", json!(24)), ("buildings", json!(1))] {
                extra.values.insert(field.to_owned(), value);
            }
            extra.values.remove("floor_area_m2");
        }
        extra.extent = extent;
        rows.insert(at.min(rows.len()), extra);
    }
    for (number, row) in (1..).zip(&mut rows) {
        row.source_id = format!("FG-{number:03}");
    }
    rows
}

fn row(seed: u64, estate: &Estate, name: &str) -> Record {
    let mut random = Random::named(seed, &format!("register {} {name}", estate.key));
    let mut values = serde_json::Map::new();
    let mut put = |key: &str, value: Value| values.insert(key.to_owned(), value);
    put("name", json!(name));
    let (street, number) = (estate.street, estate.number);
    let address = match random.whole(0, 5) {
        0 => format!("兴安街道{street}{number}号"),
        1 => format!("{street}{number}#"),
        2 => format!("县城{street} {number}号"),
        3 => format!("横峰县{street}{number}号"),
        _ => format!("{street}{number}号"),
    };
    put("address", json!(address));
    let households = estate.number_of("households");
    if estate.has("badyear") {
        put("build_year", json!("198o年"));
        put("households", json!("一百来户"));
    } else {
        let off = *random.pick(&[0, 0, 0, 0, 1, -1]);
        put("build_year", json!(estate.first_year + off));
        let counted = (f64::from(households) * random.between(0.97, 1.03)).round();
        put("households", json!(counted as u32));
    }
    put("buildings", json!(estate.number_of("buildings")));
    let area = estate.values.get("floor_area_m2").and_then(Value::as_f64);
    let area = (area.unwrap_or(0.0) * random.between(0.97, 1.03) / 10.0).round() * 10.0;
    put("floor_area_m2", json!(area));
    put("tenure", json!(estate.text_of("tenure")));
    put("orig_unit", json!(estate.text_of("orig_unit")));
    put("community_code", json!(estate.text_of("community_code")));
    let position = match estate.has("nopos") {
        true => None,
        false => estate.shape.centroid().map(|middle| {
            // Off by 20 to 120 m in any direction: the door, the office, the next crossing.
            let (east, north) = loop {
                let (east, north) = (random.between(-120.0, 120.0), random.between(-120.0, 120.0));
                if (20.0..120.0).contains(&east.hypot(north)) {
                    break (east, north);
                }
            };
            ground::moved_point(middle.0, east, north)
        }),
    };
    Record {
        source: HOUSING_BUREAU,
        source_id: String::new(),
        values,
        shape: None,
        drawn_later: estate.has("undrawn").then(|| estate.shape.clone()),
        position,
        estate: estate.key.clone(),
        extent: Extent::Whole,
    }
}

/// The list as the bureau sends it: GB18030, CRLF, positions from an online map.
pub fn file(rows: &[Record]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    writer.write_record(HEADINGS)?;
    for row in rows {
        let text = |key: &str| match row.values.get(key) {
            Some(Value::String(text)) => text.clone(),
            Some(number) => number.to_string(),
            None => String::new(),
        };
        let translated = |key: &str, words: &[(&str, &str)]| {
            let names = text(key);
            let names = names.split(';').filter_map(|code| {
                let found = words.iter().find(|(known, _)| *known == code);
                found.map(|(_, word)| *word)
            });
            names.collect::<Vec<_>>().join("、")
        };
        let area = match row.values.get("floor_area_m2").and_then(Value::as_f64) {
            Some(area) => format!("{area:.0}"),
            None => String::new(),
        };
        let (lon, lat) = match row.position {
            Some(at) => {
                let shifted = geodesy::datum::from_storage(Datum::Gcj02, LonLat::from(at));
                (format!("{:.6}", shifted.x), format!("{:.6}", shifted.y))
            }
            None => (String::new(), String::new()),
        };
        writer.write_record([
            row.source.to_owned(),
            row.source_id.clone(),
            text("name"),
            text("address"),
            text("build_year"),
            text("households"),
            text("buildings"),
            area,
            translated("tenure", &TENURE),
            text("orig_unit"),
            translated("community_code", &COMMUNITIES),
            lon,
            lat,
            String::new(),
        ])?;
    }
    let utf8 = writer.into_inner().map_err(|error| error.into_error())?;
    let text = String::from_utf8_lossy(&utf8);
    Ok(GB18030.encode(&text).0.into_owned())
}
