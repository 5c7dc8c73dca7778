//! The report of a county: what was surveyed, what is planned, what was done.

use super::{Ground, MapSeen, Stamp, Sums, figure};
use crate::catalogue::Catalogue;
use crate::jobs::planning::county_of;
use crate::model::{
    AssessmentFigures, Batch, Budget, BudgetKey, Estate, EstateId, FundingSource, ItemCode,
    Project, Survey, Verdict, YearBand, Yuan,
};
use crate::rules::assessment::{Figure, Scope, assess};
use crate::rules::batches::Plan;
use crate::rules::checks::Finding;
use crate::rules::coverage::Coverage;
use crate::rules::delivery::{Late, Stage, lateness, stage};
use crate::rules::fate::{ExcludedWhy, Fate, Tally};
use crate::rules::funding::sums;
use crate::rules::projects::{counted_projects, year_plans};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

pub struct County<'a> {
    pub stamp: Stamp,
    pub survey: &'a Survey,
    pub catalogue: &'a Catalogue,
    /// 6 digits; empty for the whole survey.
    pub code: String,
    pub year: i32,
    /// In the library, still open, and surely no old estates.
    pub kept: Sums,
    pub open: Sums,
    pub not_recognised: Sums,
    /// Estates that count and lie in another county, or in none that anybody named.
    pub elsewhere: usize,
    /// By street and year band, of what is kept or open.
    pub by_street: Vec<(String, Group)>,
    pub by_year: Vec<(Option<YearBand>, Group)>,
    /// Of everything that counts.
    pub by_batch: Vec<(Batch, Sums)>,
    pub gaps: Vec<GapRow>,
    /// Of the whole survey, as rows came in.
    pub tally: &'a Tally,
    pub open_pairs: usize,
    pub coverage: Coverage,
    pub budget: Budget,
    pub plan: Rc<Plan>,
    /// The numbers of the yearly plans of this year that were given out.
    pub issued: Vec<String>,
    pub funding: BTreeMap<FundingSource, Yuan>,
    /// Intended, committed, received.
    pub funding_by_status: [Yuan; 3],
    pub projects: usize,
    /// What the projects with a known cost cost, and how many there are without one.
    pub cost: Yuan,
    pub cost_unknown: usize,
    pub by_stage: Vec<(Stage, usize)>,
    pub late: Vec<LateProject<'a>>,
    /// The county's year as the assessment counts it.
    pub figures: AssessmentFigures,
    pub findings: Vec<&'a Finding>,
    pub map: Option<MapSeen>,
}

/// Kept and open apart: what is not decided is not in the library.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Group {
    pub kept: Sums,
    pub open: Sums,
}

/// How one item stands in the estates that are kept or open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GapRow {
    pub item: ItemCode,
    /// By severity: intact, ageing, failing, missing.
    pub estates: [usize; 4],
    pub not_surveyed: usize,
}

pub struct LateProject<'a> {
    pub estate: &'a Estate,
    pub project: &'a Project,
    pub late: Vec<Late>,
}

impl<'a> County<'a> {
    pub(super) fn gather(ground: &Ground<'a>, code: &str) -> Self {
        let survey: &'a Survey = ground.survey;
        let judgements = &ground.evaluation.judgements;
        let is_here = |estate: &Estate| code.is_empty() || county_of(survey, estate) == code;
        let here: Vec<&'a Arc<Estate>> = survey.counted().filter(|e| is_here(e)).collect();
        let fate = |estate: &Estate| judgements.get(&estate.id).map(|it| it.fate);
        let year = ground.plan_year(code);
        let key = BudgetKey {
            county_code: code.to_owned(),
            year,
        };
        let budget = survey.budget(&key).cloned().unwrap_or_default();
        let plan = ground.plan(&key);
        let batches: BTreeMap<EstateId, Batch> = plan
            .placed
            .iter()
            .map(|placed| (placed.estate, placed.batch))
            .collect();
        let mut county = Self {
            stamp: ground.stamp.clone(),
            survey,
            catalogue: ground.catalogue,
            code: code.to_owned(),
            year,
            kept: Sums::default(),
            open: Sums::default(),
            not_recognised: Sums::default(),
            elsewhere: survey.counted().count() - here.len(),
            by_street: Vec::new(),
            by_year: Vec::new(),
            by_batch: Vec::new(),
            gaps: Vec::new(),
            tally: &ground.evaluation.tally,
            open_pairs: ground.evaluation.open_pairs.len(),
            coverage: Coverage::of(survey, judgements),
            budget,
            map: figure::of_county(&here, &batches, code),
            plan,
            issued: year_plans(survey)
                .into_iter()
                .filter(|plan| plan.year == year && plan.county_code == code)
                .map(|plan| plan.number.clone())
                .collect(),
            funding: BTreeMap::new(),
            funding_by_status: [Yuan::ZERO; 3],
            projects: 0,
            cost: Yuan::ZERO,
            cost_unknown: 0,
            by_stage: Vec::new(),
            late: Vec::new(),
            figures: assess(
                survey,
                judgements,
                &Scope {
                    county_code: code.to_owned(),
                    year,
                    today: ground.stamp.today,
                },
                ground.catalogue,
            ),
            findings: Vec::new(),
        };
        let mut old: Vec<(&Estate, bool)> = Vec::new();
        for estate in here {
            match fate(estate) {
                Some(Fate::Kept) => old.push((estate, true)),
                Some(Fate::Open(_)) | None => old.push((estate, false)),
                Some(Fate::Excluded(ExcludedWhy::NotRecognised)) => {
                    county.not_recognised.add(estate);
                }
                Some(Fate::Excluded(ExcludedWhy::Withdrawn) | Fate::Merged { .. }) => {}
            }
        }
        county.group(&old);
        county.batch();
        county.count_gaps(&old);
        county.look_at_projects(is_here);
        county.findings = ground
            .evaluation
            .findings
            .iter()
            .filter(|finding| {
                let estate = finding.estate.and_then(|id| survey.estate(id));
                estate.is_none_or(|estate| is_here(estate))
            })
            .collect();
        county
    }

