//! Coordinate systems as other programs write them down: well-known text, beside a shapefile or a
//! scanned plan (`.prj`), or inside a GeoPackage.

use crate::model::{Crs, Datum, Easting, Meridian};

/// Why a text names no system that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnknownCrs {
    /// No well-known text at all: a web page, as a rule, or nothing.
    NoText,
    /// Another system, by its own name.
    Other { name: String },
}

/// The system that a well-known text (version 1 or 2, ESRI's or OGC's) describes.
///
/// # Errors
/// [`UnknownCrs`] where it is none, or one whose way to CGCS2000 is not public, such as Beijing 54
/// and Xi'an 80.
pub fn crs_of_wkt(text: &str) -> Result<Crs, UnknownCrs> {
    let folded: String = text
        .chars()
        .filter(|sign| !sign.is_whitespace() && !"_-/".contains(*sign))
        .flat_map(char::to_uppercase)
        .collect();
    let starts = [
        "PROJCS[",
        "PROJCRS[",
        "GEOGCS[",
        "GEOGCRS[",
        "GEODCRS[",
        "BOUNDCRS[",
    ];
    if !starts.iter().any(|start| folded.starts_with(start)) {
        return Err(UnknownCrs::NoText);
    }
    let other = || UnknownCrs::Other {
        name: text.split('"').nth(1).unwrap_or_default().trim().to_owned(),
    };
    if let Some(crs) = outermost_code(&folded).and_then(Crs::of_epsg) {
        return Ok(crs);
    }
    let datum = datum(&folded).ok_or_else(other)?;
    if folded.starts_with("GEOG") || folded.starts_with("GEOD") {
        return Ok(Crs::Degrees(datum));
    }
    if folded.contains("PSEUDOMERCATOR") || folded.contains("WEBMERCATOR") {
        return Ok(Crs::WebMercator(datum));
    }
    let is_gauss = ["GAUSSKRUGER", "TRANSVERSEMERCATOR"];
    if datum != Datum::Cgcs2000 || !is_gauss.iter().any(|name| folded.contains(name)) {
        return Err(other());
    }
    gauss_kruger(&folded).ok_or_else(other)
}

/// The code that stands last: the system's own comes after those of its parts.
fn outermost_code(folded: &str) -> Option<u32> {
    let starts = ["AUTHORITY[\"EPSG\",", "ID[\"EPSG\","];
    let last = starts.iter().filter_map(|start| {
        let at = folded.rfind(start)?;
        Some((at, &folded[at + start.len()..]))
    });
    let (at, rest) = last.max_by_key(|(at, _)| *at)?;
    // Closed by the end of the whole: it is the system's, not the unit's.
    let closing = folded[at..].find(']').map(|end| &folded[at + end + 1..])?;
    let code = || {
        rest.trim_start_matches('"')
            .split(['"', ']'])
            .next()?
            .parse()
            .ok()
    };
    (closing.chars().all(|sign| sign == ']')).then(code)?
}

fn datum(folded: &str) -> Option<Datum> {
    let has = |names: &[&str]| names.iter().any(|name| folded.contains(name));
    if has(&[
        "CGCS2000",
        "CHINA2000",
        "CHINAGEODETICCOORDINATESYSTEM2000",
        "DCHINA2000",
    ]) {
        return Some(Datum::Cgcs2000);
    }
    has(&["WGS84", "WGS1984", "WORLDGEODETICSYSTEM1984"]).then_some(Datum::Wgs84)
}

fn gauss_kruger(folded: &str) -> Option<Crs> {
    let number = |names: &[&str]| {
        names.iter().find_map(|name| {
            let at = folded.find(&format!("\"{name}\","))? + name.len() + 3;
            let rest = &folded[at..];
            let end = rest.find([',', ']']).unwrap_or(rest.len());
            rest[..end].parse::<f64>().ok()
        })
    };
    let meridian = match number(&["CENTRALMERIDIAN", "LONGITUDEOFNATURALORIGIN"])? {
        114.0 => Meridian::East114,
        117.0 => Meridian::East117,
        _ => return None,
    };
    if number(&["SCALEFACTOR", "SCALEFACTORATNATURALORIGIN"]).is_some_and(|scale| scale != 1.0) {
        return None;
    }
    let zoned = f64::from(meridian.zone()) * 1e6 + 500_000.0;
    match number(&["FALSEEASTING"])? {
        500_000.0 => Some(Crs::GaussKruger(meridian, Easting::Plain)),
        easting if easting == zoned => Some(Crs::GaussKruger(meridian, Easting::WithZone)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn esri(name: &str, datum: &str, meridian: u32, easting: &str) -> String {
        format!(
            "PROJCS[\"{name}\",GEOGCS[\"GCS\",DATUM[\"{datum}\",SPHEROID[\"S\",6378137.0,298.257]],\
             PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],\
             PROJECTION[\"Gauss_Kruger\"],PARAMETER[\"False_Easting\",{easting}],\
             PARAMETER[\"False_Northing\",0.0],PARAMETER[\"Central_Meridian\",{meridian}.0],\
             PARAMETER[\"Scale_Factor\",1.0],PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]"
        )
    }

    #[test]
    fn the_systems_of_jiangxi_are_known_however_they_are_written() {
        let gk = |meridian, easting| Ok(Crs::GaussKruger(meridian, easting));
        for (text, crs) in [
            (
                esri("CGCS2000_3_Degree_GK_CM_117E", "D_China_2000", 117, "500000.0"),
                gk(Meridian::East117, Easting::Plain),
            ),
            (
                esri("CGCS2000_3_Degree_GK_Zone_38", "D_China_2000", 114, "38500000.0"),
                gk(Meridian::East114, Easting::WithZone),
            ),
            (
                "GEOGCS[\"GCS_China_Geodetic_Coordinate_System_2000\",DATUM[\"D_China_2000\"]]".to_owned(),
                Ok(Crs::Degrees(Datum::Cgcs2000)),
            ),
            (
                "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137,298.2]]]".to_owned(),
                Ok(Crs::Degrees(Datum::Wgs84)),
            ),
            (
                "PROJCS[\"x\",GEOGCS[\"y\",AUTHORITY[\"EPSG\",\"4490\"]],AUTHORITY[\"EPSG\",\"4547\"]]".to_owned(),
                gk(Meridian::East114, Easting::Plain),
            ),
            (
                "PROJCRS[\"x\",BASEGEOGCRS[\"WGS 84\"],ID[\"EPSG\",3857]]".to_owned(),
                Ok(Crs::WebMercator(Datum::Wgs84)),
            ),
        ] {
            assert_eq!(crs_of_wkt(&text), crs, "{text}");
        }
    }

    #[test]
    fn another_system_is_refused_by_its_name_and_a_web_page_for_what_it_is() {
        for (text, name) in [
            (
                esri(
                    "Xian_1980_3_Degree_GK_CM_114E",
                    "D_Xian_1980",
                    114,
                    "500000.0",
                ),
                "Xian_1980_3_Degree_GK_CM_114E",
            ),
            (
                esri(
                    "CGCS2000_3_Degree_GK_CM_120E",
                    "D_China_2000",
                    120,
                    "500000.0",
                ),
                "CGCS2000_3_Degree_GK_CM_120E",
            ),
        ] {
            let other = UnknownCrs::Other {
                name: name.to_owned(),
            };
            assert_eq!(crs_of_wkt(&text), Err(other));
        }
        for text in ["<html>404</html>", "", "PROJCS"] {
            assert_eq!(crs_of_wkt(text), Err(UnknownCrs::NoText));
        }
    }
}
