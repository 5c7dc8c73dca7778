//! Parting a record from the one that it was merged into or lies inside.

use super::command::Refusal;
use super::draft::Draft;
use super::join::joined_value;
use crate::model::{Estate, EstateId, Field, ReplacedValue, Standing, Value};
use std::collections::BTreeSet;

/// Makes a record count again, and gives its root back the values that the merge replaced.
pub(super) fn set_free(draft: &mut Draft, id: EstateId) -> Result<(), Refusal> {
    let standing = std::mem::take(&mut draft.edit(id)?.standing);
    let Standing::Merged { into, replaced } = standing else {
        return Ok(());
    };
    for value in replaced {
        give_back(draft, into, value)?;
    }
    Ok(())
}

/// Takes one replaced value out of the root again.
///
/// Records merged later may have built on it: a sum on the sum, a union on the union. What each of
/// them replaced is reckoned again without the record that leaves.
fn give_back(draft: &mut Draft, root: EstateId, link: ReplacedValue) -> Result<(), Refusal> {
    let field = link.field;
    let (mut was, mut is, mut source) = (link.after, link.before, Some(link.source_before));
    let mut reckoned = BTreeSet::new();
    while let Some(next) = built_on(draft, root, (&field, &was), &reckoned) {
        reckoned.insert(next.id);
        let joined = joined_value(draft.estate(root)?, &field, is.clone(), &next);
        let Standing::Merged { replaced, .. } = &mut draft.edit(next.id)?.standing else {
            break;
        };
        let Some(value) = replaced.iter_mut().find(|value| value.field == field) else {
            break;
        };
        value.before = is;
        if let Some(source) = source.take() {
            value.source_before = source;
        }
        // Taken over as it stands, it depends on nothing before.
        if value.after == next.get(&field) && value.after != joined {
            return Ok(());
        }
        was = std::mem::replace(&mut value.after, joined.clone());
        is = joined;
    }
    let root = draft.edit(root)?;
    let held = root.get(&field);
    if held != was {
        // Somebody has changed it since the merge: their value stands. Of a list of names or codes
        // what the merge put in goes all the same, and what it took out comes back.
        if let Some(without) = without_merged(held, was, is) {
            root.set(&field, without)?;
        }
        return Ok(());
    }
    root.set(&field, is)?;
    match source {
        Some(Some(source)) => drop(root.sources.insert(field, source)),
        Some(None) => drop(root.sources.remove(&field)),
        None => {}
    }
    Ok(())
}

/// A list changed since a merge that made `after` of `before`, without what the merge did; `None`
/// where the value is no list.
fn without_merged(
    held: Option<Value>,
    after: Option<Value>,
    before: Option<Value>,
) -> Option<Option<Value>> {
    let texts = |value: Option<Value>| match value {
        Some(Value::Texts(texts)) => Some(texts),
        Some(_) => None,
        None => Some(Vec::new()),
    };
    // Three empty lists would be any field without values.
    if ![&held, &after, &before]
        .iter()
        .any(|value| matches!(value, Some(Value::Texts(_))))
    {
        return None;
    }
    let (held, after, before) = (texts(held)?, texts(after)?, texts(before)?);
    let put_in = |text: &String| after.contains(text) && !before.contains(text);
    let mut left: Vec<String> = held.into_iter().filter(|text| !put_in(text)).collect();
    for text in before {
        if !after.contains(&text) && !left.contains(&text) {
            left.push(text);
        }
    }
    Some((!left.is_empty()).then_some(Value::Texts(left)))
}

/// A record merged into `root` that found `value` in `field` there, and is none of `reckoned`.
fn built_on(
    draft: &Draft,
    root: EstateId,
    (field, value): (&Field, &Option<Value>),
    reckoned: &BTreeSet<EstateId>,
) -> Option<Estate> {
    let found = |replaced: &ReplacedValue| replaced.field == *field && replaced.before == *value;
    draft
        .merged_into(root)
        .filter(|estate| !reckoned.contains(&estate.id))
        .find(|estate| replaced(&estate.standing).iter().any(found))
        .cloned()
}

fn replaced(standing: &Standing) -> &[ReplacedValue] {
    match standing {
        Standing::Merged { replaced, .. } => replaced,
        _ => &[],
    }
}
