//! The library in each profile: the same estates with the same values, the sums of the manifest,
//! and a number of its own for each.

use super::super::delta::cell;
use super::super::numbers;
use super::super::reading::{Feature, Library};
use super::{Figure, Looked, VerifyProblem};
use crate::formats::library::{Counts, MANIFEST_FILE, Profile};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Years that a number can name.
const YEARS: std::ops::RangeInclusive<u32> = 2000..=2100;

impl Looked<'_> {
    pub(super) fn library(&mut self, file: &str, bytes: &[u8]) {
        let library = match Library::parse(bytes) {
            Ok(library) => library,
            Err(place) => return self.unreadable(file, place),
        };
        self.crs(file, &library);
        self.sums_and_numbers(file, &library);
        match self.library.take() {
            None => self.library = Some((file.to_owned(), library)),
            Some((first_file, first)) => {
                self.same_estates((&first_file, &first), (file, &library));
                self.library = Some((first_file, first));
            }
        }
    }

    fn crs(&mut self, file: &str, library: &Library) {
        // RFC 7946 knows one system and names none.
        let expected = match file == Profile::Cgcs2000.file_name() {
            true => Some(Profile::Cgcs2000.crs()),
            false => None,
        };
        let is_named = library.crs.is_some();
        if library.crs_name() != expected || is_named != expected.is_some() {
            self.say(VerifyProblem::WrongCrs {
                file: file.to_owned(),
                crs: library.crs_name().unwrap_or("-").to_owned(),
            });
        }
    }

    fn sums_and_numbers(&mut self, file: &str, library: &Library) {
        let mut counts = Counts::default();
        let (mut ids, mut lib_nos) = (BTreeSet::new(), BTreeSet::new());
        for feature in &library.features {
            let properties = feature.properties();
            counts.add(
                properties.get("households").and_then(Value::as_u64),
                properties.get("buildings").and_then(Value::as_u64),
                properties.get("floor_area_m2").and_then(Value::as_f64),
            );
            let (file, estate) = (file.to_owned(), title(&feature.id, &properties));
            if !ids.insert(&feature.id) {
                let (file, estate) = (file.clone(), estate.clone());
                self.say(VerifyProblem::EstateTwice { file, estate });
            }
            self.rules_of(&file, &estate, &properties);
            let lib_no = cell(properties.get("lib_no"));
            if lib_no.is_empty() {
                if !self.manifest.draft {
                    self.say(VerifyProblem::NumberMissing { file, estate });
                }
            } else if !is_number(&lib_no) {
                self.say(VerifyProblem::NumberMalformed {
                    file,
                    estate,
                    lib_no,
                });
            } else if !lib_nos.insert(lib_no.clone()) {
                self.say(VerifyProblem::NumberTwice {
                    file,
                    estate,
                    lib_no,
                });
            }
        }
        self.sums(file, &counts);
    }

    fn rules_of(&mut self, file: &str, estate: &str, properties: &Map<String, Value>) {
        let pack = &self.manifest.rule_pack;
        for (field, expected) in [
            ("rule_pack", &pack.id),
            ("rule_pack_version", &pack.version),
        ] {
            if cell(properties.get(field)) != *expected {
                self.say(VerifyProblem::EstateDiffers {
                    file: file.to_owned(),
                    estate: estate.to_owned(),
                    field: field.to_owned(),
                    other: MANIFEST_FILE.to_owned(),
                });
            }
        }
    }

    fn sums(&mut self, file: &str, counts: &Counts) {
        let expected = &self.manifest.counts;
        let lacking = |counts: &Counts| {
            let lacking = &counts.not_surveyed;
            [lacking.households, lacking.buildings, lacking.floor_area_m2]
        };
        for (figure, found, expected) in [
            (Figure::Estates, counts.estates, expected.estates),
            (Figure::Households, counts.households, expected.households),
            (Figure::Buildings, counts.buildings, expected.buildings),
        ] {
            self.compare(file, figure, found, expected);
        }
        let (here, there) = (counts.floor_area_m2, expected.floor_area_m2);
        // The order of adding may turn the last digit.
        if (here - there).abs() > there.abs().max(1.0) * 1e-9 {
            self.say(VerifyProblem::FigureDiffers {
                file: file.to_owned(),
                figure: Figure::FloorArea,
                found: here.to_string(),
                expected: there.to_string(),
            });
        }
        let pairs = lacking(counts).into_iter().zip(lacking(expected));
        for (found, expected) in pairs {
            self.compare(file, Figure::NotSurveyed, found, expected);
        }
    }

    fn same_estates(&mut self, first: (&str, &Library), second: (&str, &Library)) {
        let ((file, here), (other, there)) =
            ((first.0, first.1.by_id()), (second.0, second.1.by_id()));
        self.lacking((file, &here), (other, &there));
        self.lacking((other, &there), (file, &here));
        for (id, one) in &here {
            let Some(twin) = there.get(id) else { continue };
            for field in differing(one, twin) {
                self.say(VerifyProblem::EstateDiffers {
                    file: other.to_owned(),
                    estate: title(id, &one.properties()),
                    field,
                    other: file.to_owned(),
                });
            }
        }
    }

    /// The estates of `holding` that `file` lacks.
    fn lacking(
        &mut self,
        (file, here): (&str, &BTreeMap<&str, &Feature>),
        (other, holding): (&str, &BTreeMap<&str, &Feature>),
    ) {
        for (id, feature) in holding.iter().filter(|(id, _)| !here.contains_key(*id)) {
            self.say(VerifyProblem::EstateMissing {
                file: file.to_owned(),
                estate: title(id, &feature.properties()),
                other: other.to_owned(),
            });
        }
    }
}

/// The fields in which two profiles hold an estate differently.
fn differing(one: &Feature, other: &Feature) -> Vec<String> {
    let mut fields = Vec::new();
    // Both profiles write a boundary alike, to the letter.
    if one.geometry.get() != other.geometry.get() {
        fields.push("geometry".to_owned());
    }
    if one.properties.get() != other.properties.get() {
        let (here, there) = (one.properties(), other.properties());
        let keys: BTreeSet<&String> = here.keys().chain(there.keys()).collect();
        let differs = |key: &&&String| here.get(**key) != there.get(**key);
        fields.extend(keys.iter().filter(differs).map(|key| (*key).clone()));
    }
    fields
}

/// An estate in a sentence: its name, else its key.
pub(super) fn title(id: &str, properties: &Map<String, Value>) -> String {
    match cell(properties.get("name")) {
        name if name.is_empty() => id.to_owned(),
        name => name,
    }
}

/// County (6), year (4) and sequence (5), from 1.
fn is_number(lib_no: &str) -> bool {
    let Some((prefix, sequence)) = numbers::split(lib_no) else {
        return false;
    };
    let year = prefix.get(6..).and_then(|year| year.parse().ok());
    sequence > 0 && year.is_some_and(|year| YEARS.contains(&year))
}
