//! A layer of streets, towns or communities as a map of division codes.

use super::{Feature, Layer};
use crate::catalogue::{Division, Divisions as Known};
use crate::model::{Boundary, DivisionCodes, DivisionsAt, Field, LonLat, Survey, Value};
use crate::model::{EstateId, ValueSource};
use geo::{BoundingRect, InteriorPoint, Intersects, MultiPolygon, Point};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use std::collections::BTreeSet;

/// A column holds codes or names if most of its values are some.
const MOST: f64 = 0.5;

type Entry = GeomWithData<Rectangle<[f64; 2]>, usize>;

/// The divisions that a layer draws, found by place.
#[derive(Debug)]
pub struct Divisions {
    areas: Vec<(String, MultiPolygon)>,
    tree: RTree<Entry>,
    /// How the codes were found.
    pub found_by: FoundBy,
    /// The features that gave no code: their number, and the text that is none.
    pub unmatched: Vec<(u32, String)>,
}

/// The column that tells the divisions apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FoundBy {
    Codes {
        column: String,
    },
    /// The names of streets or communities of the survey's county.
    Names {
        column: String,
    },
}

/// Why a layer is no map of divisions.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoDivisions {
    #[error("no polygons")]
    NoPolygons,
    /// No column holds codes, and none the names of divisions of the county.
    #[error("no codes and no known names")]
    NoCodes { columns: Vec<String> },
}

/// What a map says about a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    pub codes: DivisionCodes,
    /// Codes of one kind that all claim the place: overlapping polygons of a bad layer.
    pub ambiguous: Vec<String>,
}

impl Divisions {
    /// Reads the divisions off a layer. `county` is the code of the survey's county: names are
    /// looked for in it alone, since every second county has a 城关镇.
    ///
    /// # Errors
    /// [`NoDivisions`].
    pub fn of(layer: &Layer, known: &Known, county: Option<&str>) -> Result<Self, NoDivisions> {
        let has_area = layer
            .features
            .iter()
            .any(|f| !f.shape.polygons.0.is_empty());
        if !has_area {
            return Err(NoDivisions::NoPolygons);
        }
        let by_code = |text: &str| code_of(text, known);
        if let Some((column, _)) = best_column(layer, &by_code) {
            let name = layer.columns[column].clone();
            let found_by = FoundBy::Codes { column: name };
            return Ok(Self::by(layer, column, found_by, &by_code));
        }
        let names = best_names(layer, known, county.unwrap_or_default());
        let (column, names) = names.ok_or_else(|| NoDivisions::NoCodes {
            columns: layer.columns.clone(),
        })?;
        let name = layer.columns[column].clone();
        let found_by = FoundBy::Names { column: name };
        let by_name = |text: &str| code_of_name(&names, text);
        Ok(Self::by(layer, column, found_by, &by_name))
    }

    fn by(
        layer: &Layer,
        column: usize,
        found_by: FoundBy,
        code: &dyn Fn(&str) -> Option<String>,
    ) -> Self {
        let mut areas = Vec::new();
        let mut unmatched = Vec::new();
        for feature in layer
            .features
            .iter()
            .filter(|f| !f.shape.polygons.0.is_empty())
        {
            let text = layer.value(feature, column).unwrap_or_default();
            match code(text) {
                Some(code) => areas.push((code, feature.shape.polygons.clone())),
                None => unmatched.push((feature.number, text.to_owned())),
            }
        }
        let entry = |(index, (_, area)): (usize, &(String, MultiPolygon))| {
            let bounds = area.bounding_rect()?;
            let (min, max) = (bounds.min(), bounds.max());
            let rectangle = Rectangle::from_corners([min.x, min.y], [max.x, max.y]);
            Some(Entry::new(rectangle, index))
        };
        Self {
            tree: RTree::bulk_load(areas.iter().enumerate().filter_map(entry).collect()),
            areas,
            found_by,
            unmatched,
        }
    }

    /// Every division drawn, with its code.
    pub fn areas(&self) -> impl Iterator<Item = (&str, &MultiPolygon)> {
        self.areas.iter().map(|(code, area)| (code.as_str(), area))
    }

