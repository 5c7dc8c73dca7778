//! Which part of an estate a name means: 一期, 东区, B组团, 3栋.

use std::collections::BTreeSet;

/// The part of an estate that a name or address speaks of. Empty: the whole, or nothing said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// 期
    pub stages: BTreeSet<u32>,
    /// 区, 组团, 苑 by letter, number or direction: "A", "2", "东".
    pub zone: Option<String>,
    /// 栋 = 幢 = 号楼 = #
    pub blocks: BTreeSet<u32>,
}

/// How two names relate in the part they speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartRelation {
    Neither,
    Same,
    OneOnly,
    Other,
}

impl Part {
    pub const WHOLE: Part = Part {
        stages: BTreeSet::new(),
        zone: None,
        blocks: BTreeSet::new(),
    };

    pub fn is_whole(&self) -> bool {
        self.stages.is_empty() && self.zone.is_none() && self.blocks.is_empty()
    }

    pub fn relation(&self, other: &Part) -> PartRelation {
        fn one<T: PartialEq>(a: Option<&T>, b: Option<&T>) -> PartRelation {
            match (a, b) {
                (None, None) => PartRelation::Neither,
                (Some(a), Some(b)) if a == b => PartRelation::Same,
                (Some(_), Some(_)) => PartRelation::Other,
                _ => PartRelation::OneOnly,
            }
        }
        let some = |set: &BTreeSet<u32>| (!set.is_empty()).then(|| set.clone());
        let each = [
            one(some(&self.stages).as_ref(), some(&other.stages).as_ref()),
            one(self.zone.as_ref(), other.zone.as_ref()),
            one(some(&self.blocks).as_ref(), some(&other.blocks).as_ref()),
        ];
        let strongest = each.into_iter().max().unwrap_or(PartRelation::Neither);
        // 1期 and 南区: each a part, in terms that do not meet.
        let both_parts = !self.is_whole() && !other.is_whole();
        match strongest {
            PartRelation::OneOnly if both_parts && !each.contains(&PartRelation::Same) => {
                PartRelation::Other
            }
            strongest => strongest,
        }
    }

    pub(super) fn absorb(&mut self, other: Part) {
        self.stages.extend(other.stages);
        self.blocks.extend(other.blocks);
        self.zone = self.zone.take().or(other.zone);
    }
}

impl std::fmt::Display for Part {
    /// As a short label, e.g. `2期 A区 1,3栋`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let list = |set: &BTreeSet<u32>| {
            let numbers: Vec<_> = set.iter().map(u32::to_string).collect();
            numbers.join(",")
        };
        let mut labels = Vec::new();
        if !self.stages.is_empty() {
            labels.push(format!("{}期", list(&self.stages)));
        }
        if let Some(zone) = &self.zone {
            labels.push(format!("{zone}区"));
        }
        if !self.blocks.is_empty() {
            labels.push(format!("{}栋", list(&self.blocks)));
        }
        f.write_str(&labels.join(" "))
    }
}

/// The name without the words for its part, and the part. Takes folded text with digits.
///
/// A stage counts wherever it stands (博览城2期博睿); zones and blocks only at the end.
pub fn split_part(name: &str) -> (String, Part) {
    const LAST: &[char] = &[
        '期', '区', '片', '座', '院', '苑', '园', '团', '栋', '幢', '楼', '元', '#', '-', ',',
        '、', '.',
    ];
    // Most names end otherwise and speak of no stage.
    if !name.ends_with(LAST) && !name.contains('期') {
        return (name.to_owned(), Part::default());
    }
    let mut chars: Vec<char> = name.chars().collect();
    let mut part = Part::default();
    loop {
        let found = take_stage(&mut chars)
            .or_else(|| take_blocks(&mut chars))
            .or_else(|| take_zone(&mut chars));
        match found {
            Some(found) => part.absorb(found),
            None => break,
        }
        while chars.last().is_some_and(|c| "-,、.".contains(*c)) {
            chars.pop();
        }
    }
    (chars.into_iter().collect(), part)
}

/// Removes the first `1期`, `1-3期` or `1、2期`.
fn take_stage(chars: &mut Vec<char>) -> Option<Part> {
    let end = chars
        .windows(2)
        .position(|pair| pair[0].is_ascii_digit() && pair[1] == '期')?
        + 1;
    let (start, numbers) = numbers_before(chars, end);
    // Nothing but a stage is no name without it.
    (start >= 2 || end + 1 == chars.len()).then_some(())?;
    chars.drain(start..=end);
    Some(Part {
        stages: numbers,
        ..Part::default()
    })
}

/// Removes `3栋`, `1-8幢`, `5号楼`, `2#`, `2#楼` and `1单元` from the end.
fn take_blocks(chars: &mut Vec<char>) -> Option<Part> {
    let mut end = chars.len();
    const COUNTERS: [&[char]; 6] = [
        &['号', '楼'],
        &['#', '楼'],
        &['单', '元'],
        &['栋'],
        &['幢'],
        &['#'],
    ];
    if let Some(counter) = COUNTERS.iter().find(|word| chars.ends_with(word)) {
        end -= counter.len();
    }
    if end == chars.len() {
        return None;
    }
    let (start, numbers) = numbers_before(chars, end);
    if numbers.is_empty() {
        return None;
    }
    let unit = chars[end] == '单';
    chars.truncate(start);
    // A unit (单元) is part of a block and says nothing about the estate.
    Some(Part {
        blocks: if unit { BTreeSet::new() } else { numbers },
        ..Part::default()
    })
}

