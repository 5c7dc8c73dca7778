//! A survey, or a part of it, as a file for other programs.
//!
//! A template says which records and columns, a filter which of the records, `formats::exchange` how
//! they are written. [`Exporter`] takes records one by one, so that whoever reads them from a file
//! need not hold them all; [`export_survey`] goes through a survey in memory. Columns are resolved
//! once, and texts are borrowed on their way.

mod cells;
mod columns;
mod facts;
mod filter;
mod names;

#[cfg(test)]
mod round_trip_tests;
#[cfg(test)]
mod tests;

pub use crate::catalogue::{
    ColumnFault, ExportTemplate, Needs, TemplateError, TemplateFault, WhichRecords,
};
pub use crate::formats::exchange::{ExchangeFormat, RecordWriter, WriteError, Written};
pub use crate::formats::library::Profile;
pub use columns::Beyond;
pub use facts::Facts;
pub use filter::FilterError;

use crate::catalogue::Catalogue;
use crate::formats::exchange::{Cell, Layer, Record, Shape, writer};
use crate::jobs::release::order_in_library;
use crate::model::{Estate, Survey};
use crate::progress::{Cancelled, Progress};
use crate::rules::fate::Fate;
use columns::{Columns, Outlet};
use filter::Filter;
use jiff::civil::Date;
use names::Names;
use std::borrow::Cow;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Records between two looks at whether to stop.
const PROGRESS_STEP: u64 = 256;

/// Why there is no export.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error(transparent)]
    Template(#[from] TemplateError),
    #[error(transparent)]
    Filter(#[from] FilterError),
    /// The filter that the template itself has.
    #[error("the template's filter: {0}")]
    TemplateFilter(FilterError),
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// A record has a column or a facility item that [`Beyond`] did not name: look at them all.
    #[error("a record holds more than was looked for")]
    Beyond,
}

/// What becomes of the records of a survey.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sorted {
    pub written: usize,
    /// Not of the records that the template is about.
    pub of_other_kinds: usize,
    pub filtered_out: usize,
}

/// An export that is in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    pub written: Written,
    pub sorted: Sorted,
}

/// What to write, looked up once for all records.
#[derive(Clone, Debug)]
pub struct Plan {
    pub layer: Layer,
    outlets: Vec<Outlet>,
    gaps: Option<Range<usize>>,
    other: Option<Range<usize>>,
    records: WhichRecords,
    filters: Vec<Filter>,
}

impl Plan {
    /// The columns and the condition of an export. `beyond` is what the records hold besides what
    /// the catalogue knows; a filter may name its columns.
    ///
    /// # Errors
    /// [`ExportError::Template`], [`ExportError::Filter`], [`ExportError::TemplateFilter`].
    pub fn new(
        template: &ExportTemplate,
        filter: &str,
        format: ExchangeFormat,
        profile: Profile,
        catalogue: &Catalogue,
        beyond: &Beyond,
    ) -> Result<Self, ExportError> {
        let Columns {
            outlets,
            columns,
            gaps,
            other,
        } = columns::resolve(template, format, catalogue, beyond)?;
        let mut filters = Vec::new();
        {
            let sources = outlets.iter().map(|outlet| &outlet.source);
            let mut names = Names::new(sources.zip(&columns), catalogue);
            names.add_other(&beyond.other);
            let own = template.filter.as_deref().unwrap_or_default();
            filters.extend(Filter::parse(own, &names).map_err(ExportError::TemplateFilter)?);
            filters.extend(Filter::parse(filter, &names)?);
        }
        Ok(Self {
            layer: Layer {
                name: template.layer.clone(),
                title: template.title.clone(),
                columns,
                profile,
            },
            outlets,
            gaps,
            other,
            records: template.records,
            filters,
        })
    }

    /// What has to be known beside the records.
    pub fn needs(&self) -> Needs {
        let outlets = self.outlets.iter().map(|outlet| outlet.source.needs());
        outlets.fold(self.needs_to_choose(), Needs::max)
    }

