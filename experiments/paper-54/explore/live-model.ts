import { readFileSync } from 'node:fs';
import { type Choices, defineExploration, numbered } from 'reproducible-paper/explore';
import type { View } from 'reproducible-paper/explore/view';
import { readSafetensors, type Safetensors } from 'reproducible-paper/numerics/safetensors';
import { PaperError } from 'reproducible-paper/stage';
import { modelShape } from '../model/model-shape.ts';
import { readParameters } from '../model/parameters.ts';
import { createEncoder } from '../tokenizer/encoder.ts';
import { createForward, probabilitiesOf } from './forward.ts';
import { tokenTexts } from './token-texts.ts';

const shownTokens = 10;

const shapeOf = ({ metadata }: Safetensors) =>
  modelShape.parse(
    Object.fromEntries(Object.keys(modelShape.shape).map((name) => [name, Number(metadata[name])])),
  );

const mostLikely = (probabilities: Float32Array, texts: readonly string[]): View => {
  const best = Array.from(probabilities, (value, id) => ({ value, label: texts[id] ?? `token ${id}` }))
    .toSorted((a, b) => b.value - a.value)
    .slice(0, shownTokens);
  const rest = 1 - best.reduce((sum, { value }) => sum + value, 0);
  return {
    kind: 'bars',
    title: 'The next token',
    bars: [
      ...best,
      { label: `any of ${(probabilities.length - best.length).toLocaleString('en')} others`, value: rest },
    ],
  };
};

/** A sentence's next token, and what every head attends to on the way there. */
export const liveModel = defineExploration({
  module: import.meta.url,
  files: ['tokenizer', 'weights'],
  open: (paths) => {
    const json = readFileSync(paths.tokenizer, 'utf8');
    const encoder = createEncoder(json);
    const texts = tokenTexts(json);
    const weights = readSafetensors(paths.weights);
    const shape = shapeOf(weights);
    const forward = createForward(shape, readParameters(weights, shape, texts.length));

    /** @throws TextNotEncodable, TextTooLong */
    const idsOf = (text: string): readonly number[] => {
      const ids = encoder.encode(text);
      if (!ids) {
        throw new PaperError('TextNotEncodable', 'the text does not come back from its tokens as it was.', {
          details: ['expected Unicode text; received a part of a character alone'],
          hint: 'leave the last character out.',
        });
      }
      // A document begins where the one before ended.
      const all = [0, ...ids];
      if (all.length > shape.contextLength) {
        throw new PaperError('TextTooLong', 'the text is longer than the model’s context.', {
          details: [`expected ${shape.contextLength - 1} tokens at most; received ${ids.length}`],
          hint: 'shorten it.',
        });
      }
      return all;
    };

    return {
      controls: [
        { kind: 'text', id: 'text', label: 'Text', value: 'The jury said that the election was' },
        { kind: 'choice', id: 'layer', label: 'Layer', value: '0', choices: numbered(shape.nLayers) },
        { kind: 'choice', id: 'head', label: 'Head', value: '0', choices: numbered(shape.nHeads) },
      ],
      show: ({ text = '', layer, head }: Choices) => {
        const ids = idsOf(text);
        const { logits, attention } = forward(ids);
        const labels = ids.map((id, at) => (at === 0 ? 'start' : (texts[id] ?? `token ${id}`)));
        return [
          mostLikely(probabilitiesOf(logits), texts),
          {
            kind: 'map',
            title: `Attention of layer ${layer}, head ${head}`,
            rows: ids.length,
            cols: ids.length,
            values: attention(Number(layer), Number(head)),
            axes: ['from', 'to'],
            labels: [labels, labels],
            scale: 'share',
            isCausal: true,
          },
        ];
      },
    };
  },
});
