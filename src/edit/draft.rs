//! Records being changed, on top of a survey that stays as it is.

use super::buildings::BuildingRefusal;
use super::command::Refusal;
use crate::model::{
    Budget, BudgetKey, Building, BuildingId, Change, CommunityCode, CommunityReturn, Decision,
    Estate, EstateId, ImportList, ListId, Pair, Photo, PhotoId, Project, SearchId, Searched,
    Settings, Snapshot, SnapshotId, Standing, Survey,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A survey with changed records laid over it. Turning it into changes compares each with what
/// the survey holds, so a value set to what it was is no change.
pub(super) struct Draft<'a> {
    survey: &'a Survey,
    estates: BTreeMap<EstateId, Option<Estate>>,
    buildings: BTreeMap<BuildingId, Option<Building>>,
    decisions: BTreeMap<Pair, Option<Decision>>,
    lists: BTreeMap<ListId, ImportList>,
    settings: Option<Settings>,
    photos: BTreeMap<PhotoId, Option<Photo>>,
    communities: BTreeMap<CommunityCode, Option<CommunityReturn>>,
    searched: BTreeMap<SearchId, Option<Searched>>,
    projects: BTreeMap<EstateId, Option<Project>>,
    budgets: BTreeMap<BudgetKey, Option<Budget>>,
    snapshots: BTreeMap<SnapshotId, Option<Snapshot>>,
}

impl<'a> Draft<'a> {
    pub fn new(survey: &'a Survey) -> Self {
        Self {
            survey,
            estates: BTreeMap::new(),
            buildings: BTreeMap::new(),
            decisions: BTreeMap::new(),
            lists: BTreeMap::new(),
            settings: None,
            photos: BTreeMap::new(),
            communities: BTreeMap::new(),
            searched: BTreeMap::new(),
            projects: BTreeMap::new(),
            budgets: BTreeMap::new(),
            snapshots: BTreeMap::new(),
        }
    }

    pub fn estate(&self, id: EstateId) -> Result<&Estate, Refusal> {
        match self.estates.get(&id) {
            Some(changed) => changed.as_ref(),
            None => self.survey.estate(id).map(Arc::as_ref),
        }
        .ok_or(Refusal::NoSuchEstate(id))
    }

    pub fn edit(&mut self, id: EstateId) -> Result<&mut Estate, Refusal> {
        let held = self.survey.estate(id);
        self.estates
            .entry(id)
            .or_insert_with(|| held.map(|estate| estate.as_ref().clone()))
            .as_mut()
            .ok_or(Refusal::NoSuchEstate(id))
    }

    /// A record that counts: a merged or withdrawn one can't be edited behind its root's back.
    pub fn counted(&mut self, id: EstateId) -> Result<&mut Estate, Refusal> {
        let estate = self.edit(id)?;
        match estate.standing.is_counted() {
            true => Ok(estate),
            false => Err(Refusal::NotCounted {
                name: estate.name.clone(),
            }),
        }
    }

    pub fn insert(&mut self, estate: Estate) {
        self.estates.insert(estate.id, Some(estate));
    }

    /// Its photos outlive it, without an estate.
    pub fn remove(&mut self, id: EstateId) {
        for photo in self.photos_of(id) {
            if let Ok(photo) = self.edit_photo(photo) {
                photo.estate = None;
            }
        }
        self.estates.insert(id, None);
    }

    pub fn building(&self, id: BuildingId) -> Result<&Building, Refusal> {
        let found = match self.buildings.get(&id) {
            Some(changed) => changed.as_ref(),
            None => self.survey.building(id).map(Arc::as_ref),
        };
        Ok(found.ok_or(BuildingRefusal::NoSuchBuilding(id))?)
    }

    /// The buildings that count through `estate` before this draft: no command changes both a
    /// building and what is counted of it.
    pub fn buildings_of(&self, estate: EstateId) -> Vec<Arc<Building>> {
        self.survey
            .buildings_of(estate)
            .into_iter()
            .cloned()
            .collect()
    }

    /// The buildings surveyed for this very record, before this draft.
    pub fn own_buildings(&self, estate: EstateId) -> Vec<Arc<Building>> {
        self.survey.own_buildings(estate).to_vec()
    }

    /// `None` removes it.
    pub fn put_building(&mut self, id: BuildingId, building: Option<Building>) {
        self.buildings.insert(id, building);
    }

