//! What of the survey is drawn, kept in step with it cheaply.
//!
//! Each drawn state of a record has a *slot*. Vertices name their slot once and for ever; what a
//! slot looks like is a byte pair that can change without touching a vertex. A changed boundary
//! gets a new slot in a small second mesh and hides the old one, so that saving an edit costs
//! next to nothing however large the survey. The large mesh is made anew beside the frames.

mod base;
mod slot;

pub use slot::{Slot, Style};

use super::class::{Breaks, Certainty, Class, Classed, Classifier, Pattern, Theming};
use super::mesh::Mesh;
use crate::model::{EstateId, LonLat, MapLook, Survey};
use crate::ui::pending::{Answer, Pending};
use crate::ui::preferences::Switch;
use base::{Base, Entry, entries, mesh_of};
use geo::Contains;
use rstar::{AABB, RTree};
use slot::Shape;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The drawn records.
#[derive(Default)]
pub struct Scene {
    seen: Option<(u64, Themed)>,
    slots: Vec<Slot>,
    /// The slot each drawn record has now, by key.
    live: Vec<(EstateId, u32)>,
    tree: RTree<Entry>,
    base: Arc<Mesh>,
    /// How many slots are in `base`; the others are in `tail`.
    base_slots: usize,
    tail: Arc<Mesh>,
    building: Option<Pending<Base>>,
    /// How each slot looks by itself.
    own_styles: Arc<Vec<Style>>,
    /// How each slot looks beside those that are listed.
    styles: Arc<Vec<Style>>,
    /// What `styles` was made of.
    listed: Option<u64>,
    counts: BTreeMap<Classed, usize>,
    /// The limits of the classes of a count, as they were when its theme was chosen: they do not
    /// move under an edit.
    breaks: Breaks,
}

/// What the classes were made from.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
struct Themed {
    look: MapLook,
    facts: Option<u64>,
    marks_chosen: Switch,
}

impl Themed {
    fn by(theming: Theming<'_>) -> Self {
        Self {
            look: theming.look,
            facts: theming.facts.map(|facts| facts.changes),
            marks_chosen: theming.marks_chosen,
        }
    }
}

/// The records that the list holds, while it leaves others out.
#[derive(Clone, Copy)]
pub struct Listed<'a> {
    pub ids: &'a [EstateId],
    /// Another number whenever they may be others.
    pub changes: u64,
}

/// From this many slots outside the large mesh on, it is made anew.
const TAIL_LIMIT: usize = 1000;
/// So many records are put into a mesh within a frame; more on a thread of their own.
const INLINE_LIMIT: usize = 2000;

impl Scene {
    /// Brings the scene up to `survey`, whose state `revision` names.
    pub fn update(
        &mut self,
        survey: &Survey,
        revision: u64,
        theming: Theming<'_>,
        context: &egui::Context,
    ) {
        let arrived = self.take_in_base();
        let themed = Themed::by(theming);
        let now = Some((revision, themed));
        if self.seen == now && arrived == Arrived::Nothing {
            return;
        }
        let theme_changed = self.seen.is_none_or(|(_, before)| before != themed);
        self.seen = now;
        let mut changes = self.follow(survey);
        let mut all_new = theme_changed || arrived == Arrived::Base;
        if self.is_untidy() && self.tidy(context) == Arrived::Base {
            changes.gone.clear();
            all_new = true;
        }
        if all_new {
            changes.slots = self.live.iter().map(|(_, slot)| *slot).collect();
            let drawn = self.live.iter();
            let drawn = drawn.map(|(_, slot)| &*self.slots[*slot as usize].estate);
            self.breaks = Classifier::breaks(theming.look.theme, drawn);
        }
        let classifier = Classifier::new(theming, self.breaks.clone());
        self.restyle(&changes, &classifier, theming.look);
    }

    /// Looks at every record anew at the next update, e.g. because another survey was opened.
    pub fn invalidate(&mut self) {
        self.seen = None;
    }

