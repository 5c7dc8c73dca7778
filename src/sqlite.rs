//! How a SQLite file of others is opened, so that reading it leaves nothing beside it.

use rusqlite::{Connection, OpenFlags, Result};
use std::fmt::Write;
use std::path::Path;

/// Opens a file that nobody writes.
pub fn open_unwritten(path: &Path) -> Result<Connection> {
    distrusted(unwritten(path).as_ref(), OpenFlags::SQLITE_OPEN_URI)
}

/// Opens a file that its writer may still have open. SQLite may make files beside it.
pub fn open_to_read(path: &Path) -> Result<Connection> {
    distrusted(path, OpenFlags::empty())
}

fn distrusted(path: &Path, flags: OpenFlags) -> Result<Connection> {
    let flags = flags | OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    // The file may come from anywhere: what its views call has no side effects.
    connection.pragma_update(None, "trusted_schema", false)?;
    Ok(connection)
}

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
