//! A county of six estates for tests: three ready for 60 万元 each, one that is not recognised, one
//! not surveyed, one of another county.

use super::ranking::{Ranking, RankingKey, WhatIf};
use crate::catalogue::Catalogue;
use crate::jobs::planning::planning;
use crate::model::{
    Budget, BudgetKey, Change, Estate, EstateId, FundingLine, FundingSource, FundingStatus,
    PlanItem, Project, Severity, Survey, WorkType, Yuan,
};
use crate::progress::Progress;
use crate::rules::sample::{complete_estate, id, item};
use crate::rules::score::Weights;
use std::sync::Arc;

pub const COUNTY: &str = "360102";
pub const YEAR: i32 = 2027;

pub fn key() -> BudgetKey {
    BudgetKey {
        county_code: COUNTY.to_owned(),
        year: YEAR,
    }
}

fn project(estate: EstateId) -> Project {
    let line = |source, wan: u64, status| FundingLine {
        source,
        amount: Yuan(wan * 10_000),
        status,
        note: String::new(),
    };
    Project {
        year: Some(YEAR),
        content: vec![PlanItem {
            cost: Some(Yuan(1_000_000)),
            ..PlanItem::new(item("C05"), WorkType::Renew)
        }],
        agreed_on: Some(jiff::civil::date(2026, 9, 1)),
        funding: vec![
            line(FundingSource::LocalFiscal, 60, FundingStatus::Committed),
            line(FundingSource::Residents, 40, FundingStatus::Received),
        ],
        implementing_unit: "城投公司".into(),
        supervisor: "监理公司".into(),
        ..Project::new(estate)
    }
}

/// 1 needs most, then 2, then 3; the money is enough for two of them.
pub fn survey() -> Survey {
    let of = |number: u32, severity: Severity| {
        let mut estate = complete_estate(number);
        for severity_of in estate.gaps.values_mut() {
            *severity_of = severity;
        }
        estate
    };
    let shut = Estate {
        exclusions: Some([crate::model::Exclusion::UrbanVillage].into()),
        street_code: "360102003".into(),
        // Fewer answered: after 1, which needs as much.
        returned: Some(100),
        agree: Some(95),
        ..of(4, Severity::Missing)
    };
    let open = Estate {
        gaps: Default::default(),
        willingness: None,
        willingness_basis: None,
        sent: None,
        returned: None,
        agree: None,
        oppose: None,
        build_year: None,
        households: None,
        ..of(5, Severity::Missing)
    };
    let elsewhere = Estate {
        county_code: "360103".into(),
        ..of(6, Severity::Failing)
    };
    let estates = [
        of(1, Severity::Missing),
        of(2, Severity::Failing),
        of(3, Severity::Ageing),
        shut,
        open,
        elsewhere,
    ];
    let mut survey = Survey::default();
    let mut changes: Vec<Change> = Vec::new();
    for estate in estates {
        changes.push(Change::Estate {
            id: estate.id,
            before: None,
            after: Some(Arc::new(estate)),
        });
    }
    for number in 1..=3 {
        changes.push(Change::Project {
            id: id(number),
            before: None,
            after: Some(Arc::new(project(id(number)))),
        });
    }
    let budget = Budget {
        budget: Some(Yuan(1_500_000)),
        capacity: Some(Yuan(9_000_000)),
        ..Budget::default()
    };
    changes.push(Change::Budget {
        key: key(),
        before: None,
        after: Some(Box::new(budget)),
    });
    survey.apply(&changes);
    survey
}

/// The ranking of it under the shipped weights, or with a budget tried out.
pub fn ranking(survey: &Survey, tried: Option<Yuan>) -> Ranking {
    let catalogue = Catalogue::shipped();
    let found = planning(survey, &catalogue, &[], &Progress::default()).unwrap();
    let key = RankingKey {
        planning: 1,
        revision: 1,
        year: YEAR,
        weights: Weights::of_pack(&catalogue.rules.score),
        what_if: tried.map(|budget| WhatIf {
            county_code: COUNTY.to_owned(),
            budget,
        }),
    };
    Ranking::new(Arc::new(found), survey, key, 1)
}
