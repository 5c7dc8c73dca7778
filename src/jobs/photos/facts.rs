//! What a camera wrote into a picture: when, and where. Anything may be missing or nonsense.

use super::PhotoProblem;
use crate::model::LonLat;
use exif::{Exif, In, Tag, Value};
use std::io::Cursor;

/// Time and place as far as they can be believed, and what could not be.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Facts {
    pub taken_at: Option<jiff::civil::DateTime>,
    pub position: Option<LonLat>,
    pub problems: Vec<PhotoProblem>,
}

pub(super) fn read(bytes: &[u8]) -> Facts {
    let mut facts = Facts::default();
    let mut spoilt = |detail: String| {
        facts.problems.push(PhotoProblem::Exif { detail });
    };
    let read = exif::Reader::new()
        .continue_on_error(true)
        .read_from_container(&mut Cursor::new(bytes))
        .or_else(|error| {
            error.distill_partial_result(|errors| {
                // One sentence a picture: the first says enough.
                spoilt(errors.first().map(ToString::to_string).unwrap_or_default());
            })
        });
    let exif = match read {
        Ok(exif) => exif,
        // A picture that was sent by a messenger has none.
        Err(exif::Error::NotFound(_)) => return facts,
        Err(error) => {
            spoilt(error.to_string());
            return facts;
        }
    };
    match time(&exif) {
        Ok(taken_at) => facts.taken_at = taken_at,
        Err(problem) => facts.problems.push(problem),
    }
    match position(&exif) {
        Ok(position) => facts.position = position,
        Err(problem) => facts.problems.push(problem),
    }
    facts
}

/// When the picture was taken; where that is missing, when it was scanned or written.
fn time(exif: &Exif) -> Result<Option<jiff::civil::DateTime>, PhotoProblem> {
    let tags = [Tag::DateTimeOriginal, Tag::DateTimeDigitized, Tag::DateTime];
    let texts = tags.iter().filter_map(|tag| ascii(exif, *tag));
    // A camera whose clock was never set writes blanks or zeros: not known is no mistake.
    let is_set = |text: &&[u8]| text.iter().any(|byte| (b'1'..=b'9').contains(byte));
    let Some(text) = texts.into_iter().find(is_set) else {
        return Ok(None);
    };
    parse_time(text)
        .map(Some)
        .ok_or_else(|| PhotoProblem::Time {
            value: String::from_utf8_lossy(text).into_owned(),
        })
}

fn parse_time(text: &[u8]) -> Option<jiff::civil::DateTime> {
    let time = exif::DateTime::from_ascii(text).ok()?;
    let (month, day) = (i8::try_from(time.month).ok()?, i8::try_from(time.day).ok()?);
    let [hour, minute, second] =
        [time.hour, time.minute, time.second].map(|part| i8::try_from(part).unwrap_or(i8::MAX));
    let year = i16::try_from(time.year).ok()?;
    jiff::civil::DateTime::new(year, month, day, hour, minute, second, 0).ok()
}

/// Where the camera was. Degrees by GPS are WGS 84, which is numerically CGCS2000 here.
fn position(exif: &Exif) -> Result<Option<LonLat>, PhotoProblem> {
    let field = |tag| exif.get_field(tag, In::PRIMARY);
    let (Some(lat), Some(lon)) = (field(Tag::GPSLatitude), field(Tag::GPSLongitude)) else {
        return match field(Tag::GPSLatitude).or(field(Tag::GPSLongitude)) {
            Some(_) => Err(PhotoProblem::Position),
            None => Ok(None),
        };
    };
    let Some((lat, lon)) = degrees(&lat.value, 90.0).zip(degrees(&lon.value, 180.0)) else {
        return match is_without_fix(&lat.value) && is_without_fix(&lon.value) {
            true => Ok(None),
            false => Err(PhotoProblem::Position),
        };
    };
    if lat == 0.0 && lon == 0.0 {
        // What phones write before they know.
        return Ok(None);
    }
    if let Some(datum) = other_datum(exif) {
        return Err(PhotoProblem::OtherDatum { datum });
    }
    let sign = |tag, positive: u8, negative: u8| match ascii(exif, tag)?.trim_ascii() {
        [letter] if letter.eq_ignore_ascii_case(&positive) => Some(1.0),
        [letter] if letter.eq_ignore_ascii_case(&negative) => Some(-1.0),
        _ => None,
    };
    // Without its hemisphere a position is a guess.
    let north = sign(Tag::GPSLatitudeRef, b'N', b'S').ok_or(PhotoProblem::Position)?;
    let east = sign(Tag::GPSLongitudeRef, b'E', b'W').ok_or(PhotoProblem::Position)?;
    Ok(Some(LonLat::new(lon * east, lat * north)))
}

/// Degrees, minutes and seconds as one number.
fn degrees(value: &Value, most: f64) -> Option<f64> {
    let Value::Rational(parts) = value else {
        return None;
    };
    let numbers: Vec<f64> = parts.iter().map(exif::Rational::to_f64).collect();
    let [degrees, minutes, seconds] = numbers.try_into().ok()?;
    let sound = |part: f64| (0.0..=60.0).contains(&part);
    let sum = degrees + minutes / 60.0 + seconds / 3600.0;
    (sound(minutes) && sound(seconds) && (0.0..=most).contains(&sum)).then_some(sum)
}

/// `0/0 0/0 0/0`: the receiver had no fix.
fn is_without_fix(value: &Value) -> bool {
    match value {
        Value::Rational(parts) => parts.iter().all(|part| part.num == 0),
        _ => false,
    }
}

/// The datum, where it is named and is none that a receiver gives.
fn other_datum(exif: &Exif) -> Option<String> {
    const SAME_HERE: [&str; 3] = ["WGS84", "CGCS2000", ""];
    let datum = String::from_utf8_lossy(ascii(exif, Tag::GPSMapDatum)?).into_owned();
    let letters: String = datum.chars().filter(char::is_ascii_alphanumeric).collect();
    (!SAME_HERE.contains(&letters.to_ascii_uppercase().as_str())).then_some(datum)
}

fn ascii(exif: &Exif, tag: Tag) -> Option<&[u8]> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(texts) => texts.first().map(Vec::as_slice),
        _ => None,
    }
}
