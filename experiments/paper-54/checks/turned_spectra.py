"""Figures of forms whose two sides are turned apart, by numpy's own draws: spectra stay, how they lie to each other does not."""
import numpy as np

import invariants
from invariants import transposed


def gaussian_figures(random, n, heads, draws):
    """What Gaussian matrices give, by table and column: [draws], of heads [draws heads]."""
    found = {}
    for _ in range(draws):
        q, k, v = random.normal(size=(3, n, n))
        of_heads = [x.reshape(heads, n // heads, n) for x in (q, k, v)]
        kernel, form = invariants.product_spectra(q, k)
        for table, columns in {
            "spectral-twinning": invariants.twinning(q, k, v), "low-rank-kernel": invariants.ranks(kernel),
            "low-rank-form": invariants.ranks(form), "asymmetry": invariants.asymmetry(q, k),
            "asymmetry-by-head": invariants.head_asymmetry(*of_heads[:2]), "twinning-by-head": invariants.head_twinning(*of_heads),
        }.items():
            for column, x in columns.items():
                found.setdefault((table, column), []).extend(np.atleast_1d(x))
    return found


def turned_ranks(q, k, turns):
    """Ranks of Q O K^T, whose singular values are those of diag(s_Q) O diag(s_K): columns of [layers], mean over draws."""
    met = invariants.spectrum(q)[:, None, :, None] * turns * invariants.spectrum(k)[:, None, None, :]
    squares = np.linalg.eigvalsh(met @ transposed(met))[..., ::-1]
    return {id: x.mean(-1) for id, x in invariants.ranks(np.sqrt(np.maximum(squares, 0))).items()}


def turned_head_ranks(q, k, turns):
    """The effective rank of Q_h O K_h^T, mean over heads: [layers, draws]."""
    met = invariants.spectrum(q)[:, :, None, :, None] * turns * invariants.spectrum(k)[:, :, None, None, :]
    return invariants.ranks(invariants.spectrum(met))["effective-rank"].mean(1)


def turned_real_fraction(q, k, turn):
    """Of the eigenvalues of (Q O)^T K."""
    return float(invariants.real_fraction(turn.T @ (q.T @ k)))
