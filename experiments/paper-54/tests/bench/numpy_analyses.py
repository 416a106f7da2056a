"""Every analysis of one seed with its nulls, in numpy, from the definitions; each gives the sum of its figures."""

import numpy as np


def normalised(sigma):
    return sigma / sigma.sum(axis=-1, keepdims=True)


def singular_values(a):
    return np.linalg.svd(a, compute_uv=False)


def quarter_circle(n):
    """Quantiles of F(x) = [x sqrt(4 - x^2) / 2 + 2 asin(x / 2)] / pi at (i - 1/2) / n, descending."""
    shares = (n - np.arange(n) - 0.5) / n
    low, high = np.zeros(n), np.full(n, 2.0)
    for _ in range(60):
        middle = (low + high) / 2
        below = (middle * np.sqrt(4 - middle**2) / 2 + 2 * np.arcsin(middle / 2)) / np.pi < shares
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return (low + high) / 2


def divergence(a, b):
    return (normalised(a) * np.log(normalised(a) / normalised(b))).sum(axis=-1)


def ranks(sigma):
    p = normalised(sigma)
    energies = p**2 / (p**2).sum(axis=-1, keepdims=True)
    return (1 / (p**2).sum(axis=-1) + energies[..., :8].sum(axis=-1) + energies[..., :32].sum(axis=-1)
            + np.exp(-(p * np.log(p)).sum(axis=-1))).sum()


def asymmetry_of(w):
    energy = (w * w).sum(axis=(-2, -1))
    rho = (w * w.swapaxes(-1, -2)).sum(axis=(-2, -1)) / energy
    return (np.sqrt(2 * np.maximum(0, 1 - rho)) + rho + (1 - rho) / 2).sum()


def real_fraction(w):
    values = np.linalg.eigvals(w)
    return (np.abs(values.real).sum(axis=-1) / np.abs(values).sum(axis=-1)).sum()


def standardised(a):
    """[..., n, n] -> [..., n * n], centred and of norm one."""
    flat = a.reshape(*a.shape[:-2], -1)
    centred = flat - flat.mean(axis=-1, keepdims=True)
    return centred / np.linalg.norm(centred, axis=-1, keepdims=True)


def transposed(a):
    return a.swapaxes(-1, -2)


def norms(a):
    return np.linalg.norm(a, axis=(-2, -1))


class Analyses:
    """layers, draws: [.., 3, n, n]; views and variants: [.., n, n]; bases: [2, n, n]."""

    def __init__(self, n, heads, v1, v1_init, sft, sft_init, draws, corpus_views, attention_views, variants, bases):
        self.n, self.heads = n, heads
        self.v1, self.v1_init, self.sft, self.sft_init, self.draws = v1, v1_init, sft, sft_init, draws
        self.corpus_views, self.attention_views = corpus_views, attention_views
        self.variants, self.bases = variants, bases

    def both(self):
        """Layers and draws."""
        return self.v1, self.draws

    def asymmetry(self):
        forms = [transposed(a[:, 0]) @ a[:, 1] for a in self.both()]
        return sum(asymmetry_of(w) + real_fraction(w) for w in forms)

    def spectral_twinning(self):
        circle = quarter_circle(self.n)
        spectra = [singular_values(a) for a in self.both()]
        return sum((divergence(s[:, 0], s[:, 1]) + divergence(s[:, 0], s[:, 2])).sum() + divergence(s, circle).sum()
                   for s in spectra)

    def band_energy(self):
        first = self.n // 8
        return sum((((a @ basis)[..., :first] ** 2).sum(axis=(-2, -1)) / (a * a).sum(axis=(-2, -1))).sum()
                   for basis in self.bases for a in self.both())

    def low_rank_form(self):
        return sum(ranks(singular_values(transposed(a[:, 0]) @ a[:, 1])) for a in self.both())

    def low_rank_kernel(self):
        return sum(ranks(singular_values(a[:, 0] @ transposed(a[:, 1]))) for a in self.both())

    def correlations(self):
        corpus = standardised(self.corpus_views)
        attention = standardised(np.stack([self.attention_views, transposed(self.attention_views)], axis=1))
        layers, draws = standardised(self.v1), standardised(self.draws)
        views = np.concatenate([corpus, attention.reshape(-1, corpus.shape[1])])
        return (np.abs(layers @ corpus.T).sum() + np.abs(layers @ transposed(attention)).sum()
                + np.abs(draws @ views.T).sum())

    def correlation_variants(self):
        basis = self.bases[0]
        drawn = standardised(self.draws)
        draw_norms = norms(self.draws[:, 0])
        flat_draws = self.draws[:, 0].reshape(len(self.draws), -1)
        total = 0.0
        for turn in (lambda a: a, lambda a: basis.T @ a @ basis):
            layers = turn(self.v1)
            ready = standardised(layers)
            for k2, k3 in turn(self.variants).reshape(-1, 2, self.n, self.n):
                views = standardised(np.stack([k2, k2.T, k3]))
                total += np.abs(np.einsum("lmx,mx->lm", ready, views)).sum()
                total += np.abs(np.einsum("lmx,mx->lm", drawn, views)).sum()
                size, flat = np.linalg.norm(k2), k2.ravel()
                total += np.abs(layers[:, 0].reshape(len(layers), -1) @ flat / norms(layers[:, 0]) / size).sum()
                total += np.abs(flat_draws @ flat / draw_norms / size).sum()
        return total

    def asymmetry_by_head(self):
        width = self.n // self.heads
        heads = [self.v1.reshape(-1, 3, self.heads, width, self.n).swapaxes(1, 2).reshape(-1, 3, width, self.n),
                 self.draws[:, :, :width]]
        total = 0.0
        for a in heads:
            q, k = a[:, 0], a[:, 1]
            form = transposed(q) @ k
            p = normalised(singular_values(form)[:, :width])
            total += asymmetry_of(form) + real_fraction(k @ transposed(q)) + (1 / (p**2).sum(axis=-1)).sum()
        return total

    def cumulative_energy(self):
        squares = singular_values(self.v1[:, 0] @ transposed(self.v1[:, 1])) ** 2
        return (squares.cumsum(axis=-1) / squares.sum(axis=-1, keepdims=True)).sum()

    def singular_spectra(self):
        return normalised(singular_values(self.v1))[..., 0].sum()

    def value_crescendo(self):
        sizes = np.concatenate([norms(self.v1), norms(self.v1_init)])
        return sizes.sum() + (sizes[:, 2] / sizes[:, 0]).sum()

    def non_uniqueness(self):
        targets = standardised(self.v1)
        drift = (norms(self.sft - self.sft_init) / norms(self.sft_init)
                 + norms(self.v1 - self.v1_init) / norms(self.v1_init)).sum()
        own = np.abs((standardised(self.sft) * targets).sum(axis=-1)).sum()
        init = np.abs((standardised(self.v1_init) * targets).sum(axis=-1)).sum()
        drawn = standardised(self.draws)
        return drift + own + init + sum(np.abs(drawn[:, m] @ targets[:, m].T).sum() for m in range(3))

    def all(self):
        return {name.replace("_", "-"): float(getattr(self, name)()) for name in (
            "asymmetry", "spectral_twinning", "band_energy", "low_rank_form", "low_rank_kernel", "correlations",
            "correlation_variants", "asymmetry_by_head", "cumulative_energy", "singular_spectra",
            "value_crescendo", "non_uniqueness")}
