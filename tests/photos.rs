//! Photos come in once, with what their camera wrote, and no file whatever stops the others.

// Clippy lets a #[test] unwrap and panic, but not the functions it calls.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "photos/camera.rs"]
mod camera;
#[path = "photos/pictures.rs"]
mod pictures;

use exif::{Tag, Value};
use image::ImageFormat;
use jiugai::jobs::photos::{
    Added, Destination, FileState, NoPreview, PhotoProblem, PictureFolder, Request, add, hand_over,
    preview, verify,
};
use jiugai::model::{Estate, EstateId, LonLat, Photo, PhotoKind, Survey};
use jiugai::progress::{Cancelled, Progress};
use pictures::{exif, field, jpeg, jpeg_with, picture, position, with_exif};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const HERE: LonLat = LonLat {
    lon: 115.9005,
    lat: 28.6805,
};

fn id(number: u128) -> EstateId {
    EstateId(uuid::Uuid::from_u128(number))
}

/// An estate around [`HERE`].
fn survey() -> Survey {
    let rect = geo::Rect::new((115.9, 28.68), (115.901, 28.681));
    let estate = Estate {
        boundary: Some(Arc::new(rect.to_polygon().into())),
        ..Estate::new(id(1))
    };
    Survey::from_parts([estate, Estate::new(id(2))], [], [], Default::default())
}

/// A folder of pictures as a camera left them, and the survey's own beside it.
struct Desk {
    _temporary: tempfile::TempDir,
    camera: PathBuf,
    folder: PictureFolder,
    survey: Survey,
}

impl Desk {
    fn new() -> Self {
        let temporary = tempfile::Builder::new().prefix("旧改 照片 ").tempdir();
        let temporary = temporary.unwrap();
        let camera = temporary.path().join("DCIM 相机");
        std::fs::create_dir(&camera).unwrap();
        Self {
            camera,
            folder: PictureFolder::of_survey(&temporary.path().join("南昌 50%.gpkg")),
            survey: survey(),
            _temporary: temporary,
        }
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.camera.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn add(&self, paths: Vec<PathBuf>) -> Added {
        self.add_to(paths, Destination::ByPosition { placeless: None })
    }

    fn add_to(&self, paths: Vec<PathBuf>, to: Destination) -> Added {
        add(&self.survey, &self.request(paths, to), &Progress::default()).unwrap()
    }

    fn request(&self, paths: Vec<PathBuf>, to: Destination) -> Request {
        Request {
            paths,
            folder: self.folder.clone(),
            to,
            now: "2026-11-24T08:00:00Z".parse().unwrap(),
        }
    }

    /// Adds one picture and gives its record and its problems.
    fn add_one(&self, bytes: &[u8]) -> (Option<Photo>, Vec<PhotoProblem>) {
        let added = self.add(vec![self.file("IMG 一.jpg", bytes)]);
        let problems = added.problems.into_iter().map(|(_, problem)| problem);
        (added.photos.into_iter().next(), problems.collect())
    }

    fn stored(&self) -> Vec<String> {
        names_in(self.folder.path())
    }
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<_> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn one_picture_under_two_names_is_kept_once_under_its_sha256() {
    let desk = Desk::new();
    let bytes = jpeg_with(1, &position(HERE.lon, HERE.lat));
    let paths = vec![
        desk.file("微信图片 20260504 (1).jpg", &bytes),
        desk.file("IMG_0001.JPG", &bytes),
        desk.file("IMG_0002.JPG", &jpeg(2)),
    ];
    let added = desk.add(paths.clone());
    assert_eq!(added.problems, []);
    assert_eq!(added.already_there, ["IMG_0001.JPG"]);
    let [first, second] = &added.photos[..] else {
        panic!("{added:?}")
    };
    assert_eq!(first.file_name, "微信图片 20260504 (1).jpg");
    assert_eq!((first.estate, second.estate), (Some(id(1)), None));
    assert_eq!(first.bytes, bytes.len() as u64);
    let mut names = vec![
        first.picture().name(),
        second.picture().name(),
        "thumbnails".to_owned(),
    ];
    names.sort();
    assert_eq!(desk.stored(), names);
    assert_eq!(
        std::fs::read(desk.folder.picture(first.picture())).unwrap(),
        bytes
    );

    let desk = Desk {
        survey: survey().with_photos(added.photos),
        ..desk
    };
    let again = desk.add(paths);
    assert_eq!((again.photos.len(), again.already_there.len()), (0, 3));
}

#[test]
fn a_folder_gives_the_pictures_in_it() {
    let desk = Desk::new();
    desk.file("b.jpg", &jpeg(1));
    desk.file("a.png", &picture(2, 9, 9, ImageFormat::Png));
    desk.file("c.webp", &picture(3, 9, 9, ImageFormat::WebP));
    desk.file("list.csv", b"1,2");
    let added = desk.add(vec![desk.camera.clone()]);
    let kinds: Vec<_> = added.photos.iter().map(|photo| photo.kind).collect();
    assert_eq!(kinds, [PhotoKind::Png, PhotoKind::Jpeg, PhotoKind::Webp]);
    assert_eq!(added.problems, []);
}

#[test]
fn a_person_decides_where_a_photo_belongs_and_a_position_where_nobody_did() {
    let desk = Desk::new();
    let placed = desk.file("a.jpg", &jpeg_with(1, &position(HERE.lon, HERE.lat)));
    let placeless = desk.file("b.jpg", &jpeg(2));
    for (path, to, expected) in [
        (&placed, Destination::Estate(id(2)), Some(2)),
        (&placeless, Destination::Estate(id(2)), Some(2)),
        (
            &placed,
            Destination::ByPosition { placeless: None },
            Some(1),
        ),
        (
            &placed,
            Destination::ByPosition {
                placeless: Some(id(2)),
            },
            Some(1),
        ),
        (
            &placeless,
            Destination::ByPosition {
                placeless: Some(id(2)),
            },
            Some(2),
        ),
    ] {
        let added = desk.add_to(vec![path.clone()], to);
        assert_eq!(added.photos[0].estate, expected.map(id), "{to:?}");
    }
}

#[test]
fn what_is_no_picture_stays_out_with_its_reason_and_the_others_come_in() {
    let desk = Desk::new();
    let huge = desk.file("film.jpg", b"x");
    let file = std::fs::File::options().write(true).open(&huge).unwrap();
    // Sparse: no disk is filled.
    file.set_len(200 << 20).unwrap();
    let added = desk.add(vec![
        desk.file("empty.jpg", b""),
        desk.file("letter.jpg", "您好".as_bytes()),
        desk.file("list.gif", b"GIF89a"),
        huge,
        desk.camera.join("nowhere.jpg"),
        desk.file("good.jpg", &jpeg(1)),
    ]);
    assert_eq!(added.photos.len(), 1);
    assert!(added.problems.iter().all(|(_, p)| p.keeps_it_out()));
    let told: Vec<_> = added
        .problems
        .iter()
        .map(|(name, problem)| (name.as_str(), problem))
        .collect();
    assert!(
        matches!(
            told[..],
            [
                ("empty.jpg", PhotoProblem::Empty),
                ("letter.jpg", PhotoProblem::NotAPicture),
                ("list.gif", PhotoProblem::NotAPicture),
                ("film.jpg", PhotoProblem::TooLarge { .. }),
                ("nowhere.jpg", PhotoProblem::Unreadable { .. }),
            ]
        ),
        "{told:?}"
    );
}

/// A PNG that claims a size and holds nearly nothing.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    let header = [&b"IHDR"[..], &size, &[8, 2, 0, 0, 0]].concat();
    for chunk in [&header[..], b"IDAT\x78\x9c\x03\0", b"IEND"] {
        let length = chunk.len() as u32 - 4;
        file.extend(length.to_be_bytes());
        file.extend(chunk);
        file.extend(crc32(chunk).to_be_bytes());
    }
    file
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| match crc & 1 {
            0 => crc >> 1,
            _ => crc >> 1 ^ 0xedb8_8320,
        })
    })
}

