import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withFixedNames } from '../../../../../src/engine/keys/fixed-names.ts';

const options = { minifySyntax: true, minifyWhitespace: true, format: 'esm' } as const;

const fixed = async (text: string): Promise<string> =>
  (await withFixedNames({ code: text, map: undefined }, options)).code;

/** Names that nothing in the code below has. */
const name = fc.stringMatching(/^[a-zA-Z_$][a-zA-Z0-9_$]{0,12}$/).map((text) => `q${text}`);

const code = (names: readonly string[]): string => {
  const [label, scaled, x, by, terms] = names;
  return `const ${label} = globalThis.two; const ${scaled} = (${x}, ${by} = 2) => ${x} * ${by};
export const tiny = { run: ({ params, outputs }) => {
  const ${terms} = { label: ${label}.length, scaled: ${scaled}(5) + ${scaled}(6), params };
  console.log(${terms}, ${terms}.label, outputs);
} };`;
};

test('whatever the names of locals are, the shortened code is the same', async () => {
  const plain = await fixed(code(['label', 'scaled', 'x', 'by', 'terms']));
  expect(plain).not.toContain('scaled(');
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(name, { minLength: 5, maxLength: 5 }), async (names) => {
      expect(await fixed(code(names))).toBe(plain);
    }),
    { numRuns: 40, seed: 54 },
  );
});

test('another use of the same names is other code', async () => {
  const text = code(['label', 'scaled', 'x', 'by', 'terms']);
  expect(await fixed(text.replace('x * by', 'by * by'))).not.toBe(await fixed(text));
});
