//! The typeface that the program ships, for the window, for maps drawn here and for paper.

/// Noto Sans SC, cut to GB 2312.
pub static FONT: &[u8] = include_bytes!("../assets/fonts/NotoSansSC-GB2312.ttf");
