//! How a SQLite file that nobody writes is named, so that reading it leaves nothing beside it.

use std::fmt::Write;
use std::path::Path;

/// A SQLite URI for a file that nobody writes. Every byte but letters and digits is escaped, so
/// that no separator, drive letter or Chinese character can be taken for syntax.
pub fn unwritten(path: &Path) -> String {
    let mut uri = "file:".to_owned();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte.is_ascii_alphanumeric() {
            true => uri.push(char::from(*byte)),
            // Writing into a string cannot fail.
            false => _ = write!(uri, "%{byte:02X}"),
        }
    }
    uri + "?immutable=1"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_every_odd_character_survives_as_a_uri() {
        for (path, uri) in [
            (
                "/a b/旧改.gpkg",
                "file:%2Fa%20b%2F%E6%97%A7%E6%94%B9%2Egpkg?immutable=1",
            ),
            (
                r"C:\调查\50%?.gpkg",
                "file:C%3A%5C%E8%B0%83%E6%9F%A5%5C50%25%3F%2Egpkg?immutable=1",
            ),
            (
                r"\\server\share\a#.gpkg",
                "file:%5C%5Cserver%5Cshare%5Ca%23%2Egpkg?immutable=1",
            ),
        ] {
            assert_eq!(unwritten(Path::new(path)), uri);
        }
    }
}
