//! Where a surveyor goes on: the next row to draw, or the nearest estate with open must-haves.

use crate::catalogue::{Items, missing_must_haves};
use crate::geodesy::measure::local_metres;
use crate::model::{Estate, EstateId, Field, Survey, ValueSource};

/// What is to be done with the next record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextRecord {
    /// It waits for its boundary.
    Draw(EstateId),
    /// It has one, and must-haves that nobody answered.
    Tag(EstateId),
}

/// The record after `after`; `None` where the survey is done.
///
/// Whoever has just drawn goes on with the register, row by row; whoever tags estates that came
/// with their boundary goes on to the nearest. Where the one kind of work is done, the other is
/// next.
pub fn next_record(survey: &Survey, items: &Items, after: Option<EstateId>) -> Option<NextRecord> {
    let from = after.and_then(|id| survey.estate(id));
    let row = || next_row(survey, after).map(NextRecord::Draw);
    let unfinished = || nearest_unfinished(survey, items, from.map(|e| &**e)).map(NextRecord::Tag);
    match from.is_some_and(|estate| came_with_its_boundary(estate)) {
        true => unfinished().or_else(row),
        false => row().or_else(unfinished),
    }
}

fn came_with_its_boundary(estate: &Estate) -> bool {
    estate.boundary.is_some() && estate.source_of(&Field::Boundary) != ValueSource::Surveyed
}

/// In the order of their keys, and round again.
fn next_row(survey: &Survey, after: Option<EstateId>) -> Option<EstateId> {
    let waiting = || {
        let rows = survey
            .estates()
            .filter(|estate| estate.waits_for_boundary());
        rows.map(|estate| estate.id).filter(|id| Some(*id) != after)
    };
    waiting()
        .find(|id| after.is_none_or(|after| *id > after))
        .or_else(|| waiting().next())
}

fn nearest_unfinished(survey: &Survey, items: &Items, from: Option<&Estate>) -> Option<EstateId> {
    let anchor = from.and_then(Estate::anchor);
    let metres = anchor.map(local_metres);
    let distance_m = |estate: &Estate| match (anchor, metres, estate.anchor()) {
        (Some(anchor), Some(metres), Some(at)) => metres.distance_m(anchor, at),
        _ => f64::INFINITY,
    };
    survey
        .counted()
        .filter(|estate| estate.boundary.is_some())
        .filter(|estate| from.is_none_or(|from| from.id != estate.id))
        .filter(|estate| !missing_must_haves(estate, items).is_empty())
        .map(|estate| (distance_m(estate), estate.id))
        .min_by(|(a, a_id), (b, b_id)| a.total_cmp(b).then(a_id.cmp(b_id)))
        .map(|(_, id)| id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::model::{Boundary, ListId, Origin};
    use std::sync::Arc;

    fn id(number: u128) -> EstateId {
        EstateId(uuid::Uuid::from_u128(number))
    }

    /// A row of a list, so many hundred metres east; with a boundary, or waiting for one.
    fn row(number: u128, east: f64, boundary: Option<f64>) -> Estate {
        let mut estate = Estate::new(id(number));
        estate.origin = Some(Origin {
            list: ListId(uuid::Uuid::nil()),
            row: 1,
            source: String::new(),
            source_id: String::new(),
        });
        estate.boundary = boundary.map(|size| {
            let corner = geo::coord! { x: 115.9 + east * 0.001, y: 28.68 };
            let far = corner + geo::coord! { x: size, y: size };
            Arc::new(Boundary::from(geo::Rect::new(corner, far).to_polygon()))
        });
        estate
    }

    #[test]
    fn drawing_goes_on_with_the_register_and_tagging_with_the_nearest() {
        let items = Catalogue::shipped().items;
        let mut drawn = row(3, 0.0, Some(0.001));
        drawn.sources.insert(Field::Boundary, ValueSource::Surveyed);
        let survey = Survey::from_parts(
            [
                row(1, 0.0, None),
                row(2, 9.0, Some(0.001)),
                drawn,
                row(4, 5.0, Some(0.001)),
                row(5, 7.0, None),
            ],
            [],
            [],
            Default::default(),
        );
        for (after, expected, why) in [
            (None, NextRecord::Draw(id(1)), "rows first"),
            (Some(1), NextRecord::Draw(id(5)), "row by row"),
            (Some(5), NextRecord::Draw(id(1)), "round again"),
            (Some(3), NextRecord::Draw(id(5)), "it was drawn for a row"),
            (Some(2), NextRecord::Tag(id(4)), "it came with a boundary"),
            (
                Some(4),
                NextRecord::Tag(id(2)),
                "four hundred metres, not five",
            ),
        ] {
            let next = next_record(&survey, &items, after.map(id));
            assert_eq!(next, Some(expected), "{after:?}: {why}");
        }
    }

    #[test]
    fn where_one_kind_of_work_is_done_the_other_is_next_and_then_nothing() {
        let items = Catalogue::shipped().items;
        let with = |estates: Vec<Estate>| Survey::from_parts(estates, [], [], Default::default());
        let only_rows = with(vec![row(1, 0.0, None), row(2, 1.0, Some(0.001))]);
        assert_eq!(
            next_record(&only_rows, &items, Some(id(2))),
            Some(NextRecord::Draw(id(1)))
        );
        assert_eq!(
            next_record(&only_rows, &items, Some(id(1))),
            Some(NextRecord::Tag(id(2)))
        );
        let one = with(vec![row(2, 1.0, Some(0.001))]);
        assert_eq!(next_record(&one, &items, Some(id(2))), None);
        assert_eq!(next_record(&with(vec![]), &items, None), None);
    }
}
