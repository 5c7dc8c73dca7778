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
pub struct Name {
    pub kind: NameKind,
    /// Everything but divisions, brackets and part: 洪都新村（一期） → 洪都新村.
    pub base: Box<str>,
    /// What tells this estate from others: 洪都.
    pub core: Box<str>,
    pub suffix: Option<SuffixClass>,
    /// `None`: the whole, or nothing said.
    part: Option<Box<Part>>,
}

/// What a name says.
#[derive(Clone, Debug, PartialEq)]
pub struct ParsedName {
    pub name: Name,
    /// Roads that the name itself gives.
    pub addresses: Vec<Address>,
    /// Other names, from brackets: 何坊西路京山小区（京山新村）.
    pub others: Vec<Name>,
}

impl Name {
    /// The part of an estate that the name speaks of.
    pub fn part(&self) -> &Part {
        static WHOLE: Part = Part::WHOLE;
        self.part.as_deref().unwrap_or(&WHOLE)
    }
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
    let road = leading_road(&outside);
    for text in inside {
        read_bracket(&text, road.as_deref(), &mut name);
    }
    name
}

/// The road that a name begins with: 井冈山大道江电宿舍.
fn leading_road(text: &str) -> Option<Box<str>> {
    let chars: Vec<char> = strip_leading_divisions(text).chars().collect();
    let (address, _) = address::leading_road(&chars)?;
    address.numbers.is_empty().then_some(address.road)
}

fn read_bracket(text: &str, road: Option<&str>, name: &mut ParsedName) {
    if WORDS.decorations.iter().any(|word| word == text) {
        return;
    }
    let (rest, part) = split_part(text);
    if rest.is_empty() {
        name.name.part.get_or_insert_default().absorb(part);
        return;
    }
    let mut addresses = address::parse_folded(text);
    // 井冈山大道(1328号)江电宿舍: the number belongs to the road before it.
    if addresses.is_empty()
        && text.starts_with(|c: char| c.is_ascii_digit())
        && let Some(road) = road
    {
        addresses = address::parse_folded(&format!("{road}{text}"));
    }
    if addresses.iter().any(|address| !address.numbers.is_empty()) {
        name.addresses.extend(addresses);
    } else if is_a_road(text, &addresses) {
        // 地税局宿舍(团结路) says which of them.
        name.addresses.extend(addresses);
    } else if text.chars().count() >= 3 && !is_only_suffix(text) {
        let other = parse_outside(text);
        name.addresses.extend(other.addresses);
        name.others.push(other.name);
    }
}

/// Whether a text is a road and nothing else.
fn is_a_road(text: &str, addresses: &[Address]) -> bool {
    matches!(addresses, [road] if *strip_leading_divisions(text) == *road.road)
}

fn parse_outside(text: &str) -> ParsedName {
    let (rest, part) = split_part(without_advertising(strip_leading_divisions(text)));
    let base = strip_leading_divisions(&rest).to_owned();
    let chars: Vec<char> = base.chars().collect();
    let road = address::leading_road(&chars).filter(|(address, _)| !address.road.is_empty());
    let after_road = road
        .as_ref()
        .map(|(_, end)| chars[*end..].iter().collect::<String>());
    let mut parsed = ParsedName {
        name: Name {
            kind: NameKind::Proper,
            core: base.as_str().into(),
            base: base.into(),
            suffix: None,
            part: (!part.is_whole()).then(|| Box::new(part)),
        },
        addresses: Vec::new(),
        others: Vec::new(),
    };
    let name = &mut parsed.name;
    if let (Some((road, _)), Some(after)) = (road, after_road) {
        let has_number = !road.numbers.is_empty();
        let only_road = is_only_suffix(&after);
        if has_number {
            parsed.addresses.push(road.clone());
        }
        match (has_number, only_road) {
            (true, true) => {
                name.kind = NameKind::RoadNumber;
                return parsed;
            }
            (false, true) if after.is_empty() => {
                name.kind = NameKind::BareRoad;
                return parsed;
            }
            // 永外正街电子局宿舍 is the 电子局宿舍 on that road; a short rest needs its road, but
            // for an employer's (永叔路交行宿舍).
            (_, false) if stands_without_road(&after) => {
                if !has_number {
                    parsed.addresses.push(road);
                }
                name.core = after.into();
            }
            _ => {}
        }
    }
    let (core, suffix) = split_suffix(&name.core);
    let core = match suffix {
        Some(SuffixClass::EmployerHousing) => {
            name.kind = NameKind::Employer;
            strip_office_level(strip_leading_divisions(core)).into()
        }
        _ => core.into(),
    };
    name.core = core;
    name.suffix = suffix;
    parsed
}

fn stands_without_road(rest: &str) -> bool {
    let (core, suffix) = split_suffix(rest);
    let characters = core.chars().count();
    characters >= 3 || (characters == 2 && suffix == Some(SuffixClass::EmployerHousing))
}

/// The name without what a seller hangs on it, as long as three characters stay.
fn without_advertising(name: &str) -> &str {
    let tail = WORDS.advertising.iter().find_map(|word| {
        let rest = name.strip_suffix(word.as_str())?;
        (rest.chars().count() >= 4).then_some(rest)
    });
    let name = tail.unwrap_or(name);
    // 满庭春MOMA; one letter alone tells a part.
    let letters = name.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    match name.len() - letters.len() >= 3 && letters.chars().count() >= 3 {
        true => letters,
        false => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(raw: &str) -> String {
        let parsed = parse_name(raw);
        let name = &parsed.name;
        let suffix = name
            .suffix
            .map(|class| format!("{class:?}"))
            .unwrap_or_default();
        let mut label = format!("{:?} {} {suffix} {}", name.kind, name.core, name.part());
        for address in &parsed.addresses {
            let numbers: Vec<_> = address
                .numbers
                .iter()
                .map(|n| n.number.to_string())
                .collect();
            label += &format!(" @{} {}", address.road, numbers.join(","));
        }
        for other in &parsed.others {
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
            (
                "永外正街电子局宿舍",
                "Employer 电子局 EmployerHousing @永外正街",
            ),
            ("永叔路交行宿舍", "Employer 交行 EmployerHousing @永叔路"),
            (
                "地税局宿舍（团结路）",
                "Employer 地税局 EmployerHousing @团结路",
            ),
            (
                "井冈山大道（1328号）江电宿舍",
                "Employer 江电 EmployerHousing @井冈山大道 @井冈山大道 1328",
            ),
            ("正盛太古港项目", "Proper 正盛太古港"),
            ("满庭春MOMA", "Proper 满庭春"),
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
