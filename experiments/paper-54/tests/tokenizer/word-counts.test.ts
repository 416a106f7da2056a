import { expect, test } from 'vitest';
import { countWords } from '../../tokenizer/word-counts.ts';

test('words are counted over all texts, apostrophes and spaces as GPT-2 splits them', () => {
  expect([...countWords(["It's here.  Here", ' here'])]).toEqual([
    ['It', 1],
    ["'s", 1],
    [' here', 2],
    ['.', 1],
    [' ', 1],
    [' Here', 1],
  ]);
});

test('of too many distinct words the rarest are forgotten, and the others keep their counts', () => {
  const rare = (text: number): string =>
    Array.from({ length: 10 }, (_, at) => ` ${'x'.repeat(10 * text + at + 1)}`).join('');
  const texts = Array.from({ length: 40 }, (_, text) => ` often often${rare(text)}`);
  const counts = countWords(texts, 25);
  expect(counts.size).toBeLessThanOrEqual(25);
  expect(counts.get(' often')).toBe(80);
  expect(countWords(texts).size).toBe(401);
});
