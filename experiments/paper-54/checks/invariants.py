"""
The invariants of Paper 54 by numpy, from Q, K and V alone; definitions as the page states them. Matrices come in stacks, and a
function gives columns of the page's table, each with one figure a matrix.
"""
import numpy as np


def transposed(a):
    return np.swapaxes(a, -1, -2)


def spectrum(a):
    """Singular values, descending."""
    return np.linalg.svd(a, compute_uv=False)


def norm(a):
    return np.sqrt(np.einsum("...ij,...ij", a, a))


def divergence(a, b):
    """KL(A||B) of plain normalised spectra, nats."""
    p, q = (x / x.sum(-1, keepdims=True) for x in np.broadcast_arrays(a, b))
    return np.sum(p * np.log(p / q), -1)


def quarter_circle(n):
    """The law's quantiles at (i - 1/2)/n, descending, by Newton's method on x = 2 sin(t)."""
    share = (n - np.arange(n) - 0.5) / n
    t = share * np.pi / 2
    for _ in range(200):
        # F = (2t + sin 2t) / pi
        t = np.clip(t - ((2 * t + np.sin(2 * t)) / np.pi - share) / ((2 + 2 * np.cos(2 * t)) / np.pi), 0, np.pi / 2 - 1e-12)
    return 2 * np.sin(t)


def twinning(q, k, v):
    q, k, v = map(spectrum, (q, k, v))
    law = quarter_circle(q.shape[-1])
    return {
        "kl-q-k": divergence(q, k), "kl-q-v": divergence(q, v),
        "kl-q-mp": divergence(q, law), "kl-k-mp": divergence(k, law), "kl-v-mp": divergence(v, law),
    }


def head_twinning(q, k, v):
    """By head: [..., d, n]."""
    q, k, v = map(spectrum, (q, k, v))
    return {"kl-q-k": divergence(q, k), "kl-q-v": divergence(q, v)}


def norms(run):
    q, k, v = norm(run.q), norm(run.k), norm(run.v)
    return {"q-norm": q, "k-norm": k, "v-norm": v, "v-over-q": v / q}


def ranks(sigma):
    p = sigma / sigma.sum(-1, keepdims=True)
    energy = sigma**2 / np.sum(sigma**2, -1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        entropy = -np.sum(np.where(p > 0, p * np.log(p), 0), -1)
    return {
        "effective-rank": sigma.sum(-1) ** 2 / np.sum(sigma**2, -1),
        "top-8-energy": energy[..., :8].sum(-1),
        "top-32-energy": energy[..., :32].sum(-1),
        "entropy-rank": np.exp(entropy),
    }


def product_spectra(q, k):
    """Singular values of Q K^T and of Q^T K."""
    return spectrum(q @ transposed(k)), spectrum(transposed(q) @ k)


def real_fraction(a):
    values = np.linalg.eigvals(a)
    return np.abs(values.real).sum(-1) / np.abs(values).sum(-1)


def symmetry(form):
    rho = np.einsum("...ij,...ji", form, form) / norm(form) ** 2
    return {"ratio": norm(form - transposed(form)) / norm(form), "rho": rho, "antisymmetric-energy": (1 - rho) / 2}


def asymmetry(q, k):
    form = transposed(q) @ k
    return {**symmetry(form), "real-fraction": real_fraction(form)}


def head_asymmetry(q, k):
    """By head [..., d, n]; the eigenvalues of Q_h^T K_h that are not zero are those of K_h Q_h^T."""
    left, right = (np.linalg.qr(transposed(side), mode="r") for side in (q, k))
    return {
        **symmetry(transposed(q) @ k),
        "real-fraction": real_fraction(k @ transposed(q)),
        "effective-rank": ranks(spectrum(left @ transposed(right)))["effective-rank"],
    }


def correlation(a, b):
    a, b = (x - x.mean(axis=(-1, -2), keepdims=True) for x in (a, b))
    return np.sum(a * b, axis=(-1, -2)) / (norm(a) * norm(b))


def drifts(v1, v1_init, sft, sft_init):
    columns = {}
    for name in "qkv":
        end, init, of_sft, of_init = (getattr(run, name) for run in (v1, v1_init, sft, sft_init))
        columns |= {
            f"drift-{name}": norm(of_sft - of_init) / norm(of_init),
            f"drift-{name}-absolute": norm(of_sft - of_init), f"init-norm-{name}": norm(of_init),
            f"v1-drift-{name}": norm(end - init) / norm(init),
            f"corr-{name}": correlation(of_sft, end), f"init-corr-{name}": correlation(end, init),
        }
    return columns


def geometry(run, base, distances):
    """Whether Q and K amplify the same directions, and what rotary positions leave of a head's form."""
    gram_q, gram_k = (transposed(a) @ a for a in (run.q, run.k))
    for gram in (gram_q, gram_k):
        gram -= np.trace(gram, axis1=-1, axis2=-2)[:, None, None] / gram.shape[-1] * np.eye(gram.shape[-1])
    columns = {"alignment": np.einsum("lij,lij->l", gram_q, gram_k) / (norm(gram_q) * norm(gram_k))}
    q, k = run.by_head(run.q), run.by_head(run.k)
    theta = base ** (-np.arange(0, q.shape[-2], 2) / q.shape[-2])
    planes = k[..., 0::2, :] + 1j * k[..., 1::2, :]

    def product(a, b):
        """<Q_h^T A, Q_h^T B> = <Q_h Q_h^T, B A^T>"""
        return np.einsum("...ij,...ij", q @ transposed(q), b @ transposed(a))

    for distance in distances:
        turned = planes * np.exp(1j * distance * theta)[:, None]
        other = np.empty_like(k)
        other[..., 0::2, :], other[..., 1::2, :] = turned.real, turned.imag
        columns[f"rotation-{distance}"] = (product(k, other) / np.sqrt(product(k, k) * product(other, other))).mean(-1)
        columns[f"rotation-{distance}-white"] = np.full(len(q), np.cos(distance * theta).mean())
    return columns
