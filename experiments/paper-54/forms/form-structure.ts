/** What the attention forms of one seed are like on tokens, whatever the corpus: their symmetry, and what they are made of. */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { nameColumn, numberColumn, type Row, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { cellOf, nullCell } from '../controls/null-cell.ts';
import { energyColumns, energyShares } from './form-energy.ts';
import { formParams } from './form-nulls.ts';
import type { FormProblem } from './form-problem.ts';
import { openFormSpaces, spaceInputs } from './form-spaces.ts';
import { observedRho, readSymmetryNulls, type SymmetryNulls } from './form-symmetry.ts';

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

export const formStructure = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { ...spaceInputs, symmetry: ['nulls'] },
  outputs: { result: 'form-structure.json' },
  params: z.strictObject({ seed: formParams.seed }),
  run: async ({ params: { seed }, inputs, outputs }) => {
    const la = await loadLinearAlgebra();
    const { problem, run } = openFormSpaces(inputs, [0]);
    // The kept draws are not believed: the first is made again.
    const symmetry = readSymmetryNulls(inputs.symmetry.nulls, problem, { seed, run }, la);
    writeResults(outputs.result, [
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
