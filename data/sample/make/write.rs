//! The files of the sample.

use super::decisions::{Decision, Tag};
use super::estates::Estate;
use super::records::{Extent, Record};
use geo::{LineString, MultiPolygon, Orient, Polygon, orient::Direction};
use jiugai::model::{Coded, Field, ItemCode};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The records with a boundary, as a feature collection, one feature a line. Every feature has the
/// same properties: what was not surveyed is null.
pub fn estates(records: &[Record]) -> String {
    let keys = keys(records.iter().flat_map(|record| record.values.keys()));
    let features = records.iter().filter_map(|record| {
        let mut properties = origin(record);
        for key in &keys {
            let value = record.values.get(key).cloned().unwrap_or(Value::Null);
            properties.insert(key.clone(), value);
        }
        Some(feature(properties, record.shape.as_ref()?))
    });
    collection(features.collect())
}

/// The boundaries that the demonstration draws, each with the row it belongs to and its name.
pub fn drawn_later(records: &[Record]) -> String {
    let features = records.iter().filter_map(|record| {
        let mut properties = origin(record);
        properties.insert("name".into(), json!(record.name()));
        Some(feature(properties, record.drawn_later.as_ref()?))
    });
    collection(features.collect())
}

fn origin(record: &Record) -> serde_json::Map<String, Value> {
    let mut properties = serde_json::Map::new();
    properties.insert("source".into(), json!(record.source));
    properties.insert("source_id".into(), json!(record.source_id));
    properties
}

fn feature(properties: serde_json::Map<String, Value>, shape: &MultiPolygon) -> String {
    json!({"type": "Feature", "properties": properties, "geometry": geometry(shape)}).to_string()
}

fn collection(lines: Vec<String>) -> String {
    format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n",
        lines.join(",\n")
    )
}

/// The keys in use, in form order.
fn keys<'a>(used: impl Iterator<Item = &'a String>) -> Vec<String> {
    let used: BTreeSet<&String> = used.collect();
    let mut keys: Vec<String> = used.into_iter().cloned().collect();
    let order = |key: &String| match Field::from_key(key) {
        Some(Field::Gap(item)) => (1, 0, Some(item)),
        Some(field) => {
            let place = Field::PLAIN.iter().position(|plain| *plain == field);
            (0, place.unwrap_or(usize::MAX), None::<ItemCode>)
        }
        None => (2, 0, None),
    };
    keys.sort_by_key(order);
    keys
}

/// RFC 7946: the outer ring runs counter-clockwise.
fn geometry(shape: &MultiPolygon) -> Value {
    let ring = |line: &LineString| json!(line.0.iter().map(|at| [at.x, at.y]).collect::<Vec<_>>());
    let rings = |polygon: &Polygon| {
        let outer = std::iter::once(polygon.exterior());
        json!(
            outer
                .chain(polygon.interiors())
                .map(ring)
                .collect::<Vec<_>>()
        )
    };
    let shape = shape.orient(Direction::Default);
    match shape.0.as_slice() {
        [single] => json!({"type": "Polygon", "coordinates": rings(single)}),
        several => json!({
            "type": "MultiPolygon",
            "coordinates": several.iter().map(rings).collect::<Vec<_>>(),
        }),
    }
}

pub fn decisions(decisions: &[Decision<'_>]) -> Result<Vec<u8>, csv::Error> {
    table(
        &["source_a", "id_a", "source_b", "id_b", "decision"],
        decisions.iter().map(|decision| {
            vec![
                decision.a.source.to_owned(),
                decision.a.source_id.clone(),
                decision.b.source.to_owned(),
                decision.b.source_id.clone(),
                decision.verdict.key().to_owned(),
            ]
        }),
    )
}

pub fn tags(tags: &[Tag<'_>]) -> Result<Vec<u8>, csv::Error> {
    let keys = keys(tags.iter().flat_map(|tag| tag.values.keys()));
    let mut heading = vec!["source", "source_id"];
    heading.extend(keys.iter().map(String::as_str));
    table(
        &heading,
        tags.iter().map(|tag| {
            let mut cells = vec![tag.record.source.to_owned(), tag.record.source_id.clone()];
            cells.extend(keys.iter().map(|key| cell(tag.values.get(key))));
            cells
        }),
    )
}

pub fn truth(records: &[Record], estates: &[Estate]) -> Result<Vec<u8>, csv::Error> {
    let name = |key: &str| {
        let estate = estates.iter().find(|estate| estate.key == key);
        estate.map_or(String::new(), |estate| estate.name.clone())
    };
    table(
        &[
            "source",
            "source_id",
            "name",
            "estate",
            "estate_name",
            "extent",
        ],
        records.iter().map(|record| {
            let extent = match record.extent {
                Extent::Whole => "whole",
                Extent::Half => "half",
                Extent::Part(_) => "part",
            };
            vec![
                record.source.to_owned(),
                record.source_id.clone(),
                record.name().to_owned(),
                record.estate.clone(),
                name(&record.estate),
                extent.to_owned(),
            ]
        }),
    )
}

fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Bool(true)) => "yes".to_owned(),
        Some(Value::Bool(false)) => "no".to_owned(),
        Some(number) => number.to_string(),
    }
}

fn table(heading: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(heading)?;
    for row in rows {
        writer.write_record(row)?;
    }
    writer
        .into_inner()
        .map_err(|error| error.into_error().into())
}
