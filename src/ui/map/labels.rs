//! Names on the map: the selected first, then the large, none over another, never more than can
//! be read. The sign of an estate's class stands with its name, so that colour is not needed.

use super::scene::{Scene, Slot};
use super::view::View;
use crate::model::{EstateId, LonLat};
use crate::ui::theme::{MAP_LABEL_SIZE, Palette, SMALL_SIZE};
use egui::{Align2, Color32, FontId, Galley, Painter, Pos2, Rect, Stroke, Vec2, vec2};
use geo::{Centroid, Contains, InteriorPoint};
use std::collections::BTreeSet;
use std::sync::Arc;

/// From here on names have room beside each other.
const NAMES_FROM_ZOOM: f64 = 14.5;
/// A sign alone fits a little earlier.
const SIGNS_FROM_ZOOM: f64 = 13.0;
const DISTRICTS_TO_ZOOM: f64 = 11.5;
const MOST_LABELS: usize = 160;
/// How many of the largest estates in view are tried for a label.
const MOST_CANDIDATES: usize = 600;

/// Draws the labels of what is in view, and gives the room they take.
pub fn paint(
    painter: &Painter,
    view: &View,
    scene: &Scene,
    selection: &[EstateId],
    findings: &BTreeSet<EstateId>,
    palette: &Palette,
) -> Vec<Rect> {
    if view.zoom < SIGNS_FROM_ZOOM {
        return Vec::new();
    }
    let selected: BTreeSet<_> = selection.iter().take(MOST_LABELS).copied().collect();
    let mut slots: Vec<_> = scene
        .within(view.bounds())
        .filter(|slot| slot.estate.standing.is_counted())
        .filter(|slot| !scene.is_left_out(slot.estate.id) || selected.contains(&slot.estate.id))
        .collect();
    // Ties by key: labels must not dance while the map moves.
    slots.sort_by(|a, b| {
        let chosen = |slot: &Slot| selected.contains(&slot.estate.id);
        let order = chosen(b).cmp(&chosen(a));
        let order = order.then(b.area.total_cmp(&a.area));
        order.then(a.estate.id.cmp(&b.estate.id))
    });
    slots.truncate(MOST_CANDIDATES);
    let named = match view.zoom >= NAMES_FROM_ZOOM {
        true => Named::Yes,
        false => Named::No,
    };
    let candidates = slots.into_iter().map(|slot| {
        let mark = match findings.contains(&slot.estate.id) {
            true => Mark::Finding,
            false => Mark::None,
        };
        let forms = forms(slot, view, named, mark, palette);
        forms.into_iter().map(|label| label.laid_out(painter))
    });
    let placed = without_overlap(candidates, view.rect, &[], MOST_LABELS);
    let rects = placed.iter().map(|(rect, _)| *rect).collect();
    for (rect, text) in placed {
        text.paint(painter, rect, palette);
    }
    rects
}

/// Whether the zoom has room for names, or for signs alone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    Yes,
    No,
}

struct Label {
    text: String,
    at: Pos2,
    /// Which point of the text lies there.
    anchor: Align2,
    color: Color32,
    mark: Mark,
}

/// What stands behind a name. A sign of its own: a name in red is hard to read on a red estate.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    None,
    /// Something blocks the release of the estate.
    Finding,
}

impl Mark {
    const RADIUS: f32 = 7.0;

    fn room(self) -> f32 {
        match self {
            Self::None => 0.0,
            Self::Finding => 2.0 * Self::RADIUS + 4.0,
        }
    }
}

impl Label {
    fn laid_out(self, painter: &Painter) -> (Rect, Text) {
        let font = FontId::proportional(MAP_LABEL_SIZE);
        let galley = painter.layout_no_wrap(self.text, font, self.color);
        let size = galley.size() + vec2(self.mark.room(), 0.0);
        let rect = self.anchor.anchor_size(self.at, size);
        let text = Text {
            galley,
            color: self.color,
            mark: self.mark,
        };
        (rect, text)
    }
}

/// A label ready to be painted.
struct Text {
    galley: Arc<Galley>,
    color: Color32,
    mark: Mark,
}

impl Text {
    fn paint(self, painter: &Painter, rect: Rect, palette: &Palette) {
        paint_haloed(painter, rect.min, self.galley, self.color, palette.halo);
        if self.mark == Mark::Finding {
            let middle = rect.right_center() - vec2(Mark::RADIUS, 0.0);
            let rim = Stroke::new(1.5, palette.halo);
            painter.circle(middle, Mark::RADIUS, palette.finding, rim);
            let font = FontId::proportional(SMALL_SIZE);
            painter.text(middle, Align2::CENTER_CENTER, "!", font, palette.float);
        }
    }
}

