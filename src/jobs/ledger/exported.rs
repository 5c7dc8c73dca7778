//! The sheet 原值: what every cell of the sheet 台账 was when it was written, under the key of its
//! column. What an edited ledger says is held against it, so that a value changed here meanwhile
//! is told from one changed there.

use super::cells::word;
use super::columns::shown;
use crate::catalogue::Catalogue;
use crate::formats::ledger::{Column, Sheet, Visibility};

pub(super) fn name() -> &'static str {
    word("sheets", "exported")
}

pub(super) fn sheet(ledger: &Sheet, catalogue: &Catalogue) -> Sheet {
    let keys = shown(catalogue).into_iter().map(|shown| shown.key());
    let columns = keys.zip(&ledger.columns).map(|(heading, column)| Column {
        heading,
        ..column.clone()
    });
    Sheet {
        name: name().to_owned(),
        columns: columns.collect(),
        rows: ledger.rows.clone(),
        visibility: Visibility::VeryHidden,
    }
}
