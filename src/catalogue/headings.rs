//! Which field a column of somebody's list is for, read off its heading.
//!
//! The headings are data (`data/catalogue/fields.json`): a county adds its own. What comes out is
//! a guess with its reason, shown for confirmation; nothing is guessed from the cells.

use super::cell_words::{CellWords, CellWordsFile};
use super::fold::{bracket_content, heading_with_brackets, heading_without_brackets};
use super::{CatalogueError, Items, Utility, parse};
use crate::model::{BuildingField, Coded, Crs, Datum, Field};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What a column of a list is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    Field(Field),
    /// A field of a building, in a list of buildings.
    Building(BuildingField),
    Lon,
    Lat,
    /// Who published the row.
    Source,
    /// The publisher's own key of the row.
    SourceId,
    /// No field: its values are kept under "other".
    Ignore,
}

impl Target {
    /// The stable ASCII key, as `--map` and the import record carry it.
    pub fn key(self) -> String {
        match self {
            Self::Field(field) => field.key(),
            Self::Building(field) => format!("{BUILDING}{}", field.key()),
            Self::Lon => "lon".to_owned(),
            Self::Lat => "lat".to_owned(),
            Self::Source => "source".to_owned(),
            Self::SourceId => "source_id".to_owned(),
            Self::Ignore => "ignore".to_owned(),
        }
    }

    /// The target with this key. A boundary comes from a geometry, never from a column.
    pub fn from_key(key: &str) -> Option<Self> {
        match key {
            "lon" => Some(Self::Lon),
            "lat" => Some(Self::Lat),
            "source" => Some(Self::Source),
            "source_id" => Some(Self::SourceId),
            "ignore" => Some(Self::Ignore),
            key if key.starts_with(BUILDING) => BuildingField::from_key(&key[BUILDING.len()..])
                .filter(|field| *field != BuildingField::Footprint)
                .map(Self::Building),
            _ => Field::from_key(key)
                .filter(|field| *field != Field::Boundary)
                .map(Self::Field),
        }
    }

    /// The same as somebody outside gives it: no gap of an item that is not among `items`.
    pub fn given(key: &str, items: &Items) -> Option<Self> {
        Self::from_key(key).filter(|target| match target {
            Self::Field(Field::Gap(code)) => items.get(*code).is_some(),
            _ => true,
        })
    }
}

/// What the keys of a building's fields begin with.
const BUILDING: &str = "building.";

/// Why a column is taken for a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    pub target: Target,
    /// The known heading that the column's own is, or comes down to.
    pub known_as: String,
    pub likeness: Likeness,
}

/// How near a column's heading is to a known one, nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The same but for width, case, spaces and punctuation.
    Same,
    /// The same without its number, its unit or what stands in brackets.
    Shortened,
}

/// The known headings, and the words that cells use.
#[derive(Clone, Debug)]
pub struct Headings {
    known: BTreeMap<String, Known>,
    datum_words: Vec<(String, Datum)>,
    pub words: CellWords,
}

#[derive(Clone, Debug)]
struct Known {
    target: Target,
    measure: Measure,
    /// How early it stands among the headings of its target.
    rank: usize,
    heading: String,
}

/// What the numbers below a heading of positions are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    /// Also of everything that is no position.
    Degrees,
    Metres,
    /// X and Y may be either, and X the one to the north: the numbers tell.
    Either,
}

impl Measure {
    /// How well it fits the declared system, best first; `None` where it does not. Metres are
    /// looked for only where they were declared: 东 and 北 head the neighbours of an estate too.
    fn fit(self, declared: Option<Crs>) -> Option<u8> {
        let in_degrees = matches!(declared, None | Some(Crs::Degrees(_)));
        match (self, in_degrees) {
            (Self::Degrees, true) | (Self::Metres, false) => Some(0),
            (Self::Either, _) => Some(1),
            (Self::Degrees, false) => Some(2),
            (Self::Metres, true) => None,
        }
    }
}

