import type { Handle } from '../kernels.ts';
import type { Tape, Variable } from './tape.ts';

/** What attention knows of positions; made once for a sequence length. */
export interface Positions {
  /** complex64 [batch, head, pos, dHead / 2]: e^{i pos theta_j}, divided by sqrt(dHead): the scale of scores */
  readonly queryRotation: Handle;
  /** complex64 [batch, head, pos, dHead / 2] */
  readonly keyRotation: Handle;
  /** [pos, pos]: 0 on and below the diagonal, very negative above */
  readonly causalMask: Handle;
}

export interface Attended {
  /** [batch pos, d] */
  readonly mixed: Variable;
  /** [batch, head, pos, pos], computed when it is asked for; row: the later position. */
  readonly probabilities: () => Handle;
}

/**
 * Causal self-attention of all heads, with rotary positions.
 *
 * @param qkv [batch pos, 3 d]
 * @param batch sequences
 */
export type Attention = (tape: Tape, qkv: Variable, positions: Positions, batch: number) => Attended;
