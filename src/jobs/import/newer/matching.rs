//! Which record a row of a newer version is about. Within one list, so that far less is needed than
//! to tell whether records of two lists are one estate: a row is looked for by its id, then by name
//! and address, name and place, and so on, and each step takes only what is unique on both sides.

use crate::dedupe::normalise::fold;
use crate::geodesy::measure::distance_m;
use crate::model::{Estate, LonLat};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Two versions of one place: another click on the same estate.
const NEAR_M: f64 = 100.0;
/// Too far apart for one estate, whatever its name.
const FAR_M: f64 = 1000.0;
/// The same point, written with fewer decimals.
const SAME_M: f64 = 1.0;

/// What told that a row is about a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchedBy {
    Id,
    NameAndAddress,
    NameAndPlace,
    Name,
    /// The name is another one.
    Address,
    /// Neither name nor address tell.
    Place,
    /// Rows that are alike in everything, one after the other.
    Order,
}

/// In the order in which they are tried.
const STEPS: [MatchedBy; 7] = [
    MatchedBy::Id,
    MatchedBy::NameAndAddress,
    MatchedBy::NameAndPlace,
    MatchedBy::Name,
    MatchedBy::Order,
    MatchedBy::Address,
    MatchedBy::Place,
];

/// Which rows are about which records; both by their places in the slices.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Matching {
    pub pairs: BTreeMap<usize, (usize, MatchedBy)>,
    /// Rows that could be about several records, or of which several could be about one.
    pub unclear: BTreeMap<usize, Vec<usize>>,
    pub ids_count_rows: bool,
}

/// What tells a record or row from others.
struct Profile<'a> {
    estate: &'a Estate,
    id: Option<(String, String)>,
    name: String,
    address: String,
    place: Option<LonLat>,
    /// Of everything a list says; made for the few that nothing else tells apart.
    whole: OnceCell<String>,
}

impl<'a> Profile<'a> {
    fn of(estate: &'a Estate) -> Self {
        let origin = estate.origin.as_ref();
        let id = origin.map(|origin| (fold(&origin.source), fold(&origin.source_id)));
        // The point of the list stays where it was, wherever the boundary is drawn.
        let place = estate.position.or_else(|| estate.anchor());
        Self {
            id: id.filter(|(_, id)| !id.is_empty()),
            name: fold(&estate.name),
            address: fold(&estate.address),
            place,
            whole: OnceCell::new(),
            estate,
        }
    }

    fn distance_m(&self, other: &Self) -> Option<f64> {
        Some(distance_m(self.place?, other.place?))
    }

    fn key(&self, step: MatchedBy) -> Option<[&str; 2]> {
        let (name, address) = (self.name.as_str(), self.address.as_str());
        let key = match step {
            MatchedBy::Id => {
                let (source, id) = self.id.as_ref()?;
                return Some([source, id]);
            }
            MatchedBy::NameAndAddress if address.is_empty() => return None,
            MatchedBy::NameAndAddress => [name, address],
            MatchedBy::NameAndPlace | MatchedBy::Name => [name, ""],
            MatchedBy::Order => {
                let whole = self.whole.get_or_init(|| whole(self.estate));
                return Some([whole, ""]);
            }
            // A road alone is the address of many.
            MatchedBy::Address if !address.contains(|c: char| c.is_ascii_digit()) => return None,
            MatchedBy::Address => [address, ""],
            MatchedBy::Place => return None,
        };
        (!key[0].is_empty()).then_some(key)
    }

    /// Whether two of one key may be one.
    fn agrees(&self, other: &Self, step: MatchedBy, ids_hold: bool) -> bool {
        let other_id = ids_hold && self.id.is_some() && other.id.is_some() && self.id != other.id;
        let distance = self.distance_m(other);
        let is_far = distance.is_some_and(|metres| metres > FAR_M);
        match step {
            MatchedBy::Id | MatchedBy::NameAndAddress | MatchedBy::Order => true,
            MatchedBy::NameAndPlace => distance.is_some_and(|metres| metres <= NEAR_M),
            MatchedBy::Name | MatchedBy::Address => !other_id && !is_far,
            MatchedBy::Place => !other_id && distance.is_some_and(|metres| metres <= SAME_M),
        }
    }
}

/// Everything a list can say of a record, as one text.
fn whole(estate: &Estate) -> String {
    let mut plain = estate.clone();
    plain.id = crate::model::EstateId(uuid::Uuid::nil());
    plain.lib_no = None;
    plain.sources.clear();
    if let Some(origin) = &mut plain.origin {
        origin.row = 0;
        origin.list = crate::model::ListId(uuid::Uuid::nil());
    }
    format!("{plain:?}")
}

pub(super) fn match_rows(records: &[Arc<Estate>], rows: &[Arc<Estate>]) -> Matching {
    fn profiles(estates: &[Arc<Estate>]) -> Vec<Profile<'_>> {
        estates.iter().map(|estate| Profile::of(estate)).collect()
    }
    let mut search = Search {
        records: profiles(records),
        rows: profiles(rows),
        open_records: (0..records.len()).collect(),
        open_rows: (0..rows.len()).collect(),
        matching: Matching::default(),
    };
    search.matching.ids_count_rows = search.ids_count_rows();
    // What one step takes away may leave a single pair to an earlier one.
    loop {
        let found = search.matching.pairs.len();
        for step in STEPS {
            search.step(step);
        }
        if search.matching.pairs.len() == found {
            break;
        }
    }
    search.list_unclear();
    search.matching
}

