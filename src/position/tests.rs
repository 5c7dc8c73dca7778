//! Receivers that were never there: canned bytes, and a gpsd of our own on this computer.

use super::receiver::Pace;
use super::*;
use proptest::prelude::*;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// A sentence with its checksum.
fn sentence(body: &str) -> String {
    let sum = body.bytes().fold(0, |sum, byte| sum ^ byte);
    format!("${body}*{sum:02X}\r\n")
}

const RMC: &str = "GNRMC,012345.00,A,2841.0000,N,11554.0000,E,0.5,0.0,281126,,,A";
const GGA: &str = "GNGGA,012346.00,2841.1000,N,11554.2000,E,1,09,1.2,23.5,M,-5.0,M,,";

#[test]
fn a_fix_has_its_place_time_accuracy_and_satellites() {
    let mut reader = NmeaReader::default();
    let said = reader.take((sentence(RMC) + &sentence(GGA)).as_bytes());
    let [Said::Fix(rough), Said::Fix(fix)] = &said[..] else {
        unreachable!("two fixes: {said:?}")
    };
    assert_eq!(rough.accuracy_m, None);
    assert!((fix.position.lon - (115.0 + 54.2 / 60.0)).abs() < 1e-9);
    assert!((fix.position.lat - (28.0 + 41.1 / 60.0)).abs() < 1e-9);
    assert_eq!(fix.at.unwrap().to_string(), "2026-11-28T01:23:46Z");
    assert!((fix.accuracy_m.unwrap() - 6.0).abs() < 1e-6);
    assert_eq!(fix.satellites, Some(9));
    // From now on GGA alone counts, and RMC tells the date.
    assert_eq!(reader.take(sentence(RMC).as_bytes()), []);
    assert_eq!(reader.counts().sentences, 3);
}

#[test]
fn bytes_come_in_any_pieces() {
    let text = format!("\u{fffd}½garbage{}{}", sentence(RMC), sentence(GGA));
    let mut whole = NmeaReader::default();
    let expected = whole.take(text.as_bytes());
    assert_eq!(expected.len(), 2);
    let mut reader = NmeaReader::default();
    let mut said = Vec::new();
    for byte in text.as_bytes() {
        said.extend(reader.take(&[*byte]));
    }
    assert_eq!(said, expected);
    assert_eq!(reader.counts(), whole.counts());
}

#[test]
fn what_is_wrong_is_counted_and_no_fix_is_said() {
    let mut reader = NmeaReader::default();
    let wrong = sentence(GGA).replace("11554.2000", "11554.3000");
    assert_eq!(reader.take(wrong.as_bytes()), []);
    assert_eq!(reader.take(b"ATZ\r\nOK\r\n$GPGGA\r\n"), []);
    let other = sentence("GPGSA,A,3,04,05,,09,12,,,24,,,,,2.5,1.3,2.1");
    assert_eq!(reader.take(other.as_bytes()), []);
    let counts = reader.counts();
    assert_eq!(
        (counts.bad_checksums, counts.noise, counts.sentences),
        (1, 3, 1)
    );
    for (body, satellites) in [
        ("GPGGA,012346.00,,,,,0,03,99.9,,,,,,", Some(3)),
        (
            "GPGGA,012346.00,0000.0000,N,00000.0000,E,1,04,1.2,0,M,0,M,,",
            Some(4),
        ),
    ] {
        let said = reader.take(sentence(body).as_bytes());
        assert_eq!(said, [Said::NoFix { satellites }], "{body}");
    }
    let mut rmc_only = NmeaReader::default();
    let void = rmc_only.take(sentence("GPRMC,012345.00,V,,,,,,,281126,,,N").as_bytes());
    assert_eq!(void, [Said::NoFix { satellites: None }]);
}

#[test]
fn a_typed_port_is_named_as_it_is_opened() {
    for (typed, name) in [
        ("com3", "COM3"),
        (" COM12: ", "COM12"),
        ("/dev/ttyUSB0", "/dev/ttyUSB0"),
        ("/dev/serial/by-id/usb-中文", "/dev/serial/by-id/usb-中文"),
        ("commodore", "commodore"),
    ] {
        assert_eq!(port_name(typed), name);
    }
    // Whatever there is, asking is no error.
    let _ = ports();
}

const PACE: Pace = Pace {
    read: Duration::from_millis(10),
    trial: Duration::from_millis(50),
    retry: Duration::from_millis(20),
};

