//! `jiugai datum`: positions from one datum into another.

use super::args::DatumArguments;
use super::console::{Console, Failure, Outcome};
use crate::geodesy::datum;
use std::io::BufRead;

pub(super) fn run(console: &Console, arguments: DatumArguments) -> Result<Outcome, Failure> {
    let convert = |lon: f64, lat: f64| {
        let from = geo::Coord { x: lon, y: lat };
        let to = datum::convert(arguments.from, arguments.to, from);
        console.line(&format!("{:.8} {:.8}", to.x, to.y));
    };
    if let [lon, lat] = arguments.position[..] {
        check(console, 1, lon, lat)?;
        convert(lon, lat);
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
        check(console, row, lon, lat)?;
        convert(lon, lat);
    }
    Ok(Outcome::Fine)
}

fn check(console: &Console, row: usize, lon: f64, lat: f64) -> Result<(), Failure> {
    if (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat) {
        return Ok(());
    }
    Err(Failure(console.language.text_with(
        "cli.datum.no_position",
        &[("row", &row), ("lon", &lon), ("lat", &lat)],
    )))
}
