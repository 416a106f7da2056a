import { parseAst } from 'rolldown/parseAst';
import { expect, test } from 'vitest';
import type { Part } from '../../../../src/site/markdown/elements-in-code.ts';
import { unkeyedReads } from '../../../../src/site/unkeyed-reads.ts';

const look = (text: string) => {
  const { reads, imports } = unkeyedReads(parseAst(text, { lang: 'tsx' }) as unknown as Part);
  return {
    reads: reads.map(({ kind, what }) => `${kind}: ${what}`),
    imports: imports.map(({ name }) => name),
  };
};

test.each([
  ["import { readFileSync } from 'node:fs'", 'machine: node:fs'],
  ["export * from 'os'", 'machine: os'],
  ["const fs = await import('node:fs/promises')", 'machine: node:fs/promises'],
  ["import { WHO } from 'astro:env/server'", 'setting: astro:env/server'],
  ['process.env.WHO', 'setting: process'],
  ["const who: string = process['env'].WHO!", 'setting: process'],
  ['(process as any).env', 'setting: process'],
  ['({ process })', 'setting: process'],
  ['import.meta.env.MODE', 'setting: import.meta.env'],
  ['new Date()', 'clock: new Date()'],
  ['Date()', 'clock: Date()'],
  ['const { now } = { now: Date.now }', 'clock: Date.now'],
  ['<p title={performance.now()} />', 'clock: performance'],
  ['Math?.random()', 'chance: Math.random'],
  ["Math['random']()", 'chance: Math.random'],
  ['crypto.randomUUID()', 'chance: crypto.randomUUID'],
  ["fetch('https://example.org')", 'network: fetch'],
  ["import.meta.glob('./*.json')", 'unnamed: import.meta.glob'],
  ['globalThis.process', 'unnamed: globalThis'],
  ['import(where)', 'unnamed: import() of a computed name'],
  ["import 'data:text/javascript,0'", 'unnamed: data:text/javascript,0'],
  ["import { styleText } from 'node:util'", 'machine: node:util'],
  ['const D = Date; D.now()', 'clock: Date'],
  ['new (class extends Date {})()', 'clock: Date'],
  ['Reflect.construct(Date, [])', 'clock: Date'],
  ['new Date(...[])', 'clock: new Date()'],
  ['(Date as any).now()', 'clock: Date.now'],
  ['new (Date!)()', 'clock: new Date()'],
  ['const { now: today } = Date', 'clock: Date.now'],
  ['new Event(x).timeStamp', 'clock: Event'],
  ['new CustomEvent(x).timeStamp', 'clock: CustomEvent'],
  ['new PerformanceMark(x).startTime', 'clock: PerformanceMark'],
  ["new Intl.DateTimeFormat('en').format()", 'clock: a format of dates without a date'],
  ['const of = Intl.DateTimeFormat(); of.formatToParts()', 'clock: a format of dates without a date'],
  ['const { max, ...rest } = Math', 'chance: Math'],
  ['Object.values(Math)', 'chance: Math'],
  ['Math[name]()', 'chance: Math'],
  ['const { env: { MODE } } = import.meta', 'setting: import.meta.env'],
  ["f.constructor('return process')()", 'unnamed: constructor'],
  ["f['constructor']", 'unnamed: constructor'],
  ['const { constructor: F } = f', 'unnamed: constructor'],
  ['declare const process: any; process.env', 'setting: process'],
  ['enum When { now = Date.now() }', 'clock: Date.now'],
  ['namespace N { export const who = process.env.WHO }', 'setting: process'],
  ["import fs = require('fs')", 'machine: fs'],
  ['class A { constructor(private at = Date.now()) {} }', 'clock: Date.now'],
])('code that may give another word tomorrow is found: %s', (text, read) => {
  expect(look(text).reads).toEqual([read]);
});

test.each([
  "import { join } from 'node:path'",
  "import type { Stats } from 'node:fs'",
  "import { type Stats } from 'node:fs'",
  "new Date('2026-01-31')",
  'import.meta.env.BASE_URL + import.meta.env.SITE',
  'x.process; ({ process: 1 }); class A { process = 1 }',
  'const names = (process: string) => process.length',
  'for (const process of processes) process.x',
  'try { f() } catch (process) { process.x }',
  'function process() {}; process.x',
  'type Now = typeof Date.now; let f: typeof process',
  '{ const Date = { now: () => 1 }; Date.now() }',
  'const { max, PI } = Math; Math.sqrt(max(PI, Math.E))',
  'const { BASE_URL } = import.meta.env',
  "crypto.subtle.digest('SHA-256', bytes)",
  'new Date(Date.UTC(2026, 0, 31)).getUTCDay() + Date.parse(x)',
  "x instanceof Date || x instanceof Function || typeof process === 'object'",
  'x.constructor === Array || x.constructor.name; class A { constructor() {} }',
  'class A extends B { copy() { return new this.constructor() } }',
  'class A { constructor(private process: string) { process.length } }',
  'switch (x) { case 1: const process = 1; process }',
  'enum performance { now }; performance.now',
  "import { isDeepStrictEqual } from 'node:util'",
  'import performance = Names.performance; performance.x',
  "new Intl.DateTimeFormat('en').format(new Date(0)) + dates.map(days.format)",
  'sentence.format()',
])('code that gives the same word tomorrow is none: %s', (text) => {
  expect(look(text).reads).toEqual([]);
});

test('what code brings by name is known', () => {
  const text = "import a from './a.ts'; import './b.css'; export { c } from './c.ts'; import(`./d.ts`);";
  expect(look(text).imports).toEqual(['./a.ts', './b.css', './c.ts', './d.ts']);
});
