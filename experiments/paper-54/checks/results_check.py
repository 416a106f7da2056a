"""What both independent checks share: the manifest, named failures, the page's tables, comparison cell by cell."""
import json
import math
import sys

with open(sys.argv[1], encoding="utf8") as file:
    manifest = json.load(file)
inputs = manifest["inputs"]
tolerance = manifest["params"]["tolerance"]


def fail(name, message, hint, details):
    with open(manifest["error"], "w", encoding="utf8") as file:
        json.dump({"name": name, "message": message, "hint": hint, "details": details}, file)
    sys.exit(1)


def table_of(name, table):
    """A table as its stage wrote it: cells may hold their null."""
    with open(inputs[name]["result"], encoding="utf8") as file:
        results = json.load(file)["results"]
    return next(result for result in results if result["id"] == table)


def published(name, table):
    # A cell with a null beside it holds its figure as `value`.
    rows = table_of(name, table)["rows"]
    return [{column: cell["value"] if isinstance(cell, dict) else cell for column, cell in row.items()} for row in rows]


def compare(table, rows, ours, unit="row"):
    """A row of the table, and the largest difference of its cells."""
    if len(rows) != len(ours):
        fail("IndependentCheckFailed", f"'{table}' has {len(rows)} rows, and the weights give {len(ours)}.",
             "look at the stage that wrote the table.", [])
    largest = 0.0
    for column in ours[0]:
        scale = max(abs(row[column]) for row in ours)
        for layer, (theirs, row) in enumerate(zip(rows, ours)):
            received = theirs.get(column)
            is_number = isinstance(received, float | int) and math.isfinite(received)
            difference = abs(received - row[column]) / scale if is_number else math.inf
            if not difference <= tolerance:
                fail(
                    "IndependentCheckFailed",
                    f"'{table}', {unit} {layer}, {column}: numpy finds another value in the same weights.",
                    "one of the two computations is wrong, or they read different weights: compare the analysis with what checks/ computes.",
                    [f"expected {row[column]!r} (numpy), received {received!r} (the page)",
                     f"difference {difference:.3g} of the column's largest, tolerance {tolerance:.3g}"],
                )
            largest = max(largest, difference)
    return {"table": table, "cells": len(ours) * len(ours[0]), "tolerance": tolerance}, largest


def read(name, output, reader):
    try:
        return reader(inputs[name][output])
    except ValueError as error:
        fail("WeightsUnusable", f"{error}.", "look at the run that wrote these weights.", [])


def write(table, found, run):
    """@param found a row and the largest difference of each table"""
    # The noise of rounding differs from machine to machine: it is kept, and not printed.
    with open(manifest["outputs"]["differences"], "w", encoding="utf8") as file:
        json.dump({row["table"]: largest for row, largest in found}, file)
    columns = [{"id": "table", "unit": None}, {"id": "cells", "unit": "1"}, {"id": "tolerance", "unit": "1"}]
    result = {"kind": "table", "id": table, "run": run, "columns": columns, "rows": [row for row, _ in found]}
    with open(manifest["outputs"]["result"], "w", encoding="utf8") as file:
        json.dump({"results": [result]}, file)
