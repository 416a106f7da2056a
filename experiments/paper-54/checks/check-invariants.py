"""
Computes Paper 54's invariants anew from the published weights, and fails where the results of the page differ.

A difference is relative to the largest magnitude in its column: near zero (a correlation) a relative difference of
the cell itself measures rounding alone.
"""
import json
import math
import sys

import invariants
from weights_file import read_projections

with open(sys.argv[1], encoding="utf8") as file:
    manifest = json.load(file)
inputs = manifest["inputs"]
tolerance = manifest["params"]["tolerance"]


def fail(name, message, hint, details):
    with open(manifest["error"], "w", encoding="utf8") as file:
        json.dump({"name": name, "message": message, "hint": hint, "details": details}, file)
    sys.exit(1)


def published(name, table):
    with open(inputs[name]["result"], encoding="utf8") as file:
        results = json.load(file)["results"]
    rows = next(result for result in results if result["id"] == table)["rows"]
    # A cell with a null beside it holds its figure as `value`.
    return [{column: cell["value"] if isinstance(cell, dict) else cell for column, cell in row.items()} for row in rows]


def compare(table, rows, ours):
    """A row of the table, and the largest difference of its cells."""
    if len(rows) != len(ours):
        fail("IndependentCheckFailed", f"'{table}' has {len(rows)} rows, and the weights {len(ours)} layers.",
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
                    f"'{table}', layer {layer}, {column}: numpy finds another value in the same weights.",
                    "one of the two computations is wrong, or they read different weights: compare the analysis with checks/invariants.py.",
                    [f"expected {row[column]!r} (numpy), received {received!r} (the page)",
                     f"difference {difference:.3g} of the column's largest, tolerance {tolerance:.3g}"],
                )
            largest = max(largest, difference)
    return {"table": table, "cells": len(ours) * len(ours[0]), "tolerance": tolerance}, largest


def read(name, output):
    try:
        return read_projections(inputs[name][output])
    except ValueError as error:
        fail("WeightsUnusable", f"{error}.", "look at the run that wrote these weights.", [])


def main():
    v1 = read("v1", "weights")
    runs = zip(v1, read("v1Init", "init"), read("ctSft", "weights"), read("ctInit", "init"), strict=True)
    ours = {
        "spectral-twinning": ("twinning", [invariants.spectral_twinning(w) for w in v1]),
        "value-crescendo": ("crescendo", [invariants.value_crescendo(w) for w in v1]),
        "low-rank-kernel": ("lowRank", [invariants.low_rank_kernel(w) for w in v1]),
        "low-rank-form": ("form", [invariants.low_rank_form(w) for w in v1]),
        "asymmetry": ("asymmetry", [invariants.asymmetry(w) for w in v1]),
        "non-uniqueness": ("drift", [invariants.non_uniqueness(*layers) for layers in runs]),
    }
    found = [compare(table, published(name, table), cells) for table, (name, cells) in ours.items()]
    rows = [row for row, _ in found]
    # The noise of rounding differs from machine to machine: it is kept, and not printed.
    with open(manifest["outputs"]["differences"], "w", encoding="utf8") as file:
        json.dump({row["table"]: largest for row, largest in found}, file)
    columns = [{"id": "table", "unit": None}, {"id": "cells", "unit": "1"}, {"id": "tolerance", "unit": "1"}]
    table = {"kind": "table", "id": "independent-check", "run": "v1, seed 1", "columns": columns, "rows": rows}
    with open(manifest["outputs"]["result"], "w", encoding="utf8") as file:
        json.dump({"results": [table]}, file)


main()
