"""
Computes T6 anew from counts and published weights of every seed: every head, distance, view and part, the forms' symmetry
and energies, mean and root mean square over heads with their effects, and the means of all nulls; it fails where the results
of the page differ.
"""
import numpy as np

import form_nulls as nulls
import forms
from corpus import Corpus
from haar import haar
from intervals import interval, normal_quantile
from results_check import Check, inputs, params, read, table_of, table_of_lines
from weights_file import Run, read_tensors

# Figures in the file of every head have six digits.
SIX_DIGITS = 5e-6
# The summary's have passed through single precision, and an effect is a root of a difference.
SINGLE = 1e-5
# What the spread of a form's norm adds to a mean, in standard deviations of the null, where no draws account for it.
NORM_SLACK = 0.02
NAMED = {
    "k2": ("qk", "K_2", "whole"), "k2-t": ("qk", "K_2_T", "whole"), "k3-skip": ("qk", "K_3_skip", "whole"),
    "k2-symmetric": ("qk", "K_2", "symmetric"), "k2-antisymmetric": ("qk", "K_2", "antisymmetric"),
    "copied-k2": ("ov", "K_2", "whole"), "copied-k2-t": ("ov", "K_2_T", "whole"), "copied-k3-skip": ("ov", "K_3_skip", "whole"),
}
PLANTED = {view: id for id, (form, view, part) in NAMED.items() if (form, part) == ("qk", "whole")}
NULLS = ("signs", "labels", "haar")
KEYS = ["layer", "head", "form", "frequency", "delta", "view", "part"]
FIGURES = ["cosine", *(f"{null}-{figure}" for null in NULLS for figure in ("mean", "sd"))]


class Seed:
    """
    One run's cosines and what its nulls are on average. Tests are (form, frequency, delta, view, part); arrays are
    [layers, heads + 1], the sum over heads last.
    """

    def __init__(self, run, spaces, e, functions, attended):
        self.run, self.heads, self.layers = run, run.heads, len(run.q)
        self.free, self.whole = spaces
        self.attended, self.e, self.functions = attended, e, functions
        self.cosines, self.signs, self.labels, self.haar = {}, {}, {}, {}
        self.rho, self.rho_whole, self.energies = [], [], []
        self.haar_nulls = {}
        for layer in range(self.layers):
            self._look(layer)

    def _put(self, into, test, found):
        for named, cells in found.items():
            into.setdefault((*test, *named), []).append(cells)

    def _look(self, layer):
        run, heads = self.run, self.heads
        gain = run.layer("ln_1", layer)
        q, k, v = (stack[layer] * gain for stack in (run.q, run.k, run.v))
        out = run.layer("attn.c_proj", layer).T
        whole = self.whole.also("K_2_attention", self.attended[f"K_2_attention_weighted.{layer}"].astype(float))
        settings = (("qk", self.free, params["deltas"], q, k), ("ov", self.free, [0], out, v), ("qk", whole, [0], q, k))
        for form, space, deltas, left, right in settings:
            own, stream = forms.Side(space.enter(left), heads, space.all_images), forms.Side(left, heads)
            for delta in deltas:
                turned = forms.turned_planes(right, heads, run.rope_base, delta) if delta else right
                self._meet((form, space.id, str(delta)), space, own, space.enter(turned), nulls.HaarNull(stream, turned, space))
        self.energies.append(forms.energy_shares(q.T @ k, self.e, self.functions, self.free, self.whole))

    def _meet(self, test, space, side, right, null):
        energy, mixed = side.energies(right)
        products = side.products(right)
        observed, permuted = products[: len(space.images)], products[len(space.images) :]
        self._put(self.cosines, test, forms.cosines(energy, mixed, observed, space.norms, space.views))
        self._put(self.signs, test, nulls.signs(side.left, right, self.heads, energy, mixed, space))
        self._put(self.labels, test, nulls.labels(energy, mixed, permuted, space))
        self._put(self.haar, test, null.means)
        if test[2] == str(params["primary"]):
            self.haar_nulls.setdefault(test, []).append(null)
            if test[0] == "qk":
                (self.rho if space.id == "free" else self.rho_whole).append(mixed / energy)

    def draw(self, random, count):
        """
        By test, cosines of every draw [draws, layers, heads + 1], and how much their squares exceed those of a mean norm; and
        those squares on average [layers, heads + 1].
        """
        drawn, squares = {}, {}
        for _ in range(count):
            turn = nulls.single(haar(random, self.e.shape[1]))
            for test, of_layers in self.haar_nulls.items():
                for null in of_layers:
                    cosines, linear = null.draw(nulls.single(null.left) @ turn, nulls.single(null.right) @ turn)
                    self._put(drawn, test, cosines)
                    self._put(squares, test, {named: x**2 - linear[named] ** 2 for named, x in cosines.items()})
        shape = (count, self.layers, self.heads + 1)
        self.drawn, self.excess = ({test: np.reshape(x, shape) for test, x in of.items()} for of in (drawn, squares))
        self.squares = {}
        for test, of_layers in self.haar_nulls.items():
            for null in of_layers:
                self._put(self.squares, test, null.squares())
        # Of 24 layers they would take some 200 MB.
        self.haar_nulls = {}


