//! What commands about buildings (楼栋) change.

use super::command::Refusal;
use super::draft::Draft;
use crate::model::{
    Boundary, Building, BuildingField, BuildingId, BuildingLabel, EditLabel, EstateId, LonLat,
    RecordKey, RejectedRow, RowProblem, RowProblemKind, Stale, Value, ValueSource, WrongValue,
};
use crate::rules::buildings::{Figure, Known, summary};
use std::sync::Arc;

/// What a user can mean with buildings.
#[derive(Clone, Debug, PartialEq)]
pub enum BuildingCommand {
    /// New buildings, their keys chosen by the caller.
    Add {
        buildings: Vec<Building>,
    },
    /// One field of one or more buildings; `None` takes it back to "not surveyed".
    SetField {
        buildings: Vec<BuildingId>,
        field: BuildingField,
        value: Option<Value>,
    },
    /// A footprint or a point drawn, or drawn anew.
    Reshape {
        building: BuildingId,
        place: BuildingPlace,
    },
    /// Gives buildings to another estate.
    Move {
        buildings: Vec<BuildingId>,
        estate: EstateId,
    },
    Delete {
        buildings: Vec<BuildingId>,
    },
    /// Sets figures of an estate to what its buildings say.
    TakeFigures {
        estate: EstateId,
        figures: Vec<Figure>,
    },
}

/// Where a building stands.
#[derive(Clone, Debug, PartialEq)]
pub enum BuildingPlace {
    Footprint(Arc<Boundary>),
    Point(LonLat),
}

/// Why a command about buildings cannot be carried out. Sentences: `buildings.refusal.<kind>`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BuildingRefusal {
    #[error("no such building: {0}")]
    NoSuchBuilding(BuildingId),
    #[error(transparent)]
    WrongValue(#[from] WrongValue<BuildingField>),
    #[error("{name} has no buildings")]
    NoBuildings { name: String },
    /// `missing` buildings lack the value, or their sum is beyond every estate.
    #[error("{figure:?} is not known for {missing} buildings of {name}")]
    NotKnown {
        name: String,
        figure: Figure,
        missing: u32,
    },
}

pub(super) fn plan(draft: &mut Draft, command: BuildingCommand) -> Result<EditLabel, Refusal> {
    let label = match command {
        BuildingCommand::Add { buildings } => add(draft, buildings)?,
        BuildingCommand::SetField {
            buildings,
            field,
            value,
        } => set_field(draft, &buildings, field, value)?,
        BuildingCommand::Reshape { building, place } => reshape(draft, building, place)?,
        BuildingCommand::Move { buildings, estate } => move_to(draft, &buildings, estate)?,
        BuildingCommand::Delete { buildings } => {
            let number = number_of_one(draft, &buildings)?;
            delete(draft, &buildings)?;
            BuildingLabel::Delete {
                number,
                buildings: super::plan::count(buildings.len()),
            }
        }
        BuildingCommand::TakeFigures { estate, figures } => take_figures(draft, estate, &figures)?,
    };
    Ok(EditLabel::Building(label))
}

/// Removes buildings. «不漏»: the row of an imported one keeps a fate, in its list.
pub(super) fn delete(draft: &mut Draft, buildings: &[BuildingId]) -> Result<(), Refusal> {
    for id in buildings {
        let building = draft.building(*id)?.clone();
        if let Some(origin) = &building.origin
            // A list that is gone keeps no fates.
            && let Ok(list) = draft.list(origin.list)
        {
            let row = RejectedRow {
                problem: RowProblem {
                    row: origin.row,
                    column: None,
                    kind: RowProblemKind::Deleted,
                    value: building.number.clone(),
                },
                text: building.number.clone(),
                set_aside: None,
            };
            let at = list
                .rejected
                .partition_point(|rejected| rejected.problem.row < origin.row);
            list.rejected.insert(at, row);
        }
        draft.put_building(*id, None);
    }
    Ok(())
}

