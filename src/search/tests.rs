//! What is found, in which order, as tables of cases.

use super::*;
use crate::catalogue::Catalogue;
use crate::model::{
    Direction, Estate, EstateId, Field, Filter, ItemCode, ListColumn, ListId, LonLat, Origin,
    Severity, Sort, Standing, Survey, ValueSource, Willingness, YearBand,
};
use std::collections::BTreeSet;
use std::sync::Arc;

fn id(number: u128) -> EstateId {
    EstateId(uuid::Uuid::from_u128(number))
}

fn named(number: u128, name: &str) -> Estate {
    let mut estate = Estate::new(id(number));
    estate.name = name.into();
    estate
}

fn survey(estates: impl IntoIterator<Item = Estate>) -> Survey {
    Survey::from_parts(estates, [], [], Default::default())
}

fn drawn(mut estate: Estate) -> Estate {
    let square = geo::Rect::new((115.9, 28.7), (115.901, 28.701)).to_polygon();
    estate.boundary = Some(Arc::new(square.into()));
    estate
}

/// How the one record answers what is typed.
fn rank_of(estate: &Estate, typed: &str) -> Option<Rank> {
    let index = Index::of(&survey([estate.clone()]));
    let query = Query::new(typed);
    let text = index.entries()[0].text.as_ref().unwrap();
    index.search(&query).rank(text)
}

/// Asks a new listing, and gives the names listed.
fn names(survey: &Survey, change: impl FnOnce(&mut Asked)) -> Vec<String> {
    let mut listing = Listing::default();
    update(&mut listing, survey, asked(change), &BTreeSet::new());
    names_of(&listing, survey)
}

fn names_of(listing: &Listing, survey: &Survey) -> Vec<String> {
    let name = |id: &EstateId| survey.estate(*id).unwrap().name.clone();
    listing.ids().iter().map(name).collect()
}

fn asked(change: impl FnOnce(&mut Asked)) -> Asked {
    let mut asked = Asked {
        revision: 1,
        context_revision: 1,
        query: Query::default(),
        filters: BTreeSet::new(),
        sort: Sort {
            by: ListColumn::Name,
            direction: Direction::Ascending,
        },
        near: None,
    };
    change(&mut asked);
    asked
}

fn update(listing: &mut Listing, survey: &Survey, asked: Asked, mine: &BTreeSet<EstateId>) {
    let catalogue = Catalogue::shipped();
    let context = Context {
        items: &catalogue.items,
        issues: &|one| match one == id(2) {
            true => (1, 0),
            false => (0, usize::from(one == id(3))),
        },
        mine_today: mine,
        changed_at: &|_| None,
    };
    listing.update(survey, asked.clone(), &context);
    while !listing.is_complete() {
        listing.update(survey, asked.clone(), &context);
    }
}

#[test]
fn a_name_is_found_by_characters_pinyin_initials_and_any_mixture() {
    let estate = named(1, "洪都新村（一期）");
    for (typed, rank) in [
        ("洪都新村(一期)", Rank::Exact),
        ("洪都新村一期", Rank::Exact),
        ("洪都", Rank::Begins),
        ("洪都新", Rank::Begins),
        ("新村", Rank::Contains),
        ("hdxc", Rank::Initials),
        ("HDXC", Rank::Initials),
        ("hd新村", Rank::Initials),
        ("洪都xc", Rank::Initials),
        ("hongduxincun", Rank::Sounds),
        ("hongdxc", Rank::Sounds),
        ("hongdux", Rank::Sounds),
        ("hongduxinc", Rank::Sounds),
        ("hongduxi", Rank::Sounds),
        ("xc", Rank::Sounds),
        ("xincun", Rank::Sounds),
        ("洪都 yiqi", Rank::Sounds),
    ] {
        assert_eq!(rank_of(&estate, typed), Some(rank), "{typed}");
    }
    for typed in ["hdxcx", "hdcx", "dhxc", "hongdua", "二期", "hd 二期", "h1"] {
        assert_eq!(rank_of(&estate, typed), None, "{typed}");
    }
}

