//! From evidence to a suggestion: rules to be read from top to bottom, the first that fits decides.
//!
//! Ground shared on the map comes first, then a datum's displacement, then names together with
//! numbers and distance. A name alone never makes two records one.

use super::evidence::{Evidence, Stance};
use crate::catalogue::DedupeLimits;
use crate::model::Verdict;

/// The rule that gave a suggestion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    OutlinesAgree,
    OutlinesAgreeOtherPhase,
    Inside,
    InsideOtherPhase,
    OverlapAndName,
    OverlapAndFacts,
    OverlapOfPhases,
    OverlapOfCommunities,
    OverlapAlone,
    AdjoiningCommunities,
    AdjoiningPhases,
    AdjoiningSameName,
    ShiftedCopy,
    PerhapsShifted,
    NameAndPlace,
    NameAndNumber,
    CoreAndPlace,
    PrefixAndPlace,
    SimilarNameAndNumber,
    NumberForName,
    PartOfNamed,
    CourtOfNamed,
    PhasesOfOne,
    NameApart,
    BareRoad,
    SimilarNear,
    NumberAlone,
    Elsewhere,
    Unlike,
}

impl Rule {
    pub const ALL: &'static [Rule] = &[
        Self::OutlinesAgree,
        Self::OutlinesAgreeOtherPhase,
        Self::Inside,
        Self::InsideOtherPhase,
        Self::OverlapAndName,
        Self::OverlapAndFacts,
        Self::OverlapOfPhases,
        Self::OverlapOfCommunities,
        Self::OverlapAlone,
        Self::AdjoiningCommunities,
        Self::AdjoiningPhases,
        Self::AdjoiningSameName,
        Self::ShiftedCopy,
        Self::PerhapsShifted,
        Self::NameAndPlace,
        Self::NameAndNumber,
        Self::CoreAndPlace,
        Self::PrefixAndPlace,
        Self::SimilarNameAndNumber,
        Self::NumberForName,
        Self::PartOfNamed,
        Self::CourtOfNamed,
        Self::PhasesOfOne,
        Self::NameApart,
        Self::BareRoad,
        Self::SimilarNear,
        Self::NumberAlone,
        Self::Elsewhere,
        Self::Unlike,
    ];

    /// The key under which the rule pack has its confidence.
    pub fn key(self) -> &'static str {
        self.outcome().0
    }

    pub fn verdict(self) -> Verdict {
        self.outcome().1
    }

    /// Whether a person has something to decide. Two that are apart, or named as two phases and
    /// drawn nowhere together, count apart whatever anybody decides.
    pub fn must_be_decided(self) -> bool {
        self.verdict() != Verdict::Distinct && self != Self::PhasesOfOne
    }

    fn outcome(self) -> (&'static str, Verdict) {
        use Verdict::*;
        match self {
            Self::OutlinesAgree => ("outlines_agree", Same),
            Self::OutlinesAgreeOtherPhase => ("outlines_agree_other_phase", Unsure),
            Self::Inside => ("inside", PartOf),
            Self::InsideOtherPhase => ("inside_other_phase", Unsure),
            Self::OverlapAndName => ("overlap_and_name", Same),
            Self::OverlapAndFacts => ("overlap_and_facts", Same),
            Self::OverlapOfPhases => ("overlap_of_phases", Phases),
            Self::OverlapOfCommunities => ("overlap_of_communities", Split),
            Self::OverlapAlone => ("overlap_alone", Unsure),
            Self::AdjoiningCommunities => ("adjoining_communities", Split),
            Self::AdjoiningPhases => ("adjoining_phases", Phases),
            Self::AdjoiningSameName => ("adjoining_same_name", Unsure),
            Self::ShiftedCopy => ("shifted_copy", Same),
            Self::PerhapsShifted => ("perhaps_shifted", Unsure),
            Self::NameAndPlace => ("name_and_place", Same),
            Self::NameAndNumber => ("name_and_number", Same),
            Self::CoreAndPlace => ("core_and_place", Same),
            Self::PrefixAndPlace => ("prefix_and_place", Same),
            Self::SimilarNameAndNumber => ("similar_name_and_number", Same),
            Self::NumberForName => ("number_for_name", Same),
            Self::PartOfNamed => ("part_of_named", PartOf),
            Self::CourtOfNamed => ("court_of_named", PartOf),
            Self::PhasesOfOne => ("phases_of_one", Phases),
            Self::NameApart => ("name_apart", Unsure),
            Self::BareRoad => ("bare_road", Unsure),
            Self::SimilarNear => ("similar_near", Unsure),
            Self::NumberAlone => ("number_alone", Unsure),
            Self::Elsewhere => ("elsewhere", Distinct),
            Self::Unlike => ("unlike", Distinct),
        }
    }
}

