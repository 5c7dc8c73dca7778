//! «不漏»: residential areas or footprints on somebody's map that lie outside every boundary, as a
//! list of places to look at (DOMAIN §8). They are no records: a person draws, or says that nothing
//! is there.
//!
//! Every boundary covers what it encloses, also that of an excluded, withdrawn or merged record:
//! somebody has looked there. Houses are joined to blocks, or a town would be thousands of items.

use crate::catalogue::CoverageLimits;
use crate::geodesy::measure::{LocalMetres, area_m2, local_metres};
use crate::model::{Boundary, LonLat, SearchId, SearchedPlace, Survey};
use crate::progress::{Cancelled, Progress};
use geo::{Area, BooleanOps, BoundingRect, ConvexHull, Coord, InteriorPoint, MultiPolygon, Rect};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use serde::Serialize;
use std::sync::Arc;

/// Features between two looks at whether to stop.
const STEP: usize = 64;

/// A polygon of a layer, and the number that its file counts it by.
pub type Feature = (u32, MultiPolygon);

/// A place to look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// The features that it is made of, in the order of the file.
    pub features: Vec<u32>,
    /// The keys of what would be searched here: a window asks for them in every frame.
    ids: Vec<SearchId>,
    /// Around all of them: what an estate there might be bounded by.
    pub outline: Arc<Boundary>,
    pub at: LonLat,
    /// Of the features themselves.
    pub area_m2: f64,
}

/// What a layer shows outside every boundary.
#[derive(Clone, Debug, PartialEq)]
pub struct Gaps {
    /// The file's own name with the layer's.
    pub layer: String,
    /// The largest first.
    pub gaps: Vec<Gap>,
    /// Polygons looked at.
    pub polygons: usize,
    /// Of them: inside boundaries.
    pub covered: usize,
    /// Of them: too small to live in.
    pub too_small: usize,
    /// Of them: searched before, and nothing found.
    pub searched: usize,
}

/// What a search for gaps came to, for a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GapSummary {
    pub layer: String,
    pub polygons: usize,
    /// Gaps that were neither drawn nor searched since.
    pub open: usize,
}

impl Gap {
    /// What is written down where nothing was found here: each feature by itself, for the next
    /// search may join them in another way.
    pub fn places(&self, layer: &str) -> Vec<(SearchedPlace, LonLat)> {
        let place = |feature: &u32| SearchedPlace::Feature {
            layer: layer.to_owned(),
            feature: *feature,
        };
        self.features.iter().map(|f| (place(f), self.at)).collect()
    }

    /// Whether somebody found nothing at all of it.
    pub fn is_searched(&self, survey: &Survey) -> bool {
        self.ids.iter().all(|id| survey.searched_at(*id).is_some())
    }
}

impl Gaps {
    /// Which of the gaps still lie outside every boundary.
    pub fn uncovered(&self, survey: &Survey, limits: &CoverageLimits) -> Vec<bool> {
        let cover = Cover::of(survey);
        let share = |gap: &Gap| cover.share(&gap.outline);
        self.gaps
            .iter()
            .map(|gap| share(gap) < limits.covered_share)
            .collect()
    }
}

