//! A file held against a list that was imported before.

use super::matching::{Matching, match_rows};
use super::values::news;
use super::{About, ChangedHere, Counts, GoneRecord, Ids, Newer, NewerError, Row, ValueNews};
use crate::catalogue::{Catalogue, Target};
use crate::jobs::import::{ImportSettings, Mapping, Source, import_source};
use crate::model::{
    Change, Estate, EstateId, Field, ImportList, ListId, ListRole, Standing, Survey,
};
use crate::progress::Progress;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// The newer version, and what it takes to compare it.
pub struct NewVersion<'a> {
    pub source: Source,
    /// How it is read.
    pub settings: &'a ImportSettings,
    /// What was changed here of a record since the list last spoke of it; `None` where nobody
    /// knows. From the history, which jobs do not read.
    pub changed_here: &'a mut dyn FnMut(EstateId) -> Option<ChangedHere>,
}

/// The lists that a newer version can be of, those still current, last imported first.
pub fn versions(survey: &Survey) -> Vec<&Arc<ImportList>> {
    let is_current =
        |list: &&Arc<ImportList>| list.role.gives_estates() && !survey.is_superseded(list.id);
    let mut lists: Vec<_> = survey.lists().filter(is_current).collect();
    lists.sort_by_key(|list| (std::cmp::Reverse(list.imported_at), list.id));
    lists
}

/// The list that the file of this name is taken for a newer version of: the last one imported in
/// this role under the same name, whatever its ending. `layer` is a later layer or sheet of it.
pub fn earlier_version<'a>(
    survey: &'a Survey,
    file_name: &str,
    layer: Option<&str>,
    role: ListRole,
) -> Option<&'a Arc<ImportList>> {
    let lists = versions(survey).into_iter();
    let mut lists = lists.filter(|list| list.role == role);
    lists.find(|list| is_of(&list.file_name, file_name, layer))
}

/// Whether the list of this name is that layer of a file called so: `名册.xlsx 二期` is the sheet 二期
/// of `名册.xlsx`. The layer is known, so that its own name may hold whatever it likes.
fn is_of(list_name: &str, file_name: &str, layer: Option<&str>) -> bool {
    let file = match layer {
        Some(layer) => list_name
            .strip_suffix(layer)
            .and_then(|rest| rest.strip_suffix(' ')),
        // A blank behind the dot is where the name of a layer begins.
        None => Some(list_name).filter(|name| {
            let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
            !ending.contains(' ')
        }),
    };
    file.is_some_and(|file| stem(file) == stem(file_name))
}

fn stem(file_name: &str) -> String {
    let stem = Path::new(file_name).file_stem().unwrap_or_default();
    stem.to_string_lossy().to_lowercase()
}

/// Holds a file against the list `earlier`.
///
/// # Errors
/// Every [`NewerError`]; rows that cannot be read are no errors.
pub fn compare(
    survey: &Survey,
    earlier: ListId,
    version: NewVersion<'_>,
    catalogue: &Catalogue,
    now: jiff::Timestamp,
    progress: &Progress,
) -> Result<Newer, NewerError> {
    let earlier = survey.list(earlier).ok_or(NewerError::NoSuchList)?.clone();
    if !earlier.role.gives_estates() {
        let list = earlier.file_name.clone();
        return Err(NewerError::Buildings { list });
    }
    let settings = ImportSettings {
        role: earlier.role,
        kind: earlier.kind,
        ..version.settings.clone()
    };
    let imported = import_source(survey, version.source, &settings, catalogue, now, progress)?;
    let changes = imported.changes.into_iter();
    let fresh: Vec<Arc<Estate>> = changes
        .filter_map(|change| match change {
            Change::Estate { after, .. } => after,
            _ => None,
        })
        .collect();
    let older = older(survey, earlier.id);
    let lists: BTreeSet<ListId> = older.iter().chain([&earlier]).map(|list| list.id).collect();
    let records = records_of(survey, &lists);
    let mut matching = match_rows(&records, &fresh);
    let fields = fields(&settings.mapping, &fresh);
    let gone = gone(survey, &records, &matching);
    let mut rows = Vec::with_capacity(fresh.len());
    for (index, fresh) in fresh.into_iter().enumerate() {
        if index % 256 == 0 {
            progress
                .reach(imported.list.rows_read.into())
                .map_err(crate::jobs::import::ImportError::from)?;
        }
        let about = match matching.pairs.get(&index) {
            Some((record, by)) => {
                let record = records[*record].clone();
                About::Known {
                    news: news_of(&record, &fresh, &fields, version.changed_here),
                    record,
                    by: *by,
                }
            }
            None => match matching.unclear.remove(&index) {
                Some(candidates) => About::Unclear {
                    candidates: candidates
                        .into_iter()
                        .map(|at| records[at].clone())
                        .collect(),
                },
                None => About::New,
            },
        };
        rows.push(Row {
            number: fresh.origin.as_ref().map_or(0, |origin| origin.row),
            about,
            fresh,
        });
    }
    Ok(Newer {
        earlier,
        older,
        list: imported.list,
        rows,
        gone,
        ids: match matching.ids_count_rows {
            true => Ids::RunningNumbers,
            false => Ids::Hold,
        },
        axes: imported.axes,
        warnings: imported.warnings,
    })
}

