//! The code of a content item, such as `C04`.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A renovation content item: a group letter and digits, at most seven bytes, e.g. `C04`.
///
/// The shape is checked here, once. Whether an item exists is the catalogue's knowledge; a file
/// may carry a county's own items, which must survive a round trip.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemCode([u8; 8]);

impl ItemCode {
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let (group, number) = bytes.split_first()?;
        let shaped = group.is_ascii_uppercase()
            && (1..=6).contains(&number.len())
            && number.iter().all(u8::is_ascii_digit);
        if !shaped {
            return None;
        }
        let mut code = [0; 8];
        code[..bytes.len()].copy_from_slice(bytes);
        Some(Self(code))
    }

    pub fn as_str(&self) -> &str {
        let length = self.0.iter().position(|byte| *byte == 0).unwrap_or(8);
        // Only ASCII letters and digits pass `parse`.
        std::str::from_utf8(&self.0[..length]).unwrap_or_default()
    }

    /// `A`, `B`, `C` or `D` for the guidance's own four groups.
    pub fn group(&self) -> char {
        self.0[0] as char
    }
}

impl std::fmt::Display for ItemCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

impl std::fmt::Debug for ItemCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for ItemCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for ItemCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Self::parse(&text)
            .ok_or_else(|| serde::de::Error::custom(format!("'{text}' is no item code")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_letter_and_digits() {
        assert_eq!(ItemCode::parse("C04").unwrap().as_str(), "C04");
        for bad in ["", "C", "04", "c04", "C4x", "C1234567", "水01"] {
            assert_eq!(ItemCode::parse(bad), None, "{bad}");
        }
    }
}
