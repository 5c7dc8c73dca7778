//! Photos in sentences: what came in, what is wrong with a file, what a photo is called.

use super::Language;
use crate::jobs::photos::{Added, FileState, Handover, HandoverError, NoPreview, PhotoProblem};
use crate::model::{Photo, PhotoId, PhotoLabel, Survey};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::Path;

/// "IMG_0001.JPG, 2026-05-04 15:30".
pub fn photo_name(photo: &Photo) -> String {
    match photo.taken_at {
        Some(time) => format!("{}, {}", photo.file_name, time.strftime("%Y-%m-%d %H:%M")),
        None => photo.file_name.clone(),
    }
}

/// "Put 3 photos to 洪都新村".
pub fn edit_text(language: Language, label: &PhotoLabel) -> String {
    match label {
        PhotoLabel::Add { photos } => language.text_with("photos.edit.add", &[("photos", photos)]),
        PhotoLabel::Assign { photos, name } => {
            let (key, name) = match name {
                Some(name) => (
                    "photos.edit.assign",
                    super::edit::or_unnamed(language, name),
                ),
                None => ("photos.edit.unassign", String::new()),
            };
            language.text_with(key, &[("photos", photos), ("name", &name)])
        }
        PhotoLabel::Note { file } => language.text_with("photos.edit.note", &[("file", file)]),
        PhotoLabel::Remove { photos } => {
            language.text_with("photos.edit.remove", &[("photos", photos)])
        }
    }
}

/// "3 photos added, 2 of them to an estate; 1 was there already".
pub fn added_text(language: Language, added: &Added) -> String {
    let counts: [(&str, &dyn Display); 3] = [
        ("added", &added.photos.len()),
        ("matched", &added.matched()),
        ("already", &added.already_there.len()),
    ];
    let key = match (added.photos.len(), added.already_there.len()) {
        (0, 0) => "photos.none_added",
        (0, _) => "photos.all_there",
        (_, 0) => "photos.added",
        (_, _) => "photos.added_and_there",
    };
    language.text_with(key, &counts)
}

/// What is wrong with one file of those that were to be added.
pub fn problem_text(language: Language, file: &str, problem: &PhotoProblem) -> String {
    let say = |key: &str, values: &[(&str, &dyn Display)]| {
        // The file last: it may be called `%{detail}`.
        let values = [values, &[("file", &file as &dyn Display)]].concat();
        language.text_with(&format!("photos.problem.{key}"), &values)
    };
    let megabytes = |bytes: &u64| (bytes >> 20).to_string();
    match problem {
        PhotoProblem::Unreadable { detail } => say("unreadable", &[("detail", detail)]),
        PhotoProblem::Empty => say("empty", &[]),
        PhotoProblem::TooLarge { bytes, most } => say(
            "too_large",
            &[("size", &megabytes(bytes)), ("most", &megabytes(most))],
        ),
        PhotoProblem::NotAPicture => say("not_a_picture", &[]),
        PhotoProblem::NotKept { detail } => say("not_kept", &[("detail", detail)]),
        PhotoProblem::Exif { detail } => say("exif", &[("detail", detail)]),
        PhotoProblem::Time { value } => say("time", &[("value", value)]),
        PhotoProblem::Position => say("position", &[]),
        PhotoProblem::OtherDatum { datum } => say("other_datum", &[("datum", datum)]),
        PhotoProblem::NoPreview(NoPreview::Heic) => say("heic", &[]),
        PhotoProblem::NoPreview(NoPreview::TooManyPixels) => say("too_many_pixels", &[]),
        PhotoProblem::NoPreview(NoPreview::Damaged { detail }) => {
            say("damaged", &[("detail", detail)])
        }
    }
}

/// Why a photo is not shown: one word or two for its card, and a sentence.
pub fn file_state_texts(language: Language, state: &FileState, stored_name: &str) -> [String; 2] {
    let (key, detail) = match state {
        FileState::Missing => ("missing", ""),
        FileState::Changed => ("changed", ""),
        FileState::Unreadable { detail } => ("unreadable", detail.as_str()),
        FileState::NoPreview(NoPreview::Heic) => ("heic", ""),
        FileState::NoPreview(NoPreview::TooManyPixels) => ("too_many_pixels", ""),
        FileState::NoPreview(NoPreview::Damaged { detail }) => ("damaged", detail.as_str()),
    };
    let card = language.text(&format!("photos.state.{key}.card"));
    let sentence = language.text_with(
        &format!("photos.state.{key}.sentence"),
        &[("stored", &stored_name), ("detail", &detail)],
    );
    [card.into_owned(), sentence]
}

