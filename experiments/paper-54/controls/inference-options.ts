import { z } from 'zod';

/**
 * What a test leaves to choice. The configuration fixes it before any of the figures is computed; what is chosen
 * afterwards is called exploratory.
 *
 * T6 compares a head's form B_h(Delta) = Q_h^T R_Delta K_h with a view M [earlier, later] of the corpus: the cosine, not
 * centred, between the scores E B E^T [later, earlier] and the part of M^T that the embedding E can carry, less the mean
 * of its null. Free of frequency: indicators of fine frequency bins, log f and its square are projected out of both sides
 * of M and out of E.
 */
export const inferenceOptions = z.strictObject({
  /** Of every test, after its correction. */
  level: z.number().positive().lt(1),
  /** Draws of each null; p = (1 + #{draw >= observed}) / (1 + draws) (Phipson and Smyth 2010). */
  draws: z.int().min(2),
  /** Of eigenvalues, at most: 999 would take more than twice the time of all else that is drawn of a run's spectra. */
  eigenvalueDraws: z.int().min(2),
  /** Of the draws. */
  seed: z.int().nonnegative(),
  /**
   * The primary family: T6 free of frequency, each view with each statistic, at one distance. A seed's statistic is the
   * mean, two-sided, or the root mean square, one-sided, over all heads of all layers; the pooled one is the mean of
   * the seeds'. Its p-values are corrected together by Holm's method; all others by Benjamini and Hochberg's.
   */
  primary: z.strictObject({
    views: z.array(z.enum(['K_2', 'K_2_T', 'K_3_skip'])).min(1),
    statistics: z.array(z.enum(['mean', 'rms'])).min(1),
    delta: z.int().nonnegative(),
  }),
  /**
   * The first null decides, the others stand beside it. haar (N4): Q -> Q O, K -> K O, one O a layer (Mezzadri 2007);
   * signs (N4s): random signs in the eigenbasis of C = E^T E; labels (N5): M's tokens permuted within the fine
   * frequency bins.
   */
  nulls: z.array(z.enum(['haar', 'signs', 'labels'])).min(1),
  /** Distances between the later and the earlier token at which forms are read. */
  deltas: z.array(z.int().nonnegative()).min(1),
  /** Neighbouring bins' frequencies have this ratio; a bin holds so many tokens at least. */
  frequencyBins: z.strictObject({ ratio: z.number().gt(1), tokens: z.int().positive() }),
  /** Directions of the subspaces whose overlap T5 measures. */
  subspace: z.int().positive(),
  /** Within these bounds an effect is negligible: |alpha| for T6, |r| for T1. */
  equivalence: z.strictObject({ t6: z.number().positive(), t1: z.number().positive() }),
  /** An effect is called absent only where one planted at this strength is found with this power at least. */
  absence: z.strictObject({ strength: z.number().positive(), power: z.number().positive().lt(1) }),
  /** The positive control: alpha, whose square is the planted form's share of energy on tokens; trials at each. */
  planted: z.strictObject({
    strengths: z.array(z.number().positive().max(1)).min(1),
    trials: z.int().positive(),
  }),
});
