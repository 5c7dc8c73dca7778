//! What the charts show, as data: every bar and mark knows its estates, so that a click selects
//! them. Made once a ranking, for the chart that is looked at.

use super::charts::Chart;
use super::ranking::{Place, Ranking};
use crate::catalogue::Items;
use crate::model::{
    Batch, Coded, EstateId, FundingSource, FundingStatus, ItemCode, MilestoneKind, Severity,
    Survey, YearBand,
};
use crate::rules::score::ScorePart;
use std::collections::BTreeMap;

/// A bar of one or more layers, from the axis on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    pub what: What,
    pub layers: Vec<Layer>,
}

/// A stretch of a bar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layer {
    /// In the unit of the chart.
    pub height: f64,
    pub estates: Vec<EstateId>,
}

/// What a bar stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum What {
    #[default]
    YearUnknown,
    Built(YearBand),
    Item(ItemCode),
    /// Scores from here on, `SCORE_BIN` wide.
    Scores(u8),
    Source(FundingSource),
    /// Of the plan year and after: 0 is its January.
    Month(i32),
}

/// A mark of the scatter: one or more estates near one another.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Need without willingness and willingness, in percent; willingness below 0 was not asked.
    pub at: [f64; 2],
    pub estates: Vec<EstateId>,
    /// How many of them the plan takes in.
    pub implemented: usize,
}

/// Scores in one bar of the distribution.
pub const SCORE_BIN: u8 = 5;
/// Where marks of the scatter stand whose willingness nobody asked.
pub const NOT_ASKED: f64 = -12.0;
/// Percent that a mark of the scatter stands for.
const MARK: f64 = 2.5;

/// How the milestones of the plan year's projects add up, month by month.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    pub kind: MilestoneKind,
    pub actual: bool,
    /// The month, counted from the plan year's January, and who has reached the milestone by then.
    pub months: Vec<(i32, Vec<EstateId>)>,
}

#[derive(Clone, Debug, Default)]
pub struct Figures {
    pub years: Vec<Bar>,
    pub gaps: Vec<Bar>,
    pub scores: Vec<Bar>,
    pub funding: Vec<Bar>,
    pub scatter: Vec<Mark>,
    pub progress: Vec<Progress>,
    /// The score at which the money ends, in a county with a limit.
    pub cut: Option<f64>,
}

impl Figures {
    /// What one chart shows; those that nobody looks at stay empty.
    pub fn of(
        chart: Chart,
        ranking: &Ranking,
        survey: &Survey,
        items: &Items,
        county: Option<&str>,
    ) -> Self {
        let mut figures = Self::default();
        figures.fill(chart, ranking, survey, items, county);
        figures
    }

    fn fill(
        &mut self,
        chart: Chart,
        ranking: &Ranking,
        survey: &Survey,
        items: &Items,
        county: Option<&str>,
    ) {
        let places = ranking.places(county);
        let ids: Vec<EstateId> = places
            .iter()
            .map(|place| ranking.placed(*place).estate)
            .collect();
        let year = ranking.key.year;
        match chart {
            Chart::Scores => {
                self.scores = scores(ranking, &places);
                self.cut = county.and_then(|county| cut(ranking, county));
            }
            Chart::Years => self.years = years(&ids, survey),
            Chart::Gaps => self.gaps = gaps(&ids, survey, items),
            Chart::Willingness => self.scatter = scatter(ranking, &ids),
            Chart::Funding => self.funding = funding(&ids, survey, year),
            Chart::Progress => self.progress = progress(&ids, survey, year),
        }
    }
}

fn cut(ranking: &Ranking, county: &str) -> Option<f64> {
    let plan = ranking.plan(county)?;
    let placed = plan.placed.get(plan.cut?.checked_sub(1)?)?;
    plan.limit.map(|_| placed.score.low)
}

fn counted(estates: Vec<EstateId>) -> Layer {
    Layer {
        height: estates.len() as f64,
        estates,
    }
}

fn years(ids: &[EstateId], survey: &Survey) -> Vec<Bar> {
    let mut bands: BTreeMap<Option<YearBand>, Vec<EstateId>> = BTreeMap::new();
    for id in ids {
        let band = survey.estate(*id).and_then(|estate| estate.year_band());
        bands.entry(band).or_default().push(*id);
    }
    let mut bar = |band: Option<YearBand>| Bar {
        what: band.map_or(What::YearUnknown, What::Built),
        layers: vec![counted(bands.remove(&band).unwrap_or_default())],
    };
    let known = YearBand::ALL.iter().map(|band| Some(*band));
    known.chain([None]).map(&mut bar).collect()
}

/// Each item with a gap: ageing, failing, missing, from the axis on; the most severe items first.
fn gaps(ids: &[EstateId], survey: &Survey, items: &Items) -> Vec<Bar> {
    let mut layers: BTreeMap<ItemCode, [Vec<EstateId>; 3]> = BTreeMap::new();
    for estate in ids.iter().filter_map(|id| survey.estate(*id)) {
        for (item, severity) in &estate.gaps {
            if let Some(layer) = usize::from(severity.degree()).checked_sub(1) {
                layers.entry(*item).or_default()[layer].push(estate.id);
            }
        }
    }
    let mut bars: Vec<_> = layers
        .into_iter()
        .filter(|(item, _)| items.get(*item).is_some())
        .map(|(item, layers)| {
            let weight: usize = layers
                .iter()
                .enumerate()
                .map(|(n, estates)| (n + 1) * estates.len())
                .sum();
            let layers = layers.map(counted).into();
            let what = What::Item(item);
            (weight, Bar { what, layers })
        })
        .collect();
    bars.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    bars.into_iter().map(|(_, bar)| bar).collect()
}

