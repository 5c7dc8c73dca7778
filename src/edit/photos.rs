//! What the commands about photos change. The pictures lie beside the survey and no edit touches
//! them: undoing a removal finds them where they were.

use super::command::Refusal;
use super::draft::Draft;
use super::plan::count;
use crate::model::{EditLabel, EstateId, LonLat, Photo, PhotoId, PhotoLabel};

/// What a user can mean with photos.
#[derive(Clone, Debug, PartialEq)]
pub enum PhotoCommand {
    /// Photos whose pictures are kept already, see `jobs::photos`.
    Add {
        photos: Vec<Photo>,
    },
    /// Puts photos to an estate; `None` takes them from theirs.
    Assign {
        photos: Vec<PhotoId>,
        estate: Option<EstateId>,
    },
    Note {
        photo: PhotoId,
        note: String,
    },
    /// Takes the records away; the pictures stay, so that it can be undone.
    Remove {
        photos: Vec<PhotoId>,
    },
}

pub(super) fn plan(draft: &mut Draft, command: PhotoCommand) -> Result<EditLabel, Refusal> {
    let label = match command {
        PhotoCommand::Add { photos } => add(draft, photos),
        PhotoCommand::Assign { photos, estate } => assign(draft, &photos, estate)?,
        PhotoCommand::Note { photo, note } => {
            let photo = draft.edit_photo(photo)?;
            photo.note = note;
            PhotoLabel::Note {
                file: photo.file_name.clone(),
            }
        }
        PhotoCommand::Remove { photos } => {
            for id in &photos {
                draft.photo(*id)?;
                draft.put_photo(*id, None);
            }
            PhotoLabel::Remove {
                photos: count(photos.len()),
            }
        }
    };
    Ok(EditLabel::Photo(label))
}

/// Adds what is not there yet. An estate that went while the pictures were read leaves its photo
/// without one: the picture is not to be lost for that.
fn add(draft: &mut Draft, photos: Vec<Photo>) -> PhotoLabel {
    let mut added = 0;
    for mut photo in photos {
        if draft.photo(photo.id).is_err() {
            photo.estate = photo.estate.filter(|id| draft.estate(*id).is_ok());
            photo.position = photo.position.filter(|at| LonLat::is_finite(*at));
            draft.put_photo(photo.id, Some(photo));
            added += 1;
        }
    }
    PhotoLabel::Add {
        photos: count(added),
    }
}

fn assign(
    draft: &mut Draft,
    photos: &[PhotoId],
    estate: Option<EstateId>,
) -> Result<PhotoLabel, Refusal> {
    let name = match estate {
        Some(id) => Some(draft.counted(id)?.name.clone()),
        None => None,
    };
    for id in photos {
        draft.edit_photo(*id)?.estate = estate;
    }
    Ok(PhotoLabel::Assign {
        photos: count(photos.len()),
        name,
    })
}

#[cfg(test)]
mod tests {
    use crate::edit::{Ambient, Command, PhotoCommand, Refusal, plan};
    use crate::model::{
        Change, Estate, EstateId, Photo, PhotoId, PhotoKind, RecordKey, Standing, Survey,
    };

    fn estate(number: u128) -> EstateId {
        EstateId(uuid::Uuid::from_u128(number))
    }

    fn photo(number: u8, of: Option<EstateId>) -> Photo {
        Photo {
            id: PhotoId([number; 32]),
            file_name: format!("IMG {number}.jpg"),
            kind: PhotoKind::Jpeg,
            bytes: 1000,
            estate: of,
            taken_at: None,
            position: None,
            added_at: jiff::Timestamp::UNIX_EPOCH,
            note: String::new(),
        }
    }

    /// Two estates, a third merged into the first, and a photo of each.
    fn survey() -> Survey {
        let mut merged = Estate::new(estate(3));
        merged.standing = Standing::Merged {
            into: estate(1),
            replaced: Vec::new(),
        };
        let estates = [Estate::new(estate(1)), Estate::new(estate(2)), merged];
        let photos = (1..=3).map(|n| photo(n, Some(estate(n.into()))));
        Survey::from_parts(estates, [], [], Default::default()).with_photos(photos)
    }