    /// How many polygons have a code.
    pub fn len(&self) -> usize {
        self.areas.len()
    }

    pub fn is_empty(&self) -> bool {
        self.areas.is_empty()
    }

    /// The codes around a position, and which contradict each other.
    pub fn find(&self, at: LonLat) -> Found {
        let point = Point::new(at.lon, at.lat);
        let around = AABB::from_point([at.lon, at.lat]);
        let claims: BTreeSet<&str> = self
            .tree
            .locate_in_envelope_intersecting(around)
            .map(|entry| &self.areas[entry.data])
            .filter(|(_, area)| area.intersects(&point))
            .map(|(code, _)| code.as_str())
            .collect();
        let mut found = Found::default();
        let mut ambiguous = BTreeSet::new();
        // A layer may hold counties, streets and communities at once, one around the other.
        let at_level = |digits: usize, ambiguous: &mut BTreeSet<String>| {
            let parts: BTreeSet<&str> = claims
                .iter()
                .filter_map(|code| code.get(..digits))
                .collect();
            match parts.len() {
                0 | 1 => parts.first().map(|code| (*code).to_owned()),
                _ => {
                    ambiguous.extend(parts.into_iter().map(str::to_owned));
                    None
                }
            }
        };
        found.codes.county = at_level(6, &mut ambiguous);
        if found.codes.county.is_some() {
            found.codes.street = at_level(9, &mut ambiguous);
        }
        if found.codes.street.is_some() {
            found.codes.community = at_level(12, &mut ambiguous);
        }
        found.ambiguous = ambiguous.into_iter().collect();
        found
    }

    /// The codes of every counted record with a boundary or a position, where they are blank and
    /// the map knows them: to be filled in as worked out.
    pub fn missing_codes(&self, survey: &Survey) -> Vec<(EstateId, Vec<(Field, Value)>)> {
        let counted = survey.estates().filter(|e| e.standing.is_counted());
        counted
            .filter_map(|estate| {
                let codes = match (&estate.boundary, estate.position) {
                    (Some(boundary), _) => self.at_boundary(boundary),
                    (None, Some(position)) => self.at_position(position),
                    (None, None) => return None,
                };
                let mut filled = estate.as_ref().clone();
                codes.fill(&mut filled);
                let fields = [Field::CountyCode, Field::StreetCode, Field::CommunityCodes];
                let new = fields.into_iter().filter_map(|field| {
                    let value = filled.get(&field)?;
                    (estate.get(&field).as_ref() != Some(&value)
                        && filled.source_of(&field) == ValueSource::Derived)
                        .then_some((field, value))
                });
                let new: Vec<_> = new.collect();
                (!new.is_empty()).then_some((estate.id, new))
            })
            .collect()
    }
}

impl DivisionsAt for Divisions {
    fn at_position(&self, at: LonLat) -> DivisionCodes {
        self.find(at).codes
    }

    fn at_boundary(&self, boundary: &Boundary) -> DivisionCodes {
        let inside = boundary.interior_point();
        inside.map_or_else(DivisionCodes::default, |point| {
            self.at_position(point.0.into())
        })
    }
}

/// Of the columns of a layer the one that most values fit, if most do, and how many.
fn best_column(layer: &Layer, code: &dyn Fn(&str) -> Option<String>) -> Option<(usize, usize)> {
    let areas = || {
        let has_area = |f: &&Feature| !f.shape.polygons.0.is_empty();
        layer.features.iter().filter(has_area)
    };
    let total = areas().count();
    let fits = |column: usize| {
        let values = areas().filter_map(|f| layer.value(f, column));
        let codes: Vec<String> = values.filter_map(code).collect();
        // A column that has one code throughout tells nothing apart; the longer code says more.
        let different: BTreeSet<&String> = codes.iter().collect();
        let length = codes.iter().map(String::len).max().unwrap_or_default();
        (different.len(), length, codes.len())
    };
    (0..layer.columns.len())
        .map(|column| (fits(column), column))
        .filter(|((_, _, count), _)| *count as f64 > total as f64 * MOST)
        .max_by_key(|(fit, column)| (*fit, std::cmp::Reverse(*column)))
        .map(|((_, _, count), column)| (column, count))
}

