/** Constants stand at rules alone. */
import { expect, test } from 'vitest';
import { plain, textOf, withY } from './tiny-figure.ts';

test.each([
  [
    'typed values under a name of their own',
    { ...plain, datasets: { 'band-energy': [{ energy: 7 }] } },
    [
      "TypedData: figure 'energies' draws data that no stage computed.",
      '  content/other/figures/energies.json:16:14',
      '  expected names of results; received "datasets"',
      '  hint: let a stage write it as a table or a series, and name that; a constant of a rule is a `datum`.',
    ],
  ],
  [
    'a typed place of a point',
    withY({ datum: 7, type: 'quantitative' }),
    [
      "TypedData: figure 'energies' draws data that no stage computed.",
      '  content/other/figures/energies.json:12:13',
      '  expected a field for y of a point; received 7',
      '  hint: let a stage write it as a table or a series, and name that; a constant of a rule is a `datum`.',
    ],
  ],
  [
    'a typed shade of a rule',
    { ...plain, mark: 'rule', encoding: { ...plain.encoding, color: { datum: 7, type: 'quantitative' } } },
    [
      "TypedData: figure 'energies' draws data that no stage computed.",
      '  content/other/figures/energies.json:16:13',
      '  expected a field for color of a rule; received 7',
      '  hint: let a stage write it as a table or a series, and name that; a constant of a rule is a `datum`.',
    ],
  ],
  [
    'a typed place of all layers',
    { data: plain.data, encoding: { y: { datum: 7, type: 'quantitative' } }, layer: [{ mark: 'bar' }] },
    [
      "TypedData: figure 'energies' draws data that no stage computed.",
      '  content/other/figures/energies.json:7:13',
      '  expected a field for y of all layers; received 7',
      '  hint: let a stage write it as a table or a series, and name that; a constant of a rule is a `datum`.',
    ],
  ],
])('%s is refused', async (_, spec, lines) => {
  expect((await textOf(spec)).split('\n')).toEqual(lines);
});
