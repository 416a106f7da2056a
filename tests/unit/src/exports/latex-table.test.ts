import { expect, test } from 'vitest';
import type { Cell } from '../../../../src/exports/export-document.ts';
import { latexTable } from '../../../../src/exports/latex-table.ts';

const cell = (text: string, isNumber: boolean): Cell => ({
  isHead: false,
  isNumber,
  lines: [[{ kind: 'text', text }]],
  columns: 1,
});

/** Points of the only column of a table of one number. */
const widthOf = (text: string): number => {
  const grid = { head: [[cell('n', false)]], body: [[cell(text, true)]] };
  const latex = latexTable({ kind: 'table', id: null, label: null, caption: [], grid });
  return Number(/N\{([\d.]+)pt\}/.exec(latex)?.[1]);
};

test('a column has room for signs, which are wider than digits', () => {
  expect(widthOf('±3.1×10−4')).toBeGreaterThan(widthOf('003.101004'));
  expect(widthOf('003.101004')).toBe(widthOf('123.456789'));
});
