//! The large mesh of a whole survey and the index over it: what takes longer than a frame to make
//! for many records, so it is made on a thread of its own.

use super::slot::{Shape, Slot};
use crate::model::Estate;
use crate::ui::map::mesh::Mesh;
use rstar::RTree;
use rstar::primitives::{GeomWithData, Rectangle};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

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

/// A base being made.
pub struct Building {
    receiver: Receiver<Base>,
}

impl Building {
    /// Starts making it; `context` is repainted when it is done.
    ///
    /// # Errors
    /// Where the system gives no thread.
    pub fn start(records: Vec<Arc<Estate>>, context: egui::Context) -> std::io::Result<Self> {
        let (sender, receiver) = channel();
        std::thread::Builder::new()
            .name("map mesh".to_owned())
            .spawn(move || {
                // Nobody waits any more where the map is gone.
                if sender.send(Base::of(records)).is_ok() {
                    context.request_repaint();
                }
            })?;
        Ok(Self { receiver })
    }

    pub fn state(&self) -> State {
        match self.receiver.try_recv() {
            Ok(base) => State::Done(base),
            Err(TryRecvError::Empty) => State::UnderWay,
            Err(TryRecvError::Disconnected) => State::Failed,
        }
    }
}

pub enum State {
    UnderWay,
    Done(Base),
    /// The thread is gone without a result.
    Failed,
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
