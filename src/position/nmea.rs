//! NMEA 0183: sentences out of a stream of bytes, and fixes out of sentences.

use super::{Fix, Said};
use ::nmea::sentences::rmc::RmcStatusOfFix;
use ::nmea::sentences::{FixType, GgaData, RmcData};
use ::nmea::{Error, ParseResult, parse_str};
use jiff::civil;

/// Longer than any sentence: what has no end by then is no NMEA.
const LONGEST: usize = 1_024;

/// What came in since the beginning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Sentences whose checksum is right, of whatever kind.
    pub sentences: u64,
    pub bad_checksums: u64,
    /// Lines that are no sentence: another speed, another protocol.
    pub noise: u64,
}

/// Reads the bytes of a receiver, in whatever pieces they come.
#[derive(Clone, Debug, Default)]
pub struct NmeaReader {
    line: Vec<u8>,
    date: Option<civil::Date>,
    /// GGA says how good a fix is, so that RMC is heard for its date alone once GGA comes.
    has_gga: bool,
    counts: Counts,
}

impl NmeaReader {
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// What the receiver says in these bytes, oldest first.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<Said> {
        let mut said = Vec::new();
        for byte in bytes {
            match byte {
                b'\n' | b'\r' => {
                    let line = std::mem::take(&mut self.line);
                    said.extend(self.take_line(&line));
                }
                _ if self.line.len() >= LONGEST => {
                    self.line.clear();
                    self.counts.noise += 1;
                }
                byte => self.line.push(*byte),
            }
        }
        said
    }

    fn take_line(&mut self, line: &[u8]) -> Option<Said> {
        if line.is_empty() {
            return None;
        }
        // Whatever stands before it is the rest of something that broke off.
        let start = line.iter().rposition(|byte| *byte == b'$');
        let sentence = start.and_then(|start| std::str::from_utf8(&line[start..]).ok());
        let Some(sentence) = sentence else {
            self.counts.noise += 1;
            return None;
        };
        match parse_str(sentence) {
            Ok(ParseResult::GGA(data)) => {
                self.counts.sentences += 1;
                self.has_gga = true;
                Some(self.of_gga(&data))
            }
            Ok(ParseResult::RMC(data)) => {
                self.counts.sentences += 1;
                self.date = data.fix_date.and_then(|date| date.to_string().parse().ok());
                (!self.has_gga).then(|| self.of_rmc(&data))
            }
            Ok(_) | Err(Error::DisabledSentence) => {
                self.counts.sentences += 1;
                None
            }
            Err(Error::ChecksumMismatch { .. }) => {
                self.counts.bad_checksums += 1;
                None
            }
            Err(_) => {
                self.counts.noise += 1;
                None
            }
        }
    }

    fn of_gga(&self, data: &GgaData) -> Said {
        let satellites = data.fix_satellites;
        let kind = data.fix_type.filter(|kind| kind.is_valid());
        let fix = data.longitude.zip(data.latitude);
        match (kind, fix.and_then(|(lon, lat)| Fix::at(lon, lat))) {
            (Some(kind), Some(fix)) => Said::Fix(Fix {
                at: self.time(data.fix_time.map(|time| time.to_string())),
                accuracy_m: data.hdop.map(|hdop| f64::from(hdop) * range_error_m(kind)),
                satellites,
                ..fix
            }),
            _ => Said::NoFix { satellites },
        }
    }

    fn of_rmc(&self, data: &RmcData) -> Said {
        let is_valid = data.status_of_fix != RmcStatusOfFix::Invalid;
        let place = data.lon.zip(data.lat).filter(|_| is_valid);
        match place.and_then(|(lon, lat)| Fix::at(lon, lat)) {
            Some(fix) => Said::Fix(Fix {
                at: self.time(data.fix_time.map(|time| time.to_string())),
                ..fix
            }),
            None => Said::NoFix { satellites: None },
        }
    }

    /// A time of day on the day that RMC named last.
    fn time(&self, time: Option<String>) -> Option<jiff::Timestamp> {
        let time: civil::Time = time?.parse().ok()?;
        let at = self.date?.to_datetime(time);
        jiff::tz::Offset::UTC.to_timestamp(at).ok()
    }
}

/// How far a distance to a satellite is off, in metres, as a rule: a position is off by that
/// times its dilution (HDOP).
fn range_error_m(kind: FixType) -> f64 {
    match kind {
        FixType::Rtk => 0.02,
        FixType::FloatRtk => 0.5,
        FixType::DGps | FixType::Pps => 2.0,
        _ => 5.0,
    }
}
