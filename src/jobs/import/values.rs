//! Cells of lists as values of fields. One small function for each kind of value; what none of
//! them can read is a problem of the row, never a guess: "约300户" is no count.

use super::years;
use crate::catalogue::{CellWords, Folded};
use crate::model::{Coded, Exclusion, Field, Kind, RowProblemKind, Value};
use std::borrow::Cow;
use std::ops::RangeInclusive;

/// What a cell says about its field.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::jobs) enum Reading {
    NotSurveyed,
    Value(Value),
    /// Several years in a cell that has room for one: the earliest and the latest.
    Years(i32, i32),
}

/// What reading a cell depends on besides its text.
pub(in crate::jobs) struct CellContext<'a> {
    pub words: &'a CellWords,
    /// Square metres in the unit that the heading names, where it names one.
    pub heading_unit_m2: Option<f64>,
    /// Building years that can be (DOMAIN §3: 1900 to now).
    pub years: RangeInclusive<i32>,
}

/// Reads the text of one cell.
///
/// # Errors
/// The kind of problem, where the text says something that the field does not take.
pub(in crate::jobs) fn read(
    field: &Field,
    text: &str,
    context: &CellContext,
) -> Result<Reading, RowProblemKind> {
    let words = context.words;
    let folded = Folded::of(text);
    let kind = field.kind();
    // Coded words first: 不明 is a tenure, 无 an answer about exclusions.
    let coded = match kind {
        Kind::Code(domain) => words
            .code(domain, &folded)
            .map(|key| Value::Code(key.to_owned())),
        Kind::Codes(domain) => codes(domain, text, words),
        _ => None,
    };
    if let Some(value) = coded {
        return Ok(Reading::Value(value));
    }
    let is_list = matches!(kind, Kind::Texts | Kind::Codes(_));
    if is_list && list(text).is_some_and(|items| items.is_empty()) {
        return Ok(Reading::NotSurveyed);
    }
    // 无 in a facility column may mean no fault or no facility.
    let asks_what_is_missing = matches!(field, Field::Gap(_));
    if words.is_not_surveyed(&folded) || (words.is_nothing(&folded) && !asks_what_is_missing) {
        return Ok(Reading::NotSurveyed);
    }
    let value = match kind {
        Kind::Text => Value::Text(plain_text(field, text)),
        Kind::Texts => {
            let parts = parts(text);
            Value::Texts(parts.iter().map(|part| plain_text(field, part)).collect())
        }
        Kind::Count => Value::Count(count(folded.as_str(), words)?),
        Kind::SquareMetres => Value::SquareMetres(square_metres(folded.as_str(), context)?),
        Kind::Flag => Value::Flag(words.flag(&folded).ok_or(RowProblemKind::UnknownCode)?),
        Kind::Year => return years::read(field, folded.as_str(), &context.years),
        Kind::Code(_) | Kind::Codes(_) => return Err(RowProblemKind::UnknownCode),
        Kind::Polygon => return Err(RowProblemKind::InvalidGeometry),
    };
    Ok(Reading::Value(value))
}

/// A coordinate in degrees or metres; `None` where the cell holds none.
///
/// # Errors
/// [`RowProblemKind::BadPosition`] for anything but a number.
pub(super) fn coordinate(text: &str, words: &CellWords) -> Result<Option<f64>, RowProblemKind> {
    let folded = Folded::of(text);
    if words.is_not_surveyed(&folded) || words.is_nothing(&folded) {
        return Ok(None);
    }
    let number = folded.as_str().trim_end_matches(['°', 'm', '米']);
    match decimal(number) {
        Some(number) => Ok(Some(number)),
        None => Err(RowProblemKind::BadPosition),
    }
}

/// Several values in one cell.
fn parts(text: &str) -> Vec<Cow<'_, str>> {
    if let Some(items) = list(text) {
        return items.into_iter().map(Cow::Owned).collect();
    }
    let parts = text.split(PARTING).flat_map(|part| part.split('/'));
    filled(parts).map(Cow::Borrowed).collect()
}

/// As [`parts`], but a stroke may stand in a value: "公/廉租房".
fn items(text: &str) -> Vec<Cow<'_, str>> {
    match list(text) {
        Some(items) => items.into_iter().map(Cow::Owned).collect(),
        None => filled(text.split(PARTING)).map(Cow::Borrowed).collect(),
    }
}

