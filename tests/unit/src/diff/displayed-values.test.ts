import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import katex from 'katex';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readDisplayed } from '../../../../src/diff/displayed-values.ts';
import { errorText } from '../../../error-text.ts';

let folder: string;
const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const results = { profile: 'whole', backend: {}, values: { size: { value: 3, unit: '1' } } };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'displayed-'));
  put(
    'index.html',
    '<p>Of <span data-value="size">3</span> and <span data-value="constructor">4</span>.</p>',
  );
  put('results.json', JSON.stringify(results));
  put('provenance.json', JSON.stringify({ stages: { sizes: { key: 'k' } } }));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('what pages display is read back beside its value', () => {
  const { values, built } = readDisplayed(folder);
  expect(values.get('size')).toMatchObject({ shown: '3', named: { value: 3 } });
  expect(values.get('constructor')?.named).toBeUndefined();
  expect(built.keys.get('sizes')).toBe('k');
});

test('a formula stands once in the sentence around a value', () => {
  const formula = katex.renderToString('r^2');
  put('index.html', `<p>Of ${formula} it is <span data-value="size">3</span>.</p>`);
  expect(readDisplayed(folder).values.get('size')?.place).toEqual({
    kind: 'sentence',
    text: 'Of $r^2$ it is 3.',
  });
});

test('files that are not as a build wrote them are told by name', () => {
  const damaged = {
    'results.json': [
      '',
      'null',
      '{',
      '[]',
      '{"profile":"whole","backend":{}}',
      '{"profile":"whole","backend":{},"values":{"size":3}}',
    ],
    'provenance.json': ['', '{}', '{"stages":{"sizes":{}}}'],
  };
  for (const [name, texts] of Object.entries(damaged)) {
    for (const text of texts) {
      put(name, text);
      expect(
        errorText(() => readDisplayed(folder)),
        text,
      ).toMatch(
        new RegExp(`^BuiltDamaged: .*${name} is not as a build wrote it\\.\n.*\n {2}hint: build again`),
      );
    }
    put(name, name === 'results.json' ? JSON.stringify(results) : '{}');
  }
  rmSync(join(folder, 'results.json'));
  expect(errorText(() => readDisplayed(folder))).toContain('NothingBuilt');
});
