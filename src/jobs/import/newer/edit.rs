//! What taking in a newer version changes, as one edit.

use super::{About, Counts, Fate, Newer, Row, ValueNews, What};
use crate::model::{
    Change, EditLabel, Estate, EstateId, Field, ImportList, ListId, Origin, RejectedRow,
    RowProblem, RowProblemKind, Standing, Survey,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a person decided about the rows of a newer version. Without a word, what only the list
/// changed is taken and everything else stays as it is here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choices {
    /// Values in conflict that are taken from the list.
    pub taken: BTreeSet<(EstateId, What)>,
    /// Values that are left as they are here although only the list changed.
    pub left: BTreeSet<(EstateId, What)>,
    /// Unclear rows that become records of their own, by row.
    pub new: BTreeSet<u32>,
    pub gone: Gone,
}

/// What becomes of records that the newer version does not have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Gone {
    /// They stay, as rows of the earlier version.
    #[default]
    Keep,
    /// Those that count by themselves are taken out, for this reason.
    Withdraw { reason: String },
}

/// An edit, ready to be committed.
#[derive(Clone, Debug, PartialEq)]
pub struct Update {
    pub label: EditLabel,
    pub changes: Vec<Change>,
    /// The new version as the survey will have it, with the rows that gave no record.
    pub list: Arc<ImportList>,
}

impl Choices {
    /// Takes the list's value in every conflict.
    pub fn taking_all(newer: &Newer) -> Self {
        let mut taken = BTreeSet::new();
        for row in &newer.rows {
            if let About::Known { record, news, .. } = &row.about {
                let conflicts = news.iter().filter(|value| value.fate == Fate::Conflict);
                taken.extend(conflicts.map(|value| (record.id, value.what.clone())));
            }
        }
        Self {
            taken,
            ..Self::default()
        }
    }

    /// Whether the value of the newer version is taken for this record.
    pub fn takes(&self, estate: EstateId, value: &ValueNews) -> bool {
        let key = (estate, value.what.clone());
        match value.fate {
            Fate::Taken => !self.left.contains(&key),
            Fate::Conflict => self.taken.contains(&key),
            Fate::Emptied => false,
        }
    }
}

impl Newer {
    /// The edit that takes the newer version in; `survey` is as it is now. Its before-images are those compared with, so
    /// that it is refused where the survey has changed since.
    pub fn edit(&self, survey: &Survey, choices: &Choices) -> Update {
        let mut changes = Vec::new();
        let mut rejected = self.list.rejected.clone();
        for row in &self.rows {
            match &row.about {
                About::Known { record, news, .. } => {
                    let feeds = |column: &str, field: Field| self.feeds(column, field);
                    let after = updated(record, row, news, choices, feeds);
                    changes.push(change(Some(record), after));
                }
                About::Unclear { .. } if !choices.new.contains(&row.number) => {
                    rejected.push(unclear(row));
                }
                About::New | About::Unclear { .. } => {
                    changes.push(change(None, Estate::clone(&row.fresh)));
                }
            }
        }
        if let Gone::Withdraw { reason } = &choices.gone {
            let alone = self.gone.iter().filter(|gone| gone.counts == Counts::Alone);
            changes.extend(alone.map(|gone| {
                let mut after = Estate::clone(&gone.record);
                after.standing = Standing::Withdrawn {
                    reason: reason.clone(),
                };
                change(Some(&gone.record), after)
            }));
        }
        rejected.sort_by_key(|row| row.problem.row);
        self.keep_reasons(&mut rejected);
        let list = Arc::new(ImportList {
            rejected,
            ..ImportList::clone(&self.list)
        });
        changes.extend(self.earlier_lists());
        changes.push(Change::List {
            id: list.id,
            before: None,
            after: Some(list.clone()),
        });
        changes.push(self.succession(survey));
        let label = EditLabel::UpdateList {
            file: self.list.file_name.clone(),
            rows: self.list.rows_read,
        };
        Update {
            label,
            changes,
            list,
        }
    }

    /// Whether the list has `column` for `field`.
    fn feeds(&self, column: &str, field: Field) -> bool {
        let key = field.key();
        let mut columns = self.list.mapping.iter();
        columns.any(|(fed, by)| *fed == key && by == column)
    }

