//! X1, «已纳入城镇棚改计划» (三(一)): what a shanty-town list names is likely to be excluded. The
//! program suggests it and never sets it: a list may be a plan that came to nothing.

use crate::model::{Estate, EstateId, Exclusion, ListId, ListKind, Standing, Survey};

/// A record that a shanty-town list names and that is not excluded as such.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShantyListed {
    /// The record that counts for the row.
    pub estate: EstateId,
    pub list: ListId,
    /// The row itself, where it was matched to another record.
    pub row: EstateId,
}

/// What X1 is suggested for, by the record that it would be set on.
pub fn shanty_listed(survey: &Survey) -> Vec<ShantyListed> {
    let is_shanty = |list: ListId| {
        let list = survey.list(list);
        list.is_some_and(|list| list.kind == ListKind::ShantyPlan)
    };
    let mut listed: Vec<_> = survey
        .estates()
        .filter_map(|row| {
            let list = row.origin.as_ref()?.list;
            let estate = survey.estate(survey.root(row.id))?;
            (is_shanty(list) && lacks_exclusion(estate)).then_some(ShantyListed {
                estate: estate.id,
                list,
                row: row.id,
            })
        })
        .collect();
    listed.sort_unstable();
    listed
}

fn lacks_exclusion(estate: &Estate) -> bool {
    let excluded = estate.exclusions.as_ref();
    let has_it = excluded.is_some_and(|given| given.contains(&Exclusion::ShantyPlan));
    matches!(estate.standing, Standing::Counted) && !has_it
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Settings;
    use crate::rules::sample::{complete_estate, id, list, list_id, origin};

    /// Row 1 of a list of this kind merged into estate 3, row 2 on its own.
    fn survey(kind: ListKind, change: fn(&mut Estate)) -> Survey {
        let merged = Standing::Merged {
            into: id(3),
            replaced: Vec::new(),
        };
        let mut estates = [
            Estate {
                origin: origin(1, 1),
                standing: merged,
                ..complete_estate(1)
            },
            Estate {
                origin: origin(1, 2),
                ..complete_estate(2)
            },
            complete_estate(3),
        ];
        change(&mut estates[2]);
        let mut lists = [list(1, 2, Vec::new())];
        lists[0].kind = kind;
        Survey::from_parts(estates, [], lists, Settings::default())
    }

    #[test]
    fn a_shanty_town_list_suggests_x1_for_what_its_rows_match_and_for_no_other_list() {
        let found = |kind, change: fn(&mut Estate)| -> Vec<EstateId> {
            let listed = shanty_listed(&survey(kind, change)).into_iter();
            listed.map(|listed| listed.estate).collect()
        };
        assert_eq!(found(ListKind::ShantyPlan, |_| ()), [id(2), id(3)]);
        for kind in [ListKind::Other, ListKind::HousingBureau] {
            assert_eq!(found(kind, |_| ()), []);
        }
        // A person agreed, or took the record out altogether.
        let agreed = |estate: &mut Estate| {
            estate.exclusions = Some([Exclusion::ShantyPlan].into());
        };
        assert_eq!(found(ListKind::ShantyPlan, agreed), [id(2)]);
        let withdrawn = |estate: &mut Estate| {
            let reason = "已拆除".to_owned();
            estate.standing = Standing::Withdrawn { reason };
        };
        assert_eq!(found(ListKind::ShantyPlan, withdrawn), [id(2)]);
        let survey = survey(ListKind::ShantyPlan, |_| ());
        let listed = shanty_listed(&survey)[1];
        assert_eq!((listed.row, listed.list), (id(1), list_id(1)));
        assert_eq!(survey.estate(id(3)).unwrap().exclusions, Some([].into()));
    }
}
