//! What the manifest says by itself: who made it, by which rules, and that its rows add up.

use super::{Figure, Looked, VerifyProblem};
use crate::formats::library::{MANIFEST_FILE, Profile};
use crate::rules::fate::RowCount;

impl Looked<'_> {
    pub(super) fn manifest_itself(&mut self) {
        let manifest = self.manifest;
        let pack = &manifest.rule_pack;
        for (what, is_named) in [
            ("rule_pack", !pack.id.is_empty() && !pack.version.is_empty()),
            (
                "program",
                !manifest.program.name.is_empty() && !manifest.program.version.is_empty(),
            ),
            ("profiles", !manifest.profiles.is_empty()),
            // Releases of format 1 do not name it.
            (
                "division_codes",
                manifest.format_version < 2
                    || manifest
                        .division_codes
                        .as_ref()
                        .is_some_and(|codes| !codes.name.is_empty() && !codes.version.is_empty()),
            ),
        ] {
            if !is_named {
                self.say(VerifyProblem::NotNamed { what });
            }
        }
        self.crs_of_profiles();
        for list in &manifest.reconciled_against {
            if !list.rows.adds_up() {
                let list = Some(list.file_name.clone());
                self.say(VerifyProblem::RowsDoNotAddUp { list });
            }
        }
        let tally = &manifest.tally;
        if !(tally.total.adds_up() && tally.drawn_here.adds_up()) {
            self.say(VerifyProblem::RowsDoNotAddUp { list: None });
        }
        self.lists_give_the_total();
        let kept = tally.total.kept.saturating_add(tally.drawn_here.kept);
        self.compare(
            MANIFEST_FILE,
            Figure::Estates,
            manifest.counts.estates,
            kept,
        );
    }

    fn crs_of_profiles(&mut self) {
        let stored = Profile::Cgcs2000.crs();
        if self.manifest.crs != stored {
            self.say(VerifyProblem::WrongCrs {
                file: MANIFEST_FILE.to_owned(),
                crs: self.manifest.crs.clone(),
            });
        }
        for entry in &self.manifest.profiles {
            let profile = Profile::from_key(&entry.profile);
            let fits = profile.is_some_and(|p| p.file_name() == entry.file && p.crs() == entry.crs);
            if !fits {
                self.say(VerifyProblem::WrongCrs {
                    file: entry.file.clone(),
                    crs: entry.crs.clone(),
                });
            }
        }
    }

    fn lists_give_the_total(&mut self) {
        let lists = &self.manifest.reconciled_against;
        let sum = |figure: fn(&RowCount) -> u64| {
            let figures = lists.iter().map(|list| figure(&list.rows));
            figures.fold(0, u64::saturating_add)
        };
        let total = &self.manifest.tally.total;
        let figures = [
            (Figure::Rows, sum(|rows| rows.rows_in), total.rows_in),
            (Figure::Kept, sum(|rows| rows.kept), total.kept),
            (Figure::Merged, sum(|rows| rows.merged), total.merged),
            (Figure::Excluded, sum(|rows| rows.excluded), total.excluded),
            (Figure::Open, sum(|rows| rows.open), total.open),
            (
                Figure::SetAside,
                sum(|rows| rows.rejected_set_aside),
                total.rejected_set_aside,
            ),
        ];
        for (figure, of_lists, total) in figures {
            self.compare(MANIFEST_FILE, figure, total, of_lists);
        }
    }
}
