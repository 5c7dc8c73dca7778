//! The evidence of a pair, as the rules ask for it.

use crate::catalogue::DedupeLimits;
use crate::dedupe::Evidence;
use crate::dedupe::evidence::Frequency;
use crate::dedupe::normalise::SuffixClass;

/// The evidence, as the rules ask for it.
pub(super) struct Facts {
    pub(super) place: Place,
    pub(super) name: Name,
    pub(super) part: Part,
    pub(super) number: Number,
    pub(super) shift: Option<Option<f64>>,
    /// How many of year, households and floor area agree, and how many contradict.
    pub(super) agreeing: usize,
    pub(super) disagreeing: usize,
    pub(super) is_common: bool,
    /// Both are an employer's housing, of which it may have several.
    pub(super) is_employers: bool,
    pub(super) is_other_suffix: bool,
    pub(super) is_number_for_name: bool,
    pub(super) is_other_county: bool,
    pub(super) is_other_community: bool,
    pub(super) is_separate_entries: bool,
    pub(super) is_repeat: bool,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Place {
    Unknown,
    Overlap { iou: f64, share: f64 },
    Adjoining,
    PointInside,
    OutlinesApart(f64),
    Apart(f64),
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Name {
    Same,
    SameCore,
    Prefixed,
    Court,
    Siblings,
    OtherOrdinal,
    LookAlike,
    Similar,
    BareRoad,
    Unlike,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Part {
    Unsaid,
    Same,
    Other,
    OneOnly,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Number {
    Unknown,
    Same,
    /// The same text, without a number.
    SameText,
    /// One road, with a number on one side at most.
    SameRoad,
    /// Roads that differ, with a number on one side at most.
    OtherRoad,
    Other,
}

impl Facts {
    pub(super) fn of(evidence: &[Evidence]) -> Self {
        let mut facts = Self {
            place: Place::Unknown,
            name: Name::Unlike,
            part: Part::Unsaid,
            number: Number::Unknown,
            shift: None,
            agreeing: 0,
            disagreeing: 0,
            is_common: false,
            is_employers: false,
            is_other_suffix: false,
            is_number_for_name: false,
            is_other_county: false,
            is_other_community: false,
            is_separate_entries: false,
            is_repeat: false,
        };
        for piece in evidence {
            facts.add(piece);
        }
        // Many estates are called 洪都, one is 洪都4区.
        facts.is_common &= facts.part != Part::Same;
        // However rare its name, an employer with two addresses may well have two courts.
        let is_elsewhere = matches!(facts.number, Number::Other | Number::OtherRoad);
        facts.is_common |= facts.is_employers && is_elsewhere;
        facts
    }

    fn add(&mut self, piece: &Evidence) {
        match piece {
            Evidence::Overlap {
                iou,
                share_of_smaller,
            } => {
                self.place = Place::Overlap {
                    iou: *iou,
                    share: *share_of_smaller,
                }
            }
            Evidence::TouchesOnly => self.place = Place::Adjoining,
            Evidence::PointInside => self.place = Place::PointInside,
            Evidence::OutlinesApart { metres } => self.place = Place::OutlinesApart(*metres),
            Evidence::Distance { metres } | Evidence::FarApart { metres } => {
                self.place = Place::Apart(*metres);
            }
            Evidence::DatumShift { aligned_iou, .. } => self.shift = Some(*aligned_iou),
            Evidence::SameName { .. } => self.name = Name::Same,
            Evidence::SameCore { .. } | Evidence::SameUnit { .. } => self.name = Name::SameCore,
            Evidence::PrefixedName { .. } => self.name = Name::Prefixed,
            Evidence::SubCourt { .. } => self.name = Name::Court,
            Evidence::SiblingCourts { .. } => self.name = Name::Siblings,
            Evidence::OtherOrdinal => self.name = Name::OtherOrdinal,
            Evidence::LookAlikeName => self.name = Name::LookAlike,
            Evidence::SimilarName { .. } => self.name = Name::Similar,
            Evidence::BareRoadName { .. } => self.name = Name::BareRoad,
            Evidence::SamePhase { .. } => self.part = Part::Same,
            Evidence::OtherPhase { .. } => self.part = Part::Other,
            Evidence::OnePhaseOnly { .. } => self.part = Part::OneOnly,
            Evidence::SameRoadNumber { .. } => self.number = Number::Same,
            Evidence::SameAddress => self.number = Number::SameText,
            Evidence::SameRoad { .. } => self.number = Number::SameRoad,
            Evidence::OtherRoads { .. } => self.number = Number::OtherRoad,
            Evidence::SameRoadOtherNumber { .. } | Evidence::OtherAddress => {
                self.number = Number::Other
            }
            Evidence::SameYear { .. }
            | Evidence::SameHouseholds { .. }
            | Evidence::SameFloorArea { .. } => self.agreeing += 1,
            Evidence::NameShare { frequency, .. } => {
                self.is_common = *frequency == Frequency::Common;
            }
            Evidence::OtherSuffixClass { .. } => self.is_other_suffix = true,
            Evidence::SameSuffixClass { class } => {
                self.is_employers = *class == SuffixClass::EmployerHousing;
            }
            Evidence::NumberForName => self.is_number_for_name = true,
            Evidence::OtherCounty => self.is_other_county = true,
            Evidence::OtherCommunity => self.is_other_community = true,
            Evidence::SeparateEntries { .. } => self.is_separate_entries = true,
            Evidence::SameSourceId { .. } => self.is_repeat = true,
            Evidence::Contained { .. }
            | Evidence::NoPosition
            | Evidence::OtherUnit { .. }
            | Evidence::OtherName { .. }
            | Evidence::SameCommunity
            | Evidence::BrokenBoundary => {}
            Evidence::OtherYear { .. }
            | Evidence::OtherHouseholds { .. }
            | Evidence::OtherFloorArea { .. } => self.disagreeing += 1,
        }
    }

    /// Place or address say the same as the name: a name alone never suffices (DOMAIN §7).
    pub(super) fn is_more_than_a_name(&self, limits: &DedupeLimits) -> bool {
        self.is_within(limits.around_m) || matches!(self.number, Number::Same | Number::SameText)
    }

    /// Something beside name and place says the same.
    pub(super) fn is_borne_out(&self) -> bool {
        matches!(self.number, Number::Same | Number::SameText) || self.agreeing > 0
    }

    /// The address, or year, households or floor area, say that these are two.
    pub(super) fn is_contradicted(&self) -> bool {
        self.number == Number::Other || self.disagreeing > 0
    }

    /// Farther apart than even the agency's shop is from the estate.
    pub(super) fn is_beyond(&self, limits: &DedupeLimits) -> bool {
        self.place != Place::Unknown && !self.is_within(limits.search_same_name_m)
    }

    pub(super) fn is_named_the_same(&self) -> bool {
        matches!(self.name, Name::Same | Name::SameCore)
    }

    /// Named so that together with shared ground it is one estate.
    pub(super) fn is_named_alike(&self) -> bool {
        matches!(
            self.name,
            Name::Same | Name::SameCore | Name::Prefixed | Name::LookAlike | Name::Similar
        )
    }

    pub(super) fn is_within(&self, metres: f64) -> bool {
        match self.place {
            Place::Overlap { .. } | Place::Adjoining | Place::PointInside => true,
            Place::OutlinesApart(apart) | Place::Apart(apart) => apart <= metres,
            Place::Unknown => false,
        }
    }
}