/// What the program suggests. A person decides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Suggestion {
    pub rule: Rule,
    pub verdict: Verdict,
    /// How sure the rule is of its verdict on this evidence, 0..1.
    pub confidence: f64,
}

/// The suggestion that the evidence leads to.
pub fn suggest(evidence: &[Evidence], limits: &DedupeLimits) -> Suggestion {
    let rule = Facts::of(evidence).rule(limits);
    Suggestion {
        rule,
        verdict: rule.verdict(),
        confidence: confidence(rule, evidence, limits),
    }
}

/// The rule's own confidence, moved by what supports and contradicts it, in log-odds.
fn confidence(rule: Rule, evidence: &[Evidence], limits: &DedupeLimits) -> f64 {
    let base: f64 = limits.confidence.get(rule.key()).copied().unwrap_or(0.5);
    let base = base.clamp(0.01, 0.99);
    let count = |stance| evidence.iter().filter(|e| e.stance() == stance).count() as f64;
    let supports = count(Stance::Supports) * limits.support_log_odds;
    let contradicts = count(Stance::Contradicts) * limits.contradiction_log_odds;
    let moved = match rule.verdict() {
        // What speaks against one estate speaks for two.
        Verdict::Distinct => -(supports + contradicts),
        // Nothing makes the program sure that it is not sure.
        Verdict::Unsure => 0.0,
        // Contradictions are what tells parts and phases from the whole.
        Verdict::PartOf | Verdict::Phases => supports,
        Verdict::Same | Verdict::Split => supports + contradicts,
    };
    let log_odds = (base / (1.0 - base)).ln() + moved;
    let probability = 1.0 / (1.0 + (-log_odds).exp());
    (probability * 1000.0).round() / 1000.0
}

/// The evidence, as the rules ask for it.
struct Facts {
    place: Place,
    name: Name,
    part: Part,
    number: Number,
    shift: Option<Option<f64>>,
    /// How many of year, households and floor area agree, and how many contradict.
    agreeing: usize,
    disagreeing: usize,
    is_common: bool,
    is_other_suffix: bool,
    is_number_for_name: bool,
    is_other_county: bool,
    is_other_community: bool,
    is_separate_entries: bool,
    is_repeat: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    Unknown,
    Overlap { iou: f64, share: f64 },
    Adjoining,
    PointInside,
    OutlinesApart(f64),
    Apart(f64),
}

#[derive(Clone, Copy, PartialEq)]
enum Name {
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
enum Part {
    Unsaid,
    Same,
    Other,
    OneOnly,
}

#[derive(Clone, Copy, PartialEq)]
enum Number {
    Unknown,
    Same,
    /// The same text, without a number.
    SameText,
    Other,
}

impl Facts {
    fn of(evidence: &[Evidence]) -> Self {
        let mut facts = Self {
            place: Place::Unknown,
            name: Name::Unlike,
            part: Part::Unsaid,
            number: Number::Unknown,
            shift: None,
            agreeing: 0,
            disagreeing: 0,
            is_common: false,
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
            Evidence::SameRoadOtherNumber { .. } | Evidence::OtherAddress => {
                self.number = Number::Other
            }
            Evidence::SameYear { .. }
            | Evidence::SameHouseholds { .. }
            | Evidence::SameFloorArea { .. } => self.agreeing += 1,
            Evidence::CommonName { .. } => self.is_common = true,
            Evidence::OtherSuffixClass { .. } => self.is_other_suffix = true,
            Evidence::NumberForName => self.is_number_for_name = true,
            Evidence::OtherCounty => self.is_other_county = true,
            Evidence::OtherCommunity => self.is_other_community = true,
            Evidence::SeparateEntries { .. } => self.is_separate_entries = true,
            Evidence::SameSourceId { .. } => self.is_repeat = true,
            Evidence::Contained { .. }
            | Evidence::NoPosition
            | Evidence::OtherUnit { .. }
            | Evidence::SameSuffixClass { .. }
            | Evidence::BrokenBoundary => {}
            Evidence::OtherYear { .. }
            | Evidence::OtherHouseholds { .. }
            | Evidence::OtherFloorArea { .. } => self.disagreeing += 1,
        }
    }

