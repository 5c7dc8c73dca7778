//! What a release and its verification say. Texts: `release.*`.

use super::{Language, fields};
use crate::formats::library::{Counts, DeltaEntry};
use crate::jobs::release::{PackageError, ReleaseError, VerifyProblem};
use crate::rules::fate::RowCount;
use std::fmt::Display;
use std::io::ErrorKind;

/// Where the imported rows went: "Rows in 191 = kept 82 + …" (不重不漏).
pub fn rows_text(language: Language, rows: &RowCount) -> String {
    language.text_with(
        "status.rows",
        &[
            ("rows_in", &rows.rows_in),
            ("kept", &rows.kept),
            ("merged", &rows.merged),
            ("excluded", &rows.excluded),
            ("open", &rows.open),
        ],
    )
}

/// What a library holds: "82 estates · 24,494 households · …".
pub fn counts_text(language: Language, counts: &Counts) -> String {
    language.text_with(
        "release_panel.counts",
        &[
            ("estates", &counts.estates),
            ("households", &fields::with_separators(counts.households)),
            ("buildings", &fields::with_separators(counts.buildings)),
            ("area", &fields::area_figure(counts.floor_area_m2)),
        ],
    )
}

/// What changed since the release before: "Since the release before: 3 added · …".
pub fn delta_text(language: Language, delta: &DeltaEntry) -> String {
    let counts = &delta.counts;
    language.text_with(
        "release.delta",
        &[
            ("added", &counts.added),
            ("changed", &counts.changed),
            ("withdrawn", &counts.withdrawn),
            ("merged", &counts.merged),
            ("part_of", &counts.part_of),
            ("unchanged", &counts.unchanged),
        ],
    )
}

/// Why there is no release, and what to do.
pub fn release_error_text(language: Language, error: &ReleaseError) -> String {
    let say = |key: &str, values: &[(&str, &dyn Display)]| {
        language.text_with(&format!("release.error.{key}"), values)
    };
    match error {
        ReleaseError::Blocked(findings) => say("blocked", &[("count", &findings.len())]),
        ReleaseError::NothingToRelease => say("nothing_to_release", &[]),
        ReleaseError::NoProfile => say("no_profile", &[]),
        ReleaseError::NumbersExhausted { prefix } => {
            say("numbers_exhausted", &[("prefix", prefix)])
        }
        ReleaseError::ForeignFolder { folder, file } => say(
            "foreign_folder",
            &[("folder", &folder.display()), ("file", file)],
        ),
        ReleaseError::NotAFolder { path } => say("not_a_folder", &[("path", &path.display())]),
        ReleaseError::ForeignZip { path } => say("foreign_zip", &[("path", &path.display())]),
        ReleaseError::SinceDraft { path } => say("since_draft", &[("path", &path.display())]),
        ReleaseError::NumberReused {
            lib_no,
            now,
            before,
            previous,
        } => say(
            "number_reused",
            &[
                ("lib_no", lib_no),
                ("now", now),
                ("before", before),
                ("previous", &previous.display()),
            ],
        ),
        ReleaseError::Previous(error) => say(
            "previous",
            &[("reason", &package_error_text(language, error))],
        ),
        ReleaseError::Io { path, source } => {
            let path = path.display();
            match source.kind() {
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                    say("permission", &[("path", &path)])
                }
                ErrorKind::StorageFull => say("disk_full", &[("path", &path)]),
                _ => say("io", &[("path", &path), ("reason", source)]),
            }
        }
        ReleaseError::Cancelled(_) => say("cancelled", &[]),
    }
}

