//! Neighbours that are one estate become one record, to be parted again at will.

use super::command::{Decide, Refusal};
use super::decide::{merged_aliases, merged_values, record, refuse_if_different};
use super::draft::Draft;
use super::plan::{Ambient, count};
use crate::geometry::{self, ShapeProblem};
use crate::model::{
    Boundary, EditLabel, Estate, EstateId, Field, Pair, ReplacedValue, Standing, Value,
    ValueSource, Verdict,
};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Borders drawn this near each other are one: nothing as narrow lies between two estates.
const GAP_CLOSED_M: f64 = 1.0;

/// «户数、建筑面积» of one estate that was drawn in pieces are the sums of the pieces'.
pub const SUMMED: &[Field] = &[
    Field::Households,
    Field::FloorArea,
    Field::Buildings,
    Field::Sent,
    Field::Returned,
    Field::Agree,
    Field::Oppose,
    Field::WillingToPay,
];

/// Takes the neighbours `absorb` into `keep`, which must count, have boundaries and be held
/// different by nobody.
pub(super) fn join(
    draft: &mut Draft,
    keep: EstateId,
    absorb: &[EstateId],
    ambient: &Ambient,
) -> Result<EditLabel, Refusal> {
    let mut waiting: Vec<EstateId> = absorb.to_vec();
    let mut seen = BTreeSet::from([keep]);
    waiting.retain(|id| seen.insert(*id));
    if waiting.is_empty() {
        return Err(ShapeProblem::NothingToJoin.into());
    }
    for id in &seen {
        boundary_of(draft.counted(*id)?)?;
    }
    let all: Vec<EstateId> = seen.into_iter().collect();
    for (index, a) in all.iter().enumerate() {
        for b in &all[index + 1..] {
            refuse_if_held_apart(draft, *a, *b)?;
        }
    }
    let absorbed = count(waiting.len());
    // One at a time, whichever touches what is joined by then, so that each can be parted alone.
    while !waiting.is_empty() {
        let ours = boundary_of(draft.estate(keep)?)?;
        let mut touching = None;
        for (index, id) in waiting.iter().enumerate() {
            let theirs = boundary_of(draft.estate(*id)?)?;
            match geometry::join::join(&[&ours, &theirs], GAP_CLOSED_M) {
                Ok(ground) => touching = Some((index, ground)),
                Err(ShapeProblem::Apart) => continue,
                Err(problem) => return Err(problem.into()),
            }
            break;
        }
        let (index, ground) = touching.ok_or(ShapeProblem::Apart)?;
        let id = waiting.remove(index);
        absorb_one(draft, keep, id, ground)?;
        if let Some(pair) = Pair::new(keep, id) {
            record(draft, &Decide::new(pair, Verdict::Split), ambient);
        }
    }
    let name = draft.estate(keep)?.name.clone();
    Ok(EditLabel::Join { name, absorbed })
}

fn boundary_of(estate: &Estate) -> Result<Arc<Boundary>, Refusal> {
    estate.boundary.clone().ok_or_else(|| Refusal::NoBoundary {
        name: estate.name.clone(),
    })
}

/// Unlike a verdict, a join does not take back what was decided about the two before.
fn refuse_if_held_apart(draft: &Draft, a: EstateId, b: EstateId) -> Result<(), Refusal> {
    refuse_if_different(draft, None, (a, b))
}

fn absorb_one(
    draft: &mut Draft,
    keep: EstateId,
    absorb: EstateId,
    ground: Boundary,
) -> Result<(), Refusal> {
    let theirs = draft.counted(absorb)?.clone();
    let kept = draft.counted(keep)?;
    let pair = Pair::new(keep, absorb).ok_or(ShapeProblem::NothingToJoin)?;
    let filled = merged_values(kept, &theirs, &Decide::new(pair, Verdict::Split))
        .into_iter()
        .filter(|(field, _)| *field != Field::Boundary && !SUMMED.contains(field))
        .map(|(field, value)| (field, Some(value), ValueSource::Merged(absorb)));
    let summed = SUMMED.iter().map(|field| {
        let sum = joined_value(kept, field, kept.get(field), &theirs);
        (*field, sum, ValueSource::Derived)
    });
    let ground = Value::Polygon(Arc::new(ground));
    let ground = (Field::Boundary, Some(ground), ValueSource::Derived);
    let values: Vec<_> = filled.chain(summed).chain([ground]).collect();
    let mut replaced = Vec::new();
    for (field, after, source) in values {
        // Sums are noted also where they come out the same: parting one record of several
        // reckons the sum of the others again.
        let before = kept.get(&field);
        let source_before = match after {
            Some(_) => kept.sources.insert(field, source),
            None => kept.sources.remove(&field),
        };
        kept.set(&field, after.clone())?;
        replaced.push(ReplacedValue {
            field,
            before,
            after,
            source_before,
        });
    }
    draft.counted(absorb)?.standing = Standing::Merged {
        into: keep,
        replaced,
    };
    Ok(())
}

/// The value of `field` that `kept`, holding `before` in it, has once `absorbed` is joined to it.
///
/// A sum of which one part was not surveyed is not surveyed: half the households are not the
/// households.
pub(super) fn joined_value(
    kept: &Estate,
    field: &Field,
    before: Option<Value>,
    absorbed: &Estate,
) -> Option<Value> {
    let theirs = absorbed.get(field);
    if SUMMED.contains(field) {
        return match (before?, theirs?) {
            (Value::Count(a), Value::Count(b)) => a.checked_add(b).map(Value::Count),
            (Value::SquareMetres(a), Value::SquareMetres(b)) => Some(Value::SquareMetres(a + b)),
            _ => None,
        };
    }
    match (field, before, theirs) {
        (Field::Boundary, Some(Value::Polygon(a)), Some(Value::Polygon(b))) => {
            Some(Value::Polygon(Arc::new(united(&a, &b))))
        }
        (Field::CommunityCodes, Some(Value::Texts(mut ours)), Some(Value::Texts(theirs))) => {
            ours.extend(theirs);
            ours.sort();
            ours.dedup();
            Some(Value::Texts(ours))
        }
        (Field::Aliases, before, _) => {
            let mut kept = kept.clone();
            kept.aliases = match before {
                Some(Value::Texts(aliases)) => aliases,
                _ => Vec::new(),
            };
            let aliases = merged_aliases(&kept, absorbed, &[]).unwrap_or(kept.aliases);
            (!aliases.is_empty()).then_some(Value::Texts(aliases))
        }
        (_, before, theirs) => before.or(theirs),
    }
}

/// The ground of two records together, touching or not.
pub(super) fn united(ours: &Boundary, theirs: &Boundary) -> Boundary {
    let touching = geometry::join::join(&[ours, theirs], GAP_CLOSED_M);
    touching
        .or_else(|_| geometry::join::union(&[ours, theirs]))
        // Drafts may be unsound, and even-odd makes the best of them.
        .unwrap_or_else(|_| geo::BooleanOps::union(ours, theirs))
}
