//! How the form looks, and what it costs: run by hand with `-- --ignored --nocapture`.

use super::*;

/// An estate in the middle of its survey, with something of everything.
fn half_surveyed() -> Bench {
    let mut estate = Estate::new(id(1));
    estate.name = "洪都新村（一期）".into();
    estate.aliases = vec!["洪都机械厂家属院".into()];
    estate.address = "洪都北大道12-18号".into();
    estate.county_code = "360104".into();
    estate.street_code = "360104099".into();
    estate.locality = Some(crate::model::Locality::City);
    estate.build_year = Some(1987);
    estate.households = Some(1196);
    estate.floor_area_m2 = Some(117_208.5);
    estate.tenure = [crate::model::Tenure::Reformed, crate::model::Tenure::Mixed].into();
    estate.residential = Some(true);
    for (code, severity) in [
        ("C05", Severity::Failing),
        ("C04", Severity::Missing),
        ("C12", Severity::Intact),
        ("C01", Severity::Ageing),
    ] {
        let item = ItemCode::parse(code).unwrap();
        estate.gaps.insert(item, severity);
    }
    estate.willingness = Some(crate::model::Willingness::Strong);
    estate.sent = Some(1196);
    estate.returned = Some(909);
    estate.agree = Some(736);
    estate.other.insert("物业费", "0.5元/㎡");
    Bench::new([estate, Estate::new(id(2))])
}

#[test]
#[ignore = "prints what a frame costs with ten thousand estates selected"]
fn cost_of_ten_thousand_selected() {
    let estates = (1..=10_000).map(|number| {
        let mut estate = half_surveyed()
            .survey
            .estate(id(1))
            .unwrap()
            .as_ref()
            .clone();
        estate.id = id(number);
        estate
    });
    let mut bench = Bench::new(estates);
    bench.selection = bench.survey.estates().map(|estate| estate.id).collect();
    let mut harness = harness(bench);
    for what in ["the first after an edit", "the next"] {
        if what != "the next" {
            harness.state_mut().bench.revision += 1;
        }
        let start = std::time::Instant::now();
        harness.step();
        eprintln!("{what}: {:?}", start.elapsed());
    }
}

fn save_picture(harness: &mut Harness<'_, Drawn>, name: &str) {
    let path = std::env::temp_dir().join(format!("{name}.png"));
    harness.render().unwrap().save(&path).unwrap();
    eprintln!("{}", path.display());
}

#[test]
#[ignore = "writes pictures to look at into the temporary folder"]
fn pictures_of_the_rarer_states() {
    let mut blank = harness_with(blank(), Language::Chinese, egui::Theme::Light);
    save_picture(&mut blank, "form-blank");
    let mut bench = half_surveyed();
    bench.selection = vec![id(1), id(2)];
    let mut several = harness_with(bench, Language::Chinese, egui::Theme::Light);
    save_picture(&mut several, "form-several");
    let mut withdrawn = half_surveyed();
    let mut estate = withdrawn.selected().clone();
    estate.standing = crate::model::Standing::Withdrawn {
        reason: "2024年已拆除，原址建成商品房".into(),
    };
    withdrawn.survey = Survey::from_parts([estate], [], [], Default::default());
    let mut withdrawn = harness_with(withdrawn, Language::English, egui::Theme::Dark);
    save_picture(&mut withdrawn, "form-withdrawn");
    let mut menu = harness_with(half_surveyed(), Language::Chinese, egui::Theme::Light);
    menu.get_by_label("按名称选择：街道代码").click();
    menu.run();
    save_picture(&mut menu, "form-menu");
}

#[test]
#[ignore = "writes pictures to look at into the temporary folder"]
fn pictures() {
    for (language, theme) in [
        (Language::Chinese, egui::Theme::Light),
        (Language::Chinese, egui::Theme::Dark),
        (Language::English, egui::Theme::Light),
        (Language::English, egui::Theme::Dark),
    ] {
        let mut harness = harness_with(half_surveyed(), language, theme);
        harness.state_mut().issues = vec![
            FieldIssue {
                field: Some(Field::Buildings),
                part: None,
                gravity: Gravity::Blocks,
                text: match language {
                    Language::Chinese => "楼栋数还没有填。".into(),
                    Language::English => "The number of buildings is missing.".into(),
                },
            },
            FieldIssue {
                field: Some(Field::FloorArea),
                part: None,
                gravity: Gravity::Warns,
                text: match language {
                    Language::Chinese => "户均98 m²，请核对建筑面积和户数是否为同一范围。".into(),
                    Language::English => {
                        "98 m² a household: check that area and households mean the same.".into()
                    }
                },
            },
        ];
        harness.state_mut().form.grid.open_group = Some('C');
        let label = fields::label(language, &Field::Households, &Catalogue::shipped().items);
        type_into(&mut harness, &label, "abc");
        harness.key_press(Key::Tab);
        harness.run();
        let grid = language.text("form.facilities");
        harness.get_by_label(&grid).focus();
        harness.run();
        save_picture(&mut harness, &format!("form-{}-{theme:?}", language.tag()));
    }
}
