//! What of the survey is drawn, kept in step with it cheaply.
//!
//! Each drawn state of a record has a *slot*. Vertices name their slot once and for ever; what a
//! slot looks like is a byte pair that can change without touching a vertex. A changed boundary
//! gets a new slot in a small second mesh and hides the old one, so that saving an edit costs
//! nothing that grows with the survey.

use super::class::{Class, Classifier, Pattern};
use super::mesh::{Figure, Mesh};
use crate::catalogue::Items;
use crate::model::{Boundary, Estate, EstateId, LonLat, Standing, Survey};
use crate::ui::action::MapTheme;
use geo::{Area, BoundingRect, Contains};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How a slot looks: what to take from the palette, and how to fill.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, bytemuck::Pod, bytemuck::Zeroable)]
pub struct Style {
    /// An index into [`Class::ALL`], or one of the constants here.
    pub class: u8,
    /// 0 plain, 1 hatched, 2 outline alone.
    pub pattern: u8,
}

impl Style {
    pub const HIDDEN: Style = Style {
        class: 255,
        pattern: 0,
    };
    /// A record inside another, which counts it: outline alone.
    pub const CONTAINED: Style = Style {
        class: 16,
        pattern: 2,
    };
    pub const DISTRICT: Style = Style {
        class: 17,
        pattern: 2,
    };
    pub const WAITING: Style = Style {
        class: 18,
        pattern: 0,
    };
    /// How many entries the palette on the GPU has.
    pub const COUNT: usize = 20;

    fn of(class: Class) -> Self {
        Self {
            class: class.index(),
            pattern: match class.pattern() {
                Pattern::Plain => 0,
                Pattern::Hatched => 1,
            },
        }
    }
}

/// One drawn state of one record.
#[derive(Debug)]
pub struct Slot {
    pub estate: Arc<Estate>,
    shape: Shape,
    pub class: Class,
    /// In square degrees, to compare by.
    pub area: f64,
}

#[derive(Clone, Debug)]
enum Shape {
    Area(Arc<Boundary>),
    Point(LonLat),
}

impl Shape {
    /// Merged and withdrawn records are not drawn: what counts for them is drawn.
    fn of(estate: &Estate) -> Option<Self> {
        match (&estate.standing, &estate.boundary, estate.position) {
            (Standing::Merged { .. } | Standing::Withdrawn { .. }, _, _) => None,
            (_, Some(boundary), _) => Some(Self::Area(boundary.clone())),
            (Standing::Counted, None, Some(position)) => Some(Self::Point(position)),
            _ => None,
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Area(a), Self::Area(b)) => Arc::ptr_eq(a, b) || a == b,
            (Self::Point(a), Self::Point(b)) => a == b,
            _ => false,
        }
    }

    fn figure(&self) -> Figure<'_> {
        match self {
            Self::Area(boundary) => Figure::Area(boundary),
            Self::Point(position) => Figure::Point(*position),
        }
    }

    fn envelope(&self) -> Option<AABB<[f64; 2]>> {
        match self {
            Self::Area(boundary) => {
                let rect = boundary.bounding_rect()?;
                let corners = [rect.min().x_y(), rect.max().x_y()].map(|(x, y)| [x, y]);
                Some(AABB::from_corners(corners[0], corners[1]))
            }
            Self::Point(at) => Some(AABB::from_point([at.lon, at.lat])),
        }
    }
}

impl Slot {
    fn new(estate: Arc<Estate>, shape: Shape) -> Self {
        let area = match &shape {
            Shape::Area(boundary) => boundary.unsigned_area(),
            Shape::Point(_) => 0.0,
        };
        Self {
            estate,
            shape,
            class: Class::Unknown,
            area,
        }
    }

    pub fn boundary(&self) -> Option<&Boundary> {
        match &self.shape {
            Shape::Area(boundary) => Some(boundary),
            Shape::Point(_) => None,
        }
    }

    /// Where a waiting register row lies.
    pub fn waiting_at(&self) -> Option<LonLat> {
        match &self.shape {
            Shape::Area(_) => None,
            Shape::Point(position) => Some(*position),
        }
    }

    fn style(&self) -> Style {
        match (&self.shape, &self.estate.standing) {
            (Shape::Point(_), _) => Style::WAITING,
            (Shape::Area(_), Standing::PartOf { .. }) => Style::CONTAINED,
            (Shape::Area(_), _) => Style::of(self.class),
        }
    }
}

type Entry = GeomWithData<Rectangle<[f64; 2]>, u32>;

