"""The overlap join of shapely and DuckDB on a generated survey: pairs with IoU >= 0.3.

Loading is not counted, neither here nor in ours. Areas are in degrees: ratios are the same.
"""

import sys
import time

import duckdb
import numpy
import orjson
import pandas
import shapely
from duckdb_extensions import import_extension

with open(sys.argv[1], "rb") as file:
    features = orjson.loads(file.read())["features"]
shapes = shapely.polygons(
    [shapely.linearrings(feature["geometry"]["coordinates"][0]) for feature in features]
)


def timed(name, join):
    wall, cpu = time.perf_counter(), time.process_time()
    pairs = join()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"  {name:32} {wall:8.3f} s  CPU {cpu:8.3f} s  {pairs} pairs")


def with_shapely():
    tree = shapely.STRtree(shapes)
    one, other = tree.query(shapes, predicate="intersects")
    later = one < other
    one, other = shapes[one[later]], shapes[other[later]]
    shared = shapely.area(shapely.intersection(one, other))
    iou = shared / (shapely.area(one) + shapely.area(other) - shared)
    return int(numpy.count_nonzero(iou >= 0.3))


timed(f"shapely {shapely.__version__}, 1 thread", with_shapely)

import_extension("spatial")
connection = duckdb.connect()
connection.execute("LOAD spatial; SET threads TO 1")
table = {"id": numpy.arange(len(shapes)), "shape": shapely.to_wkb(shapes)}
connection.register("incoming", pandas.DataFrame(table))
connection.execute(
    "CREATE TABLE estate AS SELECT id, ST_GeomFromWKB(shape) AS geom FROM incoming"
)
# The ids are compared afterwards: beside them in the join, it tries every pair.
JOIN = """
WITH met AS MATERIALIZED (
  SELECT a.id AS one, b.id AS other, a.geom AS geom, b.geom AS other_geom
  FROM estate a JOIN estate b ON ST_Intersects(a.geom, b.geom)
)
SELECT count(*) FROM (
  SELECT ST_Area(ST_Intersection(geom, other_geom)) AS shared,
         ST_Area(geom) + ST_Area(other_geom) AS together
  FROM met WHERE one < other
) WHERE shared >= 0.3 * (together - shared)
"""
timed(f"DuckDB {duckdb.__version__}, 1 thread", lambda: connection.execute(JOIN).fetchone()[0])
