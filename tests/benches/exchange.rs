//! What a long list costs to take in and to give out, beside other programs in the same run.
//!
//! `cargo bench --bench exchange` takes the survey of 170,000 estates that `cargo bench --bench
//! dedupe` has had generated, or the GeoJSON that `JIUGAI_GEOJSON` names, and runs each program
//! `JIUGAI_ROUNDS` (3) times in turn: ogr2ogr, SQLite with an R-tree and nothing else, and this one.
//! SQLite's part takes as long as the order of its entries is bad: in that of the file, which goes
//! county by county, and in none, as lists come.
//! It prints medians of CPU and wall seconds and the peak of memory, as `/usr/bin/time` tells them:
//! Linux alone has it.

// Clippy lets a #[test] unwrap, but not a bench.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use rusqlite::{Connection, params};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Command;

const GENERATED: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/target/dedupe-bench/seed-7/estates_170000.geojson"
);
/// With one of these arguments the bench is the peer "SQLite alone", in a process of its own.
const IN_FILE_ORDER: &str = "sqlite-in-file-order";
const IN_NO_ORDER: &str = "sqlite-in-no-order";

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, role, list, out] = arguments.as_slice() {
        let order = match role.as_str() {
            IN_FILE_ORDER => Order::OfFile,
            _ => Order::None,
        };
        return sqlite_alone(Path::new(list), Path::new(out), order);
    }
    let list = std::env::var("JIUGAI_GEOJSON").map_or(PathBuf::from(GENERATED), PathBuf::from);
    if !list.exists() {
        return println!("left out: no list at {}", list.display());
    }
    let rounds = std::env::var("JIUGAI_ROUNDS").unwrap_or_default();
    let rounds: usize = rounds.parse().unwrap_or(3);
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).into_os_string();
    let jiugai = env!("CARGO_BIN_EXE_jiugai");
    let own = std::env::current_exe().unwrap();
    let (list, survey) = (list.as_os_str(), at("survey.gpkg"));

    let mut into_ogr = Command::new("ogr2ogr");
    into_ogr.args(["-f", "GPKG"]).arg(at("ogr.gpkg")).arg(list);
    let alone = |role: &str| {
        let mut alone = Command::new(&own);
        alone.arg(role).arg(list).arg(at("sqlite.db"));
        alone
    };
    let mut import = Command::new(jiugai);
    import.arg("import").arg(&survey).arg(list);
    import.args(["--datum", "cgcs2000"]);
    let mut from_ogr = Command::new("ogr2ogr");
    from_ogr.args(["-f", "GeoJSON", "-lco", "RFC7946=YES"]);
    from_ogr.arg(at("ogr.geojson")).arg(at("ogr.gpkg"));
    let mut export = Command::new(jiugai);
    export.arg("export").arg(&survey).arg(at("jiugai.geojson"));

    let mut runs = [
        Run::new("import, ogr2ogr", into_ogr, "ogr.gpkg"),
        Run::new("SQLite alone, in order", alone(IN_FILE_ORDER), "sqlite.db"),
        Run::new("SQLite alone, in no order", alone(IN_NO_ORDER), "sqlite.db"),
        Run::new("import, Jiugai", import, "survey.gpkg"),
        Run::new("export, ogr2ogr", from_ogr, "ogr.geojson"),
        Run::new("export, Jiugai", export, "jiugai.geojson"),
    ];
    for _ in 0..rounds {
        for run in &mut runs {
            let _ = std::fs::remove_file(folder.path().join(run.makes));
            if run.makes == "survey.gpkg" {
                let made = Command::new(jiugai).arg("new").arg(&survey).output();
                assert!(made.unwrap().status.success(), "a new survey");
            }
            run.once(folder.path());
        }
    }
    println!(
        "{:<40} {:>7} {:>7} {:>6}",
        "medians", "CPU s", "wall s", "MiB"
    );
    runs.iter().for_each(Run::print);
}

/// A program and what it cost, time by time.
struct Run {
    name: &'static str,
    command: Command,
    /// The file that it makes, which must not be there.
    makes: &'static str,
    cost: Vec<[f64; 3]>,
    fault: Option<String>,
}

