//! What the communities answered: a signed list of their old estates, or a nil return («不漏»,
//! 三(三)1). A community without a record here has not answered yet.

use super::codes::coded;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// The code of a community: twelve digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommunityCode([u8; 12]);

/// A text that is no code of a community.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not twelve digits")]
pub struct NotACommunityCode;

impl CommunityCode {
    pub fn as_str(&self) -> &str {
        // Digits alone get in, and each is one byte.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for CommunityCode {
    type Err = NotACommunityCode;

    fn from_str(text: &str) -> Result<Self, NotACommunityCode> {
        let digits: [u8; 12] = text.as_bytes().try_into().map_err(|_| NotACommunityCode)?;
        let is_code = digits.iter().all(u8::is_ascii_digit);
        is_code.then_some(Self(digits)).ok_or(NotACommunityCode)
    }
}

impl fmt::Display for CommunityCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CommunityCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CommunityCode({self})")
    }
}

impl Serialize for CommunityCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CommunityCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

coded!(
    /// What a community answered.
    CommunityState, "community_state" {
        /// 已签字清单
        SignedList = "signed_list",
        /// 零报告
        NilReturn = "nil_return",
    }
);

/// The answer of a community. It names the office or the person who signs for it, no resident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommunityReturn {
    pub code: CommunityCode,
    pub state: CommunityState,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub signed_by: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_on: Option<jiff::civil::Date>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<Paper>,
    pub recorded_at: jiff::Timestamp,
    pub recorded_by: String,
}

/// The signed paper, which stays where it is: its file is named so that it can be found and
/// recognised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// The file's own name, without its folder.
    pub file_name: String,
    /// Lower-case hexadecimal.
    pub sha256: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_digits_are_a_code_and_nothing_else_is() {
        let code: CommunityCode = "360102002001".parse().unwrap();
        assert_eq!(code.to_string(), "360102002001");
        assert_eq!(serde_json::to_string(&code).unwrap(), "\"360102002001\"");
        for wrong in ["", "360102002", "36010200200a", "3601020020011", "社区社区"] {
            assert_eq!(wrong.parse::<CommunityCode>(), Err(NotACommunityCode));
        }
    }
}
