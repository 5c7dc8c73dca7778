//! Photos come in by drop and by path, find their estate, are looked at, noted and taken back.

use crate::bench::{Window, complete_estate, folder, id, read, survey_file};
use crate::pictures::{jpeg, jpeg_with, position, text};
use egui::{DroppedFile, Key, Modifiers};
use exif::Tag;
use jiugai::jobs::photos::PictureFolder;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file held over the window and let go.
#[derive(Debug)]
struct File(PathBuf);

impl DroppedFile for File {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

pub fn drop_on(window: &mut Window, paths: &[PathBuf]) {
    for path in paths {
        let file = Arc::new(File(path.clone()));
        window.harness.input_mut().dropped_files.push(file);
    }
    window.finish_jobs();
}

/// A survey of two estates, and pictures: of the first estate, of no known place, of far away.
struct Trip {
    _temporary: tempfile::TempDir,
    survey: PathBuf,
    pictures: Vec<PathBuf>,
}

fn trip() -> Trip {
    let (temporary, folder) = folder();
    let estates = [
        complete_estate(1, "洪都新村"),
        complete_estate(2, "粮食局宿舍"),
    ];
    let survey = survey_file(&folder.join("洪都.gpkg"), estates);
    let mut here = position(115.9025, 28.6805);
    here.push(text(Tag::DateTimeOriginal, "2026:05:04 15:30:59"));
    let pictures = [
        ("北门 1.jpg", jpeg_with(1, &here)),
        ("微信图片.jpg", jpeg(2)),
        ("IMG_0003.JPG", jpeg_with(3, &position(117.9, 28.4))),
    ];
    let pictures = pictures.map(|(name, bytes)| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    });
    Trip {
        _temporary: temporary,
        survey,
        pictures: pictures.to_vec(),
    }
}

const GATE: &str = "北门 1.jpg, 2026-05-04 15:30";

fn select_first(window: &mut Window) {
    window.focus("List of estates");
    window.press(Key::Home);
}

#[test]
fn dropped_pictures_find_their_estate_are_seen_by_name_and_undone_as_one_step() {
    let trip = trip();
    let mut window = Window::on(&trip.survey);
    drop_on(&mut window, &trip.pictures[..2]);
    assert!(window.shows("2 photos added, 1 matched to an estate."));
    assert_eq!(window.survey().photos().len(), 2);
    let gate = window.survey().photos_of(id(1)).next().unwrap();
    assert_eq!(gate.file_name, "北门 1.jpg");

    select_first(&mut window);
    assert!(window.has_control(GATE));
    assert!(!window.has_control("微信图片.jpg"));
    window.click("Photos without an estate (1)");
    assert!(window.has_control("微信图片.jpg"));
    window.click("Put all of them here");
    assert_eq!(window.survey().photos_of(id(1)).count(), 2);
    window.click("Undo");
    window.click("Undo");
    assert_eq!(window.survey().photos().len(), 0);
    assert!(!window.has_control(GATE));
    // The pictures were never touched, so it can be done again.
    window.press_with(Modifiers::COMMAND, Key::Y);
    assert!(window.has_control(GATE));
    window.close();
    assert_eq!(read(&trip.survey).photos().len(), 2);
}

