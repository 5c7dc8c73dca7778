//! Single boundaries painted by the CPU: the few that stand out (selected, under review, hovered).

use super::view::View;
use crate::model::Boundary;
use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, pos2};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dash {
    Solid,
    Dashed,
}

/// Which way hatching leans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lean {
    /// Like `/`.
    Right,
    /// Like `\`.
    Left,
}

/// The rings of a boundary on the screen, closed.
pub fn rings(boundary: &Boundary, view: &View) -> Vec<Vec<Pos2>> {
    boundary
        .iter()
        .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
        .map(|ring| ring.0.iter().map(|at| view.project((*at).into())).collect())
        .filter(|ring: &Vec<Pos2>| ring.iter().all(|at| at.x.is_finite() && at.y.is_finite()))
        .collect()
}

/// A rectangle as a ring, closed.
pub fn ring_of(rect: Rect) -> Vec<Pos2> {
    vec![
        rect.left_top(),
        rect.right_top(),
        rect.right_bottom(),
        rect.left_bottom(),
        rect.left_top(),
    ]
}

pub fn paint(painter: &Painter, rings: &[Vec<Pos2>], stroke: Stroke, dash: Dash) {
    for ring in rings {
        match dash {
            Dash::Solid => {
                painter.add(Shape::line(ring.clone(), stroke));
            }
            Dash::Dashed => {
                painter.extend(Shape::dashed_line(ring, stroke, 8.0, 5.0));
            }
        }
    }
}

/// With a halo, so that the line is seen on any map.
pub fn paint_with_halo(
    painter: &Painter,
    rings: &[Vec<Pos2>],
    stroke: Stroke,
    halo: Color32,
    dash: Dash,
) {
    let wide = Stroke::new(stroke.width + 2.5, halo.gamma_multiply(0.85));
    paint(painter, rings, wide, Dash::Solid);
    paint(painter, rings, stroke, dash);
}

/// Fills the inside of `rings` (even-odd) with lines `spacing` points apart.
pub fn hatch(painter: &Painter, rings: &[Vec<Pos2>], stroke: Stroke, spacing: f32, lean: Lean) {
    let lines = hatch_lines(rings, painter.clip_rect(), spacing, lean);
    painter.extend(
        lines
            .into_iter()
            .map(|line| Shape::line_segment(line, stroke)),
    );
}

/// The pieces of 45° lines that lie inside `rings` and touch `clip`.
fn hatch_lines(rings: &[Vec<Pos2>], clip: Rect, spacing: f32, lean: Lean) -> Vec<[Pos2; 2]> {
    // Along a line x + y (or x − y) is constant; that constant is what the lines are spaced in.
    let sign = match lean {
        Lean::Right => 1.0,
        Lean::Left => -1.0,
    };
    let level = |at: Pos2| at.x + sign * at.y;
    let corners = [
        clip.left_top(),
        clip.right_top(),
        clip.left_bottom(),
        clip.right_bottom(),
    ];
    let clip_levels = corners.map(level);
    let inside = rings.iter().flatten().map(|at| level(*at));
    let (low, high) = inside.fold((f32::MAX, f32::MIN), |(low, high), level| {
        (low.min(level), high.max(level))
    });
    let low = low.max(clip_levels.into_iter().fold(f32::MAX, f32::min));
    let high = high.min(clip_levels.into_iter().fold(f32::MIN, f32::max));
    let mut lines = Vec::new();
    let mut step = (low / spacing).ceil();
    while step * spacing <= high {
        let wanted = step * spacing;
        let mut crossings: Vec<f32> = rings
            .iter()
            .flat_map(|ring| ring.windows(2))
            .filter_map(|edge| {
                let (a, b) = (level(edge[0]), level(edge[1]));
                ((a <= wanted) != (b <= wanted)).then(|| {
                    let share = (wanted - a) / (b - a);
                    edge[0].x + share * (edge[1].x - edge[0].x)
                })
            })
            .collect();
        crossings.sort_by(f32::total_cmp);
        let on_line = |x: f32| pos2(x, sign * (wanted - x));
        let pieces = crossings.chunks_exact(2);
        lines.extend(pieces.map(|piece| [on_line(piece[0]), on_line(piece[1])]));
        step += 1.0;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(min: f32, max: f32) -> Vec<Pos2> {
        vec![
            pos2(min, min),
            pos2(max, min),
            pos2(max, max),
            pos2(min, max),
            pos2(min, min),
        ]
    }

    #[test]
    fn hatching_stays_inside_and_leaves_holes_free() {
        let clip = Rect::from_min_max(pos2(0.0, 0.0), pos2(200.0, 200.0));
        let rings = [square(20.0, 120.0), square(50.0, 90.0)];
        for lean in [Lean::Left, Lean::Right] {
            let lines = hatch_lines(&rings, clip, 7.0, lean);
            assert!(lines.len() > 20);
            for [from, to] in lines {
                let middle = from + (to - from) / 2.0;
                assert!(Rect::from_min_max(pos2(20.0, 20.0), pos2(120.0, 120.0)).contains(middle));
                let hole = Rect::from_min_max(pos2(50.5, 50.5), pos2(89.5, 89.5));
                assert!(!hole.contains(middle), "{lean:?} {middle:?}");
            }
        }
    }

    #[test]
    fn hatching_of_a_huge_polygon_is_limited_to_what_is_seen() {
        let clip = Rect::from_min_max(pos2(0.0, 0.0), pos2(200.0, 200.0));
        let lines = hatch_lines(&[square(-1e6, 1e6)], clip, 7.0, Lean::Right);
        assert!(lines.len() < 80, "{}", lines.len());
    }
}
