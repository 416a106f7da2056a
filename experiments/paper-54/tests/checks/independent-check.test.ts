/** numpy's check of the invariants, whole and by head. */
import { expect, test } from 'vitest';
import { rejectionText } from '../../../../tests/error-text.ts';
import { cell, holdCheck } from './hold-check.ts';

const check = holdCheck(
  'independent-check',
  [
    'asymmetry',
    'asymmetry-by-head',
    'asymmetry-nulls',
    'cumulative-energy',
    'low-rank-form',
    'low-rank-heads',
    'low-rank-kernel',
    'low-rank-nulls',
    'non-uniqueness',
    'projection-geometry',
    'spectral-twinning',
    'twinning-heads',
    'value-crescendo',
  ],
  [
    [
      'a spectrum of the second seed',
      { stage: 'spectral-twinning.seed-2', ...cell('spectral-twinning', { layer: 1 }, 'kl-q-v') },
      /'spectral-twinning', seed 2, layer 1, kl-q-v: numpy finds another value/,
    ],
    [
      'a head',
      { stage: 'asymmetry-by-head.seed-1', ...cell('asymmetry-by-head', { layer: 0, head: 1 }, 'rho') },
      /'asymmetry-by-head', seed 1, layer 0, head 1, rho: numpy finds/,
    ],
    [
      'a mean over heads',
      { stage: 'invariants-against-nulls.seed-1', ...cell('twinning-heads', { layer: 0 }, 'kl-q-k') },
      /'twinning-heads', seed 1, layer 0, kl-q-k: numpy finds/,
    ],
  ],
);

test('a row that a table lacks is named', async () => {
  const change = (bytes: Buffer): Buffer => {
    const file = JSON.parse(bytes.toString());
    file.results[0].rows.pop();
    return Buffer.from(JSON.stringify(file));
  };
  const text = await rejectionText(check({ stage: 'value-crescendo.seed-1', output: 'result', change }));
  expect(text).toContain("'value-crescendo', seed 1: numpy alone has a row layer 1.");
}, 60_000);

test('one bit of one weight is seen', async () => {
  const change = (sound: Buffer): Buffer => {
    const bytes = Buffer.from(sound);
    // The last number of the file is of layer 1's V; this bit is worth an eighth of it at least.
    bytes[bytes.length - 2] = bytes[bytes.length - 2]! ^ 0x04;
    return bytes;
  };
  const text = await rejectionText(check({ stage: 'projections.seed-1', output: 'weights', change }));
  expect(text).toMatch(
    /'spectral-twinning', seed 1, layer 1, kl-q-v: numpy finds another value in the same weights\./,
  );
}, 60_000);

test('weights that hold what is no number are named, and give no figure', async () => {
  const change = (sound: Buffer): Buffer => {
    const bytes = Buffer.from(sound);
    bytes.writeDoubleLE(Number.NaN, bytes.length - 8);
    return bytes;
  };
  const text = await rejectionText(check({ stage: 'projections.seed-1', output: 'weights', change }));
  expect(text.replace(/of \S+ holds/, 'of <file> holds')).toBe(
    [
      'WeightsUnusable: layer 1 of <file> holds a number that is not finite.',
      '  experiments/paper-54/checks/independent-check.ts',
      "  in stage 'independent-check'",
      '  hint: look at the run that wrote these weights.',
    ].join('\n'),
  );
}, 60_000);
