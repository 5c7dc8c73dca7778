//! What the offices hand in: drawings of the estates, some of them drawn twice.

use super::estates::{Estate, Values};
use super::ground;
use super::random::Random;
use super::{blocks, estates};
use geo::{BooleanOps, BoundingRect, Centroid, Coord, MapCoords, MultiPolygon};
use jiugai::geodesy;
use jiugai::model::{Datum, LonLat};
use serde_json::{Value, json};

/// A row of one of the lists, and what it truly is.
pub struct Record {
    pub source: &'static str,
    pub source_id: String,
    pub values: Values,
    /// In degrees of WGS 84, as its file declares.
    pub shape: Option<MultiPolygon>,
    /// The boundary that the demonstration draws for a row that has none.
    pub drawn_later: Option<MultiPolygon>,
    /// In degrees of WGS 84, where the row gives a point.
    pub position: Option<Coord>,
    /// The key of the estate it shows.
    pub estate: String,
    pub extent: Extent,
}

/// How much of its estate a record shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Extent {
    Whole,
    /// What lies in one of the two communities that share the estate.
    Half,
    /// A block or a court inside, with its name.
    Part(&'static str),
}

pub const SURVEY_OFFICE: &str = "测绘院";
const STREET_OFFICE: &str = "街道上报";
const COMMUNITY: &str = "社区上报";
const YEARLY_PLAN: &str = "2019年计划";

impl Record {
    pub fn name(&self) -> &str {
        self.values
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or("")
    }

    /// Its boundary, once all are drawn.
    pub fn outline(&self) -> Option<&MultiPolygon> {
        self.shape.as_ref().or(self.drawn_later.as_ref())
    }

    /// The middle of its boundary, else the point it gives.
    pub fn anchor(&self) -> Option<Coord> {
        match self.outline() {
            Some(shape) => shape.centroid().map(|point| point.0),
            None => self.position,
        }
    }
}

/// The survey office's own drawings, one for each estate it found.
pub fn drawings(estates: &[Estate]) -> Vec<Record> {
    let drawn = estates.iter().filter(|estate| !estate.has("undrawn"));
    (1..)
        .zip(drawn)
        .map(|(number, estate)| {
            let mut record = Record {
                source: SURVEY_OFFICE,
                source_id: format!("CH-{number:03}"),
                values: estate.told.clone(),
                shape: Some(first_drawing(estate)),
                drawn_later: None,
                position: None,
                estate: estate.key.clone(),
                extent: Extent::Whole,
            };
            // Where two communities share an estate, the drawing names the western one.
            let codes = estate.text_of("community_code");
            if let Some((first, _)) = codes.split_once(';') {
                record
                    .values
                    .insert("community_code".to_owned(), json!(first));
            }
            record
        })
        .collect()
}

fn first_drawing(estate: &Estate) -> MultiPolygon {
    match estate.key.as_str() {
        // Shared by two communities, and each has drawn its half.
        "c5r2a" => ground::place_all(&halves(estate)[0]),
        // Drawn carelessly over the wall of its western neighbour.
        "c8r3b" => {
            let strip = blocks::bounds(&estate.board.0[0]);
            let over = blocks::rectangle(
                strip.min.x - 17.0,
                strip.min.y + 12.0,
                strip.min.x + 40.0,
                strip.max.y - 30.0,
            );
            ground::place_all(&estate.board.union(&MultiPolygon(vec![over])))
        }
        _ => estate.shape.clone(),
    }
}

/// West and east of the lane.
fn halves(estate: &Estate) -> [MultiPolygon; 2] {
    let mut parts = estate.board.0.clone();
    parts.sort_by(|a, b| blocks::bounds(a).min.x.total_cmp(&blocks::bounds(b).min.x));
    let east = parts.split_off(1);
    [MultiPolygon(parts), MultiPolygon(east)]
}

