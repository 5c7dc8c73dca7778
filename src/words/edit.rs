//! What was done, and why something could not be: sentences for the history and the notices.

use super::Language;
use super::fields;
use super::geometry::shape_problem_text;
use crate::catalogue::Items;
use crate::edit::Refusal;
use crate::model::{Coded, EditLabel, FilledFrom, ShapeGesture};
use crate::session::SessionError;
use std::borrow::Cow;

/// "Drew 洪都新村", "Set households of 3 estates".
pub fn edit_text(language: Language, label: &EditLabel, items: &Items) -> String {
    let named =
        |key: &str, name: &str| language.text_with(key, &[("name", &or_unnamed(language, name))]);
    match label {
        EditLabel::ChangeSettings => language.text("edit.change_settings").into_owned(),
        EditLabel::ChangedOutside { records } => {
            language.text_with("edit.changed_outside", &[("records", records)])
        }
        EditLabel::Import { file, rows } => {
            language.text_with("edit.import", &[("file", file), ("rows", rows)])
        }
        EditLabel::UpdateList { file, rows } => {
            language.text_with("edit.update_list", &[("file", file), ("rows", rows)])
        }
        EditLabel::Draw { name } => named("edit.draw", name),
        EditLabel::Reshape { name } => named("edit.reshape", name),
        EditLabel::ReshapeMany {
            gesture,
            name,
            estates,
        } => {
            let gesture = gesture_text(language, *gesture);
            match estates {
                0 | 1 => named("edit.reshape_one", name).replace("%{gesture}", &gesture),
                many => language.text_with(
                    "edit.reshape_many",
                    &[("gesture", &gesture), ("estates", many)],
                ),
            }
        }
        EditLabel::Split { name, parts } => {
            named("edit.split", name).replace("%{parts}", &parts.to_string())
        }
        EditLabel::Join { name, absorbed } => {
            named("edit.join", name).replace("%{absorbed}", &absorbed.to_string())
        }
        EditLabel::TakeRow { name } => named("edit.take_row", name),
        EditLabel::SetField {
            field,
            name,
            estates,
        } => {
            let field = fields::label(language, field, items);
            match estates {
                0 | 1 => {
                    let text = named("edit.set_field", name);
                    text.replace("%{field}", &field)
                }
                many => language.text_with(
                    "edit.set_field_of_many",
                    &[("field", &field), ("estates", many)],
                ),
            }
        }
        EditLabel::FillIn { name } => named("edit.fill_in", name),
        EditLabel::Fill {
            name,
            estates,
            from,
        } => {
            let what = match estates {
                0 | 1 => named("edit.fill_in", name),
                many => language.text_with("edit.fill_in_many", &[("estates", many)]),
            };
            let from = filled_from_text(language, from);
            language.text_with("edit.fill", &[("what", &what), ("from", &from)])
        }
        EditLabel::RestIntact { name } => named("edit.rest_intact", name),
        EditLabel::Delete { name } => named("edit.delete", name),
        EditLabel::Withdraw { name } => named("edit.withdraw", name),
        EditLabel::Restore { name } => named("edit.restore", name),
        EditLabel::Decide {
            verdict,
            name,
            other,
        } => {
            let verdict = fields::code_label(language, "verdict", verdict.key());
            language.text_with(
                "edit.decide",
                &[("name", name), ("other", other), ("verdict", &verdict)],
            )
        }
        EditLabel::DecideMany { pairs } => {
            language.text_with("edit.decide_many", &[("pairs", pairs)])
        }
        EditLabel::Unmerge { name } => named("edit.unmerge", name),
        EditLabel::SetAsideRow { file, row } => {
            language.text_with("edit.set_aside_row", &[("file", file), ("row", row)])
        }
        EditLabel::Ledger {
            file,
            cells,
            estates,
        } => language.text_with(
            "edit.ledger",
            &[("file", file), ("cells", cells), ("estates", estates)],
        ),
        EditLabel::Release { estates } => {
            language.text_with("edit.release", &[("estates", estates)])
        }
        EditLabel::Building(label) => super::buildings::edit_text(language, label),
        EditLabel::Photo(label) => super::photos::edit_text(language, label),
        EditLabel::Coverage(label) => super::coverage::edit_text(language, label),
        EditLabel::Plan(label) => super::plan::edit_text(language, label),
    }
}

pub(super) fn or_unnamed(language: Language, name: &str) -> String {
    match name {
        "" => language.text("edit.unnamed").into_owned(),
        name => name.to_owned(),
    }
}

