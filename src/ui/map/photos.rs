//! Where photos were taken: a small camera each, one for several that would cover each other.

use super::tools::Desk;
use super::view::{View, World, world_of};
use crate::model::{EstateId, LonLat, Photo, Survey};
use crate::ui::action::{Action, PhotoAction, Selection};
use crate::ui::icons;
use crate::ui::photo_card::{Fit, about, paint};
use crate::ui::pictures::{PictureSize, Pictures};
use crate::ui::theme::{PHOTO_CARD, Palette, SMALL_SIZE};
use egui::{Align2, CursorIcon, FontId, Painter, Pos2, Rect, Sense, Stroke, Vec2, pos2, vec2};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Photos in one square of this side are one sign.
const SQUARE_POINTS: f64 = 40.0;
const RADIUS: f32 = 9.5;
/// So many pictures a hint shows.
const HINTED: usize = 4;

/// The photos that have a position, kept until the survey changes.
#[derive(Default)]
pub struct PhotoPlaces {
    revision: Option<u64>,
    places: Vec<(World, Arc<Photo>)>,
}

/// One camera on the map.
struct Sign<'a> {
    at: Pos2,
    photos: Vec<&'a Arc<Photo>>,
}

impl PhotoPlaces {
    pub fn update(&mut self, survey: &Survey, revision: u64) {
        if self.revision == Some(revision) {
            return;
        }
        self.revision = Some(revision);
        let placed = survey.photos().filter_map(|photo| {
            let at = photo.position.filter(|at: &LonLat| at.is_finite())?;
            Some((world_of(at), photo.clone()))
        });
        self.places = placed.collect();
        self.places.sort_by(|(_, a), (_, b)| Photo::by_time(a, b));
    }

    /// Another file may come with the same revision.
    pub fn invalidate(&mut self) {
        self.revision = None;
    }

    /// The signs in view. The squares lie on the ground, not on the screen: signs stay what they
    /// are while the map is moved.
    fn signs(&self, view: &View) -> Vec<Sign<'_>> {
        let scale = view.world_points() / SQUARE_POINTS;
        let room = view.rect.expand(RADIUS);
        let mut squares: BTreeMap<[i64; 2], Vec<&(World, Arc<Photo>)>> = BTreeMap::new();
        for place in &self.places {
            if room.contains(view.place(place.0)) {
                let square = place.0.map(|share| (share * scale).floor() as i64);
                squares.entry(square).or_default().push(place);
            }
        }
        let signs = squares.into_values().map(|places| {
            let count = places.len() as f64;
            let mean = |axis: usize| places.iter().map(|(at, _)| at[axis]).sum::<f64>() / count;
            Sign {
                at: view.place([mean(0), mean(1)]),
                photos: places.iter().map(|(_, photo)| photo).collect(),
            }
        });
        signs.collect()
    }
}

/// Draws the signs. Where the pointer is on one, gives what a click on it means: then nothing
/// below it is meant. `None` leaves the pointer to the tool in hand, as does a `pointer` that is
/// `None`.
pub fn ui(
    desk: &Desk,
    places: &PhotoPlaces,
    pictures: &Pictures,
    pointer: Option<Pos2>,
    names: &[Rect],
) -> Option<Vec<Action>> {
    let mut signs = places.signs(&desk.view);
    for sign in &mut signs {
        sign.at = beside_names(sign.at, names);
    }
    let distance = |sign: &&Sign| pointer.map_or(f32::INFINITY, |at| sign.at.distance(at));
    let under = signs
        .iter()
        .filter(|sign| distance(sign) <= RADIUS)
        .min_by(|a, b| distance(a).total_cmp(&distance(b)));
    for sign in &signs {
        let is_under = under.is_some_and(|under| std::ptr::eq(under, sign));
        paint_sign(desk.painter, sign, is_under, desk.palette);
    }
    let under = under?;
    desk.response.ctx.set_cursor_icon(CursorIcon::PointingHand);
    hint(desk, under, pictures);
    let clicked = desk.response.clicked();
    Some(match clicked {
        true => meaning(under),
        false => Vec::new(),
    })
}

/// A place as near as can be where a sign hides no name.
fn beside_names(at: Pos2, names: &[Rect]) -> Pos2 {
    let sign = Rect::from_center_size(at, Vec2::splat(2.0 * RADIUS));
    match names.iter().find(|name| name.intersects(sign)) {
        Some(name) => pos2(at.x, name.top() - RADIUS - 2.0),
        None => at,
    }
}

/// A click looks at the photos, and selects the estate that all of them belong to.
fn meaning(sign: &Sign) -> Vec<Action> {
    let among: Vec<_> = sign.photos.iter().map(|photo| photo.id).collect();
    let Some(photo) = among.first().copied() else {
        return Vec::new();
    };
    let look = Action::Photo(PhotoAction::Look { photo, among });
    let select = |estate: EstateId| Action::Select(Selection::Only(estate));
    let first = sign.photos.first().and_then(|photo| photo.estate);
    let common = first.filter(|id| sign.photos.iter().all(|p| p.estate == Some(*id)));
    common.map(select).into_iter().chain([look]).collect()
}

