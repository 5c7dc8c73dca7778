//! What people decided, as labelled pairs: learned from only where the survey says so.

use super::{Pattern, Terms};
use crate::catalogue::DedupeLimits;
use crate::dedupe::evidence::evidence;
use crate::dedupe::normalise::Aliases;
use crate::dedupe::profile::Profile;
use crate::model::{Estate, EstateId, Learning, Survey, ValueSource, Verdict};
use std::sync::Arc;

/// A pair that a person decided, and whether it is one estate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decided {
    pub pattern: Pattern,
    pub is_one: bool,
}

/// The decisions of a survey that learns from them, in the order of their pairs.
pub fn decided(survey: &Survey, terms: &Terms, limits: &DedupeLimits) -> Vec<Decided> {
    if survey.settings().learning != Learning::Decisions {
        return Vec::new();
    }
    let aliases = Aliases::of(&survey.settings().aliases);
    let decisions = survey.decisions().filter_map(|decision| {
        let is_one = match decision.verdict {
            Verdict::Same | Verdict::Split => true,
            Verdict::PartOf | Verdict::Phases | Verdict::Distinct => false,
            Verdict::Unsure => return None,
        };
        let (a, b) = (decision.pair.a(), decision.pair.b());
        let a_as_found = as_found(survey.estate(a)?, b);
        let b_as_found = as_found(survey.estate(b)?, a);
        let (a, b) = (
            Profile::of(&a_as_found, &aliases),
            Profile::of(&b_as_found, &aliases),
        );
        let pattern = Pattern::of(&evidence(&a, &b, limits, terms), limits);
        Some(Decided { pattern, is_one })
    });
    decisions.collect()
}

/// The record without what a merge brought it from `other`: what agrees only since is no evidence.
fn as_found(estate: &Arc<Estate>, other: EstateId) -> Arc<Estate> {
    let brought = estate
        .sources
        .iter()
        .filter(|(_, source)| **source == ValueSource::Merged(other))
        .map(|(field, _)| *field);
    let brought: Vec<_> = brought.collect();
    if brought.is_empty() {
        return estate.clone();
    }
    let mut found = (**estate).clone();
    for field in brought {
        // Taking a value back to "not surveyed" fits every field.
        let _ = found.set(&field, None);
    }
    Arc::new(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dedupe::fixtures::at;
    use crate::dedupe::tests::{id, limits};
    use crate::dedupe::weights::Level;
    use crate::model::{Decision, Field, Pair, Settings};

    fn survey(learning: Learning) -> Survey {
        let record = |n: usize, name: &str| Estate {
            id: id(n),
            ..at(name, 10.0 * n as f64, 0.0)
        };
        let mut kept = record(0, "洪都新村");
        kept.build_year = Some(1985);
        kept.sources
            .insert(Field::BuildYear, ValueSource::Merged(id(1)));
        let mut absorbed = record(1, "洪都新村");
        absorbed.build_year = Some(1985);
        let decision = |a, b, verdict| Decision {
            pair: Pair::new(id(a), id(b)).expect("two records"),
            verdict,
            decided_at: jiff::Timestamp::UNIX_EPOCH,
            decided_by: String::new(),
            note: String::new(),
        };
        let decisions = [
            decision(0, 1, Verdict::Same),
            decision(0, 2, Verdict::Distinct),
            decision(1, 2, Verdict::Unsure),
        ];
        let settings = Settings {
            learning,
            ..Settings::default()
        };
        let records = [kept, absorbed, record(2, "阳光花园")];
        Survey::from_parts(records, decisions, [], settings)
    }

    #[test]
    fn decisions_are_learned_from_only_where_asked_and_as_the_records_were_found() {
        let of = |learning| decided(&survey(learning), &Terms::default(), &limits());
        assert_eq!(of(Learning::PairsAlone), []);
        let found = of(Learning::Decisions);
        let are_one: Vec<_> = found.iter().map(|it| it.is_one).collect();
        assert_eq!(are_one, [true, false], "unsure teaches nothing");
        let levels: Vec<_> = found[0].pattern.levels().collect();
        assert!(levels.contains(&Level::SameName));
        assert!(!levels.contains(&Level::SameYear), "the merge brought it");
    }
}
