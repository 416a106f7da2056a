import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkPage, compilePage } from './tiny-site.ts';

const table = (...rows: readonly string[]): string =>
  ['| quantity | as we write it |', '|---|---|', ...rows].join('\n');

test('a formula that a pipe cuts is told with its place', async () => {
  expect(await checkPage(table('| given v | $f(u|v)$ |'))).toBe(
    `CutFormula: a \`|\` ends a cell of the table within a formula.
  content/tiny/index.mdx:3:11
  hint: a \`|\` within a cell, in a formula or in code too, is written \\|. A sign of currency is written \\$.`,
  );
  expect(await checkPage(table('| length | $|u|$ |'))).toContain('TooManyCells');
});

test('a formula with an escaped pipe is whole', async () => {
  const { code } = await compilePage(table('| given v | $f(u\\|v)$ |', '| length | $\\|u\\|$ |'));
  expect(code).toContain('>f(u|v)</annotation>');
  expect(code).toContain('>|u|</annotation>');
});

test('a row with more cells than the head is told with the first that would not be printed', async () => {
  expect(await checkPage(table('| a | b |', '| a | b | c |'))).toBe(
    `TooManyCells: a row of the table has 3 cells, its head 2: the rest would not be printed.
  content/tiny/index.mdx:4:9
  hint: a \`|\` within a cell, in a formula or in code too, is written \\|.`,
  );
});

test('a head that has not the cells of its row of dashes is told', async () => {
  expect(await checkPage('Text.\n\n| a | $|b|$ |\n|---|---|\n| c | d |')).toBe(
    `BrokenTable: the head of this table has another number of cells than the row of dashes below it, so that it is none.
  content/tiny/index.mdx:3:1
  hint: give each as many cells as the other; a \`|\` within a cell, in a formula or in code too, is written \\|.`,
  );
});

test('every cell is printed, or the table is refused', async () => {
  const cell = fc.stringMatching(/^[a-z]{1,6}$/);
  await fc.assert(
    fc.asyncProperty(
      fc.array(cell, { minLength: 1, maxLength: 3 }),
      fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 3 }),
      async (head, rows) => {
        const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
        const { code, fault } = await compilePage(
          [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n'),
        );
        if (rows.some(({ length }) => length > head.length)) expect(fault?.name).toBe('TooManyCells');
        else for (const text of [head, ...rows].flat()) expect(code).toContain(`{"${text}"}`);
      },
    ),
    { numRuns: 25, seed: 7 },
  );
});
