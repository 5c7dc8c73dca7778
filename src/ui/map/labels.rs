//! Names on the map: the selected first, then the large, none over another, never more than can
//! be read. The sign of an estate's class stands with its name, so that colour is not needed.

use super::estates::District;
use super::scene::{Scene, Slot};
use super::view::View;
use crate::model::{EstateId, LonLat};
use crate::ui::theme::Palette;
use egui::{Align2, Color32, FontId, Galley, Painter, Pos2, Rect, vec2};
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
const LABEL_POINTS: f32 = 13.0;

/// Draws the labels of what is in view.
pub fn paint(
    painter: &Painter,
    view: &View,
    scene: &Scene,
    selection: &[EstateId],
    findings: &BTreeSet<EstateId>,
    palette: &Palette,
) {
    if view.zoom < SIGNS_FROM_ZOOM {
        return;
    }
    let selected: BTreeSet<_> = selection.iter().copied().collect();
    let mut slots: Vec<_> = scene
        .within(view.bounds())
        .filter(|slot| slot.boundary().is_some() && slot.estate.standing.is_counted())
        .collect();
    // Ties by key: labels must not dance while the map moves.
    slots.sort_by(|a, b| {
        let chosen = |slot: &Slot| selected.contains(&slot.estate.id);
        let order = chosen(b).cmp(&chosen(a));
        let order = order.then(b.area.total_cmp(&a.area));
        order.then(a.estate.id.cmp(&b.estate.id))
    });
    slots.truncate(MOST_CANDIDATES);
    let font = FontId::proportional(LABEL_POINTS);
    let with_names = view.zoom >= NAMES_FROM_ZOOM;
    let candidates = slots.into_iter().filter_map(|slot| {
        let at = view.project(anchor(slot)?);
        let finding = findings.contains(&slot.estate.id);
        let color = match finding {
            true => palette.finding,
            false => palette.label,
        };
        let label = |name: &str| {
            let mark = if finding { "!" } else { "" };
            let text = [name, slot.class.sign(), mark];
            let text = text.into_iter().filter(|part| !part.is_empty());
            let text = text.collect::<Vec<_>>().join(" ");
            let galley = painter.layout_no_wrap(text, font.clone(), color);
            let rect = Align2::CENTER_CENTER.anchor_size(at, galley.size());
            (rect, (galley, color))
        };
        // Where the name has no room the sign alone may: no estate by its colour alone.
        let name = Some(slot.estate.name.as_str()).filter(|name| with_names && !name.is_empty());
        let labels = [name.map(label), Some(label(""))];
        Some(labels.into_iter().flatten().collect::<Vec<_>>())
    });
    for (rect, (galley, color)) in without_overlap(candidates, view.rect, MOST_LABELS) {
        paint_haloed(painter, rect.min, galley, color, palette.halo);
    }
}

/// District names, while districts are larger than a screen is.
pub fn paint_districts(painter: &Painter, view: &View, districts: &[District], palette: &Palette) {
    if view.zoom > DISTRICTS_TO_ZOOM {
        return;
    }
    let font = FontId::proportional(LABEL_POINTS);
    let names = districts.iter().filter_map(|district| {
        let at = view.project(district.boundary.centroid()?.0.into());
        let color = palette.district;
        let galley = painter.layout_no_wrap(district.name.clone(), font.clone(), color);
        let rect = Align2::CENTER_CENTER.anchor_size(at, galley.size());
        Some([(rect, galley)])
    });
    for (rect, galley) in without_overlap(names, view.rect, MOST_LABELS) {
        paint_haloed(painter, rect.min, galley, palette.district, palette.halo);
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
    for (x, y) in [(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)] {
        painter.galley_with_override_text_color(at + vec2(x, y), galley.clone(), halo);
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
/// before.
fn without_overlap<T>(
    candidates: impl Iterator<Item = impl IntoIterator<Item = (Rect, T)>>,
    room: Rect,
    most: usize,
) -> Vec<(Rect, T)> {
    let mut taken: Vec<(Rect, T)> = Vec::new();
    for forms in candidates {
        if taken.len() == most {
            break;
        }
        let free = |rect: Rect| {
            let touches = |other: &(Rect, T)| other.0.intersects(rect.expand(2.0));
            room.contains_rect(rect) && !taken.iter().any(touches)
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
        let placed = without_overlap(candidates.into_iter(), room, 3);
        let names: Vec<_> = placed.into_iter().map(|(_, name)| name).collect();
        assert_eq!(names, ["first", "its short form", "below"]);
    }
}
