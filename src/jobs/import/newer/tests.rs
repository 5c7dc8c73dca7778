//! A list, what was done here, and its next version.

use super::*;
use crate::catalogue::Catalogue;
use crate::jobs::import::{ImportSettings, Source, import, preview};
use crate::model::{Change, Crs, Datum, EstateId, ListKind, ListRole, Survey, ValueSource};
use crate::progress::Progress;
use std::path::PathBuf;

const CRS: Crs = Crs::Degrees(Datum::Cgcs2000);

/// A survey and the folder of its lists.
pub(super) struct Desk {
    folder: tempfile::TempDir,
    pub survey: Survey,
    catalogue: Catalogue,
    changed_here: BTreeMap<EstateId, ChangedHere>,
}

impl Desk {
    /// With the first version of a list.
    pub fn with(rows: &str) -> Self {
        let mut desk = Self {
            folder: tempfile::tempdir().unwrap(),
            survey: Survey::default(),
            catalogue: Catalogue::shipped(),
            changed_here: BTreeMap::new(),
        };
        let path = desk.file("名册.csv", rows);
        let settings = desk.settings(&path);
        let (now, progress) = (jiff::Timestamp::UNIX_EPOCH, Progress::default());
        let catalogue = &desk.catalogue;
        let imported = import(&desk.survey, &path, &settings, catalogue, now, &progress).unwrap();
        desk.apply(&imported.changes);
        desk
    }

    pub fn apply(&mut self, changes: &[Change]) {
        self.survey.check_before_images(changes).unwrap();
        self.survey.apply(changes);
    }

    fn file(&self, name: &str, rows: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, rows).unwrap();
        path
    }

    fn settings(&self, path: &std::path::Path) -> ImportSettings {
        let preview = preview(path, &self.catalogue).unwrap();
        ImportSettings {
            crs: CRS,
            role: ListRole::Register,
            kind: ListKind::default(),
            layer: None,
            mapping: preview.mapping_for(CRS, &self.catalogue.headings),
        }
    }

    pub fn newer(&self, rows: &str) -> Newer {
        let path = self.file("名册 新.csv", rows);
        let settings = self.settings(&path);
        let mut changed_here =
            |id: EstateId| Some(self.changed_here.get(&id).cloned().unwrap_or_default());
        let version = NewVersion {
            source: Source::open(&path, None).unwrap(),
            settings: &settings,
            changed_here: &mut changed_here,
        };
        let earlier = versions(&self.survey)[0].id;
        let (now, progress) = (jiff::Timestamp::UNIX_EPOCH, Progress::default());
        compare(
            &self.survey,
            earlier,
            version,
            &self.catalogue,
            now,
            &progress,
        )
        .unwrap()
    }

    /// Takes the next version in.
    pub fn take(&mut self, rows: &str, choices: &Choices) -> Newer {
        let newer = self.newer(rows);
        let update = newer.edit(&self.survey, choices);
        self.apply(&update.changes);
        newer
    }

    fn named(&self, name: &str) -> Arc<Estate> {
        let mut found = self.survey.estates().filter(|estate| estate.name == name);
        let one = found.next().unwrap().clone();
        assert_eq!(found.next(), None, "{name} is there twice");
        one
    }

    /// A person counts the households of a record.
    fn count_households(&mut self, name: &str, households: u32) {
        let before = self.named(name);
        let mut after = Estate::clone(&before);
        after.households = Some(households);
        after
            .sources
            .insert(Field::Households, ValueSource::Surveyed);
        let said = before.get(&Field::Households);
        let changed = self.changed_here.entry(before.id).or_default();
        changed.entry(Field::Households).or_insert(said);
        self.apply(&[Change::Estate {
            id: before.id,
            before: Some(before),
            after: Some(Arc::new(after)),
        }]);
    }

    /// Every list accounts for its rows (E04).
    pub fn adds_up(&self) {
        for list in self.survey.lists() {
            let is_of = |estate: &&Arc<Estate>| {
                estate
                    .origin
                    .as_ref()
                    .is_some_and(|origin| origin.list == list.id)
            };
            let records = self.survey.estates().filter(is_of).count();
            let rows = list.rows_read as usize;
            assert_eq!(records + list.rejected.len(), rows, "{}", list.file_name);
        }
    }
}

/// `(row, what it came to)` of every row.
fn told(newer: &Newer) -> Vec<(u32, String)> {
    let told = newer.rows.iter().map(|row| {
        let about = match &row.about {
            About::New => "new".to_owned(),
            About::Unclear { candidates } => format!("unclear of {}", candidates.len()),
            About::Known { record, by, news } => {
                let news: Vec<_> = news
                    .iter()
                    .map(|value| format!(" {:?} {:?}", value.what, value.fate))
                    .collect();
                format!("{:?} {}{}", by, record.name, news.concat())
            }
        };
        (row.number, about)
    });
    told.collect()
}

