/** T6 of one seed, layer by layer, beside its Haar null. */
import { nameColumn, numberColumn, type Row, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { formParams } from './form-nulls.ts';
import { type FormTest, formTestsOf, freeTestPlace } from './form-problem.ts';
import { type FormNullsRead, readFormNulls, sumCell } from './read-form-nulls.ts';

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
const layerRows = (tests: readonly FormTest[], found: FormNullsRead, level: number): Row[] => {
  const at = places(tests);
  const { nLayers, nHeads } = found;
  return Array.from({ length: nLayers }, (_, layer) => ({
    layer,
    ...Object.fromEntries(Object.entries(at).map(([id, test]) => [id, sumCell(found, layer, test, nHeads)])),
    'heads-with-k2': Array.from({ length: nHeads }, (__, head) => head).filter(
      (head) => found.cell('haar', layer, at['k2']!, head)!['p-adjusted'] <= level,
    ).length,
  }));
};

export const formTest = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { found: ['nulls'] },
  outputs: { result: 'form-test.json' },
  params: z.strictObject({ deltas: formParams.deltas, level: z.number().positive().lt(1) }),
  run: ({ params: { deltas, level }, inputs, outputs }) => {
    const found = readFormNulls(inputs.found.nulls);
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
        rows: layerRows(formTestsOf(deltas), found, level),
        nullDraws: found.draws,
      },
    ]);
  },
});
