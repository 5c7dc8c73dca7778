//! What a release and its verification say. Texts: `release.*`.

use super::{Language, fields};
use crate::formats::library::Counts;
use crate::jobs::release::{ReleaseError, Verified, VerifyError, VerifyProblem};
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

/// What a verification found, a line each; one line where everything is as released.
pub fn verified_lines(language: Language, verified: &Verified) -> Vec<String> {
    if verified.problems.is_empty() {
        let files = verified.manifest.files.len();
        return vec![language.text_with("release.verify.sound", &[("files", &files)])];
    }
    let problems = verified.problems.iter();
    problems
        .map(|problem| verify_problem_text(language, problem))
        .collect()
}

/// One way in which a release is not what its manifest says.
pub fn verify_problem_text(language: Language, problem: &VerifyProblem) -> String {
    let (key, file) = match problem {
        VerifyProblem::FileMissing { file } => ("file_missing", file.as_str()),
        VerifyProblem::FileChanged { file } => ("file_changed", file.as_str()),
        VerifyProblem::TotalsDiffer { file } => ("totals_differ", file.as_str()),
        VerifyProblem::FileUnlisted { file } => ("file_unlisted", file.as_str()),
        VerifyProblem::RowsDoNotAddUp => ("rows_do_not_add_up", ""),
    };
    language.text_with(&format!("release.verify.{key}"), &[("file", &file)])
}

/// Why a folder cannot be verified.
pub fn verify_error_text(language: Language, error: &VerifyError) -> String {
    let say = |key: &str, values: &[(&str, &dyn Display)]| {
        language.text_with(&format!("release.verify.{key}"), values)
    };
    match error {
        VerifyError::NotARelease { folder } => {
            say("not_a_release", &[("folder", &folder.display())])
        }
        VerifyError::Newer { folder, version } => say(
            "newer",
            &[("folder", &folder.display()), ("version", version)],
        ),
        VerifyError::Io { path, source } => {
            say("io", &[("path", &path.display()), ("reason", source)])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
            io(ErrorKind::PermissionDenied),
            io(ErrorKind::StorageFull),
            io(ErrorKind::Other),
            ReleaseError::Cancelled(crate::progress::Cancelled),
        ];
        let file = || "f".to_owned();
        let problems = [
            VerifyProblem::FileMissing { file: file() },
            VerifyProblem::FileChanged { file: file() },
            VerifyProblem::TotalsDiffer { file: file() },
            VerifyProblem::FileUnlisted { file: file() },
            VerifyProblem::RowsDoNotAddUp,
        ];
        let verify_errors = [
            VerifyError::NotARelease { folder: path() },
            VerifyError::Newer {
                folder: path(),
                version: 2,
            },
            VerifyError::Io {
                path: path(),
                source: ErrorKind::Other.into(),
            },
        ];
        for language in Language::ALL {
            let texts = errors
                .iter()
                .map(|e| release_error_text(language, e))
                .chain(problems.iter().map(|p| verify_problem_text(language, p)))
                .chain(verify_errors.iter().map(|e| verify_error_text(language, e)));
            for text in texts {
                assert!(!text.starts_with("release."), "{text}");
                assert!(!text.contains("%{"), "{text}");
            }
        }
    }
}
