//! Evidence about a pair in sentences short enough to be joined: "very little overlap (3 %); same
//! road and number (建设路 12); other phase (1期, 2期)".

use super::Language;
use crate::dedupe::normalise::SuffixClass;
use crate::dedupe::{Evidence, Frequency};
use crate::model::Coded;
use std::borrow::Cow;

/// One piece of evidence in a few words.
pub fn evidence_text(language: Language, evidence: &Evidence) -> String {
    let text = |key: &str| language.text(&format!("evidence.{key}")).into_owned();
    let with = |key: &str, name: &str, value: &dyn std::fmt::Display| {
        language.text_with(&format!("evidence.{key}"), &[(name, value)])
    };
    let two = |key: &str, values: [&dyn std::fmt::Display; 2]| {
        let values = [("one", values[0]), ("other", values[1])];
        language.text_with(&format!("evidence.{key}"), &values)
    };
    match evidence {
        Evidence::Overlap {
            iou,
            share_of_smaller,
        } => overlap_text(language, *iou, *share_of_smaller),
        Evidence::Contained { share } => with("contained", "share", &percent(*share)),
        Evidence::TouchesOnly => text("touches_only"),
        Evidence::OutlinesApart { metres } => with("outlines_apart", "metres", &whole(*metres)),
        Evidence::PointInside => text("point_inside"),
        Evidence::Distance { metres } => with("distance", "metres", &whole(*metres)),
        Evidence::FarApart { metres } => with("far_apart", "metres", &whole(*metres)),
        Evidence::NoPosition => text("no_position"),
        Evidence::DatumShift { datum, .. } => {
            let name = language.text(&format!("datum_name.{}", datum.key()));
            with("datum_shift", "datum", &name)
        }
        Evidence::SameName { name } => with("same_name", "name", name),
        Evidence::SameCore { core } => with("same_core", "core", core),
        Evidence::SameUnit { unit } => with("same_unit", "unit", unit),
        Evidence::OtherUnit { units: [a, b] } => two("other_unit", [a, b]),
        Evidence::SameSuffixClass { class } => {
            with("same_suffix_class", "class", &class_label(language, *class))
        }
        Evidence::OtherSuffixClass { classes: [a, b] } => two(
            "other_suffix_class",
            [&class_label(language, *a), &class_label(language, *b)],
        ),
        Evidence::PrefixedName { prefix } => with("prefixed_name", "prefix", prefix),
        Evidence::SubCourt { court } => with("sub_court", "court", court),
        Evidence::SiblingCourts { estate } => with("sibling_courts", "estate", estate),
        Evidence::OtherOrdinal => text("other_ordinal"),
        Evidence::LookAlikeName => text("look_alike_name"),
        Evidence::SimilarName { similarity } => {
            with("similar_name", "similarity", &percent(*similarity))
        }
        Evidence::BareRoadName { road } => with("bare_road_name", "road", road),
        Evidence::NumberForName => text("number_for_name"),
        Evidence::OtherName { names: [a, b] } => two("other_name", [a, b]),
        Evidence::NameShare {
            core, frequency, ..
        } => match frequency {
            Frequency::Common => with("common_name", "core", core),
            Frequency::Rare => with("rare_name", "core", core),
        },
        Evidence::SamePhase { part } => with("same_phase", "part", part),
        Evidence::OtherPhase { parts: [a, b] } => two("other_phase", [a, b]),
        Evidence::OnePhaseOnly { part } => with("one_phase_only", "part", part),
        Evidence::SameRoadNumber { road, number } => language.text_with(
            "evidence.same_road_number",
            &[("road", road), ("number", number)],
        ),
        Evidence::SameRoadOtherNumber { road } => with("same_road_other_number", "road", road),
        Evidence::SameRoad { road } => with("same_road", "road", road),
        Evidence::OtherAddress => text("other_address"),
        Evidence::OtherRoads { roads: [a, b] } => two("other_roads", [a, b]),
        Evidence::SameAddress => text("same_address"),
        Evidence::OtherCounty => text("other_county"),
        Evidence::OtherCommunity => text("other_community"),
        Evidence::SameCommunity => text("same_community"),
        Evidence::SameYear { difference: 0 } => text("same_year"),
        Evidence::SameYear { difference } => with("near_year", "years", difference),
        Evidence::OtherYear { difference } => with("other_year", "years", difference),
        Evidence::SameHouseholds { difference } => {
            with("same_households", "share", &percent(*difference))
        }
        Evidence::OtherHouseholds { difference } => {
            with("other_households", "share", &percent(*difference))
        }
        Evidence::SameFloorArea { difference } => {
            with("same_floor_area", "share", &percent(*difference))
        }
        Evidence::OtherFloorArea { difference } => {
            with("other_floor_area", "share", &percent(*difference))
        }
        Evidence::SameSourceId { source } => with("same_source_id", "source", source),
        Evidence::SeparateEntries { source } => with("separate_entries", "source", source),
        Evidence::BrokenBoundary => text("broken_boundary"),
    }
}

/// The whole ledger in one line.
pub fn explanation(language: Language, evidence: &[Evidence]) -> String {
    let texts: Vec<_> = evidence
        .iter()
        .map(|piece| evidence_text(language, piece))
        .collect();
    texts.join(&language.text("evidence.separator"))
}

