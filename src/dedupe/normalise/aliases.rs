//! Names that mean one thing: units renamed or abbreviated (农行 = 农业银行), roads renamed.

use super::fold;
use super::words::WORDS;
use crate::model::{Alias, AliasKind};

/// The shipped names of employers, and those that the survey's own table adds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Aliases {
    /// (spelling, the one it is compared by), longest spelling first.
    units: Vec<(String, String)>,
    roads: Vec<(String, String)>,
}

impl Aliases {
    /// The shipped table and the survey's own, which wins where both name a spelling.
    pub fn of(own: &[Alias]) -> Self {
        let mut aliases = Self::default();
        for alias in own {
            let table = match alias.kind {
                AliasKind::Unit => &mut aliases.units,
                AliasKind::Road => &mut aliases.roads,
            };
            let (spelling, same_as) = (fold(&alias.spelling), fold(&alias.same_as));
            if !spelling.is_empty() && !same_as.is_empty() && spelling != same_as {
                table.push((spelling, same_as));
            }
        }
        for group in &WORDS.same_units {
            let Some((first, others)) = group.split_first() else {
                continue;
            };
            for other in others {
                if !aliases.units.iter().any(|(spelling, _)| spelling == other) {
                    aliases.units.push((other.clone(), first.clone()));
                }
            }
        }
        for table in [&mut aliases.units, &mut aliases.roads] {
            table.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        }
        aliases
    }

    /// The employer by the name that it is compared by: 永叔路交行 → 永叔路交通银行. Only at the
    /// end, where the employer stands.
    pub fn unit(&self, core: &str) -> Option<String> {
        let (spelling, same_as) = self
            .units
            .iter()
            .find(|(spelling, same_as)| core.ends_with(spelling) && !core.ends_with(same_as))?;
        Some(format!("{}{same_as}", &core[..core.len() - spelling.len()]))
    }

    /// The road by the name that it is compared by; only as a whole.
    pub fn road(&self, road: &str) -> Option<&str> {
        let mut roads = self.roads.iter();
        roads
            .find(|(spelling, _)| spelling == road)
            .map(|(_, same_as)| same_as.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alias(kind: AliasKind, spelling: &str, same_as: &str) -> Alias {
        Alias {
            kind,
            spelling: spelling.into(),
            same_as: same_as.into(),
        }
    }

    #[test]
    fn an_employer_is_compared_by_one_name() {
        let own = [
            alias(AliasKind::Unit, "江柴", "江西柴油机厂"),
            alias(AliasKind::Unit, "农行", "南昌农商行"),
            alias(AliasKind::Road, "沿江路", "沿江中大道"),
        ];
        let aliases = Aliases::of(&own);
        for (core, expected) in [
            ("永叔路交行", Some("永叔路交通银行")),
            ("交通银行", None),
            ("江柴", Some("江西柴油机厂")),
            ("农行", Some("南昌农商行")),
            ("粮食局", None),
            ("公安", Some("公安局")),
            ("公安局", None),
        ] {
            assert_eq!(aliases.unit(core).as_deref(), expected, "{core}");
        }
        assert_eq!(aliases.road("沿江路"), Some("沿江中大道"));
        assert_eq!(aliases.road("沿江路东"), None);
    }
}
