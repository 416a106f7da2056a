import { readFileSync } from 'node:fs';
import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { literalLossesSchema } from './literal-losses.ts';

/** The losses of the formula with the series' kernels, as the page reads them. */
export const literalTable = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: { kept: ['losses'] },
  outputs: { result: 'literal-ablations.json' },
  params: z.strictObject({}),
  run: ({ inputs, outputs }) =>
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'literal-ablations',
        run: 'the formula taken literally, head alone',
        columns: [
          nameColumn('variant'),
          numberColumn('tokens'),
          numberColumn('s'),
          numberColumn('loss', 'nats/token'),
          numberColumn('train-loss', 'nats/token'),
        ],
        rows: literalLossesSchema
          .parse(JSON.parse(readFileSync(inputs.kept.losses, 'utf8')))
          .map(({ variant, tokens, s, heldOutLossNats, trainLossNats }) => ({
            variant,
            tokens,
            s,
            loss: heldOutLossNats,
            'train-loss': trainLossNats,
          })),
      },
    ]),
});
