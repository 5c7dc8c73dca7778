//! The estates as they truly are: every fact that a thorough survey would find, and which of them
//! the drawings of the town already tell.

use super::blocks::{self, Parcel};
use super::ground;
use super::random::Random;
use geo::{BooleanOps, Coord, MultiPolygon, Polygon};
use jiugai::catalogue::Catalogue;
use serde::Deserialize;
use serde_json::{Map, Value, json};

pub const COUNTY: &str = "361125";
const STREET: &str = "361125001";

/// Items that a thorough survey also looks at, beside water, power, road and gas.
pub const OTHER_ITEMS: [&str; 12] = [
    "A08", "B02", "B03", "B04", "C02", "C03", "C10", "C13", "C15", "C16", "C17", "C18",
];
/// Power, water, gas, road.
pub const ESSENTIAL_ITEMS: [&str; 4] = ["C04", "C05", "C06", "C12"];

/// Field keys to values, as files carry them. Absent is not surveyed.
pub type Values = Map<String, Value>;

/// A line of `estates.csv`.
#[derive(Deserialize)]
struct Line {
    place: String,
    name: String,
    register: String,
    aliases: String,
    unit: String,
    tenure: String,
    year: String,
    notes: String,
}

/// A physical estate.
pub struct Estate {
    /// The parcel it stands on names it: `c4r6a`.
    pub key: String,
    pub name: String,
    /// Its name in the register; none where the register forgot it.
    pub register_name: Option<String>,
    pub notes: Vec<String>,
    pub street: &'static str,
    pub number: u32,
    /// On the board, in metres.
    pub board: MultiPolygon,
    /// In degrees.
    pub shape: MultiPolygon,
    /// On the board.
    pub houses: Vec<Polygon>,
    pub first_year: i32,
    /// Everything about it.
    pub values: Values,
    /// What the drawings tell of it, a planted mistake or two included.
    pub told: Values,
}

impl Estate {
    pub fn has(&self, note: &str) -> bool {
        self.notes.iter().any(|own| own == note)
    }

    pub fn address(&self) -> String {
        format!("{}{}号", self.street, self.number)
    }

    pub fn number_of(&self, field: &str) -> u32 {
        self.values.get(field).and_then(Value::as_u64).unwrap_or(0) as u32
    }

    pub fn text_of(&self, field: &str) -> &str {
        self.values.get(field).and_then(Value::as_str).unwrap_or("")
    }

    /// Why the guidance leaves it out whatever else a survey finds: 三(一).
    pub fn is_out_of_scope(&self) -> bool {
        ["X1", "X2", "X3", "X4", "X9", "outside", "shopping"]
            .iter()
            .any(|note| self.has(note))
            || self.first_year > 2000
    }
}

/// Housing ground, and what the drawings call it; `None` for a parcel of shops.
pub struct Ground {
    pub parcel: Parcel,
    pub estate: Option<Estate>,
}

/// Every parcel, with the estate on it.
pub fn all(seed: u64) -> Result<Vec<Ground>, Box<dyn std::error::Error>> {
    let mut reader = csv::Reader::from_reader(include_str!("estates.csv").as_bytes());
    let lines: Vec<Line> = reader.deserialize().collect::<Result<_, _>>()?;
    let mut ground = Vec::new();
    for parcel in blocks::parcels(seed) {
        let place = parcel.name();
        let line = lines
            .iter()
            .find(|line| line.place == place)
            .ok_or_else(|| format!("estates.csv has no line for {place}"))?;
        let estate = match line.name.is_empty() {
            true => None,
            false => Some(estate(seed, line, &parcel)?),
        };
        ground.push(Ground { parcel, estate });
    }
    match lines.len() == ground.len() {
        true => Ok(ground),
        false => Err(format!("{} lines, {} parcels", lines.len(), ground.len()).into()),
    }
}

