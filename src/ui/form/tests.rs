//! The form through its real widgets, by accessible name.

use super::*;
use crate::catalogue::{Catalogue, Divisions};
use crate::model::{Coded, Exclusion, ItemCode, Severity};
use crate::ui::test_bench::{Bench, id, install_fonts};
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

mod looks;

struct Drawn {
    bench: Bench,
    form: FormState,
    issues: Vec<FieldIssue>,
    before: Option<EstateId>,
    language: Language,
}

fn draw(ui: &mut Ui, drawn: &mut Drawn) {
    let input = FormInput {
        survey: &drawn.bench.survey,
        items: &drawn.bench.catalogue.items,
        selection: &drawn.bench.selection,
        building: None,
        issues: &drawn.issues,
        index: &crate::search::Index::of(&drawn.bench.survey),
        tagged_before: drawn
            .before
            .and_then(|id| drawn.bench.survey.estate(id))
            .map(|e| &**e),
        recognition: &drawn.bench.catalogue.rules.recognition,
        revision: drawn.bench.revision,
        pictures: &Pictures::default(),
        language: drawn.language,
    };
    let actions = egui::ScrollArea::vertical()
        .show(ui, |ui| form_ui(ui, &mut drawn.form, input))
        .inner;
    drawn.bench.carry_out(actions);
}

fn harness(bench: Bench) -> Harness<'static, Drawn> {
    harness_with(bench, Language::English, egui::Theme::Light)
}

fn harness_with(bench: Bench, language: Language, theme: egui::Theme) -> Harness<'static, Drawn> {
    let drawn = Drawn {
        bench,
        form: FormState::default(),
        issues: Vec::new(),
        before: None,
        language,
    };
    let mut harness = Harness::builder()
        .with_size([360.0, 2200.0])
        .with_theme(theme)
        .with_max_steps(16)
        .with_context_setup(install_fonts)
        .build_ui_state(draw, drawn);
    harness.run();
    harness
}

fn blank() -> Bench {
    Bench::new([Estate::new(id(1)), Estate::new(id(2))])
}

fn set(field: Field, value: Option<Value>) -> Command {
    Command::SetField {
        estates: vec![id(1)],
        field,
        value,
    }
}

fn power() -> ItemCode {
    ItemCode::parse("C04").unwrap()
}

fn type_into(harness: &mut Harness<'_, Drawn>, label: &str, text: &str) {
    harness.get_by_label(label).focus();
    harness.run();
    harness.get_by_label(label).type_text(text);
    harness.run();
}

#[test]
fn typing_a_name_and_enter_is_one_edit() {
    let mut harness = harness(blank());
    type_into(&mut harness, "Name", "洪都新村");
    assert_eq!(harness.state().bench.commands(), Vec::<&Command>::new());
    harness.key_press(Key::Enter);
    harness.run();
    let wanted = set(Field::Name, Some(Value::Text("洪都新村".into())));
    assert_eq!(harness.state().bench.commands(), [&wanted]);
    // The cursor went on to the next must-have; Tab goes to the next field, whatever it is.
    assert!(harness.get_by_label("Address").is_focused());
}

#[test]
fn what_is_no_number_stays_in_the_field_with_a_sentence() {
    let mut harness = harness(blank());
    type_into(&mut harness, "Households", "abc");
    harness.key_press(Key::Tab);
    harness.run();
    assert!(harness.state().bench.actions.is_empty());
    assert_eq!(
        harness.get_by_label("Households").value().as_deref(),
        Some("abc")
    );
    harness.get_by_label_contains("no whole number");

    // Another record is selected and this one again: what was typed is still there.
    harness.state_mut().bench.selection = vec![id(2)];
    harness.run();
    assert!(harness.query_by_label_contains("no whole number").is_none());
    harness.state_mut().bench.selection = vec![id(1)];
    harness.run();
    harness.get_by_label_contains("no whole number");

    harness.get_by_label("Households").focus();
    harness.run();
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(
        harness.get_by_label("Households").value().as_deref(),
        Some("")
    );
    assert!(harness.state().bench.actions.is_empty());
}

#[test]
fn text_typed_for_one_record_is_never_written_to_the_next() {
    let mut harness = harness(blank());
    type_into(&mut harness, "Address", "八一大道12号");
    harness.state_mut().bench.selection = vec![id(2)];
    harness.run();
    let wanted = set(Field::Address, Some(Value::Text("八一大道12号".into())));
    assert_eq!(harness.state().bench.commands(), [&wanted]);
    assert_eq!(harness.get_by_label("Address").value().as_deref(), Some(""));
}