    /// Takes over the survey's records.
    fn follow(&mut self, survey: &Survey) -> Changes {
        let mut before = std::mem::take(&mut self.live).into_iter().peekable();
        let mut changes = Changes::default();
        let known = self.slots.len();
        // Both run in key order, so one pass finds what came, went and changed.
        for estate in survey.estates() {
            let same = |(_, slot): &(EstateId, u32)| {
                Arc::ptr_eq(&self.slots[*slot as usize].estate, estate)
            };
            // Most are as they were; not even the record is looked into.
            if let Some(unchanged) = before.next_if(same) {
                self.live.push(unchanged);
                continue;
            }
            while let Some((_, gone)) = before.next_if(|(id, _)| *id < estate.id) {
                changes.gone.push(gone);
            }
            let shape = Shape::of(estate);
            if let Some((id, slot)) = before.next_if(|(id, _)| *id == estate.id) {
                let drawn = &mut self.slots[slot as usize];
                if shape.as_ref().is_some_and(|now| now.is_same(&drawn.shape)) {
                    drawn.estate = estate.clone();
                    changes.slots.push(slot);
                    self.live.push((id, slot));
                    continue;
                }
                changes.gone.push(slot);
            }
            if let Some(shape) = shape {
                let slot = self.slots.len() as u32;
                changes.slots.push(slot);
                self.live.push((estate.id, slot));
                self.slots.push(Slot::new(estate.clone(), shape));
            }
        }
        changes.gone.extend(before.map(|(_, slot)| slot));
        if self.slots.len() > known && self.tail_slots() <= TAIL_LIMIT {
            self.tail = Arc::new(mesh_of(&self.slots[self.base_slots..], self.base_slots));
            for entry in entries(&self.slots[known..], known) {
                self.tree.insert(entry);
            }
        }
        changes
    }

    fn tail_slots(&self) -> usize {
        self.slots.len() - self.base_slots
    }

    /// Whether it is time to put everything into one mesh again.
    fn is_untidy(&self) -> bool {
        self.tail_slots() > TAIL_LIMIT || (self.base_slots == 0 && !self.slots.is_empty())
    }

    /// Makes the large mesh anew, at once or, for many records, beside the frames.
    fn tidy(&mut self, context: &egui::Context) -> Arrived {
        if self.building.is_some() {
            return Arrived::Nothing;
        }
        let live = self.live.iter();
        let records = live.map(|(_, slot)| self.slots[*slot as usize].estate.clone());
        let records: Vec<_> = records.collect();
        if records.len() > INLINE_LIMIT {
            let asked = records.clone();
            if let Ok(building) = Pending::start("map mesh", context, move || Base::of(asked)) {
                self.building = Some(building);
                return Arrived::Nothing;
            }
        }
        self.adopt(Base::of(records));
        Arrived::Base
    }

    fn take_in_base(&mut self) -> Arrived {
        match self.building.as_ref().map(Pending::poll) {
            None | Some(Answer::UnderWay) => Arrived::Nothing,
            Some(Answer::Here(base)) => {
                self.building = None;
                // What has changed since it was begun, `follow` finds.
                self.adopt(base);
                Arrived::Base
            }
            Some(Answer::Lost) => {
                self.building = None;
                Arrived::Nothing
            }
        }
    }

    fn adopt(&mut self, base: Base) {
        let ids = base.slots.iter().map(|slot| slot.estate.id);
        self.live = ids.zip(0..).collect();
        self.base_slots = base.slots.len();
        self.slots = base.slots;
        self.base = base.mesh;
        self.tree = base.tree;
        self.tail = Arc::default();
        self.own_styles = Arc::default();
        self.styles = Arc::default();
    }

    /// Whether a large mesh is being made.
    #[cfg(test)]
    pub fn is_building(&self) -> bool {
        self.building.is_some()
    }

    fn restyle(&mut self, changes: &Changes, classifier: &Classifier, look: MapLook) {
        if changes.slots.is_empty() && changes.gone.is_empty() {
            return;
        }
        let mut styles = self.own_styles.to_vec();
        styles.resize(self.slots.len(), Style::HIDDEN);
        for slot in &changes.gone {
            styles[*slot as usize] = Style::HIDDEN;
        }
        for slot in changes.slots.iter().map(|slot| *slot as usize) {
            let drawn = &mut self.slots[slot];
            drawn.class = classifier.class_of(&drawn.estate);
            styles[slot] = drawn.style(classifier.chosen(&drawn.estate), look);
        }
        let mut counts = [[0; 2]; 256];
        for style in &styles {
            let is_hatched = style.pattern == Style::pattern_of(Pattern::Hatched);
            counts[usize::from(style.class)][usize::from(is_hatched)] += 1;
        }
        self.counts = Class::ALL
            .into_iter()
            .flat_map(|class| {
                let [plain, hatched] = counts[usize::from(class.index())];
                match class.pattern() {
                    Pattern::Hatched => vec![(class.into(), hatched)],
                    _ => {
                        let certainty = Certainty::Open;
                        let open = Classed { class, certainty };
                        vec![(class.into(), plain), (open, hatched)]
                    }
                }
            })
            .collect();
        self.own_styles = Arc::new(styles);
        self.styles = self.own_styles.clone();
        self.listed = None;
    }

