//! The layer of photos: what is written comes back, and what another program spoils is told.

use crate::folder;
use crate::generate::{edit, key, time};
use crate::other_programs::outside;
use jiugai::model::{
    Change, EditKind, LonLat, Photo, PhotoId, PhotoKind, RecordKey, Settings, Survey,
};
use jiugai::store::{self, ReadProblemKind, SurveyFile};
use std::sync::Arc;

fn photo(number: u8) -> Photo {
    Photo {
        id: PhotoId([number; 32]),
        file_name: "北门 IMG_0001.JPG".to_owned(),
        kind: PhotoKind::Jpeg,
        bytes: 3_141_592,
        estate: Some(key(7)),
        taken_at: Some(jiff::civil::date(2026, 4, 30).at(9, 5, 59, 0)),
        position: Some(LonLat::new(115.9, 28.7)),
        added_at: time(5),
        note: "缺单元门".to_owned(),
    }
}

fn change(before: Option<&Photo>, after: Option<&Photo>) -> Change {
    let id = before.or(after).unwrap().id;
    let [before, after] = [before, after].map(|photo| photo.cloned().map(Arc::new));
    Change::Photo { id, before, after }
}

#[test]
fn photos_come_back_and_are_points_of_a_layer_only_where_they_have_a_position() {
    let (_folder, path) = folder();
    let mut file = SurveyFile::create(&path, &Settings::default()).unwrap();
    let placeless = Photo {
        estate: None,
        taken_at: None,
        position: None,
        note: String::new(),
        ..photo(2)
    };
    let changes = [&photo(1), &placeless, &photo(3)].map(|photo| change(None, Some(photo)));
    file.commit(&edit(1, EditKind::Do, changes.to_vec()))
        .unwrap();
    let moved = Photo {
        position: Some(LonLat::new(116.0, 28.5)),
        ..photo(1)
    };
    let changes = vec![
        change(Some(&photo(1)), Some(&moved)),
        change(Some(&photo(3)), None),
    ];
    let second = edit(2, EditKind::Do, changes);
    file.commit(&second).unwrap();
    assert_eq!(file.edit(second.id).unwrap().unwrap(), second);
    file.close().unwrap();

    let contents = store::read(&path).unwrap();
    assert_eq!(contents.problems, []);
    let expected = Survey::new(Settings::default()).with_photos([moved, placeless]);
    assert_eq!(contents.survey, expected);

    let connection = outside(&path);
    let count = |sql: &str| -> i64 { connection.query_row(sql, [], |row| row.get(0)).unwrap() };
    assert_eq!(count("SELECT count(*) FROM rtree_photo_geom"), 1);
    let extent =
        "SELECT max_x = 116 AND min_y = 28.5 FROM gpkg_contents WHERE table_name = 'photo'";
    assert_eq!(count(extent), 1);
}

#[test]
fn what_another_program_spoils_in_a_photo_is_told_and_the_rest_is_kept() {
    let (_folder, path) = folder();
    let mut file = SurveyFile::create(&path, &Settings::default()).unwrap();
    let changes = [1, 2].map(|number| change(None, Some(&photo(number))));
    file.commit(&edit(1, EditKind::Do, changes.to_vec()))
        .unwrap();
    file.close().unwrap();
    outside(&path)
        .execute_batch(
            "UPDATE photo SET taken_at = 'spring', estate = '', geom = x'00', note = NULL WHERE fid = 1;
             UPDATE photo SET kind = 'scroll' WHERE fid = 2;",
        )
        .unwrap();

    let contents = store::read(&path).unwrap();
    let kinds: Vec<_> = contents.problems.iter().map(|p| (p.fid, &p.kind)).collect();
    let spoilt_time = ReadProblemKind::UnknownValue {
        column: "taken_at".to_owned(),
        value: "spring".to_owned(),
    };
    assert_eq!(
        kinds,
        [
            (1, &spoilt_time),
            (1, &ReadProblemKind::UnreadableGeometry),
            (2, &ReadProblemKind::UnreadableRow),
        ]
    );
    assert_eq!(contents.problems[0].name, "北门 IMG_0001.JPG");
    let expected = Photo {
        taken_at: None,
        estate: None,
        position: None,
        note: String::new(),
        ..photo(1)
    };
    let photos: Vec<_> = contents.survey.photos().map(Arc::as_ref).collect();
    assert_eq!(photos, [&expected]);
    assert_eq!(
        RecordKey::Photo(expected.id),
        change(None, Some(&expected)).key()
    );
}
