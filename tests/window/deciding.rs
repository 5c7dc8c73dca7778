use crate::bench::Window;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use jiugai::edit::Command;
use jiugai::model::{EstateId, Field, Standing, Value, Verdict};
use jiugai::session::Session;
use std::path::Path;
use std::sync::Arc;

/// Two drawings of one estate, the second a few metres off.
fn two_drawings(path: &Path) -> [EstateId; 2] {
    let mut session = Session::create(path, Default::default(), crate::bench::author()).unwrap();
    let ids = [0.0, 0.00003].map(|shift| {
        let (west, south) = (115.92 + shift, 28.69 + shift);
        let square = geo::Rect::new((west, south), (west + 0.002, south + 0.002)).to_polygon();
        let boundary = Arc::new(geo::MultiPolygon(vec![square]));
        let drawn = session.run(Command::Draw { boundary }).unwrap();
        drawn.created.unwrap()
    });
    for (id, name) in ids.into_iter().zip(["洪都新村", "洪都小区"]) {
        let values = vec![
            (Field::Name, Some(Value::Text(name.to_owned()))),
            (
                Field::Address,
                Some(Value::Text("洪都北大道258号".to_owned())),
            ),
        ];
        session.run(Command::FillIn { estate: id, values }).unwrap();
    }
    session.close().unwrap();
    ids
}

#[test]
fn a_duplicate_is_decided_and_parted_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("survey.gpkg");
    two_drawings(&path);
    let mut window = Window::open(Some(&path));
    window.press_with(Modifiers::COMMAND, Key::Num2);
    assert!(window.shows("1 to decide"));
    let pair = window
        .harness
        .get_all_by_label_contains(" · ")
        .next()
        .map(|node| node.rect().center());
    window.click_at(pair.unwrap());
    assert!(window.shows("same road and number"), "the reasons in words");

    window.click("same estate");
    let survey = window.survey();
    assert_eq!(survey.counted().count(), 1);
    assert_eq!(survey.decisions().next().unwrap().verdict, Verdict::Same);
    let merged = survey.estates().find(|e| !e.standing.is_counted()).unwrap();
    assert!(matches!(merged.standing, Standing::Merged { .. }));

    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.survey().counted().count(), 2);
    assert_eq!(window.survey().decisions().len(), 0);
}
