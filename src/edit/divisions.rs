//! Division codes that nobody has to type: worked out wherever a boundary was drawn or moved.

use super::draft::Draft;
use crate::model::{DivisionCodes, DivisionsAt, EstateId};

/// Fills the codes of every record in the draft whose boundary changed, from the map of divisions.
/// What a person or a list said stays, and what contradicts it is not filled in.
pub(super) fn fill(draft: &mut Draft, divisions: &dyn DivisionsAt) {
    for id in draft.with_new_boundaries() {
        let Some(codes) = codes_of(draft, id, divisions) else {
            continue;
        };
        if let Ok(estate) = draft.edit(id) {
            codes.fill(estate);
        }
    }
}

fn codes_of(draft: &Draft, id: EstateId, divisions: &dyn DivisionsAt) -> Option<DivisionCodes> {
    let boundary = draft.estate(id).ok()?.boundary.clone()?;
    let codes = divisions.at_boundary(&boundary);
    (!codes.is_empty()).then_some(codes)
}

#[cfg(test)]
mod tests {
    use crate::edit::tests::{ambient, id};
    use crate::edit::{Ambient, Command, plan};
    use crate::model::*;
    use geo::{Coord, Rect};
    use std::sync::Arc;

    /// East of 115.5° one community, west of it another.
    #[derive(Debug)]
    struct TwoCommunities;

    impl DivisionsAt for TwoCommunities {
        fn at_position(&self, at: LonLat) -> DivisionCodes {
            match at.lon {
                lon if lon > 118.0 => DivisionCodes::default(),
                lon if lon > 115.5 => DivisionCodes::of("360103002007"),
                _ => DivisionCodes::of("360102001001"),
            }
        }

        fn at_boundary(&self, boundary: &Boundary) -> DivisionCodes {
            self.at_position(boundary.0[0].exterior().0[0].into())
        }
    }

    fn square(west: f64) -> Arc<Boundary> {
        let corner = Coord { x: west, y: 28.0 };
        let rect = Rect::new(corner, corner + Coord { x: 0.01, y: 0.01 });
        Arc::new(geo::MultiPolygon(vec![rect.to_polygon()]))
    }

    fn run(survey: &mut Survey, command: Command) -> Vec<Change> {
        let ambient = Ambient {
            divisions: Some(Arc::new(TwoCommunities)),
            ..ambient()
        };
        let start = survey.clone();
        let changes = plan(survey, command, &ambient).unwrap().changes;
        survey.apply(&changes);
        // Undo takes the codes along.
        let mut back = survey.clone();
        let inverse: Vec<_> = changes
            .iter()
            .rev()
            .map(|change| change.clone().inverse())
            .collect();
        back.apply(&inverse);
        assert_eq!(back, start);
        changes
    }

    fn codes(survey: &Survey, number: u128) -> [String; 3] {
        let estate = survey.estate(id(number)).unwrap();
        [
            estate.county_code.clone(),
            estate.street_code.clone(),
            estate.community_codes.iter().cloned().collect(),
        ]
    }

    #[test]
    fn a_drawn_estate_has_its_codes_in_the_same_edit_as_worked_out() {
        let mut survey = Survey::default();
        let boundary = square(115.0);
        let changes = run(&mut survey, Command::Draw { boundary });
        assert_eq!(changes.len(), 1);
        assert_eq!(codes(&survey, 999), ["360102", "360102001", "360102001001"]);
        let drawn = survey.estate(id(999)).unwrap();
        for field in [Field::CountyCode, Field::StreetCode, Field::CommunityCodes] {
            assert_eq!(drawn.source_of(&field), ValueSource::Derived);
        }
        assert_eq!(drawn.source_of(&Field::Boundary), ValueSource::Surveyed);
        // Moved into the other community, it changes with the place; off the map it keeps them.
        for (west, expected) in [(116.0, "360103002007"), (118.5, "360103002007")] {
            let boundary = square(west);
            let estate = id(999);
            run(&mut survey, Command::Reshape { estate, boundary });
            assert_eq!(codes(&survey, 999)[2], expected);
        }
    }

    #[test]
    fn what_a_person_chose_stays_and_nothing_is_filled_in_against_it() {
        let mut survey = Survey::from_parts(
            [Estate {
                county_code: "360103".to_owned(),
                ..Estate::new(id(1))
            }],
            [],
            [],
            Default::default(),
        );
        let (estate, boundary) = (id(1), square(115.0));
        run(&mut survey, Command::Reshape { estate, boundary });
        assert_eq!(codes(&survey, 1), ["360103", "", ""]);
        let (estate, boundary) = (id(1), square(116.0));
        run(&mut survey, Command::Reshape { estate, boundary });
        assert_eq!(codes(&survey, 1), ["360103", "360103002", "360103002007"]);
        let county = Field::CountyCode;
        let source = survey.estate(id(1)).unwrap().source_of(&county);
        assert_eq!(source, ValueSource::Surveyed);
    }
}
