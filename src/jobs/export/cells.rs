//! The value of a source in a record, as a cell; texts are borrowed.

use super::facts::Facts;
use crate::catalogue::{CellWords, Known, Source};
use crate::formats::exchange::{Cell, ColumnKind};
use crate::geodesy::measure::area_m2;
use crate::geometry::validity::is_sound;
use crate::jobs::ledger::cells::word;
use crate::model::{
    Batch, Coded, Estate, Exclusion, Field, Kind, Locality, Severity, Standing, Tenure,
    Willingness, WillingnessBasis, YearBasis,
};
use crate::rules::recognition::RecognitionVerdict;
use std::borrow::Cow;

/// The value; what was not surveyed, or is not known, is empty.
pub(super) fn cell<'a>(source: &Source, estate: &'a Estate, facts: &'a Facts<'a>) -> Cell<'a> {
    match source {
        Source::Field(field) => field_cell(*field, estate),
        Source::Known(known) => known_cell(*known, estate, facts),
        Source::Other(name) => estate.other.get(name).map_or(Cell::Empty, text),
    }
}

fn field_cell(field: Field, estate: &Estate) -> Cell<'_> {
    match field {
        Field::Name => text(&estate.name),
        Field::Aliases => texts(&estate.aliases),
        Field::CountyCode => text(&estate.county_code),
        Field::StreetCode => text(&estate.street_code),
        Field::CommunityCodes => texts(&estate.community_codes),
        Field::Locality => code(estate.locality),
        Field::Address => text(&estate.address),
        Field::BuildYear => whole(estate.build_year),
        Field::YearMin => whole(estate.year_min),
        Field::YearMax => whole(estate.year_max),
        Field::YearBasis => code(estate.year_basis),
        Field::Households => whole(estate.households),
        Field::FloorArea => estate.floor_area_m2.map_or(Cell::Empty, Cell::Decimal),
        Field::Buildings => whole(estate.buildings),
        Field::Tenure if estate.tenure.is_empty() => Cell::Empty,
        Field::Tenure => codes(&estate.tenure),
        Field::OrigUnit => text(&estate.orig_unit),
        Field::Residential => estate.residential.map_or(Cell::Empty, Cell::Flag),
        // An empty list is the surveyor's explicit "none".
        Field::Exclusions => estate.exclusions.as_ref().map_or(Cell::Empty, codes),
        Field::ExclusionNote => text(&estate.exclusion_note),
        Field::Willingness => code(estate.willingness),
        Field::WillingnessBasis => code(estate.willingness_basis),
        Field::Sent => whole(estate.sent),
        Field::Returned => whole(estate.returned),
        Field::Agree => whole(estate.agree),
        Field::Oppose => whole(estate.oppose),
        Field::WillingToPay => whole(estate.willing_to_pay),
        Field::WillingnessDate => text(&estate.willingness_date),
        Field::Remarks => text(&estate.remarks),
        Field::Gap(item) => whole(estate.gaps.get(&item).map(|severity| severity.degree())),
        // No column: a filter may ask whether there is one.
        Field::Boundary => match estate.boundary {
            Some(_) => Cell::Flag(true),
            None => Cell::Empty,
        },
    }
}

fn known_cell<'a>(known: Known, estate: &'a Estate, facts: &'a Facts<'a>) -> Cell<'a> {
    let judgement = facts.judgements.get(&estate.id);
    let placed = facts.placed.get(&estate.id);
    let origin = estate.origin.as_ref();
    match known {
        Known::Id => Cell::Text(Cow::Owned(estate.id.to_string())),
        Known::LibNo => estate.lib_no.as_deref().map_or(Cell::Empty, text),
        Known::Standing => key(estate.standing.key()),
        Known::CountedBy => match estate.standing.counted_by() {
            Some(id) => Cell::Text(Cow::Owned(id.to_string())),
            None => Cell::Empty,
        },
        Known::Reason => match &estate.standing {
            Standing::Withdrawn { reason } => text(reason),
            _ => Cell::Empty,
        },
        Known::Lon => decimal(estate.anchor().map(|at| at.lon), 1e7),
        Known::Lat => decimal(estate.anchor().map(|at| at.lat), 1e7),
        Known::Publisher => origin.map_or(Cell::Empty, |origin| text(&origin.source)),
        Known::SourceId => origin.map_or(Cell::Empty, |origin| text(&origin.source_id)),
        Known::Source => facts.source(estate).map_or(Cell::Empty, text),
        Known::GroundArea => {
            let sound = estate.boundary.as_deref().filter(|it| is_sound(it));
            decimal(sound.map(area_m2), 10.0)
        }
        Known::Fate => judgement.map_or(Cell::Empty, |it| key(it.fate.key())),
        Known::Why => judgement.map_or(Cell::Empty, |it| key(it.fate.why())),
        Known::Verdict => judgement.map_or(Cell::Empty, |it| key(it.recognised.verdict.key())),
        Known::ScoreLow => decimal(placed.map(|placed| placed.score.low), 100.0),
        Known::ScoreHigh => decimal(placed.map(|placed| placed.score.high), 100.0),
        Known::Batch => code(placed.map(|placed| placed.batch)),
        Known::DupOfCount => whole(Some(facts.absorbed(estate.id).0)),
        Known::PartCount => whole(Some(facts.absorbed(estate.id).1)),
        Known::Checks => {
            let checks = facts.checks.get(&estate.id).into_iter().flatten();
            Cell::Texts(checks.map(|check| Cow::Borrowed(*check)).collect())
        }
        Known::RulePack => text(facts.rule_pack),
        Known::RulePackVersion => text(facts.rule_pack_version),
    }
}

