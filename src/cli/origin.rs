//! How files of pairs name a record: by its publisher and the publisher's key.

use crate::model::{Estate, EstateId, Survey};
use std::collections::BTreeMap;

/// A record's publisher and key. Where the list named none: the list's file and the row; for a
/// record drawn here: nothing, and its own key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct OriginName {
    pub source: String,
    pub id: String,
}

impl OriginName {
    pub fn of(survey: &Survey, estate: &Estate) -> Self {
        let Some(origin) = &estate.origin else {
            return Self {
                source: String::new(),
                id: estate.id.to_string(),
            };
        };
        let source = match (origin.source.as_str(), survey.list(origin.list)) {
            ("", Some(list)) => list.file_name.clone(),
            (source, _) => source.to_owned(),
        };
        let id = match origin.source_id.as_str() {
            "" => origin.row.to_string(),
            id => id.to_owned(),
        };
        Self { source, id }
    }
}

/// Every record by the name that files give it.
pub(super) struct Directory {
    records: BTreeMap<OriginName, Vec<EstateId>>,
}

/// Why a name leads to no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotFound {
    Unknown,
    /// Several records carry it; guessing which is meant could merge the wrong ones.
    Ambiguous,
}

impl Directory {
    pub fn of(survey: &Survey) -> Self {
        let mut records: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for estate in survey.estates() {
            let name = OriginName::of(survey, estate);
            records.entry(name).or_default().push(estate.id);
        }
        Self { records }
    }

    /// The record that a person means by `text`: its key, `source:id`, the publisher's id alone, or
    /// its name, whichever one record answers to.
    pub fn find_said(&self, survey: &Survey, text: &str) -> Result<EstateId, NotFound> {
        let one = |ids: Vec<EstateId>| match ids[..] {
            [id] => Ok(id),
            [] => Err(NotFound::Unknown),
            _ => Err(NotFound::Ambiguous),
        };
        let by_key = survey.estates().filter(|it| it.id.to_string() == text);
        let by_id = self.records.iter().filter(|(name, _)| name.id == text);
        let by_source = text.rsplit_once([':', '：']).and_then(|(source, id)| {
            let name = OriginName {
                source: source.to_owned(),
                id: id.to_owned(),
            };
            self.records.get(&name).cloned()
        });
        let by_name = survey.estates().filter(|it| it.name == text);
        one(by_key.map(|it| it.id).collect())
            .or_else(|_| one(by_source.unwrap_or_default()))
            .or_else(|_| one(by_id.flat_map(|(_, ids)| ids.clone()).collect()))
            .or_else(|why| match one(by_name.map(|it| it.id).collect()) {
                // What two ids answer to is ambiguous, whoever is called so.
                Err(NotFound::Unknown) => Err(why),
                found => found,
            })
    }

    pub fn find(&self, name: &OriginName) -> Result<EstateId, NotFound> {
        match self.records.get(name).map(Vec::as_slice) {
            Some([id]) => Ok(*id),
            Some(_) => Err(NotFound::Ambiguous),
            None => Err(NotFound::Unknown),
        }
    }
}