    /// The same where records are only counted.
    pub fn needs_to_choose(&self) -> Needs {
        let of_records = match self.records {
            WhichRecords::Library => Needs::Judgements,
            _ => Needs::Record,
        };
        let filters = self.filters.iter().map(Filter::needs);
        filters.fold(of_records, Needs::max)
    }

    fn sort<'a>(&self, estate: &'a Estate, facts: &'a Facts<'a>) -> Place {
        let is_of_kind = match self.records {
            WhichRecords::All => true,
            WhichRecords::Counted => estate.standing.is_counted(),
            WhichRecords::Outlined => estate.standing.is_counted() && estate.boundary.is_some(),
            WhichRecords::Library => {
                let judgement = facts.judgements.get(&estate.id);
                judgement.is_some_and(|judgement| judgement.fate == Fate::Kept)
            }
        };
        match is_of_kind {
            false => Place::OfOtherKind,
            true if self.filters.iter().all(|it| it.takes(estate, facts)) => Place::Written,
            true => Place::FilteredOut,
        }
    }

    fn record<'a>(
        &'a self,
        estate: &'a Estate,
        facts: &'a Facts<'a>,
    ) -> Result<Record<'a>, ExportError> {
        Ok(Record {
            id: Cow::Owned(estate.id.to_string()),
            name: Cow::Borrowed(&estate.name),
            shape: match (&estate.boundary, estate.position) {
                (Some(boundary), _) => Shape::Outline(boundary),
                (None, Some(position)) => Shape::Point(position),
                (None, None) => Shape::None,
            },
            cells: self.cells(estate, facts)?,
        })
    }

    fn cells<'a>(
        &'a self,
        estate: &'a Estate,
        facts: &'a Facts<'a>,
    ) -> Result<Vec<Cell<'a>>, ExportError> {
        let cell = |outlet: &'a Outlet| outlet.written(cells::cell(&outlet.source, estate, facts));
        let (before, other, after) = match &self.other {
            Some(other) => (
                &self.outlets[..other.start],
                &self.outlets[other.clone()],
                &self.outlets[other.end..],
            ),
            None => (&self.outlets[..], &[][..], &[][..]),
        };
        let mut cells = Vec::with_capacity(self.outlets.len());
        cells.extend(before.iter().map(cell));
        // Both are in the order of the names: one walk, and what is left over had no column.
        let mut texts = estate.other.iter().peekable();
        cells.extend(other.iter().map(|outlet| {
            let found = texts.next_if(|(name, _)| outlet.source.is_other(name));
            found.map_or(Cell::Empty, |(_, text)| cells::text(text))
        }));
        cells.extend(after.iter().map(cell));
        let has_more = self.other.is_some() && texts.next().is_some();
        let has_items = self.gaps.as_ref().is_some_and(|gaps| {
            let known = cells[gaps.clone()]
                .iter()
                .filter(|cell| **cell != Cell::Empty);
            known.count() < estate.gaps.len()
        });
        match has_more || has_items {
            true => Err(ExportError::Beyond),
            false => Ok(cells),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Written,
    OfOtherKind,
    FilteredOut,
}

impl Sorted {
    fn count(&mut self, place: Place) {
        match place {
            Place::Written => self.written += 1,
            Place::OfOtherKind => self.of_other_kinds += 1,
            Place::FilteredOut => self.filtered_out += 1,
        }
    }

    fn records(&self) -> u64 {
        (self.written + self.of_other_kinds + self.filtered_out) as u64
    }
}

/// Takes records one by one into a file. Dropped unfinished, it leaves nothing behind.
pub struct Exporter<'a> {
    plan: &'a Plan,
    facts: &'a Facts<'a>,
    writer: Box<dyn RecordWriter>,
    sorted: Sorted,
    progress: &'a Progress,
}

impl<'a> Exporter<'a> {
    pub fn new(
        plan: &'a Plan,
        facts: &'a Facts<'a>,
        writer: Box<dyn RecordWriter>,
        progress: &'a Progress,
    ) -> Self {
        Self {
            plan,
            facts,
            writer,
            sorted: Sorted::default(),
            progress,
        }
    }

