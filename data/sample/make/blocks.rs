//! The blocks between the streets, and the parcels that housing blocks are cut into.

use super::random::Random;
use super::streets::{self, MERIDIAN_X, MERIDIANS, PARALLEL_Y, PARALLELS, RIVER_ROW, Side};
use geo::{Contains, Coord, LineString, MultiPolygon, Polygon};

/// What stands on a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Use {
    Housing,
    Park,
    School,
    Hospital,
    Government,
    Market,
    Factory,
    Square,
    /// A village that the town has grown around.
    Village,
    Station,
    Fields,
    Water,
}

/// From the north to the south, from the west to the east.
const USES: [&str; 8] = [
    "fHHSHHFFff",
    "HHHHHPHHFH",
    "HSHGHHOHHH",
    "HHHHQMHHHP",
    "~~~~~~~~~~",
    "PHHHHHSHHV",
    "fHHGHHHHHT",
    "ffHHFHHfff",
];

/// How each housing block is cut, see `parcels_of`.
const CUTS: [&str; 8] = [
    ".BD.CF....",
    "BECDA.BC.G",
    "B.D.EB.HDC",
    "BDCF..AEB.",
    "..........",
    ".BECCA.DBA",
    ".CD.BEBCD.",
    "..BC.DB...",
];

pub const COLUMNS: usize = 10;
pub const ROWS: usize = 8;

/// Half the alley between two parcels of one block, in metres.
const HALF_ALLEY_M: f64 = 3.5;
/// Between the edge of a street and the first wall.
const PAVEMENT_M: f64 = 4.0;

pub fn use_of(column: usize, row: usize) -> Use {
    match USES[ROWS - 1 - row].as_bytes()[column] {
        b'H' => Use::Housing,
        b'P' => Use::Park,
        b'S' => Use::School,
        b'O' => Use::Hospital,
        b'G' => Use::Government,
        b'M' => Use::Market,
        b'F' => Use::Factory,
        b'Q' => Use::Square,
        b'V' => Use::Village,
        b'T' => Use::Station,
        b'~' => Use::Water,
        _ => Use::Fields,
    }
}

/// Whether streets run around this cell of the grid. False outside the grid.
pub fn is_built(column: usize, row: usize) -> bool {
    column < COLUMNS && row < ROWS && !matches!(use_of(column, row), Use::Fields | Use::Water)
}

/// A piece of a block that one owner holds.
pub struct Parcel {
    pub column: usize,
    pub row: usize,
    /// `a`, `b`, … as a text is read: from the north-west.
    pub letter: char,
    /// On the board, in metres.
    pub shape: Polygon,
}

impl Parcel {
    /// How `estates.csv` names it: `c4r6a`.
    pub fn name(&self) -> String {
        format!("c{}r{}{}", self.column, self.row_name(), self.letter)
    }

    /// Rows are numbered as if there were no river.
    fn row_name(&self) -> usize {
        self.row - usize::from(self.row > RIVER_ROW)
    }

    /// The door: in the middle of the side that faces the widest street.
    pub fn door(&self) -> (Side, Coord) {
        let block = block(self.column, self.row);
        let bounds = bounds(&self.shape);
        let middle = (bounds.min + bounds.max) / 2.0;
        let near = |a: f64, b: f64| (a - b).abs() < 1.0;
        let sides = [
            (
                near(bounds.min.y, block.min.y),
                PARALLELS[self.row].rank,
                Side::South,
                Coord {
                    x: middle.x,
                    y: bounds.min.y,
                },
            ),
            (
                near(bounds.max.y, block.max.y),
                PARALLELS[self.row + 1].rank,
                Side::North,
                Coord {
                    x: middle.x,
                    y: bounds.max.y,
                },
            ),
            (
                near(bounds.min.x, block.min.x),
                MERIDIANS[self.column].rank,
                Side::West,
                Coord {
                    x: bounds.min.x,
                    y: middle.y,
                },
            ),
            (
                near(bounds.max.x, block.max.x),
                MERIDIANS[self.column + 1].rank,
                Side::East,
                Coord {
                    x: bounds.max.x,
                    y: middle.y,
                },
            ),
        ];
        let mut facing: Vec<_> = sides.into_iter().filter(|side| side.0).collect();
        // Stable: of two equally wide streets the southern one, where the sun is.
        facing.sort_by_key(|side| std::cmp::Reverse(side.1));
        match facing.first() {
            Some((_, _, side, at)) => (*side, *at),
            None => (Side::South, middle),
        }
    }

