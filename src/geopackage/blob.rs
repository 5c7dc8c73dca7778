//! Geometry as GeoPackage stores it: a short header with the envelope, then WKB.
//! Also the `ST_*` functions that the R-tree triggers call.

use crate::model::{Boundary, LonLat};
use geo::{BoundingRect, CoordsIter};
use geo_traits::to_geo::{ToGeoMultiPolygon, ToGeoPoint, ToGeoPolygon};
use geo_traits::{GeometryTrait, GeometryType, MultiPointTrait};
use rusqlite::Connection;
use rusqlite::functions::{Context, FunctionFlags};
use wkb::writer::{WriteOptions, write_multi_polygon, write_point};

/// GeoPackage 1.4, clause 2.1.3: magic "GP", version 1, flags, srs_id, envelope.
const MAGIC: [u8; 3] = [b'G', b'P', 0];
const LITTLE_ENDIAN: u8 = 0b0000_0001;
const ENVELOPE_XY: u8 = 0b0000_0010;
const EMPTY: u8 = 0b0001_0000;
const EXTENDED: u8 = 0b0010_0000;

/// Geometry of a kind or a damage that no layer of ours takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

/// West, east, south, north.
pub type Bounds = [f64; 4];

pub fn of_boundary(boundary: &Boundary) -> Vec<u8> {
    let bounds = boundary.bounding_rect();
    let mut blob = match bounds {
        Some(_) => header(LITTLE_ENDIAN | ENVELOPE_XY),
        None => header(LITTLE_ENDIAN | EMPTY),
    };
    if let Some(rect) = bounds {
        for edge in [rect.min().x, rect.max().x, rect.min().y, rect.max().y] {
            blob.extend(edge.to_le_bytes());
        }
    }
    write_multi_polygon(&mut blob, boundary, &WriteOptions::default())
        .expect("writing to memory fails only above 2^32 positions");
    blob
}

pub fn of_position(position: LonLat) -> Vec<u8> {
    let mut blob = header(LITTLE_ENDIAN);
    let point = geo::Point(position.into());
    write_point(&mut blob, &point, &WriteOptions::default())
        .expect("writing a point to memory cannot fail");
    blob
}

fn header(flags: u8) -> Vec<u8> {
    let mut blob = MAGIC.to_vec();
    blob.push(flags);
    blob.extend(super::CGCS2000_SRS_ID.to_le_bytes());
    blob
}

/// The boundary in `blob`. A lone polygon is accepted, as QGIS may write one.
pub fn boundary(blob: &[u8]) -> Result<Boundary, Unreadable> {
    let parts = Parts::of(blob).ok_or(Unreadable)?;
    let wkb = wkb::reader::read_wkb(parts.wkb).map_err(|_| Unreadable)?;
    let boundary = match wkb.as_type() {
        GeometryType::MultiPolygon(polygons) => polygons.to_multi_polygon(),
        GeometryType::Polygon(polygon) => geo::MultiPolygon(vec![polygon.to_polygon()]),
        _ => return Err(Unreadable),
    };
    is_finite(&boundary).then_some(boundary).ok_or(Unreadable)
}

/// The position in `blob`; `None` for an empty point.
pub fn position(blob: &[u8]) -> Result<Option<LonLat>, Unreadable> {
    let parts = Parts::of(blob).ok_or(Unreadable)?;
    let wkb = wkb::reader::read_wkb(parts.wkb).map_err(|_| Unreadable)?;
    let point = match wkb.as_type() {
        GeometryType::Point(point) => point.try_to_point(),
        GeometryType::MultiPoint(points) if points.num_points() == 1 => {
            points.point(0).and_then(|point| point.try_to_point())
        }
        _ => return Err(Unreadable),
    };
    // An empty point is written as two NaN.
    Ok(point
        .map(|point| LonLat::from(point.0))
        .filter(|position| position.is_finite()))
}

/// Whether `boundary` comes back from a blob as it is: JSON has no infinity, and WKB no holes
/// in nothing.
pub fn is_storable(boundary: &Boundary) -> bool {
    let in_nothing = |p: &geo::Polygon| p.exterior().0.is_empty() && !p.interiors().is_empty();
    is_finite(boundary) && !boundary.iter().any(in_nothing)
}

fn is_finite(boundary: &Boundary) -> bool {
    boundary
        .coords_iter()
        .all(|coord| LonLat::from(coord).is_finite())
}

/// The header of a blob, taken apart.
struct Parts<'a> {
    flags: u8,
    envelope: Option<Bounds>,
    wkb: &'a [u8],
}