    /// Draws what the list leaves out as an outline alone; `None` shows all alike.
    pub fn show(&mut self, listed: Option<Listed<'_>>) {
        let now = listed.map(|listed| listed.changes);
        if self.listed == now {
            return;
        }
        self.listed = now;
        self.styles = self.own_styles.clone();
        let Some(listed) = listed else { return };
        let mut ids = listed.ids.to_vec();
        ids.sort_unstable();
        // Both run in key order.
        let mut ids = ids.into_iter().peekable();
        let styles = Arc::make_mut(&mut self.styles);
        for (id, slot) in &self.live {
            while ids.next_if(|listed| listed < id).is_some() {}
            if ids.next_if_eq(id).is_none() {
                styles[*slot as usize].pattern = Style::OUTLINE_ALONE;
            }
        }
    }

    /// Whether the list leaves the record out.
    pub fn is_left_out(&self, id: EstateId) -> bool {
        let Ok(index) = self.live.binary_search_by_key(&id, |(id, _)| *id) else {
            return false;
        };
        let slot = self.live[index].1 as usize;
        self.styles[slot] != self.own_styles[slot]
    }

    /// The large mesh and the small one that is drawn over it.
    pub fn meshes(&self) -> [&Arc<Mesh>; 2] {
        [&self.base, &self.tail]
    }

    pub fn styles(&self) -> &Arc<Vec<Style>> {
        &self.styles
    }

    /// The limits of the classes of a count.
    pub fn breaks(&self) -> &Breaks {
        &self.breaks
    }

    /// How many drawn estates each class has.
    pub fn counts(&self) -> &BTreeMap<Classed, usize> {
        &self.counts
    }

    /// The drawn state of a record.
    pub fn slot(&self, id: EstateId) -> Option<&Slot> {
        let index = self.live.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        Some(&self.slots[self.live[index].1 as usize])
    }

    /// The slots that touch `bounds` (degrees), in no meaningful order.
    pub fn within(&self, bounds: geo::Rect) -> impl Iterator<Item = &Slot> {
        let envelope = AABB::from_corners(
            [bounds.min().x, bounds.min().y],
            [bounds.max().x, bounds.max().y],
        );
        self.tree
            .locate_in_envelope_intersecting(envelope)
            .map(|entry| entry.data)
            .filter(|slot| self.styles.get(*slot as usize) != Some(&Style::HIDDEN))
            .map(|slot| &self.slots[slot as usize])
    }

    /// The records that lie wholly in `bounds` (degrees), by key.
    pub fn inside(&self, bounds: geo::Rect) -> Vec<EstateId> {
        let (least, most) = (bounds.min(), bounds.max());
        let is_inside = |slot: &&Slot| {
            slot.shape.extent().is_some_and(|[lower, upper]| {
                lower[0] >= least.x
                    && lower[1] >= least.y
                    && upper[0] <= most.x
                    && upper[1] <= most.y
            })
        };
        let inside = self.within(bounds).filter(is_inside);
        let mut ids: Vec<_> = inside.map(|slot| slot.estate.id).collect();
        ids.sort();
        ids
    }

    /// The record under a position: a waiting point within `reach` (degrees), else the smallest
    /// polygon that contains it, so that a block inside an estate can be picked.
    pub fn hit(&self, at: LonLat, reach: geo::Coord) -> Option<&Slot> {
        let here = geo::Coord::from(at);
        let near = geo::Rect::new(here - reach, here + reach);
        let point = geo::Point(here);
        let distance = |slot: &Slot| {
            let position = slot.waiting_at()?;
            let (dx, dy) = (position.lon - at.lon, position.lat - at.lat);
            Some((dx / reach.x).hypot(dy / reach.y))
        };
        let waiting = self
            .within(near)
            .filter_map(|slot| distance(slot).map(|distance| (distance, slot)))
            // A point that is left out is not seen at all.
            .filter(|(distance, slot)| *distance <= 1.0 && !self.is_left_out(slot.estate.id))
            .min_by(|(a, s), (b, t)| a.total_cmp(b).then(s.estate.id.cmp(&t.estate.id)));
        if let Some((_, slot)) = waiting {
            return Some(slot);
        }
        self.within(geo::Rect::new(here, here))
            .filter(|slot| slot.boundary().is_some_and(|area| area.contains(&point)))
            .min_by(|a, b| {
                let size = a.area.total_cmp(&b.area);
                size.then(a.estate.id.cmp(&b.estate.id))
            })
    }
}

/// What `follow` found.
#[derive(Default)]
struct Changes {
    /// Slots that are new or whose record has changed.
    slots: Vec<u32>,
    /// Slots that show nothing any more.
    gone: Vec<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Arrived {
    Nothing,
    /// A new large mesh: slots are numbered anew.
    Base,
}
