//! What is worked out once a record, so that comparing two of them is cheap.

use super::address::{Address, parse_address};
use super::datum_shift::{SHIFTED, displaced};
use super::normalise::{Aliases, Name, NameKind, parse_name};
use super::place;
use crate::model::{Boundary, Estate, LonLat};
use geo::{Centroid, Rect, Validation};
use std::sync::Arc;

/// A record as dedupe sees it.
#[derive(Clone, Debug)]
pub struct Profile {
    pub estate: Arc<Estate>,
    /// The name, the aliases and the names in brackets.
    pub names: Box<[Name]>,
    /// From the address and from the names.
    pub addresses: Box<[Address]>,
    pub outline: Option<Outline>,
    /// The middle of the outline, else the position of the list.
    pub anchor: Option<LonLat>,
    /// Where the anchor lands in each of `datum_shift::SHIFTED` when taken for WGS 84.
    pub displaced: Option<[LonLat; 2]>,
    pub boundary: BoundaryState,
    /// One bit for each character (by hash) of the cores: no shared bit, nothing in common.
    characters: u64,
    /// The same for the first two characters of each name together.
    beginnings: u64,
}

/// A boundary ready to be compared.
#[derive(Clone, Debug)]
pub struct Outline {
    pub shape: Arc<Boundary>,
    /// In degrees.
    pub bounds: Rect,
    pub middle: LonLat,
    pub area_m2: f64,
}

/// Whether a boundary can be compared as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundaryState {
    None,
    Sound,
    /// It crosses itself: the rectangle around it stands for it.
    Crossing,
    /// It encloses nothing, or holds what is no position: the record's position stands for it.
    Unusable,
}

impl Profile {
    /// Takes a record apart; `aliases` says which spellings mean one employer or one road.
    pub fn of(estate: &Arc<Estate>, aliases: &Aliases) -> Self {
        let mut names = Vec::with_capacity(1 + estate.aliases.len());
        let mut addresses = parse_address(&estate.address);
        for raw in std::iter::once(&estate.name).chain(&estate.aliases) {
            let parsed = parse_name(raw);
            names.push(parsed.name);
            names.extend(parsed.others);
            addresses.extend(parsed.addresses);
        }
        names.retain(|name| !name.base.is_empty());
        for name in &mut names {
            if name.kind == NameKind::Employer
                && let Some(unit) = aliases.unit(&name.core)
            {
                name.core = unit.into();
            }
        }
        for address in &mut addresses {
            if let Some(road) = aliases.road(&address.road) {
                address.road = road.into();
            }
        }
        let (outline, boundary) = match &estate.boundary {
            None => (None, BoundaryState::None),
            Some(shape) => outline(shape),
        };
        let position = estate.position.filter(|position| position.is_on_earth());
        let anchor = outline.as_ref().map(|outline| outline.middle).or(position);
        let displaced = anchor.map(|at| SHIFTED.map(|datum| displaced(at, datum)));
        let cores = names.iter().flat_map(|name| name.core.chars());
        let characters = cores.fold(0, |bits, c| bits | 1 << character_bit(c));
        let beginnings = names.iter().filter_map(beginning);
        let beginnings = beginnings.fold(0, |bits, (a, b)| {
            bits | 1 << ((character_bit(a) + 7 * character_bit(b)) % 64)
        });
        Self {
            beginnings,
            estate: estate.clone(),
            names: names.into(),
            addresses: addresses.into(),
            outline,
            anchor,
            displaced,
            boundary,
            characters,
        }
    }

    /// At least half of the characters of the shorter core.
    pub fn shares_characters(&self, other: &Profile) -> bool {
        let shared = (self.characters & other.characters).count_ones();
        let fewer = self
            .characters
            .count_ones()
            .min(other.characters.count_ones());
        shared > 0 && shared * 2 >= fewer
    }