/// Asks for the history of a record only where its row says anything else at all.
fn news_of(
    record: &Estate,
    fresh: &Estate,
    fields: &[Field],
    changed_here: &mut dyn FnMut(EstateId) -> Option<ChangedHere>,
) -> Vec<ValueNews> {
    let unchanged = ChangedHere::new();
    let news_at_most = news(record, fresh, fields, Some(&unchanged));
    match news_at_most.is_empty() {
        true => news_at_most,
        false => news(record, fresh, fields, changed_here(record.id).as_ref()),
    }
}

/// The versions before `list` that still have rows: what came and went may come again.
fn older(survey: &Survey, list: ListId) -> Vec<Arc<ImportList>> {
    let newer = &survey.settings().newer_versions;
    let leads_to_it = |id: ListId| {
        // No way is longer than there are versions, even where a file was tampered with.
        std::iter::successors(newer.get(&id), |at| newer.get(at))
            .take(newer.len())
            .any(|at| *at == list)
    };
    let lists = survey.lists().filter(|list| list.rows_read > 0);
    lists.filter(|list| leads_to_it(list.id)).cloned().collect()
}

/// In the order of the rows they came from.
fn records_of(survey: &Survey, lists: &BTreeSet<ListId>) -> Vec<Arc<Estate>> {
    let row_in_list = |estate: &Estate| {
        let origin = estate.origin.as_ref()?;
        lists.contains(&origin.list).then_some(origin.row)
    };
    let mut records: Vec<_> = survey
        .estates()
        .filter_map(|estate| Some((row_in_list(estate)?, estate.clone())))
        .collect();
    records.sort_by_key(|(row, estate)| (*row, estate.id));
    records.into_iter().map(|(_, estate)| estate).collect()
}

/// The fields that the list has something to say about: those with a column, and its boundaries.
fn fields(mapping: &Mapping, fresh: &[Arc<Estate>]) -> Vec<Field> {
    let targets = mapping.iter().filter_map(|(_, target)| match target {
        Target::Field(field) => Some(field),
        _ => None,
    });
    let mut fields: BTreeSet<Field> = targets.collect();
    if fields.contains(&Field::BuildYear) {
        fields.extend([Field::YearMin, Field::YearMax]);
    }
    if fresh.iter().any(|estate| estate.boundary.is_some()) {
        fields.insert(Field::Boundary);
    }
    fields.into_iter().collect()
}

fn gone(survey: &Survey, records: &[Arc<Estate>], matching: &Matching) -> Vec<GoneRecord> {
    let known: BTreeSet<usize> = matching.pairs.values().map(|(record, _)| *record).collect();
    let perhaps: BTreeSet<usize> = matching.unclear.values().flatten().copied().collect();
    let counted_through: BTreeSet<EstateId> = survey
        .estates()
        .filter_map(|estate| estate.standing.counted_by())
        .collect();
    records
        .iter()
        .enumerate()
        .filter(|(index, _)| !known.contains(index) && !perhaps.contains(index))
        .map(|(_, record)| GoneRecord {
            counts: match &record.standing {
                Standing::Counted if !counted_through.contains(&record.id) => Counts::Alone,
                _ => Counts::WithOthers,
            },
            record: record.clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_version_bears_the_name_of_the_earlier_one() {
        for (list, file, layer, is_it) in [
            ("名册.csv", "名册.csv", None, true),
            ("名册.csv", "名册.XLSX", None, true),
            ("List.csv", "list.csv", None, true),
            ("名册.xlsx 二期", "名册.xlsx", Some("二期"), true),
            ("名册.xlsx 二期", "名册.xlsx", None, false),
            ("名册.xlsx", "名册.xlsx", Some("二期"), false),
            ("名册.xlsx 2025.12", "名册.xlsx", Some("2025.12"), true),
            ("名册.xlsx 2025.12", "名册.xlsx", None, false),
            ("a.b 名册.csv", "a.b 名册.csv", None, true),
            ("名册.csv", "名册 2026.csv", None, false),
        ] {
            assert_eq!(is_of(list, file, layer), is_it, "{list} {file} {layer:?}");
        }
    }
}