#[test]
fn every_reading_and_every_spelling_of_a_syllable_is_accepted() {
    for (name, typed) in [
        ("重庆花园", "chongqing"),
        ("重庆花园", "zhongqing"),
        ("重工宿舍", "zgss"),
        ("长运家属院", "cyjsy"),
        ("长运家属院", "zhangyun"),
        ("绿地", "lvdi"),
        ("绿地", "ludi"),
        ("中山小区", "zhsh"),
        ("中山小区", "zsxq"),
        ("西安里", "xi'anli"),
        ("洪都新邨１号", "xc1"),
        ("陽光花園", "阳光花园"),
        ("阳光花园", "陽光花園"),
        ("12号院", "12h"),
        ("A区宿舍", "aqss"),
        ("安安小区", "ananxq"),
    ] {
        let found = rank_of(&named(1, name), typed);
        assert!(found.is_some(), "{typed} for {name}");
    }
}

#[test]
fn a_record_is_found_by_everything_a_person_might_remember_of_it() {
    let mut estate = named(1, "洪都新村");
    estate.aliases = vec!["洪都机械厂宿舍".into(), "Hongdu Village".into()];
    estate.address = "洪都北大道１２号".into();
    estate.county_code = "360104".into();
    estate.community_codes = ["360104003002".to_owned()].into();
    estate.lib_no = Some("36010420260007".into());
    estate.origin = Some(Origin {
        list: ListId(uuid::Uuid::nil()),
        row: 1,
        source: String::new(),
        source_id: "NC-0042".into(),
    });
    for (typed, rank) in [
        ("机械厂", Rank::Alias),
        ("hdjxc", Rank::Alias),
        ("village", Rank::Alias),
        ("大道12号", Rank::Address),
        ("hdbdd", Rank::Address),
        ("360104", Rank::Number),
        ("20260007", Rank::Number),
        ("ｎｃ-0042", Rank::Number),
        // As well as the worst word.
        ("洪都新村 12号", Rank::Address),
    ] {
        assert_eq!(rank_of(&estate, typed), Some(rank), "{typed}");
    }
    assert_eq!(rank_of(&estate, "洪都新村 13号"), None);
    // No match runs from one text into the next.
    assert_eq!(rank_of(&estate, "新村洪都"), None);
}

#[test]
fn the_better_answer_stands_first() {
    let survey = survey([
        named(1, "洪都新村一期"),
        named(2, "东洪都新村"),
        named(3, "洪都新村"),
        named(4, "红东新城"),
        named(5, "阳光花园"),
    ]);
    let find = |typed: &str| names(&survey, |asked| asked.query = Query::new(typed));
    assert_eq!(find("洪都新村"), ["洪都新村", "洪都新村一期", "东洪都新村"]);
    // The shorter names answer the letters more fully; then the list's own order.
    assert_eq!(
        find("hdxc"),
        ["洪都新村", "红东新城", "洪都新村一期", "东洪都新村"]
    );
    assert_eq!(find("yghy"), ["阳光花园"]);
    assert_eq!(find("zzz"), Vec::<String>::new());
}

#[test]
fn letters_added_letter_by_letter_find_what_they_find_at_once() {
    let survey = survey([
        named(1, "洪都新村一期"),
        named(2, "东洪都新村"),
        named(3, "红东新城"),
        named(4, "阳光花园"),
    ]);
    let mut listing = Listing::default();
    for typed in [
        "h", "hd", "hdx", "hdxc", "hdxcy", "hdxc", "hd新村", "y", "", "hdxc",
    ] {
        let asked = asked(|asked| asked.query = Query::new(typed));
        update(&mut listing, &survey, asked, &BTreeSet::new());
        let at_once = names(&survey, |asked| asked.query = Query::new(typed));
        assert_eq!(names_of(&listing, &survey), at_once, "{typed}");
    }
}

#[test]
fn an_edit_is_found_and_what_was_known_of_the_others_stays() {
    let mut survey = survey((1..=9_000).map(|n| named(n, &format!("{n}村"))));
    let mut listing = Listing::default();
    let mut revision = 1;
    let mut find = |survey: &Survey, typed: &str| {
        revision += 1;
        let asked = asked(|asked| {
            asked.revision = revision;
            asked.query = Query::new(typed);
        });
        update(&mut listing, survey, asked, &BTreeSet::new());
        names_of(&listing, survey)
    };
    assert_eq!(find(&survey, "8999村"), ["8999村"]);
    let before = survey.estate(id(17)).cloned();
    let mut renamed = named(17, "8999村旁");
    renamed.households = Some(1);
    survey.apply(&[
        crate::model::Change::Estate {
            id: id(17),
            before,
            after: Some(Arc::new(renamed)),
        },
        crate::model::Change::Estate {
            id: id(3),
            before: survey.estate(id(3)).cloned(),
            after: None,
        },
    ]);
    assert_eq!(find(&survey, "8999村"), ["8999村", "8999村旁"]);
    assert_eq!(find(&survey, "8999村旁"), ["8999村旁"]);
    assert_eq!(find(&survey, "17村").len(), 89);
}

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

