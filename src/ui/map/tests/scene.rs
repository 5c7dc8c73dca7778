//! What is drawn follows the survey, cheaply.

use super::*;

/// A scene and the survey that it shows.
struct Shown {
    scene: Scene,
    survey: Survey,
    revision: u64,
    items: Items,
    context: egui::Context,
}

impl Shown {
    fn new(survey: Survey) -> Self {
        let mut shown = Self {
            scene: Scene::default(),
            survey,
            revision: 0,
            items: Catalogue::shipped().items,
            context: egui::Context::default(),
        };
        shown.update();
        shown
    }

    fn update(&mut self) {
        self.revision += 1;
        self.scene.update(
            &self.survey,
            self.revision,
            Theming {
                look: MapTheme::WorstEssential.into(),
                items: &self.items,
                facts: None,
                marks_chosen: Switch::Off,
            },
            &self.context,
        );
    }

    fn change(&mut self, number: u128, edit: impl FnOnce(&mut Estate)) {
        let before = self.survey.estate(id(number)).cloned();
        let mut after = before.as_deref().cloned().unwrap();
        edit(&mut after);
        self.survey.apply(&[Change::Estate {
            id: id(number),
            before,
            after: Some(Arc::new(after)),
        }]);
        self.update();
    }

    fn delete(&mut self, number: u128) {
        self.survey.apply(&[Change::Estate {
            id: id(number),
            before: None,
            after: None,
        }]);
        self.update();
    }

    /// Which record lies at a place, in thousandths of a degree from the middle.
    fn hit(&self, x: f64, y: f64) -> Option<EstateId> {
        let at = LonLat::new(MIDDLE.lon + x / 1e3, MIDDLE.lat + y / 1e3);
        let reach = geo::coord! { x: 1e-6, y: 1e-6 };
        self.scene.hit(at, reach).map(|slot| slot.estate.id)
    }
}

/// Squares in a row, half a unit wide, numbered from 0.
fn row_of(count: u32) -> Survey {
    survey((0..count).map(|n| {
        let west = f64::from(n);
        estate(u128::from(n), "", rectangle(west, 0.0, west + 0.5, 0.5))
    }))
}

#[test]
fn an_edit_of_one_estate_leaves_the_large_mesh_alone() {
    let mut shown = Shown::new(row_of(50));
    let base = shown.scene.meshes()[0].clone();

    let water = shown.items.leading(Utility::Water).unwrap().code;
    shown.change(7, |estate| {
        estate.gaps.insert(water, Severity::Failing);
    });
    let failing = Class::Severity(Severity::Failing);
    assert_eq!(shown.scene.slot(id(7)).unwrap().class, failing.into());
    assert_eq!(shown.scene.counts()[&failing.into()], 1);
    assert!(Arc::ptr_eq(&base, shown.scene.meshes()[0]));
    assert!(shown.scene.meshes()[1].cells.is_empty());

    let moved = rectangle(0.0, 5.0, 1.0, 6.0);
    shown.change(7, |estate| estate.boundary = Some(Arc::new(moved)));
    assert!(Arc::ptr_eq(&base, shown.scene.meshes()[0]));
    assert_eq!(shown.scene.meshes()[1].dots.len(), 1);
    assert_eq!(shown.hit(0.5, 5.5), Some(id(7)));
    assert_eq!(shown.hit(7.2, 0.2), None, "where it was before");
    assert_eq!(shown.hit(8.2, 0.2), Some(id(8)));

    shown.delete(7);
    assert_eq!(shown.hit(0.5, 5.5), None);
    assert_eq!(shown.scene.counts().values().sum::<usize>(), 49);
}

#[test]
fn a_record_merged_into_another_is_no_longer_drawn_and_comes_back() {
    let mut shown = Shown::new(row_of(3));
    shown.change(1, |estate| {
        estate.standing = Standing::Merged {
            into: id(0),
            replaced: Vec::new(),
        };
    });
    assert_eq!(shown.hit(1.2, 0.2), None);
    assert_eq!(shown.scene.counts().values().sum::<usize>(), 2);
    shown.change(1, |estate| estate.standing = Standing::Counted);
    assert_eq!(shown.hit(1.2, 0.2), Some(id(1)));
}

#[test]
fn a_large_mesh_is_made_beside_the_frames_and_misses_no_edit() {
    let mut shown = Shown::new(row_of(3000));
    assert!(shown.scene.is_building());
    assert!(shown.scene.meshes()[0].cells.is_empty());
    // Edited while the mesh is being made.
    let moved = rectangle(0.0, 5.0, 1.0, 6.0);
    shown.change(7, |estate| estate.boundary = Some(Arc::new(moved)));
    shown.delete(8);
    while shown.scene.is_building() {
        std::thread::sleep(std::time::Duration::from_millis(5));
        shown.update();
    }
    assert!(shown.scene.meshes()[0].dots.len() >= 2999);
    assert_eq!(shown.hit(0.5, 5.5), Some(id(7)));
    assert_eq!(shown.hit(7.2, 0.2), None);
    assert_eq!(shown.hit(8.2, 0.2), None);
    assert_eq!(shown.hit(2999.2, 0.2), Some(id(2999)));
    assert_eq!(shown.scene.counts().values().sum::<usize>(), 2999);
}

#[test]
fn what_the_list_leaves_out_is_an_outline_alone_until_it_is_listed_again() {
    let mut shown = Shown::new(row_of(4));
    let left_out = |shown: &Shown| -> Vec<u128> {
        let out = (0..4).filter(|n| shown.scene.is_left_out(id(*n)));
        out.collect()
    };
    assert_eq!(left_out(&shown), [] as [u128; 0]);
    let ids = [id(3), id(1)];
    let listed = |changes| Some(Listed { ids: &ids, changes });
    shown.scene.show(listed(1));
    assert_eq!(left_out(&shown), [0, 2]);
    // An edit redraws a record, and the list still leaves it out.
    shown.change(2, |estate| estate.name = "洪都新村".into());
    shown.scene.show(listed(1));
    assert_eq!(left_out(&shown), [0, 2]);
    assert_eq!(
        shown.hit(2.2, 0.2),
        Some(id(2)),
        "an outline can be clicked"
    );
    shown.scene.show(None);
    assert_eq!(left_out(&shown), [] as [u128; 0]);
}
