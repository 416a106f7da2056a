/**
 * The crystallization kernel as the series defines it (Papers 51 and 123): W = E E^T, D = log(1 + co-occurrence), K the
 * quotient of their transforms, measured from a trained model, with its circulant score and first row. Beside it what any E
 * or any D gives. Paper 123's later rule, the first row of D^(eps - 1), needs no model; its convention of signs is ours.
 */
import { writeFileSync } from 'node:fs';
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { add, type Matrix, matrix, sliceRows, transpose, zeros } from 'reproducible-paper/numerics/matrix';
import { pearson } from 'reproducible-paper/numerics/pearson';
import { matrixOf, readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { sparseTriplets } from 'reproducible-paper/numerics/sparse-matrix';
import { nameColumn, numberColumn, type Row, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { type Counts, readCounts } from '../cooccurrence/read-counts.ts';
import { circulantMatrix, circulantRow, circulantScore } from './circulant.ts';
import { complexProduct, complexQuotient, fft2, inverseFft2 } from './fourier.ts';
import { kernelsSchema } from './kernel-rows.ts';

/** Log counts of the first tokens: as counted, and with their transpose. [tokens, tokens] */
const logCounts = (
  { topK2 }: Counts,
  tokens: number,
): Readonly<Record<'symmetric' | 'as-counted', Matrix>> => {
  const counted = zeros(tokens, tokens);
  const { rows, cols, values } = sparseTriplets(topK2);
  values.forEach((value, at) => {
    if (rows[at]! < tokens && cols[at]! < tokens) counted.data[rows[at]! * tokens + cols[at]!] = value;
  });
  const logs = (a: Matrix): Matrix => ({ ...a, data: a.data.map(Math.log1p) });
  return { symmetric: logs(add(counted, transpose(counted))), 'as-counted': logs(counted) };
};

const reordered = ({ rows: n, data }: Matrix, order: readonly number[]): Matrix =>
  matrix(
    n,
    n,
    Float64Array.from({ length: n * n }, (_, at) => data[order[Math.floor(at / n)]! * n + order[at % n]!]!),
  );

const quotients = { plain: 0, regularised: 1e-3 } as const;

/** Eigenvalues below this share of the largest count as zero, which no power makes large. */
const zeroShare = 1e-10;

/** What a negative eigenvalue's power is taken to be; D has as many of them as of positive ones. */
const conventions: Readonly<Record<string, (value: number, power: number) => number>> = {
  signed: (value, power) => Math.sign(value) * Math.abs(value) ** power,
  magnitudes: (value, power) => Math.abs(value) ** power,
  positive: (value, power) => (value > 0 ? value ** power : 0),
};

/** D^(eps - 1) by each convention. */
const powers = (d: Matrix, epsilon: number, la: LinearAlgebra): Readonly<Record<string, Matrix>> => {
  const { values, vectors } = la.symmetricEigen(d);
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const n = d.rows;
  return Object.fromEntries(
    Object.entries(conventions).map(([convention, of]) => {
      const powered = values.map((value) =>
        Math.abs(value) > zeroShare * largest ? of(value, epsilon - 1) : 0,
      );
      const scaled = matrix(
        n,
        n,
        vectors.data.map((x, at) => x * powered[at % n]!),
      );
      return [convention, la.multiply(scaled, vectors, { transposeB: true })];
    }),
  );
};

export const seriesKernel = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { counts: ['counts'], embedding: ['embedding'] },
  outputs: { result: 'series-kernel.json', kernels: 'kernels.json' },
  params: z.strictObject({
    /** The most frequent tokens, a power of two, over which D and W are taken. */
    tokens: z.int().positive(),
    /** Paper 123 says that it is small and positive. */
    epsilon: z.number().positive().default(0.01),
    seed: z.int().nonnegative(),
  }),
  run: async ({ params: { tokens: most, epsilon, seed }, inputs, outputs }) => {
    const la = await loadLinearAlgebra();
    const all = matrixOf(readSafetensors(inputs.embedding.embedding), 'rows');
    // A small text has fewer.
    const tokens = 2 ** Math.floor(Math.log2(Math.min(most, all.rows)));
    const rows = sliceRows(all, 0, tokens);
    const random = seededRandom(seed, `series-kernel/${tokens}`);
    const gaussian = matrix(tokens, rows.cols, random.normals(tokens * rows.cols));
    const gram = (e: Matrix): Matrix => la.multiply(e, e, { transposeB: true });
    const grams = { trained: gram(rows), gaussian: gram(gaussian) };
    const counts = logCounts(readCounts(inputs.counts.counts), tokens);
    const order = random.shuffle([...Array(tokens).keys()]);
    const kernels: Record<string, number[]> = {};
    const table: Row[] = [];
    for (const [arrangement, put] of [
      ['frequency', (a: Matrix) => a],
      ['random', (a: Matrix) => reordered(a, order)],
    ] as const) {
      for (const [of, counted] of Object.entries(counts)) {
        const d = fft2(put(counted));
        for (const [embedding, w] of Object.entries(grams)) {
          const target = put(w);
          const transformed = fft2(target);
          for (const [quotient, ridge] of Object.entries(quotients)) {
            const k = complexQuotient(transformed, d, ridge);
            const kernel = inverseFft2(k);
            const row = circulantRow(kernel);
            const given = (part: typeof k): number => pearson(inverseFft2(complexProduct(d, part)), target);
            table.push({
              embedding,
              counts: of,
              order: arrangement,
              quotient,
              'circulant-score': circulantScore(kernel),
              'from-whole': given(k),
              'from-circulant': given(fft2(circulantMatrix(row))),
            });
            if (arrangement === 'frequency' && of === 'symmetric') {
              kernels[`${embedding}-${quotient}`] = [...row];
            }
          }
        }
      }
    }
    for (const [convention, power] of Object.entries(powers(counts.symmetric, epsilon, la))) {
      kernels[`power-${convention}`] = [...power.data.subarray(0, tokens)];
      table.push({
        embedding: 'none',
        counts: 'symmetric',
        order: 'frequency',
        quotient: `power-${convention}`,
        'circulant-score': circulantScore(power),
        'from-whole': null,
        'from-circulant': null,
      });
    }
    writeFileSync(outputs.kernels, JSON.stringify(kernelsSchema.parse(kernels)));
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'series-kernel',
        run: 'v1',
        keys: ['embedding', 'counts', 'order', 'quotient'],
        columns: [
          nameColumn('embedding'),
          nameColumn('counts'),
          nameColumn('order'),
          nameColumn('quotient'),
          numberColumn('circulant-score'),
          numberColumn('from-whole'),
          numberColumn('from-circulant'),
        ],
        rows: table,
      },
    ]);
  },
});
