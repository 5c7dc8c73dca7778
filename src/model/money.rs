//! Money in whole yuan, so that sums are exact; people read and write it in 万元.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::iter::Sum;

/// An amount in yuan. Forms, tables and files of others show 万元 (ten thousand yuan), of which a
/// yuan is the fourth decimal.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Yuan(pub u64);

impl Yuan {
    pub const ZERO: Self = Self(0);
    /// Far beyond any budget; what a slip of the pen may give, and sums still cannot overflow.
    const MOST: u64 = 1_000_000_000_000_000;

    /// An amount given in 万元, to the nearest yuan. `None` for what is no amount: negative, not
    /// finite, or beyond 100 billion 万元.
    pub fn from_wan(wan: f64) -> Option<Self> {
        let yuan = (wan * 10_000.0).round();
        (yuan.is_finite() && yuan >= 0.0 && yuan <= Self::MOST as f64).then_some(Self(yuan as u64))
    }

    /// The amount as a person writes it in 万元: `120`, `120.5`, `1,200`, `１２０`, with or without
    /// the unit.
    pub fn parse_wan(text: &str) -> Option<Self> {
        let plain: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, ',' | '，'))
            .map(|c| match c {
                '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
                '．' => '.',
                other => other,
            })
            .collect();
        let number = plain.strip_suffix("万元").unwrap_or(&plain);
        let number = number.strip_suffix('万').unwrap_or(number);
        let is_number = number.chars().all(|c| c.is_ascii_digit() || c == '.');
        Self::from_wan(number.parse().ok().filter(|_| is_number)?)
    }

    /// In 万元.
    pub fn wan(self) -> f64 {
        self.0 as f64 / 10_000.0
    }

    pub fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl std::ops::Add for Yuan {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sum for Yuan {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, std::ops::Add::add)
    }
}

/// In 万元, without zeros at the end: `120`, `120.5`, `0.0001`.
impl fmt::Display for Yuan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 10_000, self.0 % 10_000);
        match rest {
            0 => f.pad(&whole.to_string()),
            rest => f.pad(format!("{whole}.{rest:04}").trim_end_matches('0')),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_and_written_in_ten_thousands() {
        for (text, yuan, shown) in [
            ("120", 1_200_000, "120"),
            ("120.5", 1_205_000, "120.5"),
            (" 1,200.0001 万元", 12_000_001, "1200.0001"),
            ("１２０．５万", 1_205_000, "120.5"),
            ("0", 0, "0"),
        ] {
            let amount = Yuan::parse_wan(text);
            assert_eq!(amount, Some(Yuan(yuan)), "{text}");
            assert_eq!(Yuan(yuan).to_string(), shown);
            assert_eq!(Yuan::from_wan(Yuan(yuan).wan()), Some(Yuan(yuan)));
        }
        for wrong in ["", "-1", "inf", "1e3", "一百", "1.2.3", "999999999999999"] {
            assert_eq!(Yuan::parse_wan(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn sums_are_exact() {
        let tenth = Yuan::from_wan(0.1).unwrap();
        assert_eq!((0..10).map(|_| tenth).sum::<Yuan>(), Yuan(10_000));
    }
}