def check_cells(check, seed, name, lines):
    """Every cosine of a seed, and its nulls' means."""
    head = [*map(str, range(seed.heads)), "sum"]
    rows = {(layer, head[at], *test): {"cosine": x} for test, of_layers in seed.cosines.items()
            for layer, cells in enumerate(of_layers) for at, x in enumerate(cells)}
    check.figures(lines, rows, f", seed {name}", SIX_DIGITS)
    draws = params["draws"]
    for null, expected in zip(NULLS, (seed.signs, seed.labels, seed.haar)):
        for test, of_layers in expected.items():
            at_layers = np.array(of_layers)
            error = 1 / draws
            if null == "haar" and test[1] == "whole":
                # Nearly all of the form is one direction, so that its norm is spread too widely for a mean of it to stand in.
                at_layers, error = seed.drawn[test].mean(axis=0), 1 / draws + 1 / params["own"]
            elif null == "haar":
                error = (draws**-0.5 + NORM_SLACK / 5) ** 2
            places = list(np.ndindex(at_layers.shape))
            rows = [lines.rows[(str(layer), head[at], *test)] for layer, at in places]
            received, spread = (np.array([row[f"{null}-{figure}"] for row in rows], float) for figure in ("mean", "sd"))
            # Six digits of a mean are kept.
            errors = np.hypot(spread * error**0.5, SIX_DIGITS * np.abs(received))

            def what(place, test=test, places=places):
                layer, at = places[place]
                return f"seed {name}, layer {layer}, head {head[at]}, {' '.join(test)}"

            check.means(f"form-{null}", what, received, at_layers.ravel(), errors)


def check_layers(check, seed, name):
    of = f", seed {name}"
    table = table_of(f"form-{name}", "form-test")
    check.figures(table, {layer: {
        id: seed.cosines[form, "free", str(params["primary"]), view, part][layer][-1] for id, (form, view, part) in NAMED.items()
    } for layer in range(seed.layers)}, of)
    symmetry = table_of(f"structure-{name}", "form-symmetry")
    check.figures(symmetry, {layer: {
        "rho": rho[-1], "rho-whole": whole[-1], "heads-rho": rho[:-1].mean(),
    } for layer, (rho, whole) in enumerate(zip(seed.rho, seed.rho_whole))}, of)
    check.figures(table_of(f"structure-{name}", "form-energy"), dict(enumerate(seed.energies)), of)
    mean = nulls.symmetry_mean(seed.free.roots)
    for (layer,), row in symmetry.rows.items():
        check.mean("symmetry-null", f"seed {name}, layer {layer}", row["rho-null-mean"], mean, row["rho-null-sd"] * (symmetry.draws**-0.5 + NORM_SLACK / 5))


