//! Where the map looks and how it moves there. walkers pans; zooming is ours, because its own
//! depends on the frame rate and knows no bounds. Changes take effect at the next frame's start.

use super::view::{MAX_ZOOM, MIN_ZOOM, View, approach, fit, levels_asked, lon_lat_of};
use crate::model::{Estate, LonLat};
use crate::ui::tool::Tool;
use egui::{DragPanButtons, Key, Modifiers, Pos2, Rect, Response, Ui, Vec2, vec2};
use walkers::{Map, MapMemory};

/// Nanchang, until something is fitted.
const START: LonLat = LonLat {
    lon: 115.89,
    lat: 28.68,
};
const START_ZOOM: f64 = 12.0;

pub struct Motion {
    memory: MapMemory,
    /// Zooming under way.
    goal: Option<Goal>,
    /// To be shown whole once the panel's size is known.
    wanted: Option<geo::Rect>,
    rect: Rect,
}

#[derive(Clone, Copy)]
struct Goal {
    zoom: f64,
    /// What stays where it is; `None` is the middle.
    about: Option<Pos2>,
}

impl Default for Motion {
    fn default() -> Self {
        let mut motion = Self {
            memory: MapMemory::default(),
            goal: None,
            wanted: None,
            rect: Rect::ZERO,
        };
        motion.set(START, START_ZOOM);
        motion
    }
}

impl Motion {
    pub fn zoom(&self) -> f64 {
        self.memory.zoom()
    }

    pub fn center(&self) -> LonLat {
        // Detached from the first `set` on.
        let center = self.memory.detached();
        center.map_or(START, |at| LonLat::new(at.x(), at.y()))
    }

    pub fn view(&self, rect: Rect) -> View {
        View::new(self.center(), self.zoom(), rect)
    }

    /// What the last frame showed, were it drawn now.
    pub fn now(&self) -> View {
        self.view(self.rect)
    }

    pub fn fit(&mut self, bounds: geo::Rect) {
        self.wanted = Some(bounds);
    }

    /// Shows all of these; does nothing where there are none.
    pub fn fit_all(&mut self, extents: impl Iterator<Item = geo::Rect>) {
        if let Some(bounds) = extents.reduce(enclosing) {
            self.fit(bounds);
        }
    }

    pub fn set(&mut self, center: LonLat, zoom: f64) {
        self.goal = None;
        self.set_center(center);
        // Its own bounds are wider than ours, so it takes every zoom.
        let _ = self.memory.set_zoom(zoom.clamp(MIN_ZOOM, MAX_ZOOM));
    }

    fn set_center(&mut self, center: LonLat) {
        self.memory
            .center_at(walkers::lon_lat(center.lon, center.lat));
    }

    /// Goes to a position that is out of view, or nearly.
    pub fn reveal(&mut self, at: LonLat) {
        const MARGIN_POINTS: f32 = 40.0;
        let seen = self.rect.shrink(MARGIN_POINTS);
        if !seen.contains(self.view(self.rect).project(at)) {
            self.set(at, self.zoom());
        }
    }

    pub fn zoom_by(&mut self, levels: f64, about: Option<Pos2>) {
        let from = self.goal.map_or(self.zoom(), |goal| goal.zoom);
        self.goal = Some(Goal {
            zoom: (from + levels).clamp(MIN_ZOOM, MAX_ZOOM),
            about,
        });
    }

    pub fn is_moving(&self) -> bool {
        self.goal.is_some() || self.wanted.is_some()
    }

    /// Carries out what was asked for since the last frame.
    pub fn settle(&mut self, room: Rect, seconds: f32) {
        let before = std::mem::replace(&mut self.rect, room);
        if before.is_positive() && moved_edges(before, room) == 1 {
            // A notice or a panel takes room: what lies under the pointer stays there.
            let center = self.view(before).world_at(room.center());
            self.set_center(lon_lat_of(center));
        }
        if let Some(bounds) = self.wanted.take() {
            let (center, zoom) = fit(bounds, room.size());
            self.set(center, zoom);
        }
        if let Some(goal) = self.goal {
            let zoom = approach(self.zoom(), goal.zoom, f64::from(seconds));
            let about = goal.about.unwrap_or(room.center());
            let view = self.view(room).zoomed(zoom, about);
            self.set(lon_lat_of(view.center), zoom);
            self.goal = Some(goal).filter(|goal| goal.zoom != zoom);
        }
    }

    /// Lets walkers pan by a drag with any of `panning`.
    pub fn show(&mut self, ui: &mut Ui, panning: DragPanButtons) -> Response {
        let start = walkers::lon_lat(START.lon, START.lat);
        let map = Map::new(None, &mut self.memory, start)
            .zoom_gesture(false)
            .double_click_to_zoom(false)
            .panning(false)
            .drag_pan_buttons(panning);
        map.show(ui, |_, _, _, _| ()).response
    }

    /// Wheel, pinch and double click.
    pub fn wheel(&mut self, ui: &Ui, response: &Response, tool: &Tool) {
        if response.contains_pointer() {
            let levels = ui.input(|input| {
                let pinch = input.multi_touch().map_or(1.0, |touch| touch.zoom_delta);
                levels_asked(&input.events) + f64::from(pinch.max(1e-3)).log2()
            });
            if levels != 0.0 {
                self.zoom_by(levels, response.hover_pos());
            }
            // Used up: a scroll area around the map must not move as well.
            ui.input_mut(|input| input.smooth_scroll_delta = egui::Vec2::ZERO);
            // While drawing, a double click ends the ring.
            if matches!(tool, Tool::Select) && response.double_clicked() {
                self.zoom_by(1.0, response.hover_pos());
            }
        }
    }

    /// The arrow keys pan, where nothing else has the focus.
    pub fn arrow_keys(&mut self, ui: &Ui, map: egui::Id) {
        const STEP_POINTS: f32 = 80.0;
        let focused = ui.ctx().memory(|memory| memory.focused());
        if focused.is_some_and(|focused| focused != map) {
            return;
        }
        let mut by = Vec2::ZERO;
        for (key, direction) in [
            (Key::ArrowLeft, vec2(-1.0, 0.0)),
            (Key::ArrowRight, vec2(1.0, 0.0)),
            (Key::ArrowUp, vec2(0.0, -1.0)),
            (Key::ArrowDown, vec2(0.0, 1.0)),
        ] {
            let times = ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key));
            by += direction * STEP_POINTS * times as f32;
        }
        if by != Vec2::ZERO {
            let view = self.view(self.rect);
            let center = lon_lat_of(view.world_at(self.rect.center() + by));
            self.set(center, self.zoom());
            ui.ctx().request_repaint();
        }
    }
}

/// What encloses both.
pub fn enclosing(a: geo::Rect, b: geo::Rect) -> geo::Rect {
    geo::Rect::new(
        geo::coord! { x: a.min().x.min(b.min().x), y: a.min().y.min(b.min().y) },
        geo::coord! { x: a.max().x.max(b.max().x), y: a.max().y.max(b.max().y) },
    )
}

fn moved_edges(before: Rect, now: Rect) -> usize {
    let edges = |rect: Rect| [rect.left(), rect.top(), rect.right(), rect.bottom()];
    let pairs = edges(before).into_iter().zip(edges(now));
    pairs.filter(|(before, now)| before != now).count()
}

/// What encloses a record, in degrees; `None` where it has no place.
pub fn extent(estate: &Estate) -> Option<geo::Rect> {
    estate.extent()
}
