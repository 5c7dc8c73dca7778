//! What a command changes, worked out on a survey that stays untouched.

use super::command::{Command, Refusal};
use super::{
    buildings, coverage, decide, divisions, draft::Draft, join, photos, planning, shape, take_row,
};
use crate::model::{
    Boundary, Change, DivisionsAt, EditKind, EditLabel, Estate, EstateId, Field, FilledFrom,
    ItemCode, ListId, Project, Severity, Standing, Survey, Value, ValueSource,
};
use std::sync::Arc;

/// Facts from outside that a command needs: passed in, so that `plan` stays a pure function.
#[derive(Clone, Debug)]
pub struct Ambient {
    pub now: jiff::Timestamp,
    pub author: String,
    /// The key of the first record that this command may create.
    pub new_estate: EstateId,
    /// The map of divisions that codes are worked out from, where one is open.
    pub divisions: Option<Arc<dyn DivisionsAt>>,
}

impl Ambient {
    /// The keys of the records that a command creates, first to last: the given one counted up,
    /// so that a command needs no source of random keys.
    pub(super) fn new_estates(&self) -> impl Iterator<Item = EstateId> + use<> {
        let first = self.new_estate.0.as_u128();
        (0..).map(move |count| EstateId(uuid::Uuid::from_u128(first.wrapping_add(count))))
    }
}

/// A planned edit: what it is called and what it changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub label: EditLabel,
    pub kind: EditKind,
    pub changes: Vec<Change>,
    /// The record the command made or that a drawn one went into, for the selection to move to.
    pub created: Option<EstateId>,
}

/// What an edit is called, and how it takes part in undo.
pub(super) struct Planned {
    pub label: EditLabel,
    pub kind: EditKind,
}

/// Works out what `command` changes in `survey`.
///
/// # Errors
/// A [`Refusal`] says why nothing can be done; the survey is as before in either case.
pub fn plan(survey: &Survey, command: Command, ambient: &Ambient) -> Result<Plan, Refusal> {
    let mut draft = Draft::new(survey);
    let mut created = None;
    let mut kind = EditKind::Do;
    let label = match command {
        Command::Draw { boundary } => {
            created = Some(ambient.new_estate);
            draw(&mut draft, ambient.new_estate, boundary)?
        }
        Command::Reshape { estate, boundary } => reshape(&mut draft, estate, boundary)?,
        Command::ReshapeMany {
            boundaries,
            gesture,
        } => shape::reshape_many(&mut draft, boundaries, gesture)?,
        Command::Split { estate, line } => shape::split(&mut draft, estate, &line, ambient)?,
        Command::Join { keep, absorb } => join::join(&mut draft, keep, &absorb, ambient)?,
        Command::TakeRow { drawn, row } => {
            created = Some(row);
            take_row::take_row(&mut draft, drawn, row)?
        }
        Command::SetField {
            estates,
            field,
            value,
        } => set_field(&mut draft, &estates, field, value)?,
        Command::FillIn { estate, values } => fill_in(&mut draft, estate, values)?,
        Command::Fill { values, from } => fill(&mut draft, values, from)?,
        Command::RestIntact { estate, items } => rest_intact(&mut draft, estate, &items)?,
        Command::Delete { estate } => delete(&mut draft, estate)?,
        Command::Withdraw { estate, reason } => withdraw(&mut draft, estate, &reason)?,
        Command::Restore { estate } => restore(&mut draft, estate)?,
        Command::Decide(choice) => decide::decide(&mut draft, &choice, ambient)?,
        Command::DecideMany { decisions } => {
            for choice in &decisions {
                decide::decide(&mut draft, choice, ambient)?;
            }
            EditLabel::DecideMany {
                pairs: count(decisions.len()),
            }
        }
        Command::Unmerge { estate } => decide::unmerge(&mut draft, estate)?,
        Command::SetAsideRow { list, row, reason } => {
            set_aside_row(&mut draft, list, row, &reason)?
        }
        Command::ChangeSettings(settings) => {
            draft.set_settings(settings);
            EditLabel::ChangeSettings
        }
        Command::Building(command) => buildings::plan(&mut draft, command)?,
        Command::Apply { label, changes } => {
            survey.check_before_images(&changes)?;
            if matches!(label, EditLabel::Release { .. }) {
                // A number given out can't be taken back: it may stand in a file at the province.
                kind = EditKind::Barrier;
            }
            return match changes.is_empty() {
                true => Err(Refusal::NothingChanges),
                false => Ok(Plan {
                    label,
                    kind,
                    changes,
                    created: None,
                }),
            };
        }
        Command::Photo(command) => photos::plan(&mut draft, command)?,
        Command::Coverage(command) => coverage::plan(&mut draft, command, ambient)?,
        Command::Plan(command) => {
            let planned = planning::plan(&mut draft, command, ambient)?;
            kind = planned.kind;
            planned.label
        }
    };
    if let Some(map) = &ambient.divisions {
        divisions::fill(&mut draft, map.as_ref());
    }
    let changes = draft.into_changes();
    match changes.is_empty() {
        true => Err(Refusal::NothingChanges),
        false => Ok(Plan {
            label,
            kind,
            changes,
            created,
        }),
    }
}

