//! Maps of reports: boundaries in metres around a place, and how they look.

use crate::catalogue::Borders;
use crate::formats::pdf::{Ink, Least, Look, MapFigure, Name, Shape};
use crate::geometry::plane::Plane;
use crate::model::{Batch, Boundary, Coded, Estate, EstateId, LonLat};
use geo::BoundingRect;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A map, and what could not be drawn on it.
pub struct MapSeen {
    pub figure: MapFigure,
    /// Records without boundary or position.
    pub without_place: usize,
}

/// Around an estate, what is shown of its surroundings: a share of its own size, and at least this.
const AROUND: f64 = 0.6;
const LEAST_AROUND_M: f64 = 60.0;
/// Names on a map of a county beyond this only hide each other …
const MOST_NAMES: usize = 120;
/// … and among more estates than this they hide what they name.
const MOST_NAMED: usize = 400;
/// In points.
const SHEET_HEIGHT: f32 = 235.0;
const COUNTY_HEIGHT: f32 = 520.0;

pub fn own_look() -> Look {
    Look {
        fill: Some(Ink::SERIES[0].pale()),
        line: Some((Ink::ACCENT, 1.4)),
    }
}

pub fn neighbour_look() -> Look {
    Look {
        fill: Some(Ink::NEIGHBOUR),
        line: Some((Ink::BORDER, 0.5)),
    }
}

/// Of an estate in this batch; `None` where it is in none.
pub fn batch_look(batch: Option<Batch>) -> Look {
    let fill = match batch {
        Some(Batch::Implement) => Ink::SERIES[2],
        Some(Batch::Planned) => Ink::SERIES[4],
        Some(Batch::Reserve) => Ink::SERIES[1],
        Some(Batch::NotAdmitted) | None => Ink::SERIES[5],
    };
    Look {
        fill: Some(fill),
        line: Some((Ink::TEXT, 0.3)),
    }
}

/// The map of an estate's sheet; `None` where nobody knows where it lies.
pub(super) fn of_estate(
    placed: &[(&Arc<Estate>, geo::Rect)],
    estate: &Estate,
) -> Option<MapFigure> {
    let bounds = estate.extent()?;
    let plane = Plane::at(bounds.center().into());
    let [low, high] = [bounds.min(), bounds.max()].map(|corner| plane.to_metres(corner.into()));
    let side = (high.x - low.x).max(high.y - low.y).max(LEAST_AROUND_M);
    let around = (side * AROUND).max(LEAST_AROUND_M);
    let extent = [
        low.x - around,
        low.y - around,
        high.x + around,
        high.y + around,
    ];
    // The page is wider than high: neighbours left and right are seen as well.
    let seen = [
        extent[0] - 2.0 * side,
        extent[1],
        extent[2] + 2.0 * side,
        extent[3],
    ];
    let mut shapes = Vec::new();
    let mut names = vec![Name {
        at: middle(&plane, estate).unwrap_or([0.0, 0.0]),
        text: estate.name.clone(),
        size: 9.5,
    }];
    for (other, area) in placed.iter().filter(|(other, _)| other.id != estate.id) {
        let [from, to] = [area.min(), area.max()].map(|corner| plane.to_metres(corner.into()));
        let is_far = to.x < seen[0] || from.x > seen[2] || to.y < seen[1] || from.y > seen[3];
        if is_far {
            continue;
        }
        if let Some(boundary) = &other.boundary {
            shapes.extend(polygons(&plane, boundary, neighbour_look(), Least::True));
        }
        if let Some(at) = middle(&plane, other) {
            let (text, size) = (other.name.clone(), 7.0);
            names.push(Name { at, text, size });
        }
    }
    match &estate.boundary {
        Some(boundary) => shapes.extend(polygons(&plane, boundary, own_look(), Least::Square)),
        None => shapes.extend(estate.position.map(|at| point(&plane, at, own_look()))),
    }
    Some(MapFigure {
        extent,
        height: SHEET_HEIGHT,
        shapes,
        names,
        legend: Vec::new(),
        note: String::new(),
    })
}

