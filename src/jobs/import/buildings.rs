//! A list of buildings: each row is given to the estate it stands in.
//!
//! A row in no estate, and one whose building the survey holds already, give no record and say so
//! in the list: every row has one fate («不重不漏»).

use super::assign::Estates;
use super::place::{self, Cell, Degrees, Place, PlaceContext, is_of_place, problem, rejected};
use super::values::{self, CellContext, Reading};
use super::{Context, Records, Stopped, Take, give};
use crate::catalogue::{Folded, Headings, Target};
use crate::formats::{RawGeometry, RawRow, RawTable};
use crate::model::{
    Building, BuildingField, BuildingId, Change, EstateId, Field, Kind, Origin, RejectedRow,
    RowProblem, RowProblemKind, Standing, Survey, Value,
};
use geo::CoordsIter;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(super) fn read(
    survey: &Survey,
    table: &RawTable,
    headings: &Headings,
    context: &Context,
    take: &mut Take<'_>,
) -> Result<Records, Stopped> {
    let mut reader = Reader {
        context,
        headings,
        columns: &table.columns,
        survey,
        estates: Estates::of(survey),
        known: survey
            .buildings()
            .map(|building| identity(survey, building))
            .collect(),
        warnings: Vec::new(),
    };
    let mut records = Records::default();
    context.each_row(table, |raw| {
        if !context.reads(raw.row) {
            return Ok(());
        }
        match reader.read(raw) {
            Ok(building) => {
                records.buildings += 1;
                give(
                    take,
                    Change::Building {
                        id: building.id,
                        before: None,
                        after: Some(Arc::new(building)),
                    },
                )?;
            }
            Err(row) => records.rejected.push(row),
        }
        Ok(())
    })?;
    records.warnings = reader.warnings;
    Ok(records)
}

struct Reader<'a> {
    context: &'a Context<'a>,
    headings: &'a Headings,
    columns: &'a [String],
    survey: &'a Survey,
    estates: Estates,
    /// Of every building of the survey, and of the rows read so far.
    known: BTreeSet<(EstateId, Identity)>,
    warnings: Vec<RowProblem>,
}

/// What makes two rows of one estate one building: the number, and where there is none the place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Identity {
    Number(String),
    /// The positions of its footprint or point, bit by bit.
    Place(Vec<(u64, u64)>),
}

impl Reader<'_> {
    fn read(&mut self, raw: &RawRow) -> Result<Building, RejectedRow> {
        if let RawGeometry::Unsupported(kind) = raw.geometry {
            let problem = problem(raw.row, RowProblemKind::UnsupportedGeometry, kind);
            return Err(rejected(raw, problem, self.columns));
        }
        let mut draft = Draft::new(self.context.origin(raw.row));
        let mut degrees = Degrees::default();
        for cell in raw.cells.iter() {
            let (index, text) = cell;
            match self.context.settings.mapping.target(&self.columns[index]) {
                Target::Building(field) => self.read_field(&mut draft, field, cell),
                Target::Lon => degrees.lon = Some(cell),
                Target::Lat => degrees.lat = Some(cell),
                Target::Source => draft.origin.source = text.trim().to_owned(),
                Target::SourceId => draft.origin.source_id = text.trim().to_owned(),
                Target::Field(_) | Target::Ignore => draft.keep(self.columns, cell),
            }
        }
        let place_context = PlaceContext {
            frame: self.context.frame,
            words: &self.headings.words,
            column_names: self.columns,
        };
        draft.put(place::read(raw, &degrees, &place_context));
        self.give(draft, raw)
    }

    /// Gives the building to its estate.
    fn give(&mut self, draft: Draft, raw: &RawRow) -> Result<Building, RejectedRow> {
        let Draft {
            mut building,
            kept,
            origin,
            warnings,
        } = draft;
        building.other = kept.into_iter().collect();
        building.origin = Some(origin);
        let refused = |kind, value: &str| {
            let problem = problem(raw.row, kind, value);
            Err(rejected(raw, problem, self.columns))
        };
        if building.footprint.is_none() && building.position.is_none() {
            return match warnings.into_iter().find(is_of_place) {
                Some(reason) => Err(rejected(raw, reason, self.columns)),
                None => refused(RowProblemKind::MissingGeometry, ""),
            };
        }
        let around = self
            .estates
            .around(building.footprint.as_deref(), building.position);
        let Some(estate) = around else {
            return refused(RowProblemKind::OutsideEveryEstate, &building.number);
        };
        building.estate = estate;
        if !self.known.insert(identity(self.survey, &building)) {
            return refused(RowProblemKind::AlreadyThere, &building.number);
        }
        self.warnings.extend(warnings);
        Ok(building)
    }

    fn read_field(&self, draft: &mut Draft, field: BuildingField, cell: Cell) {
        let context = CellContext {
            words: &self.headings.words,
            heading_unit_m2: self.headings.area_unit_m2(&self.columns[cell.0]),
            years: self.context.years.clone(),
        };
        let set = match value(field, cell.1, &context) {
            Ok(value) => draft.building.set(field, value),
            Err(kind) => return draft.keep_with_warning(self.columns, cell, kind),
        };
        if set.is_err() {
            draft.keep_with_warning(self.columns, cell, RowProblemKind::OutOfRange);
        }
    }
}

