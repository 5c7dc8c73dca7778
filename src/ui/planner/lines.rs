//! What the ranking's table shows, line by line: filtered, sorted, grouped, with the cut line.

use super::ranking::{Place, Ranking};
use crate::catalogue::Divisions;
use crate::model::{Batch, Coded, Direction, EstateId, Survey, Yuan};
use crate::rules::recognition::RecognitionVerdict;
use crate::rules::score::ScorePart;
use crate::words::Language;
use crate::words::fields::coded_label;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// What the list is asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// `None` is every county.
    pub county: Option<String>,
    pub text: String,
    pub verdict: Option<RecognitionVerdict>,
    pub batch: Option<Batch>,
    pub grouping: Grouping,
    pub sort: (Column, SortDirection),
    /// The keys of the groups that are folded.
    pub folded: BTreeSet<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grouping {
    #[default]
    None,
    County,
    Street,
    Batch,
}

impl Grouping {
    pub const ALL: [Self; 4] = [Self::None, Self::County, Self::Street, Self::Batch];

    pub fn key(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::County => "county",
            Self::Street => "street",
            Self::Batch => "batch",
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Column {
    #[default]
    Rank,
    Name,
    Score,
    Part(ScorePart),
    Batch,
    Cost,
    LocalFiscal,
    Households,
}

impl Column {
    pub const ALL: [Self; 11] = [
        Self::Rank,
        Self::Name,
        Self::Score,
        Self::Batch,
        Self::Part(ScorePart::Willingness),
        Self::Part(ScorePart::Utilities),
        Self::Part(ScorePart::Infrastructure),
        Self::Part(ScorePart::Safety),
        Self::Cost,
        Self::LocalFiscal,
        Self::Households,
    ];

    /// The first click on a heading shows what is most; of ranks and names what is first.
    pub fn first_direction(self) -> Direction {
        match self {
            Self::Rank | Self::Name | Self::Batch => Direction::Ascending,
            _ => Direction::Descending,
        }
    }
}

/// Ascending unless somebody turned it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SortDirection(pub Direction);

impl Default for SortDirection {
    fn default() -> Self {
        Self(Direction::Ascending)
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Line {
    /// Its number in [`Lines::groups`].
    Group(usize),
    Estate(Place),
    /// Below it the money does not reach; the number of the plan.
    Cut(u32),
}

/// A group, and what its estates come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    pub key: String,
    pub title: String,
    pub estates: usize,
    pub implemented: usize,
    pub households: u64,
    pub local_fiscal: Yuan,
}

#[derive(Default)]
pub struct Lines {
    made_of: Option<(u64, Language, Wanted)>,
    pub lines: Vec<Line>,
    pub groups: Vec<Group>,
    /// Estates in the lines, folded ones too.
    pub estates: usize,
    /// Estates of the county, listed or not.
    pub all: usize,
}

impl Lines {
    /// Brings the lines up to the ranking; costs nothing where nothing has changed.
    pub fn update(
        &mut self,
        ranking: &Ranking,
        survey: &Survey,
        wanted: &Wanted,
        language: Language,
    ) {
        let is_same = self
            .made_of
            .as_ref()
            .is_some_and(|(changes, spoken, made)| {
                *changes == ranking.changes() && *spoken == language && made == wanted
            });
        if !is_same {
            *self = Self::of(ranking, survey, wanted, language);
        }
    }

    fn of(ranking: &Ranking, survey: &Survey, wanted: &Wanted, language: Language) -> Self {
        let text = wanted.text.trim().to_lowercase();
        let is_wanted = |place: &Place| {
            let placed = ranking.placed(*place);
            let name = || {
                survey
                    .estate(placed.estate)
                    .map(|it| it.name.to_lowercase())
            };
            let verdict = || Some(ranking.planning.row(placed.estate)?.verdict);
            wanted.batch.is_none_or(|batch| batch == placed.batch)
                && (wanted.verdict.is_none() || wanted.verdict == verdict())
                && (text.is_empty() || name().is_some_and(|name| name.contains(&text)))
        };
        let mut places = ranking.places(wanted.county.as_deref());
        let all = places.len();
        places.retain(is_wanted);
        let is_one_plan = wanted.county.is_some() || ranking.plans.len() == 1;
        let by_rank = wanted.sort == (Column::Rank, SortDirection::default());
        if !(by_rank && is_one_plan) {
            sort(&mut places, ranking, survey, wanted.sort);
        }
        let mut lines = Self {
            made_of: Some((ranking.changes(), language, wanted.clone())),
            estates: places.len(),
            all,
            ..Self::default()
        };
        match wanted.grouping {
            Grouping::None => {
                lines.push(&places, ranking, by_rank && is_one_plan);
            }
            grouping => {
                let groups = grouped(places, ranking, survey, grouping, language);
                for (group, places) in groups {
                    let is_folded = wanted.folded.contains(&group.key);
                    lines.lines.push(Line::Group(lines.groups.len()));
                    lines.groups.push(group);
                    if !is_folded {
                        lines.push(&places, ranking, by_rank && grouping == Grouping::County);
                    }
                }
            }
        }
        lines
    }

    /// Adds estates; `with_cut` draws the line where the money ends.
    fn push(&mut self, places: &[Place], ranking: &Ranking, with_cut: bool) {
        let cut_of = |place: &Place| ranking.plans[place.plan as usize].1.cut;
        let first = places.first();
        let cut = first.and_then(cut_of).filter(|_| with_cut);
        let plan = first.map_or(0, |place| place.plan);
        let mut is_drawn = cut.is_none();
        for place in places {
            if !is_drawn && cut.is_some_and(|cut| place.at as usize + 1 >= cut) {
                self.lines.push(Line::Cut(plan));
                is_drawn = true;
            }
            self.lines.push(Line::Estate(*place));
        }
        if !is_drawn {
            self.lines.push(Line::Cut(plan));
        }
    }

    /// The line that an estate is on; `None` where it is folded away or left out.
    pub fn line_of(&self, ranking: &Ranking, estate: EstateId) -> Option<usize> {
        let place = ranking.place_of(estate)?;
        self.lines
            .iter()
            .position(|line| *line == Line::Estate(place))
    }

    /// The next estate from a line on, up or down.
    pub fn step(&self, from: Option<usize>, by: isize) -> Option<(usize, Place)> {
        let last = self.lines.len().checked_sub(1)? as isize;
        let mut at = match from {
            Some(from) => from as isize + by,
            None => 0,
        };
        let onward = if by < 0 { -1 } else { 1 };
        at = at.clamp(0, last);
        let mut turned = onward;
        loop {
            if let Some(Line::Estate(place)) = self.lines.get(at as usize) {
                return Some((at as usize, *place));
            }
            at += turned;
            if at < 0 || at > last {
                // No estate that way: the nearest the other way.
                if turned != onward {
                    return None;
                }
                turned = -onward;
                at = at.clamp(0, last);
            }
        }
    }
}

fn sort(
    places: &mut [Place],
    ranking: &Ranking,
    survey: &Survey,
    (column, SortDirection(direction)): (Column, SortDirection),
) {
    let part = |place: &Place, part| {
        let row = ranking.planning.row(ranking.placed(*place).estate);
        row.map_or(0.0, |row| row.parts.get(part).low)
    };
    let name = |place: &Place| {
        let estate = survey.estate(ranking.placed(*place).estate);
        estate.map_or("", |estate| estate.name.as_str())
    };
    let households = |place: &Place| survey.estate(ranking.placed(*place).estate)?.households;
    let compare = |a: &Place, b: &Place| -> Ordering {
        let (p, q) = (ranking.placed(*a), ranking.placed(*b));
        let order = match column {
            Column::Rank => {
                (q.score.low.total_cmp(&p.score.low)).then(q.score.high.total_cmp(&p.score.high))
            }
            Column::Name => name(a).cmp(name(b)),
            Column::Score => p.score.low.total_cmp(&q.score.low),
            Column::Part(of) => part(a, of).total_cmp(&part(b, of)),
            Column::Batch => p.batch.cmp(&q.batch),
            Column::Cost => p.cost.cmp(&q.cost),
            Column::LocalFiscal => p.local_fiscal.cmp(&q.local_fiscal),
            Column::Households => households(a).cmp(&households(b)),
        };
        let order = match direction {
            Direction::Ascending => order,
            Direction::Descending => order.reverse(),
        };
        // Alike ones keep the order of their rank.
        order
            .then(p.rank.cmp(&q.rank))
            .then(p.estate.cmp(&q.estate))
    };
    places.sort_unstable_by(compare);
}

/// The groups in the order of their keys, each with its estates in the order given.
fn grouped(
    places: Vec<Place>,
    ranking: &Ranking,
    survey: &Survey,
    grouping: Grouping,
    language: Language,
) -> Vec<(Group, Vec<Place>)> {
    let mut groups: BTreeMap<String, (Group, Vec<Place>)> = BTreeMap::new();
    for place in places {
        let placed = ranking.placed(place);
        let estate = survey.estate(placed.estate);
        let county = &ranking.plans[place.plan as usize].0;
        let key = match grouping {
            Grouping::None => String::new(),
            Grouping::County => county.clone(),
            Grouping::Street => estate.map_or(String::new(), |it| it.street_code.clone()),
            // In the order of the batches, not of their names.
            Grouping::Batch => format!("{} {}", placed.batch as u8, placed.batch.key()),
        };
        let (group, members) = groups.entry(key.clone()).or_insert_with(|| {
            let title = match grouping {
                Grouping::Batch => coded_label(language, placed.batch).into_owned(),
                _ => division_title(&key, language),
            };
            let group = Group {
                key,
                title,
                ..Group::default()
            };
            (group, Vec::new())
        });
        group.estates += 1;
        group.implemented += usize::from(placed.batch == Batch::Implement);
        group.households += estate.and_then(|it| it.households).map_or(0, u64::from);
        group.local_fiscal = group.local_fiscal + placed.local_fiscal;
        members.push(place);
    }
    groups.into_values().collect()
}

/// "361125 横峰县"; the code alone where nobody knows its name.
pub fn division_title(code: &str, language: Language) -> String {
    if code.is_empty() {
        return language.text("planner.no_division").into_owned();
    }
    match Divisions::shipped().name(code) {
        Some(name) => format!("{name} {code}"),
        None => code.to_owned(),
    }
}

#[cfg(test)]
#[path = "lines_tests.rs"]
mod tests;