/// The signs that part values and stand in none.
const PARTING: [char; 7] = [';', '；', '、', ',', '，', '|', '\n'];

fn filled<'a>(parts: impl Iterator<Item = &'a str>) -> impl Iterator<Item = &'a str> {
    parts.map(str::trim).filter(|part| !part.is_empty())
}

/// The values of an array, as GeoJSON and GeoPackage have lists.
fn list(text: &str) -> Option<Vec<String>> {
    let text = text.trim();
    match text.starts_with('[') {
        true => serde_json::from_str(text).ok(),
        false => None,
    }
}

fn plain_text(field: &Field, text: &str) -> String {
    let is_code = matches!(
        field,
        Field::CountyCode | Field::StreetCode | Field::CommunityCodes
    );
    let mut plain = match is_code {
        true => Folded::of(text).as_str().to_owned(),
        false => text.trim().trim_matches('\u{feff}').to_owned(),
    };
    // A spreadsheet that took the code for a number.
    if is_code && plain.ends_with(".0") {
        plain.truncate(plain.len() - 2);
    }
    plain
}

/// All parts must be known: half of a set would look like the whole of it.
fn codes(domain: &str, text: &str, words: &CellWords) -> Option<Value> {
    let whole = Folded::of(text);
    let is_none = || words.is_no_exclusion(&whole) || list(text).is_some_and(|l| l.is_empty());
    if domain == Exclusion::DOMAIN && is_none() {
        return Some(Value::Codes(Vec::new()));
    }
    // "公/廉租房" is one value although a stroke parts lists, alone and among others.
    let mut keys = Vec::new();
    for item in items(text) {
        if let Some(key) = words.code(domain, &Folded::of(&item)) {
            keys.push(key.to_owned());
            continue;
        }
        for part in filled(item.split('/')) {
            keys.push(words.code(domain, &Folded::of(part))?.to_owned());
        }
    }
    keys.sort();
    keys.dedup();
    (!keys.is_empty()).then_some(Value::Codes(keys))
}

/// "3005户", "3,005", "1.2万户", "300.0".
fn count(folded: &str, words: &CellWords) -> Result<u32, RowProblemKind> {
    let number = words.without_count_unit(folded);
    let number = scaled_number(number).ok_or(RowProblemKind::NotANumber)?;
    match number {
        _ if number < 0.0 || number > f64::from(u32::MAX) => Err(RowProblemKind::OutOfRange),
        _ if number.fract() != 0.0 => Err(RowProblemKind::NotANumber),
        _ => Ok(number as u32),
    }
}

/// "800", "1.2万㎡", "12,000平方米"; a unit in the cell wins over one in the heading.
fn square_metres(folded: &str, context: &CellContext) -> Result<f64, RowProblemKind> {
    let (number, unit_m2) = match context.words.split_area_unit(folded) {
        Some((number, unit_m2)) => (number, unit_m2),
        None => (folded, context.heading_unit_m2.unwrap_or(1.0)),
    };
    let number = scaled_number(number).ok_or(RowProblemKind::NotANumber)?;
    // To the square centimetre: 1.2万㎡ is 12,000 m², not 11,999.999….
    let area = (number * unit_m2 * 1e4).round() / 1e4;
    match area.is_finite() && area >= 0.0 {
        true => Ok(area),
        false => Err(RowProblemKind::OutOfRange),
    }
}

/// A folded decimal with or without thousands separators, perhaps in 万.
fn scaled_number(folded: &str) -> Option<f64> {
    match folded.strip_suffix('万') {
        Some(number) => decimal(number).map(|number| (number * 1e8).round() / 1e4),
        None => decimal(folded),
    }
}

fn decimal(folded: &str) -> Option<f64> {
    let digits = match folded.contains(',') {
        true => without_thousands_separators(folded)?,
        false => folded.to_owned(),
    };
    let plain = digits
        .bytes()
        .all(|b| b.is_ascii_digit() || b".-+e".contains(&b));
    let number: f64 = plain.then(|| digits.parse().ok())??;
    number.is_finite().then_some(number)
}

