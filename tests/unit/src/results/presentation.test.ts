import { expect, test } from 'vitest';
import { share } from '../../../../src/results/format.ts';
import { readPresentation, requirePresented } from '../../../../src/results/presentation.ts';
import { errorText } from '../../../error-text.ts';
import { normsTable, shownAs } from './norms-table.ts';

const table = normsTable([
  { matrix: 'Q', layer: 0, size: { value: 2.5, null: { low: 0, high: 1, mean: 0.5, sd: 0.2 } } },
]);

test('a table of which nothing is said prints all its columns by id', () => {
  const { shown, columns, headline } = shownAs(table);
  expect(shown).toEqual(['matrix', 'layer', 'size']);
  expect(headline).toBe('mean');
  expect(columns['layer']).toEqual({ id: 'layer', label: 'layer', unit: null });
  const whole = normsTable([{ matrix: 'Q', layer: 0, size: 2 }]);
  expect(shownAs(whole).columns['size']).not.toHaveProperty('format');
  expect(columns['size']).toMatchObject({ label: 'size', format: { style: 'significant', digits: 4 } });
});

test('columns are printed as and in the order in which they are named, and what stands beside one follows it', () => {
  const { shown, columns } = shownAs(table, {
    columns: { size: { label: '$s$', format: share(1) }, layer: {} },
  });
  expect(shown).toEqual(['size', 'layer']);
  expect(columns['size-null-low']).toEqual({
    id: 'size-null-low',
    label: '$s$, null, lower bound',
    unit: '1',
    format: share(1),
  });
  const defined = shownAs(table, { columns: { size: { definition: 'of the matrix', whose: 'theirs' } } });
  expect(defined.columns['size-null-low']).toMatchObject({
    definition: 'null, lower bound of “size”: of the matrix',
    whose: 'theirs',
  });
});

test('whose a definition is, a table says for all figures of which no column says otherwise', () => {
  const { columns } = shownAs(table, {
    whose: 'ours',
    columns: { matrix: {}, layer: {}, size: { whose: 'theirs' } },
  });
  expect(columns['size']?.whose).toBe('theirs');
  // What names a row is no figure.
  expect(columns['layer']).not.toHaveProperty('whose');
  const plain = shownAs(table, { whose: 'inferred', columns: { size: {} } }).columns;
  expect(plain['size']?.whose).toBe('inferred');
});

test('what a figure is held against is a column of its table', () => {
  const held = (reported: string) =>
    shownAs(table, { held: { size: { range: ['size', 'size'], reported } } });
  expect(held('size').held).toEqual({ size: { range: ['size', 'size'], reported: 'size' } });
  expect(errorText(() => held('siez'))).toContain("UnknownColumn: table 'norms' has no column 'siez'.");
});

test('all that is wrong is told at once, each with what to do', () => {
  const text = errorText(() =>
    readPresentation(
      {
        tables: { norms: { columns: { size: { label: 42, bogus: 1 } }, colums: {} } },
        values: { gap: { uint: 'm' } },
      },
      'content/a/tables.ts',
    ),
  );
  expect(text.split('\n').filter((line) => /BadPresentation|content\/a\/tables\.ts ./.test(line))).toEqual([
    'BadPresentation: tables.norms.columns.size.label cannot be read as it stands.',
    expect.stringContaining("tables.norms.columns.size has 'bogus', which nothing reads."),
    expect.stringContaining("tables.norms has 'colums', which nothing reads. did you mean 'columns'?"),
    expect.stringContaining("values.gap has 'uint', which nothing reads. did you mean 'unit'?"),
  ]);
});

