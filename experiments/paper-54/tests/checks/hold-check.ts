/** Holds one of numpy's checks to what it promises, on the analyses of a miniature. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stage } from 'reproducible-paper/stage';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { rejectionText } from '../../../../tests/error-text.ts';
import { createTinyPaper, type TinyPaper } from '../../../../tests/pipeline/tiny-paper.ts';
import { bytesOf, miniatureCheck, miniatureFiles } from './miniature-tables.ts';

/** What a test changes of a stage's output. */
export interface Fault {
  readonly stage: string;
  readonly output: string;
  readonly change: (bytes: Buffer) => Buffer;
}

type MiniatureFiles = Awaited<ReturnType<typeof miniatureFiles>>;

const givenStage = (
  paper: TinyPaper,
  files: MiniatureFiles,
  { name, code }: Stage,
  fault: Fault | undefined,
): Stage => {
  const outputs = Object.keys(code.outputs).filter((output) => files.get(name)![output] !== undefined);
  const bytes = Object.fromEntries(
    outputs.map((output) => {
      const sound = bytesOf(files, name, output);
      const isOff = fault?.stage === name && fault.output === output;
      return [output, (isOff ? fault.change(sound) : sound).toString('base64')];
    }),
  );
  return paper.stage({
    name,
    body: 'for (const [output, bytes] of Object.entries(context.params.bytes)) writeFileSync(context.outputs[output], Buffer.from(bytes, "base64"));',
    params: { bytes },
    schema: z.strictObject({ bytes: z.record(z.string(), z.string()) }),
    outputs: Object.fromEntries(outputs.map((output) => [output, `${output}.out`])),
  });
};

type Cell = number | string | { value: number; null?: Record<string, number> };
type Row = Record<string, Cell>;

/** A figure of the table's first row that has these words, or its null's, made a ten-thousandth larger. */
export const cell = (table: string, words: Row, column: string, figure?: string, by = 1.0001) => {
  const change = (bytes: Buffer): Buffer => {
    const file = JSON.parse(bytes.toString());
    const { rows } = file.results.find(({ id }: { id: string }) => id === table);
    const row: Row = rows.find((of: Row) => Object.entries(words).every(([key, word]) => of[key] === word));
    const held = row[column];
    if (typeof held === 'object') {
      if (figure) held.null![figure]! *= by;
      else held.value *= by;
    } else row[column] = (held as number) * by;
    return Buffer.from(JSON.stringify(file));
  };
  return { output: 'result', change };
};

/** A number of a line of comma-separated values. */
export const line = (start: string, column: string, change: (x: number) => number) => ({
  output: 'cells',
  change: (bytes: Buffer): Buffer => {
    const [head, ...lines] = bytes.toString().split('\n');
    const at = head!.split(',').indexOf(column);
    const changed = lines.map((text) => {
      if (!text.startsWith(start)) return text;
      return text
        .split(',')
        .map((x, place) => (place === at ? String(change(Number(x))) : x))
        .join(',');
    });
    return Buffer.from([head, ...changed].join('\n'));
  },
});

/** What is off, in words; how; and what the error says. */
export type ToldFault = readonly [string, Fault, RegExp];

/**
 * Tests that the check passes on what the analyses give, and that each fault ends the build by its name.
 *
 * @param counted every table that it counts
 * @returns the check, for further faults
 */
export const holdCheck = (
  name: string,
  counted: readonly string[],
  faults: readonly ToldFault[],
): ((fault?: Fault) => ReturnType<TinyPaper['run']>) => {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  let files: MiniatureFiles;
  beforeAll(async () => {
    files = await miniatureFiles(folder, miniatureCheck(name));
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true }));
  let paper: TinyPaper;
  beforeEach(() => {
    paper = createTinyPaper();
  });
  afterEach(() => paper.remove());

  const check = (fault?: Fault) => {
    const found = miniatureCheck(name);
    const given = new Map<string, Stage>();
    const inputs = Object.fromEntries(
      Object.entries(found.inputs).map(([input, stage]) => {
        if (!given.has(stage.name)) given.set(stage.name, givenStage(paper, files, stage, fault));
        return [input, given.get(stage.name)!];
      }),
    );
    return paper.run({ ...found, inputs });
  };

  test('it passes on what the analyses give, and counts every table', async () => {
    const finished = await check();
    const { rows } = JSON.parse(await paper.output(finished, name)).results[0];
    const own: readonly Row[] = rows.slice(0, -1);
    expect(own.map(({ table }) => table).toSorted()).toEqual(counted);
    const cells = own.reduce((sum, row) => sum + Number(row['cells']), 0);
    expect(rows.at(-1)).toMatchObject({ table: 'all', cells });
  }, 60_000);

  test.each(faults)(
    '%s that is off ends the build by its name',
    async (_, fault, expected) => {
      const text = await rejectionText(check(fault));
      expect(text).toMatch(/^IndependentCheckFailed: /);
      expect(text).toMatch(expected);
    },
    60_000,
  );
  return check;
};
