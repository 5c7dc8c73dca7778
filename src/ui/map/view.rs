//! What part of the world the map shows: Web Mercator arithmetic, zoom steps, fitting.
//! Pure; positions are "world" units, 0..1 from west to east and north to south, in f64.

use crate::model::LonLat;
use egui::{Pos2, Rect, Vec2};
use std::f64::consts::PI;

/// Zoom levels as tiles count them. Farther out than a few provinces nobody surveys; farther in
/// than 21 no tile and no vertex is that precise.
pub const MIN_ZOOM: f64 = 4.0;
pub const MAX_ZOOM: f64 = 21.0;

const TILE_POINTS: f64 = 256.0;
const EQUATOR_M: f64 = 40_075_016.686;
/// Web Mercator ends here; positions beyond it are drawn on its edge.
const MAX_LATITUDE: f64 = 85.05;

/// A position in world units.
pub type World = [f64; 2];

/// The map panel at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    pub center: World,
    pub zoom: f64,
    /// Where the panel lies on the screen, in points.
    pub rect: Rect,
}

impl View {
    pub fn new(center: LonLat, zoom: f64, rect: Rect) -> Self {
        Self {
            center: world_of(center),
            zoom,
            rect,
        }
    }

    /// How many points the whole world is wide.
    pub fn world_points(&self) -> f64 {
        TILE_POINTS * self.zoom.exp2()
    }

    pub fn place(&self, world: World) -> Pos2 {
        let scale = self.world_points();
        let middle = self.rect.center();
        Pos2::new(
            middle.x + ((world[0] - self.center[0]) * scale) as f32,
            middle.y + ((world[1] - self.center[1]) * scale) as f32,
        )
    }

    pub fn world_at(&self, at: Pos2) -> World {
        let scale = self.world_points();
        let offset = at - self.rect.center();
        [
            self.center[0] + f64::from(offset.x) / scale,
            self.center[1] + f64::from(offset.y) / scale,
        ]
    }

    pub fn project(&self, position: LonLat) -> Pos2 {
        self.place(world_of(position))
    }

    pub fn unproject(&self, at: Pos2) -> LonLat {
        lon_lat_of(self.world_at(at))
    }

    /// South-west and north-east corner of what is seen, in degrees.
    pub fn bounds(&self) -> geo::Rect {
        let corner = |at: Pos2| geo::Coord::from(self.unproject(at));
        geo::Rect::new(
            corner(self.rect.left_bottom()),
            corner(self.rect.right_top()),
        )
    }

    /// Whether what lies in `bounds` (degrees) is seen well: whole and large enough to make out,
    /// or so near that it fills a good part of the panel.
    pub fn shows_well(&self, bounds: geo::Rect) -> bool {
        const MARGIN_POINTS: f32 = 12.0;
        const LEAST_POINTS: f32 = 8.0;
        const GOOD_PART: f32 = 0.3;
        let corner = |at: geo::Coord| self.project(at.into());
        let seen = Rect::from_two_pos(corner(bounds.min()), corner(bounds.max()));
        // A single corner or a waiting row has no size and is a dot all the same.
        let is_large =
            bounds.width() + bounds.height() == 0.0 || seen.size().max_elem() >= LEAST_POINTS;
        let is_whole = self.rect.shrink(MARGIN_POINTS).contains_rect(seen);
        let common = self.rect.intersect(seen);
        let fills = common.is_positive() && common.area() >= GOOD_PART * self.rect.area();
        (is_whole && is_large) || fills
    }

    /// The same panel at another zoom, with what lies under `about` kept under it.
    pub fn zoomed(&self, zoom: f64, about: Pos2) -> View {
        let fixed = self.world_at(about);
        let zoomed = View {
            zoom: zoom.clamp(MIN_ZOOM, MAX_ZOOM),
            ..*self
        };
        let scale = zoomed.world_points();
        let offset = about - self.rect.center();
        View {
            center: [
                fixed[0] - f64::from(offset.x) / scale,
                fixed[1] - f64::from(offset.y) / scale,
            ],
            ..zoomed
        }
    }

    /// Metres on the ground that one point spans in the middle of the panel. Mercator stretches
    /// with latitude, so a scale bar must ask here.
    pub fn metres_per_point(&self) -> f64 {
        let latitude = lon_lat_of(self.center).lat.to_radians();
        EQUATOR_M * latitude.cos() / self.world_points()
    }
}

pub fn world_of(position: LonLat) -> World {
    let latitude = position.lat.clamp(-MAX_LATITUDE, MAX_LATITUDE).to_radians();
    let sine = latitude.sin();
    [
        position.lon / 360.0 + 0.5,
        // The same as asinh(tan), at half the cost; a survey projects millions of corners.
        0.5 - ((1.0 + sine) / (1.0 - sine)).ln() / (4.0 * PI),
    ]
}

