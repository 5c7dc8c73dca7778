//! What is listed: rows near a sketch, filters, columns.

use super::*;

#[test]
fn rows_near_the_sketch_come_first_and_the_others_by_how_well_they_answer() {
    let at = LonLat::new(115.9, 28.68);
    let row = |number, name: &str, east: Option<f64>| {
        let mut row = named(number, name);
        // A thousandth of a degree is about 98 m here.
        row.position = east.map(|east| LonLat::new(115.9 + east * 0.001, 28.68));
        row
    };
    let survey = survey([
        row(1, "洪都新村", Some(30.0)),
        row(2, "洪都新村二期", Some(3.0)),
        row(3, "洪都新村三期", Some(1.0)),
        row(4, "洪都", None),
        row(5, "阳光花园", Some(0.5)),
        drawn(row(6, "洪都新村画好", Some(0.0))),
    ]);
    let index = Index::of(&survey);
    let found = |typed: &str, at| -> Vec<String> {
        let rows = rows_for(&index, &Query::new(typed), at, 8);
        let name = |row: &FoundRow| survey.estate(row.id).unwrap().name.clone();
        rows.iter().map(name).collect()
    };
    assert_eq!(
        found("hd", Some(at)),
        ["洪都新村三期", "洪都新村二期", "洪都", "洪都新村"]
    );
    // Nothing typed: what lies within 500 m.
    assert_eq!(
        found("", Some(at)),
        ["阳光花园", "洪都新村三期", "洪都新村二期"]
    );
    assert_eq!(found("", None), Vec::<String>::new());
    assert_eq!(
        found("hd", None),
        ["洪都", "洪都新村", "洪都新村二期", "洪都新村三期"]
    );

    let listed = names(&survey, |asked| asked.near = Some(at));
    assert_eq!(
        listed,
        [
            "阳光花园",
            "洪都新村三期",
            "洪都新村二期",
            "洪都新村",
            "洪都",
            "洪都新村画好"
        ]
    );
}

#[test]
fn a_far_row_is_no_guess_for_a_name_written_out() {
    let row = |distance_m| FoundRow {
        id: id(1),
        distance_m,
        rank: Some(Rank::Exact),
    };
    for (typed, distance_m, safe) in [
        ("阳光小区", Some(80.0), true),
        ("阳光小区", None, true),
        ("阳光小区", Some(4_000.0), false),
        // Nobody calls an estate ygxq.
        ("ygxq", Some(4_000.0), true),
    ] {
        let query = Query::new(typed);
        assert_eq!(row(distance_m).is_safe_guess(&query), safe, "{typed}");
    }
}

#[test]
fn filters_of_one_kind_add_up_and_kinds_narrow_each_other() {
    let item = ItemCode::parse("C05").unwrap();
    let gas = ItemCode::parse("C06").unwrap();
    let mut one = drawn(named(1, "一"));
    one.community_codes = ["360102002001".to_owned()].into();
    one.street_code = "360102002".into();
    one.build_year = Some(1975);
    one.gaps = [(item, Severity::Failing), (gas, Severity::Intact)].into();
    one.willingness = Some(Willingness::Strong);
    let mut two = named(2, "二");
    two.community_codes = ["360102002002".to_owned()].into();
    two.build_year = Some(1987);
    two.gaps = [(item, Severity::Ageing)].into();
    let mut three = named(3, "三");
    three.year_min = Some(1979);
    three.year_max = Some(1985);
    let mut four = named(4, "四");
    four.standing = Standing::Withdrawn {
        reason: "拆除".into(),
    };
    let survey = survey([one, two, three, four]);
    let community = |code: &str| Filter::Community(code.to_owned());
    let at_least = |severity| Filter::Gap {
        item,
        at_least: Some(severity),
    };
    let not_looked_at = |item| Filter::Gap {
        item,
        at_least: None,
    };
    for (filters, expected) in [
        (vec![], "一三二"),
        (vec![Filter::WaitsForBoundary], "三二"),
        (vec![Filter::NotSurveyed], ""),
        (vec![Filter::NotFullySurveyed], "一三二"),
        (vec![Filter::Errors], "二"),
        (vec![Filter::Warnings], "三"),
        (vec![Filter::Errors, Filter::Warnings], "三二"),
        (vec![Filter::MineToday], "一"),
        (vec![community("360102002001")], "一"),
        (
            vec![community("360102002001"), community("360102002002")],
            "一二",
        ),
        (
            vec![community("360102002002"), Filter::WaitsForBoundary],
            "二",
        ),
        (
            vec![community("360102002001"), Filter::WaitsForBoundary],
            "",
        ),
        (vec![Filter::Street("360102002".to_owned())], "一"),
        (vec![Filter::Built(Some(YearBand::To1980))], "一"),
        (vec![Filter::Built(None)], "三"),
        (
            vec![
                Filter::Built(Some(YearBand::To1980)),
                Filter::Built(Some(YearBand::To1990)),
            ],
            "一二",
        ),
        (vec![at_least(Severity::Ageing)], "一二"),
        (vec![at_least(Severity::Failing)], "一"),
        (
            vec![at_least(Severity::Failing), not_looked_at(item)],
            "一三",
        ),
        // Two items are two kinds.
        (vec![at_least(Severity::Ageing), not_looked_at(gas)], "二"),
        (vec![Filter::Willingness(Some(Willingness::Strong))], "一"),
        (vec![Filter::Willingness(None)], "三二"),
        (vec![Filter::NotCounted], "四"),
    ] {
        let mut listing = Listing::default();
        let wanted = asked(|asked| asked.filters = filters.iter().cloned().collect());
        update(&mut listing, &survey, wanted, &[id(1)].into());
        let found = names_of(&listing, &survey).concat();
        assert_eq!(found, expected, "{filters:?}");
    }
}

#[test]
fn what_a_list_said_is_no_survey() {
    let mut row = named(1, "洪都新村");
    row.households = Some(200);
    assert!(is_answered_here(&row), "typed here");
    row.origin = Some(Origin {
        list: ListId(uuid::Uuid::nil()),
        row: 1,
        source: String::new(),
        source_id: String::new(),
    });
    assert!(!is_answered_here(&row));
    row.sources.insert(Field::Boundary, ValueSource::Surveyed);
    assert!(
        !is_answered_here(&drawn(row.clone())),
        "drawn, not surveyed"
    );
    row.gaps
        .insert(ItemCode::parse("C05").unwrap(), Severity::Intact);
    assert!(!is_answered_here(&row));
    let gap = Field::Gap(ItemCode::parse("C05").unwrap());
    row.sources.insert(gap, ValueSource::Surveyed);
    assert!(is_answered_here(&row));
}

#[test]
fn the_unknown_stands_last_whichever_way_a_column_is_sorted() {
    let mut estates: Vec<Estate> = (1..=3).map(|n| named(n, &n.to_string())).collect();
    estates[0].households = Some(50);
    estates[2].households = Some(9);
    let survey = survey(estates);
    for (direction, expected) in [
        (Direction::Ascending, ["3", "1", "2"]),
        (Direction::Descending, ["1", "3", "2"]),
    ] {
        let by = ListColumn::Households;
        let found = names(&survey, |asked| asked.sort = Sort { by, direction });
        assert_eq!(found, expected);
    }
}
