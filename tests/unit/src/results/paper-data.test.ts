import { expect, test } from 'vitest';
import { above, type Claims } from '../../../../src/claims/claim.ts';
import { assemblePaper, type FinishedResult } from '../../../../src/results/paper-data.ts';
import { noPresentation, type Presentation, readPresentation } from '../../../../src/results/presentation.ts';
import type { Reported } from '../../../../src/results/reported.ts';
import { rejectionText } from '../../../error-text.ts';

const result = (id: string, value = 2) => ({ kind: 'value', id, value, unit: '1' });

/** A paper of stages that each stored one result. */
const assemble = (
  stored: Readonly<Record<string, object>>,
  claims: Claims = {},
  tables: Reported['tables'] = {},
  presentation: Presentation = noPresentation,
) =>
  assemblePaper(
    {
      paper: 'tiny',
      profile: 'quick',
      backend: {},
      reported: {
        setting: {},
        tables,
        statements: [{ id: 'gap', where: 'abstract', fact: 'it is small' }],
      },
      claims,
      claimsFile: 'content/tiny/claims.ts',
      presentation,
      presentationFile: 'content/tiny/tables.ts',
      definedAt: async ({ name }) => ({ file: `${name}.ts`, line: 1 }),
    },
    Object.entries(stored).map(
      ([name, value]) =>
        ({
          stage: { name },
          replicate: /\.seed-\d+$/.test(name)
            ? { of: name.split('.')[0], seed: Number(name.split('-').at(-1)) }
            : null,
          key: `key of ${name}`,
          read: async () => Buffer.from(JSON.stringify({ results: [value] })),
        }) as unknown as FinishedResult,
    ),
  );

const positive = (statement: string): Claims => ({
  'size-is-positive': {
    reported: [statement],
    assess: ({ value }) => above(value('size'), 0, { predicate: 'it is positive', per: 1, unit: 'sizes' }),
  },
});

test('values keep the key of their stage, and a claim has a key of what it read', async () => {
  const data = await assemble({ sizes: result('size'), other: result('weight') }, positive('gap'));
  expect(data.values['size']).toEqual({
    value: 2,
    unit: '1',
    format: undefined,
    key: 'key of sizes',
    stages: ['sizes'],
  });
  expect(data.claims['size-is-positive']).toMatchObject({ verdict: 'holds', margin: 2, reported: ['gap'] });
  const changed = await assemble({ sizes2: result('size') }, positive('gap'));
  expect(changed.claims['size-is-positive']?.key).not.toBe(data.claims['size-is-positive']?.key);
});

test('two tables of one id are told as such, before anything is said of their columns', async () => {
  const table = (column: string) => ({
    kind: 'table',
    id: 'sizes',
    run: null,
    columns: [
      { id: 'name', unit: null },
      { id: column, unit: '1' },
    ],
    rows: [{ name: 'a', [column]: 1 }],
  });
  const shown = readPresentation({ tables: { sizes: { columns: { size: {} } } } }, 'tables.ts');
  expect(
    await rejectionText(assemble({ sizes: table('size'), more: table('width') }, {}, {}, shown)),
  ).toMatch(/^DuplicateResult: two results are named 'sizes'\./);
});

test('an id that two stages use, or one stage twice, is refused where the second one is defined', async () => {
  expect(await rejectionText(assemble({ sizes: result('size'), more: result('size') }))).toBe(
    [
      "DuplicateResult: two results are named 'size'.",
      '  more.ts:1',
      "  one comes from stage 'sizes', the other from stage 'more'",
      '  hint: an id names one thing on the page: rename one of the two.',
    ].join('\n'),
  );
});

test('what seeds do not have alike is told where their stage is defined', async () => {
  expect(
    await rejectionText(assemble({ 'sizes.seed-1': result('size'), 'sizes.seed-2': result('wide') })),
  ).toBe(
    [
      "SeedsDisagree: of 'sizes' only seed 2 has a value 'wide'.",
      '  sizes.seed-1.ts:1',
      '  hint: an analysis gives the same results, rows and columns for every run of one shape: see its stage.',
    ].join('\n'),
  );
});

test('two reported rows of one name are refused with both labels', async () => {
  const columns = [
    { id: 'method', label: 'method', unit: null },
    { id: 'loss', label: 'loss', unit: '1' },
  ];
  const table = {
    kind: 'table',
    id: 'ladder',
    run: null,
    columns: columns.map(({ id, unit }) => ({ id, unit })),
    rows: [{ method: 'x', loss: 1 }],
  };
  const rows = [
    { method: 'C', loss: '1.0' },
    { method: 'C++', loss: '2.0' },
  ];
  expect(await rejectionText(assemble({ ladder: table }, {}, { ladder: { columns, rows } }))).toBe(
    [
      "DuplicateResult: two reported rows of table 'ladder' are named 'c'.",
      '  content/tiny/reported.json',
      "  row 0 has 'C'; row 1 has 'C++'",
      '  hint: see reported.json: each row has a name of its own in the columns that name rows.',
    ].join('\n'),
  );
});

