/**
 * How symmetric attention's forms are on tokens once frequency is taken out: rho = <A, A^T> / ||A||^2, 1 of a symmetric form
 * and -1 of an antisymmetric one. Its null turns the two sides by a Haar matrix each: the spectra of Q and K stay, how they
 * are aligned does not.
 */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import type { Matrix } from 'reproducible-paper/numerics/matrix';
import { type MatrixStacks, withStacks } from 'reproducible-paper/numerics/matrix-stacks';
import { type NormalStream, normalStream } from 'reproducible-paper/numerics/normal-stream';
import { float64Of, readSafetensors, writeSafetensors } from 'reproducible-paper/numerics/safetensors';
import { defineStage, sha256, type WitnessDefinition, type WitnessMark } from 'reproducible-paper/stage';
import { z } from 'zod';
import { haarMatrix, haarStack } from '../controls/haar-matrix.ts';
import { requireKept } from '../controls/require-kept.ts';
import { formNorms, inSpace } from './form-cosines.ts';
import type { FormFactors } from './form-factors.ts';
import { formInputs, formParams, openFormProblem } from './form-nulls.ts';
import type { FormProblem, Posed } from './form-problem.ts';
import { miniatureProblem } from './miniature-problem.ts';
import { stackNorms } from './stack-norms.ts';
import type { TokenSpace } from './token-space.ts';

/** rho of every head and last of their sum [heads + 1]. */
const rhoOf = (left: Matrix, right: Matrix, nHeads: number, la: LinearAlgebra): Float64Array => {
  const { energy, mixed } = formNorms(
    la.multiply(left, left, { transposeB: true }),
    la.multiply(right, right, { transposeB: true }),
    la.multiply(right, left, { transposeB: true }),
    nHeads,
  );
  return mixed.map((product, head) => product / energy[head]!);
};

const attention = (posed: readonly Posed[]): Posed => posed[0]!;

/** By layer [heads + 1], in a space of tokens: `free` of frequency, or `whole`. */
export const observedRho = (
  { posed }: FormProblem,
  space: TokenSpace,
  la: LinearAlgebra,
): readonly Float64Array[] =>
  posed.map((ofLayer) => {
    const { left, right, nHeads } = inSpace(attention(ofLayer).factors, space, space.basis, la);
    return rhoOf(left, right, nHeads, la);
  });

interface SymmetryDraws {
  readonly draws: number;
  readonly seed: number;
  readonly run: string;
  readonly advance?: () => void;
}

const symmetryStream = ({ seed, run }: SymmetryDraws, layer: number): NormalStream =>
  normalStream(seed, `form-symmetry/${run}/layer-${layer}`);

/** The first draws the long way, one after the other: [layers][draws][heads + 1] */
const replayedRho = (
  { posed, nHeads, free }: FormProblem,
  given: SymmetryDraws,
  la: LinearAlgebra,
): readonly (readonly Float64Array[])[] =>
  posed.map((ofLayer, layer) => {
    const random = symmetryStream(given, layer);
    const { factors } = attention(ofLayer);
    const n = free.roots.length;
    return Array.from({ length: given.draws }, () => {
      const { left } = inSpace(factors, free, haarMatrix(n, random), la);
      const { right } = inSpace(factors, free, haarMatrix(n, random), la);
      return rhoOf(left, right, nHeads, la);
    });
  });

/** Draws that are made together. */
const drawsAtOnce = 8;

/** rho of a few draws [count][heads + 1], products in single precision. @param turns the sides' by turns [2 count, n, n] */
const rhoOfTurns = <S>(
  factors: FormFactors,
  { roots }: TokenSpace,
  turns: S,
  count: number,
  stacks: MatrixStacks<S>,
): readonly Float64Array[] => {
  const n = roots.length;
  const enter = (data: ArrayLike<number>, shape: readonly number[]): S =>
    stacks.single(stacks.enter(Float64Array.from(data), shape));
  const pairs = stacks.reshape(stacks.single(turns), [count, 2, n * n]);
  const scale = enter(roots, [1, 1, n]);
  const [left, right] = [factors.left, factors.right].map((side, at) => {
    const chosen = enter([1 - at, at], [1, 1, 2]);
    const turn = stacks.reshape(stacks.multiply(chosen, pairs), [count, n, n]);
    return stacks.scaleColumns(stacks.multiply(enter(side.data, [1, n, n]), turn), scale); // [count, n, n]
  }) as [S, S];
  return stackNorms(left, right, factors, [0], count, stacks).map(([norms]) => {
    const { energy, mixed } = norms!;
    return mixed.map((product, head) => product / energy[head]!);
  });
};

