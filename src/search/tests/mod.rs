//! What is found, in which order, as tables of cases.

mod listing;
mod measure;

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