    /// Writes the record, if it is one of those wanted.
    ///
    /// # Errors
    /// [`ExportError::Write`], [`ExportError::Cancelled`].
    pub fn take(&mut self, estate: &Estate) -> Result<(), ExportError> {
        let done = self.sorted.records();
        if done.is_multiple_of(PROGRESS_STEP) {
            self.progress.reach(done)?;
        }
        let place = self.plan.sort(estate, self.facts);
        self.sorted.count(place);
        if place == Place::Written {
            self.writer.record(&self.plan.record(estate, self.facts)?)?;
        }
        Ok(())
    }

    /// Puts the file in place.
    ///
    /// # Errors
    /// [`ExportError::Write`], [`ExportError::Cancelled`].
    pub fn finish(self) -> Result<Exported, ExportError> {
        self.progress.reach(self.sorted.records())?;
        Ok(Exported {
            written: self.writer.finish()?,
            sorted: self.sorted,
        })
    }
}

/// What somebody asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportRequest {
    pub path: PathBuf,
    pub format: ExchangeFormat,
    /// Of GeoJSON.
    pub profile: Profile,
    pub template: ExportTemplate,
    /// An SQL condition; blank for every record.
    pub filter: String,
}

impl ExportRequest {
    /// # Errors
    /// As [`Plan::new`].
    pub fn plan(&self, catalogue: &Catalogue, beyond: &Beyond) -> Result<Plan, ExportError> {
        Plan::new(
            &self.template,
            &self.filter,
            self.format,
            self.profile,
            catalogue,
            beyond,
        )
    }

    /// Exports a survey in memory.
    ///
    /// # Errors
    /// [`ExportError`]; what stood under the name before still stands there.
    pub fn run(
        &self,
        survey: &Survey,
        catalogue: &Catalogue,
        today: Date,
        progress: &Progress,
    ) -> Result<Exported, ExportError> {
        let plan = self.plan(catalogue, &Beyond::of(survey))?;
        let writer = self.writer(&plan)?;
        export_survey(survey, catalogue, &plan, today, writer, progress)
    }

    /// Begins the file.
    ///
    /// # Errors
    /// [`WriteError`].
    pub fn writer(&self, plan: &Plan) -> Result<Box<dyn RecordWriter>, WriteError> {
        writer(self.format, &self.path, &plan.layer)
    }
}

/// Whether both are one file, through links and whatever the paths are written like: an export must
/// not take the place of the survey that it is of.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// Writes a survey in memory, in the order of the library.
///
/// # Errors
/// [`ExportError::Write`], [`ExportError::Cancelled`].
pub fn export_survey(
    survey: &Survey,
    catalogue: &Catalogue,
    plan: &Plan,
    today: Date,
    writer: Box<dyn RecordWriter>,
    progress: &Progress,
) -> Result<Exported, ExportError> {
    let facts = Facts::of_survey(survey, catalogue, plan.needs(), today, progress)?;
    let mut estates: Vec<&Estate> = survey.estates().map(|estate| &**estate).collect();
    estates.sort_by_cached_key(|estate| order_in_library(estate));
    progress.begin(estates.len() as u64);
    let mut exporter = Exporter::new(plan, &facts, writer, progress);
    estates
        .into_iter()
        .try_for_each(|estate| exporter.take(estate))?;
    exporter.finish()
}

/// What an export of `survey` would write, without writing it.
///
/// # Errors
/// [`Cancelled`] when the user stopped it.
pub fn count(
    survey: &Survey,
    catalogue: &Catalogue,
    plan: &Plan,
    today: Date,
    progress: &Progress,
) -> Result<Sorted, Cancelled> {
    let facts = Facts::of_survey(survey, catalogue, plan.needs_to_choose(), today, progress)?;
    let mut sorted = Sorted::default();
    progress.begin(survey.estates().len() as u64);
    for estate in survey.estates() {
        sorted.count(plan.sort(estate, &facts));
        if sorted.records().is_multiple_of(PROGRESS_STEP) {
            progress.reach(sorted.records())?;
        }
    }
    Ok(sorted)
}

impl Beyond {
    /// What the records of a survey hold beyond the catalogue.
    pub fn of(survey: &Survey) -> Self {
        let mut beyond = Self::default();
        survey.estates().for_each(|estate| beyond.take(estate));
        beyond
    }
}
