//! Surveys whose duplicates are known, written by the generator of `../shared/bench`.

use geojson::{Feature, FeatureReader};
use jiugai::dedupe::score::{Known, Truth};
use jiugai::model::{Boundary, Estate, EstateId, ListId, Pair, Settings, Survey};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

const GENERATOR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/bench/gen.py");
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/dedupe-bench");
/// What the generator and the peers need of Python: as it is imported …
const MODULES: &str = "numpy, orjson, shapely, pandas, duckdb, duckdb_extensions";
/// … and as it is installed. DuckDB's spatial functions are a package, too.
const PACKAGES: [&str; 7] = [
    "numpy",
    "orjson",
    "shapely",
    "pandas",
    "duckdb",
    "duckdb-extensions",
    "duckdb-extension-spatial",
];

pub struct Workload {
    pub file: PathBuf,
    /// Every pair that is one estate, and the planted pairs that are not.
    pub known: Vec<Known>,
}

impl Workload {
    /// Writes the survey where it is not there yet.
    pub fn of(size: u32, seed: &str) -> Result<Self, String> {
        let folder = Path::new(FOLDER).join(format!("seed-{seed}"));
        let file = folder.join(format!("estates_{size}.geojson"));
        let negatives = folder.join(format!("hardneg_{size}.csv"));
        // The generator writes this one before the survey.
        if !file.exists() || !negatives.exists() {
            if !Path::new(GENERATOR).exists() {
                return Err(format!("no generator at {GENERATOR}"));
            }
            let mut generator = Command::new(python()?);
            let generator = generator.arg(GENERATOR).arg(size.to_string());
            let generator = generator.arg(&folder).args(["--seed", seed]);
            run(generator)?;
        }
        let mut known = pairs(&folder.join(format!("truth_{size}.csv")), Truth::One)?;
        known.extend(pairs(&negatives, Truth::NotOne)?);
        Ok(Self { file, known })
    }

    /// Feature by feature: the whole text would be more than what is measured.
    pub fn survey(&self) -> Survey {
        let file = std::io::BufReader::new(std::fs::File::open(&self.file).unwrap());
        let features = FeatureReader::from_reader(file).features();
        let estates = features.map(|feature| generated(&feature.unwrap()));
        Survey::from_parts(estates, [], [], Settings::default())
    }
}

/// A Python that has what is needed: the system's, or one of our own beside the surveys.
pub fn python() -> Result<PathBuf, String> {
    let imports = format!("import {MODULES}");
    let has_all = |python: &Path| {
        let asked = Command::new(python).args(["-c", &imports]).output();
        asked.is_ok_and(|output| output.status.success())
    };
    let system = PathBuf::from("python3");
    if has_all(&system) {
        return Ok(system);
    }
    let folder = Path::new(FOLDER).join("python");
    let own = match cfg!(windows) {
        true => folder.join("Scripts").join("python.exe"),
        false => folder.join("bin").join("python"),
    };
    if !has_all(&own) {
        std::fs::create_dir_all(FOLDER).map_err(|error| error.to_string())?;
        run(Command::new(&system).args(["-m", "venv"]).arg(&folder))?;
        let install = ["-m", "pip", "install", "--quiet"];
        run(Command::new(&own).args(install).args(PACKAGES))?;
    }
    Ok(own)
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| error.to_string())?;
    match output.status.success() {
        true => Ok(()),
        false => {
            let text = String::from_utf8_lossy(&output.stderr);
            Err(text.lines().last().unwrap_or("it failed").to_owned())
        }
    }
}

fn id(row: u32) -> EstateId {
    EstateId::of_row(ListId::of_file(&[1; 32], "estates"), row)
}

fn pairs(file: &Path, truth: Truth) -> Result<Vec<Known>, String> {
    let mut reader = csv::Reader::from_path(file).map_err(|error| error.to_string())?;
    let row = |cell: &str| cell.parse().map(id).unwrap();
    let known = reader.records().map(|record| {
        let record = record.unwrap();
        Known {
            pair: Pair::new(row(&record[0]), row(&record[1])).unwrap(),
            truth,
            kind: record[2].to_owned(),
        }
    });
    Ok(known.collect())
}

fn generated(feature: &Feature) -> Estate {
    let number = |key: &str| feature.property(key).and_then(|value| value.as_u64());
    let text = |key: &str| {
        let value = feature.property(key).and_then(|value| value.as_str());
        value.unwrap_or_default().to_owned()
    };
    let code = text("div_code");
    let mut estate = Estate::new(id(number("eid").unwrap() as u32));
    estate.name = text("name");
    estate.address = text("address");
    estate.county_code = code[..6].to_owned();
    estate.community_codes = BTreeSet::from([code]);
    estate.build_year = number("year_built").map(|year| year as i32);
    estate.households = number("households").map(|count| count as u32);
    estate.floor_area_m2 = feature
        .property("floor_area")
        .and_then(|area| area.as_f64());
    let geometry = feature.geometry.clone().unwrap();
    let polygon = geo::Polygon::<f64>::try_from(geometry).unwrap();
    estate.boundary = Some(Arc::new(Boundary::new(vec![polygon])));
    estate
}
