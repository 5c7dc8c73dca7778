//! The properties of an estate in the library. The field mapping is ours: the provincial interface
//! is not published.

use crate::catalogue::{Catalogue, RulePack};
use crate::model::{Batch, Coded, Estate, ItemCode};
use crate::rules::score::Interval;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// One estate of the library, with what the survey knows about it beside its record.
#[derive(Clone, Debug)]
pub struct LibraryEstate<'a> {
    pub estate: &'a Estate,
    /// Who published the row it came from.
    pub source: &'a str,
    /// How many records were found to be the same estate and merged into it.
    pub dup_of_count: u32,
    /// How many records lie inside it and are counted by it.
    pub part_count: u32,
    /// The ground its boundary covers, on the ellipsoid.
    pub ground_area_m2: Option<f64>,
    /// Its need score, 0–100, and the batch that it is in, in the release's year;
    /// `None` where no plan looked at it.
    pub score: Option<Interval>,
    pub batch: Option<Batch>,
    /// The keys of the checks with a finding about it, sorted.
    pub checks: Vec<&'static str>,
}

/// Which properties every feature has, so that each file has one table of columns.
#[derive(Clone, Debug)]
pub struct PropertySchema<'a> {
    rules: &'a RulePack,
    gaps: BTreeSet<ItemCode>,
}

impl<'a> PropertySchema<'a> {
    /// The catalogue's items, and those that the county's own records use besides.
    pub fn new(catalogue: &'a Catalogue, library: &[LibraryEstate]) -> Self {
        let own = library.iter().flat_map(|entry| entry.estate.gaps.keys());
        Self {
            rules: &catalogue.rules,
            gaps: catalogue
                .items
                .iter()
                .map(|i| i.code)
                .chain(own.copied())
                .collect(),
        }
    }

    /// Stable ASCII keys in a stable order; codes as strings; what was not surveyed is `null`.
    pub fn properties(&self, entry: &LibraryEstate) -> Map<String, Value> {
        let estate = entry.estate;
        let mut map = Map::new();
        let mut put = |key: &str, value: Value| drop(map.insert(key.to_owned(), value));
        put("lib_no", json!(estate.lib_no));
        put("name", text(&estate.name));
        put("aliases", json!(estate.aliases));
        put("county_code", text(&estate.county_code));
        put("street_code", text(&estate.street_code));
        put("community_code", json!(estate.community_codes));
        put("locality", code(estate.locality));
        put("address", text(&estate.address));
        put("build_year", json!(estate.build_year));
        put("year_min", json!(estate.year_min));
        put("year_max", json!(estate.year_max));
        put("year_basis", code(estate.year_basis));
        put("households", json!(estate.households));
        put("floor_area_m2", json!(estate.floor_area_m2));
        put("buildings", json!(estate.buildings));
        let tenure = (!estate.tenure.is_empty()).then_some(&estate.tenure);
        put("tenure", codes(tenure));
        put("orig_unit", text(&estate.orig_unit));
        put("residential", json!(estate.residential));
        // An empty list is the surveyor's explicit "none".
        put("exclusions", codes(estate.exclusions.as_ref()));
        put("exclusion_note", text(&estate.exclusion_note));
        for item in &self.gaps {
            let severity = estate.gaps.get(item).map(|severity| severity.degree());
            put(&format!("gap_{item}"), json!(severity));
        }
        put("willingness", code(estate.willingness));
        put("willingness_basis", code(estate.willingness_basis));
        put("sent", json!(estate.sent));
        put("returned", json!(estate.returned));
        put("agree", json!(estate.agree));
        put("oppose", json!(estate.oppose));
        put("willing_to_pay", json!(estate.willing_to_pay));
        put("willingness_date", text(&estate.willingness_date));
        put("remarks", text(&estate.remarks));
        let ground = entry
            .ground_area_m2
            .map(|area| (area * 10.0).round() / 10.0);
        put("ground_area_m2", json!(ground));
        put("dup_of_count", json!(entry.dup_of_count));
        put("part_count", json!(entry.part_count));
        let score = entry.score;
        put("score_low", json!(score.map(|it| hundredths(it.low))));
        put("score_high", json!(score.map(|it| hundredths(it.high))));
        put("batch", code(entry.batch));
        put("checks", json!(entry.checks));
        put("rule_pack", json!(self.rules.id));
        put("rule_pack_version", json!(self.rules.version));
        put("source", text(entry.source));
        let source_id = estate
            .origin
            .as_ref()
            .map(|origin| origin.source_id.as_str());
        put("source_id", text(source_id.unwrap_or_default()));
        map
    }
}

fn hundredths(score: f64) -> f64 {
    (score * 100.0).round() / 100.0
}

fn text(text: &str) -> Value {
    match text.is_empty() {
        true => Value::Null,
        false => json!(text),
    }
}

fn code<C: Coded>(value: Option<C>) -> Value {
    json!(value.map(C::key))
}

fn codes<C: Coded>(values: Option<&BTreeSet<C>>) -> Value {
    json!(values.map(|values| values.iter().map(|v| v.key()).collect::<Vec<_>>()))
}
