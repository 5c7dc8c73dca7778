//! Exports: asking what is to go out, counting it, writing it on the worker, telling what was
//! written.

use super::reports::today;
use crate::jobs::export::{
    Beyond, ExportError, ExportRequest, ExportTemplate, Exported, Sorted, count, is_same_file,
};
use crate::ui::action::{Existing, ExportOrder};
use crate::ui::app::App;
use crate::ui::dialog::{Counted, Dialog, ExportDraft};
use crate::ui::notice::Tone;
use crate::ui::report::Report;
use crate::words::export as words;
use egui::Context;

impl App {
    pub(super) fn ask_for_export(&mut self) {
        let Some(session) = &self.session else { return };
        let draft = ExportDraft::beside(session.path(), self.language());
        self.view.dialog = Some(Dialog::Export(Box::new(draft)));
    }

    pub(super) fn count_export(&mut self, order: ExportOrder) {
        let Some(session) = &self.session else { return };
        let survey = session.survey().clone();
        let catalogue = self.catalogue.clone();
        // While one types, only the last question matters.
        if let Some(earlier) = self.export_count.take() {
            earlier.cancel();
        }
        let progress = self.worker.run("job.count", move |progress| {
            let counted = request(&order).and_then(|request| {
                let plan = request.plan(&catalogue, &Beyond::of(&survey))?;
                let sorted = count(&survey, &catalogue, &plan, today(), progress)?;
                Ok((request.template, sorted))
            });
            Report::ExportCounted {
                order: Box::new(order),
                counted,
            }
        });
        self.export_count = Some(progress);
    }

    pub(super) fn take_counted(
        &mut self,
        order: &ExportOrder,
        counted: Result<(ExportTemplate, Sorted), ExportError>,
    ) {
        let language = self.language();
        let Some(Dialog::Export(draft)) = &mut self.view.dialog else {
            return;
        };
        match counted {
            Err(ExportError::Cancelled(_)) => draft.stop_counting(order),
            counted => draft.set_counted(order, Counted::of(language, &counted)),
        }
    }

    pub(super) fn export(&mut self, order: ExportOrder, context: &Context) {
        // What was just typed goes out as well, so it is committed before the snapshot.
        self.commit_typed(context);
        let Some(session) = &self.session else { return };
        let refused = if is_same_file(&order.path, session.path()) {
            Some(("export.dialog.onto_itself", order.path.clone()))
        } else if order.existing == Existing::Kept {
            let standing = order.format.in_the_way(&order.path);
            standing.map(|path| ("export.dialog.exists", path))
        } else {
            None
        };
        if let Some((key, path)) = refused {
            let text = self.language().text_with(key, &[("path", &path.display())]);
            self.say(Tone::Problem, text, context);
            return;
        }
        let survey = session.survey().clone();
        let catalogue = self.catalogue.clone();
        self.worker.run("job.export", move |progress| {
            let exported = request(&order).and_then(|request| {
                let exported = request.run(&survey, &catalogue, today(), progress)?;
                Ok((request.template, exported))
            });
            Report::Exported(Box::new(exported))
        });
    }

    pub(super) fn take_exported(
        &mut self,
        exported: Result<(ExportTemplate, Exported), ExportError>,
        context: &Context,
    ) {
        let language = self.language();
        match exported {
            Ok((template, exported)) => {
                if let Some(Dialog::Export(_)) = &self.view.dialog {
                    self.view.dialog = None;
                }
                let mut lines = vec![words::done_text(language, &exported)];
                lines.extend(words::remarks(language, &template, &exported));
                self.say(Tone::Done, lines.join("\n"), context);
            }
            Err(ExportError::Cancelled(_)) => self.say_cancelled(context),
            Err(error) => {
                let text = words::export_error_text(language, &error);
                self.say(Tone::Problem, text, context);
            }
        }
    }
}

fn request(order: &ExportOrder) -> Result<ExportRequest, ExportError> {
    Ok(ExportRequest {
        path: order.path.clone(),
        format: order.format,
        profile: order.profile,
        template: ExportTemplate::named(&order.template)?,
        filter: order.filter.clone(),
    })
}