    fn rule(&self, limits: &DedupeLimits) -> Rule {
        match self.place {
            Place::Overlap { iou, share } if share >= limits.must_decide_share => {
                self.rule_on_shared_ground(iou, share, limits)
            }
            _ => self
                .rule_on_displacement(limits)
                .unwrap_or_else(|| self.rule_on_names(limits)),
        }
    }

    fn rule_on_shared_ground(&self, iou: f64, share: f64, limits: &DedupeLimits) -> Rule {
        let other_part = self.part == Part::Other || self.name == Name::OtherOrdinal;
        // Half of what makes outlines agree: alike in size, though not in place.
        let is_alike = iou >= limits.same_iou / 2.0;
        if iou >= limits.same_iou {
            return match other_part {
                true => Rule::OutlinesAgreeOtherPhase,
                false => Rule::OutlinesAgree,
            };
        }
        if share >= limits.part_of_share {
            return match other_part {
                true => Rule::InsideOtherPhase,
                false => Rule::Inside,
            };
        }
        if let Some(rule) = self.rule_on_displacement(limits) {
            return rule;
        }
        match self.name {
            Name::Siblings => Rule::OverlapOfPhases,
            _ if self.is_named_alike() && self.part == Part::Other => Rule::OverlapOfPhases,
            _ if self.is_named_alike() && (self.part != Part::OneOnly || is_alike) => {
                match self.is_other_community && !is_alike && self.is_named_the_same() {
                    true => Rule::OverlapOfCommunities,
                    false => Rule::OverlapAndName,
                }
            }
            Name::OtherOrdinal | Name::Court => Rule::OverlapAlone,
            _ if self.number == Number::Same => Rule::OverlapAndFacts,
            _ if is_alike && self.agreeing >= 2 => Rule::OverlapAndFacts,
            _ => Rule::OverlapAlone,
        }
    }

    fn rule_on_displacement(&self, limits: &DedupeLimits) -> Option<Rule> {
        let aligned = self.shift?;
        if self.part == Part::Other || self.name == Name::OtherOrdinal {
            return None;
        }
        let is_supported = self.number == Number::Same || self.agreeing >= 2;
        match aligned {
            // A copy keeps its shape to the centimetre, whatever it is called.
            Some(iou) if iou >= limits.datum_shift.congruent_iou => {
                match self.is_named_alike() || is_supported {
                    true => Some(Rule::ShiftedCopy),
                    false => Some(Rule::PerhapsShifted),
                }
            }
            // Drawn anew over a displaced map: alike, and borne out by more than the name.
            Some(_) if self.is_named_the_same() && is_supported => Some(Rule::ShiftedCopy),
            Some(_) if self.is_named_the_same() && !self.is_common && self.disagreeing == 0 => {
                Some(Rule::PerhapsShifted)
            }
            Some(_) => None,
            None => {
                let is_copy = self.name == Name::Same
                    && !self.is_common
                    && self.part != Part::OneOnly
                    && self.number != Number::Other;
                is_copy.then_some(Rule::ShiftedCopy)
            }
        }
    }

    fn rule_on_names(&self, limits: &DedupeLimits) -> Rule {
        if self.is_other_county {
            return match self.is_named_the_same() && self.is_within(limits.near_m) {
                true => Rule::NameApart,
                false => Rule::Elsewhere,
            };
        }
        match self.name {
            Name::Same | Name::SameCore if self.part == Part::Other => self.phases(limits),
            Name::Same | Name::SameCore if self.part == Part::OneOnly => self.part_of(limits),
            Name::Same | Name::SameCore => self.rule_on_one_name(limits),
            Name::BareRoad if self.is_within(limits.far_apart_m) => Rule::BareRoad,
            Name::BareRoad if self.place == Place::Unknown => Rule::BareRoad,
            // The same list read from two sites: only the numbers tell.
            Name::BareRoad if self.is_borne_out() && !self.is_beyond(limits) => Rule::BareRoad,
            Name::BareRoad => Rule::Elsewhere,
            _ if self.part == Part::Other => Rule::Unlike,
            Name::Court if self.is_within(limits.around_m) => Rule::CourtOfNamed,
            Name::Siblings if self.place == Place::Adjoining => Rule::AdjoiningPhases,
            Name::Court | Name::Siblings => Rule::Unlike,
            Name::Prefixed => self.rule_on_prefixed_name(limits),
            Name::Similar => self.rule_on_similar_name(limits),
            Name::LookAlike if self.is_separate_entries => Rule::Unlike,
            Name::LookAlike if self.is_within(limits.around_m) => Rule::SimilarNear,
            Name::LookAlike => Rule::Unlike,
            Name::OtherOrdinal | Name::Unlike => self.rule_on_number(limits),
        }
    }

