//! Compares two profiles, one kind of evidence a function.

use super::{Evidence, Frequency};
use crate::catalogue::DedupeLimits;
use crate::dedupe::address::{self, AddressRelation};
use crate::dedupe::datum_shift;
use crate::dedupe::normalise::{
    Name, NameKind, NameRelation, PartRelation, fold, relation, split_brackets,
    strip_leading_divisions,
};
use crate::dedupe::place::{self, PlaceRelation};
use crate::dedupe::profile::{BoundaryState, Profile};
use crate::dedupe::weights::Terms;
use crate::dedupe::weights::terms::shared_core;
use crate::model::Estate;

/// Everything that speaks for or against, strongest kind first. `terms` says how many records of
/// the survey bear a name.
pub fn evidence(a: &Profile, b: &Profile, limits: &DedupeLimits, terms: &Terms) -> Vec<Evidence> {
    let mut found = Vec::with_capacity(8);
    of_place(a, b, limits, &mut found);
    of_names(a, b, limits, terms, &mut found);
    of_addresses(a, b, &mut found);
    of_divisions(&a.estate, &b.estate, &mut found);
    of_numbers(&a.estate, &b.estate, limits, &mut found);
    of_sources(&a.estate, &b.estate, &mut found);
    let broken = |profile: &Profile| {
        matches!(
            profile.boundary,
            BoundaryState::Crossing | BoundaryState::Unusable
        )
    };
    if broken(a) || broken(b) {
        found.push(Evidence::BrokenBoundary);
    }
    found
}

fn of_place(a: &Profile, b: &Profile, limits: &DedupeLimits, found: &mut Vec<Evidence>) {
    let both_drawn = a.outline.is_some() && b.outline.is_some();
    let apart = match place::relation(a, b, limits.touch_m) {
        PlaceRelation::Unknown => {
            found.push(Evidence::NoPosition);
            return;
        }
        PlaceRelation::Overlap {
            iou,
            share_of_smaller,
        } => {
            found.push(Evidence::Overlap {
                iou,
                share_of_smaller,
            });
            if share_of_smaller >= limits.part_of_share && iou < limits.same_iou {
                let share = share_of_smaller;
                found.push(Evidence::Contained { share });
            }
            if share_of_smaller < limits.must_decide_share {
                found.push(Evidence::TouchesOnly);
            }
            // Only neighbours that hardly overlap can still be displaced copies.
            if iou >= limits.same_iou {
                return;
            }
            None
        }
        PlaceRelation::PointInside => {
            found.push(Evidence::PointInside);
            return;
        }
        PlaceRelation::Adjoining => {
            found.push(Evidence::TouchesOnly);
            None
        }
        PlaceRelation::Apart { metres } => Some(metres),
    };
    let shift = datum_shift::relation(a, b, &limits.datum_shift);
    if let Some(shift) = shift {
        found.push(Evidence::DatumShift {
            datum: shift.datum,
            residual_m: shift.residual_m,
            aligned_iou: shift.aligned_iou,
        });
    }
    if let Some(metres) = apart {
        found.push(match both_drawn {
            true => Evidence::OutlinesApart { metres },
            false if metres > limits.far_apart_m => Evidence::FarApart { metres },
            false => Evidence::Distance { metres },
        });
    }
}

fn of_names(
    a: &Profile,
    b: &Profile,
    limits: &DedupeLimits,
    terms: &Terms,
    found: &mut Vec<Evidence>,
) {
    let Some((relation, ours, theirs)) = relation(&a.names, &b.names, limits.similar_name) else {
        return;
    };
    let related = !matches!(relation, NameRelation::Unlike | NameRelation::SameBareRoad);
    let employers = ours.kind == NameKind::Employer && theirs.kind == NameKind::Employer;
    let shares_core = matches!(
        relation,
        NameRelation::Same
            | NameRelation::SameCore
            | NameRelation::Prefixed { .. }
            | NameRelation::Court { .. }
    );
    let relation_is_unlike = relation == NameRelation::Unlike;
    let unlike = relation_is_unlike || matches!(relation, NameRelation::Similar { .. });
    match relation {
        NameRelation::Same => found.push(Evidence::SameName {
            name: ours.base.to_string(),
        }),
        NameRelation::SameBareRoad => found.push(Evidence::BareRoadName {
            road: ours.base.to_string(),
        }),
        NameRelation::SameCore if employers => found.push(Evidence::SameUnit {
            unit: shared_core(ours, theirs).core.to_string(),
        }),
        NameRelation::SameCore => found.push(Evidence::SameCore {
            core: shared_core(ours, theirs).core.to_string(),
        }),
        NameRelation::Prefixed { prefix } => found.push(Evidence::PrefixedName { prefix }),
        NameRelation::Court { court } => found.push(Evidence::SubCourt { court }),
        NameRelation::SiblingCourts { estate } => found.push(Evidence::SiblingCourts { estate }),
        NameRelation::OtherOrdinal => found.push(Evidence::OtherOrdinal),
        NameRelation::LookAlike => found.push(Evidence::LookAlikeName),
        NameRelation::Similar { similarity } => found.push(Evidence::SimilarName { similarity }),
        NameRelation::Unlike => {}
    }
    let is_a_number = [ours, theirs].map(|name| name.kind == NameKind::RoadNumber);
    let is_a_name = |name: &Name| {
        matches!(name.kind, NameKind::Proper | NameKind::Employer) && !name.core.is_empty()
    };
    let names = || [ours.core.to_string(), theirs.core.to_string()];
    if employers && unlike {
        found.push(Evidence::OtherUnit { units: names() });
    } else if relation_is_unlike && is_a_name(ours) && is_a_name(theirs) {
        found.push(Evidence::OtherName { names: names() });
    }
    if is_a_number.contains(&true) {
        found.push(Evidence::NumberForName);
    }
    if !related {
        // 爱国路236号4栋 is a block of whatever else goes by that number.
        if is_a_number.contains(&true) {
            of_parts(ours, theirs, found);
        }
        return;
    }
    if let (Some(class), Some(other)) = (ours.suffix, theirs.suffix) {
        found.push(match class == other {
            true => Evidence::SameSuffixClass { class },
            false => Evidence::OtherSuffixClass {
                classes: [class, other],
            },
        });
    }
    let share = terms.share(ours, theirs, &limits.evidence.terms);
    let frequency = match share >= limits.evidence.terms.common_from {
        true => Frequency::Common,
        false => Frequency::Rare,
    };
    // That neither of two similar names is borne by others says nothing for their being one.
    if shares_core || frequency == Frequency::Common {
        found.push(Evidence::NameShare {
            core: shared_core(ours, theirs).core.to_string(),
            share,
            frequency,
        });
    }
    of_parts(ours, theirs, found);
}