pub fn lon_lat_of(world: World) -> LonLat {
    LonLat::new(
        (world[0] - 0.5) * 360.0,
        ((0.5 - world[1]) * 2.0 * PI).sinh().atan().to_degrees(),
    )
}

/// Centre and zoom that show `bounds` (degrees) in a panel of `size`, with a margin.
pub fn fit(bounds: geo::Rect, size: Vec2) -> (LonLat, f64) {
    /// Around what is fitted, so that it does not touch the edge.
    const MARGIN_POINTS: f32 = 48.0;
    /// A single estate is shown with its surroundings.
    const MAX_FIT_ZOOM: f64 = 18.0;
    let [west, south] = world_of(bounds.min().into());
    let [east, north] = world_of(bounds.max().into());
    let room = (size - Vec2::splat(2.0 * MARGIN_POINTS)).max(Vec2::splat(32.0));
    let level =
        |extent: f64, room: f32| (f64::from(room) / (extent.max(1e-12) * TILE_POINTS)).log2();
    let zoom = level(east - west, room.x).min(level(south - north, room.y));
    let center = lon_lat_of([(west + east) / 2.0, (north + south) / 2.0]);
    (center, zoom.clamp(MIN_ZOOM, MAX_FIT_ZOOM))
}

/// How many zoom levels this frame's wheel and pinch events ask for.
///
/// Counted from the events themselves, never multiplied by a frame time: one notch of the wheel is
/// the same factor at any frame rate.
pub fn levels_asked(events: &[egui::Event]) -> f64 {
    const LEVELS_A_LINE: f64 = 0.5;
    /// What egui takes a line of text to be; a touchpad reports points.
    const POINTS_A_LINE: f64 = 40.0;
    events
        .iter()
        .map(|event| match event {
            egui::Event::MouseWheel { unit, delta, .. } => {
                let amount = f64::from(delta.y) * LEVELS_A_LINE;
                match unit {
                    egui::MouseWheelUnit::Line => amount,
                    egui::MouseWheelUnit::Point => amount / POINTS_A_LINE,
                    egui::MouseWheelUnit::Page => amount * 4.0,
                }
            }
            egui::Event::Zoom(factor) => f64::from(factor.max(1e-3)).log2(),
            _ => 0.0,
        })
        .sum()
}

/// The zoom after `seconds` on the way from `now` to `goal`: quick, smooth, and the same whether
/// the time passes in one frame or in ten.
pub fn approach(now: f64, goal: f64, seconds: f64) -> f64 {
    const TIME_CONSTANT_S: f64 = 0.06;
    const CLOSE_ENOUGH: f64 = 0.004;
    let next = goal + (now - goal) * (-seconds / TIME_CONSTANT_S).exp();
    match (next - goal).abs() < CLOSE_ENOUGH {
        true => goal,
        false => next,
    }
}

