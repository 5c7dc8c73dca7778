//! What a release says of the one before, as a folder and as a zip; and what `verify` makes of a
//! package that somebody worked on.

use super::tests::{entries_of, prepared, released, rows, settings, survey};
use super::*;
use crate::formats::library::DeltaCounts;
use crate::model::{Estate, EstateId, Standing};
use crate::rules::sample::{complete_estate, id};
use std::fs;

fn change(survey: &mut Survey, id: EstateId, change: impl FnOnce(&mut Estate)) {
    let before = Arc::clone(survey.estate(id).unwrap());
    let mut after = Estate::clone(&before);
    change(&mut after);
    survey.apply(&[Change::Estate {
        id,
        before: Some(before),
        after: Some(Arc::new(after)),
    }]);
}

fn add(survey: &mut Survey, estate: Estate) {
    survey.apply(&[Change::Estate {
        id: estate.id,
        before: None,
        after: Some(Arc::new(estate)),
    }]);
}

/// A survey released into `一期`, and what was worked on since: one estate added, one changed, one
/// withdrawn, one merged and one become a part.
fn worked_on(folder: &Path) -> (Survey, PathBuf) {
    let mut survey = survey();
    let first = folder.join("一期");
    released(&mut survey, &first);
    add(&mut survey, complete_estate(20));
    change(&mut survey, id(1), |e| e.households = Some(260));
    change(&mut survey, id(6), |e| {
        e.standing = Standing::Withdrawn {
            reason: "已拆除".into(),
        };
    });
    change(&mut survey, id(7), |e| {
        e.standing = Standing::Merged {
            into: id(1),
            replaced: vec![],
        };
    });
    change(&mut survey, id(8), |e| {
        e.standing = Standing::PartOf { parent: id(1) };
    });
    (survey, first)
}

fn released_since(survey: &mut Survey, out: &Path, since: &Path) -> Release {
    let settings = ReleaseSettings {
        since: Some(since.to_owned()),
        ..settings(out.to_owned(), ReleaseMode::Final)
    };
    let staged = prepared(survey, &settings).unwrap();
    survey.apply(&staged.changes);
    staged.publish().unwrap()
}

fn problems(package: &Path, since: Option<&Path>) -> Vec<VerifyProblem> {
    verify(package, since).unwrap().problems
}

#[test]
fn no_table_holds_a_formula_and_verify_reads_the_texts_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let (mut survey, first) = worked_on(folder.path());
    for number in [1, 2, 4, 6, 7] {
        change(&mut survey, id(number), |e| e.name = format!("=1+{number}"));
    }
    change(&mut survey, id(6), |e| {
        e.standing = Standing::Withdrawn {
            reason: "@SUM(A1)".into(),
        };
    });
    let second = folder.path().join("二期");
    released_since(&mut survey, &second, &first);
    for file in ["excluded.csv", "duplicates.csv", "rows.csv", "delta.csv"] {
        let mut guarded = 0;
        for row in rows(&second, file) {
            for cell in &row {
                assert!(!cell.starts_with(['=', '@']), "{file}: {cell}");
                guarded += usize::from(cell.starts_with("'="));
            }
        }
        assert!(guarded > 0, "{file}");
    }
    assert_eq!(problems(&second, None), []);
    assert_eq!(problems(&second, Some(&first)), []);
}

#[test]
fn a_delta_names_each_estate_added_changed_withdrawn_merged_and_become_a_part() {
    let folder = tempfile::tempdir().unwrap();
    let (mut survey, first) = worked_on(folder.path());
    let second = folder.path().join("二期");
    let release = released_since(&mut survey, &second, &first);
    let delta = release.manifest.delta.unwrap();
    assert_eq!(
        delta.counts,
        DeltaCounts {
            added: 1,
            changed: 1,
            withdrawn: 1,
            merged: 1,
            part_of: 1,
            unchanged: 1,
        }
    );
    assert_eq!(delta.previous.estates, 5);
    let rows = rows(&second, "delta.csv");
    let of = |number: u32| {
        let id = id(number).to_string();
        let rows = rows.iter().filter(move |row| row[1] == id);
        rows.map(|row| row.iter().collect::<Vec<_>>().join("|"))
            .collect::<Vec<_>>()
    };
    assert!(of(20)[0].starts_with("added|"), "{:?}", of(20));
    let households = |row: &String| row.contains("|households|200|260|");
    assert!(of(1).iter().any(households), "{:?}", of(1));
    assert!(of(6)[0].starts_with("withdrawn|"), "{:?}", of(6));
    assert!(of(6)[0].contains("|withdrawn||已拆除|"), "{:?}", of(6));
    let into = format!("|{}|360102202600001|", id(1));
    assert!(of(7)[0].starts_with("merged|") && of(7)[0].contains(&into));
    assert!(of(8)[0].starts_with("part_of|") && of(8)[0].contains(&into));
    assert_eq!(of(9), Vec::<String>::new());
    assert_eq!(problems(&second, None), []);
    assert_eq!(problems(&second, Some(&first)), []);
    assert_eq!(problems(&first, Some(&first)), []);
    assert_eq!(
        problems(&first, Some(&second)),
        [VerifyProblem::OtherPrevious]
    );
}