/// A building in the making; its estate is still to be found.
struct Draft {
    building: Building,
    /// What no field takes, by column.
    kept: BTreeMap<String, String>,
    origin: Origin,
    warnings: Vec<RowProblem>,
}

impl Draft {
    fn new(origin: Origin) -> Self {
        let id = BuildingId::of_row(origin.list, origin.row);
        Self {
            building: Building::new(id, EstateId(uuid::Uuid::nil())),
            kept: BTreeMap::new(),
            origin,
            warnings: Vec::new(),
        }
    }

    fn put(&mut self, place: Place) {
        self.building.footprint = place.outline;
        self.building.position = place.position;
        self.kept.extend(place.kept);
        self.warnings.extend(place.problems);
    }

    fn keep(&mut self, columns: &[String], (index, text): Cell) {
        let name = columns[index].clone();
        self.kept.insert(name, text.to_owned());
    }

    fn keep_with_warning(&mut self, columns: &[String], cell: Cell, kind: RowProblemKind) {
        let mut warning = problem(self.origin.row, kind, cell.1);
        warning.column = Some(columns[cell.0].clone());
        self.warnings.push(warning);
        self.keep(columns, cell);
    }
}

/// What a cell says about its field; `None` is "not surveyed".
fn value(
    field: BuildingField,
    text: &str,
    context: &CellContext,
) -> Result<Option<Value>, RowProblemKind> {
    // Each field of a building is read as a field of an estate of its kind is.
    let like = match field.kind() {
        Kind::Text => Field::Remarks,
        Kind::Year => Field::BuildYear,
        Kind::SquareMetres => Field::FloorArea,
        _ => Field::Households,
    };
    // 无 in a column of lifts means that there is none, or that nobody looked: it is asked about.
    let asks_whether = field == BuildingField::Lifts;
    if asks_whether && context.words.is_nothing(&Folded::of(text)) {
        return Err(RowProblemKind::NotANumber);
    }
    match values::read(&like, text, context)? {
        Reading::NotSurveyed => Ok(None),
        Reading::Value(value) => Ok(Some(value)),
        // One building was built once.
        Reading::Years(..) => Err(RowProblemKind::NotANumber),
    }
}

/// The estate that the building is numbered in, and what tells it from the others there.
fn identity(survey: &Survey, building: &Building) -> (EstateId, Identity) {
    let mut estate = building.estate;
    // Records merged into one number their buildings together; a part has numbers of its own.
    for _ in 0..survey.estates().len() {
        match survey.estate(estate).map(|record| &record.standing) {
            Some(Standing::Merged { into, .. }) => estate = *into,
            _ => break,
        }
    }
    let identity = match building.number_core() {
        Some(number) => Identity::Number(number),
        None => Identity::Place(positions(building)),
    };
    (estate, identity)
}

fn positions(building: &Building) -> Vec<(u64, u64)> {
    let bits = |coord: geo::Coord| (coord.x.to_bits(), coord.y.to_bits());
    match (&building.footprint, building.position) {
        (Some(footprint), _) => footprint.coords_iter().map(bits).collect(),
        (None, Some(position)) => vec![bits(position.into())],
        // A building without number and place is like no other.
        (None, None) => vec![building.id.0.as_u64_pair()],
    }
}
