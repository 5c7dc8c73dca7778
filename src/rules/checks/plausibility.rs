//! The warnings of DOMAIN §6: what may be right and deserves a second look. Bounds are the rule pack's.

use super::{CheckCode, Context, Detail, Finding};
use crate::catalogue::Utility;
use crate::geodesy::measure::area_m2;
use crate::geometry::validity::is_sound;
use crate::model::{Estate, Field, YearBasis};
use crate::rules::recognition::{Recognised, Warning};

pub(super) fn check(estate: &Estate, recognised: &Recognised, context: &Context) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut warn = |code, field, detail| {
        findings.push(Finding::warns(code, detail).about(estate.id).at(field));
    };
    if recognised
        .warnings()
        .any(|w| w == Warning::CutoffYearItself)
    {
        let year = context.catalogue.rules.recognition.cutoff_year;
        let field = match estate.build_year {
            Some(_) => Field::BuildYear,
            None => Field::YearMax,
        };
        warn(
            CheckCode::CutoffYear,
            field,
            Detail::BuiltInCutoffYear { year },
        );
    }
    if let Some(basis @ (YearBasis::Estimate | YearBasis::Told)) = estate.year_basis {
        warn(
            CheckCode::WeakYearBasis,
            Field::YearBasis,
            Detail::YearBasis { basis },
        );
    }
    for (code, field, detail) in ratios(estate, context) {
        warn(code, field, detail);
    }
    let items = &context.catalogue.items;
    for utility in Utility::ESSENTIAL {
        // Where nothing was surveyed, E01 says so already.
        if items.utility_severity(estate, utility).is_some()
            && let Some(leading) = items.leading(utility)
            && !estate.gaps.contains_key(&leading.code)
        {
            let detail = Detail::LeadingItemUnknown {
                utility,
                item: leading.code,
            };
            warn(CheckCode::UtilityUnknown, Field::Gap(leading.code), detail);
        }
    }
    findings
}

fn ratios(estate: &Estate, context: &Context) -> Vec<(CheckCode, Field, Detail)> {
    let limits = &context.catalogue.rules.checks;
    let households = estate.households.map(f64::from);
    let buildings = estate.buildings.map(f64::from);
    // The area of a boundary that crosses itself means nothing.
    let sound = estate.boundary.as_deref().filter(|b| is_sound(b));
    let ground = sound.map(area_m2);
    let unusual = |part: Option<f64>, whole: Option<f64>, [least, most]: [f64; 2]| {
        let (part, whole) = (part?, whole?);
        // A zero is E12's.
        let value = (part > 0.0 && whole > 0.0).then(|| part / whole)?;
        (!(least..=most).contains(&value)).then_some(Detail::Unusual { value, least, most })
    };
    [
        (
            CheckCode::AreaPerHousehold,
            Field::FloorArea,
            unusual(
                estate.floor_area_m2,
                households,
                limits.floor_area_per_household_m2,
            ),
        ),
        (
            CheckCode::HouseholdsPerBuilding,
            Field::Buildings,
            unusual(households, buildings, limits.households_per_building),
        ),
        (
            CheckCode::FloorPerGround,
            Field::FloorArea,
            unusual(
                estate.floor_area_m2,
                ground,
                limits.floor_area_per_ground_area,
            ),
        ),
    ]
    .into_iter()
    .filter_map(|(code, field, detail)| Some((code, field, detail?)))
    .collect()
}
