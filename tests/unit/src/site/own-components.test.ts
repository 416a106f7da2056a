import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ownComponentsOf } from '../../../../src/site/own-components.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'own-components-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const configured = (integration: string): string | undefined => {
  writeFileSync(join(root, 'astro.config.mjs'), `export default { integrations: [${integration}] };\n`);
  return ownComponentsOf(root);
};

test('a site that is given none has none, and the module of one that is given some is read', () => {
  expect(configured('paper()')).toBe('');
  expect(configured("paper({ styles: ['own.css'] })")).toBe('');
  writeFileSync(join(root, 'own.ts'), 'export { Mine };\n');
  expect(configured("paper({ components: 'own.ts' })")).toBe('export { Mine };\n');
});

test('what a configuration says by code, and what is not there, is not known', () => {
  expect(ownComponentsOf(root)).toBeUndefined();
  expect(configured('paper({ ...options })')).toBeUndefined();
  expect(configured('paper(options)')).toBeUndefined();
  expect(configured('paper({ components })')).toBeUndefined();
  expect(configured("paper({ components: 'none.ts' })")).toBeUndefined();
});
