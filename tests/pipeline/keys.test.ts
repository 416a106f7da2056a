import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createTinyPaper, ranIn, type TinyPaper } from './tiny-paper.ts';

let paper: TinyPaper;
beforeEach(() => {
  paper = createTinyPaper();
});
afterEach(() => paper.remove());

const writes = (expression: string): string =>
  `writeFileSync(context.outputs.result, JSON.stringify(${expression}));`;

const first = () => paper.stage({ name: 'first', body: writes('{ value }') });
const chain = () => {
  const source = first();
  const second = paper.stage({
    name: 'second',
    inputs: { source },
    body: writes("JSON.parse(readFileSync(context.inputs.source.result, 'utf8')).value * 10"),
  });
  return [source, second] as const;
};

test('a second run runs nothing and gives equal digests', async () => {
  const before = await paper.run(...chain());
  const after = await paper.run(...chain());
  expect(ranIn(before)).toEqual(['first', 'second']);
  expect(ranIn(after)).toEqual([]);
  expect(after.get('second')!.entry.digests).toEqual(before.get('second')!.entry.digests);
  expect(await paper.output(after, 'second')).toBe('20');
});

test('a comment or another layout, in the stage or in what it imports, reruns nothing', async () => {
  await paper.run(...chain());
  const [source, second] = chain();
  paper.write('deep.ts', '// why one\n\n   export const deep   =   1;\n');
  paper.write('first.ts', `/* a comment */\n${paper.read('first.ts')}`);
  expect(ranIn(await paper.run(source, second))).toEqual([]);
});

test("an edited helper's helper reruns what reaches it, and the new value arrives", async () => {
  await paper.run(...chain());
  paper.write('deep.ts', 'export const deep = 6;\n');
  const after = await paper.run(...chain());
  expect(ranIn(after)).toEqual(['first', 'second']);
  expect(await paper.output(after, 'second')).toBe('70');
});

test('what lies downstream of an equal output is left alone', async () => {
  await paper.run(...chain());
  const [, second] = chain();
  const source = paper.stage({ name: 'first', body: writes('{ value: value + 0 }') });
  const after = await paper.run(source, { ...second, inputs: { source } });
  expect(ranIn(after)).toEqual(['first']);
});

test('a changed parameter reruns the stage that declares it and no other', async () => {
  const withScale = (scale: number) => {
    const source = first();
    const other = paper.stage({ name: 'other', body: writes('value') });
    const scaled = paper.stage({
      name: 'scaled',
      inputs: { source },
      schema: z.strictObject({ scale: z.number() }),
      params: { scale },
      body: writes('context.params.scale'),
    });
    return [source, other, scaled] as const;
  };
  await paper.run(...withScale(1));
  expect(ranIn(await paper.run(...withScale(2)))).toEqual(['scaled']);
  expect(ranIn(await paper.run(...withScale(1)))).toEqual([]);
});

test('status tells fresh from stale, with the first reason, from missing', async () => {
  const scaled = (scale: number) =>
    paper.stage({
      name: 'scaled',
      schema: z.strictObject({ scale: z.number() }),
      params: { scale },
      body: writes('context.params.scale'),
    });
  await paper.run(scaled(1));
  expect(await paper.status(scaled(1))).toMatchObject([{ name: 'scaled', state: 'fresh', reason: '' }]);
  expect(await paper.status(scaled(3))).toMatchObject([
    { name: 'scaled', state: 'stale', reason: 'parameter scale changed from 1 to 3' },
  ]);
  paper.write('deep.ts', 'export const deep = 9;\n');
  expect((await paper.status(scaled(1)))[0]?.reason).toMatch(/^\.paper\/tests\/paper-\w+\/deep\.ts changed$/);
  expect(await paper.status(...chain())).toMatchObject([
    { name: 'first', state: 'missing', reason: 'it never ran here' },
    { name: 'second', state: 'missing', reason: 'waits for first' },
  ]);
});

test('a stage sees its declared inputs and none of the surrounding environment', async () => {
  process.env['PAPER_SECRET'] = 'seen';
  const stage = paper.stage({
    name: 'sees',
    body: writes('[process.env.PAPER_SECRET ?? null, process.env.TZ]'),
  });
  expect(await paper.output(await paper.run(stage), 'sees')).toBe('[null,"UTC"]');
  delete process.env['PAPER_SECRET'];
});
