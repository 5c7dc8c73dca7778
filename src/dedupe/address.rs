//! An address as road, house numbers and blocks. A bare road has no number and matches nothing.

use super::normalise::{fold, numerals_to_digits, strip_division_prefix};
use std::collections::BTreeSet;

/// One road of an address, with the house numbers on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Without divisions before it; a place without the word 路 (系马桩87号) counts as a road.
    pub road: Box<str>,
    pub numbers: Box<[HouseNumber]>,
    /// 栋 = 幢 = 号楼, sorted
    pub blocks: Box<[u32]>,
}

/// 12号, or 12号附1号 (= 12-1号).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HouseNumber {
    pub number: u32,
    pub sub: Option<u32>,
}

/// How two addresses relate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddressRelation {
    /// Both give numbers, on roads that differ.
    OtherRoad,
    /// A road or a number is missing on one side.
    Unknown,
    SameRoadNumber {
        road: String,
        number: u32,
    },
    SameRoadOtherNumber {
        road: String,
    },
    /// One road, but not both give a number on it.
    SameRoad {
        road: String,
    },
    /// Roads that differ, and not both give a number.
    OtherRoads {
        roads: [String; 2],
    },
}

impl Address {
    /// Whether both name the same road; one may carry a place before it (莲塘解放路 = 解放路).
    pub fn is_same_road(&self, other: &Address) -> bool {
        let (long, short) = match self.road.len() >= other.road.len() {
            true => (&self.road, &other.road),
            false => (&other.road, &self.road),
        };
        long == short || (short.chars().count() >= 3 && long.ends_with(&**short))
    }

    fn shared_number(&self, other: &Address) -> Option<u32> {
        let shares = |a: &HouseNumber, b: &HouseNumber| {
            a.number == b.number && (a.sub == b.sub || a.sub.is_none() || b.sub.is_none())
        };
        self.numbers
            .iter()
            .find(|mine| other.numbers.iter().any(|theirs| shares(mine, theirs)))
            .map(|found| found.number)
    }
}

/// How the addresses of two records relate: one shared number on one shared road is enough.
pub fn relation(ours: &[Address], theirs: &[Address]) -> AddressRelation {
    let (mut other_number, mut bare) = (None, None);
    for a in ours {
        for b in theirs {
            if !a.is_same_road(b) {
                continue;
            }
            let road = if a.road.len() <= b.road.len() { a } else { b };
            if let Some(number) = a.shared_number(b) {
                let road = road.road.to_string();
                return AddressRelation::SameRoadNumber { road, number };
            }
            let are_numbered = !a.numbers.is_empty() && !b.numbers.is_empty();
            let shared = if are_numbered {
                &mut other_number
            } else {
                &mut bare
            };
            shared.get_or_insert(&road.road);
        }
    }
    match (other_number, bare) {
        (Some(road), _) => AddressRelation::SameRoadOtherNumber {
            road: road.to_string(),
        },
        (None, Some(road)) => AddressRelation::SameRoad {
            road: road.to_string(),
        },
        _ if has_number(ours) && has_number(theirs) => AddressRelation::OtherRoad,
        _ => match (ours.first(), theirs.first()) {
            (Some(a), Some(b)) => AddressRelation::OtherRoads {
                roads: [a.road.to_string(), b.road.to_string()],
            },
            _ => AddressRelation::Unknown,
        },
    }
}

fn has_number(addresses: &[Address]) -> bool {
    addresses.iter().any(|address| !address.numbers.is_empty())
}

/// Every road an address names, in its order.
pub fn parse_address(raw: &str) -> Vec<Address> {
    parse_folded(&numerals_to_digits(&fold(raw)))
}

/// The same for text that is folded and has digits already.
pub(super) fn parse_folded(text: &str) -> Vec<Address> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    for segment in segments(&chars) {
        parse_segment(segment, &mut found);
    }
    found
}

/// A road at the very start of a name: how many characters it takes, and whether numbers follow.
pub(super) fn leading_road(name: &[char]) -> Option<(Address, usize)> {
    let mut found = Vec::new();
    let end = parse_first(name, Before::Nothing, &mut found)?;
    found.pop().map(|address| (address, end))
}

