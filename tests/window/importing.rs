use crate::bench::Window;
use egui::{Key, Modifiers};
use jiugai::session::Session;

const LIST: &str = "小区名称,地址,建成年份,户数,经度,纬度,物业\n\
    洪都新村,洪都北大道258号,1987,312,115.920934,28.689907,无\n\
    粮食局宿舍,人民路12号,约1990,48户,115.93,28.69,有\n";

#[test]
fn a_list_is_imported_after_its_datum_was_asked() {
    let folder = tempfile::tempdir().unwrap();
    let (survey, list) = (folder.path().join("s.gpkg"), folder.path().join("名册.csv"));
    std::fs::write(&list, LIST).unwrap();
    Session::create(&survey, Default::default(), crate::bench::author())
        .unwrap()
        .close()
        .unwrap();
    let mut window = Window::open(Some(&survey));
    window.press_with(Modifiers::COMMAND, Key::I);
    window.type_into("File", list.to_str().unwrap());
    assert!(!window.is_enabled("Import"), "no datum was chosen yet");
    window.choose("GCJ-02 (Amap, Tencent)");
    assert!(window.is_enabled("Import"));
    window.click("Import");

    let survey = window.survey();
    assert_eq!(survey.estates().len(), 2);
    let estate = survey.estates().next().unwrap();
    assert_eq!(estate.households, Some(312));
    assert_eq!(estate.other["物业"], "无", "an unknown column is kept");
    let shift = estate.position.unwrap().lon - 115.920934;
    assert!((-0.006..-0.003).contains(&shift), "shifted back by {shift}");
    // What a field does not take is told, and kept.
    assert!(window.shows("约1990"));
}