#[derive(Deserialize)]
struct File {
    fields: BTreeMap<String, Vec<String>>,
    building_fields: BTreeMap<String, Vec<String>>,
    leading_items: BTreeMap<String, Vec<String>>,
    longitude: Vec<String>,
    latitude: Vec<String>,
    easting: Vec<String>,
    northing: Vec<String>,
    first_axis: Vec<String>,
    second_axis: Vec<String>,
    source: Vec<String>,
    source_id: Vec<String>,
    datum_words: BTreeMap<String, Vec<String>>,
    #[serde(flatten)]
    words: CellWordsFile,
}

const FILE: &str = "data/catalogue/fields.json";
const SHIPPED: &str = include_str!("../../data/catalogue/fields.json");

impl Headings {
    /// Of a list of estates.
    pub(super) fn shipped(items: &Items) -> Result<Self, CatalogueError> {
        Self::from_json(SHIPPED, items)
    }

    fn from_json(text: &str, items: &Items) -> Result<Self, CatalogueError> {
        let file: File = parse(FILE, text)?;
        let mut known = KnownHeadings::default();
        for (key, headings) in &file.fields {
            let target = Target::from_key(key).ok_or_else(|| wrong(format!("no field '{key}'")))?;
            known.add(target, headings);
        }
        for utility in Utility::ESSENTIAL {
            let headings = file.leading_items.get(utility.key());
            if let (Some(item), Some(headings)) = (items.leading(utility), headings) {
                known.add(Target::Field(Field::Gap(item.code)), headings);
            }
        }
        for item in items.iter() {
            let field = Field::Gap(item.code);
            let own = [
                item.code.to_string(),
                field.key(),
                item.zh.clone(),
                item.en.clone(),
            ];
            known.add(Target::Field(field), &own);
        }
        Self::of(file, known)
    }

    /// Of a list of buildings.
    pub(super) fn shipped_for_buildings() -> Result<Self, CatalogueError> {
        let file: File = parse(FILE, SHIPPED)?;
        let mut known = KnownHeadings::default();
        for (key, headings) in &file.building_fields {
            let target = Target::from_key(&format!("{BUILDING}{key}"))
                .ok_or_else(|| wrong(format!("no field '{key}' of a building")))?;
            known.add(target, headings);
        }
        Self::of(file, known)
    }

    fn of(file: File, mut known: KnownHeadings) -> Result<Self, CatalogueError> {
        for (target, measure, headings) in [
            (Target::Lon, Measure::Degrees, &file.longitude),
            (Target::Lat, Measure::Degrees, &file.latitude),
            (Target::Lon, Measure::Metres, &file.easting),
            (Target::Lat, Measure::Metres, &file.northing),
            (Target::Lon, Measure::Either, &file.first_axis),
            (Target::Lat, Measure::Either, &file.second_axis),
        ] {
            known.add_positions(target, measure, headings);
        }
        known.add(Target::Source, &file.source);
        known.add(Target::SourceId, &file.source_id);
        if let Some((heading, one, other)) = known.claimed_twice {
            return Err(wrong(format!("'{heading}' stands for {one} and {other}")));
        }
        let mut datum_words = Vec::new();
        for (key, words) in &file.datum_words {
            let datum = Datum::from_key(key).ok_or_else(|| wrong(format!("no datum '{key}'")))?;
            datum_words.extend(
                words
                    .iter()
                    .map(|word| (heading_without_brackets(word), datum)),
            );
        }
        // The longest word first, so that 'bd09' is not read as 'bd' and a rest.
        datum_words.sort_by_key(|(word, _)| (std::cmp::Reverse(word.len()), word.clone()));
        Ok(Self {
            known: known.by_heading,
            datum_words,
            words: CellWords::of_file(file.words).map_err(wrong)?,
        })
    }

