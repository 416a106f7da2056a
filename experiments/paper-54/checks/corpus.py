"""The corpus's counts and a run's embedding, as the tests of views and of forms read them; definitions as the page states them."""
import numpy as np


class Corpus:
    """Of the top tokens: their ids, their frequencies, and how often they meet."""

    def __init__(self, tensors):
        self.tensors = tensors
        self.top = tensors["top"]
        self.frequencies = tensors["unigram"][self.top].astype(float)
        self.whole, self.filled = np.zeros((len(self.top), len(self.top))), None

    def triplets(self, name):
        """log1p of a view's counts; rows: earlier tokens."""
        rows, cols, values = (self.tensors[f"top.{name}.{part}"] for part in ("rows", "cols", "values"))
        return rows, cols, np.log1p(values)

    def dense(self, name):
        """
        The same [tokens, tokens], until the next one is asked for: of a few thousand tokens dense products are as fast, and
        plainer, and one of 128 MB is enough.
        """
        if self.filled:
            self.whole[self.filled] = 0
        rows, cols, values = self.triplets(name)
        self.whole[rows, cols] = values
        self.filled = (rows, cols)
        return self.whole

    def embedding(self, run):
        """Rows by their root mean square, less the mean weighted by frequency: [tokens, n]."""
        rows = run.rows(self.top)
        rows = rows / np.sqrt(np.mean(rows**2, axis=1, keepdims=True))
        return rows - self.frequencies @ rows / self.frequencies.sum()


def inverse_root(c):
    values, vectors = np.linalg.eigh(c)
    return vectors / np.sqrt(values) @ vectors.T
