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
    by_id: BTreeMap<String, Vec<EstateId>>,
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
        let mut by_id: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for estate in survey.estates() {
            let name = OriginName::of(survey, estate);
            by_id.entry(name.id.clone()).or_default().push(estate.id);
            records.entry(name).or_default().push(estate.id);
        }
        Self { records, by_id }
    }

    /// The record that a person means by `text`: its key, `source:id`, the publisher's id alone, or
    /// its name, whichever one record answers to.
    pub fn find_said(&self, survey: &Survey, text: &str) -> Result<EstateId, NotFound> {
        let one = |ids: &[EstateId]| match ids {
            [id] => Ok(*id),
            [] => Err(NotFound::Unknown),
            _ => Err(NotFound::Ambiguous),
        };
        let by_key = uuid::Uuid::parse_str(text).ok().map(EstateId);
        if let Some(id) = by_key.filter(|id| survey.estate(*id).is_some()) {
            return Ok(id);
        }
        let by_source = text.rsplit_once([':', '：']).and_then(|(source, id)| {
            let name = OriginName {
                source: source.to_owned(),
                id: id.to_owned(),
            };
            self.records.get(&name)
        });
        if let Some(ids) = by_source.or_else(|| self.by_id.get(text)) {
            return one(ids);
        }
        let named = survey.estates().filter(|estate| estate.name == text);
        one(&named.map(|estate| estate.id).collect::<Vec<_>>())
    }

    pub fn find(&self, name: &OriginName) -> Result<EstateId, NotFound> {
        match self.records.get(name).map(Vec::as_slice) {
            Some([id]) => Ok(*id),
            Some(_) => Err(NotFound::Ambiguous),
            None => Err(NotFound::Unknown),
        }
    }
}