    /// A row that a person has set aside stays so as long as it says the same.
    fn keep_reasons(&self, rejected: &mut [RejectedRow]) {
        for row in rejected {
            let same = |earlier: &&RejectedRow| {
                earlier.text == row.text && earlier.problem.kind == row.problem.kind
            };
            let earlier = self.earlier.rejected.iter().find(same);
            row.set_aside = earlier.and_then(|earlier| earlier.set_aside.clone());
        }
    }

    /// Earlier versions keep the rows that the new one does not have.
    fn earlier_lists(&self) -> impl Iterator<Item = Change> {
        let left = self.records_left();
        let lists = self.older.iter().chain([&self.earlier]);
        lists.map(move |before| {
            let is_of = |list: &&ListId| **list == before.id;
            let rows = left.values().filter(is_of).count();
            let after = ImportList {
                rows_read: u32::try_from(rows).unwrap_or(u32::MAX),
                // A row that gave no record was mended, or is in the new version as well.
                rejected: Vec::new(),
                ..ImportList::clone(before)
            };
            Change::List {
                id: before.id,
                before: Some(before.clone()),
                after: Some(Arc::new(after)),
            }
        })
    }

    /// Those gone, and those that an unclear row may be about, each with its list.
    fn records_left(&self) -> BTreeMap<EstateId, ListId> {
        let perhaps = self.rows.iter().flat_map(|row| match &row.about {
            About::Unclear { candidates } => candidates.as_slice(),
            _ => &[],
        });
        let gone = self.gone.iter().map(|gone| &gone.record);
        let left = perhaps.chain(gone);
        left.filter_map(|record| Some((record.id, record.origin.as_ref()?.list)))
            .collect()
    }

    fn succession(&self, survey: &Survey) -> Change {
        let before = survey.settings().clone();
        let mut after = before.clone();
        after.newer_versions.insert(self.earlier.id, self.list.id);
        Change::Settings {
            before: Box::new(before),
            after: Box::new(after),
        }
    }
}

fn change(before: Option<&Arc<Estate>>, after: Estate) -> Change {
    Change::Estate {
        id: after.id,
        before: before.cloned(),
        after: Some(Arc::new(after)),
    }
}

/// The record as the row has it now, where that is taken; and always with its row.
fn updated(
    record: &Estate,
    row: &Row,
    news: &[ValueNews],
    choices: &Choices,
    feeds: impl Fn(&str, Field) -> bool,
) -> Estate {
    let mut after = record.clone();
    let fresh = &row.fresh;
    for value in news.iter().filter(|value| choices.takes(record.id, value)) {
        match &value.what {
            What::Field(field) => {
                // A value that was read for this field fits it.
                if after.set(field, fresh.get(field)).is_ok() {
                    after.sources.remove(field);
                    // What could not be read there before.
                    let stands =
                        |column: &str| !feeds(column, *field) || fresh.other.get(column).is_some();
                    let others = after.other.iter();
                    after.other = others.filter(|(column, _)| stands(column)).collect();
                }
            }
            What::Position => after.position = fresh.position,
            What::Column(column) => {
                if let Some(text) = fresh.other.get(column) {
                    after.other.insert(column, text);
                }
            }
        }
    }
    if let (Some(origin), Some(before)) = (&fresh.origin, &record.origin) {
        let said = |now: &String, before: &String| match now.is_empty() {
            true => before.clone(),
            false => now.clone(),
        };
        after.origin = Some(Origin {
            source: said(&origin.source, &before.source),
            source_id: said(&origin.source_id, &before.source_id),
            ..origin.clone()
        });
    }
    after
}

fn unclear(row: &Row) -> RejectedRow {
    let fresh = &row.fresh;
    let texts = [fresh.name.as_str(), fresh.address.as_str()];
    let texts: Vec<&str> = texts.into_iter().filter(|text| !text.is_empty()).collect();
    RejectedRow {
        problem: RowProblem {
            row: row.number,
            column: None,
            kind: RowProblemKind::SeveralRecords,
            value: texts.first().copied().unwrap_or_default().to_owned(),
        },
        text: texts.join(", "),
        set_aside: None,
    }
}
