//! gpsd: its JSON, line by line (protocol 3: `?WATCH`, `TPV`, `SKY`).

use super::{Fix, Said};
use serde::Deserialize;

/// What gpsd is asked for once it is there.
pub(super) const WATCH: &[u8] = b"?WATCH={\"enable\":true,\"json\":true};\n";

/// Longer than any report; satellites take a hundred bytes each.
const LONGEST: usize = 1 << 16;

/// Reads the bytes of gpsd, in whatever pieces they come.
#[derive(Clone, Debug, Default)]
pub(super) struct GpsdReader {
    line: Vec<u8>,
    satellites: Option<u32>,
}

/// The members of the reports that matter here.
#[derive(Deserialize)]
struct Report {
    class: String,
    mode: Option<u8>,
    lon: Option<f64>,
    lat: Option<f64>,
    time: Option<String>,
    /// Estimated horizontal error, in metres.
    eph: Option<f64>,
    epx: Option<f64>,
    epy: Option<f64>,
    #[serde(rename = "uSat")]
    used: Option<u32>,
    satellites: Option<Vec<Satellite>>,
}

#[derive(Deserialize)]
struct Satellite {
    #[serde(default)]
    used: bool,
}

impl GpsdReader {
    pub fn take(&mut self, bytes: &[u8]) -> Vec<Said> {
        let mut said = Vec::new();
        for byte in bytes {
            match byte {
                b'\n' => {
                    let line = std::mem::take(&mut self.line);
                    said.extend(self.take_line(&line));
                }
                _ if self.line.len() >= LONGEST => self.line.clear(),
                byte => self.line.push(*byte),
            }
        }
        said
    }

    fn take_line(&mut self, line: &[u8]) -> Option<Said> {
        let report: Report = serde_json::from_slice(line).ok()?;
        match report.class.as_str() {
            "SKY" => {
                let counted = report.satellites.map(|all| {
                    let used = all.iter().filter(|satellite| satellite.used).count();
                    u32::try_from(used).unwrap_or(u32::MAX)
                });
                self.satellites = report.used.or(counted).or(self.satellites);
                None
            }
            "TPV" => {
                let satellites = self.satellites;
                // 0 and 1 are no fix.
                let has_fix = report.mode.is_some_and(|mode| mode >= 2);
                let place = report.lon.zip(report.lat).filter(|_| has_fix);
                let Some(fix) = place.and_then(|(lon, lat)| Fix::at(lon, lat)) else {
                    return Some(Said::NoFix { satellites });
                };
                let by_axis = report.epx.zip(report.epy).map(|(x, y)| x.hypot(y));
                Some(Said::Fix(Fix {
                    at: report.time.and_then(|time| time.parse().ok()),
                    accuracy_m: report.eph.or(by_axis),
                    satellites,
                    ..fix
                }))
            }
            _ => None,
        }
    }
}
