//! The loop of a surveyor's day, with every key press counted: tag, next, repeat, apply to many.

use crate::bench::{
    Window, after_power_loss, complete_estate, folder, id, read, square, survey_file,
};
use egui::{Key, Modifiers};
use jiugai::catalogue::{Catalogue, missing_must_haves};
use jiugai::model::{
    Estate, Exclusion, Field, ItemCode, Locality, Severity, Survey, Tenure, Willingness,
    WillingnessBasis, YearBasis,
};
use std::path::PathBuf;

/// An estate as a register row and its outline leave it: what it is called, where it lies and how
/// large it is stand in the row; twelve judgements are the surveyor's.
fn from_the_register(number: u8, name: &str) -> Estate {
    let full = complete_estate(number, name);
    Estate {
        name: name.to_owned(),
        boundary: Some(square(2.0 * f64::from(number), 0.0)),
        county_code: full.county_code,
        street_code: full.street_code,
        community_codes: full.community_codes,
        address: full.address,
        build_year: full.build_year,
        households: full.households,
        floor_area_m2: full.floor_area_m2,
        ..Estate::new(full.id)
    }
}

fn window_on(estates: impl IntoIterator<Item = Estate>) -> (tempfile::TempDir, PathBuf, Window) {
    let (temporary, folder) = folder();
    let path = survey_file(&folder.join("洪都.gpkg"), estates);
    let window = Window::on(&path);
    (temporary, path, window)
}

/// Selects one of the list, and leaves the keyboard to the map; nothing is counted yet.
fn select(window: &mut Window, name: &str) {
    window.click(name);
    window.press(Key::Escape);
    window.keys = 0;
}

fn select_all(window: &mut Window) {
    window.press_with(Modifiers::COMMAND, Key::A);
    window.keys = 0;
}

fn estate(window: &Window, number: u128) -> Estate {
    window.survey().estate(id(number)).unwrap().as_ref().clone()
}

fn missing(survey: &Survey, number: u128) -> Vec<Field> {
    let items = Catalogue::shipped().items;
    missing_must_haves(survey.estate(id(number)).unwrap(), &items)
}

fn gap(estate: &Estate, code: &str) -> Option<Severity> {
    estate.gaps.get(&ItemCode::parse(code).unwrap()).copied()
}

/// The twelve judgements, one after the other, without the mouse. Every digit comes with its
/// letter: none may end up in the box of the next field.
fn judge(window: &mut Window) {
    window.type_letter(Key::N, "n");
    window.type_letter(Key::Num1, "1"); // city
    window.type_letter(Key::Num4, "4"); // estimate
    window.type_letter(Key::Num8, "8"); // buildings
    window.press(Key::Enter);
    window.type_letter(Key::Num2, "2"); // reformed housing
    window.press(Key::Enter);
    window.type_letter(Key::Num1, "1"); // residential
    window.type_letter(Key::Num2, "2"); // water
    window.type_letter(Key::Num3, "3"); // power
    window.type_letter(Key::Num1, "1"); // road
    window.type_letter(Key::Num0, "0"); // gas
    window.type_letter(Key::Num1, "1"); // strong
    window.type_letter(Key::Num3, "3"); // a meeting
    window.type_letter(Key::Num0, "0"); // no exclusion
}

#[test]
fn the_twelve_judgements_take_at_most_sixteen_keys() {
    let (_temporary, path, mut window) = window_on([from_the_register(1, "洪都新村")]);
    select(&mut window, "洪都新村");
    assert_eq!(missing(window.survey(), 1).len(), 12);
    judge(&mut window);
    eprintln!("keys for the twelve judgements: {}", window.keys);
    assert!(window.keys <= 16, "{}", window.keys);
    assert!(window.shows("洪都新村: all must-haves are answered"));
    window.close();

    let survey = read(&path);
    let water_to_gas = [
        ("C05", Severity::Failing),
        ("C04", Severity::Missing),
        ("C12", Severity::Ageing),
        ("C06", Severity::Intact),
    ];
    let wanted = Estate {
        locality: Some(Locality::City),
        year_basis: Some(YearBasis::Estimate),
        buildings: Some(8),
        tenure: [Tenure::Reformed].into(),
        residential: Some(true),
        gaps: water_to_gas
            .map(|(code, severity)| (ItemCode::parse(code).unwrap(), severity))
            .into(),
        willingness: Some(Willingness::Strong),
        willingness_basis: Some(WillingnessBasis::Meeting),
        exclusions: Some(Default::default()),
        ..from_the_register(1, "洪都新村")
    };
    assert_eq!(**survey.estate(id(1)).unwrap(), wanted);
}

