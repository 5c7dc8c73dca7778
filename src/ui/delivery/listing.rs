//! What the list and the timeline know of each project, worked out once for each state of the
//! survey.

use super::DeliveryInput;
use super::filters::Filters;
use crate::model::{Estate, EstateId, Project, Yuan};
use crate::rules::delivery::{Late, Stage, lateness, stage};
use crate::rules::funding;
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

#[derive(Default)]
pub struct Listing {
    of: Option<(u64, Date, Language)>,
    /// The projects by name, and after them the estates without one.
    rows: Vec<Row>,
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
        let estates = input.survey.counted();
        self.rows = estates.map(|estate| row(estate, input)).collect();
        self.rows
            .sort_by(|a, b| (a.project.is_none(), &a.name).cmp(&(b.project.is_none(), &b.name)));
        let projects = || self.rows.iter().filter(|row| row.project.is_some());
        self.counties = projects().map(|row| row.county_code.clone()).collect();
        self.years = projects().filter_map(Row::year).collect();
    }

    /// The rows that `filters` let through, in their order.
    pub fn shown(&self, filters: &Filters) -> Vec<&Row> {
        let mut shown: Vec<&Row> = self.rows.iter().filter(|row| filters.fits(row)).collect();
        filters.sort(&mut shown);
        shown
    }

    pub fn projects(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.project.is_some())
    }

    /// How many estates have no project.
    pub fn without(&self) -> usize {
        self.rows.len() - self.projects().count()
    }
}

fn row(estate: &Estate, input: &DeliveryInput<'_>) -> Row {
    let project = input.survey.project(estate.id).cloned();
    let name = fields::record_name(input.language, input.survey, estate);
    let (stage, late, cost) = match &project {
        Some(project) => (
            stage(project),
            lateness(project, input.today, input.catalogue),
            funding::cost(&project.content),
        ),
        None => (Stage::Recognised, Vec::new(), None),
    };
    Row {
        estate: estate.id,
        name,
        county_code: estate.county_code.clone(),
        project,
        stage,
        late,
        cost,
    }
}
