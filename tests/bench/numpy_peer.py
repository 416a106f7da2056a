"""numpy's, scipy's and scikit-learn's side of the linear algebra bench."""

import numpy as np
import scipy.sparse
import scipy.sparse.linalg
from sklearn.utils.extmath import randomized_svd
from threadpoolctl import threadpool_info

from serve_tasks import serve_tasks


def layers_of(request):
    n = request["n"]
    return np.fromfile(request["path"]).reshape(request["layers"], 3, n, n)


def kernels(_):
    return threadpool_info, lambda pools: ", ".join(
        f"{pool['internal_api']} {pool.get('version')} ({pool.get('architecture', 'any')} kernels, "
        f"{pool['num_threads']} threads)" for pool in pools)


def singular_values(request):
    layers = layers_of(request)

    def run():
        q, k, v = layers[:, 0], layers[:, 1], layers[:, 2]
        return [np.linalg.svd(a, compute_uv=False) for a in (q, k, v, q @ k.swapaxes(1, 2))]

    return run, lambda spectra: f"sum {sum(s.sum() for s in spectra):.12g}"


def eigenvalues(request):
    layers = layers_of(request)

    def run():
        return np.linalg.eigvals(layers[:, 0].swapaxes(1, 2) @ layers[:, 1])

    return run, lambda found: f"sum of |Re| {np.abs(found.real).sum():.12g}"


def sparse_of(request):
    size = request["size"]
    return scipy.sparse.csr_array(
        (np.fromfile(request["values"]), np.fromfile(request["indices"], np.int32),
         np.fromfile(request["offsets"], np.int32)), (size, size))


def residual(a, values, vectors):
    return np.linalg.norm(a @ vectors - vectors * values, axis=0).max() / np.abs(values).max()


def eigsh(request):
    a = sparse_of(request)

    def run():
        return scipy.sparse.linalg.eigsh(a, request["count"], which="LM", tol=request.get("tolerance", 0))

    return run, lambda pairs: (f"sum of |lambda| {np.abs(pairs[0]).sum():.12g}, "
                               f"residual {residual(a, *pairs):.1e}")


def randomized(request):
    a = sparse_of(request)

    def run():
        return randomized_svd(a, request["count"], n_iter=request.get("iterations", 4), random_state=54)

    return run, lambda found: f"sum of sigma {found[1].sum():.12g}"


serve_tasks({"kernels": kernels, "singular-values": singular_values, "eigenvalues": eigenvalues, "eigsh": eigsh,
             "randomized-svd": randomized})
