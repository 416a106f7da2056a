import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keyPlace } from '../../../../src/cli/key-place.ts';
import { formatPosition } from '../../../../src/engine/stage/paper-error.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'key-place-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (file: string, lines: readonly string[]): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), lines.join('\n'));
};
const placed = (...path: readonly string[]): string =>
  formatPosition(keyPlace(root, 'content/a/tables.ts', path));

test('a key is found by its path, whatever types say of the objects around it', () => {
  write('content/a/tables.ts', [
    'const size = { label: "size" };',
    'export const values = { norms: {} };',
    'export const tables: Tables = ({',
    "  'norms': { columns: { layer: {}, size } } satisfies Table,",
    '} as const);',
  ]);
  expect(placed('tables', 'norms')).toBe('content/a/tables.ts:4:3');
  expect(placed('values', 'norms')).toBe('content/a/tables.ts:2:25');
  expect(placed('tables', 'norms', 'columns', 'layer')).toBe('content/a/tables.ts:4:25');
  expect(placed('tables', 'norms', 'columns', 'size', 'label')).toBe('content/a/tables.ts:1:16');
});

test('of what code makes the nearest key around it is told, or where its export is declared', () => {
  write('content/a/tables.ts', ['export const tables = {', '  norms: { columns: columnsOf(3) },', '};']);
  expect(placed('tables', 'norms', 'columns', 'size')).toBe('content/a/tables.ts:2:12');
  expect(placed('tables', 'gaps')).toBe('content/a/tables.ts:1:14');
  write('content/a/tables.ts', ['export function tables() {', '  return { norms: 1 };', '}']);
  expect(placed('tables', 'norms')).toBe('content/a/tables.ts:2:12');
  expect(placed('tables')).toBe('content/a/tables.ts:1:8');
});

test('what stands in the folder beside the module is found there', () => {
  write('content/a/tables.ts', [
    "import { norms } from './tables/norms.ts';",
    'export const tables = { ...norms };',
  ]);
  write('content/a/tables/norms.ts', ['export const norms = {', '  norms: { columns: {} },', '};']);
  expect(placed('tables', 'norms', 'columns')).toBe('content/a/tables/norms.ts:2:12');
});

test('a file that is not there or does not parse is told alone', () => {
  expect(placed('tables', 'norms')).toBe('content/a/tables.ts');
  write('content/a/tables.ts', ['export const tables = {{']);
  expect(placed('tables', 'norms')).toBe('content/a/tables.ts');
});
