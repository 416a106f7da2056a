"""The invariants of Paper 54 by numpy, from Q, K and V [n, n] alone; definitions as the page states them."""
import numpy as np


def spectrum(a):
    return np.linalg.svd(a, compute_uv=False)


def divergence(a, b):
    """KL(A||B) of plain normalised spectra, nats."""
    p, q = a / a.sum(), b / b.sum()
    return float(np.sum(p * np.log(p / q)))


def quarter_circle(n):
    """The law's quantiles at (i - 1/2)/n, descending, by Newton's method on x = 2 sin(t)."""
    share = (n - np.arange(n) - 0.5) / n
    t = share * np.pi / 2
    for _ in range(200):
        # F = (2t + sin 2t) / pi
        t = np.clip(t - ((2 * t + np.sin(2 * t)) / np.pi - share) / ((2 + 2 * np.cos(2 * t)) / np.pi), 0, np.pi / 2 - 1e-12)
    return 2 * np.sin(t)


def spectral_twinning(w):
    q, k, v = (spectrum(w[name]) for name in "qkv")
    law = quarter_circle(len(q))
    return {
        "kl-q-k": divergence(q, k), "kl-q-v": divergence(q, v),
        "kl-q-mp": divergence(q, law), "kl-k-mp": divergence(k, law), "kl-v-mp": divergence(v, law),
    }


def value_crescendo(w):
    q, k, v = (float(np.linalg.norm(w[name])) for name in "qkv")
    return {"q-norm": q, "k-norm": k, "v-norm": v, "v-over-q": v / q}


def ranks(a):
    sigma = spectrum(a)
    p = sigma / sigma.sum()
    energy = sigma**2 / np.sum(sigma**2)
    return {
        "effective-rank": float(sigma.sum() ** 2 / np.sum(sigma**2)),
        "top-8-energy": float(energy[:8].sum()),
        "top-32-energy": float(energy[:32].sum()),
        "entropy-rank": float(np.exp(-np.sum(p[p > 0] * np.log(p[p > 0])))),
    }


def low_rank_kernel(w):
    return ranks(w["q"] @ w["k"].T)


def low_rank_form(w):
    return ranks(w["q"].T @ w["k"])


def asymmetry(w):
    form = w["q"].T @ w["k"]
    values = np.linalg.eigvals(form)
    rho = float(np.sum(form * form.T) / np.sum(form * form))
    return {
        "ratio": float(np.linalg.norm(form - form.T) / np.linalg.norm(form)),
        "rho": rho,
        "real-fraction": float(np.abs(values.real).sum() / np.abs(values).sum()),
        "antisymmetric-energy": (1 - rho) / 2,
    }


def drift(end, init):
    return float(np.linalg.norm(end - init) / np.linalg.norm(init))


def correlation(a, b):
    return float(np.corrcoef(a.ravel(), b.ravel())[0, 1])


def non_uniqueness(v1, v1_init, sft, sft_init):
    row = {}
    for name in "qkv":
        row[f"drift-{name}"] = drift(sft[name], sft_init[name])
        row[f"v1-drift-{name}"] = drift(v1[name], v1_init[name])
        row[f"corr-{name}"] = correlation(sft[name], v1[name])
        row[f"init-corr-{name}"] = correlation(v1[name], v1_init[name])
    return row
