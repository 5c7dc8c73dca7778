//! Sentences about survey files: what happened, to which file, what to do.

use super::Language;
use crate::store::{ReadProblem, ReadProblemKind, StoreError, StoreErrorKind};
use std::fmt::Display;

/// Why a survey file could not be opened, read or written.
pub fn store_error(language: Language, error: &StoreError) -> String {
    let path: &dyn Display = &error.path.display();
    let sentence = |key: &str, values: &[(&str, &dyn Display)]| {
        // The path last: a file may be called `%{detail}`.
        let values = [values, &[("path", path)]].concat();
        language.text_with(&format!("store.error.{key}"), &values)
    };
    match &error.kind {
        StoreErrorKind::NotFound => sentence("not_found", &[]),
        StoreErrorKind::AlreadyExists => sentence("already_exists", &[]),
        StoreErrorKind::NoFolder => sentence("no_folder", &[]),
        StoreErrorKind::NotSqlite => sentence("not_sqlite", &[]),
        StoreErrorKind::NotGeoPackage => sentence("not_geopackage", &[]),
        StoreErrorKind::NotASurvey => sentence("not_a_survey", &[]),
        StoreErrorKind::Newer { found, known } => {
            sentence("newer", &[("found", found), ("known", known)])
        }
        StoreErrorKind::Locked => sentence("locked", &[]),
        StoreErrorKind::ChangedOutside => sentence("changed_outside", &[]),
        StoreErrorKind::Damaged { detail } => sentence("damaged", &[("detail", detail)]),
        StoreErrorKind::DiskFull => sentence("disk_full", &[]),
        StoreErrorKind::NotWritable => sentence("not_writable", &[]),
        StoreErrorKind::Unstorable { record, column } => {
            sentence("unstorable", &[("record", record), ("column", column)])
        }
        StoreErrorKind::Failed { detail } => sentence("failed", &[("detail", detail)]),
    }
}

/// What another program spoilt in a survey file.
pub fn read_problem(language: Language, problem: &ReadProblem) -> String {
    let place = match problem.name.as_str() {
        "" => "row",
        _ => "row_named",
    };
    let row = language.text_with(
        &format!("store.problem.{place}"),
        &[
            ("table", &problem.table),
            ("fid", &problem.fid),
            ("name", &problem.name),
        ],
    );
    let sentence = |key: &str, values: &[(&str, &dyn Display)]| {
        let values = [&[("row", &row as &dyn Display)], values].concat();
        language.text_with(&format!("store.problem.{key}"), &values)
    };
    match &problem.kind {
        ReadProblemKind::UnknownValue { column, value } => {
            sentence("unknown_value", &[("column", column), ("value", value)])
        }
        ReadProblemKind::UnreadableGeometry if problem.table == "photo" => {
            sentence("unreadable_photo_position", &[])
        }
        ReadProblemKind::UnreadableGeometry => sentence("unreadable_geometry", &[]),
        ReadProblemKind::KeyGiven { .. } => sentence("key_given", &[]),
        ReadProblemKind::NoEstate => sentence("no_estate", &[]),
        ReadProblemKind::UnreadableRow => sentence("unreadable_row", &[]),
    }
}

/// What other programs have spoilt in a file: the first few, and how many more. `None` for a file
/// that nobody else touched.
pub fn read_problems(language: Language, problems: &[ReadProblem]) -> Option<String> {
    const SHOWN: usize = 3;
    let shown = problems.iter().take(SHOWN);
    let mut lines: Vec<String> = shown.map(|it| read_problem(language, it)).collect();
    let more = problems.len().saturating_sub(SHOWN);
    if more > 0 {
        lines.push(language.text_with("store.problem.more", &[("count", &more)]));
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_kind() -> Vec<StoreErrorKind> {
        let detail = || "page 7".to_owned();
        vec![
            StoreErrorKind::NotFound,
            StoreErrorKind::AlreadyExists,
            StoreErrorKind::NoFolder,
            StoreErrorKind::NotSqlite,
            StoreErrorKind::NotGeoPackage,
            StoreErrorKind::NotASurvey,
            StoreErrorKind::Newer { found: 9, known: 1 },
            StoreErrorKind::Locked,
            StoreErrorKind::ChangedOutside,
            StoreErrorKind::Damaged { detail: detail() },
            StoreErrorKind::DiskFull,
            StoreErrorKind::NotWritable,
            StoreErrorKind::Unstorable {
                record: uuid::Uuid::nil(),
                column: "floor_area_m2".to_owned(),
            },
            StoreErrorKind::Failed { detail: detail() },
        ]
    }

    fn is_complete(sentence: &str, key_prefix: &str) -> bool {
        !sentence.contains("%{") && !sentence.contains(key_prefix)
    }

    #[test]
    fn every_error_is_a_sentence_with_its_path_in_both_languages() {
        for kind in every_kind() {
            let error = StoreError {
                path: "/数据/旧改 2026.gpkg".into(),
                kind,
            };
            for language in Language::ALL {
                let sentence = store_error(language, &error);
                assert!(sentence.contains("旧改 2026.gpkg"), "{sentence}");
                assert!(is_complete(&sentence, "store."), "{sentence}");
            }
        }
    }

    #[test]
    fn every_read_problem_is_a_sentence_with_its_row() {
        let key = uuid::Uuid::nil();
        for kind in [
            ReadProblemKind::UnknownValue {
                column: "locality".to_owned(),
                value: "moon".to_owned(),
            },
            ReadProblemKind::UnreadableGeometry,
            ReadProblemKind::KeyGiven { key },
            ReadProblemKind::NoEstate,
            ReadProblemKind::UnreadableRow,
        ] {
            for (language, name) in [(Language::Chinese, "洪都新村"), (Language::English, "")] {
                let problem = ReadProblem {
                    table: "estate",
                    fid: 4012,
                    name: name.to_owned(),
                    kind: kind.clone(),
                };
                let sentence = read_problem(language, &problem);
                assert!(sentence.contains("4012") && sentence.contains(name));
                assert!(is_complete(&sentence, "store."), "{sentence}");
            }
        }
    }
}
