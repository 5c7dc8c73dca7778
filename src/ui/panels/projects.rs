//! What the delivery workspace is given to show.

use crate::catalogue::Catalogue;
use crate::jobs::evaluate::Evaluation;
use crate::rules::checks::CheckCode;
use crate::session::Session;
use crate::ui::delivery::{DeliveryInput, Said};
use crate::ui::view::View;
use crate::words::Language;
use crate::words::rules::problem_text;

/// What one frame of the workspace is drawn from.
pub struct ProjectFrame<'a> {
    session: &'a Session,
    catalogue: &'a Catalogue,
    view: &'a View,
    language: Language,
    evaluation: Option<&'a Evaluation>,
    evaluations: u64,
    findings: Vec<Said>,
}

impl<'a> ProjectFrame<'a> {
    pub fn of(
        session: &'a Session,
        catalogue: &'a Catalogue,
        view: &'a View,
        language: Language,
    ) -> Self {
        Self {
            session,
            catalogue,
            view,
            language,
            evaluation: None,
            evaluations: 0,
            findings: Vec::new(),
        }
    }

    /// With what the last evaluation found, in words where it is about the one project shown.
    #[must_use]
    pub fn with(mut self, evaluation: Option<&'a Evaluation>, evaluations: u64) -> Self {
        self.evaluation = evaluation;
        self.evaluations = evaluations;
        let survey = self.session.survey();
        if let (Some(evaluation), Some(id)) = (evaluation, self.view.single()) {
            let items = &self.catalogue.items;
            let found = evaluation.of_estate(survey.root(id));
            let said = found.filter_map(|finding| {
                let part = finding.part.filter(|_| !is_said_in_place(finding.code))?;
                Some(Said {
                    gravity: finding.gravity,
                    part,
                    text: problem_text(self.language, finding, survey, items),
                })
            });
            self.findings = said.collect();
        }
        self
    }

    pub fn input(&self) -> DeliveryInput<'_> {
        DeliveryInput {
            survey: self.session.survey(),
            revision: self.session.revision(),
            catalogue: self.catalogue,
            selection: &self.view.selection,
            today: crate::ui::perform::today(),
            language: self.language,
            evaluation: self.evaluation,
            evaluations: self.evaluations,
            findings: &self.findings,
        }
    }
}

/// Whether the page says it live where it is corrected.
fn is_said_in_place(code: CheckCode) -> bool {
    matches!(
        code,
        CheckCode::SubsidyIfConfigured | CheckCode::Late | CheckCode::ForShow
    )
}