fn overlap_text(language: Language, iou: f64, share_of_smaller: f64) -> String {
    // Words for what people see; the limits of the rules are in the rule pack.
    let key = match (iou, share_of_smaller) {
        (iou, _) if iou >= 0.7 => "overlap_nearly_all",
        (_, share) if share >= 0.5 => "overlap_most",
        (_, share) if share >= 0.1 => "overlap_some",
        _ => "overlap_little",
    };
    let share = percent(share_of_smaller);
    language.text_with(
        &format!("evidence.{key}"),
        &[("share", &share), ("iou", &percent(iou))],
    )
}

fn class_label(language: Language, class: SuffixClass) -> Cow<'static, str> {
    let key = match class {
        SuffixClass::Quarter => "quarter",
        SuffixClass::Village => "village",
        SuffixClass::Garden => "garden",
        SuffixClass::Court => "court",
        SuffixClass::Home => "home",
        SuffixClass::Apartment => "apartment",
        SuffixClass::EmployerHousing => "employer_housing",
        SuffixClass::Courtyard => "courtyard",
        SuffixClass::Tower => "tower",
    };
    language.text(&format!("suffix_class.{key}"))
}

/// A share as whole per cent; what rounds to nothing is still something.
fn percent(share: f64) -> String {
    match share * 100.0 {
        percent if percent > 0.0 && percent < 1.0 => "<1".to_owned(),
        percent => whole(percent),
    }
}

fn whole(number: f64) -> String {
    format!("{number:.0}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Datum;

    fn every_kind() -> Vec<Evidence> {
        let text = || "洪都".to_owned();
        vec![
            Evidence::Overlap {
                iou: 0.02,
                share_of_smaller: 0.03,
            },
            Evidence::Contained { share: 0.95 },
            Evidence::TouchesOnly,
            Evidence::OutlinesApart { metres: 80.0 },
            Evidence::PointInside,
            Evidence::Distance { metres: 71.0 },
            Evidence::FarApart { metres: 900.0 },
            Evidence::NoPosition,
            Evidence::DatumShift {
                datum: Datum::Gcj02,
                residual_m: 3.0,
                aligned_iou: Some(0.98),
            },
            Evidence::SameName { name: text() },
            Evidence::SameCore { core: text() },
            Evidence::SameUnit { unit: text() },
            Evidence::OtherUnit {
                units: [text(), text()],
            },
            Evidence::SameSuffixClass {
                class: SuffixClass::Garden,
            },
            Evidence::OtherSuffixClass {
                classes: [SuffixClass::Garden, SuffixClass::Quarter],
            },
            Evidence::PrefixedName { prefix: text() },
            Evidence::SubCourt { court: text() },
            Evidence::SiblingCourts { estate: text() },
            Evidence::OtherOrdinal,
            Evidence::LookAlikeName,
            Evidence::SimilarName { similarity: 0.8 },
            Evidence::BareRoadName { road: text() },
            Evidence::NumberForName,
            Evidence::OtherName {
                names: [text(), text()],
            },
            Evidence::NameShare {
                core: text(),
                share: 0.002,
                frequency: Frequency::Common,
            },
            Evidence::NameShare {
                core: text(),
                share: 0.0001,
                frequency: Frequency::Rare,
            },
            Evidence::SamePhase { part: text() },
            Evidence::OtherPhase {
                parts: ["1期".into(), "2期".into()],
            },
            Evidence::OnePhaseOnly { part: text() },
            Evidence::SameRoadNumber {
                road: "建设路".into(),
                number: 12,
            },
            Evidence::SameRoadOtherNumber { road: text() },
            Evidence::SameRoad { road: text() },
            Evidence::OtherAddress,
            Evidence::OtherRoads {
                roads: [text(), text()],
            },
            Evidence::SameAddress,
            Evidence::OtherCounty,
            Evidence::OtherCommunity,
            Evidence::SameCommunity,
            Evidence::SameYear { difference: 0 },
            Evidence::SameYear { difference: 1 },
            Evidence::OtherYear { difference: 9 },
            Evidence::SameHouseholds { difference: 0.02 },
            Evidence::OtherHouseholds { difference: 0.6 },
            Evidence::SameFloorArea { difference: 0.002 },
            Evidence::OtherFloorArea { difference: 0.6 },
            Evidence::SameSourceId { source: text() },
            Evidence::SeparateEntries { source: text() },
            Evidence::BrokenBoundary,
        ]
    }

    #[test]
    fn every_piece_of_evidence_has_a_sentence_in_both_languages() {
        for language in Language::ALL {
            for evidence in every_kind() {
                let text = evidence_text(language, &evidence);
                assert!(!text.starts_with("evidence."), "{text}");
                assert!(!text.contains("%{"), "{text}");
            }
        }
    }

    #[test]
    fn the_ledger_reads_as_one_line() {
        let ledger: Vec<_> = every_kind()
            .into_iter()
            .filter(|it| {
                matches!(
                    it,
                    Evidence::Overlap { .. }
                        | Evidence::SameRoadNumber { .. }
                        | Evidence::OtherPhase { .. }
                )
            })
            .collect();
        assert_eq!(
            explanation(Language::English, &ledger),
            "very little overlap (3 % of the smaller); other phase (1期, 2期); \
             same road and number (建设路 12)"
        );
        assert_eq!(
            explanation(Language::Chinese, &ledger),
            "重叠很少（占较小者3%）；期、区不同（1期、2期）；路名和门牌号相同（建设路12号）"
        );
    }
}
