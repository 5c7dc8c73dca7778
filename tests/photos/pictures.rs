//! Small pictures with and without what cameras write into them.

use exif::experimental::Writer;
use exif::{Field, In, Rational, Tag, Value};
use image::{ImageFormat, Rgb, RgbImage};
use std::io::Cursor;

/// A picture whose upper left quarter is white, so that it shows which way is up.
pub fn picture(shade: u8, width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let pixels = RgbImage::from_fn(width, height, |x, y| {
        match x < width / 2 && y < height / 2 {
            true => Rgb([255, 255, 255]),
            false => Rgb([shade, 0, 60]),
        }
    });
    let mut file = Cursor::new(Vec::new());
    pixels.write_to(&mut file, format).unwrap();
    file.into_inner()
}

/// Another number, up to 12, is another picture.
pub fn jpeg(number: u8) -> Vec<u8> {
    picture(20 * number, 40, 20, ImageFormat::Jpeg)
}

/// A JPEG as a phone takes it: with these fields of EXIF.
pub fn jpeg_with(number: u8, fields: &[Field]) -> Vec<u8> {
    with_exif(&jpeg(number), &exif(fields))
}

/// EXIF data as they stand in a file.
pub fn exif(fields: &[Field]) -> Vec<u8> {
    let mut writer = Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut data = Cursor::new(Vec::new());
    writer.write(&mut data, false).unwrap();
    data.into_inner()
}

/// Puts EXIF data, sound or not, into a JPEG: the segment APP1 directly after its beginning.
pub fn with_exif(jpeg: &[u8], data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(2 + 6 + data.len()).unwrap();
    let mut file = jpeg[..2].to_vec();
    file.extend([0xff, 0xe1]);
    file.extend(length.to_be_bytes());
    file.extend(b"Exif\0\0");
    file.extend(data);
    file.extend(&jpeg[2..]);
    file
}

pub fn field(tag: Tag, value: Value) -> Field {
    let ifd_num = In::PRIMARY;
    Field {
        tag,
        ifd_num,
        value,
    }
}

pub fn text(tag: Tag, text: &str) -> Field {
    field(tag, Value::Ascii(vec![text.as_bytes().to_vec()]))
}

/// Degrees, minutes and thousandths of a second.
pub fn angle(tag: Tag, degrees: f64) -> Field {
    let thousandths = (degrees.abs() * 3_600_000.0).round() as u32;
    let part = |num, denom| Rational { num, denom };
    let parts = vec![
        part(thousandths / 3_600_000, 1),
        part(thousandths / 60_000 % 60, 1),
        part(thousandths % 60_000, 1000),
    ];
    field(tag, Value::Rational(parts))
}

/// The four fields of a position, south and west where it is negative.
pub fn position(lon: f64, lat: f64) -> Vec<Field> {
    vec![
        angle(Tag::GPSLatitude, lat),
        text(Tag::GPSLatitudeRef, if lat < 0.0 { "S" } else { "N" }),
        angle(Tag::GPSLongitude, lon),
        text(Tag::GPSLongitudeRef, if lon < 0.0 { "W" } else { "E" }),
    ]
}
