//! What is exported, as our own reader, GDAL and people find it.

// Clippy lets a #[test] unwrap and panic, but not the functions it calls.
#![allow(clippy::unwrap_used, clippy::panic)]

mod formats;
mod gdal;
mod round_trip;

use jiugai::formats::exchange::{
    Cell, Column, ColumnKind, ExchangeFormat, Layer, Record, Shape, Written, writer,
};
use jiugai::formats::library::Profile;
use jiugai::formats::{Opened, open};
use jiugai::model::Boundary;
use std::fs;
use std::path::{Path, PathBuf};

fn column(key: &str, short: &str, heading: &str, kind: ColumnKind) -> Column {
    Column {
        key: key.to_owned(),
        short: short.to_owned(),
        heading: heading.to_owned(),
        kind,
        labels: Vec::new(),
    }
}

/// A column of each kind.
fn layer(profile: Profile) -> Layer {
    let mut locality = column("locality", "locality", "城乡类别", ColumnKind::Text);
    locality.labels = [("city", "城市"), ("county_seat", "县城<\"&>")]
        .map(|(value, label)| (value.to_owned(), label.to_owned()))
        .to_vec();
    Layer {
        name: "estate".to_owned(),
        title: "小区".to_owned(),
        columns: vec![
            column("name", "name", "小区名称", ColumnKind::Text),
            column("community_code", "community", "社区代码", ColumnKind::Texts),
            column("households", "households", "户数（户）", ColumnKind::Whole),
            column("build_year", "build_year", "建成年份", ColumnKind::Year),
            column(
                "floor_area_m2",
                "floor_area",
                "建筑面积（㎡）",
                ColumnKind::Decimal,
            ),
            column(
                "residential",
                "residentia",
                "是否住宅小区",
                ColumnKind::Flag,
            ),
            locality,
        ],
        profile,
    }
}

fn record<'a>(name: &'a str, shape: Shape<'a>) -> Record<'a> {
    Record {
        id: name.into(),
        name: name.into(),
        shape,
        cells: vec![
            Cell::Text(name.into()),
            Cell::Texts(vec!["360102001001".into(), "360102001002".into()]),
            Cell::Whole(-3),
            Cell::Empty,
            Cell::Decimal(19_404.5),
            Cell::Flag(true),
            Cell::Text("city".into()),
        ],
    }
}

/// A hole in a triangle, both turned against every rule.
fn boundary() -> Boundary {
    let outer = vec![
        (115.9, 28.7),
        (115.9, 28.71),
        (115.91, 28.71),
        (115.91, 28.7),
    ];
    let hole = vec![(115.902, 28.702), (115.904, 28.702), (115.904, 28.704)];
    geo::MultiPolygon(vec![geo::Polygon::new(outer.into(), vec![hole.into()])])
}

/// In a folder that people may have made.
fn target(folder: &Path, format: ExchangeFormat) -> PathBuf {
    let folder = folder.join("旧改 导出");
    fs::create_dir_all(&folder).unwrap();
    folder.join("名册 一").with_extension(format.extension())
}

fn write(path: &Path, layer: &Layer, records: &[Record]) -> Written {
    let format = ExchangeFormat::of(path).unwrap();
    let mut writer = writer(format, path, layer).unwrap();
    for record in records {
        writer.record(record).unwrap();
    }
    writer.finish().unwrap()
}

fn opened(path: &Path, layer: Option<&str>) -> Opened {
    open(path, fs::read(path).unwrap(), layer).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}
