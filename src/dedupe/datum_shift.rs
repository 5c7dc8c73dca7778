//! Copies displaced by a datum's offset: one list drawn on Amap or Baidu and declared WGS 84.

use super::place::{self, distance_m};
use super::profile::Profile;
use crate::catalogue::DatumShiftLimits;
use crate::geodesy::datum::from_storage;
use crate::model::{Datum, LonLat};

/// The datums whose offset is a common mistake.
pub const SHIFTED: [Datum; 2] = [Datum::Gcj02, Datum::Bd09];

/// A displacement that looks like a datum's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DatumShift {
    /// The datum that one copy is really in.
    pub datum: Datum,
    /// How far the displacement is from the datum's offset.
    pub residual_m: f64,
    /// IoU of the outlines laid over each other; `None` where one has no outline.
    pub aligned_iou: Option<f64>,
}

/// Where a record at `at` lands when it is taken for WGS 84 but was drawn in `datum`.
pub fn displaced(at: LonLat, datum: Datum) -> LonLat {
    from_storage(datum, at).into()
}

/// The datum whose offset lies between two records, if any does.
///
/// Outlines must also agree in shape once laid over each other; positions alone must fit closely.
pub fn relation(a: &Profile, b: &Profile, limits: &DatumShiftLimits) -> Option<DatumShift> {
    let (from, to) = (a.anchor?, b.anchor?);
    // Farther apart than any datum displaces.
    if (from.lon - to.lon).abs() > 0.03 || (from.lat - to.lat).abs() > 0.03 {
        return None;
    }
    let (outlines, most_residual) = match (&a.outline, &b.outline) {
        (Some(ours), Some(theirs)) => {
            let ratio = ours.area_m2.min(theirs.area_m2) / ours.area_m2.max(theirs.area_m2);
            // Two shapes never agree better than their areas do.
            if ratio < limits.aligned_iou {
                return None;
            }
            (Some((ours, theirs)), limits.residual_m)
        }
        _ => (None, limits.point_residual_m),
    };
    let (ours, theirs) = (a.displaced?, b.displaced?);
    let (datum, residual_m) = SHIFTED
        .into_iter()
        .zip(ours.into_iter().zip(theirs))
        .flat_map(|(datum, (ours, theirs))| {
            [
                (datum, distance_m(ours, to)),
                (datum, distance_m(theirs, from)),
            ]
        })
        .filter(|(_, residual)| *residual <= most_residual)
        .min_by(|(_, a), (_, b)| a.total_cmp(b))?;
    let aligned_iou = outlines.map(|(ours, theirs)| place::aligned_iou(ours, theirs));
    if aligned_iou.is_some_and(|iou| iou < limits.aligned_iou) {
        return None;
    }
    Some(DatumShift {
        datum,
        residual_m,
        aligned_iou,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dedupe::fixtures::{outlined, position, rectangle};
    use crate::dedupe::normalise::Aliases;
    use geo::MapCoords;

    fn limits() -> DatumShiftLimits {
        crate::catalogue::Catalogue::shipped()
            .rules
            .dedupe
            .datum_shift
    }

    #[test]
    fn a_copy_in_another_datum_is_named() {
        let boundary = rectangle(0.0, 0.0, 120.0, 80.0);
        for datum in SHIFTED {
            let copy = boundary.map_coords(|coord| from_storage(datum, coord.into()));
            let (a, b) = (outlined("甲", boundary.clone()), outlined("乙", copy));
            let (a, b) = (
                Profile::of(&a.into(), &Aliases::default()),
                Profile::of(&b.into(), &Aliases::default()),
            );
            for (x, y) in [(&a, &b), (&b, &a)] {
                let shift = relation(x, y, &limits()).expect("the offset is there");
                assert_eq!(shift.datum, datum);
                assert!(shift.residual_m < 5.0, "{shift:?}");
                assert!(shift.aligned_iou.is_some_and(|iou| iou > 0.97), "{shift:?}");
            }
        }
    }

    #[test]
    fn another_shape_at_the_same_offset_is_no_copy() {
        let offset = displaced(position(0.0, 0.0), Datum::Gcj02);
        let here = position(0.0, 0.0);
        let (east, north) = (
            distance_m(here, LonLat::new(offset.lon, here.lat)),
            -distance_m(here, LonLat::new(here.lon, offset.lat)),
        );
        let (a, b) = (
            outlined("甲", rectangle(0.0, 0.0, 200.0, 50.0)),
            outlined("乙", rectangle(east, north, 50.0, 200.0)),
        );
        assert_eq!(
            relation(
                &Profile::of(&a.into(), &Aliases::default()),
                &Profile::of(&b.into(), &Aliases::default()),
                &limits()
            ),
            None
        );
    }
}