/// Names of divisions, and their codes.
type Names = Vec<(&'static str, &'static str)>;

/// The column of names, and those of its level: a street often has a community called like it, so
/// the layer is held to be of one level throughout.
fn best_names(layer: &Layer, known: &Known, county: &str) -> Option<(usize, Names)> {
    let named = |divisions: &[Division]| divisions.iter().map(|d| (d.name, d.code)).collect();
    let streets = known.inside(county);
    let communities = streets.iter().flat_map(|street| known.inside(street.code));
    let levels: [Names; 2] = [
        named(&communities.copied().collect::<Vec<_>>()),
        named(streets),
    ];
    let fits = levels.into_iter().filter_map(|names| {
        let (column, count) = best_column(layer, &|text| code_of_name(&names, text))?;
        Some((count, column, names))
    });
    let best = fits.max_by_key(|(count, ..)| *count);
    best.map(|(_, column, names)| (column, names))
}

/// `None` too where two divisions have the name: nobody knows which is meant.
fn code_of_name(names: &Names, text: &str) -> Option<String> {
    let mut fits = names.iter().filter(|(name, _)| is_same_name(name, text));
    let (_, code) = fits.next()?;
    fits.next().is_none().then(|| (*code).to_owned())
}

/// The code in a text: with zeros filled up to twelve digits, with 156 for China before, or as a
/// spreadsheet wrote the number. `None` where no county of the province begins it.
fn code_of(text: &str, known: &Known) -> Option<String> {
    let digits = text.trim().trim_end_matches(".0");
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits = match digits.strip_prefix("156") {
        Some(rest) if matches!(rest.len(), 6 | 9 | 12) => rest,
        _ => digits,
    };
    let digits = digits
        .strip_suffix("000000")
        .filter(|d| d.len() == 6)
        .unwrap_or(digits);
    let code = match digits.len() {
        12 => digits.strip_suffix("000").unwrap_or(digits),
        9 => digits.strip_suffix("000").unwrap_or(digits),
        6 => digits,
        _ => return None,
    };
    known.exists(code.get(..6)?).then(|| code.to_owned())
}

