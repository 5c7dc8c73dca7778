//! The buildings of an estate.

use crate::edit::{BuildingCommand, Command};
use crate::model::{Boundary, Building, BuildingId, EstateId};
use crate::session::SessionError;
use crate::ui::app::App;
use egui::Context;
use std::sync::Arc;
use uuid::Uuid;

impl App {
    /// A footprint that was drawn in an estate.
    pub(super) fn add_building(
        &mut self,
        estate: EstateId,
        footprint: Boundary,
    ) -> Result<(), SessionError> {
        let mut building = Building::new(BuildingId(Uuid::new_v4()), estate);
        building.footprint = Some(Arc::new(footprint));
        let buildings = vec![building];
        self.run(Command::Building(BuildingCommand::Add { buildings }))
    }

    pub(super) fn draw_building(&mut self, _context: &Context) {}

    pub(super) fn take_from_buildings(&mut self, _context: &Context) {}
}
