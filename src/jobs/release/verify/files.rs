//! Every file once: as long as released, with the same checksum, and no other beside it.

use super::super::delta;
use super::super::package::{Package, is_plain_name};
use super::super::reading::Sheet;
use super::{Looked, VerifyProblem};
use crate::formats::library::{FileEntry, MANIFEST_FILE};
use std::collections::BTreeSet;

const EXCLUDED: &[&str] = &["id", "lib_no", "name", "why"];
const DUPLICATES: &[&str] = &["id_a", "became_a", "into_a", "id_b", "became_b", "into_b"];
const ROWS: &[&str] = &[
    "list",
    "list_sha256",
    "row",
    "id",
    "lib_no",
    "name",
    "fate",
    "why",
    "into",
];

impl Looked<'_> {
    pub(super) fn files(&mut self, package: &mut Package) {
        let manifest = self.manifest;
        let mut listed = BTreeSet::new();
        for entry in &manifest.files {
            let file = entry.name.clone();
            if !is_plain_name(&file) {
                self.say(VerifyProblem::NameOutside { file });
            } else if file == MANIFEST_FILE || !listed.insert(file.clone()) {
                self.say(VerifyProblem::ListedTwice { file });
            } else {
                self.file(package, entry);
            }
        }
        for file in self.expected() {
            if !listed.contains(&file) {
                self.say(VerifyProblem::FileMissing { file });
            }
        }
        if listed.contains(delta::NAME) && manifest.delta.is_none() {
            let file = delta::NAME.to_owned();
            self.say(VerifyProblem::FileUnlisted { file });
        }
        for file in package.names() {
            if file != MANIFEST_FILE && !listed.contains(file) {
                let file = file.clone();
                self.say(VerifyProblem::FileUnlisted { file });
            }
        }
        for file in package.others() {
            let file = file.clone();
            self.say(VerifyProblem::NotAFile { file });
        }
    }

    /// What no release goes without.
    fn expected(&self) -> Vec<String> {
        let manifest = self.manifest;
        let profiles = manifest.profiles.iter().map(|entry| entry.file.clone());
        let mut expected: Vec<String> = profiles.collect();
        expected.extend(["rows.csv", "excluded.csv"].map(str::to_owned));
        if manifest.format_version >= 2 {
            let files = ["duplicates.csv", "checks.json", "reconciliation.json"];
            expected.extend(files.map(str::to_owned));
        }
        if manifest.delta.is_some() {
            expected.push(delta::NAME.to_owned());
        }
        expected
    }

    fn file(&mut self, package: &mut Package, entry: &FileEntry) {
        let file = entry.name.clone();
        match package.read(&file, entry.bytes) {
            Ok(None) => self.say(VerifyProblem::FileMissing { file }),
            // A zip whose own checksum is wrong, or a file that nobody may read.
            Err(error) => self.unreadable(&file, error.to_string()),
            Ok(Some(bytes)) => {
                if !entry.is(&bytes) {
                    self.say(VerifyProblem::FileChanged { file: file.clone() });
                }
                // Longer than it was: the rest is not read.
                if bytes.len() as u64 <= entry.bytes {
                    self.content(&file, &bytes);
                }
            }
        }
    }

    /// Looks into the files that figures stand in; of others, such as the ledger, the checksum
    /// says enough.
    fn content(&mut self, file: &str, bytes: &[u8]) {
        match file {
            "rows.csv" => self.rows = self.sheet(file, bytes, ROWS),
            "excluded.csv" => self.excluded = self.sheet(file, bytes, EXCLUDED),
            "duplicates.csv" => self.duplicates = self.sheet(file, bytes, DUPLICATES),
            "checks.json" => self.checks(file, bytes),
            "reconciliation.json" => self.reconciliation(file, bytes),
            delta::NAME => match delta::read(bytes) {
                Ok(lines) => self.delta = Some(lines),
                Err(place) => self.unreadable(file, place),
            },
            _ => {
                let profiles = &self.manifest.profiles;
                if profiles.iter().any(|profile| profile.file == file) {
                    self.library(file, bytes);
                }
            }
        }
    }

    fn sheet(&mut self, file: &str, bytes: &[u8], columns: &[&str]) -> Option<Sheet> {
        match Sheet::parse(bytes, columns) {
            Ok(sheet) => Some(sheet),
            Err(place) => {
                self.unreadable(file, place);
                None
            }
        }
    }
}
