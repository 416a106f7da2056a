/** What this paper adds to the bench: its model, its analyses, and the build of its pages. */
import type { Benches } from '../../../../tests/bench/bench-row.ts';

export const benches: Benches = {
  'linear-algebra': {
    title: "Kernels and analyses, beside numpy's",
    load: async () => (await import('./linear-algebra.ts')).linearAlgebraBench,
  },
  'training-step': {
    title: 'A training step, beside the same step in PyTorch, as shipped and at its best',
    about:
      "Each run is a median of fifteen pairs; at its best PyTorch has our malloc settings and MKL's check of the processor lifted. With AVX-512 a step is made of TensorFlow's kernels; with AVX2 alone, where those are slower, attention, GELU, layer normalisation, cross-entropy and the gradients of weights are kernels of our own (`src/tensor/native`).",
    load: async () => (await import('./training-step.ts')).trainingStepBench,
  },
  'training-cost': {
    title: 'What a training step costs, for planning a run',
    about:
      'Tokens a second against depth, width and vocabulary are drawn below: points as measured, a line in proportion to operations. The sizes are the quick profile (4 layers, 128 wide, 4,096 tokens; 1.3 million parameters), the paper (8, 256, 15,007; 10.2 million), and a large one (12, 512, 15,007; 45.5 million).',
    load: async () => (await import('./training-cost.ts')).trainingCostBench,
    figure: 'training-cost.svg',
  },
  'site-build': {
    title: 'The build as a new user meets it, in a bare clone, beside what is promised',
    load: async () => (await import('./site-build.ts')).siteBuildBench,
  },
};
