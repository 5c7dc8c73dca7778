//! The survey in memory: records, and the changes between its states. No I/O, no egui, no clock.

mod budget;
mod building;
mod buildings;
mod change;
mod codes;
mod community;
mod crs;
mod decision;
mod difference;
mod division;
mod edit_label;
mod estate;
mod field;
mod ids;
mod item;
mod list;
mod map_theme;
mod money;
mod other_texts;
mod own_rules;
mod photo;
mod place;
mod preset;
mod project;
mod saved_view;
mod searched;
mod settings;
mod snapshot;
mod value;

pub use budget::{Budget, BudgetKey};
pub use building::{Building, BuildingField};
pub use change::{Change, Edit, EditKind, RecordKey};
pub use codes::{
    Coded, Datum, Exclusion, Locality, Severity, Tenure, Utility, Verdict, Willingness,
    WillingnessBasis, YearBand, YearBasis,
};
pub use community::{CommunityCode, CommunityReturn, CommunityState, NotACommunityCode, Paper};
pub use crs::{AxisOrder, Crs, Easting, Meridian};
pub use decision::{Decision, Pair};
pub use difference::{Differences, FieldDifference, StandingDifference};
pub use division::{DivisionCodes, DivisionsAt};
pub use edit_label::{
    BuildingLabel, CoverageLabel, EditLabel, FilledFrom, PhotoLabel, PlanLabel, ProjectPart,
    ShapeGesture,
};
pub use estate::{Estate, Origin, ReplacedValue, Standing, ValueSource};
pub use field::Field;
pub use ids::{BuildingId, EditId, EstateId, ListId, SnapshotId};
pub use item::ItemCode;
pub use list::{ImportList, ListKind, ListRole, RejectedRow, RowProblem, RowProblemKind};
pub use map_theme::{Amount, Category, MapLook, MapTheme, Ramp, SavedTheme, Symbols};
pub use money::Yuan;
pub use other_texts::OtherTexts;
pub use own_rules::OwnRules;
pub use photo::{NotASha256, Photo, PhotoId, PhotoKind, PictureFile};
pub use place::{Boundary, LonLat};
pub use preset::Preset;
pub use project::{
    Batch, CentralMoney, Condition, Document, DocumentKind, Evaluation, FundingLine, FundingSource,
    FundingStatus, Management, ManagementBody, ManagementMode, Milestone, MilestoneKind, Placement,
    PlanItem, Project, ProjectIssue, Signer, WorkType,
};
pub use saved_view::{Direction, Filter, ListColumn, SavedView, Sort};
pub use searched::{GridCell, SearchId, Searched, SearchedPlace};
pub use settings::{Alias, AliasKind, Learning, Settings};
pub use snapshot::{
    AssessmentFigures, FrozenScore, PackStamp, ScoreVersion, Snapshot, SnapshotContent, YearPlan,
    YearPlanEntry,
};
pub use value::{Kind, Value, WrongValue};

use buildings::Buildings;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Every record of a survey file. Cloning shares the records, so a job's snapshot is cheap.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Survey {
    estates: BTreeMap<EstateId, Arc<Estate>>,
    /// The records merged into or contained in each.
    members: BTreeMap<EstateId, BTreeSet<EstateId>>,
    /// Shared as a whole: an edit of estates does not copy a million buildings for a snapshot.
    buildings: Arc<Buildings>,
    decisions: BTreeMap<Pair, Decision>,
    lists: BTreeMap<ListId, Arc<ImportList>>,
    settings: Settings,
    photos: BTreeMap<PhotoId, Arc<Photo>>,
    communities: BTreeMap<CommunityCode, Arc<CommunityReturn>>,
    searched: BTreeMap<SearchId, Arc<Searched>>,
    projects: BTreeMap<EstateId, Arc<Project>>,
    budgets: BTreeMap<BudgetKey, Budget>,
    snapshots: BTreeMap<SnapshotId, Arc<Snapshot>>,
    /// Counted as records come and go: the window asks in every frame.
    waiting: usize,
}

/// A change whose before-image is not what the survey holds: it was planned on another state.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("record {0:?} has changed since")]
pub struct Stale(pub RecordKey);