    pub fn address(&self) -> (&'static str, u32) {
        let (side, at) = self.door();
        streets::address(self.column, self.row, side, at)
    }
}

/// A rectangle on the board.
#[derive(Clone, Copy)]
pub struct Bounds {
    pub min: Coord,
    pub max: Coord,
}

/// The ground between the pavements of the four streets around a cell.
pub fn block(column: usize, row: usize) -> Bounds {
    let inset = |street: &streets::Street| street.rank.width_m() / 2.0 + PAVEMENT_M;
    Bounds {
        min: Coord {
            x: MERIDIAN_X[column] + inset(&MERIDIANS[column]),
            y: PARALLEL_Y[row] + inset(&PARALLELS[row]),
        },
        max: Coord {
            x: MERIDIAN_X[column + 1] - inset(&MERIDIANS[column + 1]),
            y: PARALLEL_Y[row + 1] - inset(&PARALLELS[row + 1]),
        },
    }
}

/// Every parcel of every housing block and village.
pub fn parcels(seed: u64) -> Vec<Parcel> {
    let mut parcels = Vec::new();
    for row in 0..ROWS {
        for column in 0..COLUMNS {
            let cut = CUTS[ROWS - 1 - row].as_bytes()[column];
            let mut random = Random::named(seed, &format!("block {column} {row}"));
            let shapes = parcels_of(cut, block(column, row), &mut random);
            for (letter, ring) in ('a'..).zip(shapes) {
                let shape = Polygon::new(irregular(ring, &mut random), Vec::new());
                parcels.push(Parcel {
                    column,
                    row,
                    letter,
                    shape,
                });
            }
        }
    }
    parcels
}

/// The corners of the parcels, counter-clockwise from the south-west.
fn parcels_of(cut: u8, block: Bounds, random: &mut Random) -> Vec<Vec<Coord>> {
    let (west, south) = (block.min.x, block.min.y);
    let (east, north) = (block.max.x, block.max.y);
    let (width, height) = (east - west, north - south);
    let g = HALF_ALLEY_M;
    // Where the alleys run; those that cross a whole block lean a little.
    let x = west + width * random.between(0.46, 0.56);
    let y = south + height * random.between(0.46, 0.56);
    let lean = random.between(-7.0, 7.0);
    let quad = |west: [f64; 2], east: [f64; 2], south: [f64; 2], north: [f64; 2]| {
        // Each side is given by its two ends: west and east from the south, the others from the west.
        vec![
            Coord {
                x: west[0],
                y: south[0],
            },
            Coord {
                x: east[0],
                y: south[1],
            },
            Coord {
                x: east[1],
                y: north[1],
            },
            Coord {
                x: west[1],
                y: north[0],
            },
        ]
    };
    let (w, e, s, n) = ([west; 2], [east; 2], [south; 2], [north; 2]);
    let leaning_x = |by: f64| [x - lean + by, x + lean + by];
    let leaning_y = |by: f64| [y - lean + by, y + lean + by];
    match cut {
        b'A' => vec![quad(w, e, s, n)],
        b'B' => vec![quad(w, leaning_x(-g), s, n), quad(leaning_x(g), e, s, n)],
        b'C' => vec![quad(w, e, leaning_y(g), n), quad(w, e, s, leaning_y(-g))],
        b'D' => vec![
            quad(w, [x - g; 2], s, n),
            quad([x + g; 2], e, [y + g; 2], n),
            quad([x + g; 2], e, s, [y - g; 2]),
        ],
        b'E' => vec![
            quad(w, [x - g; 2], [y + g; 2], n),
            quad([x + g; 2], e, [y + g; 2], n),
            quad(w, [x - g; 2], s, [y - g; 2]),
            quad([x + g; 2], e, s, [y - g; 2]),
        ],
        b'F' => vec![
            vec![
                Coord { x: west, y: south },
                Coord { x: x - g, y: south },
                Coord { x: x - g, y: y + g },
                Coord { x: east, y: y + g },
                Coord { x: east, y: north },
                Coord { x: west, y: north },
            ],
            quad([x + g; 2], e, s, [y - g; 2]),
        ],
        b'G' => {
            let (first, second) = (west + width * 0.36, west + width * 0.69);
            vec![
                quad(w, [first - g; 2], s, n),
                quad([first + g; 2], [second - g; 2], s, n),
                quad([second + g; 2], e, s, n),
            ]
        }
        b'H' => vec![
            quad(w, e, [y + g; 2], n),
            quad(w, [x - g; 2], s, [y - g; 2]),
            quad([x + g; 2], e, s, [y - g; 2]),
        ],
        _ => Vec::new(),
    }
}

