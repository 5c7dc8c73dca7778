//! Texts typed into cells of the table of buildings, and the edits they become.

use crate::edit::{BuildingCommand, Command};
use crate::model::{BuildingField, BuildingId, EstateId, Survey};
use crate::ui::action::{Action, NewBuilding};
use crate::ui::form::typed::{self, TypedProblem};
use crate::words::Language;
use crate::words::buildings as words;
use std::collections::BTreeMap;

/// A cell of the table of one estate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    pub estate: EstateId,
    pub row: Row,
    pub field: BuildingField,
}

/// A line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Row {
    Building(BuildingId),
    /// The blank line at the end: what is typed there becomes a building.
    New,
}

/// What outlives a frame.
#[derive(Default)]
pub struct BuildingCells {
    drafts: BTreeMap<Cell, Draft>,
    go_to: Option<Cell>,
    /// The line that the cursor is in; it is drawn even out of sight, or it would lose the cursor.
    pub(super) focused: Option<Row>,
    /// The building that was scrolled to last.
    pub(super) shown: Option<BuildingId>,
}

/// Text in a cell that the survey does not hold yet.
struct Draft {
    text: String,
    /// Set once the text was to become a value and could not.
    problem: Option<TypedProblem>,
}

impl BuildingCells {
    /// Puts the cursor into a building's cell when the table is next drawn.
    pub fn go_to(&mut self, estate: EstateId, building: BuildingId, field: BuildingField) {
        self.go_to = Some(Cell {
            estate,
            row: Row::Building(building),
            field,
        });
    }

    /// Whether a text is being typed that is no edit yet.
    pub fn is_typing(&self) -> bool {
        self.drafts.values().any(|draft| draft.problem.is_none())
    }

    /// Turns typed texts into actions where the table is not drawn any more. Texts that are no
    /// value stay.
    #[must_use]
    pub fn commit_all(&mut self, survey: &Survey) -> Vec<Action> {
        let cells: Vec<_> = self.drafts.keys().copied().collect();
        cells
            .into_iter()
            .filter_map(|cell| self.commit(cell, None, survey))
            .collect()
    }

    /// The cells of other estates in which a text still waits: their table is gone.
    pub fn left_behind(&self, estate: Option<EstateId>) -> Vec<Cell> {
        let waiting = self
            .drafts
            .iter()
            .filter(|(_, draft)| draft.problem.is_none());
        waiting
            .map(|(cell, _)| *cell)
            .filter(|cell| Some(cell.estate) != estate)
            .collect()
    }

    /// What a typed text asks for, where it changes anything. Text that is no value stays, with
    /// the reason. `then`: where the cursor is wanted in a building that comes of it.
    pub fn commit(
        &mut self,
        cell: Cell,
        then: Option<BuildingField>,
        survey: &Survey,
    ) -> Option<Action> {
        let draft = self.drafts.get_mut(&cell)?;
        let value = match typed::parse_kind(cell.field.kind(), &draft.text) {
            Ok(value) => value,
            Err(problem) => {
                draft.problem = Some(problem);
                return None;
            }
        };
        self.drafts.remove(&cell);
        match (cell.row, value) {
            (Row::Building(id), value) => {
                let changes = survey
                    .building(id)
                    .is_some_and(|building| building.get(cell.field) != value);
                changes.then(|| {
                    Action::Edit(Command::Building(BuildingCommand::SetField {
                        buildings: vec![id],
                        field: cell.field,
                        value,
                    }))
                })
            }
            (Row::New, Some(value)) => Some(Action::AddBuilding(NewBuilding {
                estate: cell.estate,
                field: cell.field,
                value,
                then,
            })),
            (Row::New, None) => None,
        }
    }

    pub(super) fn text(&self, cell: Cell) -> Option<&str> {
        self.drafts.get(&cell).map(|draft| draft.text.as_str())
    }

    pub(super) fn type_text(&mut self, cell: Cell, text: String) {
        let problem = None;
        self.drafts.insert(cell, Draft { text, problem });
    }

    pub(super) fn forget(&mut self, cell: Cell) {
        self.drafts.remove(&cell);
    }

    /// Whether a text waits in the cell that may still become a value.
    pub(super) fn waits(&self, cell: Cell) -> bool {
        let draft = self.drafts.get(&cell);
        draft.is_some_and(|draft| draft.problem.is_none())
    }

    pub(super) fn problems(
        &self,
        estate: EstateId,
    ) -> impl Iterator<Item = (Cell, &str, TypedProblem)> {
        let of_estate = self.drafts.iter().filter(move |(c, _)| c.estate == estate);
        of_estate.filter_map(|(cell, draft)| Some((*cell, draft.text.as_str(), draft.problem?)))
    }

    pub(super) fn wants_cursor(&self) -> Option<Cell> {
        self.go_to
    }

    pub(super) fn send_cursor(&mut self, cell: Cell) {
        self.go_to = Some(cell);
    }

    /// Whether the cursor is to go into `cell`; true once.
    pub(super) fn takes_cursor(&mut self, cell: Cell) -> bool {
        let wanted = self.go_to == Some(cell);
        if wanted {
            self.go_to = None;
        }
        wanted
    }
}

/// How a cell is named for people who hear the table: "Floors of 3栋".
pub(super) fn name(language: Language, survey: &Survey, cell: Cell) -> String {
    let building = match cell.row {
        Row::Building(id) => {
            let number = survey.building(id).map_or("", |b| b.number.as_str());
            words::number_text(language, number)
        }
        Row::New => language.text("buildings.new_row").into_owned(),
    };
    language.text_with(
        "buildings.cell",
        &[
            ("field", &words::field_label(language, cell.field)),
            ("building", &building),
        ],
    )
}
