//! A pair under review: both outlines, and where they differ.

use super::outline::{self, Dash, Lean};
use super::view::View;
use crate::model::{Boundary, EstateId, LonLat, Survey};
use crate::ui::theme::Palette;
use egui::{Color32, Painter, Sense, Stroke, Ui, vec2};
use geo::BooleanOps;
use std::sync::Arc;

/// Two records and the parts that only one of them covers; kept while neither changes.
pub struct Difference {
    sides: [Side; 2],
}

struct Side {
    id: EstateId,
    boundary: Option<Arc<Boundary>>,
    position: Option<LonLat>,
    /// What the other does not cover; everything where the other has no boundary.
    alone: Option<Boundary>,
}

impl Side {
    fn is(&self, other: &Side) -> bool {
        let same = |a: &Option<Arc<Boundary>>, b: &Option<Arc<Boundary>>| match (a, b) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        };
        self.id == other.id
            && same(&self.boundary, &other.boundary)
            && self.position == other.position
    }

    fn of(survey: &Survey, id: EstateId) -> Self {
        let estate = survey.estate(id);
        Self {
            id,
            boundary: estate.and_then(|estate| estate.boundary.clone()),
            position: estate.and_then(|estate| estate.position),
            alone: None,
        }
    }
}

/// How each of the two is drawn.
fn looks(palette: &Palette) -> [(Color32, Dash, Lean); 2] {
    [
        (palette.first, Dash::Solid, Lean::Right),
        (palette.second, Dash::Dashed, Lean::Left),
    ]
}

/// A small piece of the outline of the first (0) or the second (1) record, as the map draws it.
pub fn pair_sample(ui: &mut Ui, side: usize) {
    let (rect, _) = ui.allocate_exact_size(vec2(22.0, 16.0), Sense::hover());
    let looks = looks(Palette::of(ui.visuals()));
    if let Some((color, dash, lean)) = looks.get(side) {
        let painter = ui.painter().with_clip_rect(rect);
        let room = rect.shrink(2.0);
        let ring = vec![
            room.left_top(),
            room.right_top(),
            room.right_bottom(),
            room.left_bottom(),
            room.left_top(),
        ];
        let rings = [ring];
        outline::hatch(&painter, &rings, Stroke::new(1.0, *color), 6.0, *lean);
        outline::paint(&painter, &rings, Stroke::new(2.0, *color), *dash);
    }
}

impl Difference {
    /// The difference of `pair`, from `cache` where that still holds.
    pub fn of<'a>(
        cache: &'a mut Option<Difference>,
        survey: &Survey,
        pair: (EstateId, EstateId),
    ) -> &'a Difference {
        let sides = [pair.0, pair.1].map(|id| Side::of(survey, id));
        let known = |cached: &mut Difference| cached.sides.iter().zip(&sides).all(|(a, b)| a.is(b));
        match cache.take_if(known) {
            Some(still_right) => cache.insert(still_right),
            None => cache.insert(Self::worked_out(sides)),
        }
    }

    fn worked_out([mut first, mut second]: [Side; 2]) -> Self {
        if let (Some(a), Some(b)) = (&first.boundary, &second.boundary) {
            first.alone = Some(a.difference(b.as_ref()));
            second.alone = Some(b.difference(a.as_ref()));
        }
        Self {
            sides: [first, second],
        }
    }

    pub fn paint(&self, painter: &Painter, view: &View, palette: &Palette) {
        for (side, (color, dash, lean)) in self.sides.iter().zip(looks(palette)) {
            if let Some(alone) = &side.alone {
                let rings = outline::rings(alone, view);
                outline::hatch(painter, &rings, Stroke::new(1.2, color), 8.0, lean);
            }
            let stroke = Stroke::new(3.0, color);
            match (&side.boundary, side.position) {
                (Some(boundary), _) => {
                    let rings = outline::rings(boundary, view);
                    outline::paint_with_halo(painter, &rings, stroke, palette.halo, dash);
                }
                (None, Some(at)) => {
                    painter.circle_stroke(view.project(at), 9.0, stroke);
                }
                (None, None) => {}
            }
        }
    }
}
