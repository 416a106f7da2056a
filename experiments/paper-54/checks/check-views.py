"""
Computes T1 to T6 anew from counts and published weights, and the means of their nulls where these have a closed form, and
fails where the results of the page differ.
"""
import numpy as np

import view_statistics as views
from results_check import compare, fail, inputs, manifest, published, read, table_of, write
from weights_file import read_projections, read_tensors

params = manifest["params"]


def log_counts(counts, name):
    rows, cols, values = (counts[f"top.{name}.{part}"] for part in ("rows", "cols", "values"))
    return views.dense((rows, cols, np.log1p(values)), len(counts["top"]))


def require_mean(what, cell, mean, draws, slack=0.0):
    """The mean of a null's draws within five standard errors, and a share of its spread, of what it should be."""
    null = cell["null"]
    bound = 5 * null["sd"] / draws**0.5 + slack * null["sd"]
    if abs(null["mean"] - mean) <= bound:
        return abs(null["mean"] - mean) / null["sd"]
    fail(
        "IndependentCheckFailed",
        f"the null of {what} has another mean than it should.",
        "look at how its draws are made.",
        [f"expected {mean!r} within {bound:.3g} (numpy), received {null['mean']!r} (the page)"],
    )


def runs(counts):
    """Of each seed: projections, and every view of each layer."""
    frequencies = counts["unigram"][counts["top"]].astype(float)
    logs = {name: log_counts(counts, name) for name in ("k2", "k3-skip", "window")}
    for seed in params["seeds"]:
        tensors, _ = read_tensors(inputs[f"v1-{seed}"]["weights"])
        wte = tensors["wte.weight"][counts["top"]] if "wte.weight" in tensors else tensors["wte.top.weight"]
        e = views.embedding(wte.astype(np.float64), frequencies)
        of_corpus = views.corpus_views(logs, e)
        attended, _ = read_tensors(inputs[f"attention-{seed}"]["images"])
        layers = read(f"v1-{seed}", "weights", read_projections)
        of_layers = []
        for layer in range(len(layers)):
            seen = attended[f"K_2_attention_weighted.{layer}"].astype(np.float64)
            of_layers.append({**of_corpus, "k2-attention": seen, "k2-attention-t": seen.T})
        yield seed, tensors, e, frequencies, logs, layers, of_layers


def forms_of(tensors, layer, projections):
    gain = tensors[f"blocks.{layer}.ln_1.weight"].astype(np.float64)
    q, k, v = (projections[name] * gain for name in "qkv")
    return q.T @ k, tensors[f"blocks.{layer}.attn.c_proj.weight"].astype(np.float64) @ v


def main():
    counts, _ = read_tensors(inputs["counts"]["counts"])
    gauge, beyond = table_of("viewTest", "gauge-test"), table_of("viewTest", "statistics-beyond-r")
    r_of, gauge_means, input_of, input_means, found = [], [], [], [], []
    for seed, tensors, e, frequencies, logs, layers, of_layers in runs(counts):
        if f"correlations-{seed}" in inputs:
            ids = [column["id"] for column in table_of(f"correlations-{seed}", "correlations-by-layer")["columns"][2:]]
            ours = [{view: views.pearson(w[name], seen[view]) for view in ids} for name in "qkv" for w, seen in zip(layers, of_layers)]
            row, largest = compare("correlations-by-layer", published(f"correlations-{seed}", "correlations-by-layer"), ours)
            found.append(({**row, "table": f"correlations-by-layer, seed {seed}"}, largest))
        pairs = [(row["matrix"].lower(), row["view"]) for row in gauge["rows"]]
        r_of.append([[abs(views.pearson(w[m], seen[v])) for m, v in pairs] for w, seen in zip(layers, of_layers)])
        gauge_means.append([[views.gauge_mean(w[m], seen[v]) for m, v in pairs] for w, seen in zip(layers, of_layers)])
        tests = [(row["statistic"], row["matrix"].lower(), row["view"]) for row in beyond["rows"]]
        k = params["subspace"]
        sides = {view: views.input_side(of_layers[0][view], k) for view in {test[2] for test in tests}}
        for w in layers:
            statistics = {(m, v): views.input_statistics(views.input_side(w[m], k), sides[v], k) for m, v in {test[1:] for test in tests}}
            input_of.append([statistics[m, v][0][s] for s, m, v in tests])
            input_means.append([statistics[m, v][1].get(s, np.nan) for s, m, v in tests])
        if f"form-{seed}" in inputs:
            space = views.FreeSpace(e, frequencies, params["frequencyBins"])
            k2, k3 = space.carried(logs["k2"]), space.carried(logs["k3-skip"])
            forms = [forms_of(tensors, layer, w) for layer, w in enumerate(layers)]
            scores = [(space.scores(qk), space.scores(ov)) for qk, ov in forms]
            cosines = [views.form_cosines(*of, k2, k3) for of in scores]
            symmetry = [{"rho": views.symmetry(qk)} for qk, _ in scores]
            for stage, table, ours in (("form", "form-test", cosines), ("structure", "form-symmetry", symmetry)):
                row, largest = compare(table, published(f"{stage}-{seed}", table), ours)
                found.append(({**row, "table": f"{table}, seed {seed}"}, largest))
    ours = [{"mean-abs-r": value, "by-law": value} for value in np.mean(r_of, axis=(0, 1)).tolist()]
    found.append(compare("gauge-test", published("viewTest", "gauge-test"), ours))
    found.append(compare("statistics-beyond-r", published("viewTest", "statistics-beyond-r"), [{"found": x} for x in np.mean(input_of, axis=0).tolist()]))
    # Of the nulls: the law's moments, and means of draws, in standard deviations of the null.
    entries, count = layers[0]["q"].size, sum(len(of) for of in r_of)
    mean, sd = views.law_of_mean(entries, count)
    for cell in (row["by-law"]["null"] for row in gauge["rows"]):
        if abs(cell["mean"] - mean) > 1e-9 * mean or abs(cell["sd"] - sd) > 1e-9 * sd:
            fail("IndependentCheckFailed", "the law of |r| has other moments.", "look at controls/exact-correlation.ts.",
                 [f"expected {mean!r}, {sd!r} (numpy), received {cell['mean']!r}, {cell['sd']!r} (the page)"])
    # Half a standard deviation more: the normal limit's error, of order 1/n.
    differences = [require_mean(f"T1, {row['matrix']} and {row['view']}", row["mean-abs-r"], value, gauge["nullDraws"], 0.5)
                   for row, value in zip(gauge["rows"], np.mean(gauge_means, axis=(0, 1)).tolist())]
    differences += [require_mean(f"{row['statistic']} of {row['matrix']}", row["found"], value, beyond["nullDraws"])
                    for row, value in zip(beyond["rows"], np.mean(input_means, axis=0).tolist()) if not np.isnan(value)]
    found.append(({"table": "means of the nulls, in standard deviations", "cells": len(differences), "tolerance": 5 / gauge["nullDraws"] ** 0.5}, max(differences)))
    write("independent-view-check", found, "v1, all seeds")


main()
