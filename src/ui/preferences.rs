//! What a user prefers on this laptop, kept outside every survey file.

use super::basemap::settings::BasemapSettings;
use super::keymap::Keymap;
use super::my_position::PositionSetting;
use super::references::settings::ReferenceSetting;
use super::verb::{Toggle, Verb};
use crate::model::{ListColumn, MapLook};
use crate::words::Language;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    pub language: Language,
    pub brightness: Brightness,
    pub look: MapLook,
    /// Tiles from the network: off until the user turns them on.
    pub online_tiles: Switch,
    pub basemap: BasemapSettings,
    /// Layers of others over it.
    pub references: Vec<ReferenceSetting>,
    pub position: PositionSetting,
    pub drawing: DrawingAids,
    /// After an estate is done, on to the next.
    pub auto_advance: Switch,
    pub photo_positions: Switch,
    pub buildings: Switch,
    /// The grid of what was searched.
    pub searched_cells: Switch,
    /// Who is written into the history; `None` is who the system says.
    pub author: Option<String>,
    pub keys: Keymap,
    /// The columns of the list.
    pub columns: Vec<ListColumn>,
    /// Where new photos were last watched for.
    pub watched_folder: Option<PathBuf>,
    /// Surveys opened before, newest first.
    pub recent: Vec<PathBuf>,
    /// Used in the palette, latest first: names of verbs.
    pub recent_verbs: Vec<String>,
    /// What another version of this program keeps here.
    #[serde(flatten)]
    pub other: BTreeMap<String, serde_json::Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Brightness {
    Light,
    Dark,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Switch {
    #[default]
    Off,
    On,
}

impl Switch {
    pub fn is_on(self) -> bool {
        self == Self::On
    }

    pub fn other(self) -> Self {
        match self {
            Self::Off => Self::On,
            Self::On => Self::Off,
        }
    }
}

/// As a checkbox says it.
impl From<bool> for Switch {
    fn from(is_on: bool) -> Self {
        match is_on {
            true => Self::On,
            false => Self::Off,
        }
    }
}

/// What helps the hand while it draws.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DrawingAids {
    pub snapping: Switch,
    /// How near, in points on the screen, a corner is drawn to a target.
    pub snap_points: f32,
    /// A new boundary is clipped to its neighbours.
    pub avoid_overlap: Switch,
    /// A corner that neighbours share moves for all of them.
    pub shared_borders: Switch,
}

impl Default for DrawingAids {
    fn default() -> Self {
        Self {
            snapping: Switch::On,
            snap_points: 10.0,
            avoid_overlap: Switch::Off,
            shared_borders: Switch::Off,
        }
    }
}

const RECENT: usize = 8;

impl Default for Preferences {
    fn default() -> Self {
        Self {
            language: Language::English,
            brightness: Brightness::Light,
            look: MapLook::default(),
            online_tiles: Switch::Off,
            basemap: BasemapSettings::default(),
            references: Vec::new(),
            position: PositionSetting::default(),
            drawing: DrawingAids::default(),
            auto_advance: Switch::On,
            photo_positions: Switch::On,
            buildings: Switch::On,
            searched_cells: Switch::Off,
            author: None,
            keys: Keymap::default(),
            columns: ListColumn::DEFAULT.to_vec(),
            watched_folder: None,
            recent: Vec::new(),
            recent_verbs: Vec::new(),
            other: BTreeMap::new(),
        }
    }
}

impl Preferences {
    /// What a first start uses: the system's language, everything else as shipped.
    pub fn of_system() -> Self {
        Self {
            language: Language::of_system(sys_locale::get_locale().as_deref()),
            ..Self::default()
        }
    }

    /// The file of this laptop's preferences, where the system has a place for such files.
    pub fn file() -> Option<PathBuf> {
        directories::ProjectDirs::from("", "", "jiugai")
            .map(|folders| folders.config_dir().join("preferences.json"))
    }

    /// Where what can be fetched again is kept, where the system has a place for such files.
    pub fn cache_folder() -> Option<PathBuf> {
        directories::ProjectDirs::from("", "", "jiugai")
            .map(|folders| folders.cache_dir().join("tiles"))
    }

    /// Reads preferences; what is missing or spoilt is as on a first start.
    pub fn load(path: &Path) -> Self {
        std::fs::read_to_string(path)
            .ok()
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_else(Self::of_system)
    }

    /// Writes preferences to a temporary name and renames it. Only their owner may read them:
    /// there can be tokens among them.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn save(&self, path: &Path) -> std::io::Result<()> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let temporary = path.with_extension("tmp");
        write_for_owner(&temporary, serde_json::to_string_pretty(self)?.as_bytes())?;
        std::fs::rename(temporary, path)
    }

    /// The switch behind a verb; `None` where it is no plain switch.
    pub fn switch_mut(&mut self, toggle: Toggle) -> Option<&mut Switch> {
        match toggle {
            Toggle::Snapping => Some(&mut self.drawing.snapping),
            Toggle::AvoidOverlap => Some(&mut self.drawing.avoid_overlap),
            Toggle::SharedBorders => Some(&mut self.drawing.shared_borders),
            Toggle::AutoAdvance => Some(&mut self.auto_advance),
            Toggle::PhotoPositions => Some(&mut self.photo_positions),
            Toggle::Buildings => Some(&mut self.buildings),
            Toggle::SearchedCells => Some(&mut self.searched_cells),
            Toggle::MyPosition => Some(&mut self.position.shown),
            Toggle::OnlineTiles => Some(&mut self.online_tiles),
            Toggle::Tracing | Toggle::DarkMode => None,
        }
    }

    /// Whether what the verb switches is on.
    pub fn is_on(&self, toggle: Toggle) -> bool {
        match toggle {
            Toggle::DarkMode => self.brightness == Brightness::Dark,
            toggle => self
                .clone()
                .switch_mut(toggle)
                .is_some_and(|switch| switch.is_on()),
        }
    }

    /// A verb was chosen in the palette.
    pub fn remember_verb(&mut self, verb: Verb) {
        self.recent_verbs.retain(|recent| recent != verb.key());
        self.recent_verbs.insert(0, verb.key().to_owned());
        self.recent_verbs.truncate(RECENT);
    }

    pub fn remember(&mut self, survey: &Path) {
        self.recent.retain(|recent| recent != survey);
        self.recent.insert(0, survey.to_owned());
        self.recent.truncate(RECENT);
    }
}

/// Writes a file that nobody but its owner may read. On Windows the folder of a user's settings
/// is closed to other users already.
fn write_for_owner(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    std::io::Write::write_all(&mut file, content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preferences_come_back_and_a_spoilt_file_is_no_obstacle() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("设置 1").join("preferences.json");
        let mut preferences = Preferences {
            brightness: Brightness::Dark,
            ..Preferences::default()
        };
        for survey in ["一.gpkg", "二.gpkg", "一.gpkg"] {
            preferences.remember(Path::new(survey));
        }
        preferences.save(&path).unwrap();
        assert_eq!(Preferences::load(&path), preferences);
        assert_eq!(preferences.recent.len(), 2);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = path.metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "others could read a token");
        }

        std::fs::write(&path, "{").unwrap();
        assert!(Preferences::load(&path).recent.is_empty());
    }
}
