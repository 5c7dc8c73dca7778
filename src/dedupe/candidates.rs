//! Which pairs are worth comparing: near on the map, on one road number, or of one name.
//!
//! No step looks at all pairs. Neighbours come from an R-tree; names and numbers from sorted
//! blocks, and in a block too large to compare (教师公寓) only neighbours are.

use super::normalise::NameKind;
use super::place::{distance_m, size_m};
use super::profile::Profile;
use crate::catalogue::DedupeLimits;
use crate::geodesy::measure::local_metres;
use crate::model::LonLat;
use crate::progress::{Cancelled, Progress};
use geo::Rect;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

/// A name or a road number that more records bear than are compared with each other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CutBlock {
    /// The core of the name, or the end of the road with the number.
    pub key: String,
    pub records: usize,
}

/// Pairs of positions in `profiles`, smaller first, sorted, each once.
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    pub pairs: Vec<(u32, u32)>,
    pub cut: Vec<CutBlock>,
}

type Item = GeomWithData<Rectangle<[f64; 2]>, u32>;

/// Collects the pairs worth comparing.
///
/// # Errors
/// [`Cancelled`] when the user stopped it.
pub fn pairs(
    profiles: &[Profile],
    limits: &DedupeLimits,
    progress: &Progress,
) -> Result<Pairs, Cancelled> {
    let mut found = Pairs::default();
    let items = profiles.iter().enumerate().filter_map(|(at, profile)| {
        let bounds = profile.bounds()?;
        let rectangle = Rectangle::from_corners(bounds.min().into(), bounds.max().into());
        Some(Item::new(rectangle, at as u32))
    });
    let tree: RTree<Item> = RTree::bulk_load(items.collect());
    for (at, profile) in profiles.iter().enumerate() {
        if at % 1024 == 0 {
            progress.reach(at as u64)?;
        }
        neighbours(
            at as u32,
            profile,
            profiles,
            &tree,
            limits,
            &mut found.pairs,
        );
        displaced_copies(
            at as u32,
            profile,
            profiles,
            &tree,
            limits,
            &mut found.pairs,
        );
    }
    block(profiles, limits, core_keys, &mut found);
    block(profiles, limits, number_keys, &mut found);
    found.pairs.sort_unstable();
    found.pairs.dedup();
    found.cut.sort_unstable();
    Ok(found)
}

fn neighbours(
    at: u32,
    profile: &Profile,
    profiles: &[Profile],
    tree: &RTree<Item>,
    limits: &DedupeLimits,
    pairs: &mut Vec<(u32, u32)>,
) {
    let Some(bounds) = profile.bounds() else {
        return;
    };
    let shares_ground = |other: &Profile| {
        let meets = other
            .bounds()
            .is_some_and(|theirs| meet(bounds, theirs, limits.touch_m));
        let outlined = profile.outline.is_some() || other.outline.is_some();
        meets && outlined
    };
    for item in tree.locate_in_envelope_intersecting(around(bounds, limits.search_m)) {
        let other = &profiles[item.data as usize];
        if item.data > at && (has_characters_in_common(profile, other) || shares_ground(other)) {
            pairs.push((at, item.data));
        }
    }
}

/// At least half of the characters of the shorter core.
fn has_characters_in_common(a: &Profile, b: &Profile) -> bool {
    let shared = (a.characters & b.characters).count_ones();
    let fewer = a.characters.count_ones().min(b.characters.count_ones());
    shared > 0 && shared * 2 >= fewer
}

/// Outlines of the same size where a datum would have displaced this one to.
fn displaced_copies(
    at: u32,
    profile: &Profile,
    profiles: &[Profile],
    tree: &RTree<Item>,
    limits: &DedupeLimits,
    pairs: &mut Vec<(u32, u32)>,
) {
    let (Some(ours), Some(displaced)) = (&profile.outline, profile.displaced) else {
        return;
    };
    let (width, height) = size_m(ours);
    // Without a name in common only a copy of the same shape is one.
    let least = limits.datum_shift.congruent_iou;
    let alike = |a: f64, b: f64| a.min(b) >= least * a.max(b);
    for target in displaced {
        let reach = around(Rect::new(target, target), limits.datum_shift.residual_m);
        for item in tree.locate_in_envelope_intersecting(reach) {
            let Some(theirs) = &profiles[item.data as usize].outline else {
                continue;
            };
            let (their_width, their_height) = size_m(theirs);
            if item.data != at
                && alike(ours.area_m2, theirs.area_m2)
                && alike(width, their_width)
                && alike(height, their_height)
                && distance_m(target, theirs.middle) <= limits.datum_shift.residual_m
            {
                pairs.push((at.min(item.data), at.max(item.data)));
            }
        }
    }
}