    /// One guess or none for each column, no target given twice.
    ///
    /// Of several columns for one target the better-known heading wins, the other stays without
    /// a guess. Where a list gives its positions in several systems, `declared` chooses among them.
    pub fn guess(&self, columns: &[String], declared: Option<Crs>) -> Vec<Option<Guess>> {
        let claim = |column: &String| {
            let claim = self.claim(column)?;
            claim.measure.fit(declared).map(|fit| (fit, claim))
        };
        let claims: Vec<Option<(u8, Claim)>> = columns.iter().map(claim).collect();
        let pair_datum = datum_of_positions(&claims, declared.map(Crs::datum));
        let mut best: BTreeMap<Target, (ClaimOrder, usize)> = BTreeMap::new();
        for (index, claim) in claims.iter().enumerate() {
            let Some((fit, claim)) = claim else { continue };
            let other_datum = claim.is_position() && claim.datum != pair_datum;
            let order = (*fit, other_datum, claim.guess.likeness, claim.rank);
            match best.get(&claim.guess.target) {
                Some((found, _)) if *found <= order => {}
                _ => {
                    best.insert(claim.guess.target, (order, index));
                }
            }
        }
        claims
            .into_iter()
            .enumerate()
            .map(|(index, claim)| {
                claim
                    .map(|(_, claim)| claim.guess)
                    .filter(|guess| best.get(&guess.target).is_some_and(|(_, i)| *i == index))
            })
            .collect()
    }

    /// The datum that a longitude or latitude heading names ("lon_bd09"): shown beside the
    /// question for the datum, never an answer to it.
    pub fn datum_hint(&self, column: &str) -> Option<Datum> {
        self.claim(column)
            .filter(|claim| claim.measure == Measure::Degrees)
            .and_then(|claim| claim.datum)
    }

    /// Square metres in one unit of a floor-area column: "建筑面积（万㎡）" counts in 10,000.
    pub fn area_unit_m2(&self, column: &str) -> Option<f64> {
        bracket_content(column)
            .and_then(|unit| self.words.area_unit_m2(&unit))
            .or_else(|| {
                let (_, factor) = self
                    .words
                    .split_area_unit(&heading_without_brackets(column))?;
                Some(factor)
            })
    }

    /// The best-known heading of a field, as a list of ours bears it; its key where there is none.
    pub fn written(&self, field: Field) -> String {
        let known = self.known.values();
        known
            .filter(|known| known.target == Target::Field(field))
            .min_by_key(|known| known.rank)
            .map_or_else(|| field.key(), |known| known.heading.clone())
    }

    fn claim(&self, column: &str) -> Option<Claim> {
        let found = |text: &str, likeness, datum| {
            self.known.get(text).map(|known| Claim {
                guess: Guess {
                    target: known.target,
                    known_as: known.heading.clone(),
                    likeness,
                },
                rank: known.rank,
                measure: known.measure,
                datum,
            })
        };
        if let Some(claim) = found(&heading_with_brackets(column), Likeness::Same, None) {
            return Some(claim);
        }
        let in_a_datum = self.without_datum_word(column).and_then(|(rest, datum)| {
            found(&rest, Likeness::Shortened, Some(datum)).filter(Claim::is_position)
        });
        if in_a_datum.is_some() {
            return in_a_datum;
        }
        let folded = heading_without_brackets(column);
        let unnumbered = folded.trim_start_matches(|c: char| c.is_ascii_digit());
        let without_unit = self.words.split_area_unit(unnumbered).map(|(rest, _)| rest);
        [Some(folded.as_str()), Some(unnumbered), without_unit]
            .into_iter()
            .flatten()
            .find_map(|text| found(text, Likeness::Shortened, None))
    }

    fn without_datum_word(&self, column: &str) -> Option<(String, Datum)> {
        let whole = heading_with_brackets(column);
        self.datum_words.iter().find_map(|(word, datum)| {
            let rest = whole
                .strip_suffix(word.as_str())
                .or_else(|| whole.strip_prefix(word.as_str()))?;
            Some((rest.to_owned(), *datum))
        })
    }
}

