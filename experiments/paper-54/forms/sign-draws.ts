/**
 * Null N4s: random signs in the eigenbasis of C, A -> D A D, one D a layer: what is left is the strength of every direction
 * and the diagonal. <D A D, W> = d^T (A * W) d is what the diagonal gives, which no sign changes, and a sum over pairs of
 * directions, which is in single precision: what that takes from a cosine is nothing beside a null's width.
 */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { type Matrix, matrix, transpose } from 'reproducible-paper/numerics/matrix';
import { type MatrixStacks, withStacks } from 'reproducible-paper/numerics/matrix-stacks';
import { type SeededRandom, seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { type DrawnCosines, type Draws, emptyDraws } from './drawn-cosines.ts';
import { cosinesOf, type FormNorms } from './form-cosines.ts';
import { type FormProblem, layerCosines, type Posed } from './form-problem.ts';
import { headForm, observedForms } from './observed-forms.ts';
import type { TokenSpace } from './token-space.ts';

const randomSigns = (count: number, random: SeededRandom): Float64Array =>
  Float64Array.from({ length: count }, () => (random.uniform() < 0.5 ? -1 : 1));

const signStream = ({ seed, run }: Draws, layer: number): SeededRandom =>
  seededRandom(seed, `form-signs/${run}/layer-${layer}`);

/** The first draws the long way: factors whose columns change signs. */
export const replayedSigns = (problem: FormProblem, draws: Draws, la: LinearAlgebra): DrawnCosines => {
  const drawn = emptyDraws(problem, draws.draws);
  problem.posed.forEach((posed, layer) => {
    const random = signStream(draws, layer);
    const n = problem.free.roots.length;
    for (let draw = 0; draw < draws.draws; draw += 1) {
      const signs = randomSigns(n, random);
      const signed = ({ basis }: TokenSpace): Matrix =>
        matrix(
          n,
          n,
          basis.data.map((x, at) => x * signs[at % n]!),
        );
      drawn.put(draw, layer, layerCosines(posed, signed, la));
    }
  });
  return drawn;
};

/** Draws that are made together: their pairs take 260 kB each. */
const drawsAtOnce = 128;

const pairCount = (n: number): number => (n * (n - 1)) / 2;

/** d_i d_j of every i < j, for each draw's signs d, into memory that draws share [draws, pairs] */
const putSignPairs = (signs: Float64Array, n: number, pairs: Float64Array): void => {
  let at = 0;
  for (let from = 0; from < signs.length; from += n) {
    for (let i = from; i < from + n; i += 1) {
      const own = signs[i]!;
      for (let j = i + 1; j < from + n; j += 1) pairs[at++] = own * signs[j]!;
    }
  }
};

/** A matrix and its transpose. */
type BothWays = readonly [Matrix, Matrix];

const bothWays = (a: Matrix): BothWays => [a, transpose(a)];

/** Of every i < j what signs d_i d_j multiply in <D A D, W> and in <D A D, W^T>, into `along` and `across` [pairs] */
const putPairs = (form: BothWays, image: BothWays, along: Float64Array, across: Float64Array): void => {
  const n = form[0].rows;
  const [a, aT, w, wT] = [...form, ...image].map(({ data }) => data) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let at = 0;
  for (let i = 0; i < n; i += 1) {
    for (let place = i * n + i + 1; place < (i + 1) * n; place += 1) {
      along[at] = a[place]! * w[place]! + aT[place]! * wT[place]!;
      across[at] = a[place]! * wT[place]! + aT[place]! * w[place]!;
      at += 1;
    }
  }
};

const diagonalProduct = (a: Matrix, b: Matrix): number => {
  let sum = 0;
  for (let at = 0; at < a.data.length; at += a.cols + 1) sum += a.data[at]! * b.data[at]!;
  return sum;
};

/** A form at one distance, whose heads meet each view. */
interface SignedForm<S> {
  readonly one: Posed;
  readonly norms: FormNorms;
  /** What the diagonal gives to a head's product with a view [heads views] */
  readonly still: Float64Array;
  /** What `putPairs` puts, for each head and view [1, heads views 2, pairs] */
  readonly rows: S;
}

const signedForms = <S>(one: Posed, stacks: MatrixStacks<S>, la: LinearAlgebra): readonly SignedForm<S>[] => {
  const { nHeads } = one.factors;
  const images = one.space.views.map(({ image }) => bothWays(image));
  const count = nHeads * images.length;
  const pairs = pairCount(one.space.roots.length);
  return observedForms(one, la).map(({ norms, left, turned }) => {
    const still = new Float64Array(count);
    const rows = new Float64Array(2 * count * pairs);
    for (let head = 0; head < nHeads; head += 1) {
      const form = bothWays(headForm(left, turned, head, nHeads, la));
      images.forEach((image, view) => {
        const at = head * images.length + view;
        still[at] = diagonalProduct(form[0], image[0]);
        const row = (place: number) => rows.subarray(place * pairs, (place + 1) * pairs);
        putPairs(form, image, row(2 * at), row(2 * at + 1));
      });
    }
    const entered = stacks.step(() => stacks.single(stacks.enter(rows, [1, 2 * count, pairs])));
    return { one, norms, still, rows: entered };
  });
};

/** Cosines of one draw [tests][heads + 1]. @param moved of each of the form's rows, what this draw's signs give */
const cosinesAt = <S>(
  { one: { space, parts, factors }, norms, still }: SignedForm<S>,
  moved: (row: number) => number,
): readonly Float64Array[] => {
  const { nHeads } = factors;
  const images = 2 * space.views.length;
  const products = Array.from({ length: images }, (_, image) => {
    const ofHeads = new Float64Array(nHeads + 1);
    for (let head = 0; head < nHeads; head += 1) {
      const row = head * images + image;
      ofHeads[head] = still[row >> 1]! + moved(row);
      ofHeads[nHeads]! += ofHeads[head]!;
    }
    return ofHeads;
  });
  return cosinesOf(products, norms, space.views, parts);
};

export const signDraws = (problem: FormProblem, given: Draws, la: LinearAlgebra): DrawnCosines => {
  const { draws, advance } = given;
  const drawn = emptyDraws(problem, draws);
  const n = problem.free.roots.length;
  const memory = new Float64Array(Math.min(drawsAtOnce, draws) * pairCount(n));
  problem.posed.forEach((posed, layer) => {
    const random = signStream(given, layer);
    withStacks(la, (stacks) => {
      const forms = posed.flatMap((one) => signedForms(one, stacks, la));
      const rows = stacks.join(forms.map((form) => form.rows));
      for (let start = 0; start < draws; start += drawsAtOnce) {
        const count = Math.min(drawsAtOnce, draws - start);
        const pairs = memory.subarray(0, count * pairCount(n));
        putSignPairs(randomSigns(count * n, random), n, pairs);
        const met = stacks.step(() => {
          const signed = stacks.single(stacks.enter(pairs, [1, count, pairCount(n)]));
          return stacks.leave(stacks.multiply(rows, signed, { transposeB: true }));
        }); // [rows, count]
        for (let at = 0; at < count; at += 1) {
          let from = 0;
          const cosines = forms.flatMap((form) => {
            const first = from;
            from += 2 * form.still.length;
            return cosinesAt(form, (row) => met[(first + row) * count + at]!);
          });
          drawn.put(start + at, layer, cosines);
        }
      }
    });
    advance?.();
  });
  return drawn;
};