fn paint_sign(painter: &Painter, sign: &Sign, is_under: bool, palette: &Palette) {
    let (fill, ink) = match is_under {
        true => (palette.label, palette.float),
        false => (palette.float, palette.label),
    };
    painter.circle(sign.at, RADIUS, fill, Stroke::new(1.5, ink));
    let icon = FontId::proportional(RADIUS * 1.3);
    painter.text(sign.at, Align2::CENTER_CENTER, icons::CAMERA, icon, ink);
    let count = sign.photos.len();
    if count > 1 {
        let at = sign.at + vec2(RADIUS, -RADIUS);
        let font = FontId::proportional(SMALL_SIZE);
        let text = count.to_string();
        let galley = painter.layout_no_wrap(text, font, palette.float);
        let rect = Align2::CENTER_CENTER.anchor_size(at, galley.size() + vec2(6.0, 0.0));
        painter.rect_filled(rect, rect.height() / 2.0, palette.label);
        painter.galley(rect.min + vec2(3.0, 0.0), galley, palette.float);
    }
}

fn hint(desk: &Desk, sign: &Sign, pictures: &Pictures) {
    desk.response.clone().on_hover_ui_at_pointer(|ui| {
        ui.horizontal(|ui| {
            for photo in sign.photos.iter().take(HINTED) {
                let size = Vec2::splat(PHOTO_CARD * 1.5);
                let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
                let shown = pictures.show(photo, PictureSize::Thumbnail);
                paint(ui.painter(), rect, &shown, photo, desk.language, Fit::Cover);
            }
        });
        match sign.photos[..] {
            [photo] => {
                let shown = pictures.show(photo, PictureSize::Thumbnail);
                about(ui, photo, &shown, desk.language);
            }
            _ => {
                let count = sign.photos.len();
                let text = desk.language.text_with("photos.here", &[("count", &count)]);
                ui.label(text);
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PhotoId, PhotoKind};
    use crate::ui::test_bench::id;
    use egui::{Rect, pos2};

    fn photo(number: u8, lon: f64, estate: Option<EstateId>) -> Photo {
        Photo {
            id: PhotoId([number; 32]),
            file_name: format!("{number}.jpg"),
            kind: PhotoKind::Jpeg,
            bytes: 1,
            estate,
            taken_at: None,
            position: Some(LonLat::new(lon, 28.68)),
            added_at: jiff::Timestamp::UNIX_EPOCH,
            note: String::new(),
        }
    }

    fn view(zoom: f64) -> View {
        let rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(900.0, 700.0));
        View::new(LonLat::new(115.9, 28.68), zoom, rect)
    }

    fn counts(places: &PhotoPlaces, view: &View) -> Vec<usize> {
        let signs = places.signs(view);
        signs.iter().map(|sign| sign.photos.len()).collect()
    }

    #[test]
    fn photos_that_would_cover_each_other_are_one_sign_and_part_when_the_map_comes_near() {
        let photos = [
            photo(1, 115.9000, None),
            photo(2, 115.9001, None),
            photo(3, 115.9030, None),
            // Out of view.
            photo(4, 118.0, None),
        ];
        let survey = Survey::default().with_photos(photos);
        let mut places = PhotoPlaces::default();
        places.update(&survey, 1);
        for (zoom, total, signs) in [(12.0, 3, 1), (16.0, 3, 2), (20.0, 2, 2)] {
            let counts = counts(&places, &view(zoom));
            assert_eq!(counts.iter().sum::<usize>(), total, "{zoom}");
            assert_eq!(counts.len(), signs, "{zoom}");
        }
    }

    #[test]
    fn a_click_selects_the_one_estate_of_all_photos_under_it_and_looks_at_them() {
        for (estates, selected) in [
            ([Some(id(1)), Some(id(1))], Some(id(1))),
            ([Some(id(1)), Some(id(2))], None),
            ([Some(id(1)), None], None),
            ([None, None], None),
        ] {
            let photos = [1u8, 2].map(|n| photo(n, 115.9, estates[usize::from(n) - 1]));
            let survey = Survey::default().with_photos(photos);
            let mut places = PhotoPlaces::default();
            places.update(&survey, 1);
            let signs = places.signs(&view(16.0));
            let asked = meaning(&signs[0]);
            let look = PhotoAction::Look {
                photo: PhotoId([1; 32]),
                among: vec![PhotoId([1; 32]), PhotoId([2; 32])],
            };
            let select = selected.map(|id| Action::Select(Selection::Only(id)));
            let expected: Vec<_> = select.into_iter().chain([Action::Photo(look)]).collect();
            assert_eq!(asked, expected, "{estates:?}");
        }
    }
}
