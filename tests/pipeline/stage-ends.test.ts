/** How a stage may end: what it does to be told by name, and what of it is in its outputs. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rejectionText } from '../error-text.ts';
import { createTinyPaper, type TinyPaper } from './tiny-paper.ts';

let paper: TinyPaper;
beforeEach(() => {
  paper = createTinyPaper();
});
afterEach(() => paper.remove());

test('a stage that leaves before its run is over, or never ends it, is told by name', async () => {
  const text = (body: string) => rejectionText(paper.run(paper.stage({ name: 'odd', body })));
  expect(await text('writeFileSync(context.outputs.result, \'{"half":\'); process.exit(0);')).toMatch(
    /^StageEndedEarly: stage 'odd' ended before its `run` did\.\n/,
  );
  expect(await text('await new Promise(() => {});')).toBe(
    [
      "StageUnsettled: stage 'odd' waits for something that never comes.",
      `  ${paper.placeOf('odd', '4')}`,
      '  its `run` gave a promise that nothing settles',
      '  hint: look for an await whose promise is never resolved.',
    ].join('\n'),
  );
});

test('a timer that is left over keeps nobody waiting, and writes that nobody waited for are waited for', async () => {
  const stage = paper.stage({
    name: 'careless',
    preamble: "import fs from 'node:fs';\n",
    body: `setInterval(() => {}, 1000);
      void fs.promises.writeFile(context.outputs.result, JSON.stringify('x'.repeat(5_000_000)));`,
  });
  expect((await paper.output(await paper.run(stage), 'careless')).length).toBe(5_000_002);
});

test('what a stage would write after its run, as its process ends or later, is in no output', async () => {
  const stage = (name: string, later: string) =>
    paper.stage({
      name,
      body: `const late = () => writeFileSync(context.outputs.result, 'late');
        ${later}
        writeFileSync(context.outputs.result, 'as run left it');`,
    });
  const stages = [
    stage('leaving', "process.on('exit', late);"),
    stage('idle', "process.on('beforeExit', late);"),
    stage('immediate', 'setImmediate(() => setImmediate(() => setImmediate(late)));'),
  ];
  const finished = await paper.run(...stages);
  for (const { name } of stages) expect(await paper.output(finished, name)).toBe('as run left it');
});

test('a stage without an end is ended by name after its limit', async () => {
  const stage = paper.stage({
    name: 'endless',
    body: 'await new Promise(() => setInterval(() => {}, 1000));',
  });
  const limited = { ...stage, code: Object.assign(stage.code, { limitMinutes: 0.005 }) };
  expect(await rejectionText(paper.run(limited))).toMatch(
    /^StageEndless: stage 'endless' had no end after 0\.005 minutes, and was ended\.\n {2}.+endless\.ts:4\n {2}its output is in .+endless\.log\n {2}hint: if it needs longer, raise `limitMinutes`/,
  );
});
