//! «不漏», 三(三)1: every list held against the survey, row by row. It tells what `fate` counts, so
//! that a person sees which row is open and why; the two agree at all times.

use super::fate::{ExcludedWhy, Fate, Judgement, Judgements, OpenWhy, RowCount};
use super::recognition::RuleId;
use crate::model::{Estate, EstateId, ListId, Standing, Survey};
use serde::Serialize;
use std::collections::BTreeMap;

/// What became of one row of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "fate", rename_all = "snake_case")]
pub enum Outcome {
    /// It has its own boundary and is counted.
    Drawn,
    /// Another record counts it.
    Matched {
        into: EstateId,
        how: MatchedAs,
    },
    Excluded(ExcludedAs),
    Open(OpenAs),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchedAs {
    /// Decided to be the same.
    Same,
    /// Inside the other.
    PartOf,
}

/// Why a row is out; every one of these has its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "as", rename_all = "snake_case")]
pub enum ExcludedAs {
    Withdrawn {
        reason: String,
    },
    NotRecognised {
        rules: Vec<RuleId>,
    },
    /// It gave no record, and a person left it out.
    SetAside {
        reason: String,
    },
}

/// Why nobody can say yet what becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "because", rename_all = "snake_case")]
pub enum OpenAs {
    NoBoundary,
    Undetermined {
        rules: Vec<RuleId>,
    },
    MergedIntoNothing,
    /// It gave no record.
    Unreadable,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// 1-based, as the file counts.
    pub number: u32,
    /// The record it gave; `None` where it could not be read.
    pub estate: Option<EstateId>,
    pub outcome: Outcome,
}

/// One list, held against the survey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reconciled {
    pub list: ListId,
    pub count: RowCount,
    /// In the order of the file.
    pub rows: Vec<Row>,
}

impl Reconciled {
    pub fn open(&self) -> impl Iterator<Item = &Row> {
        let is_open = |row: &&Row| matches!(row.outcome, Outcome::Open(_));
        self.rows.iter().filter(is_open)
    }
}

/// Every list of a survey, held against it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reconciliation {
    /// In the order in which they were imported.
    pub lists: Vec<Reconciled>,
    /// Every list together.
    pub total: RowCount,
    /// Records drawn here: they came in no list, each is its own row.
    pub drawn_here: RowCount,
}

impl Reconciliation {
    pub fn list(&self, id: ListId) -> Option<&Reconciled> {
        self.lists.iter().find(|reconciled| reconciled.list == id)
    }

    /// Rows in = kept + merged + excluded + open, list by list and in total.
    pub fn adds_up(&self) -> bool {
        let lists = self.lists.iter().map(|list| &list.count);
        let mut counts = lists.chain([&self.total, &self.drawn_here]);
        counts.all(|count| count.adds_up())
    }
}

/// Holds every list against the survey. `judgements` are of this very survey; a record that has
/// none is open.
pub fn reconcile(survey: &Survey, judgements: &Judgements) -> Reconciliation {
    let mut rows: BTreeMap<ListId, Vec<Row>> = BTreeMap::new();
    let mut reconciliation = Reconciliation::default();
    // Rows of buildings are no estates: `buildings::row_fates` counts them.
    let lists = survey.lists_in_force();
    for list in lists.filter(|list| list.role.gives_estates()) {
        let rejected = list.rejected.iter().map(|rejected| Row {
            number: rejected.problem.row,
            estate: None,
            outcome: match rejected.set_aside.clone() {
                Some(reason) => Outcome::Excluded(ExcludedAs::SetAside { reason }),
                None => Outcome::Open(OpenAs::Unreadable),
            },
        });
        rows.insert(list.id, rejected.collect());
    }
    for estate in survey.estates() {
        let outcome = outcome(estate, judgements.get(&estate.id));
        match &estate.origin {
            Some(origin) => rows.entry(origin.list).or_default().push(Row {
                number: origin.row,
                estate: Some(estate.id),
                outcome,
            }),
            None => {
                reconciliation.drawn_here.rows_in += 1;
                count(&mut reconciliation.drawn_here, Some(estate.id), &outcome);
            }
        }
    }
    for (id, mut rows) in rows {
        rows.sort_by_key(|row| (row.number, row.estate));
        let list = survey.list(id).filter(|list| list.role.gives_estates());
        let mut of_list = RowCount {
            // A list that is gone brought no row in, so its records do not add up.
            rows_in: list.map_or(0, |list| list.rows_read.into()),
            ..RowCount::default()
        };
        for row in &rows {
            count(&mut of_list, row.estate, &row.outcome);
        }
        reconciliation.total.add(&of_list);
        reconciliation.lists.push(Reconciled {
            list: id,
            count: of_list,
            rows,
        });
    }
    reconciliation.lists.sort_by_key(|reconciled| {
        let list = survey.list(reconciled.list);
        list.map(|list| (list.imported_at, list.file_name.clone(), list.id))
    });
    reconciliation
}

