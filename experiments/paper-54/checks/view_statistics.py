"""T1 to T5 by numpy, from views and projections; definitions as the page states them."""
import math

import numpy as np

from corpus import inverse_root
from haar import haar

BANDS = {"0-32": (0, 1 / 8), "32-64": (1 / 8, 1 / 4), "64-128": (1 / 4, 1 / 2), "128-256": (1 / 2, 1)}


COUNTED = ("k2", "k3-skip", "window")


def corpus_views(raw, c):
    """The views of T1, by id. @param raw E^T M E of log1p of counts, by name  @param c E^T E"""
    root = inverse_root(c)
    k2, k3, window = (root @ raw[name] @ root for name in COUNTED)
    return {"k2": k2, "k2-t": k2.T, "k3": k3, "k3-skip": k3, "ete": c, "identity": np.eye(len(c)), "window": window}


def standardised(a):
    """A matrix as a vector of mean 0 and length 1: Pearson's r of two is their product."""
    centred = a.ravel() - a.mean()
    return centred / np.linalg.norm(centred)


def law_of_mean(entries, count):
    """Mean and standard deviation of the mean of |r|, r^2 ~ Beta(1/2, (N - 2)/2)."""
    mean = math.exp(math.lgamma((entries - 1) / 2) - math.lgamma(entries / 2)) / math.sqrt(math.pi)
    return mean, math.sqrt((1 / (entries - 1) - mean**2) / count)


def gauge_mean(a, m):
    """E|r(O A, M)| over Haar O, to the order 1/n: <O, M A^T> is nearly normal, of variance ||M A^T||^2 / n. @param m standardised"""
    return math.sqrt(2 / math.pi / len(a)) * np.linalg.norm(m @ a.T) / np.linalg.norm(a)


class InputSide:
    """What T2 to T5 read of a matrix: its Gram matrix on the input side, and its leading right singular vectors."""

    def __init__(self, a, k):
        self.a = a
        self.gram = a.T @ a
        values, vectors = np.linalg.eigh(self.gram)
        self.leading = vectors[:, -k:]
        self.sigma = np.sqrt(np.maximum(values, 0))
        self.norm = np.linalg.norm(a)


def nuclear(a):
    """Sum of the singular values: as the squares' roots, right to 1e-12 of it."""
    squares = np.linalg.eigvalsh(a @ np.swapaxes(a, -1, -2))
    return np.sqrt(np.maximum(squares, 0)).sum(-1)


def input_statistics(side, view):
    """T2 to T5."""
    above = np.triu_indices(len(side.gram), 1)
    return {
        "grams": float(standardised(side.gram[above]) @ standardised(view.gram[above])),
        "cka": float(np.sum(side.gram * view.gram) / (np.linalg.norm(side.gram) * np.linalg.norm(view.gram))),
        "procrustes": nuclear(side.a @ view.a.T) / (side.norm * view.norm),
        "overlap": float(np.sum((side.leading.T @ view.leading) ** 2) / side.leading.shape[1]),
    }


def turned_means(side, view, turns):
    """
    What the statistics are on average where the input side is turned. T3's and T5's means are exact; T2's is zero, but for
    what the spread of the norm adds; of T4 numpy makes draws: ||A O M^T||_* depends on both spectra alone.
    """
    n, k = side.leading.shape
    scale = np.linalg.norm(side.gram) * np.linalg.norm(view.gram)
    met = side.sigma[:, None] * turns * view.sigma
    return {
        "grams": 0.0,
        "cka": float(np.trace(side.gram) * np.trace(view.gram) / n / scale),
        "procrustes": float(nuclear(met).mean() / (side.norm * view.norm)),
        "overlap": k / n,
    }


def turns_of(random, n, draws):
    return np.array([haar(random, n) for _ in range(draws)])


def eigenbasis(a):
    """Eigenvectors of the symmetric part, the largest in magnitude first."""
    values, vectors = np.linalg.eigh((a + a.T) / 2)
    return vectors[:, np.argsort(-np.abs(values))]


def band_energies(stack, u):
    """Shares of energy in each band of a basis, mean over layers."""
    by_direction = np.sum((stack @ u) ** 2, axis=1) / np.sum(stack**2, axis=(1, 2))[:, None]
    n = u.shape[1]
    return {band: by_direction[:, int(low * n) : int(high * n)].sum(1).mean() for band, (low, high) in BANDS.items()}


def band_law(band, entries, layers):
    """Mean and standard deviation of the share, Beta(N w / 2, N (1 - w) / 2), over layers."""
    low, high = BANDS[band]
    width = high - low
    return width, math.sqrt(width * (1 - width) / (entries / 2 + 1) / layers)
