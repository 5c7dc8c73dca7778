//! What a county can spend in a year («既尽力而为又量力而行», 四(二)).

use super::community::Paper;
use super::money::Yuan;
use serde::{Deserialize, Serialize};

/// The county, 6 digits, and the year that a budget is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BudgetKey {
    pub county_code: String,
    pub year: i32,
}

/// The local fiscal money of a county's year.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// What is set aside for renovation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Yuan>,
    /// 财政承受能力, as assessed; `None` while nobody has («切实评估论证»).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Yuan>,
    /// Who assessed it, and how.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub basis: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<Paper>,
}

impl Budget {
    /// What the estates implemented in the year may cost the county: the lesser of both. `None`
    /// where neither is known.
    pub fn limit(&self) -> Option<Yuan> {
        [self.budget, self.capacity].into_iter().flatten().min()
    }
}

impl std::fmt::Display for BudgetKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.county_code, self.year)
    }
}

impl std::str::FromStr for BudgetKey {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (county_code, year) = text.rsplit_once(' ').unwrap_or(("", text));
        Ok(Self {
            county_code: county_code.to_owned(),
            year: year.parse()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lesser_of_budget_and_capacity_limits_the_year() {
        let limit = |budget, capacity| {
            let budget = Budget {
                budget,
                capacity,
                ..Budget::default()
            };
            budget.limit()
        };
        let (less, more) = (Some(Yuan(5)), Some(Yuan(7)));
        assert_eq!(limit(less, more), less);
        assert_eq!(limit(more, less), less);
        assert_eq!(limit(None, more), more);
        assert_eq!(limit(None, None), None);
    }

    #[test]
    fn a_key_is_read_as_it_is_written() {
        for county_code in ["360102", ""] {
            let key = BudgetKey {
                county_code: county_code.into(),
                year: 2027,
            };
            assert_eq!(key.to_string().parse(), Ok(key));
        }
    }
}
