import { placeExploration } from 'reproducible-paper/explore';
import type { Pipeline } from 'reproducible-paper/stage';
import { liveModel } from './live-model.ts';
import { matrices } from './matrices.ts';

/** Runs by their files' names, and as a reader is told of them. */
const runLabels = { v1: 'V1', 'ct-sft': 'CT+SFT' } as const;
const runs = Object.keys(runLabels) as (keyof typeof runLabels)[];

/** What readers explore: the first seed's runs are published whole, and are all that a forward pass can use. */
export const explorationsOf = (seeds: readonly number[]): NonNullable<Pipeline['explorations']> => ({
  'live-model': placeExploration(
    liveModel,
    runs.map((run) => ({
      label: `${runLabels[run]}, seed ${seeds[0]}`,
      files: { tokenizer: 'tokenizer.json', weights: `weights/${run}.safetensors` },
    })),
  ),
  matrices: placeExploration(
    matrices,
    runs.flatMap((run) =>
      seeds.map((seed, at) => ({
        label: `${runLabels[run]}, seed ${seed}`,
        files: { weights: `weights/${run}${at === 0 ? '' : `.seed-${seed}`}.safetensors` },
      })),
    ),
  ),
});
