//! `jiugai datum`: positions from one system of coordinates into another.

use super::args::DatumArguments;
use super::console::{Console, Failure, Outcome};
use crate::geodesy::crs;
use crate::model::{Crs, LonLat};
use std::io::BufRead;

pub(super) fn run(console: &Console, arguments: DatumArguments) -> Result<Outcome, Failure> {
    let (from, to) = (arguments.from, arguments.to);
    let convert = |row: usize, x: f64, y: f64| {
        let given = Some(geo::Coord { x, y }).filter(|given| may_be(from, *given));
        let found = given.and_then(|given| crs::convert(from, to, given));
        let Some(found) = found else {
            return Err(no_position(console, from, row, x, y));
        };
        // A millimetre of either.
        let decimals = match to {
            Crs::Degrees(_) => 8,
            Crs::WebMercator(_) | Crs::GaussKruger(..) => 3,
        };
        console.line(&format!("{:.decimals$} {:.decimals$}", found.x, found.y));
        Ok(())
    };
    if let [x, y] = arguments.position[..] {
        convert(1, x, y)?;
        return Ok(Outcome::Fine);
    }
    for (index, line) in std::io::stdin().lock().lines().enumerate() {
        let row = index + 1;
        let line = line.map_err(|error| {
            Failure(
                console
                    .language
                    .text_with("cli.not_read", &[("path", &"stdin"), ("reason", &error)]),
            )
        })?;
        if line.trim().is_empty() {
            continue;
        }
        let mut numbers = line
            .split(|c: char| c.is_whitespace() || c == ',')
            .filter(|word| !word.is_empty())
            .map(str::parse::<f64>);
        let (Some(Ok(lon)), Some(Ok(lat)), None) = (numbers.next(), numbers.next(), numbers.next())
        else {
            return Err(Failure(console.language.text_with(
                "cli.datum.bad_line",
                &[("row", &row), ("line", &line)],
            )));
        };
        convert(row, lon, lat)?;
    }
    Ok(Outcome::Fine)
}

fn may_be(crs: Crs, given: geo::Coord) -> bool {
    match crs {
        Crs::Degrees(_) => LonLat::from(given).is_on_earth(),
        Crs::WebMercator(_) | Crs::GaussKruger(..) => true,
    }
}

fn no_position(console: &Console, crs: Crs, row: usize, x: f64, y: f64) -> Failure {
    let key = match crs {
        Crs::Degrees(_) => "cli.datum.no_position",
        Crs::WebMercator(_) | Crs::GaussKruger(..) => "cli.datum.no_metres",
    };
    let values: [(&str, &dyn std::fmt::Display); 3] = [("row", &row), ("x", &x), ("y", &y)];
    Failure(console.language.text_with(key, &values))
}
