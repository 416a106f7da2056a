/**
 * Causal self-attention with rotary positions, composed of TensorFlow's kernels: heads, rotations and the attention
 * itself. Each operation has its one gradient rule; all is float32, and handles belong to the caller's scope.
 */

import type { Handle } from '../kernels.ts';
import type { Attention } from './attention.ts';
import { first, primitives, T } from './primitives.ts';
import type { Tape, Variable } from './tape.ts';

const complex = { T: { type: 'complex64' } } as const;
const toComplex = { T, type: { type: 'complex64' } } as const;
const fromComplex = { T: { type: 'complex64' }, type: { type: 'float32' } } as const;

/** qkv [batch pos, 3 d] -> q, k, v, each [batch, head, pos, dHead]. */
const splitHeads = (tape: Tape, qkv: Variable, batch: number, nHeads: number): readonly Variable[] => {
  const { reshape, transpose, one } = primitives(tape.kernels);
  const [rows = 0, width = 0] = qkv.handle.shape;
  const parts = [batch, rows / batch, 3, nHeads, width / 3 / nHeads];
  const stacked = transpose(reshape(qkv.handle, parts), [2, 0, 3, 1, 4]); // [3, batch, head, pos, dHead]
  const split = tape.kernels.run('Unpack', [stacked], { T, num: 3, axis: 0 }, 3);
  return tape.record([qkv], split, (gradients) => [
    () => reshape(transpose(one('Pack', gradients, { T, N: 3, axis: 0 }), [1, 3, 0, 2, 4]), [rows, width]),
  ]);
};

/** [batch, head, pos, dHead] -> [batch pos, d] */
const mergeHeads = (tape: Tape, x: Variable): Variable => {
  const { reshape, transpose } = primitives(tape.kernels);
  const [batch = 0, heads = 0, pos = 0, dHead = 0] = x.handle.shape;
  const merged = reshape(transpose(x.handle, [0, 2, 1, 3]), [batch * pos, heads * dHead]);
  return first(
    tape.record([x], [merged], ([dy]) => [
      () => transpose(reshape(dy!, [batch, pos, heads, dHead]), [0, 2, 1, 3]),
    ]),
  );
};

/**
 * Multiplies neighbouring pairs of the last axis, read as complex numbers, by given ones: with e^{i pos theta}
 * this is the rotary position embedding (Su et al. 2021).
 *
 * @param x [batch, head, pos, dHead]
 * @param factors complex64 [pos, dHead / 2]
 */
const rotate = (tape: Tape, x: Variable, factors: Handle): Variable => {
  const { one, reshape } = primitives(tape.kernels);
  const { shape } = x.handle;
  const pairs = [...shape.slice(0, -1), (shape.at(-1) ?? 0) / 2, 2];
  const turn = (a: Handle, by: Handle): Handle => {
    const turned = one('Mul', [one('Bitcast', [reshape(a, pairs)], toComplex), by], complex);
    return reshape(one('Bitcast', [turned], fromComplex), shape);
  };
  return first(
    tape.record([x], [turn(x.handle, factors)], ([dy]) => [() => turn(dy!, one('Conj', [factors], complex))]),
  );
};

/** Of the queries that come first, few keys are seen: in two blocks a quarter of all scores is never computed. */
const queryBlocks = 2;

export interface CausalAttention {
  /** [batch, head, pos, dHead] */
  readonly mixed: Variable;
  /** [batch, head, pos, pos], put together from blocks when it is asked for; row: the later position. */
  readonly probabilities: () => Handle;
}

/**
 * softmax(q k^T + mask) v, in blocks of queries, each over the keys up to its last one. The gradient of the softmax
 * needs no sum over pairs of positions: sum_t p_t dp_t = dmixed . mixed (Dao et al. 2022, appendix B.2).
 *
 * @param q, k, v [batch, head, pos, dHead], q divided by sqrt(dHead)
 * @param mask [pos, pos] of 0 and very negative numbers
 */
export const causalAttention = (
  tape: Tape,
  q: Variable,
  k: Variable,
  v: Variable,
  mask: Handle,
): CausalAttention => {
  const { one, batchMatMul, add, subtract, multiply, sumLast, sum, transpose, slice, padTo, join } =
    primitives(tape.kernels);
  const length = q.handle.shape.at(-2) ?? 0;
  /** a^T b over the last two axes, by the product that has the smaller matrix to turn: b is narrow. */
  const turnedProduct = (a: Handle, b: Handle): Handle => transpose(batchMatMul(b, a, 'tn'), [0, 1, 3, 2]);
  const size = Math.ceil(length / queryBlocks);
  const starts = Array.from({ length: Math.ceil(length / size) }, (_, block) => block * size);
  const blocks = starts.map((from) => {
    const to = Math.min(from + size, length);
    const queries = slice(q.handle, 2, from, to); // [batch, head, to - from, dHead]
    const keys = slice(k.handle, 2, 0, to); // [batch, head, to, dHead]
    const values = slice(v.handle, 2, 0, to);
    const seen = slice(slice(mask, 0, from, to), 1, 0, to); // [to - from, to]
    const p = one('Softmax', [add(batchMatMul(queries, keys, 'nt'), seen)]); // [batch, head, to - from, to]
    return { from, to, queries, keys, values, p, mixed: batchMatMul(p, values, 'nn') };
  });
  const mixed = join(
    blocks.map((block) => block.mixed),
    2,
  );
  const recorded = tape.record([q, k, v], [mixed], ([dMixed]) => {
    const along = sumLast(multiply(dMixed!, mixed)); // [batch, head, pos, 1]
    const found = blocks.map(({ from, to, queries, keys, values, p }) => {
      const d = slice(dMixed!, 2, from, to);
      const dP = batchMatMul(d, values, 'nt'); // [batch, head, to - from, to]
      const dScores = multiply(p, subtract(dP, slice(along, 2, from, to)));
      return {
        dQ: batchMatMul(dScores, keys, 'nn'),
        dK: padTo(turnedProduct(dScores, queries), 2, length),
        dV: padTo(turnedProduct(p, d), 2, length),
      };
    });
    return [
      () =>
        join(
          found.map(({ dQ }) => dQ),
          2,
        ),
      () => sum(found.map(({ dK }) => dK)),
      () => sum(found.map(({ dV }) => dV)),
    ];
  });
  return {
    mixed: first(recorded),
    probabilities: () =>
      join(
        blocks.map(({ p }) => padTo(p, 3, length)),
        2,
      ),
  };
};

export const composedAttention: Attention = (
  tape,
  qkv,
  { queryRotation, keyRotation, causalMask },
  batch,
) => {
  const [, width = 0] = qkv.handle.shape;
  const dHead = 2 * (keyRotation.shape.at(-1) ?? 0);
  const [q, k, v] = splitHeads(tape, qkv, batch, width / 3 / dHead); // each [batch, head, pos, dHead]
  const turnedQ = rotate(tape, q!, queryRotation);
  const turnedK = rotate(tape, k!, keyRotation);
  const { mixed, probabilities } = causalAttention(tape, turnedQ, turnedK, v!, causalMask);
  return { mixed: mergeHeads(tape, mixed), probabilities };
};
