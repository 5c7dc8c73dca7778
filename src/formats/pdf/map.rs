//! A map on paper: polygons in metres, true to a round scale, with scale bar, north and legend.

use super::ink::Ink;
use super::letters::Letters;
use super::mark::{Box2, Mark, Spot};
use std::sync::Arc;

/// What a map shows. Positions are metres east and north of an origin; north is up.
#[derive(Clone, Debug)]
pub struct MapFigure {
    /// West, south, east, north: what must be seen.
    pub extent: [f64; 4],
    /// The most of the page's height that it takes, in points; land that is wide takes less.
    pub height: f32,
    /// Drawn in this order.
    pub shapes: Vec<Shape>,
    /// The first one has its place first; one that would cover another is left out.
    pub names: Vec<Name>,
    pub legend: Vec<(Look, String)>,
    /// Under the map: the datum, and what was left out.
    pub note: String,
}

#[derive(Clone, Debug)]
pub struct Shape {
    /// Outer rings and holes, closed or not.
    pub rings: Arc<Vec<Vec<[f64; 2]>>>,
    pub look: Look,
    pub least: Least,
}

/// What becomes of a shape that is too small to be seen at the map's scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Least {
    /// It is drawn as it is.
    True,
    /// A square in its middle stands for it.
    Square,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    pub fill: Option<Ink>,
    pub line: Option<(Ink, f32)>,
}

#[derive(Clone, Debug)]
pub struct Name {
    pub at: [f64; 2],
    pub text: String,
    pub size: f32,
}

/// The side of the square that stands for a small shape, in points.
const LEAST: f32 = 3.2;
/// Corners nearer than this are one corner on paper, in points.
const NEAREST: f32 = 0.25;
const POINTS_PER_METRE: f64 = 72.0 / 0.0254;
/// Round scales: these times a power of ten.
const ROUND: [f64; 8] = [1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 7.5];

/// The smallest round scale number at which `metres` fit on `points`.
fn scale_number(metres: f64, points: f64) -> f64 {
    let least = (metres * POINTS_PER_METRE / points.max(1.0)).max(100.0);
    let power = 10f64.powf(least.log10().floor());
    let round = ROUND.into_iter().chain([10.0]).map(|step| step * power);
    round
        .into_iter()
        .find(|number| *number >= least)
        .unwrap_or(least)
}

/// From metres to the page.
struct View {
    centre: [f64; 2],
    middle: Spot,
    points_per_metre: f64,
}

impl View {
    fn at(&self, [east, north]: [f64; 2]) -> Spot {
        let x = (east - self.centre[0]) * self.points_per_metre;
        let y = (north - self.centre[1]) * self.points_per_metre;
        [self.middle[0] + x as f32, self.middle[1] - y as f32]
    }
}

/// Draws the map into `frame`.
pub(super) fn draw(
    map: &MapFigure,
    frame: Box2,
    scale_text: &str,
    north: &str,
    letters: &mut Letters,
) -> Vec<Mark> {
    let [west, south, east, up] = map.extent;
    let (width, height) = (f64::from(frame.width()), f64::from(frame.height()));
    let number = scale_number((east - west).max(1.0), width - 24.0)
        .max(scale_number((up - south).max(1.0), height - 24.0));
    let view = View {
        centre: [(west + east) / 2.0, (south + up) / 2.0],
        middle: frame.middle(),
        points_per_metre: POINTS_PER_METRE / number,
    };
    let mut marks = vec![Mark::filled(frame, Ink::LAND), Mark::Clip(frame)];
    for shape in &map.shapes {
        marks.extend(shape_mark(shape, &view, frame));
    }
    marks.extend(names(&map.names, &view, frame, letters));
    marks.push(Mark::Unclip);
    marks.push(Mark::framed(frame, Ink::BORDER, 0.7));
    marks.extend(north_arrow(frame, north, letters));
    let scale_text = scale_text.replace("%{scale}", &grouped(number));
    marks.extend(scale_bar(&view, frame, &scale_text, letters));
    marks
}

/// One shape on paper; `None` where nothing of it would be seen.
fn shape_mark(shape: &Shape, view: &View, frame: Box2) -> Option<Mark> {
    let mut rings = Vec::with_capacity(shape.rings.len());
    let mut bounds: Option<Box2> = None;
    for ring in shape.rings.iter() {
        let mut corners: Vec<Spot> = Vec::with_capacity(ring.len());
        for corner in ring {
            let spot = view.at(*corner);
            bounds = Some(Box2::around(bounds, spot));
            let is_near = corners.last().is_some_and(|last| {
                (last[0] - spot[0]).abs() < NEAREST && (last[1] - spot[1]).abs() < NEAREST
            });
            if !is_near {
                corners.push(spot);
            }
        }
        rings.push(corners);
    }
    let bounds = bounds.filter(|bounds| bounds.meets(frame))?;
    let is_small = bounds.width() < LEAST && bounds.height() < LEAST;
    if is_small && shape.least == Least::Square {
        let [x, y] = bounds.middle();
        rings = vec![Box2::new(x - LEAST / 2.0, y - LEAST / 2.0, LEAST, LEAST).corners()];
    }
    rings.retain(|ring| ring.len() > 2);
    Some(Mark::Shape {
        rings,
        fill: shape.look.fill,
        line: shape.look.line,
    })
}

