//! Where the keyboard goes when a field is done: to the next must-have that is open. Pure.

use crate::catalogue::{Items, Utility, is_surveyed, lacks_exclusion_note, must_haves};
use crate::model::{Estate, Field};

/// The fields of the form from top to bottom; the facility grid stands between `residential` and
/// `willingness`.
const ABOVE_THE_GRID: &[Field] = &[
    Field::Name,
    Field::Aliases,
    Field::Address,
    Field::Locality,
    Field::CountyCode,
    Field::StreetCode,
    Field::CommunityCodes,
    Field::Boundary,
    Field::BuildYear,
    Field::YearMin,
    Field::YearMax,
    Field::YearBasis,
    Field::Households,
    Field::FloorArea,
    Field::Buildings,
    Field::Tenure,
    Field::OrigUnit,
    Field::Residential,
];
const BELOW_THE_GRID: &[Field] = &[
    Field::Willingness,
    Field::WillingnessBasis,
    Field::Sent,
    Field::Returned,
    Field::Agree,
    Field::Oppose,
    Field::WillingToPay,
    Field::WillingnessDate,
    Field::Exclusions,
    Field::ExclusionNote,
    Field::Remarks,
];

/// Where a field stands in the form.
fn place(field: &Field, items: &Items) -> usize {
    let grid = ABOVE_THE_GRID.len();
    let essentials = Utility::ESSENTIAL.iter();
    match field {
        Field::Gap(item) => {
            let at = essentials
                .filter_map(|utility| items.leading(*utility))
                .position(|leading| leading.code == *item);
            // The other items lie beneath the four.
            grid + at.unwrap_or(Utility::ESSENTIAL.len())
        }
        field => match ABOVE_THE_GRID.iter().position(|one| one == field) {
            Some(at) => at,
            None => {
                let below = BELOW_THE_GRID.iter().position(|one| one == field);
                grid + Utility::ESSENTIAL.len() + 1 + below.unwrap_or(BELOW_THE_GRID.len())
            }
        },
    }
}

/// The must-haves that any of `estates` lacks, from top to bottom.
pub fn open_must_haves(estates: &[&Estate], items: &Items) -> Vec<Field> {
    let mut open = must_haves(items);
    // A list of thousands is not worked through where the first lacks the field already.
    open.retain(|field| estates.iter().any(|e| !is_surveyed(e, field, items)));
    if estates.iter().any(|estate| lacks_exclusion_note(estate)) {
        open.push(Field::ExclusionNote);
    }
    open.sort_by_key(|field| place(field, items));
    open
}

/// The first of `fields` beneath `from`, else, from the top again, the first. The boundary is drawn
/// on the map: the keyboard passes it by.
pub fn next_of(fields: &[Field], from: &Field, items: &Items) -> Option<Field> {
    let at = place(from, items);
    let mut others = fields
        .iter()
        .filter(|field| *field != from && **field != Field::Boundary);
    let first = others.clone().next();
    others
        .find(|field| place(field, items) > at)
        .or(first)
        .copied()
}

/// Of `fields`, the one right above or beneath `from`.
pub fn neighbour(
    fields: &[Field],
    from: &Field,
    direction: Direction,
    items: &Items,
) -> Option<Field> {
    let at = place(from, items);
    let places = fields.iter().map(|field| (place(field, items), *field));
    let found = match direction {
        Direction::Down => places.filter(|(place, _)| *place > at).min(),
        Direction::Up => places.filter(|(place, _)| *place < at).max(),
    };
    found.map(|(_, field)| field)
}

/// What becomes of the keyboard after a press in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    Stay,
    /// The press was the whole answer.
    GoOn,
    /// Enter: done with the field, answered or not.
    Done,
    GoBack,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::model::{EstateId, Exclusion};

    fn estate() -> Estate {
        Estate::new(EstateId(uuid::Uuid::nil()))
    }

    #[test]
    fn every_field_of_the_form_has_a_place_of_its_own() {
        let items = Catalogue::shipped().items;
        let mut places: Vec<_> = Field::PLAIN
            .iter()
            .chain(&must_haves(&items))
            .map(|field| (place(field, &items), field.key()))
            .collect();
        places.sort();
        places.dedup();
        let fields = places.len();
        places.dedup_by_key(|(place, _)| *place);
        assert_eq!(places.len(), fields, "{places:?}");
    }

    #[test]
    fn the_way_goes_down_and_begins_again_at_the_top() {
        let items = Catalogue::shipped().items;
        let mut estate = estate();
        estate.name = "洪都新村".into();
        let open = open_must_haves(&[&estate], &items);
        for (from, next) in [
            (Field::Name, Some(Field::Address)),
            (Field::CommunityCodes, Some(Field::BuildYear)),
            (Field::OrigUnit, Some(Field::Residential)),
            (Field::Exclusions, Some(Field::Address)),
        ] {
            assert_eq!(next_of(&open, &from, &items), next, "{from:?}");
        }
        assert_eq!(next_of(&[Field::Name], &Field::Name, &items), None);
    }

    #[test]
    fn other_reasons_ask_for_their_text_next() {
        let items = Catalogue::shipped().items;
        let mut estate = estate();
        estate.exclusions = Some([Exclusion::OtherReason].into());
        let open = open_must_haves(&[&estate], &items);
        let next = next_of(&open, &Field::Exclusions, &items);
        assert_eq!(next, Some(Field::ExclusionNote));
    }

    #[test]
    fn back_goes_to_the_must_have_above_even_where_it_is_answered() {
        let items = Catalogue::shipped().items;
        for (from, direction, to) in [
            (Field::Residential, Direction::Up, Some(Field::Tenure)),
            (
                Field::Willingness,
                Direction::Down,
                Some(Field::WillingnessBasis),
            ),
            (Field::Name, Direction::Up, None),
            (Field::Exclusions, Direction::Down, None),
        ] {
            let found = neighbour(&must_haves(&items), &from, direction, &items);
            assert_eq!(found, to, "{from:?}");
        }
    }
}
