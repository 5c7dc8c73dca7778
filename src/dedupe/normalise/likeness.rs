//! How two names relate, from equal to unlike.

use super::divisions::{is_division, strip_division_prefix};
use super::name::{Name, NameKind};
use super::suffix::{ends_like_a_court, is_only_suffix, split_suffix};
use super::words::WORDS;
use pinyin::ToPinyin;

/// How two names relate, strongest first. The part they speak of is compared apart.
#[derive(Clone, Debug, PartialEq)]
pub enum NameRelation {
    /// Equal in comparable form.
    Same,
    /// The same road is all that both names say.
    SameBareRoad,
    /// Equal but for the suffix: 阳光花园, 阳光小区.
    SameCore,
    /// One has something before it: 恒昌紫荆花园, 紫荆花园.
    Prefixed { prefix: String },
    /// One names a court of the other: 万科四季花城康乃馨苑, 万科四季花城.
    Court { court: String },
    /// Both name a court of the same estate.
    SiblingCourts { estate: String },
    /// They differ in a number or direction alone: 铁路一村, 铁路二村.
    OtherOrdinal,
    /// They differ in characters that sound or look alike: 林 and 琳.
    LookAlike,
    /// Many characters in common, in the same order.
    Similar { similarity: f64 },
    /// Nothing to go by.
    Unlike,
}

impl NameRelation {
    fn rank(&self) -> u8 {
        match self {
            Self::Same => 0,
            Self::SameBareRoad => 1,
            Self::SameCore => 2,
            Self::Prefixed { .. } => 3,
            Self::Court { .. } => 4,
            Self::SiblingCourts { .. } => 5,
            Self::OtherOrdinal => 6,
            Self::LookAlike => 7,
            Self::Similar { .. } => 8,
            Self::Unlike => 9,
        }
    }
}

/// The strongest relation between any name of one record and any of the other, and which names
/// it is between.
pub fn relation<'a>(
    ours: &'a [Name],
    theirs: &'a [Name],
    least_similarity: f64,
) -> Option<(NameRelation, &'a Name, &'a Name)> {
    let pairs = ours.iter().flat_map(|a| theirs.iter().map(move |b| (a, b)));
    pairs
        .map(|(a, b)| (between(a, b, least_similarity), a, b))
        .min_by_key(|(relation, ..)| relation.rank())
}

fn between(a: &Name, b: &Name, least_similarity: f64) -> NameRelation {
    use NameKind::{BareRoad, RoadNumber};
    if a.base.is_empty() || b.base.is_empty() {
        return NameRelation::Unlike;
    }
    match (a.kind, b.kind) {
        (BareRoad, BareRoad) if a.base == b.base => return NameRelation::SameBareRoad,
        _ if a.base == b.base => return NameRelation::Same,
        // A road must not swallow every number on it, and 12号院 is told by its number alone.
        (BareRoad | RoadNumber, _) | (_, BareRoad | RoadNumber) => return NameRelation::Unlike,
        _ if a.core == b.core => return NameRelation::SameCore,
        _ => {}
    }
    let (long, short) = match a.base.len() >= b.base.len() {
        true => (a, b),
        false => (b, a),
    };
    // 青云花园区 and 青云花园: a second word of kind says nothing.
    if short.suffix.is_some() && matches!(long.base.strip_prefix(&*short.base), Some("区" | "里"))
    {
        return NameRelation::SameCore;
    }
    prefixed(a, b)
        .or_else(|| court(long, short))
        .or_else(|| ordinal(a, b))
        .or_else(|| sibling_courts(&a.base, &b.base))
        .or_else(|| alike(a, b, least_similarity))
        .unwrap_or(NameRelation::Unlike)
}

