/** A figure draws results by their names, and nothing else. */
import { expect, test } from 'vitest';
import { after, plain, textOf } from './tiny-figure.ts';

test.each([
  [
    'a result that no stage makes',
    { ...plain, data: { name: 'band-energi' } },
    [
      "UnknownDataset: figure 'energies' draws 'band-energi', which no stage makes.",
      '  content/other/figures/energies.json:3:11',
      "  hint: did you mean 'band-energy'?",
    ],
  ],
  [
    'a table without rows',
    { ...plain, data: { name: 'empty' } },
    [
      "EmptyFigure: figure 'energies' draws 'empty', which has no rows.",
      '  content/other/figures/energies.json:3:11',
      '  hint: see the stage that makes it.',
    ],
  ],
  [
    'a mark without data',
    { mark: 'point', encoding: plain.encoding },
    [
      "EmptyFigure: figure 'energies' names no data.",
      '  content/other/figures/energies.json:1:1',
      '  expected "data": { "name": <a result> }',
      '  hint: write "data": { "name": "band-energy" }, or another result.',
    ],
  ],
  [
    'layers without data',
    { layer: [{ mark: 'point', encoding: plain.encoding }] },
    [
      "EmptyFigure: figure 'energies' names no data.",
      '  content/other/figures/energies.json:1:1',
      '  expected "data": { "name": <a result> }',
      '  hint: write "data": { "name": "band-energy" }, or another result.',
    ],
  ],
  [
    'typed values',
    { ...plain, data: { values: [{ energy: 7 }] } },
    [
      "TypedData: figure 'energies' draws data that no stage computed.",
      '  content/other/figures/energies.json:2:10',
      '  expected { "name": <a result> }; received {"values":[{"energy":7}]}',
      '  hint: let a stage write it as a table or a series, and name that; a constant of a rule is a `datum`.',
    ],
  ],
  [
    'typed values below a name',
    { ...plain, data: { name: 'band-energy', values: [{ energy: 7 }] } },
    [
      "TypedData: figure 'energies' draws data that no stage computed.",
      '  content/other/figures/energies.json:2:10',
      '  expected { "name": <a result> }; received {"name":"band-energy","values":[{"energy":7}]}',
      '  hint: let a stage write it as a table or a series, and name that; a constant of a rule is a `datum`.',
    ],
  ],
  [
    'data from elsewhere',
    { ...plain, data: { url: 'https://example.org/data.csv' } },
    [
      "TypedData: figure 'energies' draws data that no stage computed.",
      '  content/other/figures/energies.json:2:10',
      '  expected { "name": <a result> }; received {"url":"https://example.org/data.csv"}',
      '  hint: let a stage write it as a table or a series, and name that; a constant of a rule is a `datum`.',
    ],
  ],
  [
    'a sequence',
    { ...plain, data: { sequence: { start: 0, stop: 9 } } },
    [
      "TypedData: figure 'energies' draws data that no stage computed.",
      '  content/other/figures/energies.json:2:10',
      '  expected { "name": <a result> }; received {"sequence":{"start":0,"stop":9}}',
      '  hint: let a stage write it as a table or a series, and name that; a constant of a rule is a `datum`.',
    ],
  ],
  [
    'typed values that are looked up',
    after({
      lookup: 'band',
      from: { data: { values: [{ band: 'low', more: 1 }] }, key: 'band', fields: ['more'] },
    }),
    [
      "TypedData: figure 'energies' draws data that no stage computed.",
      '  content/other/figures/energies.json:20:13',
      '  expected { "name": <a result> }; received {"values":[{"band":"low","more":1}]}',
      '  hint: let a stage write it as a table or a series, and name that; a constant of a rule is a `datum`.',
    ],
  ],
  [
    'a key that no row of what is looked up has',
    after({ lookup: 'band', from: { data: { name: 'band-energy' }, key: 'bnd', fields: ['note'] } }),
    [
      "UnknownField: figure 'energies': 'band-energy' has no field 'bnd'.",
      '  content/other/figures/energies.json:20:13',
      '  expected one of band, energy, note, empty, uniform',
      "  hint: did you mean 'band'?",
    ],
  ],
])('%s is refused', async (_, spec, lines) => {
  expect((await textOf(spec)).split('\n')).toEqual(lines);
});
