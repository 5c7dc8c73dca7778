//! The words that names of estates are made of, as data: `data/catalogue/names.json`.

use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};
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
    /// 南昌市, 东湖区, …: full forms.
    pub divisions: Prefixes,
    /// 南昌, 东湖, …: the same without 省, 市, 区, 县.
    pub short_divisions: Prefixes,
    /// Longest first.
    pub suffixes: Vec<(String, SuffixClass)>,
    pub not_a_suffix: Vec<String>,
    pub court_endings: Vec<String>,
    pub decorations: Vec<String>,
    /// What a seller hangs on a name: 正盛太古港项目.
    pub advertising: Vec<String>,
    /// Names of one employer, the one it is compared by first.
    pub same_units: Vec<Vec<String>>,
    pub office_levels: Vec<char>,
    pub not_an_office_level: Vec<String>,
    pub ordinals: Vec<char>,
    /// Numerals that are names: 八一, 五一.
    pub proper_numbers: Vec<String>,
    pub look_alikes: Vec<(char, char)>,
}

/// Words that may stand at the start of a text, looked up by their first character: a survey has
/// a hundred thousand names, and next to none of them starts with any of three hundred words.
#[derive(Default)]
pub(crate) struct Prefixes(HashMap<char, Vec<String>>);

impl Prefixes {
    fn of(words: impl IntoIterator<Item = String>) -> Self {
        let mut by_first: HashMap<char, Vec<String>> = HashMap::new();
        for word in words {
            if let Some(first) = word.chars().next() {
                by_first.entry(first).or_default().push(word);
            }
        }
        for words in by_first.values_mut() {
            longest_first(words, |word| word);
        }
        Self(by_first)
    }

    /// The words that share their first character with `text`, longest first.
    pub fn starting_as(&self, text: &str) -> impl Iterator<Item = &str> {
        let words = text.chars().next().and_then(|first| self.0.get(&first));
        words.into_iter().flatten().map(String::as_str)
    }
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
    advertising: Vec<String>,
    same_units: Vec<Vec<String>>,
    office_levels: Vec<char>,
    not_an_office_level: Vec<String>,
    ordinals: String,
    proper_numbers: Vec<String>,
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
        let divisions = [provinces, cities, counties, former, informal].concat();
        let short_divisions: BTreeSet<String> = divisions
            .iter()
            .map(|name| name.trim_end_matches(['省', '市', '区', '县']).to_owned())
            .filter(|name| name.chars().count() >= 2)
            .collect();
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
            divisions: Prefixes::of(divisions),
            short_divisions: Prefixes::of(short_divisions),
            suffixes,
            not_a_suffix: file.not_a_suffix,
            court_endings: file.court_endings,
            decorations: file.decorations,
            advertising: file.advertising,
            same_units: file.same_units,
            office_levels: file.office_levels,
            not_an_office_level: file.not_an_office_level,
            ordinals: file.ordinals.chars().collect(),
            proper_numbers: file.proper_numbers,
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
        let found = |words: &'static Prefixes, text: &'static str| {
            words.starting_as(text).find(|word| text.starts_with(word))
        };
        assert_eq!(found(&WORDS.divisions, "东湖区阳光花园"), Some("东湖区"));
        assert_eq!(found(&WORDS.short_divisions, "南昌"), Some("南昌"));
        let lengths: Vec<_> = WORDS.suffixes.iter().map(|(word, _)| word.len()).collect();
        assert!(lengths.is_sorted_by(|a, b| a >= b));
    }
}
