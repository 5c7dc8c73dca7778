//! The words a user reads, in the user's language. The core returns data; the edges (`cli`, `ui`)
//! turn it into sentences here. The sentences themselves are in `assets/locales`.

pub mod assessment;
pub mod basemap;
pub mod buildings;
pub mod coverage;
pub mod dedupe;
pub mod delivery;
pub mod demo;
pub mod edit;
pub mod export;
pub mod fields;
pub mod geometry;
pub mod history;
pub mod import;
pub mod ledger;
pub mod lists;
pub mod packs;
pub mod photos;
pub mod plan;
pub mod planning;
pub mod position;
pub mod projects;
pub mod reference;
pub mod release;
pub mod reports;
pub mod review;
pub mod rules;
pub mod search;
pub mod shapes;
pub mod store;
pub mod tiles;

use std::borrow::{Borrow, Cow};
use std::fmt::Display;

/// A language the program speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Language {
    #[serde(rename = "zh-CN")]
    Chinese,
    #[serde(rename = "en")]
    English,
}

impl Language {
    pub const ALL: [Language; 2] = [Self::Chinese, Self::English];

    /// The BCP 47 tag, as the locale files are named.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// Chinese on a Chinese system (`zh_CN.UTF-8`, `zh-Hans-CN`, …), English otherwise.
    pub fn of_system(tag: Option<&str>) -> Self {
        match tag {
            Some(tag) if tag.to_ascii_lowercase().starts_with("zh") => Self::Chinese,
            _ => Self::English,
        }
    }

    /// The text under `key`; the key itself where the locale files lack it.
    pub fn text(self, key: &str) -> Cow<'static, str> {
        self.text_if_any(key)
            .unwrap_or_else(|| Cow::Owned(key.to_owned()))
    }

    /// The text under `key`, where there is one.
    pub fn text_if_any(self, key: &str) -> Option<Cow<'static, str>> {
        crate::_rust_i18n_try_translate(self.tag(), key).map(|text| Cow::Owned(text.into_owned()))
    }

    /// The text under `key`, each `%{name}` replaced.
    pub fn text_with(self, key: &str, values: &[(&str, &dyn Display)]) -> String {
        let mut text = self.text(key).into_owned();
        for (name, value) in values {
            text = text.replace(&format!("%{{{name}}}"), &value.to_string());
        }
        text
    }

    /// Texts one after the other, with the sign between them that the language lists with.
    pub fn listed<T: Borrow<str>>(self, texts: &[T]) -> String {
        texts.join(&*self.text("value.list_separator"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_the_signs_of_its_language() {
        for (language, text) in [
            (Language::Chinese, "洪都新村、粮食局宿舍"),
            (Language::English, "洪都新村, 粮食局宿舍"),
        ] {
            assert_eq!(language.listed(&["洪都新村", "粮食局宿舍"]), text);
        }
        assert_eq!(Language::Chinese.listed::<&str>(&[]), "");
    }

    #[test]
    fn a_chinese_system_gets_chinese() {
        for (tag, language) in [
            (Some("zh_CN.UTF-8"), Language::Chinese),
            (Some("zh-Hans-CN"), Language::Chinese),
            (Some("en_GB"), Language::English),
            (Some("C"), Language::English),
            (None, Language::English),
        ] {
            assert_eq!(Language::of_system(tag), language, "{tag:?}");
        }
    }
}
