//! The look of the boundary in hand.

use super::hand::{Hand, Held};
use super::handles::{Handle, HandleKind, MIDDLE_FROM_POINTS, following};
use crate::geodesy::measure::area_m2;
use crate::model::EstateId;
use crate::ui::map::outline::{self, Dash};
use crate::ui::map::problems;
use crate::ui::map::tools::corners::{Changed, Ground};
use crate::ui::map::tools::flaws::{self, Flaw};
use crate::ui::map::tools::readout::area_text;
use crate::ui::map::tools::ring::corners;
use crate::ui::map::tools::{Desk, marks};
use crate::ui::preferences::Switch;
use crate::ui::verb::{Toggle, Verb};
use crate::words::fields::record_name;
use egui::{Align2, Color32, Pos2, Stroke, Vec2, vec2};
use std::f32::consts::TAU;
use std::fmt::Display;

pub fn paint(desk: &Desk, hand: &mut Hand, ground: &Ground, hovered: Option<&Handle>) {
    let palette = desk.palette;
    let changed = hand.held.changed(desk).unwrap_or_default();
    let flaws = match changed.is_empty() {
        true => {
            let stored = hand.problems.look(desk.scene, ground.own.0, desk.revision);
            stored.to_vec()
        }
        false => flaws_of(desk, &changed, ground.own.0),
    };
    for (id, boundary) in &changed {
        if *id != ground.own.0 {
            let rings = outline::rings(boundary, &desk.view);
            let stroke = Stroke::new(1.5, palette.sketch);
            outline::paint_with_halo(desk.painter, &rings, stroke, palette.halo, Dash::Dashed);
        }
    }
    let own = changed.iter().find(|(id, _)| *id == ground.own.0);
    let boundary = own.map_or(&*ground.own.1, |(_, boundary)| boundary);
    let color = match flaws.iter().any(Flaw::spoils) {
        true => palette.invalid,
        false => palette.sketch,
    };
    let rings = outline::rings(boundary, &desk.view);
    let stroke = Stroke::new(2.0, color);
    outline::paint_with_halo(desk.painter, &rings, stroke, palette.halo, Dash::Solid);

    let all = corners(boundary);
    let is_hovered = |kind| hovered.is_some_and(|handle| handle.kind == kind);
    for (index, (corner, at)) in all.iter().enumerate() {
        let here = desk.view.project(*at);
        let there = desk.view.project(following(&all, index));
        let middle = here + (there - here) / 2.0;
        if here.distance(there) >= MIDDLE_FROM_POINTS && desk.view.rect.contains(middle) {
            let radius = match is_hovered(HandleKind::Middle(*corner)) {
                true => 5.0,
                false => 3.0,
            };
            desk.painter.circle(middle, radius, color, Stroke::NONE);
        }
        if desk.view.rect.contains(here) {
            let radius = match is_hovered(HandleKind::Corner(*corner)) {
                true => 7.0,
                false => 5.0,
            };
            paint_corner(desk, here, radius, color);
            if hand.chosen.contains(corner) {
                desk.painter.circle_filled(here, radius - 1.0, color);
            }
            if hand.shared_with(*corner).is_some() {
                paint_shared(desk, here);
            }
        }
    }
    marks::paint_flaws(desk, &flaws, Switch::Off);
    if let Held::Drag(_, drag) = &hand.held
        && let Some(target) = &drag.target
    {
        desk.paint_target(target);
    }
    paint_words(desk, hand, hovered, area_m2(boundary));
}

/// What would be wrong with the boundaries in the hand.
fn flaws_of(desk: &Desk, changed: &Changed, own: EstateId) -> Vec<Flaw> {
    let ids: Vec<_> = changed.iter().map(|(id, _)| *id).collect();
    let mut flaws: Vec<_> = changed
        .iter()
        .flat_map(|(_, boundary)| problems::of_boundary(boundary))
        .collect();
    if let Some((_, boundary)) = changed.iter().find(|(id, _)| *id == own) {
        flaws.extend(problems::of_neighbours(desk.scene, boundary, &ids));
        let others = changed.iter().filter(|(id, _)| *id != own);
        flaws.extend(flaws::overlaps(
            boundary,
            others.map(|(id, other)| (*id, other)),
        ));
    }
    flaws
}

fn paint_corner(desk: &Desk, at: Pos2, radius: f32, color: Color32) {
    let edge = Stroke::new(1.5, color);
    desk.painter.circle(at, radius, desk.palette.handle, edge);
}

/// A ring around a corner that neighbours share: whole where they move with it, broken where they
/// part.
fn paint_shared(desk: &Desk, at: Pos2) {
    const RADIUS: f32 = 10.0;
    const PIECES: usize = 48;
    let point = |piece: usize| at + RADIUS * Vec2::angled(piece as f32 / PIECES as f32 * TAU);
    let (color, dash) = match desk.aids.shared_borders.is_on() {
        true => (desk.palette.sketch, Dash::Solid),
        false => (desk.palette.caution, Dash::Dashed),
    };
    let ring = [(0..=PIECES).map(point).collect()];
    let stroke = Stroke::new(1.8, color);
    outline::paint_with_halo(desk.painter, &ring, stroke, desk.palette.halo, dash);
}

/// Beside the pointer: the area, and who shares the corner.
fn paint_words(desk: &Desk, hand: &Hand, hovered: Option<&Handle>, area_m2: f64) {
    let led = match hand.held {
        Held::Nothing => hovered.and_then(|handle| match handle.kind {
            HandleKind::Corner(corner) => Some(corner),
            HandleKind::Middle(_) => None,
        }),
        Held::Drag(..) | Held::Nudge(..) => hand.chosen.first().copied(),
    };
    let beside = match hand.held {
        Held::Nothing => hovered.map(|handle| handle.at),
        // The handle has the pointer, not the map.
        Held::Drag(..) => desk.held_pointer(),
        Held::Nudge(..) => {
            let at = led.and_then(|corner| hand.place_of(corner));
            at.map(|at| desk.view.project(at))
        }
    };
    let Some(beside) = beside else { return };
    let at = beside + vec2(14.0, 12.0);
    let area = area_text(area_m2, desk.language);
    let with = led.and_then(|corner| hand.shared_with(corner));
    let shared = with.map(|with| shared_text(desk, with));
    let lines = std::iter::once((area.as_str(), desk.palette.label))
        .chain(shared.iter().map(|(text, color)| (text.as_str(), *color)));
    desk.write(at, Align2::LEFT_TOP, lines);
}

/// "shared with 粮食局宿舍: will part (J moves both)".
fn shared_text(desk: &Desk, with: &[EstateId]) -> (String, Color32) {
    let language = desk.language;
    let estates = with.iter().filter_map(|id| desk.survey.estate(*id));
    let names: Vec<_> = estates
        .map(|estate| record_name(language, desk.survey, estate))
        .collect();
    let names = language.listed(&names);
    let verb = Verb::Toggle(Toggle::SharedBorders);
    let key = desk.keys.text(verb, &desk.response.ctx).unwrap_or_default();
    let values: [(&str, &dyn Display); 2] = [("names", &names), ("key", &key)];
    match desk.aids.shared_borders.is_on() {
        true => (
            language.text_with("shapes.shared_moves", &values),
            desk.palette.label,
        ),
        false => (
            language.text_with("shapes.shared_parts", &values),
            desk.palette.caution,
        ),
    }
}