fn names(names: &[Name], view: &View, frame: Box2, letters: &mut Letters) -> Vec<Mark> {
    let mut taken = vec![
        // North arrow and scale bar stand here.
        Box2::new(frame.right - 34.0, frame.top, 34.0, 46.0),
        Box2::new(frame.left, frame.bottom - 30.0, 150.0, 30.0),
    ];
    let mut marks = Vec::new();
    for name in names {
        let text = letters.shortened(&name.text, name.size, 110.0);
        let width = letters.width(&text, name.size);
        let [x, y] = view.at(name.at);
        let place = Box2::new(x - width / 2.0, y - name.size * 0.6, width, name.size * 1.2);
        if !frame.holds(place) || taken.iter().any(|other| other.meets(place)) {
            continue;
        }
        taken.push(place);
        letters.note_missing(&text);
        marks.push(Mark::Text {
            at: [place.left, y + name.size * 0.35],
            text,
            size: name.size,
            ink: Ink::TEXT,
            weight: super::mark::Weight::Haloed,
        });
    }
    marks
}

fn north_arrow(frame: Box2, north: &str, letters: &mut Letters) -> Vec<Mark> {
    let (x, top) = (frame.right - 18.0, frame.top + 8.0);
    let half = |side: f32, fill| Mark::Shape {
        rings: vec![vec![
            [x, top],
            [x + side * 6.0, top + 20.0],
            [x, top + 15.0],
        ]],
        fill: Some(fill),
        line: Some((Ink::TEXT, 0.6)),
    };
    let width = letters.width(north, 9.0);
    letters.note_missing(north);
    vec![
        half(-1.0, Ink::TEXT),
        half(1.0, Ink::PAPER),
        Mark::text([x - width / 2.0, top + 31.0], north, 9.0, Ink::TEXT),
    ]
}

/// A round length at the map's foot, and the scale in figures.
fn scale_bar(view: &View, frame: Box2, scale_text: &str, letters: &mut Letters) -> Vec<Mark> {
    const LONGEST: f64 = 90.0;
    let most = LONGEST / view.points_per_metre;
    let power = 10f64.powf(most.log10().floor());
    let metres = [5.0, 2.0, 1.0].map(|step| step * power);
    let metres = metres
        .into_iter()
        .find(|length| *length <= most)
        .unwrap_or(power);
    let length = (metres * view.points_per_metre) as f32;
    let text = match metres >= 1000.0 {
        true => format!("{} km", metres / 1000.0),
        false => format!("{metres} m"),
    };
    let (left, y) = (frame.left + 10.0, frame.bottom - 9.0);
    let label = format!("{text}   {scale_text}");
    let ground = letters.width(&label, 7.5).max(length) + 12.0;
    letters.note_missing(&label);
    let half = length / 2.0;
    vec![
        Mark::filled(Box2::new(left - 6.0, y - 16.0, ground, 21.0), Ink::PAPER),
        Mark::filled(Box2::new(left, y - 2.0, half, 3.0), Ink::TEXT),
        Mark::filled(Box2::new(left + half, y - 2.0, half, 3.0), Ink::PAPER),
        Mark::framed(Box2::new(left, y - 2.0, length, 3.0), Ink::TEXT, 0.6),
        Mark::text([left, y - 6.0], &label, 7.5, Ink::TEXT),
    ]
}

/// `25000` as 25,000.
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_are_round_and_everything_fits() {
        for (metres, points, number) in [
            (100.0, 400.0, 750.0),
            (141.0, 400.0, 1_000.0),
            (142.0, 400.0, 1_500.0),
            (1.0, 400.0, 100.0),
            (20_000.0, 480.0, 150_000.0),
        ] {
            let got = scale_number(metres, points);
            assert_eq!(got, number, "{metres} m on {points} points");
            assert!(metres * POINTS_PER_METRE / got <= points);
        }
        assert_eq!(grouped(200_000.0), "200,000");
    }

    #[test]
    fn a_small_estate_is_still_a_square_and_one_outside_is_nothing() {
        let view = View {
            centre: [0.0, 0.0],
            middle: [100.0, 100.0],
            points_per_metre: 0.01,
        };
        let frame = Box2::new(0.0, 0.0, 200.0, 200.0);
        let shape = |east: f64, least| Shape {
            rings: Arc::new(vec![vec![[east, 0.0], [east + 50.0, 0.0], [east, 50.0]]]),
            look: Look {
                fill: Some(Ink::ACCENT),
                line: None,
            },
            least,
        };
        let corners = |mark: Option<Mark>| match mark {
            Some(Mark::Shape { rings, .. }) => rings.first().map(Vec::len),
            _ => None,
        };
        assert_eq!(
            corners(shape_mark(&shape(0.0, Least::Square), &view, frame)),
            Some(4)
        );
        assert_eq!(
            corners(shape_mark(&shape(0.0, Least::True), &view, frame)),
            Some(3)
        );
        assert!(shape_mark(&shape(50_000.0, Least::Square), &view, frame).is_none());
    }
}
