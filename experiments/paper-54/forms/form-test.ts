/**
 * T6 of one seed, layer by layer, beside its Haar null, with what a layer's form is made of; and every head, test and null
 * in a file. The kept nulls are not believed: their observed cosines and first draws are computed again.
 */
import { writeFileSync } from 'node:fs';
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { nameColumn, numberColumn, type Row, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { cellOf, nullCell } from '../controls/null-cell.ts';
import { energyColumns, energyShares } from './form-energy.ts';
import { formInputs, formNullNames, formParams, openFormProblem } from './form-nulls.ts';
import { type FormProblem, type FormTest, freeTestPlace } from './form-problem.ts';
import { observedRho, readSymmetryNulls, type SymmetryNulls } from './form-symmetry.ts';
import { cellFigures } from './null-summary.ts';
import { type FormNullsRead, readFormNulls, sumCell } from './read-form-nulls.ts';
import { replayDraws } from './replay-draws.ts';

/** Tests that the page prints by layer; all at distance 0 and free of frequency. */
const printed: Readonly<Record<string, Pick<FormTest, 'form' | 'view' | 'part'>>> = {
  k2: { form: 'qk', view: 'K_2', part: 'whole' },
  'k2-t': { form: 'qk', view: 'K_2_T', part: 'whole' },
  'k3-skip': { form: 'qk', view: 'K_3_skip', part: 'whole' },
  'k2-symmetric': { form: 'qk', view: 'K_2', part: 'symmetric' },
  'k2-antisymmetric': { form: 'qk', view: 'K_2', part: 'antisymmetric' },
  'copied-k2': { form: 'ov', view: 'K_2', part: 'whole' },
  'copied-k2-t': { form: 'ov', view: 'K_2_T', part: 'whole' },
  'copied-k3-skip': { form: 'ov', view: 'K_3_skip', part: 'whole' },
};

const places = (tests: readonly FormTest[]): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(printed).map(([id, wanted]) => [id, freeTestPlace(tests, wanted)]));

/** The sum over heads in each layer, and how many single heads are beyond chance with K_2 when all are looked at. */
const layerRows = ({ tests, nHeads, posed }: FormProblem, kept: FormNullsRead, level: number): Row[] => {
  const at = places(tests);
  return Array.from(posed.keys(), (layer) => ({
    layer,
    ...Object.fromEntries(Object.entries(at).map(([id, test]) => [id, sumCell(kept, layer, test, nHeads)])),
    'heads-with-k2': Array.from({ length: nHeads }, (_, head) => head).filter(
      (head) => kept.cell('haar', layer, at['k2']!, head)!['p-adjusted'] <= level,
    ).length,
  }));
};

/** rho of the sum over heads, free of frequency beside its null and with it, and the heads beyond theirs. */
const symmetryRows = (problem: FormProblem, nulls: SymmetryNulls, la: LinearAlgebra): Row[] => {
  const whole = observedRho(problem, problem.whole, la);
  return observedRho(problem, problem.free, la).map((rho, layer) => {
    const cells = Array.from(rho, (value, head) => nullCell(value, nulls.of(layer, head)));
    const heads = cells.slice(0, -1);
    return {
      layer,
      rho: cellOf(cells.at(-1)!, 'either'),
      'rho-whole': whole[layer]!.at(-1)!,
      'heads-rho': heads.reduce((sum, { value }) => sum + value, 0) / heads.length,
      'heads-more-symmetric': heads.filter(({ value, high }) => value > high).length,
      'heads-less-symmetric': heads.filter(({ value, low }) => value < low).length,
    };
  });
};

const short = (figure: number): string => String(Number(figure.toPrecision(6)));

/** Every cell as lines of comma-separated values; head `sum` is the sum over heads. */
const cellLines = ({ tests, nHeads, posed }: FormProblem, kept: FormNullsRead): string => {
  const head = ['layer', 'head', 'form', 'frequency', 'delta', 'view', 'part', 'cosine'];
  const lines = [
    [...head, ...formNullNames.flatMap((name) => cellFigures.map((figure) => `${name}-${figure}`))].join(','),
  ];
  for (const layer of posed.keys()) {
    for (let of = 0; of <= nHeads; of += 1) {
      tests.forEach(({ form, frequency, delta, view, part }, test) => {
        const nulls = formNullNames.flatMap((name) => {
          const cell = kept.cell(name, layer, test, of);
          return cellFigures.map((figure) => (cell ? short(cell[figure]) : ''));
        });
        const named = [layer, of === nHeads ? 'sum' : of, form, frequency, delta, view, part];
        lines.push([...named, short(kept.observed(layer, test, of)), ...nulls].join(','));
      });
    }
  }
  return `${lines.join('\n')}\n`;
};

export const formTest = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { ...formInputs, nulls: ['nulls'], symmetry: ['nulls'] },
  outputs: { result: 'form-test.json', cells: 'form-test.csv' },
  params: z.strictObject({
    ...formParams,
    level: z.number().positive().lt(1),
    /** Draws of each null that are made again. */
    replayed: z.int().positive().default(1),
  }),
  run: async ({ params: { seed, level, replayed, ...rest }, inputs, outputs }) => {
    const la = await loadLinearAlgebra();
    const { problem, counts, run } = openFormProblem(inputs, rest, la);
    const kept = readFormNulls(inputs.nulls.nulls);
    replayDraws(problem, counts, kept, { draws: replayed, seed, run }, la);
    const symmetry = readSymmetryNulls(inputs.symmetry.nulls, problem, { seed, run }, la);
    writeFileSync(outputs.cells, cellLines(problem, kept));
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'form-test',
        run: 'v1',
        columns: [
          nameColumn('layer'),
          ...Object.keys(printed).map((id) => numberColumn(id)),
          numberColumn('heads-with-k2'),
        ],
        rows: layerRows(problem, kept, level),
        nullDraws: kept.draws,
      },
      {
        kind: 'table',
        id: 'form-symmetry',
        run: 'v1',
        columns: [
          nameColumn('layer'),
          ...['rho', 'rho-whole', 'heads-rho', 'heads-more-symmetric', 'heads-less-symmetric'].map((id) =>
            numberColumn(id),
          ),
        ],
        rows: symmetryRows(problem, symmetry, la),
        nullDraws: symmetry.draws,
      },
      {
        kind: 'table',
        id: 'form-energy',
        run: 'v1',
        columns: [nameColumn('layer'), ...energyColumns],
        rows: problem.posed.map(([qk], layer) => ({
          layer,
          ...energyShares(qk!.factors, problem.whole, problem.functions, la),
        })),
      },
    ]);
  },
});
