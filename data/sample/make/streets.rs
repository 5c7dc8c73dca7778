//! The streets, the river between two of them, and the numbers of the houses along them.

use super::blocks;
use geo::{Coord, LineString, Polygon};

/// How wide a street is and how it is drawn.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    Local,
    Collector,
    Arterial,
}

impl Rank {
    pub fn width_m(self) -> f64 {
        match self {
            Self::Local => 12.0,
            Self::Collector => 17.0,
            Self::Arterial => 26.0,
        }
    }
}

/// A street along one line of the grid.
pub struct Street {
    pub name: &'static str,
    pub rank: Rank,
}

const fn street(name: &'static str, rank: Rank) -> Street {
    Street { name, rank }
}

/// From west to east, running north and south.
pub const MERIDIANS: [Street; 11] = [
    street("西环路", Rank::Collector),
    street("梧桐路", Rank::Local),
    street("解放路", Rank::Arterial),
    street("桂花路", Rank::Local),
    street("文昌路", Rank::Collector),
    street("青溪大道", Rank::Arterial),
    street("学府路", Rank::Local),
    street("银杏路", Rank::Local),
    street("建设路", Rank::Arterial),
    street("工农路", Rank::Local),
    street("站前路", Rank::Collector),
];
pub const MERIDIAN_X: [f64; 11] = [
    -1270.0, -1020.0, -760.0, -505.0, -235.0, 30.0, 295.0, 550.0, 805.0, 1060.0, 1310.0,
];

/// From south to north, running west and east. The river lies between the fourth and the fifth.
pub const PARALLELS: [Street; 9] = [
    street("南环路", Rank::Collector),
    street("丰收路", Rank::Local),
    street("八一路", Rank::Arterial),
    street("滨河南路", Rank::Local),
    street("滨河北路", Rank::Local),
    street("人民路", Rank::Arterial),
    street("古樟路", Rank::Local),
    street("凤凰路", Rank::Local),
    street("北环路", Rank::Collector),
];
pub const PARALLEL_Y: [f64; 9] = [
    -930.0, -700.0, -470.0, -245.0, -75.0, 150.0, 380.0, 605.0, 835.0,
];
/// The row of the grid that is water.
pub const RIVER_ROW: usize = 3;

/// How far roads, river and railway run on beyond the middle, in metres: out of every tile.
pub const REACH_M: f64 = 40_000.0;

/// The lines of every street on the board, the narrow ones first.
pub fn lines() -> Vec<(&'static Street, LineString)> {
    let mut lines = Vec::new();
    for (index, street) in MERIDIANS.iter().enumerate() {
        let x = MERIDIAN_X[index];
        let built = |row: usize| match row {
            RIVER_ROW => street.rank == Rank::Arterial,
            _ => [index.checked_sub(1), Some(index)]
                .into_iter()
                .flatten()
                .any(|column| blocks::is_built(column, row)),
        };
        for (from, to) in runs(PARALLEL_Y.len() - 1, built) {
            let ends = [PARALLEL_Y[from], PARALLEL_Y[to]];
            let leaves_town = street.name == "青溪大道";
            let [south, north] = match leaves_town {
                true => [-REACH_M, REACH_M],
                false => ends,
            };
            lines.push((
                street,
                line(stops(south, north, &PARALLEL_Y), |y| Coord { x, y }),
            ));
        }
    }
    for (index, street) in PARALLELS.iter().enumerate() {
        let y = PARALLEL_Y[index];
        let built = |column: usize| {
            [index.checked_sub(1), Some(index)]
                .into_iter()
                .flatten()
                .any(|row| row != RIVER_ROW && blocks::is_built(column, row))
        };
        for (from, to) in runs(MERIDIAN_X.len() - 1, built) {
            let leaves_town = matches!(street.name, "人民路" | "八一路");
            let [west, east] = match leaves_town {
                true => [-REACH_M, REACH_M],
                false => [MERIDIAN_X[from], MERIDIAN_X[to]],
            };
            lines.push((
                street,
                line(stops(west, east, &MERIDIAN_X), |x| Coord { x, y }),
            ));
        }
    }
    lines.sort_by_key(|(street, _)| street.rank);
    lines
}

/// The stretches of cells for which `built` holds, as the lines at their ends.
fn runs(cells: usize, built: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for cell in (0..cells).filter(|cell| built(*cell)) {
        match runs.last_mut() {
            Some((_, end)) if *end == cell => *end = cell + 1,
            _ => runs.push((cell, cell + 1)),
        }
    }
    runs
}

fn stops(from: f64, to: f64, crossings: &[f64]) -> Vec<f64> {
    let between = crossings
        .iter()
        .copied()
        .filter(|at| *at > from && *at < to);
    std::iter::once(from).chain(between).chain([to]).collect()
}

fn line(stops: Vec<f64>, point: impl Fn(f64) -> Coord) -> LineString {
    LineString(stops.into_iter().map(point).collect())
}

/// The river, from one edge of the painted ground to the other.
pub fn river() -> Polygon {
    let south = PARALLEL_Y[RIVER_ROW] + 34.0;
    let north = PARALLEL_Y[RIVER_ROW + 1] - 34.0;
    Polygon::new(
        LineString(vec![
            Coord {
                x: -REACH_M,
                y: south,
            },
            Coord {
                x: REACH_M,
                y: south,
            },
            Coord {
                x: REACH_M,
                y: north,
            },
            Coord {
                x: -REACH_M,
                y: north,
            },
            Coord {
                x: -REACH_M,
                y: south,
            },
        ]),
        Vec::new(),
    )
}

pub fn railway() -> LineString {
    let x = 1470.0;
    LineString(
        [-REACH_M, REACH_M]
            .map(|y| Coord { x: x + y * 0.06, y })
            .to_vec(),
    )
}

/// A side of a block, as a house there gives its address.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    West,
    East,
    South,
    North,
}

/// Street and number of a door at `at`, on this side of the block in `column` and `row`.
///
/// Numbers rise by two every twelve metres, from the west or the south; odd ones are on the west
/// and the south side of a street.
pub fn address(column: usize, row: usize, side: Side, at: Coord) -> (&'static str, u32) {
    let (street, along, odd) = match side {
        Side::West => (&MERIDIANS[column], at.y - PARALLEL_Y[0], false),
        Side::East => (&MERIDIANS[column + 1], at.y - PARALLEL_Y[0], true),
        Side::South => (&PARALLELS[row], at.x - MERIDIAN_X[0], false),
        Side::North => (&PARALLELS[row + 1], at.x - MERIDIAN_X[0], true),
    };
    let doors = (along / 12.0).max(0.0) as u32;
    (street.name, doors * 2 + if odd { 1 } else { 2 })
}