/** By layer and head, of every draw: [layers][heads + 1][draws] */
const rhoDraws = (
  { posed, nHeads, free }: FormProblem,
  given: SymmetryDraws,
  la: LinearAlgebra,
): readonly (readonly Float64Array[])[] =>
  posed.map((ofLayer, layer) => {
    const { draws, advance } = given;
    const random = symmetryStream(given, layer);
    const { factors } = attention(ofLayer);
    const n = free.roots.length;
    const drawn = Array.from({ length: nHeads + 1 }, () => new Float64Array(draws));
    for (let start = 0; start < draws; start += drawsAtOnce) {
      const count = Math.min(drawsAtOnce, draws - start);
      const found = withStacks(la, (stacks) =>
        rhoOfTurns(factors, free, haarStack(n, 2 * count, random, stacks), count, stacks),
      );
      found.forEach((ofDraw, at) => {
        ofDraw.forEach((rho, head) => {
          drawn[head]![start + at] = rho;
        });
        advance?.();
      });
    }
    return drawn;
  });

const flat = (drawn: readonly (readonly Float64Array[])[]): Float64Array =>
  Float64Array.from(drawn.flatMap((ofLayer) => ofLayer.flatMap((ofHead) => [...ofHead])));

/** What `symmetryNulls` wrote: draws of a layer's head; head `nHeads` is the sum over heads. */
export interface SymmetryNulls {
  readonly draws: number;
  readonly of: (layer: number, head: number) => readonly number[];
}

/** The draws' products are of single precision. */
const tolerance = 1e-6;

/** @throws KeptDiffers where the first draw, made again, is not what was kept */
export const readSymmetryNulls = (
  path: string,
  problem: FormProblem,
  { seed, run }: Omit<SymmetryDraws, 'draws'>,
  la: LinearAlgebra,
): SymmetryNulls => {
  const file = readSafetensors(path);
  const draws = Number(file.metadata['draws']);
  const kept = float64Of(file, 'rho');
  const heads = problem.nHeads + 1;
  const of = (layer: number, head: number): readonly number[] => {
    const from = (layer * heads + head) * draws;
    return [...kept.subarray(from, from + draws)];
  };
  replayedRho(problem, { draws: 1, seed, run }, la).forEach(([first], layer) => {
    first!.forEach((found, head) => {
      requireKept({
        stage: 'symmetry-nulls',
        what: `the first draw of rho, layer ${layer}, head ${head}`,
        kept: of(layer, head)[0],
        again: found,
        tolerance,
      });
    });
  });
  return { draws, of };
};

const { deltas: _deltas, ...shared } = formParams;
const params = z.strictObject({ ...shared, draws: z.int().min(2) });

const witnessMiniature = async (): Promise<readonly WitnessMark[]> => {
  const la = await loadLinearAlgebra();
  const { problem } = miniatureProblem(la);
  const drawn = flat(rhoDraws(problem, { draws: 3, seed: 1, run: 'miniature' }, la));
  return [{ at: 'rho', numbers: { first: drawn[0]!, last: drawn.at(-1)! }, digests: { all: sha256(drawn) } }];
};

const witness: WitnessDefinition<typeof formInputs, z.output<typeof params>> = {
  parts: { miniature: { needsInputs: false, run: witnessMiniature } },
  // Products in single precision.
  tolerance: { first: 1e-6, last: 1e-6 },
};

/** The draws of rho of one seed. */
export const symmetryNulls = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: formInputs,
  outputs: { nulls: 'symmetry-nulls.safetensors' },
  params,
  limitMinutes: 120,
  run: async ({ params: { draws, seed, frequencyBins }, inputs, outputs, report }) => {
    const la = await loadLinearAlgebra();
    const { problem, run } = openFormProblem(inputs, { deltas: [0], frequencyBins }, la);
    let done = 0;
    const total = draws * problem.posed.length;
    const advance = (): void => report({ done: ++done, total });
    const drawn = rhoDraws(problem, { draws, seed, run, advance }, la);
    writeSafetensors(
      outputs.nulls,
      { rho: { dtype: 'F64', shape: [drawn.length, problem.nHeads + 1, draws], data: flat(drawn) } },
      { run, draws: String(draws), seed: String(seed) },
    );
  },
  witness,
});
