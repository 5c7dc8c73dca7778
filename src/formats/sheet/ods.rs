//! How large the sheets of an .ods would become: a cell may say that it stands there a million
//! times, and the reader of sheets writes every one of them down.

use super::{MOST_CELLS, damaged};
use crate::formats::layer::{LayerErrorKind, Token, Tokens};
use std::io::{Cursor, Read};

/// # Errors
/// Where the sheets would hold more cells than are read, or are damaged.
pub(super) fn check_size(bytes: &[u8]) -> Result<(), LayerErrorKind> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut content = String::new();
    let mut file = archive.by_name("content.xml").map_err(damaged)?;
    file.read_to_string(&mut content).map_err(damaged)?;
    let mut tokens = Tokens::of(&content);
    let mut size = Size::default();
    while let Some(token) = tokens.next()? {
        match token {
            Token::Open { name, attributes } => size.open(&name, &attributes),
            Token::Close(name) => size.close(&name),
            Token::Text(text) => size.is_filled |= !text.trim().is_empty(),
        }
        if size.largest() > MOST_CELLS {
            return Err(damaged(format!("> {MOST_CELLS} cells")));
        }
    }
    Ok(())
}

#[derive(Default)]
struct Size {
    /// Rows of the sheet so far, and those up to the last filled one.
    rows: u64,
    filled_rows: u64,
    widest: u64,
    row_repeats: u64,
    columns: u64,
    filled_columns: u64,
    cell_repeats: u64,
    is_filled: bool,
    /// Of all sheets before.
    total: u64,
}

impl Size {
    fn open(&mut self, name: &str, attributes: &[(String, String)]) {
        let repeats = |key: &str| {
            let found = attributes.iter().find(|(name, _)| name == key);
            found.and_then(|(_, text)| text.parse().ok()).unwrap_or(1)
        };
        match name {
            "table" => {
                let total = self.largest();
                *self = Self {
                    total,
                    ..Self::default()
                };
            }
            "table-row" => {
                self.row_repeats = repeats("number-rows-repeated");
                (self.columns, self.filled_columns) = (0, 0);
            }
            "table-cell" | "covered-table-cell" => {
                self.cell_repeats = repeats("number-columns-repeated");
                self.is_filled = attributes.iter().any(|(name, _)| name == "value-type");
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "table-cell" | "covered-table-cell" => {
                self.columns = self.columns.saturating_add(self.cell_repeats);
                if self.is_filled {
                    self.filled_columns = self.columns;
                }
                self.is_filled = false;
            }
            "table-row" => {
                self.rows = self.rows.saturating_add(self.row_repeats);
                if self.filled_columns > 0 {
                    self.filled_rows = self.rows;
                    self.widest = self.widest.max(self.filled_columns);
                }
            }
            _ => {}
        }
    }

    fn largest(&self) -> u64 {
        let own = self.filled_rows.saturating_mul(self.widest);
        self.total.saturating_add(own).max(self.filled_columns)
    }
}
