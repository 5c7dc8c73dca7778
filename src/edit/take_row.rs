//! A drawn estate turns out to be one that a register row has been waiting for.

use super::command::Refusal;
use super::draft::Draft;
use super::plan::refuse_if_root;
use crate::model::{Decision, EditLabel, Estate, EstateId, Field, Pair, ValueSource, Verdict};

/// Gives `row` the boundary of `drawn` and what was typed there, and removes `drawn`.
///
/// «不重不漏»: the row keeps its key, its origin and whatever the surveyor did not contradict, so
/// that it is still found in the list it came from.
pub(super) fn take_row(
    draft: &mut Draft,
    drawn: EstateId,
    row: EstateId,
) -> Result<EditLabel, Refusal> {
    let source = draft.counted(drawn)?.clone();
    let name = source.name.clone();
    if source.origin.is_some() || source.lib_no.is_some() {
        return Err(Refusal::NotDrawnHere { name });
    }
    if source.boundary.is_none() {
        return Err(Refusal::NoBoundary { name });
    }
    refuse_if_root(draft, drawn, &name)?;
    let target = draft.counted(row)?;
    let name = target.name.clone();
    if target.boundary.is_some() {
        return Err(Refusal::HasBoundary { name });
    }
    refuse_if_held_apart(draft, &source, row)?;

    let target = draft.counted(row)?;
    fill_in(target, &source)?;
    let name = target.name.clone();
    move_decisions(draft, drawn, row);
    for building in draft.own_buildings(drawn) {
        let moved = crate::model::Building {
            estate: row,
            ..building.as_ref().clone()
        };
        draft.put_building(building.id, Some(moved));
    }
    for photo in draft.photos_of(drawn) {
        draft.edit_photo(photo)?.estate = Some(row);
    }
    draft.remove(drawn);
    Ok(EditLabel::TakeRow { name })
}

fn fill_in(row: &mut Estate, drawn: &Estate) -> Result<(), Refusal> {
    let names = [row.aliases.clone(), drawn.aliases.clone()].concat();
    // The name in the list is how the office knows it.
    let replaced = (!drawn.name.is_empty()).then(|| row.name.clone());
    let gaps = drawn.gaps.keys().map(|item| Field::Gap(*item));
    for field in Field::PLAIN.iter().copied().chain(gaps) {
        let (Some(value), held) = (drawn.get(&field), row.get(&field)) else {
            continue;
        };
        let source = drawn.source_of(&field);
        // The surveyor's word wins over the list's; the program's guess does not.
        let is_word = source == ValueSource::Surveyed;
        if held.as_ref() == Some(&value) || (held.is_some() && !is_word) {
            continue;
        }
        row.set(&field, Some(value))?;
        match is_word {
            true => row.mark_surveyed(field),
            false => drop(row.sources.insert(field, source)),
        }
    }
    let mut aliases: Vec<String> = Vec::new();
    for alias in names.into_iter().chain(replaced) {
        if !alias.is_empty() && alias != row.name && !aliases.contains(&alias) {
            aliases.push(alias);
        }
    }
    if aliases != row.aliases {
        row.aliases = aliases;
        row.mark_surveyed(Field::Aliases);
    }
    Ok(())
}

fn refuse_if_held_apart(draft: &Draft, drawn: &Estate, row: EstateId) -> Result<(), Refusal> {
    let pair = Pair::new(drawn.id, row);
    let verdict = pair
        .and_then(|pair| draft.decision(pair))
        .map(|d| d.verdict);
    match verdict {
        Some(Verdict::Distinct | Verdict::Phases) => Err(Refusal::DecidedDifferent {
            a: drawn.name.clone(),
            b: draft.estate(row)?.name.clone(),
        }),
        _ => Ok(()),
    }
}

/// What was decided about the drawn estate is true of the row, which is the same estate; what was
/// decided about the row before stands.
fn move_decisions(draft: &mut Draft, drawn: EstateId, row: EstateId) {
    let decided: Vec<Decision> = draft
        .decisions()
        .filter(|decision| decision.pair.contains(drawn))
        .cloned()
        .collect();
    draft.remove_decisions_about(drawn);
    for decision in decided {
        let pair = decision.pair;
        let other = if pair.a() == drawn {
            pair.b()
        } else {
            pair.a()
        };
        if let Some(pair) = Pair::new(row, other)
            && draft.decision(pair).is_none()
        {
            draft.set_decision(pair, Some(Decision { pair, ..decision }));
        }
    }
}
