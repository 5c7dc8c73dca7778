//! Where the record of a row lies: its geometry, else its columns of coordinates; and what of both
//! could be no place.

use super::boundary::{self, BoundaryReading};
use super::frame::Frame;
use super::values;
use crate::catalogue::CellWords;
use crate::formats::{RawGeometry, RawRow, geometry_text, readable};
use crate::geodesy::crs::is_far_from_meridian;
use crate::model::{Boundary, LonLat, RejectedRow, RowProblem, RowProblemKind};
use geo::{Coord, CoordsIter};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The key under which a record's `other` keeps a geometry that could not become a place.
const GEOMETRY: &str = "geometry";

/// A cell: its column, and its text.
pub(super) type Cell<'a> = (usize, &'a str);

/// The cells that give a position.
#[derive(Default)]
pub(super) struct Degrees<'a> {
    pub lon: Option<Cell<'a>>,
    pub lat: Option<Cell<'a>>,
}

/// What reading a place depends on besides the row.
pub(super) struct PlaceContext<'a> {
    pub frame: Frame,
    pub words: &'a CellWords,
    pub column_names: &'a [String],
}

/// The place of a row.
#[derive(Default)]
pub(super) struct Place {
    pub outline: Option<Arc<Boundary>>,
    pub position: Option<LonLat>,
    /// What could be no place, or deserves a look.
    pub problems: Vec<RowProblem>,
    /// Texts for the record's `other`, by column.
    pub kept: BTreeMap<String, String>,
}

pub(super) fn read(raw: &RawRow, degrees: &Degrees, context: &PlaceContext) -> Place {
    let mut place = Place::default();
    let refused = match &raw.geometry {
        RawGeometry::None | RawGeometry::Unsupported(_) => None,
        RawGeometry::Broken(_) => Some(RowProblemKind::InvalidGeometry),
        RawGeometry::Point(coord) => match boundary::position(*coord, context.frame) {
            Ok(position) => {
                place.position = Some(position);
                None
            }
            Err(kind) => Some(kind),
        },
        RawGeometry::Polygons(polygons) => match boundary::boundary(polygons, context.frame) {
            Ok(BoundaryReading::Sound(outline)) => {
                place.outline = Some(Arc::new(outline));
                None
            }
            Ok(BoundaryReading::Doubtful(outline)) => {
                place.outline = Some(Arc::new(outline));
                let warning = problem(raw.row, RowProblemKind::InvalidGeometry, "");
                place.problems.push(warning);
                None
            }
            Err(kind) => Some(kind),
        },
    };
    if let Some(kind) = refused {
        let text = geometry_text(&raw.geometry);
        place.problems.push(problem(raw.row, kind, &text));
        place.kept.insert(GEOMETRY.to_owned(), text);
    }
    match place.position {
        // The point of the geometry stands; what the columns say is kept beside it.
        Some(_) => place.keep(degrees, context),
        None => place.read_degrees(raw.row, degrees, context),
    }
    if let Some(at) = place.somewhere()
        && is_far_from_meridian(context.frame.crs, at)
    {
        let far = problem(raw.row, RowProblemKind::FarFromMeridian, "");
        place.problems.push(far);
    }
    place
}

impl Place {
    fn somewhere(&self) -> Option<LonLat> {
        let corner = |outline: &Arc<Boundary>| Some(outline.coords_iter().next()?.into());
        self.position
            .or_else(|| self.outline.as_ref().and_then(corner))
    }

    fn read_degrees(&mut self, row: u32, degrees: &Degrees, context: &PlaceContext) {
        let number =
            |cell: Option<Cell>| cell.map_or(Ok(None), |c| values::coordinate(c.1, context.words));
        let position = match (number(degrees.lon), number(degrees.lat)) {
            (Ok(None), Ok(None)) => return,
            (Ok(Some(x)), Ok(Some(y))) => boundary::position(Coord { x, y }, context.frame),
            _ => Err(RowProblemKind::BadPosition),
        };
        match position {
            Ok(position) => self.position = Some(position),
            Err(kind) => {
                let texts: Vec<&str> = degrees.cells().map(|(_, text)| text).collect();
                let mut warning = problem(row, kind, &texts.join(" "));
                let mut cells = degrees.cells();
                warning.column = cells.next().map(|(i, _)| context.column_names[i].clone());
                self.problems.push(warning);
                self.keep(degrees, context);
            }
        }
    }

    fn keep(&mut self, degrees: &Degrees, context: &PlaceContext) {
        for (index, text) in degrees.cells() {
            let name = context.column_names[index].clone();
            self.kept.insert(name, text.to_owned());
        }
    }
}

impl<'a> Degrees<'a> {
    fn cells(&self) -> impl Iterator<Item = Cell<'a>> {
        [self.lon, self.lat].into_iter().flatten()
    }
}

/// A row that gave no record, with its text.
pub(super) fn rejected(raw: &RawRow, problem: RowProblem, column_names: &[String]) -> RejectedRow {
    let cells = raw.cells.iter();
    let texts: Vec<_> = cells
        .map(|(index, text)| format!("{}: {}", column_names[index], text.trim()))
        .collect();
    RejectedRow {
        problem,
        text: readable(&texts.join(", ")),
        set_aside: None,
    }
}

pub(super) fn is_of_place(problem: &RowProblem) -> bool {
    use RowProblemKind::*;
    matches!(
        problem.kind,
        InvalidGeometry
            | BadPosition
            | OutsideChina
            | SwappedAxes
            | LooksLikeDegrees
            | LooksUnzoned
            | LooksZoned
            | LooksLikeMercator
    )
}

pub(super) fn problem(row: u32, kind: RowProblemKind, value: &str) -> RowProblem {
    RowProblem {
        row,
        column: None,
        kind,
        value: readable(value),
    }
}