#[test]
fn the_release_that_is_replaced_is_the_one_before_and_a_second_run_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("库.zip");
    let mut survey = survey();
    released(&mut survey, &out);
    let first = fs::read(&out).unwrap();
    released(&mut survey, &out);
    assert!(fs::read(&out).unwrap() == first);

    change(&mut survey, id(1), |e| e.households = Some(260));
    let second = released(&mut survey, &out);
    assert_eq!(second.manifest.delta.as_ref().unwrap().counts.changed, 1);
    let bytes = fs::read(&out).unwrap();
    let again = released(&mut survey, &out);
    assert_eq!(again.manifest, second.manifest);
    assert!(fs::read(&out).unwrap() == bytes);
    assert_eq!(problems(&out, None), []);
    assert_eq!(entries_of(folder.path()), ["库.zip"]);
}

#[test]
fn a_folder_and_a_zip_hold_the_same_files() {
    let folder = tempfile::tempdir().unwrap();
    let mut survey = survey();
    let one = released(&mut survey, &folder.path().join("库"));
    let other = released(&mut survey, &folder.path().join("库.ZIP"));
    assert_eq!(one.manifest, other.manifest);
    assert_eq!(problems(&other.package, Some(&one.package)), []);
}

#[test]
fn a_zip_of_somebodys_is_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in [("a.zip", "mine"), ("b.zip", "")] {
        let out = folder.path().join(name);
        fs::write(&out, content).unwrap();
        let refused = prepared(&survey(), &settings(out.clone(), ReleaseMode::Final));
        assert!(matches!(refused, Err(ReleaseError::ForeignZip { .. })));
        assert_eq!(fs::read_to_string(out).unwrap(), content);
    }
    let out = folder.path().join("c.zip");
    fs::create_dir(&out).unwrap();
    let refused = prepared(&survey(), &settings(out, ReleaseMode::Final));
    assert!(matches!(refused, Err(ReleaseError::ForeignZip { .. })));
}

#[test]
fn a_number_of_the_release_before_is_never_given_to_another_estate() {
    let folder = tempfile::tempdir().unwrap();
    let mut earlier = survey();
    let first = folder.path().join("一期");
    released(&mut earlier, &first);

    // The same county in another file, which knows nothing of the numbers given.
    let mut other = survey();
    add(&mut other, complete_estate(20));
    for number in [1, 6, 7, 8, 9] {
        let lib_no = earlier.estate(id(number)).unwrap().lib_no.clone();
        change(&mut other, id(number), |e| e.lib_no = lib_no);
    }
    change(&mut other, id(6), |e| {
        e.lib_no = None;
        e.standing = Standing::Withdrawn {
            reason: "已拆除".into(),
        };
    });
    let second = released_since(&mut other.clone(), &folder.path().join("二期"), &first);
    assert_eq!(second.manifest.counts.estates, 5);
    assert_eq!(problems(&second.package, Some(&first)), []);

    change(&mut other, id(20), |e| {
        e.lib_no = Some("360102202600005".into());
    });
    let settings = ReleaseSettings {
        since: Some(first.clone()),
        ..settings(folder.path().join("三期"), ReleaseMode::Final)
    };
    let refused = prepared(&other, &settings);
    assert!(
        matches!(refused, Err(ReleaseError::NumberReused { ref lib_no, .. }) if lib_no == "360102202600005"),
        "{refused:?}"
    );
    let third = released(&mut other, &folder.path().join("三期"));
    let reused = problems(&third.package, Some(&first));
    assert!(
        matches!(reused[0], VerifyProblem::NumberReused { .. }),
        "{reused:?}"
    );
}