/// Longitude and latitude must be of one datum: the declared one if the list has it, else one
/// numerically the same, else one that no heading names, else the first.
fn datum_of_positions(claims: &[Option<(u8, Claim)>], declared: Option<Datum>) -> Option<Datum> {
    let named = |target: Target| {
        claims
            .iter()
            .flatten()
            .filter(move |(_, claim)| claim.guess.target == target)
            .map(|(_, claim)| claim.datum)
    };
    let complete = named(Target::Lon).filter(|datum| named(Target::Lat).any(|d| d == *datum));
    let is_storage = |datum: Datum| matches!(datum, Datum::Wgs84 | Datum::Cgcs2000);
    complete
        .min_by_key(|datum| match (*datum, declared) {
            (Some(named), Some(declared)) if named == declared => 0,
            (Some(named), Some(declared)) if is_storage(named) && is_storage(declared) => 1,
            (None, _) => 2,
            (Some(_), _) => 3,
        })
        .flatten()
}

fn wrong(reason: String) -> CatalogueError {
    CatalogueError {
        file: FILE.to_owned(),
        reason,
    }
}

/// How well the measure fits; whether it is of another datum than the position pair; likeness;
/// rank.
type ClaimOrder = (u8, bool, Likeness, usize);

struct Claim {
    guess: Guess,
    rank: usize,
    measure: Measure,
    datum: Option<Datum>,
}

impl Claim {
    fn is_position(&self) -> bool {
        matches!(self.guess.target, Target::Lon | Target::Lat)
    }
}

#[derive(Default)]
struct KnownHeadings {
    by_heading: BTreeMap<String, Known>,
    claimed_twice: Option<(String, String, String)>,
}

impl KnownHeadings {
    fn add(&mut self, target: Target, headings: &[String]) {
        self.add_positions(target, Measure::Degrees, headings);
    }

