//! Serial ports: which there are, and how one is opened.

use super::Trouble;
use serialport::{ErrorKind, SerialPort, SerialPortType};
use std::time::Duration;

/// The speeds of receivers, in baud, the commonest first.
pub const SPEEDS: [u32; 6] = [9_600, 4_800, 115_200, 38_400, 57_600, 19_200];

/// A port that a receiver may be at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Port {
    /// As it is opened: `COM3`, `/dev/ttyUSB0`.
    pub name: String,
    /// What is plugged in, where the system knows.
    pub description: Option<String>,
}

/// The ports there are, those at USB first. None where the system has none or does not tell.
pub fn ports() -> Vec<Port> {
    let mut found = serialport::available_ports().unwrap_or_default();
    found.sort_by_key(|port| {
        let is_usb = matches!(port.port_type, SerialPortType::UsbPort(_));
        (!is_usb, port.port_name.clone())
    });
    let port = |port: serialport::SerialPortInfo| Port {
        description: match port.port_type {
            SerialPortType::UsbPort(usb) => usb.product.or(usb.manufacturer),
            _ => None,
        },
        name: port.port_name,
    };
    found.into_iter().map(port).collect()
}

/// A port's name as it is opened, from what somebody typed: `com3:` is `COM3`.
pub fn port_name(typed: &str) -> String {
    let name = typed.trim();
    let upper = name.trim_end_matches(':').to_ascii_uppercase();
    let is_com = upper
        .strip_prefix("COM")
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
    match is_com {
        true => upper,
        false => name.to_owned(),
    }
}

pub(super) fn open(
    port: &str,
    speed: u32,
    patience: Duration,
) -> Result<Box<dyn SerialPort>, Trouble> {
    let opened = serialport::new(port, speed).timeout(patience).open();
    opened.map_err(|error| {
        let port = port.to_owned();
        match error.kind {
            ErrorKind::Io(std::io::ErrorKind::PermissionDenied) => Trouble::NotAllowed { port },
            ErrorKind::Io(std::io::ErrorKind::NotFound) => Trouble::NoPort { port },
            ErrorKind::InvalidInput => Trouble::BadSpeed { port, speed },
            // Also what a name that is no port gives; only one that exists can be in use.
            ErrorKind::NoDevice if !exists(&port) => Trouble::NoPort { port },
            ErrorKind::NoDevice => Trouble::PortBusy { port },
            ErrorKind::Io(_) | ErrorKind::Unknown => Trouble::Ended {
                reason: error.description,
            },
        }
    })
}

fn exists(port: &str) -> bool {
    std::path::Path::new(port).exists() || ports().iter().any(|found| found.name == port)
}
