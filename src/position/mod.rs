//! Where the surveyor stands: positions from a receiver on a serial port, from gpsd, or recorded
//! in a GPX track. Nothing of it needs a receiver to be there.

mod gpsd;
mod nmea;
mod receiver;
mod serial;

#[cfg(test)]
mod tests;

pub use crate::reference::gpx::{Recorded, recorded};
pub use nmea::{Counts, NmeaReader};
pub use receiver::{Receiver, Source, State, Status};
pub use serial::{Port, SPEEDS, port_name, ports};

use crate::model::LonLat;

/// A position as a receiver gives it: WGS 84, which is how positions are stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    pub position: LonLat,
    /// The satellites' time, not this computer's.
    pub at: Option<jiff::Timestamp>,
    /// About how far off it may be, in metres; `None` where the receiver does not say.
    pub accuracy_m: Option<f64>,
    pub satellites: Option<u32>,
}

impl Fix {
    /// `None` for what is no place on Earth, and for 0°, 0°, which receivers say when they know
    /// nothing.
    fn at(lon: f64, lat: f64) -> Option<Self> {
        let position = LonLat::new(lon, lat);
        (position.is_on_earth() && (lon, lat) != (0.0, 0.0)).then_some(Self {
            position,
            at: None,
            accuracy_m: None,
            satellites: None,
        })
    }
}

/// What a receiver said just now.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    Fix(Fix),
    /// It works, but sees too few satellites.
    NoFix {
        satellites: Option<u32>,
    },
}

/// Why there is nothing to hear. Sentences: locale files, `position.trouble.<kind>`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    #[error("no port {port}")]
    NoPort { port: String },
    #[error("{port} is in use")]
    PortBusy { port: String },
    /// On Linux the user is not in the group of the port.
    #[error("{port} may not be opened")]
    NotAllowed { port: String },
    #[error("{port} does not take {speed} baud")]
    BadSpeed { port: String, speed: u32 },
    /// The port is open, but no sentence comes, at whatever speed.
    #[error("{port} says nothing that is NMEA")]
    NoSentences { port: String },
    #[error("nobody listens at {address}")]
    NoGpsd { address: String },
    /// The cable was pulled out, or the server ended.
    #[error("the connection ended: {reason}")]
    Ended { reason: String },
}
