//! The tools in hand: what clicks, drags and keys on the map mean. Each gives actions back.

pub mod captions;
pub mod corners;
pub mod finish;
pub mod flaws;
pub mod marks;
pub mod marquee;
pub mod mend;
pub mod neighbours;
pub mod next;
pub mod nudge;
pub mod outcome;
pub mod paint;
pub mod readout;
pub mod ring;
pub mod select;
pub mod simpler;
pub mod sketch;
pub mod snap;
pub mod trace;
pub mod vertices;
pub mod whole;

use super::guides::Guides;
use super::scene::Scene;
use super::view::View;
use crate::model::{EstateId, Survey};
use crate::ui::keymap::Keymap;
use crate::ui::preferences::{DrawingAids, Switch};
use crate::ui::theme::{MAP_LABEL_SIZE, Palette};
use crate::ui::tool::Tool;
use crate::words::Language;
use captions::Captions;
use egui::text::LayoutJob;
use egui::{
    Align2, Color32, EventFilter, FontId, Key, Modifiers, Painter, Pos2, Response, Stroke,
    StrokeKind, TextFormat, vec2,
};

/// What every tool works on in a frame.
pub struct Desk<'a> {
    pub view: View,
    pub painter: &'a Painter,
    /// Of the map itself.
    pub response: &'a Response,
    pub palette: &'static Palette,
    pub language: Language,
    pub survey: &'a Survey,
    /// Another number after every commit.
    pub revision: u64,
    pub selection: &'a [EstateId],
    pub scene: &'a Scene,
    pub guides: Vec<&'a Guides>,
    pub aids: DrawingAids,
    pub tracing: Switch,
    pub keys: &'a Keymap,
    pub captions: Captions,
}

impl Desk<'_> {
    /// Where the pointer is, while it is over the map and not over what floats on it.
    pub fn pointer(&self) -> Option<Pos2> {
        self.response.hover_pos()
    }

    /// Where the button went down that is held now.
    pub fn press_origin(&self) -> Option<Pos2> {
        let context = &self.response.ctx;
        context.input(|input| input.pointer.press_origin())
    }

    /// Where the pointer is while a button is held down, over whatever.
    pub fn held_pointer(&self) -> Option<Pos2> {
        let context = &self.response.ctx;
        context.input(|input| input.pointer.interact_pos())
    }

    /// Whether the main button is held down.
    pub fn is_pressed(&self) -> bool {
        let context = &self.response.ctx;
        context.input(|input| input.pointer.primary_down())
    }

    pub fn modifiers(&self) -> Modifiers {
        self.response.ctx.input(|input| input.modifiers)
    }

    /// Lets the map have the keys that else go to the control that has the focus.
    pub fn take_keyboard(&self) {
        self.response.request_focus();
    }

    /// Says which keys mean the map while it has the focus, and not the control beside it.
    pub fn keep_keyboard(&self, tool: &Tool) {
        let is_walked = !matches!(tool, Tool::Select | Tool::Sketch(_));
        let keys = EventFilter {
            tab: is_walked,
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: is_walked,
        };
        let id = self.response.id;
        let context = &self.response.ctx;
        context.memory_mut(|memory| memory.set_focus_lock_filter(id, keys));
    }

    /// Lines on a plate, legible on whatever lies below: its `anchor` at `at`, or as near as there
    /// is room.
    pub fn write<'t>(
        &self,
        at: Pos2,
        anchor: Align2,
        lines: impl IntoIterator<Item = (&'t str, Color32)>,
    ) {
        let font = FontId::proportional(MAP_LABEL_SIZE);
        let mut job = LayoutJob::default();
        for (index, (text, color)) in lines.into_iter().enumerate() {
            let format = TextFormat::simple(font.clone(), color);
            if index > 0 {
                job.append("\n", 0.0, format.clone());
            }
            job.append(text, 0.0, format);
        }
        if job.is_empty() {
            return;
        }
        let margin = vec2(4.0, 1.0);
        let galley = self.painter.layout_job(job);
        let wanted = anchor.anchor_size(at, galley.size() + 2.0 * margin);
        let plate = self.captions.place(wanted, self.view.rect.shrink(4.0));
        let fill = self.palette.float.gamma_multiply(0.92);
        let edge = Stroke::new(1.0, self.palette.label.gamma_multiply(0.25));
        self.painter
            .rect(plate, 3.0, fill, edge, StrokeKind::Inside);
        self.painter
            .galley(plate.min + margin, galley, self.palette.label);
    }

    /// Whether a key was pressed that no text box wants; nobody else gets it.
    pub fn consumes(&self, modifiers: Modifiers, key: Key) -> bool {
        let context = &self.response.ctx;
        !context.text_edit_focused() && context.input_mut(|input| input.consume_key(modifiers, key))
    }
}

/// How near, in points, counts as on it.
pub const REACH_POINTS: f32 = 9.0;
