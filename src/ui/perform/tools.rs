//! Taking a tool in hand.

use crate::model::EstateId;
use crate::ui::app::App;
use crate::ui::tool::Tool;
use crate::ui::verb::Take;
use egui::Context;

impl App {
    pub(super) fn take(&mut self, take: Take, context: &Context) {
        match take {
            Take::Select => self.set_tool(Tool::Select, context),
            Take::Draw => self.take_draw_tool(context),
            Take::Vertices => {
                if let Some(estate) = self.view.single() {
                    self.set_tool(Tool::EditVertices { estate }, context);
                }
            }
            Take::Building => self.draw_building(context),
            Take::Rectangle
            | Take::Hole
            | Take::Part
            | Take::Move
            | Take::Split
            | Take::Reshape
            | Take::Measure => {}
        }
    }

    /// Draws for the selected record where it waits for a boundary, else a new estate; goes on
    /// with a parked sketch where there is one.
    fn take_draw_tool(&mut self, context: &Context) {
        let tool = self.view.parked.take().unwrap_or_else(|| Tool::Draw {
            ring: Vec::new(),
            for_estate: self.selected_waiting(),
        });
        self.set_tool(tool, context);
    }

    fn selected_waiting(&self) -> Option<EstateId> {
        let session = self.session.as_ref()?;
        let estate = session.survey().estate(self.view.single()?)?;
        estate.waits_for_boundary().then_some(estate.id)
    }
}
