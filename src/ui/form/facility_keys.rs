//! Which key belongs to which facility. Pure.
//!
//! Keys are `egui::Key`: what is printed on the key cap, or its place where the layout has no such
//! letter.

use crate::catalogue::{Items, Utility};
use crate::model::ItemCode;
use egui::Key;

/// The key of a facility that a survey must look at.
pub fn essential_key(utility: Utility) -> Option<Key> {
    match utility {
        Utility::Water => Some(Key::W),
        Utility::Power => Some(Key::P),
        Utility::Road => Some(Key::R),
        Utility::Gas => Some(Key::G),
        Utility::Lift => None,
    }
}

/// The letters that the four must-haves leave, for the group that is unfolded.
const GROUP_KEYS: [Key; 26] = [
    Key::A,
    Key::B,
    Key::C,
    Key::D,
    Key::E,
    Key::F,
    Key::H,
    Key::I,
    Key::J,
    Key::K,
    Key::L,
    Key::M,
    Key::N,
    Key::O,
    Key::Q,
    Key::S,
    Key::T,
    Key::U,
    Key::V,
    Key::X,
    Key::Y,
    Key::Z,
    Key::Semicolon,
    Key::Comma,
    Key::Period,
    Key::Slash,
];

/// One cell of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    pub item: ItemCode,
    /// An own item of a county may be one too many for the keyboard: arrows still reach it.
    pub key: Option<Key>,
}

/// The four must-haves.
pub fn essentials(items: &Items) -> Vec<(Utility, Cell)> {
    Utility::ESSENTIAL
        .iter()
        .filter_map(|utility| {
            let cell = Cell {
                item: items.leading(*utility)?.code,
                key: essential_key(*utility),
            };
            Some((*utility, cell))
        })
        .collect()
}

/// The groups of the catalogue: `A`, `B`, `C`, `D`, and a county's own.
pub fn groups(items: &Items) -> Vec<char> {
    let mut groups: Vec<_> = items.iter().map(|item| item.code.group()).collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}

/// The digits that severities leave unfold the groups, in their order.
const GROUP_DIGITS: [Key; 5] = [Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];

/// The key that unfolds the group at `index`.
pub fn group_key(index: usize) -> Option<Key> {
    GROUP_DIGITS.get(index).copied()
}

/// The group of `groups` that `key` unfolds.
pub fn group_of_key(key: Key, groups: &[char]) -> Option<char> {
    let index = GROUP_DIGITS.iter().position(|digit| *digit == key)?;
    groups.get(index).copied()
}

/// The items of a group but the must-haves, which stand above.
pub fn group_cells(items: &Items, group: char) -> Vec<Cell> {
    items
        .iter()
        .filter(|item| item.code.group() == group && item.leads.is_none())
        .enumerate()
        .map(|(index, item)| Cell {
            item: item.code,
            key: GROUP_KEYS.get(index).copied(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use std::collections::BTreeSet;

    #[test]
    fn every_item_has_a_key_of_its_own_in_its_group() {
        let items = Catalogue::shipped().items;
        let essentials = essentials(&items);
        let mut count = essentials.len();
        for group in groups(&items) {
            let cells = group_cells(&items, group);
            let keys: Option<BTreeSet<_>> = essentials
                .iter()
                .map(|(_, cell)| cell)
                .chain(&cells)
                .map(|cell| cell.key)
                .collect();
            assert_eq!(keys.unwrap().len(), essentials.len() + cells.len());
            count += cells.len();
        }
        assert_eq!(count, 57);
    }
}
