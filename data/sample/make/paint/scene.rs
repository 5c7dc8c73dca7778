//! What there is to paint, on Mercator's square: `x` and `y` from 0 to 1, `y` to the south.

use super::colours::{self, Rgb};
use crate::blocks::{self, COLUMNS, ROWS, Use};
use crate::estates::Ground;
use crate::ground;
use crate::random::Random;
use crate::streets::{self, PARALLEL_Y, Rank};
use geo::{Coord, LineString, MapCoords, MultiPolygon};
use std::f64::consts::PI;

pub struct Scene {
    /// From the bottom to the top.
    pub fills: Vec<Fill>,
    /// From the bottom to the top.
    pub lines: Vec<Line>,
    pub labels: Vec<Label>,
}

pub struct Fill {
    pub shape: MultiPolygon,
    pub colour: Rgb,
    pub from_zoom: u8,
}

pub struct Line {
    pub line: LineString,
    pub colour: Rgb,
    /// None where the line has no edge of its own.
    pub edge: Option<Rgb>,
    pub width_m: f64,
    pub least_px: f64,
    pub style: Style,
    pub from_zoom: u8,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Solid,
    /// White sleepers, as railways are drawn.
    Dashed,
}

/// Text around a point, or along a direction, one upright sign after the other.
pub struct Label {
    pub text: String,
    pub at: Coord,
    /// One metre along the street; none for text that stands still.
    pub along: Option<Coord>,
    pub colour: Rgb,
    pub size_px: f64,
    pub zooms: std::ops::RangeInclusive<u8>,
    /// Of the labels of one street only every so many are shown, the fewer the smaller the scale:
    /// the place in the row of its street's labels.
    pub in_row: usize,
}

/// The ground in degrees onto Mercator's square.
pub fn mercator(at: Coord) -> Coord {
    let latitude = at.y.to_radians();
    Coord {
        x: at.x / 360.0 + 0.5,
        y: 0.5 - (latitude.tan() + 1.0 / latitude.cos()).ln() / (2.0 * PI),
    }
}

/// The board onto Mercator's square.
fn project(at: Coord) -> Coord {
    mercator(ground::place(at))
}

fn project_all(shape: &MultiPolygon) -> MultiPolygon {
    ground::place_all(shape).map_coords(mercator)
}

impl Scene {
    pub fn new(seed: u64, ground: &[Ground]) -> Self {
        let mut scene = Self {
            fills: Vec::new(),
            lines: Vec::new(),
            labels: Vec::new(),
        };
        scene.add_woods(seed);
        scene.add_blocks();
        scene.add_parcels(ground);
        scene.fill(MultiPolygon(vec![streets::river()]), colours::WATER, 0);
        scene.add_railway();
        scene.add_streets();
        scene.name(
            "青溪",
            Coord {
                x: -60.0,
                y: -330.0,
            },
            colours::TOWN_NAME,
            17.0,
            11..=14,
        );
        for x in [-900.0, 160.0, 1180.0] {
            let at = Coord {
                x,
                y: river_middle(),
            };
            scene.labels.push(Label {
                along: Some(project(at + Coord { x: 1.0, y: 0.0 }) - project(at)),
                ..label("青 溪", at, colours::WATER_NAME, 15.0, 14..=17)
            });
        }
        scene
    }

    fn fill(&mut self, board: MultiPolygon, colour: Rgb, from_zoom: u8) {
        let shape = project_all(&board);
        self.fills.push(Fill {
            shape,
            colour,
            from_zoom,
        });
    }

    fn name(
        &mut self,
        text: &str,
        at: Coord,
        colour: Rgb,
        size_px: f64,
        zooms: std::ops::RangeInclusive<u8>,
    ) {
        self.labels.push(label(text, at, colour, size_px, zooms));
    }

    /// Wooded hills around the town.
    fn add_woods(&mut self, seed: u64) {
        let mut random = Random::named(seed, "woods");
        for _ in 0..70 {
            let middle = Coord {
                x: random.between(-3100.0, 3100.0),
                y: random.between(-2600.0, 2600.0),
            };
            let (wide, high) = (random.between(120.0, 380.0), random.between(90.0, 260.0));
            let phase = random.between(0.0, 6.0);
            let in_town =
                middle.x.abs() < 1350.0 + 1.3 * wide && middle.y.abs() < 980.0 + 1.3 * high;
            if in_town {
                continue;
            }
            let outline = (0..=24).map(|step| {
                let turn = f64::from(step) / 24.0 * 2.0 * PI;
                let bulge = 1.0 + 0.18 * (3.0 * turn + phase).sin() + 0.1 * (5.0 * turn).cos();
                let offset = Coord {
                    x: wide * turn.cos(),
                    y: high * turn.sin(),
                };
                middle + offset * bulge
            });
            let outline = geo::Polygon::new(LineString(outline.collect()), Vec::new());
            self.fill(MultiPolygon(vec![outline]), colours::WOOD, 0);
        }
    }

