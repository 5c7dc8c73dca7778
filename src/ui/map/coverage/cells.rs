//! The grid of what was searched: hatched with a tick where a person looked and found nothing.

use crate::geodesy::grid;
use crate::model::{GridCell, LonLat, SearchedPlace, Survey};
use crate::ui::icons;
use crate::ui::map::labels::paint_haloed;
use crate::ui::map::outline::{self, Lean};
use crate::ui::map::view::View;
use crate::ui::preferences::Switch;
use crate::ui::theme::{ICON_SIZE, Palette};
use egui::{Align2, FontId, Painter, Rect, Stroke, StrokeKind};

/// More would be a grey screen.
pub const MOST: usize = 2_000;

/// The grid, over whatever the map shows.
#[derive(Clone, Copy)]
pub struct CellMap<'a> {
    pub survey: &'a Survey,
    pub size_m: u32,
    /// Whether a click says of a cell that it was searched.
    pub marking: Switch,
}

impl CellMap<'_> {
    pub fn at(&self, position: LonLat) -> GridCell {
        grid::cell_at(position, self.size_m)
    }

    fn is_searched(&self, cell: GridCell) -> bool {
        let id = SearchedPlace::Cell(cell).id();
        self.survey.searched_at(id).is_some()
    }
}

pub(in crate::ui::map) fn paint(painter: &Painter, view: &View, map: &CellMap, palette: &Palette) {
    let line = Stroke::new(1.0, palette.district.gamma_multiply(0.35));
    for cell in grid::cells_in(view.bounds(), map.size_m, MOST) {
        let bounds = grid::bounds(cell);
        let corner = |at: geo::Coord| view.project(at.into());
        let rect = Rect::from_two_pos(corner(bounds.min()), corner(bounds.max()));
        painter.rect_stroke(rect, 0.0, line, StrokeKind::Middle);
        if !map.is_searched(cell) {
            continue;
        }
        let stroke = Stroke::new(1.0, palette.district.gamma_multiply(0.7));
        outline::hatch(painter, &[outline::ring_of(rect)], stroke, 8.0, Lean::Right);
        let font = FontId::proportional(ICON_SIZE);
        let sign = icons::CHECK.to_owned();
        let galley = painter.layout_no_wrap(sign, font, palette.district);
        let at = Align2::CENTER_CENTER.anchor_size(rect.center(), galley.size());
        paint_haloed(painter, at.min, galley, palette.district, palette.halo);
    }
}
