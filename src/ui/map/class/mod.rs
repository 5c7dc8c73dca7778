//! Map themes as data: which class an estate falls into, with a sign and a word for each, so that
//! the map, its legend and its labels say the same thing and never by colour alone.

mod amounts;
mod categories;
mod classify;
mod facts;
#[cfg(test)]
mod tests;

pub use amounts::Breaks;
pub use categories::field as field_of_category;
pub use classify::{Classifier, class_of, symbol_eighths};
pub use facts::{Chosen, EstateFacts, ThemeFacts, Theming};

use crate::model::{Batch, Category, Coded, MapTheme, Ramp, Severity, Willingness, YearBand};
use crate::rules::recognition::RecognitionVerdict;
use crate::ui::theme::Palette;
use crate::words::Language;
use crate::words::fields::{coded_label, severity_label};
use egui::Color32;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What an estate counts as under a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Not surveyed; for years also a range that spans two bands.
    Unknown,
    Severity(Severity),
    Built(YearBand),
    Willing(Willingness),
    Survey(Progress),
    Verdict(RecognitionVerdict),
    Batch(Batch),
    /// A fifth of the score, 0 the least.
    Score(u8),
    /// A class of a count, 0 the least.
    Amount(u8),
    /// Willingness, and a third of the need, 0 the least.
    Both(Willingness, u8),
    /// A value of a field, by its place in the list.
    Value(Category, u8),
}

/// How much of the two-minute survey (DOMAIN §3) is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Progress {
    /// Nothing but what a list or a drawing gives: name, place, codes.
    NotStarted,
    Partly,
    /// Every must-have (★ in DOMAIN §3) is answered.
    Complete,
}

/// Whether what is known gives one class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    #[default]
    Sure,
    /// At least this class: what is not surveyed may lift it into a higher one.
    Open,
}

/// A class, and how surely.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Classed {
    pub class: Class,
    pub certainty: Certainty,
}

impl From<Class> for Classed {
    fn from(class: Class) -> Self {
        Self {
            class,
            certainty: Certainty::Sure,
        }
    }
}

/// How a class is filled, so that it can be told apart without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    Plain,
    /// Unknown, or open.
    Hatched,
    /// Hatched the other way.
    Leaning,
    Dotted,
    Crossed,
}

const CATEGORIES: &[Category] = Category::ALL;
const VALUE_SIGNS: [&str; 10] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "k"];

/// How many classes a score and a count have.
pub const STEPS: u8 = 5;
/// Points of score in a step.
pub const SCORE_STEP: u8 = 100 / STEPS;

impl Classed {
    pub fn pattern(self) -> Pattern {
        match self.certainty {
            Certainty::Open => Pattern::Hatched,
            Certainty::Sure => self.class.pattern(),
        }
    }

    /// A short sign that stands beside the name on the map.
    pub fn sign(self) -> Cow<'static, str> {
        match self.certainty {
            Certainty::Sure => self.class.sign().into(),
            Certainty::Open => format!("{}+", self.class.sign()).into(),
        }
    }
}

impl Class {
    /// Every class of every theme; an index into this list is what the GPU holds for an estate.
    pub const ALL: [Class; 73] = Self::with_values(Self::OWN);

    /// The classes that are no values of fields.
    const OWN: [Class; 42] = [
        Class::Unknown,
        Class::Severity(Severity::Missing),
        Class::Severity(Severity::Failing),
        Class::Severity(Severity::Ageing),
        Class::Severity(Severity::Intact),
        Class::Built(YearBand::To1980),
        Class::Built(YearBand::To1990),
        Class::Built(YearBand::To1999),
        Class::Built(YearBand::In2000),
        Class::Built(YearBand::Later),
        Class::Willing(Willingness::Strong),
        Class::Willing(Willingness::Fair),
        Class::Willing(Willingness::Weak),
        Class::Survey(Progress::NotStarted),
        Class::Survey(Progress::Partly),
        Class::Survey(Progress::Complete),
        Class::Verdict(RecognitionVerdict::Recognised),
        Class::Verdict(RecognitionVerdict::NotRecognised),
        Class::Verdict(RecognitionVerdict::Undetermined),
        Class::Batch(Batch::Implement),
        Class::Batch(Batch::Planned),
        Class::Batch(Batch::Reserve),
        Class::Batch(Batch::NotAdmitted),
        Class::Score(0),
        Class::Score(1),
        Class::Score(2),
        Class::Score(3),
        Class::Score(4),
        Class::Amount(0),
        Class::Amount(1),
        Class::Amount(2),
        Class::Amount(3),
        Class::Amount(4),
        Class::Both(Willingness::Strong, 0),
        Class::Both(Willingness::Strong, 1),
        Class::Both(Willingness::Strong, 2),
        Class::Both(Willingness::Fair, 0),
        Class::Both(Willingness::Fair, 1),
        Class::Both(Willingness::Fair, 2),
        Class::Both(Willingness::Weak, 0),
        Class::Both(Willingness::Weak, 1),
        Class::Both(Willingness::Weak, 2),
    ];