pub(super) fn text(text: &str) -> Cell<'_> {
    match text.is_empty() {
        true => Cell::Empty,
        false => Cell::Text(Cow::Borrowed(text)),
    }
}

fn key(key: &'static str) -> Cell<'static> {
    text(key)
}

fn texts<'a>(texts: impl IntoIterator<Item = &'a String>) -> Cell<'a> {
    let texts: Vec<Cow<str>> = texts.into_iter().map(|it| Cow::Borrowed(&**it)).collect();
    match texts.is_empty() {
        true => Cell::Empty,
        false => Cell::Texts(texts),
    }
}

fn code<C: Coded>(value: Option<C>) -> Cell<'static> {
    value.map_or(Cell::Empty, |value| key(value.key()))
}

fn codes<'a, C: Coded>(values: impl IntoIterator<Item = &'a C>) -> Cell<'static> {
    let keys = values.into_iter().map(|value| Cow::Borrowed(value.key()));
    Cell::Texts(keys.collect())
}

fn whole(number: Option<impl Into<i64>>) -> Cell<'static> {
    number.map_or(Cell::Empty, |number| Cell::Whole(number.into()))
}

/// To a fraction that means something: `1 / parts`.
fn decimal(number: Option<f64>, parts: f64) -> Cell<'static> {
    number.map_or(Cell::Empty, |number| {
        Cell::Decimal((number * parts).round() / parts)
    })
}

/// What the cells of a source are.
pub(super) fn kind(source: &Source) -> ColumnKind {
    match source {
        Source::Field(field) => match field.kind() {
            Kind::Text | Kind::Code(_) if matches!(field, Field::Gap(_)) => ColumnKind::Whole,
            Kind::Text | Kind::Code(_) => ColumnKind::Text,
            Kind::Texts | Kind::Codes(_) => ColumnKind::Texts,
            Kind::Count => ColumnKind::Whole,
            Kind::Year => ColumnKind::Year,
            Kind::SquareMetres => ColumnKind::Decimal,
            Kind::Flag | Kind::Polygon => ColumnKind::Flag,
        },
        Source::Known(known) => match known {
            Known::Lon | Known::Lat | Known::GroundArea | Known::ScoreLow | Known::ScoreHigh => {
                ColumnKind::Decimal
            }
            Known::DupOfCount | Known::PartCount => ColumnKind::Whole,
            Known::Checks => ColumnKind::Texts,
            _ => ColumnKind::Text,
        },
        Source::Other(_) => ColumnKind::Text,
    }
}

/// The coded values of a source.
pub(super) struct Codes {
    /// Where their words stand: a list of `cell_words`, or of the ledger.
    pub domain: &'static str,
    /// In form order; as they stand in cells, in text.
    pub keys: Vec<&'static str>,
}

impl Codes {
    /// What people call a value: as lists have it, else as the ledger does.
    pub fn word(&self, key: &str, words: &CellWords) -> String {
        let known = match self.domain {
            FLAG => words.written_flag(key == YES),
            _ if key == NONE => words.written_no_exclusion(),
            domain => match words.written(domain, key) {
                same if same == key => word(domain, key),
                word => word,
            },
        };
        known.to_owned()
    }
}

/// `None` where the values of a source are not coded.
pub(super) fn codes_of(source: &Source) -> Option<Codes> {
    let of = |domain, keys: &[&'static str]| {
        Some(Codes {
            domain,
            keys: keys.to_vec(),
        })
    };
    match source {
        Source::Field(field) => match field.kind() {
            Kind::Flag => of(FLAG, &[YES, NO]),
            Kind::Code(domain) | Kind::Codes(domain) => Some(Codes {
                domain,
                keys: keys_of(domain),
            }),
            _ => None,
        },
        Source::Known(Known::Standing) => of("standing", &Standing::KEYS),
        Source::Known(Known::Fate) => of("fate", &["kept", "merged", "excluded", "open"]),
        Source::Known(Known::Verdict) => of(
            "recognition",
            &RecognitionVerdict::ALL.map(RecognitionVerdict::key),
        ),
        Source::Known(Known::Batch) => Some(Codes {
            domain: Batch::DOMAIN,
            keys: keys::<Batch>(),
        }),
        _ => None,
    }
}

pub(super) const FLAG: &str = "flag";
pub(super) const YES: &str = "true";
pub(super) const NO: &str = "false";
/// The explicit "none" of a list that was asked for, where a cell has room for text alone.
pub(super) const NONE: &str = "none";

fn keys_of(domain: &str) -> Vec<&'static str> {
    match domain {
        Locality::DOMAIN => keys::<Locality>(),
        YearBasis::DOMAIN => keys::<YearBasis>(),
        Tenure::DOMAIN => keys::<Tenure>(),
        Exclusion::DOMAIN => keys::<Exclusion>().into_iter().chain([NONE]).collect(),
        Willingness::DOMAIN => keys::<Willingness>(),
        WillingnessBasis::DOMAIN => keys::<WillingnessBasis>(),
        Severity::DOMAIN => keys::<Severity>(),
        _ => Vec::new(),
    }
}

fn keys<C: Coded>() -> Vec<&'static str> {
    C::ALL.iter().map(|value| value.key()).collect()
}
