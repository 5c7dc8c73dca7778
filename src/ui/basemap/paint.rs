//! Draws tiles where their pixels lie on the ground.
//!
//! A tile is a grid of small quadrilaterals whose corners are stored positions: the shift of a
//! datum and the bend of a projection are exact at each corner, and what lies between is less than half
//! a pixel off. Nothing is resampled, so a shifted map is as sharp as any other.

use super::tiles::Tiles;
use crate::basemap::{Lattice, TileAddress};
use crate::ui::map::view::{View, World, world_of};
use egui::{Color32, Mesh, Painter, Rect, Shape};
use lru::LruCache;
use std::num::NonZeroUsize;
use std::sync::Arc;

/// More in one view would be smaller than stamps: the source does not reach so far out.
const MOST_TILES: u64 = 400;
const KEPT_GRIDS: NonZeroUsize = NonZeroUsize::new(2_048).expect("is not zero");

/// Where the corners of tiles lie, kept because shifting a position takes a few microseconds.
pub struct Grids(LruCache<TileAddress, Option<Arc<Grid>>>);

impl Default for Grids {
    fn default() -> Self {
        Self(LruCache::new(KEPT_GRIDS))
    }
}

impl Grids {
    fn of(&mut self, lattice: &Lattice, tile: TileAddress) -> Option<Arc<Grid>> {
        let make = || Grid::of(lattice, tile).map(Arc::new);
        self.0.get_or_insert(tile, make).clone()
    }
}

/// The corners of a tile's quadrilaterals, row by row.
struct Grid {
    /// Quadrilaterals along a side.
    cells: u32,
    corners: Vec<World>,
}

impl Grid {
    fn of(lattice: &Lattice, tile: TileAddress) -> Option<Self> {
        // A tile of a whole province bends more than one of a street.
        let cells = match tile.level {
            0..=8 => 12,
            9..=12 => 6,
            _ => 3,
        };
        let at = |index: u32, step: u32| f64::from(index) + f64::from(step) / f64::from(cells);
        let mut corners = Vec::with_capacity(((cells + 1) * (cells + 1)) as usize);
        for row in 0..=cells {
            for column in 0..=cells {
                let (x, y) = (at(tile.x, column), at(tile.y, row));
                corners.push(world_of(lattice.position(tile.level, x, y)?));
            }
        }
        Some(Self { cells, corners })
    }

    fn mesh(&self, view: &View, texture: egui::TextureId, part: Rect, color: Color32) -> Mesh {
        let mut mesh = Mesh::with_texture(texture);
        let side = self.cells + 1;
        for (index, corner) in self.corners.iter().enumerate() {
            let step = |steps: u32| steps as f32 / self.cells as f32;
            let (column, row) = (index as u32 % side, index as u32 / side);
            mesh.vertices.push(egui::epaint::Vertex {
                pos: view.place(*corner),
                uv: part.lerp_inside(egui::vec2(step(column), step(row))),
                color,
            });
        }
        for row in 0..self.cells {
            for column in 0..self.cells {
                let first = row * side + column;
                mesh.add_triangle(first, first + 1, first + side);
                mesh.add_triangle(first + 1, first + side + 1, first + side);
            }
        }
        mesh
    }
}

/// How a source fills the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filled {
    /// Everything that has come is drawn.
    Drawn,
    /// Nothing has come yet.
    Waiting,
    /// Its coarsest level is still too fine for this view.
    TooFar,
    /// It has nothing here.
    Elsewhere,
}

/// Draws what there is of a source, and asks for the rest.
pub fn paint(
    painter: &Painter,
    view: &View,
    tiles: &mut Tiles,
    grids: &mut Grids,
    opacity: f32,
) -> Filled {
    tiles.receive();
    let pixel_m = view.metres_per_point() / f64::from(painter.pixels_per_point());
    let level = tiles
        .lattice()
        .level_for(view.unproject(view.rect.center()), pixel_m);
    let range = tiles.lattice().tiles_in(level, view.bounds());
    match range.count() {
        0 => return Filled::Elsewhere,
        1..=MOST_TILES => {}
        _ => return Filled::TooFar,
    }
    let color = Color32::WHITE.gamma_multiply(opacity.clamp(0.0, 1.0));
    let mut wanted: Vec<_> = range.iter().collect();
    // What is asked for last comes first: the middle of the view.
    let middle = |range: &std::ops::Range<u32>| f64::from(range.start + range.end) / 2.0 - 0.5;
    let (x, y) = (middle(&range.columns), middle(&range.rows));
    let distance = |tile: &TileAddress| (f64::from(tile.x) - x).hypot(f64::from(tile.y) - y);
    wanted.sort_by(|a, b| distance(b).total_cmp(&distance(a)));
    let mut filled = Filled::Waiting;
    for tile in wanted {
        let Some(piece) = tiles.piece(tile) else {
            continue;
        };
        if let Some(grid) = grids.of(tiles.lattice(), tile) {
            let mesh = grid.mesh(view, piece.texture.id(), piece.part, color);
            if mesh.calc_bounds().intersects(painter.clip_rect()) {
                painter.add(Shape::mesh(mesh));
                filled = Filled::Drawn;
            }
        }
    }
    filled
}

