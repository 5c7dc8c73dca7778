//! Simplify: shows the selection with fewer corners, and how many, before it is so.

use super::Desk;
use crate::edit::Command;
use crate::model::{EstateId, ShapeGesture};
use crate::ui::action::Action;
use crate::ui::icons;
use crate::ui::map::outline::{self, Dash};
use crate::ui::shapes::{MOST_AT_ONCE, Outcome, corner_count, simplify};
use crate::ui::tool::Tool;
use crate::words::geometry::shape_problem_text;
use egui::{Align2, Frame, Key, Modifiers, Stroke, Ui, vec2};
use std::fmt::Display;

/// What a step of the keys + and − is, in metres: from what a phone's map shows to a street's width.
pub const TOLERANCES_M: [f64; 8] = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0];
pub const FIRST_TOLERANCE_M: f64 = 1.0;

/// What the tolerance in hand makes of the selection, worked out once.
#[derive(Default)]
pub struct Preview {
    of: Option<(u64, f64, Vec<EstateId>)>,
    outcome: Outcome,
    /// Corners of those selected before and after.
    before: usize,
    after: usize,
}

impl Preview {
    fn look(&mut self, desk: &Desk, tolerance_m: f64) {
        let of = (desk.revision, tolerance_m, desk.selection.to_vec());
        if self.of.as_ref() == Some(&of) {
            return;
        }
        let chosen = &of.2[..of.2.len().min(MOST_AT_ONCE)];
        self.outcome = simplify(desk.survey, chosen, tolerance_m);
        let estates = chosen.iter().filter_map(|id| desk.survey.estate(*id));
        let corners = estates.filter_map(|estate| {
            let before = corner_count(estate.boundary.as_deref()?);
            let now = self.outcome.changed.get(&estate.id);
            Some((before, now.map_or(before, |now| corner_count(now))))
        });
        (self.before, self.after) =
            corners.fold((0, 0), |(b, a), (before, after)| (b + before, a + after));
        self.of = Some(of);
    }
}

/// The next coarser or finer tolerance; the same at the end of the scale.
pub fn coarser(tolerance_m: f64) -> f64 {
    let mut coarser = TOLERANCES_M.into_iter().filter(|step| *step > tolerance_m);
    coarser.next().unwrap_or(tolerance_m)
}

pub fn finer(tolerance_m: f64) -> f64 {
    let finer = TOLERANCES_M
        .into_iter()
        .rev()
        .find(|step| *step < tolerance_m);
    finer.unwrap_or(tolerance_m)
}

pub fn ui(ui: &Ui, desk: &Desk, tolerance_m: f64, preview: &mut Preview) -> Vec<Action> {
    if desk.selection.is_empty() {
        return vec![Action::SetTool(Tool::Select)];
    }
    preview.look(desk, tolerance_m);
    paint(desk, preview);
    let pressed = |key| desk.consumes(Modifiers::NONE, key);
    let asked = match panel(ui, desk, tolerance_m, preview) {
        Some(asked) => Some(asked),
        None if pressed(Key::Enter) => Some(Asked::Take),
        None if pressed(Key::Escape) => Some(Asked::Leave),
        None if pressed(Key::Plus) || pressed(Key::Equals) => Some(Asked::Coarser),
        None if pressed(Key::Minus) => Some(Asked::Finer),
        None => None,
    };
    let set = |tolerance_m| vec![Action::SetTool(Tool::Simplify { tolerance_m })];
    match asked {
        Some(Asked::Coarser) => set(coarser(tolerance_m)),
        Some(Asked::Finer) => set(finer(tolerance_m)),
        Some(Asked::Leave) => vec![Action::SetTool(Tool::Select)],
        Some(Asked::Take) => {
            let changed = preview.outcome.changed.clone();
            let command = Command::ReshapeMany {
                boundaries: changed.into_iter().collect(),
                gesture: ShapeGesture::Simplify,
            };
            vec![Action::Edit(command), Action::SetTool(Tool::Select)]
        }
        None => Vec::new(),
    }
}

#[derive(Clone, Copy)]
enum Asked {
    Coarser,
    Finer,
    Take,
    Leave,
}

fn paint(desk: &Desk, preview: &Preview) {
    let palette = desk.palette;
    for (id, boundary) in &preview.outcome.changed {
        if let Some(before) = desk.survey.estate(*id).and_then(|e| e.boundary.as_ref()) {
            let rings = outline::rings(before, &desk.view);
            let stroke = Stroke::new(1.5, palette.contained);
            outline::paint(desk.painter, &rings, stroke, Dash::Dashed);
        }
        let rings = outline::rings(boundary, &desk.view);
        let stroke = Stroke::new(2.5, palette.sketch);
        outline::paint_with_halo(desk.painter, &rings, stroke, palette.halo, Dash::Solid);
        for at in rings
            .iter()
            .flatten()
            .filter(|at| desk.view.rect.contains(**at))
        {
            let edge = Stroke::new(1.5, palette.sketch);
            desk.painter.circle(*at, 3.5, palette.handle, edge);
        }
    }
}

/// The figures, and the same buttons as the keys.
fn panel(ui: &Ui, desk: &Desk, tolerance_m: f64, preview: &Preview) -> Option<Asked> {
    let language = desk.language;
    let mut asked = None;
    let at = desk.view.rect.center_top() + vec2(0.0, 10.0);
    egui::Area::new(ui.scope_id().with("simplify"))
        .order(egui::Order::Background)
        .pivot(Align2::CENTER_TOP)
        .fixed_pos(at)
        .constrain_to(desk.view.rect)
        .accessible_name(language.text("verb.simplify"))
        .show(ui.ctx(), |ui| {
            let frame = Frame::popup(ui.style()).fill(desk.palette.float);
            frame.show(ui, |ui| {
                let values: [(&str, &dyn Display); 3] = [
                    ("before", &preview.before),
                    ("after", &preview.after),
                    ("metres", &tolerance_m),
                ];
                ui.label(language.text_with("shapes.simplified", &values));
                ui.horizontal(|ui| {
                    for (sign, key, answer) in [
                        (icons::MINUS, "shapes.finer", Asked::Finer),
                        (icons::PLUS, "shapes.coarser", Asked::Coarser),
                    ] {
                        let name = language.text(key);
                        let button = ui.button(sign).on_hover_text(&*name);
                        if button.accessible_name(name).clicked() {
                            asked = Some(answer);
                        }
                    }
                    let take = egui::Button::new(language.text("shapes.take"));
                    let can = !preview.outcome.changed.is_empty();
                    if ui.add_enabled(can, take).clicked() {
                        asked = Some(Asked::Take);
                    }
                    if ui.button(language.text("shapes.leave")).clicked() {
                        asked = Some(Asked::Leave);
                    }
                });
                if let Some((_, problem)) = preview.outcome.failed.first() {
                    ui.label(shape_problem_text(language, *problem));
                }
            });
        });
    asked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tolerance_goes_up_and_down_its_scale_and_stays_on_it() {
        assert_eq!(coarser(FIRST_TOLERANCE_M), 2.0);
        assert_eq!(finer(FIRST_TOLERANCE_M), 0.5);
        assert_eq!(coarser(20.0), 20.0);
        assert_eq!(finer(0.1), 0.1);
    }
}
