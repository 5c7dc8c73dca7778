//! One row of a file as one record, with everything the file said about it.

use super::place::{self, Cell, Degrees, PlaceContext, is_of_place, problem, rejected};
use super::values::{self, CellContext, Reading};
use super::{Context, Records, Stopped, Take, give};
use crate::catalogue::{Headings, OTHER, Target};
use crate::formats::{RawGeometry, RawRow, RawTable};
use crate::model::{
    Change, Estate, EstateId, Field, ListRole, Origin, OtherTexts, RejectedRow, RowProblem,
    RowProblemKind, Value,
};
use std::collections::HashSet;
use std::sync::Arc;

/// Reads the rows of a list of estates.
pub(super) fn read(
    table: &RawTable,
    headings: &Headings,
    context: &Context,
    take: &mut Take<'_>,
) -> Result<Records, Stopped> {
    let mut reader = RowReader::new(&table.columns, headings, context);
    let mut records = Records::default();
    context.each_row(table, |raw| {
        match reader.read(raw) {
            Ok(estate) => {
                match estate.boundary {
                    Some(_) => records.estates += 1,
                    None => records.register_rows += 1,
                }
                give(
                    take,
                    Change::Estate {
                        id: estate.id,
                        before: None,
                        after: Some(Arc::new(estate)),
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

/// Reads the rows of one list, one after the other.
struct RowReader<'a> {
    context: &'a Context<'a>,
    column_names: &'a [String],
    columns: Vec<Column<'a>>,
    headings: &'a Headings,
    seen: HashSet<(String, String)>,
    /// What is odd about the rows that became records.
    warnings: Vec<RowProblem>,
}

struct Column<'a> {
    name: &'a str,
    /// The name that a cell is kept under.
    own_name: &'a str,
    target: Target,
    unit_m2: Option<f64>,
    /// Its place in the order of those names.
    rank: usize,
}

/// A record in the making.
struct Draft<'r> {
    estate: Estate,
    /// Cells that no field takes.
    kept: Vec<Cell<'r>>,
    origin: Origin,
    warnings: Vec<RowProblem>,
}

/// The name of a column without the mark that an export of ours gives it where it would be taken
/// for a field.
fn own_name(column: &str) -> &str {
    column.strip_prefix(OTHER).unwrap_or(column)
}

impl<'a> RowReader<'a> {
    fn new(column_names: &'a [String], headings: &'a Headings, context: &'a Context<'a>) -> Self {
        let mut names: Vec<&str> = column_names.iter().map(|name| own_name(name)).collect();
        names.sort_unstable();
        let columns = column_names
            .iter()
            .map(|name| Column {
                name,
                own_name: own_name(name),
                rank: names.partition_point(|other| *other < own_name(name)),
                target: context.settings.mapping.target(name),
                unit_m2: headings.area_unit_m2(name),
            })
            .collect();
        Self {
            context,
            column_names,
            columns,
            headings,
            seen: HashSet::new(),
            warnings: Vec::new(),
        }
    }

    /// The record of a row.
    ///
    /// # Errors
    /// The row with the reason why it gives none: a geometry that is no place of an estate, or
    /// neither name, address nor place.
    fn read(&mut self, raw: &RawRow) -> Result<Estate, RejectedRow> {
        if let RawGeometry::Unsupported(kind) = raw.geometry {
            let problem = problem(raw.row, RowProblemKind::UnsupportedGeometry, kind);
            return Err(rejected(raw, problem, self.column_names));
        }
        let mut draft = Draft {
            estate: Estate::new(EstateId::of_row(self.context.list, raw.row)),
            kept: Vec::with_capacity(raw.cells.iter().count()),
            origin: self.context.origin(raw.row),
            warnings: Vec::new(),
        };
        let mut degrees = Degrees::default();
        for cell in raw.cells.iter() {
            let (index, text) = cell;
            match self.columns[index].target {
                Target::Field(field) => self.read_field(&mut draft, field, cell),
                Target::Lon => degrees.lon = Some(cell),
                Target::Lat => degrees.lat = Some(cell),
                Target::Source => draft.origin.source = text.trim().to_owned(),
                Target::SourceId => draft.origin.source_id = text.trim().to_owned(),
                Target::Building(_) | Target::Ignore => draft.kept.push(cell),
            }
        }
        let place = place::read(raw, &degrees, &self.place_context());
        draft.estate.boundary = place.outline;
        draft.estate.position = place.position;
        draft.warnings.extend(place.problems);
        let estate = &draft.estate;
        let has_place = estate.boundary.is_some() || estate.position.is_some();
        if estate.name.is_empty() && estate.address.is_empty() && !has_place {
            // A place that could not be read is the better reason.
            let reason = draft.warnings.into_iter().find(is_of_place);
            let reason = reason.unwrap_or_else(|| problem(raw.row, RowProblemKind::Empty, ""));
            return Err(rejected(raw, reason, self.column_names));
        }
        let is_expected = self.context.settings.role == ListRole::Estates;
        if is_expected && !has_place && !draft.warnings.iter().any(is_of_place) {
            let missing = problem(raw.row, RowProblemKind::MissingGeometry, "");
            draft.warnings.push(missing);
        }
        self.note_source_id(&mut draft);
        self.warnings.append(&mut draft.warnings);
        draft
            .kept
            .sort_unstable_by_key(|(index, _)| self.columns[*index].rank);
        let cells = draft.kept.iter();
        let cells = cells.map(|(index, text)| (self.columns[*index].own_name, *text));
        let of_place = place
            .kept
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()));
        draft.estate.other = OtherTexts::of(cells.chain(of_place));
        draft.estate.origin = Some(draft.origin);
        Ok(draft.estate)
    }

    fn read_field<'r>(&self, draft: &mut Draft<'r>, field: Field, cell: Cell<'r>) {
        let context = CellContext {
            words: &self.headings.words,
            heading_unit_m2: self.columns[cell.0].unit_m2,
            years: self.context.years.clone(),
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

    fn place_context(&self) -> PlaceContext<'_> {
        PlaceContext {
            frame: self.context.frame,
            words: &self.headings.words,
            column_names: self.column_names,
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

    fn keep_with_warning<'r>(&self, draft: &mut Draft<'r>, cell: Cell<'r>, kind: RowProblemKind) {
        let mut warning = problem(draft.origin.row, kind, cell.1);
        warning.column = Some(self.columns[cell.0].name.to_owned());
        draft.warnings.push(warning);
        draft.kept.push(cell);
    }
}