/// Where the view shows a point of a tile, `u` and `v` in 0..=1 from its first corner.
#[cfg(test)]
pub fn shown_at(
    lattice: &Lattice,
    view: &View,
    tile: TileAddress,
    u: f32,
    v: f32,
) -> Option<egui::Pos2> {
    let grid = Grid::of(lattice, tile)?;
    let part = Rect::from_min_max(egui::pos2(0.0, 0.0), egui::pos2(1.0, 1.0));
    let mesh = grid.mesh(view, egui::TextureId::default(), part, Color32::WHITE);
    let at = egui::pos2(u, v);
    mesh.indices.chunks_exact(3).find_map(|triangle| {
        let [a, b, c] = [0, 1, 2].map(|corner| mesh.vertices[triangle[corner] as usize]);
        let (side, other, to) = (b.uv - a.uv, c.uv - a.uv, at - a.uv);
        let area = side.x * other.y - side.y * other.x;
        let along = (to.x * other.y - to.y * other.x) / area;
        let across = (side.x * to.y - side.y * to.x) / area;
        let inside = along >= -1e-5 && across >= -1e-5 && along + across <= 1.0 + 1e-5;
        inside.then(|| a.pos + (b.pos - a.pos) * along + (c.pos - a.pos) * across)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::datum;
    use crate::model::{Crs, Datum, LonLat};
    use egui::{pos2, vec2};

    const NANCHANG: LonLat = LonLat {
        lon: 115.892,
        lat: 28.676,
    };

    fn view(zoom: f64) -> View {
        View::new(
            NANCHANG,
            zoom,
            Rect::from_min_size(pos2(0.0, 0.0), vec2(1200.0, 800.0)),
        )
    }

    /// Every lattice and view: the mark that a map draws at a place, and the place itself, are the
    /// same pixel of the screen.
    #[test]
    fn a_place_and_its_mark_on_a_map_of_any_datum_are_painted_on_the_same_point() {
        let lattices = [
            Lattice::web_mercator(Datum::Wgs84, 0..=20),
            Lattice::web_mercator(Datum::Gcj02, 0..=20),
            Lattice::web_mercator(Datum::Bd09, 0..=20),
            Lattice::geographic(Datum::Cgcs2000, 1..=20),
        ];
        for lattice in &lattices {
            for zoom in [6.0, 9.5, 12.0, 16.3, 19.0] {
                let view = view(zoom);
                for (x, y) in [(600.0, 400.0), (13.0, 777.0), (1111.0, 20.0)] {
                    let stored = view.unproject(pos2(x, y));
                    let level = zoom as u8;
                    let at = lattice.tiles_to(level, stored).unwrap();
                    let tile = TileAddress::new(level, at.x as u32, at.y as u32);
                    let (u, v) = (at.x.fract() as f32, at.y.fract() as f32);
                    let shown = shown_at(lattice, &view, tile, u, v).unwrap();
                    let off = (shown - view.project(stored)).length();
                    assert!(off < 0.5, "{:?} zoom {zoom}: {off}", lattice.crs);
                }
            }
        }
        // The proof proves nothing if the datums agree.
        let shifted = datum::from_storage(Datum::Gcj02, NANCHANG);
        let at_16 = view(16.0);
        assert!((at_16.project(shifted.into()) - at_16.project(NANCHANG)).length() > 100.0);
        assert_eq!(lattices[1].crs, Crs::WebMercator(Datum::Gcj02));
    }

    #[test]
    fn neighbours_share_their_edge_to_the_bit() {
        let lattice = Lattice::web_mercator(Datum::Gcj02, 0..=18);
        let grid = |x| Grid::of(&lattice, TileAddress::new(15, x, 13_657)).unwrap();
        let (west, east) = (grid(26_932), grid(26_933));
        let side = (west.cells + 1) as usize;
        for row in 0..side {
            assert_eq!(
                west.corners[row * side + side - 1],
                east.corners[row * side]
            );
        }
    }
}