/// One way in which a release is not what it says.
pub fn verify_problem_text(language: Language, problem: &VerifyProblem) -> String {
    let say = |key: &str, values: &[(&str, &dyn Display)]| {
        language.text_with(&format!("release.verify.{key}"), values)
    };
    let with_file = |key: &str, file: &String| say(key, &[("file", file)]);
    let with_estate =
        |key: &str, file: &String, estate: &String| say(key, &[("file", file), ("estate", estate)]);
    let with_number = |key: &str, file: &String, estate: &String, lib_no: &String| {
        say(
            key,
            &[("file", file), ("estate", estate), ("lib_no", lib_no)],
        )
    };
    match problem {
        VerifyProblem::FileMissing { file } => with_file("file_missing", file),
        VerifyProblem::FileChanged { file } => with_file("file_changed", file),
        VerifyProblem::FileUnlisted { file } => with_file("file_unlisted", file),
        VerifyProblem::NotAFile { file } => with_file("not_a_file", file),
        VerifyProblem::NameOutside { file } => with_file("listed_outside", file),
        VerifyProblem::ListedTwice { file } => with_file("listed_twice", file),
        VerifyProblem::Unreadable { file, place } => {
            say("unreadable", &[("file", file), ("place", place)])
        }
        VerifyProblem::FigureDiffers {
            file,
            figure,
            found,
            expected,
        } => {
            let figure = language.text(&format!("release.figure.{}", figure.key()));
            say(
                "figure_differs",
                &[
                    ("file", file),
                    ("figure", &figure),
                    ("found", found),
                    ("expected", expected),
                ],
            )
        }
        VerifyProblem::RowsDoNotAddUp { list: None } => say("rows_do_not_add_up", &[]),
        VerifyProblem::RowsDoNotAddUp { list: Some(list) } => {
            say("list_does_not_add_up", &[("list", list)])
        }
        VerifyProblem::NotNamed { what } => {
            let what = language.text(&format!("release.named.{what}"));
            say("not_named", &[("what", &what)])
        }
        VerifyProblem::WrongCrs { file, crs } => say("wrong_crs", &[("file", file), ("crs", crs)]),
        VerifyProblem::NumberMissing { file, estate } => {
            with_estate("number_missing", file, estate)
        }
        VerifyProblem::NumberMalformed {
            file,
            estate,
            lib_no,
        } => with_number("number_malformed", file, estate, lib_no),
        VerifyProblem::NumberTwice {
            file,
            estate,
            lib_no,
        } => with_number("number_twice", file, estate, lib_no),
        VerifyProblem::EstateTwice { file, estate } => with_estate("estate_twice", file, estate),
        VerifyProblem::EstateMissing {
            file,
            estate,
            other,
        } => say(
            "estate_missing",
            &[("file", file), ("estate", estate), ("other", other)],
        ),
        VerifyProblem::EstateDiffers {
            file,
            estate,
            field,
            other,
        } => say(
            "estate_differs",
            &[
                ("file", file),
                ("estate", estate),
                ("field", field),
                ("other", other),
            ],
        ),
        VerifyProblem::RowContradicts {
            file,
            row,
            estate,
            other,
        } => say(
            "row_contradicts",
            &[
                ("file", file),
                ("row", row),
                ("estate", estate),
                ("other", other),
            ],
        ),
        VerifyProblem::RowTwice { file, row, list } => {
            say("row_twice", &[("file", file), ("row", row), ("list", list)])
        }
        VerifyProblem::OtherPrevious => say("other_previous", &[]),
        VerifyProblem::DeltaRowWrong { estate, field } => {
            say("delta_row_wrong", &[("estate", estate), ("field", field)])
        }
        VerifyProblem::DeltaRowMissing { estate, field } => {
            say("delta_row_missing", &[("estate", estate), ("field", field)])
        }
        VerifyProblem::NumberReused {
            lib_no,
            now,
            before,
        } => say(
            "number_reused",
            &[("lib_no", lib_no), ("now", now), ("before", before)],
        ),
    }
}

