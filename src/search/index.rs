//! What is known of every record, worked out once and kept as long as the record stays the same.

use super::matching::Search;
use super::query::{Query, spelt};
use super::spelling::{Alphabet, GAP, Number};
use super::state::RecordState;
use crate::catalogue::{Items, missing_must_haves};
use crate::model::{Estate, EstateId, Survey};
use std::sync::Arc;

/// Of one field; what is longer is no name.
const MOST_CHARACTERS: usize = 200;

/// Every record of a survey, by key, with its texts as they are searched.
#[derive(Default)]
pub struct Index {
    entries: Vec<Entry>,
    alphabet: Alphabet,
    /// Places of the entries whose texts are not spelt out yet, the last one first.
    unread: Vec<usize>,
}

pub(super) struct Entry {
    // These are looked at for every record: here they need no step to the record itself.
    pub id: EstateId,
    pub is_counted: bool,
    pub waits: bool,
    pub estate: Arc<Estate>,
    pub text: Option<Text>,
    /// Open must-haves, once somebody asked.
    missing: Option<usize>,
}

/// The texts of a record, numbered by an [`Alphabet`]: name, aliases, address, codes and numbers,
/// each with a gap after it.
pub(super) struct Text {
    pub symbols: Box<[Number]>,
    /// Where the aliases, the address and the numbers begin.
    aliases: u16,
    address: u16,
    numbers: u16,
}

/// What a place in a text belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Name,
    Alias,
    Address,
    Number,
}

/// What became of the entries when the survey changed.
#[derive(Default)]
pub(super) struct Followed {
    /// Where each entry of before is now, `None` where it is gone. Empty where none has moved.
    pub moved: Vec<Option<u32>>,
    /// Places of records that are new or not what they were.
    pub fresh: Vec<u32>,
}

impl Index {
    /// The whole index at once.
    pub fn of(survey: &Survey) -> Self {
        let mut index = Self::default();
        index.follow(survey);
        index.read(usize::MAX);
        index
    }

    /// Takes over the survey's records; what is known of the unchanged ones is kept.
    pub(super) fn follow(&mut self, survey: &Survey) -> Followed {
        let followed = match self.has_records_of(survey) {
            true => self.follow_changes(survey),
            false => self.follow_comings_and_goings(survey),
        };
        // What was new before and is not spelt out yet still waits.
        self.unread.clear();
        let unread = |(_, entry): &(usize, &Entry)| entry.text.is_none();
        let entries = self.entries.iter().enumerate().rev().filter(unread);
        self.unread.extend(entries.map(|(place, _)| place));
        followed
    }

    /// Whether the survey has the records that the index has, changed or not.
    fn has_records_of(&self, survey: &Survey) -> bool {
        let ids = survey.estates().map(|estate| estate.id);
        self.entries.len() == ids.len() && self.entries.iter().map(|entry| entry.id).eq(ids)
    }

    fn follow_changes(&mut self, survey: &Survey) -> Followed {
        let mut followed = Followed::default();
        for (place, (entry, estate)) in self.entries.iter_mut().zip(survey.estates()).enumerate() {
            if !Arc::ptr_eq(&entry.estate, estate) {
                *entry = Entry::new(estate);
                followed.fresh.push(place as u32);
            }
        }
        followed
    }

    fn follow_comings_and_goings(&mut self, survey: &Survey) -> Followed {
        let old = std::mem::take(&mut self.entries);
        let mut followed = Followed {
            moved: vec![None; old.len()],
            fresh: Vec::new(),
        };
        let mut old = old.into_iter().enumerate().peekable();
        self.entries.reserve(survey.estates().len());
        // Both run in key order.
        for estate in survey.estates() {
            let place = self.entries.len() as u32;
            while old.next_if(|(_, entry)| entry.id < estate.id).is_some() {}
            let same = old.next_if(|(_, entry)| entry.id == estate.id);
            let same = same.map(|(before, entry)| {
                followed.moved[before] = Some(place);
                entry
            });
            let same = same.filter(|entry| Arc::ptr_eq(&entry.estate, estate));
            self.entries.push(same.unwrap_or_else(|| {
                followed.fresh.push(place);
                Entry::new(estate)
            }));
        }
        followed
    }

    /// Spells out the texts of at most `most` records. Returns their places.
    pub(super) fn read(&mut self, most: usize) -> Vec<usize> {
        let keep = self.unread.len().saturating_sub(most);
        let places = self.unread.split_off(keep);
        for place in &places {
            let entry = &mut self.entries[*place];
            entry.text = Some(Text::of(&entry.estate, &mut self.alphabet));
        }
        places
    }

    /// Whether every text is spelt out.
    pub fn is_complete(&self) -> bool {
        self.unread.is_empty()
    }

    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub(super) fn search<'a>(&'a self, query: &'a Query) -> Search<'a> {
        Search::new(query, &self.alphabet)
    }

    /// How far a record is; remembered.
    pub(super) fn state(&mut self, place: usize, items: &Items) -> (RecordState, usize) {
        let entry = &mut self.entries[place];
        let estate = &entry.estate;
        let missing = *entry
            .missing
            .get_or_insert_with(|| missing_must_haves(estate, items).len());
        (RecordState::of(&entry.estate, missing), missing)
    }
}

impl Entry {
    /// How far the record is, and how many must-haves are open; once somebody asked the index.
    pub fn state(&self) -> Option<(RecordState, usize)> {
        let missing = self.missing?;
        Some((RecordState::of(&self.estate, missing), missing))
    }

    fn new(estate: &Arc<Estate>) -> Self {
        Self {
            id: estate.id,
            is_counted: estate.standing.is_counted(),
            waits: estate.waits_for_boundary(),
            estate: Arc::clone(estate),
            text: None,
            missing: None,
        }
    }
}

impl Text {
    fn of(estate: &Estate, alphabet: &mut Alphabet) -> Self {
        let mut symbols = Vec::new();
        let mut add = |symbols: &mut Vec<Number>, text: &str| {
            let spelt = spelt(text).take(MOST_CHARACTERS);
            symbols.extend(spelt.map(|character| alphabet.number(character)));
            symbols.push(GAP);
        };
        add(&mut symbols, &estate.name);
        let aliases = place(&symbols);
        for alias in &estate.aliases {
            add(&mut symbols, alias);
        }
        let address = place(&symbols);
        add(&mut symbols, &estate.address);
        let numbers = place(&symbols);
        let codes = [&estate.county_code, &estate.street_code].into_iter();
        let origin = estate.origin.iter().map(|origin| &origin.source_id);
        for number in codes
            .chain(&estate.community_codes)
            .chain(&estate.lib_no)
            .chain(origin)
            .filter(|number| !number.is_empty())
        {
            add(&mut symbols, number);
        }
        Self {
            symbols: symbols.into(),
            aliases,
            address,
            numbers,
        }
    }

    pub fn part(&self, at: usize) -> Part {
        match at {
            at if at < usize::from(self.aliases) => Part::Name,
            at if at < usize::from(self.address) => Part::Alias,
            at if at < usize::from(self.numbers) => Part::Address,
            _ => Part::Number,
        }
    }

    /// In characters.
    pub fn name_length(&self) -> usize {
        // The gap after it is none of it.
        usize::from(self.aliases).saturating_sub(1)
    }
}

fn place(symbols: &[Number]) -> u16 {
    u16::try_from(symbols.len()).unwrap_or(u16::MAX)
}
