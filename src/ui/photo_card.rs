//! A photo as a small card: its picture, or in a word why there is none.

use super::icons;
use super::pictures::{PictureSize, Pictures, Shown};
use super::signs;
use super::theme::{ICON_SIZE, Palette, SMALL_SIZE};
use crate::jobs::photos::FileState;
use crate::model::Photo;
use crate::words::Language;
use crate::words::photos as words;
use egui::{
    Align2, Color32, CornerRadius, FontId, Painter, Rect, Response, Role, Sense, Stroke,
    StrokeKind, TextureHandle, Ui, Vec2, WidgetInfo, pos2, vec2,
};

/// A card to click on. Its name is the photo's, with what is wrong with its file.
pub fn card(
    ui: &mut Ui,
    pictures: &Pictures,
    photo: &Photo,
    side: f32,
    language: Language,
) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(side), Sense::click());
    let shown = pictures.show(photo, PictureSize::Thumbnail);
    let mut name = words::photo_name(photo);
    if let Shown::Not(state) = &shown {
        let [word, _] = words::file_state_texts(language, state, &photo.picture().name());
        name = format!("{name}: {word}");
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &name));
    if ui.is_rect_visible(rect) {
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        paint(&painter, rect, &shown, photo, language, Fit::Cover);
        let stroke = match response.has_focus() {
            true => signs::focus_ring(ui.visuals()),
            false => ui.style().interact(&response).bg_stroke,
        };
        painter.rect_stroke(rect, CornerRadius::same(3), stroke, StrokeKind::Inside);
    }
    response.on_hover_ui(|ui| about(ui, photo, &shown, language))
}

/// What hovering tells.
pub fn about(ui: &mut Ui, photo: &Photo, shown: &Shown, language: Language) {
    ui.strong(words::photo_name(photo));
    if !photo.note.is_empty() {
        ui.label(&photo.note);
    }
    if let Shown::Not(state) = shown {
        let [_, sentence] = words::file_state_texts(language, state, &photo.picture().name());
        ui.colored_label(Palette::of(ui.visuals()).finding, sentence);
    }
}

/// How a picture stands in a frame of another shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// The whole picture.
    Contain,
    /// The whole frame: the picture's edges are cut.
    Cover,
}

/// Fills `rect` with the picture, or with a sign and a word.
pub fn paint(
    painter: &Painter,
    rect: Rect,
    shown: &Shown,
    photo: &Photo,
    language: Language,
    fit: Fit,
) {
    let visuals = painter
        .ctx()
        .style_of(painter.ctx().theme())
        .visuals
        .clone();
    painter.rect_filled(rect, 3.0, visuals.faint_bg_color);
    match shown {
        Shown::Here(texture) => picture(painter, rect, texture, fit),
        Shown::Coming => sign(painter, rect, icons::IMAGE, "", visuals.weak_text_color()),
        Shown::Not(state) => {
            let [word, _] = words::file_state_texts(language, state, &photo.picture().name());
            let palette = Palette::of(&visuals);
            // A picture that is whole and only not shown here is no trouble.
            let (icon, color) = match state {
                FileState::NoPreview(_) => (icons::IMAGE, visuals.text_color()),
                _ => (icons::WARNING, palette.finding),
            };
            sign(painter, rect, icon, &word, color);
            painter.rect_stroke(rect, 3.0, Stroke::new(1.0, color), StrokeKind::Inside);
        }
    }
}

fn picture(painter: &Painter, rect: Rect, texture: &TextureHandle, fit: Fit) {
    let size = texture.size_vec2();
    let shares = rect.size() / size.max(Vec2::splat(1.0));
    let (rect, uv) = match fit {
        Fit::Contain => {
            let scale = shares.min_elem().min(1.0);
            (Rect::from_center_size(rect.center(), size * scale), WHOLE)
        }
        Fit::Cover => {
            let seen = rect.size() / (size * shares.max_elem());
            (rect, Rect::from_center_size(pos2(0.5, 0.5), seen))
        }
    };
    painter.image(texture.id(), rect, uv, Color32::WHITE);
}

const WHOLE: Rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));

fn sign(painter: &Painter, rect: Rect, icon: &str, word: &str, color: Color32) {
    let middle = rect.center();
    let icon_font = FontId::proportional(ICON_SIZE * 1.4);
    let (above, below) = (middle - vec2(0.0, 8.0), middle + vec2(0.0, 14.0));
    painter.text(above, Align2::CENTER_CENTER, icon, icon_font, color);
    let font = FontId::proportional(SMALL_SIZE);
    painter.text(below, Align2::CENTER_CENTER, word, font, color);
}
