/**
 * Every head, test and null of T6 of one seed, in a file. The kept nulls are not believed: their observed cosines are held
 * against those that are found here, and their first draws are made again.
 */
import { writeFileSync } from 'node:fs';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { openCounts } from '../cooccurrence/open-counts.ts';
import { formNullNames, formParams } from './form-nulls.ts';
import type { FormTest } from './form-problem.ts';
import { openFormSpaces, spaceInputs } from './form-spaces.ts';
import { cellFigures } from './null-summary.ts';
import { type FormNullsRead, readFormNulls } from './read-form-nulls.ts';
import { replayNulls, requireObserved } from './replay-draws.ts';

const short = (figure: number): string => String(Number(figure.toPrecision(6)));

/** Lines of comma-separated values; head `sum` is the sum over heads. */
const cellLines = (tests: readonly FormTest[], kept: FormNullsRead): string => {
  const head = ['layer', 'head', 'form', 'frequency', 'delta', 'view', 'part', 'cosine'];
  const lines = [
    [...head, ...formNullNames.flatMap((name) => cellFigures.map((figure) => `${name}-${figure}`))].join(','),
  ];
  for (let layer = 0; layer < kept.nLayers; layer += 1) {
    for (let of = 0; of <= kept.nHeads; of += 1) {
      tests.forEach(({ form, frequency, delta, view, part }, test) => {
        const nulls = formNullNames.flatMap((name) => {
          const cell = kept.cell(name, layer, test, of);
          return cellFigures.map((figure) => (cell ? short(cell[figure]) : ''));
        });
        const named = [layer, of === kept.nHeads ? 'sum' : of, form, frequency, delta, view, part];
        lines.push([...named, short(kept.observed(layer, test, of)), ...nulls].join(','));
      });
    }
  }
  return `${lines.join('\n')}\n`;
};

export const formCells = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { ...spaceInputs, counts: ['counts'], nulls: ['nulls'], found: ['nulls'] },
  outputs: { cells: 'form-test.csv' },
  params: z.strictObject({
    deltas: formParams.deltas,
    /** Of the nulls' streams. */
    seed: formParams.seed,
    /** Draws of each null that are made again. */
    replayed: z.int().positive().default(1),
  }),
  run: async ({ params: { deltas, seed, replayed }, inputs, outputs }) => {
    const la = await loadLinearAlgebra();
    const { problem, run } = openFormSpaces(inputs, deltas);
    const kept = readFormNulls(inputs.nulls.nulls);
    requireObserved(problem.tests, kept, readFormNulls(inputs.found.nulls).observed);
    const { topPairs } = openCounts(inputs.counts.counts);
    const pairs = { topK2: topPairs('k2'), topK3Skip: topPairs('k3-skip') };
    replayNulls(problem, pairs, kept, { draws: replayed, seed, run }, la);
    writeFileSync(outputs.cells, cellLines(problem.tests, kept));
  },
});