    /// These, and after them the values of each field.
    const fn with_values<const FEW: usize, const ALL: usize>(few: [Class; FEW]) -> [Class; ALL] {
        let mut all = [Class::Unknown; ALL];
        let mut at = 0;
        while at < FEW {
            all[at] = few[at];
            at += 1;
        }
        let mut of = 0;
        while of < CATEGORIES.len() {
            let mut value = 0;
            while value < CATEGORIES[of].values() {
                all[at] = Class::Value(CATEGORIES[of], value);
                value += 1;
                at += 1;
            }
            of += 1;
        }
        all
    }

    /// The classes of a theme in the order its legend shows them.
    pub fn of_theme(theme: MapTheme) -> Vec<Class> {
        let mut classes: Vec<_> = Self::ALL
            .into_iter()
            .filter(|class| class.is_of(theme))
            .collect();
        // What is most comes first, as the worst gap does.
        if theme.is_graduated() {
            classes.reverse();
        }
        // The survey state is always known: an untouched estate is "not started".
        if theme != MapTheme::SurveyState {
            classes.push(Class::Unknown);
        }
        classes
    }

    fn is_of(self, theme: MapTheme) -> bool {
        match self {
            Self::Unknown => false,
            Self::Severity(_) => matches!(theme, MapTheme::WorstEssential | MapTheme::Gap(_)),
            Self::Built(_) => theme == MapTheme::BuildYear,
            Self::Willing(_) => theme == MapTheme::Willingness,
            Self::Survey(_) => theme == MapTheme::SurveyState,
            Self::Verdict(_) => theme == MapTheme::Recognition,
            Self::Batch(_) => theme == MapTheme::Batch,
            Self::Score(_) => theme == MapTheme::Score,
            Self::Amount(_) => matches!(theme, MapTheme::Amount(_)),
            Self::Both(..) => theme == MapTheme::WillingnessNeed,
            Self::Value(category, _) => theme == MapTheme::Category(category),
        }
    }

    pub fn index(self) -> u8 {
        match self {
            Self::Unknown => 0,
            Self::Severity(severity) => 4 - severity.degree(),
            Self::Built(band) => 5 + band as u8,
            Self::Willing(willingness) => 10 + willingness as u8,
            Self::Survey(progress) => 13 + progress as u8,
            Self::Verdict(verdict) => 16 + verdict as u8,
            Self::Batch(batch) => 19 + batch as u8,
            Self::Score(step) => 23 + step,
            Self::Amount(step) => 28 + step,
            Self::Both(willingness, need) => 33 + 3 * willingness as u8 + need,
            Self::Value(category, value) => {
                let before = CATEGORIES.iter().take_while(|other| **other != category);
                let before: u8 = before.map(|other| other.values()).sum();
                Self::OWN.len() as u8 + before + value
            }
        }
    }

