//! The rules by name: each has one verdict, and its confidence in the rule pack.

use crate::model::Verdict;

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $key:literal => $verdict:ident),+ $(,)?) => {
        /// The rule that gave a suggestion.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule { $($(#[$doc])* $name),+ }

        impl Rule {
            pub const ALL: &'static [Rule] = &[$(Self::$name),+];

            /// The key under which the rule pack has its confidence.
            pub fn key(self) -> &'static str {
                match self { $(Self::$name => $key),+ }
            }

            pub fn verdict(self) -> Verdict {
                match self { $(Self::$name => Verdict::$verdict),+ }
            }
        }
    };
}

rules! {
    /// Both outlines cover the same ground.
    OutlinesAgree = "outlines_agree" => Same,
    /// … but the names mean different parts.
    OutlinesAgreeOtherPhase = "outlines_agree_other_phase" => Unsure,
    /// One outline lies inside the other.
    Inside = "inside" => PartOf,
    /// … but the names mean different parts.
    InsideOtherPhase = "inside_other_phase" => Unsure,
    /// Shared ground and one name, or nearly one.
    OverlapAndName = "overlap_and_name" => Same,
    /// Shared ground, and one road number or numbers that agree.
    OverlapAndFacts = "overlap_and_facts" => Same,
    /// Two phases whose outlines overlap.
    OverlapOfPhases = "overlap_of_phases" => Phases,
    /// One name on both sides of a community's border, drawn with an overlap.
    OverlapOfCommunities = "overlap_of_communities" => Split,
    /// Shared ground and nothing else: it must be decided.
    OverlapAlone = "overlap_alone" => Unsure,
    /// One name on both sides of a community's border.
    AdjoiningCommunities = "adjoining_communities" => Split,
    /// Phases or parts side by side.
    AdjoiningPhases = "adjoining_phases" => Phases,
    /// One name on two outlines side by side.
    AdjoiningSameName = "adjoining_same_name" => Unsure,
    /// Displaced as a datum displaces, and borne out.
    ShiftedCopy = "shifted_copy" => Same,
    /// Displaced as a datum displaces.
    PerhapsShifted = "perhaps_shifted" => Unsure,
    /// One name in one place.
    NameAndPlace = "name_and_place" => Same,
    /// One name at one address.
    NameAndNumber = "name_and_number" => Same,
    /// One name but for the suffix, in one place.
    CoreAndPlace = "core_and_place" => Same,
    /// One name but for a word before it, in one place.
    PrefixAndPlace = "prefix_and_place" => Same,
    /// Similar names at one address.
    SimilarNameAndNumber = "similar_name_and_number" => Same,
    /// A road and number where the other has a name.
    NumberForName = "number_for_name" => Same,
    /// One road number in one place, and numbers that agree.
    NumberAndFacts = "number_and_facts" => Same,
    /// One names a part of what the other names.
    PartOfNamed = "part_of_named" => PartOf,
    /// One names a court of what the other names.
    CourtOfNamed = "court_of_named" => PartOf,
    /// Two parts of one estate, not drawn side by side.
    PhasesOfOne = "phases_of_one" => Phases,
    /// One name, but not clearly one place.
    NameApart = "name_apart" => Unsure,
    /// Both are called by a road alone.
    BareRoad = "bare_road" => Unsure,
    /// Similar names near each other.
    SimilarNear = "similar_near" => Unsure,
    /// One road number or one place, and names that say nothing.
    NumberAlone = "number_alone" => Unsure,
    /// One name in two places.
    Elsewhere = "elsewhere" => Distinct,
    /// Nothing in common that counts.
    Unlike = "unlike" => Distinct,
}

impl Rule {
    /// Whether evidence that weighs enough makes one estate of what the rule is unsure about.
    pub(super) fn may_be_sure(self) -> bool {
        matches!(
            self,
            Self::NameApart | Self::SimilarNear | Self::NumberAlone
        )
    }

    /// Whether evidence that weighs too little leaves nothing to decide. Shared ground always
    /// must be decided.
    pub(super) fn may_be_dropped(self) -> bool {
        matches!(
            self,
            Self::NameApart | Self::SimilarNear | Self::NumberAlone | Self::BareRoad
        )
    }
}

/// Whether a person has something to decide. Two estates apart, or two parts that are drawn
/// nowhere together, count apart whatever anybody decides.
pub fn must_be_decided(rule: Rule, verdict: Verdict) -> bool {
    verdict != Verdict::Distinct && rule != Rule::PhasesOfOne
}
