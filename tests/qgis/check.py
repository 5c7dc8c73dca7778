#!/usr/bin/env python3
"""Whether GDAL (through pyogrio) and QGIS read exports as they should.

    JIUGAI_EXPORTS=/tmp/exports cargo test --test exports -- --ignored
    python3 tests/qgis/check.py /tmp/exports

Needs `pip install pyogrio`, and `apt-get install python3-qgis` (some 600 MB: too much for every run of
.ci/run). What is not installed is skipped, with a line that says so. Ends with 1 where something is
not as it should be.
"""

import json
import os
import sys
import warnings
from pathlib import Path

KEYS = ["name", "community_code", "households", "build_year", "floor_area_m2", "residential", "locality"]
SHORT = ["name", "community", "households", "build_year", "floor_area", "residentia", "locality"]
HEADINGS = ["小区名称", "社区代码", "户数（户）", "建成年份", "建筑面积（㎡）", "是否住宅小区", "城乡类别"]
CGCS2000, WGS84 = "EPSG:4490", "EPSG:4326"
POLYGON, POINT, ANY = "Polygon", "Point", ""

# File, layer, records, geometry, fields, system. A workbook and a table of text name no system.
LAYERS = [
    ("estates.geojson", "estate", 3, ANY, KEYS, CGCS2000),
    ("estates.gpkg", "estate", 1, POLYGON, KEYS, CGCS2000),
    ("estates.gpkg", "estate_point", 2, POINT, KEYS, CGCS2000),
    ("estates.shp", "estates", 1, POLYGON, SHORT, CGCS2000),
    ("estates_point.shp", "estates_point", 2, POINT, SHORT, CGCS2000),
    # The name of a placemark is an element of its own.
    ("estates.kml", None, 3, ANY, KEYS[1:], WGS84),
    ("estates.csv", "estates", 3, ANY, HEADINGS, None),
    ("estates.xlsx", "小区", 3, None, HEADINGS, None),
]

complaints = []


def check(is_so, what):
    if not is_so:
        complaints.append(what)


def with_pyogrio(folder):
    try:
        import pyogrio
    except ImportError:
        print("skipped: pyogrio is not installed")
        return
    print(f"pyogrio {pyogrio.__version__}, GDAL {pyogrio.__gdal_version_string__}")
    # GDAL's warnings arrive as warnings of Python.
    warnings.simplefilter("error")
    for file, layer, count, geometry, fields, system in LAYERS:
        path, what = folder / file, f"pyogrio {file} {layer}"
        try:
            info = pyogrio.read_info(path, layer=layer, force_feature_count=True)
            _, _, places, _ = pyogrio.raw.read(path, layer=layer)
        except Exception as error:
            check(False, f"{what}: {error}")
            continue
        check(info["features"] == count, f"{what}: {info['features']} features")
        missing = [field for field in fields if field not in list(info["fields"])]
        check(not missing, f"{what}: no fields {missing} in {list(info['fields'])}")
        check(system is None or info["crs"] == system, f"{what}: {info['crs']}")
        if geometry is not None:
            check(geometry in str(info["geometry_type"]) or not geometry, f"{what}: {info['geometry_type']}")
            check(len(places) == count, f"{what}: {len(places)} places")
        print(f"  {file} {layer or ''}: {info['features']} features, {info['crs']}, {info['geometry_type']}")


def with_qgis(folder):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from osgeo import gdal
        from qgis.core import Qgis, QgsApplication, QgsVectorLayer
    except ImportError:
        print("skipped: python3-qgis is not installed")
        return
    print(f"QGIS {Qgis.QGIS_VERSION}")
    application = QgsApplication([], False)
    application.initQgis()
    said = []
    gdal.SetErrorHandler(lambda level, number, text: said.append(f"GDAL: {text}"))
    application.messageLog().messageReceived.connect(
        lambda text, tag, level: said.append(f"{tag}: {text}") if level >= Qgis.Warning else None
    )
    for file, name, count, geometry, fields, system in LAYERS:
        what = f"QGIS {file} {name}"
        source = str(folder / file) + (f"|layername={name}" if name else "")
        layer = QgsVectorLayer(source, name or file, "ogr")
        check(layer.isValid(), f"{what}: no layer")
        features = list(layer.getFeatures())
        check(len(features) == count, f"{what}: {len(features)} features")
        found = [field.name() for field in layer.fields()]
        missing = [field for field in fields if field not in found]
        check(not missing, f"{what}: no fields {missing} in {found}")
        check(system is None or layer.crs().authid() == system, f"{what}: {layer.crs().authid()}")
        shapes = [feature.geometry() for feature in features if feature.hasGeometry()]
        check(all(shape.isGeosValid() for shape in shapes), f"{what}: a shape is not valid")
        if file.endswith(".gpkg"):
            with_style(layer, what)
        print(f"  {file} {name or ''}: {len(features)} features, {layer.crs().authid()}")
    check(not said, f"QGIS said: {said}")


def with_style(layer, what):
    """What only a GeoPackage brings along: labels, headings, words for coded values, colours."""
    message, is_loaded = layer.loadDefaultStyle()
    check(is_loaded, f"{what}: {message}")
    check(layer.labelsEnabled(), f"{what}: no labels")
    if layer.labeling():
        check(layer.labeling().settings().fieldName == "name", f"{what}: labels of another field")
    for key, heading in zip(KEYS, HEADINGS):
        index = layer.fields().indexOf(key)
        shown = layer.attributeDisplayName(index)
        check(shown == heading, f"{what}: {key} is called {shown}")
    widget = layer.editorWidgetSetup(layer.fields().indexOf("locality"))
    words = json.dumps(widget.config(), ensure_ascii=False)
    check(widget.type() == "ValueMap" and "城市" in words, f"{what}: {widget.type()} {words}")
    symbol = layer.renderer().symbol() if hasattr(layer.renderer(), "symbol") else None
    check(symbol is not None and symbol.color().name() == "#fed98e", f"{what}: not our colour")


def main():
    folder = Path(sys.argv[1])
    with_pyogrio(folder)
    with_qgis(folder)
    for complaint in complaints:
        print(f"NOT AS IT SHOULD BE: {complaint}")
    print("all as it should be" if not complaints else f"{len(complaints)} complaints")
    # QGIS 3.22 falls over its own layers where Python takes them down one by one.
    sys.stdout.flush()
    os._exit(1 if complaints else 0)


main()
