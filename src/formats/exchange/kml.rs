//! KML (OGC 12-007): a placemark for each record, its values typed by a schema, in WGS 84, which is
//! CGCS2000 to the centimetre that is written. A column of names is the name of the placemark.

use super::output::{Output, at};
use super::text::Words;
use super::{Column, ColumnKind, Layer, Record, RecordWriter, Shape, WriteError, Written, xml};
use crate::formats::degrees;
use crate::formats::ring::each_corner;
use geo::winding_order::WindingOrder;
use geo::{Coord, LineString, Polygon};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The key of the column that every placemark has an element for.
const NAME: &str = "name";

pub(super) struct KmlWriter {
    path: PathBuf,
    out: Output,
    columns: Vec<Key>,
    words: Words,
    /// The placemark under way. Kept, so that its memory serves the next.
    text: Vec<u8>,
    /// Where the values of every placemark are explained.
    schema: String,
    cut: Vec<(String, String)>,
}

/// A column: its key, and what stands before and behind each value.
struct Key {
    key: String,
    opening: String,
    closing: &'static str,
}

impl Key {
    fn of(column: &Column) -> Self {
        let name = xml::escaped(&column.key);
        let (opening, closing) = match column.key == NAME {
            true => ("<name>".to_owned(), "</name>"),
            false => (format!("<SimpleData name=\"{name}\">"), "</SimpleData>"),
        };
        Self {
            key: column.key.clone(),
            opening,
            closing,
        }
    }
}

impl KmlWriter {
    pub fn begin(path: &Path, layer: &Layer) -> Result<Self, WriteError> {
        let mut out = Output::create(path)?;
        let schema = xml::escaped(&layer.name);
        write_head(&mut out, layer, &schema).map_err(at(path))?;
        Ok(Self {
            path: path.to_owned(),
            out,
            columns: layer.columns.iter().map(Key::of).collect(),
            words: Words::of_programs(),
            text: Vec::new(),
            schema,
            cut: Vec::new(),
        })
    }

    fn push_placemark(&mut self, record: &Record<'_>) {
        let text = &mut self.text;
        text.clear();
        text.extend(b"<Placemark>");
        let cells = || self.columns.iter().zip(&record.cells);
        let mut push_value = |text: &mut Vec<u8>, column: &Key, cell| {
            let Some(value) = self.words.text(cell) else {
                return;
            };
            let writable = xml::writable(&value);
            if writable.len() < value.len() {
                self.cut.push((record.id.to_string(), column.key.clone()));
            }
            text.extend(column.opening.as_bytes());
            xml::push(text, &writable);
            text.extend(column.closing.as_bytes());
        };
        match cells().find(|(column, _)| column.key == NAME) {
            Some((column, cell)) => push_value(text, column, cell),
            None => {
                text.extend(b"<name>");
                xml::push(text, &xml::writable(&record.name));
                text.extend(b"</name>");
            }
        }
        let shape = record.shape.on_earth();
        text.extend(match shape {
            Shape::None => &b""[..],
            Shape::Point(_) => b"<styleUrl>#point</styleUrl>",
            Shape::Outline(_) => b"<styleUrl>#outline</styleUrl>",
        });
        text.extend(b"<ExtendedData><SchemaData schemaUrl=\"#");
        text.extend(self.schema.as_bytes());
        text.extend(b"\">");
        for (column, cell) in cells().filter(|(column, _)| column.key != NAME) {
            push_value(text, column, cell);
        }
        text.extend(b"</SchemaData></ExtendedData>");
        push_shape(text, shape);
        text.extend(b"</Placemark>\n");
    }
}

impl RecordWriter for KmlWriter {
    fn record(&mut self, record: &Record<'_>) -> Result<(), WriteError> {
        self.push_placemark(record);
        self.out.write_all(&self.text).map_err(at(&self.path))
    }

    fn finish(self: Box<Self>) -> Result<Written, WriteError> {
        let Self {
            path, mut out, cut, ..
        } = *self;
        let end = out.write_all(b"</Document>\n</kml>\n");
        end.and_then(|()| out.put()).map_err(at(&path))?;
        Ok(Written {
            files: vec![path],
            cut,
        })
    }
}

fn write_head(out: &mut Output, layer: &Layer, schema: &str) -> io::Result<()> {
    let title = xml::escaped(&layer.title);
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<kml xmlns=\"http://www.opengis.net/kml/2.2\">")?;
    writeln!(out, "<Document>\n<name>{title}</name>")?;
    out.write_all(include_bytes!("kml_styles.xml"))?;
    writeln!(out, "<Schema name=\"{schema}\" id=\"{schema}\">")?;
    for column in layer.columns.iter().filter(|column| column.key != NAME) {
        let kind = match column.kind {
            ColumnKind::Text | ColumnKind::Texts => "string",
            ColumnKind::Whole | ColumnKind::Year => "int",
            ColumnKind::Decimal => "double",
            ColumnKind::Flag => "bool",
        };
        let (key, heading) = (xml::escaped(&column.key), xml::escaped(&column.heading));
        write!(out, "<SimpleField type=\"{kind}\" name=\"{key}\">")?;
        writeln!(out, "<displayName>{heading}</displayName></SimpleField>")?;
    }
    writeln!(out, "</Schema>")
}

fn push_shape(text: &mut Vec<u8>, shape: Shape) {
    match shape {
        Shape::None => {}
        Shape::Point(at) => {
            text.extend(b"<Point><coordinates>");
            push_pair(text, &at.into());
            text.extend(b"</coordinates></Point>");
        }
        Shape::Outline(boundary) => match boundary.0.as_slice() {
            [polygon] => push_polygon(text, polygon),
            polygons => {
                text.extend(b"<MultiGeometry>");
                for polygon in polygons {
                    push_polygon(text, polygon);
                }
                text.extend(b"</MultiGeometry>");
            }
        },
    }
}

fn push_polygon(text: &mut Vec<u8>, polygon: &Polygon) {
    text.extend(b"<Polygon><outerBoundaryIs>");
    push_ring(text, polygon.exterior(), WindingOrder::CounterClockwise);
    text.extend(b"</outerBoundaryIs>");
    for hole in polygon.interiors() {
        text.extend(b"<innerBoundaryIs>");
        push_ring(text, hole, WindingOrder::Clockwise);
        text.extend(b"</innerBoundaryIs>");
    }
    text.extend(b"</Polygon>");
}

fn push_ring(text: &mut Vec<u8>, ring: &LineString, order: WindingOrder) {
    text.extend(b"<LinearRing><coordinates>");
    let mut is_first = true;
    each_corner(ring, order, |corner| {
        if !std::mem::take(&mut is_first) {
            text.push(b' ');
        }
        push_pair(text, corner);
    });
    text.extend(b"</coordinates></LinearRing>");
}

fn push_pair(text: &mut Vec<u8>, at: &Coord) {
    degrees::push(text, at.x);
    text.push(b',');
    degrees::push(text, at.y);
}
