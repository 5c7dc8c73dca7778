//! One row of a file as one record, with everything the file said about it.

use super::ImportSettings;
use super::boundary::{self, BoundaryReading};
use super::values::{self, CellContext, Reading};
use crate::catalogue::{Headings, Target};
use crate::formats::{RawGeometry, RawRow, geometry_text, readable};
use crate::model::{
    Estate, EstateId, Field, ListId, ListRole, Origin, RejectedRow, RowProblem, RowProblemKind,
    Value,
};
use geo::Coord;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// The key under which `Estate::other` keeps a geometry that could not become a place.
const GEOMETRY: &str = "geometry";

/// Reads the rows of one list, one after the other.
pub(super) struct RowReader<'a> {
    settings: &'a ImportSettings,
    list: ListId,
    columns: Vec<Column<'a>>,
    headings: &'a Headings,
    years: RangeInclusive<i32>,
    seen: BTreeSet<(String, String)>,
    /// What is odd about the rows that became records.
    pub warnings: Vec<RowProblem>,
}

struct Column<'a> {
    name: &'a str,
    target: Target,
    unit_m2: Option<f64>,
}

/// A record in the making.
struct Draft {
    estate: Estate,
    origin: Origin,
    warnings: Vec<RowProblem>,
}

/// A cell: its column, and its text.
type Cell<'a> = (usize, &'a str);

impl<'a> RowReader<'a> {
    pub fn new(
        settings: &'a ImportSettings,
        list: ListId,
        columns: &'a [String],
        headings: &'a Headings,
        years: RangeInclusive<i32>,
    ) -> Self {
        let columns = columns
            .iter()
            .map(|name| Column {
                name,
                target: settings.mapping.target(name),
                unit_m2: headings.area_unit_m2(name),
            })
            .collect();
        Self {
            settings,
            list,
            columns,
            headings,
            years,
            seen: BTreeSet::new(),
            warnings: Vec::new(),
        }
    }

    /// The record of a row.
    ///
    /// # Errors
    /// The row with the reason why it gives none: a geometry that is no place of an estate, or
    /// neither name, address nor place.
    pub fn read(&mut self, raw: &RawRow) -> Result<Estate, RejectedRow> {
        if let RawGeometry::Unsupported(kind) = raw.geometry {
            let problem = problem(raw.row, RowProblemKind::UnsupportedGeometry, kind);
            return Err(self.rejected(raw, problem));
        }
        let mut draft = Draft {
            estate: Estate::new(EstateId::of_row(self.list, raw.row)),
            origin: Origin {
                list: self.list,
                row: raw.row,
                source: String::new(),
                source_id: String::new(),
            },
            warnings: Vec::new(),
        };
        let (mut lon, mut lat) = (None, None);
        for (index, text) in &raw.cells {
            let cell = (*index, text.as_str());
            match self.columns[*index].target {
                Target::Field(field) => self.read_field(&mut draft, field, cell),
                Target::Lon => lon = Some(cell),
                Target::Lat => lat = Some(cell),
                Target::Source => draft.origin.source = text.trim().to_owned(),
                Target::SourceId => draft.origin.source_id = text.trim().to_owned(),
                Target::Ignore => self.keep(&mut draft, cell),
            }
        }
        self.read_place(&mut draft, &raw.geometry, lon, lat);
        let estate = &draft.estate;
        let has_place = estate.boundary.is_some() || estate.position.is_some();
        if estate.name.is_empty() && estate.address.is_empty() && !has_place {
            // A place that could not be read is the better reason.
            let reason = draft.warnings.into_iter().find(is_of_place);
            let reason = reason.unwrap_or_else(|| problem(raw.row, RowProblemKind::Empty, ""));
            return Err(self.rejected(raw, reason));
        }
        let is_expected = self.settings.role == ListRole::Estates;
        if is_expected && !has_place && !draft.warnings.iter().any(is_of_place) {
            let missing = problem(raw.row, RowProblemKind::MissingGeometry, "");
            draft.warnings.push(missing);
        }
        self.note_source_id(&mut draft);
        self.warnings.append(&mut draft.warnings);
        draft.estate.origin = Some(draft.origin);
        Ok(draft.estate)
    }

    fn read_field(&self, draft: &mut Draft, field: Field, cell: Cell) {
        let context = CellContext {
            words: &self.headings.words,
            heading_unit_m2: self.columns[cell.0].unit_m2,
            years: self.years.clone(),
        };
        let estate = &mut draft.estate;
        let set = match values::read(&field, cell.1, &context) {
            Ok(Reading::NotSurveyed) => Ok(()),
            Ok(Reading::Value(value)) => estate.set(&field, Some(value)),
            Ok(Reading::Years(min, max)) => estate
                .set(&Field::YearMin, Some(Value::Year(min)))
                .and_then(|()| estate.set(&Field::YearMax, Some(Value::Year(max)))),
            Err(kind) => return self.keep_with_warning(draft, cell, kind),
        };
        if set.is_err() {
            self.keep_with_warning(draft, cell, RowProblemKind::UnknownCode);
        }
    }

