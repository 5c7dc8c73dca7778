//! What a column of an export, or a name in a filter, can stand for.

use crate::model::{Field, ItemCode};

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    Field(Field),
    /// What the program knows of a record beside its fields.
    Known(Known),
    /// An imported column without a field, by its heading.
    Other(String),
}

/// What has to be worked out before a value can be told; each takes in those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Needs {
    /// The record alone.
    Record,
    /// The survey that the record is in.
    Survey,
    /// What became of every record.
    Judgements,
    /// The checks, and with them the search for duplicates.
    Checks,
    /// The ranking of the year.
    Plan,
}

macro_rules! known {
    ($($(#[$doc:meta])* $variant:ident = $key:literal, $short:literal, $needs:ident;)+) => {
        /// What the program knows of a record beside its fields.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Known { $($(#[$doc])* $variant),+ }

        impl Known {
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The stable ASCII key.
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),+ }
            }

            /// The key in at most ten bytes.
            pub fn short(self) -> &'static str {
                match self { $(Self::$variant => $short),+ }
            }

            pub fn needs(self) -> Needs {
                match self { $(Self::$variant => Needs::$needs),+ }
            }
        }
    };
}

known! {
    Id = "id", "id", Record;
    LibNo = "lib_no", "lib_no", Record;
    /// Counted, merged, part of another or withdrawn.
    Standing = "standing", "standing", Record;
    /// The record that it counts through.
    CountedBy = "counted_by", "counted_by", Record;
    /// Why a person withdrew it.
    Reason = "reason", "reason", Record;
    /// Of the middle of its boundary, else of the point a list gave.
    Lon = "lon", "lon", Record;
    Lat = "lat", "lat", Record;
    /// Who published the row, where the row says so …
    Publisher = "publisher", "publisher", Record;
    SourceId = "source_id", "source_id", Record;
    /// … or, as in a release, else the file it came in.
    Source = "source", "source", Survey;
    GroundArea = "ground_area_m2", "ground_m2", Record;
    Fate = "fate", "fate", Judgements;
    /// The reason of its fate.
    Why = "why", "why", Judgements;
    /// Of recognition.
    Verdict = "verdict", "verdict", Judgements;
    ScoreLow = "score_low", "score_low", Plan;
    ScoreHigh = "score_high", "score_high", Plan;
    Batch = "batch", "batch", Plan;
    DupOfCount = "dup_of_count", "dup_count", Judgements;
    PartCount = "part_count", "part_count", Judgements;
    Checks = "checks", "checks", Checks;
    RulePack = "rule_pack", "rule_pack", Record;
    RulePackVersion = "rule_pack_version", "rules_ver", Record;
}

/// What the keys of imported columns without a field begin with, in templates and filters; in a file
/// too where a bare name would be taken for a field. The import takes it away again.
pub const OTHER: &str = "other.";

impl Source {
    /// The stable key, as templates and filters carry it.
    pub fn key(&self) -> String {
        match self {
            Self::Field(field) => field.key(),
            Self::Known(known) => known.key().to_owned(),
            Self::Other(name) => format!("{OTHER}{name}"),
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        if let Some(name) = key.strip_prefix(OTHER) {
            return Some(Self::Other(name.to_owned()));
        }
        if let Some(code) = key.strip_prefix("gap_") {
            return ItemCode::parse(code).map(|code| Self::Field(Field::Gap(code)));
        }
        let known = Known::ALL.iter().find(|known| known.key() == key);
        known
            .map(|known| Self::Known(*known))
            .or_else(|| Field::from_key(key).map(Self::Field))
    }

    pub fn needs(&self) -> Needs {
        match self {
            Self::Field(_) | Self::Other(_) => Needs::Record,
            Self::Known(known) => known.needs(),
        }
    }

    /// Whether it is the imported column of this heading.
    pub fn is_other(&self, heading: &str) -> bool {
        matches!(self, Self::Other(name) if name == heading)
    }

    /// What a column is called that names itself no other way: ASCII, but for [`Source::Other`].
    pub fn column_key(&self) -> String {
        match self {
            Self::Other(name) => name.clone(),
            named => named.key().replace('.', "_"),
        }
    }

    /// The same in at most ten bytes, as the import knows it; `None` where there is none.
    pub fn short(&self) -> Option<String> {
        let short = match self {
            Self::Known(known) => known.short(),
            Self::Field(Field::CountyCode) => "cnty_code",
            Self::Field(Field::StreetCode) => "strt_code",
            Self::Field(Field::CommunityCodes) => "comm_code",
            Self::Field(Field::FloorArea) => "floor_area",
            Self::Field(Field::Residential) => "resid",
            Self::Field(Field::ExclusionNote) => "excl_note",
            Self::Field(Field::Willingness) => "willing",
            Self::Field(Field::WillingnessBasis) => "will_basis",
            Self::Field(Field::WillingToPay) => "will_pay",
            Self::Field(Field::WillingnessDate) => "will_date",
            Self::Field(_) => return Some(self.column_key()),
            Self::Other(_) => return None,
        };
        Some(short.to_owned())
    }
}

/// The names most like `name`, the nearest first: what somebody may have meant.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    const MOST: usize = 3;
    const FARTHEST: f64 = 0.6;
    let name = name.to_lowercase();
    let mut found: Vec<(f64, &str)> = known
        .into_iter()
        .map(|known| (strsim::jaro_winkler(&name, &known.to_lowercase()), known))
        .filter(|(likeness, _)| *likeness >= FARTHEST)
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    found.dedup();
    let names = found.into_iter().map(|(_, known)| known.to_owned());
    names.take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{Catalogue, Target};

    fn every_source() -> impl Iterator<Item = Source> {
        let gap = Field::Gap(ItemCode::parse("C04").unwrap());
        let fields = Field::PLAIN.iter().copied().chain([gap]);
        let known = Known::ALL.iter().copied().map(Source::Known);
        fields.map(Source::Field).chain(known)
    }

    #[test]
    fn a_key_names_one_source_and_back() {
        let other = Source::Other("物业.电话".to_owned());
        for source in every_source().chain([other]) {
            assert_eq!(Source::from_key(&source.key()), Some(source.clone()));
        }
        assert_eq!(Source::from_key("gap_C04"), Source::from_key("gap.C04"));
        assert_eq!(Source::from_key("telephone"), None);
    }

    #[test]
    fn the_import_knows_a_field_by_its_short_name_too() {
        let headings = Catalogue::shipped().headings;
        for source in every_source() {
            let short = source.short().unwrap();
            assert!(short.len() <= 10 && short.is_ascii(), "{short}");
            let Source::Field(field) = source else {
                continue;
            };
            if field == Field::Boundary {
                continue;
            }
            let guesses = headings.guess(std::slice::from_ref(&short), None);
            let target = guesses[0].as_ref().map(|guess| guess.target);
            assert_eq!(target, Some(Target::Field(field)), "{short}");
        }
    }

    #[test]
    fn the_nearest_names_come_first() {
        let known = ["households", "street_code", "name"];
        assert_eq!(nearest("Household", known)[0], "households");
        assert_eq!(nearest("户", known), Vec::<String>::new());
    }
}