test('a word that no row has is told where a row has nearly the same one without words of its own', () => {
  const wordsOf = (words: Record<string, string>) =>
    shownAs(table, { columns: { matrix: { words }, size: {} } });
  const two = normsTable([
    { matrix: 'query', layer: 0, size: 1 },
    { matrix: 'key', layer: 0, size: 2 },
  ]);
  expect(
    errorText(() =>
      shownAs(two, { columns: { matrix: { words: { key: '$K$', querry: '$Q$' } }, size: {} } }),
    ),
  ).toBe(
    [
      "UnknownWord: no row of table 'norms' has 'querry' in its column 'matrix'.",
      '  tables.ts',
      '  expected one of query, key',
      "  hint: did you mean 'query'?",
    ].join('\n'),
  );
  // Of another profile.
  expect(wordsOf({ Q: 'queries', values: 'values' }).columns['matrix']?.words).toHaveProperty('values');
});

test('a name that nothing answers to, and an entry of another form, are told with the file', () => {
  expect(errorText(() => shownAs(table, { columns: { sise: {} } }))).toBe(
    [
      "UnknownColumn: table 'norms' has no column 'sise'.",
      '  tables.ts',
      '  expected one of matrix, layer, size, size-null-low, size-null-high, size-null-mean, size-null-sd',
      "  hint: did you mean 'size'?",
    ].join('\n'),
  );
  expect(
    errorText(() => readPresentation({ tables: { norms: { colums: {} } } }, 'content/a/tables.ts')),
  ).toBe(
    [
      "BadPresentation: tables.norms has 'colums', which nothing reads.",
      '  content/a/tables.ts',
      '  expected title, whose, headline, columns, null, beside, held, nullOf, summary, replicates',
      "  hint: did you mean 'columns'?",
    ].join('\n'),
  );
  const column = (words: object) => ({ tables: { norms: { columns: { size: words } } } });
  const at = (path: readonly string[]) => ({ file: path.join('/'), line: 2 });
  expect(errorText(() => readPresentation(column({ lable: 's' }), 'tables.ts', at))).toBe(
    [
      "BadPresentation: tables.norms.columns.size has 'lable', which nothing reads.",
      '  tables/norms/columns/size/lable:2',
      '  expected label, unit, format, countOf, definition, whose, reported, words',
      "  hint: did you mean 'label'?",
    ].join('\n'),
  );
  expect(errorText(() => readPresentation(column({ format: 'fixed' }), 'tables.ts', at))).toBe(
    [
      'BadPresentation: tables.norms.columns.size.format cannot be read as it stands.',
      '  tables/norms/columns/size/format:2',
      '  expected object, received string',
      "  hint: a format is made by a function of 'reproducible-paper/results': `format: fixed(2)`, or significant(3), share(1), signed(2), scientific(1), count.",
    ].join('\n'),
  );
  expect(errorText(() => readPresentation({ values: { gap: { unit: 3 } } }, 'tables.ts', at))).toBe(
    [
      'BadPresentation: values.gap.unit cannot be read as it stands.',
      '  values/gap/unit:2',
      '  expected string, received number',
      "  hint: a value's entry is `{ headline, format, unit, definition, whose }`, each where it has one.",
    ].join('\n'),
  );
  expect(errorText(() => readPresentation({ tables: { norms: { null: 3 } } }, 'tables.ts', at))).toBe(
    [
      'BadPresentation: tables.norms.null cannot be read as it stands.',
      '  tables/norms/null:2',
      '  expected string, received number',
      "  hint: a table's entry has `columns: { <id>: { label, unit, format, words } }`, and may have `title`, `whose`, `headline`, `null`, `beside`, `held`, `nullOf`, `summary` and `replicates`.",
    ].join('\n'),
  );
  const given = readPresentation({ tables: { norm: {} }, values: { gap: {} } }, 'tables.ts');
  const made = { tables: { norms: 0, norm: 0 }, values: { gaps: 0, 'gaps.seed-1': 0 } };
  expect(errorText(() => requirePresented(given, made, 'tables.ts'))).toBe(
    "UnknownValue: no stage makes a value 'gap'.\n  tables.ts\n  hint: did you mean 'gaps'?",
  );
  expect(errorText(() => requirePresented(given, { ...made, tables: { norms: 0 } }, 'tables.ts'))).toBe(
    "UnknownTable: no stage makes a table 'norm'.\n  tables.ts\n  hint: did you mean 'norms'?",
  );
});