#[test]
fn the_key_of_power_pressed_thrice_is_failing() {
    let mut harness = harness(blank());
    harness.get_by_label("Facility grid").focus();
    harness.run();
    for _ in 0..3 {
        harness.key_press(Key::P);
        harness.run();
    }
    let drawn = harness.state();
    assert_eq!(drawn.bench.commands().len(), 3);
    assert_eq!(
        drawn.bench.selected().gaps.get(&power()),
        Some(&Severity::Failing)
    );
    harness.key_press_modifiers(Modifiers::SHIFT, Key::P);
    harness.run();
    harness.key_press(Key::Delete);
    harness.run();
    let gaps = &harness.state().bench.selected().gaps;
    assert_eq!(gaps.get(&power()), None);
    assert_eq!(harness.state().bench.commands().len(), 5);
}

#[test]
fn facility_keys_do_nothing_without_the_focus() {
    let mut harness = harness(blank());
    type_into(&mut harness, "Name", "P");
    harness.key_press(Key::P);
    harness.run();
    assert!(harness.state().bench.actions.is_empty());
}

#[test]
fn a_group_brings_its_keys_and_a_digit_sets_the_cell() {
    let mut harness = harness(blank());
    harness.get_by_label("Building functions (0/10)").click();
    harness.run();
    assert!(harness.get_by_label("Facility grid").is_focused());
    harness.key_press(Key::B);
    harness.key_press(Key::Num3);
    harness.run();
    let roof = ItemCode::parse("B02").unwrap();
    let gaps = &harness.state().bench.selected().gaps;
    assert_eq!(gaps.get(&roof), Some(&Severity::Missing));
}

#[test]
fn a_click_steps_on_and_a_right_click_steps_back() {
    let mut harness = harness(blank());
    harness.get_by_label("Power lines").click();
    harness.run();
    harness.get_by_label("Power lines").click();
    harness.run();
    assert_eq!(
        harness.get_by_label("Power lines").value().as_deref(),
        Some("ageing")
    );
    harness.get_by_label("Power lines").click_secondary();
    harness.run();
    assert_eq!(
        harness.get_by_label("Power lines").value().as_deref(),
        Some("intact")
    );
}

#[test]
fn the_rest_is_intact_names_only_what_nobody_looked_at() {
    let mut bench = blank();
    let mut estate = Estate::new(id(1));
    estate.gaps.insert(power(), Severity::Missing);
    bench.survey = Survey::from_parts([estate], [], [], Default::default());
    let mut harness = harness(bench);
    harness.get_by_label("The rest is intact").click();
    harness.run();
    let items = ["C05", "C12", "C06"].map(|code| ItemCode::parse(code).unwrap());
    let wanted = Command::RestIntact {
        estate: id(1),
        items: items.to_vec(),
    };
    assert_eq!(harness.state().bench.commands(), [&wanted]);
    harness.get_by_label("Facility grid").focus();
    harness.run();
    harness.key_press_modifiers(Modifiers::SHIFT, Key::Equals);
    harness.run();
    let gaps = &harness.state().bench.selected().gaps;
    assert_eq!(gaps.len(), 57);
    assert_eq!(gaps.get(&power()), Some(&Severity::Missing));
}

#[test]
fn none_is_an_answer_of_its_own_about_exclusions() {
    let mut harness = harness(blank());
    harness.get_by_label("Exclusions: none").click();
    harness.run();
    let none = set(Field::Exclusions, Some(Value::Codes(Vec::new())));
    assert_eq!(harness.state().bench.commands(), [&none]);
    harness.get_by_label_contains("Exclusions: X4").click();
    harness.run();
    let village = [Exclusion::UrbanVillage];
    let held = harness.state().bench.selected().exclusions.clone();
    assert_eq!(held, Some(village.into()));
    // Taken out again, the question is open: "none" was not said.
    harness.get_by_label_contains("Exclusions: X4").click();
    harness.run();
    assert_eq!(harness.state().bench.selected().exclusions, None);
}

#[test]
fn chips_are_one_tab_stop_with_arrows_digits_and_delete() {
    let mut harness = harness(blank());
    harness.get_by_label("Tenure").focus();
    harness.run();
    harness.key_press(Key::ArrowRight);
    harness.key_press(Key::Space);
    harness.key_press(Key::Num9);
    harness.run();
    let tenure: Vec<_> = harness
        .state()
        .bench
        .selected()
        .tenure
        .iter()
        .map(|tenure| tenure.key())
        .collect();
    assert_eq!(tenure, ["reformed", "mixed"]);
    harness.key_press(Key::Delete);
    harness.run();
    assert!(harness.state().bench.selected().tenure.is_empty());
    harness.key_press(Key::Tab);
    harness.run();
    assert!(harness.get_by_label("Original unit").is_focused());
}

