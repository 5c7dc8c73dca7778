//! What finding duplicates costs and how much of it is right.
//!
//! `cargo bench --bench dedupe` writes surveys of 10,000, 100,000 and 170,000 estates with the
//! generator of `../shared/bench` (their truth is known), searches them, follows single edits, and
//! prints time, memory and score; then the overlap join beside shapely and DuckDB on the same file
//! in the same run; then the real lists of `../shared/testdata`. `JIUGAI_SIZES=10000` takes other
//! sizes and `JIUGAI_SEED=11` another seed. What is not there is said and left out.

// Clippy lets a #[test] unwrap, but not a bench.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod clock;
mod generated;
mod peers;
mod real;

use clock::{Clock, forget_peak, peak_megabytes};
use generated::Workload;
use jiugai::catalogue::Catalogue;
use jiugai::dedupe::normalise::Aliases;
use jiugai::dedupe::place::{self, PlaceRelation};
use jiugai::dedupe::profile::Profile;
use jiugai::dedupe::score::{Counts, Score, World, score};
use jiugai::dedupe::{Index, search};
use jiugai::jobs::evaluate::evaluate_with;
use jiugai::jobs::review_queue::review_queue;
use jiugai::model::{Change, Estate, Survey};
use jiugai::progress::Progress;
use rayon::prelude::*;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use std::sync::Arc;

fn main() {
    let catalogue = Catalogue::shipped();
    let limits = &catalogue.rules.dedupe;
    let sizes = std::env::var("JIUGAI_SIZES").unwrap_or("10000,100000,170000".to_owned());
    let seed = std::env::var("JIUGAI_SEED").unwrap_or("7".to_owned());
    let threads = rayon::current_num_threads();
    println!("Finding duplicates on {threads} threads, seed {seed}");
    println!(
        "{:>9} {:>10} {:>10} {:>11} {:>10} {:>10} {:>10} {:>9}",
        "estates", "search s", "CPU s", "overlap s", "CPU s", "edit ms", "compared", "peak MB"
    );
    let mut scores = Vec::new();
    let mut largest = None;
    for size in sizes.split(',').filter_map(|size| size.trim().parse().ok()) {
        match Workload::of(size, &seed) {
            Ok(workload) => {
                scores.push((size, run(&workload, &catalogue)));
                largest = Some(workload);
            }
            Err(why) => println!("{size:>9} left out: {why}"),
        }
    }
    for (size, score) in &scores {
        println!("\nOf {size} estates, every true pair known:");
        print_score(score);
    }
    if let Some(workload) = largest {
        peers::print(&workload);
    }
    real::print(limits);
}

/// Prints what one survey costs, and gives how much was right.
fn run(workload: &Workload, catalogue: &Catalogue) -> Score {
    let limits = &catalogue.rules.dedupe;
    let survey = workload.survey();
    forget_peak();
    let clock = Clock::start();
    let found = search(&survey, limits, &Progress::default()).unwrap();
    let searched = clock.stop();
    let memory = peak_megabytes();
    let aliases = Aliases::default();
    let profiles: Vec<_> = survey
        .counted()
        .map(|estate| Profile::of(estate, &aliases))
        .collect();
    let clock = Clock::start();
    let overlaps = overlap_join(&profiles, limits.touch_m);
    let joined = clock.stop();
    drop(profiles);
    let edit_ms = slowest_edit_ms(survey.clone(), catalogue);
    println!(
        "{:>9} {:>10.2} {:>10.2} {:>11.3} {:>10.3} {:>10.2} {:>10} {:>9}",
        survey.estates().len(),
        searched.wall,
        searched.cpu,
        joined.wall,
        joined.cpu,
        edit_ms,
        found.compared,
        memory,
    );
    assert!(overlaps > 0);
    score(&survey, &found.candidates, &workload.known, World::Closed)
}

/// How many pairs of outlines have an IoU of 0.3 or more: what the peers are asked too.
fn overlap_join(profiles: &[Profile], touch_m: f64) -> usize {
    type Item = GeomWithData<Rectangle<[f64; 2]>, u32>;
    let envelope = |profile: &Profile| {
        let bounds = profile.bounds().unwrap();
        (bounds.min().into(), bounds.max().into())
    };
    let items = profiles.iter().zip(0u32..).map(|(profile, at)| {
        let (lower, upper) = envelope(profile);
        Item::new(Rectangle::from_corners(lower, upper), at)
    });
    let tree: RTree<Item> = RTree::bulk_load(items.collect());
    let of = |at: usize| {
        let (lower, upper) = envelope(&profiles[at]);
        let around = tree.locate_in_envelope_intersecting(AABB::from_corners(lower, upper));
        around
            .filter(|item| item.data as usize > at)
            .filter(|item| {
                let relation =
                    place::relation(&profiles[at], &profiles[item.data as usize], touch_m);
                matches!(relation, PlaceRelation::Overlap { iou, .. } if iou >= 0.3)
            })
            .count()
    };
    (0..profiles.len()).into_par_iter().map(of).sum()
}

/// The slowest of some edits: each renames an estate and brings the queue of the review up to date.
fn slowest_edit_ms(mut survey: Survey, catalogue: &Catalogue) -> f64 {
    let limits = &catalogue.rules.dedupe;
    let mut index = Index::new(&survey, limits, &Progress::default()).unwrap();
    let known = |index: &Index| index.search().candidates.clone();
    let mut evaluation = evaluate_with(
        known(&index),
        &survey,
        catalogue,
        jiff::civil::date(2026, 11, 29),
    );
    let step = survey.estates().len() / 50;
    let ids: Vec<_> = survey
        .estates()
        .step_by(step.max(1))
        .map(|it| it.id)
        .collect();
    let mut slowest: f64 = 0.0;
    for (id, other) in ids.iter().zip(ids.iter().rev()) {
        let before = survey.estate(*id).unwrap().clone();
        let name = survey.estate(*other).unwrap().name.clone();
        let after = Arc::new(Estate {
            name,
            ..(*before).clone()
        });
        survey.apply(&[Change::Estate {
            id: *id,
            before: Some(before),
            after: Some(after),
        }]);
        let clock = Clock::start();
        index.update(&survey, [*id], limits);
        evaluation.take_candidates(&survey, known(&index));
        let queue = review_queue(&survey, &evaluation);
        slowest = slowest.max(clock.stop().wall * 1000.0);
        assert!(!queue.pairs.is_empty());
    }
    slowest
}

fn print_score(score: &Score) {
    let line = |name: &str, counts: &Counts| {
        let text = |share: Option<f64>| share.map_or("-".to_owned(), |it| format!("{it:.4}"));
        println!(
            "  {name:42} precision {:>6}  recall {:>6}  F1 {:>6}  raised {:>6}",
            text(counts.precision()),
            text(counts.recall()),
            text(counts.f1()),
            text(counts.candidate_recall()),
        );
    };
    line("merged (SAME, SPLIT)", &score.merged);
    line("counted once (PART_OF as well)", &score.counted_once);
    line("merged, names equal", &score.equal_names);
    line("merged, names not equal", &score.other_names);
    for (kind, suggestions) in &score.by_kind {
        println!("  {kind:42} {}", verdicts(suggestions));
    }
}

fn verdicts(
    suggestions: &std::collections::BTreeMap<Option<jiugai::model::Verdict>, usize>,
) -> String {
    let parts = suggestions.iter().map(|(verdict, count)| match verdict {
        Some(verdict) => format!("{verdict:?} {count}"),
        None => format!("not raised {count}"),
    });
    parts.collect::<Vec<_>>().join(", ")
}