fn draw(draft: &mut Draft, id: EstateId, boundary: Arc<Boundary>) -> Result<EditLabel, Refusal> {
    check_corners(&boundary)?;
    let mut estate = Estate::new(id);
    estate.boundary = Some(boundary);
    draft.insert(estate);
    Ok(EditLabel::Draw {
        name: String::new(),
    })
}

fn reshape(draft: &mut Draft, id: EstateId, boundary: Arc<Boundary>) -> Result<EditLabel, Refusal> {
    check_corners(&boundary)?;
    let estate = draft.counted(id)?;
    let label = match estate.boundary {
        Some(_) => EditLabel::Reshape {
            name: estate.name.clone(),
        },
        None => EditLabel::Draw {
            name: estate.name.clone(),
        },
    };
    estate.boundary = Some(boundary);
    estate.mark_surveyed(Field::Boundary);
    Ok(label)
}

/// A ring is stored closed, so four positions are three corners.
pub(super) fn check_corners(boundary: &Boundary) -> Result<(), Refusal> {
    let sound = !boundary.0.is_empty()
        && boundary.iter().all(|polygon| {
            std::iter::once(polygon.exterior())
                .chain(polygon.interiors())
                .all(|ring| ring.0.len() >= 4)
        });
    sound.then_some(()).ok_or(Refusal::TooFewCorners)
}

fn set_field(
    draft: &mut Draft,
    ids: &[EstateId],
    field: Field,
    value: Option<Value>,
) -> Result<EditLabel, Refusal> {
    let mut name = String::new();
    for id in ids {
        let estate = draft.counted(*id)?;
        if estate.get(&field) == value {
            continue;
        }
        estate.set(&field, value.clone())?;
        estate.mark_surveyed(field);
        name.clone_from(&estate.name);
    }
    Ok(EditLabel::SetField {
        field,
        name,
        estates: count(ids.len()),
    })
}

fn fill_in(
    draft: &mut Draft,
    id: EstateId,
    values: Vec<(Field, Option<Value>)>,
) -> Result<EditLabel, Refusal> {
    let estate = draft.counted(id)?;
    for (field, value) in values {
        if estate.get(&field) != value {
            estate.set(&field, value)?;
            estate.mark_surveyed(field);
        }
    }
    Ok(EditLabel::FillIn {
        name: estate.name.clone(),
    })
}