    pub fn list(&mut self, id: ListId) -> Result<&mut ImportList, Refusal> {
        let held = self.survey.list(id).ok_or(Refusal::NoSuchRow)?;
        Ok(self
            .lists
            .entry(id)
            .or_insert_with(|| held.as_ref().clone()))
    }

    pub fn set_settings(&mut self, settings: Settings) {
        self.settings = Some(settings);
    }

    pub fn decision(&self, pair: Pair) -> Option<&Decision> {
        match self.decisions.get(&pair) {
            Some(changed) => changed.as_ref(),
            None => self.survey.decision(pair),
        }
    }

    pub fn set_decision(&mut self, pair: Pair, decision: Option<Decision>) {
        self.decisions.insert(pair, decision);
    }

    /// Every decision as the draft has it.
    pub fn decisions(&self) -> impl Iterator<Item = &Decision> {
        let untouched = self
            .survey
            .decisions()
            .filter(|decision| !self.decisions.contains_key(&decision.pair));
        untouched.chain(self.decisions.values().flatten())
    }

    pub fn remove_decisions_about(&mut self, id: EstateId) {
        let pairs: Vec<Pair> = self
            .decisions()
            .map(|decision| decision.pair)
            .filter(|pair| pair.contains(id))
            .collect();
        for pair in pairs {
            self.decisions.insert(pair, None);
        }
    }

    pub fn photo(&self, id: PhotoId) -> Result<&Photo, Refusal> {
        match self.photos.get(&id) {
            Some(changed) => changed.as_ref(),
            None => self.survey.photo(id).map(Arc::as_ref),
        }
        .ok_or(Refusal::NoSuchPhoto)
    }

    pub fn edit_photo(&mut self, id: PhotoId) -> Result<&mut Photo, Refusal> {
        let held = self.survey.photo(id);
        self.photos
            .entry(id)
            .or_insert_with(|| held.map(|photo| photo.as_ref().clone()))
            .as_mut()
            .ok_or(Refusal::NoSuchPhoto)
    }

    pub fn put_photo(&mut self, id: PhotoId, photo: Option<Photo>) {
        self.photos.insert(id, photo);
    }

    /// What a community answered, as the draft has it.
    pub fn community(&self, code: CommunityCode) -> Option<&CommunityReturn> {
        match self.communities.get(&code) {
            Some(changed) => changed.as_ref(),
            None => self.survey.community(code).map(Arc::as_ref),
        }
    }

    /// `None` takes it back to "nothing yet".
    pub fn put_community(&mut self, code: CommunityCode, answer: Option<CommunityReturn>) {
        self.communities.insert(code, answer);
    }

    /// What a person found nothing at, as the draft has it.
    pub fn searched(&self, id: SearchId) -> Option<&Searched> {
        match self.searched.get(&id) {
            Some(changed) => changed.as_ref(),
            None => self.survey.searched_at(id).map(Arc::as_ref),
        }
    }

    /// `None`: it is to be searched again.
    pub fn put_searched(&mut self, id: SearchId, searched: Option<Searched>) {
        self.searched.insert(id, searched);
    }

    /// The project of an estate, as the draft has it; an empty one where there is none.
    pub fn project(&self, estate: EstateId) -> Project {
        let held = match self.projects.get(&estate) {
            Some(changed) => changed.as_ref(),
            None => self.survey.project(estate).map(Arc::as_ref),
        };
        held.cloned().unwrap_or_else(|| Project::new(estate))
    }

    /// A project without anything in it is no record.
    pub fn put_project(&mut self, project: Project) {
        let is_empty = project.is_empty();
        self.projects
            .insert(project.estate, Some(project).filter(|_| !is_empty));
    }

    pub fn put_budget(&mut self, key: BudgetKey, budget: Option<Budget>) {
        self.budgets.insert(key, budget);
    }

    pub fn snapshot(&self, id: SnapshotId) -> Option<&Snapshot> {
        match self.snapshots.get(&id) {
            Some(changed) => changed.as_ref(),
            None => self.survey.snapshot(id).map(Arc::as_ref),
        }
    }

    pub fn put_snapshot(&mut self, id: SnapshotId, snapshot: Option<Snapshot>) {
        self.snapshots.insert(id, snapshot);
    }

    pub fn settings(&self) -> &Settings {
        self.settings.as_ref().unwrap_or(self.survey.settings())
    }

