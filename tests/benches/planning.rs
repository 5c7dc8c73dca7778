//! What planning a province costs: one pass over every estate, then other weights, a budget moved,
//! and the sensitivity view.
//!
//! `cargo bench --bench planning` makes surveys of 10,000, 100,000 and 170,000 estates with a
//! generator of its own (the same on every machine) and prints medians. `JIUGAI_SIZES=10000` takes
//! other sizes.

// Clippy lets a #[test] unwrap, but not a bench.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use jiugai::catalogue::Catalogue;
use jiugai::jobs::planning::{Planning, planning};
use jiugai::model::{
    Batch, Boundary, Budget, BudgetKey, Coded, Estate, EstateId, FundingLine, FundingSource,
    FundingStatus, ItemCode, Locality, PlanItem, Project, Severity, Survey, Tenure, Willingness,
    WillingnessBasis, WorkType, YearBasis, Yuan,
};
use jiugai::progress::Progress;
use jiugai::rules::score::{ScorePart, rank};
use std::hint::black_box;
use std::time::Instant;

/// How often each is measured; the median is printed.
const RUNS: usize = 9;
const COUNTY: &str = "360102";

fn main() {
    let sizes = std::env::var("JIUGAI_SIZES").unwrap_or("10000,100000,170000".to_owned());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    println!("Planning on {threads} threads, milliseconds, median of {RUNS}");
    println!(
        "{:>9} {:>9} {:>9} {:>9} {:>9} {:>12} {:>12}",
        "estates", "one pass", "rank", "re-rank", "batches", "sensitivity", "implemented"
    );
    for size in sizes.split(',').filter_map(|size| size.trim().parse().ok()) {
        run(size);
    }
}

fn run(size: u32) {
    let catalogue = Catalogue::shipped();
    let survey = survey(size);
    let pass = || planning(&survey, &catalogue, &[], &Progress::default()).unwrap();
    let planned: Planning = pass();
    let weights = planned.weights();
    let parts: Vec<_> = planned
        .rows
        .iter()
        .map(|row| (row.estate, row.parts))
        .collect();
    let key = BudgetKey {
        county_code: COUNTY.to_owned(),
        year: 2027,
    };
    let budget = Budget {
        budget: Some(Yuan(u64::from(size) * 100_000)),
        ..Budget::default()
    };
    // A slider under way: each time another weight.
    let mut weight = 30.0;
    let mut moved = || {
        weight += 1.0;
        weights.with(ScorePart::Willingness, weight)
    };
    let plan = planned.plan(&key, &budget, &weights);
    println!(
        "{size:>9} {:>9.1} {:>9.1} {:>9.1} {:>9.1} {:>12.1} {:>12}",
        median(pass),
        median(|| rank(&parts, &moved())),
        median(|| planned.ranked(&moved())),
        median(|| planned.plan(&key, &budget, &moved())),
        median(|| planned.sensitivity(&key, &budget, &weights)),
        plan.of_batch(Batch::Implement).count(),
    );
}

/// Milliseconds.
fn median<R>(mut work: impl FnMut() -> R) -> f64 {
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let begun = Instant::now();
            black_box(work());
            begun.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[RUNS / 2]
}

/// A small generator of numbers that look drawn (xorshift64*).
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        (high % u64::from(limit)) as u32
    }

    fn one_in(&mut self, many: u32) -> bool {
        self.below(many) == 0
    }
}

/// Estates of one county as a survey under way has them: most of the two-minute form, some side
/// items, counted answers for a half, a plan for a third.
fn survey(size: u32) -> Survey {
    let mut draw = Draw(0x9E37_79B9_7F4A_7C15);
    let codes: Vec<ItemCode> = Catalogue::shipped()
        .items
        .iter()
        .map(|item| item.code)
        .collect();
    let estates: Vec<Estate> = (0..size)
        .map(|number| estate(number, &codes, &mut draw))
        .collect();
    let projects: Vec<Project> = estates
        .iter()
        .step_by(3)
        .map(|estate| project(estate.id, &mut draw))
        .collect();
    Survey::from_parts(estates, [], [], Default::default()).with_plans(projects, [], [])
}

fn estate(number: u32, codes: &[ItemCode], draw: &mut Draw) -> Estate {
    let mut estate = Estate::new(EstateId(uuid::Uuid::from_u128(number.into())));
    estate.name = format!("小区{number}");
    estate.address = format!("路{number}号");
    estate.county_code = COUNTY.to_owned();
    estate.street_code = "360102002".to_owned();
    estate.community_codes = ["360102002001".to_owned()].into();
    estate.boundary = Some(Boundary::new(Vec::new()).into());
    estate.locality = Some(Locality::City);
    estate.build_year = Some(1970 + draw.below(34) as i32);
    estate.year_basis = Some(YearBasis::PropertyRegister);
    estate.households = (!draw.one_in(20)).then(|| 40 + draw.below(600));
    estate.floor_area_m2 = Some(4000.0 + f64::from(draw.below(60_000)));
    estate.buildings = Some(1 + draw.below(30));
    estate.tenure = [Tenure::Reformed].into();
    estate.residential = Some(true);
    estate.exclusions = Some(Default::default());
    for (at, code) in codes.iter().enumerate() {
        let is_leading = ["C04", "C05", "C06", "C12"].contains(&code.as_str());
        if is_leading || draw.one_in(4) {
            let severity = Severity::ALL[(draw.below(4) as usize + at) % 4];
            estate.gaps.insert(*code, severity);
        }
    }
    estate.willingness = Some(Willingness::ALL[draw.below(3) as usize]);
    estate.willingness_basis = Some(WillingnessBasis::DoorToDoor);
    if draw.one_in(2) {
        let returned = 50 + draw.below(51);
        estate.sent = Some(100);
        estate.returned = Some(returned);
        estate.agree = Some(returned - draw.below(returned / 2));
    }
    estate
}

fn project(estate: EstateId, draw: &mut Draw) -> Project {
    let cost = Yuan(u64::from(50 + draw.below(400)) * 10_000);
    let content = ["C05", "C12"].map(|code| PlanItem {
        cost: Some(Yuan(cost.0 / 2)),
        ..PlanItem::new(ItemCode::parse(code).unwrap(), WorkType::Renew)
    });
    Project {
        content: content.into(),
        funding: vec![FundingLine {
            source: FundingSource::LocalFiscal,
            amount: cost,
            status: FundingStatus::Committed,
            note: String::new(),
        }],
        implementing_unit: "城投公司".to_owned(),
        supervisor: "监理公司".to_owned(),
        ..Project::new(estate)
    }
}
