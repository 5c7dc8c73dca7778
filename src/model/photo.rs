//! A photo: what is known about a picture file that lies beside the survey.
//!
//! The picture itself is never in the survey. Its record names it by the sha256 of its bytes, so
//! that the same picture, under whatever name it came, is kept once and any change to it shows.

use super::codes::Coded;
use super::ids::EstateId;
use super::place::LonLat;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// The sha256 of a picture's bytes; written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhotoId(pub [u8; 32]);

/// A text that is no sha256 as this program writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not 64 lower-case hexadecimal digits")]
pub struct NotASha256;

impl fmt::Display for PhotoId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for PhotoId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PhotoId({self})")
    }
}

impl FromStr for PhotoId {
    type Err = NotASha256;

    /// Upper-case digits are refused: one picture must have one key.
    fn from_str(text: &str) -> Result<Self, NotASha256> {
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Ok(byte - b'0'),
            b'a'..=b'f' => Ok(byte - b'a' + 10),
            _ => Err(NotASha256),
        };
        let digits: [u8; 64] = text.as_bytes().try_into().map_err(|_| NotASha256)?;
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Ok(Self(bytes))
    }
}

impl Serialize for PhotoId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PhotoId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// How a picture file is coded, by its first bytes and never by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhotoKind {
    Jpeg,
    Png,
    Webp,
    /// As iPhones write it: kept, but not shown here.
    Heic,
}

impl PhotoKind {
    /// The ending of the stored file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Heic => "heic",
        }
    }
}

impl Coded for PhotoKind {
    const DOMAIN: &'static str = "photo_kind";
    const ALL: &'static [Self] = &[Self::Jpeg, Self::Png, Self::Webp, Self::Heic];

    fn key(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Heic => "heic",
        }
    }
}

/// The record of a photo (照片).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Photo {
    pub id: PhotoId,
    /// As the camera or the person called it: to be read, never to be used as a path.
    pub file_name: String,
    pub kind: PhotoKind,
    /// Of the whole file.
    pub bytes: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estate: Option<EstateId>,
    /// By the camera's own clock, whose zone nobody wrote down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_at: Option<jiff::civil::DateTime>,
    /// Where the camera was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<LonLat>,
    pub added_at: jiff::Timestamp,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Photo {
    /// The order in which photos are leafed through: as they were taken.
    pub fn by_time(a: &Self, b: &Self) -> std::cmp::Ordering {
        let order = a.taken_at.cmp(&b.taken_at);
        let order = order.then_with(|| a.file_name.cmp(&b.file_name));
        order.then_with(|| a.id.cmp(&b.id))
    }

    pub fn picture(&self) -> PictureFile {
        PictureFile {
            id: self.id,
            kind: self.kind,
            bytes: self.bytes,
        }
    }
}

/// The picture of a photo, as it is to be found in the survey's folder of pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PictureFile {
    pub id: PhotoId,
    pub kind: PhotoKind,
    pub bytes: u64,
}

impl PictureFile {
    /// Its name in that folder. It is made of the sha256 alone, so no camera can name a file
    /// outside.
    pub fn name(&self) -> String {
        format!("{}.{}", self.id, self.kind.extension())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_back_as_it_was_written_and_in_no_other_spelling() {
        let id = PhotoId(std::array::from_fn(|index| index as u8 * 7));
        let text = id.to_string();
        assert_eq!(text.parse(), Ok(id));
        assert_eq!(serde_json::to_string(&id).unwrap(), format!("\"{text}\""));
        for wrong in [
            "",
            &text[1..],
            &text.to_uppercase(),
            &text.replacen('0', "g", 1),
            &"照".repeat(64),
            &format!("{text}0"),
        ] {
            assert_eq!(wrong.parse::<PhotoId>(), Err(NotASha256), "{wrong}");
        }
    }
}
