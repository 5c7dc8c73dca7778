//! The sketch in hand: kept corner by corner, parked, gone on with, and finished.

use crate::edit::Refusal;
use crate::geometry::ShapeProblem;
use crate::model::Survey;
use crate::session::SessionError;
use crate::ui::app::App;
use crate::ui::map::{self, Cut, Finished, Mended, mended, ring_fix_text};
use crate::ui::notice::Tone;
use crate::ui::tool::{Purpose, Sketch, Tool};
use crate::ui::verb::{Shape, Take, Verb};
use crate::words::Language;
use crate::words::fields::{area_figure, record_name};
use crate::words::geometry::shape_problem_text;
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
        let verb = self.view.tool.verb();
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
        let (Tool::Sketch(sketch), Some(session)) = (&self.view.tool, &self.session) else {
            return;
        };
        let avoid_overlap = self.preferences.drawing.avoid_overlap;
        let survey = session.survey().clone();
        let ended = match map::finish(sketch, &survey, avoid_overlap) {
            Ok(Finished::Edit { command, cut }) => self.run(*command).map(|()| cut),
            Ok(Finished::Building { estate, place }) => {
                return match self.add_building(estate, place) {
                    Ok(()) => self.set_tool(Tool::sketch(Purpose::Building { estate }), context),
                    Err(error) => self.say_error(&error, context),
                };
            }
            Ok(Finished::Measured) => {
                self.map.show_measured(sketch.corners.clone());
                return self.set_tool(Tool::sketch(Purpose::Measure), context);
            }
            Err(problem) => {
                let text = self.refusal_text(problem, context);
                return self.say(Tone::Problem, text, context);
            }
        };
        match ended {
            Ok(cut) => {
                self.put_away(context);
                if let Some(cut) = cut {
                    let text = cut_text(self.language(), &survey, &cut);
                    self.say(Tone::Done, text, context);
                }
            }
            Err(SessionError::Refused(Refusal::NothingChanges)) => self.put_away(context),
            Err(error) => self.say_error(&error, context),
        }
    }

    fn refusal_text(&self, problem: ShapeProblem, context: &Context) -> String {
        let language = self.language();
        match problem {
            ShapeProblem::CrossesItself => {
                let key = self
                    .preferences
                    .keys
                    .text(Verb::Shape(Shape::Repair), context);
                let key = key.unwrap_or_default();
                language.text_with("notice.sketch_crosses", &[("key", &key)])
            }
            problem => shape_problem_text(language, problem).into_owned(),
        }
    }

    /// Mends what is drawn in place, and says how.
    pub(super) fn repair_sketch(&mut self, context: &Context) {
        let Tool::Sketch(sketch) = &self.view.tool else {
            return;
        };
        let language = self.language();
        match mended(sketch) {
            Ok(Mended { sketch, fixes }) => {
                let fixes = fixes.into_iter();
                let fixes: Vec<_> = fixes.map(|fix| ring_fix_text(language, fix)).collect();
                let text = match fixes.is_empty() {
                    true => language.text("notice.nothing_to_repair").into_owned(),
                    false => {
                        let separator = language.text("notice.fix_separator");
                        let fixes = fixes.join(&separator);
                        language.text_with("notice.sketch_repaired", &[("fixes", &fixes)])
                    }
                };
                self.set_tool(Tool::Sketch(sketch), context);
                self.say(Tone::Done, text, context);
            }
            Err(problem) => {
                let text = shape_problem_text(language, problem).into_owned();
                self.say(Tone::Problem, text, context);
            }
        }
    }
}

/// "Cut 312 m² that belong to 洪都新村"
fn cut_text(language: Language, survey: &Survey, cut: &Cut) -> String {
    let records = cut.neighbours.iter().filter_map(|id| survey.estate(*id));
    let names: Vec<_> = records
        .map(|record| record_name(language, survey, record))
        .collect();
    let area = area_figure(cut.area_m2.round());
    let separator = language.text("notice.name_separator");
    let names = names.join(&separator);
    language.text_with("notice.cut", &[("m2", &area), ("names", &names)])
}
