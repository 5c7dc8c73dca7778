//! `jiugai demo`: the whole path on the bundled sample.

use crate::Desk;

#[test]
fn the_demo_ends_with_a_library_that_verifies_also_in_a_folder_where_it_ran_before() {
    let desk = Desk::new();
    let first = desk.fine(&["demo", "示 例", "--no-window"]);
    assert!(first.stdout.contains("library"), "{}", first.stdout);
    assert_eq!(desk.names(), ["示 例"]);
    let sound = desk.fine(&["verify", "示 例/library", "--json"]).json();
    assert_eq!(sound["sound"], true);
    let checked = desk.fine(&["check", "示 例/survey.gpkg", "--json"]).json();
    assert_eq!(checked["blocking"], 0);

    desk.fine(&["demo", "示 例", "--no-window", "--language", "zh-CN"]);
    desk.fine(&["verify", "示 例/library"]);
}

#[test]
#[cfg_attr(
    not(target_os = "linux"),
    ignore = "elsewhere there is always a display"
)]
fn without_a_display_the_demo_says_how_to_open_its_result() {
    let desk = Desk::new();
    let run = desk.fine(&["demo"]);
    assert!(run.stdout.contains("no display"), "{}", run.stdout);
    assert_eq!(desk.names(), ["jiugai-demo"]);
}

#[test]
fn the_demo_destroys_nobodys_work() {
    let desk = Desk::with_survey();
    std::fs::rename(desk.path(crate::SURVEY), desk.path("survey.gpkg")).unwrap();
    desk.refuses(&["demo", ".", "--no-window"], "no demo", "不是示例");

    let desk = Desk::new();
    desk.write("estates.geojson", "somebody's");
    let run = desk.run(&["demo", ".", "--no-window"]);
    assert_eq!(run.code, crate::REFUSED);
    assert!(run.stderr.contains("estates.geojson"), "{}", run.stderr);
    assert_eq!(desk.names(), ["estates.geojson"]);
    assert_eq!(desk.text("estates.geojson"), "somebody's");
}

#[test]
fn the_demo_refuses_a_folder_that_is_a_file() {
    let desk = Desk::new();
    desk.write("示例", "no folder");
    let run = desk.run(&["demo", "示例", "--no-window"]);
    assert_eq!(run.code, crate::REFUSED);
    assert!(run.stderr.contains("示例"), "{}", run.stderr);
}
