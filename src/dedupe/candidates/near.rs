//! Pairs by place: outlines that meet, positions near each other, copies that a datum displaced.

use crate::catalogue::DedupeLimits;
use crate::dedupe::STRIDE;
use crate::dedupe::place::{distance_m, size_m};
use crate::dedupe::profile::Profile;
use crate::geodesy::measure::local_metres;
use crate::model::LonLat;
use crate::progress::{Cancelled, Progress};
use geo::Rect;
use rayon::prelude::*;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

type Item = GeomWithData<Rectangle<[f64; 2]>, u32>;

/// Every pair that place alone makes worth a look, in the order of the records.
pub(super) fn pairs(
    profiles: &[Profile],
    places: &Places,
    limits: &DedupeLimits,
    progress: &Progress,
) -> Result<Vec<(u32, u32)>, Cancelled> {
    let mut found = Vec::new();
    for from in (0..profiles.len()).step_by(STRIDE) {
        progress.reach((profiles.len() + from) as u64)?;
        let to = (from + STRIDE).min(profiles.len());
        found.par_extend((from..to).into_par_iter().flat_map_iter(|at| {
            let at = at as u32;
            let from = Standpoint {
                places,
                at,
                profiles,
                limits,
            };
            let mut others = Vec::new();
            from.neighbours(&mut others);
            // The later of two neighbours has been met from the earlier.
            others.retain(|other| *other > at);
            from.displaced_copies(&mut others);
            others
                .into_iter()
                .map(move |other| (at.min(other), at.max(other)))
        }));
    }
    Ok(found)
}

/// The records of a survey by their places. What is drawn is looked for less far than what has a
/// position alone, so each has a tree of its own.
#[derive(Debug)]
pub struct Places {
    outlines: RTree<Item>,
    points: RTree<Item>,
}

impl Places {
    pub fn of(profiles: &[Profile]) -> Self {
        let items = |drawn: bool| {
            let profiles = profiles.iter().enumerate();
            let wanted = profiles.filter(|(_, profile)| profile.outline.is_some() == drawn);
            let items = wanted.filter_map(|(at, profile)| item(at as u32, profile));
            RTree::bulk_load(items.collect())
        };
        Self {
            outlines: items(true),
            points: items(false),
        }
    }

    fn tree_of(&mut self, profile: &Profile) -> &mut RTree<Item> {
        match profile.outline {
            Some(_) => &mut self.outlines,
            None => &mut self.points,
        }
    }

    pub fn insert(&mut self, at: u32, profile: &Profile) {
        if let Some(item) = item(at, profile) {
            self.tree_of(profile).insert(item);
        }
    }

    pub fn remove(&mut self, at: u32, profile: &Profile) {
        if let Some(item) = item(at, profile) {
            self.tree_of(profile).remove(&item);
        }
    }

    /// The records worth comparing with the one at `at` for their place, on either side.
    pub fn around(
        &self,
        at: u32,
        profiles: &[Profile],
        limits: &DedupeLimits,
    ) -> impl Iterator<Item = u32> + use<> {
        let from = Standpoint {
            places: self,
            at,
            profiles,
            limits,
        };
        let mut others = Vec::new();
        from.neighbours(&mut others);
        from.displaced_copies(&mut others);
        from.displaced_from(&mut others);
        others.into_iter()
    }
}

/// A record, to look around from.
struct Standpoint<'a> {
    places: &'a Places,
    at: u32,
    profiles: &'a [Profile],
    limits: &'a DedupeLimits,
}