#[test]
fn a_picture_that_cannot_be_shown_is_kept_and_says_why() {
    let damaged = &jpeg(1)[..60];
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
    type Check = fn(&NoPreview) -> bool;
    let cases: [(&[u8], PhotoKind, Check); 5] = [
        (heic, PhotoKind::Heic, |no| *no == NoPreview::Heic),
        (damaged, PhotoKind::Jpeg, |no| {
            matches!(no, NoPreview::Damaged { .. })
        }),
        (&bomb(60_000, 10), PhotoKind::Png, |no| {
            *no == NoPreview::TooManyPixels
        }),
        (&bomb(30_000, 30_000), PhotoKind::Png, |no| {
            *no == NoPreview::TooManyPixels
        }),
        (&bomb(3, 3), PhotoKind::Png, |no| {
            matches!(no, NoPreview::Damaged { .. })
        }),
    ];
    for (bytes, kind, check) in cases {
        let desk = Desk::new();
        let (photo, problems) = desk.add_one(bytes);
        assert_eq!(photo.unwrap().kind, kind);
        let reasons: Vec<_> = problems
            .iter()
            .filter_map(|problem| match problem {
                PhotoProblem::NoPreview(reason) => Some(reason),
                _ => None,
            })
            .collect();
        assert!(reasons.len() == 1 && check(reasons[0]), "{problems:?}");
        assert_eq!(desk.stored().len(), 1);
    }
}

