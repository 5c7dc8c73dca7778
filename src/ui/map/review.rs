//! A pair under review: both outlines, where they differ, how far they are apart, and which is
//! which.

use super::labels::paint_haloed;
use super::outline::{self, Dash, Lean};
use super::view::View;
use crate::geodesy::measure::distance_m;
use crate::geometry::nearest::{Place, nearest};
use crate::model::{Boundary, EstateId, LonLat, Survey};
use crate::ui::theme::{MAP_LABEL_SIZE, Palette};
use crate::words::Language;
use crate::words::fields::record_name;
use egui::{Align2, Color32, FontId, Frame, Painter, Rect, Sense, Shape, Stroke, Ui, vec2};
use geo::BooleanOps;
use std::sync::Arc;

/// Two records and the parts that only one of them covers; kept while neither changes.
pub struct Difference {
    sides: [Side; 2],
    /// The shortest way from one to the other, and how long it is in metres.
    gap: Option<(LonLat, LonLat, f64)>,
}

struct Side {
    id: EstateId,
    boundary: Option<Arc<Boundary>>,
    position: Option<LonLat>,
    /// What the other does not cover; `None` where one of the two has no boundary.
    alone: Option<Boundary>,
}

impl Side {
    fn is(&self, other: &Side) -> bool {
        let same = |a: &Option<Arc<Boundary>>, b: &Option<Arc<Boundary>>| match (a, b) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        };
        self.id == other.id
            && same(&self.boundary, &other.boundary)
            && self.position == other.position
    }

    fn of(survey: &Survey, id: EstateId) -> Self {
        let estate = survey.estate(id);
        Self {
            id,
            boundary: estate.and_then(|estate| estate.boundary.clone()),
            position: estate.and_then(|estate| estate.position),
            alone: None,
        }
    }

    fn place(&self) -> Option<Place<'_>> {
        match (&self.boundary, self.position) {
            (Some(boundary), _) => Some(Place::Ground(boundary)),
            (None, Some(at)) => Some(Place::Spot(at)),
            (None, None) => None,
        }
    }
}

/// How one of the two is drawn.
struct Look {
    color: Color32,
    dash: Dash,
    lean: Lean,
}

fn looks(palette: &Palette) -> [Look; 2] {
    [
        Look {
            color: palette.first,
            dash: Dash::Solid,
            lean: Lean::Right,
        },
        Look {
            color: palette.second,
            dash: Dash::Dashed,
            lean: Lean::Left,
        },
    ]
}

/// A small piece of the outline of the first (0) or the second (1) record, as the map draws it.
pub fn pair_sample(ui: &mut Ui, side: usize) {
    let (rect, _) = ui.allocate_exact_size(vec2(22.0, 16.0), Sense::hover());
    let looks = looks(Palette::of(ui.visuals()));
    if let Some(look) = looks.get(side) {
        let painter = ui.painter().with_clip_rect(rect);
        let room = rect.shrink(2.0);
        let ring = vec![
            room.left_top(),
            room.right_top(),
            room.right_bottom(),
            room.left_bottom(),
            room.left_top(),
        ];
        let rings = [ring];
        let thin = Stroke::new(1.0, look.color);
        outline::hatch(&painter, &rings, thin, 6.0, look.lean);
        outline::paint(&painter, &rings, Stroke::new(2.0, look.color), look.dash);
    }
}

impl Difference {
    /// The difference of `pair`, from `cache` where that still holds.
    pub fn of<'a>(
        cache: &'a mut Option<Difference>,
        survey: &Survey,
        pair: (EstateId, EstateId),
    ) -> &'a Difference {
        let sides = [pair.0, pair.1].map(|id| Side::of(survey, id));
        let known = |cached: &mut Difference| cached.sides.iter().zip(&sides).all(|(a, b)| a.is(b));
        match cache.take_if(known) {
            Some(still_right) => cache.insert(still_right),
            None => cache.insert(Self::worked_out(sides)),
        }
    }

    fn worked_out([mut first, mut second]: [Side; 2]) -> Self {
        if let (Some(a), Some(b)) = (&first.boundary, &second.boundary) {
            first.alone = Some(a.difference(b.as_ref()));
            second.alone = Some(b.difference(a.as_ref()));
        }
        let places = first.place().zip(second.place());
        let gap = places.and_then(|(a, b)| nearest(a, b));
        Self {
            gap: gap.map(|(from, to)| (from, to, distance_m(from, to))),
            sides: [first, second],
        }
    }

    pub fn paint(&self, painter: &Painter, view: &View, palette: &Palette, language: Language) {
        for (index, (side, look)) in self.sides.iter().zip(looks(palette)).enumerate() {
            if let Some(alone) = &side.alone {
                let rings = outline::rings(alone, view);
                let thin = Stroke::new(1.2, look.color);
                outline::hatch(painter, &rings, thin, 8.0, look.lean);
            }
            let stroke = Stroke::new(3.0, look.color);
            match (&side.boundary, side.position) {
                (Some(boundary), _) => {
                    let rings = outline::rings(boundary, view);
                    outline::paint_with_halo(painter, &rings, stroke, palette.halo, look.dash);
                }
                (None, Some(at)) => {
                    let at = view.project(at);
                    let halo = Stroke::new(5.5, palette.halo);
                    for stroke in [halo, stroke] {
                        // A ring for the first and a square for the second: not by colour alone.
                        match index {
                            0 => painter.circle_stroke(at, 9.0, stroke),
                            _ => {
                                let square = Rect::from_center_size(at, vec2(16.0, 16.0));
                                let middle = egui::StrokeKind::Middle;
                                painter.rect_stroke(square, 0.0, stroke, middle)
                            }
                        };
                    }
                }
                (None, None) => {}
            }
        }
        if let Some((from, to, metres)) = self.gap {
            let ends = [view.project(from), view.project(to)];
            let [wide, line] = [(4.5, palette.halo), (2.0, palette.label)]
                .map(|(width, color)| Stroke::new(width, color));
            painter.line_segment(ends, wide);
            painter.extend(Shape::dashed_line(&ends, line, 4.0, 4.0));
            let text = apart_text(metres, language);
            let font = FontId::proportional(MAP_LABEL_SIZE);
            let galley = painter.layout_no_wrap(text, font, palette.label);
            let middle = ends[0].lerp(ends[1], 0.5) - vec2(0.0, 4.0);
            let at = Align2::CENTER_BOTTOM.anchor_size(middle, galley.size());
            paint_haloed(painter, at.min, galley, palette.label, palette.halo);
        }
    }
}