def overs(figures, alone):
    """Mean over seeds and its interval. @param alone what a single seed has for one"""
    low, high = interval(figures, 0.95) or alone
    return np.mean(figures), low, high


def pooled(seeds, lines, test):
    """Of each seed, mean and root mean square over heads less the null's kept means, and the mean square of that null."""
    for name, seed in seeds.items():
        heads = range(seed.heads)
        rows = [[lines[name].rows[(str(layer), str(at), *test)] for at in heads] for layer in range(seed.layers)]
        less = np.array(seed.cosines[test])[:, :-1] - [[row["haar-mean"] for row in of] for of in rows]
        chance = np.mean([[row["haar-sd"] ** 2 for row in of] for of in rows]) * (1 - 1 / params["draws"])
        yield less.mean(), np.sqrt(np.mean(less**2)), chance


def calibration(form, view, statistic):
    """The strength at which the positive control returns an effect of this view in this form, straight between two strengths."""
    planted = "" if (form, view) == ("qk", "K_2") else f"{form}-{PLANTED[view]}-"
    points = [row for (test, _), row in table_of("power", "power").rows.items() if test == f"t6-free-{planted}{statistic}"]
    strengths, estimates = (np.array([float(row[id]) for row in points]) for id in ("alpha", "estimate"))
    return lambda effect: np.sign(effect) * np.interp(np.abs(effect), estimates, strengths)


def check_summary(check, seeds, lines, spaces):
    summary, by_distance = table_of("summary", "form-test-summary"), table_of("summary", "form-test-by-distance")
    found = {test: list(pooled(seeds, lines, test)) for test in next(iter(seeds.values())).cosines}
    rows = {}
    for key, page in summary.rows.items():
        form, frequency, view, part, statistic = key
        test = (form, frequency, str(params["primary"]), view, part)
        means, roots, chance = map(np.array, zip(*found[test]))
        effects = means if statistic == "mean" else np.sqrt(np.maximum(0, roots**2 - chance))
        half = normal_quantile(0.975) * page["found-null-sd"]
        clip = (lambda x: max(0, x)) if statistic == "rms" else (lambda x: x)
        alone = (clip(effects[0] - half), effects[0] + half)
        effect, low, high = overs(effects, alone)
        row = {"found": np.mean(means if statistic == "mean" else roots), "effect": effect, "effect-low": clip(low), "effect-high": high}
        carried = [spaces.get((name, frequency, "K_2" if view == "K_2_T" else view, part)) for name in seeds]
        row["carried"] = None if None in carried else np.mean(carried)
        row |= dict.fromkeys(("alpha", "alpha-low", "alpha-high", "energy", "energy-limit"))
        if (frequency, part) == ("free", "whole"):
            strength = calibration(form, view, statistic)
            alpha, low, high = overs(strength(effects), tuple(map(strength, alone)))
            row |= {"alpha": alpha, "alpha-low": clip(low), "alpha-high": high, "energy": alpha**2, "energy-limit": max(low**2, high**2)}
        rows[key] = row
    check.figures(summary, rows, tolerance=SINGLE)
    check.figures(by_distance, {
        (view, delta): {"mean": np.mean([x[0] for x in found["qk", "free", delta, view, "whole"]]),
                        "rms": np.mean([x[1] for x in found["qk", "free", delta, view, "whole"]])}
        for view, delta in by_distance.rows
    }, tolerance=SINGLE)
    check_chance(check, seeds, summary)
    check_trace(check, seeds, lines)


