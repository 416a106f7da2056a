"""What the independent checks share: the manifest, named failures, the page's tables, comparison cell by cell."""
import csv
import json
import math
import sys

import numpy as np

with open(sys.argv[1], encoding="utf8") as file:
    manifest = json.load(file)
inputs = manifest["inputs"]
params = manifest["params"]

# Of a null's mean, in standard errors of both sides: beyond lies one in two million.
MOST_ERRORS = 5


def fail(name, message, hint, details):
    with open(manifest["error"], "w", encoding="utf8") as file:
        json.dump({"name": name, "message": message, "hint": hint, "details": details}, file)
    sys.exit(1)


def read(name, output, reader):
    try:
        return reader(inputs[name][output])
    except ValueError as error:
        fail("WeightsUnusable", f"{error}.", "look at the run that wrote these weights.", [])


def flat(row):
    """A cell with more beside it as several: `r`, `r-null-mean`, `r-init`."""
    cells = {}
    for column, cell in row.items():
        if not isinstance(cell, dict):
            cells[column] = cell
            continue
        cells[column] = cell["value"]
        cells.update({f"{column}-null-{figure}": x for figure, x in cell.get("null", {}).items()})
        cells.update({f"{column}-{beside}": x for beside, x in cell.get("beside", {}).items()})
    return cells


class Table:
    """A table of the page. `rows`: flat cells by the words that name a row."""

    def __init__(self, id, keys, rows, draws=None):
        self.id, self.keys, self.draws = id, keys, draws
        self.rows = {tuple(str(row[key]) for key in keys): row for row in rows}


def table_of(name, id):
    """A table, or a figure's points, as the stage behind an input wrote it."""
    with open(inputs[name]["result"], encoding="utf8") as file:
        result = next(result for result in json.load(file)["results"] if result["id"] == id)
    keys = result.get("keys", [result["columns"][0]["id"]])
    if result["kind"] == "series":
        keys = [column["id"] for column in result["columns"][:2]]
    return Table(id, keys, [flat(row) for row in result["rows"]], result.get("nullDraws"))


def table_of_lines(id, name, output, keys, figures):
    """Some figures of a file of comma-separated values; what is empty is null."""
    with open(inputs[name][output], encoding="utf8", newline="") as file:
        head, *lines = csv.reader(file)
    names, numbers = ([(column, head.index(column)) for column in columns] for columns in (keys, figures))
    return Table(id, keys, [{
        **{column: line[at] for column, at in names}, **{column: float(line[at]) if line[at] else None for column, at in numbers},
    } for line in lines])


def place(table, key):
    return ", ".join(f"{name} {word}" for name, word in zip(table.keys, key))


class Check:
    """Counts what agrees, and ends the build at the first figure that does not."""

    def __init__(self):
        self.counted = {}

    def _count(self, name, cells, tolerance, measure, largest):
        before = self.counted.setdefault(name, {"table": name, "cells": 0, "tolerance": tolerance, "measure": measure, "largest": 0.0})
        before["cells"] += cells
        before["largest"] = max(before["largest"], largest)

    def figures(self, table, ours, of="", tolerance=params["tolerance"]):
        """@param ours columns by the words that name a row  @param of which of several tables, for the reader of an error"""
        ours = {tuple(str(word) for word in (key if isinstance(key, tuple) else (key,))): row for key, row in ours.items()}
        for key in table.rows.keys() ^ ours.keys():
            side = "the page" if key in table.rows else "numpy"
            fail("IndependentCheckFailed", f"'{table.id}'{of}: {side} alone has a row {place(table, key)}.",
                 "look at the stage that wrote the table.", [])
        largest, cells = 0.0, 0
        for column in next(iter(ours.values())):
            known = {key: float(row[column]) for key, row in ours.items() if row[column] is not None}
            scale = max(map(abs, known.values()), default=0) or 1
            for key in ours:
                received, expected = table.rows[key].get(column), known.get(key)
                if received is None and expected is None:
                    continue
                is_pair = all(isinstance(x, float | int) and math.isfinite(x) for x in (received, expected))
                difference = abs(received - expected) / scale if is_pair else math.inf
                if not difference <= tolerance:
                    fail(
                        "IndependentCheckFailed",
                        f"'{table.id}'{of}, {place(table, key)}, {column}: numpy finds another value in the same weights.",
                        "one of the two computations is wrong, or they read different weights: compare the analysis with what checks/ computes.",
                        [f"expected {expected!r} (numpy), received {received!r} (the page)",
                         f"difference {difference:.3g} of the column's largest, tolerance {tolerance:.3g}"],
                    )
                largest, cells = max(largest, difference), cells + 1
        self._count(table.id, cells, tolerance, "of-largest", largest)

    def means(self, name, what, received, expected, errors):
        """
        Means of a null's draws, against their expectation or means of numpy's own draws.

        @param name of the null, one for all that are alike  @param what gives the words for the one at a place
        @param errors standard errors of the differences
        """
        # Where every draw gives the same, rounding is left.
        away = np.abs(received - expected) / np.hypot(errors, 1e-12 * np.abs(expected))
        # What is no number is farther away than any.
        away = np.where(np.isnan(away), np.inf, away)
        worst = int(np.argmax(away))
        if away[worst] > MOST_ERRORS:
            fail(
                "IndependentCheckFailed",
                f"{name}, {what(worst)}: the draws of the null have another mean than they should.",
                "look at how the draws are made.",
                [f"expected {float(expected[worst])!r} (numpy), received {float(received[worst])!r} (the page)",
                 f"difference {away[worst]:.3g} standard errors, tolerance {MOST_ERRORS}"],
            )
        self._count(name, len(away), MOST_ERRORS, "errors", float(away[worst]))

    def mean(self, name, what, received, expected, error):
        self.means(name, lambda _: what, *(np.array([x], float) for x in (received, expected, error)))

    def write(self, table):
        counted = list(self.counted.values())
        with open(manifest["outputs"]["differences"], "w", encoding="utf8") as file:
            json.dump({row["table"]: row["largest"] for row in counted}, file)
        # The noise of rounding differs from machine to machine: it is kept, and not printed.
        rows = [{**row, "largest": row["largest"] if row["measure"] == "errors" else None} for row in counted]
        rows.append({"table": "all", "cells": sum(row["cells"] for row in counted), "tolerance": None, "measure": None, "largest": None})
        columns = [{"id": id, "unit": unit} for id, unit in
                   (("table", None), ("cells", "1"), ("tolerance", "1"), ("measure", None), ("largest", "1"))]
        result = {"kind": "table", "id": table, "run": "all seeds", "columns": columns, "rows": rows}
        with open(manifest["outputs"]["result"], "w", encoding="utf8") as file:
            json.dump({"results": [result]}, file)
