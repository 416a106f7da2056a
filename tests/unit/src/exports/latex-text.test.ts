import { expect, test } from 'vitest';
import { latexCode, latexText } from '../../../../src/exports/latex-text.ts';

const special = [...'#$%&_{}~^\\\'`"-,?!a '];

test('signs that LaTeX reads as commands are escaped beside any other, in text and in code', () => {
  for (const before of special)
    for (const after of special)
      for (const written of [latexText(before + after), latexCode(before + after)]) {
        const bare = written.replace(/\\(?:[a-z]+(?:\{\})?|[#$%&_{}, -])|\{\}|\$-\$/g, '');
        expect(bare, `${before}${after} as ${written}`).not.toMatch(/[#$%&_{}~^\\]/);
      }
});

test('signs of code that TeX would join stay two', () => {
  expect(latexCode('a--b, ``c?`')).toBe('a-{}-b, \\textasciigrave{}\\textasciigrave{}c?{}\\textasciigrave{}');
});

test('an address may break after its signs, and the words around it as words do', () => {
  expect(latexText('See https://host.org/a_b, or not.')).toBe(
    'See https:/\\allowbreak{}/\\allowbreak{}host.\\allowbreak{}org/\\allowbreak{}a\\_\\allowbreak{}b, or not.',
  );
});

test('signs that pages print of themselves have a form', () => {
  expect(latexText('∴ ✓ ± × −')).toBe('$\\therefore$ $\\checkmark$ $\\pm$ $\\times$ $-$');
});