#[test]
fn shift_tab_and_shift_enter_go_back_to_what_was_answered() {
    let (_temporary, _, mut window) = window_on([from_the_register(1, "洪都新村")]);
    select(&mut window, "洪都新村");
    window.press(Key::N);
    window.press(Key::Num1);
    window.press_with(Modifiers::SHIFT, Key::Tab);
    window.press(Key::Num2);
    assert_eq!(estate(&window, 1).locality, Some(Locality::CountySeat));
    // And on again: the year's basis was not answered by going back.
    window.press(Key::Num5);
    assert_eq!(estate(&window, 1).year_basis, Some(YearBasis::Told));
    assert!(window.has_cursor("Buildings"));
    window.press(Key::Enter);
    assert_eq!(estate(&window, 1).buildings, None, "Enter passed it by");
    window.press(Key::Num2);
    window.press_with(Modifiers::SHIFT, Key::Enter);
    assert!(window.has_cursor("Buildings"), "the must-have above");
}

#[test]
fn a_figure_that_is_none_keeps_the_cursor() {
    let (_temporary, _, mut window) = window_on([from_the_register(1, "洪都新村")]);
    select(&mut window, "洪都新村");
    window.press(Key::Tab);
    window.press(Key::Num1);
    window.press(Key::Num1);
    window.type_text("many");
    window.press(Key::Enter);
    assert!(window.has_cursor("Buildings") && window.shows("no whole number"));
    assert_eq!(estate(&window, 1).buildings, None);
}

#[test]
fn the_last_estate_with_one_exception_takes_at_most_four_keys() {
    let first = complete_estate(1, "洪都新村");
    let (_temporary, path, mut window) = window_on([
        first.clone(),
        Estate {
            buildings: Some(5),
            ..from_the_register(2, "粮食局宿舍")
        },
    ]);
    tag_the_first(&mut window);
    select(&mut window, "粮食局宿舍");
    window.press(Key::R);
    assert!(window.shows("Please look them over"));
    assert_eq!(missing(window.survey(), 2), []);
    // The keyboard is in the facilities: power is another story here.
    window.press(Key::ArrowRight);
    window.press(Key::Num3);
    eprintln!("keys to repeat with one exception: {}", window.keys);
    assert!(window.keys <= 4, "{}", window.keys);

    let wanted = Estate {
        locality: first.locality,
        year_basis: first.year_basis,
        tenure: first.tenure,
        residential: first.residential,
        exclusions: first.exclusions,
        willingness: first.willingness,
        willingness_basis: Some(WillingnessBasis::Meeting),
        gaps: {
            let mut gaps = first.gaps;
            gaps.insert(ItemCode::parse("C04").unwrap(), Severity::Missing);
            gaps
        },
        buildings: Some(5),
        ..from_the_register(2, "粮食局宿舍")
    };
    assert_eq!(estate(&window, 2), wanted, "neither name nor counts");
    // One press takes back the exception, one the whole repetition.
    window.press(Key::Escape);
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert!(window.shows("repeated from 洪都新村"));
    assert_eq!(missing(window.survey(), 2).len(), 11);
    window.close();
    assert_eq!(read(&path).estate(id(2)).unwrap().gaps.len(), 0);
}

/// Somebody says how the residents of the first estate were asked: it is the one tagged last.
fn tag_the_first(window: &mut Window) {
    select(window, "洪都新村");
    window.focus("Known by");
    window.press(Key::Num3);
    window.press(Key::Escape);
}

