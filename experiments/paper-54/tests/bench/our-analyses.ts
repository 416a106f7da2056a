/**
 * Every analysis of one seed with its nulls, as the pure functions that the stages call; each gives the sum of its
 * figures, by which both sides are compared. Norms, spectra and forms are timed with the draws already at hand.
 */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { type Matrix, transpose } from 'reproducible-paper/numerics/matrix';
import {
  correlationOf,
  normalise,
  type Standardised,
  standardise,
} from 'reproducible-paper/numerics/pearson';
import { energyCurve, normalised } from 'reproducible-paper/numerics/spectrum';
import { asymmetryTable } from '../../analyses/asymmetry.ts';
import { headFigures } from '../../analyses/asymmetry-by-head.ts';
import { bandEnergies } from '../../analyses/band-energy.ts';
import { figuresOfLayer, type LayerTable } from '../../analyses/layer-table.ts';
import { kernelSpectrum, lowRankFormTable, lowRankKernelTable } from '../../analyses/low-rank-kernel.ts';
import { driftOf } from '../../analyses/non-uniqueness.ts';
import { spectralTwinningTable } from '../../analyses/spectral-twinning.ts';
import { valueCrescendoTable } from '../../analyses/value-crescendo.ts';
import { type AttentionWeights, matrixNames } from '../../model/attention-weights.ts';

/** What both sides are given. */
export interface AnalysesInput {
  readonly v1: readonly AttentionWeights[];
  readonly v1Init: readonly AttentionWeights[];
  readonly sft: readonly AttentionWeights[];
  readonly sftInit: readonly AttentionWeights[];
  readonly draws: readonly AttentionWeights[];
  /** Of the corpus, then one a layer by attention. */
  readonly corpusViews: readonly Matrix[];
  readonly attentionViews: readonly Matrix[];
  /** K_2 and K_3 in turn, of each weighting and image. */
  readonly variants: readonly Matrix[];
  /** The shared eigenbasis, and that of E^T E. */
  readonly bases: readonly Matrix[];
}

const total = (numbers: Iterable<number>): number => {
  let sum = 0;
  for (const x of numbers) sum += x;
  return sum;
};

const totalOf = (figures: Readonly<Record<string, number>>): number => total(Object.values(figures));

const ofTable =
  (table: LayerTable) =>
  ({ v1, draws }: AnalysesInput, la: LinearAlgebra): number =>
    total([...v1, ...draws].map((layer) => totalOf(figuresOfLayer(table, layer, la))));

const ready = (layers: readonly AttentionWeights[]) =>
  layers.map(({ q, k, v }) => ({ q: standardise(q), k: standardise(k), v: standardise(v) }));

const standardisedAll = (matrices: readonly Matrix[]): readonly Standardised[] => matrices.map(standardise);

/** Sum of |r| of each matrix of each triple with each view. */
const absolute = (triples: ReturnType<typeof ready>, views: readonly Standardised[]): number =>
  total(
    triples.flatMap((triple) =>
      matrixNames.flatMap((name) => views.map((view) => Math.abs(correlationOf(triple[name], view)))),
    ),
  );

export const analyses: Readonly<Record<string, (input: AnalysesInput, la: LinearAlgebra) => number>> = {
  asymmetry: ofTable(asymmetryTable),
  'spectral-twinning': ofTable(spectralTwinningTable),
  'band-energy': ({ v1, draws, bases }, la) =>
    total(
      bases.flatMap((basis) =>
        [...v1, ...draws].flatMap((triple) =>
          matrixNames.map((name) => bandEnergies(triple[name], basis, la)[0]!),
        ),
      ),
    ),
  'low-rank-form': ofTable(lowRankFormTable),
  'low-rank-kernel': ({ v1, draws }, la) =>
    total([...v1, ...draws].map((layer) => totalOf(figuresOfLayer(lowRankKernelTable, layer, la)))),
  correlations: ({ v1, draws, corpusViews, attentionViews }) => {
    const corpus = standardisedAll(corpusViews);
    const attention = attentionViews.map((view) => standardisedAll([view, transpose(view)]));
    const layers = ready(v1);
    return (
      absolute(layers, corpus) +
      total(layers.map((layer, index) => absolute([layer], attention[index]!))) +
      absolute(ready(draws), [...corpus, ...attention.flat()])
    );
  },
  'correlation-variants': ({ v1, draws, variants, bases }, la) => {
    const basis = bases[0]!;
    const turned = (a: Matrix): Matrix => la.multiply(la.multiply(basis, a, { transposeA: true }), basis);
    const directionsOf = (of: readonly { readonly q: Matrix }[]) => of.map(({ q }) => normalise(q));
    const [drawn, drawnDirections] = [ready(draws), directionsOf(draws)];
    const turns = [(a: Matrix): Matrix => a, turned].map((turn) => {
      const inBasis = v1.map((layer) => ({ ...layer, q: turn(layer.q), k: turn(layer.k), v: turn(layer.v) }));
      return { turn, directions: directionsOf(inBasis), standardised: ready(inBasis) };
    });
    let sum = 0;
    for (let at = 0; at < variants.length; at += 2) {
      for (const { turn, directions, standardised } of turns) {
        const [k2, k3] = [turn(variants[at]!), turn(variants[at + 1]!)];
        const views = { q: standardise(k2), k: standardise(transpose(k2)), v: standardise(k3) };
        for (const triple of [...standardised, ...drawn]) {
          for (const name of matrixNames) sum += Math.abs(correlationOf(triple[name], views[name]));
        }
        const direction = normalise(k2);
        for (const q of [...directions, ...drawnDirections]) sum += Math.abs(correlationOf(q, direction));
      }
    }
    return sum;
  },
  'asymmetry-by-head': ({ v1, draws }, la) =>
    total([
      ...v1.flatMap((layer) =>
        Array.from({ length: layer.nHeads }, (_, head) => totalOf(headFigures(layer, head, la))),
      ),
      ...draws.map((draw) => totalOf(headFigures(draw, 0, la))),
    ]),
  'cumulative-energy': ({ v1 }, la) =>
    total(v1.flatMap((layer) => energyCurve(kernelSpectrum(layer, la), 'Q K^T'))),
  'singular-spectra': ({ v1 }, la) =>
    total(
      v1.flatMap((layer) => matrixNames.map((name) => normalised(la.singularValues(layer[name]), name)[0]!)),
    ),
  'value-crescendo': ({ v1, v1Init }, la) =>
    total([...v1, ...v1Init].map((layer) => totalOf(figuresOfLayer(valueCrescendoTable, layer, la)))),
  'non-uniqueness': ({ v1, v1Init, sft, sftInit, draws }) => {
    const targets = ready(v1);
    const [ends, inits] = [ready(sft), ready(v1Init)];
    let sum = 0;
    targets.forEach((target, index) => {
      for (const name of matrixNames) {
        sum += driftOf(sft[index]![name], sftInit[index]![name]).relative;
        sum += driftOf(v1[index]![name], v1Init[index]![name]).relative;
        sum += Math.abs(correlationOf(ends[index]![name], target[name]));
        sum += Math.abs(correlationOf(inits[index]![name], target[name]));
      }
    });
    for (const draw of ready(draws)) {
      for (const target of targets) {
        for (const name of matrixNames) sum += Math.abs(correlationOf(draw[name], target[name]));
      }
    }
    return sum;
  },
};
