//! Keys that outlive every tool: QGIS renumbers `fid`, nobody renumbers a UUID.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! uuid_key {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    };
}

uuid_key!(
    /// An estate record, with or without a boundary. Never shown as the number of an estate.
    EstateId
);
uuid_key!(
    /// A building inside an estate.
    BuildingId
);
uuid_key!(
    /// One imported list: one file, read once.
    ListId
);
uuid_key!(
    /// One finished action in the edit log.
    EditId
);

uuid_key!(
    /// Something held fast: a ranking, a yearly plan, an assessment.
    SnapshotId
);

impl EstateId {
    /// The record of row `row` (1-based) of a list.
    ///
    /// The same file gives the same keys on every laptop, so that two teams who import one list
    /// into two survey files agree about which record is which. The row number stands in the
    /// leading bytes of the low half, so that keys of one list sort in row order.
    pub fn of_row(list: ListId, row: u32) -> Self {
        Self(key_of_row(list, row))
    }
}

impl BuildingId {
    /// The building of row `row` (1-based) of a list; see [`EstateId::of_row`].
    pub fn of_row(list: ListId, row: u32) -> Self {
        Self(key_of_row(list, row))
    }
}

fn key_of_row(list: ListId, row: u32) -> Uuid {
    let mut bytes = *list.0.as_bytes();
    bytes[10..14].copy_from_slice(&row.to_be_bytes());
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

impl ListId {
    /// The list read from a file with this sha256 (32 bytes), as `role` ("estates", "register").
    pub fn of_file(sha256: &[u8; 32], role: &str) -> Self {
        let mut bytes = [0u8; 16];
        bytes.copy_from_slice(&sha256[..16]);
        for (index, byte) in role.bytes().enumerate() {
            bytes[index % 8] = bytes[index % 8].rotate_left(3) ^ byte;
        }
        // Room for the row number, see `EstateId::of_row`.
        bytes[10..14].fill(0xff);
        Self(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_one_list_differ_and_sort_in_row_order() {
        let list = ListId::of_file(&[7; 32], "register");
        let keys: Vec<_> = (1..2000).map(|row| EstateId::of_row(list, row)).collect();
        assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn one_file_read_in_two_roles_is_two_lists() {
        let sha = [9; 32];
        assert_ne!(
            ListId::of_file(&sha, "estates"),
            ListId::of_file(&sha, "register")
        );
    }
}
