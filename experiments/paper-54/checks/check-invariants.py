"""
Computes Paper 54's invariants anew from the published weights, and fails where the results of the page differ.

A difference is relative to the largest magnitude in its column: near zero (a correlation) a relative difference of
the cell itself measures rounding alone.
"""
import invariants
from results_check import compare, published, read, write
from weights_file import read_projections


def main():
    v1 = read("v1", "weights", read_projections)
    runs = zip(v1, read("v1Init", "init", read_projections), read("ctSft", "weights", read_projections), read("ctInit", "init", read_projections), strict=True)
    ours = {
        "spectral-twinning": ("twinning", [invariants.spectral_twinning(w) for w in v1]),
        "value-crescendo": ("crescendo", [invariants.value_crescendo(w) for w in v1]),
        "low-rank-kernel": ("lowRank", [invariants.low_rank_kernel(w) for w in v1]),
        "low-rank-form": ("form", [invariants.low_rank_form(w) for w in v1]),
        "asymmetry": ("asymmetry", [invariants.asymmetry(w) for w in v1]),
        "non-uniqueness": ("drift", [invariants.non_uniqueness(*layers) for layers in runs]),
    }
    found = [compare(table, published(name, table), cells, "layer") for table, (name, cells) in ours.items()]
    write("independent-check", found, "v1, seed 1")


main()
