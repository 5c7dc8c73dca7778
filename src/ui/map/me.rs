//! Where the surveyor stands, how sure that is, and the way there.

use super::view::View;
use crate::geodesy::measure::distance_m;
use crate::model::LonLat;
use crate::ui::my_position::{Age, MyPlace};
use crate::ui::theme::Palette;
use egui::{Painter, Shape, Stroke};

const RADIUS: f32 = 7.0;

pub fn paint(
    painter: &Painter,
    view: &View,
    place: Option<MyPlace>,
    track: &[LonLat],
    palette: &Palette,
) {
    let way: Vec<_> = track.iter().map(|at| view.project(*at)).collect();
    if way.len() > 1 {
        painter.add(Shape::line(way.clone(), Stroke::new(4.0, palette.halo)));
        painter.add(Shape::line(way, Stroke::new(2.0, palette.me)));
    }
    let Some(place) = place else { return };
    let at = view.project(place.at);
    if let Some(accuracy_m) = place.accuracy_m {
        let radius = accuracy_m / metres_per_point(view, place.at);
        let rim = Stroke::new(1.0, palette.me);
        painter.circle(at, radius as f32, palette.me.gamma_multiply(0.15), rim);
    }
    // A position of another time is a ring: it is told from a live one without colour.
    match place.age {
        Age::Now => painter.circle(at, RADIUS, palette.me, Stroke::new(2.5, palette.halo)),
        Age::Earlier => {
            painter.circle_stroke(at, RADIUS, Stroke::new(5.0, palette.halo));
            painter.circle_stroke(at, RADIUS, Stroke::new(2.5, palette.me))
        }
    };
}

fn metres_per_point(view: &View, at: LonLat) -> f64 {
    const POINTS: f32 = 100.0;
    let here = view.project(at);
    let beside = view.unproject(here + egui::vec2(POINTS, 0.0));
    (distance_m(at, beside) / f64::from(POINTS)).max(1e-6)
}
