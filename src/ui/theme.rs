//! The one palette of the window: every colour that means something is named here, once, for light
//! and dark. No colour stands alone: whoever uses one also shows a sign, a word or a pattern.

use crate::model::{Batch, Ramp, Severity, Willingness};
use egui::Color32;

/// Sizes, in points.
pub const ICON_SIZE: f32 = 18.0;
pub const TOOL_HEIGHT: f32 = 34.0;
pub const MAP_LABEL_SIZE: f32 = 13.0;
pub const SMALL_SIZE: f32 = 11.5;
pub const TITLE_SIZE: f32 = 34.0;
pub const DIALOG_WIDTH: f32 = 560.0;
/// Of the sheet of keys: three columns.
pub const SHEET_WIDTH: f32 = 1120.0;
pub const VERB_WIDTH: f32 = 280.0;
pub const KEY_WIDTH: f32 = 96.0;
/// Title bar and margins around the sheet of keys.
pub const SHEET_SURROUNDINGS: f32 = 90.0;
pub const KEYS_HEIGHT: f32 = 380.0;
pub const PALETTE_HEIGHT: f32 = 420.0;
pub const LEFT_WIDTH: f32 = 360.0;
pub const RIGHT_WIDTH: f32 = 380.0;
pub const CONTROLS_WIDTH: f32 = 290.0;
pub const RANKING_WIDTH: f32 = 720.0;
/// What is told of the selected estate below the ranking.
pub const DETAIL_HEIGHT: f32 = 170.0;
/// A map narrower than this folds its legend until somebody unfolds it.
pub const LEGEND_ROOM: f32 = 360.0;
pub const CHARTS_HEIGHT: f32 = 250.0;
/// Of the page of a project.
pub const PROJECT_WIDTH: f32 = 430.0;
pub const LISTS_HEIGHT: f32 = 180.0;
/// A text box beside its label in the dialog of basemaps.
pub const ADDRESS_WIDTH: f32 = 320.0;
/// The menu bar and the tool bar.
pub const BARS_HEIGHT: f32 = 72.0;
/// Room for the layers of the basemap before they scroll.
pub const LAYERS_HEIGHT: f32 = 420.0;
/// Room for the values of a rule pack before they scroll, and for one of them.
pub const RULES_HEIGHT: f32 = 360.0;
/// What an edited ledger asks for.
pub const LEDGER_HEIGHT: f32 = 320.0;
pub const RULE_NAME_WIDTH: f32 = 220.0;
pub const RULE_VALUE_WIDTH: f32 = 120.0;
pub const PROGRESS_WIDTH: f32 = 140.0;
/// The side of a photo in a strip.
pub const PHOTO_CARD: f32 = 84.0;
/// Of a line with a text box, so that its label stands in the middle.
pub const BOX_HEIGHT: f32 = 28.0;
pub const BADGE_RADIUS: f32 = 6.0;
pub const START_BUTTON_WIDTH: f32 = 280.0;
pub const WINDOW_SIZE: [f32; 2] = [1280.0, 800.0];
pub const LEAST_WINDOW_SIZE: [f32; 2] = [900.0, 600.0];

/// The text sizes of the whole window, on one scale, and the outline of its controls.
pub fn apply(context: &egui::Context) {
    use egui::{FontFamily, FontId, TextStyle};
    context.all_styles_mut(|style| {
        let sizes = [
            (TextStyle::Small, SMALL_SIZE),
            (TextStyle::Body, 14.0),
            (TextStyle::Button, 14.0),
            (TextStyle::Heading, 19.0),
        ];
        for (text_style, size) in sizes {
            let font = FontId::new(size, FontFamily::Proportional);
            style.text_styles.insert(text_style, font);
        }
        let monospace = FontId::new(13.0, FontFamily::Monospace);
        style.text_styles.insert(TextStyle::Monospace, monospace);
        style.spacing.item_spacing = egui::vec2(8.0, 5.0);
        style.spacing.button_padding = egui::vec2(8.0, 4.0);
        // In light mode the ground of a box or a button is nearly the panel's.
        let widgets = &mut style.visuals.widgets;
        widgets.inactive.bg_stroke = widgets.noninteractive.bg_stroke;
    });
    // egui's own grey is too faint for small Chinese type on a dark ground.
    context.style_mut_of(egui::Theme::Dark, |style| {
        style.visuals.widgets.noninteractive.fg_stroke.color = DARK_TEXT;
    });
}

