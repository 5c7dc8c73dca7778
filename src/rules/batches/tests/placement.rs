//! A person puts an estate into a batch.

use super::*;
use crate::model::Placement;
use crate::rules::recognition::RecognitionVerdict;

fn by_hand(candidate: Candidate, batch: Batch) -> Candidate {
    Candidate {
        placement: Some(Placement {
            year: YEAR,
            batch,
            by: "住建局 王工".into(),
            reason: "外墙脱落".into(),
            at: jiff::Timestamp::UNIX_EPOCH,
        }),
        ..candidate
    }
}

#[test]
fn a_person_may_put_one_before_the_ranking_within_the_limit() {
    let candidates = [
        ready(1, 90.0, 500),
        by_hand(ready(2, 10.0, 400), Batch::Implement),
        by_hand(ready(3, 80.0, 100), Batch::Reserve),
    ];
    let plan = fill(&candidates, YEAR, &in_yuan(Some(600), None), &pack());
    assert_eq!(
        implemented(&plan),
        [id(2)],
        "what is left is too little for the first"
    );
    let batches: Vec<_> = plan.placed.iter().map(|placed| placed.batch).collect();
    assert_eq!(batches, [Batch::Planned, Batch::Reserve, Batch::Implement]);
    assert_eq!(plan.placed[1].placement, PlacementOutcome::Honoured);
    assert_eq!((plan.used, plan.used_by_hand), (Yuan(400), Yuan(400)));
    assert_eq!(plan.not_honoured().count(), 0);
    // Of another year it says nothing.
    let other = fill(&candidates, YEAR + 1, &in_yuan(Some(600), None), &pack());
    assert_eq!(implemented(&other), [id(1), id(3)]);
    assert!(
        other
            .placed
            .iter()
            .all(|it| it.placement == PlacementOutcome::None)
    );
}

#[test]
fn a_placement_may_go_before_what_is_missing_but_not_before_recognition_or_the_limit() {
    let record = complete_estate(1);
    let without_project = gathered(&record, None, Duplicates::None);
    let place = |candidate: Candidate, budget: &Budget| {
        let placed = fill(
            &[by_hand(candidate, Batch::Implement)],
            YEAR,
            budget,
            &pack(),
        )
        .placed;
        (placed[0].batch, placed[0].placement)
    };
    assert_eq!(
        place(without_project, &in_yuan(Some(0), None)),
        (Batch::Implement, PlacementOutcome::Honoured)
    );
    let refused = |batch, why| {
        (
            batch,
            PlacementOutcome::NotHonoured {
                wanted: Batch::Implement,
                why,
            },
        )
    };
    let dear = || ready(1, 90.0, 501);
    assert_eq!(
        place(dear(), &in_yuan(Some(900), Some(500))),
        refused(
            Batch::Planned,
            PlacementProblem::OverLimit {
                needs: Yuan(501),
                left: Yuan(500)
            }
        )
    );
    assert_eq!(
        place(dear(), &in_yuan(None, None)),
        refused(Batch::Planned, PlacementProblem::LimitUnknown)
    );
    type Change = fn(&mut Estate);
    let changes: [(Change, RecognitionVerdict, Batch); 3] = [
        (
            |e| e.exclusions = Some([Exclusion::Rebuild].into()),
            RecognitionVerdict::NotRecognised,
            Batch::NotAdmitted,
        ),
        (
            |e| counts(e, Some([200, 150, 80])),
            RecognitionVerdict::NotRecognised,
            Batch::Reserve,
        ),
        (
            |e| e.locality = None,
            RecognitionVerdict::Undetermined,
            Batch::Reserve,
        ),
    ];
    for (change, verdict, batch) in changes {
        let mut record = complete_estate(1);
        change(&mut record);
        let candidate = gathered(&record, Some(&ready_project(record.id)), Duplicates::None);
        assert_eq!(
            place(candidate, &in_yuan(Some(9_000_000), None)),
            refused(batch, PlacementProblem::NotRecognised { verdict })
        );
    }
}

#[test]
fn what_may_be_placed_is_asked_before_it_is() {
    let placed = by_hand(ready(2, 10.0, 400), Batch::Implement);
    let candidates = [ready(1, 90.0, 500), placed.clone(), ready(3, 80.0, 201)];
    let plan = fill(&candidates, YEAR, &in_yuan(Some(600), None), &pack());
    let may = |candidate: &Candidate, batch| may_place(candidate, batch, &plan);
    // The 200 left beside what was placed by hand, whatever the ranking took.
    assert_eq!(
        may(&candidates[2], Batch::Implement),
        Err(PlacementProblem::OverLimit {
            needs: Yuan(201),
            left: Yuan(200)
        })
    );
    assert_eq!(may(&ready(4, 1.0, 200), Batch::Implement), Ok(()));
    // Its own money is not in its way.
    assert_eq!(may(&placed, Batch::Implement), Ok(()));
    assert_eq!(may(&candidates[0], Batch::Planned), Ok(()));
    assert_eq!(
        may(&candidates[0], Batch::NotAdmitted),
        Err(PlacementProblem::AdmissionIsNotPlaced)
    );
}
