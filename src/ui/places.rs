//! Where the window was when an edit was made, so that undo and redo go back there: the idea is
//! iD's. Kept for this run alone; after a restart undo shows the records that it changed.

use super::action::Workspace;
use super::map;
use crate::model::{Boundary, Change, EditId, Estate, EstateId, LonLat, Pair};
use geo::BoundingRect;
use std::collections::{BTreeMap, VecDeque};

/// What the window showed at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub selection: Vec<EstateId>,
    pub workspace: Workspace,
    /// The pair under review.
    pub pair: Option<Pair>,
    pub look: Look,
}

/// Where the map looked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    pub center: LonLat,
    pub zoom: f64,
}

/// Which way an edit is gone through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Undo,
    Redo,
}

/// The places of the edits of this run.
#[derive(Default)]
pub struct Places {
    of: BTreeMap<EditId, Around>,
    /// Oldest first, so that the oldest is forgotten.
    order: VecDeque<EditId>,
}

/// The window as an edit found it and as it left it.
struct Around {
    before: Place,
    after: Option<Place>,
}

/// Nobody undoes more than this in one sitting.
const MOST: usize = 1000;

impl Places {
    /// An edit was made while the window showed `before`.
    pub fn begin(&mut self, edit: EditId, before: Place) {
        let around = Around {
            before,
            after: None,
        };
        if self.of.insert(edit, around).is_none() {
            self.order.push_back(edit);
        }
        if self.order.len() > MOST
            && let Some(oldest) = self.order.pop_front()
        {
            self.of.remove(&oldest);
        }
    }

    /// Whether an edit was made whose outcome is not yet known.
    pub fn is_open(&self) -> bool {
        let newest = self.order.back().and_then(|edit| self.of.get(edit));
        newest.is_some_and(|around| around.after.is_none())
    }

    /// Everything that belongs to the edits just made has happened: the window shows `after`.
    pub fn end(&mut self, after: &Place) {
        for edit in self.order.iter().rev() {
            match self.of.get_mut(edit) {
                Some(around) if around.after.is_none() => around.after = Some(after.clone()),
                _ => break,
            }
        }
    }

    /// Where an undo or redo of this edit goes.
    pub fn of(&self, edit: EditId, step: Step) -> Option<&Place> {
        let around = self.of.get(&edit)?;
        match step {
            Step::Undo => Some(&around.before),
            Step::Redo => around.after.as_ref(),
        }
    }
}

/// What is selected after an undo or redo: what was selected then, unless none of the records
/// that changed (`changed`, those that exist now) would be seen to change.
pub fn selection_to_return_to(then: &[EstateId], changed: &[EstateId]) -> Vec<EstateId> {
    match changed.is_empty() || changed.iter().any(|id| then.contains(id)) {
        true => then.to_vec(),
        false => changed.to_vec(),
    }
}

/// What encloses everything that changed on the ground; `None` where nothing there did.
pub fn changed_bounds(changes: &[Change]) -> Option<geo::Rect> {
    let bounds = changes.iter().filter_map(|change| match change {
        Change::Estate { before, after, .. } => bounds_of(before.as_deref(), after.as_deref()),
        _ => None,
    });
    bounds.reduce(map::enclosing)
}

fn bounds_of(before: Option<&Estate>, after: Option<&Estate>) -> Option<geo::Rect> {
    let boundary = |estate: Option<&Estate>| estate.and_then(|estate| estate.boundary.clone());
    if let (Some(before), Some(after)) = (boundary(before), boundary(after))
        && before != after
    {
        return moved_corners(&before, &after);
    }
    let extents = [before, after]
        .into_iter()
        .flatten()
        .filter_map(map::extent);
    extents.reduce(map::enclosing)
}