/// Removes `A区`, `2区`, `东区`, `东院`, `北苑`, `B座`, `1组团` from the end.
fn take_zone(chars: &mut Vec<char>) -> Option<Part> {
    const DIRECTIONS: &str = "东西南北中";
    const COUNTERS: [&[char]; 8] = [
        &['组', '团'],
        &['片', '区'],
        &['区'],
        &['片'],
        &['座'],
        &['院'],
        &['苑'],
        &['园'],
    ];
    let counter = COUNTERS.iter().find(|word| chars.ends_with(word))?;
    let end = chars.len() - counter.len();
    let before = *chars.get(end.checked_sub(1)?)?;
    let garden = matches!(counter[0], '院' | '苑' | '园');
    let (start, zone) = match before {
        c if DIRECTIONS.contains(c) => (end - 1, c.to_string()),
        c if c.is_ascii_digit() && !garden => {
            let (start, numbers) = numbers_before(chars, end);
            let numbers: Vec<_> = numbers.iter().map(u32::to_string).collect();
            (start, numbers.join(","))
        }
        c if c.is_ascii_uppercase() => {
            let alone = !end
                .checked_sub(2)
                .is_some_and(|at| chars[at].is_ascii_alphabetic());
            (alone.then_some(end - 1)?, c.to_string())
        }
        _ => return None,
    };
    // 东区 alone, or 江东区, is a name of its own.
    if start < 2 && start > 0 {
        return None;
    }
    chars.truncate(start);
    Some(Part {
        zone: Some(zone),
        ..Part::default()
    })
}

/// The numbers that end at `end` (`3`, `1-8`, `1、3`), and where they start.
fn numbers_before(chars: &[char], end: usize) -> (usize, BTreeSet<u32>) {
    let mut start = end;
    while start > 0 && (chars[start - 1].is_ascii_digit() || "-、,.".contains(chars[start - 1])) {
        start -= 1;
    }
    while start < end && !chars[start].is_ascii_digit() {
        start += 1;
    }
    let text: String = chars[start..end].iter().collect();
    let mut numbers = BTreeSet::new();
    for piece in text.split(['、', ',', '.']) {
        let ends: Vec<u32> = piece.split('-').filter_map(|n| n.parse().ok()).collect();
        match ends[..] {
            // A range longer than a large estate has blocks is something else.
            [from, to] if from < to && to - from <= 100 => numbers.extend(from..=to),
            _ => numbers.extend(ends),
        }
    }
    (start, numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_is_split_from_the_name() {
        for (name, rest, label) in [
            ("洪都新村1期", "洪都新村", "1期"),
            ("丰和新城2期", "丰和新城", "2期"),
            ("永通3期B区", "永通", "3期 B区"),
            ("绿地国际博览城2期博睿", "绿地国际博览城博睿", "2期"),
            ("枫庐新天地东区", "枫庐新天地", "东区"),
            ("瓜山北苑", "瓜山", "北区"),
            ("洪都6区", "洪都", "6区"),
            ("阳光花园3栋", "阳光花园", "3栋"),
            ("阳光花园1-3幢", "阳光花园", "1,2,3栋"),
            ("阳光花园5号楼", "阳光花园", "5栋"),
            ("阳光花园2#", "阳光花园", "2栋"),
            ("阳光花园2栋1单元", "阳光花园", "2栋"),
            ("阳光小区", "阳光小区", ""),
            ("江东区", "江东区", ""),
            ("铁路一村", "铁路一村", ""),
            ("1期", "", "1期"),
            ("上城国际A座", "上城国际", "A区"),
            ("八一大道12号院", "八一大道12号院", ""),
        ] {
            let (found, part) = split_part(name);
            assert_eq!(
                (found.as_str(), part.to_string().as_str()),
                (rest, label),
                "{name}"
            );
        }
    }

    #[test]
    fn parts_are_the_same_other_or_named_by_one_only() {
        let part = |name: &str| split_part(name).1;
        for (a, b, relation) in [
            ("洪都新村1期", "洪都新村1期", PartRelation::Same),
            ("洪都新村1期", "洪都新村2期", PartRelation::Other),
            ("洪都新村1期A区", "洪都新村1期B区", PartRelation::Other),
            ("洪都新村", "洪都新村1期", PartRelation::OneOnly),
            ("洪都新村1期", "洪都新村1期B区", PartRelation::OneOnly),
            ("洪都新村1期", "洪都新村南区", PartRelation::Other),
            ("洪都新村", "洪都新村", PartRelation::Neither),
        ] {
            assert_eq!(part(a).relation(&part(b)), relation, "{a} {b}");
        }
    }
}
