import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { definitionOf } from '../../../../src/cli/definition-of.ts';
import type { Stage } from '../../../../src/engine/stage/index.ts';

/** Where a module of these lines is said to define what it exports as `energy`. */
const definitionIn = async (...lines: readonly string[]) => {
  const root = mkdtempSync(join(tmpdir(), 'definition-of-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const file = join(root, 'energy.mjs');
  writeFileSync(file, lines.join('\n'));
  const module = pathToFileURL(file).href;
  const { energy } = (await import(module)) as { energy: { run: () => void } };
  return definitionOf(root, { code: { kind: 'plain', module, run: energy.run } } as unknown as Stage);
};

test('a comment, an option and a longer name before it are not the definition', async () => {
  const found = await definitionIn(
    '// energy = half of rho',
    '/** The energy of a form: energy = 1. */',
    'const options = { energyLimit: 1 };',
    'export const energyOfInit = { run: () => options };',
    'export const energy = { run: () => options };',
  );
  expect(found).toEqual({ file: 'energy.mjs', line: 5 });
});

test('what a pattern over several lines exports is where the pattern names it', async () => {
  const found = await definitionIn(
    'const define = () => ({ stage: { run: () => 1 } });',
    'export const {',
    '  stage: energy,',
    '} = define();',
  );
  expect(found).toEqual({ file: 'energy.mjs', line: 3 });
});

test('a program of another language is told as a file', async () => {
  const module = pathToFileURL(join(tmpdir(), 'check.ts')).href;
  const stage = { code: { module, program: 'check.py' } } as unknown as Stage;
  expect(await definitionOf(tmpdir(), stage)).toEqual({ file: 'check.ts', line: null });
});