const FIRST: &str = "编号,小区名称,地址,户数,备注栏\n\
    A1,洪都新村,洪都北大道1号,196,甲\n\
    A2,粮食局宿舍,洪都北大道2号,60,乙\n\
    A3,棉纺厂家属院,洪都北大道3号,320,丙\n";

#[test]
fn the_same_rows_in_another_order_and_form_are_the_same_records() {
    let desk = Desk::with(FIRST);
    let newer = desk.newer(
        "小区名称,编号,地址,户数,备注栏\n棉纺厂家属院,A3,洪都北大道3号,320户,丙\n\
         洪都新村,A1,洪都北大道1号,196,甲\n粮食局宿舍,A2,洪都北大道2号, 60 ,乙\n",
    );
    let expected = ["棉纺厂家属院", "洪都新村", "粮食局宿舍"].map(|name| format!("Id {name}"));
    assert_eq!(told(&newer), (1..).zip(expected).collect::<Vec<_>>());
    assert_eq!(newer.tally().same, 3);
}

#[test]
fn new_changed_gone_and_unchanged_rows_become_one_edit_and_every_row_keeps_a_fate() {
    let mut desk = Desk::with(FIRST);
    let before = desk.survey.clone();
    let hongdu = desk.named("洪都新村").id;
    let newer = desk.take(
        "编号,小区名称,地址,户数,备注栏\nA1,洪都新村,洪都北大道1号,200,甲\n\
         A2,粮食局宿舍,洪都北大道2号,60,丁\nA4,南站小区,站前路5号,80,戊\n",
        &Choices::default(),
    );
    let households = format!("Id 洪都新村 {:?} Taken", What::Field(Field::Households));
    let column = format!("Id 粮食局宿舍 {:?} Taken", What::Column("备注栏".into()));
    let expected = [households, column, "new".to_owned()];
    assert_eq!(told(&newer), (1..).zip(expected).collect::<Vec<_>>());
    assert_eq!(newer.gone.len(), 1);
    let tally = newer.tally();
    assert_eq!((tally.changed, tally.new, tally.gone), (2, 1, 1));

    let changed = desk.named("洪都新村");
    assert_eq!((changed.id, changed.households), (hongdu, Some(200)));
    assert_eq!(&desk.named("粮食局宿舍").other["备注栏"], "丁");
    assert_eq!(desk.named("棉纺厂家属院").households, Some(320));
    assert_eq!(desk.survey.estates().len(), 4);
    desk.adds_up();

    let changes = newer.edit(&before, &Choices::default()).changes;
    let back: Vec<_> = changes.into_iter().rev().map(Change::inverse).collect();
    desk.apply(&back);
    assert_eq!(desk.survey, before, "one edit, taken back whole");
}

#[test]
fn a_value_changed_here_and_there_is_a_conflict_and_stays_until_a_person_takes_it() {
    let mut desk = Desk::with(FIRST);
    desk.count_households("洪都新村", 199);
    desk.count_households("粮食局宿舍", 61);
    desk.count_households("棉纺厂家属院", 330);
    // Both changed; only here; both to the same.
    let rows = FIRST.replace("196", "205").replace("320", "330");
    let newer = desk.newer(&rows);
    let conflict = format!("Id 洪都新村 {:?} Conflict", What::Field(Field::Households));
    let expected = [conflict, "Id 粮食局宿舍".into(), "Id 棉纺厂家属院".into()];
    assert_eq!(told(&newer), (1..).zip(expected).collect::<Vec<_>>());

    let id = desk.named("洪都新村").id;
    for (choices, households, source) in [
        (Choices::default(), 199, ValueSource::Surveyed),
        (
            Choices {
                taken: [(id, What::Field(Field::Households))].into(),
                ..Choices::default()
            },
            205,
            ValueSource::Imported,
        ),
    ] {
        let changes = newer.edit(&desk.survey, &choices).changes;
        let mut after = desk.survey.clone();
        after.apply(&changes);
        let record = after.estate(id).unwrap();
        assert_eq!(record.households, Some(households));
        assert_eq!(record.source_of(&Field::Households), source);
        assert_eq!(
            after.estates().filter(|e| e.households == Some(61)).count(),
            1
        );
    }
}