    fn planned(survey: &Survey, command: Command) -> Result<Vec<Change>, Refusal> {
        let ambient = Ambient {
            now: jiff::Timestamp::UNIX_EPOCH,
            author: String::new(),
            new_estate: estate(99),
            divisions: None,
        };
        plan(survey, command, &ambient).map(|plan| plan.changes)
    }

    #[track_caller]
    fn done(survey: &mut Survey, command: Command) -> Vec<RecordKey> {
        let changes = planned(survey, command).unwrap();
        survey.check_before_images(&changes).unwrap();
        survey.apply(&changes);
        changes.iter().map(Change::key).collect()
    }

    fn ids<'a>(photos: impl Iterator<Item = &'a std::sync::Arc<Photo>>) -> Vec<u8> {
        photos.map(|photo| photo.id.0[0]).collect()
    }

    #[test]
    fn an_estate_shows_the_photos_of_what_was_merged_into_it() {
        let survey = survey();
        assert_eq!(ids(survey.photos_of(estate(1))), [1, 3]);
        assert_eq!(ids(survey.photos_of(estate(3))), [3]);
    }

    #[test]
    fn a_photo_that_is_there_is_not_added_again_and_a_lost_estate_does_not_lose_it() {
        let mut survey = survey();
        let photos = vec![photo(1, None), photo(4, Some(estate(77)))];
        let changed = done(
            &mut survey,
            Command::Photo(PhotoCommand::Add {
                photos: photos.clone(),
            }),
        );
        assert_eq!(changed, [RecordKey::Photo(PhotoId([4; 32]))]);
        assert_eq!(ids(survey.photos_without_estate()), [4]);
        let again = planned(&survey, Command::Photo(PhotoCommand::Add { photos }));
        assert_eq!(again, Err(Refusal::NothingChanges));
    }

    #[test]
    fn deleting_an_estate_keeps_its_photos_without_one() {
        let mut survey = survey();
        done(&mut survey, Command::Delete { estate: estate(2) });
        assert_eq!(survey.photo(PhotoId([2; 32])).unwrap().estate, None);
    }

    #[test]
    fn photos_go_to_a_record_that_counts_or_to_none() {
        let mut survey = survey();
        let assign = |photo: u8, of| {
            Command::Photo(PhotoCommand::Assign {
                photos: vec![PhotoId([photo; 32])],
                estate: of,
            })
        };
        done(&mut survey, assign(1, Some(estate(2))));
        assert_eq!(ids(survey.photos_of(estate(2))), [1, 2]);
        done(&mut survey, assign(1, None));
        assert_eq!(ids(survey.photos_without_estate()), [1]);
        for (command, refusal) in [
            (
                assign(1, Some(estate(3))),
                Refusal::NotCounted {
                    name: String::new(),
                },
            ),
            (
                assign(1, Some(estate(77))),
                Refusal::NoSuchEstate(estate(77)),
            ),
            (assign(9, None), Refusal::NoSuchPhoto),
            (assign(1, None), Refusal::NothingChanges),
        ] {
            assert_eq!(planned(&survey, command), Err(refusal));
        }
    }

    #[test]
    fn a_removed_photo_is_gone_and_one_that_is_not_there_cannot_be() {
        let mut survey = survey();
        let remove = |photo: u8| {
            Command::Photo(PhotoCommand::Remove {
                photos: vec![PhotoId([photo; 32])],
            })
        };
        done(&mut survey, remove(1));
        assert_eq!(ids(survey.photos()), [2, 3]);
        assert_eq!(planned(&survey, remove(1)), Err(Refusal::NoSuchPhoto));
        let note = Command::Photo(PhotoCommand::Note {
            photo: PhotoId([2; 32]),
            note: "北门".to_owned(),
        });
        done(&mut survey, note);
        assert_eq!(survey.photo(PhotoId([2; 32])).unwrap().note, "北门");
    }
}
