"""T1 to T6 by numpy, from counts and weights alone; definitions as the page states them."""
import math

import numpy as np


def embedding(wte, frequencies):
    """Rows by their root mean square, less the mean weighted by frequency: [tokens, n]."""
    rows = wte / np.sqrt(np.mean(wte**2, axis=1, keepdims=True))
    return rows - frequencies @ rows / frequencies.sum()


def dense(triplets, tokens):
    """M [tokens, tokens] from its triplets; rows: earlier tokens. For a few thousand tokens dense products are faster."""
    rows, cols, values = triplets
    whole = np.zeros((tokens, tokens))
    whole[rows, cols] = values
    return whole


def image(m, left):
    """L^T M L"""
    return left.T @ (m @ left)


def inverse_root(c):
    values, vectors = np.linalg.eigh(c)
    return vectors / np.sqrt(values) @ vectors.T


def corpus_views(counts, e):
    """The views of T1, by id. @param counts M of log1p, by name"""
    c = e.T @ e
    root = inverse_root(c)
    whitened = {name: root @ image(of, e) @ root for name, of in counts.items()}
    k2, k3 = whitened["k2"], whitened["k3-skip"]
    return {"k2": k2, "k2-t": k2.T, "k3": k3, "k3-skip": k3, "ete": c, "identity": np.eye(len(c)), "window": whitened["window"]}


def pearson(a, b):
    return float(np.corrcoef(np.ravel(a), np.ravel(b))[0, 1])


def input_side(a, k):
    """A, its Gram matrix, and its k leading right singular vectors [n, k]."""
    gram = a.T @ a
    return a, gram, np.linalg.eigh(gram)[1][:, -k:]


def input_statistics(side, view, k):
    """T2 to T5, and where it has a closed form the mean of their null, the input side turned."""
    (a, ga, va), (m, gm, vm) = side, view
    above = np.triu_indices(len(ga), 1)
    n = len(ga)
    scale = np.linalg.norm(ga) * np.linalg.norm(gm)
    found = {
        "grams": pearson(ga[above], gm[above]),
        "cka": float(np.sum(ga * gm) / scale),
        "procrustes": float(np.linalg.norm(a @ m.T, "nuc") / (np.linalg.norm(a) * np.linalg.norm(m))),
        "overlap": float(np.sum((va.T @ vm) ** 2) / k),
    }
    return found, {"cka": float(np.trace(ga) * np.trace(gm) / n / scale), "overlap": k / n}


def gauge_mean(a, m):
    """E|r(O A, M)| over Haar O, to the order 1/n: <O, M A^T> is nearly normal, of variance ||M A^T||^2 / n."""
    centred = m - m.mean()
    sd = np.linalg.norm(centred @ a.T) / math.sqrt(len(a)) / (np.linalg.norm(centred) * np.linalg.norm(a))
    return math.sqrt(2 / math.pi) * sd


def law_of_mean(entries, count):
    """Mean and standard deviation of the mean of |r|, r^2 ~ Beta(1/2, (N - 2)/2)."""
    mean = math.exp(math.lgamma((entries - 1) / 2) - math.lgamma(entries / 2)) / math.sqrt(math.pi)
    return mean, math.sqrt((1 / (entries - 1) - mean**2) / count)


def frequency_bins(frequencies, ratio, tokens):
    bins, start, current = np.zeros(len(frequencies), int), 0, 0
    for at in range(1, len(frequencies)):
        full, far = at - start >= tokens, frequencies[at] * ratio < frequencies[start]
        if full and far and frequencies[at] < frequencies[at - 1]:
            start, current = at, current + 1
        bins[at] = current
    if current > 0 and len(frequencies) - start < tokens:
        bins[start:] = current - 1
    return bins


class FreeSpace:
    """Tokens with every function of frequency projected out of the embedding and of both sides of the views."""

    def __init__(self, e, frequencies, rule):
        bins = frequency_bins(frequencies, rule["ratio"], rule["tokens"])
        logs = np.log(frequencies)
        functions = np.column_stack([np.eye(bins.max() + 1)[bins], logs, logs**2])
        functions /= np.linalg.norm(functions, axis=0)
        left, sigma, _ = np.linalg.svd(functions, full_matrices=False)
        basis = left[:, sigma > 1e-9 * sigma[0]]
        self.u, self.roots, self.vt = np.linalg.svd(e - basis @ (basis.T @ e), full_matrices=False)

    def carried(self, m):
        """W; row: the later token."""
        return image(m, self.u).T

    def scores(self, form):
        return self.roots[:, None] * (self.vt @ form @ self.vt.T) * self.roots


def cosine(a, b):
    return float(np.sum(a * b) / (np.linalg.norm(a) * np.linalg.norm(b)))


def symmetry(a):
    """rho = <A, A^T> / ||A||^2"""
    return cosine(a, a.T)


def form_cosines(qk, ov, k2, k3):
    """The columns of the page's table, from scores A of a layer's forms, summed over heads."""
    return {
        "k2": cosine(qk, k2), "k2-t": cosine(qk, k2.T), "k3-skip": cosine(qk, k3),
        "k2-symmetric": cosine(qk + qk.T, k2 + k2.T), "k2-antisymmetric": cosine(qk - qk.T, k2 - k2.T),
        "copied-k2": cosine(ov, k2), "copied-k2-t": cosine(ov, k2.T), "copied-k3-skip": cosine(ov, k3),
    }
