//! What a verdict about a pair does to its records (DOMAIN §7).

use super::command::{Decide, Refusal};
use super::draft::Draft;
use super::join::united;
use super::parting::set_free;
use super::plan::Ambient;
use crate::model::{
    Boundary, Decision, EditLabel, Estate, EstateId, Field, Pair, ReplacedValue, Standing, Value,
    ValueSource, Verdict,
};
use geo::Area;
use std::sync::Arc;

/// Records the verdict, and merges or contains the records as it says.
pub(super) fn decide(
    draft: &mut Draft,
    choice: &Decide,
    ambient: &Ambient,
) -> Result<EditLabel, Refusal> {
    let pair = choice.pair;
    let name = draft.estate(pair.a())?.name.clone();
    let other = draft.estate(pair.b())?.name.clone();
    part(draft, pair)?;
    match choice.verdict {
        Verdict::Same | Verdict::Split => merge(draft, choice)?,
        Verdict::PartOf => contain(draft, choice)?,
        Verdict::Phases | Verdict::Distinct => refuse_if_one(draft, pair)?,
        Verdict::Unsure => {}
    }
    record(draft, choice, ambient);
    Ok(EditLabel::Decide {
        verdict: choice.verdict,
        name,
        other,
    })
}

/// Writes a verdict down. One taken again as it was keeps its first time and author.
pub(super) fn record(draft: &mut Draft, choice: &Decide, ambient: &Ambient) {
    let pair = choice.pair;
    let same_as_before = draft
        .decision(pair)
        .is_some_and(|decision| decision.verdict == choice.verdict && decision.note == choice.note);
    if !same_as_before {
        let decision = Decision {
            pair,
            verdict: choice.verdict,
            decided_at: ambient.now,
            decided_by: ambient.author.clone(),
            note: choice.note.clone(),
        };
        draft.set_decision(pair, Some(decision));
    }
}

/// Parts a merged or contained record from its root, and forgets the decision that joined them.
pub(super) fn unmerge(draft: &mut Draft, id: EstateId) -> Result<EditLabel, Refusal> {
    let estate = draft.estate(id)?;
    let name = estate.name.clone();
    let root = match &estate.standing {
        Standing::Merged { into, .. } => *into,
        Standing::PartOf { parent } => *parent,
        Standing::Counted | Standing::Withdrawn { .. } => {
            return Err(Refusal::NotMerged { name });
        }
    };
    set_free(draft, id)?;
    if let Some(pair) = Pair::new(id, root) {
        draft.set_decision(pair, None);
    }
    Ok(EditLabel::Unmerge { name })
}

/// Undoes what an earlier verdict about this very pair joined.
fn part(draft: &mut Draft, pair: Pair) -> Result<(), Refusal> {
    for (id, other) in [(pair.a(), pair.b()), (pair.b(), pair.a())] {
        let joined = match &draft.estate(id)?.standing {
            Standing::Merged { into, .. } => *into == other,
            Standing::PartOf { parent } => *parent == other,
            Standing::Counted | Standing::Withdrawn { .. } => false,
        };
        if joined {
            set_free(draft, id)?;
        }
    }
    Ok(())
}

/// SAME and SPLIT: one estate. The absorbed record stays, with what its merge replaced.
fn merge(draft: &mut Draft, choice: &Decide) -> Result<(), Refusal> {
    let (a, b) = (draft.root(choice.pair.a()), draft.root(choice.pair.b()));
    if a == b {
        return Ok(());
    }
    refuse_if_different(draft, Some(choice.pair), (a, b))?;
    let keep = match choice.keep.map(|id| draft.root(id)) {
        Some(chosen) if chosen == a || chosen == b => chosen,
        _ => better_surveyed(draft.estate(a)?, draft.estate(b)?),
    };
    let absorb = if keep == a { b } else { a };
    draft.counted(keep)?;
    let absorbed = draft.counted(absorb)?.clone();

    let kept = draft.counted(keep)?;
    let mut replaced = Vec::new();
    for (field, value) in merged_values(kept, &absorbed, choice) {
        let before = kept.get(&field);
        if before.as_ref() == Some(&value) {
            continue;
        }
        let source_before = kept.sources.insert(field, ValueSource::Merged(absorb));
        kept.set(&field, Some(value.clone()))?;
        replaced.push(ReplacedValue {
            field,
            before,
            after: Some(value),
            source_before,
        });
    }
    draft.counted(absorb)?.standing = Standing::Merged {
        into: keep,
        replaced,
    };
    Ok(())
}