    /// The photos put to this record itself, as the draft has them.
    pub fn photos_of(&self, id: EstateId) -> Vec<PhotoId> {
        let survey = self.survey.photos().map(|photo| photo.id);
        let ids: BTreeSet<_> = survey.chain(self.photos.keys().copied()).collect();
        let is_of = |photo: &PhotoId| self.photo(*photo).is_ok_and(|p| p.estate == Some(id));
        ids.into_iter().filter(is_of).collect()
    }

    /// The record that counts for `id`, following merges and containment in the draft.
    pub fn root(&self, id: EstateId) -> EstateId {
        let mut at = id;
        while let Ok(Estate {
            standing: Standing::Merged { into: next, .. } | Standing::PartOf { parent: next },
            ..
        }) = self.estate(at)
        {
            at = *next;
        }
        at
    }

    /// Whether other records count through `id`.
    pub fn has_members(&self, id: EstateId) -> bool {
        self.estates()
            .any(|estate| estate.standing.counted_by() == Some(id))
    }

    /// The records merged into `root` itself.
    pub fn merged_into(&self, root: EstateId) -> impl Iterator<Item = &Estate> {
        self.estates().filter(
            move |estate| matches!(&estate.standing, Standing::Merged { into, .. } if *into == root),
        )
    }

    /// Every record as the draft has it: first those that it leaves alone.
    fn estates(&self) -> impl Iterator<Item = &Estate> {
        let untouched = self.survey.estates().map(Arc::as_ref);
        untouched
            .filter(|estate| !self.estates.contains_key(&estate.id))
            .chain(self.estates.values().flatten())
    }

    /// The records whose boundary is another than in the survey.
    pub fn with_new_boundaries(&self) -> Vec<EstateId> {
        let is_new = |(id, estate): (&EstateId, &Option<Estate>)| {
            let boundary = estate.as_ref()?.boundary.as_ref()?;
            let held = self.survey.estate(*id);
            let held = held.and_then(|held| held.boundary.as_ref());
            (held != Some(boundary)).then_some(*id)
        };
        self.estates.iter().filter_map(is_new).collect()
    }

    pub fn into_changes(self) -> Vec<Change> {
        let survey = self.survey;
        let estates = self.estates.into_iter().map(|(id, after)| Change::Estate {
            id,
            before: survey.estate(id).cloned(),
            after: after.map(Arc::new),
        });
        let buildings = self
            .buildings
            .into_iter()
            .map(|(id, after)| Change::Building {
                id,
                before: survey.building(id).cloned(),
                after: after.map(Arc::new),
            });
        let decisions = self
            .decisions
            .into_iter()
            .map(|(pair, after)| Change::Decision {
                pair,
                before: survey.decision(pair).cloned().map(Box::new),
                after: after.map(Box::new),
            });
        let lists = self.lists.into_iter().map(|(id, after)| Change::List {
            id,
            before: survey.list(id).cloned(),
            after: Some(Arc::new(after)),
        });
        let settings = self.settings.into_iter().map(|after| Change::Settings {
            before: Box::new(survey.settings().clone()),
            after: Box::new(after),
        });
        let photos = self.photos.into_iter().map(|(id, after)| Change::Photo {
            id,
            before: survey.photo(id).cloned(),
            after: after.map(Arc::new),
        });
        let communities = self
            .communities
            .into_iter()
            .map(|(code, after)| Change::Community {
                code,
                before: survey.community(code).cloned(),
                after: after.map(Arc::new),
            });
        let searched = self
            .searched
            .into_iter()
            .map(|(id, after)| Change::Searched {
                id,
                before: survey.searched_at(id).cloned(),
                after: after.map(Arc::new),
            });
        let projects = self
            .projects
            .into_iter()
            .map(|(id, after)| Change::Project {
                id,
                before: survey.project(id).cloned(),
                after: after.map(Arc::new),
            });
        let budgets = self.budgets.into_iter().map(|(key, after)| Change::Budget {
            before: survey.budget(&key).cloned().map(Box::new),
            after: after.map(Box::new),
            key,
        });
        let snapshots = self
            .snapshots
            .into_iter()
            .map(|(id, after)| Change::Snapshot {
                id,
                before: survey.snapshot(id).cloned(),
                after: after.map(Arc::new),
            });
        estates
            .chain(buildings)
            .chain(decisions)
            .chain(lists)
            .chain(settings)
            .chain(photos)
            .chain(communities)
            .chain(searched)
            .chain(projects)
            .chain(budgets)
            .chain(snapshots)
            .filter(Change::changes_something)
            .collect()
    }
}
