//! Moving and turning by the arrow keys. A run of presses is one move: it ends with a pause, or as soon as
//! anything else is pressed.

use super::Desk;
use crate::model::LonLat;
use crate::ui::map::view::lon_lat_of;
use egui::{Event, Key, Modifiers, Vec2, vec2};
use std::time::Duration;

/// Presses gathered, as they were on the map.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Run {
    /// In world units, so that the wheel may turn meanwhile.
    by: [f64; 2],
    /// To the left.
    degrees: f64,
    pressed_at: f64,
}

/// A run ends after a pause of so many seconds.
const PAUSE: f64 = 0.8;
const POINTS: f32 = 1.0;
const POINTS_WITH_SHIFT: f32 = 10.0;
const DEGREES: f64 = 1.0;
const DEGREES_WITH_SHIFT: f64 = 15.0;

const ARROWS: [(Key, Vec2); 4] = [
    (Key::ArrowLeft, vec2(-1.0, 0.0)),
    (Key::ArrowRight, vec2(1.0, 0.0)),
    (Key::ArrowUp, vec2(0.0, -1.0)),
    (Key::ArrowDown, vec2(0.0, 1.0)),
];

impl Run {
    /// The run that goes on from `before` with this frame's presses; `None` where no arrow was
    /// pressed. Nobody else gets those presses.
    pub fn of(desk: &Desk, before: Option<Run>) -> Option<Run> {
        let by = points_asked(desk)?;
        let scale = desk.view.world_points();
        let mut run = before.unwrap_or_default();
        run.by[0] += f64::from(by.x) / scale;
        run.by[1] += f64::from(by.y) / scale;
        Some(run.pressed_now(desk))
    }

    /// The same, also with Ctrl and an arrow to the side, which turn.
    pub fn with_turns(desk: &Desk, before: Option<Run>) -> Option<Run> {
        let turned = degrees_asked(desk);
        let before = match turned {
            Some(degrees) => {
                let mut run = before.unwrap_or_default();
                run.degrees += degrees;
                Some(run.pressed_now(desk))
            }
            None => before,
        };
        Self::of(desk, before).or(before.filter(|_| turned.is_some()))
    }

    fn pressed_now(self, desk: &Desk) -> Self {
        Self {
            pressed_at: desk.response.ctx.input(|input| input.time),
            ..self
        }
    }

    pub fn degrees(&self) -> f64 {
        self.degrees
    }

    /// Where what lay at `from` is moved to.
    pub fn moved(&self, desk: &Desk, from: LonLat) -> LonLat {
        let [x, y] = desk.view.world_at(desk.view.project(from));
        lon_lat_of([x + self.by[0], y + self.by[1]])
    }

    /// Whether it has ended. The press that ends it has not been carried out yet.
    pub fn is_over(&self, desk: &Desk) -> bool {
        let context = &desk.response.ctx;
        let waits = self.pressed_at + PAUSE - context.input(|input| input.time);
        if waits > 0.0 {
            context.request_repaint_after(Duration::from_secs_f64(waits));
        }
        // Of the raw events: a shortcut takes its key out of the others before the map is drawn.
        waits <= 0.0
            || context.input(|input| {
                input.viewport().close_requested() || input.raw.events.iter().any(ends_run)
            })
    }
}

fn ends_run(event: &Event) -> bool {
    match event {
        Event::Key { key, pressed, .. } => {
            *pressed && !ARROWS.iter().any(|(arrow, _)| arrow == key)
        }
        Event::PointerButton { pressed, .. } => *pressed,
        _ => false,
    }
}

/// How far this frame's arrow keys ask to move, in points on the screen.
fn points_asked(desk: &Desk) -> Option<Vec2> {
    let context = &desk.response.ctx;
    if context.text_edit_focused() {
        return None;
    }
    let mut by = Vec2::ZERO;
    let mut pressed = 0;
    for (key, direction) in ARROWS {
        // With Shift first: without would take those presses as well.
        for (modifiers, points) in [
            (Modifiers::SHIFT, POINTS_WITH_SHIFT),
            (Modifiers::NONE, POINTS),
        ] {
            let count = context.input_mut(|input| input.count_and_consume_key(modifiers, key));
            by += direction * points * count as f32;
            pressed += count;
        }
    }
    (pressed > 0).then_some(by)
}

/// How far this frame's presses of Ctrl and an arrow ask to turn, to the left.
fn degrees_asked(desk: &Desk) -> Option<f64> {
    let context = &desk.response.ctx;
    if context.text_edit_focused() {
        return None;
    }
    let mut by = 0.0;
    let mut pressed = 0;
    for (key, direction) in [(Key::ArrowLeft, 1.0), (Key::ArrowRight, -1.0)] {
        for (modifiers, degrees) in [
            (Modifiers::COMMAND | Modifiers::SHIFT, DEGREES_WITH_SHIFT),
            (Modifiers::COMMAND, DEGREES),
        ] {
            let count = context.input_mut(|input| input.count_and_consume_key(modifiers, key));
            by += direction * degrees * count as f64;
            pressed += count;
        }
    }
    (pressed > 0).then_some(by)
}