#[test]
fn photos_dropped_while_an_estate_is_selected_belong_to_it_unless_their_position_says_otherwise() {
    let trip = trip();
    let mut window = Window::on(&trip.survey);
    window.focus("List of estates");
    window.press(Key::End);
    drop_on(&mut window, &trip.pictures);
    let of = |number| {
        let photos = window.survey().photos_of(id(number));
        photos
            .map(|photo| photo.file_name.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(of(1), ["北门 1.jpg"]);
    assert_eq!(of(2), ["微信图片.jpg"]);
    let astray: Vec<_> = window.survey().photos_without_estate().collect();
    assert_eq!(astray.len(), 1);
    assert_eq!(astray[0].file_name, "IMG_0003.JPG");
}

#[test]
fn a_photo_is_looked_at_leafed_through_noted_and_removed() {
    let trip = trip();
    let mut window = Window::on(&trip.survey);
    drop_on(&mut window, &trip.pictures[..1]);
    select_first(&mut window);
    drop_on(&mut window, &trip.pictures[1..2]);
    window.click("微信图片.jpg");
    assert!(window.shows("Belongs to"));
    assert!(!window.is_enabled("Previous photo"));
    window.press(Key::ArrowRight);
    assert!(window.is_enabled("Previous photo"));
    assert!(!window.is_enabled("Next photo"));

    window.type_into("Note", "缺单元门");
    // Esc closes the photo and loses nothing.
    window.press(Key::Escape);
    assert!(!window.has_control("Next photo"));
    let gate = |window: &Window| {
        let mut photos = window.survey().photos();
        photos
            .find(|photo| photo.file_name == "北门 1.jpg")
            .cloned()
    };
    assert_eq!(gate(&window).unwrap().note, "缺单元门");

    window.click(GATE);
    window.click("Take away from it");
    assert_eq!(gate(&window).unwrap().estate, None);
    window.click("Put to 洪都新村");
    assert_eq!(gate(&window).unwrap().estate, Some(id(1)));
    window.click("Remove photo");
    assert_eq!(gate(&window), None);
    // Focus follows to the photo beside it.
    assert!(window.shows("微信图片.jpg"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert!(gate(&window).is_some());
}

#[test]
fn a_folder_of_pictures_is_added_by_its_path() {
    let trip = trip();
    let mut window = Window::on(&trip.survey);
    window.choose("File", "Add photos…");
    window.type_path(trip.pictures[0].parent().unwrap());
    window.click("Add");
    assert!(window.shows("3 photos added, 1 matched to an estate."));
    window.choose("File", "Add photos…");
    window.type_path(&trip.pictures[0]);
    window.press(Key::Enter);
    assert!(window.shows("No photo was added: the survey has all 1 already."));
}

#[test]
fn what_is_wrong_with_a_picture_is_said_with_its_name() {
    let trip = trip();
    let mut window = Window::on(&trip.survey);
    let odd: Vec<PathBuf> = ["letter.jpg", "empty.png", "a.webp", "b.heic", "c.jpg"]
        .map(|name| trip.survey.with_file_name(name))
        .to_vec();
    for (path, bytes) in odd.iter().zip(["dear", "", "x", "y", "z"]) {
        std::fs::write(path, bytes).unwrap();
    }
    drop_on(&mut window, &odd);
    assert!(window.shows("No photo was added."));
    assert!(window.shows("letter.jpg is no picture"));
    assert!(window.shows("… and 2 more."));
    // All of them stand in a list.
    assert!(window.shows("Photos that need a look"));
    assert!(window.shows("c.jpg is no picture"));
}

#[test]
fn a_missing_picture_is_said_on_opening_and_on_its_card_and_comes_back_when_it_is_added_again() {
    let trip = trip();
    let mut window = Window::on(&trip.survey);
    drop_on(&mut window, &trip.pictures[..1]);
    let folder = PictureFolder::of_survey(&trip.survey);
    let photo = window.survey().photos().next().unwrap().picture();
    window.close();
    std::fs::remove_file(folder.picture(photo)).unwrap();

    let mut window = Window::on(&trip.survey);
    assert!(window.shows("1 of 1 pictures are missing"));
    select_first(&mut window);
    let card = format!("{GATE}: Missing");
    window.wait_for(&card);
    drop_on(&mut window, &trip.pictures[..1]);
    assert!(folder.picture(photo).exists());
    window.wait_for(GATE);
}

#[test]
fn a_copy_of_the_survey_has_its_pictures() {
    let trip = trip();
    let mut window = Window::on(&trip.survey);
    drop_on(&mut window, &trip.pictures);
    let copy = trip.survey.with_file_name("副本 1.gpkg");
    window.choose("File", "Save a copy…");
    window.type_path(&copy);
    window.press(Key::Enter);
    assert!(window.shows("3 pictures copied with the survey."));
    let folder = PictureFolder::of_survey(&copy);
    for photo in read(&copy).photos() {
        assert!(folder.picture(photo.picture()).exists());
    }
}

#[test]
fn other_files_that_are_dropped_are_opened_or_the_reason_is_said() {
    let trip = trip();
    let mut window = Window::without_survey(jiugai::words::Language::English);
    drop_on(&mut window, &trip.pictures[..1]);
    assert!(window.shows("Open or create a survey first"));
    drop_on(&mut window, std::slice::from_ref(&trip.survey));
    assert!(window.has_survey());
    let letter = trip.survey.with_file_name("letter.docx");
    drop_on(&mut window, &[letter]);
    assert!(window.shows("This cannot be dropped here."));
    let list = trip.survey.with_file_name("名册.csv");
    std::fs::write(&list, "小区名称,户数\n棉纺厂家属院,120\n").unwrap();
    drop_on(&mut window, &[list]);
    assert!(window.shows("1 rows"));
}

#[test]
fn a_folder_is_watched_until_it_is_no_longer() {
    let trip = trip();
    let phone = trip.survey.with_file_name("手机 照片");
    std::fs::create_dir(&phone).unwrap();
    std::fs::copy(&trip.pictures[1], phone.join("old.jpg")).unwrap();
    let mut window = Window::on(&trip.survey);
    window.choose("File", "Watch a photo folder…");
    window.type_path(&phone);
    window.press(Key::Enter);
    assert!(window.has_control("Watching 手机 照片"));
    std::fs::copy(&trip.pictures[0], phone.join("new.jpg")).unwrap();
    window.wait_until("a photo has come", |window| {
        window.survey().photos().len() == 1
    });
    assert!(window.shows("1 photos added, 1 matched to an estate."));
    window.click("Watching 手机 照片");
    assert!(!window.has_control("Watching 手机 照片"));
}
