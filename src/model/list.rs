//! Imported lists, and the rows of theirs that could not become a record.

use super::Crs;
use super::codes::coded;
use super::crs;
use super::ids::ListId;
use serde::{Deserialize, Serialize};

/// One file, read once. Its readable rows are the records whose `origin.list` is this `id`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportList {
    pub id: ListId,
    /// The file's own name, without its folder.
    pub file_name: String,
    /// Lower-case hexadecimal.
    pub sha256: String,
    pub role: ListRole,
    /// Whose list it is; files of older programs do not say.
    #[serde(default)]
    pub kind: ListKind,
    /// The system of its coordinates, as the person who imported it declared. Files hold its key
    /// under the name they had for it when only datums could be declared.
    #[serde(rename = "datum", with = "crs::as_key")]
    pub crs: Crs,
    pub imported_at: jiff::Timestamp,
    /// Every data row or feature the file holds, readable or not.
    pub rows_read: u32,
    /// Which column fed which field, as confirmed at import: `(field key, column)`.
    pub mapping: Vec<(String, String)>,
    /// Rows that gave no record, each with the reason.
    pub rejected: Vec<RejectedRow>,
}

/// What a list's rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListRole {
    /// Estates with boundaries.
    Estates,
    /// 名册: rows that wait for a boundary.
    Register,
    /// 楼栋: buildings, each of the estate that it stands in.
    Buildings,
}

impl ListRole {
    pub fn key(self) -> &'static str {
        match self {
            Self::Estates => "estates",
            Self::Register => "register",
            Self::Buildings => "buildings",
        }
    }

    /// Whether its rows become estates, with or without a boundary.
    pub fn gives_estates(self) -> bool {
        match self {
            Self::Estates | Self::Register => true,
            Self::Buildings => false,
        }
    }
}

coded!(
    /// Whose list it is, as the person who imported it said: what a survey is reconciled against
    /// («不漏», 三(三)1). The guidance names no lists, so these are a proposal.
    #[derive(Default)]
    ListKind, "list_kind" {
        /// 住建局台账
        HousingBureau = "housing_bureau",
        /// 不动产登记
        PropertyRegister = "property_register",
        /// 往年计划
        EarlierPlan = "earlier_plan",
        /// 棚改计划: what it names is excluded by X1, where a person agrees.
        ShantyPlan = "shanty_plan",
        /// 单位清单
        Employer = "employer",
        /// 其他, or nobody said.
        #[default]
        Other = "other",
    }
);

/// A row that gave no record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RejectedRow {
    pub problem: RowProblem,
    /// The row as the file has it, cut to a readable length.
    pub text: String,
    /// A person's reason for leaving the row out; until then the row is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set_aside: Option<String>,
}

/// What is wrong with one value or one row of an imported file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowProblem {
    /// 1-based, as the file counts its data rows or features.
    pub row: u32,
    /// The column or property, where one is to blame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    pub kind: RowProblemKind,
    /// The offending value, cut to a readable length.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub value: String,
}

/// The kinds of row problem; their sentences are in the locale files under `row_problem.<kind>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowProblemKind {
    /// The row or feature itself cannot be read.
    Unreadable,
    /// Neither a name nor an address nor a place: nothing to survey.
    Empty,
    /// A geometry that is neither polygon nor point.
    UnsupportedGeometry,
    /// A polygon with too few positions, or crossing itself.
    InvalidGeometry,
    /// No geometry where one was expected.
    MissingGeometry,
    /// A position that is no number or no place on Earth.
    BadPosition,
    /// A position outside China: a datum, an axis order or a zero gone wrong.
    OutsideChina,
    /// Longitude and latitude the wrong way round.
    SwappedAxes,
    /// Degrees where metres were declared.
    LooksLikeDegrees,
    /// Metres of Gauss–Krüger without a zone number where something else was declared.
    LooksUnzoned,
    /// An easting that begins with a zone number which the declared system has not.
    LooksZoned,
    /// Metres of web maps where something else was declared.
    LooksLikeMercator,
    /// More than 4° from the central meridian: read, but the zone may be the wrong one.
    FarFromMeridian,
    NotANumber,
    OutOfRange,
    /// A word that none of the field's coded values answers to.
    UnknownCode,
    /// More or fewer cells than the heading has.
    WrongCellCount,
    /// The same id stands in an earlier row of this file.
    RepeatedSourceId,
    /// Text that the encoding could not represent.
    BadText,
    /// A formula of a sheet that failed: there is no value.
    CellError,
    /// A building that stands in no estate of the survey.
    OutsideEveryEstate,
    /// A building that the survey holds already, by its estate and number or by its place.
    AlreadyThere,
    /// A building that a person has deleted since.
    Deleted,
    /// A row of a newer version that may be about several records of the list, or of which several
    /// may be about one.
    SeveralRecords,
}

impl RejectedRow {
    /// Whether a person still has to look at it: neither set aside nor a fate in itself.
    pub fn is_open(&self) -> bool {
        use RowProblemKind::{AlreadyThere, Deleted};
        self.set_aside.is_none() && !matches!(self.problem.kind, AlreadyThere | Deleted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Datum;

    #[test]
    fn a_list_of_an_old_file_has_degrees_of_its_datum_and_every_system_comes_back() {
        let old = r#"{"id":"00000000-0000-0000-0000-000000000001","file_name":"a.csv","sha256":"",
            "role":"register","datum":"bd09","imported_at":"2026-11-24T08:00:00Z","rows_read":1,
            "mapping":[],"rejected":[]}"#;
        let list: ImportList = serde_json::from_str(old).unwrap();
        assert_eq!(list.crs, Crs::Degrees(Datum::Bd09));
        for crs in Crs::all() {
            let list = ImportList {
                crs,
                ..list.clone()
            };
            let text = serde_json::to_string(&list).unwrap();
            assert_eq!(serde_json::from_str::<ImportList>(&text).unwrap(), list);
        }
        let unknown = old.replace("bd09", "mars");
        assert!(serde_json::from_str::<ImportList>(&unknown).is_err());
    }
}