/// How many pictures are not as they were, the first of them by name, and what to do.
pub fn missing_text(
    language: Language,
    survey: &Survey,
    states: &BTreeMap<PhotoId, FileState>,
    folder: &Path,
) -> String {
    const NAMED: usize = 3;
    let photos = states.keys().filter_map(|id| survey.photo(*id));
    let names: Vec<&str> = photos
        .take(NAMED)
        .map(|photo| photo.file_name.as_str())
        .collect();
    let mut names = language.listed(&names);
    if states.len() > NAMED {
        names.push_str(" …");
    }
    let counts: [(&str, &dyn Display); 4] = [
        ("missing", &states.len()),
        ("photos", &survey.photos().len()),
        ("folder", &folder.display()),
        ("names", &names),
    ];
    language.text_with("photos.missing", &counts)
}

/// What became of the pictures when the survey was copied.
pub fn handover_text(language: Language, handover: &Handover) -> String {
    let key = match handover.missing {
        0 => "photos.copied",
        _ => "photos.copied_but_missing",
    };
    let counts: [(&str, &dyn Display); 2] =
        [("copied", &handover.copied), ("missing", &handover.missing)];
    language.text_with(key, &counts)
}

pub fn handover_error_text(language: Language, error: &HandoverError) -> String {
    match error {
        HandoverError::Io { path, reason } => language.text_with(
            "photos.not_copied",
            &[("detail", reason), ("path", &path.display())],
        ),
        HandoverError::Cancelled(_) => language.text("notice.cancelled").into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PhotoId, PhotoKind};

    fn detail() -> String {
        "unexpected end of file".to_owned()
    }

    fn every_reason() -> [NoPreview; 3] {
        let damaged = NoPreview::Damaged { detail: detail() };
        [NoPreview::Heic, NoPreview::TooManyPixels, damaged]
    }

    #[track_caller]
    fn is_a_sentence(text: &str) {
        assert!(!text.contains("%{") && !text.contains("photos."), "{text}");
    }

    #[test]
    fn every_problem_is_a_sentence_with_its_file_in_both_languages() {
        let mut problems = vec![
            PhotoProblem::Unreadable { detail: detail() },
            PhotoProblem::Empty,
            PhotoProblem::TooLarge {
                bytes: 200 << 20,
                most: 128 << 20,
            },
            PhotoProblem::NotAPicture,
            PhotoProblem::NotKept { detail: detail() },
            PhotoProblem::Exif { detail: detail() },
            PhotoProblem::Time {
                value: "2026:02:30".to_owned(),
            },
            PhotoProblem::Position,
            PhotoProblem::OtherDatum {
                datum: "GCJ-02".to_owned(),
            },
        ];
        problems.extend(every_reason().map(PhotoProblem::NoPreview));
        for language in Language::ALL {
            for problem in &problems {
                let text = problem_text(language, "北门 %{detail}.jpg", problem);
                assert!(text.contains("北门 %{detail}.jpg"), "{text}");
                is_a_sentence(&text.replace("%{detail}", ""));
            }
        }
    }

    #[test]
    fn every_state_of_a_file_has_a_card_and_a_sentence() {
        let mut states = vec![
            FileState::Missing,
            FileState::Changed,
            FileState::Unreadable { detail: detail() },
        ];
        states.extend(every_reason().map(FileState::NoPreview));
        for language in Language::ALL {
            for state in &states {
                for text in file_state_texts(language, state, "ab12.jpg") {
                    is_a_sentence(&text);
                }
            }
        }
    }

    #[test]
    fn what_was_added_is_counted() {
        let photo = |estate| Photo {
            id: PhotoId([0; 32]),
            file_name: "一.jpg".to_owned(),
            kind: PhotoKind::Jpeg,
            bytes: 1,
            estate,
            taken_at: Some(jiff::civil::date(2026, 5, 4).at(15, 30, 59, 0)),
            position: None,
            added_at: jiff::Timestamp::UNIX_EPOCH,
            note: String::new(),
        };
        let estate = crate::model::EstateId(uuid::Uuid::nil());
        let there = vec!["二.jpg".to_owned()];
        let text = |photos: Vec<Photo>, already_there: &[String]| {
            let added = Added {
                photos,
                already_there: already_there.to_vec(),
                problems: Vec::new(),
            };
            for language in Language::ALL {
                is_a_sentence(&added_text(language, &added));
            }
            added_text(Language::English, &added)
        };
        let two = || vec![photo(Some(estate)), photo(None)];
        assert!(text(two(), &[]).contains("2 photos added"));
        assert!(text(two(), &[]).contains("1 matched"));
        assert!(text(two(), &there).contains("already"));
        assert!(text(vec![], &there).contains("already"));
        text(vec![], &[]);
        assert_eq!(photo_name(&photo(None)), "一.jpg, 2026-05-04 15:30");
    }
}