/// How a second drawing differs from the first.
enum Hand {
    /// Every corner off by up to so many metres.
    Unsteady(f64),
    /// A rectangle around it, so many metres too wide.
    Rectangle(f64),
    /// Only this much of it, from the west.
    Share(f64),
    /// The very same outline.
    Traced,
    /// Digitised from an online map, whose datum was taken for WGS 84.
    Gcj02,
    /// One house with its yard.
    House(usize),
    /// The south-east quarter.
    Quarter,
    /// The half east of the lane.
    EastHalf,
    /// Its northern part together with ground of somebody else's.
    Beside,
}

struct Copy {
    of: &'static str,
    name: &'static str,
    source: &'static str,
    hand: Hand,
    extent: Extent,
    years_off: i32,
}

const fn copy(
    of: &'static str,
    name: &'static str,
    source: &'static str,
    hand: Hand,
    extent: Extent,
    years_off: i32,
) -> Copy {
    Copy {
        of,
        name,
        source,
        hand,
        extent,
        years_off,
    }
}

/// The planted second drawings: for each way a duplicate comes about in practice one or two.
const COPIES: [Copy; 13] = [
    // Another suffix.
    copy(
        "c0r5a",
        "西苑花园",
        STREET_OFFICE,
        Hand::Unsteady(2.5),
        Extent::Whole,
        0,
    ),
    // 宿舍 for 家属院, drawn as a rectangle.
    copy(
        "c3r5a",
        "水泥厂宿舍",
        STREET_OFFICE,
        Hand::Rectangle(6.0),
        Extent::Whole,
        1,
    ),
    // Renamed, at the same road and number.
    copy(
        "c8r4a",
        "县农资公司宿舍",
        COMMUNITY,
        Hand::Unsteady(3.0),
        Extent::Whole,
        0,
    ),
    // The full name of the employer, and a third of the ground forgotten.
    copy(
        "c2r1b",
        "县第一中学家属院",
        STREET_OFFICE,
        Hand::Share(0.64),
        Extent::Whole,
        -1,
    ),
    // Shifted by the datum of an online map.
    copy(
        "c5r6a",
        "棉纺厂职工住宅区",
        COMMUNITY,
        Hand::Gcj02,
        Extent::Whole,
        0,
    ),
    // From an earlier year's plan.
    copy(
        "c2r4a",
        "解放新村",
        YEARLY_PLAN,
        Hand::Traced,
        Extent::Whole,
        0,
    ),
    copy(
        "c5r1c",
        "育才花园",
        YEARLY_PLAN,
        Hand::Unsteady(3.0),
        Extent::Whole,
        -1,
    ),
    // One house, and a court with a name of its own.
    copy(
        "c4r5a",
        "北门新村12栋",
        COMMUNITY,
        Hand::House(11),
        Extent::Part("12栋"),
        0,
    ),
    copy(
        "c7r5a",
        "银杏花园玫瑰苑",
        STREET_OFFICE,
        Hand::Quarter,
        Extent::Part("玫瑰苑"),
        1,
    ),
    copy(
        "c9r4a",
        "工农新村3号楼",
        COMMUNITY,
        Hand::House(2),
        Extent::Part("3号楼"),
        0,
    ),
    // Filed by two communities: once drawn whole by both, once by halves.
    copy(
        "c6r3a",
        "滨河花园",
        COMMUNITY,
        Hand::Unsteady(5.0),
        Extent::Half,
        0,
    ),
    copy(
        "c5r2a",
        "安居小区",
        COMMUNITY,
        Hand::EastHalf,
        Extent::Half,
        0,
    ),
    // 林 for 琳, another year, a third of the ground: only a visit tells.
    copy(
        "c6r1b",
        "林苑小区",
        STREET_OFFICE,
        Hand::Beside,
        Extent::Whole,
        -8,
    ),
];

pub fn copies(seed: u64, estates: &[Estate]) -> Result<Vec<Record>, String> {
    let mut numbers = std::collections::BTreeMap::new();
    let mut records = Vec::new();
    for copy in &COPIES {
        let estate = estates
            .iter()
            .find(|estate| estate.key == copy.of)
            .ok_or_else(|| format!("no estate {} to draw again", copy.of))?;
        let mut random = Random::named(seed, copy.name);
        let number = numbers.entry(copy.source).or_insert(0);
        *number += 1;
        let prefix = match copy.source {
            STREET_OFFICE => "JD",
            COMMUNITY => "SQ",
            _ => "JH",
        };
        records.push(Record {
            source: copy.source,
            source_id: format!("{prefix}-{number:02}"),
            values: copied_values(copy, estate, &mut random),
            shape: Some(copied_shape(copy, estate, &mut random)),
            drawn_later: None,
            position: None,
            estate: estate.key.clone(),
            extent: copy.extent.clone(),
        });
    }
    Ok(records)
}

