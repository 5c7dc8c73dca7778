//! What changing the boundaries selected came to.

use super::Language;
use super::fields::{area_figure, label, record_name, with_separators};
use super::geometry::{fix_text, shape_problem_text};
use crate::catalogue::Items;
use crate::edit::SUMMED;
use crate::geometry::ShapeProblem;
use crate::geometry::repair::Fix;
use crate::model::{Estate, EstateId, Field, Survey, Value};
use std::fmt::Display;

/// "Repaired: removed 2 spikes, cut the boundary apart where it crossed itself."
pub fn fixes_text(language: Language, fixes: &[Fix]) -> String {
    if fixes.is_empty() {
        return language.text("shapes.nothing_to_repair").into_owned();
    }
    let mut all: Vec<Fix> = Vec::new();
    for fix in fixes {
        match all
            .iter_mut()
            .find_map(|held| summed(*held, *fix).map(|sum| (held, sum)))
        {
            Some((held, sum)) => *held = sum,
            None => all.push(*fix),
        }
    }
    let texts: Vec<_> = all.into_iter().map(|fix| fix_text(language, fix)).collect();
    let fixes = language.listed(&texts);
    language.text_with("shapes.repaired", &[("fixes", &fixes)])
}

/// Two fixes of a kind as one, from two boundaries.
fn summed(one: Fix, other: Fix) -> Option<Fix> {
    match (one, other) {
        (Fix::RepeatedCorners { removed: a }, Fix::RepeatedCorners { removed: b }) => {
            Some(Fix::RepeatedCorners { removed: a + b })
        }
        (Fix::Spikes { removed: a }, Fix::Spikes { removed: b }) => {
            Some(Fix::Spikes { removed: a + b })
        }
        (
            Fix::Slivers {
                removed: a,
                area_m2: x,
            },
            Fix::Slivers {
                removed: b,
                area_m2: y,
            },
        ) => Some(Fix::Slivers {
            removed: a + b,
            area_m2: x + y,
        }),
        (Fix::Crossings, Fix::Crossings) => Some(Fix::Crossings),
        (Fix::Winding, Fix::Winding) => Some(Fix::Winding),
        _ => None,
    }
}

/// Of which estates nothing became, and why; `None` where there is none.
pub fn failures_text(language: Language, failed: &[(String, ShapeProblem)]) -> Option<String> {
    let ((name, problem), others) = failed.split_first()?;
    let text = shape_problem_text(language, *problem);
    let values: [(&str, &dyn Display); 3] =
        [("name", name), ("text", &text), ("others", &others.len())];
    Some(match others.is_empty() {
        true => language.text_with("shapes.failed", &values),
        false => language.text_with("shapes.failed_many", &values),
    })
}

/// Neighbours made one estate: what the kept record's counts are now.
pub struct Joined<'a> {
    pub before: &'a Survey,
    pub after: &'a Survey,
    pub keep: EstateId,
    pub absorbed: &'a [EstateId],
}

impl Joined<'_> {
    /// "Merged 2 estates into 洪都新村. Added up: households 200 + 150 = 350. Now not surveyed,
    /// because a part of it is not: floor area."
    pub fn text(&self, language: Language, items: &Items) -> String {
        let Some(kept) = self.after.estate(self.keep) else {
            return String::new();
        };
        let name = record_name(language, self.after, kept);
        let values: [(&str, &dyn Display); 2] =
            [("name", &name), ("absorbed", &self.absorbed.len())];
        let mut sentences = vec![language.text_with("shapes.joined", &values)];
        let added: Vec<_> = SUMMED
            .iter()
            .filter_map(|field| self.sum(language, items, *field, kept))
            .collect();
        if !added.is_empty() {
            let added = language.listed(&added);
            sentences.push(language.text_with("shapes.added_up", &[("sums", &added)]));
        }
        let lost = SUMMED.iter().filter(|field| {
            kept.get(field).is_none() && self.parts().any(|part| part.get(field).is_some())
        });
        let lost: Vec<_> = lost.map(|field| label(language, field, items)).collect();
        if !lost.is_empty() {
            let lost = language.listed(&lost);
            sentences.push(language.text_with("shapes.not_surveyed_now", &[("fields", &lost)]));
        }
        let both = |first: String, second: String| {
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("first", &first), ("second", &second)];
            language.text_with("shapes.both_sentences", &values)
        };
        sentences.into_iter().reduce(both).unwrap_or_default()
    }

    fn parts(&self) -> impl Iterator<Item = &Estate> {
        let ids = std::iter::once(&self.keep).chain(self.absorbed);
        ids.filter_map(|id| self.before.estate(*id).map(AsRef::as_ref))
    }

    /// "Households 200 + 150 = 350"; `None` where nothing was added up.
    fn sum(
        &self,
        language: Language,
        items: &Items,
        field: Field,
        kept: &Estate,
    ) -> Option<String> {
        let total = kept.get(&field)?;
        let was = self.before.estate(self.keep)?.get(&field);
        if was.as_ref() == Some(&total) {
            return None;
        }
        let parts: Vec<_> = self.parts().filter_map(|part| part.get(&field)).collect();
        let parts: Vec<_> = parts.iter().map(figure).collect();
        let name = label(language, &field, items);
        Some(format!("{name} {} = {}", parts.join(" + "), figure(&total)))
    }
}

fn figure(value: &Value) -> String {
    match value {
        Value::Count(count) => with_separators(u64::from(*count)),
        Value::SquareMetres(area) => area_figure(*area),
        _ => String::new(),
    }
}
