//! Repairing a ring in hand: what was slipped is taken out, and corners that were set in the wrong
//! order are put into one that does not cross.

use crate::geometry::ShapeProblem;
use crate::geometry::parts::ring_boundary;
use crate::geometry::repair::{Fix, repaired};
use crate::geometry::uncross::uncrossed;
use crate::model::{Boundary, LonLat};
use crate::ui::tool::Sketch;
use crate::words::Language;
use crate::words::geometry::fix_text;
use geo::{Coord, Polygon};

/// A sketch without slips, and what that took.
#[derive(Clone, Debug, PartialEq)]
pub struct Mended {
    pub sketch: Sketch,
    pub fixes: Vec<RingFix>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RingFix {
    Of(Fix),
    /// Every corner is still there, in another order.
    Uncrossed,
}

/// `sketch` made sound; no fix where nothing was wrong. A line only loses corners set twice: where
/// it crosses itself, nobody else can know its way.
///
/// # Errors
/// What is wrong with it still.
pub fn mended(sketch: &Sketch) -> Result<Mended, ShapeProblem> {
    let mut corners = sketch.corners.clone();
    corners.dedup();
    let removed = sketch.corners.len() - corners.len();
    let repeated = (removed > 0).then_some(RingFix::Of(Fix::RepeatedCorners { removed }));
    let mut fixes: Vec<_> = repeated.into_iter().collect();
    if sketch.purpose.encloses() && ring_boundary(&corners).is_err() {
        let (ring, more) = mended_ring(&corners)?;
        corners = ring;
        fixes.extend(more);
    }
    let purpose = sketch.purpose;
    let sketch = Sketch { purpose, corners };
    Ok(Mended { sketch, fixes })
}

fn mended_ring(ring: &[LonLat]) -> Result<(Vec<LonLat>, Vec<RingFix>), ShapeProblem> {
    // Cutting a ring apart where it crosses would leave two: only in another order it stays one.
    if let Some(ring) = uncrossed(ring).filter(|ring| ring_boundary(ring).is_ok()) {
        return Ok((ring, vec![RingFix::Uncrossed]));
    }
    let corners = ring.iter().map(|at| Coord::from(*at)).collect();
    let repair = repaired(&Boundary::from(Polygon::new(corners, Vec::new())))?;
    match repair.boundary.0.as_slice() {
        [polygon] if polygon.interiors().is_empty() => {
            let closed = &polygon.exterior().0;
            let open = closed[..closed.len().saturating_sub(1)].iter();
            let fixes = repair.fixes.into_iter().map(RingFix::Of).collect();
            Ok((open.map(|at| LonLat::from(*at)).collect(), fixes))
        }
        _ => Err(ShapeProblem::CrossesItself),
    }
}

/// "put the corners into an order that does not cross".
pub fn ring_fix_text(language: Language, fix: RingFix) -> String {
    match fix {
        RingFix::Of(fix) => fix_text(language, fix),
        RingFix::Uncrossed => language.text("map.sketch.uncrossed").into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::tool::Purpose;

    fn ring(places: &[(f64, f64)]) -> Sketch {
        let at = |(x, y): &(f64, f64)| LonLat::new(115.9 + x / 1e3, 28.6 + y / 1e3);
        Sketch::new(Purpose::NewEstate).with(places.iter().map(at))
    }

    #[test]
    fn a_bow_tie_keeps_its_corners_and_a_sound_ring_stays_as_it_is() {
        let bow_tie = ring(&[(0.0, 0.0), (4.0, 4.0), (4.0, 0.0), (0.0, 4.0)]);
        let Mended { sketch, fixes } = mended(&bow_tie).unwrap();
        assert_eq!(fixes, [RingFix::Uncrossed]);
        assert_eq!(sketch.corners.len(), 4);
        let fixes = vec![];
        assert_eq!(mended(&sketch), Ok(Mended { sketch, fixes }));
    }

    #[test]
    fn a_corner_set_twice_and_a_spike_are_taken_out() {
        for slipped in [
            ring(&[(0.0, 0.0), (4.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)]),
            ring(&[
                (0.0, 0.0),
                (4.0, 0.0),
                (8.0, 0.0),
                (4.0, 0.0),
                (4.0, 4.0),
                (0.0, 4.0),
            ]),
        ] {
            let Mended { sketch, fixes } = mended(&slipped).unwrap();
            assert_eq!(sketch.corners.len(), 4, "{slipped:?}");
            assert_eq!(fixes.len(), 1, "{fixes:?}");
            assert!(ring_boundary(&sketch.corners).is_ok());
        }
    }

    #[test]
    fn a_line_keeps_its_crossing() {
        let mut line = ring(&[(0.0, 0.0), (4.0, 4.0), (4.0, 0.0), (4.0, 0.0), (0.0, 4.0)]);
        line.purpose = Purpose::Measure;
        assert_eq!(mended(&line).unwrap().sketch.corners.len(), 4);
    }
}
