//! Rules on names, together with distance, address and numbers.

use super::facts::{Facts, Name, Number, Part, Place};
use super::rule::Rule;
use crate::catalogue::DedupeLimits;

impl Facts {
    pub(super) fn rule_on_names(&self, limits: &DedupeLimits) -> Rule {
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
            _ if self.is_other_suffix && self.number == Number::Other => Rule::Elsewhere,
            _ if self.is_other_suffix && !self.is_within(limits.near_m) => Rule::Elsewhere,
            _ if self.is_within(limits.around_m) => Rule::PartOfNamed,
            _ if self.number == Number::Same => Rule::PartOfNamed,
            _ if self.number == Number::Other || self.is_common => Rule::Elsewhere,
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
            // Across the street that is the communities' border.
            Place::OutlinesApart(metres)
                if metres <= limits.near_m
                    && self.is_other_community
                    && self.number == Number::Same =>
            {
                Rule::AdjoiningCommunities
            }
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
            _ if self.is_within(limits.around_m) => self.one_place(),
            _ if self.is_within(limits.far_apart_m) => match self.is_contradicted() {
                true => Rule::NameApart,
                false => self.one_place(),
            },
            Place::Unknown => Rule::NameApart,
            // Some sources give the agency's shop, kilometres away.
            _ if self.is_borne_out() => Rule::NameApart,
            _ if self.name == Name::Same && !self.is_contradicted() => Rule::NameApart,
            _ => Rule::Elsewhere,
        }
    }

    /// 粮食局宿舍, 阳光小区: every town has one, some several.
    fn rule_on_common_name(&self, limits: &DedupeLimits) -> Rule {
        let is_around = self.is_within(limits.around_m);
        match self.name {
            // Two employers' courts on two roads, whatever point stands for them.
            _ if self.number == Number::OtherRoad && !self.is_borne_out() => match is_around {
                true => Rule::NameApart,
                false => Rule::Elsewhere,
            },
            _ if self.is_within(limits.near_m) && self.disagreeing == 0 => self.one_place(),
            _ if self.is_borne_out() && !self.is_contradicted() => Rule::NameApart,
            Name::Same if is_around => Rule::NameApart,
            Name::Same if self.is_contradicted() => Rule::Elsewhere,
            Name::Same if self.place == Place::Unknown => Rule::NameApart,
            Name::Same if self.is_within(limits.search_m) => Rule::NameApart,
            _ if is_around && !self.is_contradicted() => Rule::NameApart,
            _ => Rule::Elsewhere,
        }
    }

    fn one_place(&self) -> Rule {
        match self.name {
            Name::Same => Rule::NameAndPlace,
            _ => Rule::CoreAndPlace,
        }
    }

    /// Two people drew two places: a name does not make them one.
    fn rule_on_one_name_drawn_apart(&self, limits: &DedupeLimits) -> Rule {
        let reach = match self.is_common {
            true => limits.near_m,
            false => limits.far_apart_m,
        };
        let is_borne_out = self.number == Number::Same || self.agreeing >= 2;
        if self.is_other_suffix && self.name == Name::SameCore && self.is_contradicted() {
            return Rule::Elsewhere;
        }
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
                true if !self.is_common => Rule::SimilarNear,
                _ => Rule::Unlike,
            },
            _ if self.is_within(limits.near_m) => Rule::PrefixAndPlace,
            // 铜锣湾香逸澜湾 and 香逸澜湾: nothing else is called so.
            _ if !self.is_common && !self.is_contradicted() && !self.is_other_suffix => {
                Rule::PrefixAndPlace
            }
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
            _ if self.part == Part::OneOnly => Rule::Unlike,
            _ if self.is_common && self.disagreeing > 0 => Rule::Unlike,
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
            _ if self.number != Number::Same || self.is_separate_entries => Rule::Unlike,
            _ if self.is_number_for_name && self.part == Part::OneOnly => Rule::PartOfNamed,
            _ if self.is_number_for_name && is_near => Rule::NumberForName,
            // Called otherwise, but as old and as large: an abbreviation, or renamed since.
            _ if is_near && self.agreeing >= 2 && self.disagreeing == 0 => Rule::NumberAndFacts,
            _ if self.is_number_for_name && self.is_within(limits.around_m) => Rule::NumberAlone,
            _ if is_near => Rule::NumberAlone,
            // Renamed since: 公园壹号, 君苑豪庭 at one number, with as many households.
            _ if self.agreeing > 0 && self.disagreeing == 0 && !self.is_beyond(limits) => {
                Rule::NumberAlone
            }
            _ => Rule::Unlike,
        }
    }
}
