//! What the things of a map look like: every colour and width of the vector maps drawn here.
//!
//! Layers and classes are called as OpenMapTiles, Protomaps and Mapbox Streets call them. What is
//! called otherwise is drawn thin and grey, so that nothing of a map vanishes.

use tiny_skia::Color;

/// A colour, as red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ink(pub [u8; 3]);

impl Ink {
    pub fn color(self) -> Color {
        let [r, g, b] = self.0;
        Color::from_rgba8(r, g, b, 255)
    }
}

pub const GROUND: Ink = Ink([0xf4, 0xf2, 0xec]);
pub const NAME: Ink = Ink([0x3c, 0x3c, 0x44]);
pub const HALO: Ink = Ink([0xff, 0xff, 0xff]);
const WATER: Ink = Ink([0xa9, 0xcb, 0xe0]);
const GREEN: Ink = Ink([0xd3, 0xe4, 0xc4]);
const BUILT_UP: Ink = Ink([0xe9, 0xe5, 0xdc]);
const BUILDING: Ink = Ink([0xd6, 0xcf, 0xc4]);
const BUILDING_RIM: Ink = Ink([0xb9, 0xb0, 0xa2]);
const ROAD: Ink = Ink([0xff, 0xff, 0xff]);
const MAIN_ROAD: Ink = Ink([0xfb, 0xdf, 0x9b]);
const ROAD_RIM: Ink = Ink([0xc4, 0xbb, 0xad]);
const RAIL: Ink = Ink([0x8b, 0x8b, 0x90]);
const BORDER: Ink = Ink([0x9a, 0x7b, 0xa8]);
const OTHER: Ink = Ink([0xa6, 0xa6, 0xa6]);

/// How a feature is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// What lies above what: greater numbers above.
    pub order: u8,
    pub fill: Option<Ink>,
    pub line: Option<Ink>,
    /// On both sides of the line.
    pub rim: Option<Ink>,
    /// Pixels of the line at level 14 and at level 18.
    width: (f32, f32),
    /// Height of its name in pixels; 0 for none.
    pub name_px: f32,
}

const NOTHING: Look = Look {
    order: 0,
    fill: None,
    line: None,
    rim: None,
    width: (0.0, 0.0),
    name_px: 0.0,
};

impl Look {
    /// How a feature of this layer and class is drawn; `None` for what is left out on purpose.
    pub fn of(layer: &str, class: &str) -> Option<Self> {
        let area = |order, ink| Look {
            order,
            fill: Some(ink),
            ..NOTHING
        };
        Some(match layer {
            "water" | "ocean" => Look {
                line: None,
                ..area(20, WATER)
            },
            "waterway" | "waterway_label" | "physical_line" => Look {
                order: 21,
                line: Some(WATER),
                width: (1.5, 5.0),
                name_px: 12.0,
                ..NOTHING
            },
            "landcover" | "landuse" | "park" | "landuse_overlay" | "natural" | "earth" => {
                let green = [
                    "wood",
                    "forest",
                    "grass",
                    "park",
                    "wetland",
                    "meadow",
                    "scrub",
                    "nature_reserve",
                    "farmland",
                    "orchard",
                    "garden",
                    "golf_course",
                    "national_park",
                    "pitch",
                ];
                match green.contains(&class) || layer == "park" {
                    true => area(11, GREEN),
                    false if layer == "earth" => area(1, GROUND),
                    false => area(10, BUILT_UP),
                }
            }
            "building" | "buildings" => Look {
                line: Some(BUILDING_RIM),
                width: (0.5, 1.0),
                ..area(30, BUILDING)
            },
            "transportation" | "roads" | "road" | "transit" | "tunnel" | "bridge" => road(class),
            "transportation_name" | "road_label" => Look {
                order: 60,
                name_px: 13.0,
                ..NOTHING
            },
            "boundary" | "boundaries" | "admin" => Look {
                order: 50,
                line: Some(BORDER),
                width: (1.5, 2.0),
                ..NOTHING
            },
            "place" | "places" | "place_label" => Look {
                order: 90,
                name_px: match class {
                    "country" | "state" | "province" | "region" => 20.0,
                    "city" | "locality" => 18.0,
                    "town" | "county" => 16.0,
                    _ => 14.0,
                },
                ..NOTHING
            },
            "poi" | "pois" | "poi_label" | "water_name" | "mountain_peak" | "natural_label"
            | "physical_point" | "aerodrome_label" => Look {
                order: 80,
                name_px: 12.0,
                ..NOTHING
            },
            "housenumber" => return None,
            _ => Look {
                order: 40,
                line: Some(OTHER),
                width: (1.0, 1.0),
                name_px: 12.0,
                ..NOTHING
            },
        })
    }

    pub fn width_at(&self, level: u8) -> f32 {
        let (near, nearer) = self.width;
        let step = (f32::from(level) - 14.0) / 4.0;
        let width = near + (nearer - near) * step;
        match near {
            0.0 => 0.0,
            _ => width.max(near * 0.4),
        }
    }
}

fn road(class: &str) -> Look {
    let road = |order, ink, width| Look {
        order,
        line: Some(ink),
        rim: Some(ROAD_RIM),
        width,
        name_px: 13.0,
        ..NOTHING
    };
    match class {
        "rail" | "railway" | "transit" | "subway" => Look {
            order: 48,
            line: Some(RAIL),
            width: (1.5, 3.0),
            ..NOTHING
        },
        "motorway" | "highway" | "trunk" => road(47, MAIN_ROAD, (5.0, 16.0)),
        "primary" | "major_road" | "secondary" => road(46, MAIN_ROAD, (4.0, 14.0)),
        "tertiary" | "medium_road" => road(45, ROAD, (3.0, 12.0)),
        "path" | "track" | "footway" | "pedestrian" => Look {
            rim: None,
            ..road(43, ROAD_RIM, (0.8, 2.0))
        },
        _ => road(44, ROAD, (2.0, 10.0)),
    }
}
