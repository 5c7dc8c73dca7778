//! «不漏», 三(三)1: what the commands about completeness change.

use super::command::Refusal;
use super::draft::Draft;
use crate::model::{CoverageLabel, EditLabel, ListId, ListKind};

/// What a user can mean with what the survey is reconciled against.
#[derive(Clone, Debug, PartialEq)]
pub enum CoverageCommand {
    /// Whose list it is.
    SetListKind { list: ListId, kind: ListKind },
}

pub(super) fn plan(draft: &mut Draft, command: CoverageCommand) -> Result<EditLabel, Refusal> {
    let label = match command {
        CoverageCommand::SetListKind { list, kind } => {
            let list = draft.list(list)?;
            list.kind = kind;
            CoverageLabel::ListKind {
                file: list.file_name.clone(),
                kind,
            }
        }
    };
    Ok(EditLabel::Coverage(label))
}