impl Standpoint<'_> {
    fn profile(&self) -> &Profile {
        &self.profiles[self.at as usize]
    }

    /// The other records with an outline that reaches into a rectangle.
    fn outlined(&self, reach: AABB<[f64; 2]>) -> impl Iterator<Item = (&Item, &Profile)> {
        self.others(&self.places.outlines, reach)
    }

    fn others<'b>(
        &'b self,
        tree: &'b RTree<Item>,
        reach: AABB<[f64; 2]>,
    ) -> impl Iterator<Item = (&'b Item, &'b Profile)> {
        tree.locate_in_envelope_intersecting(reach)
            .filter(|item| item.data != self.at)
            .map(|item| (item, &self.profiles[item.data as usize]))
    }

    /// Those that meet it, or are near and alike.
    fn neighbours(&self, others: &mut Vec<u32>) {
        let (profile, limits) = (self.profile(), self.limits);
        let Some(bounds) = profile.bounds() else {
            return;
        };
        let touching = around(bounds, limits.touch_m);
        let is_outlined = profile.outline.is_some();
        let wide = around(bounds, limits.search_m);
        // Two that are drawn apart are one only by name or number, which blocks find; or one is a
        // court of the other, around it, and begins as it does.
        let reach = match is_outlined {
            true => around(bounds, limits.around_m),
            false => wide,
        };
        for (item, other) in self.outlined(reach) {
            let are_alike = || match is_outlined {
                true => profile.shares_a_beginning(other),
                false => profile.shares_characters(other),
            };
            if meet(&touching, item.geom()) || are_alike() {
                others.push(item.data);
            }
        }
        for (item, other) in self.others(&self.places.points, wide) {
            let meet = is_outlined && meet(&touching, item.geom());
            if meet || profile.shares_characters(other) {
                others.push(item.data);
            }
        }
    }

    /// Outlines of the same size where a datum would have displaced this one to.
    fn displaced_copies(&self, others: &mut Vec<u32>) {
        let profile = self.profile();
        for target in profile.displaced.iter().flatten() {
            let reach = around_place(*target, self.limits.datum_shift.residual_m);
            for (item, other) in self.outlined(reach) {
                if may_be_displaced(profile, *target, other, self.limits) {
                    others.push(item.data);
                }
            }
        }
    }

    /// Outlines of the same size that a datum would displace to where this one is.
    fn displaced_from(&self, others: &mut Vec<u32>) {
        let profile = self.profile();
        let (Some(here), Some(displaced)) = (profile.anchor, profile.displaced) else {
            return;
        };
        for (datum, target) in displaced.iter().enumerate() {
            // A datum's offset changes by centimetres over the half kilometre it displaces.
            let source = LonLat::new(2.0 * here.lon - target.lon, 2.0 * here.lat - target.lat);
            let reach = around_place(source, 1.1 * self.limits.datum_shift.residual_m);
            for (item, other) in self.outlined(reach) {
                if let Some(theirs) = other.displaced
                    && may_be_displaced(other, theirs[datum], profile, self.limits)
                {
                    others.push(item.data);
                }
            }
        }
    }
}

fn around_place(at: LonLat, metres: f64) -> AABB<[f64; 2]> {
    around(Rect::new(at, at), metres)
}

fn item(at: u32, profile: &Profile) -> Option<Item> {
    let bounds = profile.bounds()?;
    let rectangle = Rectangle::from_corners(bounds.min().into(), bounds.max().into());
    Some(Item::new(rectangle, at))
}

/// Whether `other` is as large as `profile` and lies where a datum displaces that to, `target`.
fn may_be_displaced(
    profile: &Profile,
    target: LonLat,
    other: &Profile,
    limits: &DedupeLimits,
) -> bool {
    let (Some(ours), Some(theirs)) = (&profile.outline, &other.outline) else {
        return false;
    };
    // Without a name in common only a copy of the same shape is one.
    let alike = |a: f64, b: f64| a.min(b) >= limits.datum_shift.congruent_iou * a.max(b);
    if !alike(ours.area_m2, theirs.area_m2) {
        return false;
    }
    let ((width, height), (their_width, their_height)) = (size_m(ours), size_m(theirs));
    alike(width, their_width)
        && alike(height, their_height)
        && distance_m(target, theirs.middle) <= limits.datum_shift.residual_m
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

fn meet(wide: &AABB<[f64; 2]>, theirs: &Rectangle<[f64; 2]>) -> bool {
    let (lower, upper) = (wide.lower(), wide.upper());
    let (their_lower, their_upper) = (theirs.lower(), theirs.upper());
    lower[0] <= their_upper[0]
        && their_lower[0] <= upper[0]
        && lower[1] <= their_upper[1]
        && their_lower[1] <= upper[1]
}
