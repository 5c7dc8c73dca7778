"""Writes src/ui/icons.rs for the icons of icons.txt; prints their code points for the cut."""

import re
import sys

icons_txt, style_css, icons_rs = sys.argv[1:]
with open(style_css, encoding="utf-8") as file:
    points = dict(re.findall(r'\.ph\.ph-([a-z0-9-]+):before\s*{\s*content: "\\([0-9a-f]+)"', file.read()))
with open(icons_txt, encoding="utf-8") as file:
    icons = [line.split() for line in file if line.strip() and not line.startswith("#")]

lines = [
    "//! The icons of the shipped Phosphor font, by what they mean here.",
    "//! Written by assets/fonts/make.sh from assets/fonts/icons.txt: change that list instead.",
    "",
    '/// The cut Phosphor font (MIT).',
    'pub const FONT: &[u8] = include_bytes!("../../assets/fonts/phosphor.ttf");',
    "",
]
lines += [f'pub const {name.upper()}: &str = "\\u{{{points[icon]}}}";' for name, icon in icons]
with open(icons_rs, "w", encoding="utf-8", newline="\n") as file:
    file.write("\n".join(lines) + "\n")
print("\n".join(points[icon] for _, icon in icons))