fn prefixed(a: &Name, b: &Name) -> Option<NameRelation> {
    let (long, short) = match a.core.len() >= b.core.len() {
        true => (&a.core, &b.core),
        false => (&b.core, &a.core),
    };
    // 南昌莱蒙都会 and 和昌莱蒙都会: one word of place, one of a developer.
    let short = match long.ends_with(&**short) {
        true => &**short,
        false => strip_division_prefix(short).filter(|rest| rest.chars().count() >= 4)?,
    };
    let prefix = long.strip_suffix(short)?;
    if short.chars().count() < 2 {
        return None;
    }
    if is_division(prefix) {
        return Some(NameRelation::SameCore);
    }
    // 新阳光 and 阳光 are two names.
    let is_proper = || WORDS.proper_numbers.iter().any(|word| word == prefix);
    if prefix.chars().all(|c| WORDS.ordinals.contains(&c)) && !is_proper() {
        return Some(NameRelation::OtherOrdinal);
    }
    let prefix = prefix.to_owned();
    Some(NameRelation::Prefixed { prefix })
}

fn court(long: &Name, short: &Name) -> Option<NameRelation> {
    let court = long.base.strip_prefix(&*short.base)?;
    let is_estate = short.base.chars().count() >= 3 && long.kind == NameKind::Proper;
    let is_court = court.chars().count() >= 2
        && ends_like_a_court(court)
        && !is_only_suffix(court)
        && !court.starts_with(|c: char| c.is_ascii_digit());
    if !is_estate || !is_court {
        return None;
    }
    // 四季花城北区 and 四季花城丹桂苑 are both parts of 四季花城.
    Some(
        match short.part().is_whole() || short.part() == long.part() {
            true => NameRelation::Court {
                court: court.to_owned(),
            },
            false => NameRelation::SiblingCourts {
                estate: short.base.to_string(),
            },
        },
    )
}

fn sibling_courts(a: &str, b: &str) -> Option<NameRelation> {
    let shared: usize = a
        .chars()
        .zip(b.chars())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    let estate = &a[..shared];
    let named = |rest: &str| rest.chars().count() >= 2 && ends_like_a_court(rest);
    let is_estate =
        estate.chars().count() >= 4 && (split_suffix(estate).1.is_some() || estate.ends_with('城'));
    (is_estate && named(&a[shared..]) && named(&b[shared..])).then(|| NameRelation::SiblingCourts {
        estate: estate.to_owned(),
    })
}

fn ordinal(a: &Name, b: &Name) -> Option<NameRelation> {
    let differing = differing(&a.core, &b.core)?;
    let ordinal = |c: &char| WORDS.ordinals.contains(c);
    let [(x, y)] = differing[..] else {
        return None;
    };
    (ordinal(&x) && ordinal(&y)).then_some(NameRelation::OtherOrdinal)
}

fn alike(a: &Name, b: &Name, least_similarity: f64) -> Option<NameRelation> {
    if sounds_or_looks_alike(&a.core, &b.core) {
        return Some(NameRelation::LookAlike);
    }
    let similarity = similarity(&a.core, &b.core);
    (similarity >= least_similarity).then_some(NameRelation::Similar { similarity })
}

/// The differing characters of two texts of equal length.
fn differing(a: &str, b: &str) -> Option<Vec<(char, char)>> {
    let same_length = a.chars().count() == b.chars().count();
    same_length.then(|| a.chars().zip(b.chars()).filter(|(a, b)| a != b).collect())
}

/// The toneless syllables of a text, characters without one as they are: 阳光 and 杨光 → yangguang.
pub fn sound(text: &str) -> String {
    let mut sound = String::with_capacity(2 * text.len());
    for c in text.chars() {
        match c.to_pinyin() {
            Some(syllable) => sound.push_str(syllable.plain()),
            None => sound.push(c),
        }
    }
    sound
}

