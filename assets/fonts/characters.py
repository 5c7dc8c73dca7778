"""Prints the characters the shipped font keeps: ASCII, GB2312, the signs of signs.txt, and
whatever else the names of Jiangxi's divisions and the program's own words need."""

import pathlib
import sys

root = pathlib.Path(sys.argv[1])
wanted = {chr(code) for code in range(0x20, 0x7F)}
for lead in range(0xA1, 0xF8):
    for trail in range(0xA1, 0xFF):
        wanted.update(bytes([lead, trail]).decode("gb2312", "ignore"))
texts = [root / "assets/fonts/signs.txt"]
texts += root.glob("data/divisions/*.csv")
texts += root.glob("assets/locales/*.yml")
for text in texts:
    wanted.update(text.read_text(encoding="utf-8"))
wanted -= {"\n", "\r", "\t", "\ufeff"}
print("".join(sorted(wanted)))