impl<'a> Parts<'a> {
    fn of(blob: &'a [u8]) -> Option<Self> {
        let (head, rest) = blob.split_at_checked(8)?;
        if head[..3] != MAGIC || head[3] & EXTENDED != 0 {
            return None;
        }
        let flags = head[3];
        let numbers = match (flags >> 1) & 0b111 {
            0 => 0,
            1 => 4,
            2 | 3 => 6,
            4 => 8,
            _ => return None,
        };
        let (envelope, wkb) = rest.split_at_checked(numbers * 8)?;
        let number = |bytes: &[u8]| {
            let bytes: [u8; 8] = bytes.try_into().unwrap_or_default();
            match flags & LITTLE_ENDIAN {
                0 => f64::from_be_bytes(bytes),
                _ => f64::from_le_bytes(bytes),
            }
        };
        let mut numbers = envelope.chunks_exact(8).map(number);
        let envelope = match [(); 4].map(|()| numbers.next()) {
            [Some(west), Some(east), Some(south), Some(north)] => Some([west, east, south, north]),
            _ => None,
        };
        Some(Self {
            flags,
            envelope,
            wkb,
        })
    }
}

/// The envelope of `blob`: as its header says, else from its coordinates. `None` where empty.
pub fn bounds(blob: &[u8]) -> Option<Bounds> {
    let parts = Parts::of(blob)?;
    if parts.flags & EMPTY != 0 {
        return None;
    }
    if let Some(envelope) = parts.envelope {
        return envelope
            .iter()
            .all(|edge| edge.is_finite())
            .then_some(envelope);
    }
    if let Ok(position) = position(blob) {
        return position.map(|at| [at.lon, at.lon, at.lat, at.lat]);
    }
    let rect = boundary(blob).ok()?.bounding_rect()?;
    Some([rect.min().x, rect.max().x, rect.min().y, rect.max().y])
}

/// Gives `connection` the functions of the R-tree triggers (GeoPackage 1.4, annex F.3): without
/// them even a plain UPDATE of a layer fails. Innocuous, because triggers may call nothing else.
pub fn register_functions(connection: &Connection) -> rusqlite::Result<()> {
    fn of_argument(context: &Context<'_>) -> Option<Bounds> {
        context.get_raw(0).as_blob().ok().and_then(bounds)
    }
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function("ST_IsEmpty", 1, flags, |context| {
        Ok(of_argument(context).is_none())
    })?;
    for (index, name) in ["ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"]
        .into_iter()
        .enumerate()
    {
        connection.create_scalar_function(name, 1, flags, move |context| {
            Ok(of_argument(context).map(|bounds| bounds[index]))
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{LineString, Polygon, polygon};
    use proptest::prelude::*;

    fn square() -> Boundary {
        geo::MultiPolygon(vec![polygon![
            (x: 115.1, y: 28.6), (x: 115.2, y: 28.6), (x: 115.2, y: 28.7), (x: 115.1, y: 28.6),
        ]])
    }

    #[test]
    fn a_boundary_comes_back_as_it_was_written() {
        let nothing = LineString::new(vec![]);
        for shape in [
            square(),
            geo::MultiPolygon(vec![]),
            geo::MultiPolygon(vec![Polygon::new(nothing, vec![])]),
        ] {
            let blob = of_boundary(&shape);
            assert_eq!(boundary(&blob), Ok(shape));
        }
    }

    #[test]
    fn the_envelope_is_west_east_south_north() {
        let expected = Some([115.1, 115.2, 28.6, 28.7]);
        assert_eq!(bounds(&of_boundary(&square())), expected);
        assert_eq!(bounds(&of_boundary(&geo::MultiPolygon(vec![]))), None);
        let at = of_position(LonLat::new(115.9, 28.7));
        assert_eq!(bounds(&at), Some([115.9, 115.9, 28.7, 28.7]));
    }

    #[test]
    fn a_lone_polygon_under_a_big_endian_header_without_envelope_is_read() {
        let mut blob = vec![b'G', b'P', 0, 0, 0, 0, 0x11, 0x8a];
        let lone = &square().0[0];
        wkb::writer::write_polygon(
            &mut blob,
            lone,
            &WriteOptions {
                endianness: wkb::Endianness::BigEndian,
            },
        )
        .unwrap();
        assert_eq!(boundary(&blob), Ok(square()));
        assert_eq!(bounds(&blob), Some([115.1, 115.2, 28.6, 28.7]));
    }

    #[test]
    fn geometry_of_another_kind_is_no_boundary() {
        assert_eq!(
            boundary(&of_position(LonLat::new(115.0, 28.0))),
            Err(Unreadable)
        );
        assert_eq!(position(&of_boundary(&square())), Err(Unreadable));
    }

    proptest! {
        #[test]
        fn no_bytes_whatever_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), cut in 0usize..200) {
            let whole = of_boundary(&square());
            let mut spoilt = whole[..cut.min(whole.len())].to_vec();
            spoilt.extend(&bytes);
            for blob in [bytes, spoilt] {
                let _ = (boundary(&blob), position(&blob), bounds(&blob));
            }
        }
    }
}
