//! The colours of the map. Pale: the survey's own colours lie on top.

use tiny_skia::Color;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    pub fn opaque(self) -> Color {
        Color::from_rgba8(self.0, self.1, self.2, 255)
    }
}

pub const LAND: Rgb = Rgb(246, 244, 239);
pub const WOOD: Rgb = Rgb(226, 236, 215);
pub const HOUSING: Rgb = Rgb(239, 235, 226);
pub const ESTATE: Rgb = Rgb(234, 229, 217);
pub const HOUSE: Rgb = Rgb(219, 212, 199);
pub const PARK: Rgb = Rgb(207, 229, 196);
pub const SCHOOL: Rgb = Rgb(243, 235, 210);
pub const HOSPITAL: Rgb = Rgb(246, 227, 225);
pub const OFFICES: Rgb = Rgb(231, 230, 239);
pub const SHOPS: Rgb = Rgb(244, 230, 214);
pub const WORKS: Rgb = Rgb(229, 226, 230);
pub const SQUARE: Rgb = Rgb(240, 240, 238);
pub const WATER: Rgb = Rgb(181, 211, 230);
pub const ARTERIAL: Rgb = Rgb(252, 234, 188);
pub const ARTERIAL_EDGE: Rgb = Rgb(226, 200, 140);
pub const ROAD: Rgb = Rgb(255, 255, 255);
pub const ROAD_EDGE: Rgb = Rgb(216, 211, 200);
pub const RAIL: Rgb = Rgb(150, 150, 152);
pub const STREET_NAME: Rgb = Rgb(110, 104, 96);
pub const PLACE_NAME: Rgb = Rgb(96, 92, 104);
pub const PARK_NAME: Rgb = Rgb(74, 116, 70);
pub const WATER_NAME: Rgb = Rgb(74, 122, 158);
pub const TOWN_NAME: Rgb = Rgb(70, 66, 60);

/// Kept as they are when a tile's colours are counted down to a palette, so that no seam shows
/// between two tiles.
pub const EXACT: [Rgb; 23] = [
    LAND,
    WOOD,
    HOUSING,
    ESTATE,
    HOUSE,
    PARK,
    SCHOOL,
    HOSPITAL,
    OFFICES,
    SHOPS,
    WORKS,
    SQUARE,
    WATER,
    ARTERIAL,
    ARTERIAL_EDGE,
    ROAD,
    ROAD_EDGE,
    RAIL,
    STREET_NAME,
    PLACE_NAME,
    PARK_NAME,
    WATER_NAME,
    TOWN_NAME,
];
