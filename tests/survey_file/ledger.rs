//! The ledger of whatever a survey holds, brought back as it went out.

use crate::generate::{estate, key, square};
use jiugai::catalogue::Catalogue;
use jiugai::jobs::ledger::of_survey;
use jiugai::jobs::ledger::returned::compare;
use jiugai::model::{Estate, Settings, Standing, Survey};
use jiugai::progress::Progress;
use proptest::prelude::*;
use std::sync::Arc;

/// Any values, in a place and a state that a ledger shows.
fn shown(number: u128) -> impl Strategy<Value = Estate> {
    estate(key(number)).prop_map(move |estate| Estate {
        boundary: Some(Arc::new(square(115.0 + number as f64, 28.6))),
        position: None,
        standing: Standing::Counted,
        ..estate
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_ledger_that_nobody_edited_asks_for_nothing(one in shown(1), other in shown(2)) {
        let survey = Survey::from_parts([one, other], [], [], Settings::default());
        let catalogue = Catalogue::shipped();
        let progress = Progress::default();
        let today = jiff::civil::date(2026, 11, 29);
        let ledger = of_survey(&survey, &catalogue, 2026, today, &progress).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("台账.xlsx");
        std::fs::write(&path, &ledger.bytes).unwrap();
        let returned = compare(&survey, &path, &catalogue, 2026, &progress).unwrap();
        prop_assert_eq!(returned.rows, ledger.rows);
        prop_assert_eq!(returned.edits, []);
        prop_assert_eq!(returned.remarks, []);
    }
}
