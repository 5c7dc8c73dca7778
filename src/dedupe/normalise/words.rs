//! The words that names of estates are made of, as data: `data/catalogue/names.json`.

use serde::Deserialize;
use std::sync::LazyLock;

/// What a suffix says about the kind of estate. Swaps inside one class are everyday spelling;
/// a swap between classes needs evidence of place (阳光花园 is not 阳光小区).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuffixClass {
    /// 小区, 住宅区, 社区
    Quarter,
    /// 新村
    Village,
    /// 花园
    Garden,
    /// 苑
    Court,
    /// 家园
    Home,
    /// 公寓
    Apartment,
    /// 宿舍, 家属院, 大院: the core is an employer.
    EmployerHousing,
    /// 院, as in 12号院
    Courtyard,
    /// 大厦
    Tower,
}

pub(crate) struct Words {
    /// 南昌市, 东湖区, …: full forms, longest first.
    pub divisions: Vec<String>,
    /// 南昌, 东湖, …: the same without 省, 市, 区, 县, longest first.
    pub short_divisions: Vec<String>,
    /// Longest first.
    pub suffixes: Vec<(String, SuffixClass)>,
    pub not_a_suffix: Vec<String>,
    pub court_endings: Vec<String>,
    pub decorations: Vec<String>,
    pub office_levels: Vec<char>,
    pub not_an_office_level: Vec<String>,
    pub ordinals: Vec<char>,
    pub look_alikes: Vec<(char, char)>,
}

/// The shipped words.
pub(crate) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let file: File = serde_json::from_str(include_str!("../../../data/catalogue/names.json"))
        .expect("data/catalogue/names.json is compiled in and read by this module's test");
    file.into()
});

#[derive(Deserialize)]
struct File {
    divisions: Divisions,
    suffixes: Vec<Suffixes>,
    not_a_suffix: Vec<String>,
    court_endings: Vec<String>,
    decorations: Vec<String>,
    office_levels: Vec<char>,
    not_an_office_level: Vec<String>,
    ordinals: String,
    look_alikes: Vec<String>,
}

#[derive(Deserialize)]
struct Divisions {
    provinces: Vec<String>,
    cities: Vec<String>,
    counties: Vec<String>,
    former: Vec<String>,
    informal: Vec<String>,
}

#[derive(Deserialize)]
struct Suffixes {
    class: SuffixClass,
    words: Vec<String>,
}

impl From<File> for Words {
    fn from(file: File) -> Self {
        let Divisions {
            provinces,
            cities,
            counties,
            former,
            informal,
        } = file.divisions;
        let mut divisions = [provinces, cities, counties, former, informal].concat();
        longest_first(&mut divisions, |name| name);
        let mut short_divisions: Vec<String> = divisions
            .iter()
            .map(|name| name.trim_end_matches(['省', '市', '区', '县']).to_owned())
            .filter(|name| name.chars().count() >= 2)
            .collect();
        longest_first(&mut short_divisions, |name| name);
        short_divisions.dedup();
        let mut suffixes: Vec<_> = file
            .suffixes
            .into_iter()
            .flat_map(|group| {
                let class = group.class;
                group.words.into_iter().map(move |word| (word, class))
            })
            .collect();
        longest_first(&mut suffixes, |(word, _)| word);
        let look_alikes = file.look_alikes.iter().filter_map(|pair| {
            let mut chars = pair.chars();
            Some((chars.next()?, chars.next()?))
        });
        Self {
            divisions,
            short_divisions,
            suffixes,
            not_a_suffix: file.not_a_suffix,
            court_endings: file.court_endings,
            decorations: file.decorations,
            office_levels: file.office_levels,
            not_an_office_level: file.not_an_office_level,
            ordinals: file.ordinals.chars().collect(),
            look_alikes: look_alikes.collect(),
        }
    }
}

fn longest_first<T>(list: &mut [T], text: impl Fn(&T) -> &String) {
    list.sort_by(|a, b| {
        let (a, b) = (text(a), text(b));
        b.len().cmp(&a.len()).then_with(|| a.cmp(b))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_words_are_sound_and_longest_first() {
        assert!(WORDS.divisions.iter().any(|name| name == "东湖区"));
        assert!(WORDS.short_divisions.iter().any(|name| name == "南昌"));
        let lengths: Vec<_> = WORDS.suffixes.iter().map(|(word, _)| word.len()).collect();
        assert!(lengths.is_sorted_by(|a, b| a >= b));
    }
}