/// 滕王阁 = 滕王阁街道 = 滕王阁街道办事处; 民巷社区 = 民巷社区居委会.
fn is_same_name(known: &str, text: &str) -> bool {
    fn core(name: &str) -> &str {
        const ENDINGS: [&str; 6] = [
            "办事处",
            "居民委员会",
            "居委会",
            "村民委员会",
            "村委会",
            "街道",
        ];
        let mut core = name.trim();
        while let Some(shorter) = ENDINGS.iter().find_map(|ending| core.strip_suffix(ending)) {
            if shorter.is_empty() {
                break;
            }
            core = shorter;
        }
        core.strip_suffix("社区")
            .filter(|core| !core.is_empty())
            .unwrap_or(core)
    }
    core(known) == core(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Estate;
    use crate::progress::Progress;
    use std::sync::Arc;

    /// A layer of squares 0.1° wide, side by side from 115°E on, with these attributes.
    fn layer(properties: &[&str]) -> Layer {
        let feature = |(index, properties): (usize, &&str)| {
            let (west, east) = (115.0 + index as f64 * 0.1, 115.1 + index as f64 * 0.1);
            format!(
                r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{{"type":"Polygon",
                "coordinates":[[[{west},28],[{east},28],[{east},28.1],[{west},28.1],[{west},28]]]}}}}"#
            )
        };
        let features: Vec<_> = properties.iter().enumerate().map(feature).collect();
        let text = format!(
            r#"{{"type":"FeatureCollection","features":[{}]}}"#,
            features.join(",")
        );
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.geojson");
        std::fs::write(&path, text).unwrap();
        crate::reference::read(&path, None, None, &Progress::default()).unwrap()
    }

    fn divisions(properties: &[&str]) -> Divisions {
        Divisions::of(&layer(properties), Known::shipped(), Some("360102")).unwrap()
    }

    fn at(divisions: &Divisions, lon: f64) -> DivisionCodes {
        divisions.at_position(LonLat::new(lon, 28.05))
    }

    #[test]
    fn codes_are_recognised_in_every_spelling() {
        for (one, two) in [
            ("360102002001", "360102002002"),
            ("156360102002001", "156360102002002"),
        ] {
            let divisions = divisions(&[
                &format!(r#""OBJECTID":1,"mc":"甲","dm":"{one}""#),
                &format!(r#""OBJECTID":2,"mc":"乙","dm":{two}"#),
            ]);
            let column = "dm".to_owned();
            assert_eq!(divisions.found_by, FoundBy::Codes { column });
            assert_eq!(at(&divisions, 115.05), DivisionCodes::of("360102002001"));
            assert_eq!(at(&divisions, 115.15), DivisionCodes::of("360102002002"));
            assert_eq!(at(&divisions, 116.0), DivisionCodes::default());
        }
        let streets = divisions(&[r#""code":"360102002000""#, r#""code":"360102004000""#]);
        assert_eq!(at(&streets, 115.05), DivisionCodes::of("360102002"));
        assert_eq!(at(&streets, 115.05).community, None);
    }

    #[test]
    fn names_are_matched_within_the_county_where_there_are_no_codes() {
        let divisions = divisions(&[
            r#""id":1,"NAME":"滕王阁街道办事处""#,
            r#""id":2,"NAME":"百花洲""#,
            r#""id":3,"NAME":"无此街道""#,
        ]);
        let column = "NAME".to_owned();
        assert_eq!(divisions.found_by, FoundBy::Names { column });
        assert_eq!(at(&divisions, 115.05), DivisionCodes::of("360102002"));
        assert_eq!(at(&divisions, 115.15), DivisionCodes::of("360102004"));
        assert_eq!(divisions.unmatched, [(3, "无此街道".to_owned())]);
        let layer = layer(&[r#""NAME":"滕王阁街道""#]);
        let elsewhere = Divisions::of(&layer, Known::shipped(), None).unwrap_err();
        assert!(matches!(elsewhere, NoDivisions::NoCodes { .. }));
    }

    #[test]
    fn overlapping_polygons_are_ambiguous_down_from_where_they_differ() {
        // Both corners of the squares touch at 115.1.
        let divisions = divisions(&[r#""c":"360102002001""#, r#""c":"360102002002""#]);
        let found = divisions.find(LonLat::new(115.1, 28.05));
        assert_eq!(found.codes, DivisionCodes::of("360102002"));
        assert_eq!(found.ambiguous, ["360102002001", "360102002002"]);
    }

    #[test]
    fn records_without_codes_are_offered_theirs() {
        let divisions = divisions(&[r#""c":"360102002001""#]);
        let id = |number: u128| EstateId(uuid::Uuid::from_u128(number));
        let boundary = geo::Rect::new((115.01, 28.01), (115.02, 28.02)).to_polygon();
        let survey = Survey::from_parts(
            [
                Estate {
                    boundary: Some(Arc::new(boundary.into())),
                    ..Estate::new(id(1))
                },
                Estate {
                    position: Some(LonLat::new(115.05, 28.05)),
                    county_code: "360103".to_owned(),
                    ..Estate::new(id(2))
                },
                Estate::new(id(3)),
            ],
            [],
            [],
            Default::default(),
        );
        let missing = divisions.missing_codes(&survey);
        assert_eq!(missing.len(), 1);
        assert_eq!((missing[0].0, missing[0].1.len()), (id(1), 3));
    }

    #[test]
    fn the_counties_of_the_province_are_recognised_by_their_national_codes() {
        let path = std::path::Path::new(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../shared/testdata/admin/jiangxi_districts_fastgeocn_2026.geojson"
        ));
        if !path.exists() {
            return eprintln!("skipped: {} is absent", path.display());
        }
        let layer = crate::reference::read(path, None, None, &Progress::default()).unwrap();
        let divisions = Divisions::of(&layer, Known::shipped(), None).unwrap();
        assert_eq!(divisions.len(), 100, "{:?}", divisions.unmatched);
        let donghu = divisions.at_position(LonLat::new(115.90, 28.70));
        assert_eq!(donghu, DivisionCodes::of("360102"));
    }
}
