import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSafetensors } from 'reproducible-paper/numerics/safetensors';
import { afterAll, expect, test } from 'vitest';
import { errorText } from '../../../../tests/error-text.ts';
import { liveModel } from '../../explore/live-model.ts';
import { modelShape } from '../../model/model-shape.ts';
import { initMetadata, parameterTensors, randomParameters } from '../../model/parameters.ts';
import { byteAlphabet } from '../../tokenizer/byte-alphabet.ts';

const folder = mkdtempSync(join(tmpdir(), 'live-model-'));
afterAll(() => rmSync(folder, { recursive: true }));
const paths = { tokenizer: join(folder, 'tokenizer.json'), weights: join(folder, 'weights.safetensors') };

/** A token a byte, and one that stands between documents. */
const tokens = ['<|endoftext|>', ...byteAlphabet];
const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
writeFileSync(
  paths.tokenizer,
  JSON.stringify({
    version: '1.0',
    added_tokens: [{ id: 0, content: tokens[0], special: true, normalized: false }],
    normalizer: null,
    pre_tokenizer: byteLevel,
    post_processor: null,
    decoder: byteLevel,
    model: { type: 'BPE', vocab: Object.fromEntries(tokens.map((token, id) => [token, id])), merges: [] },
  }),
);
const shape = modelShape.parse({ nLayers: 1, dModel: 8, nHeads: 2, contextLength: 8 });
writeSafetensors(
  paths.weights,
  parameterTensors(shape, tokens.length, randomParameters(shape, tokens.length, 1, 'v1')),
  initMetadata('v1', shape, tokens.length, 1),
);
const { show } = await liveModel.open(paths);
const shown = async (text: string) => show({ text, layer: '0', head: '1' });

test('the shares of the next token sum to one, and attention stands at the tokens of the text', async () => {
  const [bars, map] = await shown('a é');
  if (bars?.kind !== 'bars' || map?.kind !== 'map') throw new Error('a distribution and a map');
  expect(bars.bars).toHaveLength(11);
  expect(bars.bars.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(1, 12);
  expect(map.labels?.[0]).toEqual(['start', 'a', '␣', '<C3>', '<A9>']);
});

test('nothing has a next token too: the first of a document', async () => {
  expect((await shown(''))[1]).toMatchObject({ rows: 1, labels: [['start'], ['start']] });
});

test('a text beyond the context is refused by name', () => {
  expect(errorText(() => show({ text: 'abcdefgh', layer: '0', head: '0' }))).toBe(
    [
      'TextTooLong: the text is longer than the model’s context.',
      '  expected 7 tokens at most; received 8',
      '  hint: shorten it.',
    ].join('\n'),
  );
});

test('half a character is refused by name', () => {
  expect(errorText(() => show({ text: '\ud83d', layer: '0', head: '0' }))).toBe(
    [
      'TextNotEncodable: the text does not come back from its tokens as it was.',
      '  expected Unicode text; received a part of a character alone',
      '  hint: leave the last character out.',
    ].join('\n'),
  );
});