/// Whether two texts differ only in homophones (without tones) or look-alike characters.
pub fn sounds_or_looks_alike(a: &str, b: &str) -> bool {
    let sound = |c: char| c.to_pinyin().map(|syllable| syllable.plain());
    let alike = |(a, b): &(char, char)| {
        WORDS.look_alikes.contains(&(*a, *b))
            || WORDS.look_alikes.contains(&(*b, *a))
            || sound(*a).is_some_and(|sound_a| sound(*b) == Some(sound_a))
    };
    differing(a, b).is_some_and(|pairs| !pairs.is_empty() && pairs.iter().all(alike))
}

/// 0..1: twice the longest common subsequence over both lengths, in characters.
pub fn similarity(a: &str, b: &str) -> f64 {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let mut row = vec![0u16; b.len() + 1];
    for x in &a {
        let mut diagonal = 0;
        for (at, y) in b.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = match x == y {
                true => diagonal + 1,
                false => above.max(row[at]),
            };
            diagonal = above;
        }
    }
    2.0 * f64::from(row[b.len()]) / (a.len() + b.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::super::parse_name;
    use super::*;

    #[test]
    fn two_names_relate() {
        let prefixed = |prefix: &str| NameRelation::Prefixed {
            prefix: prefix.into(),
        };
        let court = |court: &str| NameRelation::Court {
            court: court.into(),
        };
        for (a, b, expected) in [
            ("洪都新村（一期）", "洪都新村1期", NameRelation::Same),
            ("洪都新村一期", "洪都新村二期", NameRelation::Same),
            ("市粮食局宿舍", "南昌市粮食局家属院", NameRelation::SameCore),
            (
                "南昌冶金设计院宿舍",
                "冶金设计院家属楼",
                NameRelation::SameCore,
            ),
            ("阳光花园", "阳光小区", NameRelation::SameCore),
            ("路通城邦", "路通城邦小区", NameRelation::SameCore),
            ("永外正街电子局宿舍", "电子局宿舍", NameRelation::SameCore),
            ("恒昌紫荆花园", "紫荆花园", prefixed("恒昌")),
            ("万科四季花城康乃馨苑", "万科四季花城", court("康乃馨苑")),
            ("阳光花园玫瑰苑", "阳光花园", court("玫瑰苑")),
            ("铁路一村", "铁路二村", NameRelation::OtherOrdinal),
            ("新阳光小区", "阳光小区", NameRelation::OtherOrdinal),
            ("八一阳光小区", "阳光小区", prefixed("八一")),
            ("青云花园区", "青云花园", NameRelation::SameCore),
            ("林荫花园", "琳荫花园", NameRelation::LookAlike),
            ("朝阳小区", "朝杨小区", NameRelation::LookAlike),
            ("三经路", "三经路", NameRelation::SameBareRoad),
            ("三经路", "三经路316号", NameRelation::Unlike),
            ("文教路棉麻厂宿舍", "文教路工商局宿舍", NameRelation::Unlike),
            ("江蓄小区", "曙光馨居", NameRelation::Unlike),
            ("", "", NameRelation::Unlike),
        ] {
            let (x, y) = (parse_name(a).name, parse_name(b).name);
            assert_eq!(between(&x, &y, 0.66), expected, "{a} {b}");
            assert_eq!(between(&y, &x, 0.66), expected, "{b} {a}");
        }
    }

    #[test]
    fn sibling_courts_and_similar_names_are_told_apart() {
        let relate = |a, b| between(&parse_name(a).name, &parse_name(b).name, 0.66);
        assert!(matches!(
            relate("万科四季花城康乃馨苑", "万科四季花城君子兰苑"),
            NameRelation::SiblingCourts { .. }
        ));
        assert!(matches!(
            relate("万科四季花城北区", "万科四季花城丹桂苑"),
            NameRelation::SiblingCourts { .. }
        ));
        // An employer's block on a place is no court of it.
        assert!(matches!(
            relate("罗家塘建行宿舍", "罗家塘"),
            NameRelation::Similar { .. }
        ));
        assert!(matches!(
            relate("恒茂国际华城", "恒华国际华城"),
            NameRelation::Similar { .. }
        ));
    }
}