/// What encloses the corners that only one of two boundaries has.
fn moved_corners(before: &Boundary, after: &Boundary) -> Option<geo::Rect> {
    use geo::CoordsIter;
    let corners = |boundary: &Boundary| -> Vec<(u64, u64)> {
        let mut corners: Vec<_> = boundary
            .coords_iter()
            .map(|at| (at.x.to_bits(), at.y.to_bits()))
            .collect();
        corners.sort_unstable();
        corners
    };
    let (old, new) = (corners(before), corners(after));
    let only_in = |boundary: &Boundary, other: &[(u64, u64)]| -> Vec<geo::Point> {
        let coords = boundary.coords_iter();
        let moved = coords.filter(|at| {
            let key = (at.x.to_bits(), at.y.to_bits());
            other.binary_search(&key).is_err()
        });
        moved.map(geo::Point).collect()
    };
    let moved = [only_in(before, &new), only_in(after, &old)].concat();
    geo::MultiPoint(moved).bounding_rect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::test_bench::id;
    use std::sync::Arc;

    fn edit(number: u128) -> EditId {
        EditId(uuid::Uuid::from_u128(number))
    }

    fn place(selected: u128) -> Place {
        Place {
            selection: vec![id(selected)],
            workspace: Workspace::Survey,
            pair: None,
            look: Look {
                center: LonLat::new(115.9, 28.68),
                zoom: 17.0,
            },
        }
    }

    #[test]
    fn an_edit_is_undone_to_what_it_found_and_done_again_to_what_it_left() {
        let mut places = Places::default();
        places.begin(edit(1), place(1));
        assert!(places.is_open());
        places.end(&place(2));
        assert!(!places.is_open());
        places.begin(edit(2), place(3));
        places.end(&place(4));
        assert_eq!(places.of(edit(1), Step::Undo), Some(&place(1)));
        assert_eq!(places.of(edit(1), Step::Redo), Some(&place(2)));
        assert_eq!(places.of(edit(2), Step::Redo), Some(&place(4)));
        assert_eq!(places.of(edit(3), Step::Undo), None, "of another run");
    }

    #[test]
    fn only_so_many_places_are_kept_and_the_oldest_goes_first() {
        let mut places = Places::default();
        for number in 0..=MOST as u128 {
            places.begin(edit(number), place(number));
            places.end(&place(number));
        }
        assert_eq!(places.of(edit(0), Step::Undo), None);
        assert!(places.of(edit(1), Step::Undo).is_some());
    }

    #[test]
    fn the_selection_comes_back_unless_nothing_in_it_changed() {
        for (then, changed, selected, why) in [
            (&[1][..], &[1][..], &[1][..], "the record edited"),
            (&[1, 2], &[2], &[1, 2], "one of several"),
            (&[], &[], &[], "a drawn record that is gone again"),
            (&[2], &[1], &[1], "typed for 1, finished by a click on 2"),
        ] {
            let ids = |numbers: &[u128]| numbers.iter().map(|n| id(*n)).collect::<Vec<_>>();
            let returned = selection_to_return_to(&ids(then), &ids(changed));
            assert_eq!(returned, ids(selected), "{why}");
        }
    }

    #[test]
    fn a_moved_corner_changes_where_it_was_and_is_and_no_more() {
        let square = |east: f64| -> Arc<Boundary> {
            let mut polygon = geo::Rect::new((115.0, 28.0), (116.0, 29.0)).to_polygon();
            polygon.exterior_mut(|ring| {
                for corner in &mut ring.0 {
                    if corner.x == 116.0 && corner.y == 29.0 {
                        corner.x = east;
                    }
                }
            });
            Arc::new(polygon.into())
        };
        let estate = |boundary| {
            let mut estate = Estate::new(id(1));
            estate.boundary = Some(boundary);
            Some(Arc::new(estate))
        };
        let change = Change::Estate {
            id: id(1),
            before: estate(square(116.0)),
            after: estate(square(116.2)),
        };
        let bounds = changed_bounds(&[change]).unwrap();
        assert_eq!(bounds, geo::Rect::new((116.0, 29.0), (116.2, 29.0)));

        let drawn = Change::Estate {
            id: id(1),
            before: estate(square(116.0)),
            after: None,
        };
        let bounds = changed_bounds(&[drawn]).unwrap();
        assert_eq!(bounds, geo::Rect::new((115.0, 28.0), (116.0, 29.0)));
    }
}
