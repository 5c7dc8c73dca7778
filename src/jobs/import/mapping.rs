//! Which column feeds which field: guessed, shown, corrected, then kept with the list.

use crate::catalogue::{Headings, Items, Target};
use crate::model::{Crs, Datum, ImportList};

/// A target for every column of a file, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    columns: Vec<(String, Target)>,
}

/// A correction that names something that is not there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    #[error("no field '{field}'")]
    UnknownField { field: String },
    #[error("no column '{column}'")]
    UnknownColumn { column: String, known: Vec<String> },
}

impl FromIterator<(String, Target)> for Mapping {
    fn from_iter<I: IntoIterator<Item = (String, Target)>>(columns: I) -> Self {
        Self {
            columns: columns.into_iter().collect(),
        }
    }
}

impl Mapping {
    /// What the headings say. `declared` chooses among positions given in several systems.
    pub fn guess(columns: &[String], headings: &Headings, declared: Option<Crs>) -> Self {
        let guesses = headings.guess(columns, declared);
        let targets = guesses
            .into_iter()
            .map(|guess| guess.map_or(Target::Ignore, |guess| guess.target));
        Self {
            columns: columns.iter().cloned().zip(targets).collect(),
        }
    }

    /// Corrections as the command line gives them: `(field key, column)`. The column that fed the
    /// field before goes to "other"; so does a column given to the key `ignore`.
    ///
    /// # Errors
    /// [`MappingError`] names the field or the column that does not exist.
    pub fn with_overrides(
        mut self,
        overrides: &[(String, String)],
        items: &Items,
    ) -> Result<Self, MappingError> {
        for (key, column) in overrides {
            let target = Target::given(key, items)
                .ok_or_else(|| MappingError::UnknownField { field: key.clone() })?;
            self.set(column, target)?;
        }
        Ok(self)
    }

    /// Gives `column` to `target`, and takes the target from the column that had it.
    ///
    /// # Errors
    /// [`MappingError::UnknownColumn`].
    pub fn set(&mut self, column: &str, target: Target) -> Result<(), MappingError> {
        if !self.columns.iter().any(|(name, _)| name == column) {
            return Err(MappingError::UnknownColumn {
                column: column.to_owned(),
                known: self.columns.iter().map(|(name, _)| name.clone()).collect(),
            });
        }
        for (name, current) in &mut self.columns {
            if name == column {
                *current = target;
            } else if *current == target {
                *current = Target::Ignore;
            }
        }
        Ok(())
    }

    /// The same with what was answered before, where the file has those columns.
    pub fn answered(mut self, answers: &[(String, Target)]) -> Self {
        for (column, target) in answers {
            // A column that is not there has no answer to keep.
            let _ = self.set(column, *target);
        }
        self
    }

    /// `(column, target)` of every column that fed something when a list was imported.
    pub fn of_list(list: &ImportList) -> Vec<(String, Target)> {
        let columns = list.mapping.iter();
        columns
            .filter_map(|(key, column)| Some((column.clone(), Target::from_key(key)?)))
            .collect()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, Target)> {
        self.columns
            .iter()
            .map(|(name, target)| (name.as_str(), *target))
    }

    /// What `column` is for; [`Target::Ignore`] where the file had no such column.
    pub fn target(&self, column: &str) -> Target {
        self.iter()
            .find(|(name, _)| *name == column)
            .map_or(Target::Ignore, |(_, target)| target)
    }

    pub fn has(&self, target: Target) -> bool {
        self.iter().any(|(_, t)| t == target)
    }

    /// The datum that the heading of the longitude column names: to be shown beside the datum
    /// that was declared.
    pub fn datum_hint(&self, headings: &Headings) -> Option<Datum> {
        let (column, _) = self.iter().find(|(_, target)| *target == Target::Lon)?;
        headings.datum_hint(column)
    }

    /// `(field key, column)` of every column that feeds something, as the list keeps it.
    pub(super) fn record(&self) -> Vec<(String, String)> {
        self.iter()
            .filter(|(_, target)| *target != Target::Ignore)
            .map(|(column, target)| (target.key(), column.to_owned()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::model::Field;

    fn mapping(columns: &[&str]) -> Mapping {
        let columns: Vec<String> = columns.iter().map(|c| (*c).to_owned()).collect();
        Mapping::guess(&columns, &Catalogue::shipped().headings, None)
    }

    fn with(mapping: Mapping, overrides: &[(&str, &str)]) -> Result<Mapping, MappingError> {
        let overrides: Vec<_> = overrides
            .iter()
            .map(|(key, column)| ((*key).to_owned(), (*column).to_owned()))
            .collect();
        mapping.with_overrides(&overrides, &Catalogue::shipped().items)
    }

    #[test]
    fn a_correction_takes_the_field_from_the_guessed_column() {
        let guessed = mapping(&["小区名称", "曾叫", "电"]);
        assert!(guessed.has(Target::Field(Field::Name)));
        let corrected = with(guessed, &[("name", "曾叫"), ("gap.C09", "电")]).unwrap();
        let targets: Vec<_> = corrected.iter().map(|(c, t)| (c, t.key())).collect();
        let expected = [("小区名称", "ignore"), ("曾叫", "name"), ("电", "gap.C09")];
        assert_eq!(targets, expected.map(|(c, t)| (c, t.to_owned())));
        assert_eq!(corrected.record()[0], ("name".into(), "曾叫".into()));
    }

    #[test]
    fn a_correction_that_names_nothing_is_refused() {
        for field in ["telephone", "gap.C99", "gap.x", "geometry", ""] {
            let field = field.to_owned();
            assert_eq!(
                with(mapping(&["a"]), &[(&field, "a")]),
                Err(MappingError::UnknownField { field })
            );
        }
        assert_eq!(
            with(mapping(&["a"]), &[("name", "b")]),
            Err(MappingError::UnknownColumn {
                column: "b".into(),
                known: vec!["a".into()]
            })
        );
    }
}
