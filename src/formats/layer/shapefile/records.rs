//! The records of a .shp, each in its own bytes. The crate that reads shapes asks for memory by the
//! counts that a record begins with: here they are held against its length first.

use ::shapefile::{ReadableShape, Shape};
use std::io::Cursor;

/// Bytes of the header that a .shp and a .shx begin with.
const HEADER: usize = 100;
/// Bytes before the content of a record: its number and its length.
const RECORD_HEADER: usize = 8;
/// What a .shx begins with.
const FILE_CODE: u32 = 9994;

/// Where the records begin, by the index; `None` where the index is none.
pub(super) fn places(index: &[u8]) -> Option<Vec<usize>> {
    let length = 2 * big_endian(index, 24)?;
    let entries = index.get(HEADER..length)?;
    let is_index = big_endian(index, 0)? == FILE_CODE as usize;
    let places = entries
        .chunks_exact(8)
        .map(|entry| big_endian(entry, 0).map(|words| 2 * words));
    is_index.then(|| places.collect()).flatten()
}

/// The content of a record, and where the next one begins; `None` where the file is cut off.
pub(super) fn content(shapes: &[u8], place: usize) -> Option<(&[u8], usize)> {
    let start = place.checked_add(RECORD_HEADER)?;
    let length = 2 * big_endian(shapes, place.checked_add(4)?)?;
    let end = start.checked_add(length)?;
    Some((shapes.get(start..end)?, end))
}

/// Where the first record begins, and the last one ends.
pub(super) fn extent(shapes: &[u8]) -> Option<(usize, usize)> {
    Some((HEADER, 2 * big_endian(shapes, 24)?))
}

/// The shape of a record; `None` where its content is none.
pub(super) fn shape(content: &[u8]) -> Option<Shape> {
    let size = i32::try_from(content.len()).ok()?;
    let read = || Shape::read_from(&mut Cursor::new(content), size).ok();
    counts_fit(content)?.then(read).flatten()
}

/// Whether the content has room for as many parts and points as it says.
fn counts_fit(content: &[u8]) -> Option<bool> {
    // Box of the shape: four floats behind its type.
    const COUNTS: usize = 36;
    const POINT: usize = 16;
    let (parts, points, start) = match little_endian(content, 0)? {
        // Multipoints have no parts.
        8 | 18 | 28 => (0, little_endian(content, COUNTS)?, COUNTS + 4),
        3 | 5 | 13 | 15 | 23 | 25 | 31 => (
            little_endian(content, COUNTS)?,
            little_endian(content, COUNTS + 4)?,
            COUNTS + 8,
        ),
        _ => return Some(true),
    };
    let room = content.len() - start;
    let is_long_enough = parts <= room / 4 && points <= (room - 4 * parts) / POINT;
    if !is_long_enough {
        return Some(false);
    }
    // Each part begins where it says, and none before the one in front of it.
    let starts = (0..parts).map(|part| little_endian(content, start + 4 * part));
    let starts: Vec<usize> = starts.collect::<Option<_>>()?;
    Some(starts.is_sorted() && starts.last().is_none_or(|last| *last <= points))
}

/// The whole number of four bytes, the first the greatest; `None` where it is negative.
fn big_endian(bytes: &[u8], at: usize) -> Option<usize> {
    let number = i32::from_be_bytes(four(bytes, at)?);
    usize::try_from(number).ok()
}

/// The same, the last the greatest.
fn little_endian(bytes: &[u8], at: usize) -> Option<usize> {
    let number = i32::from_le_bytes(four(bytes, at)?);
    usize::try_from(number).ok()
}

fn four(bytes: &[u8], at: usize) -> Option<[u8; 4]> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A polygon of one ring, its counts as given.
    fn polygon(parts: i32, points: i32, starts: &[i32]) -> Vec<u8> {
        let mut content = 5i32.to_le_bytes().to_vec();
        content.extend([0u8; 32]);
        content.extend(parts.to_le_bytes());
        content.extend(points.to_le_bytes());
        starts
            .iter()
            .for_each(|start| content.extend(start.to_le_bytes()));
        for [x, y] in [[0.0f64, 0.0], [0.0, 1.0], [1.0, 1.0], [0.0, 0.0]] {
            content.extend(x.to_le_bytes());
            content.extend(y.to_le_bytes());
        }
        content
    }

    #[test]
    fn a_record_that_says_more_than_it_holds_is_no_shape() {
        for (parts, points, starts, is_shape) in [
            (1, 4, [0].as_slice(), true),
            (i32::MAX, 4, &[0], false),
            (1, i32::MAX, &[0], false),
            (-1, 4, &[0], false),
            (1, 5, &[0], false),
            (2, 4, &[0, i32::MAX], false),
            (2, 4, &[3, 1], false),
        ] {
            let content = polygon(parts, points, starts);
            let read = shape(&content).is_some();
            assert_eq!(read, is_shape, "{parts} {points} {starts:?}");
        }
    }

    #[test]
    fn an_index_that_says_more_than_it_holds_is_none() {
        let mut index = vec![0u8; HEADER];
        index[..4].copy_from_slice(&FILE_CODE.to_be_bytes());
        index[24..28].copy_from_slice(&54u32.to_be_bytes());
        assert_eq!(places(&index), None);
        index.extend([0, 0, 0, 50, 0, 0, 0, 10]);
        assert_eq!(places(&index), Some(vec![100]));
        index[24..28].copy_from_slice(&u32::MAX.to_be_bytes());
        assert_eq!(places(&index), None);
        assert_eq!(places(&[]), None);
    }
}
