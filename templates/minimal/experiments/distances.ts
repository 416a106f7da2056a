/** How far persistent walks get, beside walks without persistence: the null. */
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { summariseNull } from 'reproducible-paper/numerics/summarise-null';
import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { meanDistance } from './walks.ts';

export const distances = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: {},
  outputs: { result: 'distances.json' },
  params: z.strictObject({
    /** In steps; a row each. */
    lengths: z.array(z.int().positive()).min(1),
    /** -1: every step turns back; 0: the null; 1: none does. */
    persistence: z.number().min(-1).max(1),
    walkers: z.int().positive(),
    /** Of the null. */
    draws: z.int().min(2),
    seed: z.int().nonnegative(),
  }),
  run: ({ params: { lengths, persistence, walkers, draws, seed }, outputs }) => {
    const distanceOf = (stream: string, steps: number, kept: number): number =>
      meanDistance(seededRandom(seed, `${stream}/${steps}`), steps, kept, walkers);
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'distances',
        run: null,
        nullDraws: draws,
        columns: [nameColumn('steps'), numberColumn('distance', 'steps')],
        rows: lengths.map((steps) => ({
          steps,
          distance: {
            value: distanceOf('walk', steps, persistence),
            null: summariseNull(
              Array.from({ length: draws }, (_, draw) => distanceOf(`null/${draw}`, steps, 0)),
            ),
          },
        })),
      },
      { kind: 'value', id: 'persistence', unit: null, value: persistence },
    ]);
  },
});
