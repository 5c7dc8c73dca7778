//! Names for controls: what a screen reader says and a test asks for. An icon in front of a
//! button's text, or a label beside a box, is no name by itself.

use egui::{Response, Role, WidgetInfo};

/// Gives a control its name.
pub fn named(response: Response, role: Role, name: &str) -> Response {
    let enabled = response.enabled();
    response.widget_info(|| WidgetInfo::labeled(role, enabled, name));
    response
}