    fn add_blocks(&mut self) {
        for row in 0..ROWS {
            for column in 0..COLUMNS {
                let colour = match blocks::use_of(column, row) {
                    Use::Fields | Use::Water => continue,
                    Use::Housing | Use::Village => colours::HOUSING,
                    Use::Park => colours::PARK,
                    Use::School => colours::SCHOOL,
                    Use::Hospital => colours::HOSPITAL,
                    Use::Government => colours::OFFICES,
                    Use::Market => colours::SHOPS,
                    Use::Factory | Use::Station => colours::WORKS,
                    Use::Square => colours::SQUARE,
                };
                let block = blocks::block(column, row);
                let shape = blocks::rectangle(block.min.x, block.min.y, block.max.x, block.max.y);
                self.fill(MultiPolygon(vec![shape]), colour, 0);
                if let Some(text) = place_name(column, row) {
                    let colour = match colour {
                        colours::PARK => colours::PARK_NAME,
                        _ => colours::PLACE_NAME,
                    };
                    self.name(text, (block.min + block.max) / 2.0, colour, 12.0, 15..=17);
                }
            }
        }
    }

    fn add_parcels(&mut self, ground: &[Ground]) {
        for piece in ground {
            match &piece.estate {
                Some(estate) => {
                    self.fill(estate.board.clone(), colours::ESTATE, 14);
                    for house in &estate.houses {
                        self.fill(MultiPolygon(vec![house.clone()]), colours::HOUSE, 15);
                    }
                }
                None => {
                    let shape = MultiPolygon(vec![piece.parcel.shape.clone()]);
                    self.fill(shape, colours::SHOPS, 14);
                }
            }
        }
    }

    fn add_railway(&mut self) {
        let line = ground::place_line(&streets::railway()).map_coords(mercator);
        for (colour, width_m, least_px, style) in [
            (colours::RAIL, 7.0, 2.0, Style::Solid),
            (colours::ROAD, 4.5, 1.0, Style::Dashed),
        ] {
            self.lines.push(Line {
                line: line.clone(),
                colour,
                edge: None,
                width_m,
                least_px,
                style,
                from_zoom: 12,
            });
        }
    }

    fn add_streets(&mut self) {
        for (street, line) in streets::lines() {
            let (colour, edge, from_zoom) = match street.rank {
                Rank::Arterial => (colours::ARTERIAL, colours::ARTERIAL_EDGE, 0),
                Rank::Collector => (colours::ROAD, colours::ROAD_EDGE, 12),
                Rank::Local => (colours::ROAD, colours::ROAD_EDGE, 13),
            };
            self.lines.push(Line {
                line: ground::place_line(&line).map_coords(mercator),
                colour,
                edge: Some(edge),
                width_m: street.rank.width_m(),
                least_px: if street.rank == Rank::Arterial {
                    1.6
                } else {
                    1.0
                },
                style: Style::Solid,
                from_zoom,
            });
            let zooms = match street.rank {
                Rank::Arterial => 15..=17,
                Rank::Collector => 15..=17,
                Rank::Local => 16..=17,
            };
            let stretches = line.lines().filter(|stretch| {
                let at = stretch.start_point().0 / 2.0 + stretch.end_point().0 / 2.0;
                at.x.abs() < 1300.0 && at.y.abs() < 950.0 && (at.y - river_middle()).abs() > 60.0
            });
            for (in_row, stretch) in stretches.enumerate() {
                let at = (stretch.start + stretch.end) / 2.0;
                // Text runs to the east or to the south.
                let step = match stretch.dx().abs() > stretch.dy().abs() {
                    true => Coord { x: 1.0, y: 0.0 },
                    false => Coord { x: 0.0, y: -1.0 },
                };
                self.labels.push(Label {
                    along: Some(project(at + step) - project(at)),
                    in_row,
                    ..label(street.name, at, colours::STREET_NAME, 11.5, zooms.clone())
                });
            }
        }
    }
}

fn label(
    text: &str,
    board: Coord,
    colour: Rgb,
    size_px: f64,
    zooms: std::ops::RangeInclusive<u8>,
) -> Label {
    Label {
        text: text.to_owned(),
        at: project(board),
        along: None,
        colour,
        size_px,
        zooms,
        in_row: 0,
    }
}

fn river_middle() -> f64 {
    (PARALLEL_Y[streets::RIVER_ROW] + PARALLEL_Y[streets::RIVER_ROW + 1]) / 2.0
}

/// Names of what is no housing. Estates carry none: theirs are the survey's to show.
fn place_name(column: usize, row: usize) -> Option<&'static str> {
    Some(match (column, row, blocks::use_of(column, row)) {
        (5, 6, Use::Park) => "凤凰公园",
        (0, 2, Use::Park) => "南苑公园",
        (9, 4, Use::Park) => "滨河公园",
        (3, 7, Use::School) => "县第三小学",
        (1, 5, Use::School) => "县第一中学",
        (6, 2, Use::School) => "县实验小学",
        (_, _, Use::Hospital) => "县人民医院",
        (3, 5, Use::Government) => "县政府",
        (3, 1, Use::Government) => "县行政服务中心",
        (_, _, Use::Market) => "青溪商场",
        (_, _, Use::Square) => "人民广场",
        (6, 7, Use::Factory) => "县棉纺厂",
        (7, 7, Use::Factory) => "县农机厂",
        (8, 6, Use::Factory) => "县化肥厂",
        (4, 0, Use::Factory) => "县机械厂",
        (_, _, Use::Station) => "青溪站",
        _ => return None,
    })
}
