"""numpy's, scipy's and scikit-learn's side of the linear algebra bench."""

import json

import numpy as np
import scipy.sparse
import scipy.sparse.linalg
from sklearn.utils.extmath import randomized_svd
from threadpoolctl import threadpool_info

from numpy_analyses import Analyses
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


def analyses(request):
    n = request["n"]
    triples = {name: np.fromfile(request[name]).reshape(-1, 3, n, n)
               for name in ("v1", "v1Init", "sft", "sftInit", "draws")}
    corpus_views, attention_views, variants, bases = (
        np.fromfile(request[name]).reshape(-1, n, n)
        for name in ("corpusViews", "attentionViews", "variants", "bases"))
    work = Analyses(n, request["heads"], triples["v1"], triples["v1Init"], triples["sft"], triples["sftInit"],
                    triples["draws"], corpus_views, attention_views, variants, bases)
    return work.all, json.dumps


def dense_reference(request):
    """All eigenvalues by a dense solver, by magnitude, to a file."""
    a = sparse_of(request).toarray()

    def tell(values):
        np.abs(values[np.argsort(-np.abs(values))]).tofile(request["reference"])
        return f"|lambda_1| {np.abs(values).max():.6g}"

    return lambda: np.linalg.eigvalsh(a), tell


def largest_error(values, request):
    """Of |lambda|, as a share of the largest."""
    reference = np.fromfile(request["reference"])
    found = np.sort(np.abs(values))[::-1]
    return f"largest error {np.abs(found - reference[:len(found)]).max() / reference[0]:.0e}"


def eigsh(request):
    a = sparse_of(request)

    def run():
        return scipy.sparse.linalg.eigsh(a, request["count"], which="LM", tol=request["tolerance"])

    return run, lambda pairs: largest_error(pairs[0], request)


def randomized(request):
    a = sparse_of(request)

    def run():
        return randomized_svd(a, request["count"], n_iter=request["iterations"], random_state=54)

    return run, lambda found: largest_error(found[1], request)


serve_tasks({"kernels": kernels, "singular-values": singular_values, "eigenvalues": eigenvalues,
             "analyses": analyses, "dense-reference": dense_reference, "eigsh": eigsh, "randomized-svd": randomized})