/// The colours of one mode.
pub struct Palette {
    /// Intact … missing. A yellow-to-brown sequence that falls in lightness all the way, so that
    /// colour-blind eyes and black-and-white prints keep the order.
    pub severity: [Color32; 4],
    /// Nobody looked yet: grey, always with hatching or a question mark.
    pub not_surveyed: Color32,
    /// Up to 1980, the eighties, to 1999, the cut-off year 2000, later.
    pub year_bands: [Color32; 5],
    /// Strong, fair, weak.
    pub willingness: [Color32; 3],
    /// Not started, partly, complete.
    pub progress: [Color32; 3],
    /// Recognised, not, undetermined: blue and orange, which colour-blind eyes keep apart.
    pub verdicts: [Color32; 3],
    /// Implement, planned, reserve, not admitted: green-blue to brown, darkest first.
    pub batches: [Color32; 4],
    /// Values that have no order, five that colour-blind eyes keep apart.
    pub categories: [Color32; 5],
    /// Steps of a count or a score, least first, in each of the ramps.
    pub ramps: [[Color32; 5]; 3],
    /// By willingness (strong first) and need (least first): bluer the more willing, redder the
    /// more in need, which eyes without red or green still tell apart.
    pub willingness_need: [[Color32; 3]; 3],
    /// The outline of an estate that the plan takes in.
    pub chosen: Color32,
    /// The outline of an estate where nothing else is said.
    pub outline: Color32,
    /// The inside of a building.
    pub building: Color32,
    /// A record inside another, which counts it.
    pub contained: Color32,
    pub selection: Color32,
    pub hover: Color32,
    /// The two records of a pair under review.
    pub first: Color32,
    pub second: Color32,
    /// What a corner is drawn to.
    pub snap: Color32,
    /// A ring being drawn, and a ring that crosses itself.
    pub sketch: Color32,
    pub invalid: Color32,
    pub handle: Color32,
    /// A register row that waits for its boundary.
    pub waiting: Color32,
    pub district: Color32,
    /// Where the surveyor stands.
    pub me: Color32,
    /// Layers of others: told from the estates' colours, and from each other by colour-blind eyes
    /// as light and dark.
    pub references: [Color32; 4],
    /// Signed list, nil return, nothing yet, contradicted: blue to red, which colour-blind eyes
    /// keep apart, always with a sign and a pattern.
    pub communities: [Color32; 4],
    pub finding: Color32,
    /// A warning, and evidence that speaks against.
    pub caution: Color32,
    pub label: Color32,
    /// Around labels, so that they read on any map.
    pub halo: Color32,
    /// Where no map tile lies.
    pub ground: Color32,
    /// Behind what floats on the map.
    pub float: Color32,
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

const DARK_TEXT: Color32 = rgb(0xc4c6c9);

/// What a class means keeps its colour in both modes: a surveyor who switches at dusk must not
/// learn the map anew.
static LIGHT: Palette = Palette {
    severity: [rgb(0xfff3b0), rgb(0xfec44f), rgb(0xd95f0e), rgb(0x7f2704)],
    not_surveyed: rgb(0x8a8a8a),
    year_bands: [
        rgb(0x3f007d),
        rgb(0x7a5fb5),
        rgb(0xb9b3dc),
        rgb(0xfdae61),
        rgb(0x9ed9d0),
    ],
    willingness: [rgb(0x08519c), rgb(0x6baed6), rgb(0xd0e1f2)],
    progress: [rgb(0xe6cf9a), rgb(0x80cdc1), rgb(0x01665e)],
    verdicts: [rgb(0x2166ac), rgb(0xf4a582), rgb(0xbdbdbd)],
    batches: [rgb(0x01665e), rgb(0x80cdc1), rgb(0xe9d8a6), rgb(0xa6611a)],
    categories: [
        rgb(0x56b4e9),
        rgb(0xe69f00),
        rgb(0x00674b),
        rgb(0xf0e442),
        rgb(0x7b3294),
    ],
    ramps: [
        [
            rgb(0xffffd4),
            rgb(0xfed98e),
            rgb(0xfe9929),
            rgb(0xcc4c02),
            rgb(0x662506),
        ],
        [
            rgb(0xeff3ff),
            rgb(0xbdd7e7),
            rgb(0x6baed6),
            rgb(0x2171b5),
            rgb(0x08306b),
        ],
        [
            rgb(0xf2f2f2),
            rgb(0xcccccc),
            rgb(0x969696),
            rgb(0x636363),
            rgb(0x252525),
        ],
    ],
    willingness_need: [
        [rgb(0x64acbe), rgb(0x627f8c), rgb(0x3f3540)],
        [rgb(0xb0d5df), rgb(0xad9ea5), rgb(0x8f4a58)],
        [rgb(0xe8e8e8), rgb(0xe4acac), rgb(0xc85a5a)],
    ],
    chosen: rgb(0x6a00a8),
    outline: rgb(0x3b3b3b),
    building: rgb(0xcdd6de),
    contained: rgb(0x777777),
    selection: rgb(0x0057d9),
    hover: rgb(0x111111),
    first: rgb(0x0057d9),
    second: rgb(0xb3007a),
    snap: rgb(0xb3007a),
    sketch: rgb(0x0057d9),
    invalid: rgb(0xd00000),
    handle: rgb(0xffffff),
    waiting: rgb(0xb35900),
    district: rgb(0x6a4c93),
    me: rgb(0x0050d8),
    references: [rgb(0x005f86), rgb(0x8a4f00), rgb(0x00715a), rgb(0x9c2f6f)],
    communities: [rgb(0x2166ac), rgb(0x5aa5cf), rgb(0xd98a3d), rgb(0xb2182b)],
    finding: rgb(0xb00020),
    caution: rgb(0x9a5b00),
    label: rgb(0x141414),
    halo: rgb(0xffffff),
    ground: rgb(0xeceae4),
    float: rgb(0xfbfbf9),
};

static DARK: Palette = Palette {
    severity: LIGHT.severity,
    not_surveyed: rgb(0x9a9a9a),
    year_bands: LIGHT.year_bands,
    willingness: LIGHT.willingness,
    progress: LIGHT.progress,
    verdicts: LIGHT.verdicts,
    categories: LIGHT.categories,
    batches: LIGHT.batches,
    ramps: LIGHT.ramps,
    willingness_need: LIGHT.willingness_need,
    chosen: rgb(0xffffff),
    outline: rgb(0x1c1c1c),
    building: rgb(0xaebccb),
    contained: rgb(0x9a9a9a),
    selection: rgb(0x2f8bff),
    hover: rgb(0xffffff),
    first: rgb(0x2f8bff),
    second: rgb(0xff5cc4),
    snap: rgb(0xff5cc4),
    sketch: rgb(0x2f8bff),
    invalid: rgb(0xff4d4d),
    handle: rgb(0xffffff),
    waiting: rgb(0xffa040),
    district: rgb(0xb79be0),
    me: rgb(0x5aa2ff),
    references: [rgb(0x74c7ec), rgb(0xf5bd6b), rgb(0x6fd8bb), rgb(0xf08fc4)],
    communities: LIGHT.communities,
    finding: rgb(0xff6b6b),
    caution: rgb(0xf0b34a),
    label: rgb(0xf4f4f4),
    halo: rgb(0x101010),
    ground: rgb(0x26282b),
    float: rgb(0x202225),
};

impl Palette {
    /// The palette of the mode that `visuals` draw in.
    pub fn of(visuals: &egui::Visuals) -> &'static Self {
        match visuals.dark_mode {
            true => &DARK,
            false => &LIGHT,
        }
    }

