import { expect, test } from 'vitest';
import { seededRandom } from '../../../../../src/numerics/seeded-random.ts';
import { runOne } from '../../../../../src/tensor/kernels.ts';
import type { Attention, Positions } from '../../../../../src/tensor/model/attention.ts';
import { composedAttention } from '../../../../../src/tensor/model/composed-attention.ts';
import { fusedAttention } from '../../../../../src/tensor/model/fused-attention.ts';
import { createTape, variable } from '../../../../../src/tensor/model/tape.ts';
import { nativeKernels } from '../../../../../src/tensor/native-kernels.ts';

const kernels = nativeKernels();

interface Size {
  readonly batch: number;
  readonly heads: number;
  readonly length: number;
  readonly dHead: number;
}

const positionsOf = ({ batch, heads, length, dHead }: Size): Positions => {
  const rotation = (size: number) => {
    const pairs = Float32Array.from({ length: batch * heads * length * dHead }, (_, at) => {
      const position = Math.floor(at / dHead) % length;
      const angle = position * 100 ** (-((at % dHead) >> 1) / dHead);
      return size * (at % 2 === 0 ? Math.cos(angle) : Math.sin(angle));
    });
    const real = kernels.tensor(pairs, [batch, heads, length, dHead / 2, 2]);
    return runOne(kernels, 'Bitcast', [real], { T: { type: 'float32' }, type: { type: 'complex64' } });
  };
  const mask = Float32Array.from({ length: length ** 2 }, (_, at) =>
    at % length > Math.floor(at / length) ? -1e9 : 0,
  );
  return {
    queryRotation: rotation(1 / Math.sqrt(dHead)),
    keyRotation: rotation(1),
    causalMask: kernels.tensor(mask, [length, length]),
  };
};

/** What attention mixes, and the gradient of a weighted sum of it. */
const attended = (attention: Attention, size: Size, scale: number) => {
  const { batch, heads, length, dHead } = size;
  const rows = batch * length;
  const width = heads * dHead;
  const data = seededRandom(5, 'qkv').normals(rows * 3 * width);
  const weights = Float32Array.from(seededRandom(6, 'weights').normals(rows * width));
  const before = kernels.count();
  const found = kernels.scope(() => {
    const qkv = variable(
      kernels.tensor(
        Float32Array.from(data, (x) => scale * x),
        [rows, 3 * width],
      ),
      true,
    );
    const tape = createTape(kernels);
    const { mixed } = attention(tape, qkv, positionsOf(size), batch);
    const weighted = kernels.tensor(weights, [rows, width]);
    const T = { type: 'float32' } as const;
    const loss = runOne(
      kernels,
      'Sum',
      [runOne(kernels, 'Mul', [mixed.handle, weighted], { T }), kernels.tensor(Int32Array.of(0, 1), [2])],
      { T, Tidx: { type: 'int32' }, keep_dims: false },
    );
    const [total] = tape.record([mixed], [loss], () => [() => weighted]);
    const [gradient] = tape.gradients(total!, [qkv]);
    return { mixed: kernels.read(mixed.handle), gradient: kernels.read(gradient!) };
  });
  expect(kernels.count()).toBe(before);
  return found;
};

const farthest = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let most = 0;
  for (let at = 0; at < a.length; at += 1) {
    expect(Number.isFinite(a[at])).toBe(true);
    most = Math.max(most, Math.abs(a[at]! - b[at]!));
  }
  return most;
};

// One position; less than a block of queries; past a block and a panel; heads narrower and wider than a panel, and
// not whole ones; the paper's own head over a length that is no multiple of anything.
test.each<Size>([
  { batch: 1, heads: 1, length: 1, dHead: 2 },
  { batch: 2, heads: 3, length: 5, dHead: 4 },
  { batch: 1, heads: 2, length: 17, dHead: 16 },
  { batch: 3, heads: 2, length: 50, dHead: 22 },
  { batch: 2, heads: 8, length: 131, dHead: 32 },
])('one kernel attends as the composed kernels do, and so does its gradient: %o', (size) => {
  const [fused, composed] = [fusedAttention, composedAttention].map((of) => attended(of, size, 1));
  // Sums of up to 131 float32 products of normal numbers: some ten units in the last place of numbers below 10.
  expect(farthest(fused!.mixed, composed!.mixed)).toBeLessThan(2e-6);
  expect(farthest(fused!.gradient, composed!.gradient)).toBeLessThan(1e-5);
});

test('scores far apart overflow nothing', () => {
  const size = { batch: 1, heads: 2, length: 40, dHead: 8 };
  const [fused, composed] = [fusedAttention, composedAttention].map((of) => attended(of, size, 30));
  // Scores in the thousands: their own rounding in float32, some 1e-4, is the relative error of each probability.
  expect(farthest(fused!.mixed, composed!.mixed) / 30).toBeLessThan(1e-3);
  expect(farthest(fused!.gradient, composed!.gradient)).toBeLessThan(0.5);
});

test('probabilities are those of the composed attention', () => {
  const size = { batch: 2, heads: 2, length: 9, dHead: 4 };
  kernels.scope(() => {
    const data = Float32Array.from(seededRandom(7, 'qkv').normals(18 * 24));
    const qkv = variable(kernels.tensor(data, [18, 24]), false);
    const positions = positionsOf(size);
    const [fused, composed] = [fusedAttention, composedAttention].map((of) =>
      kernels.read(of(createTape(kernels), qkv, positions, 2).probabilities()),
    );
    expect(fused).toEqual(composed);
  });
});

test('rows that are not whole sequences are refused', () => {
  kernels.scope(() => {
    const positions = positionsOf({ batch: 1, heads: 1, length: 4, dHead: 4 });
    const qkv = variable(kernels.tensor(new Float32Array(7 * 12), [7, 12]), false);
    expect(() => fusedAttention(createTape(kernels), qkv, positions, 2)).toThrow(
      'qkv is not of whole sequences and heads of the turns',
    );
  });
});