/// The values that the kept record takes over, by field.
pub(super) fn merged_values(
    kept: &Estate,
    absorbed: &Estate,
    choice: &Decide,
) -> Vec<(Field, Value)> {
    let gaps = absorbed.gaps.keys().map(|item| Field::Gap(*item));
    let mut values = Vec::new();
    for field in Field::PLAIN.iter().copied().chain(gaps) {
        let Some(theirs) = absorbed.get(&field) else {
            continue;
        };
        let chosen = choice.take.contains(&field);
        let value = match (field, kept.get(&field)) {
            (Field::Aliases, _) => continue,
            // «SPLIT: merge, keep both community codes», and both halves of the ground.
            (Field::CommunityCodes, Some(_)) if choice.verdict == Verdict::Split => {
                let both = kept.community_codes.union(&absorbed.community_codes);
                Value::Texts(both.cloned().collect())
            }
            (Field::Boundary, Some(_)) if choice.verdict == Verdict::Split && !chosen => {
                match (&kept.boundary, &absorbed.boundary) {
                    (Some(ours), Some(theirs)) => Value::Polygon(Arc::new(united(ours, theirs))),
                    _ => continue,
                }
            }
            (_, None) => theirs,
            (_, Some(_)) if chosen => theirs,
            (_, Some(_)) => continue,
        };
        values.push((field, value));
    }
    if let Some(aliases) = merged_aliases(kept, absorbed, &choice.take) {
        values.push((Field::Aliases, Value::Texts(aliases)));
    }
    values
}

/// Every name the two records went by, but for the one that stays the name.
pub(super) fn merged_aliases(
    kept: &Estate,
    absorbed: &Estate,
    take: &[Field],
) -> Option<Vec<String>> {
    let takes_name = take.contains(&Field::Name) || kept.name.is_empty();
    let (name, other_name) = match takes_name {
        true => (&absorbed.name, &kept.name),
        false => (&kept.name, &absorbed.name),
    };
    let mut aliases = kept.aliases.clone();
    for alias in std::iter::once(other_name).chain(&absorbed.aliases) {
        if !alias.is_empty() && alias != name && !aliases.contains(alias) {
            aliases.push(alias.clone());
        }
    }
    (aliases != kept.aliases).then_some(aliases)
}

/// PART_OF: the smaller stays a record of its own, and the larger counts it.
fn contain(draft: &mut Draft, choice: &Decide) -> Result<(), Refusal> {
    let (a, b) = (draft.root(choice.pair.a()), draft.root(choice.pair.b()));
    if a == b {
        return Ok(());
    }
    refuse_if_different(draft, Some(choice.pair), (a, b))?;
    let parent = match choice.keep.map(|id| draft.root(id)) {
        Some(chosen) if chosen == a || chosen == b => chosen,
        _ => larger(draft, a, b)?,
    };
    let child = if parent == a { b } else { a };
    draft.counted(parent)?;
    draft.counted(child)?.standing = Standing::PartOf { parent };
    Ok(())
}

/// PHASES and DISTINCT are said of two records that count apart.
fn refuse_if_one(draft: &Draft, pair: Pair) -> Result<(), Refusal> {
    match draft.root(pair.a()) == draft.root(pair.b()) {
        true => Err(Refusal::NotCounted {
            name: draft.estate(pair.a())?.name.clone(),
        }),
        false => Ok(()),
    }
}

/// A merge by way of a third record must not override what a person held apart.
///
/// The decision about `pair` itself does not count: it is the one being taken anew.
pub(super) fn refuse_if_different(
    draft: &Draft,
    pair: Option<Pair>,
    (a, b): (EstateId, EstateId),
) -> Result<(), Refusal> {
    let apart = draft.decisions().find(|decision| {
        // Cheapest first: among thousands of decisions few hold two records apart.
        if Some(decision.pair) == pair
            || !matches!(decision.verdict, Verdict::Distinct | Verdict::Phases)
        {
            return false;
        }
        let roots = (draft.root(decision.pair.a()), draft.root(decision.pair.b()));
        roots == (a, b) || roots == (b, a)
    });
    match apart {
        None => Ok(()),
        Some(decision) => Err(Refusal::DecidedDifferent {
            a: draft.estate(decision.pair.a())?.name.clone(),
            b: draft.estate(decision.pair.b())?.name.clone(),
        }),
    }
}

/// Which of two records a merge keeps where nobody says: the one with a boundary, then with a
/// number, then with more fields; the first where they are even.
pub fn better_surveyed(a: &Estate, b: &Estate) -> EstateId {
    let rank = |estate: &Estate| {
        let fields = Field::PLAIN
            .iter()
            .filter(|field| estate.get(field).is_some())
            .count();
        (
            estate.boundary.is_some(),
            estate.lib_no.is_some(),
            fields + estate.gaps.len(),
        )
    };
    if rank(b) > rank(a) { b.id } else { a.id }
}

fn larger(draft: &Draft, a: EstateId, b: EstateId) -> Result<EstateId, Refusal> {
    // Degrees suffice: the two lie side by side, so the scale is the same for both.
    let area = |estate: &Estate| match &estate.boundary {
        Some(boundary) => Boundary::unsigned_area(boundary),
        None => 0.0,
    };
    let (of_a, of_b) = (area(draft.estate(a)?), area(draft.estate(b)?));
    match of_a.total_cmp(&of_b) {
        std::cmp::Ordering::Less => Ok(b),
        std::cmp::Ordering::Greater => Ok(a),
        std::cmp::Ordering::Equal => Ok(better_surveyed(draft.estate(a)?, draft.estate(b)?)),
    }
}
