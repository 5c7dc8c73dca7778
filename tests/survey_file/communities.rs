//! The table of what communities answered: what is written comes back, other programs see it, and
//! what they spoil is told.

use crate::folder;
use crate::generate::{edit, time};
use crate::other_programs::outside;
use jiugai::model::{
    Change, CommunityReturn, CommunityState, EditKind, GridCell, LonLat, Paper, Searched,
    SearchedPlace, Settings, Survey,
};
use jiugai::store::{self, ReadProblemKind, SurveyFile};
use std::sync::Arc;

fn answer(number: u8, state: CommunityState) -> CommunityReturn {
    CommunityReturn {
        code: format!("3601020020{number:02}").parse().unwrap(),
        state,
        signed_by: "民巷社区居委会".to_owned(),
        signed_on: Some(jiff::civil::date(2026, 11, 20)),
        note: "含“单位宿舍”".to_owned(),
        paper: Some(Paper {
            file_name: "清单.pdf".to_owned(),
            sha256: "ba78".to_owned(),
        }),
        recorded_at: time(3),
        recorded_by: "王工".to_owned(),
    }
}

fn bare(number: u8) -> CommunityReturn {
    CommunityReturn {
        signed_by: String::new(),
        signed_on: None,
        note: String::new(),
        paper: None,
        ..answer(number, CommunityState::NilReturn)
    }
}

fn change(before: Option<&CommunityReturn>, after: Option<&CommunityReturn>) -> Change {
    let code = before.or(after).unwrap().code;
    let [before, after] = [before, after].map(|answer| answer.cloned().map(Arc::new));
    Change::Community {
        code,
        before,
        after,
    }
}

#[test]
fn answers_come_back_keep_their_row_and_go() {
    let (_folder, path) = folder();
    let mut file = SurveyFile::create(&path, &Settings::default()).unwrap();
    let signed = answer(1, CommunityState::SignedList);
    let changes = [&signed, &bare(2), &bare(3)].map(|answer| change(None, Some(answer)));
    let made = edit(1, EditKind::Do, changes.to_vec());
    file.commit(&made).unwrap();
    assert_eq!(file.edit(made.id).unwrap(), Some(made));
    let changed = CommunityReturn {
        state: CommunityState::NilReturn,
        ..signed.clone()
    };
    let changes = vec![
        change(Some(&signed), Some(&changed)),
        change(Some(&bare(3)), None),
    ];
    file.commit(&edit(2, EditKind::Do, changes)).unwrap();
    file.close().unwrap();

    let contents = store::read(&path).unwrap();
    assert_eq!(contents.problems, []);
    let expected = Survey::default().with_communities([changed, bare(2)]);
    assert_eq!(contents.survey, expected);
    let connection = outside(&path);
    let sql = "SELECT fid, title FROM community_return, gpkg_data_columns
               WHERE table_name = 'community_return' AND column_name = 'signed_on'
               AND code = '360102002001'";
    let row: (i64, String) = connection
        .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    assert_eq!(row, (1, "签字日期".to_owned()));
}

#[test]
fn searched_places_come_back_keep_their_row_and_go() {
    let (_folder, path) = folder();
    let mut file = SurveyFile::create(&path, &Settings::default()).unwrap();
    let searched = |place, reason: &str| Searched {
        place,
        at: LonLat::new(115.9, 28.7),
        reason: reason.to_owned(),
        searched_by: "王工".to_owned(),
        searched_at: time(4),
    };
    let feature = SearchedPlace::Feature {
        layer: "居住区.geojson".to_owned(),
        feature: 7,
    };
    let cell = SearchedPlace::Cell(GridCell {
        column: -3,
        row: 12,
        size_m: 250,
    });
    let [one, two, other] = [
        searched(feature.clone(), "厂房"),
        searched(cell, ""),
        searched(feature, "商场"),
    ];
    let change = |before: Option<&Searched>, after: Option<&Searched>| Change::Searched {
        id: before.or(after).unwrap().place.id(),
        before: before.cloned().map(Arc::new),
        after: after.cloned().map(Arc::new),
    };
    let made = edit(
        1,
        EditKind::Do,
        vec![change(None, Some(&one)), change(None, Some(&two))],
    );
    file.commit(&made).unwrap();
    assert_eq!(file.edit(made.id).unwrap(), Some(made));
    let changes = vec![change(Some(&one), Some(&other)), change(Some(&two), None)];
    file.commit(&edit(2, EditKind::Do, changes)).unwrap();
    file.close().unwrap();
    let contents = store::read(&path).unwrap();
    assert_eq!(contents.problems, []);
    assert_eq!(contents.survey, Survey::default().with_searched([other]));
    // A place that another program put under another key would come back as a third one.
    outside(&path)
        .execute_batch("UPDATE searched SET feature = 8")
        .unwrap();
    let (_, contents) = SurveyFile::open(&path).unwrap();
    assert_eq!(contents.problems.len(), 1);
    assert_eq!(contents.survey, Survey::default());
}

#[test]
fn a_row_that_another_program_spoilt_is_told_and_the_others_are_read() {
    let (_folder, path) = folder();
    let mut file = SurveyFile::create(&path, &Settings::default()).unwrap();
    let answers = [bare(1), bare(2), bare(3), bare(4)];
    let changes = answers.each_ref().map(|answer| change(None, Some(answer)));
    file.commit(&edit(1, EditKind::Do, changes.to_vec()))
        .unwrap();
    file.close().unwrap();
    outside(&path)
        .execute_batch(
            "UPDATE community_return SET state = 'perhaps' WHERE fid = 1;
             UPDATE community_return SET code = '3601' WHERE fid = 2;
             UPDATE community_return SET signed_on = 'last week' WHERE fid = 3;
             UPDATE community_return SET note = NULL, signed_by = NULL WHERE fid = 4;",
        )
        .unwrap();
    let (_, contents) = SurveyFile::open(&path).unwrap();
    let told: Vec<_> = contents
        .problems
        .iter()
        .map(|problem| (problem.table, problem.fid, problem.kind.clone()))
        .collect();
    let unreadable = |fid| ("community_return", fid, ReadProblemKind::UnreadableRow);
    assert_eq!(told, [unreadable(1), unreadable(2), unreadable(3)]);
    let read: Vec<_> = contents.survey.communities().map(|a| a.code).collect();
    assert_eq!(read, [bare(4).code]);
}
