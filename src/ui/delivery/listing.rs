//! What the list and the timeline know of each project, worked out once for each state of the
//! survey.

use super::DeliveryInput;
use super::filters::{Among, Filters};
use crate::model::{Estate, EstateId, Project, Yuan};
use crate::rules::delivery::{Late, Stage, lateness, stage};
use crate::rules::funding;
use crate::rules::projects::{Seat, seat};
use crate::words::{Language, fields};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A project, or an estate without one.
pub struct Row {
    pub estate: EstateId,
    pub name: String,
    pub county_code: String,
    /// `None` for an estate without a project.
    pub project: Option<Arc<Project>>,
    /// Whether the record still counts.
    pub seat: Seat,
    pub stage: Stage,
    pub late: Vec<Late>,
    pub cost: Option<Yuan>,
}

impl Row {
    pub fn year(&self) -> Option<i32> {
        self.project.as_ref()?.year
    }

    /// By how many days it is overdue; 0 where it is not.
    pub fn overdue_days(&self) -> i32 {
        let overdue = self.late.iter().filter(|late| late.is_overdue());
        overdue.filter_map(Late::days).max().unwrap_or(0)
    }
}

/// A state of the survey, on a day.
type Of = (u64, Date, Language);

#[derive(Default)]
pub struct Listing {
    of: Option<Of>,
    /// By name.
    projects: Vec<Row>,
    /// How many of them are late.
    pub late_count: usize,
    /// How many estates have no project …
    without_count: usize,
    /// … and which, once somebody asked for them: there may be very many.
    without: Option<Vec<Row>>,
    /// The places of the rows that were shown last, and what they were shown for.
    shown: Option<(Filters, Vec<usize>)>,
    pub counties: BTreeSet<String>,
    pub years: BTreeSet<i32>,
}

impl Listing {
    /// Works it out anew where the survey or the day is another one.
    pub fn refresh(&mut self, input: &DeliveryInput<'_>) {
        let of = (input.revision, input.today, input.language);
        if self.of == Some(of) {
            return;
        }
        self.of = Some(of);
        (self.without, self.shown) = (None, None);
        let survey = input.survey;
        let rows = survey.projects().filter_map(|project| {
            let estate = survey.estate(project.estate)?;
            Some(row(estate, Some(project), input))
        });
        self.projects = rows.collect();
        self.projects.sort_by(|a, b| a.name.cmp(&b.name));
        let rows = self.projects.iter();
        self.late_count = rows.clone().filter(|row| !row.late.is_empty()).count();
        let counted = rows.filter(|row| row.seat == Seat::Counted).count();
        self.without_count = survey.counted().count().saturating_sub(counted);
        let counties = self.projects.iter().map(|row| row.county_code.clone());
        self.counties = counties.collect();
        self.years = self.projects.iter().filter_map(Row::year).collect();
    }

    /// The rows that `filters` let through, in their order.
    pub fn shown(&mut self, filters: &Filters, input: &DeliveryInput<'_>) -> Vec<&Row> {
        let rows = match filters.among {
            Among::Projects | Among::Late => &self.projects,
            Among::Without => &*self.without.get_or_insert_with(|| without(input)),
        };
        let is_same = |(of, _): &(Filters, Vec<usize>)| of == filters;
        if !self.shown.as_ref().is_some_and(is_same) {
            let fits = rows.iter().enumerate().filter(|(_, row)| filters.fits(row));
            let mut fits: Vec<(usize, &Row)> = fits.collect();
            filters.sort(&mut fits);
            let places = fits.into_iter().map(|(place, _)| place).collect();
            self.shown = Some((filters.clone(), places));
        }
        let places = self.shown.iter().flat_map(|(_, places)| places);
        places.filter_map(|place| rows.get(*place)).collect()
    }

    pub fn projects(&self) -> impl ExactSizeIterator<Item = &Row> {
        self.projects.iter()
    }

    /// How many estates have no project.
    pub fn without(&self) -> usize {
        self.without_count
    }
}

fn without(input: &DeliveryInput<'_>) -> Vec<Row> {
    let survey = input.survey;
    let estates = survey
        .counted()
        .filter(|estate| survey.project(estate.id).is_none());
    let mut rows: Vec<Row> = estates.map(|estate| row(estate, None, input)).collect();
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    rows
}

fn row(estate: &Estate, project: Option<&Arc<Project>>, input: &DeliveryInput<'_>) -> Row {
    let (stage, late, cost) = match project {
        Some(project) => (
            stage(project),
            lateness(project, input.today, input.catalogue),
            funding::cost(&project.content),
        ),
        None => (Stage::Recognised, Vec::new(), None),
    };
    Row {
        estate: estate.id,
        name: fields::record_name(input.language, input.survey, estate),
        county_code: estate.county_code.clone(),
        project: project.cloned(),
        seat: seat(input.survey, estate.id),
        stage,
        late,
        cost,
    }
}
