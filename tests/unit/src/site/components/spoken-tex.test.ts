import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { labelParts } from '../../../../../src/results/label-parts.ts';
import { spokenTex } from '../../../../../src/site/components/spoken-tex.ts';

test.each([
  ['K_2^\\top', 'K 2 transposed'],
  ['\\lVert W-W^\\top\\rVert/\\lVert W\\rVert', 'norm of W minus W transposed over norm of W'],
  ['\\lVert QU_b\\rVert^2', 'squared norm of Q U b'],
  ['\\mathrm{KL}(Q_h\\Vert K_h)', 'KL(Q h to K h)'],
  ['\\Vert x\\Vert', 'norm of x'],
  ['e^H/n', 'e to the H over n'],
  ['x_{10}^{-1}', 'x 10 to the minus 1'],
  ['x_{2}^{2}', 'x 2 squared'],
  ['|\\hat\\alpha|', 'absolute value of alpha hat'],
  ['\\sum_{i\\le k}\\sigma_i^2', 'sum over i at most k of sigma i squared'],
  ['\\langle W,W^\\top\\rangle', 'inner product of W, W transposed'],
  ['(i-\\tfrac12)\\cdot 0.25', '(i minus 1 over 2) times 0.25'],
  ['\\sqrt{x^2}', 'square root of x squared'],
  ['\\log_{1/p} n', 'log to base 1 over p of n'],
  ["f'", 'f prime'],
])('%s is said as %s', (tex, words) => {
  expect(spokenTex(tex)).toBe(words);
});

/** Every text that a module holds, however deep. */
const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

test.each(readdirSync('content'))('every formula in the tables of %s is said in words', async (paper) => {
  const formulas = textsIn(await import(`../../../../../content/${paper}/tables.ts`)).flatMap((text) =>
    (labelParts(text) ?? []).flatMap((part) => (part.isTex ? [part.text] : [])),
  );
  for (const tex of new Set(formulas)) {
    const words = spokenTex(tex);
    expect(words, tex).toMatch(/^[\p{L}\p{N} (),.]+$/u);
    // What a font, a size or a bar is called is not what a formula says.
    expect(words, tex).not.toMatch(
      /\b(?:math|text|oper|[lr]?[vV]ert|[lr]angle|t?frac|sqrt|top|sum_|left|right)/,
    );
  }
});