fn of_parts(ours: &Name, theirs: &Name, found: &mut Vec<Evidence>) {
    match ours.part().relation(theirs.part()) {
        PartRelation::Neither => {}
        PartRelation::Same => found.push(Evidence::SamePhase {
            part: ours.part().to_string(),
        }),
        PartRelation::Other => found.push(Evidence::OtherPhase {
            parts: [ours.part().to_string(), theirs.part().to_string()],
        }),
        PartRelation::OneOnly => {
            let named = if ours.part().is_whole() { theirs } else { ours };
            found.push(Evidence::OnePhaseOnly {
                part: named.part().to_string(),
            });
        }
    }
}

fn of_addresses(a: &Profile, b: &Profile, found: &mut Vec<Evidence>) {
    match address::relation(&a.addresses, &b.addresses) {
        AddressRelation::SameRoadNumber { road, number } => {
            found.push(Evidence::SameRoadNumber { road, number });
        }
        AddressRelation::SameRoadOtherNumber { road } => {
            found.push(Evidence::SameRoadOtherNumber { road });
        }
        AddressRelation::OtherRoad => found.push(Evidence::OtherAddress),
        _ if is_same_text(&a.estate.address, &b.estate.address) => {
            found.push(Evidence::SameAddress);
        }
        AddressRelation::SameRoad { road } => found.push(Evidence::SameRoad { road }),
        AddressRelation::OtherRoads { roads } => found.push(Evidence::OtherRoads { roads }),
        AddressRelation::Unknown => {}
    }
}

/// Whether two addresses say the same without a number; shorter ones are roads and districts.
fn is_same_text(ours: &str, theirs: &str) -> bool {
    const LEAST_CHARACTERS: usize = 6;
    let text = |raw: &str| {
        let (outside, _) = split_brackets(&fold(raw));
        strip_leading_divisions(&outside).to_owned()
    };
    let ours = text(ours);
    ours.chars().count() >= LEAST_CHARACTERS && ours == text(theirs)
}

fn of_divisions(a: &Estate, b: &Estate, found: &mut Vec<Evidence>) {
    let differ =
        |ours: &str, theirs: &str| !ours.is_empty() && !theirs.is_empty() && ours != theirs;
    if differ(&a.county_code, &b.county_code) {
        found.push(Evidence::OtherCounty);
    } else if !a.community_codes.is_empty() && !b.community_codes.is_empty() {
        found.push(match a.community_codes.is_disjoint(&b.community_codes) {
            true => Evidence::OtherCommunity,
            false => Evidence::SameCommunity,
        });
    }
}

fn of_numbers(a: &Estate, b: &Estate, limits: &DedupeLimits, found: &mut Vec<Evidence>) {
    if let (Some(ours), Some(theirs)) = (a.build_year, b.build_year) {
        let difference = ours.abs_diff(theirs).try_into().unwrap_or(i32::MAX);
        if difference <= limits.same_years {
            found.push(Evidence::SameYear { difference });
        } else if difference >= limits.other_years {
            found.push(Evidence::OtherYear { difference });
        }
    }
    let households = |estate: &Estate| estate.households.map(f64::from);
    if let Some(difference) = difference(households(a), households(b)) {
        if difference <= limits.same_households_share {
            found.push(Evidence::SameHouseholds { difference });
        } else if difference >= limits.other_size_share {
            found.push(Evidence::OtherHouseholds { difference });
        }
    }
    if let Some(difference) = difference(a.floor_area_m2, b.floor_area_m2) {
        if difference <= limits.same_floor_area_share {
            found.push(Evidence::SameFloorArea { difference });
        } else if difference >= limits.other_size_share {
            found.push(Evidence::OtherFloorArea { difference });
        }
    }
}

/// The difference as a share of the larger; `None` where one is unknown or not above zero.
fn difference(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    let (a, b) = (a?, b?);
    (a > 0.0 && b > 0.0 && a.is_finite() && b.is_finite()).then(|| (a - b).abs() / a.max(b))
}

fn of_sources(a: &Estate, b: &Estate, found: &mut Vec<Evidence>) {
    let (Some(ours), Some(theirs)) = (&a.origin, &b.origin) else {
        return;
    };
    let known =
        !ours.source.is_empty() && !ours.source_id.is_empty() && !theirs.source_id.is_empty();
    if !known || ours.source != theirs.source {
        return;
    }
    let source = ours.source.clone();
    found.push(match ours.source_id == theirs.source_id {
        true => Evidence::SameSourceId { source },
        false => Evidence::SeparateEntries { source },
    });
}