/// Cuts at brackets and punctuation, but not between two numbers (12、14号, 12-18号).
fn segments(chars: &[char]) -> Vec<&[char]> {
    let digit = |at: Option<usize>| {
        at.and_then(|at| chars.get(at))
            .is_some_and(char::is_ascii_digit)
    };
    let mut segments = Vec::new();
    let mut start = 0;
    for (at, c) in chars.iter().enumerate() {
        let cuts = match c {
            '(' | ')' | ';' | ':' | '/' | '|' | '+' | '&' => true,
            '-' | ',' | '、' | '.' => {
                let after_number = digit(at.checked_sub(1)) || chars[..at].ends_with(&['号']);
                !(after_number && digit(Some(at + 1)))
            }
            _ => false,
        };
        if cuts {
            segments.push(&chars[start..at]);
            start = at + 1;
        }
    }
    segments.push(&chars[start..]);
    segments
}

fn parse_segment(segment: &[char], found: &mut Vec<Address>) {
    let (mut rest, mut before) = (segment, Before::Nothing);
    while let Some(end) = parse_first(rest, before, found) {
        (rest, before) = (&rest[end..], Before::Road);
    }
}

/// What a text follows.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    Nothing,
    Road,
}

/// Reads the first road of the text into `found`; where it ends.
fn parse_first(text: &[char], before: Before, found: &mut Vec<Address>) -> Option<usize> {
    let mut start = 0;
    let mut at = 0;
    while at < text.len() {
        if is_division_end(text, start, at) || is_connector(text, at, before) {
            start = at + 1;
        } else if let Some(length) = road_word(text, at).filter(|_| at > start) {
            let end = at + length;
            let (numbers, used) = parse_numbers(&text[end..], End::Allowed);
            push(&text[start..end], numbers, &text[end + used..], found);
            return Some(end + used);
        } else if text[at].is_ascii_digit() && at >= start + 2 && at <= start + 8 {
            // No word for a road, but a number with 号: 系马桩87号.
            let (numbers, used) = parse_numbers(&text[at..], End::Refused);
            if !numbers.numbers.is_empty() && !text[start..at].iter().any(char::is_ascii) {
                push(&text[start..at], numbers, &text[at + used..], found);
                return Some(at + used);
            }
            at += text[at..].iter().take_while(|c| c.is_ascii_digit()).count();
            continue;
        }
        at += 1;
    }
    None
}

/// Whether another place begins after this character: 洪城路和十字街, but not 丰和南大道, 和平路.
fn is_connector(text: &[char], at: usize, before: Before) -> bool {
    match text[at] {
        '近' | '靠' | ',' | '、' | '.' => true,
        '与' | '和' if at == 0 => before == Before::Road,
        '与' | '和' => matches!(
            text[..at],
            [
                ..,
                '路' | '街' | '巷' | '道' | '号' | '弄' | '区' | '村' | '城' | '桥'
            ]
        ),
        _ => false,
    }
}

fn push(road: &[char], numbers: Numbers, after: &[char], found: &mut Vec<Address>) {
    // 解放路63号对面 is where something else lies.
    let after: String = after.iter().take(2).collect();
    let landmark = ["对", "斜对", "旁", "附近", "隔壁", "后面", "以"]
        .iter()
        .any(|word| after.starts_with(word));
    let road: String = road.iter().collect();
    found.push(Address {
        road: without_short_divisions(&road).into(),
        numbers: match landmark {
            true => Box::default(),
            false => numbers.numbers.into(),
        },
        blocks: numbers.blocks.into_iter().collect(),
    });
}

/// 西湖桃苑西路 → 桃苑西路; 青山湖大道 stays, because 大道 is no name.
fn without_short_divisions(road: &str) -> &str {
    let mut rest = road;
    while let Some(shorter) = strip_division_prefix(rest) {
        let name = shorter.trim_end_matches(['路', '街', '巷', '道', '大']);
        if name.chars().count() < 2 {
            break;
        }
        rest = shorter;
    }
    rest
}

/// The length of a word for a road that starts here: 路, 街, 巷, 大道, 大街.
fn road_word(text: &[char], at: usize) -> Option<usize> {
    match &text[at..] {
        ['大', '道' | '街', ..] => Some(2),
        // 街道 is a sub-district.
        ['街', '道', ..] => None,
        ['路' | '街' | '巷', ..] => Some(1),
        _ => None,
    }
}

/// Whether the name of a division ends here: 省, 市, 县, 区, 镇, 乡, 街道, after two characters.
fn is_division_end(text: &[char], start: usize, at: usize) -> bool {
    if at < start + 2 {
        return false;
    }
    let (before, after) = (text[at - 1], text.get(at + 1).copied().unwrap_or(' '));
    match text[at] {
        '区' => !"小社宅活住民属".contains(before) && !before.is_ascii(),
        '市' => !"城都".contains(before) && !"场政府委".contains(after),
        '县' => !"城政府委".contains(after),
        '省' | '镇' | '乡' => true,
        '道' => before == '街',
        _ => false,
    }
}