proptest::proptest! {
    #[test]
    fn nothing_typed_breaks_the_search(typed in ".{0,40}", name in ".{0,40}") {
        let _ = rank_of(&named(1, &name), &typed);
    }

    /// What is typed as it stands in the name is always found.
    #[test]
    fn a_part_of_a_name_finds_it(name in "[一-龥a-z0-9]{2,12}", from in 0usize..12, length in 1usize..12) {
        let part: String = name.chars().skip(from).take(length).collect();
        let found = rank_of(&named(1, &name), &part);
        proptest::prop_assert!(part.is_empty() || found.is_some());
    }
}

/// `cargo test --lib --no-default-features --config 'profile.dev.package.jiugai.opt-level=3'
/// search::tests::a_large_survey -- --ignored --nocapture`
#[test]
#[ignore = "measures"]
fn a_large_survey_is_searched_between_two_frames() {
    let roads = [
        "洪都北大道",
        "八一大道",
        "解放路",
        "阳明路",
        "站前西路",
        "井冈山大道",
    ];
    let firsts = [
        "洪都",
        "阳光",
        "粮食局",
        "纺织厂",
        "铁路",
        "恒茂",
        "江铃",
        "电机厂",
    ];
    let lasts = ["新村", "小区", "宿舍", "花园", "家属院", "一村"];
    let survey = survey((1..=170_000usize).map(|n| {
        let name = format!("{}{}{}期", firsts[n % 8], lasts[n / 8 % 6], n % 97);
        let mut estate = named(n as u128, &name);
        estate.address = format!("南昌市{}{n}号", roads[n % 6]);
        estate.community_codes = [format!("3601{:08}", n % 3000)].into();
        estate.households = Some((n % 997) as u32);
        estate.position = Some(LonLat::new(115.0 + (n % 1000) as f64 * 0.001, 28.0));
        match n % 3 {
            0 => estate,
            _ => drawn(estate),
        }
    }));
    let catalogue = Catalogue::shipped();
    let context = Context {
        items: &catalogue.items,
        issues: &|_| (0, 0),
        mine_today: &BTreeSet::new(),
        changed_at: &|_| None,
    };
    let mut listing = Listing::default();
    let mut step = |label: &str, change: &dyn Fn(&mut Asked)| {
        let asked = asked(change);
        let start = std::time::Instant::now();
        listing.update(&survey, asked, &context);
        eprintln!(
            "{:>8.2?}  {label}, {} listed",
            start.elapsed(),
            listing.ids().len()
        );
        listing.is_complete()
    };
    step("opened, by name", &|_| {});
    let mut slices = 0;
    while !step("a slice of texts", &|_| {}) {
        slices += 1;
    }
    eprintln!("{slices} slices");
    for typed in [
        "h", "hd", "hdx", "hdxc", "hdxc 8", "洪都", "1234", "y", "yg", "nc",
    ] {
        step(typed, &|asked| asked.query = Query::new(typed));
    }
    step("by state", &|asked| asked.sort = Sort::default());
    step("not fully surveyed", &|asked| {
        asked.filters = [Filter::NotFullySurveyed].into();
    });
    step("waiting near a sketch", &|asked| {
        asked.filters = [Filter::WaitsForBoundary].into();
        asked.near = Some(LonLat::new(115.5, 28.0));
    });
    step("after an edit", &|asked| {
        asked.revision = 2;
        asked.query = Query::new("hdxc");
    });
    let start = std::time::Instant::now();
    let rows = rows_for(
        listing.index(),
        &Query::new("hdxc"),
        Some(LonLat::new(115.5, 28.0)),
        8,
    );
    eprintln!(
        "{:>8.2?}  rows for a sketch, {}",
        start.elapsed(),
        rows.len()
    );
}
