//! The columns that say which row of which list a record was read from; every layer has them.

use super::column::{filled, text};
use super::row::{integer, parsed};
use crate::model::{ListId, Origin};
use rusqlite::types::{Value as SqlValue, ValueRef};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OriginColumn {
    List,
    Row,
    Source,
    SourceId,
}

impl OriginColumn {
    pub(super) const ALL: [Self; 4] = [Self::List, Self::Row, Self::Source, Self::SourceId];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::List => "origin_list",
            Self::Row => "origin_row",
            Self::Source => "origin_source",
            Self::SourceId => "origin_source_id",
        }
    }

    pub(super) fn sql_type(self) -> &'static str {
        match self {
            Self::Row => "INTEGER",
            Self::List | Self::Source | Self::SourceId => "TEXT",
        }
    }

    pub(super) fn write(self, origin: Option<&Origin>) -> SqlValue {
        let Some(origin) = origin else {
            return SqlValue::Null;
        };
        match self {
            Self::List => text(origin.list.to_string()),
            Self::Row => SqlValue::Integer(origin.row.into()),
            Self::Source => filled(&origin.source),
            Self::SourceId => filled(&origin.source_id),
        }
    }
}

/// An origin being read, column by column.
#[derive(Default)]
pub(super) struct OriginDraft {
    list: Option<ListId>,
    row: u32,
    source: String,
    source_id: String,
}

impl OriginDraft {
    /// `None` where the column does not take the value.
    pub(super) fn take(&mut self, column: OriginColumn, value: ValueRef<'_>) -> Option<()> {
        let text = || value.as_str().ok().map(str::to_owned);
        match column {
            OriginColumn::List => self.list = Some(parsed(value)?),
            OriginColumn::Row => self.row = integer(value)?,
            OriginColumn::Source => self.source = text()?,
            OriginColumn::SourceId => self.source_id = text()?,
        }
        Some(())
    }

    /// `None` for a record that was made here.
    pub(super) fn finish(self) -> Option<Origin> {
        self.list.map(|list| Origin {
            list,
            row: self.row,
            source: self.source,
            source_id: self.source_id,
        })
    }
}