#[derive(Default)]
struct Numbers {
    numbers: Vec<HouseNumber>,
    blocks: BTreeSet<u32>,
}

/// Whether a number may stand at the end of the text without 号.
#[derive(Clone, Copy, PartialEq)]
enum End {
    Allowed,
    Refused,
}

/// Reads 12号, 12-18号, 12、14号, 12-1号, 12号附1号, 12#, 988号509号, then 3栋; what it took.
fn parse_numbers(text: &[char], end: End) -> (Numbers, usize) {
    let mut out = Numbers::default();
    let mut at = 0;
    loop {
        let (pieces, used) = number_list(&text[at..]);
        if pieces.is_empty() {
            break;
        }
        let rest = &text[at + used..];
        let (word, is_block) = match rest {
            ['号' | '#', '楼', ..] => (2, true),
            ['栋' | '幢', ..] => (1, true),
            ['号', '线' | '地' | '门' | '口', ..] => break,
            ['号' | '#' | '弄', ..] => (1, false),
            [] if end == End::Allowed && out.numbers.is_empty() => (0, false),
            _ => break,
        };
        at += used + word;
        if is_block {
            out.blocks.extend(
                pieces
                    .iter()
                    .flat_map(|piece| expand(*piece))
                    .map(|n| n.number),
            );
            continue;
        }
        out.numbers
            .extend(pieces.iter().flat_map(|piece| expand(*piece)));
        at += match rest {
            // The number in a lane is a sub-number: 357弄5号.
            ['弄', ..] => number_in_lane(&text[at..], &mut out.numbers),
            _ => sub_number(&text[at..], &mut out.numbers),
        };
        // 58号,60号 goes on; 58号,人民路 does not.
        if matches!(&text[at..], ['-' | '、' | ',', digit, ..] if digit.is_ascii_digit()) {
            at += 1;
        }
    }
    out.numbers.sort_unstable();
    out.numbers.dedup();
    (out, at)
}

/// 附1号, 之1 after a house number.
fn sub_number(text: &[char], numbers: &mut [HouseNumber]) -> usize {
    match text {
        ['附' | '之', rest @ ..] => match number_in_lane(rest, numbers) {
            0 => 0,
            used => used + 1,
        },
        _ => 0,
    }
}

/// 5号 after 357弄, 1号 after 附.
fn number_in_lane(text: &[char], numbers: &mut [HouseNumber]) -> usize {
    let (sub, used) = digits(text);
    match (sub, numbers.last_mut()) {
        (Some(sub), Some(last)) => {
            last.sub = Some(sub);
            used + usize::from(text.get(used) == Some(&'号'))
        }
        _ => 0,
    }
}

/// `(from, Some(to))` for each of 12-18、20.
fn number_list(text: &[char]) -> (Vec<(u32, Option<u32>)>, usize) {
    let mut pieces = Vec::new();
    let mut at = 0;
    loop {
        let (Some(from), used) = digits(&text[at..]) else {
            // A comma that no number follows is not ours.
            return (pieces, at.saturating_sub(usize::from(at > 0)));
        };
        at += used;
        let to = match &text[at..] {
            ['-', rest @ ..] => {
                let (to, used) = digits(rest);
                at += if to.is_some() { used + 1 } else { 0 };
                to
            }
            _ => None,
        };
        pieces.push((from, to));
        match text.get(at) {
            Some('、' | ',' | '.') => at += 1,
            _ => return (pieces, at),
        }
    }
}

/// 12-18 is a row of houses on one side of the road, 12-1 is a house behind number 12.
fn expand((from, to): (u32, Option<u32>)) -> Vec<HouseNumber> {
    let plain = |number| HouseNumber { number, sub: None };
    match to {
        None => vec![plain(from)],
        // Both ends even or both odd: one side of the road, so every second number.
        Some(to) if to > from && to - from <= 200 => {
            let step = if (to - from) % 2 == 0 { 2 } else { 1 };
            (from..=to).step_by(step).map(plain).collect()
        }
        Some(sub) => vec![HouseNumber {
            number: from,
            sub: Some(sub),
        }],
    }
}

/// Up to five digits: longer ones are telephone numbers and ids.
fn digits(text: &[char]) -> (Option<u32>, usize) {
    let used = text.iter().take_while(|c| c.is_ascii_digit()).count();
    let number: String = text[..used].iter().collect();
    match used {
        1..=5 => (number.parse().ok(), used),
        _ => (None, used),
    }
}

#[cfg(test)]
#[path = "address_tests.rs"]
mod tests;
