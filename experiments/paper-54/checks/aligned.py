"""Two runs' forms, one run's stream turned into the other's, each head with the one that it is matched with."""
import numpy as np

from invariants import transposed


class Side:
    """A run's forms and the embedding that its stream is aligned by."""

    def __init__(self, run, embedding):
        self.q, self.k, self.heads, self.embedding = run.q, run.k, run.heads, embedding
        own = products(self, self)
        self.norms = np.sqrt(np.diagonal(own, axis1=1, axis2=2))
        self.norm = np.sqrt(own.sum(axis=(1, 2)))
        self.trace = np.einsum("lrj,lrj->l", run.q, run.k)


def products(a, b, turn=None):
    """
    Inner products of the forms of every head with every head's of the other run [layers, heads, heads]:
    <Q^T K, Q'^T K'> = sum of (Q Q'^T) * (K K'^T), in the turn's own precision.
    """
    met = 1
    for one, other in ((a.q, b.q), (a.k, b.k)):
        met = met * (one @ transposed(other) if turn is None else one.astype(turn.dtype) @ turn @ transposed(other).astype(turn.dtype))
    layers, n, _ = met.shape
    return met.reshape(layers, a.heads, n // a.heads, b.heads, n // b.heads).sum(axis=(2, 4), dtype=float)


def procrustes(a, b):
    """The orthogonal R that brings A R nearest to B, and the share of B that it leaves (Schoenemann 1966)."""
    left, sigma, right = np.linalg.svd(a.T @ b)
    # <A R, B> is the sum of the singular values.
    return left @ right, 1 - sigma.sum() ** 2 / (np.sum(a * a) * np.sum(b * b))


def head_cosines(a, b, turn=None):
    """
    Of each layer the cosine of the whole forms [layers], and of every head of the one with every head of the other
    [layers, heads, heads].
    """
    met = products(a, b, turn)
    return met.sum(axis=(1, 2)) / (a.norm * b.norm), met / (a.norms[:, :, None] * b.norms[:, None, :])


def best_matches(cosines):
    """The largest mean that matching heads one to one can have, over subsets of the columns [..., heads, heads] -> [...]."""
    heads = cosines.shape[-1]
    best = {0: np.zeros(cosines.shape[:-2])}
    for taken in range(1, 2**heads):
        row = taken.bit_count() - 1
        best[taken] = np.max([best[taken ^ 1 << column] + cosines[..., row, column] for column in range(heads) if taken >> column & 1], axis=0)
    return best[2**heads - 1] / heads


def whole_mean(a, b):
    """The whole forms' mean cosine over Haar turns: tr(A) tr(B) / (n ||A|| ||B||), exactly; mean over layers."""
    return np.mean(a.trace * b.trace / (a.q.shape[-1] * a.norm * b.norm))