#[test]
fn every_field_is_reached_by_its_label_in_both_languages() {
    for language in Language::ALL {
        let mut bench = blank();
        let mut estate = Estate::new(id(1));
        estate.exclusions = Some([Exclusion::OtherReason].into());
        bench.survey = Survey::from_parts([estate], [], [], Default::default());
        let harness = harness_with(bench, language, egui::Theme::Dark);
        let items = Catalogue::shipped().items;
        for field in Field::PLAIN {
            // A boundary is drawn on the map: the form has a button for it.
            if *field != Field::Boundary {
                let label = fields::label(language, field, &items);
                // A column of the table of buildings may have the same name.
                assert!(
                    harness.query_all_by_label(&label).next().is_some(),
                    "{label}"
                );
            }
        }
    }
}

#[test]
fn several_records_are_set_at_once() {
    let mut bench = blank();
    bench.selection = vec![id(1), id(2)];
    let mut harness = harness(bench);
    harness.get_by_label("2 estates");
    harness.get_by_label("Locality: city").click();
    harness.run();
    let wanted = Command::SetField {
        estates: vec![id(1), id(2)],
        field: Field::Locality,
        value: Some(Value::Code("city".into())),
    };
    assert_eq!(harness.state().bench.commands(), [&wanted]);
}

#[test]
fn an_issue_stands_beneath_the_field_it_concerns() {
    let mut harness = harness(blank());
    harness.state_mut().issues = vec![FieldIssue {
        field: Some(Field::Households),
        part: None,
        gravity: Gravity::Blocks,
        text: "The number of households is missing.".into(),
    }];
    harness.run();
    let issue = harness.get_by_label("The number of households is missing.");
    let field = harness.get_by_label("Households");
    let gap = issue.rect().top() - field.rect().bottom();
    assert!((0.0..12.0).contains(&gap), "{gap}");
}

#[test]
fn a_community_is_chosen_by_name_inside_its_street() {
    let mut bench = blank();
    let mut estate = Estate::new(id(1));
    let counties = Divisions::shipped().counties();
    let street = Divisions::shipped().inside(counties[0].code)[0];
    let community = Divisions::shipped().inside(street.code)[0];
    estate.street_code = street.code.into();
    bench.survey = Survey::from_parts([estate], [], [], Default::default());
    let mut harness = harness(bench);
    harness.get_by_label("Choose by name: Communities").click();
    harness.run();
    harness.get_by_label_contains(community.name).click();
    harness.run();
    let codes = &harness.state().bench.selected().community_codes;
    assert_eq!(codes.iter().collect::<Vec<_>>(), [community.code]);
    harness.get_by_label(community.name);
}

#[test]
fn tab_visits_every_field_once_from_top_to_bottom() {
    let mut harness = harness(blank());
    harness.get_by_label("Name").focus();
    harness.run();
    let mut visited = Vec::new();
    while let Some(label) = focused_label(&harness)
        && visited.first() != Some(&label)
    {
        visited.push(label);
        harness.key_press(Key::Tab);
        harness.run();
    }
    let items = Catalogue::shipped().items;
    let fields = Field::PLAIN.iter().filter(|field| {
        // The note stands there once X9 is chosen; a boundary is drawn on the map.
        !matches!(field, Field::ExclusionNote | Field::Boundary)
    });
    for field in fields {
        let label = fields::label(Language::English, field, &items);
        let stops = visited.iter().filter(|one| **one == label).count();
        assert_eq!(stops, 1, "{label} of {visited:?}");
    }
    assert!(visited.contains(&"Facility grid".to_owned()));
}

fn focused_label(harness: &Harness<'_, Drawn>) -> Option<String> {
    let mut nodes = harness.root().children_recursive();
    let focused = nodes.find(|node| node.is_focused())?;
    focused.accesskit_node().label()
}

#[test]
fn a_merged_record_says_what_became_of_it_and_can_be_parted() {
    let mut kept = Estate::new(id(2));
    kept.name = "洪都新村".into();
    let mut merged = Estate::new(id(1));
    merged.standing = crate::model::Standing::Merged {
        into: id(2),
        replaced: Vec::new(),
    };
    let mut harness = harness(Bench::new([merged, kept]));
    harness.get_by_label_contains("Merged into '洪都新村'");
    harness.get_by_label("Go to that estate").click();
    harness.run();
    assert_eq!(harness.state().bench.selection, [id(2)]);
    harness.get_by_label_contains("Part '").click();
    harness.run();
    let unmerge = Command::Unmerge { estate: id(1) };
    assert_eq!(harness.state().bench.commands(), [&unmerge]);
    assert!(harness.query_by_label_contains("Part '").is_none());
}