/// Cuts some corners off and takes a bite out of some sides, for a shop or a transformer.
fn irregular(corners: Vec<Coord>, random: &mut Random) -> LineString {
    let mut ring = Vec::new();
    let bitten = match random.chance(0.4) {
        true => Some(random.whole(0, corners.len() as i32 - 1) as usize),
        false => None,
    };
    for (index, corner) in corners.iter().enumerate() {
        let before = corners[(index + corners.len() - 1) % corners.len()];
        let after = corners[(index + 1) % corners.len()];
        if random.chance(0.3) {
            let cut = random.between(5.0, 16.0);
            ring.push(towards(*corner, before, cut));
            ring.push(towards(*corner, after, cut));
        } else {
            ring.push(*corner);
        }
        let side = length(after - *corner);
        if bitten == Some(index) && side > 90.0 {
            let (start, width) = (random.between(0.3, 0.5) * side, random.between(18.0, 34.0));
            let depth = random.between(9.0, 16.0);
            // Counter-clockwise rings have their inside on the left.
            let along = (after - *corner) / side;
            let inward = Coord {
                x: -along.y,
                y: along.x,
            };
            let (from, to) = (*corner + along * start, *corner + along * (start + width));
            ring.extend([from, from + inward * depth, to + inward * depth, to]);
        }
    }
    ring.push(ring[0]);
    LineString(ring)
}

fn towards(from: Coord, to: Coord, by: f64) -> Coord {
    let step = to - from;
    from + step * (by / length(step).max(by))
}

fn length(step: Coord) -> f64 {
    step.x.hypot(step.y)
}

pub fn bounds(shape: &Polygon) -> Bounds {
    let mut bounds = Bounds {
        min: Coord {
            x: f64::MAX,
            y: f64::MAX,
        },
        max: Coord {
            x: f64::MIN,
            y: f64::MIN,
        },
    };
    for corner in shape.exterior() {
        bounds.min = Coord {
            x: bounds.min.x.min(corner.x),
            y: bounds.min.y.min(corner.y),
        };
        bounds.max = Coord {
            x: bounds.max.x.max(corner.x),
            y: bounds.max.y.max(corner.y),
        };
    }
    bounds
}

pub fn rectangle(west: f64, south: f64, east: f64, north: f64) -> Polygon {
    let corners = [
        (west, south),
        (east, south),
        (east, north),
        (west, north),
        (west, south),
    ];
    Polygon::new(
        LineString(corners.into_iter().map(|(x, y)| Coord { x, y }).collect()),
        Vec::new(),
    )
}

/// The houses on a piece of ground: slabs in rows that face south, as the rows of their age do.
pub fn houses(ground: &MultiPolygon, slab_m: f64, row_m: f64) -> Vec<Polygon> {
    const DEPTH_M: f64 = 11.0;
    const WALL_M: f64 = 6.0;
    let mut houses = Vec::new();
    for part in ground {
        let Bounds { min, max } = bounds(part);
        let mut y = min.y + WALL_M;
        while y + DEPTH_M + WALL_M < max.y {
            let mut x = min.x + WALL_M;
            while x + slab_m + WALL_M < max.x {
                let clear = rectangle(x - 3.0, y - 3.0, x + slab_m + 3.0, y + DEPTH_M + 3.0);
                if part.contains(&clear) {
                    houses.push(rectangle(x, y, x + slab_m, y + DEPTH_M));
                    x += slab_m + 9.0;
                } else {
                    x += 4.0;
                }
            }
            y += row_m;
        }
    }
    houses
}
