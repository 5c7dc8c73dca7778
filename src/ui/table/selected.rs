//! Which records are selected, fast to ask: thousands may be.

use crate::model::EstateId;

/// The selection in the order of the keys, kept as long as it stays the same.
#[derive(Default)]
pub struct Selected {
    of: Vec<EstateId>,
    sorted: Vec<EstateId>,
}

impl Selected {
    pub fn update(&mut self, selection: &[EstateId]) {
        if self.of != selection {
            self.of = selection.to_vec();
            self.sorted = selection.to_vec();
            self.sorted.sort_unstable();
        }
    }

    pub fn contains(&self, id: EstateId) -> bool {
        self.sorted.binary_search(&id).is_ok()
    }
}
