//! Taking a tool in hand.

use crate::model::EstateId;
use crate::ui::app::App;
use crate::ui::tool::{Purpose, Sketch, Tool};
use crate::ui::verb::{Take, Verb};
use egui::Context;

impl App {
    pub(super) fn take(&mut self, take: Take, context: &Context) {
        let one = self.view.single();
        let waiting = self.selected_waiting();
        let purpose = match take {
            Take::Select => return self.set_tool(Tool::Select, context),
            Take::Vertices => {
                if let Some(estate) = one {
                    self.set_tool(Tool::EditVertices { estate }, context);
                }
                return;
            }
            Take::Building => return self.draw_building(context),
            Take::Move => return self.set_tool(Tool::Move, context),
            // For the selected record where it waits for a boundary, else a new estate.
            Take::Draw => match waiting {
                Some(estate) => Some(Purpose::Boundary { estate }),
                None => Some(Purpose::NewEstate),
            },
            Take::Rectangle => Some(Purpose::Rectangle { estate: waiting }),
            Take::Hole => one.map(|estate| Purpose::Hole { estate }),
            Take::Part => one.map(|estate| Purpose::Part { estate }),
            Take::Split => one.map(|estate| Purpose::Split { estate }),
            Take::Reshape => one.map(|estate| Purpose::Reshape { estate }),
            Take::Measure => Some(Purpose::Measure),
        };
        // The key of the tool in hand must not begin the sketch anew.
        if self.view.tool.verb() == Verb::Take(take) && self.takes_back_corner() {
            return;
        }
        if let Some(purpose) = purpose {
            let sketch = self.unpark(take).unwrap_or(Sketch::new(purpose));
            self.set_tool(Tool::Sketch(sketch), context);
        }
    }

    fn selected_waiting(&self) -> Option<EstateId> {
        let session = self.session.as_ref()?;
        let estate = session.survey().estate(self.view.single()?)?;
        estate.waits_for_boundary().then_some(estate.id)
    }
}
