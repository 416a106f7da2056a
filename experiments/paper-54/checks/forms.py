"""
T6 by numpy: forms of heads on tokens, and views as an embedding carries them; definitions as the page states them. With
E = U diag(s) V^T the scores of a form are U A U^T, A = diag(s) V^T B V diag(s), and what E carries of M^T is U W U^T,
W = (U^T M U)^T.
"""
import copy

import numpy as np

from haar import invariants_of, second_moments

PARTS = ("whole", "symmetric", "antisymmetric")
COUNTED = {"K_2": "k2", "K_3_skip": "k3-skip"}


def bins_of(frequencies, ratio, tokens):
    bins, start, current = np.zeros(len(frequencies), int), 0, 0
    for at in range(1, len(frequencies)):
        full, far = at - start >= tokens, frequencies[at] * ratio < frequencies[start]
        if full and far and frequencies[at] < frequencies[at - 1]:
            start, current = at, current + 1
        bins[at] = current
    if current > 0 and len(frequencies) - start < tokens:
        bins[start:] = current - 1
    return bins


def functions_of(frequencies, bins):
    """Functions of frequency, orthonormal: the constant, and then what is left of bins, log f and its square."""
    logs = np.log(frequencies)
    functions = np.column_stack([np.eye(bins.max() + 1)[bins], logs, logs**2])
    functions -= functions.mean(axis=0)
    functions /= np.linalg.norm(functions, axis=0) + 1e-300
    left, sigma, _ = np.linalg.svd(functions, full_matrices=False)
    constant = np.full((len(frequencies), 1), len(frequencies) ** -0.5)
    return np.hstack([constant, left[:, sigma > 1e-9 * sigma[0]]])


def parts_of(energy, mixed):
    """Squared norms of a matrix's parts, from ||A||^2 and <A, A^T>: [parts, ...]"""
    return np.array([energy, (energy + mixed) / 2, (energy - mixed) / 2])


def parts_met(along, across):
    """Inner products of parts, from <A, W> and <A, W^T>."""
    return np.array([along, (along + across) / 2, (along - across) / 2])


def energies(a):
    return np.einsum("...ij,...ij", a, a), np.einsum("...ij,...ji", a, a)


class CountedView:
    """A view on tokens: what is asked of it that no embedding changes, and M E of each embedding."""

    def __init__(self, corpus, name, functions, bins, embeddings):
        rows, cols, values = corpus.triplets(name)
        m = corpus.dense(name)
        total = np.bincount(bins)
        shape = (len(total), len(total))
        sums = np.bincount(bins[rows] * shape[0] + bins[cols], values, shape[0] ** 2).reshape(shape)
        on = rows == cols
        diagonal = np.bincount(bins[rows[on]], values[on], len(total))
        pairs = np.outer(total, total) - np.diag(total)
        mean = (sums - np.diag(diagonal)) / np.maximum(pairs, 1)
        # The mean over tokens permuted within their bins: of two tokens, and of a token with itself.
        self.of_bins, self.still = mean, (diagonal / total - np.diag(mean))[bins]
        # ||P M P||^2 and <P M P, (P M P)^T>, P the projection off the functions.
        own, crossed = np.sum(values**2), np.sum(values * m[cols, rows])
        right, left = m @ functions, m.T @ functions
        core = functions.T @ right
        self.whole = parts_of(own, crossed)
        self.free = parts_of(
            own - np.sum(left**2) - np.sum(right**2) + np.sum(core**2),
            crossed - 2 * np.sum(left * right) + np.sum(core * core.T),
        )
        self.left, self.right, self.core = left, right, core
        self.times = {seed: m @ e for seed, e in embeddings.items()}


class Space:
    """An embedding's directions on tokens, with the views as it carries them; row: the later token."""

    def __init__(self, id, e):
        self.id = id
        values, vectors = np.linalg.eigh(e.T @ e)
        # Which of its two directions an eigenvector gets is a library's choice, and a draw's cosines hang on it.
        vectors = vectors * np.sign(vectors[np.abs(vectors).argmax(0), np.arange(len(values))])
        self.roots, self.vt = np.sqrt(values), vectors.T
        self.u = e @ (vectors / self.roots)
        self.views, self.permuted = {}, {}
        # Of D W D: its trace, and what its parts' moments over Haar turns are made of [parts, 3].
        self.scaled = {}

    def enter(self, factor):
        """A form's factor in the space's coordinates."""
        return factor @ (self.vt.T * self.roots)

    def also(self, id, image):
        """The same space with one view more, of which only the whitened image is kept; row: the earlier token."""
        more = copy.copy(self)
        more.scaled = dict(self.scaled)
        more.views = {**self.views, id: (self.vt @ image @ self.vt.T).T}
        more.look()
        return more

    def look(self):
        """What every form meets: the views both ways [2 views, n, n], their norms [views, parts], and their diagonals."""
        self.images = both_ways(self.views.values())
        self.norms = np.array([np.sqrt(parts_of(*energies(w))) for w in self.views.values()])
        n = len(self.roots)
        for id, w in self.views.items():
            if id not in self.scaled:
                x = self.roots[:, None] * w * self.roots
                parts = np.array([x, (x + x.T) / 2, (x - x.T) / 2])
                self.scaled[id] = np.trace(x), second_moments(invariants_of(parts), n)
        self.diagonals = np.diagonal(self.images, axis1=1, axis2=2)
        self.all_images = np.concatenate([self.images, both_ways(self.permuted.values())])


