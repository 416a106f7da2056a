/**
 * Runs the stages from a text to its counts in this process, with the store between them, on a text that it makes
 * up. Prints how far its memory rose above where it began, in MB.
 */
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { sha256 } from 'reproducible-paper/stage';
import { openStore } from '../../../../src/engine/index.ts';
import { countPairs } from '../../cooccurrence/count-pairs.ts';
import { textFile } from '../../corpus/text-file.ts';
import { encodeCorpus } from '../../tokenizer/encode-corpus.ts';
import { openTokens } from '../../tokenizer/token-reader.ts';
import { trainBpe } from '../../tokenizer/train-bpe.ts';
import { createBatches } from '../../training/batches.ts';

const [folder = '', megabytes = ''] = process.argv.slice(2);
const inFolder = (name: string): string => join(folder, name);
const path = inFolder('text.txt');

const random = seededRandom(54, 'large text');
const letters = [...'etaoinshrdlucmfwypvbgkjqxzäéñ—'];
const newWord = (length: number): string =>
  Array.from({ length }, () => letters[random.integer(letters.length)]).join('');
const words = Array.from({ length: 10_000 }, () => newWord(1 + random.integer(12)));
/** As in any language few words are frequent, and most are rare. */
const word = (): string => words[Math.floor(words.length * random.uniform() ** 4)]!;
// A long new word in each: an engine keeps a whole text in memory behind a long substring of it.
const paragraph = (): string => [newWord(20), ...Array.from({ length: 120 }, word)].join(' ');

const file = openSync(path, 'w');
for (let written = 0; written < Number(megabytes) * 1e6; ) {
  const bytes = Buffer.from(`${Array.from({ length: 200 }, paragraph).join('\n\n')}\n\n`);
  writeFileSync(file, bytes);
  written += bytes.length;
}
closeSync(file);
const store = openStore(inFolder('store'));
/** Through the store, as an output goes to the stage that reads it. */
const throughStore = async (name: string): Promise<string> => {
  const key = sha256(name);
  const entry = await store.put(
    key,
    { output: inFolder(name) },
    { durationMs: 0, machine: {}, record: {} as Parameters<typeof store.put>[2]['record'] },
  );
  store.get(key);
  await store.copy(entry, 'output', inFolder(`copy-of-${name}`));
  return inFolder(`copy-of-${name}`);
};

const rest = { scratch: folder, report: () => undefined };
const before = process.memoryUsage.rss();
void textFile.run({
  params: textFile.params.parse({}),
  inputs: {},
  files: { text: path },
  outputs: { documents: inFolder('documents.json') },
  ...rest,
});
const corpus = { documents: await throughStore('documents.json') };
void trainBpe.run({
  params: { vocabSize: 2048 },
  inputs: { corpus },
  outputs: { tokenizer: inFolder('tokenizer.json') },
  ...rest,
});
const tokenizer = { tokenizer: inFolder('tokenizer.json') };
void encodeCorpus.run({
  params: {},
  inputs: { corpus, tokenizer },
  outputs: { tokens: inFolder('tokens.safetensors') },
  ...rest,
});
const tokens = { tokens: await throughStore('tokens.safetensors') };
void countPairs.run({
  params: countPairs.params.parse({ statisticsTokens: 100_000 }),
  inputs: { tokens },
  outputs: { counts: inFolder('counts.safetensors') },
  ...rest,
});
const train = openTokens(tokens.tokens).part('train');
createBatches(train, 256, 4, 1)(1);
console.log(`tokens ${train.length}`);
console.log(`risen by ${((process.resourceUsage().maxRSS * 1024 - before) / 1e6).toFixed(0)} MB`);