struct Search<'a> {
    records: Vec<Profile<'a>>,
    rows: Vec<Profile<'a>>,
    open_records: BTreeSet<usize>,
    open_rows: BTreeSet<usize>,
    matching: Matching,
}

type Groups<'a> = BTreeMap<[&'a str; 2], Vec<usize>>;

fn groups<'a>(profiles: &'a [Profile<'a>], open: &BTreeSet<usize>, step: MatchedBy) -> Groups<'a> {
    let mut groups = Groups::new();
    for index in open {
        if let Some(key) = profiles[*index].key(step) {
            groups.entry(key).or_default().push(*index);
        }
    }
    groups
}

impl Search<'_> {
    /// A row put in between shifts every id below it: then names say of most rows another record
    /// than ids do.
    fn ids_count_rows(&self) -> bool {
        let ids = groups(&self.records, &self.open_records, MatchedBy::Id);
        let names = groups(&self.records, &self.open_records, MatchedBy::Name);
        let (mut confirmed, mut contradicted) = (0usize, 0usize);
        for row in &self.rows {
            let by = |groups: &Groups, step| match groups.get(&row.key(step)?)?.as_slice() {
                [one] => Some(*one),
                _ => None,
            };
            let Some(by_id) = by(&ids, MatchedBy::Id) else {
                continue;
            };
            if self.records[by_id].name == row.name {
                confirmed += 1;
            } else if by(&names, MatchedBy::Name).is_some() {
                contradicted += 1;
            }
        }
        contradicted > confirmed
    }

    fn step(&mut self, step: MatchedBy) {
        let pairs = match step {
            MatchedBy::Id if self.matching.ids_count_rows => return,
            MatchedBy::Place => self.pairs_by_place(),
            step => self.pairs(step),
        };
        for (row, record) in pairs {
            self.open_rows.remove(&row);
            self.open_records.remove(&record);
            self.matching.pairs.insert(row, (record, step));
        }
    }

    /// Rows and records of one key that agree with one of the other side alone.
    fn pairs(&self, step: MatchedBy) -> Vec<(usize, usize)> {
        let records = groups(&self.records, &self.open_records, step);
        let rows = groups(&self.rows, &self.open_rows, step);
        let mut pairs = Vec::new();
        for (key, rows) in rows {
            let Some(records) = records.get(&key) else {
                continue;
            };
            match step {
                MatchedBy::Order => pairs.extend(rows.into_iter().zip(records.iter().copied())),
                _ => pairs.extend(self.unique(&rows, records, step)),
            }
        }
        pairs
    }

    fn unique(&self, rows: &[usize], records: &[usize], step: MatchedBy) -> Vec<(usize, usize)> {
        let ids_hold = !self.matching.ids_count_rows;
        let agree = |row: usize, record: usize| {
            self.rows[row].agrees(&self.records[record], step, ids_hold)
        };
        let alone = |row: usize, record: usize| {
            let others = |other: &&usize| agree(**other, record) && **other != row;
            rows.iter().find(others).is_none()
        };
        rows.iter()
            .filter_map(|row| {
                let mut agreeing = records.iter().filter(|record| agree(*row, **record));
                match (agreeing.next(), agreeing.next()) {
                    (Some(record), None) if alone(*row, *record) => Some((*row, *record)),
                    _ => None,
                }
            })
            .collect()
    }

    /// Rows without a name in common with anything, where nothing else lies there.
    fn pairs_by_place(&self) -> Vec<(usize, usize)> {
        let cell = |profile: &Profile| {
            // A ten-thousandth of a degree is some ten metres.
            let place = profile.place?;
            Some(((place.lon * 1e4) as i64, (place.lat * 1e4) as i64))
        };
        let mut cells: BTreeMap<(i64, i64), Vec<usize>> = BTreeMap::new();
        for record in &self.open_records {
            if let Some(cell) = cell(&self.records[*record]) {
                cells.entry(cell).or_default().push(*record);
            }
        }
        let near = |row: usize| -> Vec<usize> {
            let Some((x, y)) = cell(&self.rows[row]) else {
                return Vec::new();
            };
            let around = (x - 1..=x + 1).flat_map(|x| (y - 1..=y + 1).map(move |y| (x, y)));
            around
                .filter_map(|at| cells.get(&at))
                .flatten()
                .copied()
                .collect()
        };
        let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for row in &self.open_rows {
            if let [(row, record)] = self.unique(&[*row], &near(*row), MatchedBy::Place)[..] {
                found.entry(record).or_default().push(row);
            }
        }
        let alone = found
            .into_iter()
            .filter_map(|(record, rows)| match rows[..] {
                [row] => Some((row, record)),
                _ => None,
            });
        alone.collect()
    }

    /// A row left over is new, unless records are left over that bear its id or its name.
    fn list_unclear(&mut self) {
        let mut unclear: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for step in [MatchedBy::Id, MatchedBy::Name] {
            if step == MatchedBy::Id && self.matching.ids_count_rows {
                continue;
            }
            let records = groups(&self.records, &self.open_records, step);
            for row in &self.open_rows {
                let key = self.rows[*row].key(step);
                let Some(records) = key.and_then(|key| records.get(&key)) else {
                    continue;
                };
                let ids_hold = !self.matching.ids_count_rows;
                let may_be = records.iter().copied().filter(|record| {
                    self.rows[*row].agrees(&self.records[*record], step, ids_hold)
                });
                unclear.entry(*row).or_default().extend(may_be);
            }
        }
        let listed = unclear
            .into_iter()
            .filter(|(_, records)| !records.is_empty());
        self.matching.unclear = listed
            .map(|(row, records)| (row, records.into_iter().collect()))
            .collect();
    }
}