    fn group(&mut self, old: &[(&Estate, bool)]) {
        let mut by_street: BTreeMap<String, Group> = BTreeMap::new();
        let mut by_year: BTreeMap<Option<YearBand>, Group> = BTreeMap::new();
        for (estate, is_kept) in old {
            let all = match is_kept {
                true => &mut self.kept,
                false => &mut self.open,
            };
            all.add(estate);
            let street = by_street.entry(estate.street_code.clone()).or_default();
            let band = by_year.entry(estate.year_band()).or_default();
            for group in [street, band] {
                match is_kept {
                    true => group.kept.add(estate),
                    false => group.open.add(estate),
                }
            }
        }
        self.by_street = by_street.into_iter().collect();
        // Known bands first; what may lie in several comes last.
        let mut by_year: Vec<_> = by_year.into_iter().collect();
        by_year.sort_by_key(|(band, _)| (band.is_none(), *band));
        self.by_year = by_year;
    }

    /// What counts, by batch: the reserve holds estates that are not recognised yet as well.
    fn batch(&mut self) {
        let mut by_batch: BTreeMap<Batch, Sums> = BTreeMap::new();
        for placed in &self.plan.placed {
            if let Some(estate) = self.survey.estate(placed.estate) {
                by_batch.entry(placed.batch).or_default().add(estate);
            }
        }
        self.by_batch = by_batch.into_iter().collect();
    }

    fn count_gaps(&mut self, old: &[(&Estate, bool)]) {
        let mut rows = Vec::new();
        for item in self.catalogue.items.iter() {
            let mut row = GapRow {
                item: item.code,
                estates: [0; 4],
                not_surveyed: 0,
            };
            for (estate, _) in old {
                match estate.gaps.get(&item.code) {
                    Some(severity) => row.estates[usize::from(severity.degree()).min(3)] += 1,
                    None => row.not_surveyed += 1,
                }
            }
            rows.push(row);
        }
        self.gaps = rows;
    }

    fn look_at_projects(&mut self, is_here: impl Fn(&Estate) -> bool) {
        let mut by_stage: BTreeMap<Stage, usize> = BTreeMap::new();
        for (estate, project) in counted_projects(self.survey).filter(|(e, _)| is_here(e)) {
            self.projects += 1;
            let sums = sums(project);
            for (source, amount) in &sums.by_source {
                let all = self.funding.entry(*source).or_default();
                *all = *all + *amount;
            }
            let by_status = [sums.intended, sums.committed, sums.received];
            for (all, one) in self.funding_by_status.iter_mut().zip(by_status) {
                *all = *all + one;
            }
            match sums.cost {
                Some(cost) => self.cost = self.cost + cost,
                None => self.cost_unknown += 1,
            }
            *by_stage.entry(stage(project)).or_default() += 1;
            let late = lateness(project, self.stamp.today, self.catalogue);
            if !late.is_empty() {
                self.late.push(LateProject {
                    estate,
                    project,
                    late,
                });
            }
        }
        self.by_stage = by_stage.into_iter().collect();
        // Overdue first, the longest first.
        self.late.sort_by_key(|it| {
            let overdue = it.late.iter().any(Late::is_overdue);
            let days = it.late.iter().filter_map(Late::days).max();
            (!overdue, std::cmp::Reverse(days), it.estate.id)
        });
    }

    /// A figure of the assessment; `None` where it is not known.
    pub fn figure(&self, figure: Figure) -> Option<f64> {
        self.figures.figures.get(&figure.key()).copied()
    }

    /// How many decisions said `verdict`.
    pub fn decided(&self, verdict: Verdict) -> usize {
        let decisions = self.survey.decisions();
        decisions.filter(|it| it.verdict == verdict).count()
    }
}
