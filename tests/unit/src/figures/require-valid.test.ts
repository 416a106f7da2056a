/** What the schema of Vega-Lite refuses is told by what is nearest. */
import { expect, test } from 'vitest';
import { plain, textOf, withY } from './tiny-figure.ts';

test.each([
  [
    'a misspelt property',
    { ...plain, encodng: {} },
    [
      "BadFigure: figure 'energies' cannot be drawn: Vega-Lite knows no 'encodng' at the top.",
      '  content/other/figures/energies.json:16:13',
      "  hint: did you mean 'encoding'?",
    ],
  ],
  [
    'a misspelt property of a channel',
    withY({ feild: 'energy', type: 'quantitative' }),
    [
      "BadFigure: figure 'energies' cannot be drawn: Vega-Lite knows no 'feild' in encoding.y.",
      '  content/other/figures/energies.json:12:13',
      "  hint: did you mean 'field'?",
    ],
  ],
  [
    'a mark that there is not',
    { ...plain, mark: 'pont' },
    [
      "BadFigure: figure 'energies' cannot be drawn: Vega-Lite knows no 'pont' as mark.",
      '  content/other/figures/energies.json:5:10',
      "  hint: did you mean 'point'?",
    ],
  ],
  [
    'a type that there is not',
    withY({ field: 'energy', type: 'quantitive' }),
    [
      "BadFigure: figure 'energies' cannot be drawn: Vega-Lite knows no 'quantitive' as encoding.y.type.",
      '  content/other/figures/energies.json:13:12',
      "  hint: did you mean 'quantitative'?",
    ],
  ],
  [
    'a number where words stand',
    { ...plain, title: 7 },
    [
      "BadFigure: figure 'energies' cannot be drawn: title must be string.",
      '  content/other/figures/energies.json:16:11',
      '  hint: see the Vega-Lite documentation of this part.',
    ],
  ],
  [
    'a mark of a layer that there is not, among properties that few marks have',
    { ...plain, mark: undefined, layer: [{ mark: { type: 'lnie', point: true } }] },
    [
      "BadFigure: figure 'energies' cannot be drawn: Vega-Lite knows no 'lnie' as layer.0.mark.type.",
      '  content/other/figures/energies.json:18:13',
      "  hint: did you mean 'line'?",
    ],
  ],
  [
    'a mark beside layers',
    { ...plain, layer: [{ mark: 'line' }] },
    [
      "BadFigure: figure 'energies' cannot be drawn: 'layer', 'mark', 'encoding' do not go together at the top.",
      '  content/other/figures/energies.json:16:11',
      '  hint: see the Vega-Lite documentation of this part: one of its forms has each, none has all.',
    ],
  ],
])('%s is refused', async (_, spec, lines) => {
  expect((await textOf(spec)).split('\n')).toEqual(lines);
});