/// Waits for a state that fits.
fn wait(receiver: &Receiver, what: &str, fits: impl Fn(&State) -> bool) -> State {
    let started = Instant::now();
    loop {
        let state = receiver.state();
        if fits(&state) {
            return state;
        }
        assert!(
            started.elapsed() < Duration::from_secs(20),
            "no {what}: {state:?}"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A gpsd that says these lines to each who watches, and ends.
fn gpsd(visits: Vec<Vec<&'static str>>) -> (Source, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (told, asked) = mpsc::channel();
    std::thread::Builder::new()
        .name("fake gpsd".to_owned())
        .spawn(move || {
            for lines in visits {
                let (mut stream, _) = listener.accept().unwrap();
                stream
                    .write_all(b"{\"class\":\"VERSION\",\"release\":\"3.25\"}\n")
                    .unwrap();
                let mut line = String::new();
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                reader.read_line(&mut line).unwrap();
                told.send(line).unwrap();
                for line in lines {
                    // In two pieces, as networks deliver them.
                    let (a, b) = line.split_at(line.len() / 2);
                    stream.write_all(a.as_bytes()).unwrap();
                    stream.flush().unwrap();
                    stream.write_all(b.as_bytes()).unwrap();
                    stream.write_all(b"\n").unwrap();
                    std::thread::sleep(Duration::from_millis(100));
                }
            }
        })
        .unwrap();
    (Source::Gpsd { address }, asked)
}

#[test]
fn gpsd_is_watched_and_found_again_after_it_went() {
    let (source, asked) = gpsd(vec![
        vec![
            r#"{"class":"TPV","device":"/dev/ttyUSB0","mode":1}"#,
            r#"{"class":"SKY","satellites":[{"PRN":1,"used":true},{"PRN":2,"used":false},{"PRN":3,"used":true}]}"#,
            "no JSON at all",
            r#"{"class":"TPV","mode":3,"time":"2026-11-28T01:23:45.000Z","lat":28.68,"lon":115.9,"eph":3.5}"#,
        ],
        vec![r#"{"class":"TPV","mode":2,"lat":28.69,"lon":115.91,"epx":3,"epy":4}"#],
    ]);
    let receiver = Receiver::with_pace(source, PACE, || {}).unwrap();
    let first = wait(&receiver, "fix", |state| state.fix.is_some());
    let fix = first.fix.unwrap();
    assert_eq!((fix.position.lon, fix.position.lat), (115.9, 28.68));
    assert_eq!((fix.accuracy_m, fix.satellites), (Some(3.5), Some(2)));
    assert_eq!(fix.at.unwrap().to_string(), "2026-11-28T01:23:45Z");
    assert!(asked.recv().unwrap().starts_with("?WATCH={"));

    let second = wait(&receiver, "second fix", |state| {
        state
            .fix
            .as_ref()
            .is_some_and(|fix| fix.position.lat == 28.69)
    });
    assert_eq!(second.fix.unwrap().accuracy_m, Some(5.0));
    let gone = wait(&receiver, "trouble", |state| {
        matches!(state.status, Status::Trouble(_))
    });
    assert!(gone.fix.is_some(), "the last fix stays");
}

#[test]
fn nobody_at_the_port_is_a_trouble_that_names_it() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let receiver = Receiver::with_pace(Source::Gpsd { address }, PACE, || {}).unwrap();
    wait(&receiver, "gpsd that is not there", |state| {
        matches!(&state.status, Status::Trouble(Trouble::NoGpsd { .. }))
    });
    let port = "/dev/no such port 旧改".to_owned();
    let source = Source::Serial {
        port: port.clone(),
        speed: None,
    };
    let receiver = Receiver::with_pace(source, PACE, || {}).unwrap();
    wait(&receiver, "port that is not there", |state| {
        state.status == Status::Trouble(Trouble::NoPort { port: port.clone() })
    });
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..3_000)) {
        let mut reader = NmeaReader::default();
        reader.take(&bytes);
        let mut gpsd = super::gpsd::GpsdReader::default();
        gpsd.take(&bytes);
    }

    #[test]
    fn damaged_sentences_are_counted_or_read(
        flips in prop::collection::vec((any::<prop::sample::Index>(), 0x20u8..0x7f), 1..5),
    ) {
        let mut bytes = (sentence(RMC) + &sentence(GGA)).into_bytes();
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        // With a right checksum too, so that the fields are read.
        let body = String::from_utf8_lossy(&bytes[1..bytes.len() - 5]).replace(['*', '\r', '\n', '$'], "");
        let mut reader = NmeaReader::default();
        reader.take(&bytes);
        reader.take(sentence(&body).as_bytes());
    }
}

/// A terminal of two ends stands in for the cable.
#[cfg(target_os = "linux")]
#[test]
fn a_port_is_heard_at_whatever_speed_and_its_end_is_a_trouble() {
    use serialport::{SerialPort, TTYPort};
    let Ok((mut cable, end)) = TTYPort::pair() else {
        return eprintln!("skipped: no terminals here");
    };
    let port = end.name().unwrap();
    // Two programs cannot have it open.
    drop(end);
    let source = Source::Serial { port, speed: None };
    let receiver = Receiver::with_pace(source, PACE, || {}).unwrap();
    let started = Instant::now();
    while receiver.state().fix.is_none() && started.elapsed() < Duration::from_secs(20) {
        let _ = cable.write_all((sentence(RMC) + &sentence(GGA)).as_bytes());
        std::thread::sleep(Duration::from_millis(20));
    }
    let state = receiver.state();
    assert_eq!(state.status, Status::Fix, "{state:?}");
    assert_eq!(state.fix.unwrap().satellites, Some(9));
    drop(cable);
    wait(&receiver, "trouble", |state| {
        matches!(state.status, Status::Trouble(_))
    });
}
