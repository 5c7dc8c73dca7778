//! Rules on shared ground and on displacement: they come before any name.

use super::facts::{Facts, Name, Number, Part, Place};
use super::rule::Rule;
use crate::catalogue::DedupeLimits;

impl Facts {
    /// The first rule that fits.
    pub(super) fn rule(&self, limits: &DedupeLimits) -> Rule {
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
                    // Many blocks are plain rectangles of one size.
                    false if self.is_contradicted() || self.is_separate_entries => None,
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
}
