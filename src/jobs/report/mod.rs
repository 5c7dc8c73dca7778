//! Reports on paper: the sheet of one estate (一小区一表) and the report of a county.
//!
//! What is in them is gathered here as data, put into words by `words::reports`, and set on pages by
//! `formats::pdf`. The day comes from outside: one survey and one day give the same bytes.

mod county;
mod figure;
mod files;
mod sheet;
mod sums;

pub use county::{County, GapRow, Group, LateProject};
pub use figure::{MapSeen, batch_look, neighbour_look, own_look};
pub use files::{Target, safe_name, write_new};
pub use sheet::{Sheet, Shot};
pub use sums::Sums;

use crate::catalogue::Catalogue;
use crate::dedupe::Candidate;
use crate::formats::pdf::{self, Document, PdfError};
use crate::jobs::evaluate::{Evaluation, evaluate, evaluate_with};
use crate::jobs::photos::PictureFolder;
use crate::jobs::planning::{Planning, planning};
use crate::model::{BudgetKey, Estate, EstateId, PackStamp, Survey};
use crate::progress::{Cancelled, Progress};
use crate::rules::batches::Plan;
use jiff::civil::Date;
use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

/// One report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    Sheet(EstateId),
    /// Of a county, 6 digits; empty for the whole survey.
    County(String),
}

#[derive(Clone, Debug)]
pub struct Request {
    pub wanted: Vec<Wanted>,
    pub target: Target,
    /// The survey's own file: reports name it, and its photos lie beside it.
    pub survey_file: PathBuf,
    /// The day that the reports bear.
    pub today: Date,
    /// The plan year; the last one with a budget, else this year, where it is not given.
    pub year: Option<i32>,
    /// Pairs that may be one estate, where they have been searched for already.
    pub known: Option<Vec<Candidate>>,
}

/// What every report says of itself.
#[derive(Clone, Debug)]
pub struct Stamp {
    pub survey_file: String,
    pub today: Date,
    pub pack: PackStamp,
    pub program: &'static str,
}

/// What is in one report.
pub enum Facts<'a> {
    Sheet(Box<Sheet<'a>>),
    County(Box<County<'a>>),
}

/// A report in words.
pub struct Composed {
    /// The file's name without its ending, as the reader's language has it.
    pub name: String,
    pub document: Document,
}

/// A report that lies on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub path: PathBuf,
    pub pages: usize,
    /// Signs that the typeface lacks: each stands there as a box.
    pub missing: BTreeSet<char>,
}

#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    #[error("there is a file already: {path}")]
    InTheWay { path: PathBuf },
    #[error("{path}: {source}")]
    Io {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("no such estate: {0}")]
    NoEstate(EstateId),
    #[error("the PDF could not be written: {detail}")]
    Writer { detail: String },
}

impl From<PdfError> for ReportError {
    fn from(error: PdfError) -> Self {
        match error {
            PdfError::Cancelled(cancelled) => Self::Cancelled(cancelled),
            PdfError::Writer { detail } => Self::Writer { detail },
        }
    }
}

/// What is looked up once for all reports of a request.
pub(super) struct Ground<'a> {
    pub survey: &'a Survey,
    pub catalogue: &'a Catalogue,
    pub evaluation: &'a Evaluation,
    pub planning: &'a Planning,
    pub pictures: PictureFolder,
    pub stamp: Stamp,
    pub year: Option<i32>,
    /// The plans of the counties reported on so far: of many sheets each needs its county's.
    pub plans: RefCell<BTreeMap<BudgetKey, Rc<Plan>>>,
    /// The estates that have a place, each with what encloses it.
    pub extents: OnceCell<Vec<(&'a Arc<Estate>, geo::Rect)>>,
}

impl<'a> Ground<'a> {
    /// The plan of a county's year under the rules' own weights.
    pub fn plan(&self, key: &BudgetKey) -> Rc<Plan> {
        let mut plans = self.plans.borrow_mut();
        let plan = plans.entry(key.clone()).or_insert_with(|| {
            let budget = self.survey.budget(key).cloned().unwrap_or_default();
            Rc::new(self.planning.plan(key, &budget, &self.planning.weights()))
        });
        Rc::clone(plan)
    }

    pub fn extents(&self) -> &[(&'a Arc<Estate>, geo::Rect)] {
        self.extents.get_or_init(|| {
            let counted = self.survey.counted();
            counted.filter_map(|it| Some((it, it.extent()?))).collect()
        })
    }
}

/// The counties that a survey can report on: its own, else those its estates lie in; the whole survey
/// where nobody said any. A plan and its budget belong to one county.
pub fn counties(survey: &Survey) -> Vec<Wanted> {
    let own = &survey.settings().county_code;
    if !own.is_empty() {
        return vec![Wanted::County(own.clone())];
    }
    let codes: BTreeSet<&str> = survey
        .counted()
        .map(|estate| estate.county_code.as_str())
        .collect();
    let named = codes.into_iter().filter(|code| !code.is_empty());
    let named: Vec<_> = named.map(|code| Wanted::County(code.to_owned())).collect();
    match named.is_empty() {
        true => vec![Wanted::County(String::new())],
        false => named,
    }
}

/// Writes the reports that `request` asks for, each under a name of its own; `compose` puts one
/// into words. Files that are there already are never touched.
///
/// # Errors
/// [`ReportError`]. Reports that were finished before it stay.
pub fn write(
    survey: &Survey,
    catalogue: &Catalogue,
    request: &Request,
    compose: &dyn Fn(&Facts<'_>) -> Composed,
    progress: &Progress,
) -> Result<Vec<Written>, ReportError> {
    request.target.prepare()?;
    let today = request.today;
    let evaluation = match &request.known {
        Some(known) => evaluate_with(known.clone(), survey, catalogue, today),
        None => evaluate(survey, catalogue, today, progress)?,
    };
    let planning = planning(survey, catalogue, &evaluation.open_pairs, progress)?;
    let file_name = request.survey_file.file_name().unwrap_or_default();
    let ground = Ground {
        survey,
        catalogue,
        evaluation: &evaluation,
        planning: &planning,
        pictures: PictureFolder::of_survey(&request.survey_file),
        stamp: Stamp {
            survey_file: file_name.to_string_lossy().into_owned(),
            today: request.today,
            pack: catalogue.rules.stamp(),
            program: env!("CARGO_PKG_VERSION"),
        },
        year: request.year,
        plans: RefCell::default(),
        extents: OnceCell::new(),
    };
    let all = request.wanted.len() as u64;
    let mut written: Vec<Written> = Vec::new();
    for (done, wanted) in request.wanted.iter().enumerate() {
        if all > 1 {
            progress.begin(all);
            progress.reach(done as u64)?;
        }
        let facts = match wanted {
            Wanted::Sheet(id) => Facts::Sheet(Box::new(Sheet::gather(&ground, *id)?)),
            Wanted::County(code) => Facts::County(Box::new(County::gather(&ground, code))),
        };
        let composed = compose(&facts);
        // A sheet is set in no time: of many, the bar counts the sheets.
        let pages = match all {
            1 => progress.clone(),
            _ => Progress::default(),
        };
        let pdf = pdf::write(&composed.document, &pages)?;
        let path = request.target.put(&composed.name, &pdf.bytes)?;
        written.push(Written {
            path,
            pages: pdf.pages,
            missing: pdf.missing.keys().copied().collect(),
        });
    }
    Ok(written)
}
