"""Haar matrices: numpy's own draws, and what is known of them without a draw."""
import numpy as np


def haar(random, n):
    """From the QR of a Gaussian matrix, with signs that make R's diagonal positive (Mezzadri 2007)."""
    q, r = np.linalg.qr(random.normal(size=(n, n)))
    return q * np.sign(np.diag(r))


def invariants_of(a):
    """tr(A)^2, ||A||^2 and <A, A^T> of a stack: all that a fourth moment over O depends on [..., 3]."""
    trace = np.trace(a, axis1=-2, axis2=-1)
    return np.stack([trace**2, np.einsum("...ij,...ij", a, a), np.einsum("...ij,...ji", a, a)], -1)


def second_moments(invariants, n):
    """
    a, b and c of E[G_ij G_kl] = a d_ij d_kl + b d_ik d_jl + c d_il d_jk, G = O X O^T: its three contractions are tr(X)^2,
    ||X||^2 and <X, X^T>.

    @param invariants `invariants_of` X [n, n]
    """
    contractions = n * np.array([[n, 1, 1], [1, n, 1], [1, 1, n]], float)
    return np.linalg.solve(contractions, np.asarray(invariants)[..., None])[..., 0]
