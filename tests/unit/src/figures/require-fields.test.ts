/** Fields are those of rows and transforms. */
import { expect, test } from 'vitest';
import { after, textOf, withY } from './tiny-figure.ts';

test.each([
  [
    'a field that no row has',
    withY({ field: 'energi', type: 'quantitative' }),
    [
      "UnknownField: figure 'energies': 'band-energy' has no field 'energi'.",
      '  content/other/figures/energies.json:12:13',
      '  expected one of band, energy, note, empty, uniform',
      "  hint: did you mean 'energy'?",
    ],
  ],
  [
    'one in a fold',
    after({ fold: ['energy', 'uniforn'] }),
    [
      "UnknownField: figure 'energies': 'band-energy' has no field 'uniforn'.",
      '  content/other/figures/energies.json:18:12',
      '  expected one of band, energy, note, empty, uniform, key, value',
      "  hint: did you mean 'uniform'?",
    ],
  ],
  [
    'one in a calculation',
    after({ calculate: "datum.energy / datum['uniforn']", as: 'ratio' }),
    [
      "UnknownField: figure 'energies': 'band-energy' has no field 'uniforn'.",
      '  content/other/figures/energies.json:18:17',
      '  expected one of band, energy, note, empty, uniform, ratio',
      "  hint: did you mean 'uniform'?",
    ],
  ],
  [
    'one in a filter',
    after({ filter: { not: 'datum.bnd === 1' } }),
    [
      "UnknownField: figure 'energies': 'band-energy' has no field 'bnd'.",
      '  content/other/figures/energies.json:19:12',
      '  expected one of band, energy, note, empty, uniform',
      "  hint: did you mean 'band'?",
    ],
  ],
  [
    'one in groups',
    after({ joinaggregate: [{ op: 'max', field: 'energy', as: 'most' }], groupby: ['bands'] }),
    [
      "UnknownField: figure 'energies': 'band-energy' has no field 'bands'.",
      '  content/other/figures/energies.json:25:15',
      '  expected one of band, energy, note, empty, uniform, most',
      "  hint: did you mean 'band'?",
    ],
  ],
  [
    'a word as a quantity',
    withY({ field: 'note', type: 'quantitative' }),
    [
      "BadDatum: figure 'energies' draws 'note' of 'band-energy' as a quantity.",
      '  content/other/figures/energies.json:13:12',
      "  expected numbers; received 'a' in row 0",
      '  hint: draw words as "nominal", or another field.',
    ],
  ],
  [
    'a quantity of which no row has a number',
    withY({ field: 'empty', type: 'quantitative' }),
    [
      "BadDatum: figure 'energies' draws 'empty' of 'band-energy' as a quantity.",
      '  content/other/figures/energies.json:13:12',
      '  expected numbers; received none in any row',
      '  hint: draw words as "nominal", or another field.',
    ],
  ],
  [
    'a calculation from nothing',
    after({ calculate: '7 * 6', as: 'answer' }),
    [
      "TypedData: figure 'energies' draws data that no stage computed.",
      '  content/other/figures/energies.json:18:17',
      '  expected an expression of `datum`; received "7 * 6"',
      '  hint: let a stage write it as a table or a series, and name that; a constant of a rule is a `datum`.',
    ],
  ],
  [
    'a calculation by chance',
    after({ calculate: 'datum.energy * random()', as: 'noisy' }),
    [
      "BadFigure: figure 'energies' cannot be drawn: random() gives another drawing each time.",
      '  content/other/figures/energies.json:18:17',
      '  hint: let a stage draw at random, with a seed.',
    ],
  ],
  [
    'what is no expression',
    after({ calculate: 'datum.energy *', as: 'twice' }),
    [
      "BadFigure: figure 'energies' cannot be drawn: 'datum.energy *' is no expression: Unexpected end of input.",
      '  content/other/figures/energies.json:18:17',
      '  hint: write one of Vega, such as "datum.loss / 2".',
    ],
  ],
])('%s is refused', async (_, spec, lines) => {
  expect((await textOf(spec)).split('\n')).toEqual(lines);
});