#[test]
fn a_picture_is_shown_upright_and_no_larger_than_asked() {
    let wide = picture(1, 400, 200, ImageFormat::Jpeg);
    let turned = |orientation| {
        let value = Value::Short(vec![orientation]);
        with_exif(&wide, &exif(&[field(Tag::Orientation, value)]))
    };
    for (orientation, size, white_corner) in [
        (1, (200, 100), (0, 0)),
        (3, (200, 100), (1, 1)),
        // Turned by a quarter: the upper left becomes the upper right.
        (6, (100, 200), (1, 0)),
        (8, (100, 200), (0, 1)),
        (77, (200, 100), (0, 0)),
    ] {
        let shown = preview(&turned(orientation), PhotoKind::Jpeg, 200).unwrap();
        assert_eq!((shown.width, shown.height), size, "{orientation}");
        for (x, y) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            let at = |share: u32, side: u32| side / 4 + share * side / 2;
            let pixel = at(y, shown.height) * shown.width + at(x, shown.width);
            let is_white = shown.rgb[3 * pixel as usize + 1] > 128;
            assert_eq!(is_white, (x, y) == white_corner, "{orientation}: {x} {y}");
        }
    }
    let small = preview(&jpeg(1), PhotoKind::Jpeg, 200).unwrap();
    assert_eq!((small.width, small.height), (40, 20));
}

#[test]
fn a_cancelled_run_leaves_nothing_it_kept_and_everything_that_was_there() {
    let desk = Desk::new();
    let (before, _) = desk.add_one(&jpeg(1));
    let before = before.unwrap();
    let paths: Vec<_> = (2..6)
        .map(|shade| desk.file(&format!("{shade}.jpg"), &jpeg(shade)))
        .collect();
    let to = Destination::ByPosition { placeless: None };
    let progress = Progress::default();
    progress.cancel();
    let request = desk.request(paths, to);
    assert_eq!(add(&desk.survey, &request, &progress), Err(Cancelled));
    assert_eq!(
        desk.stored(),
        [before.picture().name(), "thumbnails".to_owned()]
    );
}

#[test]
fn a_missing_or_changed_picture_is_found_and_adding_it_again_puts_it_back() {
    let desk = Desk::new();
    let paths: Vec<_> = (1..=3)
        .map(|shade| desk.file(&format!("{shade}.jpg"), &jpeg(shade)))
        .collect();
    let photos = desk.add(paths.clone()).photos;
    let (missing, changed, spoilt) = (&photos[0], &photos[1], &photos[2]);
    std::fs::remove_file(desk.folder.picture(missing.picture())).unwrap();
    std::fs::write(desk.folder.picture(changed.picture()), b"short").unwrap();
    let mut bytes = std::fs::read(desk.folder.picture(spoilt.picture())).unwrap();
    bytes[300] ^= 1;
    std::fs::write(desk.folder.picture(spoilt.picture()), bytes).unwrap();

    let desk = Desk {
        survey: survey().with_photos(photos.clone()),
        ..desk
    };
    let verify = || verify(&desk.survey, &desk.folder, &Progress::default()).unwrap();
    let states = verify();
    assert_eq!(states.len(), 2);
    assert_eq!(states[&missing.id], FileState::Missing);
    assert_eq!(states[&changed.id], FileState::Changed);
    assert_eq!(
        desk.folder.show_thumbnail(missing.picture()),
        Err(FileState::Missing)
    );
    // One bit of many is found when the picture is looked at.
    assert_eq!(
        desk.folder.show(spoilt.picture(), 100),
        Err(FileState::Changed)
    );

    assert_eq!(desk.add(paths).already_there.len(), 3);
    assert!(verify().is_empty());
    for photo in &photos {
        assert!(desk.folder.show(photo.picture(), 100).is_ok());
    }
}

#[test]
fn a_thumbnail_that_is_gone_is_made_again() {
    let desk = Desk::new();
    let bytes = picture(1, 900, 300, ImageFormat::Jpeg);
    let photo = desk.add_one(&bytes).0.unwrap();
    let thumbnails = desk.folder.path().join("thumbnails");
    assert_eq!(names_in(&thumbnails), [format!("{}.jpg", photo.id)]);
    std::fs::remove_dir_all(&thumbnails).unwrap();
    let shown = desk.folder.show_thumbnail(photo.picture()).unwrap();
    assert_eq!((shown.width, shown.height), (256, 85));
    assert_eq!(names_in(&thumbnails).len(), 1);
}

#[test]
fn a_copy_of_the_survey_gets_its_pictures() {
    let desk = Desk::new();
    let paths = (1..=3).map(|shade| desk.file(&format!("{shade}.jpg"), &jpeg(shade)));
    let photos = desk.add(paths.collect()).photos;
    std::fs::remove_file(desk.folder.picture(photos[1].picture())).unwrap();
    let survey = survey().with_photos(photos.clone());
    let to = PictureFolder::of_survey(&desk.camera.join("副本.gpkg"));
    let handover = hand_over(&survey, &desk.folder, &to, &Progress::default()).unwrap();
    assert_eq!((handover.copied, handover.missing), (2, 1));
    assert!(to.show(photos[0].picture(), 100).is_ok());
    assert_eq!(names_in(to.path()).len(), 2);
}
