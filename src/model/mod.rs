//! The survey in memory: records, and the changes between its states. No I/O, no egui, no clock.

mod change;
mod codes;
mod decision;
mod difference;
mod estate;
mod field;
mod ids;
mod item;
mod list;
mod place;
mod settings;

pub use change::{Change, Edit, EditKind, EditLabel, RecordKey};
pub use codes::{
    Coded, Datum, Exclusion, Locality, Severity, Tenure, Verdict, Willingness, WillingnessBasis,
    YearBasis,
};
pub use decision::{Decision, Pair};
pub use difference::{Differences, FieldDifference, StandingDifference};
pub use estate::{Estate, Origin, ReplacedValue, Standing, ValueSource};
pub use field::{Field, Kind, Value, WrongValue};
pub use ids::{EditId, EstateId, ListId};
pub use item::ItemCode;
pub use list::{ImportList, ListRole, RejectedRow, RowProblem, RowProblemKind};
pub use place::{Boundary, LonLat};
pub use settings::Settings;

use std::collections::BTreeMap;
use std::sync::Arc;

/// Every record of a survey file. Cloning shares the records, so a job's snapshot is cheap.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Survey {
    estates: BTreeMap<EstateId, Arc<Estate>>,
    decisions: BTreeMap<Pair, Decision>,
    lists: BTreeMap<ListId, Arc<ImportList>>,
    settings: Settings,
}

/// A change whose before-image is not what the survey holds: it was planned on another state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("record {0:?} has changed since")]
pub struct Stale(pub RecordKey);

impl Survey {
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            ..Self::default()
        }
    }

    /// A survey as a store read it.
    pub fn from_parts(
        estates: impl IntoIterator<Item = Estate>,
        decisions: impl IntoIterator<Item = Decision>,
        lists: impl IntoIterator<Item = ImportList>,
        settings: Settings,
    ) -> Self {
        Self {
            estates: estates.into_iter().map(|e| (e.id, Arc::new(e))).collect(),
            decisions: decisions.into_iter().map(|d| (d.pair, d)).collect(),
            lists: lists.into_iter().map(|l| (l.id, Arc::new(l))).collect(),
            settings,
        }
    }

    pub fn estate(&self, id: EstateId) -> Option<&Arc<Estate>> {
        self.estates.get(&id)
    }

    /// Every record by key: counted, merged, part of another, withdrawn.
    pub fn estates(&self) -> impl ExactSizeIterator<Item = &Arc<Estate>> {
        self.estates.values()
    }

    /// The records that count: not merged, not part of another, not withdrawn.
    pub fn counted(&self) -> impl Iterator<Item = &Arc<Estate>> {
        self.estates().filter(|estate| estate.standing.is_counted())
    }

    /// The record that counts for `id`: itself, or what it was merged into or lies inside.
    pub fn root(&self, id: EstateId) -> EstateId {
        let mut at = id;
        // A chain longer than the survey would be a circle, which `edit::plan` never makes.
        for _ in 0..self.estates.len() {
            match self.estates.get(&at).map(|estate| &estate.standing) {
                Some(Standing::Merged { into, .. }) => at = *into,
                Some(Standing::PartOf { parent }) => at = *parent,
                _ => break,
            }
        }
        at
    }

    pub fn decision(&self, pair: Pair) -> Option<&Decision> {
        self.decisions.get(&pair)
    }

    pub fn decisions(&self) -> impl ExactSizeIterator<Item = &Decision> {
        self.decisions.values()
    }

    pub fn list(&self, id: ListId) -> Option<&Arc<ImportList>> {
        self.lists.get(&id)
    }

    pub fn lists(&self) -> impl ExactSizeIterator<Item = &Arc<ImportList>> {
        self.lists.values()
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Checks that every change starts from what the survey holds now.
    ///
    /// # Errors
    /// [`Stale`] names the first record that does not.
    pub fn check_before_images(&self, changes: &[Change]) -> Result<(), Stale> {
        let fits = |change: &Change| match change {
            Change::Estate { id, before, .. } => self.estates.get(id) == before.as_ref(),
            Change::Decision { pair, before, .. } => self.decisions.get(pair) == before.as_deref(),
            Change::List { id, before, .. } => self.lists.get(id) == before.as_ref(),
            Change::Settings { before, .. } => self.settings == **before,
        };
        match changes.iter().find(|change| !fits(change)) {
            Some(change) => Err(Stale(change.key())),
            None => Ok(()),
        }
    }

    /// Applies changes that `check_before_images` has passed.
    pub fn apply(&mut self, changes: &[Change]) {
        fn put<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, after: Option<V>) {
            match after {
                Some(value) => map.insert(key, value),
                None => map.remove(&key),
            };
        }
        for change in changes {
            match change {
                Change::Estate { id, after, .. } => put(&mut self.estates, *id, after.clone()),
                Change::Decision { pair, after, .. } => {
                    put(&mut self.decisions, *pair, after.as_deref().cloned());
                }
                Change::List { id, after, .. } => put(&mut self.lists, *id, after.clone()),
                Change::Settings { after, .. } => self.settings = (**after).clone(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Arc<Estate> {
        let mut estate = Estate::new(EstateId(uuid::Uuid::nil()));
        estate.name = name.to_owned();
        Arc::new(estate)
    }

    fn change(before: Option<&str>, after: Option<&str>) -> Change {
        Change::Estate {
            id: EstateId(uuid::Uuid::nil()),
            before: before.map(named),
            after: after.map(named),
        }
    }

    #[test]
    fn a_change_and_its_inverse_give_back_the_survey() {
        let mut survey = Survey::default();
        for step in [
            change(None, Some("洪都新村")),
            change(Some("洪都新村"), Some("洪都新村一期")),
            change(Some("洪都新村一期"), None),
        ] {
            let start = survey.clone();
            survey
                .check_before_images(std::slice::from_ref(&step))
                .unwrap();
            survey.apply(std::slice::from_ref(&step));
            let mut back = survey.clone();
            back.apply(&[step.inverse()]);
            assert_eq!(back, start);
        }
    }

    #[test]
    fn a_change_planned_on_another_state_is_refused() {
        let survey = Survey::default();
        let stale = survey.check_before_images(&[change(Some("洪都新村"), None)]);
        assert!(stale.is_err());
    }
}
