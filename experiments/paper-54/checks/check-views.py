"""
Computes T1 to T5 and the band energies anew from counts and published weights of every seed, and the means of their nulls, by
their law, in closed form or by numpy's own draws; it fails where the results of the page differ.
"""
from statistics import NormalDist

import numpy as np

import view_statistics as views
from corpus import Corpus
from results_check import Check, inputs, params, read, table_of
from weights_file import Run, read_tensors

# What the normal limit of T1's gauge null leaves out, of order 1/n, in standard deviations of the null.
GAUGE_SLACK = 0.05


def raw_images(corpus, embeddings):
    """E^T M E by seed and view, one view after the other: each takes 128 MB."""
    raw = {seed: {} for seed in embeddings}
    for name in views.COUNTED:
        m = corpus.dense(name)
        for seed, e in embeddings.items():
            raw[seed][name] = e.T @ (m @ e)
    return raw


def views_of(run, of_corpus, seed):
    """Every view of each layer."""
    attended, _ = read_tensors(inputs[f"attention-{seed}"]["images"])
    for layer in range(len(run.q)):
        seen = attended[f"K_2_attention_weighted.{layer}"].astype(np.float64)
        yield {**of_corpus, "k2-attention": seen, "k2-attention-t": seen.T}


def correlations(run, directions):
    """r by matrix and layer, each by view. @param directions standardised views of each layer"""
    return {
        name: [{view: float(views.standardised(a) @ m) for view, m in of.items()} for a, of in zip(getattr(run, name), directions)]
        for name in "qkv"
    }


def check_correlations(check, r, entries, seed, of):
    """Both tables of r, with the law of independent matrices: mean 0, variance 1 / (N - 1)."""
    by_layer, means = (table_of(f"correlations-{seed}", id) for id in ("correlations-by-layer", "mean-correlations"))

    def row(found, count):
        half = NormalDist().inv_cdf(0.975)
        sd = 1 / np.sqrt((entries - 1) * count)
        return {**found, **{f"{view}-null-{id}": x for view in found for id, x in (("mean", 0), ("sd", sd), ("low", -half * sd), ("high", half * sd))}}

    check.figures(by_layer, {(m.upper(), layer): row(found, 1) for m in r for layer, found in enumerate(r[m])}, of)
    layers = len(r["q"])
    check.figures(means, {m.upper(): row({view: sum(x[view] for x in r[m]) / layers for view in r[m][0]}, layers) for m in r}, of)


def check_bands(check, run, k2, c, seed, of):
    entries, layers = run.q[0].size, len(run.q)
    transposed = {name: np.swapaxes(getattr(run, name), 1, 2) for name in "qkv"}
    of_k2 = views.eigenbasis(k2)
    sides = {"band-energy": (of_k2, None), "band-energy-output": (of_k2, transposed), "band-energy-ete": (views.eigenbasis(c), None)}
    for table, (u, turned) in sides.items():
        found = {name: views.band_energies(turned[name] if turned else getattr(run, name), u) for name in "qkv"}
        rows = {}
        for band in views.BANDS:
            mean, sd = views.band_law(band, entries, layers)
            law = {f"{name}-null-{id}": x for name in "qkv" for id, x in (("mean", mean), ("sd", sd))}
            rows[band] = {**{name: found[name][band] for name in "qkv"}, "uniform": mean, **law}
        check.figures(table_of(f"bands-{seed}", table), rows, of)


def main():
    check = Check()
    random = np.random.default_rng(params["seed"])
    tensors, _ = read_tensors(inputs["counts"]["counts"])
    corpus = Corpus(tensors)
    runs = {seed: read(f"v1-{seed}", "weights", Run) for seed in params["seeds"]}
    entries = next(iter(runs.values())).q[0].size
    gauge, by_seed, beyond = (table_of("viewTest", id) for id in ("gauge-test", "gauge-test-by-seed", "statistics-beyond-r"))
    pairs = [(matrix.lower(), view) for matrix, view in gauge.rows]
    tests = [(statistic, matrix.lower(), view) for statistic, matrix, view in beyond.rows]
    embeddings = {seed: corpus.embedding(run) for seed, run in runs.items()}
    raw = raw_images(corpus, embeddings)
    absolute, gauge_means, statistics, turned = {}, {}, [], []
    for seed, run in runs.items():
        of = f", seed {seed}"
        of_corpus = views.corpus_views(raw[seed], embeddings[seed].T @ embeddings[seed])
        of_layers = list(views_of(run, of_corpus, seed))
        directions = [{view: views.standardised(m) for view, m in of.items()} for of in of_layers]
        r = correlations(run, directions)
        check_correlations(check, r, entries, seed, of)
        check_bands(check, run, of_layers[0]["k2"], of_layers[0]["ete"], seed, of)
        absolute[seed] = {pair: np.mean([abs(x[pair[1]]) for x in r[pair[0]]]) for pair in pairs}
        gauge_means[seed] = {(m, v): np.mean([views.gauge_mean(a, seen[v].reshape(a.shape)) for a, seen in zip(getattr(run, m), directions)]) for m, v in pairs}
        sides = {view: views.InputSide(of_layers[0][view], params["subspace"]) for _, _, view in tests}
        for layer in range(len(run.q)):
            turns = views.turns_of(random, run.q.shape[-1], params["own"])
            found, means = {}, {}
            for m, v in {test[1:] for test in tests}:
                side = views.InputSide(getattr(run, m)[layer], params["subspace"])
                found[m, v], means[m, v] = views.input_statistics(side, sides[v]), views.turned_means(side, sides[v], turns)
            statistics.append([found[m, v][s] for s, m, v in tests])
            turned.append([means[m, v][s] for s, m, v in tests])

    def gauge_row(value, count):
        mean, sd = views.law_of_mean(entries, count)
        return {"mean-abs-r": value, "by-law": value, "by-law-null-mean": mean, "by-law-null-sd": sd}

    layers = len(run.q)
    pooled = {pair: np.mean([of[pair] for of in absolute.values()]) for pair in pairs}
    check.figures(gauge, {(m.upper(), v): gauge_row(x, layers * len(absolute)) for (m, v), x in pooled.items()})
    check.figures(by_seed, {(seed, m.upper(), v): gauge_row(x, layers) for seed, of in absolute.items() for (m, v), x in of.items()})
    check.figures(beyond, {(s, m.upper(), v): {"found": x} for (s, m, v), x in zip(tests, np.mean(statistics, axis=0))})

    for (seed, matrix, view), row in by_seed.rows.items():
        sd = row["mean-abs-r-null-sd"]
        check.mean("gauge-null", f"{matrix} and {view}, seed {seed}", row["mean-abs-r-null-mean"],
                   gauge_means[int(seed)][matrix.lower(), view], sd * (by_seed.draws**-0.5 + GAUGE_SLACK / 5))
    for (key, row), expected, test in zip(beyond.rows.items(), np.mean(turned, axis=0), tests):
        own = 1 / params["own"] if test[0] == "procrustes" else 0
        check.mean("input-null", f"{test[0]} of {key[1]} and {key[2]}", row["found-null-mean"], expected, row["found-null-sd"] * (1 / beyond.draws + own) ** 0.5)
    check.write("independent-view-check")


main()
