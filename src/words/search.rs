//! Filters and columns of the list in words. Sentences: `search.*`, `table.*`.

use super::Language;
use super::fields;
use crate::catalogue::{Divisions, Items};
use crate::model::{Coded, Estate, Field, Filter, ItemCode, ListColumn, Survey, YearBand};
use crate::search::RecordState;
use std::borrow::Cow;

/// What a chip says.
pub fn filter_label(language: Language, filter: &Filter, items: &Items) -> String {
    let key = match filter {
        Filter::Community(code) | Filter::Street(code) => return division_name(code).to_owned(),
        Filter::Built(Some(band)) => return year_band_label(language, *band).into_owned(),
        Filter::Gap { item, at_least } => {
            let item = item_label(language, *item, items);
            return match at_least {
                Some(severity) => {
                    let severity = fields::severity_label(language, Some(*severity));
                    let values: [(&str, &dyn std::fmt::Display); 2] =
                        [("item", &item), ("severity", &severity)];
                    language.text_with("search.filter.gap", &values)
                }
                None => language.text_with("search.filter.gap_not_seen", &[("item", &item)]),
            };
        }
        Filter::Willingness(Some(level)) => {
            let level = fields::coded_label(language, *level);
            return language.text_with("search.filter.willingness", &[("level", &level)]);
        }
        Filter::WaitsForBoundary => "search.filter.waits",
        Filter::NotSurveyed => "search.filter.not_surveyed",
        Filter::NotFullySurveyed => "search.filter.unfinished",
        Filter::Errors => "search.filter.errors",
        Filter::Warnings => "search.filter.warnings",
        Filter::MineToday => "search.filter.mine_today",
        Filter::Built(None) => "search.filter.built_unknown",
        Filter::Willingness(None) => "search.filter.willingness_unknown",
        Filter::NotCounted => "search.filter.not_counted",
    };
    language.text(key).into_owned()
}

/// One sentence about what a filter lets through.
pub fn filter_sentence(language: Language, filter: &Filter, items: &Items) -> String {
    let label = filter_label(language, filter, items);
    let key = match filter {
        Filter::WaitsForBoundary => "search.about.waits",
        Filter::NotSurveyed => "search.about.not_surveyed",
        Filter::NotFullySurveyed => "search.about.unfinished",
        Filter::Errors => "search.about.errors",
        Filter::Warnings => "search.about.warnings",
        Filter::MineToday => "search.about.mine_today",
        Filter::Community(code) => {
            let values: [(&str, &dyn std::fmt::Display); 2] = [("name", &label), ("code", code)];
            return language.text_with("search.about.community", &values);
        }
        Filter::Street(code) => {
            let values: [(&str, &dyn std::fmt::Display); 2] = [("name", &label), ("code", code)];
            return language.text_with("search.about.street", &values);
        }
        Filter::Built(Some(_)) => {
            return language.text_with("search.about.built", &[("band", &label)]);
        }
        Filter::Built(None) => "search.about.built_unknown",
        Filter::Gap {
            item,
            at_least: Some(severity),
        } => {
            let item = item_label(language, *item, items);
            let severity = fields::severity_label(language, Some(*severity));
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("item", &item), ("severity", &severity)];
            return language.text_with("search.about.gap", &values);
        }
        Filter::Gap {
            item,
            at_least: None,
        } => {
            let item = item_label(language, *item, items);
            return language.text_with("search.about.gap_not_seen", &[("item", &item)]);
        }
        Filter::Willingness(Some(level)) => {
            let level = fields::coded_label(language, *level);
            return language.text_with("search.about.willingness", &[("level", &level)]);
        }
        Filter::Willingness(None) => "search.about.willingness_unknown",
        Filter::NotCounted => "search.about.not_counted",
    };
    language.text(key).into_owned()
}

fn item_label(language: Language, item: ItemCode, items: &Items) -> String {
    fields::label(language, &Field::Gap(item), items)
}

/// What a division is called; its code where this program does not know it.
pub fn division_name(code: &str) -> &str {
    Divisions::shipped().name(code).unwrap_or(code)
}

