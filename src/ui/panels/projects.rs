//! What the delivery workspace is given to show.

use crate::catalogue::Catalogue;
use crate::jobs::evaluate::Evaluation;
use crate::rules::checks::Gravity;
use crate::session::Session;
use crate::ui::delivery::{DeliveryInput, project_part};
use crate::ui::form::FieldIssue;
use crate::ui::view::View;
use crate::words::Language;

/// What one frame of the workspace is drawn from.
pub struct ProjectFrame<'a> {
    session: &'a Session,
    catalogue: &'a Catalogue,
    view: &'a View,
    language: Language,
    evaluation: Option<&'a Evaluation>,
    evaluations: u64,
    findings: Vec<(Gravity, String)>,
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
            let about_project = evaluation
                .of_estate(survey.root(id))
                .filter(|finding| project_part(finding).is_some());
            let items = &self.catalogue.items;
            let issues = FieldIssue::of(about_project, survey, items, self.language);
            let said = issues.into_iter().map(|issue| (issue.gravity, issue.text));
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