#[test]
fn an_exception_of_another_field_is_as_near() {
    let second = Estate {
        buildings: Some(5),
        ..from_the_register(2, "粮食局宿舍")
    };
    let estates = [complete_estate(1, "洪都新村"), second];
    let (_temporary, _, mut window) = window_on(estates);
    tag_the_first(&mut window);
    select(&mut window, "粮食局宿舍");
    window.press(Key::R);
    window.press_with(Modifiers::SHIFT, Key::Enter);
    window.press(Key::Num2);
    assert!(window.keys <= 4);
    assert_eq!(estate(&window, 2).residential, Some(false));
    // Putting an answer right is not to be done with the record; Enter is.
    assert!(!window.shows("粮食局宿舍: all must-haves are answered"));
    window.press(Key::Enter);
    assert!(window.shows("粮食局宿舍: all must-haves are answered"));
}

#[test]
fn what_was_tagged_yesterday_is_repeated_today() {
    let second = from_the_register(2, "粮食局宿舍");
    let (_temporary, path, mut window) = window_on([complete_estate(1, "洪都新村"), second]);
    tag_the_first(&mut window);
    window.close();
    let mut window = Window::on(&path);
    select(&mut window, "粮食局宿舍");
    window.press(Key::R);
    assert_eq!(missing(window.survey(), 2), [Field::Buildings]);
    assert!(window.has_cursor("Buildings"), "what is left open");
    // One field of the estate before, in the field itself.
    window.press(Key::Escape);
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.press(Key::N);
    window.press_with(Modifiers::COMMAND, Key::R);
    let now = estate(&window, 2);
    assert_eq!((now.locality, now.year_basis), (Some(Locality::City), None));
}

#[test]
fn one_field_over_all_selected_takes_at_most_two_keys() {
    let names = ["甲", "乙", "丙", "丁"];
    let estates: Vec<_> = (1..=4)
        .zip(names)
        .map(|(number, name)| from_the_register(number, name))
        .collect();
    let (_temporary, path, mut window) = window_on(estates);
    select_all(&mut window);
    window.press(Key::N);
    window.press(Key::Num1);
    eprintln!("keys to set a field of all selected: {}", window.keys);
    assert!(window.keys <= 2);
    let localities = |survey: &Survey| survey.estates().map(|e| e.locality).collect::<Vec<_>>();
    assert_eq!(localities(window.survey()), [Some(Locality::City); 4]);

    // A field that was set elsewhere, over all of them.
    window.press(Key::Escape);
    select(&mut window, "甲");
    window.focus("Tenure");
    window.press(Key::Num7);
    window.press(Key::Escape);
    select_all(&mut window);
    window.press_with(Modifiers::SHIFT, Key::R);
    assert!(window.keys <= 2);
    assert!(window.shows("for 4 estates"));
    let all = window.survey().estates();
    assert!(
        all.into_iter()
            .all(|e| e.tenure == [Tenure::Resettlement].into())
    );
    // One edit: one undo.
    window.press_with(Modifiers::COMMAND, Key::Z);
    let resettled = |e: &&std::sync::Arc<Estate>| !e.tenure.is_empty();
    assert_eq!(window.survey().estates().filter(resettled).count(), 1);
    window.close();
    assert_eq!(localities(&read(&path)), [Some(Locality::City); 4]);
}

#[test]
fn a_facility_of_all_selected_is_graded_at_once_and_the_rest_is_intact() {
    let mut first = from_the_register(1, "甲");
    let power = ItemCode::parse("C04").unwrap();
    first.gaps.insert(power, Severity::Missing);
    let (_temporary, _, mut window) = window_on([first, from_the_register(2, "乙")]);
    select_all(&mut window);
    window.focus("Facility grid");
    window.press(Key::W);
    window.press(Key::W);
    assert!(window.shows("mixed"), "power differs");
    window.press(Key::Equals);
    let of_all = |window: &Window, code| [1, 2].map(|number| gap(&estate(window, number), code));
    assert_eq!(of_all(&window, "C05"), [Some(Severity::Ageing); 2]);
    assert_eq!(
        of_all(&window, "C04"),
        [Some(Severity::Missing), Some(Severity::Intact)]
    );
    assert_eq!(of_all(&window, "C12"), [Some(Severity::Intact); 2]);
    window.press(Key::Escape);
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert!(window.shows("the rest is intact"));
    assert_eq!(of_all(&window, "C12"), [None; 2]);
}

