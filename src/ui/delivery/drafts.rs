//! Texts that are being typed on the project page: not in the survey yet. A text becomes a change
//! when its box is left; one that is no value, or that the survey refuses, stays with the reason.

use super::change::ProjectChange;
use super::slot::{Lines, Slot};
use super::typed::TypedProblem;
use crate::model::{EstateId, Project, Survey};
use std::collections::BTreeMap;

/// A text that the survey does not hold yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub text: String,
    pub problem: Option<TypedProblem>,
}

/// Every text that is being typed.
#[derive(Default)]
pub struct Drafts {
    drafts: BTreeMap<(EstateId, Slot), Draft>,
}

impl Drafts {
    pub fn get(&self, estate: EstateId, slot: Slot) -> Option<&Draft> {
        self.drafts.get(&(estate, slot))
    }

    pub fn insert(&mut self, estate: EstateId, slot: Slot, text: String) {
        let problem = None;
        self.drafts.insert((estate, slot), Draft { text, problem });
    }

    pub fn remove(&mut self, estate: EstateId, slot: Slot) {
        self.drafts.remove(&(estate, slot));
    }

    /// The survey did not take the text: it comes back with the reason.
    pub fn give_back(&mut self, estate: EstateId, slot: Slot, text: String, why: TypedProblem) {
        let problem = Some(why);
        self.drafts.insert((estate, slot), Draft { text, problem });
    }

    /// Whether a text is being typed that nobody has tried to make a value of: Ctrl+Z is the text
    /// box's then.
    pub fn is_typing(&self) -> bool {
        self.drafts.values().any(|draft| draft.problem.is_none())
    }

    /// Takes the text out as the change that it means. One that is no value stays, with the
    /// reason; one that says what the survey says is gone.
    pub fn commit(
        &mut self,
        estate: EstateId,
        slot: Slot,
        survey: &Survey,
    ) -> Option<ProjectChange> {
        let draft = self.drafts.get_mut(&(estate, slot))?;
        let held = held(survey, estate);
        let mut changed = held.clone();
        if let Err(problem) = slot.set(&mut changed, &draft.text) {
            draft.problem = Some(problem);
            return None;
        }
        let draft = self.drafts.remove(&(estate, slot))?;
        (changed != held).then_some(ProjectChange::Type(slot, draft.text))
    }

    /// The texts still being typed that are not of `estate`: their boxes are gone.
    pub fn left_behind(&self, estate: Option<EstateId>) -> Vec<(EstateId, Slot)> {
        let waiting = self
            .drafts
            .iter()
            .filter(|((of, _), draft)| draft.problem.is_none() && Some(*of) != estate);
        waiting.map(|(key, _)| *key).collect()
    }

    /// A line is gone: what was typed in it goes with it, and the lines after it move up.
    pub fn line_removed(&mut self, estate: EstateId, lines: Lines, removed: usize) {
        let drafts = std::mem::take(&mut self.drafts);
        let moved = drafts.into_iter().filter_map(|((of, slot), draft)| {
            let slot = match slot.line() {
                Some((of_lines, line)) if of == estate && of_lines == lines => {
                    match line.cmp(&removed) {
                        std::cmp::Ordering::Less => slot,
                        std::cmp::Ordering::Equal => return None,
                        std::cmp::Ordering::Greater => slot.in_line(line - 1),
                    }
                }
                _ => slot,
            };
            Some(((of, slot), draft))
        });
        self.drafts = moved.collect();
    }
}

/// The project as the survey has it; one of which nothing is known where it has none.
pub fn held(survey: &Survey, estate: EstateId) -> Project {
    match survey.project(estate) {
        Some(project) => (**project).clone(),
        None => Project::new(estate),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Estate, FundingSource, Yuan};
    use crate::ui::delivery::slot::{FundingText, ItemText};
    use crate::ui::test_bench::id;

    fn survey() -> Survey {
        Survey::from_parts([Estate::new(id(1))], [], [], Default::default())
    }

    #[test]
    fn a_text_that_is_no_value_stays_and_one_that_changes_nothing_is_gone() {
        let survey = survey();
        let mut drafts = Drafts::default();
        drafts.insert(id(1), Slot::Year, "二七".into());
        assert!(drafts.is_typing());
        assert_eq!(drafts.commit(id(1), Slot::Year, &survey), None);
        let draft = drafts.get(id(1), Slot::Year).unwrap();
        assert_eq!(draft.text, "二七");
        assert_eq!(draft.problem, Some(TypedProblem::NoYear));
        assert!(!drafts.is_typing());

        drafts.insert(id(1), Slot::Note, "  ".into());
        assert_eq!(drafts.commit(id(1), Slot::Note, &survey), None);
        assert_eq!(drafts.get(id(1), Slot::Note), None);

        drafts.insert(id(1), Slot::Year, "2027年".into());
        let change = drafts.commit(id(1), Slot::Year, &survey).unwrap();
        let mut project = Project::new(id(1));
        change.apply(&mut project).unwrap();
        assert_eq!(project.year, Some(2027));
    }

    #[test]
    fn what_was_typed_moves_with_its_line() {
        let mut drafts = Drafts::default();
        let cost = |line| Slot::Item(line, ItemText::Cost);
        for line in 0..3 {
            drafts.insert(id(1), cost(line), line.to_string());
        }
        drafts.insert(id(2), cost(2), "other estate".into());
        let note = Slot::Funding(2, FundingText::Note);
        drafts.insert(id(1), note, "other lines".into());
        drafts.line_removed(id(1), Lines::Content, 1);
        let text = |of: u128, slot| drafts.get(id(of), slot).map(|draft| draft.text.clone());
        assert_eq!(text(1, cost(0)).as_deref(), Some("0"));
        assert_eq!(text(1, cost(1)).as_deref(), Some("2"));
        assert_eq!(text(1, cost(2)), None);
        assert_eq!(text(2, cost(2)).as_deref(), Some("other estate"));
        assert_eq!(text(1, note).as_deref(), Some("other lines"));
    }

    #[test]
    fn an_amount_typed_into_the_blank_line_is_a_line() {
        let survey = survey();
        let mut drafts = Drafts::default();
        let slot = Slot::NewFunding(FundingSource::LocalFiscal);
        drafts.insert(id(1), slot, "120.5".into());
        let change = drafts.commit(id(1), slot, &survey).unwrap();
        let mut project = Project::new(id(1));
        change.apply(&mut project).unwrap();
        assert_eq!(project.funding[0].amount, Yuan(1_205_000));
        assert_eq!(drafts.get(id(1), slot), None);
    }
}
