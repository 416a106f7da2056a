"""
Computes the aligned solutions anew, and holds the means of the invariants' nulls against their expectation or numpy's own draws:
Gaussian matrices, spectra turned apart, alignments that know nothing. It fails where the results of the page differ.
"""
import numpy as np

import aligned
import turned_spectra as turned
from corpus import Corpus
from haar import haar
from intervals import interval, normal_quantile, spread_of
from results_check import Check, inputs, params, read, table_of
from weights_file import Run, read_tensors

# Of a head's ranks, which take little time.
HEAD_DRAWS = 16


def check_gaussian(check, random, n, heads):
    count = params["own"]
    found = turned.gaussian_figures(random, n, heads, count)

    def hold(what, received, key, draws, sd=None):
        own = np.array(found[key])
        sd = spread_of(own) if sd is None else sd
        check.mean("gaussian-null", f"{' '.join(key)}, {what}", received, own.mean(), sd * (1 / len(own) + 1 / draws) ** 0.5)

    for seed in params["seeds"]:
        for input, id in (("twinning", "spectral-twinning"), ("lowRank", "low-rank-kernel"), ("form", "low-rank-form"),
                          ("asymmetry", "asymmetry"), ("heads", "asymmetry-by-head")):
            table = table_of(f"{input}-{seed}", id)
            for place, row in table.rows.items():
                for column in (column for of, column in found if of == id):
                    hold(f"seed {seed}, {', '.join(place)}", row[f"{column}-null-mean"], (id, column), table.draws, row[f"{column}-null-sd"])
        against = {id: table_of(f"against-{seed}", id) for id in ("low-rank-nulls", "low-rank-heads", "asymmetry-nulls", "twinning-heads")}
        draws = against["low-rank-nulls"].draws
        for (matrix, layer), row in against["low-rank-nulls"].rows.items():
            id = "low-rank-kernel" if matrix == "Q K^T" else "low-rank-form"
            hold(f"seed {seed}, {layer}", row["gaussian-rank"], (id, "effective-rank"), draws)
            hold(f"seed {seed}, {layer}", row["gaussian-top-8"], (id, "top-8-energy"), draws)
        for table, column, key in (("low-rank-heads", "gaussian-rank", ("asymmetry-by-head", "effective-rank")),
                                   ("asymmetry-nulls", "gaussian-real", ("asymmetry", "real-fraction")),
                                   ("twinning-heads", "gaussian-kl", ("twinning-by-head", "kl-q-k"))):
            for (layer,), row in against[table].rows.items():
                hold(f"{table}, seed {seed}, {layer}", row[column], key, draws)


def check_turned(check, random, runs):
    count = params["own"]
    n = next(iter(runs.values())).q.shape[-1]
    turns = np.array([haar(random, n) for _ in range(count)])
    for seed, run in runs.items():
        ranks, heads, forms = (table_of(f"against-{seed}", id) for id in ("low-rank-nulls", "low-rank-heads", "asymmetry-nulls"))
        means = turned.turned_ranks(run.q, run.k, turns)
        for (matrix, layer), row in ranks.rows.items():
            for column in ("effective-rank", "top-8-energy"):
                check.mean("turned-null", f"{column} of {matrix}, seed {seed}, layer {layer}", row[f"{column}-null-mean"],
                           means[column][int(layer)], row[f"{column}-null-sd"] * (1 / count + 1 / ranks.draws) ** 0.5)
        d = n // run.heads
        drawn = turned.turned_head_ranks(run.by_head(run.q), run.by_head(run.k), np.array([haar(random, d) for _ in range(HEAD_DRAWS)]))
        for (layer,), row in heads.rows.items():
            own = drawn[int(layer)]
            check.mean("turned-null", f"heads' ranks, seed {seed}, layer {layer}", row["turned-rank"], own.mean(),
                       spread_of(own) * (1 / len(own) + 1 / ranks.draws) ** 0.5)
        for (layer,), row in forms.rows.items():
            # The mean of <A, A^T> over turned forms is ||A||^2 / n.
            check.mean("turned-null", f"rho, seed {seed}, layer {layer}", row["rho-null-mean"], 1 / n, row["rho-null-sd"] * forms.draws**-0.5)
            # Eigenvalues take most of the time, on the page as here: fewer draws there, and one a layer here.
            real = turned.turned_real_fraction(run.q[int(layer)], run.k[int(layer)], haar(random, n))
            check.mean("turned-null", f"real-fraction, seed {seed}, layer {layer}", row["real-fraction-null-mean"], real,
                       row["real-fraction-null-sd"] * (1 + 1 / params["eigenvalueDraws"]) ** 0.5)


