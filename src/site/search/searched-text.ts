/**
 * One spelling of what has several: `K₂ᵀ` of a table, `K2⊤` as a formula reads, and `K_2^T` and `K_{2}^{\top}` as they are
 * typed. What is indexed and what is asked for are both spelt so.
 */
export const searchedText = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\\top\b|\\intercal\b|⊤/g, 'T')
    .replace(/[_^]\{([^{}]*)\}/g, '$1')
    // One sign or a number: a name such as `mean_abs` keeps its words.
    .replace(/[_^](\p{L}|\p{N}+)(?![\p{L}\p{N}])/gu, '$1');