#[test]
fn a_field_that_is_an_estates_own_is_not_repeated() {
    let (_temporary, _, mut window) =
        window_on([from_the_register(1, "甲"), from_the_register(2, "乙")]);
    select(&mut window, "甲");
    window.type_into("Households", "196");
    window.press(Key::Enter);
    window.press(Key::Escape);
    select_all(&mut window);
    window.press_with(Modifiers::SHIFT, Key::R);
    assert!(window.shows("“Households” is each estate's own"));
    assert_eq!(estate(&window, 2).households, Some(200));
}

#[test]
fn a_finished_estate_leads_to_the_next_and_undo_leads_back() {
    let mut waiting = from_the_register(2, "粮食局宿舍");
    waiting.boundary = None;
    let (_temporary, _, mut window) = window_on([from_the_register(1, "洪都新村"), waiting]);
    select(&mut window, "洪都新村");
    judge(&mut window);
    assert!(window.shows("洪都新村: all must-haves are answered"));
    assert!(
        window.is_on("Draw a boundary"),
        "the row that waits is next"
    );
    window.press(Key::V);
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(missing(window.survey(), 1), [Field::Exclusions]);
    assert!(window.shows("Must-haves 20/21"), "back at the estate");

    // Without going on by itself, the map has the keyboard: Space goes on.
    window.choose("Survey", "Go on to the next when done");
    window.press(Key::Escape);
    window.press(Key::N);
    window.press(Key::Num0);
    assert!(window.shows("Space goes on to the next"));
    assert!(!window.is_on("Draw a boundary"));
    window.press(Key::Space);
    assert!(window.is_on("Draw a boundary"));
}

#[test]
fn where_no_row_waits_the_nearest_estate_with_open_must_haves_is_next() {
    let names = [(1, "洪都新村"), (9, "机械厂宿舍"), (3, "粮食局宿舍")];
    let (_temporary, _, mut window) = window_on(names.map(|(n, name)| from_the_register(n, name)));
    select(&mut window, "洪都新村");
    judge(&mut window);
    assert_eq!(window.harness.state().selection(), [id(3)]);
}

#[test]
fn an_excluded_estate_says_why_before_it_is_finished() {
    let open = Estate {
        exclusions: None,
        ..complete_estate(1, "洪都新村")
    };
    let (_temporary, _, mut window) = window_on([open]);
    select(&mut window, "洪都新村");
    window.press(Key::N);
    window.press(Key::Num4);
    window.press(Key::Num9);
    assert!(!window.shows("洪都新村: all must-haves"), "more may come");
    window.press(Key::Enter);
    assert!(window.has_cursor("Other reason"), "X9 needs its text");
    window.type_text("拟征收");
    window.press(Key::Enter);
    assert!(window.shows("洪都新村: all must-haves are answered"));
    let found = [Exclusion::UrbanVillage, Exclusion::OtherReason];
    assert_eq!(estate(&window, 1).exclusions, Some(found.into()));
}

#[test]
fn copied_values_go_into_everything_selected_but_names_and_counts() {
    let first = complete_estate(1, "洪都新村");
    let others = [
        from_the_register(2, "粮食局宿舍"),
        from_the_register(3, "棉纺厂宿舍"),
    ];
    let (_temporary, _, mut window) = window_on([first.clone()].into_iter().chain(others.clone()));
    select(&mut window, "洪都新村");
    let text = window.copy().unwrap();
    assert!(
        text.lines()
            .any(|line| line.starts_with("name\t洪都新村\t")),
        "{text}"
    );
    window.press_with(Modifiers::COMMAND, Key::A);
    window.paste(&text);
    assert!(window.shows("of 2 estates"), "the first has them already");
    for (number, other) in [(2, &others[0]), (3, &others[1])] {
        let wanted = Estate {
            locality: first.locality,
            year_basis: first.year_basis,
            tenure: first.tenure.clone(),
            residential: first.residential,
            exclusions: first.exclusions.clone(),
            willingness: first.willingness,
            willingness_basis: first.willingness_basis,
            gaps: first.gaps.clone(),
            ..other.clone()
        };
        assert_eq!(estate(&window, number), wanted);
    }
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert!(window.shows("(pasted)"));
    assert_eq!(estate(&window, 2), others[0]);

    let before = window.survey().clone();
    for text in ["洪都新村 1987", "jiugai\tvalue\nlocality\tmoon"] {
        window.paste(text);
        assert_eq!(*window.survey(), before, "{text}");
    }
    assert!(window.shows("no values of an estate"));
    assert!(window.shows("does not take “moon”"));
}

