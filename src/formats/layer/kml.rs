//! KML: placemarks in whatever folders, with their geometry and extended data.

use super::error::LayerErrorKind;
use super::raw::{RawLayer, RawShape, System};
use super::xml::{Token, Tokens};
use crate::formats::read_text;
use crate::model::{Crs, Datum};
use crate::progress::Progress;
use geo::{Coord, LineString, Polygon};

pub(super) fn read(
    name: String,
    bytes: &[u8],
    progress: &Progress,
) -> Result<RawLayer, LayerErrorKind> {
    let text = read_text(bytes)?;
    let mut tokens = Tokens::of(&text);
    // OGC 12-007: KML has WGS 84 and no other.
    let mut layer = RawLayer::new(name, System::Named(Crs::Degrees(Datum::Wgs84)));
    let mut number = 0u32;
    let mut placemark: Option<Placemark> = None;
    progress.begin(text.len() as u64);
    while let Some(token) = tokens.next()? {
        match (&mut placemark, token) {
            (None, Token::Open { name, .. }) if name == "Placemark" => {
                progress.reach(tokens.position())?;
                number = number.saturating_add(1);
                placemark = Some(Placemark::default());
            }
            (Some(_), Token::Close(name)) if name == "Placemark" => {
                if let Some(done) = placemark.take() {
                    layer.add(number, Ok(done.shape), done.cells);
                }
            }
            (Some(open), token) => open.take(token),
            (None, _) => {}
        }
    }
    Ok(layer)
}

/// A placemark in the reading.
#[derive(Default)]
struct Placemark {
    shape: RawShape,
    cells: Vec<(String, String)>,
    /// The elements open inside it.
    open: Vec<String>,
    /// The text of the innermost element.
    text: String,
    /// The `name` of the data element being read.
    data: String,
    /// The rings of the polygon being read, the outer one first.
    rings: Vec<LineString>,
    /// The positions of the track being read.
    track: Vec<Coord>,
}

impl Placemark {
    fn take(&mut self, token: Token) {
        match token {
            Token::Open { name, attributes } => {
                self.text.clear();
                if matches!(name.as_str(), "Data" | "SimpleData") {
                    let given = attributes.into_iter().find(|(key, _)| key == "name");
                    self.data = given.map(|(_, value)| value).unwrap_or_default();
                }
                self.open.push(name);
            }
            Token::Text(text) => self.text.push_str(&text),
            Token::Close(name) => {
                self.open.pop();
                self.close(&name);
                self.text.clear();
            }
        }
    }

    fn close(&mut self, name: &str) {
        let parent = self.open.last().map(String::as_str);
        match (parent, name) {
            (None, "name" | "description" | "address") => {
                let text = std::mem::take(&mut self.text);
                self.cells.push((name.to_owned(), text.trim().to_owned()));
            }
            (Some("Data"), "value") | (_, "SimpleData") => {
                let text = self.text.trim().to_owned();
                self.cells.push((std::mem::take(&mut self.data), text));
            }
            (Some(parent), "coordinates") => {
                let coords = coordinates(&self.text);
                match parent {
                    "Point" => self.shape.points.extend(coords),
                    "LinearRing" if self.is_in("Polygon") => self.rings.push(LineString(coords)),
                    "LineString" | "LinearRing" => self.shape.lines.push(LineString(coords)),
                    _ => {}
                }
            }
            (_, "Polygon") => {
                let mut rings = std::mem::take(&mut self.rings).into_iter();
                if let Some(exterior) = rings.next() {
                    let polygon = Polygon::new(exterior, rings.collect());
                    self.shape.polygons.push(polygon);
                }
            }
            // A track of Google's: a position an element, with spaces between its numbers.
            (Some("Track"), "coord") => {
                let mut numbers = self.text.split_whitespace().map(str::parse);
                if let (Some(Ok(x)), Some(Ok(y))) = (numbers.next(), numbers.next()) {
                    self.track.push(Coord { x, y });
                }
            }
            (_, "Track") => {
                let track = std::mem::take(&mut self.track);
                self.shape.lines.push(LineString(track));
            }
            _ => {}
        }
    }

    fn is_in(&self, element: &str) -> bool {
        self.open.iter().any(|name| name == element)
    }
}

/// `lon,lat,height lon,lat,height …`; what is no number is no place, which placing finds.
fn coordinates(text: &str) -> Vec<Coord> {
    let number = |text: Option<&str>| {
        let number = text.and_then(|text| text.trim().parse().ok());
        number.unwrap_or(f64::NAN)
    };
    text.split_whitespace()
        .map(|tuple| {
            let mut parts = tuple.split(',');
            Coord {
                x: number(parts.next()),
                y: number(parts.next()),
            }
        })
        .collect()
}
