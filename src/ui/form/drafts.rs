//! Texts that are being typed: not in the survey yet, and kept beside it so that a crash loses none.

use super::typed::{self, TypedProblem};
use crate::edit::Command;
use crate::model::{EstateId, Field, Survey};
use crate::ui::action::Action;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where a text is typed: the records that are selected, and the field.
pub type DraftKey = (Arc<[EstateId]>, Field);

/// Text in a field that the survey does not hold yet.
pub struct Draft {
    pub text: String,
    /// Set once the text was to become a value and could not.
    pub problem: Option<TypedProblem>,
}

/// Every text that is being typed.
#[derive(Default)]
pub struct Drafts {
    drafts: BTreeMap<DraftKey, Draft>,
    /// Counts the changes, for whoever keeps the drafts.
    changes: u64,
}

/// A draft as the survey file keeps it.
#[derive(Serialize, Deserialize)]
struct Kept {
    estates: Vec<EstateId>,
    field: Field,
    text: String,
}

impl Drafts {
    pub fn get(&self, key: &DraftKey) -> Option<&Draft> {
        self.drafts.get(key)
    }

    pub fn insert(&mut self, key: DraftKey, text: String) {
        self.changes += 1;
        let problem = None;
        self.drafts.insert(key, Draft { text, problem });
    }

    pub fn remove(&mut self, key: &DraftKey) {
        if self.drafts.remove(key).is_some() {
            self.changes += 1;
        }
    }

    /// Whether a text is being typed that nobody has tried to make a value of.
    pub fn is_typing(&self) -> bool {
        self.drafts.values().any(|draft| draft.problem.is_none())
    }

    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// The drafts that are still being typed for other records than `ids`.
    pub fn left_behind(&self, ids: &[EstateId]) -> Vec<DraftKey> {
        let typing = self
            .drafts
            .iter()
            .filter(|(_, draft)| draft.problem.is_none());
        typing
            .map(|(key, _)| key.clone())
            .filter(|(estates, _)| **estates != *ids)
            .collect()
    }

    /// Turns every text into the command it means. Texts that are no value stay.
    pub fn commit_all(&mut self, survey: &Survey) -> Vec<Action> {
        let keys: Vec<_> = self.drafts.keys().cloned().collect();
        keys.into_iter()
            .filter_map(|key| self.commit(&key, survey))
            .collect()
    }

    /// The command that a text means, where it changes anything. Text that is no value stays,
    /// with the reason.
    pub fn commit(&mut self, key: &DraftKey, survey: &Survey) -> Option<Action> {
        let (estates, field) = key;
        let draft = self.drafts.get_mut(key)?;
        match typed::parse(field, &draft.text) {
            Ok(value) => {
                self.remove(key);
                let mut held = estates.iter().filter_map(|id| survey.estate(*id));
                held.any(|estate| estate.get(field) != value).then(|| {
                    Action::Edit(Command::SetField {
                        estates: estates.to_vec(),
                        field: *field,
                        value,
                    })
                })
            }
            Err(problem) => {
                draft.problem = Some(problem);
                None
            }
        }
    }

    /// The drafts as text for the survey file; `None` where nothing is being typed.
    pub fn to_kept(&self) -> Option<String> {
        let kept: Vec<_> = self
            .drafts
            .iter()
            .map(|((estates, field), draft)| Kept {
                estates: estates.to_vec(),
                field: *field,
                text: draft.text.clone(),
            })
            .collect();
        match kept.is_empty() {
            true => None,
            false => serde_json::to_string(&kept).ok(),
        }
    }

    /// Takes up what `to_kept` gave, but for records that are gone. Returns the field that was
    /// being typed in, or else one whose text was no value.
    pub fn take_up(&mut self, kept: &str, survey: &Survey) -> Option<DraftKey> {
        let kept: Vec<Kept> = serde_json::from_str(kept).ok()?;
        let mut at: Option<DraftKey> = None;
        for Kept {
            estates,
            field,
            text,
        } in kept
        {
            if estates.is_empty() || estates.iter().any(|id| survey.estate(*id).is_none()) {
                continue;
            }
            let problem = typed::parse(&field, &text).err();
            let key: DraftKey = (estates.into(), field);
            if at.is_none() || problem.is_none() {
                at = Some(key.clone());
            }
            self.drafts.insert(key, Draft { text, problem });
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Estate, Value};
    use crate::ui::test_bench::id;

    fn survey() -> Survey {
        Survey::from_parts([Estate::new(id(1))], [], [], Default::default())
    }

    #[test]
    fn what_was_kept_comes_back_where_it_was_typed() {
        let survey = survey();
        let key = |number, field| -> DraftKey { ([id(number)].into(), field) };
        let mut drafts = Drafts::default();
        drafts.insert(key(1, Field::Households), "很多".into());
        drafts.insert(key(1, Field::Name), "洪都新".into());
        drafts.insert(key(9, Field::Name), "gone".into());
        assert_eq!(drafts.commit(&key(1, Field::Households), &survey), None);

        let kept = drafts.to_kept().unwrap();
        let mut back = Drafts::default();
        let at = back.take_up(&kept, &survey);
        assert_eq!(at, Some(key(1, Field::Name)), "the one that is no mistake");
        assert!(
            back.get(&key(1, Field::Households))
                .unwrap()
                .problem
                .is_some()
        );
        assert!(back.get(&key(9, Field::Name)).is_none());
        let wanted = Action::Edit(Command::SetField {
            estates: vec![id(1)],
            field: Field::Name,
            value: Some(Value::Text("洪都新".into())),
        });
        assert_eq!(back.commit_all(&survey), [wanted]);
    }

    #[test]
    fn spoilt_or_empty_keeping_is_no_obstacle() {
        assert_eq!(Drafts::default().to_kept(), None);
        assert_eq!(Drafts::default().take_up("{", &survey()), None);
    }
}