    /// A short sign that stands beside the name on the map.
    pub fn sign(self) -> &'static str {
        use Willingness::{Fair, Strong, Weak};
        match self {
            Self::Unknown => "？",
            Self::Severity(Severity::Intact) => "0",
            Self::Severity(Severity::Ageing) => "1",
            Self::Severity(Severity::Failing) => "2",
            Self::Severity(Severity::Missing) => "3",
            Self::Built(YearBand::To1980) => "≤1980",
            Self::Built(YearBand::To1990) => "81–90",
            Self::Built(YearBand::To1999) => "91–99",
            Self::Built(YearBand::In2000) => "2000",
            Self::Built(YearBand::Later) => ">2000",
            Self::Willing(Strong) | Self::Survey(Progress::Complete) => "●",
            Self::Willing(Fair) | Self::Survey(Progress::Partly) => "◎",
            Self::Willing(Weak) | Self::Survey(Progress::NotStarted) => "○",
            Self::Verdict(RecognitionVerdict::Recognised) => "●",
            Self::Verdict(RecognitionVerdict::NotRecognised) => "×",
            Self::Verdict(RecognitionVerdict::Undetermined) => "◎",
            Self::Batch(Batch::Implement) => "Ⅰ",
            Self::Batch(Batch::Planned) => "Ⅱ",
            Self::Batch(Batch::Reserve) => "Ⅲ",
            Self::Batch(Batch::NotAdmitted) => "×",
            Self::Score(0) => "0–20",
            Self::Score(1) => "20–40",
            Self::Score(2) => "40–60",
            Self::Score(3) => "60–80",
            Self::Score(_) => "80–100",
            Self::Amount(0) => "①",
            Self::Amount(1) => "②",
            Self::Amount(2) => "③",
            Self::Amount(3) => "④",
            Self::Amount(_) => "⑤",
            Self::Both(Strong, 0) => "●1",
            Self::Both(Strong, 1) => "●2",
            Self::Both(Strong, _) => "●3",
            Self::Both(Fair, 0) => "◎1",
            Self::Both(Fair, 1) => "◎2",
            Self::Both(Fair, _) => "◎3",
            Self::Both(Weak, 0) => "○1",
            Self::Both(Weak, 1) => "○2",
            Self::Both(Weak, _) => "○3",
            Self::Value(_, value) => VALUE_SIGNS[usize::from(value) % VALUE_SIGNS.len()],
        }
    }

    pub fn word(self, language: Language) -> Cow<'static, str> {
        let key = match self {
            Self::Severity(severity) => return severity_label(language, Some(severity)),
            Self::Willing(willingness) => return coded_label(language, willingness),
            Self::Batch(batch) => return coded_label(language, batch),
            Self::Value(category, value) => return categories::word(language, category, value),
            Self::Unknown => "map.class.unknown",
            Self::Built(band) => return language.text(&format!("map.class.{}", band.key())),
            Self::Survey(Progress::NotStarted) => "map.class.not_started",
            Self::Survey(Progress::Partly) => "map.class.partly",
            Self::Survey(Progress::Complete) => "map.class.complete",
            Self::Verdict(verdict) => {
                return language.text(&format!("planner.verdict.{}", verdict.key()));
            }
            Self::Score(step) => {
                let from = step * SCORE_STEP;
                let ends: [(&str, &dyn std::fmt::Display); 2] =
                    [("from", &from), ("to", &(from + SCORE_STEP))];
                return language.text_with("planner.class.score", &ends).into();
            }
            Self::Amount(step) => {
                let n = step + 1;
                return language
                    .text_with("planner.class.amount", &[("n", &n)])
                    .into();
            }
            Self::Both(willingness, need) => {
                let need = [
                    "planner.class.need_low",
                    "planner.class.need_middle",
                    "planner.class.need_high",
                ][usize::from(need.min(2))];
                let parts: [(&str, &dyn std::fmt::Display); 2] = [
                    ("willingness", &coded_label(language, willingness)),
                    ("need", &language.text(need)),
                ];
                return language.text_with("planner.class.both", &parts).into();
            }
        };
        language.text(key)
    }

    pub fn color(self, palette: &Palette, ramp: Ramp) -> Color32 {
        match self {
            Self::Unknown => palette.not_surveyed,
            Self::Severity(severity) => palette.severity(Some(severity)),
            Self::Built(band) => palette.year_bands[band as usize],
            Self::Willing(willingness) => palette.willingness(Some(willingness)),
            Self::Survey(progress) => palette.progress[progress as usize],
            Self::Verdict(verdict) => palette.verdicts[verdict as usize],
            Self::Batch(batch) => palette.batch(batch),
            Self::Value(_, value) => {
                palette.categories[usize::from(value) % palette.categories.len()]
            }
            Self::Score(step) | Self::Amount(step) => palette.ramp(ramp)[usize::from(step)],
            Self::Both(willingness, need) => {
                palette.willingness_need[willingness as usize][usize::from(need)]
            }
        }
    }

    pub fn pattern(self) -> Pattern {
        match self {
            Self::Unknown | Self::Verdict(RecognitionVerdict::Undetermined) => Pattern::Hatched,
            Self::Batch(Batch::Planned) => Pattern::Leaning,
            Self::Batch(Batch::Reserve) => Pattern::Dotted,
            Self::Batch(Batch::NotAdmitted) | Self::Verdict(RecognitionVerdict::NotRecognised) => {
                Pattern::Crossed
            }
            // The colours begin again after the fifth value.
            Self::Value(_, 5..) => Pattern::Leaning,
            _ => Pattern::Plain,
        }
    }
}

/// One row of a legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LegendEntry {
    pub class: Class,
    pub estates: usize,
    /// Of these, how many may be of a higher class.
    pub open: usize,
}

/// Every class of `theme` with its count, also those without an estate: an empty class is news.
pub fn legend(theme: MapTheme, counts: &BTreeMap<Classed, usize>) -> Vec<LegendEntry> {
    let count = |class, certainty| {
        let classed = Classed { class, certainty };
        counts.get(&classed).copied().unwrap_or(0)
    };
    Class::of_theme(theme)
        .into_iter()
        .map(|class| {
            let open = count(class, Certainty::Open);
            LegendEntry {
                class,
                estates: count(class, Certainty::Sure) + open,
                open,
            }
        })
        .collect()
}
