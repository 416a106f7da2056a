import { expect, test } from 'vitest';
import { requireTex } from '../../../../src/cli/require-tex.ts';
import { readPresentation } from '../../../../src/results/presentation.ts';
import { rejectionText } from '../../../error-text.ts';

const placeOf = (path: readonly string[]) => ({ file: `tables.ts of ${path.join('.')}`, line: 3 });
const told = (columns: object): Promise<string> =>
  rejectionText(requireTex(readPresentation({ tables: { norms: { columns } } }, 'tables.ts'), placeOf));

test('a formula in a label that KaTeX cannot read is told where the label stands', async () => {
  expect(await told({ size: { label: 'size $\\frac{1$' } })).toBe(
    [
      "BadTex: Unexpected end of input in a macro argument, expected '}' at end of input: \\frac{1",
      '  tables.ts of tables.norms.columns.size.label:3',
      "  in the label 'size $\\frac{1$'",
      '  hint: see the functions that KaTeX supports: katex.org/docs/supported; \\\\$ is the dollar sign itself.',
    ].join('\n'),
  );
  expect(await told({ size: { label: '$s$', definition: 'a $\\nosuch$' } })).toContain('.size.definition:3');
  expect(await told({ size: { label: '$s_1$' }, other: {} })).toBe('nothing was thrown');
});
