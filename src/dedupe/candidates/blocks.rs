//! Pairs by name or number: records that share a key are compared with each other.

use super::{CutBlock, Pairs, may_be_one};
use crate::catalogue::DedupeLimits;
use crate::dedupe::normalise::{NameKind, sound};
use crate::dedupe::profile::Profile;
use rayon::prelude::*;
use std::hash::{DefaultHasher, Hash, Hasher};

/// What the records of a block share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Block {
    /// A core that sounds the same: 阳光 and 杨光 as well as 阳光 and 阳光.
    OneName,
    /// The end of a road and a number on it: 莲塘解放路63号 and 解放路63号 share 解放路63.
    OneNumber,
}

/// A key of a record: what the block is sorted by, and whether it is the very same text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    block: u64,
    text: u64,
    record: u32,
}

/// Adds the pairs within each block of records that share a key.
pub(super) fn pairs(profiles: &[Profile], block: Block, limits: &DedupeLimits, found: &mut Pairs) {
    let keys = sorted_keys(profiles, block);
    let groups: Vec<&[Key]> = keys
        .chunk_by(|a, b| a.block == b.block)
        .filter(|group| group.len() > 1)
        .collect();
    let of_groups: Vec<Pairs> = groups
        .par_iter()
        .map(|group| within(group, profiles, block, limits))
        .collect();
    for of_group in of_groups {
        found.pairs.extend(of_group.pairs);
        found.cut.extend(of_group.cut);
    }
}

fn sorted_keys(profiles: &[Profile], block: Block) -> Vec<Key> {
    let mut keys: Vec<Key> = profiles
        .par_iter()
        .enumerate()
        .flat_map_iter(|(at, profile)| keys(profile, block, at as u32))
        .collect();
    keys.par_sort_unstable();
    keys.dedup();
    keys
}

/// Every key of a survey's records, to ask for those that share one.
#[derive(Debug)]
pub struct Keys {
    /// Of both kinds together: a name and a number never hash alike.
    sorted: Vec<Key>,
    /// Of records that came since, few until the next whole search.
    added: Vec<Key>,
}

impl Keys {
    pub fn of(profiles: &[Profile]) -> Self {
        let mut sorted = sorted_keys(profiles, Block::OneName);
        sorted.extend(sorted_keys(profiles, Block::OneNumber));
        sorted.par_sort_unstable();
        Self {
            sorted,
            added: Vec::new(),
        }
    }

    pub fn insert(&mut self, at: u32, profile: &Profile) {
        for block in [Block::OneName, Block::OneNumber] {
            self.added.extend(keys(profile, block, at));
        }
    }

    /// The records that share a key with the one at `at` and are within reach.
    pub fn shared(
        &self,
        at: u32,
        profiles: &[Profile],
        limits: &DedupeLimits,
    ) -> impl Iterator<Item = u32> + use<> {
        let profile = &profiles[at as usize];
        let mut others = Vec::new();
        for block in [Block::OneName, Block::OneNumber] {
            for key in keys(profile, block, at) {
                let from = self.sorted.partition_point(|it| it.block < key.block);
                let group = self.sorted[from..].iter();
                let group = group.take_while(|it| it.block == key.block);
                let added = self.added.iter().filter(|it| it.block == key.block);
                for other in group.chain(added) {
                    let reach = reach_m(&key, other, limits);
                    if other.record != at
                        && may_be_one(profile, &profiles[other.record as usize], reach)
                    {
                        others.push(other.record);
                    }
                }
            }
        }
        others.into_iter()
    }
}

/// How far apart two records of one key may lie.
fn reach_m(a: &Key, b: &Key, limits: &DedupeLimits) -> f64 {
    match a.text == b.text {
        true => limits.search_same_name_m,
        // What only sounds alike is weak evidence, and worth a look only close by.
        false => limits.around_m,
    }
}

fn keys(profile: &Profile, block: Block, record: u32) -> Vec<Key> {
    match block {
        // Road-and-number names are told by their number alone.
        Block::OneName => profile
            .names
            .iter()
            .filter(|name| name.kind != NameKind::RoadNumber && !name.core.is_empty())
            .map(|name| Key {
                block: hash(&sound(&name.core)),
                text: hash(&name.core),
                record,
            })
            .collect(),
        Block::OneNumber => {
            let mut keys = Vec::new();
            for address in &profile.addresses {
                let end = road_end(&address.road);
                keys.extend(address.numbers.iter().map(|n| {
                    let key = hash(&(end, n.number));
                    Key {
                        block: key,
                        text: key,
                        record,
                    }
                }));
            }
            keys
        }
    }
}

/// The last three characters.
fn road_end(road: &str) -> &str {
    let start = road.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    &road[start..]
}

/// The same on every machine and every run: `DefaultHasher::new` has no random key.
fn hash(key: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

/// From west to east, each with those within reach that follow, the first of them where there are
/// more than can be compared.
fn within(group: &[Key], profiles: &[Profile], block: Block, limits: &DedupeLimits) -> Pairs {
    let profile = |key: &Key| &profiles[key.record as usize];
    let lon = |key: &Key| profile(key).anchor.map(|at| at.lon);
    let mut sorted = group.to_vec();
    // Records without a position come first, so that each meets all that follow.
    sorted.sort_by(|a, b| {
        let (x, y) = (lon(a), lon(b));
        x.partial_cmp(&y)
            .unwrap_or(std::cmp::Ordering::Equal)
            .then(a.cmp(b))
    });
    // Farther along the parallel than any reach: the rest of the block lies farther still.
    let widest = limits.search_same_name_m / 80_000.0;
    let (mut pairs, mut is_cut) = (Vec::new(), false);
    for (at, first) in sorted.iter().enumerate() {
        let mut taken = 0;
        for second in &sorted[at + 1..] {
            if first.record == second.record {
                continue;
            }
            if let (Some(from), Some(to)) = (lon(first), lon(second))
                && to - from > widest
            {
                break;
            }
            if !may_be_one(
                profile(first),
                profile(second),
                reach_m(first, second, limits),
            ) {
                continue;
            }
            if taken == limits.max_block {
                is_cut = true;
                break;
            }
            taken += 1;
            let (a, b) = (first.record, second.record);
            pairs.push((a.min(b), a.max(b)));
        }
    }
    let cut = is_cut.then(|| CutBlock {
        key: label(profile(&group[0]), block, &group[0]),
        records: group.len(),
    });
    Pairs {
        pairs,
        cut: cut.into_iter().collect(),
    }
}

/// What the records of a block share, for people.
fn label(profile: &Profile, block: Block, key: &Key) -> String {
    match block {
        Block::OneName => {
            let mut cores = profile.names.iter().map(|name| &name.core);
            cores
                .find(|core| hash(core) == key.text)
                .map(|core| core.to_string())
                .unwrap_or_default()
        }
        Block::OneNumber => {
            let mut numbers = profile.addresses.iter().flat_map(|address| {
                let end = road_end(&address.road);
                address.numbers.iter().map(move |n| (end, n.number))
            });
            numbers
                .find(|number| hash(number) == key.block)
                .map(|(end, number)| format!("{end}{number}"))
                .unwrap_or_default()
        }
    }
}
