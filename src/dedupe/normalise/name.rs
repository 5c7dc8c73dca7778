//! A name taken apart: core, suffix class, part, and the road or employer it speaks of.

use super::divisions::{strip_leading_divisions, strip_office_level};
use super::numerals::numerals_to_digits;
use super::phase::{Part, split_part};
use super::suffix::{is_only_suffix, split_suffix};
use super::words::{SuffixClass, WORDS};
use super::{fold, split_brackets};
use crate::dedupe::address::{self, Address};

/// A name in comparable form.
#[derive(Clone, Debug, PartialEq)]
pub struct ParsedName {
    pub kind: NameKind,
    /// Everything but divisions, brackets and part: 洪都新村（一期） → 洪都新村.
    pub base: String,
    /// What tells this estate from others: 洪都.
    pub core: String,
    pub suffix: Option<SuffixClass>,
    pub part: Part,
    /// Roads with numbers that the name itself gives.
    pub addresses: Vec<Address>,
    /// Other names, from brackets: 何坊西路京山小区（京山新村）.
    pub others: Vec<ParsedName>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    /// 阳光花园
    Proper,
    /// 粮食局宿舍: the core is an employer, and there is one in every county.
    Employer,
    /// 八一大道12号院: an address for want of a name.
    RoadNumber,
    /// 三经路: a road, not an estate.
    BareRoad,
}

/// Takes a name apart. An empty name gives empty parts, which match nothing.
pub fn parse_name(raw: &str) -> ParsedName {
    let folded = numerals_to_digits(&fold(raw));
    let (outside, mut inside) = split_brackets(&folded);
    // A name that stands wholly in brackets is a name all the same.
    let outside = match outside.is_empty() && !inside.is_empty() {
        true => inside.remove(0),
        false => outside,
    };
    let mut name = parse_outside(&outside);
    for text in inside {
        read_bracket(&text, &mut name);
    }
    name
}

fn read_bracket(text: &str, name: &mut ParsedName) {
    if WORDS.decorations.iter().any(|word| word == text) {
        return;
    }
    let (rest, part) = split_part(text);
    if rest.is_empty() {
        name.part.absorb(part);
        return;
    }
    let addresses = address::parse_folded(text);
    if addresses.iter().any(|address| !address.numbers.is_empty()) {
        name.addresses.extend(addresses);
    } else if text.chars().count() >= 3 && !is_only_suffix(text) {
        name.others.push(parse_outside(text));
    }
}

fn parse_outside(text: &str) -> ParsedName {
    let (rest, part) = split_part(strip_leading_divisions(text));
    let base = strip_leading_divisions(&rest).to_owned();
    let chars: Vec<char> = base.chars().collect();
    let road = address::leading_road(&chars).filter(|(address, _)| !address.road.is_empty());
    let after_road = road
        .as_ref()
        .map(|(_, end)| chars[*end..].iter().collect::<String>());
    let mut name = ParsedName {
        kind: NameKind::Proper,
        core: base.clone(),
        base,
        suffix: None,
        part,
        addresses: Vec::new(),
        others: Vec::new(),
    };
    if let (Some((road, _)), Some(after)) = (road, after_road) {
        let has_number = !road.numbers.is_empty();
        let only_road = is_only_suffix(&after);
        if has_number {
            name.addresses.push(road);
        }
        match (has_number, only_road) {
            (true, true) => {
                name.kind = NameKind::RoadNumber;
                return name;
            }
            (false, true) if after.is_empty() => {
                name.kind = NameKind::BareRoad;
                return name;
            }
            // 永外正街电子局宿舍 is the 电子局宿舍 on that road; a short rest needs its road.
            (_, false) if split_suffix(&after).0.chars().count() >= 3 => name.core = after,
            _ => {}
        }
    }
    let (core, suffix) = split_suffix(&name.core);
    let core = match suffix {
        Some(SuffixClass::EmployerHousing) => {
            name.kind = NameKind::Employer;
            strip_office_level(strip_leading_divisions(core)).to_owned()
        }
        _ => core.to_owned(),
    };
    name.core = core;
    name.suffix = suffix;
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(raw: &str) -> String {
        let name = parse_name(raw);
        let suffix = name
            .suffix
            .map(|class| format!("{class:?}"))
            .unwrap_or_default();
        let mut label = format!("{:?} {} {suffix} {}", name.kind, name.core, name.part);
        for address in &name.addresses {
            let numbers: Vec<_> = address
                .numbers
                .iter()
                .map(|n| n.number.to_string())
                .collect();
            label += &format!(" @{} {}", address.road, numbers.join(","));
        }
        for other in &name.others {
            label += &format!(" ={}", other.core);
        }
        label.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_name_is_taken_apart() {
        for (raw, expected) in [
            ("洪都新村（一期）", "Proper 洪都 Village 1期"),
            ("洪都新村Ⅰ期", "Proper 洪都 Village 1期"),
            ("市粮食局宿舍", "Employer 粮食局 EmployerHousing"),
            ("南昌市粮食局家属院", "Employer 粮食局 EmployerHousing"),
            ("八一大道12号院", "RoadNumber 八一大道12号院 @八一大道 12"),
            ("八一大道12号", "RoadNumber 八一大道12号 @八一大道 12"),
            (
                "象山北路256号小区",
                "RoadNumber 象山北路256号小区 @象山北路 256",
            ),
            ("三经路", "BareRoad 三经路"),
            ("八一大道", "BareRoad 八一大道"),
            ("阳光花园", "Proper 阳光 Garden"),
            ("阳光小区", "Proper 阳光 Quarter"),
            ("永外正街电子局宿舍", "Employer 电子局 EmployerHousing"),
            (
                "电子局宿舍（永外正街130号）",
                "Employer 电子局 EmployerHousing @永外正街 130",
            ),
            (
                "何坊西路京山小区（京山新村）",
                "Proper 何坊西路京山 Quarter =京山",
            ),
            ("颐和一品尊府(别墅)", "Proper 颐和一品尊府"),
            ("（一期）", "Proper 1期"),
            ("(南昌)", "Proper 南昌"),
            ("", "Proper"),
        ] {
            assert_eq!(label(raw), expected, "{raw}");
        }
    }
}
