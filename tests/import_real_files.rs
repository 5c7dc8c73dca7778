//! Files that nobody wrote for this program: real lists, and the malformed ones of other projects.
//! They lie outside the repository; where they are absent the tests say so and pass.

#![allow(
    clippy::unwrap_used,
    reason = "clippy takes functions outside #[test] for code"
)]

use jiugai::catalogue::Catalogue;
use jiugai::formats::FormatError;
use jiugai::jobs::import::{ImportError, ImportSettings, Imported, import, preview};
use jiugai::model::{Change, Crs, Datum, Estate, ListKind, ListRole, RowProblemKind, Survey};
use jiugai::progress::Progress;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

const TEST_DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/testdata");

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(Catalogue::shipped);

/// The path of a test file, or `None` with a sentence where the folder is absent.
fn test_data(path: &str) -> Option<PathBuf> {
    let path = Path::new(TEST_DATA).join(path);
    if !path.exists() {
        eprintln!("skipped: {} is absent", path.display());
        return None;
    }
    Some(path)
}

/// Imports with what the headings say.
fn imported(path: &Path, datum: Datum, role: ListRole) -> Result<Imported, ImportError> {
    let crs = Crs::Degrees(datum);
    let settings = ImportSettings {
        layer: None,
        crs,
        role,
        kind: ListKind::Other,
        mapping: preview(path, &CATALOGUE)?.mapping_for(crs, &CATALOGUE.headings),
    };
    let now = "2026-11-24T08:00:00Z".parse().unwrap();
    let survey = Survey::default();
    let progress = Progress::default();
    let imported = import(&survey, path, &settings, &CATALOGUE, now, &progress)?;
    assert_accounted(&imported);
    survey.check_before_images(&imported.changes).unwrap();
    Ok(imported)
}

/// E04: every row is a record or rejected, and no row is both or twice.
fn assert_accounted(imported: &Imported) {
    let mut rows: Vec<u32> = estates(imported)
        .map(|estate| estate.origin.as_ref().unwrap().row)
        .chain(imported.list.rejected.iter().map(|r| r.problem.row))
        .collect();
    assert_eq!(rows.len(), imported.list.rows_read as usize);
    assert_eq!(
        imported.list.rows_read,
        imported.estates + imported.register_rows + imported.list.rejected.len() as u32
    );
    rows.sort();
    rows.dedup();
    assert_eq!(rows.len(), imported.list.rows_read as usize);
}

fn estates(imported: &Imported) -> impl Iterator<Item = &Arc<Estate>> {
    imported.changes.iter().filter_map(|change| match change {
        Change::Estate { after, .. } => after.as_ref(),
        _ => None,
    })
}

fn kinds(imported: &Imported) -> BTreeMap<RowProblemKind, usize> {
    let mut kinds = BTreeMap::new();
    for warning in &imported.warnings {
        *kinds.entry(warning.kind).or_default() += 1;
    }
    kinds
}

#[test]
fn every_row_of_the_nanchang_register_is_accounted_for() {
    let Some(path) = test_data("estates/nanchang_estates.csv") else {
        return;
    };
    let preview = preview(&path, &CATALOGUE).unwrap();
    assert_eq!(
        (preview.rows, preview.crs_hint),
        (11_523, Some(Crs::Degrees(Datum::Bd09)))
    );

    let started = std::time::Instant::now();
    let imported = imported(&path, Datum::Bd09, ListRole::Register).unwrap();
    let seconds = started.elapsed().as_secs_f64();
    eprintln!(
        "nanchang: {} rows in {seconds:.2} s (preview and import), {:.0} rows/s, {:?}",
        imported.list.rows_read,
        f64::from(imported.list.rows_read) / seconds,
        kinds(&imported)
    );
    assert_eq!(imported.list.rows_read, 11_523);
    assert_eq!((imported.estates, imported.list.rejected.len()), (0, 0));

    // The list also gives the position that somebody derived for WGS 84.
    let mut apart: Vec<f64> = estates(&imported)
        .filter_map(|estate| {
            let derived = |column: &str| estate.other.get(column)?.parse().ok();
            let there = jiugai::model::LonLat::new(derived("lon_wgs84")?, derived("lat_wgs84")?);
            Some(jiugai::geodesy::measure::distance_m(
                estate.position?,
                there,
            ))
        })
        .collect();
    apart.sort_by(f64::total_cmp);
    assert!(apart.len() > 11_000);
    assert!(apart[apart.len() - 1] < 1.0, "{:?}", apart.last());

    let first = estates(&imported).next().unwrap();
    let origin = first.origin.as_ref().unwrap();
    assert_eq!(
        (first.name.as_str(), first.address.as_str()),
        ("力扬京都汇", "洪都北大道258号")
    );
    assert_eq!(
        (
            origin.source.as_str(),
            origin.source_id.as_str(),
            origin.row
        ),
        ("房产超市", "4092091", 1)
    );
    assert_eq!(
        first.households, None,
        "an empty cell is not surveyed, not 0"
    );
    assert_eq!(&first.other["district"], "东湖");
}

