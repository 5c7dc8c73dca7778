//! The buildings of an estate: drawn, typed, picked and deleted, and their figures taken over.

use crate::edit::{BuildingCommand, BuildingPlace, Command};
use crate::model::{Building, BuildingField, BuildingId, EstateId, Standing};
use crate::rules::buildings::{Known, differences, summary};
use crate::session::SessionError;
use crate::ui::action::NewBuilding;
use crate::ui::app::App;
use crate::ui::notice::Tone;
use crate::ui::tool::{Purpose, Sketch, Tool};
use crate::ui::verb::{Take, Verb};
use crate::words::buildings as words;
use egui::Context;
use uuid::Uuid;

impl App {
    pub(super) fn draw_building(&mut self, context: &Context) {
        let Some(estate) = self.view.single() else {
            return;
        };
        if self.view.tool.verb() == Verb::Take(Take::Building) && self.takes_back_corner() {
            return;
        }
        let new = Sketch::new(Purpose::Building { estate });
        let sketch = self.unpark(Take::Building).unwrap_or(new);
        self.set_tool(Tool::Sketch(sketch), context);
    }

    /// A building that was drawn in an estate, numbered after the last; the tool stays in hand for
    /// the next, and the cursor goes to its number.
    pub(super) fn add_building(
        &mut self,
        estate: EstateId,
        place: BuildingPlace,
    ) -> Result<(), SessionError> {
        let mut building = Building::new(BuildingId(Uuid::new_v4()), estate);
        match place {
            BuildingPlace::Footprint(footprint) => building.footprint = Some(footprint),
            BuildingPlace::Point(position) => building.position = Some(position),
        }
        building.number = self.next_number(estate);
        self.add(building, Some(BuildingField::Number))
    }

    fn next_number(&self, estate: EstateId) -> String {
        let buildings = self
            .session
            .as_ref()
            .map(|session| session.survey().buildings_of(estate))
            .unwrap_or_default();
        let last = buildings.iter().rev().find_map(|b| b.number_after());
        last.unwrap_or_else(|| self.language().text("buildings.first_number").into_owned())
    }

    /// A building that was begun in the table.
    pub(super) fn add_typed_building(&mut self, new: NewBuilding, context: &Context) {
        let mut building = Building::new(BuildingId(Uuid::new_v4()), new.estate);
        let added = match building.set(new.field, Some(new.value)) {
            Ok(()) => self.add(building, new.then),
            Err(wrong) => {
                Err(crate::edit::Refusal::from(crate::edit::BuildingRefusal::from(wrong)).into())
            }
        };
        if let Err(error) = added {
            self.say_error(&error, context);
        }
    }

    fn add(&mut self, building: Building, then: Option<BuildingField>) -> Result<(), SessionError> {
        let (id, estate) = (building.id, building.estate);
        let buildings = vec![building];
        self.run(Command::Building(BuildingCommand::Add { buildings }))?;
        self.view.building = Some(id);
        if let Some(field) = then {
            self.form.buildings().go_to(estate, id, field);
        }
        Ok(())
    }

    /// Picks a building, and selects the record it was surveyed for or, where that was merged, the
    /// one it counts through.
    pub(super) fn select_building(&mut self, id: BuildingId) {
        let Some(survey) = self.session.as_ref().map(|session| session.survey()) else {
            return;
        };
        let Some(building) = survey.building(id) else {
            return;
        };
        let own = building.estate;
        let is_merged = survey
            .estate(own)
            .is_some_and(|estate| matches!(estate.standing, Standing::Merged { .. }));
        let record = if is_merged { survey.root(own) } else { own };
        let root = survey.root(own);
        // The table of the estate around a part shows it already.
        if ![record, root].iter().any(|id| self.view.selection == [*id]) {
            self.view.selection = vec![record];
        }
        self.view.building = Some(id);
    }

    /// The building that was picked, while its record is selected.
    pub(in crate::ui) fn picked_building(&self) -> Option<BuildingId> {
        let survey = self.session.as_ref()?.survey();
        let building = survey.building(self.view.building?)?;
        let records = [building.estate, survey.root(building.estate)];
        let is_selected = records.iter().any(|id| self.view.selection == [*id]);
        is_selected.then_some(building.id)
    }

    /// Sets every figure that the buildings know and the estate says otherwise.
    pub(super) fn take_from_buildings(&mut self, context: &Context) {
        let (Some(id), Some(session)) = (self.view.single(), &self.session) else {
            return;
        };
        let survey = session.survey();
        let Some(estate) = survey.estate(id).cloned() else {
            return;
        };
        let language = self.language();
        let said = summary(&survey.buildings_of(id));
        let figures: Vec<_> = match &said {
            Some(said) => differences(&estate, said),
            None => Vec::new(),
        }
        .into_iter()
        .map(|difference| difference.figure)
        .collect();
        let command = BuildingCommand::TakeFigures {
            estate: id,
            figures: figures.clone(),
        };
        if said.is_some() && figures.is_empty() {
            let text = language.text("buildings.agree").into_owned();
            return self.say(Tone::Done, text, context);
        }
        match self.run(Command::Building(command)) {
            Ok(()) => {
                let labels = figures.iter().map(|f| words::figure_label(language, *f));
                let labels: Vec<_> = labels.collect();
                let taken = language.listed(&labels);
                let mut text = language.text_with("buildings.taken", &[("figures", &taken)]);
                for figure in crate::rules::buildings::Figure::ALL {
                    let known = said.as_ref().map(|said| figure.of_buildings(said));
                    if let Some(Known::Missing(missing)) = known {
                        text.push('\n');
                        text.push_str(&words::missing_text(language, figure, missing));
                    }
                }
                self.say(Tone::Done, text, context);
            }
            Err(error) => self.say_error(&error, context),
        }
    }
}
