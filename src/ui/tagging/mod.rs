//! What tagging remembers from one estate to the next: which was tagged last, and what was set.

mod keys;
pub mod values_text;

use crate::edit::Command;
use crate::model::{EditKind, EditLabel, Estate, EstateId, Field, Survey, Value};
use crate::session::{Session, SessionError};
use std::sync::Arc;

/// Enough to find one that is not selected and still counts.
const MOST: usize = 64;

#[derive(Default)]
pub struct Tagging {
    /// The estates that were filled in, the last one at the end.
    tagged: Vec<EstateId>,
    last_set: Option<(Field, Option<Value>)>,
}

impl Tagging {
    /// What the log remembers, so that a new day goes on where the last one ended.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn of_session(session: &Session) -> Result<Self, SessionError> {
        let mut tagging = Self::default();
        let history = session.history()?;
        let done = history
            .iter()
            .filter(|edit| edit.kind == EditKind::Do && fills_in(&edit.label));
        let surplus = done.clone().count().saturating_sub(MOST);
        for edit in done.skip(surplus) {
            tagging.note(&edit.label, session.estates_of(edit.id)?);
        }
        Ok(tagging)
    }

    /// Takes note of what a person did to these estates.
    pub fn note(&mut self, label: &EditLabel, changed: impl IntoIterator<Item = EstateId>) {
        if !fills_in(label) {
            return;
        }
        for id in changed {
            self.tagged.retain(|tagged| *tagged != id);
            self.tagged.push(id);
        }
        let surplus = self.tagged.len().saturating_sub(MOST);
        self.tagged.drain(..surplus);
    }

    /// Takes note of a field that is about to be set.
    pub fn note_command(&mut self, command: &Command) {
        if let Command::SetField { field, value, .. } = command {
            self.last_set = Some((*field, value.clone()));
        }
    }

    /// The estate tagged last that is none of `selection` and counts.
    pub fn tagged_before<'a>(
        &self,
        survey: &'a Survey,
        selection: &[EstateId],
    ) -> Option<&'a Arc<Estate>> {
        let others = self
            .tagged
            .iter()
            .rev()
            .filter(|id| !selection.contains(id));
        others
            .filter_map(|id| survey.estate(*id))
            .find(|estate| estate.standing.is_counted())
    }

    /// The field set last, and its value.
    pub fn last_set(&self) -> Option<&(Field, Option<Value>)> {
        self.last_set.as_ref()
    }
}

/// Whether an edit is tagging, and not drawing, importing or deciding.
fn fills_in(label: &EditLabel) -> bool {
    matches!(
        label,
        EditLabel::SetField { .. }
            | EditLabel::FillIn { .. }
            | EditLabel::Fill { .. }
            | EditLabel::RestIntact { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Standing;
    use crate::ui::test_bench::id;

    #[test]
    fn the_estate_before_is_another_one_that_still_counts() {
        let mut withdrawn = Estate::new(id(3));
        withdrawn.standing = Standing::Withdrawn {
            reason: "已拆除".into(),
        };
        let estates = [Estate::new(id(1)), Estate::new(id(2)), withdrawn];
        let survey = Survey::from_parts(estates, [], [], Default::default());
        let mut tagging = Tagging::default();
        let before = |tagging: &Tagging, selection: &[EstateId]| {
            let found = tagging.tagged_before(&survey, selection);
            found.map(|estate| estate.id)
        };
        assert_eq!(before(&tagging, &[id(1)]), None);
        let name = String::new();
        let filled_in = EditLabel::FillIn { name: name.clone() };
        for number in [2, 1, 3, 9] {
            tagging.note(&filled_in, [id(number)]);
        }
        assert_eq!(before(&tagging, &[id(2)]), Some(id(1)));
        assert_eq!(before(&tagging, &[id(1)]), Some(id(2)));
        assert_eq!(before(&tagging, &[id(1), id(2)]), None);

        let drawn = EditLabel::Draw { name };
        tagging.note(&drawn, [id(2)]);
        assert_eq!(before(&tagging, &[]), Some(id(1)), "drawing is no tagging");
    }
}