    fn phases(&self, limits: &DedupeLimits) -> Rule {
        match self.place {
            Place::Adjoining | Place::Overlap { .. } => Rule::AdjoiningPhases,
            Place::Unknown => Rule::PhasesOfOne,
            _ if self.is_within(limits.far_apart_m) => Rule::PhasesOfOne,
            _ => Rule::Elsewhere,
        }
    }

    fn part_of(&self, limits: &DedupeLimits) -> Rule {
        match self.place {
            Place::Adjoining | Place::Overlap { .. } => Rule::AdjoiningPhases,
            // Drawn apart: what one calls the whole does not hold the other.
            Place::OutlinesApart(_) => self.phases(limits),
            Place::Unknown if self.is_borne_out() || !self.is_common => Rule::NameApart,
            _ if self.is_within(limits.around_m) => Rule::PartOfNamed,
            _ if self.number == Number::Same => Rule::PartOfNamed,
            _ if self.number == Number::Other => Rule::Elsewhere,
            _ if self.is_within(limits.far_apart_m) => Rule::PartOfNamed,
            _ => Rule::Elsewhere,
        }
    }

    /// Both bear one name, and neither says which part it means or both say the same.
    fn rule_on_one_name(&self, limits: &DedupeLimits) -> Rule {
        let is_other_kind = self.is_other_suffix && self.name == Name::SameCore;
        match self.place {
            Place::Adjoining | Place::Overlap { .. } if self.is_other_community => {
                Rule::AdjoiningCommunities
            }
            Place::Adjoining | Place::Overlap { .. } => Rule::AdjoiningSameName,
            _ if self.is_repeat => Rule::NameAndNumber,
            Place::OutlinesApart(_) => self.rule_on_one_name_drawn_apart(limits),
            _ if self.is_beyond(limits) => Rule::Elsewhere,
            _ if self.number == Number::Same => Rule::NameAndNumber,
            _ if self.number == Number::SameText && !is_other_kind => Rule::NameAndNumber,
            // 阳光花园 is not 阳光小区 without evidence of place.
            _ if is_other_kind => match self.number {
                Number::Other => Rule::Elsewhere,
                _ if self.is_within(limits.near_m) => Rule::CoreAndPlace,
                _ if self.is_within(limits.around_m) => Rule::NameApart,
                _ => Rule::Elsewhere,
            },
            _ if self.is_common => self.rule_on_common_name(limits),
            _ if self.is_within(limits.around_m) => match self.name {
                Name::Same => Rule::NameAndPlace,
                _ => Rule::CoreAndPlace,
            },
            Place::Unknown => Rule::NameApart,
            _ if self.is_within(limits.far_apart_m) => Rule::NameApart,
            // Some sources give the agency's shop, kilometres away.
            _ if self.is_borne_out() => Rule::NameApart,
            _ if self.number != Number::Other && self.disagreeing == 0 => Rule::NameApart,
            _ => Rule::Elsewhere,
        }
    }

    /// 粮食局宿舍, 阳光小区: every town has one, some several.
    fn rule_on_common_name(&self, limits: &DedupeLimits) -> Rule {
        match self.number {
            _ if self.is_within(limits.near_m) && self.disagreeing == 0 => match self.name {
                Name::Same => Rule::NameAndPlace,
                _ => Rule::CoreAndPlace,
            },
            _ if self.is_borne_out() => Rule::NameApart,
            _ if self.name != Name::Same => match self.is_within(limits.around_m) {
                true if self.number != Number::Other => Rule::NameApart,
                _ => Rule::Elsewhere,
            },
            _ if self.is_within(limits.around_m) => Rule::NameApart,
            Number::Other => Rule::Elsewhere,
            _ if self.disagreeing == 0 => Rule::NameApart,
            _ => Rule::Elsewhere,
        }
    }

