//! What a check found, as data; the sentences are in `words::rules`.

use super::projects::ProjectDetail;
use crate::geometry::validity::BoundaryProblem;
use crate::model::{
    BudgetKey, CommunityCode, EstateId, Field, ItemCode, ListId, ProjectPart, Utility, YearBasis,
};
use crate::rules::buildings::Difference;
use crate::rules::recognition::RuleId;
use serde::{Serialize, Serializer};

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    pub code: CheckCode,
    pub gravity: Gravity,
    pub estate: Option<EstateId>,
    pub list: Option<ListId>,
    /// The field to correct, where one is to blame.
    pub field: Option<Field>,
    /// The part of the estate's project to correct, where it is about the project.
    pub part: Option<ProjectPart>,
    /// The county's year that it is about, where it is about one.
    pub budget: Option<BudgetKey>,
    pub detail: Detail,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Gravity {
    /// No release while it stands.
    Blocks,
    /// Travels with the release.
    Warns,
}

macro_rules! check_codes {
    ($($(#[$doc:meta])* $variant:ident = $key:literal),+ $(,)?) => {
        /// The checks by name: `E` as DOMAIN §6 numbers them, `W` its warnings in the order given there.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum CheckCode { $($(#[$doc])* $variant),+ }

        impl CheckCode {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable ASCII key, as files carry it.
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),+ }
            }
        }
    };
}

check_codes! {
    /// A must-have is empty.
    MustHave = "E01",
    /// An excluded estate in the library, or a library number that is no longer one estate's.
    Excluded = "E02",
    /// An open duplicate.
    OpenDuplicate = "E03",
    /// Input rows ≠ kept + merged + excluded.
    Rows = "E04",
    /// The boundary is missing, invalid or outside the county.
    Boundary = "E05",
    /// A division code is invalid, or its parent is another.
    DivisionCode = "E06",
    /// Central money is applied for, and the plan fails its rule.
    Subsidy = "E07",
    /// Central money is applied for what has no part in it.
    FreeRider = "E08",
    /// A county's year costs more than it can bear, or nobody knows what it can.
    Capacity = "E09",
    /// Central money without a project.
    CentralLine = "E10",
    /// In the implement batch without plan, unit or funds.
    Implement = "E11",
    /// Numbers or days that contradict each other.
    Counts = "E12",
    /// Accepted with a signature missing.
    Signatures = "E13",
    /// A community in scope without list or nil return, or with one that is contradicted.
    CommunityReturn = "E14",
    CutoffYear = "W01",
    WeakYearBasis = "W02",
    AreaPerHousehold = "W03",
    HouseholdsPerBuilding = "W04",
    FloorPerGround = "W05",
    CodeChanged = "W06",
    /// A utility is known from a side item alone.
    UtilityUnknown = "W07",
    RepeatedPosition = "W08",
    CountyBorder = "W09",
    /// Nothing can be seen of it, while others have photos.
    NoPhoto = "W10",
    /// The buildings of an estate add up to something else; a proposal.
    BuildingsDiffer = "W11",
    /// Rows of a list of buildings in no estate; a proposal.
    BuildingRows = "W12",
    /// A shanty-town list names it, and it is not excluded; a proposal.
    ShantyListed = "W13",
    SubsidyIfConfigured = "W14",
    /// Late to start or to finish.
    Late = "W15",
    /// Nothing but appearance while a utility is in a bad way.
    ForShow = "W16",
    AllFundsFiscal = "W17",
    NoManagementBody = "W18",
    PlannedBefore = "W19",
    /// The record of a project was merged or withdrawn; a proposal.
    ProjectAstray = "W20",
}

impl Serialize for CheckCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