impl Survey {
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            ..Self::default()
        }
    }

    /// A survey as a store read it.
    pub fn from_parts(
        estates: impl IntoIterator<Item = Estate>,
        decisions: impl IntoIterator<Item = Decision>,
        lists: impl IntoIterator<Item = ImportList>,
        settings: Settings,
    ) -> Self {
        let estates: BTreeMap<_, _> = estates.into_iter().map(|e| (e.id, Arc::new(e))).collect();
        let waiting = estates.values().filter(|e| e.waits_for_boundary()).count();
        Self {
            members: members(&estates),
            estates,
            waiting,
            buildings: Arc::default(),
            decisions: decisions.into_iter().map(|d| (d.pair, d)).collect(),
            lists: lists.into_iter().map(|l| (l.id, Arc::new(l))).collect(),
            settings,
            ..Self::default()
        }
    }

    /// The same survey with these photos.
    pub fn with_photos(self, photos: impl IntoIterator<Item = Photo>) -> Self {
        Self {
            photos: photos.into_iter().map(|p| (p.id, Arc::new(p))).collect(),
            ..self
        }
    }

    /// The same survey with what the communities answered.
    pub fn with_communities(self, returns: impl IntoIterator<Item = CommunityReturn>) -> Self {
        Self {
            communities: returns.into_iter().map(|r| (r.code, Arc::new(r))).collect(),
            ..self
        }
    }

    /// The same survey with the places where nothing was found.
    pub fn with_searched(self, searched: impl IntoIterator<Item = Searched>) -> Self {
        Self {
            searched: searched
                .into_iter()
                .map(|searched| (searched.place.id(), Arc::new(searched)))
                .collect(),
            ..self
        }
    }

    /// The same survey with what is planned: projects, budgets and what was held fast.
    pub fn with_plans(
        self,
        projects: impl IntoIterator<Item = Project>,
        budgets: impl IntoIterator<Item = (BudgetKey, Budget)>,
        snapshots: impl IntoIterator<Item = Snapshot>,
    ) -> Self {
        Self {
            projects: projects
                .into_iter()
                .map(|project| (project.estate, Arc::new(project)))
                .collect(),
            budgets: budgets.into_iter().collect(),
            snapshots: snapshots
                .into_iter()
                .map(|snapshot| (snapshot.id, Arc::new(snapshot)))
                .collect(),
            ..self
        }
    }

    /// The same survey with `buildings` as a store read them.
    pub fn with_buildings(mut self, buildings: impl IntoIterator<Item = Building>) -> Self {
        self.buildings = Arc::new(buildings.into_iter().collect());
        self
    }

    pub fn estate(&self, id: EstateId) -> Option<&Arc<Estate>> {
        self.estates.get(&id)
    }

    /// Every record by key: counted, merged, part of another, withdrawn.
    pub fn estates(&self) -> impl ExactSizeIterator<Item = &Arc<Estate>> {
        self.estates.values()
    }

    /// The records that count: not merged, not part of another, not withdrawn.
    pub fn counted(&self) -> impl Iterator<Item = &Arc<Estate>> {
        self.estates().filter(|estate| estate.standing.is_counted())
    }

    /// How many records wait for a boundary.
    pub fn waiting(&self) -> usize {
        self.waiting
    }

    /// The record that counts for `id`: itself, or what it was merged into or lies inside.
    pub fn root(&self, id: EstateId) -> EstateId {
        let mut at = id;
        // A chain longer than the survey would be a circle, which `edit::plan` never makes.
        for _ in 0..self.estates.len() {
            match self.estates.get(&at).map(|estate| &estate.standing) {
                Some(Standing::Merged { into, .. }) => at = *into,
                Some(Standing::PartOf { parent }) => at = *parent,
                _ => break,
            }
        }
        at
    }

    pub fn decision(&self, pair: Pair) -> Option<&Decision> {
        self.decisions.get(&pair)
    }

    pub fn decisions(&self) -> impl ExactSizeIterator<Item = &Decision> {
        self.decisions.values()
    }

    pub fn list(&self, id: ListId) -> Option<&Arc<ImportList>> {
        self.lists.get(&id)
    }

    pub fn lists(&self) -> impl ExactSizeIterator<Item = &Arc<ImportList>> {
        self.lists.values()
    }

    pub fn photo(&self, id: PhotoId) -> Option<&Arc<Photo>> {
        self.photos.get(&id)
    }

    pub fn photos(&self) -> impl ExactSizeIterator<Item = &Arc<Photo>> {
        self.photos.values()
    }

    /// The photos of an estate, those of the records that it counts included: merging two records
    /// moves no photo, so parting them has none to give back.
    pub fn photos_of(&self, estate: EstateId) -> impl Iterator<Item = &Arc<Photo>> {
        self.photos().filter(move |photo| {
            let of = photo.estate.filter(|id| self.estates.contains_key(id));
            of.is_some_and(|id| id == estate || self.root(id) == estate)
        })
    }

    /// The photos that belong to no record that is there.
    pub fn photos_without_estate(&self) -> impl Iterator<Item = &Arc<Photo>> {
        self.photos().filter(|photo| {
            photo
                .estate
                .is_none_or(|estate| !self.estates.contains_key(&estate))
        })
    }

    /// What a community answered; `None` while it has not.
    pub fn community(&self, code: CommunityCode) -> Option<&Arc<CommunityReturn>> {
        self.communities.get(&code)
    }

    pub fn communities(&self) -> impl ExactSizeIterator<Item = &Arc<CommunityReturn>> {
        self.communities.values()
    }

    /// Where a person looked and found nothing.
    pub fn searched_at(&self, id: SearchId) -> Option<&Arc<Searched>> {
        self.searched.get(&id)
    }

    pub fn searched(&self) -> impl ExactSizeIterator<Item = &Arc<Searched>> {
        self.searched.values()
    }

    /// The renovation project of an estate; `None` while nothing is planned.
    pub fn project(&self, estate: EstateId) -> Option<&Arc<Project>> {
        self.projects.get(&estate)
    }

    pub fn projects(&self) -> impl ExactSizeIterator<Item = &Arc<Project>> {
        self.projects.values()
    }

    /// What a county can spend in a year; `None` while nobody said.
    pub fn budget(&self, key: &BudgetKey) -> Option<&Budget> {
        self.budgets.get(key)
    }

    pub fn budgets(&self) -> impl ExactSizeIterator<Item = (&BudgetKey, &Budget)> {
        self.budgets.iter()
    }

    pub fn snapshot(&self, id: SnapshotId) -> Option<&Arc<Snapshot>> {
        self.snapshots.get(&id)
    }

    /// What was held fast, in the order of the keys.
    pub fn snapshots(&self) -> impl ExactSizeIterator<Item = &Arc<Snapshot>> {
        self.snapshots.values()
    }

    /// The lists but for those whose rows a newer version has taken over, every one.
    pub fn lists_in_force(&self) -> impl Iterator<Item = &Arc<ImportList>> {
        let lists = self.lists();
        lists.filter(|list| list.rows_read > 0 || !self.is_superseded(list.id))
    }

    /// Whether a newer version of the list has come in.
    pub fn is_superseded(&self, list: ListId) -> bool {
        self.settings.newer_versions.contains_key(&list)
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Checks that every change starts from what the survey holds now.
    ///
    /// # Errors
    /// [`Stale`] names the first record that does not.
    pub fn check_before_images(&self, changes: &[Change]) -> Result<(), Stale> {
        let fits = |change: &Change| match change {
            Change::Estate { id, before, .. } => self.estates.get(id) == before.as_ref(),
            Change::Building { id, before, .. } => self.buildings.get(*id) == before.as_ref(),
            Change::Decision { pair, before, .. } => self.decisions.get(pair) == before.as_deref(),
            Change::List { id, before, .. } => self.lists.get(id) == before.as_ref(),
            Change::Settings { before, .. } => self.settings == **before,
            Change::Photo { id, before, .. } => self.photos.get(id) == before.as_ref(),
            Change::Searched { id, before, .. } => self.searched.get(id) == before.as_ref(),
            Change::Community { code, before, .. } => self.communities.get(code) == before.as_ref(),
            Change::Project { id, before, .. } => self.projects.get(id) == before.as_ref(),
            Change::Budget { key, before, .. } => self.budgets.get(key) == before.as_deref(),
            Change::Snapshot { id, before, .. } => self.snapshots.get(id) == before.as_ref(),
        };
        match changes.iter().find(|change| !fits(change)) {
            Some(change) => Err(Stale(change.key())),
            None => Ok(()),
        }
    }

    /// Applies changes that `check_before_images` has passed.
    pub fn apply(&mut self, changes: &[Change]) {
        fn put<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, after: Option<V>) {
            match after {
                Some(value) => map.insert(key, value),
                None => map.remove(&key),
            };
        }
        for change in changes {
            match change {
                Change::Estate { id, after, .. } => {
                    self.note_membership(*id, after.as_deref());
                    self.note_waiting(*id, after.as_deref());
                    put(&mut self.estates, *id, after.clone());
                }
                Change::Building { id, after, .. } => {
                    Arc::make_mut(&mut self.buildings).put(*id, after.clone());
                }
                Change::Decision { pair, after, .. } => {
                    put(&mut self.decisions, *pair, after.as_deref().cloned());
                }
                Change::List { id, after, .. } => put(&mut self.lists, *id, after.clone()),
                Change::Settings { after, .. } => self.settings = (**after).clone(),
                Change::Photo { id, after, .. } => put(&mut self.photos, *id, after.clone()),
                Change::Searched { id, after, .. } => put(&mut self.searched, *id, after.clone()),
                Change::Community { code, after, .. } => {
                    put(&mut self.communities, *code, after.clone());
                }
                Change::Project { id, after, .. } => put(&mut self.projects, *id, after.clone()),
                Change::Budget { key, after, .. } => {
                    put(&mut self.budgets, key.clone(), after.as_deref().cloned());
                }
                Change::Snapshot { id, after, .. } => put(&mut self.snapshots, *id, after.clone()),
            }
        }
    }

    fn note_waiting(&mut self, id: EstateId, after: Option<&Estate>) {
        let before = self.estates.get(&id).map(Arc::as_ref);
        let waits =
            |estate: Option<&Estate>| usize::from(estate.is_some_and(Estate::waits_for_boundary));
        // It can only fall by what was counted when it came.
        self.waiting = self.waiting + waits(after) - waits(before);
    }

    fn note_membership(&mut self, id: EstateId, after: Option<&Estate>) {
        let before = self.estates.get(&id).and_then(|e| e.standing.counted_by());
        let after = after.and_then(|estate| estate.standing.counted_by());
        if before == after {
            return;
        }
        if let Some(root) = before
            && let Some(members) = self.members.get_mut(&root)
        {
            members.remove(&id);
            if members.is_empty() {
                self.members.remove(&root);
            }
        }
        if let Some(root) = after {
            self.members.entry(root).or_default().insert(id);
        }
    }
}