test('a claim about a statement that nobody made is refused', async () => {
  expect(await rejectionText(assemble({ sizes: result('size') }, positive('gaps')))).toBe(
    [
      "UnknownStatement: claim 'size-is-positive' is about a statement 'gaps' that is not reported.",
      '  content/tiny/claims.ts',
      "  hint: did you mean 'gap'?",
    ].join('\n'),
  );
});

test('a claim that reads what does not exist is named with its file', async () => {
  expect(await rejectionText(assemble({ sizes: result('sizes') }, positive('gap')))).toBe(
    [
      "UnknownValue: there is no value 'size'.",
      '  content/tiny/claims.ts',
      "  in claim 'size-is-positive'",
      "  hint: did you mean 'sizes'?",
    ].join('\n'),
  );
});

test('what stands beside a column is named by what is there: the bounds of a null, and what is counted among', async () => {
  const table = {
    kind: 'table',
    id: 'sizes',
    run: null,
    columns: [
      { id: 'name', unit: null },
      { id: 'size', unit: '1' },
    ],
    rows: [{ name: 'a', size: 1 }],
  };
  const presented = (given: object) =>
    assemble(
      { sizes: table, low: result('low'), high: result('high') },
      {},
      {},
      {
        ...noPresentation,
        ...readPresentation({ tables: { sizes: { columns: {}, ...given } } }, 'content/tiny/tables.ts'),
      },
    );
  const bounded = (figure: string, high: string) => presented({ nullOf: { [figure]: ['low', high] } });
  expect((await bounded('a.size', 'high')).tables['sizes']?.presentation.nullOf).toEqual({
    'a.size': ['low', 'high'],
  });
  expect(await rejectionText(bounded('a.size', 'hihg'))).toBe(
    [
      "UnknownValue: there is no value 'hihg'.",
      '  content/tiny/tables.ts',
      "  of the null of 'sizes.a.size'",
      "  hint: did you mean 'high'?",
    ].join('\n'),
  );
  expect(await rejectionText(bounded('a.sise', 'high'))).toContain("there is no value 'sizes.a.sise'.");
  expect(await rejectionText(presented({ columns: { size: { countOf: 'nmae' } } }))).toMatch(
    /^UnknownColumn: .*'nmae'.*\n.*content\/tiny\/tables\.ts/,
  );
});

test('replicates are one result, whose key changes with any of them', async () => {
  const stored = { 'sizes.seed-1': result('size'), 'sizes.seed-4': result('size', 5) };
  const data = await assemble(stored);
  expect(data.values['size.seeds.mean']).toMatchObject({
    value: 3.5,
    stages: ['sizes.seed-1', 'sizes.seed-4'],
  });
  expect(data.values['size']?.key).not.toBe('key of sizes.seed-1');
});

test('a claim that throws is told as its own, and so is one that cannot be judged', async () => {
  const claims = (of: unknown): Claims => ({ 'size-is-odd': of }) as Claims;
  const throwing = {
    assess: () => {
      throw new TypeError('x is undefined');
    },
  };
  expect(await rejectionText(assemble({ sizes: result('size') }, claims(throwing)))).toBe(
    `ClaimThrows: claim 'size-is-odd' throws as it is judged: x is undefined
  content/tiny/claims.ts
  hint: mend it there: \`assess\` takes what it reads from its reader, and gives one of above, below, all, any, ….`,
  );
  // Where the stack names the file, so does the error.
  const placed = {
    assess: () => {
      throw Object.assign(new Error('no'), {
        stack: 'Error: no\n    at file:///p/content/tiny/claims.ts:7:3',
      });
    },
  };
  expect(await rejectionText(assemble({ sizes: result('size') }, claims(placed)))).toContain(
    '\n  content/tiny/claims.ts:7:3\n',
  );
  for (const wrong of [undefined, null, {}, { assess: true }, 3])
    expect(await rejectionText(assemble({ sizes: result('size') }, claims(wrong)))).toContain(
      "BadClaim: claim 'size-is-odd' says nothing of how it is judged.",
    );
  for (const wrong of [undefined, null, Promise.resolve({}), true])
    expect(await rejectionText(assemble({ sizes: result('size') }, claims({ assess: () => wrong })))).toMatch(
      /^(ClaimThrows|BadClaim): /,
    );
});

test('an id may be a word that every object has', async () => {
  const { values } = await assemble({ sizes: result('constructor'), other: result('valueof') });
  expect(Object.keys(values)).toEqual(['constructor', 'valueof']);
  expect(values['constructor']?.value).toBe(2);
});