    pub fn severity(&self, severity: Option<Severity>) -> Color32 {
        match severity {
            Some(severity) => self.severity[usize::from(severity.degree())],
            None => self.not_surveyed,
        }
    }

    pub fn willingness(&self, willingness: Option<Willingness>) -> Color32 {
        match willingness {
            Some(Willingness::Strong) => self.willingness[0],
            Some(Willingness::Fair) => self.willingness[1],
            Some(Willingness::Weak) => self.willingness[2],
            None => self.not_surveyed,
        }
    }

    pub fn batch(&self, batch: Batch) -> Color32 {
        self.batches[batch as usize]
    }

    pub fn ramp(&self, ramp: Ramp) -> &[Color32; 5] {
        &self.ramps[ramp as usize]
    }

    /// Black or white, whichever reads better on `background`.
    pub fn ink_on(background: Color32) -> Color32 {
        match luminance(background) > 0.18 {
            true => rgb(0x141414),
            false => rgb(0xffffff),
        }
    }
}

/// Relative luminance by sRGB weights, 0 black .. 1 white; good enough to order colours.
fn luminance(color: Color32) -> f32 {
    let linear = |channel: u8| (f32::from(channel) / 255.0).powf(2.2);
    0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_of_severity_is_darker_than_the_one_before() {
        for palette in [&LIGHT, &DARK] {
            let lightness: Vec<_> = palette.severity.iter().map(|c| luminance(*c)).collect();
            assert!(
                lightness.windows(2).all(|pair| pair[0] > pair[1] + 0.05),
                "{lightness:?}"
            );
        }
    }

    #[test]
    fn each_step_of_a_ramp_is_darker_than_the_one_before() {
        for ramp in &LIGHT.ramps {
            let lightness: Vec<_> = ramp.iter().map(|c| luminance(*c)).collect();
            assert!(
                lightness.windows(2).all(|pair| pair[0] > pair[1] + 0.05),
                "{lightness:?}"
            );
        }
    }

    #[test]
    fn text_on_every_class_colour_has_contrast() {
        for palette in [&LIGHT, &DARK] {
            let classes = palette
                .severity
                .iter()
                .chain(&palette.year_bands)
                .chain(&palette.willingness)
                .chain(&palette.progress)
                .chain(&palette.verdicts)
                .chain(&palette.categories)
                .chain(&palette.batches)
                .chain(palette.ramps.iter().flatten())
                .chain(palette.willingness_need.iter().flatten());
            for background in classes {
                let (a, b) = (
                    luminance(*background),
                    luminance(Palette::ink_on(*background)),
                );
                let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                assert!(contrast >= 4.5, "{background:?}: {contrast}");
            }
        }
    }
}