fn estate(seed: u64, line: &Line, parcel: &Parcel) -> Result<Estate, Box<dyn std::error::Error>> {
    let mut random = Random::named(seed, &line.place);
    let notes: Vec<String> = line.notes.split_whitespace().map(str::to_owned).collect();
    let has = |note: &str| notes.iter().any(|own| own == note);
    let (street, number) = parcel.address();
    let address = format!("{street}{number}号");
    let name = match has("plainaddress") {
        true => line.name.replace("{address}", &format!("{street}{number}")),
        false => line.name.replace("{address}", &address),
    };
    let board = ground_of(parcel, &notes);
    let shape = ground::place_all(&board);
    let (first_year, last_year): (i32, i32) = match line.year.split_once('-') {
        Some((first, last)) => (first.parse()?, last.parse()?),
        None => (line.year.parse()?, line.year.parse()?),
    };

    let floors = match first_year {
        ..1966 => 3.0,
        1966..1980 => 4.0,
        1980..1990 => 5.0,
        _ => f64::from(random.whole(5, 7)),
    };
    let slab_m = match has("cramped") {
        true => 34.0,
        false => *random.pick(&[28.0, 34.0, 42.0, 48.0]),
    };
    let houses = blocks::houses(&board, slab_m, 15.0 + floors * 2.4);
    let floor_area_m2 = (houses.len() as f64 * slab_m * 11.0 * floors).round();
    let m2_per_household = match first_year {
        _ if has("cramped") => 24.0,
        _ if has("sparse") => 230.0,
        ..1970 => random.between(42.0, 52.0),
        1970..1985 => random.between(52.0, 66.0),
        1985..1995 => random.between(66.0, 86.0),
        _ => random.between(84.0, 112.0),
    };
    let households = (floor_area_m2 / m2_per_household).round() as u32;

    let register_name = match line.register.as_str() {
        "" => None,
        "=" => Some(name.clone()),
        other => Some(
            other
                .replace("{address}", &address)
                .replace("{place}", &name),
        ),
    };
    let mut values = Values::new();
    let mut put = |key: &str, value: Value| values.insert(key.to_owned(), value);
    put("name", json!(name));
    if !line.aliases.is_empty() {
        put("aliases", json!(line.aliases));
    }
    put("county_code", json!(COUNTY));
    put("street_code", json!(STREET));
    let middle = parcel.door().1;
    put(
        "community_code",
        json!(communities(middle, &board).join(";")),
    );
    put(
        "locality",
        json!(if has("outside") {
            "other"
        } else {
            "county_seat"
        }),
    );
    put("address", json!(address));
    match first_year == last_year {
        true => {
            put("build_year", json!(first_year));
        }
        false => {
            put("year_min", json!(first_year));
            put("year_max", json!(last_year));
        }
    }
    let basis = match first_year {
        ..1980 => *random.pick(&["estimate", "told", "employer_certificate"]),
        1980..1995 => *random.pick(&["property_register", "employer_certificate", "told"]),
        _ => *random.pick(&["acceptance", "property_register"]),
    };
    put("year_basis", json!(basis));
    put("households", json!(households));
    put("floor_area_m2", json!(floor_area_m2));
    put("buildings", json!(houses.len()));
    put("tenure", json!(line.tenure));
    if !line.unit.is_empty() {
        put("orig_unit", json!(line.unit));
    }
    put("residential", json!(!has("shopping")));
    let excluded = ["X1", "X2", "X3", "X4", "X9"].into_iter().find(|x| has(x));
    put("exclusions", json!(excluded.unwrap_or("none")));
    if excluded == Some("X9") {
        put("exclusion_note", json!("地质灾害隐患点，已列入搬迁计划"));
    }
    for (key, value) in gaps(first_year, &notes, &mut random) {
        put(&key, value);
    }
    for (key, value) in willingness(households, &notes, &mut random) {
        put(&key, value);
    }
    let mut estate = Estate {
        key: line.place.clone(),
        name,
        register_name,
        notes,
        street,
        number,
        board,
        shape,
        houses,
        first_year,
        values,
        told: Values::new(),
    };
    estate.told = told(&estate, &mut random);
    Ok(estate)
}

/// The parcel, less the yard of a school or a market inside it, or cut in two by a lane.
fn ground_of(parcel: &Parcel, notes: &[String]) -> MultiPolygon {
    let whole = MultiPolygon(vec![parcel.shape.clone()]);
    let bounds = blocks::bounds(&parcel.shape);
    let (width, height) = (bounds.max.x - bounds.min.x, bounds.max.y - bounds.min.y);
    let middle = (bounds.min + bounds.max) / 2.0;
    let cut_out = match notes
        .iter()
        .find(|note| *note == "hole" || *note == "parts")
    {
        Some(note) if note == "hole" => blocks::rectangle(
            middle.x - width * 0.15,
            middle.y - height * 0.2,
            middle.x + width * 0.13,
            middle.y + height * 0.16,
        ),
        Some(_) => blocks::rectangle(
            middle.x - 4.0,
            bounds.min.y - 1.0,
            middle.x + 4.0,
            bounds.max.y + 1.0,
        ),
        None => return whole,
    };
    whole.difference(&MultiPolygon(vec![cut_out]))
}

/// Whose community the ground is. The border between two of them runs through a block in two
/// places, and the estates there belong to both.
fn communities(door: Coord, board: &MultiPolygon) -> Vec<&'static str> {
    let east_border = if door.y > -150.0 { 430.0 } else { 165.0 };
    let of = |at: Coord| match at.y > -150.0 {
        true if at.y > 380.0 => "361125001005",
        true if at.x < -505.0 => "361125001004",
        true if at.x < east_border => "361125001001",
        true => "361125001002",
        false if at.x < east_border => "361125001003",
        false => "361125001006",
    };
    let mut codes: Vec<_> = board
        .iter()
        .flat_map(|part| {
            let bounds = blocks::bounds(part);
            let inset = |at: f64| at.clamp(bounds.min.x + 30.0, bounds.max.x - 30.0);
            [inset(bounds.min.x), inset(bounds.max.x)].map(|x| of(Coord { x, y: door.y }))
        })
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// How bad each facility is: the older the worse, gas the last to come.
fn gaps(year: i32, notes: &[String], random: &mut Random) -> Vec<(String, Value)> {
    let has = |note: &str| notes.iter().any(|own| own == note);
    let age = f64::from((2003 - year).max(0)) / 40.0;
    let mut gaps = Vec::new();
    for item in ESSENTIAL_ITEMS.iter().chain(&OTHER_ITEMS) {
        let is_gas = *item == "C06";
        let wear = age * 2.2 + random.between(-0.7, 1.0) + if is_gas { 0.8 } else { 0.0 };
        let severity = (wear.round() as i32).clamp(0, 3);
        gaps.push((format!("gap.{item}"), json!(severity)));
    }
    if has("intact") {
        // Only where every facility was looked at is it certain that none lags.
        let inside = Catalogue::shipped().items;
        let inside = inside.iter().filter(|item| !item.linked_outside);
        return inside
            .map(|item| (format!("gap.{}", item.code), json!(0)))
            .collect();
    }
    // «公共设施落后影响居民基本生活»: an estate that is to be recognised has at least one gap.
    if gaps.iter().all(|(_, severity)| *severity == json!(0)) {
        gaps[0].1 = json!(1);
    }
    gaps
}

