//! What this release changed against the one before, with what the survey knows of those that left.

use super::delta::{self, Gone, Kind};
use super::folder::Staging;
use super::previous::Previous;
use super::reading::Library;
use super::{Content, ReleaseError};
use crate::formats::library::{DeltaEntry, Manifest, PreviousRelease};
use crate::model::{Estate, EstateId, Standing};
use crate::rules::fate::Fate;

/// Why an estate is gone of which the survey has no record any more.
const NOT_IN_SURVEY: &str = "not_in_survey";

impl Content<'_> {
    /// Writes `delta.csv` and notes it in the manifest. The same release once more keeps the delta
    /// that it had: the same survey gives the same bytes.
    pub(super) fn write_delta(
        &self,
        folder: &mut Staging,
        previous: &Previous,
        manifest: &mut Manifest,
    ) -> Result<(), ReleaseError> {
        if previous.is_same(manifest) {
            if let Some(bytes) = &previous.delta {
                folder.write(delta::NAME, |out| Ok(out.write_all(bytes)?))?;
                manifest.delta.clone_from(&previous.manifest.delta);
            }
        } else {
            let lines = self.delta_lines(folder, previous)?;
            folder.write(delta::NAME, |out| delta::write(out, &lines))?;
            manifest.delta = Some(DeltaEntry {
                previous: PreviousRelease {
                    manifest_sha256: previous.manifest_sha256.clone(),
                    as_of: previous.manifest.as_of,
                    estates: previous.manifest.counts.estates,
                },
                counts: delta::counts(&lines, self.library.len() as u64),
            });
        }
        manifest.files = folder.files().to_vec();
        Ok(())
    }

    /// Compares the two libraries as files, as somebody who verifies them does.
    fn delta_lines(
        &self,
        folder: &Staging,
        previous: &Previous,
    ) -> Result<Vec<delta::Line>, ReleaseError> {
        let Some(profile) = self.profiles.first() else {
            return Err(ReleaseError::NoProfile);
        };
        let name = profile.file_name();
        let now = Library::parse(&folder.read(&name)?).map_err(|reason| ReleaseError::Io {
            path: folder.path().join(&name),
            source: std::io::Error::other(reason),
        })?;
        let became = |id: &str| self.became(id);
        Ok(delta::compare(&previous.library, &now, became))
    }

    /// What became of an estate that is not in the library.
    fn became(&self, id: &str) -> (Kind, Gone) {
        let id: Option<EstateId> = id.parse().ok();
        let estate = id.and_then(|id| self.survey.estate(id));
        let judgement = id.and_then(|id| self.judgements.get(&id));
        let (Some(estate), Some(judgement)) = (estate, judgement) else {
            let why = NOT_IN_SURVEY.to_owned();
            return (
                Kind::Withdrawn,
                Gone {
                    why,
                    ..Gone::default()
                },
            );
        };
        match judgement.fate {
            Fate::Merged { into } => (merged_as(estate), self.counted_by(into)),
            fate => {
                let grounds = judgement.grounds(estate);
                let gone = Gone {
                    why: fate.why().to_owned(),
                    rules: grounds.rules.join(";"),
                    reason: grounds.reason.to_owned(),
                    ..Gone::default()
                };
                (Kind::Withdrawn, gone)
            }
        }
    }

    fn counted_by(&self, into: EstateId) -> Gone {
        let root = self.survey.estate(into);
        Gone {
            into: into.to_string(),
            into_lib_no: root.and_then(|e| e.lib_no.clone()).unwrap_or_default(),
            into_name: root.map(|e| e.name.clone()).unwrap_or_default(),
            ..Gone::default()
        }
    }
}

fn merged_as(estate: &Estate) -> Kind {
    match estate.standing {
        Standing::PartOf { .. } => Kind::PartOf,
        _ => Kind::Merged,
    }
}