    fn add_positions(&mut self, target: Target, measure: Measure, headings: &[String]) {
        for (rank, heading) in headings.iter().enumerate() {
            let known = Known {
                target,
                measure,
                rank,
                heading: heading.clone(),
            };
            for folded in [
                heading_with_brackets(heading),
                heading_without_brackets(heading),
            ] {
                match self.by_heading.get(&folded) {
                    Some(earlier) if earlier.target != target => {
                        let both = (heading.clone(), earlier.target.key(), target.key());
                        self.claimed_twice.get_or_insert(both);
                    }
                    Some(_) => {}
                    None => {
                        self.by_heading.insert(folded, known.clone());
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    fn guessed(columns: &[&str], declared: Option<Crs>) -> Vec<String> {
        let columns: Vec<String> = columns.iter().map(|c| (*c).to_owned()).collect();
        Catalogue::shipped()
            .headings
            .guess(&columns, declared)
            .into_iter()
            .map(|guess| guess.map_or_else(|| "·".to_owned(), |guess| guess.target.key()))
            .collect()
    }

    #[test]
    fn headings_of_real_lists_are_known() {
        for (heading, key) in [
            ("小区名称", "name"),
            ("★ 小区名称", "name"),
            ("1.小区名称", "name"),
            ("Estate Name", "name"),
            ("建成年份", "build_year"),
            ("建成时间（年）", "build_year"),
            ("总户数(户)", "households"),
            ("户　数", "households"),
            ("door_count", "households"),
            ("buiding_count", "buildings"),
            ("建筑面积（万㎡）", "floor_area_m2"),
            ("建筑面积万平方米", "floor_area_m2"),
            ("产权性质", "tenure"),
            ("坐落", "address"),
            ("经度", "lon"),
            ("lon_bd09", "lon"),
            ("WGS84纬度", "lat"),
            ("纬度(百度)", "lat"),
            ("县（市、区）代码", "county_code"),
            ("供水", "gap.C05"),
            ("电", "gap.C04"),
            ("道路", "gap.C12"),
            ("燃气", "gap.C06"),
            ("gap.C09", "gap.C09"),
            ("c10", "gap.C10"),
            ("加装电梯", "gap.B10"),
            ("osm_id", "source_id"),
            ("物业公司名称", "·"),
            ("联系电话", "·"),
            ("街道", "·"),
            ("", "·"),
        ] {
            assert_eq!(guessed(&[heading], None), [key], "{heading}");
        }
    }

    #[test]
    fn every_field_answers_to_its_own_key() {
        for field in Field::PLAIN.iter().filter(|f| **f != Field::Boundary) {
            assert_eq!(guessed(&[&field.key()], None), [field.key()]);
        }
    }

    #[test]
    fn of_two_columns_for_one_field_the_better_known_wins() {
        assert_eq!(guessed(&["名称", "小区名称"], None), ["·", "name"]);
        assert_eq!(guessed(&["户数", "总户数"], None), ["households", "·"]);
        assert_eq!(guessed(&["id", "source_id"], None), ["·", "source_id"]);
    }

    #[test]
    fn the_declared_datum_chooses_among_positions_and_both_are_of_one_datum() {
        let columns = ["lon_bd09", "lat_bd09", "lon_wgs84", "lat_wgs84"];
        let bd09 = ["lon", "lat", "·", "·"];
        let wgs84 = ["·", "·", "lon", "lat"];
        assert_eq!(guessed(&columns, None), bd09);
        assert_eq!(guessed(&columns, Some(Crs::Degrees(Datum::Bd09))), bd09);
        assert_eq!(guessed(&columns, Some(Crs::Degrees(Datum::Wgs84))), wgs84);
        assert_eq!(
            guessed(&columns, Some(Crs::Degrees(Datum::Cgcs2000))),
            wgs84
        );
        let halves = ["lon_bd09", "lat_wgs84", "lon_wgs84"];
        let declared = Some(Crs::Degrees(Datum::Bd09));
        assert_eq!(guessed(&halves, declared), ["·", "lat", "lon"]);
    }

    #[test]
    fn metres_are_looked_for_where_they_were_declared() {
        let gk = Some(Crs::named("gk117").unwrap());
        for (columns, declared, expected) in [
            (["经度", "纬度", "X", "Y"], gk, ["·", "·", "lon", "lat"]),
            (["经度", "纬度", "X", "Y"], None, ["lon", "lat", "·", "·"]),
            (["X", "Y", "横坐标", "纵坐标"], gk, ["·", "·", "lon", "lat"]),
            (["东", "南", "西", "北"], None, ["·", "·", "·", "·"]),
            (["东(m)", "北(m)", "a", "b"], gk, ["lon", "lat", "·", "·"]),
            (
                ["纵坐标X", "横坐标Y", "a", "b"],
                gk,
                ["lat", "lon", "·", "·"],
            ),
            (
                ["POINT_X", "POINT_Y", "a", "b"],
                None,
                ["lon", "lat", "·", "·"],
            ),
        ] {
            assert_eq!(guessed(&columns, declared), expected, "{columns:?}");
        }
    }

    #[test]
    fn a_heading_may_hint_at_a_datum_and_a_unit() {
        let headings = Catalogue::shipped().headings;
        for (column, datum) in [
            ("lon_bd09", Some(Datum::Bd09)),
            ("经度（高德）", Some(Datum::Gcj02)),
            ("GPS经度", Some(Datum::Wgs84)),
            ("lat_cgcs2000", Some(Datum::Cgcs2000)),
            ("lon", None),
            ("name_bd09", None),
        ] {
            assert_eq!(headings.datum_hint(column), datum, "{column}");
        }
        for (column, factor) in [
            ("建筑面积（万㎡）", Some(10_000.0)),
            ("建筑面积(平方米)", Some(1.0)),
            ("建筑面积万平方米", Some(10_000.0)),
            ("floor_area_m2", Some(1.0)),
            ("建筑面积", None),
        ] {
            assert_eq!(headings.area_unit_m2(column), factor, "{column}");
        }
    }

    #[test]
    fn a_heading_that_stands_for_two_fields_is_refused() {
        let items = Items::shipped().unwrap();
        let text = include_str!("../../data/catalogue/fields.json").replacen(
            "\"aliases\": [",
            "\"aliases\": [\"小区名称\", ",
            1,
        );
        let error = Headings::from_json(&text, &items).unwrap_err();
        assert!(error.reason.contains("小区名称"), "{error}");
    }
}
