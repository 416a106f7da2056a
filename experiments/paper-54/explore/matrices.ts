import { type Choices, defineExploration, numbered } from 'reproducible-paper/explore';
import type { View } from 'reproducible-paper/explore/view';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { marchenkoPasturQuantiles } from 'reproducible-paper/numerics/marchenko-pastur';
import { frobeniusNorm } from 'reproducible-paper/numerics/matrix';
import { readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { attentionWeightsOf } from '../model/attention-weights.ts';
import { exploredFigures } from './explored-figures.ts';
import {
  type ExploredMatrix,
  exploredMatrix,
  gaussianProduct,
  type MatrixName,
  matrixLabels,
  outputName,
} from './explored-matrix.ts';

const allHeads = 'all';

/** Of the same sum of squares: what chance gives, with nothing else known of the matrix. */
const scaledTo = (law: Float64Array, energy: number): Float64Array => {
  const factor = Math.sqrt(energy / law.reduce((sum, x) => sum + x * x, 0));
  return law.map((x) => factor * x);
};

/** A run's matrices, entry by entry, with their singular values beside the random law. */
export const matrices = defineExploration({
  module: import.meta.url,
  files: ['weights'],
  open: async (paths) => {
    const la = await loadLinearAlgebra();
    const weights = readSafetensors(paths.weights);
    const layers = attentionWeightsOf(weights);
    const { nHeads } = layers[0]!;
    const hasOutput = weights.tensors.has(outputName(0));
    const names = (Object.keys(matrixLabels) as MatrixName[]).filter(
      (name) => hasOutput || name !== 'copying',
    );
    const spectrumOf = ({ whole, rank }: Pick<ExploredMatrix, 'whole' | 'rank'>): Float64Array =>
      la.singularValues(whole).slice(0, rank);
    /** By shapes: they are the same in every layer. */
    const laws = new Map<string, Float64Array>();
    const lawOf = ({ shapes, rank }: ExploredMatrix): Float64Array => {
      const key = shapes.join('/');
      const [[rows, cols] = [0, 0], second] = shapes;
      const law =
        laws.get(key) ??
        (second
          ? spectrumOf({ whole: gaussianProduct(shapes, la), rank })
          : marchenkoPasturQuantiles(rows, cols));
      laws.set(key, law);
      return law;
    };

    return {
      controls: [
        {
          kind: 'choice',
          id: 'matrix',
          label: 'Matrix',
          value: 'form',
          choices: names.map((value) => ({ value, label: matrixLabels[value] })),
        },
        { kind: 'choice', id: 'layer', label: 'Layer', value: '0', choices: numbered(layers.length) },
        {
          kind: 'choice',
          id: 'head',
          label: 'Head',
          value: allHeads,
          choices: [{ value: allHeads, label: 'all' }, ...numbered(nHeads)],
        },
      ],
      show: (choices: Choices): readonly View[] => {
        const name = choices['matrix'] as MatrixName;
        const layer = layers[Number(choices['layer'])]!;
        const head = choices['head'] === allHeads ? undefined : Number(choices['head']);
        const explored = exploredMatrix(weights, layer, name, head, la);
        const { whole, axes, shapes } = explored;
        const sigma = spectrumOf(explored);
        const title = `${matrixLabels[name]} of layer ${layer.layer}, ${head === undefined ? 'all heads' : `head ${head}`}`;
        return [
          ...(hasOutput
            ? []
            : [
                {
                  kind: 'words',
                  title: 'Not in this file',
                  text: 'the output projection O, and so the form O V. Further seeds are published reduced.',
                } as const,
              ]),
          {
            kind: 'map',
            title,
            rows: whole.rows,
            cols: whole.cols,
            values: whole.data,
            axes,
            scale: 'signed',
          },
          {
            kind: 'lines',
            title: `Singular values of ${title}`,
            axes: ['rank', 'singular value'],
            lines: [
              { label: 'this matrix', values: sigma },
              {
                label:
                  shapes.length === 1
                    ? 'Marchenko and Pastur’s law for its shape and norm'
                    : 'Gaussian factors of the same shapes and norm, one draw',
                values: scaledTo(lawOf(explored), frobeniusNorm(whole) ** 2),
              },
            ],
          },
          {
            kind: 'figures',
            title: 'Figures, and where the tables print them',
            figures: exploredFigures(
              name,
              layer.layer,
              head,
              explored,
              sigma,
              weights.metadata['run'] === 'v1',
            ),
          },
        ];
      },
    };
  },
});