/// By the low end; from the axis on: those the plan takes in, and the others.
fn scores(ranking: &Ranking, places: &[Place]) -> Vec<Bar> {
    let bins = 100 / usize::from(SCORE_BIN);
    let mut layers = vec![[Vec::new(), Vec::new()]; bins];
    for place in places {
        let placed = ranking.placed(*place);
        let bin = (placed.score.low / f64::from(SCORE_BIN)) as usize;
        let layer = usize::from(placed.batch != Batch::Implement);
        layers[bin.min(bins - 1)][layer].push(placed.estate);
    }
    layers
        .into_iter()
        .enumerate()
        .map(|(bin, layers)| Bar {
            what: What::Scores(bin as u8 * SCORE_BIN),
            layers: layers.map(counted).into(),
        })
        .collect()
}

/// In 万元, of the projects of the year: received, committed, intended, from the axis on.
fn funding(ids: &[EstateId], survey: &Survey, year: i32) -> Vec<Bar> {
    let mut bars: BTreeMap<usize, [Layer; 3]> = BTreeMap::new();
    for project in ids.iter().filter_map(|id| survey.project(*id)) {
        if project.year.is_some_and(|meant| meant != year) {
            continue;
        }
        for line in &project.funding {
            let source = FundingSource::ALL
                .iter()
                .position(|source| *source == line.source);
            let layer = match line.status {
                FundingStatus::Received => 0,
                FundingStatus::Committed => 1,
                FundingStatus::Intended => 2,
            };
            let layer = &mut bars.entry(source.unwrap_or_default()).or_default()[layer];
            layer.height += line.amount.wan();
            if layer.estates.last() != Some(&project.estate) {
                layer.estates.push(project.estate);
            }
        }
    }
    bars.into_iter()
        .map(|(source, layers)| Bar {
            what: What::Source(FundingSource::ALL[source]),
            layers: layers.into(),
        })
        .collect()
}

/// Estates near one another share a mark: a hundred thousand points are no picture.
fn scatter(ranking: &Ranking, ids: &[EstateId]) -> Vec<Mark> {
    let mut marks: BTreeMap<[i32; 2], Mark> = BTreeMap::new();
    for id in ids {
        let Some(row) = ranking.planning.row(*id) else {
            continue;
        };
        let facts = ranking.facts.of(*id);
        let need = facts
            .and_then(|facts| facts.need)
            .map_or(0.0, |[low, _]| low);
        let willingness = row.parts.get(ScorePart::Willingness);
        // Nothing known at all: nobody asked.
        let is_unknown = willingness.low == 0.0 && willingness.high == 1.0;
        let cell = |percent: f64| (percent / MARK).round() as i32;
        let key = match is_unknown {
            true => [cell(need), cell(NOT_ASKED)],
            false => [cell(need), cell(willingness.low * 100.0)],
        };
        let mark = marks.entry(key).or_insert_with(|| Mark {
            at: key.map(|cell| f64::from(cell) * MARK),
            estates: Vec::new(),
            implemented: 0,
        });
        mark.estates.push(*id);
        let batch = facts.and_then(|facts| facts.batch);
        mark.implemented += usize::from(batch == Some(Batch::Implement));
    }
    marks.into_values().collect()
}

/// Starts and finishes of the projects meant for the year, planned and actual.
fn progress(ids: &[EstateId], survey: &Survey, year: i32) -> Vec<Progress> {
    let projects: Vec<_> = ids
        .iter()
        .filter_map(|id| survey.project(*id))
        .filter(|project| project.year == Some(year))
        .collect();
    let line = |kind: MilestoneKind, actual: bool| {
        let mut days: Vec<_> = projects
            .iter()
            .filter_map(|project| {
                let day = match actual {
                    true => project.reached(kind)?,
                    false => project.meant_for(kind)?,
                };
                let months = i32::from(day.year()) - year;
                Some((months * 12 + i32::from(day.month()) - 1, project.estate))
            })
            .collect();
        days.sort();
        let mut months: Vec<(i32, Vec<EstateId>)> = Vec::new();
        let mut so_far = Vec::new();
        for (month, estate) in days {
            so_far.push(estate);
            match months.last_mut() {
                Some((last, estates)) if *last == month => estates.clone_from(&so_far),
                _ => months.push((month, so_far.clone())),
            }
        }
        // From nothing on: one month alone is no line.
        if let Some((first, _)) = months.first() {
            months.insert(0, (first - 1, Vec::new()));
        }
        Progress {
            kind,
            actual,
            months,
        }
    };
    [MilestoneKind::Start, MilestoneKind::Finish]
        .into_iter()
        .flat_map(|kind| [line(kind, false), line(kind, true)])
        .filter(|line| !line.months.is_empty())
        .collect()
}

/// The severities of the layers of a gap's bar.
pub const GAP_LAYERS: [Severity; 3] = [Severity::Ageing, Severity::Failing, Severity::Missing];

#[cfg(test)]
#[path = "figures_tests.rs"]
mod tests;