    /// Two people drew two places: a name does not make them one.
    fn rule_on_one_name_drawn_apart(&self, limits: &DedupeLimits) -> Rule {
        let reach = match self.is_common {
            true => limits.near_m,
            false => limits.far_apart_m,
        };
        let is_borne_out = self.number == Number::Same || self.agreeing >= 2;
        match is_borne_out && !self.is_beyond(limits) || self.is_within(reach) {
            true => Rule::NameApart,
            false => Rule::Elsewhere,
        }
    }

    fn rule_on_prefixed_name(&self, limits: &DedupeLimits) -> Rule {
        let is_at_number = self.number == Number::Same;
        match self.place {
            Place::OutlinesApart(_) | Place::Adjoining | Place::Overlap { .. } => Rule::Unlike,
            _ if !self.is_within(limits.around_m) => Rule::Unlike,
            _ if self.part == Part::OneOnly => Rule::PartOfNamed,
            _ if is_at_number => Rule::PrefixAndPlace,
            _ if self.is_separate_entries => Rule::Unlike,
            _ if self.number == Number::Other => match self.is_within(limits.near_m) {
                true => Rule::SimilarNear,
                false => Rule::Unlike,
            },
            _ if self.is_within(limits.near_m) => Rule::PrefixAndPlace,
            _ => Rule::SimilarNear,
        }
    }

    fn rule_on_similar_name(&self, limits: &DedupeLimits) -> Rule {
        let is_near = self.is_within(limits.near_m);
        match self.place {
            Place::OutlinesApart(_) | Place::Adjoining | Place::Overlap { .. } => Rule::Unlike,
            _ if self.number == Number::Same && self.is_within(limits.around_m) => {
                match is_near && self.part != Part::OneOnly {
                    true => Rule::SimilarNameAndNumber,
                    false => Rule::SimilarNear,
                }
            }
            _ if self.number == Number::Other || self.is_separate_entries => Rule::Unlike,
            _ if is_near => Rule::SimilarNear,
            _ => Rule::Unlike,
        }
    }

    /// The names say nothing, or that these are two.
    fn rule_on_number(&self, limits: &DedupeLimits) -> Rule {
        let is_near = self.is_within(limits.near_m);
        match self.place {
            Place::OutlinesApart(_) | Place::Adjoining | Place::Overlap { .. } => Rule::Unlike,
            Place::PointInside if self.number != Number::Other => Rule::NumberAlone,
            _ if self.number != Number::Same => Rule::Unlike,
            _ if self.is_number_for_name && is_near && !self.is_separate_entries => {
                Rule::NumberForName
            }
            _ if self.is_number_for_name && self.is_within(limits.around_m) => Rule::NumberAlone,
            _ if is_near => Rule::NumberAlone,
            // Renamed since: 公园壹号, 君苑豪庭 at one number, with as many households.
            _ if self.agreeing > 0 && self.disagreeing == 0 && !self.is_separate_entries => {
                match self.is_beyond(limits) {
                    true => Rule::Unlike,
                    false => Rule::NumberAlone,
                }
            }
            _ => Rule::Unlike,
        }
    }

    /// Something beside name and place says the same.
    fn is_borne_out(&self) -> bool {
        matches!(self.number, Number::Same | Number::SameText) || self.agreeing > 0
    }

    /// Farther apart than even the agency's shop is from the estate.
    fn is_beyond(&self, limits: &DedupeLimits) -> bool {
        self.place != Place::Unknown && !self.is_within(limits.search_same_name_m)
    }

    fn is_named_the_same(&self) -> bool {
        matches!(self.name, Name::Same | Name::SameCore)
    }

    /// Named so that together with shared ground it is one estate.
    fn is_named_alike(&self) -> bool {
        matches!(
            self.name,
            Name::Same | Name::SameCore | Name::Prefixed | Name::LookAlike | Name::Similar
        )
    }

    fn is_within(&self, metres: f64) -> bool {
        match self.place {
            Place::Overlap { .. } | Place::Adjoining | Place::PointInside => true,
            Place::OutlinesApart(apart) | Place::Apart(apart) => apart <= metres,
            Place::Unknown => false,
        }
    }
}

#[cfg(test)]
#[path = "suggest_tests.rs"]
mod tests;
