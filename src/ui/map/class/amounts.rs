//! Classes of a count: as many estates in each as can be, with round limits.

use super::STEPS;
use crate::model::{Amount, Estate};

/// The upper limits of all classes but the last, ascending. Fewer where many estates are alike.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Breaks(Vec<f64>);

impl Breaks {
    /// Quantiles of `values`, rounded to two digits so that a legend can be read.
    pub fn of(mut values: Vec<f64>) -> Self {
        if values.is_empty() {
            return Self::default();
        }
        values.sort_unstable_by(f64::total_cmp);
        let last = values.len() - 1;
        let highest = values[last];
        let mut limits: Vec<f64> = (1..usize::from(STEPS))
            .map(|n| round(values[n * last / usize::from(STEPS)]))
            .filter(|limit| *limit < highest)
            .collect();
        limits.dedup();
        Self(limits)
    }

    /// The class of a value. A value on a limit is in the lower class.
    pub fn step(&self, value: f64) -> u8 {
        self.0.partition_point(|limit| *limit < value) as u8
    }

    /// How many classes there are.
    pub fn steps(&self) -> u8 {
        self.0.len() as u8 + 1
    }

    /// The limits of a class; `None` where it is open.
    pub fn ends(&self, step: u8) -> (Option<f64>, Option<f64>) {
        let limit = |index: Option<u8>| self.0.get(usize::from(index?)).copied();
        (limit(step.checked_sub(1)), limit(Some(step)))
    }
}

/// To two significant digits.
fn round(value: f64) -> f64 {
    if value <= 0.0 {
        return value;
    }
    let unit = 10_f64.powf(value.log10().floor() - 1.0).max(1.0);
    (value / unit).round() * unit
}

/// The count of an estate; `None` where nobody counted.
pub fn amount(estate: &Estate, of: Amount) -> Option<f64> {
    match of {
        Amount::Households => estate.households.map(f64::from),
        Amount::FloorArea => estate.floor_area_m2,
        Amount::Buildings => estate.buildings.map(f64::from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_round_and_share_the_estates_out() {
        let breaks = Breaks::of((1..=1000).map(f64::from).collect());
        assert_eq!(breaks, Breaks(vec![200.0, 400.0, 600.0, 800.0]));
        for (value, step) in [(1.0, 0), (200.0, 0), (200.5, 1), (1000.0, 4), (9e9, 4)] {
            assert_eq!(breaks.step(value), step, "{value}");
        }
        assert_eq!(breaks.ends(0), (None, Some(200.0)));
        assert_eq!(breaks.ends(4), (Some(800.0), None));
    }

    #[test]
    fn estates_that_are_alike_make_fewer_classes() {
        assert_eq!(Breaks::of(vec![12.0; 40]).steps(), 1);
        assert_eq!(Breaks::of(Vec::new()).steps(), 1);
        let two = Breaks::of([vec![2.0; 50], vec![7.0; 50]].concat());
        assert_eq!(two.steps(), 2);
        assert_ne!(two.step(2.0), two.step(7.0));
    }
}
