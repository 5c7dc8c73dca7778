//! The tables beside the library: every row of every list has the fate that the library, the
//! excluded and the decisions say.

use super::super::reading::Sheet;
use super::{Figure, Looked, VerifyProblem};
use crate::rules::fate::RowCount;
use std::collections::{BTreeMap, BTreeSet};

const ROWS: &str = "rows.csv";
const EXCLUDED: &str = "excluded.csv";
const DUPLICATES: &str = "duplicates.csv";

/// What the tables are held against: the estates of the library by their id.
struct Kept {
    file: String,
    by_id: BTreeMap<String, Estate>,
}

struct Estate {
    lib_no: String,
    /// The records that it counts for, as the library says.
    counts_for: u64,
}

impl Looked<'_> {
    pub(super) fn tables(&mut self) {
        let Some(kept) = self.kept() else { return };
        let excluded = self.excluded.take();
        let duplicates = self.duplicates.take();
        let rows = self.rows.take();
        if let Some(excluded) = &excluded {
            self.excluded_are_out(excluded, &kept);
        }
        if let Some(rows) = &rows {
            self.each_row_once(rows);
            self.fates_agree(rows, &kept, excluded.as_ref());
        }
        self.merged_are_counted(&kept, rows.as_ref(), duplicates.as_ref());
        (self.excluded, self.duplicates, self.rows) = (excluded, duplicates, rows);
    }

    fn kept(&self) -> Option<Kept> {
        let (file, library) = self.library.as_ref()?;
        let features = library.features.iter();
        let by_id = features.map(|feature| {
            let properties = feature.properties();
            let count = |key: &str| properties.get(key).and_then(serde_json::Value::as_u64);
            let counts_for = ["dup_of_count", "part_count"]
                .into_iter()
                .filter_map(count)
                .fold(0, u64::saturating_add);
            let lib_no = super::super::delta::cell(properties.get("lib_no"));
            (feature.id.clone(), Estate { lib_no, counts_for })
        });
        Some(Kept {
            file: file.clone(),
            by_id: by_id.collect(),
        })
    }

    fn excluded_are_out(&mut self, excluded: &Sheet, kept: &Kept) {
        let mut seen = BTreeSet::new();
        for row in excluded.rows() {
            let (id, name) = (row.cell("id"), row.cell("name").to_owned());
            if !seen.insert(id) {
                self.say(VerifyProblem::EstateTwice {
                    file: EXCLUDED.to_owned(),
                    estate: name.clone(),
                });
            }
            if kept.by_id.contains_key(id) {
                self.contradicts(EXCLUDED, row.line, &name, &kept.file);
            }
        }
        let tally = &self.manifest.tally;
        let out = tally
            .total
            .excluded
            .saturating_add(tally.drawn_here.excluded)
            .saturating_sub(tally.total.rejected_set_aside);
        self.compare(EXCLUDED, Figure::Excluded, excluded.len() as u64, out);
    }

    /// Every list has as many rows of each fate as the manifest says, and no row twice.
    fn each_row_once(&mut self, rows: &Sheet) {
        let mut lists = BTreeMap::<&str, RowCount>::new();
        let mut seen = BTreeMap::<(&str, &str, &str), usize>::new();
        let mut total = RowCount::default();
        for row in rows.rows() {
            let (list, sha256, number) =
                (row.cell("list"), row.cell("list_sha256"), row.cell("row"));
            let times = seen.entry((list, sha256, number)).or_default();
            *times += 1;
            let copies = self.manifest.reconciled_against.iter();
            let copies = copies.filter(|l| l.file_name == list && l.sha256 == sha256);
            if *times > copies.count().max(1) {
                self.say(VerifyProblem::RowTwice {
                    file: ROWS.to_owned(),
                    row: row.line,
                    list: list.to_owned(),
                });
            }
            for count in [lists.entry(sha256).or_default(), &mut total] {
                count.rows_in += 1;
                match row.cell("fate") {
                    "kept" => count.kept += 1,
                    "merged" => count.merged += 1,
                    "excluded" => count.excluded += 1,
                    _ => count.open += 1,
                }
            }
        }
        for (sha256, count) in &lists {
            let mut said = RowCount::default();
            let of_list = self.manifest.reconciled_against.iter();
            for list in of_list.filter(|list| list.sha256 == *sha256) {
                said.add(&list.rows);
            }
            self.same_rows(ROWS, count, &said);
        }
        self.same_rows(ROWS, &total, &self.manifest.tally.total);
    }

    fn fates_agree(&mut self, rows: &Sheet, kept: &Kept, excluded: Option<&Sheet>) {
        let out: Option<BTreeMap<&str, &str>> = excluded.map(|sheet| {
            let rows = sheet.rows();
            rows.map(|row| (row.cell("id"), row.cell("why"))).collect()
        });
        for row in rows.rows() {
            let (id, name) = (row.cell("id"), row.cell("name"));
            let estate = kept.by_id.get(id);
            let is_kept = row.cell("fate") == "kept";
            let number_fits = estate.is_none_or(|estate| estate.lib_no == row.cell("lib_no"));
            if estate.is_some() != is_kept || !number_fits {
                self.contradicts(ROWS, row.line, name, &kept.file);
            }
            // A row that could not be read is no record, so it has no id.
            let Some(out) = out.as_ref().filter(|_| !id.is_empty()) else {
                continue;
            };
            let why = out.get(id);
            let fits = match row.cell("fate") {
                "excluded" => why == Some(&row.cell("why")),
                _ => why.is_none(),
            };
            if !fits {
                self.contradicts(ROWS, row.line, name, EXCLUDED);
            }
        }
    }

    /// The records merged into an estate, by the rows and the decisions, are those it counts for.
    fn merged_are_counted(
        &mut self,
        kept: &Kept,
        rows: Option<&Sheet>,
        duplicates: Option<&Sheet>,
    ) {
        let mut merged = BTreeMap::<&str, BTreeSet<&str>>::new();
        let mut into_of = BTreeMap::<&str, &str>::new();
        for row in rows.into_iter().flat_map(Sheet::rows) {
            if row.cell("fate") == "merged" {
                let (id, into) = (row.cell("id"), row.cell("into"));
                merged.entry(into).or_default().insert(id);
                into_of.insert(id, into);
            }
        }
        for row in duplicates.into_iter().flat_map(Sheet::rows) {
            for [id, name, became, into] in [
                ["id_a", "name_a", "became_a", "into_a"],
                ["id_b", "name_b", "became_b", "into_b"],
            ] {
                let (id, into) = (row.cell(id), row.cell(into));
                let is_kept = kept.by_id.contains_key(id);
                if is_kept != (row.cell(became) == "kept") {
                    self.contradicts(DUPLICATES, row.line, row.cell(name), &kept.file);
                }
                if row.cell(became) == "merged" {
                    merged.entry(into).or_default().insert(id);
                    if into_of.get(id).is_some_and(|other| *other != into) {
                        self.contradicts(DUPLICATES, row.line, row.cell(name), ROWS);
                    }
                }
            }
        }
        let tally = &self.manifest.tally;
        // What was drawn here and merged without a decision stands in no table.
        let unlisted = tally.drawn_here.merged;
        let mut counted = 0_u64;
        for (id, estate) in &kept.by_id {
            let found = merged.get(id.as_str()).map_or(0, BTreeSet::len) as u64;
            counted = counted.saturating_add(estate.counts_for);
            let fits = estate.counts_for == found || (unlisted > 0 && estate.counts_for > found);
            if !fits && rows.is_some() && duplicates.is_some() {
                self.say(VerifyProblem::EstateDiffers {
                    file: kept.file.clone(),
                    estate: self.name_of(id),
                    field: "dup_of_count".to_owned(),
                    other: DUPLICATES.to_owned(),
                });
            }
        }
        let most = tally.total.merged.saturating_add(unlisted);
        if counted > most {
            self.compare(&kept.file, Figure::Merged, counted, most);
        }
    }

    fn name_of(&self, id: &str) -> String {
        let library = self.library.as_ref().map(|(_, library)| library);
        let feature = library.and_then(|l| l.features.iter().find(|f| f.id == id));
        feature.map_or(id.to_owned(), |feature| {
            super::libraries::title(id, &feature.properties())
        })
    }

    pub(super) fn contradicts(&mut self, file: &str, row: u64, estate: &str, other: &str) {
        self.say(VerifyProblem::RowContradicts {
            file: file.to_owned(),
            row,
            estate: estate.to_owned(),
            other: other.to_owned(),
        });
    }
}
