//! What is switched on and off: all of it is kept in the preferences.

use crate::ui::app::App;
use crate::ui::preferences::Brightness;
use crate::ui::verb::Toggle;
use egui::Context;

impl App {
    pub(super) fn toggle(&mut self, toggle: Toggle, context: &Context) {
        match toggle {
            Toggle::DarkMode => {
                self.preferences.brightness = match self.preferences.brightness {
                    Brightness::Light => Brightness::Dark,
                    Brightness::Dark => Brightness::Light,
                };
            }
            Toggle::Tracing => self.view.tracing = self.view.tracing.other(),
            toggle => {
                if let Some(switch) = self.preferences.switch_mut(toggle) {
                    *switch = switch.other();
                }
            }
        }
        self.prefer(context);
    }
}
