//! How long 170,000 records take.

use super::*;

/// `cargo test --lib --no-default-features --config 'profile.dev.package.jiugai.opt-level=3'
/// search::tests::measure -- --ignored --nocapture`
#[test]
#[ignore = "measures"]
fn a_large_survey_is_searched_between_two_frames() {
    let roads = [
        "洪都北大道",
        "八一大道",
        "解放路",
        "阳明路",
        "站前西路",
        "井冈山大道",
    ];
    let firsts = [
        "洪都",
        "阳光",
        "粮食局",
        "纺织厂",
        "铁路",
        "恒茂",
        "江铃",
        "电机厂",
    ];
    let lasts = ["新村", "小区", "宿舍", "花园", "家属院", "一村"];
    let survey = survey((1..=170_000usize).map(|n| {
        let name = format!("{}{}{}期", firsts[n % 8], lasts[n / 8 % 6], n % 97);
        let mut estate = named(n as u128, &name);
        estate.address = format!("南昌市{}{n}号", roads[n % 6]);
        estate.community_codes = [format!("3601{:08}", n % 3000)].into();
        estate.households = Some((n % 997) as u32);
        estate.position = Some(LonLat::new(115.0 + (n % 1000) as f64 * 0.001, 28.0));
        match n % 3 {
            0 => estate,
            _ => drawn(estate),
        }
    }));
    let catalogue = Catalogue::shipped();
    let context = Context {
        items: &catalogue.items,
        issues: &|_| (0, 0),
        mine_today: &BTreeSet::new(),
        changed_at: &|_| None,
    };
    let mut listing = Listing::default();
    let mut step = |label: &str, change: &dyn Fn(&mut Asked)| {
        let asked = asked(change);
        let start = std::time::Instant::now();
        listing.update(&survey, asked, &context);
        eprintln!(
            "{:>8.2?}  {label}, {} listed",
            start.elapsed(),
            listing.ids().len()
        );
        listing.is_complete()
    };
    step("opened, by name", &|_| {});
    let mut slices = 0;
    while !step("a slice of texts", &|_| {}) {
        slices += 1;
    }
    eprintln!("{slices} slices");
    for typed in [
        "h", "hd", "hdx", "hdxc", "hdxc 8", "洪都", "1234", "y", "yg", "nc",
    ] {
        step(typed, &|asked| asked.query = Query::new(typed));
    }
    step("by state", &|asked| asked.sort = Sort::default());
    step("not fully surveyed", &|asked| {
        asked.filters = [Filter::NotFullySurveyed].into();
    });
    step("waiting near a sketch", &|asked| {
        asked.filters = [Filter::WaitsForBoundary].into();
        asked.near = Some(LonLat::new(115.5, 28.0));
    });
    step("after an edit", &|asked| {
        asked.revision = 2;
        asked.query = Query::new("hdxc");
    });
    let start = std::time::Instant::now();
    let rows = rows_for(
        listing.index(),
        &Query::new("hdxc"),
        Some(LonLat::new(115.5, 28.0)),
        8,
    );
    eprintln!(
        "{:>8.2?}  rows for a sketch, {}",
        start.elapsed(),
        rows.len()
    );
}
