//! What cameras write into pictures, and what is believed of it.

use crate::pictures::{angle, exif, field, jpeg, jpeg_with, position, text, with_exif};
use crate::{Desk, HERE};
use exif::{Field, Rational, Tag, Value};
use jiugai::jobs::photos::PhotoProblem;

#[test]
fn a_position_is_taken_from_every_hemisphere_and_from_none_that_is_not_given() {
    let zeros = |denom| Value::Rational(vec![Rational { num: 0, denom }; 3]);
    let at = |lon: f64, lat: f64| Ok(Some((lon, lat)));
    let without = |tag: Tag| {
        let mut fields = position(HERE.lon, HERE.lat);
        fields.retain(|field| field.tag != tag);
        fields
    };
    let with = |more: Field| [position(HERE.lon, HERE.lat), vec![more]].concat();
    let instead = |more: Field| [without(more.tag), vec![more]].concat();
    type Expected = Result<Option<(f64, f64)>, PhotoProblem>;
    let cases: Vec<(&str, Vec<Field>, Expected)> = vec![
        ("north and east", position(115.9, 28.68), at(115.9, 28.68)),
        ("south", position(115.9, -28.68), at(115.9, -28.68)),
        ("south and west", position(-58.4, -34.6), at(-58.4, -34.6)),
        ("nothing", vec![text(Tag::Make, "HUAWEI")], Ok(None)),
        (
            "no fix, 0/0",
            vec![
                field(Tag::GPSLatitude, zeros(0)),
                field(Tag::GPSLongitude, zeros(0)),
            ],
            Ok(None),
        ),
        (
            "no fix, 0/1",
            vec![
                field(Tag::GPSLatitude, zeros(1)),
                field(Tag::GPSLongitude, zeros(1)),
            ],
            Ok(None),
        ),
        (
            "a datum that is the same here",
            with(text(Tag::GPSMapDatum, "WGS-84")),
            at(HERE.lon, HERE.lat),
        ),
        (
            "GCJ-02 is never stored",
            with(text(Tag::GPSMapDatum, "GCJ-02")),
            Err(PhotoProblem::OtherDatum {
                datum: "GCJ-02".to_owned(),
            }),
        ),
        (
            "no hemisphere",
            without(Tag::GPSLatitudeRef),
            Err(PhotoProblem::Position),
        ),
        (
            "no longitude",
            without(Tag::GPSLongitude),
            Err(PhotoProblem::Position),
        ),
        (
            "a hemisphere of nowhere",
            instead(text(Tag::GPSLongitudeRef, "X")),
            Err(PhotoProblem::Position),
        ),
        (
            "beyond the pole",
            instead(angle(Tag::GPSLatitude, 91.0)),
            Err(PhotoProblem::Position),
        ),
        (
            "two numbers instead of three",
            instead(field(
                Tag::GPSLatitude,
                Value::Rational(vec![Rational { num: 28, denom: 1 }; 2]),
            )),
            Err(PhotoProblem::Position),
        ),
        (
            "degrees as text",
            instead(text(Tag::GPSLatitude, "28.68")),
            Err(PhotoProblem::Position),
        ),
        (
            "seconds of infinity",
            instead(field(
                Tag::GPSLatitude,
                Value::Rational(vec![
                    Rational { num: 28, denom: 1 },
                    Rational { num: 40, denom: 1 },
                    Rational { num: 1, denom: 0 },
                ]),
            )),
            Err(PhotoProblem::Position),
        ),
    ];
    for (case, fields, expected) in cases {
        let desk = Desk::new();
        let (photo, problems) = desk.add_one(&jpeg_with(1, &fields));
        let photo = photo.unwrap();
        assert_eq!(problems, Vec::from_iter(expected.clone().err()), "{case}");
        let expected = expected.unwrap_or(None);
        let near = match (photo.position, expected) {
            (Some(at), Some((lon, lat))) => (at.lon - lon).hypot(at.lat - lat) < 1e-6,
            (at, expected) => at.is_none() && expected.is_none(),
        };
        assert!(near, "{case}: {:?}", photo.position);
    }
}

#[test]
fn the_time_is_when_the_picture_was_taken_else_when_it_was_written_by_the_cameras_clock() {
    let taken = || text(Tag::DateTimeOriginal, "2026:05:04 15:30:59");
    let written = || text(Tag::DateTime, "2026:06:01 00:00:00");
    let odd = |value: &str| {
        Err(PhotoProblem::Time {
            value: value.to_owned(),
        })
    };
    for (fields, expected) in [
        (vec![taken(), written()], Ok(Some("2026-05-04T15:30:59"))),
        (vec![written()], Ok(Some("2026-06-01T00:00:00"))),
        (
            vec![text(Tag::DateTimeOriginal, "0000:00:00 00:00:00")],
            Ok(None),
        ),
        (
            vec![
                text(Tag::DateTimeOriginal, "    :  :     :  :  "),
                written(),
            ],
            Ok(Some("2026-06-01T00:00:00")),
        ),
        (
            vec![text(Tag::DateTimeOriginal, "2026:02:30 10:00:00")],
            odd("2026:02:30 10:00:00"),
        ),
        (
            vec![text(Tag::DateTimeOriginal, "2026:05:04 300:00:00")],
            odd("2026:05:04 300:00:00"),
        ),
        (vec![text(Tag::DateTimeOriginal, "5 May")], odd("5 May")),
    ] {
        let desk = Desk::new();
        let (photo, problems) = desk.add_one(&jpeg_with(1, &fields));
        let time = photo.unwrap().taken_at.map(|time| time.to_string());
        let expected_time = expected.clone().unwrap_or(None);
        assert_eq!(time.as_deref(), expected_time, "{fields:?}");
        assert_eq!(problems, Vec::from_iter(expected.err()), "{fields:?}");
    }
}

#[test]
fn a_picture_with_spoilt_exif_data_still_comes_in_and_says_so() {
    let sound = exif(&position(HERE.lon, HERE.lat));
    for data in [&sound[..20], b"II*\0", b"nonsense", b""] {
        let desk = Desk::new();
        let (photo, problems) = desk.add_one(&with_exif(&jpeg(1), data));
        assert_eq!(photo.unwrap().position, None);
        assert!(
            matches!(problems[..], [PhotoProblem::Exif { .. }]),
            "{problems:?}"
        );
    }
}