/// How an estate may be labelled, best first. Where its name has no room the sign alone may: no
/// estate is known by its colour alone.
fn forms(slot: &Slot, view: &View, named: Named, mark: Mark, palette: &Palette) -> Vec<Label> {
    const BELOW_SYMBOL: f32 = 6.0;
    let name = Some(slot.estate.name.as_str());
    let name = name.filter(|name| named == Named::Yes && !name.is_empty());
    if let Some(position) = slot.waiting_at() {
        let label = |name: &str| Label {
            text: name.to_owned(),
            at: view.project(position) + vec2(0.0, BELOW_SYMBOL),
            anchor: Align2::CENTER_TOP,
            color: palette.waiting,
            mark,
        };
        return name.map(label).into_iter().collect();
    }
    let Some(inside) = anchor(slot) else {
        return Vec::new();
    };
    let label = |name: &str| {
        let sign = slot.class.sign();
        let parts = [name, &*sign].into_iter();
        let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
        Label {
            text: parts.join(" "),
            at: view.project(inside),
            anchor: Align2::CENTER_CENTER,
            color: palette.label,
            mark,
        }
    };
    name.map(label).into_iter().chain([label("")]).collect()
}

/// District names, each at its place, while districts are larger than a screen is.
pub fn paint_districts(
    painter: &Painter,
    view: &View,
    names: &[(String, LonLat)],
    palette: &Palette,
) {
    if view.zoom > DISTRICTS_TO_ZOOM {
        return;
    }
    let labels = names.iter().map(|(name, at)| Label {
        text: name.clone(),
        at: view.project(*at),
        anchor: Align2::CENTER_CENTER,
        color: palette.district,
        mark: Mark::None,
    });
    let labels = labels.map(|label| [label.laid_out(painter)]);
    for (rect, text) in without_overlap(labels, view.rect, &[], MOST_LABELS) {
        text.paint(painter, rect, palette);
    }
}

/// Text with a rim, legible on any map.
pub fn paint_haloed(
    painter: &Painter,
    at: Pos2,
    galley: Arc<Galley>,
    color: Color32,
    halo: Color32,
) {
    const REACH: f32 = 1.3;
    for eighth in 0..8 {
        let direction = Vec2::angled(eighth as f32 * std::f32::consts::FRAC_PI_4);
        painter.galley_with_override_text_color(at + REACH * direction, galley.clone(), halo);
    }
    painter.galley_with_override_text_color(at, galley, color);
}

/// The middle of an estate, moved inside where its shape is bent.
fn anchor(slot: &Slot) -> Option<LonLat> {
    let boundary = slot.boundary()?;
    let middle = boundary.centroid()?;
    let inside = match boundary.contains(&middle) {
        true => middle,
        false => boundary.interior_point()?,
    };
    Some(inside.0.into())
}

/// Takes candidates in order, of each the first form that lies in `room` and touches none taken
/// before nor what is `occupied`.
pub fn without_overlap<T>(
    candidates: impl Iterator<Item = impl IntoIterator<Item = (Rect, T)>>,
    room: Rect,
    occupied: &[Rect],
    most: usize,
) -> Vec<(Rect, T)> {
    let mut taken: Vec<(Rect, T)> = Vec::new();
    for forms in candidates {
        if taken.len() == most {
            break;
        }
        let free = |rect: Rect| {
            let touches = |other: &Rect| other.intersects(rect.expand(2.0));
            let mut others = occupied.iter().chain(taken.iter().map(|(other, _)| other));
            room.contains_rect(rect) && !others.any(touches)
        };
        let form = forms.into_iter().find(|(rect, _)| free(*rect));
        taken.extend(form);
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    #[test]
    fn the_first_label_wins_and_none_touches_another() {
        let room = Rect::from_min_max(pos2(0.0, 0.0), pos2(300.0, 300.0));
        let at = |x: f32, y: f32| Rect::from_min_size(pos2(x, y), vec2(60.0, 15.0));
        let candidates = [
            vec![(at(100.0, 100.0), "first")],
            vec![(at(120.0, 108.0), "over the first")],
            vec![
                (at(161.0, 100.0), "touches the first"),
                (at(170.0, 100.0), "its short form"),
            ],
            vec![(at(280.0, 10.0), "half outside")],
            vec![(at(100.0, 130.0), "below")],
            vec![(at(10.0, 10.0), "one too many")],
        ];
        let placed = without_overlap(candidates.into_iter(), room, &[], 3);
        let names: Vec<_> = placed.into_iter().map(|(_, name)| name).collect();
        assert_eq!(names, ["first", "its short form", "below"]);
    }
}