/// Looks for gaps among `features` of the layer that is called `layer`.
///
/// # Errors
/// [`Cancelled`] when the user stopped it.
pub fn find(
    survey: &Survey,
    layer: &str,
    features: &[Feature],
    limits: &CoverageLimits,
    progress: &Progress,
) -> Result<Gaps, Cancelled> {
    let cover = Cover::of(survey);
    let mut gaps = Gaps {
        layer: layer.to_owned(),
        gaps: Vec::new(),
        polygons: features.len(),
        covered: 0,
        too_small: 0,
        searched: 0,
    };
    let (mut houses, mut areas) = (Vec::new(), Vec::new());
    progress.begin(features.len() as u64);
    for (index, (number, shape)) in features.iter().enumerate() {
        if index % STEP == 0 {
            progress.reach(index as u64)?;
        }
        let Some(bounds) = shape.bounding_rect().filter(is_on_earth) else {
            gaps.too_small += 1;
            continue;
        };
        let area_m2 = area_m2(shape);
        let id = feature_id(layer, *number);
        if area_m2 < limits.least_m2 {
            gaps.too_small += 1;
        } else if survey.searched_at(id).is_some() {
            gaps.searched += 1;
        } else if cover.share(shape) >= limits.covered_share {
            gaps.covered += 1;
        } else {
            let open = Open {
                number: *number,
                shape,
                bounds,
                area_m2,
            };
            match area_m2 < limits.house_m2 {
                true => houses.push(open),
                false => areas.push(open),
            }
        }
    }
    let blocks = blocks(&houses, limits, progress)?;
    let areas = areas.iter().filter_map(|area| gap(layer, &[area]));
    let blocks = blocks.iter().filter_map(|block| gap(layer, block));
    gaps.gaps = areas.chain(blocks).collect();
    // The order of equals must not change from one search to the next.
    gaps.gaps.sort_by(|a, b| {
        let larger = b.area_m2.total_cmp(&a.area_m2);
        larger.then_with(|| a.features.cmp(&b.features))
    });
    Ok(gaps)
}

fn is_on_earth(bounds: &Rect) -> bool {
    let [min, max] = [bounds.min(), bounds.max()].map(LonLat::from);
    min.is_on_earth() && max.is_on_earth()
}

/// A polygon outside every boundary.
struct Open<'a> {
    number: u32,
    shape: &'a MultiPolygon,
    bounds: Rect,
    area_m2: f64,
}

fn feature_id(layer: &str, feature: u32) -> SearchId {
    let layer = layer.to_owned();
    SearchedPlace::Feature { layer, feature }.id()
}

fn gap(layer: &str, parts: &[&Open]) -> Option<Gap> {
    let mut features: Vec<u32> = parts.iter().map(|part| part.number).collect();
    features.sort_unstable();
    let outline: Boundary = match parts {
        [one] => one.shape.clone(),
        several => {
            let polygons = several.iter().flat_map(|part| part.shape.iter().cloned());
            MultiPolygon(polygons.collect()).convex_hull().into()
        }
    };
    Some(Gap {
        ids: features.iter().map(|f| feature_id(layer, *f)).collect(),
        features,
        at: outline.interior_point()?.0.into(),
        outline: Arc::new(outline),
        area_m2: parts.iter().map(|part| part.area_m2).sum(),
    })
}

type Entry = GeomWithData<Rectangle<[f64; 2]>, usize>;

fn entry(bounds: Rect, index: usize) -> Entry {
    let corner = |at: Coord| [at.x, at.y];
    let rectangle = Rectangle::from_corners(corner(bounds.min()), corner(bounds.max()));
    Entry::new(rectangle, index)
}

fn envelope(bounds: Rect) -> AABB<[f64; 2]> {
    let corner = |at: Coord| [at.x, at.y];
    AABB::from_corners(corner(bounds.min()), corner(bounds.max()))
}

/// Houses joined to blocks, the nearest first, as long as a block can be looked over.
fn blocks<'a>(
    houses: &'a [Open<'a>],
    limits: &CoverageLimits,
    progress: &Progress,
) -> Result<Vec<Vec<&'a Open<'a>>>, Cancelled> {
    let entries = houses
        .iter()
        .enumerate()
        .map(|(i, house)| entry(house.bounds, i));
    let tree = RTree::bulk_load(entries.collect());
    let mut near = Vec::new();
    progress.begin(houses.len() as u64);
    for (index, house) in houses.iter().enumerate() {
        if index % STEP == 0 {
            progress.reach(index as u64)?;
        }
        let local = local_metres(house.bounds.center().into());
        let reach = Coord {
            x: limits.cluster_m / local.per_degree_lon,
            y: limits.cluster_m / local.per_degree_lat,
        };
        let around = Rect::new(house.bounds.min() - reach, house.bounds.max() + reach);
        for other in tree.locate_in_envelope_intersecting(envelope(around)) {
            let distance = apart_m(house.bounds, houses[other.data].bounds, local);
            if other.data > index && distance <= limits.cluster_m {
                near.push((distance, index, other.data));
            }
        }
    }
    near.sort_by(|a, b| {
        a.0.total_cmp(&b.0)
            .then_with(|| (a.1, a.2).cmp(&(b.1, b.2)))
    });
    let mut joined = Joined::of(houses);
    for (_, a, b) in near {
        joined.join(a, b, limits.most_cluster_m);
    }
    Ok(joined.blocks(houses))
}