fn outcome(estate: &Estate, judgement: Option<&Judgement>) -> Outcome {
    let rules = || judgement.map_or_else(Vec::new, |judgement| judgement.recognised.deciding());
    match judgement.map(|judgement| judgement.fate) {
        Some(Fate::Kept) => Outcome::Drawn,
        Some(Fate::Merged { into }) => Outcome::Matched {
            into,
            how: match estate.standing {
                Standing::PartOf { .. } => MatchedAs::PartOf,
                _ => MatchedAs::Same,
            },
        },
        Some(Fate::Excluded(ExcludedWhy::Withdrawn)) => {
            let reason = match &estate.standing {
                Standing::Withdrawn { reason } => reason.clone(),
                _ => String::new(),
            };
            Outcome::Excluded(ExcludedAs::Withdrawn { reason })
        }
        Some(Fate::Excluded(ExcludedWhy::NotRecognised)) => {
            Outcome::Excluded(ExcludedAs::NotRecognised { rules: rules() })
        }
        Some(Fate::Open(OpenWhy::NoBoundary)) => Outcome::Open(OpenAs::NoBoundary),
        Some(Fate::Open(OpenWhy::MergedIntoNothing)) => Outcome::Open(OpenAs::MergedIntoNothing),
        Some(Fate::Open(OpenWhy::Undetermined)) | None => {
            Outcome::Open(OpenAs::Undetermined { rules: rules() })
        }
    }
}

/// Without `estate` the row gave no record.
fn count(count: &mut RowCount, estate: Option<EstateId>, outcome: &Outcome) {
    let is_rejected = u64::from(estate.is_none());
    match outcome {
        Outcome::Drawn => count.kept += 1,
        Outcome::Matched { .. } => count.merged += 1,
        Outcome::Excluded(_) => {
            count.excluded += 1;
            count.rejected_set_aside += is_rejected;
        }
        Outcome::Open(_) => {
            count.open += 1;
            count.rejected_open += is_rejected;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::model::Settings;
    use crate::rules::fate::judge;
    use crate::rules::sample::{complete_estate, id, list, list_id, origin, rejected};

    #[test]
    fn each_row_of_a_list_has_its_outcome_and_its_reason() {
        let row = |number: u32, change: fn(&mut Estate)| {
            let mut estate = complete_estate(number);
            estate.origin = origin(1, number);
            change(&mut estate);
            estate
        };
        let estates = [
            row(1, |_| ()),
            row(2, |e| e.boundary = None),
            row(3, |e| e.build_year = None),
            row(4, |e| e.build_year = Some(2008)),
            row(5, |e| {
                let (into, replaced) = (id(1), Vec::new());
                e.standing = Standing::Merged { into, replaced };
            }),
            row(6, |e| e.standing = Standing::PartOf { parent: id(1) }),
            row(7, |e| {
                let reason = "已拆除".to_owned();
                e.standing = Standing::Withdrawn { reason };
            }),
            complete_estate(8),
        ];
        let lists = [list(
            1,
            9,
            vec![rejected(8, Some("合计行")), rejected(9, None)],
        )];
        let survey = Survey::from_parts(estates, [], lists, Settings::default());
        let judgements = judge(&survey, &Catalogue::shipped());
        let reconciliation = reconcile(&survey, &judgements);
        let of_list = reconciliation.list(list_id(1)).unwrap();
        let outcomes: Vec<_> = of_list.rows.iter().map(|row| row.outcome.clone()).collect();
        let into = id(1);
        use RuleId::Year;
        assert_eq!(
            outcomes,
            [
                Outcome::Drawn,
                Outcome::Open(OpenAs::NoBoundary),
                Outcome::Open(OpenAs::Undetermined { rules: vec![Year] }),
                Outcome::Excluded(ExcludedAs::NotRecognised { rules: vec![Year] }),
                Outcome::Matched {
                    into,
                    how: MatchedAs::Same
                },
                Outcome::Matched {
                    into,
                    how: MatchedAs::PartOf
                },
                Outcome::Excluded(ExcludedAs::Withdrawn {
                    reason: "已拆除".into()
                }),
                Outcome::Excluded(ExcludedAs::SetAside {
                    reason: "合计行".into()
                }),
                Outcome::Open(OpenAs::Unreadable),
            ]
        );
        let open: Vec<u32> = of_list.open().map(|row| row.number).collect();
        assert_eq!(open, [2, 3, 9]);
        assert!(reconciliation.adds_up());
        assert_eq!(reconciliation.drawn_here.kept, 1);
    }

    #[test]
    fn a_row_that_vanished_and_a_list_that_is_gone_are_seen() {
        let survey = |of: u8, rows_read| {
            let estate = Estate {
                origin: origin(of, 1),
                ..complete_estate(1)
            };
            let lists = [list(1, rows_read, Vec::new())];
            Survey::from_parts([estate], [], lists, Settings::default())
        };
        for (of, rows_read, adds_up) in [(1, 1, true), (1, 2, false), (7, 0, false)] {
            let survey = survey(of, rows_read);
            let judgements = judge(&survey, &Catalogue::shipped());
            let found = reconcile(&survey, &judgements);
            assert_eq!(found.adds_up(), adds_up, "list {of}, {rows_read} rows");
        }
    }
}
