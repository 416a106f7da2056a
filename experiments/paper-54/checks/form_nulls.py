"""
The means of T6's nulls. Signs and labels leave a form's and a view's norm as they are, so that theirs are exact; under Haar the
product's mean is exact and the form's norm is spread, which numpy's own draws account for.
"""
import numpy as np

from forms import PARTS, Side, cosines, parts_of
from haar import haar, second_moments


def signs(left, right, heads, energy, mixed, space):
    """S A S for random signs S keeps the diagonal alone. @param left and right in the space's coordinates"""
    n = left.shape[1]
    diagonals = (left * right).reshape(heads, -1, n).sum(1)
    products = space.diagonals @ np.vstack([diagonals, diagonals.sum(0)]).T
    return cosines(energy, mixed, products, space.norms, space.views)


def labels(energy, mixed, products, space):
    """The mean of the permuted views, each against the observed view's norm."""
    return cosines(energy, mixed, products, space.norms[: len(space.permuted)], space.permuted)


class HaarNull:
    """
    A_O = D O^T B O D, whose products with W and squared norms are known on average, D the space's roots.

    @param side and right factors in the stream's own basis
    """

    def __init__(self, side, right, space):
        left, heads = side.left, side.heads
        self.left, self.right, self.heads, self.space = left, right, heads, space
        n = left.shape[1]
        traces = np.einsum("rj,rj->r", left, right).reshape(heads, -1).sum(1)
        trace = np.append(traces, traces.sum())
        energy, mixed = side.energies(right)
        squares = space.roots**2
        a, b, _ = second_moments([squares.sum() ** 2, np.sum(squares**2), np.sum(squares**2)], n)
        self.energy = a * energy + b * mixed + b * trace**2
        self.mixed = a * mixed + b * energy + b * trace**2
        products = np.array([trace * space.scaled[view][0] / n for view in space.views for _ in range(2)])
        self.means = cosines(self.energy, self.mixed, products, space.norms, space.views)
        self.form_invariants = [(trace**2, energy, mixed), (trace**2, *2 * [(energy + mixed) / 2]), (0 * trace, (energy - mixed) / 2, (mixed - energy) / 2)]

    def squares(self):
        """Means of the squares, the norm taken as its mean."""
        own, found = parts_of(self.energy, self.mixed), {}
        for at, view in enumerate(self.space.views):
            moments = self.space.scaled[view][1]
            for place, part in enumerate(PARTS):
                met = moments[place] @ np.array(self.form_invariants[place])
                found[view, part] = met / own[place] / self.space.norms[at][place] ** 2
                if (view, part) == ("K_2", "whole"):
                    found["K_2_T", part] = found[view, part]
        return found

    def draw(self, turned_left, turned_right):
        """One draw: cosines, and what they would be had the form its mean norm. @param turned_left left O, single precision"""
        roots = self.space.roots.astype(np.float32)
        side, right = Side(turned_left * roots, self.heads, single(self.space.images)), turned_right * roots
        energy, mixed, products = (x.astype(float) for x in (*side.energies(right), side.products(right)))
        norms = self.space.norms
        return (cosines(energy, mixed, products, norms, self.space.views),
                cosines(self.energy, self.mixed, products, norms, self.space.views))


def single(images):
    return np.asarray(images, np.float32)


def symmetry_mean(roots):
    """E rho of D O^T B O' D over two Haar matrices, the norm taken as its mean: tr D^4 / (tr D^2)^2."""
    return np.sum(roots**4) / np.sum(roots**2) ** 2
