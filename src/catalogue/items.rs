//! The renovation content items of the guidance, 三(二), and what a county adds to them.

use super::{CatalogueError, parse};
use crate::model::{Estate, ItemCode, Severity, Utility};
use serde::Deserialize;

/// Whether renewing an item counts for central money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubsidyWeight {
    Yes,
    No,
    /// Only where the county configures it: the text says «更新», repair may not count.
    Configured,
}

/// One content item.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Item {
    pub code: ItemCode,
    pub zh: String,
    pub en: String,
    #[serde(default)]
    pub utilities: Vec<Utility>,
    pub subsidy: SubsidyWeight,
    /// «具备条件», «有条件» or «确需安装», where the text attaches one.
    #[serde(default)]
    pub condition: Option<String>,
    /// Outside the estate: a plan must justify the link («与小区直接相关»).
    #[serde(default)]
    pub linked_outside: bool,
    /// Counts in the score's safety part.
    #[serde(default)]
    pub safety: bool,
    /// The utility whose state this item stands for when a survey asks for one key a facility.
    #[serde(default)]
    pub leads: Option<Utility>,
    /// Of an item that a county added: the standard to build to («可操作的改造标准») …
    #[serde(default)]
    pub standard: String,
    /// … and under which number it was filed with the authority above, and when («并报…备案»).
    #[serde(default)]
    pub filing_number: String,
    #[serde(default)]
    pub filed_on: Option<jiff::civil::Date>,
}

impl Item {
    /// Whether it stands in the guidance's own list: what a county adds is filed.
    pub fn is_of_guidance(&self) -> bool {
        self.filing_number.is_empty()
    }
}

/// Every item, in the guidance's order.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Items {
    items: Vec<Item>,
}

impl Items {
    pub(super) fn shipped() -> Result<Self, CatalogueError> {
        parse(
            "data/catalogue/items.json",
            include_str!("../../data/catalogue/items.json"),
        )
    }

    /// The same list with the items that a county added.
    pub(super) fn with_county(mut self, added: &[Item]) -> Result<Self, CatalogueError> {
        for item in added {
            let wrong = |reason: &str| CatalogueError {
                file: item.code.to_string(),
                reason: reason.to_owned(),
            };
            if self.get(item.code).is_some() {
                return Err(wrong("the list has an item of this code"));
            }
            let is_filed = !item.standard.trim().is_empty()
                && !item.filing_number.trim().is_empty()
                && item.filed_on.is_some();
            if !is_filed {
                return Err(wrong(
                    "a county's own item needs standard, filing_number and filed_on",
                ));
            }
            self.items.push(item.clone());
        }
        self.items.sort_by_key(|item| item.code);
        Ok(self)
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Item> {
        self.items.iter()
    }

    pub fn get(&self, code: ItemCode) -> Option<&Item> {
        self.items.iter().find(|item| item.code == code)
    }

    /// The item that stands for an essential utility in the two-minute form.
    pub fn leading(&self, utility: Utility) -> Option<&Item> {
        self.items.iter().find(|item| item.leads == Some(utility))
    }

    /// How bad a utility is: the worst of its surveyed items. `None` where none was surveyed.
    pub fn utility_severity(&self, estate: &Estate, utility: Utility) -> Option<Severity> {
        estate
            .gaps
            .iter()
            .filter(|(code, _)| {
                self.get(**code)
                    .is_some_and(|item| item.utilities.contains(&utility))
            })
            .map(|(_, severity)| *severity)
            .max()
    }

    /// The worst of water, power, road and gas. `None` where none was surveyed.
    pub fn worst_essential(&self, estate: &Estate) -> Option<Severity> {
        Utility::ESSENTIAL
            .iter()
            .filter_map(|utility| self.utility_severity(estate, *utility))
            .max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EstateId;

    #[test]
    fn the_guidance_lists_57_items_in_four_groups() {
        let items = Items::shipped().unwrap();
        assert_eq!(items.iter().len(), 57);
        let count = |group| items.iter().filter(|i| i.code.group() == group).count();
        assert_eq!(
            [count('A'), count('B'), count('C'), count('D')],
            [10, 10, 27, 10]
        );
    }

    #[test]
    fn each_essential_utility_has_one_leading_item() {
        let items = Items::shipped().unwrap();
        for utility in Utility::ESSENTIAL {
            let leading = items.leading(utility).unwrap();
            assert!(leading.utilities.contains(&utility));
        }
    }

    #[test]
    fn an_unsurveyed_utility_has_no_severity() {
        let items = Items::shipped().unwrap();
        let mut estate = Estate::new(EstateId(uuid::Uuid::nil()));
        assert_eq!(items.worst_essential(&estate), None);
        let power = items.leading(Utility::Power).unwrap().code;
        estate.gaps.insert(power, Severity::Failing);
        assert_eq!(items.worst_essential(&estate), Some(Severity::Failing));
        assert_eq!(items.utility_severity(&estate, Utility::Gas), None);
    }
}
