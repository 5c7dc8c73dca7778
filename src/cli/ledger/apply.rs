//! `jiugai ledger FILE --apply EDITED.xlsx`: what was changed in a ledger, as one edit.

use super::super::console::{Console, Failure, Outcome};
use super::super::dedupe::read_survey;
use super::super::import::this_year;
use super::super::new::{failure, open_session};
use super::{Holds, LedgerArguments};
use crate::edit::{Command, Refusal};
use crate::jobs::ledger::returned::{Accepted, CellEdit, Remark, Returned, compare};
use crate::model::Survey;
use crate::session::SessionError;
use crate::words::fields::record_name;
use crate::words::ledger as words;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

pub(super) fn run(
    console: &Console,
    arguments: &LedgerArguments,
    edited: &Path,
) -> Result<Outcome, Failure> {
    if arguments.dry_run {
        let survey = read_survey(console, &arguments.file)?;
        let console = &console.under(survey.settings())?;
        let (taken, _) = Taken::of(console, &survey, edited, arguments.conflicts)?;
        return Ok(taken.tell(console, &survey, arguments));
    }
    let mut session = open_session(console, &arguments.file)?;
    let survey = session.survey().clone();
    let console = &console.under(survey.settings())?;
    let (taken, accepted) = Taken::of(console, &survey, edited, arguments.conflicts)?;
    let command = Command::Apply {
        label: accepted.label,
        changes: accepted.changes,
    };
    match session.run(command) {
        // The same ledger a second time.
        Ok(_) | Err(SessionError::Refused(Refusal::NothingChanges)) => {}
        Err(error) => return Err(failure(console, &error)),
    }
    session.close().map_err(|error| failure(console, &error))?;
    Ok(taken.tell(console, &survey, arguments))
}

/// A ledger that came back, and what of it is taken.
struct Taken {
    returned: Returned,
    places: BTreeSet<usize>,
    estates: usize,
}

impl Taken {
    fn of(
        console: &Console,
        survey: &Survey,
        edited: &Path,
        holds: Holds,
    ) -> Result<(Self, Accepted), Failure> {
        let language = console.language;
        let year = i32::from(this_year());
        let returned = console
            .watch("job.ledger_back", |progress| {
                compare(survey, edited, &console.catalogue, year, progress)
            })
            .map_err(|error| Failure(words::error_text(language, &error)))?;
        let places = match holds {
            Holds::Ours => returned.proposed_places(),
            Holds::Theirs => (0..returned.edits.len()).collect(),
        };
        let accepted = returned.accept(survey, &places).map_err(|stale| {
            let error = SessionError::from(Refusal::from(stale));
            failure(console, &error)
        })?;
        let taken = Self {
            estates: accepted.changes.len(),
            returned,
            places,
        };
        Ok((taken, accepted))
    }

    fn conflicts_left(&self) -> usize {
        self.returned.edits.len() - self.places.len()
    }

    /// Something waits for a person: a value that both changed, or one that nobody can read.
    fn outcome(&self) -> Outcome {
        let is_unreadable = |remark: &Remark| matches!(remark, Remark::Unreadable(_));
        let waits = self.conflicts_left() > 0 || self.returned.remarks.iter().any(is_unreadable);
        match waits {
            true => Outcome::Blocked,
            false => Outcome::Fine,
        }
    }

    fn tell(&self, console: &Console, survey: &Survey, arguments: &LedgerArguments) -> Outcome {
        match arguments.json {
            true => console.json(&self.json(console, survey, arguments)),
            false => self.say(console, survey, arguments),
        }
        self.outcome()
    }

    fn say(&self, console: &Console, survey: &Survey, arguments: &LedgerArguments) {
        let language = console.language;
        console.line(&words::summary_text(language, &self.returned));
        for edit in &self.returned.edits {
            let items = &console.catalogue.items;
            console.line(&words::edit_text(language, survey, edit, items));
        }
        let key = match (self.places.len(), arguments.dry_run) {
            (0, _) => "cli.ledger.nothing",
            (_, true) => "cli.ledger.would_apply",
            (_, false) => "cli.ledger.applied",
        };
        console.say(
            key,
            &[
                ("cells", &self.places.len()),
                ("estates", &self.estates),
                ("file", &self.returned.file),
            ],
        );
        for remark in &self.returned.remarks {
            console.remark(&words::remark_text(language, remark));
        }
        let left = self.conflicts_left();
        if left > 0 {
            console.remark(&language.text_with("cli.ledger.kept", &[("count", &left)]));
        }
    }

    fn json(&self, console: &Console, survey: &Survey, arguments: &LedgerArguments) -> Value {
        let edit = |(at, edit): (usize, &CellEdit)| {
            let estate = survey.estate(edit.estate);
            json!({
                "row": edit.row,
                "estate": edit.estate,
                "name": estate.map(|estate| record_name(console.language, survey, estate)),
                "field": edit.field,
                "ours": edit.ours,
                "theirs": edit.theirs,
                "here": edit.here,
                "taken": self.places.contains(&at),
            })
        };
        let edits = self.returned.edits.iter().enumerate();
        json!({
            "file": self.returned.file,
            "dry_run": arguments.dry_run,
            "rows": self.returned.rows,
            "cells": self.places.len(),
            "estates": self.estates,
            "conflicts": self.returned.conflicts().count(),
            "edits": edits.map(edit).collect::<Vec<_>>(),
            "remarks": self.returned.remarks,
        })
    }
}