/// What exactly is wrong, with the numbers of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Detail {
    /// E01: the finding's field is empty.
    Missing,
    /// E02: it was released under a number and is now surely no old estate.
    ReleasedButNotRecognised {
        lib_no: String,
        rules: Vec<RuleId>,
    },
    /// E02, a warning: the number of a merged, contained or withdrawn record is not used again.
    NumberRetired {
        lib_no: String,
    },
    /// E02: two records hold one number.
    NumberHeldTwice {
        lib_no: String,
        other: EstateId,
    },
    /// E03
    UndecidedPair {
        other: EstateId,
    },
    /// E04: rows of this list without a fate yet, `unreadable` of them because they gave no record.
    OpenRows {
        rows_in: u64,
        open: u64,
        unreadable: u64,
    },
    /// E04 and W12: more or fewer rows are accounted for than came in.
    RowsDoNotAddUp {
        rows_in: u64,
        accounted_for: u64,
    },
    /// W11
    BuildingsSay(Difference),
    /// W12: rows without a building, `outside` of them in no estate.
    BuildingRows {
        rows_in: u64,
        outside: u64,
        unreadable: u64,
    },
    /// E04: every must-have is there, and these rules cannot be decided all the same.
    Undetermined {
        rules: Vec<RuleId>,
    },
    /// E04: merged into a record that is not there.
    MergedIntoNothing,
    /// E05
    NoBoundary,
    /// E05 and W08
    BadBoundary(BoundaryProblem),
    /// E05: no corner of it is inside the county.
    OutsideCounty,
    /// W09: some corners are outside; borders are drawn coarsely.
    PartlyOutsideCounty {
        corners: usize,
        outside: usize,
    },
    /// E06
    MalformedCode {
        value: String,
        digits: usize,
    },
    UnknownCode {
        value: String,
    },
    /// E06: `value` does not begin with the code of the level above.
    WrongParent {
        value: String,
        parent: String,
    },
    /// E12: `value` of the finding's field exceeds `limit`, the value of `than`.
    MoreThan {
        value: u64,
        than: Field,
        limit: u64,
    },
    /// E12: for and against together exceed the answers.
    MoreOpinionsThanAnswers {
        agree: u32,
        oppose: u32,
        returned: u32,
    },
    /// E12
    YearsReversed {
        year_min: i32,
        year_max: i32,
    },
    ImpossibleYear {
        year: i32,
        earliest: i32,
        this_year: i32,
    },
    /// E12: an estate has at least one. Not known is empty, not zero.
    Zero,
    /// E14
    NoReturn {
        community: CommunityCode,
    },
    /// E14
    NilReturnButEstates {
        community: CommunityCode,
        estates: u32,
    },
    /// W01
    BuiltInCutoffYear {
        year: i32,
    },
    /// W02
    YearBasis {
        basis: YearBasis,
    },
    /// W03–W05: outside what is usual.
    Unusual {
        value: f64,
        least: f64,
        most: f64,
    },
    /// W06: the library number was given in another county.
    NumberOfOtherCounty {
        lib_no: String,
    },
    /// W07: the item that stands for the utility was not surveyed.
    LeadingItemUnknown {
        utility: Utility,
        item: ItemCode,
    },
    /// W10
    NoPhoto,
    /// W13: the list that names it.
    ShantyListed {
        file: String,
    },
    /// E07–E13 and W14–W20: what is wrong with a project, or with a county's year.
    #[serde(untagged)]
    Project(ProjectDetail),
}

impl Finding {
    /// The community that it is about, where it is about one.
    pub fn community(&self) -> Option<CommunityCode> {
        match &self.detail {
            Detail::NoReturn { community } | Detail::NilReturnButEstates { community, .. } => {
                Some(*community)
            }
            _ => None,
        }
    }

    pub(super) fn blocks(code: CheckCode, detail: Detail) -> Self {
        Self {
            code,
            gravity: Gravity::Blocks,
            estate: None,
            list: None,
            field: None,
            part: None,
            budget: None,
            detail,
        }
    }

    pub(super) fn warns(code: CheckCode, detail: Detail) -> Self {
        Self {
            gravity: Gravity::Warns,
            ..Self::blocks(code, detail)
        }
    }

    pub(super) fn about(self, estate: EstateId) -> Self {
        Self {
            estate: Some(estate),
            ..self
        }
    }

    pub(super) fn of_list(self, list: ListId) -> Self {
        Self {
            list: Some(list),
            ..self
        }
    }

    pub(super) fn of_project(self, part: ProjectPart) -> Self {
        Self {
            part: Some(part),
            ..self
        }
    }

    pub(super) fn of_budget(self, budget: BudgetKey) -> Self {
        Self {
            budget: Some(budget),
            ..self
        }
    }

    pub(super) fn at(self, field: Field) -> Self {
        Self {
            field: Some(field),
            ..self
        }
    }
}
