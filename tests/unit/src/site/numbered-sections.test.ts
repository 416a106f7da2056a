import { expect, test } from 'vitest';
import { numberedSections } from '../../../../src/site/numbered-sections.ts';

test('sections are numbered as their headings are, those below them within them', () => {
  const headings = [
    [1, 'Title'],
    [2, 'Abstract'],
    [2, 'Method'],
    [3, 'Corpus'],
    [4, 'Detail'],
    [3, 'Model'],
    [2, 'Appendix: more'],
    [3, 'Rows'],
    [2, 'References'],
  ] as const;
  const found = numberedSections([
    ...headings.map(([depth, text]) => ({ depth, text, slug: text.toLowerCase() })),
    { depth: 2, text: 'Footnotes', slug: 'footnote-label' },
  ]);
  expect(found.map(({ number, text, parts }) => [number, text, parts.map((part) => part.number)])).toEqual([
    [undefined, 'Abstract', []],
    ['1', 'Method', ['1.1', '1.2']],
    ['A', 'Appendix: more', ['A.1']],
    [undefined, 'References', []],
  ]);
});

test('a part before the first section stands alone', () => {
  expect(numberedSections([{ depth: 3, text: 'Part', slug: 'part' }])).toHaveLength(1);
});