/// How far two boxes are apart.
fn apart_m(a: Rect, b: Rect, local: LocalMetres) -> f64 {
    let axis = |a: (f64, f64), b: (f64, f64)| (b.0 - a.1).max(a.0 - b.1).max(0.0);
    let east = axis((a.min().x, a.max().x), (b.min().x, b.max().x)) * local.per_degree_lon;
    let north = axis((a.min().y, a.max().y), (b.min().y, b.max().y)) * local.per_degree_lat;
    east.hypot(north)
}

/// Which houses are one block: each points to another of its block, the first of them to itself.
struct Joined {
    to: Vec<usize>,
    bounds: Vec<Rect>,
}

impl Joined {
    fn of(houses: &[Open]) -> Self {
        Self {
            to: (0..houses.len()).collect(),
            bounds: houses.iter().map(|house| house.bounds).collect(),
        }
    }

    fn first(&mut self, of: usize) -> usize {
        let mut at = of;
        while self.to[at] != at {
            self.to[at] = self.to[self.to[at]];
            at = self.to[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize, most_m: f64) {
        let (a, b) = (self.first(a), self.first(b));
        if a == b {
            return;
        }
        let (ours, theirs) = (self.bounds[a], self.bounds[b]);
        let least = |a: Coord, b: Coord| (a.x.min(b.x), a.y.min(b.y));
        let most = |a: Coord, b: Coord| (a.x.max(b.x), a.y.max(b.y));
        let both = Rect::new(
            least(ours.min(), theirs.min()),
            most(ours.max(), theirs.max()),
        );
        let local = local_metres(both.center().into());
        let (width, height) = (
            both.width() * local.per_degree_lon,
            both.height() * local.per_degree_lat,
        );
        // Houses stand near each other all through a town: without a limit it would be one block.
        if width.max(height) <= most_m {
            let (low, high) = (a.min(b), a.max(b));
            self.to[high] = low;
            self.bounds[low] = both;
        }
    }

    fn blocks<'a>(mut self, houses: &'a [Open<'a>]) -> Vec<Vec<&'a Open<'a>>> {
        let mut blocks: Vec<Vec<&Open>> = houses.iter().map(|_| Vec::new()).collect();
        for (index, house) in houses.iter().enumerate() {
            blocks[self.first(index)].push(house);
        }
        blocks.retain(|block| !block.is_empty());
        blocks
    }
}

/// Everything that a boundary encloses.
struct Cover<'a> {
    boundaries: Vec<&'a Boundary>,
    tree: RTree<Entry>,
}

impl<'a> Cover<'a> {
    fn of(survey: &'a Survey) -> Self {
        let drawn = survey
            .estates()
            .filter_map(|estate| estate.boundary.as_deref());
        let boundaries: Vec<&Boundary> = drawn.collect();
        let entries = boundaries
            .iter()
            .enumerate()
            .filter_map(|(index, boundary)| {
                let bounds = boundary.bounding_rect().filter(is_on_earth)?;
                Some(entry(bounds, index))
            });
        Self {
            tree: RTree::bulk_load(entries.collect()),
            boundaries,
        }
    }

    /// The share of `shape` that lies in boundaries.
    fn share(&self, shape: &MultiPolygon) -> f64 {
        let (Some(bounds), whole) = (shape.bounding_rect(), shape.unsigned_area()) else {
            return 0.0;
        };
        if whole <= 0.0 {
            return 0.0;
        }
        let near = self.tree.locate_in_envelope_intersecting(envelope(bounds));
        // Boundaries overlap each other, so each takes its part away from what is left.
        let mut left: Option<MultiPolygon> = None;
        for entry in near {
            let rest = left.as_ref().unwrap_or(shape);
            left = Some(rest.difference(self.boundaries[entry.data]));
        }
        left.map_or(0.0, |left| 1.0 - left.unsigned_area() / whole)
    }
}

#[cfg(test)]
mod tests;
