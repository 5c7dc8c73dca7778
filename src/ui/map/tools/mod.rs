//! The tools in hand: what clicks, drags and keys on the map mean. Each gives actions back.

pub mod finish;
pub mod flaws;
pub mod marks;
pub mod marquee;
pub mod mend;
pub mod neighbours;
pub mod next;
pub mod outcome;
pub mod paint;
pub mod readout;
pub mod ring;
pub mod select;
pub mod sketch;
pub mod snap;
pub mod trace;
pub mod vertices;

use super::reference::Reference;
use super::scene::Scene;
use super::view::View;
use crate::model::Survey;
use crate::ui::preferences::{DrawingAids, Switch};
use crate::ui::theme::Palette;
use crate::words::Language;
use egui::{Key, Modifiers, Painter, Pos2, Response};

/// What every tool works on in a frame.
pub struct Desk<'a> {
    pub view: View,
    pub painter: &'a Painter,
    /// Of the map itself.
    pub response: &'a Response,
    pub palette: &'static Palette,
    pub language: Language,
    pub survey: &'a Survey,
    pub scene: &'a Scene,
    pub reference: &'a Reference,
    pub aids: DrawingAids,
    pub tracing: Switch,
}

impl Desk<'_> {
    /// Where the pointer is, while it is over the map and not over what floats on it.
    pub fn pointer(&self) -> Option<Pos2> {
        self.response.hover_pos()
    }

    /// Whether a key was pressed that no text box wants; nobody else gets it.
    pub fn consumes(&self, modifiers: Modifiers, key: Key) -> bool {
        let context = &self.response.ctx;
        !context.text_edit_focused() && context.input_mut(|input| input.consume_key(modifiers, key))
    }
}

/// How near, in points, counts as on it.
pub const REACH_POINTS: f32 = 9.0;
