import { expect, test } from 'vitest';
import { sourceHtml } from '../../../../../src/site/components/source-html.ts';

const own = {
  name: 'a-paper',
  exports: { './claims': './src/claims/index.ts', './maths/*': './src/maths/*.ts' },
};
const html = (text: string, known: readonly string[] = []): string =>
  sourceHtml('experiments/a/b.ts', text, own, (file) => (known.includes(file) ? `/${file}/` : undefined));

test('a line of code is one line of text under its number, with nothing in it that HTML would read', () => {
  expect(html('if (a < b)\n\n  c("&");\n')).toBe(
    '<span id="L1">if (a &lt; b)</span>\n<span id="L2"></span>\n<span id="L3">  c(&quot;&amp;&quot;);</span>',
  );
});

test('an import leads to the file that it means, by a path or by the name of the package, and to no other', () => {
  const known = ['experiments/c.ts', 'src/claims/index.ts', 'src/maths/svd.ts'];
  for (const [specifier, file] of [
    ['../c.ts', 'experiments/c.ts'],
    ['a-paper/claims', 'src/claims/index.ts'],
    ['a-paper/maths/svd', 'src/maths/svd.ts'],
  ]) {
    expect(html(`import { x } from '${specifier}';`, known)).toContain(
      `from '<a href="/${file}/">${specifier}</a>';`,
    );
  }
  for (const specifier of ['./gone.ts', 'a-paper/claims/more', 'zod'])
    expect(html(`import { x } from '${specifier}';`, known)).not.toContain('<a');
});
