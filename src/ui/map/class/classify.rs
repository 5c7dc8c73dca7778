//! The class of an estate under a theme.

use super::amounts::{Breaks, amount};
use super::categories;
use super::{Certainty, Chosen, Class, Classed, EstateFacts, Progress, SCORE_STEP, STEPS, Theming};
use crate::catalogue::{
    Item, Items, SURVEY_ANSWERS, Utility, is_surveyed, missing_must_haves, must_haves,
};
use crate::model::{Amount, Estate, Field, ItemCode, MapTheme, Symbols};
use crate::ui::preferences::Switch;
use std::collections::BTreeSet;

/// The class of one estate under a theme that asks for nothing but its record.
pub fn class_of(theme: MapTheme, estate: &Estate, items: &Items) -> Class {
    let theming = Theming {
        look: theme.into(),
        items,
        facts: None,
        marks_chosen: Switch::Off,
    };
    let classifier = Classifier::new(theming, Breaks::default());
    classifier.class_of(estate).class
}

/// `class_of` for many estates: what has to be looked up in the catalogue is looked up once.
pub struct Classifier<'a> {
    theming: Theming<'a>,
    breaks: Breaks,
    must_haves: Vec<Field>,
    /// The items that tell of water, power, road or gas.
    essential: BTreeSet<ItemCode>,
}

impl<'a> Classifier<'a> {
    pub fn new(theming: Theming<'a>, breaks: Breaks) -> Self {
        let tells = |item: &&Item| {
            let mut essential = Utility::ESSENTIAL.iter();
            essential.any(|utility| item.utilities.contains(utility))
        };
        let items = theming.items;
        Self {
            theming,
            breaks,
            must_haves: must_haves(items),
            essential: items.iter().filter(tells).map(|item| item.code).collect(),
        }
    }

    /// The limits of the theme's classes, where it is of a count.
    pub fn breaks<'e>(theme: MapTheme, estates: impl Iterator<Item = &'e Estate>) -> Breaks {
        match theme {
            MapTheme::Amount(of) => Breaks::of(estates.filter_map(|e| amount(e, of)).collect()),
            _ => Breaks::default(),
        }
    }

    pub fn class_of(&self, estate: &Estate) -> Classed {
        let of_record = |class: Option<Class>| class.unwrap_or(Class::Unknown).into();
        match self.theming.look.theme {
            MapTheme::WorstEssential => {
                let gaps = estate.gaps.iter();
                let essential = gaps.filter(|(code, _)| self.essential.contains(*code));
                let worst = essential.map(|(_, severity)| *severity).max();
                of_record(worst.map(Class::Severity))
            }
            MapTheme::BuildYear => of_record(estate.year_band().map(Class::Built)),
            MapTheme::Willingness => of_record(estate.willingness.map(Class::Willing)),
            MapTheme::SurveyState => Class::Survey(self.progress(estate)).into(),
            MapTheme::Gap(item) => of_record(
                estate
                    .gaps
                    .get(&item)
                    .map(|severity| Class::Severity(*severity)),
            ),
            MapTheme::Amount(of) => {
                let step = amount(estate, of).map(|value| self.breaks.step(value));
                of_record(step.map(Class::Amount))
            }
            MapTheme::Category(of) => {
                let value = categories::value(estate, of);
                of_record(value.map(|value| Class::Value(of, value)))
            }
            MapTheme::Recognition => of_record(self.facts(estate).verdict.map(Class::Verdict)),
            MapTheme::Batch => of_record(self.facts(estate).batch.map(Class::Batch)),
            MapTheme::Score => interval(self.facts(estate).score, score_step, Class::Score),
            MapTheme::WillingnessNeed => match estate.willingness {
                Some(willingness) => {
                    let class = |third| Class::Both(willingness, third);
                    interval(self.facts(estate).need, third_of, class)
                }
                None => Class::Unknown.into(),
            },
        }
    }

    /// Whether the plan in the making takes the estate in, where that is to be seen.
    pub fn chosen(&self, estate: &Estate) -> Chosen {
        match self.theming.marks_chosen {
            Switch::On => self.facts(estate).chosen,
            Switch::Off => Chosen::No,
        }
    }

    fn facts(&self, estate: &Estate) -> EstateFacts {
        let facts = self.theming.facts.and_then(|facts| facts.of(estate.id));
        facts.copied().unwrap_or_default()
    }

    fn progress(&self, estate: &Estate) -> Progress {
        let items = self.theming.items;
        let mut surveyed = SURVEY_ANSWERS.iter();
        let untouched = estate.gaps.is_empty()
            && estate.years().is_none()
            && !surveyed.any(|field| estate.get(field).is_some());
        if untouched {
            return Progress::NotStarted;
        }
        // The first open one decides, so that an estate hardly begun costs hardly anything.
        let mut must_haves = self.must_haves.iter();
        let complete = must_haves.all(|field| is_surveyed(estate, field, items))
            && missing_must_haves(estate, items).is_empty();
        match complete {
            true => Progress::Complete,
            false => Progress::Partly,
        }
    }
}

/// The class of the low end; open where the high end is in another.
fn interval(ends: Option<[f64; 2]>, step: fn(f64) -> u8, class: impl Fn(u8) -> Class) -> Classed {
    let Some([low, high]) = ends else {
        return Class::Unknown.into();
    };
    Classed {
        class: class(step(low)),
        certainty: match step(low) == step(high) {
            true => Certainty::Sure,
            false => Certainty::Open,
        },
    }
}

/// A score on a limit is in the upper class, 100 in the last.
fn score_step(score: f64) -> u8 {
    ((score / f64::from(SCORE_STEP)).max(0.0) as u8).min(STEPS - 1)
}