#[test]
fn where_nobody_knows_what_the_list_said_nothing_is_overwritten() {
    let mut desk = Desk::with(FIRST);
    desk.count_households("洪都新村", 199);
    let path = desk.file(
        "名册 新.csv",
        &FIRST.replace("196", "205").replace("60", "65"),
    );
    let settings = desk.settings(&path);
    let version = NewVersion {
        source: Source::open(&path, None).unwrap(),
        settings: &settings,
        changed_here: &mut |_| None,
    };
    let earlier = versions(&desk.survey)[0].id;
    let (now, progress) = (jiff::Timestamp::UNIX_EPOCH, Progress::default());
    let newer = compare(
        &desk.survey,
        earlier,
        version,
        &desk.catalogue,
        now,
        &progress,
    )
    .unwrap();
    assert_eq!(newer.tally().conflicts, 2);
    assert_eq!(newer.tally().changed, 0);
}

#[test]
fn an_empty_cell_takes_nothing_away() {
    let mut desk = Desk::with(FIRST);
    let newer = desk.take(&FIRST.replace("196", ""), &Choices::default());
    assert!(told(&newer)[0].1.ends_with("Emptied"), "{:?}", told(&newer));
    assert_eq!(desk.named("洪都新村").households, Some(196));
}

#[test]
fn rows_are_known_without_ids_by_what_is_unique_on_both_sides() {
    let desk = Desk::with(
        "小区名称,地址,经度,纬度\n\
         洪都新村,洪都北大道1号,,\n\
         和平小区,八一大道5号,,\n\
         和平小区,北京西路7号,,\n\
         红星小区,,115.90,28.68\n\
         红星小区,,115.95,28.70\n\
         旧名院,中山路88号,,\n\
         ,,115.80,28.60\n",
    );
    let newer = desk.newer(
        "小区名称,地址,经度,纬度\n\
         洪都新村,洪都北大道１号,,\n\
         和平小区,北京西路7号,,\n\
         和平小区,八一大道9号,,\n\
         红星小区,,115.9501,28.7001\n\
         红星小区,,115.9001,28.68\n\
         新名院,中山路88号,,\n\
         第八院,,115.80,28.60\n\
         全新小区,青山路1号,,\n",
    );
    let by = |row: usize| match &newer.rows[row].about {
        About::Known { by, .. } => Some(*by),
        _ => None,
    };
    let found: Vec<_> = (0..8).map(by).collect();
    use MatchedBy::*;
    assert_eq!(
        found,
        [
            Some(NameAndAddress),
            Some(NameAndAddress),
            Some(Name),
            Some(NameAndPlace),
            Some(NameAndPlace),
            Some(Address),
            Some(Place),
            None
        ]
    );
    assert_eq!(newer.tally().new, 1);
    assert_eq!(newer.gone, []);
}

#[test]
fn what_could_be_several_is_listed_and_no_duplicate_is_made() {
    let mut desk = Desk::with("小区名称,户数\n红星小区,10\n红星小区,20\n红旗小区,30\n");
    let rows = "小区名称,户数\n红星小区,11\n红星小区,21\n红旗小区,30\n";
    let newer = desk.take(rows, &Choices::default());
    let expected = ["unclear of 2", "unclear of 2", "Name 红旗小区"].map(str::to_owned);
    assert_eq!(told(&newer), (1..).zip(expected).collect::<Vec<_>>());
    assert_eq!(newer.gone, []);
    assert_eq!(desk.survey.estates().len(), 3);
    desk.adds_up();
    let list = versions(&desk.survey)[0];
    assert_eq!(list.rejected.len(), 2);
    assert!(list.rejected.iter().all(|row| row.is_open()));

    // A person says that one of them is an estate of its own.
    let mut desk = Desk::with("小区名称,户数\n红星小区,10\n红星小区,20\n红旗小区,30\n");
    let choices = Choices {
        new: [2].into(),
        ..Choices::default()
    };
    desk.take(rows, &choices);
    assert_eq!(desk.survey.estates().len(), 4);
    desk.adds_up();
}

#[test]
fn rows_that_are_alike_in_everything_are_taken_in_order() {
    let mut desk = Desk::with("小区名称,户数\n红星小区,10\n红星小区,10\n");
    let newer = desk.take(
        "小区名称,户数\n红星小区,10\n红星小区,10\n红旗小区,1\n",
        &Choices::default(),
    );
    assert_eq!((newer.tally().same, newer.tally().new), (2, 1));
    assert_eq!(desk.survey.estates().len(), 3);
}