fn fill(
    draft: &mut Draft,
    values: Vec<(EstateId, Vec<(Field, Value)>)>,
    from: FilledFrom,
) -> Result<EditLabel, Refusal> {
    let estates = count(values.len());
    let mut name = String::new();
    for (id, values) in values {
        let fields: Vec<Field> = values.iter().map(|(field, _)| *field).collect();
        let values = values
            .into_iter()
            .map(|(field, value)| (field, Some(value)));
        fill_in(draft, id, values.collect())?;
        if matches!(from, FilledFrom::Divisions { .. }) {
            let estate = draft.counted(id)?;
            let derived = fields
                .into_iter()
                .map(|field| (field, ValueSource::Derived));
            estate.sources.extend(derived);
        }
        name.clone_from(&draft.estate(id)?.name);
    }
    Ok(EditLabel::Fill {
        name,
        estates,
        from,
    })
}

fn rest_intact(draft: &mut Draft, id: EstateId, items: &[ItemCode]) -> Result<EditLabel, Refusal> {
    let estate = draft.counted(id)?;
    for item in items {
        if !estate.gaps.contains_key(item) {
            estate.gaps.insert(*item, Severity::Intact);
            estate.mark_surveyed(Field::Gap(*item));
        }
    }
    Ok(EditLabel::RestIntact {
        name: estate.name.clone(),
    })
}

fn delete(draft: &mut Draft, id: EstateId) -> Result<EditLabel, Refusal> {
    let estate = draft.estate(id)?;
    let name = estate.name.clone();
    // 不重不漏: an imported row keeps a fate for ever, and a number given out is never lost.
    if estate.origin.is_some() || estate.lib_no.is_some() {
        return Err(Refusal::WithdrawInstead { name });
    }
    refuse_if_root(draft, id, &name)?;
    draft.remove_decisions_about(id);
    // Its buildings go with it, and come back with it: none is left without an estate.
    let buildings: Vec<_> = draft.buildings_of(id).iter().map(|b| b.id).collect();
    buildings::delete(draft, &buildings)?;
    draft.put_project(Project::new(id));
    draft.remove(id);
    Ok(EditLabel::Delete { name })
}

fn withdraw(draft: &mut Draft, id: EstateId, reason: &str) -> Result<EditLabel, Refusal> {
    let name = draft.counted(id)?.name.clone();
    refuse_if_root(draft, id, &name)?;
    let reason = reason_given(reason)?;
    draft.counted(id)?.standing = Standing::Withdrawn { reason };
    Ok(EditLabel::Withdraw { name })
}

fn restore(draft: &mut Draft, id: EstateId) -> Result<EditLabel, Refusal> {
    let estate = draft.estate(id)?;
    let name = estate.name.clone();
    match estate.standing {
        Standing::Withdrawn { .. } => {
            draft.edit(id)?.standing = Standing::Counted;
            Ok(EditLabel::Restore { name })
        }
        _ => Err(Refusal::NotWithdrawn { name }),
    }
}

fn set_aside_row(
    draft: &mut Draft,
    list: ListId,
    row: u32,
    reason: &str,
) -> Result<EditLabel, Refusal> {
    let reason = reason_given(reason)?;
    let list = draft.list(list)?;
    let rejected = list
        .rejected
        .iter_mut()
        .find(|rejected| rejected.problem.row == row)
        .ok_or(Refusal::NoSuchRow)?;
    rejected.set_aside = Some(reason);
    Ok(EditLabel::SetAsideRow {
        file: list.file_name.clone(),
        row,
    })
}

/// Why something is left out, without the blanks around it.
///
/// # Errors
/// [`Refusal::ReasonNeeded`] where it is blank.
pub fn reason_given(reason: &str) -> Result<String, Refusal> {
    match reason.trim() {
        "" => Err(Refusal::ReasonNeeded),
        reason => Ok(reason.to_owned()),
    }
}

pub(super) fn refuse_if_root(draft: &Draft, id: EstateId, name: &str) -> Result<(), Refusal> {
    match draft.has_members(id) {
        true => Err(Refusal::OthersMergedInto {
            name: name.to_owned(),
        }),
        false => Ok(()),
    }
}

pub(super) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