    /// Whether two names begin with the same two characters.
    pub fn shares_a_beginning(&self, other: &Profile) -> bool {
        self.beginnings & other.beginnings != 0
            && self.names.iter().filter_map(beginning).any(|ours| {
                let theirs = other.names.iter().filter_map(beginning);
                theirs.into_iter().any(|it| it == ours)
            })
    }

    /// The rectangle of the outline, or the position alone, in degrees.
    pub fn bounds(&self) -> Option<Rect> {
        match (&self.outline, self.anchor) {
            (Some(outline), _) => Some(outline.bounds),
            (None, Some(anchor)) => Some(Rect::new(anchor, anchor)),
            (None, None) => None,
        }
    }
}

fn beginning(name: &Name) -> Option<(char, char)> {
    let mut chars = name.base.chars();
    Some((chars.next()?, chars.next()?))
}

/// Spreads neighbours in the code table over 64 bits.
fn character_bit(c: char) -> u32 {
    (u64::from(u32::from(c)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 58) as u32
}

fn outline(shape: &Arc<Boundary>) -> (Option<Outline>, BoundaryState) {
    let coords = || {
        shape.iter().flat_map(|polygon| {
            std::iter::once(polygon.exterior())
                .chain(polygon.interiors())
                .flat_map(|ring| ring.0.iter())
        })
    };
    let unusable = (None, BoundaryState::Unusable);
    if !coords().all(|coord| LonLat::from(*coord).is_on_earth()) {
        return unusable;
    }
    let Some(bounds) = place::bounds(shape) else {
        return unusable;
    };
    let centroid = shape.centroid().map(|point| LonLat::from(point.0));
    let middle = centroid
        .filter(|at| at.is_on_earth())
        .unwrap_or_else(|| bounds.center().into());
    let (shape, state) = match shape.is_valid() {
        true => (shape.clone(), BoundaryState::Sound),
        false => (
            Arc::new(Boundary::new(vec![bounds.to_polygon()])),
            BoundaryState::Crossing,
        ),
    };
    let area_m2 = place::flat_area_m2(&shape, middle);
    if area_m2 <= 0.0 {
        return unusable;
    }
    let outline = Outline {
        shape,
        bounds,
        middle,
        area_m2,
    };
    (Some(outline), state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dedupe::fixtures::{at, outlined, square};
    use geo::{LineString, Polygon};

    #[test]
    fn a_broken_boundary_still_gives_a_place() {
        let ring = |coords: &[(f64, f64)]| {
            Boundary::new(vec![Polygon::new(
                LineString::from(coords.to_vec()),
                vec![],
            )])
        };
        let bow_tie = ring(&[
            (115.0, 28.0),
            (115.001, 28.001),
            (115.001, 28.0),
            (115.0, 28.001),
        ]);
        let flat = ring(&[(115.0, 28.0), (115.001, 28.0), (115.0, 28.0)]);
        let not_a_number = ring(&[(115.0, f64::NAN), (115.1, 28.0), (115.0, 28.1)]);
        for (boundary, state, has_anchor) in [
            (square(0.0, 0.0, 100.0), BoundaryState::Sound, true),
            (bow_tie, BoundaryState::Crossing, true),
            (flat, BoundaryState::Unusable, false),
            (not_a_number, BoundaryState::Unusable, false),
            (Boundary::new(vec![]), BoundaryState::Unusable, false),
        ] {
            let estate = outlined("", boundary);
            let profile = Profile::of(&estate.into(), &Aliases::default());
            assert_eq!(profile.boundary, state);
            assert_eq!(profile.anchor.is_some(), has_anchor, "{state:?}");
        }
    }

    #[test]
    fn the_roads_of_name_and_address_come_together() {
        let mut estate = at("电子局宿舍（永外正街130号）", 0.0, 0.0);
        estate.address = "阳明东路2号".into();
        let profile = Profile::of(&estate.into(), &Aliases::default());
        let roads: Vec<_> = profile.addresses.iter().map(|a| &*a.road).collect();
        assert_eq!(roads, ["阳明东路", "永外正街"]);
    }
}
