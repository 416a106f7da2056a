/** Nothing that today's pipelines need goes, whatever else does: the next build runs no stage. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { buildResults } from '../../src/cli/build-results.ts';
import { gc } from '../../src/cli/gc.ts';
import { rejectionText } from '../error-text.ts';
import { createTinyProject } from './tiny-project.ts';

const project = createTinyProject(3);
const { root } = project;
const kept = (path: string): boolean => existsSync(join(root, '.paper', path));
const ranStages = async (): Promise<number> =>
  (await buildResults(root, {})).flatMap(({ finished }) => [...finished.values()].filter(({ ran }) => ran))
    .length;

beforeAll(() => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterAll(() => {
  vi.restoreAllMocks();
  project.remove();
});

test('what a paper that is gone left beside the store goes, and what is of today stays', async () => {
  // Without a compiler another library computes: its keys of today are needed as well.
  project.write('node_modules/ml-matrix/package.json', '{"version":"0.0.0"}');
  expect(await ranStages()).toBeGreaterThan(0);
  project.write('.paper/types/gone.d.ts', 'export {};\n');
  project.write('.paper/types/tiny.d.ts', 'export {};\n');
  project.write('.paper/check/figure-gone-runs', '{}');
  await gc(root, { days: '0' });
  expect(kept('types/gone.d.ts')).toBe(false);
  expect(kept('types/tiny.d.ts')).toBe(true);
  expect(kept('check/figure-gone-runs')).toBe(false);
  expect(await ranStages()).toBe(0);
});

test('days that are none are refused', async () => {
  expect(await rejectionText(gc(root, { days: 'many' }))).toContain("BadDays: 'many' is no number of days.");
});