pub fn year_band_label(language: Language, band: YearBand) -> Cow<'static, str> {
    language.text(&format!("map.class.{}", band.key()))
}

/// The heading of a column, short enough for it.
pub fn column_heading(language: Language, column: ListColumn) -> Cow<'static, str> {
    language.text(&format!("table.column.{}", column.key()))
}

/// What a column holds, written out.
pub fn column_name(language: Language, column: ListColumn) -> Cow<'static, str> {
    language.text(&format!("table.column.{}_full", column.key()))
}

/// How far a record is; `missing` must-haves are open.
pub fn state_text(language: Language, state: RecordState, missing: usize) -> String {
    let key = match state {
        RecordState::WaitsForBoundary => "table.state.waits",
        RecordState::Unfinished => "table.state.unfinished",
        RecordState::Complete => "table.state.complete",
        RecordState::Merged => "table.state.merged",
        RecordState::PartOf => "table.state.part_of",
        RecordState::Withdrawn => "table.state.withdrawn",
    };
    language.text_with(key, &[("missing", &missing)])
}

/// The communities of a record by name.
pub fn communities(language: Language, estate: &Estate) -> String {
    let names = estate
        .community_codes
        .iter()
        .map(|code| division_name(code));
    let names: Vec<_> = names.collect();
    language.listed(&names)
}

/// How far away something is, e.g. "80 m" or "1.2 km".
pub fn distance_text(language: Language, distance_m: f64) -> String {
    match distance_m {
        near if near < 995.0 => {
            let metres = (near / 10.0).round() * 10.0;
            language.text_with("search.metres", &[("distance", &metres)])
        }
        far => {
            let kilometres = format!("{:.1}", far / 1000.0);
            language.text_with("search.kilometres", &[("distance", &kilometres)])
        }
    }
}

/// The list and the row of it that a record came from, in a few words.
pub fn origin_text(survey: &Survey, estate: &Estate) -> Option<String> {
    let origin = estate.origin.as_ref()?;
    let list = survey.list(origin.list)?;
    Some(format!("{} {}", list.file_name, origin.row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::model::{Severity, Willingness};

    #[test]
    fn every_filter_and_every_column_has_words_in_both_languages() {
        let items = Catalogue::shipped().items;
        let item = ItemCode::parse("C05").unwrap();
        let mut filters = vec![
            Filter::WaitsForBoundary,
            Filter::NotSurveyed,
            Filter::NotFullySurveyed,
            Filter::Errors,
            Filter::Warnings,
            Filter::MineToday,
            Filter::Community("360102002001".into()),
            Filter::Street("360102002".into()),
            Filter::Built(None),
            Filter::Gap {
                item,
                at_least: None,
            },
            Filter::Gap {
                item,
                at_least: Some(Severity::Failing),
            },
            Filter::Willingness(None),
            Filter::Willingness(Some(Willingness::Weak)),
            Filter::NotCounted,
        ];
        filters.extend(YearBand::ALL.iter().map(|band| Filter::Built(Some(*band))));
        for language in Language::ALL {
            for filter in &filters {
                let (label, about) = (
                    filter_label(language, filter, &items),
                    filter_sentence(language, filter, &items),
                );
                for text in [&label, &about] {
                    let said = !text.is_empty() && !text.contains('%') && !text.contains("search.");
                    assert!(said, "{language:?} {filter:?} {text}");
                }
                assert!(about.chars().count() > label.chars().count(), "{about}");
            }
            for column in ListColumn::ALL {
                assert!(!column_name(language, *column).starts_with("table."));
                assert!(!column_heading(language, *column).starts_with("table."));
            }
        }
        assert_eq!(
            filter_label(Language::Chinese, &filters[6], &items),
            "民巷社区居委会"
        );
    }

    #[test]
    fn distances_are_rounded_to_what_matters() {
        for (distance_m, text) in [
            (0.0, "0 m"),
            (83.2, "80 m"),
            (994.0, "990 m"),
            (996.0, "1.0 km"),
            (12_340.0, "12.3 km"),
        ] {
            assert_eq!(distance_text(Language::English, distance_m), text);
        }
    }
}