/// Why something cannot be read as a release.
pub fn package_error_text(language: Language, error: &PackageError) -> String {
    let say = |key: &str, path: &std::path::Path, more: &[(&str, &dyn Display)]| {
        let path = path.display();
        let values: Vec<(&str, &dyn Display)> = [("path", &path as &dyn Display)]
            .into_iter()
            .chain(more.iter().copied())
            .collect();
        language.text_with(&format!("release.verify.{key}"), &values)
    };
    match error {
        PackageError::NotARelease { path } => say("not_a_release", path, &[]),
        PackageError::DamagedManifest { path, reason } => {
            say("damaged_manifest", path, &[("reason", reason)])
        }
        PackageError::Newer { path, version } => say("newer", path, &[("version", version)]),
        PackageError::DamagedZip { path, reason } => {
            say("damaged_zip", path, &[("reason", reason)])
        }
        PackageError::NameOutside { path, name } => say("name_outside", path, &[("name", name)]),
        PackageError::NameTwice { path, name } => say("name_twice", path, &[("name", name)]),
        PackageError::TooManyFiles { path, most } => say("too_many_files", path, &[("most", most)]),
        PackageError::TooLarge { path, name } => say("too_large", path, &[("name", name)]),
        PackageError::Changed { path, name } => say("changed", path, &[("name", name)]),
        PackageError::Io { path, source } => say("io", path, &[("reason", source)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::release::Figure;
    use std::path::PathBuf;

    #[test]
    fn an_error_says_what_where_and_what_to_do() {
        let foreign = ReleaseError::ForeignFolder {
            folder: PathBuf::from("项目库"),
            file: "笔记.txt".into(),
        };
        assert_eq!(
            release_error_text(Language::Chinese, &foreign),
            "项目库 中有“笔记.txt”，不是本程序发布的文件，替换会使其丢失。请另选一个文件夹。"
        );
        assert_eq!(
            release_error_text(Language::English, &foreign),
            "项目库 holds “笔记.txt”, which is no file of a release and would be lost. Choose another folder."
        );
    }

    #[test]
    fn every_error_and_problem_is_a_sentence_in_both_languages() {
        let path = || PathBuf::from("p");
        let io = |kind: ErrorKind| ReleaseError::Io {
            path: path(),
            source: kind.into(),
        };
        let errors = [
            ReleaseError::Blocked(Vec::new()),
            ReleaseError::NothingToRelease,
            ReleaseError::NoProfile,
            ReleaseError::NumbersExhausted { prefix: "1".into() },
            ReleaseError::NotAFolder { path: path() },
            ReleaseError::ForeignZip { path: path() },
            ReleaseError::SinceDraft { path: path() },
            ReleaseError::NumberReused {
                lib_no: "1".into(),
                now: "a".into(),
                before: "b".into(),
                previous: path(),
            },
            ReleaseError::Previous(PackageError::NotARelease { path: path() }),
            io(ErrorKind::PermissionDenied),
            io(ErrorKind::StorageFull),
            io(ErrorKind::Other),
            ReleaseError::Cancelled(crate::progress::Cancelled),
        ];
        let file = || "f".to_owned();
        let with_figure = |figure| VerifyProblem::FigureDiffers {
            file: file(),
            figure,
            found: file(),
            expected: file(),
        };
        let (estate, lib_no, field, other, list) = (file, file, file, file, file);
        let named = ["rule_pack", "program", "profiles", "division_codes"];
        let problems: Vec<VerifyProblem> = [
            VerifyProblem::FileMissing { file: file() },
            VerifyProblem::FileChanged { file: file() },
            VerifyProblem::FileUnlisted { file: file() },
            VerifyProblem::NotAFile { file: file() },
            VerifyProblem::NameOutside { file: file() },
            VerifyProblem::ListedTwice { file: file() },
            VerifyProblem::Unreadable {
                file: file(),
                place: file(),
            },
            VerifyProblem::RowsDoNotAddUp { list: None },
            VerifyProblem::RowsDoNotAddUp { list: Some(file()) },
            VerifyProblem::WrongCrs {
                file: file(),
                crs: file(),
            },
            VerifyProblem::NumberMissing {
                file: file(),
                estate: estate(),
            },
            VerifyProblem::NumberMalformed {
                file: file(),
                estate: estate(),
                lib_no: lib_no(),
            },
            VerifyProblem::NumberTwice {
                file: file(),
                estate: estate(),
                lib_no: lib_no(),
            },
            VerifyProblem::EstateTwice {
                file: file(),
                estate: estate(),
            },
            VerifyProblem::EstateMissing {
                file: file(),
                estate: estate(),
                other: other(),
            },
            VerifyProblem::EstateDiffers {
                file: file(),
                estate: estate(),
                field: field(),
                other: other(),
            },
            VerifyProblem::RowContradicts {
                file: file(),
                row: 2,
                estate: estate(),
                other: other(),
            },
            VerifyProblem::RowTwice {
                file: file(),
                row: 2,
                list: list(),
            },
            VerifyProblem::OtherPrevious,
            VerifyProblem::DeltaRowWrong {
                estate: estate(),
                field: field(),
            },
            VerifyProblem::DeltaRowMissing {
                estate: estate(),
                field: field(),
            },
            VerifyProblem::NumberReused {
                lib_no: lib_no(),
                now: estate(),
                before: estate(),
            },
        ]
        .into_iter()
        .chain(Figure::ALL.map(with_figure))
        .chain(named.map(|what| VerifyProblem::NotNamed { what }))
        .collect();
        let name = file;
        let verify_errors = [
            PackageError::NotARelease { path: path() },
            PackageError::DamagedManifest {
                path: path(),
                reason: file(),
            },
            PackageError::Newer {
                path: path(),
                version: 3,
            },
            PackageError::DamagedZip {
                path: path(),
                reason: file(),
            },
            PackageError::NameOutside {
                path: path(),
                name: name(),
            },
            PackageError::NameTwice {
                path: path(),
                name: name(),
            },
            PackageError::TooManyFiles {
                path: path(),
                most: 1,
            },
            PackageError::TooLarge {
                path: path(),
                name: name(),
            },
            PackageError::Changed {
                path: path(),
                name: name(),
            },
            PackageError::Io {
                path: path(),
                source: ErrorKind::Other.into(),
            },
        ];
        for language in Language::ALL {
            let texts = errors
                .iter()
                .map(|e| release_error_text(language, e))
                .chain(problems.iter().map(|p| verify_problem_text(language, p)))
                .chain(
                    verify_errors
                        .iter()
                        .map(|e| package_error_text(language, e)),
                );
            for text in texts {
                assert!(!text.starts_with("release."), "{text}");
                assert!(!text.contains("%{"), "{text}");
            }
        }
    }
}
