//! What stands beside the cursor while something is drawn: lengths and areas, all geodesic, and
//! why it cannot be finished as it is.

use super::Desk;
use super::flaws::Flaw;
use super::outcome::Outcome;
use crate::geodesy::measure::{area_m2, distance_m, hectares, length_m, mu, ring_area_m2};
use crate::geometry::ShapeProblem;
use crate::model::{Boundary, LonLat};
use crate::ui::tool::{Purpose, Sketch};
use crate::words::Language;
use crate::words::fields::area_figure;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    Figure(String),
    Problem(String),
}

pub fn readout(
    desk: &Desk,
    sketch: &Sketch,
    corners: &[LonLat],
    outcome: Result<&Outcome, &ShapeProblem>,
    flaws: &[Flaw],
) -> Vec<Line> {
    let language = desk.language;
    let side = corners
        .last_chunk()
        .map(|[from, to]| distance_m(*from, *to));
    let side = side.map(|metres| length_text(metres, language));
    let mut lines = match sketch.purpose {
        Purpose::Measure => measured(corners, language),
        purpose if purpose.encloses() => {
            let area = ring_area_m2(corners).map(|area| area_text(area, language));
            side.into_iter().chain(area).map(Line::Figure).collect()
        }
        _ => side.into_iter().map(Line::Figure).collect(),
    };
    match outcome {
        Ok(Outcome::Split { parts, .. }) => lines.push(Line::Figure(split_text(parts, language))),
        Ok(Outcome::Reshaped {
            estate, boundary, ..
        }) if !sketch.purpose.encloses() => {
            let record = desk.survey.estate(*estate);
            let before = record.and_then(|record| record.boundary.as_deref());
            let before = before.map_or(0.0, area_m2);
            lines.push(Line::Figure(change_text(
                before,
                area_m2(boundary),
                language,
            )));
        }
        Err(problem) => lines.extend(short_text(*problem, language).map(Line::Problem)),
        _ => {}
    }
    let thin = flaws.iter().filter_map(|flaw| match flaw {
        Flaw::NoArea => Some("map.sketch.no_area"),
        Flaw::Sliver => Some("map.sketch.sliver"),
        _ => None,
    });
    lines.extend(thin.map(|key| Line::Problem(language.text(key).into_owned())));
    lines
}

/// A line's length and its last side, or the area of one that comes back to its start.
fn measured(corners: &[LonLat], language: Language) -> Vec<Line> {
    let Some([from, to]) = corners.last_chunk() else {
        return Vec::new();
    };
    let total = length_text(length_m(corners), language);
    let is_closed = corners.len() > 3 && corners.first() == corners.last();
    let texts = match (is_closed, corners.len()) {
        (true, _) => {
            let area = ring_area_m2(corners).unwrap_or(0.0);
            let [square_metres, mu, hectares] =
                [area.round(), mu(area), hectares(area)].map(area_figure);
            let around = language.text_with("map.measure.around", &[("length", &total)]);
            let figures: [(&str, &dyn std::fmt::Display); 3] =
                [("m2", &square_metres), ("mu", &mu), ("ha", &hectares)];
            vec![language.text_with("map.measure.area", &figures), around]
        }
        (false, 2) => vec![total],
        (false, _) => {
            let last = length_text(distance_m(*from, *to), language);
            let last = language.text_with("map.measure.last_side", &[("length", &last)]);
            vec![
                language.text_with("map.measure.total", &[("length", &total)]),
                last,
            ]
        }
    };
    texts.into_iter().map(Line::Figure).collect()
}

/// "86.2 m", "1.24 km"
pub fn length_text(metres: f64, language: Language) -> String {
    match metres < 1000.0 {
        true => language.text_with("map.metres", &[("n", &format!("{metres:.1}"))]),
        false => language.text_with(
            "map.kilometres",
            &[("n", &format!("{:.3}", metres / 1000.0))],
        ),
    }
}

/// "12,345 m² · 18.52 mu"
pub fn area_text(area_m2: f64, language: Language) -> String {
    let square_metres = area_figure(area_m2.round());
    let mu = area_figure(mu(area_m2));
    language.text_with("map.area", &[("m2", &square_metres), ("mu", &mu)])
}

/// "2 parts: 5,123 m² + 4,877 m²"
fn split_text(parts: &[Boundary], language: Language) -> String {
    let areas = parts.iter().map(|part| area_figure(area_m2(part).round()));
    let areas: Vec<_> = areas
        .map(|area| language.text_with("map.square_metres", &[("m2", &area)]))
        .collect();
    let values: [(&str, &dyn std::fmt::Display); 2] =
        [("count", &parts.len()), ("areas", &areas.join(" + "))];
    language.text_with("map.sketch.parts", &values)
}

/// "12,345 m² (+312 m²)"
fn change_text(before_m2: f64, after_m2: f64, language: Language) -> String {
    let change = (after_m2 - before_m2).round();
    let sign = if change < 0.0 { "−" } else { "+" };
    let change = format!("{sign}{}", area_figure(change.abs()));
    let after = area_figure(after_m2.round());
    language.text_with("map.sketch.change", &[("m2", &after), ("change", &change)])
}

/// What stands in the way, in a few words; nothing where it only has to be drawn further.
fn short_text(problem: ShapeProblem, language: Language) -> Option<String> {
    let key = match problem {
        ShapeProblem::HoleOutside => "map.sketch.hole_outside",
        ShapeProblem::PartOverlaps => "map.sketch.part_overlaps",
        ShapeProblem::ResultUnsound => "map.sketch.result_unsound",
        ShapeProblem::Unsound => "map.sketch.unsound",
        ShapeProblem::DoesNotCross => "map.sketch.does_not_cross",
        ShapeProblem::DoesNotMeetTwice => "map.sketch.does_not_meet_twice",
        _ => return None,
    };
    Some(language.text(key).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64) -> LonLat {
        LonLat::new(115.9 + x / 1000.0, 28.6 + y / 1000.0)
    }

    fn text(lines: &[Line]) -> Vec<&str> {
        let text = |line| match line {
            &Line::Figure(ref text) | &Line::Problem(ref text) => text.as_str(),
        };
        lines.iter().map(text).collect()
    }

    #[test]
    fn a_line_is_measured_whole_and_by_its_last_side_and_a_ring_by_its_area() {
        let line = [at(0.0, 0.0), at(1.0, 0.0), at(1.0, 1.0), at(0.0, 0.0)];
        let english = Language::English;
        assert_eq!(text(&measured(&line[..1], english)), [""; 0]);
        assert_eq!(text(&measured(&line[..2], english)), ["97.8 m"]);
        assert_eq!(
            text(&measured(&line[..3], english)),
            ["208.6 m in all", "last side 110.8 m"]
        );
        assert_eq!(
            text(&measured(&line, english)),
            ["5,420 m² · 8.13 mu · 0.54 ha", "356.5 m around"]
        );
        assert_eq!(length_text(12_345.6, english), "12.346 km");
    }

    #[test]
    fn a_stretch_redrawn_says_how_much_it_adds_or_takes() {
        let english = Language::English;
        assert_eq!(
            change_text(12_000.0, 12_312.4, english),
            "12,312 m² (+312 m²)"
        );
        assert_eq!(
            change_text(12_000.0, 9_000.0, english),
            "9,000 m² (−3,000 m²)"
        );
    }
}
