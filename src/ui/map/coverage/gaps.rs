//! Places outside every boundary, as somebody's map shows them: dashed, with a question mark.

use crate::jobs::gaps::Gap;
use crate::model::LonLat;
use crate::ui::icons;
use crate::ui::map::labels::paint_haloed;
use crate::ui::map::outline::{self, Dash};
use crate::ui::map::view::View;
use crate::ui::theme::{ICON_SIZE, Palette};
use egui::{Align2, FontId, Painter, Rect, Stroke};
use geo::{Intersects, Point};

/// More than a screen can tell apart.
const MOST: usize = 2_000;

/// The gaps that are still open, each under its number in the list.
pub struct GapMap<'a> {
    pub gaps: Vec<(usize, &'a Gap)>,
    pub picked: Option<usize>,
}

impl GapMap<'_> {
    /// The gap around a position.
    pub fn at(&self, position: LonLat) -> Option<usize> {
        let point = Point::new(position.lon, position.lat);
        let mut around = self
            .gaps
            .iter()
            .filter(|(_, gap)| gap.outline.intersects(&point));
        around.next().map(|(index, _)| *index)
    }
}

pub(in crate::ui::map) fn paint(painter: &Painter, view: &View, map: &GapMap, palette: &Palette) {
    let mut painted = 0;
    for (index, gap) in &map.gaps {
        let rings = outline::rings(&gap.outline, view);
        let extent = Rect::from_points(&rings.concat());
        if !extent.intersects(view.rect) {
            continue;
        }
        let (stroke, dash) = match map.picked == Some(*index) {
            true => (Stroke::new(3.0, palette.selection), Dash::Solid),
            false => (Stroke::new(2.0, palette.waiting), Dash::Dashed),
        };
        outline::paint_with_halo(painter, &rings, stroke, palette.halo, dash);
        let font = FontId::proportional(ICON_SIZE);
        let sign = icons::QUESTION.to_owned();
        let galley = painter.layout_no_wrap(sign, font, palette.waiting);
        let at = Align2::CENTER_CENTER.anchor_size(view.project(gap.at), galley.size());
        paint_haloed(painter, at.min, galley, palette.waiting, palette.halo);
        painted += 1;
        if painted == MOST {
            break;
        }
    }
}
