import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { readAblations } from './ablate-crystallization.ts';

/** The ablations as the page reads them. */
export const ablationsTable = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: { ablations: ['losses'] },
  outputs: { result: 'crystallization-ablations.json' },
  params: z.strictObject({}),
  run: ({ inputs, outputs }) =>
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'crystallization-ablations',
        run: 'ct-init, head alone',
        columns: [
          nameColumn('variant'),
          numberColumn('kappa'),
          numberColumn('s'),
          numberColumn('loss', 'nats/token'),
          numberColumn('train-loss', 'nats/token'),
        ],
        rows: readAblations(inputs.ablations.losses).map(
          ({ variant, kappa, s, heldOutLossNats, trainLossNats }) => ({
            variant,
            kappa,
            s,
            loss: heldOutLossNats,
            'train-loss': trainLossNats,
          }),
        ),
      },
    ]),
});
