//! Many decisions at once, looked at before anybody makes them: what each would do, and which
//! would be refused.

use super::command::{Decide, Refusal};
use super::decide::decide;
use super::divisions;
use super::draft::Draft;
use super::plan::{Ambient, count};
use crate::model::{Change, EditLabel, EstateId, Survey, Verdict};

/// What one decision of many does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Merges {
        kept: EstateId,
        absorbed: EstateId,
    },
    Contains {
        parent: EstateId,
        child: EstateId,
    },
    CountApart,
    LeftUnsure,
    /// The decisions before it made the two one: there is nothing left to decide.
    OneAlready {
        root: EstateId,
    },
}

/// A decision, and what comes of it after those before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposed {
    pub decide: Decide,
    pub outcome: Result<Outcome, Refusal>,
}

/// Decisions that can be made as one edit.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    pub rows: Vec<Proposed>,
    /// Of those that are not refused.
    pub changes: Vec<Change>,
    /// How many are decided by it.
    pub decided: usize,
}

impl Proposal {
    pub fn refused(&self) -> usize {
        let rows = self.rows.iter();
        rows.filter(|row| row.outcome.is_err()).count()
    }

    pub fn label(&self) -> EditLabel {
        EditLabel::DecideMany {
            pairs: count(self.decided),
        }
    }

    /// The changes as made at `now`, some time after they were proposed.
    pub fn changes_at(self, now: jiff::Timestamp) -> Vec<Change> {
        let mut changes = self.changes;
        for change in &mut changes {
            if let Change::Decision {
                after: Some(after), ..
            } = change
            {
                after.decided_at = now;
            }
        }
        changes
    }
}

/// Works out what `decisions` would do one after the other. A refused one is left out, with its
/// reason, and those after it go on without it. `at` hears how far it is, and may stop it.
///
/// # Errors
/// What `at` says.
pub fn propose<E>(
    survey: &Survey,
    decisions: Vec<Decide>,
    ambient: &Ambient,
    mut at: impl FnMut(usize) -> Result<(), E>,
) -> Result<Proposal, E> {
    let mut draft = Draft::new(survey);
    let mut rows = Vec::with_capacity(decisions.len());
    for (index, decide) in decisions.into_iter().enumerate() {
        at(index)?;
        let outcome = one(&mut draft, &decide, ambient);
        rows.push(Proposed { decide, outcome });
    }
    if let Some(map) = &ambient.divisions {
        divisions::fill(&mut draft, map.as_ref());
    }
    let decides = |row: &&Proposed| !matches!(row.outcome, Err(_) | Ok(Outcome::OneAlready { .. }));
    Ok(Proposal {
        decided: rows.iter().filter(decides).count(),
        rows,
        changes: draft.into_changes(),
    })
}

/// Leaves the draft as it was where it refuses: of two records that are not one yet, `decide` has
/// nothing to part, and refuses before it changes anything.
fn one(draft: &mut Draft, choice: &Decide, ambient: &Ambient) -> Result<Outcome, Refusal> {
    let pair = choice.pair;
    draft.estate(pair.a())?;
    draft.estate(pair.b())?;
    let (a, b) = (draft.root(pair.a()), draft.root(pair.b()));
    if a == b {
        return Ok(Outcome::OneAlready { root: a });
    }
    decide(draft, choice, ambient)?;
    let (root, other) = match draft.root(a) == b {
        true => (b, a),
        false => (a, b),
    };
    Ok(match choice.verdict {
        Verdict::Same | Verdict::Split => Outcome::Merges {
            kept: root,
            absorbed: other,
        },
        Verdict::PartOf => Outcome::Contains {
            parent: root,
            child: other,
        },
        Verdict::Phases | Verdict::Distinct => Outcome::CountApart,
        Verdict::Unsure => Outcome::LeftUnsure,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ambient, decide, id, named, run, square, survey};
    use super::*;
    use crate::edit::{Command, plan};
    use crate::model::{Pair, Standing};

    fn same(a: u128, b: u128) -> Decide {
        Decide::new(Pair::new(id(a), id(b)).unwrap(), Verdict::Same)
    }

    fn proposed(survey: &Survey, decisions: &[Decide]) -> Proposal {
        let never = |_| Ok::<(), std::convert::Infallible>(());
        propose(survey, decisions.to_vec(), &ambient(), never).unwrap()
    }

    fn four() -> Survey {
        survey((1..=4).map(|number| named(number, &format!("小区{number}"))))
    }

    #[test]
    fn a_refused_decision_is_listed_with_its_reason_and_leaves_no_trace() {
        let mut survey = four();
        run(&mut survey, decide(1, 3, Verdict::Distinct)).unwrap();
        let proposal = proposed(&survey, &[same(1, 2), same(2, 3), same(3, 4)]);
        let outcomes: Vec<_> = proposal
            .rows
            .iter()
            .map(|row| row.outcome.clone())
            .collect();
        let merges = |kept, absorbed| {
            let (kept, absorbed) = (id(kept), id(absorbed));
            Ok(Outcome::Merges { kept, absorbed })
        };
        let refusal = Refusal::DecidedDifferent {
            a: "小区1".into(),
            b: "小区3".into(),
        };
        assert_eq!(outcomes, [merges(1, 2), Err(refusal), merges(3, 4)]);
        assert_eq!((proposal.decided, proposal.refused()), (2, 1));
        let decisions = vec![same(1, 2), same(3, 4)];
        let alone = plan(&survey, Command::DecideMany { decisions }, &ambient()).unwrap();
        assert_eq!(proposal.changes, alone.changes);
        assert_eq!(proposal.label(), alone.label);
        // Without the first nothing is in the way of the second.
        let proposal = proposed(&survey, &[same(2, 3)]);
        assert_eq!(proposal.rows[0].outcome, merges(2, 3));
    }

    #[test]
    fn the_third_side_of_a_triangle_is_one_already() {
        let survey = four();
        let proposal = proposed(&survey, &[same(1, 2), same(1, 3), same(2, 3)]);
        let root = id(1);
        assert_eq!(proposal.rows[2].outcome, Ok(Outcome::OneAlready { root }));
        assert_eq!((proposal.decided, proposal.refused()), (2, 0));
    }

    #[test]
    fn the_larger_contains_the_smaller_and_all_is_one_edit() {
        let mut court = named(1, "玫瑰苑");
        court.boundary = Some(square(115.0, 28.0, 0.001));
        let mut garden = named(2, "洪都花园");
        garden.boundary = Some(square(115.0, 28.0, 0.004));
        let mut survey = survey([court, garden, named(3, "北门"), named(4, "北门")]);
        let part_of = Decide::new(Pair::new(id(1), id(2)).unwrap(), Verdict::PartOf);
        let proposal = proposed(&survey, &[part_of, same(3, 4)]);
        let (parent, child) = (id(2), id(1));
        let contains = Outcome::Contains { parent, child };
        assert_eq!(proposal.rows[0].outcome, Ok(contains));
        let label = proposal.label();
        let later = jiff::Timestamp::from_second(60).unwrap();
        let changes = proposal.changes_at(later);
        run(&mut survey, Command::Apply { label, changes }).unwrap();
        assert_eq!(survey.counted().count(), 2);
        let child = survey.estate(id(1)).unwrap();
        assert_eq!(child.standing, Standing::PartOf { parent });
        assert!(survey.decisions().all(|it| it.decided_at == later));
    }

    #[test]
    fn whoever_listens_can_stop_it() {
        let stopped = propose(&four(), vec![same(1, 2)], &ambient(), |_| Err("stop"));
        assert_eq!(stopped, Err("stop"));
    }
}
