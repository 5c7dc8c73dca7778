//! `delta.csv`: by itself what the library says, and against the release before what the two differ
//! by.

use super::super::delta::{self, Gone, Kind, Line, NAME, cell};
use super::super::previous::{self, Previous};
use super::super::reading::Sheet;
use super::{Figure, Looked, VerifyProblem};
use std::collections::{BTreeMap, BTreeSet};

impl Looked<'_> {
    pub(super) fn delta_itself(&mut self) {
        let Some(entry) = &self.manifest.delta else {
            return;
        };
        let Some(lines) = self.delta.take() else {
            return;
        };
        let found = delta::counts(&lines, self.manifest.counts.estates);
        let expected = entry.counts;
        for (figure, found, expected) in [
            (Figure::Added, found.added, expected.added),
            (Figure::Changed, found.changed, expected.changed),
            (Figure::Withdrawn, found.withdrawn, expected.withdrawn),
            (Figure::MergedInto, found.merged, expected.merged),
            (Figure::PartOf, found.part_of, expected.part_of),
            (Figure::Unchanged, found.unchanged, expected.unchanged),
        ] {
            self.compare(NAME, figure, found, expected);
        }
        // Before + added − gone = now.
        let gone = [found.withdrawn, found.merged, found.part_of];
        let before = entry.previous.estates.saturating_add(found.added);
        let now = gone.into_iter().fold(before, u64::saturating_sub);
        self.compare(NAME, Figure::Estates, now, self.manifest.counts.estates);
        self.rows_agree(&lines);
        self.delta = Some(lines);
    }

    /// What is there says what the library says; what is gone is not there.
    fn rows_agree(&mut self, lines: &[Line]) {
        let Some((file, library)) = self.library.take() else {
            return;
        };
        let features = library.by_id();
        let fates = self.fates();
        for (line, row) in lines.iter().zip(2..) {
            let fits = match features.get(line.id.as_str()) {
                None => line.kind.is_gone(),
                Some(feature) => {
                    let properties = feature.properties();
                    let value = |key: &str| cell(properties.get(key));
                    let is_geometry = line.field == delta::GEOMETRY;
                    !line.kind.is_gone()
                        && value("lib_no") == line.lib_no
                        && (line.field.is_empty()
                            || is_geometry
                            || value(&line.field) == line.after)
                }
            };
            if !fits {
                self.contradicts(NAME, row, &line.name, &file);
            }
            let told = fates.get(&line.id).filter(|_| line.kind.is_gone());
            if let Some((other, _)) = told.filter(|(_, fate)| !fate.fits(line)) {
                self.contradicts(NAME, row, &line.name, other);
            }
            let counts_it = features.get(line.gone.into.as_str());
            let number = counts_it.map(|feature| cell(feature.properties().get("lib_no")));
            if number.is_some_and(|number| number != line.gone.into_lib_no) {
                self.contradicts(NAME, row, &line.name, &file);
            }
        }
        self.library = Some((file, library));
    }

    /// What the tables say of records that are not in the library.
    fn fates(&self) -> BTreeMap<String, (&'static str, Fate)> {
        let mut fates = BTreeMap::new();
        for row in self.rows.iter().flat_map(Sheet::rows) {
            if row.cell("fate") == "merged" {
                let fate = Fate::Merged(row.cell("into").to_owned());
                fates.insert(row.cell("id").to_owned(), ("rows.csv", fate));
            }
        }
        for row in self.excluded.iter().flat_map(Sheet::rows) {
            let fate = Fate::Excluded(row.cell("why").to_owned());
            fates.insert(row.cell("id").to_owned(), ("excluded.csv", fate));
        }
        fates
    }

    pub(super) fn delta_since(&mut self, previous: &Previous) {
        self.numbers_given_once(previous);
        let entry = self.manifest.delta.as_ref();
        if entry.is_none_or(|entry| entry.previous.manifest_sha256 != previous.manifest_sha256) {
            return self.say(VerifyProblem::OtherPrevious);
        }
        let (Some((file, library)), Some(lines)) = (self.library.take(), self.delta.take()) else {
            return;
        };
        if entry.is_some_and(|entry| {
            (entry.previous.as_of, entry.previous.estates)
                != (previous.manifest.as_of, previous.manifest.counts.estates)
        }) {
            self.say(VerifyProblem::OtherPrevious);
        }
        // Why an estate is gone only the survey knows: that it is gone, the libraries.
        let told: BTreeMap<&str, &Line> = lines
            .iter()
            .filter(|line| line.kind.is_gone())
            .map(|line| (line.id.as_str(), line))
            .collect();
        let became = |id: &str| match told.get(id) {
            Some(line) => (line.kind, line.gone.clone()),
            None => (Kind::Withdrawn, Gone::default()),
        };
        let expected = delta::compare(&previous.library, &library, became);
        let told: BTreeSet<&Line> = lines.iter().collect();
        let differ: BTreeSet<&Line> = expected.iter().collect();
        for line in told.difference(&differ) {
            let (estate, field) = (line.name.clone(), line.what());
            self.say(VerifyProblem::DeltaRowWrong { estate, field });
        }
        for line in differ.difference(&told) {
            let (estate, field) = (line.name.clone(), line.what());
            self.say(VerifyProblem::DeltaRowMissing { estate, field });
        }
        self.library = Some((file, library));
        self.delta = Some(lines);
    }

    fn numbers_given_once(&mut self, previous: &Previous) {
        let Some((file, library)) = self.library.take() else {
            return;
        };
        let tables: Vec<Sheet> = [self.excluded.take(), self.rows.take()]
            .into_iter()
            .flatten()
            .collect();
        for (lib_no, holder) in previous::given(&library, &tables) {
            let before = previous.given.get(&lib_no);
            if let Some(before) = before.filter(|before| before.id != holder.id) {
                self.say(VerifyProblem::NumberReused {
                    lib_no,
                    now: holder.name,
                    before: before.name.clone(),
                });
            }
        }
        self.library = Some((file, library));
    }
}

/// What a table says of a record that is not in the library.
enum Fate {
    /// Into the record with this id.
    Merged(String),
    /// Why.
    Excluded(String),
}

impl Fate {
    fn fits(&self, line: &Line) -> bool {
        match (self, line.kind) {
            (Self::Merged(into), Kind::Merged | Kind::PartOf) => *into == line.gone.into,
            (Self::Excluded(why), Kind::Withdrawn) => *why == line.gone.why,
            _ => false,
        }
    }
}

impl Line {
    /// The field, else what happened.
    fn what(&self) -> String {
        match self.field.is_empty() {
            true => self.kind.key().to_owned(),
            false => self.field.clone(),
        }
    }
}
