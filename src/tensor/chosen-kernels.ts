/**
 * The one place where kernels are chosen by processor. Our own are taken for
 * - `training` where a processor has AVX2 alone: a step is faster by them, and by oneDNN's, which TensorFlow takes by
 *   itself only where it finds AVX-512; there its kernels are taken alone, and the published runs were made with them;
 * - `blocks`, tall matrices, everywhere but on an x64 processor without AVX2, for which they are not compiled.
 */
export type KernelWork = 'training' | 'blocks';

/** By which the runner tells a stage's process. The choice is in the keys of what each machine computes for itself. */
export const kernelsVariable = 'PAPER_OWN_KERNELS';

/**
 * @param architecture as Node names it
 * @param instructionSets of the processor
 * @returns the work for which our own kernels are taken
 */
export const ownKernelsFor = (
  architecture: string,
  instructionSets: readonly string[],
): readonly KernelWork[] => {
  if (architecture !== 'x64') return ['blocks'];
  if (!instructionSets.includes('avx2')) return [];
  return instructionSets.includes('avx512f') ? ['blocks'] : ['training', 'blocks'];
};

/** The choice as the environment of a process. */
export const kernelsEnvironment = (own: readonly KernelWork[]): Readonly<Record<string, string>> => ({
  [kernelsVariable]: own.join(' '),
  ...(own.includes('training') && { TF_ENABLE_ONEDNN_OPTS: '1' }),
});

/** Whether this process was told to take our own kernels; untold, it takes those that run on any processor. */
export const takesOwnKernels = (work: KernelWork): boolean =>
  process.env[kernelsVariable]?.split(' ').includes(work) ?? false;
