//! Coded values: closed lists of words, each with a stable ASCII key that files carry.
//! Their labels are in the locale files under `code.<domain>.<key>`.

use serde::{Deserialize, Serialize};

/// A closed list of coded values.
pub trait Coded: Copy + Eq + 'static {
    /// The name of the list, as in `gpkg_data_column_constraints` and the locale files.
    const DOMAIN: &'static str;
    /// Every value, in the order forms show them.
    const ALL: &'static [Self];
    /// The stable ASCII key, as files carry it.
    fn key(self) -> &'static str;
    /// The value with this key.
    fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.key() == key)
    }
}

macro_rules! coded {
    ($(#[$doc:meta])* $name:ident, $domain:literal { $($(#[$vdoc:meta])* $variant:ident = $key:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $key)] $variant),+ }

        impl $crate::model::Coded for $name {
            const DOMAIN: &'static str = $domain;
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),+ }
            }
        }
    };
}

// Other files of the model have closed lists too.
pub(super) use coded;

coded!(
    /// 城乡类别 (R1): only the first two are inside the guidance's scope.
    Locality, "locality" { City = "city", CountySeat = "county_seat", Other = "other" }
);
coded!(
    /// 年份依据: how well the building year is known, best first.
    YearBasis, "year_basis" {
        Acceptance = "acceptance",
        PropertyRegister = "property_register",
        EmployerCertificate = "employer_certificate",
        Estimate = "estimate",
        Told = "told",
    }
);
coded!(
    /// 产权性质. A proposal of ours: the guidance asks for tenure but has no list.
    Tenure, "tenure" {
        Commodity = "commodity",
        Reformed = "reformed",
        Collective = "collective",
        PublicManaged = "public_managed",
        UnitManaged = "unit_managed",
        Affordable = "affordable",
        Resettlement = "resettlement",
        Rental = "rental",
        Mixed = "mixed",
        Unknown = "unknown",
    }
);
coded!(
    /// 排除情形, 三(一): what takes an estate out of the scope of the guidance.
    Exclusion, "exclusion" {
        /// 已纳入城镇棚改计划
        ShantyPlan = "X1",
        /// 拟通过拆除新建（改建、扩建、翻建）
        Rebuild = "X2",
        /// 居民自建房为主的区域
        SelfBuilt = "X3",
        /// 城中村
        UrbanVillage = "X4",
        /// 等: needs a text
        OtherReason = "X9",
    }
);
coded!(
    /// 改造意愿
    Willingness, "willingness" { Strong = "strong", Fair = "fair", Weak = "weak" }
);
coded!(
    /// 意愿依据
    WillingnessBasis, "willingness_basis" {
        DoorToDoor = "door_to_door",
        BlockLeader = "block_leader",
        Meeting = "meeting",
        Online = "online",
        Estimate = "estimate",
    }
);
coded!(
    /// How bad a facility gap is. "Not surveyed" is no severity: it is the absence of one.
    Severity, "severity" { Intact = "0", Ageing = "1", Failing = "2", Missing = "3" }
);
coded!(
    /// 水、电、路、气, or a lift: what the central subsidy counts.
    Utility, "utility" { Water = "water", Power = "power", Road = "road", Gas = "gas", Lift = "lift" }
);
coded!(
    /// What a person decided, or the program suggests, about a pair of records (DOMAIN §7).
    Verdict, "verdict" {
        Same = "SAME",
        PartOf = "PART_OF",
        Phases = "PHASES",
        Split = "SPLIT",
        Distinct = "DISTINCT",
        Unsure = "UNSURE",
    }
);
coded!(
    /// The datum a source declares. Only CGCS2000 (numerically WGS 84 here) is ever stored.
    Datum, "datum" { Wgs84 = "wgs84", Cgcs2000 = "cgcs2000", Gcj02 = "gcj02", Bd09 = "bd09" }
);

coded!(
    /// Bands of building years. «建成于2000年以前»: the cut-off year itself is ambiguous, so it is
    /// a band of its own.
    YearBand, "year_band" {
        To1980 = "to_1980",
        To1990 = "to_1990",
        To1999 = "to_1999",
        In2000 = "in_2000",
        Later = "after_2000",
    }
);

impl YearBand {
    pub fn of_year(year: i32) -> Self {
        match year {
            ..=1980 => Self::To1980,
            1981..=1990 => Self::To1990,
            1991..=1999 => Self::To1999,
            2000 => Self::In2000,
            2001.. => Self::Later,
        }
    }
}

impl Utility {
    /// The four that a survey must look at («水、电、路、气4项设施»).
    pub const ESSENTIAL: [Utility; 4] = [Self::Water, Self::Power, Self::Road, Self::Gas];
}

impl Severity {
    /// 0 intact .. 3 missing, as the score adds them.
    pub fn degree(self) -> u8 {
        self as u8
    }

    /// Intact → ageing → failing → missing → intact; one key a facility.
    pub fn next(self) -> Self {
        Self::ALL[(self as usize + 1) % Self::ALL.len()]
    }
}
