use crate::bench::Window;
use egui::{Key, Modifiers};
use jiugai::jobs::release::verify;
use jiugai::model::Field;
use std::path::Path;

fn bytes(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

/// The sample after its demo, with one must-have taken out again.
#[test]
fn a_blocked_release_is_mended_and_released() {
    let folder = tempfile::tempdir().unwrap();
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_jiugai"))
        .args(["demo", "--no-window"])
        .arg(folder.path())
        .status()
        .unwrap();
    assert!(status.success());
    let path = folder.path().join("survey.gpkg");
    let mut session = jiugai::session::Session::open(&path, crate::bench::author()).unwrap();
    let survey = session.survey().clone();
    let estate = survey.counted().find(|e| e.lib_no.is_some()).unwrap();
    let households = estate.get(&Field::Households);
    session
        .run(jiugai::edit::Command::SetField {
            estates: vec![estate.id],
            field: Field::Households,
            value: None,
        })
        .unwrap();
    session.close().unwrap();

    let mut window = Window::open(Some(&path));
    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.click("Release the library");
    assert!(window.shows("findings block the release"));
    let library = folder.path().join("survey-release");
    assert!(!library.exists());

    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(
        window
            .survey()
            .estate(estate.id)
            .unwrap()
            .get(&Field::Households),
        households
    );
    window.click("Release the library");
    assert_eq!(verify(&library).unwrap().problems, []);
    let first = bytes(&library);
    window.click("Release the library");
    assert_eq!(bytes(&library), first, "the same survey, the same bytes");
}