/// "Moved", "made square".
fn gesture_text(language: Language, gesture: ShapeGesture) -> Cow<'static, str> {
    language.text(match gesture {
        ShapeGesture::Move => "edit.gesture.move",
        ShapeGesture::Rotate => "edit.gesture.rotate",
        ShapeGesture::Square => "edit.gesture.square",
        ShapeGesture::Simplify => "edit.gesture.simplify",
        ShapeGesture::Reshape => "edit.gesture.reshape",
        ShapeGesture::SharedBorder => "edit.gesture.shared_border",
        ShapeGesture::AvoidOverlap => "edit.gesture.avoid_overlap",
        ShapeGesture::Repair => "edit.gesture.repair",
        ShapeGesture::AddHole => "edit.gesture.add_hole",
        ShapeGesture::RemoveHole => "edit.gesture.remove_hole",
        ShapeGesture::AddPart => "edit.gesture.add_part",
        ShapeGesture::RemovePart => "edit.gesture.remove_part",
    })
}

fn filled_from_text(language: Language, from: &FilledFrom) -> String {
    match from {
        FilledFrom::Estate { name } => language.text_with("edit.from.estate", &[("name", name)]),
        FilledFrom::Clipboard => language.text("edit.from.clipboard").into_owned(),
        FilledFrom::Preset { name } => language.text_with("edit.from.preset", &[("name", name)]),
        FilledFrom::Divisions { layer } => {
            language.text_with("edit.from.divisions", &[("layer", layer)])
        }
        FilledFrom::RestIntact => language.text("edit.from.rest_intact").into_owned(),
    }
}

/// Why a command was refused, and what to do instead.
pub fn refusal_text(language: Language, refusal: &Refusal, items: &Items) -> String {
    match refusal {
        Refusal::NoSuchEstate(_) => language.text("refusal.no_such_estate").into_owned(),
        Refusal::NoSuchRow => language.text("refusal.no_such_row").into_owned(),
        Refusal::WrongValue(wrong) => {
            let field = fields::label(language, &wrong.field, items);
            language.text_with(
                "refusal.wrong_value",
                &[("field", &field), ("value", &wrong.value)],
            )
        }
        Refusal::NotCounted { name } => {
            language.text_with("refusal.not_counted", &[("name", name)])
        }
        Refusal::OthersMergedInto { name } => {
            language.text_with("refusal.others_merged_into", &[("name", name)])
        }
        Refusal::WithdrawInstead { name } => {
            language.text_with("refusal.withdraw_instead", &[("name", name)])
        }
        Refusal::ReasonNeeded => language.text("refusal.reason_needed").into_owned(),
        Refusal::NotWithdrawn { name } => {
            language.text_with("refusal.not_withdrawn", &[("name", name)])
        }
        Refusal::NotMerged { name } => language.text_with("refusal.not_merged", &[("name", name)]),
        Refusal::DecidedDifferent { a, b } => {
            language.text_with("refusal.decided_different", &[("a", a), ("b", b)])
        }
        Refusal::NoBoundary { name } => language.text_with(
            "refusal.no_boundary",
            &[("name", &or_unnamed(language, name))],
        ),
        Refusal::HasBoundary { name } => language.text_with(
            "refusal.has_boundary",
            &[("name", &or_unnamed(language, name))],
        ),
        Refusal::NotDrawnHere { name } => language.text_with(
            "refusal.not_drawn_here",
            &[("name", &or_unnamed(language, name))],
        ),
        Refusal::Shape(problem) => shape_problem_text(language, *problem).into_owned(),
        Refusal::TooFewCorners => language.text("refusal.too_few_corners").into_owned(),
        Refusal::NoSuchPhoto => language.text("refusal.no_such_photo").into_owned(),
        Refusal::NothingChanges => language.text("refusal.nothing_changes").into_owned(),
        Refusal::Building(refusal) => super::buildings::refusal_text(language, refusal),
        Refusal::Plan(refusal) => super::plan::refusal_text(language, refusal),
        Refusal::Stale(_) => language.text("refusal.stale").into_owned(),
    }
}

/// Why the session could not do what was asked.
pub fn session_error_text(language: Language, error: &SessionError, items: &Items) -> String {
    match error {
        SessionError::Refused(refusal) => refusal_text(language, refusal, items),
        SessionError::Store(error) => super::store::store_error(language, error),
        SessionError::NothingToUndo => language.text("reason.nothing_to_undo").into_owned(),
        SessionError::NothingToRedo => language.text("reason.nothing_to_redo").into_owned(),
    }
}
