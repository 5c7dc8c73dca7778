//! «列入年度改造计划的老旧小区改造项目原则上要在当年8月底前开工，春节前完工», 三(三)3; and the days that the project set
//! for itself.

use crate::catalogue::Catalogue;
use crate::model::{Batch, Coded, MilestoneKind, Project};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde::Serialize;

/// A milestone that is late, will be, or of which nobody can tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Late {
    pub milestone: MilestoneKind,
    pub against: Against,
    pub extent: Extent,
    /// The reason that was given; empty where none was. A reason explains, and still the warning
    /// stands.
    pub reason: String,
}

/// Which day it is measured by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// The guidance's own days, 三(三)3.
    Guidance,
    /// The day that the project was meant for.
    OwnPlan,
}

/// How late; days are counted from the last day that would have been in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Extent {
    /// It was reached, `days` after the last day.
    Reached { last_day: Date, days: i32 },
    /// It is not reached, and the last day was `days` ago.
    Overdue { last_day: Date, days: i32 },
    /// It is not due yet, and is meant for a day after the last one.
    MeantFor { last_day: Date, days: i32 },
    /// Undetermined: what follows it was reached, and its own day is not on record.
    DayNotRecorded { last_day: Date },
    /// Undetermined: the Spring Festival of `year` is not in the table.
    NoFestival { year: i32 },
}

impl Against {
    pub fn key(self) -> &'static str {
        match self {
            Self::Guidance => "guidance",
            Self::OwnPlan => "own_plan",
        }
    }
}

impl Late {
    /// By how many days, now or in the end; `None` where nobody can tell.
    pub fn days(&self) -> Option<i32> {
        match self.extent {
            Extent::Reached { days, .. }
            | Extent::Overdue { days, .. }
            | Extent::MeantFor { days, .. } => Some(days),
            Extent::DayNotRecorded { .. } | Extent::NoFestival { .. } => None,
        }
    }

    /// Whether somebody has to act: the day has passed, and it is not reached.
    pub fn is_overdue(&self) -> bool {
        matches!(self.extent, Extent::Overdue { .. })
    }
}

/// The last day on which a project of the plan of `year` reaches `kind` in time: the end of August
/// to start, the day before the Spring Festival of the following calendar year to finish. `None`
/// where the guidance sets no day, or the festival is not in the table.
pub fn deadline(kind: MilestoneKind, year: i32, catalogue: &Catalogue) -> Option<Date> {
    let limits = &catalogue.rules.delivery;
    match kind {
        MilestoneKind::Start => {
            let year = i16::try_from(year).ok()?;
            // A rule pack that a person edited may hold any number.
            let month = limits.start_by_month.clamp(1, 12);
            let first = Date::new(year, month, 1).ok()?;
            let day = limits.start_by_day.clamp(1, first.days_in_month());
            Some(date(year, month, day))
        }
        MilestoneKind::Finish => {
            let festival = catalogue.spring_festivals.in_year(year.checked_add(1)?)?;
            let before = limits.finish_days_before_festival.days();
            festival.checked_sub(before).ok()
        }
        MilestoneKind::Approval | MilestoneKind::Acceptance => None,
    }
}

/// The year in whose plan a project is meant to be built: its own, or the one that a person placed it
/// in. `None` where neither is known, or a person put it off into another batch of that year.
pub fn plan_year(project: &Project) -> Option<i32> {
    let placement = project.placement.as_ref();
    let put_off =
        |year| placement.is_some_and(|put| put.year == year && put.batch != Batch::Implement);
    let placed = placement.filter(|put| put.batch == Batch::Implement);
    let year = project.year.or(placed.map(|put| put.year))?;
    (!put_off(year)).then_some(year)
}

/// The year that is named for a project, put off since or not.
pub fn year_named(project: &Project) -> Option<i32> {
    project.year.or_else(|| plan_year(project))
}

/// Whether a milestone was reached: what was finished had been started, even where nobody wrote
/// down when.
pub fn has_come(project: &Project, kind: MilestoneKind) -> bool {
    let from = MilestoneKind::ALL.iter().filter(|other| **other >= kind);
    let mut reached = from.filter_map(|other| project.reached(*other));
    reached.next().is_some()
}

/// What is late about `project` on the day `today`, in the order of the milestones, the guidance's
/// days before the project's own.
pub fn lateness(project: &Project, today: Date, catalogue: &Catalogue) -> Vec<Late> {
    let mut late = Vec::new();
    for kind in MilestoneKind::ALL.iter().copied() {
        let guidance = guidance_extent(project, kind, today, catalogue);
        let own = project
            .meant_for(kind)
            .and_then(|planned| extent(project, kind, planned, today));
        let both = [(Against::Guidance, guidance), (Against::OwnPlan, own)];
        let reason = project.milestones.get(&kind);
        let reason = reason.map(|found| found.delay_reason.trim().to_owned());
        for (against, extent) in both {
            late.extend(extent.map(|extent| Late {
                milestone: kind,
                against,
                extent,
                reason: reason.clone().unwrap_or_default(),
            }));
        }
    }
    late
}

fn guidance_extent(
    project: &Project,
    kind: MilestoneKind,
    today: Date,
    catalogue: &Catalogue,
) -> Option<Extent> {
    let year = plan_year(project)?;
    match deadline(kind, year, catalogue) {
        Some(last_day) => extent(project, kind, last_day, today),
        None if kind == MilestoneKind::Finish => no_festival(project, year, today),
        None => None,
    }
}

/// The festival is never before the year after the plan's: until then nothing is late, whenever it
/// is.
fn no_festival(project: &Project, year: i32, today: Date) -> Option<Extent> {
    let finish = MilestoneKind::Finish;
    let is_after = |day: Date| i32::from(day.year()) > year;
    let matters = match project.reached(finish) {
        Some(day) => is_after(day),
        None => is_after(today) || project.meant_for(finish).is_some_and(is_after),
    };
    matters.then(|| Extent::NoFestival {
        year: year.saturating_add(1),
    })
}

fn extent(project: &Project, kind: MilestoneKind, last_day: Date, today: Date) -> Option<Extent> {
    let after = |day: Date| Some((day - last_day).get_days()).filter(|days| *days > 0);
    if let Some(day) = project.reached(kind) {
        return after(day).map(|days| Extent::Reached { last_day, days });
    }
    // `MilestoneKind` is in the order in which they are reached.
    let later = MilestoneKind::ALL.iter().filter(|other| **other > kind);
    let passed: Vec<Date> = later.filter_map(|other| project.reached(*other)).collect();
    if let Some(first) = passed.into_iter().min() {
        // It lies before what followed: in time where that was.
        return after(first).map(|_| Extent::DayNotRecorded { last_day });
    }
    if let Some(days) = after(today) {
        return Some(Extent::Overdue { last_day, days });
    }
    let meant_for = project.meant_for(kind).and_then(after);
    meant_for.map(|days| Extent::MeantFor { last_day, days })
}
