//! Invariant 1: a kill at any moment loses no acknowledged action.

use crate::folder;
use crate::generate::{create, drawn, edit};
use jiugai::model::{EditKind, Settings};
use jiugai::store::{self, SurveyFile};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

/// Set to the survey's path in the child that is to be killed.
const VICTIM: &str = "JIUGAI_TEST_VICTIM";

/// Does nothing unless this is the child: then it commits until it is killed.
#[test]
fn victim() {
    let Some(path) = std::env::var_os(VICTIM) else {
        return;
    };
    let (mut file, _) = SurveyFile::open(path.as_ref()).unwrap();
    let first = file.history().unwrap().len() as u128;
    for number in first.. {
        // Grows, so that the log is checkpointed and pages split while the kill comes.
        let mut estate = drawn(number, "洪都新村");
        estate.remarks = "备注".repeat(number as usize % 500);
        file.keep("ring", Some(&number.to_string())).unwrap();
        file.commit(&edit(number, EditKind::Do, vec![create(&estate)]))
            .unwrap();
        // Acknowledged: the parent may count on it from here on.
        let mut out = std::io::stdout().lock();
        writeln!(out, "\nacknowledged {number}").unwrap();
        out.flush().unwrap();
    }
}

#[test]
fn a_kill_at_any_moment_loses_no_acknowledged_edit() {
    let (_folder, path) = folder();
    SurveyFile::create(&path, &Settings::default())
        .unwrap()
        .close()
        .unwrap();
    let mut acknowledged = 0;
    for round in 1..=6 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "kill::victim", "--nocapture"])
            .env(VICTIM, &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut numbers = lines
            .map_while(Result::ok)
            .filter_map(|line| line.strip_prefix("acknowledged ")?.parse::<u128>().ok());
        let enough = numbers.by_ref().nth(round * 7);
        child.kill().unwrap();
        child.wait().unwrap();
        // What it said before the kill reached it was acknowledged too.
        let last = numbers.last().or(enough);
        acknowledged = last.expect("the child committed nothing") as usize + 1;

        let (file, contents) = SurveyFile::open(&path).unwrap();
        let held = contents.survey.estates().len();
        assert!(held >= acknowledged, "{held} of {acknowledged}");
        assert_eq!(file.history().unwrap().len(), held);
        // The ring was kept before its edit, so it can be one ahead, never behind.
        let ring: usize = file.kept("ring").unwrap().unwrap().parse().unwrap();
        assert!(ring + 1 >= held, "{ring} {held}");
        file.close().unwrap();
        let connection = rusqlite::Connection::open(&path).unwrap();
        let verdict: String = connection
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(verdict, "ok");
    }
    assert!(acknowledged >= 6);
    assert_eq!(store::read(&path).unwrap().problems, []);
}