/// The drawn records.
#[derive(Default)]
pub struct Scene {
    seen: Option<(u64, MapTheme)>,
    slots: Vec<Slot>,
    /// The slot each drawn record has now, by key.
    live: Vec<(EstateId, u32)>,
    tree: RTree<Entry>,
    base: Arc<Mesh>,
    /// How many slots are in `base`; the others are in `tail`.
    base_slots: usize,
    tail: Arc<Mesh>,
    styles: Arc<Vec<Style>>,
    counts: BTreeMap<Class, usize>,
}

/// From this many changed boundaries on everything is put into one mesh again.
const TAIL_LIMIT: usize = 1000;

impl Scene {
    /// Brings the scene up to `survey`, whose state `revision` names.
    pub fn update(&mut self, survey: &Survey, revision: u64, theme: MapTheme, items: &Items) {
        if self.seen == Some((revision, theme)) {
            return;
        }
        let theme_changed = self.seen.is_none_or(|(_, before)| before != theme);
        self.seen = Some((revision, theme));
        let changes = self.follow(survey);
        let all = || self.live.iter().map(|(_, slot)| *slot);
        let stale: Vec<_> = match theme_changed || changes.moved == Moved::Everything {
            true => all().collect(),
            false => changes.slots,
        };
        self.restyle(&stale, &changes.gone, &Classifier::new(theme, items));
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
        if self.slots.len() - self.base_slots > TAIL_LIMIT || self.base_slots == 0 {
            self.compact();
            changes.gone.clear();
            changes.moved = Moved::Everything;
        } else if self.slots.len() > known {
            self.extend_tail(known);
        }
        changes
    }

    /// Everything live into one mesh; abandoned slots go.
    fn compact(&mut self) {
        let mut old: Vec<_> = std::mem::take(&mut self.slots)
            .into_iter()
            .map(Some)
            .collect();
        for (_, slot) in &mut self.live {
            if let Some(kept) = old[*slot as usize].take() {
                *slot = self.slots.len() as u32;
                self.slots.push(kept);
            }
        }
        self.base_slots = self.slots.len();
        self.base = Arc::new(mesh_of(&self.slots, 0));
        self.tail = Arc::default();
        self.tree = RTree::bulk_load(entries(&self.slots, 0).collect());
    }

    fn extend_tail(&mut self, known: usize) {
        self.tail = Arc::new(mesh_of(&self.slots[self.base_slots..], self.base_slots));
        for entry in entries(&self.slots[known..], known) {
            self.tree.insert(entry);
        }
    }

    fn restyle(&mut self, stale: &[u32], gone: &[u32], classifier: &Classifier) {
        if stale.is_empty() && gone.is_empty() && self.styles.len() == self.slots.len() {
            return;
        }
        let mut styles = self.styles.to_vec();
        styles.resize(self.slots.len(), Style::HIDDEN);
        for slot in gone {
            styles[*slot as usize] = Style::HIDDEN;
        }
        for slot in stale.iter().map(|slot| *slot as usize) {
            let drawn = &mut self.slots[slot];
            drawn.class = classifier.class_of(&drawn.estate);
            styles[slot] = drawn.style();
        }
        let mut counts = [0; 256];
        for style in &styles {
            counts[usize::from(style.class)] += 1;
        }
        self.counts = Class::ALL
            .into_iter()
            .map(|class| (class, counts[usize::from(class.index())]))
            .collect();
        self.styles = Arc::new(styles);
    }

    /// The large mesh and the small one that is drawn over it.
    pub fn meshes(&self) -> [&Arc<Mesh>; 2] {
        [&self.base, &self.tail]
    }

    pub fn styles(&self) -> &Arc<Vec<Style>> {
        &self.styles
    }

    /// How many drawn estates each class has.
    pub fn counts(&self) -> &BTreeMap<Class, usize> {
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
            .filter(|(distance, _)| *distance <= 1.0)
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
    moved: Moved,
}

#[derive(Default, PartialEq, Eq)]
enum Moved {
    #[default]
    Nothing,
    /// Slots were numbered anew: the others of `Changes` no longer hold.
    Everything,
}

fn mesh_of(slots: &[Slot], first: usize) -> Mesh {
    let figures = slots.iter().enumerate();
    Mesh::of(figures.map(|(index, slot)| ((first + index) as u32, slot.shape.figure())))
}

fn entries(slots: &[Slot], first: usize) -> impl Iterator<Item = Entry> {
    slots.iter().enumerate().filter_map(move |(index, slot)| {
        let envelope = slot.shape.envelope()?;
        let finite = |corner: [f64; 2]| corner.iter().all(|axis| axis.is_finite());
        (finite(envelope.lower()) && finite(envelope.upper())).then(|| {
            let rectangle = Rectangle::from_corners(envelope.lower(), envelope.upper());
            Entry::new(rectangle, (first + index) as u32)
        })
    })
}
