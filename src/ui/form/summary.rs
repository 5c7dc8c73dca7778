//! What the selected records hold, worked out once and kept until the selection or the survey
//! changes: with thousands selected no frame could do it anew.

use super::onward::open_must_haves;
use crate::catalogue::Items;
use crate::model::{Estate, Field, ItemCode, Value};
use egui::Id;
use std::collections::BTreeMap;

/// What the selected records hold in a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Held {
    Same(Option<Value>),
    /// Several records, not all with the same value.
    Different,
}

impl Held {
    pub fn value(&self) -> Option<&Value> {
        match self {
            Self::Same(value) => value.as_ref(),
            Self::Different => None,
        }
    }
}

#[derive(Default)]
pub struct Summary {
    of: Option<(u64, Id)>,
    held: BTreeMap<Field, Held>,
    open: Vec<Field>,
    estates: usize,
    /// How many of the estates somebody looked at the item in.
    seen: BTreeMap<ItemCode, usize>,
}

impl Summary {
    /// Works it out anew where `revision` or the selection is another one.
    pub fn refresh(&mut self, revision: u64, selection: Id, estates: &[&Estate], items: &Items) {
        if self.of == Some((revision, selection)) {
            return;
        }
        self.of = Some((revision, selection));
        self.held = items
            .iter()
            .map(|item| Field::Gap(item.code))
            .chain(Field::PLAIN.iter().copied())
            .map(|field| (field, held(estates, &field)))
            .collect();
        self.estates = estates.len();
        self.seen.clear();
        for item in estates.iter().flat_map(|estate| estate.gaps.keys()) {
            *self.seen.entry(*item).or_default() += 1;
        }
        self.open = match estates {
            [] => Vec::new(),
            estates => open_must_haves(estates, items),
        };
    }

    /// How many answers there are to give until each of `items` was looked at in every estate.
    pub fn unseen(&self, items: impl Iterator<Item = ItemCode>) -> usize {
        let seen = |item| self.seen.get(&item).copied().unwrap_or(0);
        items.map(|item| self.estates - seen(item)).sum()
    }

    pub fn held(&self, field: &Field) -> Held {
        let held = self.held.get(field).cloned();
        // Every field that the form shows is in the table.
        held.unwrap_or(Held::Same(None))
    }

    /// The must-haves that a selected record lacks, from top to bottom.
    pub fn open(&self) -> &[Field] {
        &self.open
    }
}

fn held(estates: &[&Estate], field: &Field) -> Held {
    let mut values = estates.iter().map(|estate| estate.get(field));
    let first = values.next().flatten();
    match values.all(|value| value == first) {
        true => Held::Same(first),
        false => Held::Different,
    }
}