def sides_of(corpus, runs):
    """Of each seed: V1, its init, and CT+SFT, whose embedding is its init's; of the first, a run of the same start on another text."""
    sides = {}
    for seed, v1 in runs.items():
        v1_init, ct_init = (read(f"{name}-{seed}", "init", Run) for name in ("v1Init", "ctInit"))
        ct_sft = read(f"ctSft-{seed}", "weights", Run)
        sides["v1", seed] = aligned.Side(v1, corpus.embedding(v1))
        sides["init", seed] = aligned.Side(v1_init, corpus.embedding(v1_init))
        sides["ct-sft", seed] = aligned.Side(ct_sft, corpus.embedding(ct_init))
    same_start = read("sameStart", "weights", Run)
    sides["same-start", next(iter(runs))] = aligned.Side(same_start, corpus.embedding(same_start))
    return sides


def pairs_of(sides, seeds):
    v1 = {seed: sides["v1", seed] for seed in seeds}
    return {
        **{("ct-sft-v1", str(seed)): (sides["ct-sft", seed], v1[seed]) for seed in seeds},
        **{("v1-v1", f"{a}-{b}"): (v1[a], v1[b]) for at, a in enumerate(seeds) for b in seeds[at + 1 :]},
        **{("init-v1", str(seed)): (sides["init", seed], v1[seed]) for seed in seeds},
        ("same-start", str(seeds[0])): (sides["same-start", seeds[0]], v1[seeds[0]]),
    }


def check_aligned(check, random, pairs):
    table = table_of("aligned", "aligned-solutions")
    n = next(iter(pairs.values()))[0].q.shape[-1]
    turns = [haar(random, n).astype(np.float32) for _ in range(params["own"] // 2)]
    rows, cosines = {}, []
    for key, (a, b) in pairs.items():
        turn, unaligned = aligned.procrustes(a.embedding, b.embedding)
        whole, heads = aligned.head_cosines(a, b, turn)
        rows[key] = {"unaligned": unaligned, "whole": whole.mean()}
        cosines.append([heads, aligned.head_cosines(a, b)[1], *(aligned.head_cosines(a, b, turn)[1] for turn in turns)])
    # [pairs, kinds], means over layers
    matched = aligned.best_matches(np.array(cosines)).mean(-1)
    excess = {}
    for (key, row), (own, as_they_lie, *drawn), (a, b) in zip(rows.items(), matched, pairs.values()):
        page = table.rows[key]
        row |= {"matched": own, "as-they-lie": as_they_lie, "excess": own - page["matched-null-mean"], "low": None, "high": None}
        check.mean("alignment-null", f"whole, {' '.join(key)}", page["whole-null-mean"], aligned.whole_mean(a, b), page["whole-null-sd"] * table.draws**-0.5)
        check.mean("alignment-null", f"matched, {' '.join(key)}", page["matched-null-mean"], np.mean(drawn), page["matched-null-sd"] * (1 / len(drawn) + 1 / table.draws) ** 0.5)
        excess.setdefault(key[0], []).append(row["excess"])
    for kind, of in excess.items():
        columns = [row for (pair, _), row in rows.items() if pair == kind]
        sd = normal_quantile(0.95) * table.rows[kind, "all"]["matched-null-sd"]
        low, high = interval(of, 0.9) or (of[0] - sd, of[0] + sd)
        rows[kind, "all"] = {id: None if columns[0][id] is None else np.mean([row[id] for row in columns]) for id in columns[0]} | {"low": low, "high": high}
    check.figures(table, rows)


def main():
    check = Check()
    random = np.random.default_rng(params["seed"])
    tensors, _ = read_tensors(inputs["counts"]["counts"])
    runs = {seed: read(f"v1-{seed}", "weights", Run) for seed in params["seeds"]}
    first = next(iter(runs.values()))
    check_aligned(check, random, pairs_of(sides_of(Corpus(tensors), runs), params["seeds"]))
    check_gaussian(check, random, first.q.shape[-1], first.heads)
    check_turned(check, random, runs)
    check.write("independent-null-check")


main()