fn add(draft: &mut Draft, buildings: Vec<Building>) -> Result<BuildingLabel, Refusal> {
    let mut name = String::new();
    let count = super::plan::count(buildings.len());
    for building in buildings {
        name = root_that_counts(draft, building.estate)?;
        if draft.building(building.id).is_ok() {
            return Err(Stale(RecordKey::Building(building.id)).into());
        }
        if let Some(footprint) = &building.footprint {
            super::plan::check_corners(footprint)?;
        }
        draft.put_building(building.id, Some(building));
    }
    Ok(BuildingLabel::Add {
        name,
        buildings: count,
    })
}

fn set_field(
    draft: &mut Draft,
    buildings: &[BuildingId],
    field: BuildingField,
    value: Option<Value>,
) -> Result<BuildingLabel, Refusal> {
    let number = number_of_one(draft, buildings)?;
    if let Some(Value::Polygon(footprint)) = &value {
        super::plan::check_corners(footprint)?;
    }
    for id in buildings {
        let mut building = of_counted(draft, *id)?;
        building
            .set(field, value.clone())
            .map_err(BuildingRefusal::from)?;
        draft.put_building(*id, Some(building));
    }
    Ok(BuildingLabel::SetField {
        field,
        number,
        buildings: super::plan::count(buildings.len()),
    })
}

fn reshape(
    draft: &mut Draft,
    id: BuildingId,
    place: BuildingPlace,
) -> Result<BuildingLabel, Refusal> {
    let mut building = of_counted(draft, id)?;
    match place {
        BuildingPlace::Footprint(footprint) => {
            super::plan::check_corners(&footprint)?;
            building.footprint = Some(footprint);
        }
        BuildingPlace::Point(position) => {
            building.footprint = None;
            building.position = Some(position);
        }
    }
    let number = building.number.clone();
    draft.put_building(id, Some(building));
    Ok(BuildingLabel::Reshape { number })
}

fn move_to(
    draft: &mut Draft,
    buildings: &[BuildingId],
    estate: EstateId,
) -> Result<BuildingLabel, Refusal> {
    let name = root_that_counts(draft, estate)?;
    for id in buildings {
        let mut building = draft.building(*id)?.clone();
        building.estate = estate;
        draft.put_building(*id, Some(building));
    }
    Ok(BuildingLabel::Move {
        name,
        buildings: super::plan::count(buildings.len()),
    })
}

fn take_figures(
    draft: &mut Draft,
    id: EstateId,
    figures: &[Figure],
) -> Result<BuildingLabel, Refusal> {
    let said = summary(&draft.buildings_of(id));
    let estate = draft.counted(id)?;
    let name = estate.name.clone();
    let Some(said) = said else {
        return Err(BuildingRefusal::NoBuildings { name }.into());
    };
    for figure in figures {
        let amount = match figure.of_buildings(&said) {
            Known::All(amount) => amount,
            Known::Missing(missing) => {
                let figure = *figure;
                return Err(BuildingRefusal::NotKnown {
                    name,
                    figure,
                    missing,
                }
                .into());
            }
        };
        for (field, value) in figure.values(amount) {
            if estate.get(&field) != value {
                estate.set(&field, value)?;
                estate.sources.insert(field, ValueSource::Derived);
            }
        }
    }
    Ok(BuildingLabel::TakeFigures { name })
}

/// A building that can be edited: its record counts, or counts through one that does.
fn of_counted(draft: &Draft, id: BuildingId) -> Result<Building, Refusal> {
    let building = draft.building(id)?.clone();
    root_that_counts(draft, building.estate)?;
    Ok(building)
}

/// The name of the record that `estate` counts through.
fn root_that_counts(draft: &Draft, estate: EstateId) -> Result<String, Refusal> {
    let root = draft.estate(draft.root(estate))?;
    match root.standing.is_counted() {
        true => Ok(root.name.clone()),
        false => Err(Refusal::NotCounted {
            name: root.name.clone(),
        }),
    }
}

/// The number for the label, where one building alone is meant.
fn number_of_one(draft: &Draft, buildings: &[BuildingId]) -> Result<String, Refusal> {
    match buildings {
        [one] => Ok(draft.building(*one)?.number.clone()),
        _ => Ok(String::new()),
    }
}