#[test]
fn the_hangzhou_polygons_become_estates() {
    let Some(path) = test_data("aoi/hangzhou_west_residential.geojson") else {
        return;
    };
    let imported = imported(&path, Datum::Wgs84, ListRole::Estates).unwrap();
    eprintln!("hangzhou: {:?}", kinds(&imported));
    assert_eq!((imported.estates, imported.register_rows), (1_056, 0));
    let first = estates(&imported).next().unwrap();
    assert_eq!(first.name, "秋水苑");
    assert_eq!(first.origin.as_ref().unwrap().source_id, "18366363");
    assert_eq!(&first.other["fclass"], "residential");
}

#[test]
fn units_in_cells_and_quoted_commas_are_read() {
    let Some(path) = test_data("estates/harbin_lianjia_xiaoqu.csv") else {
        return;
    };
    let imported = imported(&path, Datum::Gcj02, ListRole::Register).unwrap();
    let first = estates(&imported).next().unwrap();
    assert_eq!((first.buildings, first.households), (Some(65), Some(3005)));
    assert_eq!(imported.list.rows_read, 689);
    eprintln!("harbin: {:?}", kinds(&imported));
}

#[test]
fn a_building_layer_whose_ids_are_all_zero_is_kept_whole_and_said() {
    let Some(path) = test_data("aoi/suzhou_buildings_pybdshadow.geojson") else {
        return;
    };
    let imported = imported(&path, Datum::Wgs84, ListRole::Estates).unwrap();
    eprintln!("suzhou: {:?}", kinds(&imported));
    assert_eq!(imported.list.rows_read, 3_076);
    assert_eq!(kinds(&imported)[&RowProblemKind::RepeatedSourceId], 3_075);
}

/// Malformed files, as they are and as if they were the other formats.
#[test]
fn no_file_of_other_projects_test_suites_panics_or_loses_a_row() {
    let folder = tempfile::tempdir().unwrap();
    let mut files = 0;
    let mut read = 0;
    for suite in [
        "geojsonhint_bad",
        "geojsonhint_good",
        "jsontestsuite_parsing",
        "shpjs",
        "gpkg_ets12",
    ] {
        let Some(suite) = test_data(&format!("conformance/{suite}")) else {
            return;
        };
        for file in std::fs::read_dir(suite).unwrap() {
            let original = file.unwrap().path();
            let bytes = std::fs::read(&original).unwrap();
            for name in ["list.geojson", "list.csv", "list"] {
                let path = folder.path().join(name);
                std::fs::write(&path, &bytes).unwrap();
                for role in [ListRole::Estates, ListRole::Register] {
                    let result = imported(&path, Datum::Gcj02, role);
                    read += usize::from(result.is_ok());
                    assert_json_verdict(&original, name, result.as_ref().err());
                }
            }
            files += 1;
        }
    }
    eprintln!("{files} files, {read} of {} readings gave rows", files * 6);
    assert!(files > 200 && read > 20);
}

/// `y_` files are JSON and `n_` files are none.
fn assert_json_verdict(original: &Path, name: &str, error: Option<&ImportError>) {
    let file = original.file_name().unwrap().to_string_lossy();
    if name != "list.geojson" {
        return;
    }
    let is_no_json = matches!(
        error,
        Some(ImportError::Format {
            reason: FormatError::NoJson { .. },
            ..
        })
    );
    assert!(!(file.starts_with("y_") && is_no_json), "{file}: {error:?}");
    assert!(
        !(file.starts_with("n_") && error.is_none()),
        "{file} passed"
    );
}

#[test]
fn the_good_geojson_of_geojsonhint_is_read() {
    let Some(suite) = test_data("conformance/geojsonhint_good") else {
        return;
    };
    for file in std::fs::read_dir(suite).unwrap() {
        let path = file.unwrap().path();
        let preview = preview(&path, &CATALOGUE);
        assert!(preview.is_ok_and(|preview| preview.rows > 0), "{path:?}");
    }
}
