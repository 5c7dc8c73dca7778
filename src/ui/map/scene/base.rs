//! The large mesh of a whole survey and the index over it: what takes longer than a frame to make
//! for many records, so it is made on a thread of its own.

use super::slot::{Shape, Slot};
use crate::model::Estate;
use crate::ui::map::mesh::Mesh;
use rstar::RTree;
use rstar::primitives::{GeomWithData, Rectangle};
use std::sync::Arc;

/// The extent of a slot, in degrees, and its number.
pub type Entry = GeomWithData<Rectangle<[f64; 2]>, u32>;

/// The first slots, their mesh, and where they lie.
#[derive(Default)]
pub struct Base {
    pub slots: Vec<Slot>,
    pub mesh: Arc<Mesh>,
    pub tree: RTree<Entry>,
}

impl Base {
    /// One slot for each record that is drawn, in the order of `records`.
    pub fn of(records: Vec<Arc<Estate>>) -> Self {
        let slot = |estate: Arc<Estate>| Shape::of(&estate).map(|shape| Slot::new(estate, shape));
        let slots: Vec<_> = records.into_iter().filter_map(slot).collect();
        Self {
            mesh: Arc::new(mesh_of(&slots, 0)),
            tree: RTree::bulk_load(entries(&slots, 0).collect()),
            slots,
        }
    }
}

/// The mesh of `slots`, which are numbered from `first`.
pub fn mesh_of(slots: &[Slot], first: usize) -> Mesh {
    let figures = slots.iter().enumerate();
    Mesh::of(figures.map(|(index, slot)| ((first + index) as u32, slot.shape.figure())))
}

/// Where `slots` lie, numbered from `first`; what lies nowhere is left out.
pub fn entries(slots: &[Slot], first: usize) -> impl Iterator<Item = Entry> {
    slots.iter().enumerate().filter_map(move |(index, slot)| {
        let [lower, upper] = slot.shape.extent()?;
        let rectangle = Rectangle::from_corners(lower, upper);
        Some(Entry::new(rectangle, (first + index) as u32))
    })
}