    fn read_place(
        &self,
        draft: &mut Draft,
        geometry: &RawGeometry,
        lon: Option<Cell>,
        lat: Option<Cell>,
    ) {
        let datum = self.settings.datum;
        let refused = match geometry {
            RawGeometry::None | RawGeometry::Unsupported(_) => None,
            RawGeometry::Broken(_) => Some(RowProblemKind::InvalidGeometry),
            RawGeometry::Point(coord) => match boundary::position(*coord, datum) {
                Ok(position) => {
                    draft.estate.position = Some(position);
                    None
                }
                Err(kind) => Some(kind),
            },
            RawGeometry::Polygons(polygons) => match boundary::boundary(polygons, datum) {
                Ok(BoundaryReading::Sound(boundary)) => {
                    draft.estate.boundary = Some(Arc::new(boundary));
                    None
                }
                Ok(BoundaryReading::Doubtful(boundary)) => {
                    draft.estate.boundary = Some(Arc::new(boundary));
                    let warning = problem(draft.origin.row, RowProblemKind::InvalidGeometry, "");
                    draft.warnings.push(warning);
                    None
                }
                Err(kind) => Some(kind),
            },
        };
        if let Some(kind) = refused {
            let text = geometry_text(geometry);
            draft.warnings.push(problem(draft.origin.row, kind, &text));
            draft.estate.other.insert(GEOMETRY.to_owned(), text);
        }
        match draft.estate.position {
            // The point of the geometry stands; what the columns say is kept beside it.
            Some(_) => [lon, lat]
                .into_iter()
                .flatten()
                .for_each(|cell| self.keep(draft, cell)),
            None => self.read_position_columns(draft, lon, lat),
        }
    }

    fn read_position_columns(&self, draft: &mut Draft, lon: Option<Cell>, lat: Option<Cell>) {
        let words = &self.headings.words;
        let degrees = |cell: Option<Cell>| cell.map_or(Ok(None), |c| values::degrees(c.1, words));
        let position = match (degrees(lon), degrees(lat)) {
            (Ok(None), Ok(None)) => return,
            (Ok(Some(x)), Ok(Some(y))) => boundary::position(Coord { x, y }, self.settings.datum),
            _ => Err(RowProblemKind::BadPosition),
        };
        match position {
            Ok(position) => draft.estate.position = Some(position),
            Err(kind) => {
                let cells: Vec<Cell> = [lon, lat].into_iter().flatten().collect();
                let texts: Vec<&str> = cells.iter().map(|(_, text)| *text).collect();
                let mut warning = problem(draft.origin.row, kind, &texts.join(" "));
                warning.column = cells.first().map(|(i, _)| self.columns[*i].name.to_owned());
                draft.warnings.push(warning);
                cells.into_iter().for_each(|cell| self.keep(draft, cell));
            }
        }
    }

    fn note_source_id(&mut self, draft: &mut Draft) {
        let Origin {
            source, source_id, ..
        } = &draft.origin;
        if source_id.is_empty() || self.seen.insert((source.clone(), source_id.clone())) {
            return;
        }
        let id_column = self.columns.iter().find(|c| c.target == Target::SourceId);
        let mut repeated = problem(
            draft.origin.row,
            RowProblemKind::RepeatedSourceId,
            source_id,
        );
        repeated.column = id_column.map(|column| column.name.to_owned());
        draft.warnings.push(repeated);
    }

    fn keep(&self, draft: &mut Draft, (index, text): Cell) {
        let name = self.columns[index].name.to_owned();
        draft.estate.other.insert(name, text.to_owned());
    }

    fn keep_with_warning(&self, draft: &mut Draft, cell: Cell, kind: RowProblemKind) {
        let mut warning = problem(draft.origin.row, kind, cell.1);
        warning.column = Some(self.columns[cell.0].name.to_owned());
        draft.warnings.push(warning);
        self.keep(draft, cell);
    }

    fn rejected(&self, raw: &RawRow, problem: RowProblem) -> RejectedRow {
        let cells = raw.cells.iter();
        let texts: Vec<_> = cells
            .map(|(index, text)| format!("{}: {}", self.columns[*index].name, text.trim()))
            .collect();
        RejectedRow {
            problem,
            text: readable(&texts.join(", ")),
            set_aside: None,
        }
    }
}

fn is_of_place(problem: &RowProblem) -> bool {
    use RowProblemKind::{BadPosition, InvalidGeometry, OutsideChina};
    matches!(problem.kind, InvalidGeometry | BadPosition | OutsideChina)
}

fn problem(row: u32, kind: RowProblemKind, value: &str) -> RowProblem {
    RowProblem {
        row,
        column: None,
        kind,
        value: readable(value),
    }
}
