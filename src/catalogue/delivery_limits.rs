//! The part of a rule pack about delivery (DOMAIN §5).

use serde::Deserialize;

/// «原则上要在当年8月底前开工，春节前完工», 三(三)3.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct DeliveryLimits {
    /// The last day to start on, in the year of the plan …
    pub start_by_month: i8,
    /// … clamped to the month's own last day.
    pub start_by_day: i8,
    /// How many days before the first day of the next Spring Festival the work is finished at the
    /// latest: 1 is the day before it.
    pub finish_days_before_festival: i32,
}