fn apart_text(metres: f64, language: Language) -> String {
    match metres {
        metres if metres >= 1000.0 => {
            let kilometres = format!("{:.1}", metres / 1000.0);
            language.text_with("map.kilometres", &[("n", &kilometres)])
        }
        metres if metres >= 10.0 => {
            language.text_with("map.metres", &[("n", &format!("{metres:.0}"))])
        }
        metres => language.text_with("map.metres", &[("n", &format!("{metres:.1}"))]),
    }
}

pub(super) fn pair_legend_id(ui: &Ui) -> egui::Id {
    ui.scope_id().with("pair legend")
}

/// Upper right: which of the two is drawn how.
pub(super) fn pair_legend(
    ui: &Ui,
    view: &View,
    difference: &Difference,
    survey: &Survey,
    palette: &Palette,
    language: Language,
) {
    let name = language.text("map.pair.legend");
    egui::Area::new(pair_legend_id(ui))
        .order(egui::Order::Background)
        .pivot(Align2::RIGHT_TOP)
        .fixed_pos(view.rect.right_top() + vec2(-10.0, 10.0))
        .constrain_to(view.rect)
        .accessible_name(&*name)
        .show(ui.ctx(), |ui| {
            let frame = Frame::popup(ui.style()).fill(palette.float.gamma_multiply(0.95));
            frame.show(ui, |ui| {
                ui.set_max_width((view.rect.width() * 0.5).max(160.0));
                for (index, side) in difference.sides.iter().enumerate() {
                    let name = match survey.estate(side.id) {
                        Some(estate) => record_name(language, survey, estate),
                        None => language.text("record.gone").into_owned(),
                    };
                    let name = match side.place() {
                        Some(Place::Ground(_)) => name,
                        Some(Place::Spot(_)) => {
                            language.text_with("map.pair.spot", &[("name", &name)])
                        }
                        None => language.text_with("map.pair.nowhere", &[("name", &name)]),
                    };
                    ui.horizontal(|ui| {
                        pair_sample(ui, index);
                        ui.add(egui::Label::new(name).truncate());
                    });
                }
                let has_difference = difference.sides.iter().any(|side| {
                    let alone = side.alone.as_ref();
                    alone.is_some_and(|alone| !alone.0.is_empty())
                });
                let about = match difference.gap {
                    Some((.., metres)) => {
                        let distance = apart_text(metres, language);
                        Some(language.text_with("map.pair.apart", &[("distance", &distance)]))
                    }
                    None if has_difference => Some(language.text("map.pair.hatched").into_owned()),
                    None => None,
                };
                if let Some(about) = about {
                    ui.label(egui::RichText::new(about).small());
                }
            });
        });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Estate;
    use crate::ui::test_bench::id;

    fn block(number: u128, east: f64) -> Estate {
        let rect = geo::Rect::new((115.9 + east, 28.6), (115.901 + east, 28.601));
        Estate {
            boundary: Some(Arc::new(rect.to_polygon().into())),
            ..Estate::new(id(number))
        }
    }

    fn survey(estates: [Estate; 2]) -> Survey {
        Survey::from_parts(estates, [], [], Default::default())
    }

    #[test]
    fn the_difference_is_worked_out_once_for_the_same_two_outlines() {
        let mut cache = None;
        let pair = (id(1), id(2));
        let first = survey([block(1, 0.0), block(2, 0.0005)]);
        let rings_at = |cache: &mut Option<Difference>, survey: &Survey| {
            let difference = Difference::of(cache, survey, pair);
            difference.sides[0].alone.as_ref().unwrap().0.as_ptr()
        };
        let worked_out = rings_at(&mut cache, &first);
        assert_eq!(rings_at(&mut cache, &first.clone()), worked_out);
        let alone = cache.as_ref().unwrap().sides[0].alone.clone().unwrap();
        use geo::Area;
        assert!((alone.unsigned_area() - 0.0005 * 0.001).abs() < 1e-12);

        let moved = survey([block(1, 0.0), block(2, 0.003)]);
        let difference = Difference::of(&mut cache, &moved, pair);
        let (.., metres) = difference.gap.unwrap();
        assert!((metres - 195.6).abs() < 0.5, "{metres}");
    }

    #[test]
    fn a_record_without_an_outline_stands_at_its_point() {
        let point = Estate {
            position: Some(LonLat::new(115.902, 28.6005)),
            ..Estate::new(id(2))
        };
        let nowhere = Estate::new(id(2));
        let of = |other| {
            let survey = survey([block(1, 0.0), other]);
            Difference::of(&mut None, &survey, (id(1), id(2))).gap
        };
        let (.., metres) = of(point).unwrap();
        assert!((metres - 97.8).abs() < 0.5, "{metres}");
        assert!(of(nowhere).is_none());
    }
}