fn copied_values(copy: &Copy, estate: &Estate, random: &mut Random) -> Values {
    let mut values = Values::new();
    values.insert("name".into(), json!(copy.name));
    values.insert("county_code".into(), json!(estates::COUNTY));
    let codes = estate.text_of("community_code");
    let code = codes.split(';').next_back().unwrap_or(codes);
    values.insert("community_code".into(), json!(code));
    // 林苑小区 came without an address: that is half of why it is unclear.
    if !matches!(copy.hand, Hand::Beside) {
        values.insert("address".into(), json!(estate.address()));
    }
    values.insert(
        "build_year".into(),
        json!(estate.first_year + copy.years_off),
    );
    let households = estate.number_of("households");
    let houses = estate.number_of("buildings").max(1);
    let (households, houses) = match (&copy.extent, &copy.hand) {
        (Extent::Part(_), Hand::House(_)) => (households / houses, 1),
        (Extent::Part(_), _) => (households / 4, houses / 4),
        (_, Hand::Beside) => (households / 2, houses / 2),
        _ => (
            (f64::from(households) * random.between(0.98, 1.03)) as u32,
            houses,
        ),
    };
    values.insert("households".into(), json!(households));
    values.insert("buildings".into(), json!(houses.max(1)));
    values
}

fn copied_shape(copy: &Copy, estate: &Estate, random: &mut Random) -> MultiPolygon {
    let board = &estate.board;
    let part = blocks::bounds(&board.0[0]);
    let (min, max) = board
        .bounding_rect()
        .map_or((part.min, part.max), |rect| (rect.min(), rect.max()));
    let rectangle = |west: f64, south: f64, east: f64, north: f64| {
        MultiPolygon(vec![blocks::rectangle(west, south, east, north)])
    };
    let drawn = match copy.hand {
        Hand::Traced => return estate.shape.clone(),
        Hand::Gcj02 => {
            return estate.shape.map_coords(|at| {
                let shifted = geodesy::datum::from_storage(Datum::Gcj02, LonLat::from(at));
                Coord {
                    x: ground::round7(shifted.x),
                    y: ground::round7(shifted.y),
                }
            });
        }
        Hand::Unsteady(most) => {
            // The first and last corner of a ring are one: shake by position, not by turn.
            let shake = random.between(1.0, 9.0);
            board.map_coords(|at| Coord {
                x: at.x + most * (at.y * 0.37 + at.x * 0.11 + shake).sin(),
                y: at.y + most * (at.x * 0.29 - at.y * 0.17 + shake).sin(),
            })
        }
        Hand::Rectangle(margin) => rectangle(
            min.x - margin,
            min.y - margin,
            max.x + margin,
            max.y + margin,
        ),
        Hand::Share(share) => {
            let east = min.x + (max.x - min.x) * share;
            board.intersection(&rectangle(min.x - 1.0, min.y - 1.0, east, max.y + 1.0))
        }
        Hand::House(index) => {
            let house = blocks::bounds(&estate.houses[index % estate.houses.len()]);
            rectangle(
                house.min.x - 3.0,
                house.min.y - 4.0,
                house.max.x + 3.0,
                house.max.y + 4.0,
            )
        }
        Hand::Quarter => {
            let middle = (min + max) / 2.0;
            board.intersection(&rectangle(middle.x, min.y + 2.0, max.x - 2.0, middle.y))
        }
        Hand::EastHalf => halves(estate)[1].clone(),
        Hand::Beside => rectangle(
            min.x + 8.0,
            (min.y + max.y) / 2.0,
            max.x + 5.0,
            max.y + 14.0,
        ),
    };
    ground::place_all(&drawn)
}
