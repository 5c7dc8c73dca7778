//! The sketch in hand: kept corner by corner, parked, gone on with, and finished.

use crate::edit::Refusal;
use crate::session::SessionError;
use crate::ui::app::App;
use crate::ui::map;
use crate::ui::notice::Tone;
use crate::ui::tool::{Sketch, Tool};
use crate::ui::verb::{Take, Verb};
use egui::Context;
use serde::{Deserialize, Serialize};

/// Where the survey file keeps what is being drawn.
const SKETCH: &str = "sketch";

/// What is kept: a crash loses no corner, and closing the window no parked sketch.
#[derive(Serialize, Deserialize)]
struct Kept {
    in_hand: Option<Sketch>,
    parked: Vec<Sketch>,
}

impl App {
    /// Takes a tool in hand; a sketch of another purpose is parked.
    pub(super) fn set_tool(&mut self, tool: Tool, context: &Context) {
        let goes_on = match (&self.view.tool, &tool) {
            (Tool::Sketch(before), Tool::Sketch(now)) => before.purpose == now.purpose,
            _ => false,
        };
        if !goes_on {
            self.park_quietly();
        }
        self.view.tool = tool;
        self.keep_sketches(context);
    }

    /// Puts the tool away with what was drawn, because it has become an edit.
    fn put_away(&mut self, context: &Context) {
        self.view.tool = Tool::Select;
        self.keep_sketches(context);
    }

    fn park_quietly(&mut self) {
        if let Tool::Sketch(sketch) = std::mem::take(&mut self.view.tool)
            && sketch.is_kept()
        {
            self.view.parked.push(sketch);
        }
    }

    pub(super) fn park(&mut self, context: &Context) {
        let verb = Verb::Take(self.view.tool.take());
        let language = self.language();
        self.set_tool(Tool::Select, context);
        let name = language.text(verb.key());
        let text = language.text_with("notice.parked", &[("tool", &name)]);
        self.say(Tone::Done, text, context);
    }

    /// The sketch that was parked last with this tool, if its record is still there.
    pub(super) fn unpark(&mut self, take: Take) -> Option<Sketch> {
        let survey = self.session.as_ref()?.survey();
        let parked = &mut self.view.parked;
        let index = parked
            .iter()
            .rposition(|sketch| sketch.purpose.take() == take && sketch.has_estate(survey))?;
        Some(parked.remove(index))
    }

    fn keep_sketches(&mut self, context: &Context) {
        let in_hand = match &self.view.tool {
            Tool::Sketch(sketch) if sketch.is_kept() => Some(sketch.clone()),
            _ => None,
        };
        let parked = self.view.parked.clone();
        let is_empty = in_hand.is_none() && parked.is_empty();
        let kept = Kept { in_hand, parked };
        let text = (!is_empty).then(|| serde_json::to_string(&kept).ok());
        if let Some(session) = &mut self.session
            && let Err(error) = session.keep(SKETCH, text.flatten().as_deref())
        {
            self.say_error(&error, context);
        }
    }

    /// Goes on with what the survey file kept.
    pub(super) fn resume_sketch(&mut self, context: &Context) {
        let kept = match self.session.as_ref().map(|session| session.kept(SKETCH)) {
            Some(Ok(kept)) => kept,
            Some(Err(error)) => {
                self.say_error(&error, context);
                None
            }
            None => None,
        };
        // What an older or newer program kept in another form is let go.
        let Some(kept) = kept.and_then(|text| serde_json::from_str::<Kept>(&text).ok()) else {
            return;
        };
        self.view.parked = kept.parked;
        let Some(survey) = self.session.as_ref().map(|session| session.survey()) else {
            return;
        };
        let in_hand = kept.in_hand.filter(|sketch| sketch.has_estate(survey));
        if let Some(sketch) = in_hand.or_else(|| self.view.parked.pop()) {
            self.map.show_positions(&sketch.corners);
            self.view.tool = Tool::Sketch(sketch);
            let text = self.language().text("notice.resumed").into_owned();
            self.say(Tone::Done, text, context);
        }
    }

    pub(super) fn takes_back_corner(&self) -> bool {
        matches!(&self.view.tool, Tool::Sketch(sketch) if !sketch.corners.is_empty())
    }

    pub(super) fn remove_last_vertex(&mut self, context: &Context) {
        if let Tool::Sketch(sketch) = &self.view.tool {
            self.set_tool(Tool::Sketch(sketch.without_last()), context);
        }
    }

    /// Makes an edit of what is drawn. Where that is refused, the sketch stays in hand.
    pub(super) fn finish_sketch(&mut self, context: &Context) {
        let Tool::Sketch(sketch) = &self.view.tool else {
            return;
        };
        let command = match map::finish(sketch) {
            Ok(command) => command,
            Err(problem) => {
                let text = map::problem_text(problem, self.language());
                self.say(Tone::Problem, text, context);
                return;
            }
        };
        match self.run(command) {
            Ok(()) | Err(SessionError::Refused(Refusal::NothingChanges)) => self.put_away(context),
            Err(error) => self.say_error(&error, context),
        }
    }
}