fn willingness(households: u32, notes: &[String], random: &mut Random) -> Vec<(String, Value)> {
    let has = |note: &str| notes.iter().any(|own| own == note);
    let (level, in_favour) = match () {
        () if has("weak") => ("weak", random.between(0.35, 0.45)),
        () if has("fair") => ("fair", random.between(0.6, 0.7)),
        () => ("strong", random.between(0.84, 0.98)),
    };
    let counted = level != "strong" || has("full") || random.chance(0.6);
    let mut values = vec![("willingness".to_owned(), json!(level))];
    if !counted {
        let basis = *random.pick(&["block_leader", "meeting"]);
        values.push(("willingness_basis".to_owned(), json!(basis)));
        return values;
    }
    let returned = (f64::from(households) * random.between(0.76, 0.97)) as u32;
    let agree = (f64::from(returned) * in_favour).ceil() as u32;
    let undecided = ((returned - agree) as f64 * random.between(0.2, 0.6)) as u32;
    let to_pay = (f64::from(agree) * random.between(0.4, 0.8)) as u32;
    let basis = *random.pick(&["door_to_door", "door_to_door", "online"]);
    let date = format!("2019-{:02}-{:02}", random.whole(5, 9), random.whole(1, 28));
    for (key, value) in [
        ("willingness_basis", json!(basis)),
        ("sent", json!(households)),
        ("returned", json!(returned)),
        ("agree", json!(agree)),
        ("oppose", json!(returned - agree - undecided)),
        ("willing_to_pay", json!(to_pay)),
        ("willingness_date", json!(date)),
    ] {
        values.push((key.to_owned(), value));
    }
    values
}

/// What the drawings tell. A third of the estates is surveyed through, a third in part, of the
/// rest little more than the name is known.
fn told(estate: &Estate, random: &mut Random) -> Values {
    const KNOWN_TO_ALL: [&str; 3] = ["name", "county_code", "street_code"];
    const IDENTITY: [&str; 14] = [
        "aliases",
        "community_code",
        "locality",
        "address",
        "build_year",
        "year_min",
        "year_max",
        "year_basis",
        "households",
        "floor_area_m2",
        "buildings",
        "tenure",
        "orig_unit",
        "residential",
    ];
    let draw = random.unit();
    let through = estate.has("full") || (!estate.has("bare") && draw < 0.12);
    let in_part = !through && !estate.has("bare") && draw < 0.68;
    let mut told = Values::new();
    for (key, value) in &estate.values {
        let known = match key.as_str() {
            key if KNOWN_TO_ALL.contains(&key) => true,
            "exclusions" | "exclusion_note" if estate.values["exclusions"] != json!("none") => true,
            "address" => random.chance(0.85) || through,
            key if IDENTITY.contains(&key) => through || (in_part && random.chance(0.85)),
            key if ESSENTIAL_ITEMS.iter().any(|item| key.ends_with(item)) => {
                through || (in_part && random.chance(0.45))
            }
            key if OTHER_ITEMS.iter().any(|item| key.ends_with(item)) => {
                through && random.chance(0.75)
            }
            key if key.starts_with("gap.") => false,
            "exclusions" => through || (in_part && random.chance(0.5)),
            _ => through,
        };
        if known {
            told.insert(key.clone(), value.clone());
        }
    }
    // A range has two ends or none; a willingness has its basis and its counts.
    if told.contains_key("year_min") != told.contains_key("year_max") {
        told.remove("year_min");
        told.remove("year_max");
    }
    if estate.has("straddle") {
        told.remove("build_year");
        told.insert("year_min".to_owned(), json!(1997));
        told.insert("year_max".to_owned(), json!(2002));
    }
    if estate.has("badcode") {
        // A village of another town: E06.
        told.insert("community_code".to_owned(), json!("361125101201"));
    }
    if estate.has("badcounts") {
        // More in favour than have answered: E12.
        let returned = estate.values.get("returned").and_then(Value::as_u64);
        told.insert("agree".to_owned(), json!(returned.unwrap_or(0) + 9));
    }
    told
}
