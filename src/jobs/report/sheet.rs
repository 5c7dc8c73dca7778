//! 一小区一表: everything that is known of one estate.

use super::{Ground, ReportError, Stamp, figure};
use crate::catalogue::Catalogue;
use crate::formats::pdf::MapFigure;
use crate::jobs::photos::FileState;
use crate::jobs::planning::county_of;
use crate::model::{BudgetKey, Estate, EstateId, Photo, Project, Survey};
use crate::rules::batches::Placed;
use crate::rules::checks::Finding;
use crate::rules::delivery::{Late, Stage, lateness, stage};
use crate::rules::fate::{Fate, OpenWhy};
use crate::rules::funding::{FundingSums, sums};
use crate::rules::recognition::{Recognised, recognise};
use crate::rules::score::{Interval, PartWhy, Weights, why};
use crate::rules::subsidy::{Subsidy, judge};
use std::sync::Arc;

/// Photos beyond these make no sheet better.
const MOST_PHOTOS: usize = 6;
/// 85 mm of paper at 250 dots to the inch.
const PHOTO_PX: u32 = 840;

pub struct Sheet<'a> {
    pub stamp: Stamp,
    pub survey: &'a Survey,
    pub catalogue: &'a Catalogue,
    pub estate: &'a Estate,
    pub recognised: Recognised,
    pub fate: Fate,
    pub findings: Vec<&'a Finding>,
    pub project: Option<&'a Arc<Project>>,
    pub funding: Option<FundingSums>,
    pub subsidy: Option<Subsidy>,
    pub stage: Option<Stage>,
    pub late: Vec<Late>,
    /// Part by part, in the order of the rule pack.
    pub why: Vec<PartWhy>,
    pub score: Interval,
    /// In its county's plan of `year`; `None` for a record that does not count.
    pub placed: Option<Placed>,
    /// How many estates of the county were ranked.
    pub ranked: usize,
    pub year: i32,
    pub map: Option<MapFigure>,
    pub shots: Vec<Shot<'a>>,
    /// Photos that the sheet has no room for.
    pub shots_left_out: usize,
}

/// A photo as it is printed.
pub struct Shot<'a> {
    pub photo: &'a Photo,
    pub picture: Result<Jpeg, FileState>,
}

pub struct Jpeg {
    pub bytes: Arc<Vec<u8>>,
    pub width: u32,
    pub height: u32,
}

impl<'a> Sheet<'a> {
    pub(super) fn gather(ground: &Ground<'a>, id: EstateId) -> Result<Self, ReportError> {
        let (survey, catalogue) = (ground.survey, ground.catalogue);
        let estate: &Estate = survey.estate(id).ok_or(ReportError::NoEstate(id))?;
        let project = survey.project(id);
        let weights = Weights::of_pack(&catalogue.rules.score);
        let county_code = county_of(survey, estate).to_owned();
        let year = ground.plan_year(&county_code);
        let key = BudgetKey { county_code, year };
        let plan = ground.plan(&key);
        let content = project.map(|project| project.content.as_slice());
        let content = content.filter(|content| !content.is_empty());
        let judgement = ground.evaluation.judgements.get(&id);
        let mut photos: Vec<&Photo> = survey.photos_of(id).map(|photo| &**photo).collect();
        photos.sort_by(|a, b| Photo::by_time(a, b));
        let shots_left_out = photos.len().saturating_sub(MOST_PHOTOS);
        photos.truncate(MOST_PHOTOS);
        Ok(Self {
            stamp: ground.stamp.clone(),
            survey,
            catalogue,
            estate,
            recognised: recognise(estate, &catalogue.items, &catalogue.rules.recognition),
            fate: judgement.map_or(Fate::Open(OpenWhy::Undetermined), |it| it.fate),
            findings: ground.evaluation.of_estate(id).collect(),
            project,
            funding: project.map(|project| sums(project)),
            subsidy: content
                .map(|content| judge(content, &catalogue.items, &catalogue.rules.subsidy)),
            stage: project.map(|project| stage(project)),
            late: project.map_or_else(Vec::new, |project| {
                lateness(project, ground.stamp.today, catalogue)
            }),
            why: why(estate, &catalogue.items, &catalogue.rules.score, &weights),
            score: weights.score(&crate::rules::score::parts(
                estate,
                &catalogue.items,
                &catalogue.rules.score,
            )),
            ranked: plan.placed.len(),
            placed: plan.placed.iter().find(|it| it.estate == id).cloned(),
            year,
            map: figure::of_estate(ground.extents(), estate),
            shots: photos
                .into_iter()
                .map(|photo| Shot {
                    photo,
                    picture: ground.jpeg(photo),
                })
                .collect(),
            shots_left_out,
        })
    }
}

impl Ground<'_> {
    fn jpeg(&self, photo: &Photo) -> Result<Jpeg, FileState> {
        let preview = self.pictures.show(photo.picture(), PHOTO_PX)?;
        Ok(Jpeg {
            bytes: Arc::new(preview.to_jpeg()?),
            width: preview.width,
            height: preview.height,
        })
    }

    /// The year whose plan a report tells of: the one asked for, else the last with a budget, else
    /// the year of the report.
    pub(super) fn plan_year(&self, county_code: &str) -> i32 {
        let budgets = self.survey.budgets();
        let years = budgets
            .filter(|(key, _)| key.county_code == county_code)
            .map(|(key, _)| key.year);
        let this_year = i32::from(self.stamp.today.year());
        self.year.or(years.max()).unwrap_or(this_year)
    }
}
