import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSafetensors } from 'reproducible-paper/numerics/safetensors';
import { expect, test } from 'vitest';
import { shuffledTokens } from '../../controls/shuffled-tokens.ts';
import { openTokens } from '../../tokenizer/token-reader.ts';

test('every token is there as often as it was, in an order that hangs on the seed alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'shuffled-tokens-'));
  try {
    const tokens = join(folder, 'tokens.safetensors');
    const part = (length: number) =>
      ({ dtype: 'I32', shape: [length], data: Int32Array.from({ length }, (_, at) => at % 7) }) as const;
    writeSafetensors(tokens, { train: part(300), heldOut: part(40) }, { vocabSize: '7' });
    const shuffled = async (seed: number) => {
      const path = join(folder, `${seed}.safetensors`);
      await shuffledTokens.run({
        params: { seed },
        inputs: { tokens: { tokens } },
        outputs: { tokens: path },
        files: {},
        scratch: folder,
        report: () => {},
      } as never);
      return openTokens(path);
    };
    const [once, again, other] = [await shuffled(1), await shuffled(1), await shuffled(2)];
    expect(once.vocabSize).toBe(7);
    for (const name of ['train', 'heldOut'] as const) {
      const ids = (of: typeof once) => [...of.part(name).slice(0, of.part(name).length)];
      const expected = [...openTokens(tokens).part(name).slice(0, 1000)];
      expect(ids(once).toSorted()).toEqual(expected.toSorted());
      expect(ids(once)).not.toEqual(expected);
      expect(ids(again)).toEqual(ids(once));
      expect(ids(other)).not.toEqual(ids(once));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
