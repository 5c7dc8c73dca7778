//! "Which system is this list in?" Its points are shown on the map as each plausible system places
//! them, over a layer that the user trusts, and the eye decides. Part of the import dialog.

use crate::jobs::import::Candidate;
use crate::model::{Crs, Datum, LonLat};
use crate::words::{Language, import as words};
use egui::Ui;

/// The plausible ways to read the list, and the one that the map shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Comparison {
    #[default]
    NotAsked,
    Waiting,
    Shown {
        ways: Vec<Candidate>,
        shown: usize,
    },
}

impl Comparison {
    pub fn of(ways: Vec<Candidate>) -> Self {
        Self::Shown { ways, shown: 0 }
    }

    /// Where the map shows the points of the list.
    pub fn places(&self) -> &[LonLat] {
        match self {
            Self::Shown { ways, shown } => ways.get(*shown).map_or(&[], |way| &way.places),
            Self::NotAsked | Self::Waiting => &[],
        }
    }
}

/// What the user did here.
pub enum Asked {
    Nothing,
    /// To see the points as each system places them.
    Compare,
    /// This is the system.
    Take(Crs),
}

#[must_use]
pub fn comparison_ui(ui: &mut Ui, comparison: &mut Comparison, language: Language) -> Asked {
    let mut asked = Asked::Nothing;
    match comparison {
        Comparison::NotAsked => {
            let button = ui.button(language.text("dialog.import.compare"));
            let hint = language.text("dialog.import.compare_hint");
            if button.on_hover_text(hint).clicked() {
                *comparison = Comparison::Waiting;
                asked = Asked::Compare;
            }
        }
        Comparison::Waiting => {
            ui.horizontal(|ui| {
                ui.spinner();
                ui.label(language.text("dialog.import.comparing"));
            });
        }
        Comparison::Shown { ways, .. } if ways.is_empty() => {
            ui.label(language.text("dialog.import.compare_none"));
        }
        Comparison::Shown { ways, shown } => {
            ui.label(language.text("dialog.import.compare_help"));
            for (index, way) in ways.iter().enumerate() {
                let text = way_text(language, way);
                if ui.selectable_label(*shown == index, text).clicked() {
                    *shown = index;
                    asked = taken(way).map_or(Asked::Nothing, Asked::Take);
                }
            }
        }
    }
    asked
}

/// Of systems that read the list alike, the one that the survey itself is in.
fn taken(way: &Candidate) -> Option<Crs> {
    let stored = Crs::Degrees(Datum::Cgcs2000);
    let own = way.systems.iter().find(|crs| **crs == stored);
    own.or(way.systems.first()).copied()
}

fn way_text(language: Language, way: &Candidate) -> String {
    let systems = way
        .systems
        .iter()
        .map(|crs| words::crs_text(language, *crs));
    let systems: Vec<_> = systems.collect();
    let values: [(&str, &dyn std::fmt::Display); 4] = [
        ("systems", &systems.join(" / ")),
        ("all", &way.places.len()),
        ("county", &way.in_county),
        ("province", &way.in_province),
    ];
    language.text_with("dialog.import.compare_way", &values)
}
