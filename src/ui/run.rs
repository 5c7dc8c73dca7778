//! Opening the window, or saying in a sentence why it cannot be opened.

use super::app::{App, Start};
use super::files::SystemDialogs;
use super::preferences::Preferences;
use crate::session::Author;
use crate::words::Language;
use std::path::PathBuf;

/// Why there is no window. Sentences: locale files, `window.<key>`.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    /// Neither X11 nor Wayland is there to draw on.
    #[error("no display")]
    NoDisplay,
    /// The window system's keyboard library, which winit loads when it starts.
    #[error("{0} could not be loaded")]
    NoLibrary(&'static str),
    #[error("the window could not be opened: {0}")]
    Graphics(#[from] eframe::Error),
}

/// Opens the window and returns when it is closed. `asked` is the language that this start asks
/// for; without it, the one preferred here.
///
/// # Errors
/// [`WindowError`] where there is no display, or nothing that draws.
pub fn run(survey: Option<PathBuf>, asked: Option<Language>) -> Result<(), WindowError> {
    if !has_display() {
        return Err(WindowError::NoDisplay);
    }
    if let Some(library) = missing_library() {
        return Err(WindowError::NoLibrary(library));
    }
    let preferences_file = Preferences::file();
    let mut preferences = match &preferences_file {
        Some(file) => Preferences::load(file),
        None => Preferences::of_system(),
    };
    preferences.language = asked.unwrap_or(preferences.language);
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title(preferences.language.text("app.name"))
            .with_inner_size(super::theme::WINDOW_SIZE)
            .with_min_inner_size(super::theme::LEAST_WINDOW_SIZE)
            .with_app_id("jiugai"),
        ..Default::default()
    };
    eframe::run_native(
        "jiugai",
        options,
        Box::new(move |creation| {
            let start = Start {
                survey,
                preferences,
                preferences_file,
                files: Box::new(SystemDialogs),
                author: Author::of_system(),
                tile_cache: Preferences::cache_folder(),
            };
            Ok(Box::new(App::new(creation, start)?))
        }),
    )?;
    Ok(())
}

/// Whether there is anything to open a window on. Windows and macOS always have a desktop.
pub fn has_display() -> bool {
    if cfg!(any(windows, target_os = "macos")) {
        return true;
    }
    is_wayland() || is_set("DISPLAY")
}

/// Where winit prefers Wayland to X11.
fn is_wayland() -> bool {
    is_set("WAYLAND_DISPLAY") || is_set("WAYLAND_SOCKET")
}

fn is_set(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|value| !value.is_empty())
}

/// winit panics where one of these cannot be loaded; every other absence it reports itself.
#[cfg(all(unix, not(target_os = "macos")))]
fn missing_library() -> Option<&'static str> {
    if xkbcommon_dl::xkbcommon_option().is_none() {
        return Some("libxkbcommon");
    }
    if !is_wayland() && xkbcommon_dl::x11::xkbcommon_x11_option().is_none() {
        return Some("libxkbcommon-x11");
    }
    None
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn missing_library() -> Option<&'static str> {
    None
}