/// A rectangle in degrees, widened by metres.
fn around(bounds: Rect, metres: f64) -> AABB<[f64; 2]> {
    let scale = local_metres(LonLat::from(bounds.center()));
    // Near the poles a degree of longitude has no length; no estate lies there.
    let lon = metres / scale.per_degree_lon.max(1.0);
    let lat = metres / scale.per_degree_lat;
    AABB::from_corners(
        [bounds.min().x - lon, bounds.min().y - lat],
        [bounds.max().x + lon, bounds.max().y + lat],
    )
}

fn meet(a: Rect, b: Rect, metres: f64) -> bool {
    let wide = around(a, metres);
    let (lower, upper) = (wide.lower(), wide.upper());
    lower[0] <= b.max().x && b.min().x <= upper[0] && lower[1] <= b.max().y && b.min().y <= upper[1]
}

/// The cores of the names; road-and-number names are told by their number alone.
fn core_keys(profile: &Profile) -> Vec<String> {
    let named = profile
        .names
        .iter()
        .filter(|name| name.kind != NameKind::RoadNumber);
    named
        .map(|name| name.core.clone())
        .filter(|core| !core.is_empty())
        .collect()
}

/// The end of each road with each number: 莲塘解放路63号 and 解放路63号 share 解放路63.
fn number_keys(profile: &Profile) -> Vec<String> {
    let mut keys = Vec::new();
    for address in &profile.addresses {
        let length = address.road.chars().count();
        let end: String = address
            .road
            .chars()
            .skip(length.saturating_sub(3))
            .collect();
        keys.extend(address.numbers.iter().map(|n| format!("{end}{}", n.number)));
    }
    keys
}

/// Pairs within each block of records that share a key.
fn block(
    profiles: &[Profile],
    limits: &DedupeLimits,
    keys: fn(&Profile) -> Vec<String>,
    found: &mut Pairs,
) {
    let mut entries: Vec<(String, u32)> = Vec::with_capacity(profiles.len());
    for (at, profile) in profiles.iter().enumerate() {
        entries.extend(keys(profile).into_iter().map(|key| (key, at as u32)));
    }
    entries.sort_unstable();
    entries.dedup();
    for group in entries.chunk_by(|a, b| a.0 == b.0) {
        if group.len() < 2 {
            continue;
        }
        if group.len() > limits.max_block {
            found.cut.push(CutBlock {
                key: group[0].0.clone(),
                records: group.len(),
            });
            within_large_block(group, profiles, limits, &mut found.pairs);
            continue;
        }
        for (at, (_, first)) in group.iter().enumerate() {
            for (_, second) in &group[at + 1..] {
                if may_be_one(
                    &profiles[*first as usize],
                    &profiles[*second as usize],
                    limits,
                ) {
                    found.pairs.push((*first, *second));
                }
            }
        }
    }
}

/// From west to east, each with the few that follow: what lies close is compared all the same.
fn within_large_block(
    group: &[(String, u32)],
    profiles: &[Profile],
    limits: &DedupeLimits,
    pairs: &mut Vec<(u32, u32)>,
) {
    let mut placed: Vec<(LonLat, u32)> = group
        .iter()
        .filter_map(|(_, at)| Some((profiles[*at as usize].anchor?, *at)))
        .collect();
    placed.sort_by(|(a, i), (b, j)| a.lon.total_cmp(&b.lon).then(i.cmp(j)));
    for (at, (_, first)) in placed.iter().enumerate() {
        for (_, second) in placed[at + 1..].iter().take(limits.max_block) {
            if may_be_one(
                &profiles[*first as usize],
                &profiles[*second as usize],
                limits,
            ) {
                pairs.push(((*first).min(*second), (*first).max(*second)));
            }
        }
    }
}

/// Near enough for sources that give the agency's shop; without a position anything may be.
fn may_be_one(a: &Profile, b: &Profile, limits: &DedupeLimits) -> bool {
    match (a.anchor, b.anchor) {
        (Some(from), Some(to)) => distance_m(from, to) <= limits.search_same_name_m,
        _ => true,
    }
}
