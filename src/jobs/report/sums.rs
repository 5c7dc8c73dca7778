//! Estates, households, buildings and square metres added up; what is unknown is counted, never 0.

use crate::model::Estate;

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sums {
    pub estates: u64,
    pub households: u64,
    pub buildings: u64,
    pub floor_area_m2: f64,
    /// Estates whose number of households nobody surveyed.
    pub households_unknown: u64,
    pub buildings_unknown: u64,
    pub floor_area_unknown: u64,
}

impl Sums {
    pub fn add(&mut self, estate: &Estate) {
        self.estates += 1;
        match estate.households {
            Some(households) => self.households += u64::from(households),
            None => self.households_unknown += 1,
        }
        match estate.buildings {
            Some(buildings) => self.buildings += u64::from(buildings),
            None => self.buildings_unknown += 1,
        }
        match estate.floor_area_m2.filter(|area| area.is_finite()) {
            Some(area) => self.floor_area_m2 += area,
            None => self.floor_area_unknown += 1,
        }
    }
}
