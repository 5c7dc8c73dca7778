//! GPX: waypoints, routes and tracks, with their times.

use super::error::{LayerError, LayerErrorKind};
use super::raw::{RawLayer, RawShape, System};
use super::xml::{Token, Tokens};
use crate::formats::read_text;
use crate::model::{Crs, Datum, LonLat};
use crate::progress::Progress;
use geo::{Coord, LineString};
use std::path::Path;

/// A position that a receiver recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    pub position: LonLat,
    /// `None` where the file has no time or none that can be read.
    pub at: Option<jiff::Timestamp>,
    /// Horizontal dilution of precision.
    pub hdop: Option<f64>,
    /// The name of a waypoint, or of the track.
    pub name: String,
}

/// The positions of all tracks and waypoints of a file, in its order; those that are no place on
/// Earth are left out.
///
/// # Errors
/// [`LayerError`] where the file cannot be read or is no GPX.
pub fn recorded(path: &Path, progress: &Progress) -> Result<Vec<Recorded>, LayerError> {
    let found = || {
        let bytes = std::fs::read(path).map_err(LayerErrorKind::Io)?;
        let mut all = Vec::new();
        for thing in things(&bytes, progress)? {
            // A route was planned, not recorded.
            if thing.kind == Kind::Route {
                continue;
            }
            let name = thing.name();
            let points = thing.segments.into_iter().flatten();
            all.extend(points.filter_map(|point| point.recorded(&name)));
        }
        Ok(all)
    };
    found().map_err(|kind| LayerError::of(path, kind))
}

pub(super) fn read(
    name: String,
    bytes: &[u8],
    progress: &Progress,
) -> Result<RawLayer, LayerErrorKind> {
    // GPX 1.1: WGS 84 and no other.
    let mut layer = RawLayer::new(name, System::Named(Crs::Degrees(Datum::Wgs84)));
    for (thing, number) in things(bytes, progress)?.into_iter().zip(1..) {
        let mut cells = thing.cells;
        let points = || thing.segments.iter().flatten();
        let times = || points().map(|point| &point.time).filter(|t| !t.is_empty());
        match thing.kind {
            Kind::Waypoint => cells.extend(times().next().map(|t| ("time".to_owned(), t.clone()))),
            Kind::Route | Kind::Track => {
                cells.extend(times().next().map(|t| ("start".to_owned(), t.clone())));
                cells.extend(times().next_back().map(|t| ("end".to_owned(), t.clone())));
            }
        }
        let segments = thing.segments.iter();
        let coords = |segment: &Vec<TrackPoint>| segment.iter().map(|p| p.coord).collect();
        let shape = match thing.kind {
            Kind::Waypoint => RawShape {
                points: points().map(|point| point.coord).collect(),
                ..RawShape::default()
            },
            Kind::Route | Kind::Track => RawShape {
                lines: segments
                    .map(|segment| LineString(coords(segment)))
                    .collect(),
                ..RawShape::default()
            },
        };
        layer.add(number, Ok(shape), cells);
    }
    Ok(layer)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Waypoint,
    Route,
    Track,
}

/// A waypoint, a route or a track.
struct Thing {
    kind: Kind,
    cells: Vec<(String, String)>,
    segments: Vec<Vec<TrackPoint>>,
}

struct TrackPoint {
    coord: Coord,
    time: String,
    hdop: Option<f64>,
}

impl Thing {
    fn name(&self) -> String {
        let cell = self.cells.iter().find(|(key, _)| key == "name");
        cell.map(|(_, text)| text.clone()).unwrap_or_default()
    }
}

impl TrackPoint {
    fn of(attributes: &[(String, String)]) -> Self {
        let number = |key: &str| {
            let found = attributes.iter().find(|(name, _)| name == key);
            let number = found.and_then(|(_, text)| text.trim().parse().ok());
            number.unwrap_or(f64::NAN)
        };
        Self {
            coord: Coord {
                x: number("lon"),
                y: number("lat"),
            },
            time: String::new(),
            hdop: None,
        }
    }

    fn recorded(self, name: &str) -> Option<Recorded> {
        let position = LonLat::from(self.coord);
        position.is_on_earth().then(|| Recorded {
            position,
            at: self.time.parse().ok(),
            hdop: self.hdop,
            name: name.to_owned(),
        })
    }
}

fn things(bytes: &[u8], progress: &Progress) -> Result<Vec<Thing>, LayerErrorKind> {
    let text = read_text(bytes)?;
    let mut tokens = Tokens::of(&text);
    let mut things: Vec<Thing> = Vec::new();
    // Elements open below the root, and the text of the innermost.
    let mut open: Vec<String> = Vec::new();
    let mut content = String::new();
    progress.begin(text.len() as u64);
    while let Some(token) = tokens.next()? {
        match token {
            Token::Open { name, attributes } => {
                content.clear();
                let kind = match (open.len(), name.as_str()) {
                    (1, "wpt") => Some(Kind::Waypoint),
                    (1, "rte") => Some(Kind::Route),
                    (1, "trk") => Some(Kind::Track),
                    _ => None,
                };
                things.extend(kind.map(|kind| Thing {
                    kind,
                    cells: Vec::new(),
                    segments: match kind {
                        Kind::Waypoint => vec![vec![TrackPoint::of(&attributes)]],
                        Kind::Route => vec![Vec::new()],
                        Kind::Track => Vec::new(),
                    },
                }));
                if let Some(thing) = things.last_mut().filter(|_| open.len() > 1) {
                    match name.as_str() {
                        "trkseg" => thing.segments.push(Vec::new()),
                        "rtept" | "trkpt" => {
                            progress.reach(tokens.position())?;
                            if let Some(segment) = thing.segments.last_mut() {
                                segment.push(TrackPoint::of(&attributes));
                            }
                        }
                        _ => {}
                    }
                }
                open.push(name);
            }
            Token::Text(text) => content.push_str(&text),
            Token::Close(name) => {
                open.pop();
                if let Some(thing) = things.last_mut() {
                    take(thing, &open, &name, content.trim());
                }
                content.clear();
            }
        }
    }
    Ok(things)
}

/// The text of an element goes to the thing or the point that it stands in.
fn take(thing: &mut Thing, open: &[String], name: &str, text: &str) {
    let point = thing
        .segments
        .last_mut()
        .and_then(|segment| segment.last_mut());
    let parent = open.last().map(String::as_str);
    let is_own = open.len() == 2 && matches!(parent, Some("wpt" | "rte" | "trk"));
    match (parent, name) {
        (Some("wpt" | "trkpt" | "rtept"), "time") => {
            if let Some(point) = point {
                point.time = text.to_owned();
            }
        }
        (Some("wpt" | "trkpt" | "rtept"), "hdop") => {
            if let Some(point) = point {
                point.hdop = text.parse().ok();
            }
        }
        (_, "name" | "desc" | "cmt" | "ele" | "sym" | "type") if is_own => {
            thing.cells.push((name.to_owned(), text.to_owned()));
        }
        _ => {}
    }
}