def check_chance(check, seeds, summary):
    """The mean of a root mean square's null: that of the square in closed form, and by draws what the norm's spread adds."""
    for key, page in summary.rows.items():
        form, frequency, view, part, statistic = key
        # With frequency left in nearly all of a form is one direction: few draws do not tell the mean of its square.
        if statistic != "rms" or frequency == "whole":
            continue
        test = (form, frequency, str(params["primary"]), view, part)
        expected = []
        for seed in seeds.values():
            # Over heads, without the sum.
            linear, means = (np.array(of[test])[:, :-1] for of in (seed.squares, seed.haar))
            by_draw = seed.excess[test][:, :, :-1].mean(axis=(1, 2))
            expected.append(linear.mean() + by_draw.mean() - np.mean(means**2))
        sd, count = page["found-null-sd"], len(seeds)
        root = np.mean(np.sqrt(np.array(expected) - count * sd**2))
        # The page's spread for both: of so few draws of one's own none can be told.
        check.mean("form-haar-rms", " ".join(key), page["found-null-mean"], root, sd * (1 / params["draws"] + 1 / params["own"]) ** 0.5)


def check_trace(check, seeds, lines):
    """Shares of a layer's whole form: the square of what its cosine has beyond the null's kept mean, less the null's own."""
    table, whole = table_of("summary", "trace-by-layer"), table_of("summary", "whole-forms")

    def excess(name, test, layer, null="haar"):
        row = lines[name].rows[(str(layer), "sum", *test)]
        return (seeds[name].cosines[test][int(layer)][-1] - row[f"{null}-mean"]) ** 2 - row[f"{null}-sd"] ** 2

    def of(form, view):
        return form, "free", str(params["primary"]), view, "whole"

    rows = {}
    for layer, view in table.rows:
        test = of("qk", view)
        shares, beyond_signs = ([max(0, excess(name, test, layer, null)) for name in seeds] for null in ("haar", "signs"))
        found = [seed.cosines[test][int(layer)][-1] for seed in seeds.values()]
        rows[layer, view] = {"cosine": np.mean(found), "share": np.mean(shares), "share-lowest": min(shares), "share-highest": max(shares), "beyond-signs": np.mean(beyond_signs)}
    check.figures(table, rows, tolerance=SIX_DIGITS)
    rows = {}
    for form, view in whole.rows:
        shares = [max(0, np.mean([excess(name, of(form, view), layer) for layer in range(seed.layers)])) for name, seed in seeds.items()]
        _, _, high = overs(np.sqrt(shares), (0, shares[0] ** 0.5))
        rows[form, view] = {"share": np.mean(shares), "limit": high**2}
    check.figures(whole, rows, tolerance=SIX_DIGITS)


def main():
    check = Check()
    tensors, _ = read_tensors(inputs["counts"]["counts"])
    corpus = Corpus(tensors)
    bins = forms.bins_of(corpus.frequencies, params["frequencyBins"]["ratio"], params["frequencyBins"]["tokens"])
    functions = forms.functions_of(corpus.frequencies, bins)
    runs = {name: read(f"v1-{name}", "weights", Run) for name in params["seeds"]}
    embeddings = {name: corpus.embedding(run) for name, run in runs.items()}
    counted = {id: forms.CountedView(corpus, name, functions, bins, embeddings) for id, name in forms.COUNTED.items()}
    random = np.random.default_rng(params["seed"])
    seeds, lines, carried = {}, {}, {}
    for name, run in runs.items():
        attended, _ = read_tensors(inputs[f"attention-{name}"]["images"])
        spaces = forms.spaces_of(name, embeddings[name], counted, functions, bins)
        seed = Seed(run, spaces, embeddings[name], functions, attended)
        seed.draw(random, params["own"])
        seeds[name], lines[name] = seed, table_of_lines("form-test.csv", f"cells-{name}", "cells", KEYS, FIGURES)
        for space in spaces:
            for view, norms in zip(counted, space.norms):
                on_tokens = np.sqrt(getattr(counted[view], space.id))
                carried |= {(name, space.id, view, part): norms[at] / on_tokens[at] for at, part in enumerate(forms.PARTS)}
        check_cells(check, seed, name, lines[name])
        check_layers(check, seed, name)
    check_summary(check, seeds, lines, carried)
    check.write("independent-form-check")


main()