#[test]
fn ids_that_count_rows_are_seen_through() {
    let desk = Desk::with("序号,编号,小区名称\n1,1,甲小区\n2,2,乙小区\n3,3,丙小区\n");
    let newer = desk.newer("序号,编号,小区名称\n1,1,新小区\n2,2,甲小区\n3,3,乙小区\n4,4,丙小区\n");
    assert_eq!(newer.ids, Ids::RunningNumbers);
    let tally = newer.tally();
    assert_eq!((tally.new, tally.gone, tally.unclear), (1, 0, 0));
    // One estate that was renamed is no running number.
    let newer = desk.newer("序号,编号,小区名称\n1,1,甲小区\n2,2,乙花园\n3,3,丙小区\n");
    assert_eq!(newer.ids, Ids::Hold);
    assert_eq!(newer.tally().changed, 1);
}

#[test]
fn neither_version_comes_in_once_more_and_the_third_is_held_against_the_second() {
    let mut desk = Desk::with(FIRST);
    let second = FIRST.replace("196", "200");
    desk.take(&second, &Choices::default());
    let (now, progress) = (jiff::Timestamp::UNIX_EPOCH, Progress::default());
    for rows in [FIRST, &second] {
        let path = desk.file("again.csv", rows);
        let settings = desk.settings(&path);
        let again = import(
            &desk.survey,
            &path,
            &settings,
            &desk.catalogue,
            now,
            &progress,
        );
        assert!(matches!(again, Err(ImportError::AlreadyImported { .. })));
    }
    assert_eq!(versions(&desk.survey).len(), 1);
    assert_eq!(desk.survey.lists_in_force().count(), 1);
    let third = second.replace("60", "66");
    let newer = desk.take(&third, &Choices::default());
    assert_eq!((newer.tally().changed, newer.tally().same), (1, 2));
    assert_eq!(desk.survey.estates().len(), 3);
    desk.adds_up();
}

#[test]
fn a_row_that_went_and_comes_again_is_the_record_it_was() {
    let mut desk = Desk::with(FIRST);
    let rows = FIRST.lines().take(2).collect::<Vec<_>>().join("\n");
    desk.take(&rows, &Choices::default());
    let cotton = desk.named("棉纺厂家属院").id;
    assert_eq!(desk.survey.lists_in_force().count(), 2);
    let third = FIRST.replace("320", "333");
    let newer = desk.take(&third, &Choices::default());
    assert_eq!(newer.tally().new, 0);
    let again = desk.named("棉纺厂家属院");
    assert_eq!((again.id, again.households), (cotton, Some(333)));
    assert_eq!(desk.survey.estates().len(), 3);
    desk.adds_up();
    assert_eq!(desk.survey.lists_in_force().count(), 1);
}

#[test]
fn gone_records_are_taken_out_for_a_reason_where_a_person_says_so() {
    let mut desk = Desk::with(FIRST);
    let rows = FIRST.lines().take(2).collect::<Vec<_>>().join("\n");
    let choices = Choices {
        gone: Gone::Withdraw {
            reason: "新版名册已删除".into(),
        },
        ..Choices::default()
    };
    desk.take(&rows, &choices);
    assert!(desk.named("洪都新村").standing.is_counted());
    for name in ["粮食局宿舍", "棉纺厂家属院"] {
        assert!(!desk.named(name).standing.is_counted(), "{name}");
    }
    desk.adds_up();
}

#[test]
fn a_row_set_aside_stays_so_as_long_as_it_says_the_same() {
    let mut desk = Desk::with("编号,小区名称\n1,甲小区\n2,\n3,\n");
    let list = versions(&desk.survey)[0].clone();
    let mut after = ImportList::clone(&list);
    after.rejected[0].set_aside = Some("空行".into());
    desk.apply(&[Change::List {
        id: list.id,
        before: Some(list.clone()),
        after: Some(Arc::new(after)),
    }]);
    desk.take(
        "编号,小区名称\n2,\n1,甲小区\n3,丙小区\n4,\n",
        &Choices::default(),
    );
    let rejected = &versions(&desk.survey)[0].rejected;
    let told: Vec<_> = rejected
        .iter()
        .map(|row| (row.problem.row, row.set_aside.is_some()))
        .collect();
    assert_eq!(told, [(1, true), (4, false)]);
    desk.adds_up();
}

#[test]
fn a_list_of_buildings_knows_by_itself() {
    let desk = Desk::with(FIRST);
    let mut survey = desk.survey.clone();
    let list = versions(&desk.survey)[0].clone();
    let buildings = ImportList {
        role: ListRole::Buildings,
        ..ImportList::clone(&list)
    };
    survey.apply(&[Change::List {
        id: list.id,
        before: Some(list.clone()),
        after: Some(Arc::new(buildings)),
    }]);
    assert_eq!(versions(&survey), Vec::<&Arc<ImportList>>::new());
}