def both_ways(images):
    return np.array([side for image in images for side in (image, image.T)])


def spaces_of(seed, e, counted, functions, bins):
    """Free of frequency, and whole. @param counted views by id"""
    onto = functions.T @ e
    free, whole = Space("free", e - functions @ onto), Space("whole", e)
    members = np.eye(bins.max() + 1)[bins]
    for id, view in counted.items():
        raw, cross, other = e.T @ view.times[seed], e.T @ view.right, view.left.T @ e
        bare = raw - cross @ onto - onto.T @ other + onto.T @ view.core @ onto
        for space, image in ((free, bare), (whole, raw)):
            turn = space.vt.T / space.roots
            space.views[id] = (turn.T @ image @ turn).T
            mine = members.T @ space.u
            space.permuted[id] = (mine.T @ view.of_bins @ mine + space.u.T @ (space.u * view.still[:, None])).T
    free.look()
    whole.look()
    return free, whole


def turned_planes(right, heads, base, delta):
    """R_Delta of every head: planes of two rows turned by -Delta theta, since a key Delta before its query is turned by less."""
    d = len(right) // heads
    theta = np.tile(base ** (-np.arange(0, d, 2) / d), heads)
    planes = (right[0::2] + 1j * right[1::2]) * np.exp(-1j * delta * theta)[:, None]
    turned = np.empty_like(right)
    turned[0::2], turned[1::2] = planes.real, planes.imag
    return turned


def by_heads(blocks, heads):
    """Sums over the blocks of each head, and last over all."""
    d = len(blocks) // heads
    sums = blocks.reshape(heads, d, heads, d).sum(axis=(1, 3))
    return np.append(np.diag(sums), sums.sum())


class Side:
    """The left factors of all heads, with what their forms need of them however the right ones are turned."""

    def __init__(self, left, heads, images=None):
        self.left, self.heads, self.gram = left, heads, left @ left.T
        self.seen = None if images is None else left @ images

    def energies(self, right):
        """||A||^2 and <A, A^T> of A_h = left_h^T right_h, and of their sum [heads + 1]."""
        crossed = right @ self.left.T
        return by_heads(self.gram * (right @ right.T), self.heads), by_heads(crossed * crossed.T, self.heads)

    def products(self, right):
        """<A, W> with each image [images, heads + 1]."""
        rows = np.einsum("irn,rn->ir", self.seen, right)
        of_heads = rows.reshape(len(rows), self.heads, -1).sum(-1)
        return np.hstack([of_heads, of_heads.sum(1, keepdims=True)])


def cosines(energy, mixed, products, space_norms, views):
    """By view and part [heads + 1]; of K_2's transpose the whole, since its parts are K_2's but for a sign."""
    own, found = np.sqrt(parts_of(energy, mixed)), {}
    for at, view in enumerate(views):
        along, across = products[2 * at], products[2 * at + 1]
        met = parts_met(along, across) / own / space_norms[at][:, None]
        found |= {(view, part): met[place] for place, part in enumerate(PARTS)}
        if view == "K_2":
            found["K_2_T", "whole"] = across / own[0] / space_norms[at][0]
    return found


def energy_shares(form, e, functions, free, whole):
    """Of a layer's form on tokens, all pairs alike: what is constant, what depends on frequency, and on identity."""
    onto = functions.T @ e
    pieces = (onto[:1], onto[1:], free.roots[:, None] * free.vt)
    shares = np.array([[np.sum((a @ form @ b.T) ** 2) for b in pieces] for a in pieces])
    shares /= shares.sum()
    scores = whole.roots[:, None] * (whole.vt @ form @ whole.vt.T) * whole.roots
    return {
        "constant": shares[0, 0], "query-frequency": shares[1, 0], "key-frequency": shares[0, 1], "both-frequencies": shares[1, 1],
        "one-identity": shares[2, :2].sum() + shares[:2, 2].sum(), "both-identities": shares[2, 2],
        "leading-direction": np.linalg.eigvalsh(scores @ scores.T)[-1] / np.sum(scores**2),
    }
