//! The levels of agreement that a piece of evidence can show, by field.
//!
//! Within a field at most one level holds for a pair; where none does, the field says nothing.

use crate::catalogue::DedupeLimits;
use crate::dedupe::Evidence;

macro_rules! levels {
    ($($field:ident { $($(#[$doc:meta])* $level:ident = $key:literal),+ $(,)? })+) => {
        /// What is compared.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field { $($field),+ }

        /// How far a pair agrees in one field.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Level { $($($(#[$doc])* $level),+),+ }

        impl Field {
            pub const ALL: &'static [Field] = &[$(Field::$field),+];

            pub fn levels(self) -> &'static [Level] {
                match self { $(Field::$field => &[$(Level::$level),+]),+ }
            }
        }

        impl Level {
            pub const ALL: &'static [Level] = &[$($(Level::$level),+),+];

            /// The key of its two shares in the rule pack.
            pub fn key(self) -> &'static str {
                match self { $($(Level::$level => $key),+),+ }
            }

            pub fn field(self) -> Field {
                match self { $($(Level::$level => Field::$field),+),+ }
            }
        }
    };
}

levels! {
    Place {
        GroundSame = "ground_same",
        /// Half of what makes outlines agree.
        GroundAlike = "ground_alike",
        GroundInside = "ground_inside",
        GroundShared = "ground_shared",
        Adjoining = "adjoining",
        DrawnNear = "drawn_near",
        DrawnApart = "drawn_apart",
        PointInside = "point_inside",
        Near = "near",
        Around = "around",
        Within = "within",
        Reached = "reached",
        Beyond = "beyond",
        /// Displaced as a datum displaces, and of one shape to the centimetre.
        ShiftedExactly = "shifted_exactly",
        ShiftedAlike = "shifted_alike",
        ShiftedPoint = "shifted_point",
    }
    Name {
        SameName = "same_name",
        SameCore = "same_core",
        SameUnit = "same_unit",
        Prefixed = "prefixed",
        Court = "court",
        SiblingCourts = "sibling_courts",
        OtherOrdinal = "other_ordinal",
        LookAlike = "look_alike",
        SimilarName = "similar_name",
        BareRoad = "bare_road",
        UnlikeName = "unlike_name",
    }
    Kind {
        SameKind = "same_kind",
        OtherKind = "other_kind",
    }
    Part {
        SamePart = "same_part",
        OtherPart = "other_part",
        OnePart = "one_part",
    }
    Address {
        SameNumber = "same_number",
        SameText = "same_text",
        SameRoad = "same_road",
        OtherNumber = "other_number",
        OtherRoad = "other_road",
        /// Not both give a number, so that one may speak of the gate and the other of the crossing.
        RoadsDiffer = "roads_differ",
    }
    Year {
        SameYear = "same_year",
        OtherYear = "other_year",
    }
    Households {
        SameHouseholds = "same_households",
        OtherHouseholds = "other_households",
    }
    FloorArea {
        SameFloorArea = "same_floor_area",
        OtherFloorArea = "other_floor_area",
    }
    Division {
        OtherCounty = "other_county",
        OtherCommunity = "other_community",
        OneCommunity = "one_community",
    }
    Source {
        SameEntry = "same_entry",
        SeparateEntries = "separate_entries",
    }
}

/// The level that a piece of evidence shows; `None` where it is told beside another.
pub fn level(evidence: &Evidence, limits: &DedupeLimits) -> Option<Level> {
    use Level::*;
    Some(match evidence {
        Evidence::Overlap { iou, .. } if *iou >= limits.same_iou => GroundSame,
        Evidence::Overlap { iou, .. } if *iou >= limits.same_iou / 2.0 => GroundAlike,
        Evidence::Overlap {
            share_of_smaller, ..
        } if *share_of_smaller >= limits.part_of_share => GroundInside,
        Evidence::Overlap {
            share_of_smaller, ..
        } if *share_of_smaller >= limits.must_decide_share => GroundShared,
        Evidence::Overlap { .. } | Evidence::TouchesOnly => Adjoining,
        Evidence::OutlinesApart { metres } if *metres <= limits.far_apart_m => DrawnNear,
        Evidence::OutlinesApart { .. } => DrawnApart,
        Evidence::PointInside => PointInside,
        Evidence::Distance { metres } | Evidence::FarApart { metres } => match *metres {
            metres if metres <= limits.near_m => Near,
            metres if metres <= limits.around_m => Around,
            metres if metres <= limits.far_apart_m => Within,
            metres if metres <= limits.search_same_name_m => Reached,
            _ => Beyond,
        },
        Evidence::DatumShift { aligned_iou, .. } => match aligned_iou {
            Some(iou) if *iou >= limits.datum_shift.congruent_iou => ShiftedExactly,
            Some(_) => ShiftedAlike,
            None => ShiftedPoint,
        },
        Evidence::SameName { .. } => SameName,
        Evidence::SameCore { .. } => SameCore,
        Evidence::SameUnit { .. } => SameUnit,
        Evidence::PrefixedName { .. } => Prefixed,
        Evidence::SubCourt { .. } => Court,
        Evidence::SiblingCourts { .. } => SiblingCourts,
        Evidence::OtherOrdinal => OtherOrdinal,
        Evidence::LookAlikeName => LookAlike,
        Evidence::SimilarName { .. } => SimilarName,
        Evidence::BareRoadName { .. } => BareRoad,
        Evidence::OtherName { .. } | Evidence::OtherUnit { .. } => UnlikeName,
        Evidence::SameSuffixClass { .. } => SameKind,
        Evidence::OtherSuffixClass { .. } => OtherKind,
        Evidence::SamePhase { .. } => SamePart,
        Evidence::OtherPhase { .. } => OtherPart,
        Evidence::OnePhaseOnly { .. } => OnePart,
        Evidence::SameRoadNumber { .. } => SameNumber,
        Evidence::SameAddress => SameText,
        Evidence::SameRoad { .. } => SameRoad,
        Evidence::SameRoadOtherNumber { .. } => OtherNumber,
        Evidence::OtherAddress => OtherRoad,
        Evidence::OtherRoads { .. } => RoadsDiffer,
        Evidence::OtherCounty => OtherCounty,
        Evidence::OtherCommunity => OtherCommunity,
        Evidence::SameCommunity => OneCommunity,
        Evidence::SameYear { .. } => SameYear,
        Evidence::OtherYear { .. } => OtherYear,
        Evidence::SameHouseholds { .. } => SameHouseholds,
        Evidence::OtherHouseholds { .. } => OtherHouseholds,
        Evidence::SameFloorArea { .. } => SameFloorArea,
        Evidence::OtherFloorArea { .. } => OtherFloorArea,
        Evidence::SameSourceId { .. } => SameEntry,
        Evidence::SeparateEntries { .. } => SeparateEntries,
        Evidence::Contained { .. }
        | Evidence::NoPosition
        | Evidence::NumberForName
        | Evidence::NameShare { .. }
        | Evidence::BrokenBoundary => return None,
    })
}

/// The levels of a pair, one place a field: 0 where the field says nothing, else one more than the
/// level's place in [`Field::levels`]. A displacement explains the distance, so it takes its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pattern([u8; Field::ALL.len()]);

impl Pattern {
    pub fn of(evidence: &[Evidence], limits: &DedupeLimits) -> Self {
        let mut pattern = Self::default();
        for level in evidence.iter().filter_map(|piece| level(piece, limits)) {
            let place = &mut pattern.0[level.field() as usize];
            let first = level.field().levels()[0] as u8;
            // The later level of a field explains the earlier: inside explains an overlap, a
            // displacement explains a distance.
            *place = (*place).max(level as u8 - first + 1);
        }
        pattern
    }

    pub fn levels(self) -> impl Iterator<Item = Level> {
        Field::ALL.iter().filter_map(move |field| {
            let at = self.0[*field as usize].checked_sub(1)?;
            field.levels().get(usize::from(at)).copied()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    #[test]
    fn a_pattern_gives_back_its_levels_and_a_displacement_explains_the_distance() {
        let limits = Catalogue::shipped().rules.dedupe;
        let evidence = [
            Evidence::SameName {
                name: "洪都新村".into(),
            },
            Evidence::OutlinesApart { metres: 530.0 },
            Evidence::DatumShift {
                datum: crate::model::Datum::Gcj02,
                residual_m: 2.0,
                aligned_iou: Some(0.99),
            },
            Evidence::SameYear { difference: 0 },
        ];
        let levels: Vec<_> = Pattern::of(&evidence, &limits).levels().collect();
        assert_eq!(
            levels,
            [Level::ShiftedExactly, Level::SameName, Level::SameYear]
        );
    }

    #[test]
    fn every_level_belongs_to_its_field() {
        for field in Field::ALL {
            for level in field.levels() {
                assert_eq!(level.field(), *field);
            }
        }
    }
}