impl Run {
    /// The program as `/usr/bin/time` runs it.
    fn new(name: &'static str, command: Command, makes: &'static str) -> Self {
        let mut timed = Command::new("/usr/bin/time");
        timed.args(["-f", "cost %U %S %e %M"]);
        timed.arg(command.get_program()).args(command.get_args());
        Self {
            name,
            command: timed,
            makes,
            cost: Vec::new(),
            fault: None,
        }
    }

    fn once(&mut self, folder: &Path) {
        let output = match self.command.current_dir(folder).output() {
            Ok(output) => output,
            Err(error) => return self.fault = Some(error.to_string()),
        };
        let said = String::from_utf8_lossy(&output.stderr);
        let cost = said
            .lines()
            .rev()
            .find_map(|line| line.strip_prefix("cost "));
        let numbers: Vec<f64> = cost
            .unwrap_or_default()
            .split(' ')
            .filter_map(|number| number.parse().ok())
            .collect();
        match numbers.as_slice() {
            [user, system, wall, kilobytes] if output.status.success() => {
                self.cost.push([user + system, *wall, kilobytes / 1024.0]);
            }
            _ => self.fault = said.lines().next().map(str::to_owned),
        }
    }

    fn print(&self) {
        if let Some(fault) = &self.fault {
            return println!("{:<40} left out: {fault}", self.name);
        }
        let median = |index: usize| {
            let mut numbers: Vec<f64> = self.cost.iter().map(|cost| cost[index]).collect();
            numbers.sort_by(f64::total_cmp);
            numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
        };
        let [cpu, wall, memory] = [0, 1, 2].map(median);
        println!("{:<40} {cpu:>7.2} {wall:>7.2} {memory:>6.0}", self.name);
    }
}

/// In which order places come.
#[derive(Clone, Copy)]
enum Order {
    OfFile,
    None,
}

/// A row of a kilobyte of text for each feature and an entry in an R-tree, in one transaction.
fn sqlite_alone(list: &Path, out: &Path, order: Order) {
    let connection = Connection::open(out).unwrap();
    connection
        .execute_batch(
            "CREATE TABLE estate (fid INTEGER PRIMARY KEY, text TEXT);
             CREATE VIRTUAL TABLE tree USING rtree(id, minx, maxx, miny, maxy);
             BEGIN",
        )
        .unwrap();
    let rows = BufReader::new(std::fs::File::open(list).unwrap()).lines();
    let mut row = connection
        .prepare("INSERT INTO estate VALUES (?1, ?2)")
        .unwrap();
    let mut entry = connection
        .prepare("INSERT INTO tree VALUES (?1, ?2, ?3, ?4, ?5)")
        .unwrap();
    for (fid, text) in (1i64..).zip(rows) {
        let text = text.unwrap();
        let kilobyte = text.floor_char_boundary(1_024);
        row.execute(params![fid, &text[..kilobyte]]).unwrap();
        // The first position of the feature, as it stands in the text.
        let Some((_, at)) = text.split_once("[[[") else {
            continue;
        };
        let mut numbers = at.split([',', ']']).map_while(|number| number.parse().ok());
        if let (Some(lon), Some(lat)) = (numbers.next(), numbers.next()) {
            let (lon, lat) = match order {
                Order::OfFile => (lon, lat),
                Order::None => anywhere(fid),
            };
            entry
                .execute(params![fid, lon, lon + 0.002, lat, lat + 0.002])
                .unwrap();
        }
    }
    drop((row, entry));
    connection.execute_batch("COMMIT").unwrap();
}

/// A place in Jiangxi that has nothing to do with the one before it.
fn anywhere(fid: i64) -> (f64, f64) {
    let part = |step: i64| (fid.wrapping_mul(step) & 0xff_ffff) as f64 / 16_777_216.0;
    (
        113.5 + 5.0 * part(10_368_889),
        24.5 + 5.5 * part(12_664_747),
    )
}
