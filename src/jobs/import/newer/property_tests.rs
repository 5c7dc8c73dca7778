//! Whatever changes from one version to the next: no duplicates, and every row has one fate.

use super::tests::Desk;
use super::*;
use proptest::prelude::*;

/// Names that many estates bear, with and without an address, an id and a place.
#[derive(Clone, Debug)]
struct Line {
    id: Option<u8>,
    name: &'static str,
    address: &'static str,
    households: u8,
    place: Option<u8>,
}

fn line() -> impl Strategy<Value = Line> {
    let names = prop::sample::select(vec!["红星小区", "红旗小区", "和平里", ""]);
    let addresses = prop::sample::select(vec!["中山路1号", "八一大道2号", "站前路", ""]);
    let (id, place) = (prop::option::of(0u8..5), prop::option::of(0u8..4));
    (id, names, addresses, 1u8..4, place).prop_map(|(id, name, address, households, place)| Line {
        id,
        name,
        address,
        households,
        place,
    })
}

fn csv(lines: &[Line]) -> String {
    let mut text = "编号,小区名称,地址,户数,经度,纬度\n".to_owned();
    for line in lines {
        let id = line.id.map(|id| id.to_string()).unwrap_or_default();
        let (lon, lat) = match line.place {
            Some(place) => (format!("115.9{place}"), "28.68"),
            None => (String::new(), ""),
        };
        let Line {
            name,
            address,
            households,
            ..
        } = line;
        text += &format!("{id},{name},{address},{households},{lon},{lat}\n");
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_same_rows_in_any_order_are_the_records_that_they_gave(
        (lines, shuffled) in prop::collection::vec(line(), 1..9)
            .prop_flat_map(|lines| (Just(lines.clone()), Just(lines).prop_shuffle()))
    ) {
        // The very same file is refused: a blank column makes another of it.
        let again = csv(&shuffled).replace('\n', ",\n");
        let mut desk = Desk::with(&csv(&lines));
        let records = desk.survey.estates().len();
        let newer = desk.take(&again, &Choices::default());
        let tally = newer.tally();
        prop_assert_eq!((tally.new, tally.gone, tally.unclear), (0, 0, 0), "{:?}", tally);
        prop_assert_eq!((tally.changed, tally.conflicts), (0, 0));
        prop_assert_eq!(desk.survey.estates().len(), records);
        desk.adds_up();
    }

    #[test]
    fn every_row_of_any_two_versions_has_one_fate_and_the_edit_is_taken_back_whole(
        first in prop::collection::vec(line(), 1..9),
        second in prop::collection::vec(line(), 1..9),
    ) {
        let mut desk = Desk::with(&csv(&first));
        let before = desk.survey.clone();
        let again = csv(&second).replace('\n', ",\n");
        let newer = desk.newer(&again);
        let changes = newer.edit(&before, &Choices::default()).changes;
        desk.apply(&changes);
        let tally = newer.tally();
        prop_assert_eq!(desk.survey.estates().len(), before.estates().len() + tally.new);
        desk.adds_up();
        let known: std::collections::BTreeSet<_> = newer.rows.iter().filter_map(|row| match &row.about {
            About::Known { record, .. } => Some(record.id),
            _ => None,
        }).collect();
        let rows = newer.rows.iter().filter(|row| matches!(row.about, About::Known { .. }));
        prop_assert_eq!(known.len(), rows.count(), "no record is two rows");
        let back: Vec<_> = changes.into_iter().rev().map(crate::model::Change::inverse).collect();
        desk.apply(&back);
        prop_assert_eq!(&desk.survey, &before);
    }
}
