//! How often a name occurs: a rare core says more than 教师公寓.

use crate::catalogue::TermLimits;
use crate::dedupe::normalise::{Name, NameKind};
use crate::dedupe::profile::Profile;
use std::borrow::Cow;
use std::collections::HashMap;

/// How many records of a survey bear each core, and each core with its part.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Terms {
    records: usize,
    /// Cores that two records or more bear; what is absent is borne by one.
    counts: HashMap<String, u32>,
}

impl Terms {
    pub fn of(profiles: &[Profile]) -> Self {
        let mut counts: HashMap<String, u32> = HashMap::new();
        for profile in profiles {
            for (at, name) in profile.names.iter().enumerate() {
                let earlier = &profile.names[..at];
                if !earlier.iter().any(|it| it.core == name.core) {
                    count(&mut counts, &name.core);
                }
                if !name.part().is_whole() {
                    count(&mut counts, &with_part(name));
                }
            }
        }
        counts.retain(|_, count| *count > 1);
        counts.shrink_to_fit();
        Self {
            records: profiles.len(),
            counts,
        }
    }

    /// The share of records anywhere that bear the name that two share, estimated from the survey
    /// and from what a name of this kind is known for: in a survey of ten every name looks rare.
    pub fn share(&self, ours: &Name, theirs: &Name, limits: &TermLimits) -> f64 {
        let name = shared_core(ours, theirs);
        // Many estates are called 洪都, and one 洪都4区.
        let is_one_part = !ours.part().is_whole() && ours.part() == theirs.part();
        let (term, is_of_many) = match is_one_part {
            true => (Cow::Owned(with_part(name)), false),
            false => (
                Cow::Borrowed(&*name.core),
                is_of_many(&name.core, name.kind),
            ),
        };
        let expected = match is_of_many {
            true => limits.common_share,
            false => limits.rare_share,
        };
        let borne = self.counts.get(term.as_ref()).copied().unwrap_or(0);
        // The two that are being compared bear it anyway.
        let others = borne.saturating_sub(2);
        let count = f64::from(others);
        let records = self.records as f64;
        (count + limits.strength * expected) / (records + limits.strength)
    }
}

fn count(counts: &mut HashMap<String, u32>, term: &str) {
    match counts.get_mut(term) {
        Some(count) => *count += 1,
        None => {
            counts.insert(term.to_owned(), 1);
        }
    }
}

fn with_part(name: &Name) -> String {
    format!("{} {}", name.core, name.part())
}

/// An employer, of which every town has one, or a core of two characters.
fn is_of_many(core: &str, kind: NameKind) -> bool {
    kind == NameKind::Employer || core.chars().count() <= 2
}

/// The name whose core two names share: the shorter.
pub fn shared_core<'a>(a: &'a Name, b: &'a Name) -> &'a Name {
    match a.core.len() <= b.core.len() {
        true => a,
        false => b,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dedupe::fixtures::estate;
    use crate::dedupe::normalise::{Aliases, parse_name};
    use crate::dedupe::tests::limits;

    #[test]
    fn a_name_that_few_bear_has_a_small_share() {
        let limits = limits().evidence.terms;
        let share = |named: &[(&str, usize)], ours: &str, theirs: &str| {
            let profiles: Vec<_> = named
                .iter()
                .flat_map(|(name, times)| std::iter::repeat_n(*name, *times))
                .map(|name| Profile::of(&estate(name).into(), &Aliases::default()))
                .collect();
            let (ours, theirs) = (parse_name(ours).name, parse_name(theirs).name);
            Terms::of(&profiles).share(&ours, &theirs, &limits)
        };
        // In a survey of two, what is known of such names decides.
        let rare = share(&[("滨江国际花园", 2)], "滨江国际花园", "滨江国际花园");
        let common = share(&[("粮食局宿舍", 2)], "粮食局宿舍", "市粮食局家属院");
        assert!(rare < limits.common_from && common >= limits.common_from);
        // In a large one, the survey does.
        let large = [("粮食局宿舍", 2), ("教师公寓", 300), ("阳光花园", 20_000)];
        let once = share(&large, "粮食局宿舍", "市粮食局家属院");
        let often = share(&large, "教师公寓", "教师公寓");
        assert!(once < limits.common_from && often >= limits.common_from);
        // Many are called 洪都, and few 洪都4区.
        let parts = [("洪都", 500), ("洪都4区", 2), ("阳光花园", 5_000)];
        let part = share(&parts, "洪都4区", "洪都四区");
        assert!(part < limits.common_from, "{part}");
        assert!(share(&parts, "洪都", "洪都4区") >= limits.common_from);
    }
}
