//! The executable as its users meet it: every command, with its exit code, its JSON and its
//! sentences, in a folder whose name has spaces and Chinese characters.

// Clippy lets a #[test] unwrap and panic, but not the functions it calls.
#![allow(clippy::unwrap_used, clippy::panic)]

mod assess;
mod basemap;
mod coverage;
mod datum;
mod demo;
mod duplicates;
mod export;
mod formats;
mod import;
mod layer;
mod ledger;
mod new;
mod newer_lists;
#[path = "../office/mod.rs"]
mod office;
mod planning;
mod real_files;
mod release;
mod report;
#[path = "../tile_server/mod.rs"]
mod tile_server;
mod usage;
mod window;

use jiugai::model::{Estate, Survey};
use serde_json::Value;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;

/// Bad input or usage.
const REFUSED: i32 = 2;
/// Findings that block.
const BLOCKED: i32 = 1;
const FINE: i32 = 0;

/// A folder to work in, and the executable at hand.
struct Desk {
    folder: tempfile::TempDir,
}

/// What one run of the executable gave.
struct Run {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("旧改 小区 调查 ").tempdir();
        Self {
            folder: folder.unwrap(),
        }
    }

    /// A desk with an empty survey, `调查.gpkg`, of the sample's county.
    fn with_survey() -> Self {
        let desk = Self::new();
        desk.fine(&["new", SURVEY, "--county", COUNTY]);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), content).unwrap();
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }

    fn text(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).unwrap()
    }

    fn names(&self) -> Vec<String> {
        let names = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<_> = names
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    fn survey(&self) -> Survey {
        jiugai::store::read(&self.path(SURVEY)).unwrap().survey
    }

    /// The record that a list gives under this id.
    fn estate(&self, source_id: &str) -> Arc<Estate> {
        let survey = self.survey();
        let has_id = |estate: &&Arc<Estate>| {
            estate
                .origin
                .as_ref()
                .is_some_and(|origin| origin.source_id == source_id)
        };
        survey.estates().find(has_id).unwrap().clone()
    }

    fn run(&self, words: &[&str]) -> Run {
        self.run_with(words, "", "C")
    }

    /// Runs with `input` on standard input, on a system of this locale, without a display.
    fn run_with(&self, words: &[&str], input: &str, locale: &str) -> Run {
        let mut child = Command::new(env!("CARGO_BIN_EXE_jiugai"))
            .args(words)
            .current_dir(self.folder.path())
            .env("LC_ALL", locale)
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that does not read its input may have ended already.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        Run {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    fn fine(&self, words: &[&str]) -> Run {
        self.ends_with(FINE, words)
    }

    fn blocked(&self, words: &[&str]) -> Run {
        self.ends_with(BLOCKED, words)
    }

    fn ends_with(&self, code: i32, words: &[&str]) -> Run {
        let run = self.run(words);
        assert_eq!(run.code, code, "{words:?}\n{}\n{}", run.stdout, run.stderr);
        run
    }

    /// Runs in both languages what must be refused with a sentence, and change nothing.
    fn refuses(&self, words: &[&str], english: &str, chinese: &str) {
        let before = self.contents();
        for (language, expected) in [("en", english), ("zh-CN", chinese)] {
            let run = self.run(&[words, &["--language", language]].concat());
            let sentence = &run.stderr;
            assert_eq!(run.code, REFUSED, "{words:?}\n{}\n{sentence}", run.stdout);
            assert!(sentence.contains(expected), "{words:?}\n{sentence}");
            assert!(!sentence.contains("%{"), "{sentence}");
            assert_eq!(run.stdout, "", "{words:?}");
        }
        assert!(self.contents() == before, "{words:?} changed a file");
    }

    /// Every file here. A survey counts by what it holds: to open one for work switches its
    /// journal, which its header tells.
    fn contents(&self) -> (Vec<(String, Vec<u8>)>, Option<Survey>) {
        let names = self.names().into_iter();
        let files = names
            .filter(|name| self.path(name).is_file() && name != SURVEY)
            .map(|name| (name.clone(), self.bytes(&name)))
            .collect();
        (files, self.path(SURVEY).exists().then(|| self.survey()))
    }
}

impl Run {
    fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", self.stdout))
    }
}

const SURVEY: &str = "调查.gpkg";
const COUNTY: &str = "361125";

/// A sheet of estates surveyed through, so that nothing but a duplicate blocks their release:
/// `(source_id, name, address, longitude)`.
fn surveyed(source: &str, estates: &[(&str, &str, &str, f64)]) -> String {
    let features: Vec<Value> = estates
        .iter()
        .map(|(id, name, address, west)| {
            let (east, south, north) = (west + 0.0012, 28.4798, 28.4806);
            serde_json::json!({
                "type": "Feature",
                "properties": {
                    "source": source, "source_id": id, "name": name, "address": address,
                    "county_code": COUNTY, "street_code": "361125001",
                    "community_code": "361125001003", "locality": "county_seat",
                    "build_year": 1985, "year_basis": "acceptance", "households": 300,
                    "floor_area_m2": 21000.0, "buildings": 12, "tenure": "reformed",
                    "residential": true, "exclusions": "none", "willingness": "strong",
                    "willingness_basis": "door_to_door",
                    "gap.C04": 2, "gap.C05": 1, "gap.C06": 3, "gap.C12": 0,
                },
                "geometry": { "type": "Polygon", "coordinates": [[
                    [west, south], [east, south], [east, north], [west, north], [west, south],
                ]] },
            })
        })
        .collect();
    serde_json::json!({ "type": "FeatureCollection", "features": features }).to_string()
}

/// Two estates of the survey office, far from each other.
fn two_estates() -> String {
    surveyed(
        "测绘院",
        &[
            ("CH-1", "机械厂家属区", "青溪大道20号", 117.6130),
            ("CH-2", "文化新村", "人民路88号", 117.6230),
        ],
    )
}

/// One of them again, as its community handed it in.
fn one_estate_again() -> String {
    surveyed(
        "社区上报",
        &[("SQ-1", "机械厂宿舍", "青溪大道20号", 117.61301)],
    )
}

/// A desk with both lists imported: one pair waits for a decision.
fn with_duplicate() -> Desk {
    let desk = Desk::with_survey();
    desk.write("测绘院.geojson", two_estates());
    desk.write("社区.geojson", one_estate_again());
    let words = [
        "import",
        SURVEY,
        "测绘院.geojson",
        "社区.geojson",
        "--datum",
        "cgcs2000",
    ];
    desk.fine(&words);
    desk
}

/// The pair of [`with_duplicate`], decided.
fn decided(verdict: &str) -> String {
    format!("source_a,id_a,source_b,id_b,decision\n测绘院,CH-1,社区上报,SQ-1,{verdict}\n")
}
