//! The buildings of a survey, found by key and by the record they were surveyed for.

use super::Survey;
use super::building::Building;
use super::estate::Standing;
use super::ids::{BuildingId, EstateId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Every building, each in both maps.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Buildings {
    by_id: BTreeMap<BuildingId, Arc<Building>>,
    /// In the order of their numbers; a record without buildings has no entry.
    by_estate: BTreeMap<EstateId, Vec<Arc<Building>>>,
}

impl Buildings {
    pub fn get(&self, id: BuildingId) -> Option<&Arc<Building>> {
        self.by_id.get(&id)
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Arc<Building>> {
        self.by_id.values()
    }

    pub fn of(&self, estate: EstateId) -> &[Arc<Building>] {
        self.by_estate.get(&estate).map_or(&[], Vec::as_slice)
    }

    pub fn put(&mut self, id: BuildingId, after: Option<Arc<Building>>) {
        if let Some(before) = self.by_id.remove(&id)
            && let Some(group) = self.by_estate.get_mut(&before.estate)
        {
            group.retain(|building| building.id != id);
            if group.is_empty() {
                self.by_estate.remove(&before.estate);
            }
        }
        if let Some(after) = after {
            let group = self.by_estate.entry(after.estate).or_default();
            let at = group.partition_point(|building| building.order(&after).is_lt());
            group.insert(at, after.clone());
            self.by_id.insert(id, after);
        }
    }
}

impl Survey {
    pub fn building(&self, id: BuildingId) -> Option<&Arc<Building>> {
        self.buildings.get(id)
    }

    /// Every building by key.
    pub fn buildings(&self) -> impl ExactSizeIterator<Item = &Arc<Building>> {
        self.buildings.iter()
    }

    /// The buildings surveyed for this very record, in the order of their numbers.
    pub fn own_buildings(&self, estate: EstateId) -> &[Arc<Building>] {
        self.buildings.of(estate)
    }

    /// The buildings that count through `estate`, in the order of their numbers: its own, and those
    /// of the records merged into it or lying inside it.
    ///
    /// A building stays with the record it was surveyed for, so parting a merge gives back what it
    /// brought. «不重»: of two records that are one estate, a number that both list is one building,
    /// and the kept record's stands. A part (PART_OF) numbers its buildings by itself.
    pub fn buildings_of(&self, estate: EstateId) -> Vec<&Arc<Building>> {
        let mut counted: Vec<&Arc<Building>> = self.own_buildings(estate).iter().collect();
        if !self.members.contains_key(&estate) {
            return counted;
        }
        let mut numbers: BTreeSet<(EstateId, String)> = counted
            .iter()
            .filter_map(|building| Some((estate, building.number_core()?)))
            .collect();
        // Each record with the one whose numbers it shares.
        let mut records = vec![(estate, estate)];
        let mut next = 0;
        while let Some((record, numbered_as)) = records.get(next).copied() {
            next += 1;
            for member in self.members.get(&record).into_iter().flatten() {
                // A circle would be another program's work.
                if records.iter().any(|(known, _)| known == member) {
                    continue;
                }
                let is_merged = self
                    .estate(*member)
                    .is_some_and(|m| matches!(m.standing, Standing::Merged { .. }));
                let numbered_as = if is_merged { numbered_as } else { *member };
                records.push((*member, numbered_as));
                counted.extend(self.own_buildings(*member).iter().filter(|building| {
                    building
                        .number_core()
                        .is_none_or(|number| numbers.insert((numbered_as, number)))
                }));
            }
        }
        counted.sort_by(|a, b| a.order(b));
        counted
    }
}

impl FromIterator<Building> for Buildings {
    fn from_iter<I: IntoIterator<Item = Building>>(buildings: I) -> Self {
        let mut all = Self::default();
        for building in buildings {
            all.by_id.insert(building.id, Arc::new(building));
        }
        for building in all.by_id.values() {
            let group = all.by_estate.entry(building.estate).or_default();
            group.push(building.clone());
        }
        for group in all.by_estate.values_mut() {
            group.sort_by(|a, b| a.order(b));
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn building(key: u128, estate: u128, number: &str) -> Building {
        let mut building = Building::new(
            BuildingId(Uuid::from_u128(key)),
            EstateId(Uuid::from_u128(estate)),
        );
        building.number = number.to_owned();
        building
    }

    #[test]
    fn put_one_by_one_they_are_as_read_at_once() {
        let all = [
            building(1, 7, "10栋"),
            building(2, 7, "2栋"),
            building(3, 8, "1栋"),
        ];
        let mut one_by_one = Buildings::default();
        for building in &all {
            one_by_one.put(building.id, Some(Arc::new(building.clone())));
        }
        let at_once: Buildings = all.clone().into_iter().collect();
        assert_eq!(one_by_one, at_once);
        let of_estate = at_once.of(all[0].estate).iter();
        let numbers: Vec<_> = of_estate.map(|building| building.number.as_str()).collect();
        assert_eq!(numbers, ["2栋", "10栋"]);

        for building in &all {
            one_by_one.put(building.id, None);
        }
        assert_eq!(one_by_one, Buildings::default());
    }

    #[test]
    fn a_building_that_changed_its_estate_is_listed_there_alone() {
        let mut buildings: Buildings = [building(1, 7, "1栋")].into_iter().collect();
        let moved = building(1, 8, "1栋");
        buildings.put(moved.id, Some(Arc::new(moved.clone())));
        assert_eq!(buildings.of(EstateId(Uuid::from_u128(7))), []);
        assert_eq!(buildings.of(moved.estate).len(), 1);
    }
}