/// The longest round distance (1, 2 or 5 times a power of ten metres) that fits into `points`.
pub fn scale_bar_m(metres_per_point: f64, points: f64) -> f64 {
    let longest = (metres_per_point * points).max(1e-3);
    let power = 10f64.powf(longest.log10().floor());
    [5.0, 2.0]
        .into_iter()
        .map(|step| step * power)
        .find(|metres| *metres <= longest)
        .unwrap_or(power)
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{Event, Modifiers, MouseWheelUnit, TouchPhase, pos2, vec2};

    const NANCHANG: LonLat = LonLat {
        lon: 115.892,
        lat: 28.676,
    };

    fn view(zoom: f64) -> View {
        View::new(
            NANCHANG,
            zoom,
            Rect::from_min_size(pos2(50.0, 20.0), vec2(900.0, 700.0)),
        )
    }

    fn wheel(lines: f32) -> Event {
        Event::MouseWheel {
            unit: MouseWheelUnit::Line,
            delta: vec2(0.0, lines),
            phase: TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        }
    }

    #[test]
    fn a_point_on_the_screen_and_its_position_are_inverse() {
        for zoom in [4.0, 11.3, 18.0, 21.0] {
            let view = view(zoom);
            for at in [pos2(50.0, 20.0), pos2(500.0, 370.0), pos2(911.0, 333.0)] {
                let back = view.project(view.unproject(at));
                assert!((back - at).length() < 0.01, "{zoom}: {at:?} {back:?}");
            }
        }
    }

    #[test]
    fn walkers_and_this_view_agree() {
        let mut memory = walkers::MapMemory::default();
        memory.center_at(walkers::lon_lat(NANCHANG.lon, NANCHANG.lat));
        memory.set_zoom(16.5).unwrap();
        let view = view(16.5);
        let projector = walkers::Projector::new(
            view.rect,
            &walkers::MercatorProjection,
            &memory,
            walkers::lon_lat(0.0, 0.0),
        );
        let theirs = projector.project(walkers::lon_lat(115.9, 28.68)).to_pos2();
        let ours = view.project(LonLat::new(115.9, 28.68));
        assert!((theirs - ours).length() < 0.01, "{theirs:?} {ours:?}");
    }

    #[test]
    fn zooming_keeps_what_lies_under_the_cursor() {
        let cursor = pos2(123.0, 456.0);
        let before = view(15.0);
        let after = before.zoomed(17.25, cursor);
        let (a, b) = (before.unproject(cursor), after.unproject(cursor));
        assert!((a.lon - b.lon).abs() < 1e-9 && (a.lat - b.lat).abs() < 1e-9);
        assert_eq!(after.zoom, 17.25);
    }

    #[test]
    fn zoom_stays_within_its_bounds() {
        assert_eq!(view(20.0).zoomed(40.0, pos2(0.0, 0.0)).zoom, MAX_ZOOM);
        assert_eq!(view(5.0).zoomed(-3.0, pos2(0.0, 0.0)).zoom, MIN_ZOOM);
    }

    #[test]
    fn one_notch_is_the_same_factor_at_any_frame_rate() {
        let one_frame = levels_asked(&[wheel(1.0), wheel(1.0), wheel(1.0)]);
        let three_frames: f64 = (0..3).map(|_| levels_asked(&[wheel(1.0)])).sum();
        assert_eq!(one_frame, three_frames);
        for frames in [1, 4, 144] {
            let mut zoom = 15.0;
            for _ in 0..frames {
                zoom = approach(zoom, 15.5, 0.12 / f64::from(frames));
            }
            let expected = 15.5 - 0.5 * (-2.0f64).exp();
            assert!((zoom - expected).abs() < 1e-6, "{frames} frames: {zoom}");
        }
        assert_eq!(approach(15.0, 15.5, 1.0), 15.5);
    }

    #[test]
    fn the_scale_bar_takes_round_distances() {
        for (metres_per_point, metres) in [
            (0.07, 5.0),
            (1.0, 100.0),
            (1.5, 100.0),
            (2.0, 200.0),
            (4.9, 200.0),
            (5.1, 500.0),
            (1_000.0, 100_000.0),
        ] {
            assert_eq!(scale_bar_m(metres_per_point, 100.0), metres);
        }
    }

    #[test]
    fn a_metre_is_a_metre_at_this_latitude() {
        // 0.001 degrees of longitude at 28.676° north are 97.7 m on the ground.
        let view = view(17.0);
        let points = (view.project(LonLat::new(115.893, 28.676)) - view.project(NANCHANG)).length();
        let metres = f64::from(points) * view.metres_per_point();
        assert!((metres - 97.67).abs() < 0.1, "{metres}");
    }

    #[test]
    fn what_is_fitted_is_seen_whole() {
        let bounds = geo::Rect::new((115.85, 28.60), (115.97, 28.72));
        let size = vec2(900.0, 700.0);
        let (center, zoom) = fit(bounds, size);
        let view = View::new(center, zoom, Rect::from_min_size(Pos2::ZERO, size));
        for corner in [bounds.min(), bounds.max()] {
            assert!(view.rect.contains(view.project(corner.into())));
        }
        let closer = view.zoomed(zoom + 1.0, view.rect.center());
        assert!(!closer.rect.contains(closer.project(bounds.min().into())));
    }

    #[test]
    fn well_in_view_is_whole_and_not_tiny_or_filling_the_panel() {
        let view = view(17.0);
        let shown = |from: Pos2, to: Pos2| {
            let corner = |at: Pos2| geo::Coord::from(view.unproject(at));
            view.shows_well(geo::Rect::new(corner(from), corner(to)))
        };
        let rect = view.rect;
        let at = |x: f32, y: f32| rect.lerp_inside(vec2(x, y));
        assert!(shown(at(0.2, 0.2), at(0.4, 0.3)), "inside");
        assert!(shown(at(0.5, 0.5), at(0.5, 0.5)), "a point");
        assert!(!shown(at(0.5, 0.5), at(0.501, 0.501)), "too far out");
        assert!(!shown(at(0.9, 0.4), at(1.2, 0.5)), "half outside");
        assert!(!shown(at(2.0, 2.0), at(2.2, 2.2)), "elsewhere");
        assert!(shown(at(-1.0, -1.0), at(2.0, 2.0)), "all around");
    }

    #[test]
    fn a_single_point_is_fitted_with_its_surroundings() {
        let at = geo::Coord::from(NANCHANG);
        let (center, zoom) = fit(geo::Rect::new(at, at), vec2(0.0, 0.0));
        assert_eq!(zoom, 18.0);
        assert!((center.lon - NANCHANG.lon).abs() < 1e-9);
    }
}
