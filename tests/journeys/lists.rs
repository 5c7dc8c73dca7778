//! What stands in a list, from top to bottom.

use super::Window;
use egui::accesskit::{Role, Toggled};
use egui_kittest::kittest::NodeT;

impl Window {
    /// The names of the buttons whose name holds `part`, from top to bottom.
    pub fn buttons_with(&self, part: &str) -> Vec<String> {
        let buttons = self.listed(Role::Button, part).into_iter();
        buttons.map(|(name, _)| name).collect()
    }

    /// Whether each box whose name holds `part` is ticked, from top to bottom.
    pub fn boxes_with(&self, part: &str) -> Vec<bool> {
        let boxes = self.listed(Role::CheckBox, part).into_iter();
        boxes.map(|(_, on)| on == Some(Toggled::True)).collect()
    }

    fn listed(&self, role: Role, part: &str) -> Vec<(String, Option<Toggled>)> {
        let all = self.harness.root().children_recursive();
        let mut found: Vec<_> = all
            .filter(|node| node.accesskit_node().role() == role)
            .filter_map(|node| {
                let name = node.accesskit_node().label()?;
                let toggled = node.accesskit_node().toggled();
                name.contains(part)
                    .then(|| (node.rect().top(), (name, toggled)))
            })
            .collect();
        found.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        found.into_iter().map(|(_, found)| found).collect()
    }
}
