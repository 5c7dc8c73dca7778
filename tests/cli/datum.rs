//! `jiugai datum`.

use crate::{Desk, FINE, REFUSED};

/// 驻马店 in `shared/testdata/coords` (the gcoord package), and the tolerance of its rounding.
const BD09: [f64; 2] = [114.0287781, 33.0176697];
const WGS84: [f64; 2] = [114.0164322, 33.0133556];
const ONE_METRE_DEGREES: f64 = 1e-5;

fn numbers(line: &str) -> Vec<f64> {
    line.split(' ').map(|word| word.parse().unwrap()).collect()
}

#[test]
fn a_position_is_converted_and_written_with_8_decimals() {
    let [lon, lat] = BD09.map(|degrees| degrees.to_string());
    let run = Desk::new().fine(&["datum", "--from", "bd09", "--to", "wgs84", &lon, &lat]);
    let line = run.stdout.strip_suffix('\n').unwrap();
    for (found, expected) in numbers(line).iter().zip(WGS84) {
        assert!((found - expected).abs() < ONE_METRE_DEGREES, "{line}");
    }
    for word in line.split(' ') {
        assert_eq!(word.split_once('.').unwrap().1.len(), 8, "{line}");
    }
}

#[test]
fn lines_are_read_from_standard_input_and_each_gives_one() {
    let input = "114.0287781 33.0176697\n\n114.0287781,33.0176697\r\n\t114.0287781\t33.0176697 \n";
    let run = Desk::new().run_with(&["datum", "--from", "bd09", "--to", "wgs84"], input, "C");
    assert_eq!(run.code, FINE, "{}", run.stderr);
    let lines: Vec<_> = run.stdout.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines.iter().all(|line| *line == lines[0]), "{lines:?}");
}

#[test]
fn there_and_back_is_the_same_place() {
    let there = ["datum", "--from", "wgs84", "--to", "bd09"];
    let back = ["datum", "--from", "bd09", "--to", "wgs84"];
    let desk = Desk::new();
    let input = "114.01643220 33.01335560\n";
    let run = desk.run_with(&there, input, "C");
    let back = desk.run_with(&back, &run.stdout, "C");
    for (found, expected) in numbers(back.stdout.trim()).iter().zip(WGS84) {
        assert!((found - expected).abs() < 1e-7, "{}", back.stdout);
    }
    let same = desk.run_with(
        &["datum", "--from", "wgs84", "--to", "cgcs2000"],
        input,
        "C",
    );
    assert_eq!(same.stdout, input);
}

#[test]
fn a_line_that_is_no_position_is_named_by_its_number() {
    let desk = Desk::new();
    for (input, english, chinese) in [
        (
            "115.9 28.7\nhere there\n",
            "Line 2: “here there”",
            "第 2 行",
        ),
        ("115.9\n", "Line 1: “115.9”", "第 1 行"),
        ("115.9 28.7 12\n", "Line 1: “115.9 28.7 12”", "第 1 行"),
        (
            "28.7 115.9\n",
            "no longitude and latitude",
            "不是以度为单位的经纬度",
        ),
        (
            "nan 28.7\n",
            "no longitude and latitude",
            "不是以度为单位的经纬度",
        ),
        (
            "1e999 28.7\n",
            "no longitude and latitude",
            "不是以度为单位的经纬度",
        ),
    ] {
        for (language, expected) in [("en", english), ("zh-CN", chinese)] {
            let words = [
                "datum",
                "--from",
                "bd09",
                "--to",
                "wgs84",
                "--language",
                language,
            ];
            let run = desk.run_with(&words, input, "C");
            assert_eq!(run.code, REFUSED, "{input}");
            assert!(run.stderr.contains(expected), "{input}{}", run.stderr);
        }
    }
    desk.refuses(
        &["datum", "--from", "bd09", "--to", "wgs84", "200", "28"],
        "200 28 is no longitude",
        "200 28 不是",
    );
    desk.refuses(
        &["datum", "--from", "bd09", "--to", "wgs84", "east", "28"],
        "“east”",
        "“east”",
    );
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_jiugai"))
        .args(["datum", "--from", "bd09", "--to", "wgs84"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(b"\xff\xfe\n")
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(REFUSED));
    assert!(!output.stderr.is_empty());
}
