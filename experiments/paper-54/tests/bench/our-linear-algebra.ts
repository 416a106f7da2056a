/** Our side of the linear algebra bench: one line of JSON a task, one line an answer. */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { type Matrix, matrix } from 'reproducible-paper/numerics/matrix';
import { topEigenpairs } from 'reproducible-paper/numerics/top-eigenpairs';
import type { AttentionWeights } from '../../model/attention-weights.ts';
import type { BenchAnalyses, BenchMatrices, BenchSparse } from './bench-matrices.ts';
import { type AnalysesInput, analyses } from './our-analyses.ts';

/** What is timed, and how its result is told. */
interface Work<T> {
  readonly run: () => T;
  readonly tell: (result: T) => string;
}

const doubles = (path: string): Float64Array => {
  const bytes = readFileSync(path);
  return new Float64Array(new Uint8Array(bytes).buffer);
};

const layersOf = ({ path, layers, n }: BenchMatrices) => {
  const data = doubles(path);
  const at = (index: number): Matrix => matrix(n, n, data.subarray(index * n * n, (index + 1) * n * n));
  return Array.from({ length: layers }, (_, l) => ({ q: at(3 * l), k: at(3 * l + 1), v: at(3 * l + 2) }));
};

/** Read once: the draws of the nulls are 0.2 GB. */
let analysesRead: AnalysesInput | undefined;

const analysesInput = ({ n, heads, ...paths }: BenchAnalyses): AnalysesInput => {
  analysesRead ??= (() => {
    const matrices = (path: string): readonly Matrix[] => {
      const data = doubles(path);
      return Array.from({ length: data.length / (n * n) }, (_, index) =>
        matrix(n, n, data.subarray(index * n * n, (index + 1) * n * n)),
      );
    };
    const triples = (path: string): readonly AttentionWeights[] => {
      const all = matrices(path);
      return Array.from({ length: all.length / 3 }, (_, layer) => ({
        layer,
        nHeads: heads,
        q: all[3 * layer]!,
        k: all[3 * layer + 1]!,
        v: all[3 * layer + 2]!,
      }));
    };
    return {
      v1: triples(paths.v1),
      v1Init: triples(paths.v1Init),
      sft: triples(paths.sft),
      sftInit: triples(paths.sftInit),
      draws: triples(paths.draws),
      corpusViews: matrices(paths.corpusViews),
      attentionViews: matrices(paths.attentionViews),
      variants: matrices(paths.variants),
      bases: matrices(paths.bases),
    };
  })();
  return analysesRead;
};

const sum = (numbers: Float64Array): number => numbers.reduce((total, x) => total + x, 0);
const work = <T>(run: () => T, tell: (result: T) => string): Work<T> => ({ run, tell });

const tasks = (la: LinearAlgebra) => ({
  'singular-values': (request: BenchMatrices) => {
    const layers = layersOf(request);
    return work(
      () =>
        la.batchSingularValues(
          layers.flatMap(({ q, k, v }) => [q, k, v, la.multiply(q, k, { transposeB: true })]),
        ),
      (spectra) => `sum ${spectra.reduce((total, s) => total + sum(s), 0).toPrecision(12)}`,
    );
  },
  eigenvalues: (request: BenchMatrices) => {
    const layers = layersOf(request);
    return work(
      () => la.batchEigenvalues(layers.map(({ q, k }) => la.multiply(q, k, { transposeA: true }))),
      (found) =>
        `sum of |Re| ${found.reduce((total, { re }) => total + sum(re.map(Math.abs)), 0).toPrecision(12)}`,
    );
  },
  analysis: ({ name, ...paths }: BenchAnalyses & { readonly name: string }) => {
    const input = analysesInput(paths);
    return work(() => analyses[name]!(input, la), String);
  },
  'top-eigenpairs': (request: BenchSparse & { readonly count: number; readonly reference: string }) => {
    const ints = (path: string) => new Int32Array(new Uint8Array(readFileSync(path)).buffer);
    const { size } = request;
    const a = {
      rows: size,
      cols: size,
      offsets: ints(request.offsets),
      indices: ints(request.indices),
      values: doubles(request.values),
    };
    const reference = doubles(request.reference);
    return work(
      () => topEigenpairs([a], request.count, la, { seed: 54, blockSize: 8, blocks: 76 }),
      ({ values }) => {
        const errors = values.map((value, i) => Math.abs(Math.abs(value) - reference[i]!) / reference[0]!);
        return `largest error ${Math.max(...errors).toExponential(0)}`;
      },
    );
  },
});

const known = tasks(await loadLinearAlgebra());
for await (const line of createInterface({ input: process.stdin })) {
  const { task, ...request } = JSON.parse(line);
  const { run, tell } = known[task as keyof typeof known](request) as Work<unknown>;
  const startMs = performance.now();
  const result = run();
  const milliseconds = performance.now() - startMs;
  console.log(JSON.stringify({ milliseconds, told: tell(result) }));
}