#[test]
fn a_draft_is_no_release_before() {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("草稿");
    let staged = prepared(&survey(), &settings(draft.clone(), ReleaseMode::Draft)).unwrap();
    staged.publish().unwrap();
    let since = ReleaseSettings {
        since: Some(draft.clone()),
        ..settings(folder.path().join("库"), ReleaseMode::Final)
    };
    let refused = prepared(&survey(), &since);
    assert!(matches!(refused, Err(ReleaseError::SinceDraft { .. })));
    let over = released(&mut survey(), &draft);
    assert_eq!(over.manifest.delta, None);
}

/// Writes `file` anew and notes its size and checksum, as somebody who knows the format does.
fn forge(package: &Path, file: &str, change: impl Fn(&str) -> String) {
    let before = fs::read_to_string(package.join(file)).unwrap();
    let after = change(&before);
    assert_ne!(before, after, "{file}");
    fs::write(package.join(file), &after).unwrap();
    let manifest = fs::read_to_string(package.join("manifest.json")).unwrap();
    let manifest = manifest
        .replace(
            &super::package::sha256(before.as_bytes()),
            &super::package::sha256(after.as_bytes()),
        )
        .replace(
            &format!("\"bytes\": {},", before.len()),
            &format!("\"bytes\": {},", after.len()),
        );
    fs::write(package.join("manifest.json"), manifest).unwrap();
}

#[test]
fn a_forged_file_with_a_right_checksum_contradicts_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let (mut survey, first) = worked_on(folder.path());
    let package = folder.path().join("二期");
    for (file, from, to) in [
        (
            "library.rfc7946.geojson",
            "\"households\":260",
            "\"households\":261",
        ),
        ("library.cgcs2000.geojson", "EPSG::4490", "EPSG::4326"),
        (
            "library.cgcs2000.geojson",
            "360102202600001",
            "360102202600002",
        ),
        (
            "library.rfc7946.geojson",
            "\"lib_no\":\"3601",
            "\"lib_no\":\"X601",
        ),
        ("rows.csv", ",merged,", ",kept,"),
        ("excluded.csv", ",withdrawn,", ",not_recognised,"),
        ("duplicates.csv", ",merged,", ",kept,"),
        (
            "checks.json",
            "\"gravity\":\"warns\"",
            "\"gravity\":\"blocks\"",
        ),
        ("reconciliation.json", "\"rows_in\": 5", "\"rows_in\": 6"),
        ("delta.csv", "added,", "changed,"),
        ("delta.csv", "withdrawn,", "merged,"),
        ("delta.csv", "|", ""),
        ("manifest.json", "\"households\": ", "\"households\": 1"),
        ("manifest.json", "\"added\": 1", "\"added\": 2"),
        ("manifest.json", "\"id\": \"JX-2019-26\"", "\"id\": \"\""),
    ] {
        released_since(&mut survey, &package, &first);
        if file == "delta.csv" && from == "|" {
            // A row less.
            forge(&package, file, |text| {
                let lines: Vec<&str> = text.split_inclusive("\r\n").collect();
                lines[..lines.len() - 1].concat()
            });
        } else {
            forge(&package, file, |text| text.replacen(from, to, 1));
        }
        let problems = problems(&package, Some(&first));
        assert!(!problems.is_empty(), "{file} {from}");
        let unchanged = |p: &VerifyProblem| !matches!(p, VerifyProblem::FileChanged { .. });
        assert!(problems.iter().all(unchanged), "{problems:?}");
        fs::remove_dir_all(&package).unwrap();
    }
}

#[test]
fn damage_is_a_problem_and_never_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let (mut survey, first) = worked_on(folder.path());
    let package = folder.path().join("二期");
    let release = released_since(&mut survey, &package, &first);
    for file in &release.manifest.files {
        let path = package.join(&file.name);
        let whole = fs::read(&path).unwrap();
        for content in [&b""[..], b"{", b"\xff\xfe\x00", &whole[..whole.len() / 2]] {
            fs::write(&path, content).unwrap();
            let problems = problems(&package, Some(&first));
            assert!(
                problems.contains(&VerifyProblem::FileChanged {
                    file: file.name.clone()
                }),
                "{}",
                file.name
            );
        }
        fs::write(&path, whole).unwrap();
    }
    assert_eq!(problems(&package, Some(&first)), []);

    let zipped = released_since(&mut survey, &folder.path().join("二期.zip"), &first).package;
    let whole = fs::read(&zipped).unwrap();
    for at in (0..whole.len()).step_by(whole.len() / 60 + 1) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x5a;
        fs::write(&zipped, damaged).unwrap();
        let _ = verify(&zipped, Some(&first));
        fs::write(&zipped, &whole[..at]).unwrap();
        assert!(verify(&zipped, None).is_err(), "cut at {at}");
    }
}
