//! What speaks for and against two records being one estate, as data. Sentences: `words::dedupe`.

mod gather;

pub use gather::evidence;

use super::normalise::SuffixClass;
use crate::model::Datum;

/// One piece of evidence about a pair.
#[derive(Clone, Debug, PartialEq)]
pub enum Evidence {
    // Place
    /// Both outlines share ground; both 0..1.
    Overlap {
        iou: f64,
        share_of_smaller: f64,
    },
    /// This share of the smaller outline lies in the larger one, 0..1.
    Contained {
        share: f64,
    },
    /// The outlines adjoin.
    TouchesOnly,
    /// Both outlines are drawn, however far apart.
    OutlinesApart {
        metres: f64,
    },
    /// The position of one lies inside the outline of the other.
    PointInside,
    /// One of the two has a position only.
    Distance {
        metres: f64,
    },
    /// Farther apart than one estate reaches.
    FarApart {
        metres: f64,
    },
    /// One of the two has no position at all.
    NoPosition,
    /// One is displaced from the other as a datum displaces.
    DatumShift {
        datum: Datum,
        residual_m: f64,
        aligned_iou: Option<f64>,
    },

    // Name
    SameName {
        name: String,
    },
    /// The same but for the suffix.
    SameCore {
        core: String,
    },
    SameUnit {
        unit: String,
    },
    OtherUnit {
        units: [String; 2],
    },
    SameSuffixClass {
        class: SuffixClass,
    },
    OtherSuffixClass {
        classes: [SuffixClass; 2],
    },
    /// One has a developer's or place's name before it.
    PrefixedName {
        prefix: String,
    },
    /// One names a court inside the other.
    SubCourt {
        court: String,
    },
    /// Both name courts of one estate.
    SiblingCourts {
        estate: String,
    },
    /// The names differ in a number or a direction alone.
    OtherOrdinal,
    /// The names differ in characters that sound or look alike.
    LookAlikeName,
    /// 0..1
    SimilarName {
        similarity: f64,
    },
    /// A road is all the name says.
    BareRoadName {
        road: String,
    },
    /// One goes by its road and number for want of a name.
    NumberForName,
    /// The names have nothing in common.
    OtherName {
        names: [String; 2],
    },
    /// How large a share of records bear the shared core, 0..1, and whether that is many.
    NameShare {
        core: String,
        share: f64,
        frequency: Frequency,
    },
    SamePhase {
        part: String,
    },
    OtherPhase {
        parts: [String; 2],
    },
    OnePhaseOnly {
        part: String,
    },

    // Address
    SameRoadNumber {
        road: String,
        number: u32,
    },
    SameRoadOtherNumber {
        road: String,
    },
    /// One road, but not both give a number on it.
    SameRoad {
        road: String,
    },
    /// Both give numbers, on roads that differ.
    OtherAddress,
    /// Roads that differ, and not both give a number.
    OtherRoads {
        roads: [String; 2],
    },
    /// The address is the same text.
    SameAddress,

    // Division
    OtherCounty,
    OtherCommunity,
    SameCommunity,

    // Numbers: support or contradict, never decide.
    SameYear {
        difference: i32,
    },
    OtherYear {
        difference: i32,
    },
    SameHouseholds {
        difference: f64,
    },
    OtherHouseholds {
        difference: f64,
    },
    SameFloorArea {
        difference: f64,
    },
    OtherFloorArea {
        difference: f64,
    },

    // Source
    /// The same publisher's same key: a repeat.
    SameSourceId {
        source: String,
    },
    /// The publisher itself lists them as two.
    SeparateEntries {
        source: String,
    },

    // Quality
    BrokenBoundary,
}

/// Whether many estates bear a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frequency {
    Common,
    Rare,
}

/// What a piece of evidence says about the two being one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    Supports,
    Neutral,
    Contradicts,
}

impl Stance {
    /// For files that programs read.
    pub fn key(self) -> &'static str {
        match self {
            Self::Supports => "supports",
            Self::Neutral => "neutral",
            Self::Contradicts => "contradicts",
        }
    }
}

impl Evidence {
    pub fn stance(&self) -> Stance {
        use Evidence::*;
        match self {
            Overlap { .. }
            | Contained { .. }
            | PointInside
            | DatumShift { .. }
            | SameName { .. }
            | SameCore { .. }
            | SameUnit { .. }
            | PrefixedName { .. }
            | SamePhase { .. }
            | SameSuffixClass { .. }
            | SameRoadNumber { .. }
            | SameAddress
            | SameRoad { .. }
            | SameCommunity
            | SameYear { .. }
            | SameHouseholds { .. }
            | SameFloorArea { .. }
            | SameSourceId { .. }
            | NumberForName => Stance::Supports,
            OutlinesApart { .. }
            | FarApart { .. }
            | OtherUnit { .. }
            | OtherSuffixClass { .. }
            | OtherOrdinal
            | SiblingCourts { .. }
            | OtherPhase { .. }
            | OtherName { .. }
            | SameRoadOtherNumber { .. }
            | OtherAddress
            | OtherRoads { .. }
            | OtherCounty
            | OtherYear { .. }
            | OtherHouseholds { .. }
            | OtherFloorArea { .. }
            | SeparateEntries { .. } => Stance::Contradicts,
            TouchesOnly
            | Distance { .. }
            | NoPosition
            | SubCourt { .. }
            | LookAlikeName
            | SimilarName { .. }
            | BareRoadName { .. }
            | NameShare { .. }
            | OnePhaseOnly { .. }
            | OtherCommunity
            | BrokenBoundary => Stance::Neutral,
        }
    }
}