/// "12,000" and "1,234,567.8", but not "1,2" or "2001,2003".
fn without_thousands_separators(folded: &str) -> Option<String> {
    let (whole, fraction) = match folded.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (folded, None),
    };
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let fits = (1..=3).contains(&first.trim_start_matches('-').len())
        && groups.all(|group| group.len() == 3);
    let joined = whole.replace(',', "");
    fits.then(|| match fraction {
        Some(fraction) => format!("{joined}.{fraction}"),
        None => joined,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::model::ItemCode;
    use RowProblemKind::*;

    fn reading(field: Field, text: &str) -> Result<Reading, RowProblemKind> {
        let catalogue = Catalogue::shipped();
        let context = CellContext {
            words: &catalogue.headings.words,
            heading_unit_m2: None,
            years: 1900..=2026,
        };
        read(&field, text, &context)
    }

    fn assert_read(field: Field, cases: &[(&str, Result<Option<Value>, RowProblemKind>)]) {
        for (text, expected) in cases {
            let expected = expected.clone().map(|value| match value {
                Some(value) => Reading::Value(value),
                None => Reading::NotSurveyed,
            });
            assert_eq!(reading(field, text), expected, "{field:?} '{text}'");
        }
    }

    #[test]
    fn counts() {
        let count = |n| Ok(Some(Value::Count(n)));
        assert_read(
            Field::Households,
            &[
                ("3005户", count(3005)),
                ("３００５", count(3005)),
                (" 3,005 户", count(3005)),
                ("1,234,567", count(1_234_567)),
                ("1.2万户", count(12_000)),
                ("300.0", count(300)),
                ("0", count(0)),
                ("65栋", count(65)),
                ("", Ok(None)),
                ("无", Ok(None)),
                ("暂无信息", Ok(None)),
                ("-", Ok(None)),
                ("很多", Err(NotANumber)),
                ("约300户", Err(NotANumber)),
                ("300.5", Err(NotANumber)),
                ("1,2", Err(NotANumber)),
                ("15栋30单元", Err(NotANumber)),
                ("-3", Err(OutOfRange)),
                ("99999999999", Err(OutOfRange)),
                ("inf", Err(NotANumber)),
            ],
        );
    }

    #[test]
    fn areas() {
        let area = |m2| Ok(Some(Value::SquareMetres(m2)));
        assert_read(
            Field::FloorArea,
            &[
                ("800", area(800.0)),
                ("1.2万㎡", area(12_000.0)),
                ("1.23万平方米", area(12_300.0)),
                ("12,000.5平米", area(12_000.5)),
                ("0.8公顷", area(8_000.0)),
                ("暂无数据", Ok(None)),
                ("大", Err(NotANumber)),
                ("-5", Err(OutOfRange)),
                ("1e400", Err(NotANumber)),
            ],
        );
        let catalogue = Catalogue::shipped();
        let context = CellContext {
            words: &catalogue.headings.words,
            heading_unit_m2: Some(10_000.0),
            years: 1900..=2026,
        };
        for (text, m2) in [("1.2", 12_000.0), ("800㎡", 800.0)] {
            let read = read(&Field::FloorArea, text, &context);
            assert_eq!(read, Ok(Reading::Value(Value::SquareMetres(m2))), "{text}");
        }
    }

    #[test]
    fn coded_values() {
        let code = |key: &str| Ok(Some(Value::Code(key.to_owned())));
        assert_read(
            Field::Locality,
            &[
                ("城市", code("city")),
                ("县城（城关镇）", code("county_seat")),
                ("other", code("other")),
                ("月球", Err(UnknownCode)),
            ],
        );
        assert_read(
            Field::Willingness,
            &[
                ("强烈", code("strong")),
                (" STRONG ", code("strong")),
                ("未调查", Ok(None)),
                // To agree is not to want it strongly (R4).
                ("愿意", Err(UnknownCode)),
            ],
        );
        assert_read(Field::WillingnessBasis, &[("入户", code("door_to_door"))]);
        assert_read(Field::YearBasis, &[("居民口述", code("told"))]);
        let power = Field::Gap(ItemCode::parse("C04").unwrap());
        assert_read(
            power,
            &[
                ("0", code("0")),
                ("完好", code("0")),
                ("老化", code("1")),
                ("破损/故障频繁", code("2")),
                ("缺失", code("3")),
                ("３", code("3")),
                ("", Ok(None)),
                ("未查", Ok(None)),
                ("无", Err(UnknownCode)),
                ("4", Err(UnknownCode)),
            ],
        );
    }

    #[test]
    fn sets_and_flags() {
        let set = |keys: &[&str]| {
            let keys = keys.iter().map(|key| (*key).to_owned()).collect();
            Ok(Some(Value::Codes(keys)))
        };
        assert_read(
            Field::Exclusions,
            &[
                ("none", set(&[])),
                ("无", set(&[])),
                ("X4;X1", set(&["X1", "X4"])),
                ("城中村、棚改", set(&["X1", "X4"])),
                ("", Ok(None)),
                ("未查", Ok(None)),
                ("X1;X7", Err(UnknownCode)),
            ],
        );
        assert_read(
            Field::Tenure,
            &[
                ("房改房", set(&["reformed"])),
                ("商品房/房改房", set(&["commodity", "reformed"])),
                ("公/廉租房", set(&["rental"])),
                (
                    "公/廉租房、商品房/房改房",
                    set(&["commodity", "reformed", "rental"]),
                ),
                ("不明", set(&["unknown"])),
                ("无", Ok(None)),
                ("房改房、宫殿", Err(UnknownCode)),
            ],
        );
        assert_read(
            Field::Residential,
            &[
                ("是", Ok(Some(Value::Flag(true)))),
                ("否", Ok(Some(Value::Flag(false)))),
                ("FALSE", Ok(Some(Value::Flag(false)))),
                ("", Ok(None)),
                ("也许", Err(UnknownCode)),
            ],
        );
    }

    #[test]
    fn texts() {
        let text = |text: &str| Ok(Some(Value::Text(text.to_owned())));
        let texts = |texts: &[&str]| {
            let texts = texts.iter().map(|text| (*text).to_owned()).collect();
            Ok(Some(Value::Texts(texts)))
        };
        assert_read(
            Field::Name,
            &[
                (" 洪都新村（一期）　", text("洪都新村（一期）")),
                ("暂无", Ok(None)),
            ],
        );
        assert_read(
            Field::Aliases,
            &[("甲村、乙村;丙村", texts(&["甲村", "乙村", "丙村"]))],
        );
        assert_read(Field::CountyCode, &[("３６０１０２.0", text("360102"))]);
        let codes = texts(&["360102002001", "360102002002"]);
        assert_read(
            Field::CommunityCodes,
            &[("360102002001,360102002002", codes)],
        );
    }

    #[test]
    fn arrays_as_geojson_and_geopackage_have_them() {
        let codes = |keys: &[&str]| {
            let keys = keys.iter().map(|key| (*key).to_owned()).collect();
            Ok(Some(Value::Codes(keys)))
        };
        let texts = ["甲村、上", "乙[村]"].map(str::to_owned).to_vec();
        assert_read(
            Field::Aliases,
            &[
                (r#" ["甲村、上","乙[村]"] "#, Ok(Some(Value::Texts(texts)))),
                ("[]", Ok(None)),
                ("[甲村", Ok(Some(Value::Texts(vec!["[甲村".to_owned()])))),
            ],
        );
        // An empty list is the surveyor's explicit "none".
        assert_read(
            Field::Exclusions,
            &[("[]", codes(&[])), (r#"["X1","X2"]"#, codes(&["X1", "X2"]))],
        );
        assert_read(
            Field::Tenure,
            &[
                ("[]", Ok(None)),
                (r#"["单位自管","月亮"]"#, Err(UnknownCode)),
                ("[1]", Err(UnknownCode)),
            ],
        );
    }

    #[test]
    fn positions() {
        let words = Catalogue::shipped().headings.words;
        for (text, expected) in [
            ("115.932199", Ok(Some(115.932_199))),
            ("１１５．９°", Ok(Some(115.9))),
            ("", Ok(None)),
            ("暂无", Ok(None)),
            ("东经115", Err(BadPosition)),
            ("nan", Ok(None)),
            ("inf", Err(BadPosition)),
            ("12915000.5", Ok(Some(12_915_000.5))),
            ("685719.74米", Ok(Some(685_719.74))),
        ] {
            assert_eq!(coordinate(text, &words), expected, "'{text}'");
        }
    }
}