/// The map of a county, each estate in the colour of its batch; `None` where nothing has a place.
pub(super) fn of_county(
    estates: &[&Arc<Estate>],
    batches: &BTreeMap<EstateId, Batch>,
    county_code: &str,
) -> Option<MapSeen> {
    let placed: Vec<_> = estates.iter().filter(|e| e.extent().is_some()).collect();
    let bounds = placed.iter().filter_map(|estate| estate.extent());
    let bounds = bounds.reduce(|all, one| {
        let (low, high) = (all.min(), all.max());
        geo::Rect::new(
            geo::Coord {
                x: low.x.min(one.min().x),
                y: low.y.min(one.min().y),
            },
            geo::Coord {
                x: high.x.max(one.max().x),
                y: high.y.max(one.max().y),
            },
        )
    })?;
    let plane = Plane::at(bounds.center().into());
    let [low, high] = [bounds.min(), bounds.max()].map(|corner| plane.to_metres(corner.into()));
    let around = ((high.x - low.x).max(high.y - low.y) * 0.04).max(100.0);
    let border = Look {
        fill: Some(Ink::PAPER),
        line: Some((Ink::BORDER, 1.0)),
    };
    let mut shapes = Vec::new();
    if let Some(district) = Borders::shipped().district(county_code) {
        shapes.extend(polygons(&plane, &district.boundary, border, Least::True));
    }
    // Those that come first are drawn last, on top.
    let rank = |estate: &Estate| {
        let batch = batches.get(&estate.id).copied();
        Batch::ALL.iter().position(|one| Some(*one) == batch)
    };
    let mut ordered: Vec<_> = placed.clone();
    ordered.sort_by_key(|estate| (std::cmp::Reverse(rank(estate)), estate.id));
    for estate in ordered {
        let look = batch_look(batches.get(&estate.id).copied());
        match &estate.boundary {
            Some(boundary) => shapes.extend(polygons(&plane, boundary, look, Least::Square)),
            None => shapes.extend(estate.position.map(|at| point(&plane, at, look))),
        }
    }
    let mut named: Vec<_> = placed.iter().filter(|e| !e.name.is_empty()).collect();
    named.sort_by_key(|estate| {
        (
            rank(estate),
            std::cmp::Reverse(estate.households),
            estate.id,
        )
    });
    let most = if named.len() > MOST_NAMED {
        0
    } else {
        MOST_NAMES
    };
    let names = named.into_iter().take(most).filter_map(|estate| {
        Some(Name {
            at: middle(&plane, estate)?,
            text: estate.name.clone(),
            size: 6.5,
        })
    });
    Some(MapSeen {
        figure: MapFigure {
            extent: [
                low.x - around,
                low.y - around,
                high.x + around,
                high.y + around,
            ],
            height: COUNTY_HEIGHT,
            shapes,
            names: names.collect(),
            legend: Vec::new(),
            note: String::new(),
        },
        without_place: estates.len() - placed.len(),
    })
}

fn middle(plane: &Plane, estate: &Estate) -> Option<[f64; 2]> {
    let at = plane.to_metres(estate.anchor().filter(|at| at.is_finite())?);
    Some([at.x, at.y])
}

/// The polygons of a boundary, each a shape of its own.
fn polygons(plane: &Plane, boundary: &Boundary, look: Look, least: Least) -> Vec<Shape> {
    // Whatever came from a file: a corner that is no number draws nothing.
    let is_finite = |polygon: &geo::Polygon| {
        let bounds = polygon.bounding_rect();
        bounds.is_some_and(|it| it.min().x.is_finite() && it.max().y.is_finite())
    };
    let flat = plane.flatten(boundary);
    flat.iter()
        .filter(|polygon| is_finite(polygon))
        .map(|polygon| {
            let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
            let rings =
                rings.map(|ring| ring.0.iter().map(|corner| [corner.x, corner.y]).collect());
            Shape {
                rings: Arc::new(rings.collect()),
                look,
                least,
            }
        })
        .collect()
}

/// A record without a boundary: where a list says that it is.
fn point(plane: &Plane, at: LonLat, look: Look) -> Shape {
    let at = plane.to_metres(at);
    let ring = vec![
        [at.x - 0.5, at.y - 0.5],
        [at.x + 0.5, at.y - 0.5],
        [at.x + 0.5, at.y + 0.5],
        [at.x - 0.5, at.y + 0.5],
    ];
    Shape {
        rings: Arc::new(vec![ring]),
        look,
        least: Least::Square,
    }
}
