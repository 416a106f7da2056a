/**
 * Where a processor has AVX2 alone, a training step is faster by kernels of our own; with AVX-512
 * TensorFlow's are taken, and the published runs were made with them.
 */
export const kernelSets = ['own', 'library'] as const;
export type KernelSet = (typeof kernelSets)[number];

/** By which the runner tells a stage's process. Like the processor itself, it is not part of a key. */
export const kernelsVariable = 'PAPER_KERNELS';

/** The kernels that this process was told to use. */
export const chosenKernels = (): KernelSet => (process.env[kernelsVariable] === 'own' ? 'own' : 'library');
