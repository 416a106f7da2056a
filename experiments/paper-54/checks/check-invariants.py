"""
Computes Paper 54's invariants anew from the published weights of every seed, whole and by head, and fails where the results
of the page differ.

A difference is relative to the largest magnitude in its column: near zero (a correlation) a relative difference of
the cell itself measures rounding alone.
"""
import numpy as np

import invariants
from results_check import Check, params, read, table_of
from weights_file import Run


def by_layer(columns, beside=()):
    """Rows by layer. @param beside columns of another run with what their ids end in"""
    columns = {**columns, **{f"{id}-{end}": x for end, other in beside for id, x in other.items()}}
    return {layer: {id: x[layer] for id, x in columns.items()} for layer in range(len(next(iter(columns.values()))))}


def by_head(columns):
    layers, heads = next(iter(columns.values())).shape
    return {(layer, head): {id: x[layer, head] for id, x in columns.items()} for layer in range(layers) for head in range(heads)}


def named(matrix, rows):
    return {(matrix, layer): row for layer, row in rows.items()}


def main():
    check = Check()
    for seed in params["seeds"]:
        of = f", seed {seed}"
        v1, v1_init, sft, sft_init = (read(f"{name}-{seed}", "weights", Run) for name in ("v1", "v1Init", "ctSft", "ctInit"))

        def same(input, table, ours):
            check.figures(table_of(f"{input}-{seed}", table), ours, of)

        (kernel, form), (init_kernel, init_form) = (invariants.product_spectra(run.q, run.k) for run in (v1, v1_init))
        asymmetry = invariants.asymmetry(v1.q, v1.k)
        heads = tuple(map(v1.by_head, (v1.q, v1.k, v1.v)))
        of_heads = invariants.head_asymmetry(*heads[:2])
        twins = invariants.head_twinning(*heads)
        same("twinning", "spectral-twinning", by_layer(invariants.twinning(v1.q, v1.k, v1.v)))
        same("crescendo", "value-crescendo", by_layer(invariants.norms(v1), [("init", invariants.norms(v1_init))]))
        same("lowRank", "low-rank-kernel", by_layer(invariants.ranks(kernel)))
        same("form", "low-rank-form", by_layer(invariants.ranks(form)))
        same("asymmetry", "asymmetry", by_layer(asymmetry))
        same("heads", "asymmetry-by-head", by_head(of_heads))
        same("drift", "non-uniqueness", by_layer(invariants.drifts(v1, v1_init, sft, sft_init)))
        same("geometry", "projection-geometry", by_layer(invariants.geometry(v1, params["ropeBase"], params["distances"])))
        against = {}
        for matrix, own, init in (("Q K^T", kernel, init_kernel), ("Q^T K", form, init_form)):
            ranks = invariants.ranks(own)
            columns = {id: ranks[id] for id in ("effective-rank", "top-8-energy")}
            against |= named(matrix, by_layer({**columns, "init-rank": invariants.ranks(init)["effective-rank"]}))
        same("against", "low-rank-nulls", against)
        same("against", "low-rank-heads", by_layer({"effective-rank": of_heads["effective-rank"].mean(-1)}))
        same("against", "twinning-heads", by_layer({
            **{id: x.mean(-1) for id, x in twins.items()}, "heads-nearer": (twins["kl-q-k"] < twins["kl-q-v"]).sum(-1),
        }))
        init_rho = invariants.symmetry(invariants.transposed(v1_init.q) @ v1_init.k)["rho"]
        columns = {id: asymmetry[id] for id in ("rho", "antisymmetric-energy", "real-fraction")}
        same("against", "asymmetry-nulls", by_layer({**columns, "init-rho": init_rho, "heads-rho": of_heads["rho"].mean(-1)}))
        if seed == params["seeds"][0]:
            energy = np.cumsum(kernel**2, -1) / np.sum(kernel**2, -1, keepdims=True)
            points = {(layer, k): {"energy": x} for (layer, k), x in zip(np.ndindex(energy.shape), energy.flat)}
            check.figures(table_of("cumulative", "cumulative-energy"), {(layer, k + 1): row for (layer, k), row in points.items()}, of)
    check.write("independent-check")


main()