#[test]
fn text_pasted_into_a_box_is_text() {
    let (_temporary, _, mut window) = window_on([from_the_register(1, "洪都新村")]);
    select(&mut window, "洪都新村");
    window.focus("Original unit");
    window.paste("棉纺织印染厂");
    assert_eq!(window.text_in("Original unit"), "棉纺织印染厂");
    assert!(!window.shows("The clipboard"));
}

#[test]
fn a_preset_is_saved_shared_and_applied_with_two_keys() {
    let first = complete_estate(1, "洪都新村");
    let second = from_the_register(2, "粮食局宿舍");
    let (_temporary, path, mut window) = window_on([first.clone(), second]);
    select(&mut window, "洪都新村");
    window.press_with(Modifiers::COMMAND, Key::L);
    window.type_into("Name of the new preset", "80年代单位宿舍");
    window.press(Key::Enter);
    window.press(Key::Escape);
    window.close();
    assert_eq!(read(&path).settings().presets.len(), 1, "in the file");

    let mut window = Window::on(&path);
    select(&mut window, "粮食局宿舍");
    window.press_with(Modifiers::COMMAND, Key::L);
    assert!(window.has_control("80年代单位宿舍"));
    window.press(Key::Num1);
    assert_eq!(window.keys, 2);
    assert_eq!(missing(window.survey(), 2), [Field::Buildings]);
    let filled = estate(&window, 2);
    assert_eq!(
        (&*filled.name, filled.tenure, filled.gaps),
        ("粮食局宿舍", first.tenure, first.gaps)
    );
    window.press(Key::Escape);

    window.press_with(Modifiers::COMMAND, Key::L);
    window.click("Rename “80年代单位宿舍”");
    window.type_text("单位宿舍");
    window.press(Key::Enter);
    assert!(window.has_control("单位宿舍"));
    window.click("Delete “单位宿舍”");
    assert!(window.survey().settings().presets.is_empty());
    window.press(Key::Escape);
    window.press_with(Modifiers::COMMAND, Key::Z);
    let presets = &window.survey().settings().presets;
    assert_eq!(presets[0].name, "单位宿舍", "deleting is undone");
}

#[test]
fn a_half_filled_field_outlives_a_crash_and_says_so() {
    let (_temporary, path, mut window) =
        window_on([from_the_register(1, "甲"), from_the_register(2, "乙")]);
    select(&mut window, "乙");
    window.focus("Original unit");
    window.type_text("棉纺织");
    window.harness.run_steps(15);
    let crashed = after_power_loss(&path);

    let mut window = Window::on(&crashed);
    assert!(window.shows("“Original unit” of 乙 was being typed"));
    assert!(window.has_cursor("Original unit"));
    assert_eq!(window.text_in("Original unit"), "棉纺织");
    window.press(Key::Enter);
    assert_eq!(estate(&window, 2).orig_unit, "棉纺织");
    window.close();

    let window = Window::on(&crashed);
    assert!(!window.shows("was being typed"), "it is an edit by now");
}

#[test]
fn a_text_that_is_no_value_waits_until_the_survey_is_opened_again() {
    let (_temporary, path, mut window) = window_on([from_the_register(1, "甲")]);
    select(&mut window, "甲");
    window.type_into("Buildings", "八栋多");
    window.press(Key::Enter);
    assert!(window.shows("no whole number"));
    window.close();

    let mut window = Window::on(&path);
    assert!(window.shows("“Buildings” of 甲 was being typed"));
    assert_eq!(window.text_in("Buildings"), "八栋多");
    window.press(Key::Escape);
    assert_eq!(window.text_in("Buildings"), "");
    window.close();
    assert!(!Window::on(&path).shows("was being typed"));
}