fn third_of(need: f64) -> u8 {
    ((need * 3.0 / 100.0).max(0.0) as u8).min(2)
}

/// The radius of an estate's symbol in eighths of a point. The area of a symbol is in proportion
/// to the count, within limits that can still be seen and told apart.
pub fn symbol_eighths(estate: &Estate, theme: MapTheme, symbols: Symbols) -> u8 {
    const EVEN: f64 = 4.0;
    const UNKNOWN: f64 = 2.5;
    const POINTS: std::ops::RangeInclusive<f64> = 2.0..=12.0;
    // What an estate of 100 households has, by the province's averages (DOMAIN §3).
    let (of, usual) = match theme {
        MapTheme::Amount(Amount::FloorArea) => (Amount::FloorArea, 9_800.0),
        MapTheme::Amount(Amount::Buildings) => (Amount::Buildings, 6.0),
        _ => (Amount::Households, 100.0),
    };
    let points = match (symbols, amount(estate, of)) {
        (Symbols::Even, _) => EVEN,
        (Symbols::Proportional, None) => UNKNOWN,
        (Symbols::Proportional, Some(value)) => {
            (3.5 * (value / usual).sqrt()).clamp(*POINTS.start(), *POINTS.end())
        }
    };
    (points * 8.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::model::{Batch, EstateId, Severity, Willingness};
    use crate::rules::recognition::RecognitionVerdict;
    use crate::ui::map::class::ThemeFacts;

    fn estate() -> Estate {
        Estate::new(EstateId(uuid::Uuid::nil()))
    }

    fn classed(theme: MapTheme, estate: &Estate, facts: EstateFacts) -> Classed {
        let items = Catalogue::shipped().items;
        let facts = ThemeFacts {
            by_estate: vec![(estate.id, facts)],
            changes: 1,
        };
        let theming = Theming {
            look: theme.into(),
            items: &items,
            facts: Some(&facts),
            marks_chosen: Switch::On,
        };
        let breaks = Classifier::breaks(theme, std::iter::once(estate));
        Classifier::new(theming, breaks).class_of(estate)
    }

    #[test]
    fn a_score_whose_interval_reaches_into_another_class_is_open() {
        let score = |low, high| EstateFacts {
            score: Some([low, high]),
            ..EstateFacts::default()
        };
        for (low, high, class, certainty) in [
            (0.0, 0.0, Class::Score(0), Certainty::Sure),
            (19.9, 19.9, Class::Score(0), Certainty::Sure),
            (19.9, 20.0, Class::Score(0), Certainty::Open),
            (20.0, 39.9, Class::Score(1), Certainty::Sure),
            (58.0, 78.0, Class::Score(2), Certainty::Open),
            (80.0, 100.0, Class::Score(4), Certainty::Sure),
        ] {
            let found = classed(MapTheme::Score, &estate(), score(low, high));
            assert_eq!(found, Classed { class, certainty }, "{low}–{high}");
        }
        let nothing = classed(MapTheme::Score, &estate(), EstateFacts::default());
        assert_eq!(nothing, Class::Unknown.into());
    }

    #[test]
    fn willingness_and_need_make_nine_classes_and_unasked_is_none_of_them() {
        let need = |low, high| EstateFacts {
            need: Some([low, high]),
            ..EstateFacts::default()
        };
        let mut estate = estate();
        let of = |estate: &Estate, low, high| {
            classed(MapTheme::WillingnessNeed, estate, need(low, high))
        };
        assert_eq!(of(&estate, 50.0, 50.0), Class::Unknown.into());
        estate.willingness = Some(Willingness::Fair);
        let sure = Class::Both(Willingness::Fair, 1);
        assert_eq!(of(&estate, 34.0, 66.0), sure.into());
        assert_eq!(of(&estate, 34.0, 70.0).certainty, Certainty::Open);
        assert_eq!(of(&estate, 34.0, 70.0).class, sure);
    }

    #[test]
    fn verdict_batch_gap_and_count_are_as_the_rules_and_the_record_say() {
        let facts = EstateFacts {
            verdict: Some(RecognitionVerdict::Undetermined),
            batch: Some(Batch::Reserve),
            ..EstateFacts::default()
        };
        let mut estate = estate();
        let item = ItemCode::parse("C04").unwrap();
        let classes = |estate: &Estate| {
            [
                MapTheme::Recognition,
                MapTheme::Batch,
                MapTheme::Gap(item),
                MapTheme::Amount(Amount::Households),
            ]
            .map(|theme| classed(theme, estate, facts).class)
        };
        let verdict = Class::Verdict(RecognitionVerdict::Undetermined);
        let batch = Class::Batch(Batch::Reserve);
        assert_eq!(
            classes(&estate),
            [verdict, batch, Class::Unknown, Class::Unknown]
        );
        estate.gaps.insert(item, Severity::Failing);
        estate.households = Some(0);
        let failing = Class::Severity(Severity::Failing);
        assert_eq!(
            classes(&estate),
            [verdict, batch, failing, Class::Amount(0)]
        );
    }

    #[test]
    fn a_symbol_grows_with_the_count_and_is_small_where_nobody_counted() {
        let mut estate = estate();
        let radius =
            |estate: &Estate| symbol_eighths(estate, MapTheme::Score, Symbols::Proportional);
        let unknown = radius(&estate);
        estate.households = Some(100);
        let hundred = radius(&estate);
        estate.households = Some(400);
        assert_eq!(radius(&estate), 2 * hundred);
        assert!(unknown < hundred);
        let even = symbol_eighths(&estate, MapTheme::Score, Symbols::Even);
        assert_eq!(even, 32);
    }
}