fn members(estates: &BTreeMap<EstateId, Arc<Estate>>) -> BTreeMap<EstateId, BTreeSet<EstateId>> {
    let mut members: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for estate in estates.values() {
        if let Some(root) = estate.standing.counted_by() {
            members.entry(root).or_default().insert(estate.id);
        }
    }
    members
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Arc<Estate> {
        let mut estate = Estate::new(EstateId(uuid::Uuid::nil()));
        estate.name = name.to_owned();
        Arc::new(estate)
    }

    fn change(before: Option<&str>, after: Option<&str>) -> Change {
        Change::Estate {
            id: EstateId(uuid::Uuid::nil()),
            before: before.map(named),
            after: after.map(named),
        }
    }

    #[test]
    fn a_change_and_its_inverse_give_back_the_survey() {
        let mut survey = Survey::default();
        for step in [
            change(None, Some("洪都新村")),
            change(Some("洪都新村"), Some("洪都新村一期")),
            change(Some("洪都新村一期"), None),
        ] {
            let start = survey.clone();
            survey
                .check_before_images(std::slice::from_ref(&step))
                .unwrap();
            survey.apply(std::slice::from_ref(&step));
            assert_eq!(survey.waiting(), survey.estates().len(), "none is drawn");
            let mut back = survey.clone();
            back.apply(&[step.inverse()]);
            assert_eq!(back, start);
        }
    }

    #[test]
    fn a_change_planned_on_another_state_is_refused() {
        let survey = Survey::default();
        let stale = survey.check_before_images(&[change(Some("洪都新村"), None)]);
        assert!(stale.is_err());
    }
}
