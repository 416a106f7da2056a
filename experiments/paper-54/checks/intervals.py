"""Student's and the normal law, for intervals over seeds."""
import functools
from statistics import NormalDist

import numpy as np

normal_quantile = NormalDist().inv_cdf


@functools.cache
def student_quantile(share, df):
    """By bisection on the density's integral; of one half at least."""
    nodes, weights = np.polynomial.legendre.leggauss(200)

    def density(angle):
        # t = sqrt(df) tan(angle): the density becomes cos(angle)^(df - 1).
        return np.cos(angle) ** (df - 1)

    def integral(to):
        return float(weights @ density((nodes + 1) * to / 2) * to / 2)

    low, high, wanted = 0.0, np.pi / 2, (share - 0.5) * 2 * integral(np.pi / 2)
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if integral(middle) < wanted else (low, middle)
    return float(np.sqrt(df) * np.tan(low))


def spread_of(draws):
    """Their standard deviation, widened as Student's law asks: five of it leave out as little as five of a known one."""
    return np.std(draws, ddof=1) * student_quantile(NormalDist().cdf(5), len(draws) - 1) / 5


def interval(figures, coverage):
    """Student's, of a mean over seeds; of one alone there is none."""
    n = len(figures)
    if n < 2:
        return None
    half = student_quantile((1 + coverage) / 2, n - 1) * np.std(figures, ddof=1) / np.sqrt(n)
    return np.mean(figures) - half, np.mean(figures) + half
