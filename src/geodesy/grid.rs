//! The grid that a town is searched by: cells of about the same side everywhere, the same on every
//! laptop.

use crate::model::{GridCell, LonLat};
use geo::{Coord, Rect};

/// Of a degree of latitude, roughly: a cell is a place to look at and no measure.
const METRES_PER_DEGREE: f64 = 111_320.0;

/// The cell around a position.
pub fn cell_at(at: LonLat, size_m: u32) -> GridCell {
    let row = (at.lat / height(size_m)).floor() as i32;
    GridCell {
        column: (at.lon / width(row, size_m)).floor() as i32,
        row,
        size_m,
    }
}

/// What a cell covers, in degrees.
pub fn bounds(cell: GridCell) -> Rect {
    let (width, height) = (width(cell.row, cell.size_m), height(cell.size_m));
    let corner = |column: i32, row: i32| Coord {
        x: f64::from(column) * width,
        y: f64::from(row) * height,
    };
    let next = |number: i32| number.saturating_add(1);
    Rect::new(
        corner(cell.column, cell.row),
        corner(next(cell.column), next(cell.row)),
    )
}

/// The middle of a cell.
pub fn middle(cell: GridCell) -> LonLat {
    bounds(cell).center().into()
}

/// The cells that touch `area`; none where there would be more than `most`.
pub fn cells_in(area: Rect, size_m: u32, most: usize) -> Vec<GridCell> {
    let first = cell_at(area.min().into(), size_m).row;
    let last = cell_at(area.max().into(), size_m).row;
    let mut cells = Vec::new();
    for row in first..=last {
        let column = |lon: f64| (lon / width(row, size_m)).floor() as i32;
        for column in column(area.min().x)..=column(area.max().x) {
            if cells.len() == most {
                return Vec::new();
            }
            cells.push(GridCell {
                column,
                row,
                size_m,
            });
        }
    }
    cells
}

fn height(size_m: u32) -> f64 {
    f64::from(size_m.max(1)) / METRES_PER_DEGREE
}

/// Of the cells of a row, by the whole degree of latitude that it lies in: so the columns of a town
/// stand straight above each other.
fn width(row: i32, size_m: u32) -> f64 {
    let lat = (f64::from(row) * height(size_m)).floor() + 0.5;
    // At the poles a cell would be as wide as the world.
    height(size_m) / lat.to_radians().cos().max(0.01)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::measure::area_m2;

    #[test]
    fn a_cell_holds_what_lies_in_it_and_is_about_as_large_as_it_says() {
        for (lon, lat) in [(115.9, 28.7), (118.4, 24.5), (-71.5, -20.0), (0.0, 0.0)] {
            let cell = cell_at(LonLat::new(lon, lat), 250);
            let bounds = bounds(cell);
            assert!(bounds.min().x <= lon && lon < bounds.max().x, "{lon}");
            assert!(bounds.min().y <= lat && lat < bounds.max().y, "{lat}");
            let area = area_m2(&bounds.to_polygon().into());
            assert!((area / 62_500.0 - 1.0).abs() < 0.02, "{area}");
            assert_eq!(cell_at(middle(cell), 250), cell);
        }
    }

    #[test]
    fn the_cells_of_an_area_cover_it_once_and_are_not_too_many() {
        let area = Rect::new((115.90, 28.70), (115.92, 28.72));
        let cells = cells_in(area, 250, 1_000);
        assert!((80..110).contains(&cells.len()), "{}", cells.len());
        let each: std::collections::BTreeSet<_> = cells.iter().collect();
        assert_eq!(each.len(), cells.len());
        for at in [(115.9, 28.7), (115.91, 28.71), (115.9199, 28.7199)] {
            let cell = cell_at(LonLat::new(at.0, at.1), 250);
            assert!(cells.contains(&cell), "{at:?}");
        }
        assert!(cells_in(area, 250, 20).is_empty());
    }
}
